package cli

import (
	"context"
	"errors"
	"syscall"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/report"
)

// interview asks the person at the terminal.
func (o *opened) interview(ctx context.Context, f *askFlags) error {
	app := o.run.app
	if err := o.file.writable(); err != nil {
		name := diag.Clean(o.name)
		return &exit{code: Unread, message: i18n.M("ask.cannot_edit", name, editCause(err)), hint: i18n.M("ask.cannot_edit_hint", name)}
	}
	forms := app.newForms(o.run.config.Color.Value, f.accessible)
	v := &interview{opened: o, printer: app.printer, session: o.inquirer.Session(o.taken, f.all)}
	begun := o.file.data
	if err := forms.say(o.opening()...); err != nil {
		return notShown(err)
	}
	err := v.run(ctx, &atTerminal{forms: forms})
	if said := forms.apart(o.ending(v, string(begun) != string(o.file.data))...); err == nil && said != nil {
		return notShown(said)
	}
	return app.endOf(ctx, o.name, err)
}

func notShown(err error) error {
	return outputLost(Done, err)
}

// opening is what is said before the first question.
func (o *opened) opening() []report.Block {
	return []report.Block{
		report.Heading{Level: 1, Text: diag.Clean(o.one.Title), Aside: diag.Clean(o.name)},
		report.Paragraph{Text: report.SayAs(report.Faint, o.run.app.printer.T("ask.welcome", diag.Clean(o.name))), Tight: true},
	}
}

// ending is what is said after the last question: what the file comes to, as it
// is now, what is open and why, and where the answers are.
func (o *opened) ending(v *interview, changed bool) []report.Block {
	t := o.run.app.printer.T
	words := ""
	switch reason := v.session.Done(); {
	case reason == inquiry.Settled:
		words = t("ask.end_settled")
	case reason == inquiry.CandidateLeft:
		words = t("ask.end_candidate")
	case reason == inquiry.NothingLeft:
		words = t("ask.end_nothing")
	default:
		words = t("ask.end_stopped")
	}
	blocks := []report.Block{report.Paragraph{Text: report.SayAs(report.Strong, words)}}
	if a := o.assess(); a != nil {
		blocks = append(blocks, o.view.Advice(a)...)
	}
	blocks = append(blocks, o.view.NotAsked(v.session.Plan().Closed)...)
	written := t("ask.unchanged", diag.Clean(o.name))
	if changed {
		written = t("ask.written", v.answered(), diag.Clean(o.name))
	}
	return append(blocks, report.Paragraph{Text: report.Say(written)})
}

// endOf is what a run ends with because of an error of an interview.
func (a *app) endOf(ctx context.Context, name string, err error) error {
	var lost *notSaved
	switch {
	case err == nil || ctx.Err() != nil:
		return nil
	case errors.Is(err, errInterrupted):
		return &exit{code: Stopped + int(syscall.SIGINT)}
	case errors.Is(err, syscall.EIO):
		// The terminal is gone, and the signal that says so is on its way.
		return &exit{code: Stopped + int(syscall.SIGHUP)}
	case errors.Is(err, initiative.ErrUnreadable):
		return &exit{code: Unread, message: i18n.M("ask.changed", diag.Clean(name))}
	case !errors.As(err, &lost):
		return err
	}
	e := &exit{code: Unread, message: i18n.M("ask.not_saved", diag.Clean(name), editCause(lost.why)), hint: i18n.M("ask.kept_in", diag.Clean(lost.kept))}
	if errors.Is(err, errChanged) {
		e.message = i18n.M("ask.changed", diag.Clean(name))
	}
	if lost.beside != nil {
		e.hint = i18n.M("ask.not_kept", cause(lost.beside))
	}
	return e
}

// editCause is why a file cannot be edited, in words.
func editCause(err error) i18n.Message {
	if errors.Is(err, errReadOnly) {
		return i18n.M("ask.read_only")
	}
	return cause(err)
}
