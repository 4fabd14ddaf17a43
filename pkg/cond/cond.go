// Package cond holds conditions over facts, and, where a strategy allows it,
// over rules' outcomes and their counts: reading them, checking them, and
// building them as diagrams.
//
// A condition cannot ask whether a fact is known. That is what makes an
// assessment exact: a condition is true or false of every complete case, and
// what is not known only leaves more cases.
package cond

import (
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
)

// Kind says how a condition is put together.
type Kind int

// The kinds.
const (
	// All holds where every part does.
	All Kind = iota + 1
	// Any holds where at least one part does.
	Any
	// None holds where no part does.
	None
	// AtLeast holds where at least Least parts do.
	AtLeast
	// OfFact compares a fact with constants.
	OfFact
	// OfOutcome asks for the outcome of a rule.
	OfOutcome
	// OfCount compares how many rules of a rule set have an outcome.
	OfCount
)

// Condition is true or false of every complete case.
type Condition struct {
	Kind  Kind
	Parts []*Condition
	// Least belongs to AtLeast.
	Least int
	// Name is the named condition that was written here, or empty.
	Name string
	// Comparison belongs to the three last kinds.
	Comparison *Comparison
	Pos        diag.Pos
}

// Comparison is one line such as "reach.relevance in most | many".
type Comparison struct {
	// Kind says what is compared: OfFact, OfOutcome or OfCount.
	Kind Kind
	// Operator is written as in files: "==", "not in", "includes any", …
	Operator string
	// Operands are the option ids, the number or the outcomes that are compared
	// with, as written in canonical form.
	Operands []string
	// Threshold is the name of the threshold or the open choice behind "$", or
	// empty.
	Threshold string

	// Fact is the place of the fact among the strategy's facts.
	Fact       int
	Definition *fact.Definition
	// Test is what a fact is asked, and Negated that its answer is turned round.
	Test    fact.Test
	Negated bool

	// Rule is the place of the rule among the strategy's rules, and Outcomes
	// those for which the comparison holds.
	Rule     int
	Outcomes diagram.Set

	// Set is the place of the rule set among the strategy's rule sets, Tally
	// what is counted there, and Number what the count is compared with unless
	// that is the open choice.
	Set    int
	Tally  Tally
	Number int
}

// Outcome of a rule in a complete case.
type Outcome = int

// The outcomes; as results of a rule's diagram.
const (
	Pass Outcome = iota
	Fail
	NotApplicable
)

// OutcomeNames are the outcomes as files write them.
func OutcomeNames() []string { return []string{"pass", "fail", "not_applicable"} }

// Tally is what is counted in a rule set.
type Tally int

// The tallies.
const (
	Passed Tally = iota
	Failed
	Applicable
)

// TallyNames are the tallies as files write them.
func TallyNames() []string { return []string{"passed", "failed", "applicable"} }

// Counts reports whether a rule with the outcome adds to the tally.
func (t Tally) Counts(o Outcome) bool {
	switch t {
	case Passed:
		return o == Pass
	case Failed:
		return o == Fail
	}
	return o != NotApplicable
}

// Comparisons calls yield for every comparison in the condition, in the order
// in which they are written.
func (c *Condition) Comparisons(yield func(*Comparison)) {
	if c == nil {
		return
	}
	if c.Comparison != nil {
		yield(c.Comparison)
	}
	for _, part := range c.Parts {
		part.Comparisons(yield)
	}
}

// Size is the number of comparisons in the condition, named conditions counted
// wherever they are used, but not beyond most.
func (c *Condition) Size(most int) int {
	if c == nil {
		return 0
	}
	if c.Comparison != nil {
		return 1
	}
	n := 0
	for _, part := range c.Parts {
		if n < most {
			n += part.Size(most - n)
		}
	}
	return n
}

// Build makes the condition's diagram. leaf gives the diagram of a comparison.
func (c *Condition) Build(s *diagram.Store, leaf func(*Comparison) diagram.Ref) diagram.Ref {
	switch c.Kind {
	case OfFact, OfOutcome, OfCount:
		return leaf(c.Comparison)
	case All:
		all := diagram.True
		for _, part := range c.Parts {
			all = s.And(all, part.Build(s, leaf))
		}
		return all
	case Any, None:
		any := diagram.False
		for _, part := range c.Parts {
			any = s.Or(any, part.Build(s, leaf))
		}
		if c.Kind == None {
			return s.Not(any)
		}
		return any
	}
	return c.buildAtLeast(s, leaf)
}

// buildAtLeast counts up to Least and no further, so that the number of parts
// is not bounded by the results that a diagram can have.
func (c *Condition) buildAtLeast(s *diagram.Store, leaf func(*Comparison) diagram.Ref) diagram.Ref {
	count := diagram.Always(0)
	for _, part := range c.Parts {
		count = s.Combine(count, part.Build(s, leaf), func(n, holds int) int { return min(n+holds, c.Least) })
	}
	return s.Map(count, func(n int) int {
		if n == c.Least {
			return 1
		}
		return 0
	})
}

// Compare says whether "a operator b" holds for whole numbers.
func Compare(a int64, operator string, b int64) bool {
	switch operator {
	case "==":
		return a == b
	case "!=":
		return a != b
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	}
	return a >= b
}
