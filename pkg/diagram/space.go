// Package diagram holds reduced ordered multi-valued decision diagrams: a
// function of variables with finitely many cells each, as a graph in which
// equal parts are one node. It is pure mathematics and knows nothing of what
// the variables or the results mean.
//
// Two functions of one store are equal exactly when they are the same Ref.
package diagram

import "math/bits"

// MaxCells is how many cells a variable can have.
const MaxCells = 1024

// Space lists the variables of a store, in their order, with the number of
// cells of each.
type Space struct {
	cells   []int
	offsets []int
	words   int
}

// NewSpace makes a space; cells holds the number of cells of each variable,
// each from 1 to MaxCells.
func NewSpace(cells []int) *Space {
	s := &Space{cells: cells, offsets: make([]int, len(cells))}
	for i, n := range cells {
		s.offsets[i] = s.words
		s.words += (n + 63) / 64
	}
	return s
}

// Variables is the number of variables.
func (s *Space) Variables() int { return len(s.cells) }

// Cells is the number of cells of a variable.
func (s *Space) Cells(variable int) int { return s.cells[variable] }

// Box is a mask of allowed cells for every variable of a space: the set of all
// cases that choose one allowed cell for each.
type Box []uint64

// Full is the box of all cases.
func (s *Space) Full() Box {
	b := make(Box, s.words)
	for v := range s.cells {
		s.Fill(b, v)
	}
	return b
}

// Mask is the part of the box that belongs to a variable: its cells as bits,
// 64 a word. Changing it changes the box.
func (s *Space) Mask(b Box, variable int) []uint64 {
	from := s.offsets[variable]
	return b[from : from+(s.cells[variable]+63)/64]
}

// Fill allows every cell of the variable.
func (s *Space) Fill(b Box, variable int) {
	left := s.cells[variable]
	mask := s.Mask(b, variable)
	for i := range mask {
		mask[i] = uint64(1)<<left - 1 // a one that is shifted out leaves 0, and 0-1 is all ones
		left -= 64
	}
}

// Only allows just one cell of the variable.
func (s *Space) Only(b Box, variable, cell int) {
	mask := s.Mask(b, variable)
	clear(mask)
	mask[cell/64] = 1 << (cell % 64)
}

// Allows reports whether the box allows the cell of the variable.
func (s *Space) Allows(b Box, variable, cell int) bool {
	return b[s.offsets[variable]+cell/64]>>(cell%64)&1 != 0
}

// Allowed is the number of cells that the box allows the variable.
func (s *Space) Allowed(b Box, variable int) int {
	n := 0
	for _, word := range s.Mask(b, variable) {
		n += bits.OnesCount64(word)
	}
	return n
}

// Set is a set of the results 0 to 63 as bits.
type Set uint64

// MaxResult is the largest result that a diagram can have.
const MaxResult = 63

// SetOf holds the given results.
func SetOf(results ...int) Set {
	var s Set
	for _, r := range results {
		s |= 1 << r
	}
	return s
}

// Has reports whether the result is in the set.
func (s Set) Has(result int) bool { return s>>result&1 != 0 }

// Len is the number of results in the set.
func (s Set) Len() int { return bits.OnesCount64(uint64(s)) }

// Within reports whether every result of s is in t.
func (s Set) Within(t Set) bool { return s&^t == 0 }

// Least is the smallest result of a set that is not empty.
func (s Set) Least() int { return bits.TrailingZeros64(uint64(s)) }

// Most is the largest result of a set that is not empty.
func (s Set) Most() int { return 63 - bits.LeadingZeros64(uint64(s)) }

// Results lists the set, smallest first.
func (s Set) Results() []int {
	results := make([]int, 0, s.Len())
	for ; s != 0; s &= s - 1 {
		results = append(results, s.Least())
	}
	return results
}
