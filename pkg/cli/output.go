package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
)

// format writes records as they come.
type format interface {
	// add writes one record.
	add(w io.Writer, r record) error
	// end writes what comes last. complete is false where a signal stopped the
	// run.
	end(w io.Writer, complete bool, code int) error
}

// formatNames lists the formats of assess, the default first.
func formatNames() []string {
	return []string{"text", "markdown", "html", "json", "ndjson", "sarif", "junit", "github"}
}

// detailed is up to how many files text shows each in full.
const detailed = 20

func (r *assessing) newFormat(name string, files int, toTerminal bool) format {
	switch name {
	case "json":
		return &jsonFormat{}
	case "ndjson":
		return ndjsonFormat{}
	case "markdown":
		return markdownFormat{newCollecting(r)}
	case "html":
		return htmlFormat{newCollecting(r)}
	case "sarif":
		return sarifFormat{newCollecting(r)}
	case "junit":
		return junitFormat{newCollecting(r)}
	case "github":
		return githubFormat{newCollecting(r)}
	}
	return &textFormat{viewing: newViewing(r), options: r.app.textOptions(r.config.Color.Value, toTerminal), full: files <= detailed}
}

// outputs are the places that results go to. Where one of them fails the others
// go on.
type outputs struct {
	all []*output
	// err is why nothing is to be put in its place.
	err error
}

// output is a format with its place.
type output struct {
	format format
	w      *bufio.Writer
	disk   disk
	// file is a temporary file that becomes target when all is written; nil for
	// standard output.
	file   file
	target string
	// err is why what came could not be written.
	err error
}

// destination is a format by its name and where it goes; an empty target is
// standard output.
type destination struct{ name, target string }

// destinations checks the flags for formats, of which a command has those that
// are named, the default first.
func (a *app) destinations(names []string) ([]destination, error) {
	specs := a.flags.formats
	if len(specs) == 0 {
		specs = names[:1]
	}
	if a.flags.output != "" && len(specs) > 1 {
		return nil, usage(i18n.M("cli.output_of_one"), i18n.M("cli.formats_hint"))
	}
	var all []destination
	toStdout := 0
	for _, spec := range specs {
		name, target, named := strings.Cut(spec, "=")
		switch {
		case !slices.Contains(names, name):
			return nil, usage(i18n.M("cli.unknown_format", diag.Clean(name)), nearest(name, names))
		case named && target == "":
			return nil, usage(i18n.M("cli.format_without_file", diag.Clean(spec)), i18n.Message{})
		case named && a.flags.output != "":
			return nil, usage(i18n.M("cli.output_of_one"), i18n.M("cli.formats_hint"))
		case !named:
			target = a.flags.output
		}
		if target == "-" {
			target = ""
		}
		if target == "" {
			toStdout++
		}
		all = append(all, destination{name, target})
	}
	if toStdout > 1 {
		return nil, usage(i18n.M("cli.formats_to_stdout"), i18n.M("cli.formats_hint"))
	}
	return all, nil
}

// openOutputs opens what the flags for formats name. inputs may not be written
// over; files is how many files the run is about.
func (a *app) openOutputs(r *assessing, inputs []input, files int) (*outputs, error) {
	destinations, err := a.destinations(formatNames())
	if err != nil {
		return nil, err
	}
	briefly := files > detailed
	for _, d := range destinations {
		briefly = briefly && d.name == "text"
		r.asJSON = r.asJSON || d.name == "json" || d.name == "ndjson"
	}
	r.options.Brief = briefly
	r.options.Totals = briefly && !r.checks()
	if slices.ContainsFunc(destinations, func(d destination) bool { return d.name == "github" }) {
		if r.summary, err = a.stepSummary(inputs); err != nil {
			return nil, err
		}
	}
	return a.openAll(destinations, inputs, func(name string, toTerminal bool) format { return r.newFormat(name, files, toTerminal) })
}

// openAll opens destinations, each with the format that make gives.
func (a *app) openAll(destinations []destination, inputs []input, make func(name string, toTerminal bool) format) (*outputs, error) {
	o := &outputs{}
	for _, d := range destinations {
		one, err := a.openOutput(d.target, inputs)
		if err == nil && one.file != nil && o.goesTo(one.target) {
			err = errors.Join(usage(i18n.M("cli.output_twice", diag.Clean(d.target)), i18n.Message{}), one.discard())
		}
		if err != nil {
			o.discard()
			return nil, err
		}
		one.format = make(d.name, one.file == nil)
		o.all = append(o.all, one)
	}
	return o, nil
}

// goesTo reports whether one of the outputs is the file.
func (o *outputs) goesTo(target string) bool {
	return slices.ContainsFunc(o.all, func(one *output) bool { return one.file != nil && sameName(runtime.GOOS, one.target, target) })
}

func (a *app) openOutput(target string, inputs []input) (*output, error) {
	if target == "" {
		return &output{w: bufio.NewWriterSize(a.streams.Out, 1<<16)}, nil
	}
	target, info, err := a.mayWrite(target, inputs)
	if err != nil {
		return nil, err
	}
	o, err := openBeside(a.disk(), target, info)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, notWritten(target, i18n.M("cause.no_folder", diag.Clean(filepath.ToSlash(filepath.Dir(target)))))
	}
	if err != nil {
		return nil, notWritten(target, cause(err))
	}
	return o, nil
}

