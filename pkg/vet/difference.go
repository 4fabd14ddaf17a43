package vet

import (
	"math/big"
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Difference is how two strategies, most often two versions of one, differ in
// meaning: over all cases that both can read, with whatever only one of them
// asks left open. How a condition is written makes no difference.
type Difference struct {
	Old, New *strategy.Strategy
	// Settings is what differs of thresholds, open choice, period and the list of
	// recommendations.
	Settings []i18n.Message
	// Facts, Rules and Notes are those that differ or are on one side alone, in
	// the order of the new strategy, those that are gone last.
	Facts, Rules, Notes []Changed
	// Reworded are the rules that are written otherwise and mean the same.
	Reworded []string
	// Recommendations are the changes of the recommendation, each with a smallest
	// example, the most common first.
	Recommendations []Shift
	// Cases is how many cases there are in all.
	Cases *big.Int
}

// Changed is a fact, a rule or a note that differs.
type Changed struct {
	// Name is the fact's path, or the id.
	Name string
	// Status is result.Added, result.Gone or result.Changed.
	Status string
	// About is what differs of its definition.
	About []i18n.Message
	// Shifts are the cases in which a rule comes to something else, or a note is
	// printed or not.
	Shifts []Shift
}

// Shift is a set of cases that come to one thing in the old strategy and to
// another in the new.
type Shift struct {
	// From and To are what they come to: outcomes, with result.Borderline for what
	// only a judgement can settle, recommendations, or yes and no for a note.
	From, To string
	// Cases are all cases of it, in as few parts as was found; of a recommendation
	// one example. More says that there are others.
	Cases []i18n.Series
	More  bool
	// Count is how many cases it is.
	Count *big.Int

	boxes []diagram.Box
}

// Equal reports whether the two mean the same.
func (d *Difference) Equal() bool {
	return len(d.Settings)+len(d.Facts)+len(d.Rules)+len(d.Notes)+len(d.Recommendations) == 0
}

// differing is the state of comparing two strategies.
type differing struct {
	*strategy.Pair
	sides [2]*strategy.Strategy
	store *diagram.Store
	plain diagram.Box
}

// CompareStrategies compares two strategies, loaded with their own thresholds
// and an open choice left open. It fails where they are too large together.
func CompareStrategies(before, after *strategy.Strategy) (*Difference, error) {
	pair, err := strategy.NewPair(before, after)
	if err != nil {
		return nil, err
	}
	d := &differing{Pair: pair, sides: [2]*strategy.Strategy{before, after}, store: pair.Models[0].Store, plain: pair.Plain()}
	found := &Difference{Old: before, New: after, Settings: d.settings(), Facts: d.facts(), Cases: d.store.Space().Cases()}
	found.Rules, found.Reworded = d.rules()
	found.Notes = d.notes()
	found.Recommendations = d.recommendations()
	return found, d.store.Err()
}

// sides pairs what two lists have under one name: the places on both sides, -1
// for none, in the order of the new list, what is gone last.
func sides(before, after []string) (pairs [][2]int) {
	for i, name := range after {
		pairs = append(pairs, [2]int{slices.Index(before, name), i})
	}
	for i, name := range before {
		if !slices.Contains(after, name) {
			pairs = append(pairs, [2]int{i, -1})
		}
	}
	return pairs
}

// oneSided says that something is on one side alone; ok is false where it is on
// both.
func oneSided(pair [2]int, before, after []string) (c Changed, ok bool) {
	switch {
	case pair[0] < 0:
		return Changed{Name: after[pair[1]], Status: result.Added}, true
	case pair[1] < 0:
		return Changed{Name: before[pair[0]], Status: result.Gone}, true
	}
	return Changed{Name: after[pair[1]], Status: result.Changed}, false
}

func (d *differing) rules() (changed []Changed, reworded []string) {
	before, after := d.sides[0].RuleIDs(), d.sides[1].RuleIDs()
	for _, pair := range sides(before, after) {
		c, alone := oneSided(pair, before, after)
		if alone {
			changed = append(changed, c)
			continue
		}
		c.About = d.aboutRule(pair)
		old, now := d.Models[0].Outcome[pair[0]], d.Models[1].Outcome[pair[1]]
		if old != now {
			c.Shifts = d.shifts(d.outcome(0, pair[0]), d.outcome(1, pair[1]), outcomes(), outcomes())
		}
		switch {
		case len(c.About)+len(c.Shifts) > 0:
			changed = append(changed, c)
		case d.written(0, pair[0]) != d.written(1, pair[1]):
			reworded = append(reworded, c.Name)
		}
	}
	return changed, reworded
}

// outcomes are what a rule can come to by its facts alone.
func outcomes() []string { return append(cond.OutcomeNames(), result.Borderline) }

// outcome is what a rule comes to by its facts, as places among outcomes.
func (d *differing) outcome(side, rule int) diagram.Ref {
	m := d.Models[side]
	byFacts := d.store.Given(m.Outcome[rule], d.plain)
	if m.Borderline[rule] < 0 {
		return byFacts
	}
	counted := func(cell int) diagram.Ref {
		box := slices.Clone(d.plain)
		d.store.Space().Only(box, m.Borderline[rule], cell)
		return d.store.Given(byFacts, box)
	}
	return d.store.Combine(counted(0), counted(1), func(x, y int) int {
		if x != y {
			return slices.Index(outcomes(), result.Borderline)
		}
		return x
	})
}

// written is how a rule is written, with what it uses by name.
func (d *differing) written(side, rule int) string {
	s := d.sides[side]
	r := s.Rules[rule]
	text := ""
	for _, c := range []*cond.Condition{s.Sets[r.Set].Applies, r.Applies, r.Pass, r.Fail} {
		if c != nil {
			text += writtenCondition(s, c)
		}
		text += "\n"
	}
	return text
}

func (d *differing) notes() (changed []Changed) {
	ids := func(s *strategy.Strategy) (all []string) {
		for _, n := range s.Notes {
			all = append(all, n.ID)
		}
		return all
	}
	before, after := ids(d.sides[0]), ids(d.sides[1])
	for _, pair := range sides(before, after) {
		c, alone := oneSided(pair, before, after)
		if !alone {
			printed := []string{"no", "yes"}
			c.Shifts = d.shifts(d.byFacts(d.Models[0].Notes[pair[0]]), d.byFacts(d.Models[1].Notes[pair[1]]), printed, printed)
		}
		if alone || len(c.Shifts) > 0 {
			changed = append(changed, c)
		}
	}
	return changed
}

func (d *differing) byFacts(f diagram.Ref) diagram.Ref { return d.store.Given(f, d.plain) }

// shifts are the cases in which two functions come to different names.
func (d *differing) shifts(old, now diagram.Ref, before, after []string) (all []Shift) {
	for _, shift := range d.meet(old, now, before, after) {
		cases := d.store.Combine(old, now, func(x, y int) int { return truth(before[x] == shift.From && after[y] == shift.To) })
		boxes, whole := d.store.Boxes(cases, maxWays)
		shift.More = !whole || len(boxes) > MaxCases
		d.show(&shift, boxes[:min(len(boxes), MaxCases)])
		shift.Count = d.store.Count(cases).Of(1)
		all = append(all, shift)
	}
	return all
}

// show puts boxes into words.
func (d *differing) show(shift *Shift, boxes []diagram.Box) {
	shift.boxes = boxes
	for _, box := range boxes {
		shift.Cases = append(shift.Cases, d.Describe(box))
	}
}

// meet lists the different names that two functions come to in some case, in
// the order of the names.
func (d *differing) meet(old, now diagram.Ref, before, after []string) (all []Shift) {
	met := map[[2]int]bool{}
	d.store.Combine(old, now, func(x, y int) int {
		met[[2]int{x, y}] = true
		return 0
	})
	for x, from := range before {
		for y, to := range after {
			if met[[2]int{x, y}] && from != to {
				all = append(all, Shift{From: from, To: to})
			}
		}
	}
	return all
}

// recommendations are the changes of the recommendation. Cases with judgements
// are looked at only where there is no change without them.
func (d *differing) recommendations() []Shift {
	before, after := d.sides[0].Recommendations, d.sides[1].Recommendations
	old, now := d.byFacts(d.Models[0].Recommendation), d.byFacts(d.Models[1].Recommendation)
	all := d.meet(old, now, before, after)
	if len(all) == 0 {
		old, now = d.Models[0].Recommendation, d.Models[1].Recommendation
		all = d.meet(old, now, before, after)
	}
	for i := range all {
		shift := &all[i]
		from, to := slices.Index(before, shift.From), slices.Index(after, shift.To)
		cases := d.store.Combine(old, now, func(x, y int) int { return truth(x == from && y == to) })
		shift.Count = d.store.Count(cases).Of(1)
		example, few := d.smallest(old, now, from, to)
		if !few {
			example, _ = d.Example(cases)
		}
		shift.More = true
		d.show(shift, []diagram.Box{example})
	}
	slices.SortStableFunc(all, func(a, b Shift) int { return b.Count.Cmp(a.Count) })
	return all
}

// smallest is an example with as few facts as could be found in which the two
// recommendations are settled, whatever else is open. ok is false where facts
// alone cannot bring that about.
func (d *differing) smallest(old, now diagram.Ref, from, to int) (box diagram.Box, ok bool) {
	s := newSearching(d.store, d.Models[0].Variables)
	for _, borderline := range []bool{false, true} {
		box, ok := s.smallest(&aim{functions: [2]diagram.Ref{old, now}, apart: -1, borderline: borderline,
			goal: func(a, b int) bool { return a == from && b == to },
			brings: func(box diagram.Box) bool {
				return s.walker.Only(old, box, diagram.SetOf(from)) && s.walker.Only(now, box, diagram.SetOf(to))
			}})
		if ok {
			return box, true
		}
	}
	return nil, false
}
