package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// opened is an initiative that is to be asked about.
type opened struct {
	run      *assessing
	name     string
	file     *editedFile
	strategy *strategy.Strategy
	assessor *assess.Assessor
	inquirer *inquiry.Inquirer
	view     *view.View
	one      *initiative.Initiative
	taken    *assess.Taken
}

// atTerminal reports whether a person is at both ends.
func (a *app) atTerminal() bool {
	in, inIsFile := a.streams.In.(*os.File)
	out, outIsFile := a.streams.Out.(*os.File)
	return inIsFile && outIsFile && term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd()))
}

// openAsked reads one document of a file; 0 is the only one.
func (r *assessing) openAsked(arg string, number int) (*opened, error) {
	name := filepath.ToSlash(filepath.Clean(arg))
	file, err := openEdited(r.app.disk(), name)
	if err != nil {
		hint := nearestFile(name, err)
		if errors.Is(err, fs.ErrNotExist) && hint.IsZero() {
			hint = i18n.M("ask.new", diag.Clean(name))
		}
		return nil, &exit{code: Unread, message: i18n.M("cli.unreadable", diag.Clean(name), cause(err)), hint: hint}
	}
	read, found := yamldoc.Read(name, file.data)
	if read == nil || found.HasErrors() {
		return nil, &exit{code: Unread, found: found}
	}
	document, err := chooseDocument(read, number)
	if err != nil {
		return nil, err
	}
	o := &opened{run: r, name: name, file: file}
	return o, o.open(read, document, found)
}

// chooseDocument finds the document that is meant.
func chooseDocument(file *yamldoc.File, number int) (*yamldoc.Document, error) {
	if number == 0 && len(file.Documents) == 1 {
		return file.Documents[0], nil
	}
	for _, document := range file.Documents {
		if document.Number == number {
			return document, nil
		}
	}
	if number == 0 {
		return nil, usage(i18n.M("ask.several", diag.Clean(file.Name), len(file.Documents)), i18n.M("ask.several_hint"))
	}
	return nil, usage(i18n.M("ask.no_document", diag.Clean(file.Name), number, len(file.Documents)), i18n.M("ask.several_hint"))
}

// open reads the initiative under its strategy.
func (o *opened) open(file *yamldoc.File, document *yamldoc.Document, found diag.List) error {
	s, missing := o.run.catalog.choose(initiative.ReadHeader(document.Root), o.run.options.AsOf)
	if s == nil {
		return &exit{code: Usage, found: placed(file, document.Root, missing)}
	}
	one, wrong := initiative.Read(file, document, s)
	found = append(found, wrong...)
	found.Sort()
	if one == nil {
		return &exit{code: Unread, found: found}
	}
	if len(found) > 0 && !o.run.app.flags.quiet {
		o.run.app.print(o.run.app.streams.Err, diag.Text(o.run.app.printer, found))
	}
	assessor, err := newWorker(o.run).assessor(s)
	if err != nil {
		return err
	}
	o.strategy, o.one, o.assessor = s, one, assessor
	o.inquirer = inquiry.New(s, assessor)
	o.taken = assessor.Take(one)
	o.view = view.New(o.run.app.printer, s, nil)
	return nil
}

// assess assesses the file as it is now.
func (o *opened) assess() *result.Assessment {
	read, _ := yamldoc.Read(o.name, o.file.data)
	if read == nil {
		return nil
	}
	for _, document := range read.Documents {
		if document.Number != o.one.Document {
			continue
		}
		if one, _ := initiative.Read(read, document, o.strategy); one != nil {
			sum := sha256.Sum256(o.file.data)
			a := o.assessor.Assess(one)
			a.Input.SHA256 = hex.EncodeToString(sum[:])
			return a
		}
	}
	return nil
}
