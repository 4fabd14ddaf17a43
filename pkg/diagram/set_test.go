package diagram

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// A set is the list of its results.
func TestSets(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 6))
		in := make([]bool, MaxResult+1)
		for range r.IntN(10) {
			in[r.IntN(len(in))] = true
		}
		var list []int
		for result, is := range in {
			if is {
				list = append(list, result)
			}
		}
		s := SetOf(list...)
		if !slices.Equal(s.Results(), list) || s.Len() != len(list) {
			t.Fatalf("%v: holds %d, which are %v", list, s.Len(), s.Results())
		}
		for result, is := range in {
			if s.Has(result) != is || SetOf(result).Within(s) != is {
				t.Fatalf("%v: %d is in it: %v", list, result, s.Has(result))
			}
		}
		if len(list) > 0 && (s.Least() != list[0] || s.Most() != list[len(list)-1]) {
			t.Fatalf("%v: from %d to %d", list, s.Least(), s.Most())
		}
	}
}

// A box allows what was allowed last, each variable for itself, however many
// words its cells take.
func TestBoxes(t *testing.T) {
	space := NewSpace([]int{1, 63, 64, 65, 128, 129, 2, MaxCells})
	if words := 1 + 1 + 1 + 2 + 2 + 3 + 1 + MaxCells/64; len(space.Full()) != words {
		t.Errorf("a box has %d words, want %d", len(space.Full()), words)
	}
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 7))
		box := space.Full()
		allowed := make([][]bool, space.Variables())
		for v := range allowed {
			allowed[v] = slices.Repeat([]bool{true}, space.Cells(v))
		}
		for range 10 {
			v := r.IntN(space.Variables())
			if r.IntN(3) == 0 {
				space.Fill(box, v)
				allowed[v] = slices.Repeat([]bool{true}, space.Cells(v))
				continue
			}
			cell := r.IntN(space.Cells(v))
			space.Only(box, v, cell)
			clear(allowed[v])
			allowed[v][cell] = true
		}
		for v, cells := range allowed {
			n := 0
			for cell, is := range cells {
				if is {
					n++
				}
				if space.Allows(box, v, cell) != is {
					t.Fatalf("seed %d: cell %d of %d is allowed: %v", seed, cell, len(cells), !is)
				}
			}
			if space.Allowed(box, v) != n {
				t.Fatalf("seed %d: %d of %d cells are allowed, want %d", seed, space.Allowed(box, v), len(cells), n)
			}
		}
	}
}
