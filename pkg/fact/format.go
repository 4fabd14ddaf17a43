package fact

import (
	"math/bits"
	"slices"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// Localize gives the label in the printer's language, or in another one where
// it has none.
func (l Labels) Localize(p *i18n.Printer) string {
	if label := l[p.Language()]; label != "" {
		return label
	}
	for _, language := range i18n.Languages() {
		if label := l[language]; label != "" {
			return label
		}
	}
	return ""
}

// Describe words what a fact can be: "ja", "KS og staten", "10–30 kommuner",
// "over 1,5 mill. kr". Numbers are exact. What Parse accepts of the kinds of
// sentence, it reads back as the same values, in every language: every known
// value and every interval.
func (d *Definition) Describe(v Values) i18n.Localizer { return wording{d, v} }

// wording words values when they are printed.
type wording struct {
	definition *Definition
	values     Values
}

// Localize words the values.
func (w wording) Localize(p *i18n.Printer) string {
	d, v := w.definition, w.values
	if !v.Known() && d.isDomain(v) {
		return p.T("fact.unknown")
	}
	var parts i18n.Alternatives
	switch {
	case len(v.Intervals) > 0:
		for _, i := range v.Intervals {
			parts = append(parts, d.wordInterval(p, i))
		}
	case len(v.Sets) > 0:
		for _, s := range v.Sets {
			parts = append(parts, d.wordSets(p, s))
		}
	default:
		parts = d.wordOptions(v.Options)
	}
	return parts.Localize(p)
}

// isDomain reports whether the values are all that the fact can have.
func (d *Definition) isDomain(v Values) bool {
	all := d.Domain()
	return v.Options == all.Options && slices.Equal(v.Sets, all.Sets) && slices.Equal(v.Intervals, all.Intervals)
}

func (d *Definition) wordOptions(options uint64) i18n.Alternatives {
	var keys [2]string
	switch d.Kind {
	case Answer:
		keys = [2]string{"fact.yes", "fact.no"}
	case Text:
		keys = [2]string{"fact.given", "fact.none"}
	default:
		return i18n.Alternatives(d.labels(options))
	}
	var parts i18n.Alternatives
	for i, key := range keys {
		if options&(1<<i) != 0 {
			parts = append(parts, i18n.M(key))
		}
	}
	return parts
}

// labels lists the labels of options, in the order of the definition.
func (d *Definition) labels(options uint64) []any {
	var labels []any
	for i, option := range d.Options {
		if options&(1<<i) != 0 {
			labels = append(labels, option.Labels)
		}
	}
	return labels
}

// wordSets words the sets that hold Must and lie in May.
func (d *Definition) wordSets(p *i18n.Printer, s SetRange) string {
	must := i18n.Series(d.labels(s.Must))
	perhaps := i18n.Alternatives(d.labels(s.May &^ s.Must))
	switch {
	case s.May == 0:
		return p.T("fact.none")
	case s.Must == s.May:
		return must.Localize(p)
	case s.Must == 0:
		return p.T("fact.set_within", i18n.Series(d.labels(s.May)))
	case s.May == d.all() && bits.OnesCount64(s.May&^s.Must) > 1:
		return p.T("fact.set_at_least", must)
	}
	return p.T("fact.set_perhaps", must, perhaps)
}
