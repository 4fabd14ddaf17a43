package inquiry_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// changes tries all changes of what the initiative says.
func changes(s *strategy.Strategy, box diagram.Box, wanted diagram.Set, hope bool, may func(v int) bool) *trial {
	space := s.Model.Store.Space()
	free := slices.Clone(box)
	for v := range space.Variables() {
		if may(v) {
			space.Fill(free, v)
		}
	}
	tr := newTrial(tableOf(s, s.Model.Merged, free), wanted, hope)
	tr.weigh = func(int) int { return 1 }
	for axis, v := range tr.axes {
		for place, cell := range tr.cells[axis] {
			if space.Allows(box, v, cell) {
				tr.open[axis] = append(tr.open[axis], place)
			} else {
				tr.options[axis] = append(tr.options[axis], place)
			}
		}
	}
	return tr
}

// changeable says what of an initiative could be otherwise.
func changeable(s *strategy.Strategy, box diagram.Box, judgements bool) func(v int) bool {
	space := s.Model.Store.Space()
	return func(v int) bool {
		variable := s.Model.Variables[v]
		switch variable.Kind {
		case strategy.FactVariable:
			return s.Facts[variable.Index].Changeable && space.Allowed(box, v) < space.Cells(v)
		case strategy.JudgementVariable:
			return judgements && space.Allowed(box, v) == 1 && !space.Allows(box, v, strategy.ByFacts)
		}
		return false
	}
}

// The smallest changes are exactly those that brute force finds: first those
// that hold whatever comes, then those that may, and only then with judgements.
func TestTurnsAreTheSmallest(t *testing.T) {
	count := map[string]int{}
	for seed := range uint64(worlds) {
		r := random(seed, 3)
		s := strategyOf(t, r, usual())
		for range 4 {
			a, open := taken(s, initiativeOf(r, s))
			now := diagram.NewWalker(s.Model.Store).Possible(s.Model.Merged, open.Box)
			got := map[string]inquiry.Turn{}
			for _, turn := range inquiry.New(s, a).Turns(open) {
				got[turn.To] = turn
			}
			for to, id := range s.Recommendations {
				if s.ChoiceOpen() && to == 0 {
					id = strategy.Candidate
				}
				if s.ChoiceOpen() && to == 1 || now == diagram.SetOf(to) {
					continue
				}
				c := &turnCheck{T: t, strategy: s, taken: open, wanted: diagram.SetOf(to), possible: now.Has(to), count: count}
				turn, ok := got[id]
				if wrong := c.run(turn, ok); wrong != "" {
					t.Fatalf("seed %d: to %s: %s\n%+v", seed, id, wrong, turn)
				}
				delete(got, id)
			}
			if len(got) > 0 {
				t.Fatalf("seed %d: turns to %v", seed, got)
			}
		}
	}
	for _, what := range []string{"none", "certain", "hope", "judgement", "provided", "several"} {
		if count[what] < 5 {
			t.Errorf("%s: %d times, too few to tell", what, count[what])
		}
	}
}

type turnCheck struct {
	*testing.T
	strategy *strategy.Strategy
	taken    *assess.Taken
	wanted   diagram.Set
	possible bool
	count    map[string]int
}

func (c *turnCheck) run(turn inquiry.Turn, ok bool) string {
	for _, judgements := range []bool{false, true} {
		for _, hope := range []bool{false, true} {
			if hope && c.possible {
				continue
			}
			tr := changes(c.strategy, c.taken.Box, c.wanted, hope, changeable(c.strategy, c.taken.Box, judgements))
			if tr.size() > maxTried {
				return ""
			}
			if least := tr.least(); least >= 0 {
				c.count["judgement"] += truth(judgements)
				c.count[map[bool]string{true: "hope", false: "certain"}[hope]]++
				return c.compare(turn, ok, tr, least)
			}
		}
	}
	c.count["none"]++
	if ok {
		return "there is no change"
	}
	return ""
}

func (c *turnCheck) compare(turn inquiry.Turn, ok bool, tr *trial, least int) string {
	if !ok || turn.Cut || turn.Certain == tr.hope {
		return fmt.Sprintf("there is a change of %d, certain %v", least, !tr.hope)
	}
	var got []string
	for i, change := range turn.Changes {
		if i > 0 && len(change.Parts) < len(turn.Changes[i-1].Parts) {
			return "the fewest parts do not come first"
		}
		var variables []int
		for _, part := range change.Parts {
			v, _ := mask(c.strategy, part)
			variables = append(variables, v)
		}
		slices.Sort(variables)
		got = append(got, fmt.Sprint(variables))
		if wrong := c.reaches(change, tr.hope); wrong != "" {
			return wrong
		}
	}
	slices.Sort(got)
	c.count["several"] += truth(len(got) > 1)
	switch want := tr.minimal(3); {
	case least > 3 && (len(got) != 1 || len(turn.Changes[0].Parts) != least):
		return fmt.Sprintf("not the smallest, %d", least)
	case least <= 3 && !slices.Equal(got, want):
		return fmt.Sprintf("want changes of %v, got %v", want, got)
	}
	return ""
}

// reaches checks that a change does what it is said to do, and changes only
// what the initiative says.
func (c *turnCheck) reaches(change inquiry.Change, hope bool) string {
	space, walker := c.strategy.Model.Store.Space(), diagram.NewWalker(c.strategy.Model.Store)
	for _, part := range change.Parts {
		if v, cells := mask(c.strategy, part); meets(cells, space.Mask(c.taken.Box, v)) {
			return fmt.Sprintf("%v is no change", part)
		}
	}
	box := after(c.strategy, c.taken.Box, change.Parts)
	possible := walker.Possible(c.strategy.Model.Merged, box)
	switch {
	case !hope && (possible != c.wanted || len(change.Provided) > 0):
		return "the change does not do it"
	case hope && possible&c.wanted == 0:
		return "the change cannot do it"
	case hope && len(change.Provided) > 0:
		c.count["provided"]++
		if walker.Possible(c.strategy.Model.Merged, after(c.strategy, box, change.Provided)) != c.wanted {
			return "what it is provided does not do it"
		}
	}
	return ""
}

// However many claims without a reason are wrong, the recommendation as stated
// stays unless so many are as brute force finds.
func TestFragileIsTheFewestClaims(t *testing.T) {
	found, none := 0, 0
	for seed := range uint64(worlds) {
		r := random(seed, 4)
		s := strategyOf(t, r, usual())
		for range 4 {
			a, open := taken(s, initiativeOf(r, s))
			facts, ok := inquiry.New(s, a).Fragile(open)
			stated := diagram.NewWalker(s.Model.Store).Possible(s.Model.Merged, open.Stated)
			weak := func(v int) bool {
				variable := s.Model.Variables[v]
				return variable.Kind == strategy.FactVariable && open.Facts[variable.Index].Counts == result.Stated
			}
			tr := changes(s, open.Stated, ^stated, true, weak)
			if tr.size() > maxTried {
				continue
			}
			least := tr.least()
			if stated.Len() != 1 {
				least = -1
			}
			if ok != (least >= 0) || ok && len(facts) != least {
				t.Fatalf("seed %d: %v, %v, want %d", seed, facts, ok, least)
			}
			for _, f := range facts {
				if !weak(s.Model.Fact[f]) {
					t.Fatalf("seed %d: %d is no claim without a reason", seed, f)
				}
			}
			found += truth(ok)
			none += truth(!ok)
		}
	}
	if found < 20 || none < 20 {
		t.Errorf("%d found, %d not: too few to tell", found, none)
	}
}
