package strategy

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
)

// MaxNodes is how many nodes a strategy's diagrams may have together.
const MaxNodes = 500_000

// maxComparisons is how many comparisons a strategy's conditions may have
// together. Named conditions that use each other soon have more than can be
// gone through.
const maxComparisons = 20_000

// Cells of a judgement's variable.
const (
	ByFacts = iota
	JudgedPass
	JudgedFail
)

// VariableKind says what a variable of the model stands for.
type VariableKind int

// The kinds of variables.
const (
	FactVariable VariableKind = iota
	// JudgementVariable: whether the facts or a judgement give the outcome.
	JudgementVariable
	// BorderlineVariable: what a borderline case comes to; only a judgement can
	// say.
	BorderlineVariable
	// ChoiceVariable: the open choice.
	ChoiceVariable
)

// Variable says what one variable stands for: the fact, the rule, or nothing
// more.
type Variable struct {
	Kind  VariableKind
	Index int
}

// Model is a strategy as diagrams over one space of variables.
type Model struct {
	Store     *diagram.Store
	Variables []Variable
	// Fact is the variable of each fact, -1 for one that no rule reads.
	Fact       []int
	Partitions []*fact.Partition
	// Judgement and Borderline are the variables of each rule; Borderline is -1
	// for a rule without borderline cases.
	Judgement  []int
	Borderline []int
	// Choice is the variable of the open choice, -1 where there is none.
	Choice int

	// Outcome is each rule's outcome, with results cond.Pass, cond.Fail and
	// cond.NotApplicable.
	Outcome []diagram.Ref
	// Applies is whether each rule applies.
	Applies []diagram.Ref
	// SetApplies is whether each rule set applies.
	SetApplies []diagram.Ref
	// Tally counts rules by set and cond.Tally.
	Tally [][]diagram.Ref
	// Conditions are the table's conditions.
	Conditions []diagram.Ref
	// Rows are the conditions of the table's rows.
	Rows []diagram.Ref
	// Recommendation is the table, with places among the strategy's
	// recommendations as results.
	Recommendation diagram.Ref
	// Merged is the table with the two recommendations that the open choice
	// divides as one, the better; the table itself where the choice is made.
	Merged diagram.Ref
	// Notes are the conditions of the notes.
	Notes []diagram.Ref
}

// building is the state of making a strategy's model over a frame.
type building struct {
	*Strategy
	*frame
	model *Model
	// facts, rules and choice are the strategy's places in the frame; choice is -1
	// where there is none.
	facts, rules []int
	choice       int
}

// build makes all diagrams. It fails where the strategy is too large.
func build(s *Strategy) (*building, error) {
	all, err := buildTogether(MaxNodes, s)
	if err != nil {
		return nil, err
	}
	return all[0], all[0].store.Err()
}

// buildTogether makes the diagrams of several strategies in one store, over one
// frame. That the store is full is left to be asked.
func buildTogether(most int, all ...*Strategy) ([]*building, error) {
	f := &frame{}
	buildings := make([]*building, len(all))
	for i, s := range all {
		b := &building{Strategy: s, frame: f, model: &Model{Choice: -1}}
		if b.size() > maxComparisons {
			return nil, diagram.ErrTooLarge
		}
		b.enter()
		buildings[i] = b
	}
	for _, b := range buildings {
		b.collectTests()
	}
	if err := f.cut(); err != nil {
		return nil, err
	}
	f.place(buildings)
	f.store = diagram.NewStore(diagram.NewSpace(f.cells), most)
	for _, b := range buildings {
		b.buildModel()
	}
	return buildings, nil
}

func (b *building) buildModel() {
	b.model.Store, b.model.Variables = b.store, b.variables
	b.buildRules()
	b.buildTallies()
	b.buildTable()
	for _, note := range b.Notes {
		b.model.Notes = append(b.model.Notes, note.When.Build(b.store, b.leaf))
	}
}

// conditions lists all conditions in the order in which variables are to come.
func (b *building) conditions(yield func(*cond.Condition)) {
	for _, r := range b.Rules {
		yield(b.Sets[r.Set].Applies)
		yield(r.Applies)
		yield(r.Pass)
		yield(r.Fail)
	}
	for _, named := range b.Table.Conditions {
		yield(named.Condition)
	}
	for _, note := range b.Notes {
		yield(note.When)
	}
}

// size counts comparisons up to one more than there may be, also of conditions
// that nothing uses: they are checked like others.
func (b *building) size() int {
	n := 0
	count := func(c *cond.Condition) { n += c.Size(maxComparisons + 1 - n) }
	b.conditions(count)
	for _, named := range b.Strategy.Conditions {
		count(named.Condition)
	}
	return n
}

