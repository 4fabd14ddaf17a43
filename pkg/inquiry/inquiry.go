// Package inquiry finds what to ask next, why a recommendation came out as it
// did, what would change it, and how much it rests on claims without a reason.
// It is pure: it reads no files and has no words.
//
// While the open choice is open, the two recommendations that it divides count
// as one result, and the choice itself is never asked. What was said to be
// unknown, and what was known only after the day assessed as of, is not asked.
// A claim that lacks the reason that it requires is asked for its reason. A
// judgement on a borderline case is asked once nothing that still matters
// decides whether the case is borderline. A judgement that the facts exclude
// is asked about: is it withdrawn, or does it stand?
package inquiry

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Inquirer answers questions about initiatives under one strategy, one at a
// time: it is for one goroutine.
type Inquirer struct {
	strategy *strategy.Strategy
	model    *strategy.Model
	space    *diagram.Space
	walker   *diagram.Walker
	assessor *assess.Assessor
	// rank is each variable's place among questions that are equally good: facts
	// in the order of the strategy, then rules.
	rank  []int
	marks []bool
}

// New makes an inquirer. The assessor belongs to the same strategy; its reading
// is the one that questions and changes are about.
func New(s *strategy.Strategy, a *assess.Assessor) *Inquirer {
	m := s.Model
	q := &Inquirer{strategy: s, model: m, space: m.Store.Space(), walker: diagram.NewWalker(m.Store), assessor: a,
		rank: make([]int, len(m.Variables)), marks: make([]bool, len(m.Variables))}
	for v, variable := range m.Variables {
		q.rank[v] = variable.Index
		if variable.Kind != strategy.FactVariable {
			q.rank[v] += len(s.Facts)
		}
	}
	return q
}

// situation is what is open, and what is not to be asked.
type situation struct {
	box diagram.Box
	// closed says of each variable why it is not asked though it may be open,
	// one of the causes of package result; empty for one that may be asked.
	closed []string
	// fine says that classes of answers are to tell apart what tells the outcomes
	// of rules apart.
	fine bool
	// reasons says of each fact that a claim lacks only its reason.
	reasons []bool
}

func (q *Inquirer) situation(t *assess.Taken) *situation {
	s := &situation{box: slices.Clone(t.Box), closed: make([]string, len(q.model.Variables)), reasons: make([]bool, len(q.strategy.Facts))}
	for i, f := range t.Facts {
		v := q.model.Fact[i]
		if v < 0 {
			continue
		}
		if f.Cause == result.SaidUnknown || f.Cause == result.KnownLater {
			s.closed[v] = f.Cause
		}
		s.reasons[i] = f.Cause == result.Ungrounded && t.Reading == result.Documented
	}
	if q.model.Choice >= 0 {
		s.closed[q.model.Choice] = result.OpenChoice
	}
	return s
}

// What it costs to ask, by effort. Judging a borderline case weighs as much as
// the hardest fact, so that facts are asked first; whether a judgement is
// withdrawn the adviser knows.
const (
	costLow    = 1
	costMedium = 3
	costHigh   = 9
)

func (q *Inquirer) cost(v int) int64 {
	variable := q.model.Variables[v]
	switch variable.Kind {
	case strategy.FactVariable:
		return [...]int64{fact.Low: costLow, fact.Medium: costMedium, fact.High: costHigh}[q.strategy.Facts[variable.Index].Effort]
	case strategy.BorderlineVariable:
		return costHigh
	}
	return costLow
}

// names lists recommendations, the best first; the two that the open choice
// divides are together candidate.
func (q *Inquirer) names(possible diagram.Set) []string {
	s := q.strategy
	divided := diagram.SetOf(s.Table.Divided...)
	together := s.ChoiceOpen() && divided.Len() > 1 && divided.Within(possible)
	var names []string
	for i, id := range s.Recommendations {
		switch {
		case !possible.Has(i):
		case !together || !divided.Has(i):
			names = append(names, id)
		case i == divided.Least():
			names = append(names, strategy.Candidate)
		}
	}
	return names
}

// possible lists the recommendations that the box leaves.
func (q *Inquirer) possible(box diagram.Box) []string {
	return q.names(q.walker.Possible(q.model.Recommendation, box))
}
