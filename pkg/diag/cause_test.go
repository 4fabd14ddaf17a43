package diag

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"testing"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// pathError is an error as a call of the system gives it.
func pathError(err error) error {
	return &fs.PathError{Op: "open", Path: `C:\ut\rapport.txt`, Err: err}
}

// Why something could not be read or written is told without the path, and in
// the user's language wherever the system says what we know.
func TestCause(t *testing.T) {
	printer, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		err  error
		want string
	}{
		{pathError(syscall.ENOENT), "it does not exist"},
		{fmt.Errorf("read: %w", pathError(syscall.EACCES)), "access is denied"},
		{pathError(ErrNotRegular), "it is not a regular file"},
		{pathError(TooLargeError(3)), "it is larger than 3 MiB"},
		{errors.New(TooLargeError(3).Error()), "larger than 3 MiB"}, // for programmers
		{pathError(syscall.ENOTDIR), "it is not a folder"},
		{pathError(syscall.EISDIR), "it is a folder"},
		{pathError(syscall.ENOSPC), "there is no space left"},
		{pathError(syscall.EDQUOT), "the quota is used up"},
		{pathError(syscall.EFBIG), "it would be larger than the system allows"},
		{pathError(syscall.EROFS), "the disk can only be read"},
		{pathError(syscall.EIO), "the device answers with an error"},
		{pathError(syscall.ELOOP), "the links go round in a circle"},
		{pathError(syscall.ENAMETOOLONG), "the name is too long"},
		{pathError(syscall.EMFILE), "too many files are open"},
		{&os.LinkError{Op: "rename", Old: "/a", New: "/b", Err: syscall.ENFILE}, "too many files are open"},
		{pathError(ErrHeldOpen), "another program has it open; close it there, and try again"},
		{pathError(ErrNoName), "no file fits the name"},
		{&os.LinkError{Op: "rename", Old: "/a", New: "/b", Err: errors.New("odd\x1b[31m")}, "odd<U+001B>[31m"},
		{pathError(errors.New("odder")), "odder"},
		{errors.New("oddest"), "oddest"},
	} {
		if got := printer.Text(Cause(test.err)); got != test.want {
			t.Errorf("%v: %q, want %q", test.err, got, test.want)
		}
	}
}

// Errors of Windows are told in the same words as those of other systems.
func TestErrorsOfWindows(t *testing.T) {
	tests := []struct {
		number syscall.Errno
		want   error
	}{
		{4, syscall.EMFILE},
		{19, syscall.EROFS},
		{32, ErrHeldOpen},
		{33, ErrHeldOpen},
		{39, syscall.ENOSPC},
		{109, syscall.EPIPE},
		{112, syscall.ENOSPC},
		{123, ErrNoName},
		{161, ErrNoName},
		{206, syscall.ENAMETOOLONG},
		{232, syscall.EPIPE},
		{1295, syscall.EDQUOT},
		{1921, syscall.ELOOP},
	}
	for _, test := range tests {
		for _, err := range []error{pathError(test.number), fmt.Errorf("write: %w", pathError(test.number)), errors.Join(pathError(test.number), fs.ErrClosed)} {
			if got := CommonError("windows", err); got != test.want {
				t.Errorf("%d is %v, want %v", test.number, got, test.want)
			}
			if got := CommonError("linux", err); got != err {
				t.Errorf("%d is %v on Linux", test.number, got)
			}
		}
	}
	for _, err := range []error{nil, fs.ErrNotExist, pathError(syscall.Errno(5)), pathError(syscall.Errno(9999))} {
		if got := CommonError("windows", err); got != err {
			t.Errorf("%v is %v", err, got)
		}
	}
}
