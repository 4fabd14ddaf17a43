package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"time"
)

var (
	errHeldOpen = errors.New("open in another program")
	errNoName   = errors.New("not a name on this system")
)

// What Windows says where other systems have an error of another name, or none
// (Microsoft: "System Error Codes").
const (
	windowsTooManyFiles     = syscall.Errno(4)
	windowsAccessDenied     = syscall.Errno(5)
	windowsWriteProtected   = syscall.Errno(19)
	windowsSharingViolation = syscall.Errno(32)
	windowsLockViolation    = syscall.Errno(33)
	windowsHandleDiskFull   = syscall.Errno(39)
	windowsBrokenPipe       = syscall.Errno(109)
	windowsDiskFull         = syscall.Errno(112)
	windowsInvalidName      = syscall.Errno(123)
	windowsBadPath          = syscall.Errno(161)
	windowsLongName         = syscall.Errno(206)
	windowsNoData           = syscall.Errno(232)
	windowsQuotaExceeded    = syscall.Errno(1295)
	windowsLinkLoop         = syscall.Errno(1921)
)

// commonError is an error of Windows by the name that it has elsewhere; others,
// and those of other systems, stay as they are.
func commonError(goos string, err error) error {
	var number syscall.Errno
	if goos != onWindows || !errors.As(err, &number) {
		return err
	}
	switch number {
	case windowsSharingViolation, windowsLockViolation:
		return errHeldOpen
	case windowsInvalidName, windowsBadPath:
		return errNoName
	case windowsDiskFull, windowsHandleDiskFull:
		return syscall.ENOSPC
	case windowsQuotaExceeded:
		return syscall.EDQUOT
	case windowsWriteProtected:
		return syscall.EROFS
	case windowsBrokenPipe, windowsNoData:
		return syscall.EPIPE
	case windowsLongName:
		return syscall.ENAMETOOLONG
	case windowsLinkLoop:
		return syscall.ELOOP
	case windowsTooManyFiles:
		return syscall.EMFILE
	}
	return err
}

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
	return errors.Is(commonError(goos, err), errHeldOpen) || goos == onWindows && errors.Is(err, windowsAccessDenied)
}

// heldOpen says of an error that another program has the file open where that is
// why it could not be replaced: the folder takes files, and this one with its
// mode is not protected.
func heldOpen(goos string, err error, mode fs.FileMode) error {
	if isHeld(goos, err) && mode.IsRegular() && mode&0o200 != 0 {
		return fmt.Errorf("%w: %w", errHeldOpen, err)
	}
	return err
}
