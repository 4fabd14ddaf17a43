package assess

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// explanation is what leaves a rule unclear, and what would settle it.
type explanation struct {
	// open are the variables on which the outcome still depends, in the order of
	// their causes.
	open           []int
	toPass, toFail []result.Answer
}

// maxKept is how many explanations are kept for the next initiatives; most
// leave the same open.
const maxKept = 2000

// explain explains an unclear rule. It depends on nothing but the cells that
// the rule's variables have.
func (a *Assessor) explain(rule int, box diagram.Box, possible diagram.Set) *explanation {
	a.key = binary.LittleEndian.AppendUint32(a.key[:0], uint32(rule))
	for _, v := range a.reads[rule] {
		for _, word := range a.space.Mask(box, v) {
			a.key = binary.LittleEndian.AppendUint64(a.key, word)
		}
	}
	if known := a.explained[string(a.key)]; known != nil {
		return known
	}
	e := &explanation{open: a.relevant(a.model.Outcome[rule], box)}
	if possible.Has(cond.Pass) {
		e.toPass = a.answers(rule, box, e.open, cond.Pass)
	}
	if possible.Has(cond.Fail) {
		e.toFail = a.answers(rule, box, e.open, cond.Fail)
	}
	if len(a.explained) == maxKept {
		clear(a.explained)
	}
	a.explained[string(a.key)] = e
	return e
}

// relevant lists the variables on which a function still depends over the box:
// facts first, in the order of the strategy.
func (a *Assessor) relevant(f diagram.Ref, box diagram.Box) []int {
	a.walker.Relevant(f, box, a.marks)
	var variables []int
	for _, v := range a.model.Fact {
		if v >= 0 && a.marks[v] {
			variables = append(variables, v)
		}
	}
	for v, relevant := range a.marks {
		if relevant && a.model.Variables[v].Kind != strategy.FactVariable {
			variables = append(variables, v)
		}
	}
	return variables
}

// causes says why variables leave something open.
func (a *Assessor) causes(variables []int) []result.Cause {
	causes := make([]result.Cause, 0, len(variables))
	for _, v := range variables {
		index := a.model.Variables[v].Index
		switch a.model.Variables[v].Kind {
		case strategy.FactVariable:
			causes = append(causes, a.factCause(index))
		case strategy.JudgementVariable:
			causes = append(causes, result.Cause{Kind: result.Conflict, Rule: a.strategy.Rules[index].ID, Place: &a.judgements[index].Place})
		case strategy.BorderlineVariable:
			causes = append(causes, result.Cause{Kind: result.Borderline, Rule: a.strategy.Rules[index].ID})
		case strategy.ChoiceVariable:
			causes = append(causes, result.Cause{Kind: result.OpenChoice})
		}
	}
	return causes
}

func (a *Assessor) factCause(i int) result.Cause {
	c, s := a.claims[i], a.said[i]
	cause := result.Cause{Kind: a.states[i].cause, Fact: a.strategy.Facts[i].Path}
	if a.options.Reading == result.Stated && cause.Kind == result.Ungrounded {
		cause.Kind = result.Imprecise
	}
	if s != nil {
		cause.Place = &s.place
	}
	switch {
	case a.states[i].assumed:
		cause.Value = a.assumed[i]
	case c != nil && !c.Unknown:
		cause.Value = &s.value
	}
	return cause
}

// ground is what a variable rests on in the box. ok is false where nothing was
// said of it.
func (a *Assessor) ground(v int, box diagram.Box) (g result.Ground, ok bool) {
	index := a.model.Variables[v].Index
	switch a.model.Variables[v].Kind {
	case strategy.FactVariable:
		return a.factGround(index, box)
	case strategy.JudgementVariable:
		j := a.judgements[index]
		if j == nil || j.Status != result.JudgementUsed {
			return g, false
		}
		return result.Ground{Judgement: a.strategy.Rules[index].ID, Outcome: j.Outcome, Place: &j.Place}, true
	}
	// Of borderline cases nothing can be said, so what is left is the open choice.
	return result.Ground{Choice: a.strategy.Choice.Name}, a.strategy.Choice.Value != 0
}

func (a *Assessor) factGround(i int, box diagram.Box) (g result.Ground, ok bool) {
	v := a.model.Fact[i]
	if a.space.Allowed(box, v) == a.space.Cells(v) {
		return g, false
	}
	if a.states[i].assumed {
		return result.Ground{Assumption: a.strategy.Facts[i].Path, Value: a.assumed[i]}, true
	}
	return a.claimGround(i), true
}

