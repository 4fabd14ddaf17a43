package diagram

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// formula is a random function as a table over all cases, with the diagram
// that was built for it.
type formula struct {
	ref   Ref
	value func(cells []int) int
}

func randomSpace(r *rand.Rand) *Space {
	cells := make([]int, 1+r.IntN(5))
	for i := range cells {
		cells[i] = 1 + r.IntN(4)
	}
	if r.IntN(6) == 0 {
		cells[r.IntN(len(cells))] = 63 + r.IntN(70)
	}
	return NewSpace(cells)
}

// randomCondition builds the same random condition as a diagram and as a
// function.
func randomCondition(r *rand.Rand, s *Store, depth int) formula {
	if depth == 0 || r.IntN(5) == 0 {
		variable := r.IntN(s.space.Variables())
		chosen := make([]bool, s.space.Cells(variable))
		for i := range chosen {
			chosen[i] = r.IntN(2) == 0
		}
		return formula{
			s.Test(variable, func(cell int) bool { return chosen[cell] }),
			func(cells []int) int { return truth(chosen[cells[variable]]) },
		}
	}
	a, b, c := randomCondition(r, s, depth-1), randomCondition(r, s, depth-1), randomCondition(r, s, depth-1)
	switch r.IntN(4) {
	case 0:
		return formula{s.And(a.ref, b.ref), func(x []int) int { return a.value(x) & b.value(x) }}
	case 1:
		return formula{s.Or(a.ref, b.ref), func(x []int) int { return a.value(x) | b.value(x) }}
	case 2:
		return formula{s.Not(a.ref), func(x []int) int { return 1 - a.value(x) }}
	}
	return formula{s.If(a.ref, b.ref, c.ref), func(x []int) int {
		if a.value(x) == 1 {
			return b.value(x)
		}
		return c.value(x)
	}}
}

func randomFormula(r *rand.Rand, s *Store) formula {
	a, b, c := randomCondition(r, s, 2), randomCondition(r, s, 2), randomCondition(r, s, 2)
	ref := s.Combine(s.Combine(a.ref, b.ref, func(x, y int) int { return 2*x + y }), c.ref, func(x, y int) int { return 2*x + y })
	return formula{ref, func(x []int) int { return 4*a.value(x) + 2*b.value(x) + c.value(x) }}
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func randomBox(r *rand.Rand, s *Space) Box {
	b := s.Full()
	for v := range s.Variables() {
		if r.IntN(3) == 0 {
			continue
		}
		s.Only(b, v, r.IntN(s.Cells(v)))
		for range r.IntN(3) {
			cell := r.IntN(s.Cells(v))
			s.Mask(b, v)[cell/64] |= 1 << (cell % 64)
		}
	}
	return b
}

// cases calls yield for every case of the box.
func cases(s *Space, b Box, yield func(cells []int)) {
	cells := make([]int, s.Variables())
	var from func(v int)
	from = func(v int) {
		if v == len(cells) {
			yield(cells)
			return
		}
		for cell := range s.Cells(v) {
			if s.Allows(b, v, cell) {
				cells[v] = cell
				from(v + 1)
			}
		}
	}
	from(0)
}

// differs reports by enumeration whether two cases of the box that differ in
// the variable alone have different results.
func differs(s *Space, b Box, variable int, value func([]int) int) bool {
	found := false
	cases(s, b, func(cells []int) {
		old := cells[variable]
		here := value(cells)
		for cell := range s.Cells(variable) {
			if s.Allows(b, variable, cell) {
				cells[variable] = cell
				found = found || value(cells) != here
			}
		}
		cells[variable] = old
	})
	return found
}

func TestAgreesWithEnumeration(t *testing.T) {
	for seed := range uint64(2000) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			store := NewStore(randomSpace(r), 1<<20)
			checkWalks(t, r, store, randomFormula(r, store))
		})
	}
}

