package diagram

// If is the function that is then where the condition holds and otherwise
// where it does not.
func (s *Store) If(condition, then, otherwise Ref) Ref {
	switch {
	case condition == True || then == otherwise:
		return then
	case condition == False:
		return otherwise
	case then == True && otherwise == False:
		return condition
	}
	asked := step{a: condition, b: then, c: otherwise}
	if r, ok := s.recall(asked); ok || s.full {
		return r
	}
	top := min(s.top(condition), s.top(then), s.top(otherwise))
	return s.remember(asked, s.each(top, func(cell int) Ref {
		return s.If(s.cofactor(condition, top, cell), s.cofactor(then, top, cell), s.cofactor(otherwise, top, cell))
	}))
}

// And is the condition that both hold.
func (s *Store) And(a, b Ref) Ref { return s.If(a, b, False) }

// Or is the condition that one or both hold.
func (s *Store) Or(a, b Ref) Ref { return s.If(a, True, b) }

// Not is the condition that a does not hold.
func (s *Store) Not(a Ref) Ref { return s.If(a, False, True) }

// each is the node of the variable with the functions that kid gives.
func (s *Store) each(variable int, kid func(cell int) Ref) Ref {
	from := len(s.kidsSoFar)
	s.steps += s.space.cells[variable]
	s.full = s.full || s.steps > stepsPerNode*s.limit
	for cell := range s.space.cells[variable] {
		below := kid(cell)
		s.kidsSoFar = append(s.kidsSoFar, below)
	}
	r := s.Node(variable, s.kidsSoFar[from:])
	s.kidsSoFar = s.kidsSoFar[:from]
	return r
}

// step is one step of an operation: of If, or of a call of Combine, which are
// numbered from 1.
type step struct {
	operation int32
	a, b, c   Ref
}

// result is a step with what came of it. The zero value is of a step that If
// never takes.
type result struct {
	step
	ref Ref
}

// recall gives what came of a step, if that is still known.
func (s *Store) recall(asked step) (Ref, bool) {
	known := s.results[asked.hash()&uint32(len(s.results)-1)]
	return known.ref, known.step == asked
}

// stepsPerNode bounds the cells that operations may look at, for each node that
// the store may hold: a function can be small and yet take for ever to find.
const stepsPerNode = 20

// remember keeps what came of a step in the place of another, which, if it is
// asked for again, is done again.
func (s *Store) remember(asked step, r Ref) Ref {
	s.results[asked.hash()&uint32(len(s.results)-1)] = result{asked, r}
	return r
}

func (k step) hash() uint32 {
	h := mix(uint64(k.operation), k.a)
	return uint32(mix(mix(h, k.b), k.c) >> 32)
}

// top is the variable that the function asks first; a constant asks after all.
func (s *Store) top(r Ref) int {
	if r.Constant() {
		return len(s.space.cells)
	}
	return int(s.nodes[r].variable)
}

func (s *Store) cofactor(r Ref, variable, cell int) Ref {
	if r.Constant() || int(s.nodes[r].variable) != variable {
		return r
	}
	return s.kids[int(s.nodes[r].first)+cell]
}

// Combine is the function whose result is op of the results of a and b.
func (s *Store) Combine(a, b Ref, op func(x, y int) int) Ref {
	s.combined++
	return s.combine(s.combined, a, b, op)
}

func (s *Store) combine(operation int32, a, b Ref, op func(x, y int) int) Ref {
	if a.Constant() && b.Constant() {
		return Always(op(a.Result(), b.Result()))
	}
	asked := step{operation: operation, a: a, b: b}
	if r, ok := s.recall(asked); ok || s.full {
		return r
	}
	top := min(s.top(a), s.top(b))
	return s.remember(asked, s.each(top, func(cell int) Ref {
		return s.combine(operation, s.cofactor(a, top, cell), s.cofactor(b, top, cell), op)
	}))
}

// Map is the function whose result is to of the result of a.
func (s *Store) Map(a Ref, to func(result int) int) Ref {
	return s.Combine(a, Always(0), func(x, _ int) int { return to(x) })
}

// Case is one case in which the condition holds: for each variable that
// matters a cell, -1 for the others. ok is false where it never holds.
func (s *Store) Case(condition Ref) (cells []int, ok bool) {
	if condition == False {
		return nil, false
	}
	cells = make([]int, len(s.space.cells))
	for v := range cells {
		cells[v] = -1
	}
	for !condition.Constant() {
		// In a reduced condition every node but False can still become true.
		for cell, kid := range s.Kids(condition) {
			if kid != False {
				cells[s.Variable(condition)] = cell
				condition = kid
				break
			}
		}
	}
	return cells, true
}