func (a *Assessor) claimGround(i int) result.Ground {
	return result.Ground{Fact: a.strategy.Facts[i].Path, Value: &a.said[i].value, Place: &a.said[i].place}
}

// candidate is a variable that an outcome may rest on.
type candidate struct {
	variable int
	ground   result.Ground
}

// candidates lists what was said of the variables, in the order of the file;
// what stands in no file comes last, in the order of the variables.
func (a *Assessor) candidates(variables []int, box diagram.Box) []candidate {
	var all []candidate
	for _, v := range variables {
		if g, ok := a.ground(v, box); ok {
			all = append(all, candidate{v, g})
		}
	}
	slices.SortStableFunc(all, inFile)
	return all
}

// inFile orders candidates as they stand in the file.
func inFile(x, y candidate) int { return cmp.Compare(line(x.ground), line(y.ground)) }

// line is where the ground stands; what stands in no file comes last.
func line(g result.Ground) int {
	if g.Place == nil {
		return 1 << 30
	}
	return g.Line
}

// release forgets what was said of the variable.
func (a *Assessor) release(box diagram.Box, v int) {
	if a.model.Variables[v].Kind == strategy.JudgementVariable {
		a.space.Only(box, v, strategy.ByFacts)
		return
	}
	a.space.Fill(box, v)
}

// copyVariable makes one box say of the variable what the other says.
func (a *Assessor) copyVariable(to, from diagram.Box, v int) {
	copy(a.space.Mask(to, v), a.space.Mask(from, v))
}

// maxSearched is up to how many claims the smallest set is looked for among all
// sets; beyond that one from which none can be left out is given.
const maxSearched = 14

// decidedBy is the smallest set of claims that alone decide the rule as the
// box does.
func (a *Assessor) decidedBy(rule int, box diagram.Box, outcome diagram.Set) []result.Ground {
	f := a.model.Outcome[rule]
	variables := append(slices.Clone(a.facts[rule]), a.model.Judgement[rule])
	all := a.candidates(variables, box)
	if len(all) > maxSearched {
		return a.irreducible(f, box, outcome, all)
	}
	copy(a.widened, box)
	for _, c := range all {
		a.release(a.widened, c.variable)
	}
	var found []result.Ground
	for size := range len(all) + 1 {
		done := choose(len(all), size, func(chosen []int) bool {
			copy(a.scratch, a.widened)
			for _, i := range chosen {
				a.copyVariable(a.scratch, box, all[i].variable)
			}
			if !a.walker.Only(f, a.scratch, outcome) {
				return false
			}
			for _, i := range chosen {
				found = append(found, all[i].ground)
			}
			return true
		})
		if done {
			break
		}
	}
	return found
}

// irreducible is a set of claims that decide the function as the box does and
// from which none can be left out. Later claims are left out first.
func (a *Assessor) irreducible(f diagram.Ref, box diagram.Box, results diagram.Set, all []candidate) []result.Ground {
	copy(a.widened, box)
	kept := slices.Clone(all)
	// Without a judgement less can be possible, since it may part two rules that
	// read the same fact. So what was needed before may not be needed after.
	for before := -1; before != len(kept); {
		before = len(kept)
		for i := len(kept) - 1; i >= 0; i-- {
			v := kept[i].variable
			a.release(a.widened, v)
			if a.walker.Only(f, a.widened, results) {
				kept = slices.Delete(kept, i, i+1)
			} else {
				a.copyVariable(a.widened, box, v)
			}
		}
	}
	slices.SortStableFunc(kept, inFile)
	var grounds []result.Ground
	for _, c := range kept {
		grounds = append(grounds, c.ground)
	}
	return grounds
}

// choose calls try with every choice of size among n, in order, until it
// returns true, and says whether it did.
func choose(n, size int, try func(chosen []int) bool) bool {
	chosen := make([]int, size)
	var from func(place, least int) bool
	from = func(place, least int) bool {
		if place == size {
			return try(chosen)
		}
		for i := least; i <= n-(size-place); i++ {
			chosen[place] = i
			if from(place+1, i+1) {
				return true
			}
		}
		return false
	}
	return from(0, 0)
}
