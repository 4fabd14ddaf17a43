package vet

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/strategy"
)

const worlds = 400

// inspected is a world as the program has it.
func (w *world) inspected(t *testing.T) (*checking, diag.List) {
	t.Helper()
	in, found := strategy.Inspect(w.files(), strategy.Options{})
	c := newChecking(in)
	if c.model == nil {
		t.Fatal(words(t, found))
	}
	return c, found
}

// cells is a case as the program has it.
func (c *checking) cells(t *testing.T, of *worldCase) []int {
	t.Helper()
	cells := make([]int, len(c.model.Variables))
	for v, variable := range c.model.Variables {
		switch i := variable.Index; variable.Kind {
		case strategy.FactVariable:
			parsed, fault := c.strategy.Facts[i].Parse(of.w.facts[i][of.values[i]])
			if fault != nil {
				t.Fatal(fault.Message)
			}
			mask := make([]uint64, 1)
			c.model.Partitions[i].Mask(parsed.Values, mask)
			cells[v] = diagram.Set(mask[0]).Least()
		case strategy.JudgementVariable:
			cells[v] = of.judged[i]
		case strategy.BorderlineVariable:
			cells[v] = of.borderline[i]
		}
	}
	return cells
}

// inside reports in how many of the boxes a case lies.
func (c *checking) inside(boxes []diagram.Box, cells []int) (n int) {
	space := c.store.Space()
	for _, box := range boxes {
		in := true
		for v, cell := range cells {
			in = in && space.Allows(box, v, cell)
		}
		if in {
			n++
		}
	}
	return n
}

// Gaps and overlaps of random tables are just the cases in which no row, or
// more than one, holds: in each in one part.
func TestGapsAndOverlapsAgreeWithEnumeration(t *testing.T) {
	gaps, overlaps := 0, 0
	for seed := range uint64(worlds) {
		w := newWorld(seed)
		c, found := w.inspected(t)
		const all = 1 << 20
		gap, _ := c.store.Boxes(c.gaps(), all)
		pairs := map[[2]int][]diagram.Box{}
		for i, first := range c.model.Rows {
			for j := range i {
				pairs[[2]int{j, i}], _ = c.store.Boxes(c.store.And(first, c.model.Rows[j]), all)
			}
		}
		w.cases(true, true, func(of *worldCase) {
			rows, cells := of.holding(), c.cells(t, of)
			if got, want := c.inside(gap, cells), len(rows) == 0; got != map[bool]int{true: 1}[want] {
				t.Fatalf("seed %d: %v is in %d parts of the gap, and %v hold", seed, cells, got, rows)
			}
			for pair, boxes := range pairs {
				want := slices.Contains(rows, pair[0]) && slices.Contains(rows, pair[1])
				if got := c.inside(boxes, cells); got != map[bool]int{true: 1}[want] {
					t.Fatalf("seed %d: %v is in %d parts of the overlap of %v, and %v hold", seed, cells, got, pair, rows)
				}
			}
		})
		has := func(code string) bool {
			return slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code() == code })
		}
		overlap := slices.ContainsFunc(slices.Collect(mapValues(pairs)), func(b []diagram.Box) bool { return len(b) > 0 })
		if has("strategy.rows_gap") != (len(gap) > 0) || has("strategy.rows_overlap") != overlap {
			t.Errorf("seed %d: %d parts of a gap, overlap %v, but found %s", seed, len(gap), overlap, words(t, found))
		}
		if len(gap) > 0 {
			gaps++
		}
		if overlap {
			overlaps++
		}
	}
	if gaps < worlds/20 || overlaps < worlds/50 {
		t.Errorf("only %d gaps and %d overlaps", gaps, overlaps)
	}
}

func mapValues[K comparable, V any](m map[K]V) func(yield func(V) bool) {
	return func(yield func(V) bool) {
		for _, v := range m {
			if !yield(v) {
				return
			}
		}
	}
}

// Warnings about rules and conditions are just those that going through all
// cases gives.
func TestWarningsAgreeWithEnumeration(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(worlds) {
		w := newWorld(seed)
		c, _ := w.inspected(t)
		c.checkRules()
		c.checkConditions()
		var got []string
		for _, f := range c.findings {
			line := f.Name() + " " + strings.Join(f.On, " ")
			if f.Name() == "redundant" {
				line += fmt.Sprintf(" %v %v", f.Message.Args[1], f.Message.Args[2])
			}
			got = append(got, line)
			seen[f.Name()]++
		}
		want := w.warnings()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: found\n%s\nby enumeration\n%s\n%s", seed, strings.Join(got, "\n"), strings.Join(want, "\n"), w.files()["rules.yaml"].Data)
		}
	}
	for _, name := range Warnings()[:slices.Index(Warnings(), "threshold_unused")] {
		if seen[name] == 0 {
			t.Errorf("no world shows %s", name)
		}
	}
}

// table is for each case of the facts whether a condition holds.
func (w *world) over(holds func(c *worldCase) bool) string {
	var b strings.Builder
	w.cases(false, false, func(c *worldCase) { fmt.Fprint(&b, map[bool]int{true: 1}[holds(c)]) })
	return b.String()
}

