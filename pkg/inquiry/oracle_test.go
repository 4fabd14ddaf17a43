package inquiry_test

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// table is a function by all its results: one for each case of the axes, which
// are variables of the model with the cells that they can have, the last
// changing fastest. It is what the tests know of diagrams: that a model says
// the right thing of a complete case, which package assess tests.
type table struct {
	axes    []int
	cells   [][]int
	results []byte
}

// tableOf goes through all cases of a box.
func tableOf(s *strategy.Strategy, f diagram.Ref, box diagram.Box) *table {
	space, walker := s.Model.Store.Space(), diagram.NewWalker(s.Model.Store)
	t := &table{}
	for v := range space.Variables() {
		var cells []int
		for cell := range space.Cells(v) {
			if space.Allows(box, v, cell) {
				cells = append(cells, cell)
			}
		}
		if len(cells) > 1 {
			t.axes, t.cells = append(t.axes, v), append(t.cells, cells)
		}
	}
	marks := make([]bool, space.Variables())
	walker.Relevant(f, space.Full(), marks)
	for i := len(t.axes) - 1; i >= 0; i-- { // of the others no case depends
		if !marks[t.axes[i]] {
			t.axes, t.cells = slices.Delete(t.axes, i, i+1), slices.Delete(t.cells, i, i+1)
		}
	}
	at := slices.Clone(box)
	var fill func(i int)
	fill = func(i int) {
		if i == len(t.axes) {
			t.results = append(t.results, byte(walker.Possible(f, at).Least()))
			return
		}
		for _, cell := range t.cells[i] {
			space.Only(at, t.axes[i], cell)
			fill(i + 1)
		}
	}
	fill(0)
	return t.reduced()
}

// fixed is the table for one cell, by its place, of an axis.
func (t *table) fixed(axis, place int) *table {
	f := &table{axes: slices.Delete(slices.Clone(t.axes), axis, axis+1), cells: slices.Delete(slices.Clone(t.cells), axis, axis+1)}
	block := 1
	for _, cells := range t.cells[axis+1:] {
		block *= len(cells)
	}
	n := len(t.cells[axis])
	for i, r := range t.results {
		if i/block%n == place {
			f.results = append(f.results, r)
		}
	}
	return f
}

// reduced leaves out the axes along which nothing ever changes.
func (t *table) reduced() *table {
	for axis := range t.axes {
		first := t.fixed(axis, 0)
		same := true
		for place := range t.cells[axis] {
			same = same && string(t.fixed(axis, place).results) == string(first.results)
		}
		if same {
			return first.reduced()
		}
	}
	return t
}

func (t *table) key() string { return fmt.Sprint(t.axes, t.results) }

// classes are the different tables that answers along an axis leave.
func (t *table) classes(axis int) []*table {
	var all []*table
	seen := map[string]bool{}
	for place := range t.cells[axis] {
		left := t.fixed(axis, place)
		if key := string(left.results); !seen[key] {
			seen[key] = true
			all = append(all, left.reduced())
		}
	}
	return all
}

// oracle finds by definition what package inquiry finds.
type oracle struct {
	strategy *strategy.Strategy
	taken    *assess.Taken
	// before says for each borderline variable which variables decide whether the
	// case is borderline.
	before map[int][]int
	known  map[string]*big.Rat
}

func oracleOf(s *strategy.Strategy, t *assess.Taken) *oracle {
	o := &oracle{s, t, map[int][]int{}, map[string]*big.Rat{}}
	for rule, v := range s.Model.Borderline {
		if v < 0 {
			continue
		}
		whole := tableOf(s, s.Model.Outcome[rule], t.Box)
		if at := slices.Index(whole.axes, v); at >= 0 {
			passes, fails := whole.fixed(at, 0), whole.fixed(at, 1)
			for i := range passes.results {
				passes.results[i] = byte(min(1, int(passes.results[i])^int(fails.results[i])))
			}
			o.before[v] = passes.reduced().axes
		}
	}
	return o
}

func (o *oracle) never(v int) bool {
	variable := o.strategy.Model.Variables[v]
	if variable.Kind == strategy.ChoiceVariable {
		return true
	}
	cause := o.taken.Facts[min(variable.Index, len(o.taken.Facts)-1)].Cause
	return variable.Kind == strategy.FactVariable && (cause == result.SaidUnknown || cause == result.KnownLater)
}

// askable lists the axes that may be asked.
func (o *oracle) askable(t *table) []int {
	var all []int
	for axis, v := range t.axes {
		waits := slices.ContainsFunc(t.axes, func(other int) bool { return slices.Contains(o.before[v], other) })
		if !waits && !o.never(v) {
			all = append(all, axis)
		}
	}
	return all
}

func (o *oracle) cost(v int) int64 {
	variable := o.strategy.Model.Variables[v]
	switch variable.Kind {
	case strategy.FactVariable:
		return map[fact.Level]int64{fact.Low: 1, fact.Medium: 3, fact.High: 9}[o.strategy.Facts[variable.Index].Effort]
	case strategy.BorderlineVariable:
		return 9
	}
	return 1
}

// least is the least expected cost of settling the table, by trying all
// orders.
func (o *oracle) least(t *table) *big.Rat {
	if known := o.known[t.key()]; known != nil {
		return known
	}
	var least *big.Rat
	for _, axis := range o.askable(t) {
		classes := t.classes(axis)
		sum := new(big.Rat)
		for _, left := range classes {
			sum.Add(sum, o.least(left))
		}
		sum.Quo(sum, big.NewRat(int64(len(classes)), 1))
		sum.Add(sum, big.NewRat(o.cost(t.axes[axis]), 1))
		if least == nil || sum.Cmp(least) < 0 {
			least = sum
		}
	}
	if least == nil {
		least = new(big.Rat)
	}
	o.known[t.key()] = least
	return least
}

// variable is that of a question's subject.
func variableOf(s *strategy.Strategy, fact, rule int, kind int) int {
	switch kind {
	case 1, 2:
		return s.Model.Fact[fact]
	case 3:
		return s.Model.Borderline[rule]
	}
	return s.Model.Judgement[rule]
}
