package fact

import (
	"cmp"
	"errors"
	"math/bits"
	"slices"
	"strings"
)

// Test is a question about a fact's value with the answer yes or no. Which
// fields are in use follows from the fact's kind.
type Test struct {
	// Options asks a choice, an answer or a text: is it one of these?
	Options uint64
	// Includes asks choices: does the set hold one of these, or with Every all?
	Includes uint64
	Every    bool
	// Least and Most ask choices, where Includes is 0: is the number of members
	// from Least to Most?
	Least, Most int
	// Interval asks an ordered kind: does it lie here?
	Interval Interval
}

// ErrTooManyCells says that the tests cut a fact's domain into more parts than
// a diagram can hold.
var ErrTooManyCells = errors.New("the domain falls into too many parts")

// Partition cuts the domain of a fact into cells: values of one cell answer
// every test alike.
type Partition struct {
	definition *Definition
	cells      []cell
}

// cell is one part of a domain. Only the field of the kind is in use.
type cell struct {
	options   uint64
	intervals []Interval
	// sets lists the possible members among the options that tests mention;
	// other options are free.
	sets      []uint64
	mentioned uint64
}

// maxMentioned is how many options of one fact tests can tell apart, since
// every set of them is looked at.
const maxMentioned = 12

// Partition cuts the domain by the tests. There is always at least one cell.
func (d *Definition) Partition(tests []Test, most int) (*Partition, error) {
	p := &Partition{definition: d}
	groups := map[string]int{}
	add := func(answers string, join func(c *cell)) {
		i, ok := groups[answers]
		if !ok {
			i = len(p.cells)
			groups[answers] = i
			p.cells = append(p.cells, cell{})
		}
		join(&p.cells[i])
	}
	switch {
	case d.Kind.Ordered():
		for _, piece := range d.pieces(tests) {
			add(answers(tests, func(t Test) bool { return t.Interval.has(piece.Lo) }), func(c *cell) {
				c.intervals = d.merge(append(c.intervals, piece))
			})
		}
	case d.Kind == Choices:
		mentioned := d.mentioned(tests)
		if bits.OnesCount64(mentioned) > maxMentioned {
			return nil, ErrTooManyCells
		}
		for set := range subsets(mentioned) {
			add(answers(tests, func(t Test) bool { return t.ofSet(set) }), func(c *cell) {
				c.sets, c.mentioned = append(c.sets, set), mentioned
			})
		}
	default:
		for option := range optionBits(d.Domain().Options) {
			add(answers(tests, func(t Test) bool { return t.Options&option != 0 }), func(c *cell) { c.options |= option })
		}
	}
	if len(p.cells) > most {
		return nil, ErrTooManyCells
	}
	return p, nil
}

func answers(tests []Test, ask func(Test) bool) string {
	var b strings.Builder
	for _, t := range tests {
		if ask(t) {
			b.WriteByte('1')
		} else {
			b.WriteByte('0')
		}
	}
	return b.String()
}

// pieces cuts the ladder from Min to Max before and after every interval.
func (d *Definition) pieces(tests []Test) []Interval {
	starts := []int64{d.Min}
	for _, t := range tests {
		for _, start := range []int64{t.Interval.Lo, t.Interval.Hi + d.Step} {
			if start > d.Min && start <= d.Max {
				starts = append(starts, start)
			}
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	pieces := make([]Interval, len(starts))
	for i, start := range starts {
		end := d.Max
		if i+1 < len(starts) {
			end = starts[i+1] - d.Step
		}
		pieces[i] = Interval{start, end}
	}
	return pieces
}

// mentioned holds the options that a test can tell apart: all of them where a
// test counts.
func (d *Definition) mentioned(tests []Test) uint64 {
	var all uint64
	for _, t := range tests {
		if t.Includes == 0 {
			return d.all()
		}
		all |= t.Includes
	}
	return all
}

func (i Interval) has(v int64) bool { return i.Lo <= v && v <= i.Hi }

func (i Interval) meets(j Interval) bool { return i.Lo <= j.Hi && j.Lo <= i.Hi }

func (t Test) ofSet(set uint64) bool {
	switch {
	case t.Includes == 0:
		n := bits.OnesCount64(set)
		return t.Least <= n && n <= t.Most
	case t.Every:
		return set&t.Includes == t.Includes
	}
	return set&t.Includes != 0
}

// subsets yields every subset of the bits, the empty one first.
func subsets(of uint64) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		for set := uint64(0); ; set = (set - of) & of {
			if !yield(set) || set == of {
				return
			}
		}
	}
}

