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
	if len(s.table) > 4*s.Len() || len(s.results) > len(s.table) {
		t.Errorf("for %d nodes there are places for %d and for %d steps", s.Len(), len(s.table), len(s.results))
	}
}

// A store holds as many nodes as it may, and no more; of nodes with many cells
// it holds fewer.
func TestStoreIsFull(t *testing.T) {
	const limit = 20
	for _, test := range []struct{ cells, nodes int }{{2, limit}, {cellsPerNode, limit}, {2 * cellsPerNode, limit / 2}, {cellsPerNode*limit + 1, 0}} {
		s := NewStore(NewSpace(slices.Repeat([]int{test.cells}, limit+1)), limit)
		is := func(variable int) Ref { return s.Test(variable, func(c int) bool { return c == 0 }) }
		for variable := range test.nodes {
			is(variable)
		}
		if s.Err() != nil || s.Len() != test.nodes {
			t.Fatalf("%d cells: %d nodes of %d, %v", test.cells, s.Len(), test.nodes, s.Err())
		}
		if test.nodes > 0 {
			is(0)
		}
		if s.Err() != nil {
			t.Errorf("%d cells: a node that is there: %v", test.cells, s.Err())
		}
		if is(limit); s.Err() == nil {
			t.Errorf("%d cells: one node more than %d, and no error", test.cells, test.nodes)
		}
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

// An operation does what two ways through a function share just once: of sums
// of many variables there are few, but of cases more than can be gone through.
func TestSharedPartsAreDoneOnce(t *testing.T) {
	const variables = 60
	s := NewStore(NewSpace(slices.Repeat([]int{2}, variables)), 2*variables)
	odd, even := False, True
	for v := variables - 1; v >= 0; v-- {
		odd, even = s.Node(v, []Ref{odd, even}), s.Node(v, []Ref{even, odd})
	}
	for name, f := range map[string]Ref{
		"And": s.And(odd, even), "Not": s.Not(even), "Map": s.Map(even, func(x int) int { return 1 - x }),
		"Combine": s.Combine(odd, even, func(x, y int) int { return x & (1 - y) }),
	} {
		if want := map[string]Ref{"And": False}[name]; s.Err() != nil || name == "And" && f != want || name != "And" && f != odd {
			t.Errorf("%s: %v", name, s.Err())
		}
	}
}

// Operations look at as many cells as go with the nodes that a store may hold,
// and no more.
func TestStepsAreLimited(t *testing.T) {
	const limit = 4
	s := NewStore(NewSpace([]int{2}), limit)
	f := s.Test(0, func(cell int) bool { return cell == 1 })
	s.steps = 0
	for range stepsPerNode * limit / 2 { // each looks at the two cells of one node
		s.Map(f, func(x int) int { return x })
	}
	if s.Err() != nil {
		t.Fatalf("%v after %d steps", s.Err(), s.steps)
	}
	if s.Map(f, func(x int) int { return x }); s.Err() == nil {
		t.Errorf("no error after %d steps", s.steps)
	}
}

// Nodes and steps that are alike in most lie far apart in their tables.
func TestHashesSpread(t *testing.T) {
	const n = 20
	places := [2]map[uint32]int{{}, {}}
	for a := range Ref(n) {
		for b := range Ref(n) {
			for c := range Ref(n) {
				places[0][hash(int(a), []Ref{b, Always(int(c))})%4096]++
				places[1][step{operation: int32(a), a: b, b: c, c: False}.hash()%4096]++
			}
		}
	}
	for i, all := range places {
		most := 0
		for _, at := range all {
			most = max(most, at)
		}
		if len(all) < 3000 || most > 16 {
			t.Errorf("table %d: %d lie in %d of 4096 places, at most %d in one", i, n*n*n, len(all), most)
		}
	}
}