// mayWrite finds the file that a name leads to, nil for one that is not there.
// Only regular files are written, and none that the program reads.
func (a *app) mayWrite(name string, inputs []input) (target string, info fs.FileInfo, err error) {
	target = filepath.Clean(name)
	if why := unusableName(runtime.GOOS, name); !why.IsZero() {
		return "", nil, notWritten(target, why)
	}
	info, err = a.disk().stat(target)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return target, nil, nil
	case err != nil:
		return "", nil, notWritten(target, cause(err))
	case info.IsDir():
		return "", nil, notWritten(target, i18n.M("cause.folder"))
	case !info.Mode().IsRegular():
		return "", nil, notWritten(target, i18n.M("cause.not_regular"))
	case a.isInput(info, inputs) || a.isInput(info, a.settings()):
		return "", nil, usage(i18n.M("cli.output_is_input", diag.Clean(filepath.ToSlash(target))), i18n.Message{})
	}
	if resolved, err := filepath.EvalSymlinks(target); err == nil {
		target = resolved
	}
	return target, info, nil
}

func (a *app) isInput(info fs.FileInfo, inputs []input) bool {
	return slices.ContainsFunc(inputs, func(in input) bool {
		other, err := a.disk().stat(filepath.FromSlash(in.name))
		return err == nil && os.SameFile(info, other)
	})
}

// openBeside opens an output that is written beside its target and takes its
// place, and its mode, when it is whole. old is nil where there is no target yet.
func openBeside(d disk, target string, old fs.FileInfo) (*output, error) {
	mode := fs.FileMode(0o666)
	if old != nil {
		mode = 0o600
	}
	file, err := d.temporary(filepath.Dir(target), mode)
	if err != nil {
		return nil, err
	}
	if old != nil {
		// Not every file system knows modes; the file is as good without.
		_ = file.Chmod(old.Mode().Perm())
	}
	return &output{w: bufio.NewWriterSize(file, 1<<16), disk: d, file: file, target: target}, nil
}

func notWritten(target string, why i18n.Message) error {
	return &exit{code: Unread, message: i18n.M("cli.cannot_write", diag.Clean(filepath.ToSlash(target)), why)}
}

func (o *outputs) add(r record) {
	for _, one := range o.all {
		if one.err == nil {
			one.err = one.format.add(one.w, r)
		}
		if errors.Is(one.err, syscall.EPIPE) {
			o.err = one.err
		}
	}
}

// close ends all formats and puts files in their places, unless the run did
// not come to its end.
func (o *outputs) close(complete bool, code int) error {
	if o.err != nil {
		o.discard()
		return o.err
	}
	var failed notWrittenError
	for _, one := range o.all {
		if err := one.close(complete, code); err != nil {
			failed = append(failed, unwritten{one.target, err})
		}
	}
	if len(failed) > 0 {
		return failed
	}
	return nil
}

// close ends the format and puts a file in its place, unless the run did not
// come to its end or something could not be written.
func (o *output) close(complete bool, code int) error {
	err := o.err
	if err == nil {
		err = errors.Join(o.format.end(o.w, complete, code), o.w.Flush())
	}
	switch {
	case o.file == nil:
		return err
	case err != nil || !complete:
		return errors.Join(err, o.discard())
	}
	return o.place()
}

// place makes the temporary file the target, or removes it where that fails.
func (o *output) place() error {
	err := errors.Join(o.file.Sync(), o.file.Close())
	if err == nil {
		err = o.disk.rename(o.file.Name(), o.target)
	}
	if err != nil {
		err = errors.Join(err, o.disk.remove(o.file.Name()))
	}
	o.file = nil
	return err
}

// discard removes the temporary file, if it is still there.
func (o *output) discard() error {
	if o.file == nil {
		return nil
	}
	err := errors.Join(o.file.Close(), o.disk.remove(o.file.Name()))
	o.file = nil
	return err
}

// discard removes what was opened and is not in its place.
func (o *outputs) discard() {
	for _, one := range o.all {
		// What cannot be removed is of no use to anybody, and not in the way.
		_ = one.discard()
	}
}

// jsonFormat writes one object with all records.
type jsonFormat struct{ begun bool }

func (f *jsonFormat) head() string {
	if f.begun {
		return ",\n"
	}
	f.begun = true
	return "{\n  \"ksdev\": 1,\n  \"kind\": \"run\",\n  \"program\": \"" + Version + "\",\n  \"results\": [\n"
}

func (f *jsonFormat) add(w io.Writer, r record) error {
	line, err := r.json()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, bytes.TrimSuffix(line, []byte("\n")), "    ", "  "); err != nil {
		return err
	}
	_, err = io.WriteString(w, f.head()+"    "+b.String())
	return err
}

func (f *jsonFormat) end(w io.Writer, complete bool, code int) error {
	head := ""
	if !f.begun {
		head = f.head()
	}
	tail, err := json.Marshal(code)
	if err != nil {
		return err
	}
	whole := "true"
	if !complete {
		whole = "false"
	}
	_, err = io.WriteString(w, head+"\n  ],\n  \"complete\": "+whole+",\n  \"exit_code\": "+string(tail)+"\n}\n")
	return err
}

// ndjsonFormat writes one object on each line.
type ndjsonFormat struct{}

func (ndjsonFormat) add(w io.Writer, r record) error {
	line, err := r.json()
	if err != nil {
		return err
	}
	_, err = w.Write(line)
	return err
}

func (ndjsonFormat) end(w io.Writer, complete bool, code int) error {
	data, err := json.Marshal(result.End{Ksdev: result.Version, Kind: "end", Program: Version, Complete: complete, ExitCode: code})
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}
