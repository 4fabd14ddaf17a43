package fact

import (
	"math/bits"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// small definitions whose domains can be enumerated.
func choicesOf(n int) *Definition {
	d := &Definition{Path: "a.b", Kind: Choices}
	for i := range n {
		d.Options = append(d.Options, Option{ID: string(rune('a' + i))})
	}
	return d
}

func numberTo(most int64) *Definition {
	return &Definition{Path: "a.n", Kind: Number, Min: 0, Max: most, Step: 1}
}

// each yields every single value of the definition's domain.
func each(d *Definition, yield func(Values)) {
	switch {
	case d.Kind == Choices:
		for set := range subsets(d.all()) {
			yield(Values{Sets: []SetRange{{set, set}}})
		}
	case d.Kind.Ordered():
		for v := d.Min; v <= d.Max; v += d.Step {
			yield(Values{Intervals: []Interval{{v, v}}})
		}
	default:
		for o := range optionBits(d.Domain().Options) {
			yield(Values{Options: o})
		}
	}
}

// answerOf is what a test says of a single value, by going through options and
// numbers one by one.
func answerOf(d *Definition, t Test, v Values) bool {
	switch {
	case len(v.Sets) > 0:
		members, asked, both := 0, 0, 0
		for i := range d.Options {
			member, is := v.Sets[0].Must>>i&1 != 0, t.Includes>>i&1 != 0
			members, asked, both = members+count(member), asked+count(is), both+count(member && is)
		}
		switch {
		case asked == 0:
			return slices.Contains(numbers(int64(t.Least), int64(t.Most)), int64(members))
		case t.Every:
			return both == asked
		}
		return both > 0
	case len(v.Intervals) > 0:
		return slices.Contains(numbers(t.Interval.Lo, t.Interval.Hi), v.Intervals[0].Lo)
	}
	return t.Options&v.Options != 0
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// numbers lists the numbers from one to another.
func numbers(from, to int64) (all []int64) {
	for n := from; n <= to; n++ {
		all = append(all, n)
	}
	return all
}

func contains(v, one Values) bool {
	for _, r := range v.Sets {
		if len(one.Sets) > 0 && r.Must&^one.Sets[0].Must == 0 && one.Sets[0].Must&^r.May == 0 {
			return true
		}
	}
	for _, i := range v.Intervals {
		if len(one.Intervals) > 0 && i.has(one.Intervals[0].Lo) {
			return true
		}
	}
	return v.Options&one.Options != 0
}

func randomTest(r *rand.Rand, d *Definition) Test {
	switch {
	case d.Kind == Choices:
		if r.IntN(4) == 0 {
			least := r.IntN(len(d.Options) + 1)
			return Test{Least: least, Most: least + r.IntN(len(d.Options)+1)}
		}
		return Test{Includes: 1 + r.Uint64N(d.all()), Every: r.IntN(2) == 0}
	case d.Kind.Ordered():
		lo := r.Int64N(d.Max+5) - 4 // tests may reach beyond what a fact can be
		return Test{Interval: Interval{lo, lo + r.Int64N(d.Max+1)}}
	}
	return Test{Options: r.Uint64N(d.all() + 1)}
}

func randomValues(r *rand.Rand, d *Definition) Values {
	switch {
	case d.Kind == Choices:
		var v Values
		for range 1 + r.IntN(3) {
			must := r.Uint64N(d.all() + 1)
			v = d.Union(v, Values{Sets: []SetRange{{must, must | r.Uint64N(d.all()+1)}}})
		}
		return v
	case d.Kind.Ordered():
		var v Values
		for range 1 + r.IntN(3) {
			lo := r.Int64N(d.Max + 1)
			v = d.Union(v, Values{Intervals: []Interval{{lo, min(d.Max, lo+r.Int64N(5))}}})
		}
		return v
	}
	return Values{Options: 1 + r.Uint64N(d.all())}
}

// Every value lies in just one cell, a cell answers as its values do, a mask
// holds just the cells of the values, and back.
func TestPartitionAgreesWithEnumeration(t *testing.T) {
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		d := []*Definition{choicesOf(1 + r.IntN(5)), numberTo(1 + r.Int64N(30)), {Kind: Choice, Options: choicesOf(4).Options}}[r.IntN(3)]
		tests := make([]Test, r.IntN(4))
		for i := range tests {
			tests[i] = randomTest(r, d)
		}
		p, err := d.Partition(tests, 1024)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		values := randomValues(r, d)
		mask := make([]uint64, (p.Len()+63)/64)
		p.Mask(values, mask)
		full := make([]uint64, len(mask))
		for i := range p.Len() {
			full[i/64] |= 1 << (i % 64)
		}
		if all := p.Values(full); !reflect.DeepEqual(all, d.Domain()) {
			t.Fatalf("seed %d: all cells together hold %v, the domain is %v", seed, all, d.Domain())
		}
		wanted := make([]uint64, len(mask))
		back := p.Values(mask)
		each(d, func(one Values) {
			single := make([]uint64, len(mask))
			p.Mask(one, single)
			cell, n := -1, 0
			for i := range p.Len() {
				if single[i/64]>>(i%64)&1 != 0 {
					cell, n = i, n+1
				}
			}
			if n != 1 {
				t.Fatalf("seed %d: %v lies in %d cells", seed, one, n)
			}
			for _, test := range tests {
				if p.Answer(test, cell) != answerOf(d, test, one) {
					t.Fatalf("seed %d: cell %d answers %v unlike its value %v", seed, cell, test, one)
				}
			}
			if contains(values, one) {
				wanted[cell/64] |= 1 << (cell % 64)
			}
			if inMask := mask[cell/64]>>(cell%64)&1 != 0; inMask != contains(back, one) {
				t.Fatalf("seed %d: %v in the mask %v, in its values %v", seed, one, inMask, back)
			}
		})
		for i := range mask {
			if mask[i] != wanted[i] {
				t.Fatalf("seed %d: mask %b of %v, by enumeration %b", seed, mask, values, wanted)
			}
		}
	}
}

func TestIntersectAgreesWithEnumeration(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 2))
		d := []*Definition{choicesOf(1 + r.IntN(5)), numberTo(30), {Kind: Choice, Options: choicesOf(4).Options}}[r.IntN(3)]
		a, b := randomValues(r, d), randomValues(r, d)
		both, ok := d.Intersect(a, b)
		any := false
		each(d, func(one Values) {
			want := contains(a, one) && contains(b, one)
			any = any || want
			if contains(both, one) != want {
				t.Fatalf("seed %d: %v in the intersection of %v and %v: %v", seed, one, a, b, !want)
			}
		})
		if ok != any {
			t.Fatalf("seed %d: intersection of %v and %v: ok %v", seed, a, b, ok)
		}
	}
}

