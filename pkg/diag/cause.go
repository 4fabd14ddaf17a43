package diag

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"syscall"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// Reasons to refuse a file or folder that no error of the operating system
// stands for.
var (
	ErrNotRegular = errors.New("not a regular file")
	// ErrHeldOpen and ErrNoName are told by Windows alone.
	ErrHeldOpen = errors.New("open in another program")
	ErrNoName   = errors.New("not a name on this system")
)

// TooLargeError refuses a file of more than so many MiB.
type TooLargeError int

func (e TooLargeError) Error() string { return fmt.Sprintf("larger than %d MiB", int(e)) }

// Cause is why something could not be read or written, in words, without the
// paths of this machine that errors of the operating system repeat.
func Cause(err error) i18n.Message {
	err = CommonError(runtime.GOOS, err)
	var large TooLargeError
	if errors.As(err, &large) {
		return i18n.M("cause.too_large", int(large))
	}
	for _, known := range []struct {
		err     error
		message i18n.Message
	}{
		{ErrHeldOpen, i18n.M("cause.held_open")},
		{ErrNoName, i18n.M("cause.no_name")},
		{fs.ErrNotExist, i18n.M("cause.missing")},
		{fs.ErrPermission, i18n.M("cause.permission")},
		{ErrNotRegular, i18n.M("cause.not_regular")},
		{syscall.ENOTDIR, i18n.M("cause.not_folder")},
		{syscall.EISDIR, i18n.M("cause.folder")},
		{syscall.ENOSPC, i18n.M("cause.full")},
		{syscall.EDQUOT, i18n.M("cause.quota")},
		{syscall.EFBIG, i18n.M("cause.limit")},
		{syscall.EROFS, i18n.M("cause.read_only")},
		{syscall.EIO, i18n.M("cause.device")},
		{syscall.ELOOP, i18n.M("cause.loop")},
		{syscall.ENAMETOOLONG, i18n.M("cause.long_name")},
		{syscall.EMFILE, i18n.M("cause.many_files")},
		{syscall.ENFILE, i18n.M("cause.many_files")},
	} {
		if errors.Is(err, known.err) {
			return known.message
		}
	}
	return i18n.M("cause.other", Clean(bare(err).Error()))
}

// bare is an error without the names that those of the operating system have.
func bare(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
