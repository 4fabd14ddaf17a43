package diagram

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A store finds each of its nodes again, however many there are.
func TestStoreGrows(t *testing.T) {
	space := NewSpace(slices.Repeat([]int{3}, 8))
	s := NewStore(space, 1<<20)
	r := rand.New(rand.NewPCG(1, 8))
	known := map[[4]Ref]Ref{}
	below := []Ref{Always(0), Always(1), Always(2)}
	for v := 7; v >= 0; v-- {
		var made []Ref
		for range 400 {
			kids := []Ref{below[r.IntN(len(below))], below[r.IntN(len(below))], below[r.IntN(len(below))]}
			node := s.Node(v, kids)
			key := [4]Ref{Ref(v), kids[0], kids[1], kids[2]}
			if before, ok := known[key]; ok && before != node {
				t.Fatalf("%v is %d, and was %d", key, node, before)
			}
			known[key] = node
			made = append(made, node)
		}
		below = append(below, made...)
	}
	nodes := map[Ref]bool{}
	for key, node := range known {
		same := key[1] == key[2] && key[2] == key[3]
		if same != (node == key[1]) || s.Node(int(key[0]), key[1:]) != node || nodes[node] && !same {
			t.Fatalf("%v is %d", key, node)
		}
		nodes[node] = nodes[node] || !same
		if !same && (s.Variable(node) != int(key[0]) || !slices.Equal(s.Kids(node), key[1:])) {
			t.Fatalf("%v is kept as %d %v", key, s.Variable(node), s.Kids(node))
		}
	}
	if s.Err() != nil || s.Len() < 2000 {
		t.Errorf("%d nodes, %v", s.Len(), s.Err())
	}
}

// A store holds as many nodes as it may, and no more.
func TestStoreIsFull(t *testing.T) {
	const limit = 20
	s := NewStore(NewSpace([]int{limit + 1}), limit)
	is := func(cell int) Ref { return s.Test(0, func(c int) bool { return c == cell }) }
	for cell := range limit {
		is(cell)
	}
	if s.Err() != nil || s.Len() != limit {
		t.Fatalf("%d nodes of %d, %v", s.Len(), limit, s.Err())
	}
	if is(0); s.Err() != nil {
		t.Errorf("a node that is there: %v", s.Err())
	}
	if is(limit); s.Err() == nil {
		t.Errorf("one node more than %d, and no error", limit)
	}
}

// A walker whose rounds have all been counted starts again.
func TestRoundsStartAgain(t *testing.T) {
	space := NewSpace([]int{2})
	s := NewStore(space, 10)
	f := s.Test(0, func(cell int) bool { return cell == 1 })
	w := NewWalker(s)
	w.round = math.MaxUint32 - 2
	for range 5 {
		if got := w.Possible(f, space.Full()); got != SetOf(0, 1) {
			t.Fatalf("round %d: possible are %v", w.round, got.Results())
		}
	}
}
