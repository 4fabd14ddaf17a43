package strategy

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// frame is what the diagrams of a strategy, or of several together, are over:
// what there is to know of a case, cut into cells. What several strategies have
// under one name is one thing.
type frame struct {
	store *diagram.Store
	// facts, rules and choices are those of all strategies.
	facts   []*fact.Definition
	rules   []string
	choices []*Choice
	// tests are what conditions ask of each fact, and partitions what these cut
	// its values into.
	tests      [][]fact.Test
	partitions []*fact.Partition

	variables []Variable
	cells     []int
	// ofFact, ofJudgement, ofBorderline and ofChoice are the variables of facts,
	// rules and choices, none where there is none.
	ofFact, ofJudgement, ofBorderline, ofChoice []int
}

// none is the place of a variable that is not there.
const none = -1

// enter adds what a strategy has to the frame.
func (b *building) enter() {
	f := b.frame
	for _, d := range b.Strategy.Facts {
		b.facts = append(b.facts, f.enterFact(d))
	}
	for _, r := range b.Strategy.Rules {
		place := slices.Index(f.rules, r.ID)
		if place < 0 {
			place = len(f.rules)
			f.rules = append(f.rules, r.ID)
		}
		b.rules = append(b.rules, place)
	}
	b.choice = none
	if c := b.Strategy.Choice; c != nil {
		b.choice = f.enterChoice(c)
	}
}

func (f *frame) enterFact(d *fact.Definition) int {
	for i, other := range f.facts {
		if other.Path != d.Path {
			continue
		}
		if common, ok := other.Common(d); ok {
			f.facts[i] = common
			return i
		}
	}
	f.facts = append(f.facts, d)
	return len(f.facts) - 1
}

func (f *frame) enterChoice(c *Choice) int {
	for i, other := range f.choices {
		if from, to := max(c.From, other.From), min(c.To, other.To); c.Name == other.Name && from <= to {
			f.choices[i] = &Choice{Name: c.Name, From: from, To: to, Pos: c.Pos}
			return i
		}
	}
	f.choices = append(f.choices, c)
	return len(f.choices) - 1
}

func (b *building) collectTests() {
	f := b.frame
	f.tests = append(f.tests, make([][]fact.Test, len(f.facts)-len(f.tests))...)
	b.conditions(func(c *cond.Condition) {
		c.Comparisons(func(x *cond.Comparison) {
			if x.Definition == nil {
				return
			}
			place := b.facts[x.Fact]
			if test, ok := b.carry(x); ok && !slices.Contains(f.tests[place], test) {
				f.tests[place] = append(f.tests[place], test)
			}
		})
	})
}

// carry is what a comparison asks of a fact, as the frame has the fact; ok is
// false where no value of it that the frame knows passes.
func (b *building) carry(x *cond.Comparison) (test fact.Test, ok bool) {
	common := b.frame.facts[b.facts[x.Fact]]
	if common == x.Definition {
		return x.Test, true
	}
	return x.Definition.Carry(x.Test, common)
}

func (f *frame) cut() error {
	for i, d := range f.facts {
		p, err := d.Partition(f.tests[i], diagram.MaxCells)
		if err != nil {
			return &factError{d, err}
		}
		f.partitions = append(f.partitions, p)
	}
	return nil
}

// factError says which fact an error is about.
type factError struct {
	definition *fact.Definition
	err        error
}

func (e *factError) Error() string { return e.definition.Path + ": " + e.err.Error() }
func (e *factError) Unwrap() error { return e.err }

// place orders the variables: a fact where the first rule reads it, a rule's own
// behind its facts, and open choices last, so that a diagram has to remember
// least.
func (f *frame) place(buildings []*building) {
	f.ofFact, f.ofChoice = slices.Repeat([]int{none}, len(f.facts)), slices.Repeat([]int{none}, len(f.choices))
	f.ofJudgement, f.ofBorderline = slices.Repeat([]int{none}, len(f.rules)), slices.Repeat([]int{none}, len(f.rules))
	for _, b := range buildings {
		b.placeRules()
		b.conditions(b.placeFacts)
	}
	for i, c := range f.choices {
		f.add(f.ofChoice, ChoiceVariable, i, c.To-c.From+1)
	}
	for _, b := range buildings {
		b.takePlaces()
	}
}

// add makes a variable unless there is one already.
func (f *frame) add(variables []int, kind VariableKind, index, cells int) {
	if variables[index] == none {
		variables[index] = len(f.variables)
		f.variables = append(f.variables, Variable{kind, index})
		f.cells = append(f.cells, cells)
	}
}

