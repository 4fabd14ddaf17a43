package fact

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// Parsed is what a written value says.
type Parsed struct {
	// Values is what the fact can be: its whole domain where Unknown.
	Values Values
	// Unknown says that the author states that the value is not known.
	Unknown bool
}

// Fault is what is wrong with a written value: Message says what was found and
// what was expected, Hint what to write instead.
type Fault struct {
	Message, Hint i18n.Message
}

// Parse reads one value as people write it in Norwegian or English: a word, a
// number, an amount, a date, or for ordered kinds a range ("10-30", "minst 60",
// "under 40 mill. kr"). What can be read in two ways is a fault.
//
// A plain number is kroner for money, person-months for effort and else the
// fact's unit; a person-year is twelve person-months. The decimal sign is a
// comma, or a dot where it cannot separate thousands.
func (d *Definition) Parse(text string) (Parsed, *Fault) {
	text = tidy(text)
	words := lower(text)
	if unknown, fault := d.parseCommon(text, words); unknown || fault != nil {
		return d.unknownOr(fault)
	}
	values, fault := d.parseKind(text, words)
	if fault != nil {
		return Parsed{}, fault
	}
	return Parsed{Values: values}, nil
}

// parseCommon reads what every kind of fact understands alike.
func (d *Definition) parseCommon(text, words string) (unknown bool, fault *Fault) {
	switch {
	case text == "":
		return false, newFault("fact.empty", d.expected())
	case saysUnknown(words):
		return true, nil
	case saysNotApplicable(words):
		return false, newFault("fact.not_applicable", found(text), d.expected())
	}
	return false, nil
}

func (d *Definition) unknownOr(fault *Fault) (Parsed, *Fault) {
	if fault != nil {
		return Parsed{}, fault
	}
	return Parsed{Values: d.Domain(), Unknown: true}, nil
}

func (d *Definition) parseKind(text, words string) (Values, *Fault) {
	switch d.Kind {
	case Answer:
		return d.parseAnswer(text, words)
	case Choice:
		return d.parseChoice(text, words)
	case Choices:
		return d.parseChoices(text, words)
	case Text:
		return d.parseText(text, words)
	}
	interval, fault := d.parseInterval(text, words)
	if fault != nil {
		return Values{}, fault
	}
	return Values{Intervals: []Interval{interval}}, nil
}

// saysUnknown knows the words for "not known", in lower case.
func saysUnknown(words string) bool { return slices.Contains(unknownWords[:], words) }

// saysNotApplicable knows the words for "does not apply", in lower case.
func saysNotApplicable(words string) bool { return slices.Contains(notApplicableWords[:], words) }

// saysNone knows the words for "none", in lower case.
func saysNone(words string) bool { return slices.Contains(noneWords[:], words) }

func (d *Definition) parseAnswer(text, words string) (Values, *Fault) {
	switch {
	case slices.Contains(yesWords[:], words):
		return Values{Options: Yes}, nil
	case slices.Contains(noWords[:], words):
		return Values{Options: No}, nil
	}
	switch words {
	case "on", "y", "j", "1":
		return Values{}, newFault("fact.answer_short", found(text), i18n.M("fact.yes"))
	case "off", "n", "0":
		return Values{}, newFault("fact.answer_short", found(text), i18n.M("fact.no"))
	}
	return Values{}, newFault("fact.answer", found(text))
}

func (d *Definition) parseText(text, words string) (Values, *Fault) {
	if saysNone(words) {
		return Values{Options: None}, nil
	}
	// "nei" would otherwise count as a text that is given.
	if slices.Contains(yesWords[:], words) || slices.Contains(noWords[:], words) {
		return Values{}, newFault("fact.text_answer", found(text))
	}
	if !hasLetter(text) && !strings.ContainsAny(text, "0123456789") {
		return Values{}, newFault("fact.text", found(text))
	}
	return Values{Options: Given}, nil
}

func hasLetter(text string) bool { return strings.ContainsFunc(text, unicode.IsLetter) }

// found is a written value as messages repeat it.
func found(text string) string { return diag.Quote(text) }

// newFault makes a fault of the texts key and key_hint, which share their
// arguments.
func newFault(key string, args ...any) *Fault {
	return &Fault{Message: i18n.M(key, args...), Hint: i18n.M(key+"_hint", args...)}
}

// expected words what kind of value the fact takes.
func (d *Definition) expected() i18n.Message {
	if d.Kind != Number {
		return i18n.M("fact.expected_" + d.Kind.String())
	}
	number := i18n.M("fact.expected_number")
	if d.Step == One {
		number = i18n.M("fact.expected_whole")
	}
	if d.Unit == nil {
		return number
	}
	return i18n.M("fact.expected_unit", number, d.Unit.Other)
}

// example words how values of the fact's kind can be written.
func (d *Definition) example() i18n.Message { return i18n.M("fact.example_" + d.Kind.String()) }
