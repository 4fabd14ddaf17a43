package diagram

import "math/bits"

// Walker reads functions of a finished store under a box. It keeps its memory
// between calls, so a walk allocates nothing; it is for one goroutine.
type Walker struct {
	store   *Store
	round   uint32
	seen    []uint32
	results Set
	stop    Set
	part    *Store
	refs    []Ref
	scratch []Ref
}

// NewWalker makes a walker of a finished store.
func NewWalker(s *Store) *Walker {
	return &Walker{store: s, seen: make([]uint32, len(s.nodes)), refs: make([]Ref, len(s.nodes)),
		part: NewStore(s.space, s.limit)}
}

// Possible is the set of results that the function has over the box.
func (w *Walker) Possible(r Ref, b Box) Set { return w.possible(r, b, ^Set(0)) }

// Only reports whether every result over the box is within the set. It stops
// at the first that is not.
func (w *Walker) Only(r Ref, b Box, within Set) bool {
	return w.possible(r, b, within).Within(within)
}

func (w *Walker) possible(r Ref, b Box, within Set) Set {
	if r.Constant() {
		return 1 << r.Result()
	}
	w.next()
	w.results, w.stop = 0, within
	w.visit(r, b)
	return w.results
}

func (w *Walker) next() {
	w.round++
	if w.round == 0 {
		clear(w.seen)
		w.round = 1
	}
}

// visit adds the results below the node. It returns false once a result
// outside w.stop is found.
func (w *Walker) visit(r Ref, b Box) bool {
	for {
		if r.Constant() {
			w.results |= 1 << r.Result()
			return w.results.Within(w.stop)
		}
		if w.seen[r] == w.round {
			return true
		}
		w.seen[r] = w.round
		n := w.store.nodes[r]
		mask := w.store.space.Mask(b, int(n.variable))
		if len(mask) == 1 && mask[0]&(mask[0]-1) == 0 { // one cell needs no other call
			r = w.store.kids[int(n.first)+bits.TrailingZeros64(mask[0])]
			continue
		}
		return w.visitKids(r, mask, b)
	}
}

func (w *Walker) visitKids(r Ref, mask []uint64, b Box) bool {
	kids := w.store.Kids(r)
	for i, word := range mask {
		for ; word != 0; word &= word - 1 {
			if !w.visit(kids[64*i+bits.TrailingZeros64(word)], b) {
				return false
			}
		}
	}
	return true
}

// Relevant marks the variables on which the function still depends within the
// box: those for which two allowed cases that differ in nothing else have
// different results.
func (w *Walker) Relevant(r Ref, b Box, mark []bool) {
	clear(mark)
	part, root := w.Restrict(r, b)
	if root.Constant() {
		return
	}
	// A node of the restricted store may have no parent left, so mark from the
	// root and not from the list of nodes.
	w.markFrom(part, root, mark, make([]bool, part.Len()))
}

func (w *Walker) markFrom(part *Store, r Ref, mark, seen []bool) {
	if r.Constant() || seen[r] {
		return
	}
	seen[r] = true
	mark[part.Variable(r)] = true
	for _, kid := range part.Kids(r) {
		w.markFrom(part, kid, mark, seen)
	}
}

// Restrict is the function over the box alone, reduced: cells that the box
// does not allow repeat an allowed one. The store that it lives in is the
// walker's own and is used again by the next call.
func (w *Walker) Restrict(r Ref, b Box) (*Store, Ref) {
	w.part.reset()
	w.next()
	return w.part, w.restrict(r, b)
}

func (w *Walker) restrict(r Ref, b Box) Ref {
	if r.Constant() {
		return r
	}
	if w.seen[r] == w.round {
		return w.refs[r]
	}
	n := w.store.nodes[r]
	variable := int(n.variable)
	from := len(w.scratch)
	for range w.store.space.cells[variable] {
		w.scratch = append(w.scratch, False)
	}
	allowed := 0
	for cell, kid := range w.store.Kids(r) {
		if w.store.space.Allows(b, variable, cell) {
			below := w.restrict(kid, b)
			w.scratch[from+cell] = below
			allowed = cell
		}
	}
	kids := w.scratch[from : from+w.store.space.cells[variable]]
	for cell := range kids {
		if !w.store.space.Allows(b, variable, cell) {
			kids[cell] = kids[allowed]
		}
	}
	w.seen[r], w.refs[r] = w.round, w.part.Node(variable, kids)
	w.scratch = w.scratch[:from]
	return w.refs[r]
}
