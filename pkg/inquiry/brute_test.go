package inquiry_test

import (
	"fmt"
	"slices"

	"github.com/ks-no/ksdev/pkg/diagram"
)

// trial tries everything that can be done about the axes of a table.
type trial struct {
	*table
	// good says of each case whether its result is wanted.
	good []bool
	// open are the places of the cells that an axis has when nothing is done about
	// it, and options those that can be chosen.
	open, options [][]int
	// hope says that one good case is enough.
	hope bool
	// weigh is what it weighs to do something about an axis.
	weigh func(axis int) int
}

func newTrial(t *table, wanted diagram.Set, hope bool) *trial {
	tr := &trial{table: t, hope: hope, open: make([][]int, len(t.axes)), options: make([][]int, len(t.axes))}
	for _, r := range t.results {
		tr.good = append(tr.good, wanted.Has(int(r)))
	}
	return tr
}

// sets yields every set of axes about which something can be done so that the
// wanted comes of it, with its weight.
func (tr *trial) sets(yield func(axes []int, weight int)) {
	chosen := make([][]int, len(tr.axes))
	var visit func(axis int, axes []int, weight int)
	visit = func(axis int, axes []int, weight int) {
		if axis == len(tr.axes) {
			if tr.works(chosen) {
				yield(axes, weight)
			}
			return
		}
		chosen[axis] = tr.open[axis]
		visit(axis+1, axes, weight)
		for _, place := range tr.options[axis] {
			chosen[axis] = []int{place}
			visit(axis+1, append(slices.Clone(axes), axis), weight+tr.weigh(axis))
		}
	}
	visit(0, nil, 0)
}

func (tr *trial) works(chosen [][]int) bool {
	stride := make([]int, len(tr.axes))
	size := 1
	for axis := len(tr.axes) - 1; axis >= 0; axis-- {
		stride[axis] = size
		size *= len(tr.cells[axis])
	}
	var all func(axis, at int) bool
	all = func(axis, at int) bool {
		if axis == len(tr.axes) {
			return tr.good[at] != tr.hope
		}
		for _, place := range chosen[axis] {
			if !all(axis+1, at+place*stride[axis]) {
				return false
			}
		}
		return true
	}
	// With hope, it works unless no case at all is good.
	return all(0, 0) != tr.hope
}

// size is how many sets there are to try, times cases.
func (tr *trial) size() int {
	n := len(tr.results)
	for _, options := range tr.options {
		n *= len(options) + 1
	}
	return n
}

// least is the least weight, -1 where nothing works.
func (tr *trial) least() int {
	least := -1
	tr.sets(func(_ []int, weight int) {
		if least < 0 || weight < least {
			least = weight
		}
	})
	return least
}

// minimal lists the sets without a smaller one inside, as their variables, in
// order.
func (tr *trial) minimal(most int) []string {
	var all [][]int
	tr.sets(func(axes []int, _ int) {
		if len(axes) <= most {
			all = append(all, axes)
		}
	})
	var names []string
	for _, axes := range all {
		smaller := slices.ContainsFunc(all, func(other []int) bool {
			return len(other) < len(axes) && !slices.ContainsFunc(other, func(a int) bool { return !slices.Contains(axes, a) })
		})
		if smaller {
			continue
		}
		var variables []int
		for _, axis := range axes {
			variables = append(variables, tr.axes[axis])
		}
		if name := fmt.Sprint(variables); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
