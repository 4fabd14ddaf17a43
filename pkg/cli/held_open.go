package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"time"

	"github.com/ks-no/ksdev/pkg/diag"
)

// windowsAccessDenied is what Windows says where it does not allow something, and
// sometimes where another program has a file open (Microsoft: "System Error
// Codes").
const windowsAccessDenied = syscall.Errno(5)

// patiently does what Windows refuses as long as another program has the file
// open. A virus scanner has a new file open for a moment: it is tried again for
// half a second or so.
func patiently(goos string, wait func(time.Duration), do func() error) error {
	for pause := 10 * time.Millisecond; ; pause *= 2 {
		err := do()
		if pause > 320*time.Millisecond || !isHeld(goos, err) {
			return err
		}
		wait(pause)
	}
}

// isHeld reports whether another program may be why something was refused: that
// a file is held open is also told as a lack of rights.
func isHeld(goos string, err error) bool {
	return errors.Is(diag.CommonError(goos, err), diag.ErrHeldOpen) || goos == onWindows && errors.Is(err, windowsAccessDenied)
}

// heldOpen says of an error that another program has the file open where that is
// why it could not be replaced: the folder takes files, and this one with its
// mode is not protected.
func heldOpen(goos string, err error, mode fs.FileMode) error {
	if isHeld(goos, err) && mode.IsRegular() && mode&0o200 != 0 {
		return fmt.Errorf("%w: %w", diag.ErrHeldOpen, err)
	}
	return err
}
