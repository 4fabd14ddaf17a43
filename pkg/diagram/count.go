package diagram

import "math/big"

// Cases is the number of all cases of the space.
func (s *Space) Cases() *big.Int { return s.between(0, len(s.cells)) }

// between is the number of cases of the variables from one to before another.
func (s *Space) between(from, to int) *big.Int {
	n := big.NewInt(1)
	for _, cells := range s.cells[from:to] {
		n.Mul(n, big.NewInt(int64(cells)))
	}
	return n
}

// Given is the function as it is over the box, told by what the box leaves
// open: of a variable's cells that the box does not allow, each counts as the
// first that it does.
func (s *Store) Given(r Ref, b Box) Ref {
	known := map[Ref]Ref{}
	var given func(r Ref) Ref
	given = func(r Ref) Ref {
		if r.Constant() {
			return r
		}
		if done, ok := known[r]; ok {
			return done
		}
		variable := s.Variable(r)
		first := 0
		for !s.space.Allows(b, variable, first) {
			first++
		}
		kids := make([]Ref, s.space.cells[variable])
		for cell, kid := range append([]Ref(nil), s.Kids(r)...) {
			if s.space.Allows(b, variable, cell) {
				kids[cell] = given(kid)
			}
		}
		for cell := range kids {
			if !s.space.Allows(b, variable, cell) {
				kids[cell] = kids[first]
			}
		}
		known[r] = s.Node(variable, kids)
		return known[r]
	}
	return given(r)
}

// Counting counts the cases of a function.
type Counting struct {
	store *Store
	root  Ref
	// nodes are those of the function, each before what follows it.
	nodes []Ref
	// arriving is how many cases of the variables before a node's own lead to it,
	// and to a result.
	arriving map[Ref]*big.Int
	// holding is how many cases of a condition's own variable and those after it
	// it holds in.
	holding map[Ref]*big.Int
}

// Count goes through the function once.
func (s *Store) Count(r Ref) *Counting {
	c := &Counting{store: s, root: r, arriving: map[Ref]*big.Int{}, holding: map[Ref]*big.Int{}}
	c.collect(r, map[Ref]bool{})
	c.arriving[r] = s.space.between(0, s.top(r))
	// A node is collected behind all that follow it.
	for i := len(c.nodes) - 1; i >= 0; i-- {
		c.pass(c.nodes[i])
	}
	return c
}

func (c *Counting) collect(r Ref, seen map[Ref]bool) {
	if r.Constant() || seen[r] {
		return
	}
	seen[r] = true
	for _, kid := range c.store.Kids(r) {
		c.collect(kid, seen)
	}
	c.nodes = append(c.nodes, r)
}

// pass hands the cases that arrive at a node on to its kids.
func (c *Counting) pass(r Ref) {
	s := c.store
	below := s.Variable(r) + 1
	for _, kid := range s.Kids(r) {
		n := c.arriving[kid]
		if n == nil {
			n = new(big.Int)
			c.arriving[kid] = n
		}
		n.Add(n, new(big.Int).Mul(c.arriving[r], s.space.between(below, s.top(kid))))
	}
}

// Of is in how many cases the function has the result.
func (c *Counting) Of(result int) *big.Int {
	if n := c.arriving[Always(result)]; n != nil {
		return n
	}
	return new(big.Int)
}

// Influence is for each variable in how many cases another cell of it, and
// nothing else, would give another result.
func (c *Counting) Influence() []*big.Int {
	s := c.store
	influence := make([]*big.Int, s.space.Variables())
	for v := range influence {
		influence[v] = new(big.Int)
	}
	s.combined++
	differ := s.combined
	for _, r := range c.nodes {
		kids := append([]Ref(nil), s.Kids(r)...)
		some := False
		for _, kid := range kids[1:] {
			if kid != kids[0] {
				some = s.Or(some, s.combine(differ, kids[0], kid, unlike))
			}
		}
		v := s.Variable(r)
		cases := new(big.Int).Mul(c.arriving[r], c.holds(some, v+1))
		influence[v].Add(influence[v], cases.Mul(cases, big.NewInt(int64(s.space.cells[v]))))
	}
	return influence
}

func unlike(x, y int) int {
	if x != y {
		return 1
	}
	return 0
}

// holds is in how many cases of the variables from one on a condition on them
// holds.
func (c *Counting) holds(r Ref, from int) *big.Int {
	s := c.store
	if r == False {
		return new(big.Int)
	}
	n := c.holding[r]
	if n == nil {
		n = big.NewInt(1)
		if r != True {
			n.SetInt64(0)
			for _, kid := range s.Kids(r) {
				n.Add(n, c.holds(kid, s.Variable(r)+1))
			}
		}
		c.holding[r] = n
	}
	return new(big.Int).Mul(n, s.space.between(from, s.top(r)))
}
