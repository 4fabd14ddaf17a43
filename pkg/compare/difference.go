// Package compare puts results beside each other: what changed between two
// runs.
package compare

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/ks-no/ksdev/pkg/result"
)

// Difference compares two runs. Initiatives are matched by their id, and those
// left over by what they hold: the same bytes, or else the same title, make a
// renamed one. order is all recommendations, the best first; ids that it does
// not have come last.
func Difference(before, after []*result.Assessment, order []string, program string) *result.Difference {
	d := &result.Difference{Ksdev: result.Version, Kind: "difference", Program: program, Initiatives: []result.Change{}}
	for _, pair := range match(before, after) {
		change := compare(pair, order)
		d.Worse = d.Worse || (change.Recommendation != nil && change.Recommendation.Worse)
		d.Initiatives = append(d.Initiatives, change)
	}
	slices.SortStableFunc(d.Initiatives, func(a, b result.Change) int {
		return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.OldID, b.OldID))
	})
	return d
}

// pair is one initiative on both sides; nil where it is not on one.
type pair struct{ before, after *result.Assessment }

// match pairs the two sides. Of several with one id those that stand at the
// same place are paired first. The order in which they come does not matter.
func match(before, after []*result.Assessment) []pair {
	var pairs []pair
	before, after = slices.SortedStableFunc(slices.Values(before), byPlace), slices.SortedStableFunc(slices.Values(after), byPlace)
	for _, same := range []func(a, b *result.Assessment) bool{
		func(a, b *result.Assessment) bool {
			return a.Initiative.ID == b.Initiative.ID && a.Input.Path == b.Input.Path && a.Input.Document == b.Input.Document
		},
		func(a, b *result.Assessment) bool { return a.Initiative.ID == b.Initiative.ID },
		func(a, b *result.Assessment) bool {
			return a.Input.SHA256 == b.Input.SHA256 && a.Input.Document == b.Input.Document && a.Initiative.Title == b.Initiative.Title
		},
		func(a, b *result.Assessment) bool { return a.Initiative.Title == b.Initiative.Title },
	} {
		before = slices.DeleteFunc(before, func(a *result.Assessment) bool {
			i := slices.IndexFunc(after, func(b *result.Assessment) bool { return same(a, b) })
			if i < 0 {
				return false
			}
			pairs = append(pairs, pair{a, after[i]})
			after = slices.Delete(after, i, i+1)
			return true
		})
	}
	for _, a := range before {
		pairs = append(pairs, pair{before: a})
	}
	for _, b := range after {
		pairs = append(pairs, pair{after: b})
	}
	return pairs
}

func byPlace(a, b *result.Assessment) int {
	return cmp.Or(cmp.Compare(a.Input.Path, b.Input.Path), cmp.Compare(a.Input.Document, b.Input.Document),
		cmp.Compare(a.Initiative.ID, b.Initiative.ID), cmp.Compare(a.Input.SHA256, b.Input.SHA256))
}

func compare(p pair, order []string) result.Change {
	switch {
	case p.before == nil:
		return result.Change{Status: result.Added, ID: p.after.Initiative.ID, Title: p.after.Initiative.Title, NewInput: &p.after.Input}
	case p.after == nil:
		return result.Change{Status: result.Gone, ID: p.before.Initiative.ID, Title: p.before.Initiative.Title, OldInput: &p.before.Input}
	}
	c := result.Change{Status: result.Same, ID: p.after.Initiative.ID, Title: p.after.Initiative.Title,
		OldInput: &p.before.Input, NewInput: &p.after.Input, Differs: differs(p)}
	before, after := p.before.Recommendation.Documented, p.after.Recommendation.Documented
	if before.ID != after.ID || !slices.Equal(before.Possible, after.Possible) {
		c.Recommendation = &result.AdviceChange{Old: before, New: after, Worse: Worse(before.Possible, after.Possible, order)}
	}
	c.Rules = ruleChanges(p)
	if c.Recommendation != nil || len(c.Rules) > 0 {
		c.Status = result.Changed
	}
	if p.before.Initiative.ID != p.after.Initiative.ID {
		c.Status, c.OldID = result.Renamed, p.before.Initiative.ID
	}
	return c
}

// differs lists what differs between two assessments beside their outcomes.
func differs(p pair) []string {
	var all []string
	add := func(name string, same bool) {
		if !same {
			all = append(all, name)
		}
	}
	before, after := p.before, p.after
	add(result.DiffersInput, before.Input.SHA256 == after.Input.SHA256)
	add(result.DiffersStrategy, before.Strategy.SHA256 == after.Strategy.SHA256)
	add(result.DiffersThresholds, slices.EqualFunc(before.Thresholds, after.Thresholds, func(a, b result.Threshold) bool {
		return a.Name == b.Name && a.Value == b.Value
	}) && reflect.DeepEqual(before.Choice, after.Choice))
	add(result.DiffersAssumptions, slices.EqualFunc(before.Assumptions, after.Assumptions, func(a, b result.Assumption) bool {
		return a.Fact == b.Fact && reflect.DeepEqual(a.Value, b.Value)
	}))
	add(result.DiffersDate, before.Date == after.Date)
	add(result.DiffersProgram, before.Program == after.Program)
	return all
}

func ruleChanges(p pair) []result.RuleChange {
	outcomes := map[string]*result.Other{}
	each(p.before, func(id string, o *result.Other) { outcomes[id] = o })
	var changes []result.RuleChange
	each(p.after, func(id string, after *result.Other) {
		before := outcomes[id]
		delete(outcomes, id)
		if before == nil || !slices.Equal(before.Possible, after.Possible) {
			changes = append(changes, result.RuleChange{ID: id, Old: before, New: after})
		}
	})
	// Rules that only the strategy before has, in its order.
	each(p.before, func(id string, before *result.Other) {
		if outcomes[id] != nil {
			changes = append(changes, result.RuleChange{ID: id, Old: before})
		}
	})
	return changes
}

// each calls yield with every rule's outcome as documented.
func each(a *result.Assessment, yield func(id string, o *result.Other)) {
	for i := range a.RuleSets {
		for j := range a.RuleSets[i].Rules {
			rule := &a.RuleSets[i].Rules[j]
			outcome, possible := rule.Documented(a.Reading)
			yield(rule.ID, &result.Other{Outcome: outcome, Possible: possible})
		}
	}
}

// Worse reports whether the best or the lowest recommendation that is possible
// is lower than before. order is all recommendations, the best first.
func Worse(before, after, order []string) bool {
	oldBest, oldLowest := ends(before, order)
	newBest, newLowest := ends(after, order)
	return newBest > oldBest || newLowest > oldLowest
}

// ends are the places of the best and the lowest of some recommendations.
func ends(ids, order []string) (best, lowest int) {
	best, lowest = len(order), 0
	for _, id := range ids {
		place := slices.Index(order, id)
		if place < 0 {
			place = len(order)
		}
		best, lowest = min(best, place), max(lowest, place)
	}
	return best, lowest
}

// Equal reports whether two assessments come to the same outcomes and the same
// recommendation, as documented.
func Equal(a, b *result.Assessment) bool {
	c := compare(pair{a, b}, nil)
	return c.Recommendation == nil && len(c.Rules) == 0
}
