// Package assess says what a strategy says about an initiative. It takes
// loaded values and cannot fail: everything that can go wrong was a diagnostic
// when they were read.
//
// An initiative leaves, for each fact, a set of values that it can still have.
// Everything here is exact over all ways to fill in what is open: the outcomes
// and recommendations that are possible, the facts that can still change them,
// and the claims that decide them.
package assess

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Options say how to assess. The zero value assesses as documented, in full,
// as of the initiative's own date.
type Options struct {
	// AsOf replaces the initiative's date where it is not nil.
	AsOf *int64
	// Assume holds values for facts that initiatives leave open, by the fact's
	// place.
	Assume map[int]fact.Values
	// Reading is result.Documented or result.Stated, the one shown first; empty
	// for Documented.
	Reading string
	// Brief leaves out all that explains: causes, deciding claims, answers.
	Brief bool
	// Totals leaves out all but what a line of a summary needs: the
	// recommendation in the reading that is shown first, and how many rules of
	// the rule set that is counted pass.
	Totals bool
	// Claims lists what the initiative says of facts, also where Brief leaves
	// out what explains.
	Claims bool
	// Program is the program's version.
	Program string
}

// Assessor assesses initiatives under one strategy, one at a time: it is for
// one goroutine.
type Assessor struct {
	strategy *strategy.Strategy
	model    *strategy.Model
	space    *diagram.Space
	options  Options
	walker   *diagram.Walker
	// base is the box of an empty initiative.
	base diagram.Box
	// facts holds for each rule the variables of the facts that it can depend
	// on, in the strategy's order of facts, and reads all its variables.
	facts, reads [][]int
	thresholds   []result.Threshold
	// assumed holds what is assumed, encoded, by the fact's place.
	assumed map[int]*fact.Coded
	// explained holds what was found about unclear rules, by the cells that their
	// facts had.
	explained map[string]*explanation
	key       []byte

	// What follows belongs to the initiative at hand.
	initiative *initiative.Initiative
	claims     []*initiative.Claim
	said       []*said
	states     []state
	documented diagram.Box
	stated     diagram.Box
	judgements []*result.Judgement
	positions  []diag.Pos
	scratch    diagram.Box
	widened    diagram.Box
	marks      []bool
	// tries is how many more combinations of answers may be tried.
	tries int
}

// state is what became of what an initiative says of a fact.
type state struct {
	// cause is why the fact is open as documented, empty where it is not.
	cause string
	// counts says where the claim counts: documented, stated or no.
	counts  string
	assumed bool
	// contradicts says that an assumption replaces a claim without a reason.
	contradicts bool
}

// said is what an initiative says of a fact and where, as results hold it.
type said struct {
	value fact.Coded
	place result.Place
}

// New makes an assessor.
func New(s *strategy.Strategy, o Options) *Assessor {
	if o.Reading == "" {
		o.Reading = result.Documented
	}
	m := s.Model
	space := m.Store.Space()
	a := &Assessor{strategy: s, model: m, space: space, options: o, walker: diagram.NewWalker(m.Store),
		assumed: map[int]*fact.Coded{}, explained: map[string]*explanation{},
		claims: make([]*initiative.Claim, len(s.Facts)), said: make([]*said, len(s.Facts)), states: make([]state, len(s.Facts)),
		thresholds: []result.Threshold{}, judgements: make([]*result.Judgement, len(s.Rules)), positions: make([]diag.Pos, len(s.Rules)),
		marks: make([]bool, space.Variables())}
	a.base = space.Full()
	for _, v := range m.Judgement {
		space.Only(a.base, v, strategy.ByFacts)
	}
	if s.Choice != nil && s.Choice.Value != 0 {
		space.Only(a.base, m.Choice, s.Choice.Value-s.Choice.From)
	}
	a.documented, a.stated = slices.Clone(a.base), slices.Clone(a.base)
	a.scratch, a.widened = slices.Clone(a.base), slices.Clone(a.base)
	for i, values := range o.Assume {
		value := s.Facts[i].Encode(values)
		a.assumed[i] = &value
	}
	a.findFacts()
	a.findThresholds()
	return a
}

