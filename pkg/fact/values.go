package fact

import (
	"cmp"
	"slices"
)

// Bits of Values.Options for answers.
const (
	Yes uint64 = 1 << iota
	No
)

// Bits of Values.Options for texts: one is given, or it is said that there is
// none.
const (
	Given uint64 = 1 << iota
	None
)

// Interval holds the values from Lo to Hi, both included.
type Interval struct{ Lo, Hi int64 }

// SetRange holds every set of options that contains Must and lies in May.
type SetRange struct{ Must, May uint64 }

// Values is the set of values that a fact can still have. It is never empty.
// Which field is in use follows from the fact's kind.
type Values struct {
	// Options holds a choice's possible options as bits in the order of
	// Definition.Options; of an answer Yes and No; of a text Given and None.
	Options uint64
	// Sets holds the possible sets of choices: the union of the ranges.
	Sets []SetRange
	// Intervals holds what an ordered fact can be: sorted, disjoint, and cut to
	// the steps and bounds of the definition.
	Intervals []Interval
}

// Domain is every value that the fact can have.
func (d *Definition) Domain() Values {
	switch d.Kind {
	case Answer, Text:
		return Values{Options: 3}
	case Choice:
		return Values{Options: d.all()}
	case Choices:
		return Values{Sets: []SetRange{{0, d.all()}}}
	}
	return Values{Intervals: []Interval{{d.Min, d.Max}}}
}

// Known reports whether just one value is left.
func (v Values) Known() bool {
	switch {
	case len(v.Intervals) > 0:
		return len(v.Intervals) == 1 && v.Intervals[0].Lo == v.Intervals[0].Hi
	case len(v.Sets) > 0:
		return len(v.Sets) == 1 && v.Sets[0].Must == v.Sets[0].May
	}
	return v.Options != 0 && v.Options&(v.Options-1) == 0
}

// Union holds what either can be. Both belong to the same fact.
func (d *Definition) Union(a, b Values) Values {
	u := Values{Options: a.Options | b.Options}
	for _, s := range slices.Concat(a.Sets, b.Sets) {
		if !slices.Contains(u.Sets, s) {
			u.Sets = append(u.Sets, s)
		}
	}
	slices.SortFunc(u.Sets, func(x, y SetRange) int {
		return cmp.Or(cmp.Compare(x.Must, y.Must), cmp.Compare(x.May, y.May))
	})
	u.Intervals = d.merge(slices.Concat(a.Intervals, b.Intervals))
	return u
}

// merge sorts intervals and joins those that overlap or touch.
func (d *Definition) merge(intervals []Interval) []Interval {
	slices.SortFunc(intervals, func(x, y Interval) int { return cmp.Compare(x.Lo, y.Lo) })
	merged := intervals[:0]
	for _, i := range intervals {
		last := len(merged) - 1
		if last >= 0 && i.Lo <= merged[last].Hi+d.Step {
			merged[last].Hi = max(merged[last].Hi, i.Hi)
			continue
		}
		merged = append(merged, i)
	}
	return merged
}
