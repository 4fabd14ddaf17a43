package cli

import (
	"errors"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
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
	if errors.Is(diag.CommonError(runtime.GOOS, err), syscall.EPIPE) {
		return &exit{code: Stopped + int(syscall.SIGPIPE)}
	}
	return &exit{code: weightier(code, Unread), message: i18n.M("cli.not_written", cause(err))}
}

// cause is why something could not be read or written, in words.
func cause(err error) i18n.Message {
	var several notWrittenError
	if errors.As(err, &several) {
		return several.message()
	}
	return diag.Cause(err)
}
