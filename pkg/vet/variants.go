package vet

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// variants builds a strategy and changed versions of it in one store, over the
// variables of the strategy's model. The cells are as fine as all of them need,
// so what is equal in meaning is the same diagram.
type variants struct {
	strategy   *strategy.Strategy
	partitions []*fact.Partition
	space      *diagram.Space
	store      *diagram.Store
	source     *source
	original   *functions
	changes    []*change
}

// functions are the diagrams of one version, as those of strategy.Model.
type functions struct {
	sets, outcome  []diagram.Ref
	tally          [][]diagram.Ref
	table, rows    []diagram.Ref
	recommendation diagram.Ref
	notes          []diagram.Ref
}

// newVariants builds the strategy, ready for its changes where these are
// wanted.
func newVariants(s *strategy.Strategy, changed bool) (*variants, error) {
	v := &variants{strategy: s, source: sourceOf(s)}
	if changed {
		v.changes = changesOf(s)
	}
	if err := v.cut(); err != nil {
		return nil, err
	}
	return v, v.renew()
}

// cut makes the cells and the space.
func (v *variants) cut() error {
	tests := make([][]fact.Test, len(v.strategy.Facts))
	collect := func(c *cond.Condition) {
		c.Comparisons(func(x *cond.Comparison) {
			if x.Definition != nil && !slices.Contains(tests[x.Fact], x.Test) {
				tests[x.Fact] = append(tests[x.Fact], x.Test)
			}
		})
	}
	v.source.conditions(collect)
	for _, ch := range v.changes {
		collect(ch.with)
	}
	v.partitions = make([]*fact.Partition, len(tests))
	for i, d := range v.strategy.Facts {
		p, err := d.Partition(tests[i], diagram.MaxCells)
		if err != nil {
			return err
		}
		v.partitions[i] = p
	}
	m := v.strategy.Model
	cells := make([]int, len(m.Variables))
	for i, variable := range m.Variables {
		cells[i] = m.Store.Space().Cells(i)
		if variable.Kind == strategy.FactVariable {
			cells[i] = v.partitions[variable.Index].Len()
		}
	}
	v.space = diagram.NewSpace(cells)
	return nil
}

// renew begins a new store with the strategy as it is.
func (v *variants) renew() error {
	v.store = diagram.NewStore(v.space, 2*strategy.MaxNodes)
	v.original = v.rules(v.source, nil)
	v.recommend(v.source, v.original)
	return v.store.Err()
}

// rules builds all but the table. What the source shares with that of the
// strategy as it is, is taken from there, where it is built.
func (v *variants) rules(o *source, known *functions) *functions {
	f := &functions{}
	for i, c := range o.sets {
		if known != nil && c == v.source.sets[i] {
			f.sets = append(f.sets, known.sets[i])
		} else {
			f.sets = append(f.sets, v.condition(c, nil))
		}
	}
	for i, r := range v.strategy.Rules {
		if known != nil && f.sets[r.Set] == known.sets[r.Set] && o.applies[i] == v.source.applies[i] && o.pass[i] == v.source.pass[i] && o.fail[i] == v.source.fail[i] {
			f.outcome = append(f.outcome, known.outcome[i])
		} else {
			f.outcome = append(f.outcome, v.outcome(i, f.sets[r.Set], o))
		}
	}
	for i, set := range v.strategy.Sets {
		if known != nil && slices.Equal(pick(f.outcome, set.Rules), pick(known.outcome, set.Rules)) {
			f.tally = append(f.tally, known.tally[i])
		} else {
			f.tally = append(f.tally, v.tallies(pick(f.outcome, set.Rules)))
		}
	}
	for i, c := range o.notes {
		if known != nil && c == v.source.notes[i] && !v.reads(c, f, known) {
			f.notes = append(f.notes, known.notes[i])
		} else {
			f.notes = append(f.notes, v.condition(c, f))
		}
	}
	return f
}

func pick(all []diagram.Ref, places []int) []diagram.Ref {
	some := make([]diagram.Ref, len(places))
	for i, place := range places {
		some[i] = all[place]
	}
	return some
}

// reads reports whether the condition asks for something of the rules that
// differs between two versions.
func (v *variants) reads(c *cond.Condition, f, known *functions) bool {
	differs := false
	c.Comparisons(func(x *cond.Comparison) {
		switch x.Kind {
		case cond.OfOutcome:
			differs = differs || f.outcome[x.Rule] != known.outcome[x.Rule]
		case cond.OfCount:
			differs = differs || f.tally[x.Set][x.Tally] != known.tally[x.Set][x.Tally]
		}
	})
	return differs
}

