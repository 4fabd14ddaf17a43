package vet

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// A strategy is no different from itself.
func TestSameStrategy(t *testing.T) {
	for _, folder := range []string{"../../criteria/ks-2016-2019", "../../examples/strategies/prosjektskjonn", "../../testdata/strategies/small"} {
		s := loadFrom(t, folder)
		d, err := CompareStrategies(s, loadFrom(t, folder))
		if err != nil {
			t.Fatal(err)
		}
		if !d.Equal() || len(d.Reworded) > 0 {
			t.Errorf("%s differs from itself: %+v", folder, d)
		}
	}
}

// changed is a world with the same facts in which some rules say something else,
// say the same in other words, or are gone, or the table leads elsewhere.
func (w *world) changed(r *rand.Rand) *world {
	other := *w
	other.r, other.rules, other.leads = r, slices.Clone(w.rules), slices.Clone(w.leads)
	other.backwards, other.wider = r.IntN(2) == 0, r.IntN(2) == 0
	for i := range other.rules {
		rule := &other.rules[i]
		switch r.IntN(4) {
		case 0:
			rule.pass, rule.fail = other.tree(2), nil
		case 1:
			rule.pass = &tree{op: "none", fact: -1, parts: []*tree{{op: "none", fact: -1, parts: []*tree{rule.pass}}}}
		case 2:
			rule.applies = other.tree(1)
		}
	}
	if r.IntN(2) == 0 {
		other.leads[r.IntN(len(other.leads))] = r.IntN(3)
	}
	return &other
}

// comesTo is what a rule comes to by its facts, with 3 for a borderline case.
func (c worldCase) comesTo(w *world, rule int) int {
	var results [2]int
	c.w, c.judged, c.borderline = w, make([]int, len(w.rules)), make([]int, len(w.rules))
	for i := range results {
		c.borderline[rule] = i
		results[i] = c.outcome(rule)
	}
	if results[0] != results[1] {
		return 3
	}
	return results[0]
}

// leadsTo is the recommendation.
func (c worldCase) leadsTo(w *world) string {
	c.w = w
	return fmt.Sprintf("r%d", w.leads[c.holding()[0]])
}

// What is found between two random strategies is just the difference that going
// through all cases shows: which outcomes meet which, in which cases; which
// recommendations do, with an example that settles both; and nothing where there
// is none.
func TestDifferenceAgreesWithEnumeration(t *testing.T) {
	compared, equal, reworded := 0, 0, 0
	for seed := range uint64(worlds) {
		w := newWorld(seed)
		other := w.changed(rand.New(rand.NewPCG(seed, 5)))
		before, _ := strategy.Load(w.files(), strategy.Options{})
		after, _ := strategy.Load(other.files(), strategy.Options{})
		if before == nil || after == nil { // the table has a gap, say
			continue
		}
		compared++
		if seed%2 == 0 { // the wider one is the old one, too
			w, other, before, after = other, w, after, before
		}
		d, err := CompareStrategies(before, after)
		if err != nil {
			t.Fatal(err)
		}
		p := pairOf(t, before, after)
		differs := false
		for i := range w.rules {
			differs = p.rule(t, w, other, i, shiftsOf(d.Rules, before.Rules[i].ID)) || differs
		}
		differs = p.recommendation(t, w, other, d.Recommendations) || differs
		if !differs {
			equal++
		}
		if differs == (len(d.Rules)+len(d.Recommendations) == 0) {
			t.Errorf("seed %d: differs: %t, found: %+v", seed, differs, d)
		}
		reworded += len(d.Reworded)
	}
	if compared < worlds/4 || equal < worlds/50 || reworded < worlds/20 {
		t.Errorf("%d compared, %d equal, %d rules reworded", compared, equal, reworded)
	}
}

func shiftsOf(all []Changed, name string) []Shift {
	for _, c := range all {
		if c.Name == name {
			return c.Shifts
		}
	}
	return nil
}

// compared are two strategies of worlds, over one space.
type comparedWorlds struct {
	*strategy.Pair
	before, after *strategy.Strategy
	space         *diagram.Space
}

