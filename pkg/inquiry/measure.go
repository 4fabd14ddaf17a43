package inquiry

import (
	"math"
	"slices"

	"github.com/ks-no/ksdev/pkg/diagram"
)

// measure says how likely what is below a function is, when for each variable
// every class of answers counts as equally likely, whatever the others are.
type measure struct {
	*graph
	// nodes are those of the function, kids before parents, at their places
	// among them, and asking the places of those that ask each variable.
	nodes  []diagram.Ref
	at     []int32
	asking [][]int
	// classes are the classes of each variable that the function tells apart.
	classes [][][]int
	// column is the place of a result in the lists of chances.
	column [diagram.MaxResult + 1]int
	width  int
	// chance is, for each node, that of each result below it, and reach that of
	// coming to it.
	chance [][]float64
	reach  []float64
}

func (g *graph) measure(r diagram.Ref) *measure {
	m := &measure{graph: g, nodes: postOrder(g.store, r), at: make([]int32, g.store.Len()), asking: make([][]int, len(g.variables))}
	m.classes = cellsApart(g.store.Space(), g.store, m.nodes, nil)
	for place, n := range m.nodes {
		m.at[n] = int32(place)
		v := g.store.Variable(n)
		m.asking[v] = append(m.asking[v], place)
	}
	m.findColumns(r)
	m.goUp()
	m.goDown(r)
	return m
}

func (m *measure) findColumns(r diagram.Ref) {
	var occur diagram.Set
	note := func(r diagram.Ref) {
		if r.Constant() {
			occur |= diagram.SetOf(r.Result())
		}
	}
	note(r)
	for _, n := range m.nodes {
		for _, kid := range m.store.Kids(n) {
			note(kid)
		}
	}
	for _, result := range occur.Results() {
		m.column[result] = m.width
		m.width++
	}
}

// add adds the chances of a function, weighted.
func (m *measure) add(to []float64, weight float64, r diagram.Ref) {
	if r.Constant() {
		to[m.column[r.Result()]] += weight
		return
	}
	for i, chance := range m.chance[m.at[r]] {
		to[i] += weight * chance
	}
}

// results are the chances of a function.
func (m *measure) results(r diagram.Ref) []float64 {
	chances := make([]float64, m.width)
	m.add(chances, 1, r)
	return chances
}

func (m *measure) goUp() {
	m.chance = make([][]float64, len(m.nodes))
	all := make([]float64, len(m.nodes)*m.width)
	for place, n := range m.nodes {
		m.chance[place] = all[place*m.width:][:m.width]
		m.eachKid(n, func(weight float64, kid diagram.Ref) { m.add(m.chance[place], weight, kid) })
	}
}

func (m *measure) goDown(r diagram.Ref) {
	m.reach = make([]float64, len(m.nodes))
	for place, n := range slices.Backward(m.nodes) {
		if n == r {
			m.reach[place] = 1
		}
		m.eachKid(n, func(weight float64, kid diagram.Ref) {
			if !kid.Constant() {
				m.reach[m.at[kid]] += weight * m.reach[place]
			}
		})
	}
}

// eachKid calls yield with each class's kid and its chance.
func (m *measure) eachKid(n diagram.Ref, yield func(weight float64, kid diagram.Ref)) {
	classes, kids := m.classes[m.store.Variable(n)], m.store.Kids(n)
	for _, class := range classes {
		yield(1/float64(len(classes)), kids[class[0]])
	}
}

// gains is by how much the entropy of the result is expected to drop, in bits,
// when each variable becomes known: 0 for one on which the function does not
// depend.
func (m *measure) gains(r diagram.Ref) []float64 {
	gains := make([]float64, len(m.variables))
	whole := m.results(r)
	given := make([]float64, m.width)
	for v, classes := range m.classes {
		if len(classes) < 2 {
			continue
		}
		// What comes of the paths that never ask the variable.
		outside := slices.Clone(whole)
		for _, place := range m.asking[v] {
			m.add(outside, -m.reach[place], m.nodes[place])
		}
		gains[v] = entropy(whole)
		for _, class := range classes {
			copy(given, outside)
			for _, place := range m.asking[v] {
				m.add(given, m.reach[place], m.store.Kids(m.nodes[place])[class[0]])
			}
			gains[v] -= entropy(given) / float64(len(classes))
		}
	}
	return gains
}

// entropy is that of the chances, in bits.
func entropy(chances []float64) float64 {
	sum := 0.0
	for _, p := range chances {
		// Rounding can leave a little less than nothing.
		if p > 0 {
			sum -= p * math.Log2(p)
		}
	}
	return sum
}