// outcome is a rule's outcome as strategy.Model has it.
func (v *variants) outcome(rule int, setApplies diagram.Ref, o *source) diagram.Ref {
	s, m := v.store, v.strategy.Model
	otherwise := diagram.Always(cond.Fail)
	if m.Borderline[rule] >= 0 && o.fail[rule] != nil {
		open := s.Each(m.Borderline[rule], func(cell int) int { return cell })
		otherwise = s.If(v.condition(o.fail[rule], nil), otherwise, open)
	}
	byFacts := s.If(v.condition(o.pass[rule], nil), diagram.Always(cond.Pass), otherwise)
	judged := func(cell int) diagram.Ref {
		return s.Test(m.Judgement[rule], func(c int) bool { return c == cell })
	}
	outcome := s.If(judged(strategy.JudgedPass), diagram.Always(cond.Pass), s.If(judged(strategy.JudgedFail), diagram.Always(cond.Fail), byFacts))
	return s.If(s.And(setApplies, v.condition(o.applies[rule], nil)), outcome, diagram.Always(cond.NotApplicable))
}

func (v *variants) tallies(outcomes []diagram.Ref) []diagram.Ref {
	tallies := make([]diagram.Ref, len(cond.TallyNames()))
	for t := range tallies {
		sum := diagram.Always(0)
		for _, outcome := range slices.Backward(outcomes) {
			sum = v.store.Combine(outcome, sum, func(o, n int) int { return n + truth(cond.Tally(t).Counts(o)) })
		}
		tallies[t] = sum
	}
	return tallies
}

// recommend adds the table. It reports whether anything in it differs from the
// strategy as it is.
func (v *variants) recommend(o *source, f *functions) (differs bool) {
	known := v.original
	differs = known == f
	for i, c := range o.table {
		if known != f && c == v.source.table[i] && !v.reads(c, f, known) {
			f.table = append(f.table, known.table[i])
			continue
		}
		f.table = append(f.table, v.condition(c, f))
		differs = differs || f.table[i] != known.table[i]
	}
	if !differs && &o.rows[0] == &v.source.rows[0] {
		f.rows, f.recommendation = known.rows, known.recommendation
		return false
	}
	for _, row := range o.rows {
		f.rows = append(f.rows, v.row(row, f))
	}
	f.recommendation = diagram.Always(o.rows[len(o.rows)-1].Recommendation)
	for i, row := range slices.Backward(o.rows) {
		f.recommendation = v.store.If(f.rows[i], diagram.Always(row.Recommendation), f.recommendation)
	}
	return true
}

func (v *variants) row(row strategy.Row, f *functions) diagram.Ref {
	holds := diagram.True
	for i, cell := range row.Cells {
		switch cell {
		case 1:
			holds = v.store.And(holds, f.table[i])
		case 0:
			holds = v.store.And(holds, v.store.Not(f.table[i]))
		}
	}
	return holds
}

// condition is the diagram of a condition, true for one left out. f gives what
// it may ask of rules.
func (v *variants) condition(c *cond.Condition, f *functions) diagram.Ref {
	if c == nil {
		return diagram.True
	}
	return c.Build(v.store, func(x *cond.Comparison) diagram.Ref { return v.comparison(x, f) })
}

func (v *variants) comparison(x *cond.Comparison, f *functions) diagram.Ref {
	s, m := v.store, v.strategy.Model
	switch x.Kind {
	case cond.OfFact:
		p := v.partitions[x.Fact]
		return s.Test(m.Fact[x.Fact], func(cell int) bool { return p.Answer(x.Test, cell) != x.Negated })
	case cond.OfOutcome:
		return s.Map(f.outcome[x.Rule], func(o int) int { return truth(x.Outcomes.Has(o)) })
	}
	count := f.tally[x.Set][x.Tally]
	if x.Threshold == "" {
		return s.Map(count, func(n int) int { return truth(cond.Compare(int64(n), x.Operator, int64(x.Number))) })
	}
	chosen := s.Each(m.Choice, func(cell int) int { return v.strategy.Choice.From + cell })
	return s.Combine(count, chosen, func(n, wanted int) int { return truth(cond.Compare(int64(n), x.Operator, int64(wanted))) })
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sound reports whether a strategy with these rules can be loaded: no rule
// passes and fails in one case.
func (v *variants) soundRules(o *source) bool {
	for i := range o.pass {
		if o.fail[i] == nil || o.pass[i] == v.source.pass[i] && o.fail[i] == v.source.fail[i] {
			continue
		}
		if v.store.And(v.condition(o.pass[i], nil), v.condition(o.fail[i], nil)) != diagram.False {
			return false
		}
	}
	return true
}

// soundTable reports whether a strategy with this table can be loaded: each
// case has one row, and each row a case.
func (v *variants) soundTable(f *functions) bool {
	covered := diagram.False
	for _, row := range f.rows {
		if row == diagram.False || v.store.And(covered, row) != diagram.False {
			return false
		}
		covered = v.store.Or(covered, row)
	}
	return covered == diagram.True
}
