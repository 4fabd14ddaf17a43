package view

import (
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// templateWidth is how wide the comments of a template may be.
const templateWidth = 88

// Template is an initiative's file that waits for answers: every fact of the
// strategy, in its groups, with its question and what can be answered. It is
// valid as it stands, and says nothing. named is the name of the strategy, where
// the file is to give one.
func (v *View) Template(title, named string) string {
	w := &templateWriter{View: v}
	w.comment("", v.t("new.about", v.texts.Get("strategy", "title")))
	for _, key := range []string{"new.how", "new.several", "new.reason", "new.comments"} {
		w.comment("", v.t(key))
	}
	w.line("")
	w.line("ksdev: 1")
	w.line("title: " + yamldoc.Quoted(title))
	w.comment("", v.t("new.summary"))
	w.line(`summary: ""`)
	w.comment("", v.t("new.date"))
	w.line("date:")
	if named != "" {
		w.line("strategy: " + yamldoc.Plain(named, false))
	}
	w.line("")
	w.line("facts:")
	group := ""
	for _, d := range v.strategy.Facts {
		if d.Group() != group {
			group = d.Group()
			w.line("")
			w.comment("  ", strings.ToUpper(v.texts.Get("groups", group)))
		}
		w.fact(d)
	}
	w.judgements()
	return w.text.String()
}

// templateWriter writes a template line by line.
type templateWriter struct {
	*View
	text strings.Builder
}

func (w *templateWriter) line(text string) { w.text.WriteString(text + "\n") }

// comment writes a text as comment lines, broken between words.
func (w *templateWriter) comment(indent, text string) {
	line := indent + "#"
	for _, word := range strings.Fields(diag.Inert(text)) {
		if len([]rune(line))+1+len([]rune(word)) > templateWidth {
			w.line(line)
			line = indent + "#"
		}
		line += " " + word
	}
	w.line(line)
}

// fact writes a fact with its question, what can be answered, and room for the
// answer.
func (w *templateWriter) fact(d *fact.Definition) {
	const indent = "  "
	w.line("")
	w.comment(indent, w.texts.Get("facts", d.Path, "question"))
	w.comment(indent, w.texts.Get("facts", d.Path, "help"))
	w.answers(indent, d)
	w.line(indent + d.Path + ":")
	w.line(indent + "  value:")
	if d.Grounds {
		w.line(indent + `  because: ""`)
	}
	w.line(indent + `  source: ""`)
}

// answers says what a fact can be answered with.
func (w *templateWriter) answers(indent string, d *fact.Definition) {
	kind := d.Kind.String()
	switch d.Kind {
	case fact.Choice, fact.Choices:
		w.comment(indent, w.t("new.answer_"+kind))
		for _, option := range d.Options {
			w.line(indent + "#   - " + diag.Inert(yamldoc.OneLine(option.Labels.Localize(w.printer))))
		}
	case fact.Number:
		w.comment(indent, w.t("new.answer_number", d.Unit.Other.Localize(w.printer), i18n.M("fact.example_number")))
	case fact.Money, fact.Effort, fact.Date:
		w.comment(indent, w.t("new.answer_"+kind, i18n.M("fact.example_"+kind)))
	default:
		w.comment(indent, w.t("new.answer_"+kind))
	}
}

// judgements writes room for judgements, with one as an example.
func (w *templateWriter) judgements() {
	example := w.strategy.Rules[0]
	for _, r := range w.strategy.Rules {
		if r.Fail != nil {
			example = r
			break
		}
	}
	w.line("")
	w.comment("", w.t("new.judgements"))
	w.comment("", w.t("new.judgement_example", example.ID, w.texts.Get("rules", example.ID, "title")))
	w.line("judgements:")
	w.line("#  " + yamldoc.OneLine(example.ID) + ":")
	w.line("#    outcome: " + w.t("outcome.pass"))
	w.line(`#    because: ""`)
}
