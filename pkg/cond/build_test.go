package cond_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
)

// leaves is how many comparisons random conditions are made of.
const leaves = 4

// randomCondition is a condition over comparisons, each with its own fact.
func randomCondition(r *rand.Rand, depth int) *cond.Condition {
	if depth == 0 || r.IntN(4) == 0 {
		return &cond.Condition{Kind: cond.OfFact, Comparison: &cond.Comparison{Kind: cond.OfFact, Fact: r.IntN(leaves)}}
	}
	c := &cond.Condition{Kind: []cond.Kind{cond.All, cond.Any, cond.None, cond.AtLeast}[r.IntN(4)]}
	for range 1 + r.IntN(4) {
		c.Parts = append(c.Parts, randomCondition(r, depth-1))
	}
	c.Least = 1 + r.IntN(len(c.Parts))
	return c
}

// holds says what the words of a condition say, of a case in which the
// comparisons of some facts hold.
func holds(c *cond.Condition, facts []bool) bool {
	if c.Comparison != nil {
		return facts[c.Comparison.Fact]
	}
	n := 0
	for _, part := range c.Parts {
		if holds(part, facts) {
			n++
		}
	}
	return map[cond.Kind]bool{cond.All: n == len(c.Parts), cond.Any: n > 0, cond.None: n == 0, cond.AtLeast: n >= c.Least}[c.Kind]
}

// The diagram of a condition holds in the cases in which its words do.
func TestBuildAgreesWithWords(t *testing.T) {
	space := diagram.NewSpace(slices.Repeat([]int{2}, leaves))
	for seed := range uint64(500) {
		c := randomCondition(rand.New(rand.NewPCG(seed, 1)), 3)
		s := diagram.NewStore(space, 1000)
		built := c.Build(s, func(x *cond.Comparison) diagram.Ref {
			return s.Test(x.Fact, func(cell int) bool { return cell == 1 })
		})
		walker := diagram.NewWalker(s)
		for number := range 1 << leaves {
			box, facts := space.Full(), make([]bool, leaves)
			for v := range facts {
				facts[v] = number>>v&1 != 0
				space.Only(box, v, number>>v&1)
			}
			if got := walker.Possible(built, box).Has(1); got != holds(c, facts) {
				t.Fatalf("seed %d: with %v the diagram says %v", seed, facts, got)
			}
		}
	}
}

// Of many parts some can be asked for, though a diagram has few results.
func TestAtLeastOfManyParts(t *testing.T) {
	const parts = diagram.MaxResult + 7
	c := &cond.Condition{Kind: cond.AtLeast, Least: 2}
	for v := range parts {
		c.Parts = append(c.Parts, &cond.Condition{Kind: cond.OfFact, Comparison: &cond.Comparison{Kind: cond.OfFact, Fact: v}})
	}
	space := diagram.NewSpace(slices.Repeat([]int{2}, parts))
	s := diagram.NewStore(space, 10_000)
	built := c.Build(s, func(x *cond.Comparison) diagram.Ref { return s.Test(x.Fact, func(cell int) bool { return cell == 1 }) })
	for _, chosen := range [][]int{nil, {parts - 1}, {0, parts - 1}, {0, 1, 2, parts - 1}} {
		box := space.Full()
		for v := range parts {
			space.Only(box, v, 0)
		}
		for _, v := range chosen {
			space.Only(box, v, 1)
		}
		if got := diagram.NewWalker(s).Possible(built, box).Has(1); got != (len(chosen) >= 2) {
			t.Errorf("with %d of %d parts the diagram says %v", len(chosen), parts, got)
		}
	}
}

// Comparisons come in the order in which they stand in the file, and Size
// counts them, up to a limit.
func TestComparisons(t *testing.T) {
	for seed := range uint64(200) {
		c := randomCondition(rand.New(rand.NewPCG(seed, 2)), 3)
		want := inOrder(c)
		var got []*cond.Comparison
		c.Comparisons(func(x *cond.Comparison) { got = append(got, x) })
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: %d comparisons, want %d, or in another order", seed, len(got), len(want))
		}
		for most := 1; most < len(want)+3; most++ {
			if got := c.Size(most); got != min(len(want), most) {
				t.Fatalf("seed %d: size %d of %d comparisons, counted to %d", seed, got, len(want), most)
			}
		}
	}
	var none *cond.Condition
	none.Comparisons(func(*cond.Comparison) { t.Error("no condition has a comparison") })
	if got := none.Size(9); got != 0 {
		t.Errorf("no condition has size %d", got)
	}
}

func inOrder(c *cond.Condition) (all []*cond.Comparison) {
	if c.Comparison != nil {
		return []*cond.Comparison{c.Comparison}
	}
	for _, part := range c.Parts {
		all = append(all, inOrder(part)...)
	}
	return all
}

// Two numbers stand in some relation, and for each relation some operators
// hold.
func TestCompare(t *testing.T) {
	for _, test := range []struct {
		a, b int64
		hold string
	}{{1, 2, "!= < <="}, {2, 2, "== <= >="}, {3, 2, "!= > >="}} {
		for _, operator := range []string{"==", "!=", "<", "<=", ">", ">="} {
			want := slices.Contains(strings.Fields(test.hold), operator)
			if got := cond.Compare(test.a, operator, test.b); got != want {
				t.Errorf("%d %s %d is %v", test.a, operator, test.b, got)
			}
		}
	}
}

// A rule that applies passes or fails.
func TestTallies(t *testing.T) {
	for outcome, want := range map[cond.Outcome]string{cond.Pass: "passed applicable", cond.Fail: "failed applicable", cond.NotApplicable: ""} {
		for tally, name := range cond.TallyNames() {
			if got := cond.Tally(tally).Counts(outcome); got != slices.Contains(strings.Fields(want), name) {
				t.Errorf("%s counts %s: %v", name, cond.OutcomeNames()[outcome], got)
			}
		}
	}
}
