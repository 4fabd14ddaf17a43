package assess

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

func (a *Assessor) ruleSet(set int) result.RuleSet {
	s := a.strategy.Sets[set]
	if a.options.Totals && set != a.strategy.Compare.Count {
		return result.RuleSet{ID: s.ID, Role: s.Role.String()}
	}
	box := a.main()
	r := result.RuleSet{ID: s.ID, Role: s.Role.String(),
		Passed:     count(a.walker.Possible(a.model.Tally[set][cond.Passed], box)),
		Applicable: count(a.walker.Possible(a.model.Tally[set][cond.Applicable], box)),
		Applies:    [...]string{1: "no", 2: "yes", 3: "unclear"}[a.walker.Possible(a.model.SetApplies[set], box)]}
	if a.options.Totals {
		return r
	}
	r.Rules = make([]result.Rule, 0, len(s.Rules))
	for _, rule := range s.Rules {
		one := a.rule(rule)
		if one.Outcome == result.Unclear {
			r.Unclear++
		}
		r.Rules = append(r.Rules, one)
	}
	return r
}

func count(s diagram.Set) result.Count { return result.Count{Least: s.Least(), Most: s.Most()} }

func (a *Assessor) rule(rule int) result.Rule {
	f, box := a.model.Outcome[rule], a.main()
	possible := a.walker.Possible(f, box)
	r := result.Rule{ID: a.strategy.Rules[rule].ID, Judgement: a.judgements[rule]}
	r.Outcome, r.Possible = outcomeOf(possible)
	if other := a.walker.Possible(f, a.other()); other != possible {
		r.Other = &result.Other{}
		r.Other.Outcome, r.Other.Possible = outcomeOf(other)
	}
	switch {
	case !a.explains():
	case possible.Len() == 1:
		r.DecidedBy = a.decidedBy(rule, box, possible)
	default:
		why := a.explain(rule, box, possible)
		r.Causes, r.ToPass, r.ToFail = a.causes(why.open), why.toPass, why.toFail
	}
	return r
}

func outcomeOf(possible diagram.Set) (outcome string, names []string) {
	names = make([]string, 0, possible.Len())
	for o, name := range cond.OutcomeNames() {
		if possible.Has(o) {
			names = append(names, name)
		}
	}
	if len(names) == 1 {
		return names[0], names
	}
	return result.Unclear, names
}

func (a *Assessor) recommend() result.Recommendation {
	m, box := a.model, a.main()
	r := result.Recommendation{}
	first, second := &r.Documented, &r.Stated
	if a.options.Reading == result.Stated {
		first, second = second, first
	}
	possible := a.walker.Possible(m.Recommendation, box)
	*first = a.advice(possible, box)
	if a.options.Totals {
		return r
	}
	other := a.walker.Possible(m.Recommendation, a.other())
	*second = a.advice(other, a.other())
	if a.options.Brief {
		return r
	}
	if other != possible {
		r.RestsOn = a.restsOn()
	}
	switch {
	case possible.Len() == 1:
		r.Rows = a.rows(possible.Least(), box)
		r.DecidedBy = a.irreducible(m.Recommendation, box, possible, a.weakestLast(box))
	case a.strategy.ChoiceDivides(possible):
		r.DecidedBy = a.irreducible(m.Recommendation, box, possible, a.weakestLast(box))
		r.Causes = slices.DeleteFunc(a.causes(a.relevant(m.Recommendation, box)), func(c result.Cause) bool { return c.Kind == result.OpenChoice })
	default:
		r.Causes = a.causes(a.relevant(m.Merged, box))
	}
	r.NotNeeded = a.openFacts(box)
	for _, c := range r.Causes {
		if c.Fact != "" {
			r.NotNeeded--
		}
	}
	return r
}

