package cli

import (
	"math/bits"
	"reflect"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
)

// value is an answer as the interview takes it and as the file has it.
type value struct {
	reply inquiry.Reply
	text  string
	// written is the value in the person's own spelling, nil for a class.
	written *initiative.Value
	// kept says that what the file claims stays as it is.
	kept bool
}

// saysUnknown reports whether what a person wrote says that it is not known.
func (a *asked) saysUnknown(r reply) bool {
	if r.deed != answers || a.definition == nil || len(r.written) != 1 {
		return false
	}
	parsed, fault := a.definition.Parse(r.written[0])
	return fault == nil && parsed.Unknown
}

// read reads an answer.
func (v *interview) read(a *asked, r reply) (value, *fact.Fault) {
	switch {
	case a.definition == nil || len(r.written) == 0 && r.class >= 0:
		return value{reply: a.Classes[r.class].Reply}, nil
	case len(r.written) == 0:
		return value{reply: inquiry.Reply{Values: a.claim.Values}, text: a.claim.Text, kept: true}, nil
	}
	values, fault := parseWritten(a.definition, r)
	if fault != nil {
		return value{}, fault
	}
	written := initiative.One(r.written[0])
	switch {
	case r.more:
		written = initiative.AtLeast(r.written...)
	case a.definition.Kind == fact.Choices && values.Sets[0].Must != 0:
		written = initiative.These(r.written...)
	}
	one := value{reply: inquiry.Reply{Values: values}, written: &written}
	if a.definition.Kind == fact.Text {
		one.text = r.written[0]
	}
	return one, nil
}

// parseWritten reads a value that a person wrote. One that says that it is not
// known has the whole domain.
func parseWritten(d *fact.Definition, r reply) (fact.Values, *fact.Fault) {
	if d.Kind != fact.Choices {
		parsed, fault := d.Parse(r.written[0])
		return parsed.Values, fault
	}
	var members uint64
	for _, text := range r.written {
		member, fault := d.ParseMember(text)
		if fault != nil {
			return fact.Values{}, fault
		}
		if member.Option >= 0 {
			members |= 1 << member.Option
		}
	}
	if r.more {
		return d.AtLeastSet(members), nil
	}
	return d.ExactSet(members), nil
}

func sameValues(a, b fact.Values) bool { return reflect.DeepEqual(a, b) }

// writeValues writes what a fact can be as a file has it; ok is false where a
// file cannot say just that.
func writeValues(p *i18n.Printer, d *fact.Definition, v fact.Values) (written initiative.Value, ok bool) {
	var texts []string
	switch d.Kind {
	case fact.Choices:
		return writeSets(p, d, v)
	case fact.Choice:
		for options := v.Options; options != 0; options &= options - 1 {
			texts = append(texts, d.Options[bits.TrailingZeros64(options)].ID)
		}
	case fact.Answer:
		for options := v.Options; options != 0; options &= options - 1 {
			texts = append(texts, answerWord(p, options&-options))
		}
	case fact.Text:
		if v.Options != fact.None {
			return initiative.Value{}, false
		}
		texts = []string{p.T("ask.none")}
	default:
		for _, i := range v.Intervals {
			texts = append(texts, plainSpaces(d.Describe(fact.Values{Intervals: []fact.Interval{i}}).Localize(p)))
		}
	}
	if len(texts) == 1 {
		return initiative.One(texts[0]), true
	}
	return initiative.OneOf(texts...), true
}

// writeSets writes a set of options, or a set to which others may come.
func writeSets(p *i18n.Printer, d *fact.Definition, v fact.Values) (initiative.Value, bool) {
	if len(v.Sets) != 1 {
		return initiative.Value{}, false
	}
	var ids []string
	for must := v.Sets[0].Must; must != 0; must &= must - 1 {
		ids = append(ids, d.Options[bits.TrailingZeros64(must)].ID)
	}
	switch {
	case v.Sets[0].May == v.Sets[0].Must && len(ids) == 0:
		return initiative.One(p.T("ask.none")), true
	case v.Sets[0].May == v.Sets[0].Must:
		return initiative.These(ids...), true
	case len(ids) > 0 && sameValues(v, d.AtLeastSet(v.Sets[0].Must)):
		return initiative.AtLeast(ids...), true
	}
	return initiative.Value{}, false
}

// answerWord is yes or no as a file in the printer's language has it.
func answerWord(p *i18n.Printer, answer uint64) string {
	if answer == fact.Yes {
		return p.T("ask.yes")
	}
	return p.T("ask.no")
}

// judgementWord is an outcome as a file has it.
func judgementWord(outcome cond.Outcome) string {
	if outcome == cond.Pass {
		return "pass"
	}
	return "fail"
}

// plainSpaces puts spaces that anybody can type in place of no-break ones.
func plainSpaces(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }
