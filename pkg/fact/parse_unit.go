package fact

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// unit is what one of a written number stands for: times, times ten to the
// power tens, in millionths of the fact's own unit.
type unit struct {
	times int64
	tens  int
	// written says that words after the number say what it counts.
	written bool
	// kroner says that kroner are named, so that a dot parts thousands; ahead
	// that they are named before the number.
	kroner, ahead bool
}

// plainUnit is the fact's own unit: one is a million millionths.
func plainUnit() unit { return unit{times: 1, tens: i18n.Decimals} }

func (u unit) isPlain() bool { return u.times == 1 && u.tens == i18n.Decimals }

var currencyWords = [...]phrase[bool]{
	{"kr", true}, {"kr.", true}, {"kroner", true}, {"krone", true}, {"nok", true}, {",-", true},
	{"norske kroner", true}, {"norwegian kroner", true},
}

// scaleWords are powers of ten that Norwegian and English agree on.
var scaleWords = [...]phrase[int]{
	{"tusen", 3}, {"thousand", 3},
	{"mill", 6}, {"mill.", 6}, {"million", 6}, {"millioner", 6}, {"millionar", 6}, {"millions", 6},
	{"mrd", 9}, {"mrd.", 9}, {"milliard", 9}, {"milliarder", 9}, {"milliardar", 9}, {"bn", 9}, {"bn.", 9},
}

// strangeScales are read differently by different people.
var strangeScales = [...]phrase[bool]{
	{"billion", true}, {"billions", true}, {"billioner", true}, {"billionar", true}, {"bill.", true},
	{"trillion", true}, {"trillioner", true}, {"tkr", true}, {"tkr.", true}, {"t.kr", true}, {"tnok", true},
	{"kkr", true}, {"knok", true}, {"mkr", true}, {"mnok", true}, {"m", true}, {"k", true}, {"mio", true}, {"mio.", true},
}

const (
	monthsOfYear = 12
	// percentTens is a hundredth as a power of ten.
	percentTens = -2
)

// effortWords give the months in one of each.
var effortWords = [...]phrase[int64]{
	{"månedsverk", 1}, {"månadsverk", 1}, {"person-month", 1}, {"person-months", 1}, {"person month", 1}, {"person months", 1},
	{"årsverk", monthsOfYear}, {"person-year", monthsOfYear}, {"person-years", monthsOfYear},
	{"person year", monthsOfYear}, {"person years", monthsOfYear},
}

// durationWords give the months in one of each.
var durationWords = [...]phrase[int64]{
	{"måned", 1}, {"måneder", 1}, {"månad", 1}, {"månader", 1}, {"mnd", 1}, {"mnd.", 1}, {"md.", 1}, {"month", 1}, {"months", 1},
	{"år", monthsOfYear}, {"year", monthsOfYear}, {"years", monthsOfYear},
}

// shortTimes have no fixed length in months.
var shortTimes = [...]phrase[bool]{
	{"dag", true}, {"dager", true}, {"dagar", true}, {"day", true}, {"days", true},
	{"uke", true}, {"uker", true}, {"veke", true}, {"veker", true}, {"week", true}, {"weeks", true},
	{"time", true}, {"timer", true}, {"timar", true}, {"hour", true}, {"hours", true},
}

var percentWords = [...]phrase[bool]{
	{"%", true}, {"prosent", true}, {"prosents", true}, {"pst", true}, {"pst.", true}, {"percent", true}, {"per cent", true},
}

var positionWords = [...]phrase[bool]{
	{"stilling", true}, {"-stilling", true}, {"position", true}, {"post", true},
}

var periodWords = [...]phrase[bool]{{"i", true}, {"over", true}, {"for", true}, {"in", true}}

// operand reads one number with its unit, or one date.
func (r *valueReader) operand() (operand, *Fault) {
	o := operand{unit: plainUnit()}
	if r.definition.Kind == Date {
		return r.dateOperand()
	}
	if r.definition.Kind == Money {
		_, o.unit.ahead = takePhrase(r, currencyWords[:])
		o.unit.kroner = o.unit.ahead
	}
	if r.isRough() {
		return o, r.fault("fact.rough")
	}
	number, fault := r.decimal()
	if fault != nil {
		return o, fault
	}
	o.number = number
	r.blank()
	o.side, _ = takePhrase(r, sideTails[:])
	if fault := r.unit(&o.unit); fault != nil {
		return o, fault
	}
	if o.side == exactly {
		o.side, _ = takePhrase(r, sideTails[:])
	}
	if !o.unit.written && r.meetsOtherUnit() {
		return o, r.otherUnit()
	}
	return o, nil
}

func (r *valueReader) isRough() bool {
	return r.meets(roughWords[:])
}

// meets reports whether one of the phrases stands here.
func (r *valueReader) meets(table []phrase[bool]) bool {
	_, ok := takePhrase(&valueReader{words: r.words, at: r.at}, table)
	return ok
}

