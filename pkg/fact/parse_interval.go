package fact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// valueReader walks through one value of an ordered kind.
type valueReader struct {
	definition *Definition
	// text is the value as written, tidied; words is the same in lower case.
	text, words string
	at          int
}

// operand is one number, amount or date.
type operand struct {
	number decimal
	unit   unit
	// side is what the words after it say: "60 or more".
	side side
	// day is the value of a date.
	day int64
}

// parseInterval reads what an ordered fact can be.
func (d *Definition) parseInterval(text, words string) (Interval, *Fault) {
	if saysNone(words) && d.Kind != Date {
		return Interval{}, newFault("fact.number_none", found(text), d.expected())
	}
	r := &valueReader{definition: d, text: text, words: words}
	interval, fault := r.interval()
	switch {
	case fault != nil:
		return Interval{}, fault
	case r.at < len(r.words):
		return Interval{}, r.leftOver()
	}
	return interval, d.inside(interval, text)
}

// inside says where an interval leaves what the fact can be.
func (d *Definition) inside(i Interval, text string) *Fault {
	small, large := "fact.too_small", "fact.too_large"
	if d.Kind == Date {
		small, large = "fact.too_early", "fact.too_late"
	}
	switch {
	case i.Hi > d.Max || i.Lo > d.Max:
		return newFault(large, found(text), d.Describe(d.point(d.Max)))
	case i.Lo < d.Min || i.Hi < d.Min:
		return newFault(small, found(text), d.Describe(d.point(d.Min)))
	}
	return nil
}

func (d *Definition) point(v int64) Values {
	return Values{Intervals: []Interval{{v, v}}}
}

func (r *valueReader) interval() (Interval, *Fault) {
	if _, between := takePhrase(r, betweenWords[:]); between {
		return r.between()
	}
	bound, _ := takePhrase(r, sideWords[:])
	first, fault := r.operand()
	switch {
	case fault != nil:
		return Interval{}, fault
	case bound != exactly && first.side != exactly:
		return Interval{}, r.leftOver()
	case bound != exactly:
		return r.bounded(bound, first)
	case first.side != exactly:
		return r.oneSided(first.side, first)
	}
	if _, more := takePhrase(r, rangeWords[:]); more {
		return r.upTo(first)
	}
	value, fault := r.resolve(first)
	return Interval{value, value}, fault
}

// between reads what follows the word "between".
func (r *valueReader) between() (Interval, *Fault) {
	first, fault := r.operand()
	if fault != nil {
		return Interval{}, fault
	}
	if _, and := takePhrase(r, betweenJoints[:]); !and || first.side != exactly {
		return Interval{}, r.leftOver()
	}
	return r.upTo(first)
}

// upTo reads the upper end of a range.
func (r *valueReader) upTo(first operand) (Interval, *Fault) {
	second, fault := r.operand()
	switch {
	case fault != nil:
		return Interval{}, fault
	case second.side != exactly:
		return Interval{}, r.leftOver()
	}
	return r.twoSided(atLeast, first, atMost, second)
}

// bounded reads what may follow a first bound: a second one from the other
// side, as in "over 10 og under 30" and "fra 10 til 30".
func (r *valueReader) bounded(bound side, first operand) (Interval, *Fault) {
	start := r.at
	joint, joined := takePhrase(r, boundJoints[:])
	if !joined {
		return r.oneSided(bound, first)
	}
	other, bounded := takePhrase(r, sideWords[:])
	if !bounded && bound == from && joint == upToJoint {
		other = atMost
	}
	if other == exactly || other.isLower() == bound.isLower() {
		r.at = start
		return Interval{}, r.leftOver()
	}
	second, fault := r.operand()
	switch {
	case fault != nil:
		return Interval{}, fault
	case second.side != exactly:
		return Interval{}, r.leftOver()
	}
	return r.twoSided(bound, first, other, second)
}

// oneSided is everything on one side of a value.
func (r *valueReader) oneSided(bound side, o operand) (Interval, *Fault) {
	value, fault := r.resolve(o)
	if fault != nil {
		return Interval{}, fault
	}
	end := bound.closed(value, r.definition.Step)
	if bound.isLower() {
		return Interval{end, max(end, r.definition.Max)}, nil
	}
	return Interval{min(end, r.definition.Min), end}, nil
}

// twoSided is everything between two values, bounded from opposite sides.
func (r *valueReader) twoSided(bound side, first operand, other side, second operand) (Interval, *Fault) {
	a, b, fault := r.resolvePair(first, second, bound.isLower())
	if fault != nil {
		return Interval{}, fault
	}
	step := r.definition.Step
	a, b = bound.closed(a, step), other.closed(b, step)
	if !bound.isLower() {
		a, b = b, a
	}
	if a > b {
		return Interval{}, r.fault("fact.reversed")
	}
	return Interval{a, b}, nil
}

// rest is what is not read yet, in lower case.
func (r *valueReader) rest() string { return r.words[r.at:] }

// fault makes a fault about the whole value.
func (r *valueReader) fault(key string, args ...any) *Fault {
	return newFault(key, append([]any{found(r.text), r.definition.expected(), r.definition.example()}, args...)...)
}

// notAValue says that there is no number, amount or date where one should be.
func (r *valueReader) notAValue() *Fault {
	if strangeScale(r.rest()) {
		return r.fault("fact.money_short")
	}
	return r.fault("fact.value")
}

// blank skips a blank.
func (r *valueReader) blank() {
	if strings.HasPrefix(r.rest(), " ") {
		r.at++
	}
}

// starts reports whether the rest starts with the words, and not amid a word.
func (r *valueReader) starts(words string) bool {
	after, ok := strings.CutPrefix(r.rest(), words)
	if !ok || words == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(words)
	return !unicode.IsLetter(last) || !unicode.IsLetter(firstRune(after))
}

// takePhrase reads the longest phrase of the table that stands here, and the
// blank after it.
func takePhrase[T any](r *valueReader, table []phrase[T]) (means T, ok bool) {
	rest := r.rest()
	if rest == "" || isDigit(rest[0]) {
		return means, false
	}
	longest := 0
	for i := range table {
		words := table[i].words
		if words[0] == rest[0] && len(words) > longest && r.starts(words) {
			longest, means, ok = len(words), table[i].means, true
		}
	}
	if ok {
		r.at += longest
		r.blank()
	}
	return means, ok
}
