package assess

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// maxTries is how many combinations of answers are tried for the smallest set;
// beyond that one from which none can be left out is given.
const maxTries = 5000

// answers is the smallest set of answers to open questions that makes the
// rule's outcome certain, whatever else is open; nil where there is none.
func (a *Assessor) answers(rule int, box diagram.Box, relevant []int, outcome cond.Outcome) []result.Answer {
	f, wanted := a.model.Outcome[rule], diagram.SetOf(outcome)
	open := a.open(rule, box, relevant, outcome)
	var found []result.Answer
	a.tries = maxTries
	for size := range len(open) {
		done := choose(len(open), size+1, func(chosen []int) bool {
			copy(a.scratch, box)
			if a.assign(f, wanted, open, chosen) {
				for _, i := range chosen {
					found = append(found, a.answer(open[i], outcome))
				}
			}
			return found != nil || a.tries == 0
		})
		if done {
			break
		}
	}
	if found == nil {
		return a.someAnswers(f, box, outcome, open)
	}
	return found
}

// open lists the variables, of those that are relevant, of which an answer can
// settle the rule, and leaves in widened the cells that answers can choose.
func (a *Assessor) open(rule int, box diagram.Box, relevant []int, outcome cond.Outcome) []int {
	var open []int
	copy(a.widened, box)
	for _, v := range relevant {
		switch a.model.Variables[v].Kind {
		case strategy.FactVariable:
			open = append(open, v)
		case strategy.BorderlineVariable:
			j := a.model.Judgement[rule]
			open = append(open, j)
			a.space.Only(a.widened, j, strategy.JudgedPass+outcome)
		}
	}
	return open
}

// assign looks for cells of the chosen variables, within widened, that make
// the wanted result certain, and leaves all such cells in scratch.
func (a *Assessor) assign(f diagram.Ref, wanted diagram.Set, open, chosen []int) bool {
	if a.tries == 0 {
		return false
	}
	if len(chosen) == 0 {
		a.tries--
		return a.walker.Only(f, a.scratch, wanted)
	}
	v := open[chosen[0]]
	for cell := range a.space.Cells(v) {
		if !a.space.Allows(a.widened, v, cell) {
			continue
		}
		a.space.Only(a.scratch, v, cell)
		if a.assign(f, wanted, open, chosen[1:]) {
			a.widenCells(f, wanted, v, cell)
			return true
		}
	}
	return false
}

// someAnswers answers all that is open so that the outcome is certain, and then
// leaves out, from the last one on, what is not needed.
func (a *Assessor) someAnswers(f diagram.Ref, box diagram.Box, outcome cond.Outcome, open []int) []result.Answer {
	copy(a.scratch, box)
	chosen := make([]int, len(open))
	for i, v := range open {
		for cell := range a.space.Cells(v) {
			if !a.space.Allows(a.widened, v, cell) {
				continue
			}
			a.space.Only(a.scratch, v, cell)
			chosen[i] = cell
			if a.walker.Possible(f, a.scratch).Has(outcome) {
				break
			}
		}
	}
	wanted := diagram.SetOf(outcome)
	if !a.walker.Only(f, a.scratch, wanted) {
		return nil
	}
	needed := make([]bool, len(open))
	for i, v := range slices.Backward(open) {
		a.copyVariable(a.scratch, box, v)
		if needed[i] = !a.walker.Only(f, a.scratch, wanted); needed[i] {
			a.space.Only(a.scratch, v, chosen[i])
		}
	}
	var found []result.Answer
	for i, v := range open {
		if needed[i] {
			a.widenCells(f, wanted, v, chosen[i])
			found = append(found, a.answer(v, outcome))
		}
	}
	return found
}

// widenCells adds to scratch every other cell of a fact that keeps the result
// certain, also those that its claim leaves out: "at least 20" is said sooner
// than "20 to 30", and means the same where at most 30 is claimed.
func (a *Assessor) widenCells(f diagram.Ref, wanted diagram.Set, v, found int) {
	if a.model.Variables[v].Kind != strategy.FactVariable {
		return
	}
	mask := a.space.Mask(a.scratch, v)
	for cell := range a.space.Cells(v) {
		mask[cell/64] |= 1 << (cell % 64)
		if cell != found && !a.walker.Only(f, a.scratch, wanted) {
			mask[cell/64] &^= 1 << (cell % 64)
		}
	}
}

func (a *Assessor) answer(v int, outcome cond.Outcome) result.Answer {
	index := a.model.Variables[v].Index
	if a.model.Variables[v].Kind == strategy.JudgementVariable {
		return result.Answer{Judgement: a.strategy.Rules[index].ID, Outcome: cond.OutcomeNames()[outcome]}
	}
	return result.Answer{Fact: a.strategy.Facts[index].Path, Value: a.valuesOf(index, a.space.Mask(a.scratch, v))}
}

// valuesOf encodes the values in the cells of a mask.
func (a *Assessor) valuesOf(i int, mask []uint64) *fact.Coded {
	value := a.strategy.Facts[i].Encode(a.model.Partitions[i].Values(mask))
	return &value
}
