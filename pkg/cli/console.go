package cli

import "strings"

// utf8CodePage is the code page of a console whose text is UTF-8.
const utf8CodePage = 65001

// showsUTF8 says whether the terminal is taken to show signs such as ✓ and –.
func showsUTF8(getenv func(string) string) bool { return showsSigns(getenv, codePage()) }

// showsSigns says whether a terminal shows signs: as the locale has it where it
// is set, else wherever a console does not speak against it.
//
// Letters come out right on every console of Windows: what is written to one
// reaches it as Unicode, whatever its code page. But the fonts of the old
// console lack signs, so where the code page is not UTF-8 they are written only
// in terminals that bring fonts of their own, known by their variables. To set
// the code page would bring no fonts along, and outlast the program.
func showsSigns(getenv func(string) string, codePage uint32) bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := strings.ToUpper(getenv(name)); value != "" {
			return strings.Contains(value, "UTF-8") || strings.Contains(value, "UTF8")
		}
	}
	for _, name := range []string{"WT_SESSION", "TERM_PROGRAM", "TERMINAL_EMULATOR", "TERM"} {
		if getenv(name) != "" {
			return true
		}
	}
	return codePage == utf8CodePage
}