// rows lists the rows that lead to the recommendation and are possible.
func (a *Assessor) rows(recommendation int, box diagram.Box) []string {
	var ids []string
	for i, row := range a.strategy.Table.Rows {
		if row.Recommendation == recommendation && a.walker.Possible(a.model.Rows[i], box).Has(1) {
			ids = append(ids, row.ID)
		}
	}
	return ids
}

// openFacts is how many facts that rules read are open in the box.
func (a *Assessor) openFacts(box diagram.Box) int {
	n := 0
	for _, v := range a.model.Fact {
		if v >= 0 && a.space.Allowed(box, v) > 1 {
			n++
		}
	}
	return n
}

// weakestLast lists all that was said, in the order of the file, but claims
// that no reason or source supports after the others: they are left out first.
func (a *Assessor) weakestLast(box diagram.Box) []candidate {
	variables := slices.Concat(a.model.Fact, a.model.Judgement, []int{a.model.Choice})
	variables = slices.DeleteFunc(variables, func(v int) bool { return v < 0 })
	var strong, weak []candidate
	for _, c := range a.candidates(variables, box) {
		if a.isWeak(c) {
			weak = append(weak, c)
		} else {
			strong = append(strong, c)
		}
	}
	return append(strong, weak...)
}

func (a *Assessor) isWeak(c candidate) bool {
	if c.ground.Fact == "" {
		return false
	}
	claim := a.claims[a.model.Variables[c.variable].Index]
	return claim.Source == "" && !claim.Grounded()
}

func (a *Assessor) advice(possible diagram.Set, box diagram.Box) result.Advice {
	s := a.strategy
	advice := result.Advice{Possible: []string{}, RuledOut: []string{}}
	for i, id := range s.Recommendations {
		if possible.Has(i) {
			advice.Possible = append(advice.Possible, id)
		} else {
			advice.RuledOut = append(advice.RuledOut, id)
		}
	}
	switch {
	case possible.Len() == 1:
		advice.Status, advice.ID = result.Settled, s.Recommendations[possible.Least()]
	case s.ChoiceDivides(possible):
		advice.Status, advice.ID = result.CandidateStatus, strategy.Candidate
		advice.ByChoice = a.byChoice(possible, box)
	default:
		advice.Status, advice.ID = result.ClarifyFirst, strategy.Clarify
	}
	return advice
}

// byChoice goes through the values of the open choice.
func (a *Assessor) byChoice(possible diagram.Set, box diagram.Box) *result.ByChoice {
	var parts result.ByChoice
	c, better := a.strategy.Choice, possible.Least()
	copy(a.scratch, box)
	for value := c.From; value <= c.To; value++ {
		a.space.Only(a.scratch, a.model.Choice, value-c.From)
		part := &parts.Depends
		switch left := a.walker.Possible(a.model.Recommendation, a.scratch); {
		case left == diagram.SetOf(better):
			part = &parts.Certain
		case !left.Has(better):
			part = &parts.Never
		}
		if last := len(*part) - 1; last >= 0 && (*part)[last].Most == value-1 {
			(*part)[last].Most = value
		} else {
			*part = append(*part, result.Count{Least: value, Most: value})
		}
	}
	return &parts
}

// restsOn lists claims without the grounds that they require: those that it
// takes to get from what is possible as documented to what is possible as
// stated, and none that could be left out.
func (a *Assessor) restsOn() []result.Ground {
	f := a.model.Recommendation
	stated := a.walker.Possible(f, a.stated)
	var all []candidate
	for i, v := range a.model.Fact {
		if v >= 0 && a.states[i].counts == result.Stated && !a.states[i].contradicts {
			all = append(all, candidate{v, a.claimGround(i)})
		}
	}
	slices.SortStableFunc(all, inFile)
	copy(a.widened, a.stated)
	var grounds []result.Ground
	for _, c := range all {
		a.copyVariable(a.widened, a.documented, c.variable)
		if !a.walker.Only(f, a.widened, stated) {
			a.copyVariable(a.widened, a.stated, c.variable)
			grounds = append(grounds, c.ground)
		}
	}
	return grounds
}