// optionBits yields the bits that are set, the lowest first.
func optionBits(of uint64) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		for ; of != 0; of &= of - 1 {
			if !yield(of & -of) {
				return
			}
		}
	}
}

// Len is the number of cells.
func (p *Partition) Len() int { return len(p.cells) }

// Answer says how the values of a cell answer one of the tests that the
// partition was cut by.
func (p *Partition) Answer(t Test, i int) bool {
	c := p.cells[i]
	switch {
	case len(c.intervals) > 0:
		return t.Interval.has(c.intervals[0].Lo)
	case len(c.sets) > 0:
		return t.ofSet(c.sets[0])
	}
	return t.Options&c.options != 0
}

// Mask sets in mask, 64 cells a word, the cells that hold one of the values.
func (p *Partition) Mask(v Values, mask []uint64) {
	clear(mask)
	for i := range p.cells {
		if p.cells[i].meets(v) {
			mask[i/64] |= 1 << (i % 64)
		}
	}
}

func (c *cell) meets(v Values) bool {
	if c.options&v.Options != 0 {
		return true
	}
	for _, a := range c.intervals {
		for _, b := range v.Intervals {
			if a.meets(b) {
				return true
			}
		}
	}
	for _, set := range c.sets {
		for _, r := range v.Sets {
			if r.Must&c.mentioned&^set == 0 && set&^r.May == 0 {
				return true
			}
		}
	}
	return false
}

// Values is the set of values in the cells of the mask.
func (p *Partition) Values(mask []uint64) Values {
	var v Values
	var sets []SetRange
	for i, c := range p.cells {
		if mask[i/64]>>(i%64)&1 == 0 {
			continue
		}
		v.Options |= c.options
		v.Intervals = append(v.Intervals, c.intervals...)
		for _, set := range c.sets {
			sets = append(sets, SetRange{set, set | p.definition.all()&^c.mentioned})
		}
	}
	v.Intervals = p.definition.merge(v.Intervals)
	v.Sets = joinRanges(sets)
	return v
}

// Intersect holds what both can be; ok is false where that is nothing. Both
// belong to the same fact.
func (d *Definition) Intersect(a, b Values) (both Values, ok bool) {
	both.Options = a.Options & b.Options
	for _, x := range a.Intervals {
		for _, y := range b.Intervals {
			if x.meets(y) {
				both.Intervals = append(both.Intervals, Interval{max(x.Lo, y.Lo), min(x.Hi, y.Hi)})
			}
		}
	}
	both.Intervals = d.merge(both.Intervals)
	for _, x := range a.Sets {
		for _, y := range b.Sets {
			if must, may := x.Must|y.Must, x.May&y.May; must&^may == 0 {
				both.Sets = append(both.Sets, SetRange{must, may})
			}
		}
	}
	both = d.Union(both, Values{})
	return both, both.Options != 0 || len(both.Intervals) > 0 || len(both.Sets) > 0
}

// joinRanges joins pairs of ranges that differ in one option alone, until no
// pair is left: the sets stay the same, in fewer and wider ranges.
func joinRanges(ranges []SetRange) []SetRange {
	for {
		joined := map[SetRange]bool{}
		used := make([]bool, len(ranges))
		for i, a := range ranges {
			for j, b := range ranges[:i] {
				free := a.May &^ a.Must
				if d := a.Must ^ b.Must; free == b.May&^b.Must && bits.OnesCount64(d) == 1 {
					joined[SetRange{a.Must &^ d, a.May | d}] = true
					used[i], used[j] = true, true
				}
			}
		}
		if len(joined) == 0 {
			return ranges
		}
		next := make([]SetRange, 0, len(joined)+len(ranges))
		for r := range joined {
			next = append(next, r)
		}
		for i, r := range ranges {
			if !used[i] && !joined[r] {
				next = append(next, r)
			}
		}
		slices.SortFunc(next, func(x, y SetRange) int {
			return cmp.Or(cmp.Compare(bits.OnesCount64(x.Must), bits.OnesCount64(y.Must)), cmp.Compare(x.Must, y.Must), cmp.Compare(x.May, y.May))
		})
		ranges = next
	}
}