// checkWalks compares what a walker says of a function over some boxes with
// going through their cases.
func checkWalks(t *testing.T, r *rand.Rand, store *Store, f formula) {
	t.Helper()
	space := store.Space()
	g := store.Map(f.ref, func(x int) int { return x % 3 })
	w := NewWalker(store)
	for range 4 {
		box := randomBox(r, space)
		var want, mapped Set
		part, restricted := w.Restrict(f.ref, box)
		cases(space, box, func(cells []int) {
			here := f.value(cells)
			want |= SetOf(here)
			mapped |= SetOf(here % 3)
			if got, within := store.at(f.ref, cells), part.at(restricted, cells); got != here || within != here {
				t.Fatalf("%v is %d, restricted %d, by enumeration %d", cells, got, within, here)
			}
		})
		if got := w.Possible(f.ref, box); got != want {
			t.Fatalf("possible %v, by enumeration %v", got.Results(), want.Results())
		}
		if got := w.Possible(g, box); got != mapped {
			t.Fatalf("possible after Map %v, by enumeration %v", got.Results(), mapped.Results())
		}
		for _, within := range []Set{want, want &^ SetOf(want.Most()), SetOf(0, 1, 2)} {
			if got := w.Only(f.ref, box, within); got != want.Within(within) {
				t.Fatalf("Only(%v) = %v of %v", within.Results(), got, want.Results())
			}
		}
		mark := make([]bool, space.Variables())
		w.Relevant(f.ref, box, mark)
		for v, got := range mark {
			if want := differs(space, box, v, f.value); got != want {
				t.Fatalf("variable %d relevant %v, by enumeration %v", v, got, want)
			}
		}
	}
}

// at is the result of a function in one case.
func (s *Store) at(r Ref, cells []int) int {
	for !r.Constant() {
		r = s.Kids(r)[cells[s.Variable(r)]]
	}
	return r.Result()
}

func TestEqualFunctionsAreOneRef(t *testing.T) {
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 2))
		s := NewStore(randomSpace(r), 1<<20)
		a, b, c := randomCondition(r, s, 2).ref, randomCondition(r, s, 2).ref, randomCondition(r, s, 2).ref
		same := map[string][2]Ref{
			"De Morgan":       {s.Not(s.And(a, b)), s.Or(s.Not(a), s.Not(b))},
			"distribution":    {s.And(a, s.Or(b, c)), s.Or(s.And(a, b), s.And(a, c))},
			"excluded middle": {s.Or(a, s.Not(a)), True},
			"absorption":      {s.Or(a, s.And(a, b)), a},
			"commutation":     {s.And(a, b), s.And(b, a)},
		}
		for law, refs := range same {
			if refs[0] != refs[1] {
				t.Errorf("seed %d: %s does not hold", seed, law)
			}
		}
	}
}

func TestCaseIsACaseOfTheCondition(t *testing.T) {
	for seed := range uint64(300) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 3))
			s := NewStore(randomSpace(r), 1<<20)
			checkCase(t, s, randomCondition(r, s, 3))
		})
	}
}

// checkCase looks for a case of a condition, and whether it is one.
func checkCase(t *testing.T, s *Store, f formula) {
	t.Helper()
	cells, ok := s.Case(f.ref)
	if ok != (f.ref != False) {
		t.Fatalf("a case was found: %v", ok)
	}
	for v := range cells {
		cells[v] = max(cells[v], 0)
	}
	if ok && f.value(cells) != 1 {
		t.Errorf("%v is not a case of the condition", cells)
	}
}

func TestTooLargeIsSaid(t *testing.T) {
	cells := make([]int, 30)
	for i := range cells {
		cells[i] = 2
	}
	s := NewStore(NewSpace(cells), 20)
	sum := Always(0)
	for v := range cells {
		sum = s.Combine(sum, s.Test(v, func(cell int) bool { return cell == 1 }), func(x, y int) int { return x + y })
	}
	if s.Err() == nil {
		t.Errorf("%d nodes in a store for 20, and no error", s.Len())
	}
}

func TestWalkAllocatesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	space := NewSpace([]int{2, 3, 4, 2, 3, 4})
	s := NewStore(space, 1<<20)
	f := randomFormula(r, s)
	w := NewWalker(s)
	box := space.Full()
	mark := make([]bool, space.Variables())
	w.Relevant(f.ref, box, mark)
	if n := testing.AllocsPerRun(100, func() { w.Possible(f.ref, box) }); n != 0 {
		t.Errorf("a walk allocates %v times", n)
	}
}
