package vet

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// complete is a complete case: a cell for every variable.
type complete []int

// statement is what a version of a strategy says of a complete case, worked out one
// condition after the other and without diagrams. A rule both passes and fails
// where its conditions overlap.
type statement struct {
	outcomes []int
	overlap  bool
	rows     []int
	notes    []bool
}

func (v *variants) says(o *source, w complete) statement {
	s, m := v.strategy, v.strategy.Model
	var got statement
	counts := func(x *cond.Comparison) int {
		n := 0
		for _, rule := range s.Sets[x.Set].Rules {
			n += truth(x.Tally.Counts(got.outcomes[rule]))
		}
		return n
	}
	var holds func(c *cond.Condition) bool
	holds = func(c *cond.Condition) bool {
		n := 0
		if c != nil {
			for _, part := range c.Parts {
				n += truth(holds(part))
			}
		}
		switch {
		case c == nil:
			return true
		case c.Kind == cond.All:
			return n == len(c.Parts)
		case c.Kind == cond.Any:
			return n > 0
		case c.Kind == cond.None:
			return n == 0
		case c.Kind == cond.AtLeast:
			return n >= c.Least
		}
		switch x := c.Comparison; {
		case x.Kind == cond.OfFact:
			return v.partitions[x.Fact].Answer(x.Test, w[m.Fact[x.Fact]]) != x.Negated
		case x.Kind == cond.OfOutcome:
			return x.Outcomes.Has(got.outcomes[x.Rule])
		case x.Threshold != "":
			return cond.Compare(int64(counts(x)), x.Operator, int64(s.Choice.From+w[m.Choice]))
		default:
			return cond.Compare(int64(counts(x)), x.Operator, int64(x.Number))
		}
	}
	for i, r := range s.Rules {
		pass, outcome := holds(o.pass[i]), cond.Fail
		fail := o.fail[i] == nil || holds(o.fail[i])
		got.overlap = got.overlap || o.fail[i] != nil && pass && fail
		switch judged := w[m.Judgement[i]]; {
		case !holds(o.sets[r.Set]) || !holds(o.applies[i]):
			outcome = cond.NotApplicable
		case judged != strategy.ByFacts:
			outcome = judged - strategy.JudgedPass
		case pass:
			outcome = cond.Pass
		case !fail:
			outcome = w[m.Borderline[i]]
		}
		got.outcomes = append(got.outcomes, outcome)
	}
	for i, row := range o.rows {
		fits := true
		for j, cell := range row.Cells {
			fits = fits && (cell < 0 || holds(o.table[j]) == (cell == 1))
		}
		if fits {
			got.rows = append(got.rows, i)
		}
	}
	for _, note := range o.notes {
		got.notes = append(got.notes, holds(note))
	}
	return got
}

// same reports whether two versions say the same of a case, for which both have
// one row.
func (got statement) same(o *source, other statement, p *source) bool {
	return slices.Equal(got.outcomes, other.outcomes) && slices.Equal(got.notes, other.notes) &&
		len(got.rows) == 1 && len(other.rows) == 1 && o.rows[got.rows[0]].Recommendation == p.rows[other.rows[0]].Recommendation
}

