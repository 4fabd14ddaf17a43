package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// unwritten is an output that could not be written, and why. An empty target is
// standard output.
type unwritten struct {
	target string
	why    error
}

// notWrittenError lists the outputs that could not be written.
type notWrittenError []unwritten

func (e notWrittenError) Error() string {
	var all []string
	for _, one := range e {
		all = append(all, one.target+": "+one.why.Error())
	}
	return strings.Join(all, "; ")
}

func (e notWrittenError) Unwrap() []error {
	var all []error
	for _, one := range e {
		all = append(all, one.why)
	}
	return all
}

// message words all that is not written.
func (e notWrittenError) message() i18n.Message {
	var all i18n.Message
	for i, one := range e {
		message := cause(one.why)
		if one.target != "" {
			message = i18n.M("faults.of_file", diag.Clean(filepath.ToSlash(one.target)), message)
		}
		if i > 0 {
			message = i18n.M("faults.and", all, message)
		}
		all = message
	}
	return all
}

// outputLost is the exit of a run with the code whose outputs could not all be
// written. Where the reader of standard output has gone away there is nobody to
// be told: the program ends as the signal for that would have ended it.
func outputLost(code int, err error) *exit {
	if errors.Is(commonError(runtime.GOOS, err), syscall.EPIPE) {
		return &exit{code: Stopped + int(syscall.SIGPIPE)}
	}
	return &exit{code: weightier(code, Unread), message: i18n.M("cli.not_written", cause(err))}
}

// cause is an error's reason in words, without paths of this machine.
func cause(err error) i18n.Message {
	var several notWrittenError
	if errors.As(err, &several) {
		return several.message()
	}
	err = commonError(runtime.GOOS, err)
	for _, known := range []struct {
		err     error
		message i18n.Message
	}{
		{errHeldOpen, i18n.M("platforms.held_open")},
		{errNoName, i18n.M("platforms.no_name")},
		{fs.ErrNotExist, i18n.M("cli.cause_missing")},
		{fs.ErrPermission, i18n.M("cli.cause_permission")},
		{errNotRegular, i18n.M("cli.cause_not_regular")},
		{errTooLarge, i18n.M("cli.cause_too_large", yamldoc.MaxInput>>20)},
		{syscall.ENOTDIR, i18n.M("cli.cause_not_folder")},
		{syscall.EISDIR, i18n.M("cli.cause_folder")},
		{syscall.ENOSPC, i18n.M("cli.cause_full")},
		{syscall.EDQUOT, i18n.M("faults.quota")},
		{syscall.EFBIG, i18n.M("faults.limit")},
		{syscall.EROFS, i18n.M("faults.read_only")},
		{syscall.EIO, i18n.M("faults.device")},
		{syscall.ELOOP, i18n.M("faults.loop")},
		{syscall.ENAMETOOLONG, i18n.M("faults.long_name")},
		{syscall.EMFILE, i18n.M("faults.many_files")},
		{syscall.ENFILE, i18n.M("faults.many_files")},
	} {
		if errors.Is(err, known.err) {
			return known.message
		}
	}
	return i18n.M("cli.cause_other", diag.Clean(bare(err).Error()))
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