// unit reads what follows a number.
func (r *valueReader) unit(u *unit) *Fault {
	switch r.definition.Kind {
	case Money:
		r.moneyUnit(u)
	case Effort:
		return r.effortUnit(u)
	case Number:
		r.numberUnit(u)
	}
	return nil
}

func (r *valueReader) moneyUnit(u *unit) {
	scale, scaled := takePhrase(r, scaleWords[:])
	u.tens += scale
	_, named := takePhrase(r, currencyWords[:])
	u.written = scaled || named
	u.kroner = u.kroner || named
}

func (r *valueReader) numberUnit(u *unit) {
	if r.takeOwnUnit() {
		u.written = true
		return
	}
	if r.definition.inMonths() {
		if months, ok := takePhrase(r, durationWords[:]); ok {
			u.times, u.written = months, true
		}
		return
	}
	if r.definition.inPercent() {
		_, u.written = takePhrase(r, percentWords[:])
	}
}

// takeOwnUnit reads the longest form of the fact's own unit that stands here.
func (r *valueReader) takeOwnUnit() bool {
	u := r.definition.Unit
	if u == nil || r.at == len(r.words) {
		return false
	}
	longest := 0
	for _, labels := range [...]Labels{u.One, u.Other} {
		for _, language := range i18n.Languages() {
			if form := lower(tidy(labels[language])); len(form) > longest && r.starts(form) {
				longest = len(form)
			}
		}
	}
	r.at += longest
	if longest > 0 {
		r.blank()
	}
	return longest > 0
}

// inMonths reports whether the fact is a length of time, kept in months.
func (d *Definition) inMonths() bool {
	return d.Unit != nil && d.Unit.One[i18n.English] == "month"
}

func (d *Definition) inPercent() bool {
	return d.Unit != nil && slices.Contains([]string{"%", "percent", "per cent"}, d.Unit.One[i18n.English])
}

func (r *valueReader) effortUnit(u *unit) *Fault {
	if months, ok := takePhrase(r, effortWords[:]); ok {
		u.times, u.written = months, true
		return nil
	}
	if _, percent := takePhrase(r, percentWords[:]); !percent {
		return nil
	}
	u.written = true
	takePhrase(r, positionWords[:])
	if _, period := takePhrase(r, periodWords[:]); !period || !startsWithDigit(r.rest()) {
		return r.fault("fact.effort_percent")
	}
	length, fault := r.decimal()
	if fault != nil {
		return fault
	}
	r.blank()
	months, ok := takePhrase(r, durationWords[:])
	if !ok {
		return r.fault("fact.effort_percent")
	}
	if length.dotted {
		return r.fault("fact.number_dot")
	}
	if u.times, ok = multiply(length.digits, months); !ok {
		return r.fault("fact.number_size")
	}
	u.tens += percentTens - length.decimals
	return nil
}

// meetsOtherUnit reports whether a word stands here that is none of those
// that can follow a number: the unit of something else.
func (r *valueReader) meetsOtherUnit() bool {
	rest := r.rest()
	if rest == "" || !unicode.IsLetter(firstRune(rest)) && !unicode.IsSymbol(firstRune(rest)) && rest[0] != '%' {
		return false
	}
	_, joint := takePhrase(&valueReader{words: r.words, at: r.at}, boundJoints[:])
	return !joint && !r.meets(rateWords[:]) && !r.isRough() && !strings.HasPrefix(rest, "eller ") && !strings.HasPrefix(rest, "or ")
}

// otherUnit says which word stands where the fact's own unit could.
func (r *valueReader) otherUnit() *Fault {
	word := r.text[r.at:]
	if end := strings.IndexAny(word, " -"); end > 0 {
		word = word[:end]
	}
	switch {
	case r.definition.Kind == Money && strangeScale(r.rest()):
		return r.fault("fact.money_short")
	case r.definition.inMonths() && r.meets(shortTimes[:]):
		return r.fault("fact.short_time")
	}
	return r.fault("fact.other_unit", found(word))
}

func strangeScale(words string) bool {
	return (&valueReader{words: words}).meets(strangeScales[:])
}

// leftOver says what stands after a value.
func (r *valueReader) leftOver() *Fault {
	rest := found(r.text[r.at:])
	switch {
	case strings.HasPrefix(rest, "("), strings.HasPrefix(rest, "["):
		return r.fault("fact.brackets", rest)
	case r.meets(rateWords[:]):
		return r.fault("fact.rate", rest)
	case r.isRough():
		return r.fault("fact.rough")
	case strings.HasPrefix(rest, "eller "), strings.HasPrefix(rest, "or "):
		return r.fault("fact.alternatives", rest)
	case rest == "":
		return r.fault("fact.value")
	}
	return r.fault("fact.left_over", rest)
}
