package vet

import (
	"strings"
	"unicode/utf8"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// YAML writes proposals as a file of cases, worded in the printer's language.
func YAML(p *i18n.Printer, proposals []*Proposal) string {
	w := &writing{printer: p}
	w.comment(p.T("cases.confirm"))
	w.line(0, "cases:")
	for _, one := range proposals {
		w.proposal(one)
	}
	return w.text.String()
}

// writing is the state of writing cases.
type writing struct {
	printer *i18n.Printer
	text    strings.Builder
}

func (w *writing) line(indent int, text string) {
	w.text.WriteString(strings.Repeat("  ", indent) + text + "\n")
}

// commentWidth is how many characters a line of a comment has at most.
const commentWidth = 80

func (w *writing) comment(text string) {
	line := "#"
	for _, word := range strings.Fields(text) {
		if utf8.RuneCountInString(line+" "+word) > commentWidth {
			w.line(0, line)
			line = "#"
		}
		line += " " + word
	}
	w.line(0, line)
}

func (w *writing) proposal(one *Proposal) {
	w.line(1, "- name: "+quoted(w.printer.Text(one.Name)))
	if one.Choice != 0 {
		w.line(2, "set:")
		w.line(3, one.ChoiceName+": "+w.printer.Word(one.Choice))
	}
	if len(one.Facts) > 0 {
		w.line(2, "facts:")
	}
	for _, f := range one.Facts {
		w.fact(f)
	}
	w.line(2, "expect: # "+w.printer.T("cases.expected"))
	if one.Rule != "" {
		w.line(3, "outcomes:")
		w.list(4, one.Rule, one.Possible)
	}
	if len(one.Causes) > 0 {
		w.line(3, "causes:")
		w.list(4, one.Rule, one.Causes)
	}
	if one.Recommendations != nil {
		w.list(3, "recommendations", one.Recommendations)
	}
	if one.Notes != nil {
		w.list(3, "notes", one.Notes)
	}
}

// list writes one name on the line of the key, and several below it.
func (w *writing) list(indent int, key string, names []string) {
	switch len(names) {
	case 0:
		w.line(indent, key+": []")
	case 1:
		w.line(indent, key+": "+names[0])
	default:
		w.line(indent, key+":")
		for _, name := range names {
			w.line(indent+1, "- "+name)
		}
	}
}

func (w *writing) fact(f ProposedFact) {
	d, v := f.Definition, f.Value
	var values []string
	switch {
	case len(v.Sets) > 0:
		values = d.Encode(v).Sets[0].All
		if len(values) == 0 {
			values = []string{"none"}
		}
	case len(v.Intervals) > 0:
		values = []string{quoted(strings.ReplaceAll(d.Describe(v).Localize(w.printer), "\u00a0", " "))}
	case d.Kind == fact.Text && v.Options == fact.Given:
		values = []string{quoted(w.printer.T("cases.example"))}
	default:
		values = d.Encode(v).Options
	}
	ownGround := d.Kind == fact.Text && v.Options == fact.Given
	if !d.Grounds || ownGround {
		w.list(3, d.Path, values)
		return
	}
	w.line(3, d.Path+":")
	w.list(4, "value", values)
	w.line(4, "because: "+quoted(w.printer.T("cases.because")))
}

// quoted puts a text in quotes where YAML could take it for something else.
func quoted(text string) string {
	plain := strings.Trim(text, " ") == text && text != "" && !strings.ContainsAny(text, ":#\"'\\[]{},&*!|>%@`?") && text[0] != '-'
	if plain {
		return text
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
