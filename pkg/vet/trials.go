package vet

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// trial is a case as variants of the strategy are tried on it: what it leaves
// open, and what it expects.
type trial struct {
	// box is what is open before the judgements, which depend on the rules.
	box        diagram.Box
	judgements []initiative.Judgement

	outcomes []expectedOutcome
	// recommendation and notes hold what is possible, and the notes that are
	// certain; expectsTable and expectsNotes say whether the case expects any.
	recommendation             diagram.Set
	notes                      []bool
	expectsTable, expectsNotes bool
}

// expectedOutcome is what a case expects of one rule.
type expectedOutcome struct {
	rule     int
	possible diagram.Set // none where only causes are expected
	// causes are facts in the order of the strategy, where any are expected.
	causes       []int
	expectsCause bool
}

// trial makes a case ready for the variants.
func (v *variants) trial(c *Case) *trial {
	s := v.strategy
	t := &trial{box: v.base(c.assessor.strategy.Choice)}
	for f, taken := range c.taken.Facts {
		if place := s.Model.Fact[f]; place >= 0 && taken.Counts == result.Documented {
			v.partitions[f].Mask(taken.Claim.Values, v.space.Mask(t.box, place))
		}
	}
	for _, j := range c.taken.Initiative.Judgements {
		if j.Grounded() {
			t.judgements = append(t.judgements, j)
		}
	}
	for i, r := range s.Rules {
		possible, expectsOutcome := c.Expected[r.ID]
		causes, expectsCause := c.Causes[r.ID]
		if !expectsOutcome && !expectsCause {
			continue
		}
		e := expectedOutcome{rule: i, possible: setOf(cond.OutcomeNames(), possible), expectsCause: expectsCause}
		for f, path := range s.FactPaths() {
			if slices.Contains(causes, path) {
				e.causes = append(e.causes, f)
			}
		}
		t.outcomes = append(t.outcomes, e)
	}
	t.recommendation, t.expectsTable = setOf(s.Recommendations, c.Recommendations), c.Recommendations != nil
	for _, note := range s.Notes {
		t.notes = append(t.notes, slices.Contains(c.Notes, note.ID))
	}
	t.expectsNotes = c.Notes != nil
	return t
}

// setOf holds the places of some of the names.
func setOf(names, some []string) diagram.Set {
	var set diagram.Set
	for _, name := range some {
		set |= diagram.SetOf(slices.Index(names, name))
	}
	return set
}

// base is the box of an empty initiative under a choice.
func (v *variants) base(c *strategy.Choice) diagram.Box {
	m := v.strategy.Model
	box := v.space.Full()
	for _, judgement := range m.Judgement {
		v.space.Only(box, judgement, strategy.ByFacts)
	}
	if c != nil && c.Value != 0 {
		v.space.Only(box, m.Choice, c.Value-c.From)
	}
	return box
}

// judged is what a case leaves open under a version of the strategy, as package
// assess has it.
func (v *variants) judged(w *diagram.Walker, t *trial, f *functions) diagram.Box {
	if len(t.judgements) == 0 {
		return t.box
	}
	box := slices.Clone(t.box)
	for _, j := range t.judgements {
		judgement := v.strategy.Model.Judgement[j.Rule]
		switch possible := w.Possible(f.outcome[j.Rule], box); {
		case possible == diagram.SetOf(cond.NotApplicable):
		case !possible.Has(j.Outcome):
			v.space.Mask(box, judgement)[0] |= 1 << (strategy.JudgedPass + j.Outcome)
		default:
			v.space.Only(box, judgement, strategy.JudgedPass+j.Outcome)
		}
	}
	return box
}

// outcomeHolds reports whether a version of the strategy comes to what the case
// expects of a rule.
func (v *variants) outcomeHolds(w *diagram.Walker, e expectedOutcome, outcome diagram.Ref, box diagram.Box) bool {
	possible := w.Possible(outcome, box)
	if e.possible != 0 && possible != e.possible {
		return false
	}
	return !e.expectsCause || slices.Equal(v.causes(w, outcome, box), e.causes)
}

// causes are the facts on which an unclear rule depends.
func (v *variants) causes(w *diagram.Walker, outcome diagram.Ref, box diagram.Box) []int {
	if w.Possible(outcome, box).Len() == 1 {
		return nil
	}
	marks := make([]bool, v.space.Variables())
	w.Relevant(outcome, box, marks)
	var causes []int
	for f, place := range v.strategy.Model.Fact {
		if place >= 0 && marks[place] {
			causes = append(causes, f)
		}
	}
	return causes
}

// notesHold reports whether a version of the strategy comes to the notes that
// the case expects.
func (v *variants) notesHold(w *diagram.Walker, t *trial, f *functions, box diagram.Box) bool {
	for i, expected := range t.notes {
		if (w.Possible(f.notes[i], box) == diagram.SetOf(1)) != expected {
			return false
		}
	}
	return true
}