func pairOf(t *testing.T, before, after *strategy.Strategy) *comparedWorlds {
	t.Helper()
	pair, err := strategy.NewPair(before, after)
	if err != nil {
		t.Fatal(err)
	}
	return &comparedWorlds{pair, before, after, pair.Models[0].Store.Space()}
}

// inside reports whether a case lies in a box.
func (p *comparedWorlds) inside(t *testing.T, box diagram.Box, c *worldCase) bool {
	t.Helper()
	for i, v := range p.Models[0].Fact {
		if v < 0 {
			continue
		}
		common, ok := p.before.Facts[i].Common(p.after.Facts[i])
		if !ok {
			t.Fatal("facts with nothing in common")
		}
		parsed, fault := common.Parse(c.w.facts[i][c.values[i]])
		if fault != nil {
			t.Fatal(fault.Message)
		}
		mask := make([]uint64, 1)
		p.Models[0].Partitions[i].Mask(parsed.Values, mask)
		if p.space.Mask(box, v)[0]&mask[0] == 0 {
			return false
		}
	}
	for _, v := range p.Models[0].Judgement {
		if !p.space.Allows(box, v, strategy.ByFacts) {
			return false
		}
	}
	for i := range c.borderline {
		for _, m := range p.Models {
			if v := m.Borderline[i]; v >= 0 && !p.space.Allows(box, v, c.borderline[i]) {
				return false
			}
		}
	}
	return true
}

// rule compares what was found of a rule with all cases.
func (p *comparedWorlds) rule(t *testing.T, w, other *world, rule int, found []Shift) (differs bool) {
	t.Helper()
	met := map[string]bool{}
	w.cases(false, false, func(c *worldCase) {
		from, to := outcomes()[c.comesTo(w, rule)], outcomes()[c.comesTo(other, rule)]
		differs = differs || from != to
		if from != to {
			met[from+to] = true
		}
		for _, s := range found {
			n := 0
			for _, box := range s.boxes {
				n += truth(p.inside(t, box, c))
			}
			if want := truth(s.From == from && s.To == to); !s.More && n != want {
				t.Fatalf("%v, %s to %s: in %d parts of %s to %s", c.values, from, to, n, s.From, s.To)
			}
		}
	})
	if len(met) != len(found) {
		t.Errorf("rule %d: %v, found %+v", rule, met, found)
	}
	return differs
}

// recommendation compares what was found of the recommendation with all cases.
func (p *comparedWorlds) recommendation(t *testing.T, w, other *world, found []Shift) (differs bool) {
	t.Helper()
	met := map[string]bool{}
	shown := make([]bool, len(found))
	either := *w // has the borderline cases of both
	either.rules = slices.Clone(w.rules)
	for i, r := range other.rules {
		if either.rules[i].fail == nil {
			either.rules[i].fail = r.fail
		}
	}
	either.cases(false, true, func(c *worldCase) {
		from, to := c.leadsTo(w), c.leadsTo(other)
		if from != to {
			met[from+to] = true
		}
		for i, s := range found {
			if p.inside(t, s.boxes[0], c) {
				shown[i] = true
				if s.From != from || s.To != to {
					t.Fatalf("%v is an example of %s to %s, but comes from %s to %s", c.values, s.From, s.To, from, to)
				}
			}
		}
	})
	if len(met) == 0 { // only judgements can show a difference
		return len(found) > 0
	}
	if len(met) != len(found) || slices.Contains(shown, false) {
		t.Errorf("%v, found %+v", met, found)
	}
	return true
}

func BenchmarkCompareStrategies(b *testing.B) {
	folder := os.DirFS("../../criteria/ks-2016-2019")
	s, found := strategy.Load(folder, strategy.Options{})
	if s == nil {
		b.Fatal(found)
	}
	for b.Loop() {
		if _, err := CompareStrategies(s, s); err != nil {
			b.Fatal(err)
		}
	}
}

func loadFrom(t *testing.T, folder string) *strategy.Strategy {
	t.Helper()
	s, found := strategy.Load(os.DirFS(folder), strategy.Options{Folder: folder})
	if s == nil {
		t.Fatal(found)
	}
	return s
}