func (b *building) placeRules() {
	for i, r := range b.Strategy.Rules {
		for _, c := range []*cond.Condition{b.Sets[r.Set].Applies, r.Applies, r.Pass, r.Fail} {
			b.placeFacts(c)
		}
		b.add(b.ofJudgement, JudgementVariable, b.rules[i], 3)
		if r.Fail != nil {
			b.add(b.ofBorderline, BorderlineVariable, b.rules[i], 2)
		}
	}
}

func (b *building) placeFacts(c *cond.Condition) {
	c.Comparisons(func(x *cond.Comparison) {
		if x.Definition != nil {
			place := b.facts[x.Fact]
			b.add(b.ofFact, FactVariable, place, b.partitions[place].Len())
		}
	})
}

// takePlaces tells the model where the strategy's variables stand.
func (b *building) takePlaces() {
	m := b.model
	for _, place := range b.facts {
		m.Fact = append(m.Fact, b.ofFact[place])
		m.Partitions = append(m.Partitions, b.partitions[place])
	}
	for i, r := range b.Strategy.Rules {
		m.Judgement = append(m.Judgement, b.ofJudgement[b.rules[i]])
		m.Borderline = append(m.Borderline, none)
		if r.Fail != nil {
			m.Borderline[i] = b.ofBorderline[b.rules[i]]
		}
	}
	if b.choice != none {
		m.Choice = b.ofChoice[b.choice]
	}
}

// example is a case in which the condition holds, without judgements where
// there is one.
func (f *frame) example(condition diagram.Ref) (cells []int, ok bool) {
	plain := condition
	for _, v := range f.ofJudgement {
		plain = f.store.And(plain, f.store.Test(v, func(cell int) bool { return cell == ByFacts }))
	}
	if plain != diagram.False {
		condition = plain
	}
	return f.store.Case(condition)
}

// words tells a case: only what matters to it.
func (f *frame) words(cells []int) i18n.Series { return f.describe(f.box(cells)) }

// box is the box of a case: only what matters to it is not open.
func (f *frame) box(cells []int) diagram.Box {
	space := f.store.Space()
	box := space.Full()
	for v, cell := range cells {
		if cell >= 0 {
			space.Only(box, v, cell)
		}
	}
	return box
}

// describe tells which cases a box holds: only what it leaves out.
func (f *frame) describe(box diagram.Box) i18n.Series {
	space := f.store.Space()
	var parts i18n.Series
	for v, variable := range f.variables {
		if space.Allowed(box, v) == space.Cells(v) {
			continue
		}
		var cells []int
		for cell := range space.Cells(v) {
			if space.Allows(box, v, cell) {
				cells = append(cells, cell)
			}
		}
		switch variable.Kind {
		case FactVariable:
			d := f.facts[variable.Index]
			values := f.partitions[variable.Index].Values(space.Mask(box, v))
			parts = append(parts, i18n.M("strategy.case_fact", d.Path, d.Describe(values)))
		case JudgementVariable:
			if said := judged(f.rules[variable.Index], cells); !said.IsZero() {
				parts = append(parts, said)
			}
		case BorderlineVariable:
			parts = append(parts, i18n.M("strategy.case_borderline", f.rules[variable.Index], OutcomeWord(cells[0])))
		case ChoiceVariable:
			c := f.choices[variable.Index]
			numbers := make(i18n.Alternatives, len(cells))
			for i, cell := range cells {
				numbers[i] = c.From + cell
			}
			parts = append(parts, i18n.M("strategy.case_fact", c.Name, numbers))
		}
	}
	if len(parts) == 0 {
		return i18n.Series{i18n.M("strategy.case_any")}
	}
	return parts
}

// judged says how a rule is judged; nothing where it is not.
func judged(rule string, cells []int) i18n.Message {
	switch {
	case len(cells) == 1 && cells[0] == ByFacts:
		return i18n.Message{}
	case cells[0] == ByFacts: // and one of the two others
		return i18n.M("check.case_not_judged", rule, OutcomeWord(JudgedFail-cells[1]))
	}
	outcomes := make(i18n.Alternatives, len(cells))
	for i, cell := range cells {
		outcomes[i] = OutcomeWord(cell - JudgedPass)
	}
	return i18n.M("strategy.case_judgement", rule, outcomes)
}

// OutcomeWord is the word for the outcome of a rule.
func OutcomeWord(outcome int) i18n.Message {
	return i18n.M([]string{"outcome.pass", "outcome.fail", "outcome.not_applicable"}[outcome])
}
