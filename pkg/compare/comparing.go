package compare

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Options say what a comparison is to find out besides ranks. The zero value
// asks for nothing more.
type Options struct {
	// Places is how many initiatives there is room for; 0 where that was not
	// asked.
	Places int
	// Limits are capacities with how much there is of them.
	Limits []Limit
}

// Limit is how much there is of one of the strategy's capacities.
type Limit struct {
	// Capacity is its place among the strategy's capacities.
	Capacity int
	// Amount is in the steps of the capacity's fact.
	Amount int64
}

// Comparing takes in assessments under one strategy, one after the other in any
// order, and keeps little of each.
type Comparing struct {
	strategy   *strategy.Strategy
	options    Options
	head       *result.Assessment
	candidates []*candidate
	ids        map[string]result.Input
	unread     []result.Input
	// shared holds texts that many initiatives have in common.
	shared map[string][]string
}

// candidate is what is kept of an assessment.
type candidate struct {
	result.Compared
	// sure and perhaps are the criteria that are certainly and possibly passed,
	// a bit each; one that does not apply is open.
	sure, perhaps uint64
	// order is the place of the recommendation in the strategy's order.
	order int
	needs []need
	// groups are what it has certainly and perhaps of each group.
	groups []membership
}

// need is how much a candidate needs of a capacity: from least to most.
type need struct{ least, most int64 }

// membership is the values of a group that a candidate has, a bit each.
type membership struct {
	certain, perhaps uint64
	unknown          bool
}

// New begins a comparison. The strategy counts some rule set.
func New(s *strategy.Strategy, o Options) *Comparing {
	return &Comparing{strategy: s, options: o, ids: map[string]result.Input{}, shared: map[string][]string{}}
}

// MismatchError says that two assessments cannot be compared.
type MismatchError struct {
	// What differs: one of the result.Differs constants, or DiffersReading.
	What          string
	First, Second result.Input
}

// DiffersReading: the second is not as documented.
const DiffersReading = "reading"

func (e *MismatchError) Error() string {
	return fmt.Sprintf("%s and %s differ in their %s", e.First.Path, e.Second.Path, e.What)
}

// SameIDError says that two initiatives have one id.
type SameIDError struct {
	ID            string
	First, Second result.Input
}

func (e *SameIDError) Error() string {
	return fmt.Sprintf("%s and %s both have the id %s", e.First.Path, e.Second.Path, e.ID)
}

// AddUnread takes in an input that could not be read.
func (c *Comparing) AddUnread(in result.Input) { c.unread = append(c.unread, in) }

// Len is how many initiatives were taken in.
func (c *Comparing) Len() int { return len(c.candidates) }

// Add takes in an assessment, made with the claims of the initiative. The error
// is a *MismatchError or a *SameIDError.
func (c *Comparing) Add(a *result.Assessment) error {
	if c.head == nil {
		c.head = &result.Assessment{Program: a.Program, Strategy: a.Strategy, Thresholds: a.Thresholds, Choice: a.Choice,
			Assumptions: a.Assumptions, Input: a.Input}
	}
	if what := c.mismatch(a); what != "" {
		return &MismatchError{What: what, First: c.head.Input, Second: a.Input}
	}
	if first, known := c.ids[a.Initiative.ID]; known {
		return &SameIDError{ID: a.Initiative.ID, First: first, Second: a.Input}
	}
	one := c.candidate(a)
	c.ids[one.Initiative.ID] = one.Input
	c.candidates = append(c.candidates, one)
	return nil
}

// mismatch says why an assessment cannot be compared with the first one.
func (c *Comparing) mismatch(a *result.Assessment) string {
	switch {
	case a.Reading != result.Documented:
		return DiffersReading
	case a.Program != c.head.Program:
		return result.DiffersProgram
	case a.Strategy != c.head.Strategy:
		return result.DiffersStrategy
	case !reflect.DeepEqual(values(a.Thresholds), values(c.head.Thresholds)) || !reflect.DeepEqual(a.Choice, c.head.Choice):
		return result.DiffersThresholds
	case !reflect.DeepEqual(assumed(a), assumed(c.head)):
		return result.DiffersAssumptions
	}
	return ""
}

func values(thresholds []result.Threshold) []string {
	all := make([]string, len(thresholds))
	for i, t := range thresholds {
		all[i] = t.Name + "=" + string(t.Value)
	}
	return all
}

// assumed is what was assumed for all initiatives alike.
func assumed(a *result.Assessment) []result.Assumed {
	var all []result.Assumed
	for _, one := range a.Assumptions {
		all = append(all, result.Assumed{Fact: one.Fact, Value: one.Value})
	}
	return all
}

