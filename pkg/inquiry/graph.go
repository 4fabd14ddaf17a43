package inquiry

import (
	"math/bits"

	"github.com/ks-no/ksdev/pkg/diagram"
)

// graph is a function of what is open alone: variables on which it does not
// depend are gone, and the cells of a variable between which it never
// distinguishes are one class.
type graph struct {
	store *diagram.Store
	root  diagram.Ref
	// variables are those of the model, in their order, and classes the cells of
	// the classes of each.
	variables []int
	classes   [][][]int
	// supports are the variables on which each node depends.
	supports []set
	// rows hold, for each node for which one was asked, what is left of it when a
	// variable is in a class; starts is where a variable's classes begin.
	rows   [][]diagram.Ref
	starts []int
	width  int
	steps  int
}

// maxNodes bounds a graph, with all that is made of it.
const maxNodes = 200_000

// unset is no function.
const unset = diagram.Ref(-1 << 31)

// graph makes the graph of a function over a box.
func (q *Inquirer) graph(f diagram.Ref, box diagram.Box) *graph {
	part, root := q.walker.Restrict(f, box)
	nodes := postOrder(part, root)
	g := &graph{}
	place := make([]int, len(q.model.Variables))
	for v, cells := range cellsApart(q.space, part, nodes, box) {
		if place[v] = -1; cells != nil {
			place[v] = len(g.variables)
			g.variables, g.classes = append(g.variables, v), append(g.classes, cells)
		}
	}
	counts := make([]int, len(g.classes))
	for i, classes := range g.classes {
		g.starts = append(g.starts, g.width)
		counts[i] = len(classes)
		g.width += len(classes)
	}
	g.store = diagram.NewStore(diagram.NewSpace(counts), maxNodes)
	made := make([]diagram.Ref, part.Len())
	to := func(r diagram.Ref) diagram.Ref {
		if r.Constant() {
			return r
		}
		return made[r]
	}
	var kids []diagram.Ref
	for _, r := range nodes {
		variable, below := part.Variable(r), part.Kids(r)
		kids = kids[:0]
		for _, cells := range g.classes[place[variable]] {
			kids = append(kids, to(below[cells[0]]))
		}
		made[r] = g.store.Node(place[variable], kids)
	}
	g.root = to(root)
	return g
}

// postOrder lists the nodes of a function, kids before parents.
func postOrder(s *diagram.Store, root diagram.Ref) []diagram.Ref {
	var nodes []diagram.Ref
	seen := make([]bool, s.Len())
	var visit func(r diagram.Ref)
	visit = func(r diagram.Ref) {
		if r.Constant() || seen[r] {
			return
		}
		seen[r] = true
		for _, kid := range s.Kids(r) {
			visit(kid)
		}
		nodes = append(nodes, r)
	}
	visit(root)
	return nodes
}

// cellsApart divides the allowed cells of each variable that a node asks: those
// of one class have the same kids everywhere. It is nil for other variables.
func cellsApart(space *diagram.Space, s *diagram.Store, nodes []diagram.Ref, box diagram.Box) [][][]int {
	apart := make([][]int, space.Variables())
	for _, r := range nodes {
		v := s.Variable(r)
		if apart[v] == nil {
			apart[v] = make([]int, space.Cells(v))
		}
		refine(apart[v], s.Kids(r))
	}
	classes := make([][][]int, space.Variables())
	for v, class := range apart {
		place := map[int]int{}
		for cell, c := range class {
			if box != nil && !space.Allows(box, v, cell) {
				continue
			}
			i, known := place[c]
			if !known {
				i = len(classes[v])
				place[c] = i
				classes[v] = append(classes[v], nil)
			}
			classes[v][i] = append(classes[v][i], cell)
		}
	}
	return classes
}

// refine parts cells that were alike and have different kids.
func refine(class []int, kids []diagram.Ref) {
	// A class is named by its first cell.
	for cell := len(class) - 1; cell >= 0; cell-- {
		for first := class[cell]; first <= cell; first++ {
			if class[first] == class[cell] && kids[first] == kids[cell] {
				class[cell] = first
				break
			}
		}
	}
}

// set is a set of variables of a graph.
type set []uint64

func (s set) has(i int) bool { return s[i/64]>>(i%64)&1 != 0 }
func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }

func (s set) join(t set) {
	for i, word := range t {
		s[i] |= word
	}
}

func (s set) meets(t set) bool {
	for i, word := range t {
		if s[i]&word != 0 {
			return true
		}
	}
	return false
}

func (s set) count() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// members yields the members, the smallest first.
func (s set) members(yield func(int) bool) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			if !yield(64*i + bits.TrailingZeros64(word)) {
				return
			}
		}
	}
}

func (g *graph) newSet() set { return make(set, (len(g.variables)+63)/64) }

// support is the set of variables on which a function depends.
func (g *graph) support(r diagram.Ref) set {
	if r.Constant() {
		return g.newSet()
	}
	// A node stands behind its kids in the store.
	for at := diagram.Ref(len(g.supports)); at <= r; at++ {
		s := g.newSet()
		s.add(g.store.Variable(at))
		for _, kid := range g.store.Kids(at) {
			if !kid.Constant() {
				s.join(g.supports[kid])
			}
		}
		g.supports = append(g.supports, s)
	}
	return g.supports[r]
}

// given is what is left of a function when a variable is in a class.
func (g *graph) given(r diagram.Ref, variable, class int) diagram.Ref {
	if r.Constant() || !g.support(r).has(variable) {
		return r
	}
	if g.store.Variable(r) == variable {
		return g.store.Kids(r)[class]
	}
	for len(g.rows) <= int(r) {
		g.rows = append(g.rows, nil)
	}
	if g.rows[r] == nil {
		g.rows[r] = make([]diagram.Ref, g.width)
		for i := range g.rows[r] {
			g.rows[r][i] = unset
		}
	}
	at := g.starts[variable] + class
	if known := g.rows[r][at]; known != unset {
		return known
	}
	g.steps++
	below := g.store.Kids(r)
	kids := make([]diagram.Ref, len(below))
	for i, kid := range below {
		kids[i] = g.given(kid, variable, class)
	}
	left := g.store.Node(g.store.Variable(r), kids)
	g.rows[r][at] = left
	return left
}

// answers lists what can be left of a function once a variable is known, each
// once, and the classes that lead to it.
func (g *graph) answers(r diagram.Ref, variable int) (left []diagram.Ref, classes [][]int) {
	for class := range g.classes[variable] {
		below := g.given(r, variable, class)
		i := 0
		for i < len(left) && left[i] != below {
			i++
		}
		if i == len(left) {
			left, classes = append(left, below), append(classes, nil)
		}
		classes[i] = append(classes[i], class)
	}
	return left, classes
}
