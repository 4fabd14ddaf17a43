// Package fact holds the inputs that rules read: their kinds, their
// vocabulary, how values are written by people, and the sets of values that a
// fact can still have.
//
// Ordered kinds (number, money, effort, date) are finite ladders of int64:
// millionths of the unit in steps of Definition.Step, or days since 1 January
// 1970 in steps of one. So "over 300" is exactly "at least the step after 300",
// and every interval is closed.
package fact

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// Kind says what values a fact has.
type Kind int

// The kinds. The zero value is no kind.
const (
	// Answer is yes or no.
	Answer Kind = iota + 1
	// Choice is one of the options.
	Choice
	// Choices is a set of options, perhaps empty.
	Choices
	// Number counts or measures something in the fact's unit.
	Number
	// Money is an amount in Norwegian kroner.
	Money
	// Effort is work in person-months.
	Effort
	// Date is a day.
	Date
	// Text is free text, given or said to be none.
	Text
)

var kindNames = [...]string{Answer: "answer", Choice: "choice", Choices: "choices", Number: "number",
	Money: "money", Effort: "effort", Date: "date", Text: "text"}

// String is the kind's name in strategy files.
func (k Kind) String() string {
	if k < Answer || k > Text {
		return "no kind"
	}
	return kindNames[k]
}

// Kinds lists the names of all kinds.
func Kinds() []string { return slices.Clone(kindNames[Answer:]) }

// ParseKind finds a kind by its name.
func ParseKind(name string) (Kind, bool) {
	i := slices.Index(kindNames[:], name)
	return Kind(i), i >= int(Answer)
}

// Ordered reports whether values of the kind have an order: smaller, larger.
func (k Kind) Ordered() bool { return k == Number || k == Money || k == Effort || k == Date }

// Level says how much work it is to find a fact out.
type Level int

// The levels.
const (
	Low Level = iota + 1
	Medium
	High
)

// Labels holds a short text in each language.
type Labels map[i18n.Language]string

// Option is one value of a choice, or one member of a set of choices.
type Option struct {
	ID     string
	Labels Labels
}

// Unit names what a number counts, in each language for one and for several.
type Unit struct {
	One, Other Labels
}

// Definition describes one fact of a strategy.
type Definition struct {
	// Path is the fact's name in files, dotted: "reach.relevance".
	Path string
	Kind Kind
	// Options are the values of a choice, at most MaxOptions.
	Options []Option
	// Unit is what a number counts; nil for other kinds.
	Unit *Unit
	// Min and Max bound an ordered kind, in its own steps.
	Min, Max int64
	// Step is the distance between neighbouring values of an ordered kind: One
	// for whole numbers, a hundredth of One for money, 1 else.
	Step int64
	// Grounds says that a claim counts only with a reason.
	Grounds bool
	// Changeable says that an initiative's partners can change the fact.
	Changeable bool
	// Effort is how much work it is to find the fact out.
	Effort Level
	// Pos is where the strategy defines the fact.
	Pos diag.Pos
}

// MaxOptions is how many options a choice can have.
const MaxOptions = 64

// One is the number one in the millionths that numbers are kept in.
const One = 1_000_000

// Group is the first part of the path, which facts that belong together share.
func (d *Definition) Group() string {
	for i, r := range d.Path {
		if r == '.' {
			return d.Path[:i]
		}
	}
	return d.Path
}

// Option finds an option by its id and gives its place in Options, or -1.
func (d *Definition) Option(id string) int {
	return slices.IndexFunc(d.Options, func(o Option) bool { return o.ID == id })
}

// all is the set of all options as bits.
func (d *Definition) all() uint64 {
	return uint64(1)<<len(d.Options) - 1
}
