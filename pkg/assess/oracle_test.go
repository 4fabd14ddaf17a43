package assess_test

import (
	"slices"
	"strings"
)

// The oracle works by definition: it goes through every way to fill in what is
// open. It evaluates the world's own conditions and uses nothing of the
// packages under test.

// Outcomes as the oracle numbers them.
const (
	pass = iota
	fail
	notApplicable
	borderline
)

// complete is a case in which nothing is open.
type complete struct {
	values   []int // of each fact
	border   []int // what a borderline case of each rule comes to
	judged   []int // the outcome by judgement of each rule, or byFacts
	choice   int
	outcomes []int // of each rule
}

const byFacts = -1

func (w *world) newComplete() *complete {
	c := &complete{values: make([]int, len(w.facts)), border: make([]int, len(w.rules)),
		judged: make([]int, len(w.rules)), outcomes: make([]int, len(w.rules))}
	for i := range c.judged {
		c.judged[i] = byFacts
	}
	return c
}

// holds says whether a condition holds in a complete case; one left out does.
func (w *world) holds(n *node, c *complete) bool {
	if n == nil {
		return true
	}
	count := 0
	switch n.op {
	case "leaf":
		return w.leafHolds(n.leaf, c)
	default:
		for _, part := range n.parts {
			count += truth(w.holds(part, c))
		}
	}
	switch n.op {
	case "any", "named":
		return count > 0
	case "all":
		return count == len(n.parts)
	case "none":
		return count == 0
	}
	return count >= n.least
}

func (w *world) leafHolds(l *leaf, c *complete) bool {
	switch l.of {
	case "fact":
		return l.truth[c.values[l.fact]]
	case "outcome":
		return l.outcomes[c.outcomes[l.rule]]
	}
	number := l.number
	if l.choice {
		number = c.choice
	}
	return compared(w.tally(l.set, l.tally, c), l.operator, number)
}

// tally counts the rules of a set: 0 that pass, 1 that fail, 2 that apply.
func (w *world) tally(set, tally int, c *complete) int {
	n := 0
	for _, rule := range w.sets[set].rules {
		switch o := c.outcomes[rule]; tally {
		case 0, 1:
			n += truth(o == tally)
		case 2:
			n += truth(o != notApplicable)
		}
	}
	return n
}

// byTheFacts is what the facts say of a rule: perhaps that it is borderline.
func (w *world) byTheFacts(rule int, c *complete) int {
	r := w.rules[rule]
	switch {
	case !w.holds(w.sets[r.set].applies, c) || !w.holds(r.applies, c):
		return notApplicable
	case w.holds(r.pass, c):
		return pass
	case r.fail == nil || w.holds(r.fail, c):
		return fail
	}
	return borderline
}

func (w *world) outcome(rule int, c *complete) int {
	o := w.byTheFacts(rule, c)
	switch {
	case o == notApplicable:
		return o
	case c.judged[rule] != byFacts:
		return c.judged[rule]
	case o == borderline:
		return c.border[rule]
	}
	return o
}

func (w *world) rowHolds(row worldRow, c *complete) bool {
	for i, cell := range row.cells {
		if cell >= 0 && cell != truth(w.holds(w.conditions[i].condition, c)) {
			return false
		}
	}
	return true
}

// axis is something open: a fact, a borderline case, a rule between facts and
// judgement, or the open choice, with what it can be.
type axis struct {
	kind   string // fact, borderline, judgement, choice
	index  int
	values []int
}

func (a axis) put(c *complete, value int) {
	switch a.kind {
	case "fact":
		c.values[a.index] = value
	case "borderline":
		c.border[a.index] = value
	case "judgement":
		c.judged[a.index] = value
	case "choice":
		c.choice = value
	}
}

// cube is a function of everything that is open: its result for each case, the
// last axis changing fastest.
type cube struct {
	axes    []axis
	results []int
}

// newCube evaluates a function for all cases.
func (w *world) newCube(axes []axis, result func(c *complete) int) *cube {
	cube := &cube{axes: axes}
	c := w.newComplete()
	var fill func(i int)
	fill = func(i int) {
		if i == len(axes) {
			cube.results = append(cube.results, result(c))
			return
		}
		for _, value := range axes[i].values {
			axes[i].put(c, value)
			fill(i + 1)
		}
	}
	fill(0)
	return cube
}

