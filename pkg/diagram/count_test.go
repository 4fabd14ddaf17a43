package diagram

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"
)

// smallSpace is a space whose cases can all be gone through several times.
func smallSpace(r *rand.Rand) *Space {
	cells := make([]int, 1+r.IntN(5))
	for i := range cells {
		cells[i] = 1 + r.IntN(4)
	}
	return NewSpace(cells)
}

// Counts are those of going through all cases, of the whole function and of
// what a box leaves of it.
func TestCountsAgreeWithEnumeration(t *testing.T) {
	for seed := range uint64(1500) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 4))
			space := smallSpace(r)
			store := NewStore(space, 1<<20)
			f := randomFormula(r, store)
			checkCounts(t, store, f, randomBox(r, space))
		})
	}
}

// checkCounts compares counts of what a box leaves of a function with going
// through all cases.
func checkCounts(t *testing.T, store *Store, f formula, box Box) {
	t.Helper()
	space := store.Space()
	value := func(cells []int) int { // as Given has it: what is not allowed is the first allowed
		allowed := make([]int, len(cells))
		for v, cell := range cells {
			if !space.Allows(box, v, cell) {
				for cell = 0; !space.Allows(box, v, cell); cell++ {
				}
			}
			allowed[v] = cell
		}
		return f.value(allowed)
	}
	count := store.Count(store.Given(f.ref, box))
	influence := count.Influence()
	var results [8]int64
	alone := make([]int64, space.Variables())
	all := int64(0)
	cases(space, space.Full(), func(cells []int) {
		all++
		here := value(cells)
		results[here]++
		for v, old := range cells {
			for cell := range space.Cells(v) {
				cells[v] = cell
				if value(cells) != here {
					alone[v]++
					break
				}
			}
			cells[v] = old
		}
	})
	if space.Cases().Cmp(big.NewInt(all)) != 0 {
		t.Fatalf("%v cases, by enumeration %d", space.Cases(), all)
	}
	for result, want := range results {
		if got := count.Of(result); got.Cmp(big.NewInt(want)) != 0 {
			t.Fatalf("result %d in %v cases, by enumeration in %d", result, got, want)
		}
	}
	for v, want := range alone {
		if influence[v].Cmp(big.NewInt(want)) != 0 {
			t.Fatalf("variable %d decides in %v cases, by enumeration in %d", v, influence[v], want)
		}
	}
}

// Boxes hold each case of the condition once, and no other.
func TestBoxesAreTheCasesOfTheCondition(t *testing.T) {
	for seed := range uint64(1000) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 5))
			store := NewStore(randomSpace(r), 1<<20)
			checkBoxes(t, store, randomCondition(r, store, 3))
		})
	}
}

// checkBoxes compares the boxes of a condition with going through all cases.
func checkBoxes(t *testing.T, store *Store, f formula) {
	t.Helper()
	space := store.Space()
	boxes, whole := store.Boxes(f.ref, 1<<20)
	if !whole {
		t.Fatal("not whole")
	}
	cases(space, space.Full(), func(cells []int) {
		n := 0
		for _, box := range boxes {
			if holds(space, box, cells) {
				n++
			}
		}
		if n != f.value(cells) {
			t.Fatalf("%v is in %d boxes, and the condition is %d", cells, n, f.value(cells))
		}
	})
	if some, whole := store.Boxes(f.ref, 1); whole != (len(some) == len(boxes)) && len(boxes) > 1 {
		t.Errorf("%d of %d boxes, whole %v", len(some), len(boxes), whole)
	}
}

func holds(space *Space, box Box, cells []int) bool {
	for v, cell := range cells {
		if !space.Allows(box, v, cell) {
			return false
		}
	}
	return true
}

// Two ways that differ in one variable alone are one box.
func TestBoxesAreJoined(t *testing.T) {
	space := NewSpace([]int{3, 3, 2})
	s := NewStore(space, 100)
	is := func(v, cell int) Ref { return s.Test(v, func(c int) bool { return c == cell }) }
	// The first variable only says by which way one comes to the same.
	a := s.And(is(0, 0), s.And(is(1, 2), is(2, 1)))
	b := s.And(is(0, 1), s.Or(s.And(is(1, 2), is(2, 1)), s.And(is(1, 0), is(2, 0))))
	boxes, _ := s.Boxes(s.Or(a, b), 100)
	if len(boxes) != 2 {
		t.Errorf("%d boxes, and two are enough", len(boxes))
	}
}