func (b *building) buildRules() {
	s, m := b.model.Store, b.model
	for _, set := range b.Sets {
		m.SetApplies = append(m.SetApplies, b.condition(set.Applies))
	}
	for i, r := range b.Rules {
		applies := s.And(m.SetApplies[r.Set], b.condition(r.Applies))
		byFacts := s.If(b.condition(r.Pass), diagram.Always(cond.Pass), diagram.Always(cond.Fail))
		if r.Fail != nil {
			open := s.Each(m.Borderline[i], func(cell int) int { return cell })
			byFacts = s.If(b.condition(r.Pass), diagram.Always(cond.Pass),
				s.If(b.condition(r.Fail), diagram.Always(cond.Fail), open))
		}
		judged := func(cell int) diagram.Ref {
			return s.Test(m.Judgement[i], func(c int) bool { return c == cell })
		}
		outcome := s.If(judged(JudgedPass), diagram.Always(cond.Pass),
			s.If(judged(JudgedFail), diagram.Always(cond.Fail), byFacts))
		m.Applies = append(m.Applies, applies)
		m.Outcome = append(m.Outcome, s.If(applies, outcome, diagram.Always(cond.NotApplicable)))
	}
}

// condition is the diagram of a condition, true for one left out.
func (b *building) condition(c *cond.Condition) diagram.Ref {
	if c == nil {
		return diagram.True
	}
	return c.Build(b.model.Store, b.leaf)
}

func (b *building) leaf(c *cond.Comparison) diagram.Ref {
	s, m := b.model.Store, b.model
	switch c.Kind {
	case cond.OfFact:
		p := m.Partitions[c.Fact]
		test, ok := b.carry(c)
		return s.Test(m.Fact[c.Fact], func(cell int) bool { return (ok && p.Answer(test, cell)) != c.Negated })
	case cond.OfOutcome:
		return s.Map(m.Outcome[c.Rule], func(o int) int { return truth(c.Outcomes.Has(o)) })
	}
	count := m.Tally[c.Set][c.Tally]
	if c.Threshold == "" {
		return s.Map(count, func(n int) int { return truth(cond.Compare(int64(n), c.Operator, int64(c.Number))) })
	}
	from := b.choices[b.choice].From
	chosen := s.Each(m.Choice, func(cell int) int { return from + cell })
	return s.Combine(count, chosen, func(n, wanted int) int { return truth(cond.Compare(int64(n), c.Operator, int64(wanted))) })
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (b *building) buildTallies() {
	s, m := b.model.Store, b.model
	for _, set := range b.Sets {
		tallies := make([]diagram.Ref, len(cond.TallyNames()))
		for t := range tallies {
			// From the last rule to the first: the sum so far lies below.
			sum := diagram.Always(0)
			for _, rule := range slices.Backward(set.Rules) {
				sum = s.Combine(m.Outcome[rule], sum, func(o, n int) int { return n + truth(cond.Tally(t).Counts(o)) })
			}
			tallies[t] = sum
		}
		m.Tally = append(m.Tally, tallies)
	}
}

func (b *building) buildTable() {
	s, m := b.model.Store, b.model
	for _, named := range b.Table.Conditions {
		m.Conditions = append(m.Conditions, b.condition(named.Condition))
	}
	// Rows are proven disjoint and complete, so their order does not matter.
	m.Recommendation = diagram.Always(0)
	for _, row := range b.Table.Rows {
		m.Rows = append(m.Rows, b.row(row))
		m.Recommendation = s.If(m.Rows[len(m.Rows)-1], diagram.Always(row.Recommendation), m.Recommendation)
	}
	m.Merged = m.Recommendation
	if divided := b.Table.Divided; b.ChoiceOpen() && len(divided) == 2 {
		better, worse := min(divided[0], divided[1]), max(divided[0], divided[1])
		m.Merged = s.Map(m.Recommendation, func(r int) int {
			if r == worse {
				return better
			}
			return r
		})
	}
}

// row is the condition that a row of the table holds.
func (b *building) row(row Row) diagram.Ref {
	s := b.model.Store
	holds := diagram.True
	for i, cell := range row.Cells {
		switch cell {
		case 1:
			holds = s.And(holds, b.model.Conditions[i])
		case 0:
			holds = s.And(holds, s.Not(b.model.Conditions[i]))
		}
	}
	return holds
}
