package vet

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// searching looks for small cases: values of few facts that alone bring
// something about.
type searching struct {
	store     *diagram.Store
	space     *diagram.Space
	variables []strategy.Variable
	walker    *diagram.Walker
}

func newSearching(s *diagram.Store, variables []strategy.Variable) *searching {
	return &searching{store: s, space: s.Space(), variables: variables, walker: diagram.NewWalker(s)}
}

// open is the box of an empty initiative.
func (s *searching) open() diagram.Box {
	box := s.space.Full()
	for i, variable := range s.variables {
		if variable.Kind == strategy.JudgementVariable {
			s.space.Only(box, i, strategy.ByFacts)
		}
	}
	return box
}

// aim is what a case is to bring about. There are two functions, which may be
// the same.
type aim struct {
	functions [2]diagram.Ref
	// apart is a variable that is in one cell for the first function and in
	// another for the second; -1 for none.
	apart int
	cells [2]int
	// goal says whether two results are what is looked for.
	goal func(a, b int) bool
	// borderline says that borderline cases, which no fact can settle, may be left
	// open.
	borderline bool
	// brings reports whether a box, which may leave much open, does it.
	brings func(box diagram.Box) bool
}

// step is how a shortest way goes on from two nodes.
type step struct {
	possible   bool
	cost, cell int
}

// smallest is a box that the aim is brought about by, with as few facts as
// could be found: none can be left out. ok is false where the facts alone, with
// no judgement, cannot bring it about.
func (s *searching) smallest(a *aim) (box diagram.Box, ok bool) {
	box = s.open()
	known := map[[2]diagram.Ref]step{}
	if !s.step(a, a.functions, known).possible {
		return nil, false
	}
	var facts []int
	for at := a.functions; !at[0].Constant() || !at[1].Constant(); {
		variable := s.variable(at)
		next := known[at]
		if s.costs(variable) && variable != a.apart {
			s.space.Only(box, variable, next.cell)
			facts = append(facts, variable)
		}
		at = s.follow(a, at, variable, next.cell)
	}
	if !a.brings(box) {
		return nil, false
	}
	for _, variable := range slices.Backward(facts) {
		mask := s.space.Mask(box, variable)
		before := slices.Clone(mask)
		s.space.Fill(box, variable)
		if !a.brings(box) {
			copy(mask, before)
		}
	}
	return s.fewest(a, box, s.given(box)), true
}

// step finds the way with the fewest facts from two nodes to the goal.
func (s *searching) step(a *aim, at [2]diagram.Ref, known map[[2]diagram.Ref]step) step {
	if at[0].Constant() && at[1].Constant() {
		return step{possible: a.goal(at[0].Result(), at[1].Result())}
	}
	if found, ok := known[at]; ok {
		return found
	}
	variable := s.variable(at)
	cells := s.space.Cells(variable)
	switch s.variables[variable].Kind {
	case strategy.JudgementVariable:
		cells = strategy.ByFacts + 1
	case strategy.BorderlineVariable: // only a judgement can settle it
		if !a.borderline {
			cells = 0
		}
	}
	if variable == a.apart {
		cells = 1
	}
	var best step
	for cell := range cells {
		next := s.step(a, s.follow(a, at, variable, cell), known)
		if next.possible && (!best.possible || next.cost < best.cost) {
			best = step{true, next.cost, cell}
		}
	}
	if s.costs(variable) && variable != a.apart {
		best.cost++
	}
	known[at] = best
	return best
}

// costs reports whether a variable is one that a case has to say something of.
func (s *searching) costs(variable int) bool {
	kind := s.variables[variable].Kind
	return kind == strategy.FactVariable || kind == strategy.ChoiceVariable
}

// variable is the first that one of two nodes asks.
func (s *searching) variable(at [2]diagram.Ref) int {
	first := s.space.Variables()
	for _, f := range at {
		if !f.Constant() {
			first = min(first, s.store.Variable(f))
		}
	}
	return first
}

// follow goes on from two nodes for a cell of the variable.
func (s *searching) follow(a *aim, at [2]diagram.Ref, variable, cell int) [2]diagram.Ref {
	for i, f := range at {
		if f.Constant() || s.store.Variable(f) != variable {
			continue
		}
		if variable == a.apart {
			at[i] = s.store.Kids(f)[a.cells[i]]
		} else {
			at[i] = s.store.Kids(f)[cell]
		}
	}
	return at
}

// given lists the facts of which a box says something, and the open choice.
func (s *searching) given(box diagram.Box) []int {
	var given []int
	for variable := range s.space.Variables() {
		if s.costs(variable) && s.space.Allowed(box, variable) < s.space.Cells(variable) {
			given = append(given, variable)
		}
	}
	return given
}

// maxTried is how many boxes are tried in order to find one with fewer facts.
const maxTried = 3000

// fewest looks through all boxes with fewer facts. Where there are too many, it
// gives up and keeps what it has.
func (s *searching) fewest(a *aim, box diagram.Box, given []int) diagram.Box {
	var relevant []int
	marks := make([]bool, s.space.Variables())
	for _, f := range a.functions {
		s.walker.Relevant(f, s.open(), marks)
		for variable, does := range marks {
			if does && s.costs(variable) && variable != a.apart && !slices.Contains(relevant, variable) {
				relevant = append(relevant, variable)
			}
		}
	}
	slices.Sort(relevant)
	tries := maxTried
	for size := range given {
		if found := s.try(a, s.open(), relevant, size, &tries); found != nil {
			return found
		}
	}
	return box
}

// try gives values to so many of the variables and says which box brings the
// aim about; nil where none does or there were too many tries.
func (s *searching) try(a *aim, box diagram.Box, variables []int, size int, tries *int) diagram.Box {
	if size == 0 {
		*tries--
		if *tries >= 0 && a.brings(box) {
			return slices.Clone(box)
		}
		return nil
	}
	for i, variable := range variables[:max(len(variables)-size+1, 0)] {
		for cell := range s.space.Cells(variable) {
			if *tries < 0 {
				return nil
			}
			s.space.Only(box, variable, cell)
			if found := s.try(a, box, variables[i+1:], size-1, tries); found != nil {
				return found
			}
		}
		s.space.Fill(box, variable)
	}
	return nil
}
