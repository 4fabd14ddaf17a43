package vet

import (
	"testing"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// No case with fewer facts has the outcome than the one that is proposed for
// it.
func TestProposalsForOutcomesAreSmallest(t *testing.T) {
	for name, folder := range folders(t) {
		t.Run(name, func(t *testing.T) {
			s, found := strategy.Load(folder, strategy.Options{})
			if s == nil {
				t.Fatal(words(t, found))
			}
			v, err := newVariants(s, false)
			if err != nil {
				t.Fatal(err)
			}
			p := &proposing{variants: v, covering: newCovering(v), search: newSearching(v.store, v.strategy.Model.Variables)}
			for _, item := range p.covering.items {
				if item.Kind != Outcome || item.Of == "unclear" {
					continue
				}
				p.proposals = nil
				p.item(item)
				f, wanted := v.original.outcome[item.place], setOf(cond.OutcomeNames(), []string{item.Of})
				if len(p.proposals) == 0 {
					t.Errorf("nothing is proposed for %s of %s", item.Of, item.On)
					continue
				}
				box := p.proposals[0].trial.box
				if !p.search.walker.Only(f, box, wanted) {
					t.Errorf("what is proposed for %s of %s is not", item.Of, item.On)
				}
				facts := len(p.proposals[0].Facts)
				if some := p.some(f, wanted, v.base(nil), 0, facts-1); some != nil {
					t.Errorf("%s of %s: %d facts proposed, fewer are enough: %v", item.Of, item.On, facts, p.search.given(some))
				}
			}
		})
	}
}

// some is a box with at most so many facts, from a place on, that settles the
// function; nil where there is none.
func (p *proposing) some(f diagram.Ref, wanted diagram.Set, box diagram.Box, from, most int) diagram.Box {
	switch {
	case most < 0:
		return nil
	case p.search.walker.Only(f, box, wanted):
		return box
	}
	marks := make([]bool, p.space.Variables())
	p.search.walker.Relevant(f, box, marks)
	for variable := from; variable < len(marks) && most > 0; variable++ {
		if !marks[variable] || !p.search.costs(variable) {
			continue
		}
		for cell := range p.space.Cells(variable) {
			narrowed := append(diagram.Box{}, box...)
			p.space.Only(narrowed, variable, cell)
			if found := p.some(f, wanted, narrowed, variable+1, most-1); found != nil {
				return found
			}
		}
	}
	return nil
}

// What a case comes to where changes are tried is what it comes to when it is
// run: the cases of the strategy hold there too.
func TestCasesHoldWhereChangesAreTried(t *testing.T) {
	s, _ := strategy.Load(builtIn(t), strategy.Options{})
	cases, _ := Cases(builtIn(t), strategy.Options{})
	r := newRunning(builtIn(t), strategy.Options{})
	tried := 0
	for _, g := range groupsOf(r.keep(s, nil), cases) {
		v, err := newVariants(g.assessor.strategy, true)
		if err != nil {
			t.Fatal(err)
		}
		w := diagram.NewWalker(v.store)
		for _, c := range g.cases {
			one := v.trial(c)
			box := v.judged(w, one, v.original)
			for _, e := range one.outcomes {
				if !v.outcomeHolds(w, e, v.original.outcome[e.rule], box) {
					t.Errorf("%s: %s comes to %v", c.Name, s.Rules[e.rule].ID, w.Possible(v.original.outcome[e.rule], box).Results())
				}
			}
			if one.expectsNotes && !v.notesHold(w, one, v.original, box) {
				t.Errorf("%s: other notes", c.Name)
			}
			if possible := w.Possible(v.original.recommendation, box); one.expectsTable && possible != one.recommendation {
				t.Errorf("%s: the table comes to %v", c.Name, possible.Results())
			}
			tried++
		}
	}
	if tried != len(cases) {
		t.Errorf("%d of %d cases are tried", tried, len(cases))
	}
}