// possible lists the results that occur, in order.
func (c *cube) possible() []int {
	var all []int
	for _, r := range c.results {
		if !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	slices.Sort(all)
	return all
}

// relevant lists the axes along which the result can change while all others
// stay.
func (c *cube) relevant() []axis {
	var found []axis
	stride := len(c.results)
	for _, a := range c.axes {
		block := stride
		stride /= len(a.values)
		for i, r := range c.results {
			if first := i - i%block + i%stride; r != c.results[first] {
				found = append(found, a)
				break
			}
		}
	}
	return found
}

// certainBy says whether some choice of values on the axes in which lets only
// the wanted result through, whatever the others are.
func (c *cube) certainBy(in func(a axis) bool, wanted int) bool {
	excluded := map[int]bool{}
	seen := map[int]bool{}
	for i, r := range c.results {
		key, rest := 0, i
		for _, a := range slices.Backward(c.axes) {
			place := rest % len(a.values)
			rest /= len(a.values)
			if in(a) {
				key = key*len(a.values) + place
			}
		}
		seen[key] = true
		if r != wanted {
			excluded[key] = true
		}
	}
	return len(excluded) < len(seen)
}

// box is what a reading leaves open.
type box struct {
	// allowed holds for each fact its possible values as bits.
	allowed []uint64
	// judged lists for each rule what its outcome can come from: byFacts or an
	// outcome by judgement.
	judged [][]int
	// choices are the values that the open choice can have.
	choices []int
}

func (b box) clone() box {
	return box{slices.Clone(b.allowed), slices.Clone(b.judged), b.choices}
}

func valuesOf(allowed uint64) []int {
	var values []int
	for v := range 64 {
		if allowed>>v&1 != 0 {
			values = append(values, v)
		}
	}
	return values
}

func (w *world) factAxes(b box, facts []int) []axis {
	var axes []axis
	for _, f := range facts {
		axes = append(axes, axis{"fact", f, valuesOf(b.allowed[f])})
	}
	return axes
}

func (w *world) ruleAxes(b box, rule int) []axis {
	var axes []axis
	if w.rules[rule].fail != nil {
		axes = append(axes, axis{"borderline", rule, []int{pass, fail}})
	}
	return append(axes, axis{"judgement", rule, b.judged[rule]})
}

// ruleCube is the outcome of a rule over the box.
func (w *world) ruleCube(b box, rule int) *cube {
	axes := append(w.factAxes(b, w.reads(rule)), w.ruleAxes(b, rule)...)
	return w.newCube(axes, func(c *complete) int { return w.outcome(rule, c) })
}

// reads lists the facts that a rule mentions, in order.
func (w *world) reads(rule int) []int {
	r := w.rules[rule]
	read := make([]bool, len(w.facts))
	for _, n := range []*node{w.sets[r.set].applies, r.applies, r.pass, r.fail} {
		n.leaves(func(l *leaf) { read[l.fact] = true })
	}
	return indexes(read)
}

func indexes(marks []bool) []int {
	var all []int
	for i, mark := range marks {
		if mark {
			all = append(all, i)
		}
	}
	return all
}

func (n *node) leaves(yield func(l *leaf)) {
	if n == nil {
		return
	}
	if n.leaf != nil {
		yield(n.leaf)
	}
	for _, part := range n.parts {
		part.leaves(yield)
	}
}

// allConditions lists all conditions that count for something.
func (w *world) allConditions() []*node {
	var all []*node
	for _, r := range w.rules {
		all = append(all, w.sets[r.set].applies, r.applies, r.pass, r.fail)
	}
	for _, named := range w.conditions {
		all = append(all, named.condition)
	}
	return append(all, w.notes...)
}

// fullAxes are the axes of all that anything reads.
func (w *world) fullAxes(b box) []axis {
	read := make([]bool, len(w.facts))
	for _, n := range w.allConditions() {
		n.leaves(func(l *leaf) {
			if l.of == "fact" {
				read[l.fact] = true
			}
		})
	}
	axes := w.factAxes(b, indexes(read))
	for rule := range w.rules {
		axes = append(axes, w.ruleAxes(b, rule)...)
	}
	return append(axes, axis{"choice", 0, b.choices})
}

// whole is everything about a box that takes all rules at once.
type whole struct {
	recommendation *cube
	// tallies holds for each set the least and the most that pass and apply.
	tallies [][2][2]int
	// notes holds for each note whether it can be false and true.
	notes [][2]bool
	// rows holds for each row whether it can hold.
	rows []bool
}

func (w *world) wholeOf(b box) *whole {
	all := &whole{tallies: make([][2][2]int, len(w.sets)), notes: make([][2]bool, len(w.notes)),
		rows: make([]bool, len(w.rows))}
	first := true
	all.recommendation = w.newCube(w.fullAxes(b), func(c *complete) int {
		for rule := range w.rules {
			c.outcomes[rule] = w.outcome(rule, c)
		}
		for set := range w.sets {
			for i, tally := range []int{0, 2} {
				n, at := w.tally(set, tally, c), &all.tallies[set][i]
				if first {
					*at = [2]int{n, n}
				}
				at[0], at[1] = min(at[0], n), max(at[1], n)
			}
		}
		first = false
		for i, note := range w.notes {
			all.notes[i][truth(w.holds(note, c))] = true
		}
		row := slices.IndexFunc(w.rows, func(row worldRow) bool { return w.rowHolds(row, c) })
		all.rows[row] = true
		return w.rows[row].recommendation
	})
	return all
}

// signature is how a fact's value answers all comparisons.
func (w *world) signature(index, value int) string {
	var b strings.Builder
	for _, condition := range w.allConditions() {
		condition.leaves(func(l *leaf) {
			if l.of == "fact" && l.fact == index {
				b.WriteByte("01"[truth(l.truth[value])])
			}
		})
	}
	return b.String()
}