// warnings are those about rules and conditions, by enumeration.
func (w *world) warnings() (all []string) {
	never := w.over(func(*worldCase) bool { return false })
	say := func(line string, args ...any) { all = append(all, fmt.Sprintf(line, args...)) }
	type seen struct{ applies, passes, fails string }
	rules := make([]seen, len(w.rules))
	for i, r := range w.rules {
		fails := func(c *worldCase) bool { return !r.pass.in(c) && (r.fail == nil || r.fail.in(c)) }
		s := seen{w.over(r.applies.in), w.over(func(c *worldCase) bool { return r.applies.in(c) && r.pass.in(c) }),
			w.over(func(c *worldCase) bool { return r.applies.in(c) && fails(c) })}
		rules[i] = s
		switch {
		case s.applies == never:
			say("never_applies R%d", i)
		case s.passes == s.applies:
			say("always_passes R%d", i)
		case s.fails == s.applies:
			say("always_fails R%d", i)
		case s.passes == never:
			say("never_passes R%d", i)
		case s.fails == never:
			say("never_fails R%d", i)
		}
		context := r.applies.in
		if r.applies != nil && !strings.Contains(s.applies, "0") {
			say("always_applies R%d", i)
		} else if r.applies != nil && s.applies != never {
			all = append(all, w.redundant(fmt.Sprintf("R%d applies_when", i), r.applies, nil)...)
		}
		if s.passes != never && s.passes != s.applies {
			all = append(all, w.redundant(fmt.Sprintf("R%d pass_when", i), r.pass, context)...)
		}
		if r.fail != nil && s.fails != never && s.fails != s.applies {
			if s.fails == w.over(func(c *worldCase) bool { return r.applies.in(c) && !r.pass.in(c) }) {
				say("fail_when_unneeded R%d", i)
			} else {
				all = append(all, w.redundant(fmt.Sprintf("R%d fail_when", i), r.fail, context)...)
			}
		}
	}
	for i, a := range rules {
		for j, b := range rules {
			bothWays := i == j || a.passes == never || b.passes == b.applies || a.passes == a.applies
			if bothWays {
				continue
			}
			if a == b {
				if i < j {
					say("equivalent R%d R%d", i, j)
				}
				continue
			}
			implied := true
			for k := range a.passes {
				implied = implied && (a.passes[k] == '0' || b.passes[k] == '1')
			}
			if implied {
				say("implied R%d R%d", i, j)
			}
		}
	}
	return append(all, w.tableWarnings()...)
}

func (w *world) tableWarnings() (all []string) {
	for i, t := range w.asked {
		holds, fails := false, false
		w.cases(true, true, func(c *worldCase) {
			if t.in(c) {
				holds = true
			} else {
				fails = true
			}
		})
		switch {
		case !holds:
			all = append(all, fmt.Sprintf("never_holds t%d", i))
		case !fails:
			all = append(all, fmt.Sprintf("always_holds t%d", i))
		default:
			all = append(all, w.redundant(fmt.Sprintf("t%d conditions", i), t, nil)...)
		}
	}
	return all
}

// redundant leaves parts out one after the other, the last first, as long as
// the condition stays the same.
func (w *world) redundant(where string, of *tree, context func(*worldCase) bool) (all []string) {
	var copied func(t *tree) *tree
	copied = func(t *tree) *tree {
		other := *t
		other.parts = nil
		for _, part := range t.parts {
			other.parts = append(other.parts, copied(part))
		}
		return &other
	}
	root := copied(of)
	means := func() string {
		return w.over(func(c *worldCase) bool { return (context == nil || context(c)) && root.in(c) })
	}
	whole := means()
	var reduce func(t *tree)
	reduce = func(t *tree) {
		for i := len(t.parts) - 1; i >= 0 && len(t.parts) > 1; i-- {
			parts := t.parts
			t.parts = slices.Delete(slices.Clone(parts), i, i+1)
			if means() != whole {
				t.parts = parts
				continue
			}
			name := parts[i].text
			if parts[i].op != "" {
				name = parts[i].op + ": …"
			}
			all = append(all, "redundant "+where+" "+name)
		}
		for _, part := range t.parts {
			reduce(part)
		}
	}
	reduce(root)
	return all
}

// Shares of cases are those of going through all of them, where values that no
// rule tells apart count as one.
func TestSharesAgreeWithEnumeration(t *testing.T) {
	counted := 0
	for seed := range uint64(worlds) {
		w := newWorld(seed)
		c, found := w.inspected(t)
		if slices.ContainsFunc(found, isUnsound) {
			continue
		}
		counted++
		got := c.count()
		total, advice, alone := 0, map[string]int{}, make([]int, len(w.facts))
		known := map[string]bool{}
		w.cases(false, true, func(of *worldCase) {
			key := fmt.Sprint(c.cells(t, of))
			if known[key] {
				return
			}
			known[key] = true
			total++
			here := w.leads[of.holding()[0]]
			advice[fmt.Sprintf("r%d", here)]++
			for i, old := range of.values {
				changed := false
				for of.values[i] = range w.facts[i] {
					changed = changed || w.leads[of.holding()[0]] != here
				}
				of.values[i] = old
				if changed {
					alone[i]++
				}
			}
		})
		for _, share := range got.Recommendations {
			if !same(share.Cases, got.Cases, advice[share.Name], total) {
				t.Errorf("seed %d: %s in %v of %v cases, by enumeration in %d of %d", seed, share.Name, share.Cases, got.Cases, advice[share.Name], total)
			}
		}
		for i, n := range alone {
			at := slices.IndexFunc(got.Facts, func(s Share) bool { return s.Name == fmt.Sprintf("f.x%d", i) })
			if at < 0 && n == 0 {
				continue
			}
			if at < 0 || !same(got.Facts[at].Cases, got.Cases, n, total) {
				t.Errorf("seed %d: fact %d decides %v, by enumeration in %d of %d cases", seed, i, got.Facts, n, total)
			}
		}
	}
	if counted < worlds/4 {
		t.Errorf("only %d sound worlds", counted)
	}
}

func same(part, all *big.Int, n, total int) bool {
	return new(big.Rat).SetFrac(part, all).Cmp(big.NewRat(int64(n), int64(total))) == 0
}
