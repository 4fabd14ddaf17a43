package inquiry

import (
	"math"
	"slices"

	"github.com/ks-no/ksdev/pkg/diagram"
)

// search looks for the smallest set of things to settle or to change that
// makes a condition hold.
type search struct {
	*graph
	// condition is the graph's function as true or false.
	condition diagram.Ref
	// hope says that of what stays open one way is enough; otherwise the
	// condition has to hold in all ways.
	hope bool
	// open are the classes of each variable that can be when nothing is done
	// about it, and options those that can be chosen, at a weight.
	open, options [][]int
	weights       []weight
	known         map[diagram.Ref]weight
	kept          map[diagram.Ref]diagram.Ref
}

// weight orders sets: first by its upper half, then by its lower.
type weight int64

const (
	half       weight = 1 << 24
	impossible weight = math.MaxInt64 / 4
)

// maxSearchSteps bounds a search.
const maxSearchSteps = 200_000

// search prepares a search for results in the set. Nothing can be chosen yet.
func (g *graph) search(wanted diagram.Set, hope bool) *search {
	s := &search{graph: g, hope: hope, open: make([][]int, len(g.variables)), options: make([][]int, len(g.variables)),
		weights: make([]weight, len(g.variables)), known: map[diagram.Ref]weight{}, kept: map[diagram.Ref]diagram.Ref{}}
	s.condition = g.store.Map(g.root, func(result int) int {
		if wanted.Has(result) {
			return 1
		}
		return 0
	})
	return s
}

// over reports whether the search has come to its bounds; what it found since
// then means nothing.
func (s *search) over() bool { return s.steps > maxSearchSteps || s.store.Err() != nil }

// keep is what is left of a condition when nothing is done about its first
// variable.
func (s *search) keep(r diagram.Ref) diagram.Ref {
	if known, ok := s.kept[r]; ok {
		return known
	}
	kids := s.store.Kids(r)
	open := s.open[s.store.Variable(r)]
	left := kids[open[0]]
	for _, class := range open[1:] {
		if s.hope {
			left = s.store.Or(left, kids[class])
		} else {
			left = s.store.And(left, kids[class])
		}
	}
	s.kept[r] = left
	return left
}

// least is the weight of the smallest set that makes a condition hold.
func (s *search) least(r diagram.Ref) weight {
	switch {
	case r == diagram.True:
		return 0
	case r == diagram.False || s.over():
		return impossible
	}
	if known, ok := s.known[r]; ok {
		return known
	}
	s.steps++
	least := s.least(s.keep(r))
	v := s.store.Variable(r)
	for _, left := range s.chosen(r) {
		least = min(least, s.weights[v]+s.least(left))
	}
	s.known[r] = least
	return least
}

// chosen lists what can be left of a condition, each once, when something is
// done about its first variable.
func (s *search) chosen(r diagram.Ref) []diagram.Ref {
	var all []diagram.Ref
	kids := s.store.Kids(r)
	for _, class := range s.options[s.store.Variable(r)] {
		if !slices.Contains(all, kids[class]) {
			all = append(all, kids[class])
		}
	}
	return all
}

// pick is a variable about which something is done, with the classes of which
// each does it.
type pick struct {
	variable int
	classes  []int
}

// smallest is the smallest set; ok is false where there is none.
func (s *search) smallest() (picks []pick, ok bool) {
	r := s.condition
	if s.least(r) >= impossible || s.over() {
		return nil, false
	}
	for r != diagram.True {
		left, least := s.keep(r), s.least(r)
		if s.least(left) != least {
			v := s.store.Variable(r)
			for _, left = range s.chosen(r) {
				if s.weights[v]+s.least(left) == least {
					break
				}
			}
			picks = append(picks, s.pick(r, left))
		}
		r = left
	}
	return picks, true
}

func (s *search) pick(r, left diagram.Ref) pick {
	p := pick{variable: s.store.Variable(r)}
	for _, class := range s.options[p.variable] {
		if s.store.Kids(r)[class] == left {
			p.classes = append(p.classes, class)
		}
	}
	return p
}
