package diag

import (
	"errors"
	"syscall"
)

// What Windows says where other systems have an error of another name, or none
// (Microsoft: "System Error Codes").
const (
	windowsTooManyFiles     = syscall.Errno(4)
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

// CommonError is an error of Windows by the name that it has elsewhere; others,
// and those of other systems (goos as runtime.GOOS), stay as they are.
func CommonError(goos string, err error) error {
	var number syscall.Errno
	if goos != "windows" || !errors.As(err, &number) {
		return err
	}
	switch number {
	case windowsSharingViolation, windowsLockViolation:
		return ErrHeldOpen
	case windowsInvalidName, windowsBadPath:
		return ErrNoName
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
