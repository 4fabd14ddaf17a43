package diagram

// If is the function that is then where the condition holds and otherwise
// where it does not.
func (s *Store) If(condition, then, otherwise Ref) Ref {
	o := &choosing{store: s, done: map[[3]Ref]Ref{}}
	return o.choose(condition, then, otherwise)
}

// And is the condition that both hold.
func (s *Store) And(a, b Ref) Ref { return s.If(a, b, False) }

// Or is the condition that one or both hold.
func (s *Store) Or(a, b Ref) Ref { return s.If(a, True, b) }

// Not is the condition that a does not hold.
func (s *Store) Not(a Ref) Ref { return s.If(a, False, True) }

type choosing struct {
	store *Store
	done  map[[3]Ref]Ref
}

func (o *choosing) choose(condition, then, otherwise Ref) Ref {
	switch {
	case condition == True || then == otherwise:
		return then
	case condition == False:
		return otherwise
	case then == True && otherwise == False:
		return condition
	}
	key := [3]Ref{condition, then, otherwise}
	if r, ok := o.done[key]; ok || o.store.full {
		return r
	}
	s := o.store
	top := min(s.top(condition), s.top(then), s.top(otherwise))
	kids := make([]Ref, s.space.cells[top])
	for cell := range kids {
		kids[cell] = o.choose(s.cofactor(condition, top, cell), s.cofactor(then, top, cell), s.cofactor(otherwise, top, cell))
	}
	r := s.Node(top, kids)
	o.done[key] = r
	return r
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
	done := map[[2]Ref]Ref{}
	var combine func(a, b Ref) Ref
	combine = func(a, b Ref) Ref {
		if a.Constant() && b.Constant() {
			return Always(op(a.Result(), b.Result()))
		}
		key := [2]Ref{a, b}
		if r, ok := done[key]; ok || s.full {
			return r
		}
		top := min(s.top(a), s.top(b))
		kids := make([]Ref, s.space.cells[top])
		for cell := range kids {
			kids[cell] = combine(s.cofactor(a, top, cell), s.cofactor(b, top, cell))
		}
		r := s.Node(top, kids)
		done[key] = r
		return r
	}
	return combine(a, b)
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