func TestPartitionRefusesTooManyCells(t *testing.T) {
	d := choicesOf(20)
	var tests []Test
	for i := range d.Options {
		tests = append(tests, Test{Includes: 1 << i})
	}
	if _, err := d.Partition(tests, 1024); err == nil {
		t.Errorf("%d options told apart, and no error", bits.OnesCount64(d.all()))
	}
	if _, err := d.Partition(tests[:12], 1024); err == nil {
		t.Error("4,096 cells, and no error")
	}
	for _, told := range []int{10, 12} { // 12 are as many as can be told apart
		if p, err := d.Partition(tests[:told], 1<<told); err != nil || p.Len() != 1<<told {
			t.Errorf("%d options: %v", told, err)
		}
	}
	if _, err := d.Partition(tests[:13], 1<<13); err == nil {
		t.Error("13 options told apart, and no error")
	}
}

// The bits of a set are yielded one by one, the lowest first, and its subsets
// once each.
func TestBitsAndSubsets(t *testing.T) {
	for of := range uint64(1 << 6) {
		var listed, sets []uint64
		for bit := range optionBits(of) {
			listed = append(listed, bit)
		}
		for set := range subsets(of) {
			sets = append(sets, set)
		}
		var want, parts []uint64
		for bit := uint64(1); bit <= of; bit *= 2 {
			if of&bit != 0 {
				want = append(want, bit)
			}
		}
		for set := range of + 1 {
			if set&^of == 0 {
				parts = append(parts, set)
			}
		}
		if !slices.Equal(listed, want) || !slices.Equal(sets, parts) {
			t.Errorf("%b has the bits %b and the subsets %b", of, listed, sets)
		}
	}
}