func (c *Comparing) candidate(a *result.Assessment) *candidate {
	advice := a.Recommendation.Documented
	one := &candidate{Compared: result.Compared{Ksdev: result.Version, Kind: "compared",
		Input:      result.Input{Path: a.Input.Path, Document: a.Input.Document, SHA256: strings.Clone(a.Input.SHA256)},
		Initiative: result.Initiative{ID: strings.Clone(a.Initiative.ID), Title: strings.Clone(a.Initiative.Title)},
		Date:       a.Date, Recommendation: advice.ID, Possible: c.share(advice.Possible)}}
	one.order = slices.Index(c.strategy.Order, advice.ID)
	one.Ranked = c.ranked(advice.Possible)
	one.Outcomes = make([]result.Outcomes, 0, len(c.strategy.Rules))
	one.Needs = make([]result.Need, 0, len(c.strategy.Compare.Capacities))
	one.needs = make([]need, 0, len(c.strategy.Compare.Capacities))
	one.Groups = make([]result.Member, 0, len(c.strategy.Compare.GroupBy))
	one.groups = make([]membership, 0, len(c.strategy.Compare.GroupBy))
	for i := range a.RuleSets {
		set := &a.RuleSets[i]
		for j := range set.Rules {
			one.Outcomes = append(one.Outcomes, result.OutcomesOf(set.Rules[j].Possible))
		}
		if i == c.strategy.Compare.Count {
			one.Passed, one.Applicable = set.Passed, set.Applicable
			one.sure, one.perhaps = criteria(set)
		}
	}
	facts := newDocumented(c.strategy, a)
	for _, capacity := range c.strategy.Compare.Capacities {
		one.addNeed(c.strategy, capacity, facts)
	}
	for _, name := range c.strategy.Compare.GroupBy {
		m := c.member(name, a, facts)
		one.groups = append(one.groups, m)
		one.Groups = append(one.Groups, c.shown(name, m))
	}
	return one
}

// share gives the same slice for the same texts.
func (c *Comparing) share(texts []string) []string {
	key := strings.Join(texts, "\n")
	known, ok := c.shared[key]
	if !ok {
		known = make([]string, len(texts))
		for i, text := range texts {
			known[i] = strings.Clone(text)
		}
		c.shared[strings.Clone(key)] = known
	}
	return known
}

// ranked says whether an initiative is among those that are ranked.
func (c *Comparing) ranked(possible []string) string {
	ranked := 0
	for _, id := range possible {
		if i := slices.Index(c.strategy.Recommendations, id); slices.Contains(c.strategy.Ranked(), i) {
			ranked++
		}
	}
	switch {
	case ranked == 0:
		return result.RankedNot
	case ranked < len(possible):
		return result.RankedPossible
	}
	return result.RankedCertain
}

// criteria are the rules of a set that are certainly and possibly passed. One
// that does not apply, or may not, is open.
func criteria(set *result.RuleSet) (sure, perhaps uint64) {
	for i := range set.Rules {
		possible := set.Rules[i].Possible
		switch {
		case slices.Equal(possible, []string{result.Pass}):
			sure |= 1 << i
			perhaps |= 1 << i
		case !slices.Equal(possible, []string{result.Fail}):
			perhaps |= 1 << i
		}
	}
	return sure, perhaps
}

// Result compares all that was taken in. It does not depend on the order in
// which that was.
func (c *Comparing) Result(program string) *result.Comparison {
	slices.SortFunc(c.candidates, before)
	slices.SortFunc(c.unread, byInput)
	r := &result.Comparison{Ksdev: result.Version, Kind: "comparison", Program: program,
		Thresholds: []result.Threshold{}, Places: c.options.Places,
		Criteria: c.strategy.Sets[c.strategy.Compare.Count].ID, Rules: c.strategy.RuleIDs(),
		Initiatives: make([]*result.Compared, 0, len(c.candidates)), Unread: c.unread, Portfolio: c.portfolio()}
	if c.head != nil {
		r.Strategy, r.Thresholds, r.Choice, r.Assumptions = c.head.Strategy, c.head.Thresholds, c.head.Choice, assumed(c.head)
	} else {
		r.Strategy = result.Strategy{ID: c.strategy.ID, Version: c.strategy.Version, SHA256: c.strategy.Digest}
	}
	for _, i := range c.strategy.Ranked() {
		r.Ranked = append(r.Ranked, c.strategy.Recommendations[i])
	}
	for _, limit := range c.options.Limits {
		capacity := c.strategy.Compare.Capacities[limit.Capacity]
		d := c.strategy.Facts[capacity.Fact]
		exact := d.Encode(fact.Values{Intervals: []fact.Interval{{Lo: limit.Amount, Hi: limit.Amount}}})
		r.Limits = append(r.Limits, result.Limit{Name: capacity.Name, Fact: d.Path, Amount: exact.Ranges[0].From})
	}
	c.rank(r)
	for _, one := range c.candidates {
		r.Initiatives = append(r.Initiatives, &one.Compared)
	}
	return r
}

// before orders candidates: recommendation, passed criteria, id, place.
func before(a, b *candidate) int {
	return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(b.Passed.Least, a.Passed.Least), cmp.Compare(b.Passed.Most, a.Passed.Most),
		cmp.Compare(a.Initiative.ID, b.Initiative.ID), byInput(a.Input, b.Input))
}

func byInput(a, b result.Input) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Document, b.Document))
}

// rank compares the candidates that are ranked.
func (c *Comparing) rank(r *result.Comparison) {
	var ranked []*candidate
	for _, one := range c.candidates {
		if one.Ranked != result.RankedNot {
			ranked = append(ranked, one)
		}
	}
	f := newField(ranked)
	f.rank(c.options.Places)
	if len(ranked) <= result.MaxPaired {
		r.Pairs = pairs(ranked)
	} else {
		r.PairsLeftOut = true
	}
	if len(ranked) <= result.MaxAsked {
		r.Answers = c.settling(ranked)
	} else {
		r.AnswersLeftOut = true
	}
	if len(c.options.Limits) > 0 {
		c.selectAll(ranked)
	}
}