func (a *Assessor) findFacts() {
	full := a.space.Full()
	for _, outcome := range a.model.Outcome {
		a.walker.Relevant(outcome, full, a.marks)
		var facts []int
		for _, v := range a.model.Fact {
			if v >= 0 && a.marks[v] {
				facts = append(facts, v)
			}
		}
		a.facts = append(a.facts, facts)
		var reads []int
		for v, relevant := range a.marks {
			if relevant {
				reads = append(reads, v)
			}
		}
		a.reads = append(a.reads, reads)
	}
}

func (a *Assessor) findThresholds() {
	for _, t := range a.strategy.Thresholds {
		threshold := result.Threshold{Name: t.Name, Value: t.Definition.Encode(fact.Values{Intervals: []fact.Interval{{Lo: t.Value, Hi: t.Value}}}).Ranges[0].From, Given: t.Given, Used: []string{}}
		for _, r := range a.strategy.Rules {
			used := false
			for _, c := range []*cond.Condition{a.strategy.Sets[r.Set].Applies, r.Applies, r.Pass, r.Fail} {
				c.Comparisons(func(x *cond.Comparison) { used = used || x.Threshold == t.Name })
			}
			if used {
				threshold.Used = append(threshold.Used, r.ID)
			}
		}
		a.thresholds = append(a.thresholds, threshold)
	}
}

// Assess assesses one initiative, which was read under the same strategy.
func (a *Assessor) Assess(i *initiative.Initiative) *result.Assessment {
	a.initiative = i
	a.take()
	a.assume()
	a.judge()
	r := &result.Assessment{Ksdev: result.Version, Kind: "assessment", Program: a.options.Program,
		Strategy:   result.Strategy{ID: a.strategy.ID, Version: a.strategy.Version, SHA256: a.strategy.Digest},
		Thresholds: a.thresholds, Reading: a.options.Reading,
		Input:      result.Input{Path: i.File, Document: i.Document},
		Initiative: result.Initiative{ID: i.ID, Title: i.Title, Summary: i.Summary}}
	if c := a.strategy.Choice; c != nil {
		r.Choice = &result.Choice{Name: c.Name, From: c.From, To: c.To, Value: c.Value}
	}
	if day := a.date(); day != nil {
		inForce := a.strategy.InForce(*day)
		r.Date, r.InForce = fact.DayText(*day), &inForce
	}
	r.Assumptions = a.assumptions()
	for set := range a.strategy.Sets {
		r.RuleSets = append(r.RuleSets, a.ruleSet(set))
	}
	r.Recommendation = a.recommend()
	if !a.options.Totals {
		r.Notes = a.notes()
	}
	if a.lists() {
		r.Facts = a.claimed()
	}
	return r
}

// explains reports whether more than outcomes is wanted.
func (a *Assessor) explains() bool { return !a.options.Brief && !a.options.Totals }

// lists reports whether claims are wanted.
func (a *Assessor) lists() bool { return a.explains() || a.options.Claims }

// date is the day to assess as of, nil where there is none.
func (a *Assessor) date() *int64 {
	if a.options.AsOf != nil {
		return a.options.AsOf
	}
	return a.initiative.Date
}

// main is the box of the reading that is shown first.
func (a *Assessor) main() diagram.Box {
	if a.options.Reading == result.Stated {
		return a.stated
	}
	return a.documented
}

// other is the box of the other reading.
func (a *Assessor) other() diagram.Box {
	if a.options.Reading == result.Stated {
		return a.documented
	}
	return a.stated
}

// notes lists the notes that hold, and of those that may hold the ones that
// can be said with a "perhaps" and on which the initiative says something.
func (a *Assessor) notes() []result.Note {
	var notes []result.Note
	for i, note := range a.strategy.Notes {
		switch a.walker.Possible(a.model.Notes[i], a.main()) {
		case diagram.SetOf(1):
			notes = append(notes, result.Note{ID: note.ID})
		case diagram.SetOf(0, 1):
			if !note.Certain && a.narrowed(note.When) {
				notes = append(notes, result.Note{ID: note.ID, Perhaps: true})
			}
		}
	}
	return notes
}

// narrowed reports whether the initiative says something of a fact that the
// condition reads.
func (a *Assessor) narrowed(c *cond.Condition) bool {
	narrowed := false
	c.Comparisons(func(x *cond.Comparison) {
		if x.Definition != nil {
			v := a.model.Fact[x.Fact]
			narrowed = narrowed || a.space.Allowed(a.main(), v) < a.space.Cells(v)
		}
	})
	return narrowed
}
