package cli

import (
	"os"

	"golang.org/x/sys/windows"
)

// codePage is that of the console's output; 0 where there is none.
func codePage() uint32 {
	page, err := windows.GetConsoleOutputCP()
	if err != nil {
		return 0
	}
	return page
}

// obeysEscapes makes a terminal obey escape sequences, which consoles by
// themselves print as they are, and reports whether it does.
func obeysEscapes(terminal *os.File) bool {
	const obeying = windows.ENABLE_PROCESSED_OUTPUT | windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING
	console := windows.Handle(terminal.Fd())
	var mode uint32
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return mode&obeying == obeying || windows.SetConsoleMode(console, mode|obeying) == nil
}
