package inquiry

import (
	"math/bits"
	"slices"

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
	// supports are the variables on which each node depends, one set after the
	// other; words is how long a set is.
	supports []uint64
	words    int
	// left holds what is left of a node when a variable is in a class, one row
	// after the other, and rows where the row of a node begins, 0 where nothing
	// was asked of it. starts is where a variable's classes begin in a row.
	left   []diagram.Ref
	rows   []int
	starts []int
	width  int
	kids   []diagram.Ref
	steps  int
}

// maxNodes bounds a graph, with all that is made of it.
const maxNodes = 300_000

// unset is no function.
const unset = diagram.Ref(-1 << 31)

// graph makes the graph of a function over a box.
func (q *Inquirer) graph(f diagram.Ref, box diagram.Box) *graph {
	part, root := q.walker.Restrict(f, box)
	nodes := postOrder(part, root)
	g := &graph{left: make([]diagram.Ref, 1)}
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
	g.words = (len(counts) + 63) / 64
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
		classes[v] = gather(space, class, v, box)
	}
	return classes
}

// gather lists the allowed cells of each class.
func gather(space *diagram.Space, class []int, v int, box diagram.Box) [][]int {
	var classes [][]int
	place := map[int]int{}
	for cell, c := range class {
		if box != nil && !space.Allows(box, v, cell) {
			continue
		}
		i, known := place[c]
		if !known {
			i = len(classes)
			place[c] = i
			classes = append(classes, nil)
		}
		classes[i] = append(classes[i], cell)
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

func (g *graph) newSet() set { return make(set, g.words) }

// support is the set of variables on which a function depends. It is not to be
// changed.
func (g *graph) support(r diagram.Ref) set {
	if r.Constant() {
		return nil
	}
	if from := int(r) * g.words; from < len(g.supports) {
		return g.supports[from : from+g.words]
	}
	// A node stands behind its kids in the store.
	for at := len(g.supports) / g.words; at <= int(r); at++ {
		g.supports = longer(g.supports, g.words)
		s := set(g.supports[at*g.words:])
		s.add(g.store.Variable(diagram.Ref(at)))
		for _, kid := range g.store.Kids(diagram.Ref(at)) {
			if !kid.Constant() {
				s.join(g.supports[int(kid)*g.words:][:g.words])
			}
		}
	}
	return g.supports[int(r)*g.words:][:g.words]
}

// row is where the row of a node begins.
func (g *graph) row(r diagram.Ref) int {
	if more := int(r) + 1 - len(g.rows); more > 0 {
		g.rows = longer(g.rows, more)
	}
	if g.rows[r] == 0 {
		g.rows[r] = len(g.left)
		g.left = longer(g.left, g.width)
		for i := range g.width {
			g.left[g.rows[r]+i] = unset
		}
	}
	return g.rows[r]
}

// longer is the list with more zeros behind it. It doubles what it takes, so
// that long lists are not copied often.
func longer[T any](list []T, more int) []T {
	if len(list)+more > cap(list) {
		list = slices.Grow(list, max(more, len(list)))
	}
	list = list[:len(list)+more]
	clear(list[len(list)-more:])
	return list
}

// given is what is left of a function when a variable is in a class.
func (g *graph) given(r diagram.Ref, variable, class int) diagram.Ref {
	if r.Constant() || !g.support(r).has(variable) {
		return r
	}
	if g.store.Variable(r) == variable {
		return g.store.Kids(r)[class]
	}
	at := g.row(r) + g.starts[variable] + class
	if g.left[at] != unset {
		return g.left[at]
	}
	g.steps++
	from := len(g.kids)
	for _, kid := range g.store.Kids(r) {
		below := g.given(kid, variable, class)
		g.kids = append(g.kids, below)
	}
	g.left[at] = g.store.Node(g.store.Variable(r), g.kids[from:])
	g.kids = g.kids[:from]
	return g.left[at]
}

// answers lists what can be left of a function once a variable is known, each
// once.
func (g *graph) answers(r diagram.Ref, variable int) []diagram.Ref {
	return g.appendAnswers(nil, r, variable)
}

func (g *graph) appendAnswers(left []diagram.Ref, r diagram.Ref, variable int) []diagram.Ref {
	from := len(left)
	for class := range g.classes[variable] {
		if below := g.given(r, variable, class); !slices.Contains(left[from:], below) {
			left = append(left, below)
		}
	}
	return left
}