// completeCases are all complete cases where there are few, else some of them.
func (v *variants) completeCases(most int) []complete {
	all := 1
	for i := range v.space.Variables() {
		all = min(all*v.space.Cells(i), most+1)
	}
	var completeCases []complete
	w := make(complete, v.space.Variables())
	var each func(i int)
	each = func(i int) {
		if i == len(w) {
			completeCases = append(completeCases, slices.Clone(w))
			return
		}
		for w[i] = range v.space.Cells(i) {
			each(i + 1)
		}
	}
	if all <= most {
		each(0)
		return completeCases
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range most {
		for i := range w {
			w[i] = random.IntN(v.space.Cells(i))
		}
		completeCases = append(completeCases, slices.Clone(w))
	}
	return completeCases
}

// witness is a case in which two functions differ.
func (v *variants) witness(a, b diagram.Ref) complete {
	cells, _ := v.store.Case(v.store.Combine(a, b, func(x, y int) int { return truth(x != y) }))
	for i := range cells {
		cells[i] = max(cells[i], 0)
	}
	return cells
}

// What is said to change nothing changes no complete case; what is said to be
// noticed, or not to be, changes one that can be shown; and what is refused
// cannot be loaded: a rule passes and fails at once, a case has no row or two,
// or a row no case.
func TestChangesAreWhatTheyAreSaidToBe(t *testing.T) {
	for name, folder := range folders(t) {
		t.Run(name, func(t *testing.T) {
			most := 2000
			if name == "shipped" {
				most = 60
			}
			s, found := strategy.Load(folder, strategy.Options{})
			if s == nil {
				t.Fatal(words(t, found))
			}
			v, err := newVariants(s, true)
			if err != nil {
				t.Fatal(err)
			}
			completeCases := v.completeCases(most)
			m := &mutating{variants: v}
			counts := map[string]int{}
			for _, ch := range v.changes {
				mutant := &Mutant{change: ch}
				if err := m.decide(mutant); err != nil {
					t.Fatal(err)
				}
				counts[mutant.Status]++
				v.proveStatus(t, mutant, completeCases, len(completeCases) < most)
			}
			t.Logf("%d cases, %v", len(completeCases), counts)
		})
	}
}

// proveStatus checks what became of a change on cases; all says that they are
// all that there are.
func (v *variants) proveStatus(t *testing.T, mutant *Mutant, completeCases []complete, all bool) {
	t.Helper()
	ch := mutant.change
	o := ch.of(v.source)
	fail := func(why string, w complete) {
		t.Errorf("%s: %s: %q to %q: %s in %v", ch.pos, mutant.Status, ch.from, ch.to, why, w)
	}
	rows := make([]bool, len(o.rows))
	faulty := false
	for _, w := range completeCases {
		now, before := v.says(o, w), v.says(v.source, w)
		if mutant.Status == Equivalent && !now.same(o, before, v.source) {
			fail("differs", w)
		}
		if (now.overlap || len(now.rows) != 1) && mutant.Status != Refused {
			fail("has a fault", w)
		}
		faulty = faulty || now.overlap || len(now.rows) != 1
		for _, row := range now.rows {
			rows[row] = true
		}
	}
	if mutant.Status == Refused && all && !faulty && !slices.Contains(rows, false) {
		fail("has no fault", nil)
	}
	if mutant.Status != Unnoticed {
		return
	}
	f := v.rules(o, v.original)
	v.recommend(o, f)
	pairs := [][2]diagram.Ref{{f.recommendation, v.original.recommendation}}
	for i := range f.outcome {
		pairs = append(pairs, [2]diagram.Ref{f.outcome[i], v.original.outcome[i]})
	}
	for i := range f.notes {
		pairs = append(pairs, [2]diagram.Ref{f.notes[i], v.original.notes[i]})
	}
	for _, pair := range pairs {
		if pair[0] == pair[1] {
			continue
		}
		if w := v.witness(pair[0], pair[1]); v.says(o, w).same(o, v.says(v.source, w), v.source) {
			fail("does not differ", w)
		}
	}
}

// Over the same cells, the diagrams that changes start from are those of the
// strategy's own model.
func TestUnchangedIsTheModel(t *testing.T) {
	for name, folder := range folders(t) {
		t.Run(name, func(t *testing.T) {
			s, found := strategy.Load(folder, strategy.Options{})
			if s == nil {
				t.Fatal(words(t, found))
			}
			v, err := newVariants(s, false)
			if err != nil {
				t.Fatal(err)
			}
			same := func(what string, of, model []diagram.Ref) {
				for i := range of {
					if !isomorphic(v.store, of[i], s.Model.Store, model[i], map[[2]diagram.Ref]bool{}) {
						t.Errorf("%s %d is another", what, i)
					}
				}
			}
			f := v.original
			same("set", f.sets, s.Model.SetApplies)
			same("outcome", f.outcome, s.Model.Outcome)
			same("condition", f.table, s.Model.Conditions)
			same("row", f.rows, s.Model.Rows)
			same("note", f.notes, s.Model.Notes)
			same("table", []diagram.Ref{f.recommendation}, []diagram.Ref{s.Model.Recommendation})
		})
	}
}

// isomorphic reports whether functions of two stores over one space are equal.
func isomorphic(a *diagram.Store, f diagram.Ref, b *diagram.Store, g diagram.Ref, known map[[2]diagram.Ref]bool) bool {
	if f.Constant() || g.Constant() {
		return f == g
	}
	if known[[2]diagram.Ref{f, g}] {
		return true
	}
	known[[2]diagram.Ref{f, g}] = true
	if a.Variable(f) != b.Variable(g) || len(a.Kids(f)) != len(b.Kids(g)) {
		return false
	}
	for i := range a.Kids(f) {
		if !isomorphic(a, a.Kids(f)[i], b, b.Kids(g)[i], known) {
			return false
		}
	}
	return true
}
