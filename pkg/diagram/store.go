package diagram

import (
	"errors"
	"math/bits"
	"slices"
)

// Ref names a function of a store: a result that does not depend on anything,
// or a node.
type Ref int32

// Always is the function with one result, from 0 to MaxResult.
func Always(result int) Ref { return Ref(^result) }

// False and True are the two constant conditions.
const (
	False Ref = ^0
	True  Ref = ^1
)

// Constant reports whether the function has just one result.
func (r Ref) Constant() bool { return r < 0 }

// Result is the result of a constant function.
func (r Ref) Result() int { return int(^r) }

// ErrTooLarge says that a function needs more nodes than its store may hold, or
// more steps to find than go with so many.
var ErrTooLarge = errors.New("too many nodes")

// Store holds nodes. Building is for one goroutine at a time; a store that is
// not built on any more may be read by many.
type Store struct {
	space *Space
	limit int
	full  bool
	nodes []node
	kids  []Ref
	table []int32
	// results holds steps of operations that were done, combined numbers the
	// calls of Combine, and steps counts the cells that they looked at.
	results  []result
	combined int32
	steps    int
	// kidsSoFar are those of the nodes that operations are at work on.
	kidsSoFar []Ref
}

type node struct {
	variable int32
	first    int32
}

// cellsPerNode bounds the cells of all nodes, for each node that the store may
// hold: one node can have thousands.
const cellsPerNode = 8

// NewStore makes an empty store for at most limit nodes, with eight cells each on
// average.
func NewStore(space *Space, limit int) *Store {
	return &Store{space: space, limit: limit, table: make([]int32, 1024), results: make([]result, 256)}
}

// Space is the space that the store's functions are over.
func (s *Store) Space() *Space { return s.space }

// Len is the number of nodes.
func (s *Store) Len() int { return len(s.nodes) }

// Err is ErrTooLarge once a function did not fit; results since then mean
// nothing.
func (s *Store) Err() error {
	if s.full {
		return ErrTooLarge
	}
	return nil
}

// Variable is the variable that a node asks.
func (s *Store) Variable(r Ref) int { return int(s.nodes[r].variable) }

// Kids are the functions that follow for each cell of the node's variable.
func (s *Store) Kids(r Ref) []Ref {
	n := s.nodes[r]
	return s.kids[n.first : int(n.first)+s.space.cells[n.variable]]
}

// Node is the function that follows kids[cell] for each cell of the variable.
// The kids may depend only on later variables. The slice is not kept.
func (s *Store) Node(variable int, kids []Ref) Ref {
	if !slices.ContainsFunc(kids, func(kid Ref) bool { return kid != kids[0] }) {
		return kids[0]
	}
	slot := s.find(variable, kids)
	if at := s.table[slot]; at != 0 {
		return Ref(at - 1)
	}
	if len(s.nodes) >= s.limit || len(s.kids)+len(kids) > cellsPerNode*s.limit {
		s.full = true
		return False
	}
	s.nodes = append(s.nodes, node{int32(variable), int32(len(s.kids))})
	s.kids = append(s.kids, kids...)
	s.table[slot] = int32(len(s.nodes))
	if len(s.nodes)*2 > len(s.table) {
		s.grow()
	}
	return Ref(len(s.nodes) - 1)
}

// find is the place in the table of the node, or the free place for it.
func (s *Store) find(variable int, kids []Ref) int {
	mask := len(s.table) - 1
	slot := int(hash(variable, kids)) & mask
	for {
		at := s.table[slot]
		if at == 0 || s.is(Ref(at-1), variable, kids) {
			return slot
		}
		slot = (slot + 1) & mask
	}
}

func (s *Store) is(r Ref, variable int, kids []Ref) bool {
	if int(s.nodes[r].variable) != variable {
		return false
	}
	for i, kid := range s.Kids(r) {
		if kid != kids[i] {
			return false
		}
	}
	return true
}

func (s *Store) grow() {
	s.table = make([]int32, 2*len(s.table))
	s.results = make([]result, len(s.table)/4)
	s.nodes, s.kids = slices.Grow(s.nodes, len(s.nodes)), slices.Grow(s.kids, len(s.kids))
	for i, n := range s.nodes {
		s.table[s.find(int(n.variable), s.Kids(Ref(i)))] = int32(i + 1)
	}
}

func hash(variable int, kids []Ref) uint32 {
	h := uint64(variable)
	for _, kid := range kids {
		h = mix(h, kid)
	}
	return uint32(h >> 32)
}

// golden spreads bits: 2^64 by the golden ratio.
const golden = 0x9e3779b97f4a7c15

func mix(h uint64, r Ref) uint64 { return (bits.RotateLeft64(h, 5) ^ uint64(uint32(r))) * golden }

// reset empties the store and keeps its memory.
func (s *Store) reset() {
	s.nodes, s.kids, s.full = s.nodes[:0], s.kids[:0], false
	clear(s.table)
}

// Test is the condition that the variable is in a cell for which in is true.
func (s *Store) Test(variable int, in func(cell int) bool) Ref {
	return s.Each(variable, func(cell int) int {
		if in(cell) {
			return 1
		}
		return 0
	})
}

// Each is the function whose result depends on one variable alone.
func (s *Store) Each(variable int, result func(cell int) int) Ref {
	kids := make([]Ref, s.space.cells[variable])
	for cell := range kids {
		kids[cell] = Always(result(cell))
	}
	return s.Node(variable, kids)
}
