package cli

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
)

// isSaved reports whether an argument names a saved result.
func isSaved(arg string) bool {
	ending := strings.ToLower(filepath.Ext(arg))
	return ending == ".json" || ending == ".ndjson"
}

// savedResult opens a saved result as often as asked for; "-" is read once and
// kept.
type savedResult struct {
	disk disk
	name string
	held []byte
}

func (a *app) openSaved(name string) (*savedResult, error) {
	s := &savedResult{disk: a.disk(), name: name}
	if name != "-" {
		return s, nil
	}
	var err error
	s.held, err = io.ReadAll(io.LimitReader(a.streams.In, maxHeld+1))
	if len(s.held) > maxHeld {
		err = &exit{code: Unread, message: i18n.M("cli.unreadable", name, i18n.M("cause.too_large", maxHeld>>20)), hint: i18n.M("promises.save_first")}
	}
	return s, err
}

// maxHeld is how many bytes of a saved result standard input may give: all of
// it is held. Files may be longer, of them only a record is.
const maxHeld = 64 << 20

// read hands every record to take. Several runs put together have the
// weightiest exit code.
func (s *savedResult) read(take func(result.Record) error) (*result.End, error) {
	var end *result.End
	err := s.open(func(r io.Reader) (err error) {
		end, err = result.Read(r, weightier, take)
		if err == nil && !slices.Contains(byWeight(), end.ExitCode) {
			err = result.ErrNotResult
		}
		return err
	})
	return end, err
}

// stopped tells of a saved run that ended before its work was done, and gives
// the exit code for that.
func (a *app) stopped(name string, complete bool) int {
	if complete {
		return Done
	}
	a.complain(i18n.M("promises.stopped", diag.Clean(name)), i18n.Message{})
	return Unread
}

// unreadThen tells of a file that could not be read when the result was made,
// and gives the exit code for that.
func (a *app) unreadThen(u *result.Unread, name string) int {
	a.complain(i18n.M("promises.unread_then", diag.Clean(u.Input.Path), diag.Clean(name)), i18n.Message{})
	return Unread
}

// comparison gives the comparison that is saved; nil where something else is.
func (s *savedResult) comparison() (c *result.Comparison, err error) {
	err = s.open(func(r io.Reader) (err error) {
		buffered := bufio.NewReader(r)
		start, err := buffered.Peek(512)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if !result.IsComparison(start) {
			return nil
		}
		if c, err = result.ReadComparison(buffered); err == nil && !slices.Contains(byWeight(), c.ExitCode) {
			err = result.ErrNotResult
		}
		return err
	})
	return c, err
}

// open hands what is saved to read.
func (s *savedResult) open(read func(r io.Reader) error) error {
	if s.name == "-" {
		return s.fault(read(bytes.NewReader(s.held)))
	}
	info, err := s.disk.stat(s.name)
	if err == nil && !info.Mode().IsRegular() {
		err = diag.ErrNotRegular
	}
	if err != nil {
		return s.fault(err)
	}
	file, err := s.disk.open(s.name)
	if err != nil {
		return s.fault(err)
	}
	defer file.Close()
	return s.fault(read(&once{r: file}))
}

// once is a reader whose first error is its last: whoever reads on behind one,
// as buffers do, gets it again.
type once struct {
	r   io.Reader
	err error
}

func (o *once) Read(data []byte) (n int, err error) {
	if o.err == nil {
		n, o.err = o.r.Read(data)
	}
	return n, o.err
}

// fault words why a saved result cannot be read.
func (s *savedResult) fault(err error) error {
	var version *result.VersionError
	var known *exit
	name := diag.Clean(s.name)
	switch {
	case err == nil || errors.As(err, &known):
		return err
	case errors.As(err, &version):
		return &exit{code: Unread, message: i18n.M("cli.result_version", name, version.Version, result.Version), hint: i18n.M("cli.result_version_hint")}
	case errors.Is(err, result.ErrCut):
		return &exit{code: Unread, message: i18n.M("promises.cut", name), hint: i18n.M("promises.cut_hint")}
	case errors.Is(err, result.ErrNotResult):
		return &exit{code: Unread, message: i18n.M("cli.not_result", name), hint: i18n.M("cli.not_result_hint")}
	case errors.Is(err, result.ErrTooManyValues):
		return &exit{code: Unread, message: i18n.M("promises.too_many_values", name, result.MaxValues)}
	case errors.Is(err, result.ErrRecordTooLarge):
		return &exit{code: Unread, message: i18n.M("cli.record_too_large", name, result.MaxRecord>>20)}
	}
	return &exit{code: Unread, message: i18n.M("cli.unreadable", name, cause(err)), hint: nearestFile(s.name, err)}
}
