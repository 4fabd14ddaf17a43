package fact

import (
	"math/rand/v2"
	"testing"
)

// Two definitions of a fact share the values that are values under both, and a
// test asks of these what it asked before.
func TestCommonAgreesWithEnumeration(t *testing.T) {
	shared := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 3))
		a, b := someDefinition(r), someDefinition(r)
		common, ok := a.Common(b)
		var both []any
		for _, v := range valuesOf(a) {
			if a.Kind == b.Kind && b.has(v) {
				both = append(both, v)
			}
		}
		if !ok {
			// Ladders that only meet here and there are taken for two facts.
			if len(both) > 0 && !a.Kind.Ordered() && a.Kind != Choices {
				t.Fatalf("seed %d: %v are in both", seed, both)
			}
			continue
		}
		shared++
		if got := valuesOf(common); len(got) != len(both) {
			t.Fatalf("seed %d: %v in common, expected %v", seed, got, both)
		}
		for range 5 {
			test := someTest(r, a)
			carried, possible := a.Carry(test, common)
			for _, v := range both {
				if got, want := possible && common.passes(carried, v), a.passes(test, v); got != want {
					t.Fatalf("seed %d: %v passes %+v: %t, but %+v: %t", seed, v, test, want, carried, got)
				}
			}
			if p, err := common.Partition([]Test{carried}, 9); possible && (err != nil || p.Len() > 2) {
				t.Fatalf("seed %d: %v cuts %+v into more than two", seed, carried, common)
			}
		}
	}
	if shared < 300 {
		t.Errorf("only %d definitions have something in common", shared)
	}
}

func someDefinition(r *rand.Rand) *Definition {
	d := &Definition{Path: "f.x", Kind: []Kind{Answer, Choice, Choices, Number, Text}[r.IntN(5)]}
	switch {
	case d.Kind.Ordered():
		d.Step = []int64{1, 2, 3}[r.IntN(3)]
		d.Min = int64(r.IntN(6)) - 3
		d.Max = d.Min + d.Step*int64(r.IntN(8))
	case d.Kind == Choice || d.Kind == Choices:
		for _, i := range r.Perm(4)[:1+r.IntN(4)] {
			d.Options = append(d.Options, Option{ID: string(rune('a' + i))})
		}
	}
	return d
}

// valuesOf lists the values of a fact: numbers, or names; of a set one string of
// the members in the order of the alphabet.
func valuesOf(d *Definition) (all []any) {
	switch {
	case d.Kind.Ordered():
		for v := d.Min; v <= d.Max; v += d.Step {
			all = append(all, v)
		}
	case d.Kind == Choices:
		for set := range 1 << len(d.Options) {
			name := ""
			for _, id := range []string{"a", "b", "c", "d"} {
				if i := d.Option(id); i >= 0 && set>>i&1 != 0 {
					name += id
				}
			}
			all = append(all, name)
		}
	default:
		for _, id := range d.OptionIDs() {
			all = append(all, id)
		}
	}
	return all
}

func (d *Definition) has(v any) bool {
	for _, w := range valuesOf(d) {
		if v == w {
			return true
		}
	}
	return false
}

func someTest(r *rand.Rand, d *Definition) Test {
	some := func() uint64 { return 1 + uint64(r.IntN(1<<len(d.OptionIDs())-1)) }
	switch {
	case d.Kind.Ordered():
		lo := d.Min + d.Step*int64(r.IntN(8))
		return Test{Interval: Interval{lo, lo + d.Step*int64(r.IntN(8))}}
	case d.Kind == Choices && r.IntN(2) == 0:
		least := r.IntN(5)
		return Test{Least: least, Most: least + r.IntN(3)}
	case d.Kind == Choices:
		return Test{Includes: some(), Every: r.IntN(2) == 0}
	}
	return Test{Options: some()}
}

// passes asks a test of one value.
func (d *Definition) passes(t Test, v any) bool {
	switch v := v.(type) {
	case int64:
		return t.Interval.Lo <= v && v <= t.Interval.Hi
	case string:
		if d.Kind != Choices {
			for i, id := range d.OptionIDs() {
				if id == v {
					return t.Options>>i&1 != 0
				}
			}
			return false
		}
		var set uint64
		for _, member := range v {
			set |= 1 << d.Option(string(member))
		}
		return t.ofSet(set)
	}
	return false
}
