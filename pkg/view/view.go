// Package view turns results into documents, with the words of a strategy and
// of the program in one language. It decides what is said; formats decide what
// it looks like.
package view

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// View words results of one strategy.
type View struct {
	printer  *i18n.Printer
	strategy *strategy.Strategy
	texts    *strategy.Texts
	// show holds the outcomes whose rules are listed; nil where none was asked
	// for.
	show []string
}

// New makes a view. The strategy has its texts in the printer's language. show
// names the outcomes whose rules are listed; nil lists what each kind of format
// lists by itself.
func New(p *i18n.Printer, s *strategy.Strategy, show []string) *View {
	return &View{printer: p, strategy: s, texts: s.Texts, show: show}
}

func (v *View) t(key string, args ...any) string { return v.printer.T(key, args...) }

// shows reports whether rules with the outcome are listed.
func (v *View) shows(outcome string) bool {
	return v.show == nil || slices.Contains(v.show, outcome)
}

// definition finds a fact by its path; nil where the strategy has none.
func (v *View) definition(path string) *fact.Definition {
	if i := v.strategy.Fact(path); i >= 0 {
		return v.strategy.Facts[i]
	}
	return nil
}

// value words what a fact is or can be.
func (v *View) value(path string, coded *fact.Coded) string {
	d := v.definition(path)
	if d == nil || coded == nil {
		return ""
	}
	values, err := d.Decode(*coded)
	if err != nil {
		return ""
	}
	return d.Describe(values).Localize(v.printer)
}

// statement says what a fact is, as a sentence without a full stop. text is
// what was written for a fact of the kind text.
func (v *View) statement(path string, coded *fact.Coded, text string) string {
	d := v.definition(path)
	if d == nil || coded == nil {
		return path
	}
	values, err := d.Decode(*coded)
	if err != nil {
		return path
	}
	yes, no := v.texts.Get("facts", path, "yes"), v.texts.Get("facts", path, "no")
	switch {
	case d.Kind == fact.Answer && values.Options == fact.Yes:
		return yes
	case d.Kind == fact.Answer && values.Options == fact.No:
		return no
	case d.Kind == fact.Text && values.Options == fact.None:
		return no
	case d.Kind == fact.Text && values.Options == fact.Given:
		return v.printer.Fill(yes, v.t("view.quoted", brief(clean(text), briefLength)))
	case d.Kind == fact.Answer || d.Kind == fact.Text:
		return v.texts.Get("facts", path, "title") + ": " + d.Describe(values).Localize(v.printer)
	case d.Kind == fact.Choices:
		return v.setStatement(d, values)
	}
	return v.printer.Fill(yes, d.Describe(values))
}

// briefLength is how many characters of a text are quoted in running text.
const briefLength = 160

// brief shortens a text to a part of a sentence of at most so many characters.
func brief(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	cut := strings.TrimSpace(string(runes[:most]))
	if space := strings.LastIndexByte(cut, ' '); space > most/2 {
		cut = cut[:space]
	}
	return strings.TrimRight(cut, ",.;: ") + " …"
}

// textOf is what the initiative wrote for a fact.
func textOf(a *result.Assessment, path string) string {
	for _, c := range a.Facts {
		if c.Fact == path {
			return c.Text
		}
	}
	return ""
}

// recommendation is the name of a recommendation; its id where it is one of
// another strategy.
func (v *View) recommendation(id string) string {
	return cmp.Or(v.texts.Get("recommendations", id, "title"), id)
}

func (v *View) recommendations(ids []string) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = v.recommendation(id)
	}
	return strings.Join(names, " · ")
}

// mark is the symbol and the word for an outcome, and its tone.
func (v *View) mark(outcome string) report.Span {
	switch outcome {
	case result.Pass:
		return report.Span{Text: "✓ " + v.t("outcome.pass"), Tone: report.Good}
	case result.Fail:
		return report.Span{Text: "✗ " + v.t("outcome.fail"), Tone: report.Bad}
	case result.Unclear:
		return report.Span{Text: "? " + v.t("outcome.unclear"), Tone: report.Open}
	}
	return report.Span{Text: "– " + v.t("outcome.not_applicable"), Tone: report.Neutral}
}

// capitalised is the text with its first letter large.
func capitalised(text string) string {
	runes := []rune(text)
	if len(runes) == 0 {
		return text
	}
	return strings.ToUpper(string(runes[:1])) + string(runes[1:])
}

// clean makes a text from a file safe to stand inside other words.
func clean(text string) string { return diag.Clean(text) }
