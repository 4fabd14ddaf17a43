package vet

import (
	"math/big"
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// used is what the strategy makes use of.
type used struct {
	thresholds, conditions map[string]bool
	// deciding holds the facts that rules which decide, or the table, read.
	deciding map[int]bool
}

// add notes what a condition uses, and the facts where it decides.
func (u *used) add(c *cond.Condition, decides bool) {
	if c == nil {
		return
	}
	u.conditions[c.Name] = true
	if x := c.Comparison; x != nil {
		u.thresholds[x.Threshold] = true
		if decides && x.Definition != nil {
			u.deciding[x.Fact] = true
		}
	}
	for _, part := range c.Parts {
		u.add(part, decides)
	}
}

func (c *checking) used() *used {
	u := &used{thresholds: map[string]bool{}, conditions: map[string]bool{}, deciding: map[int]bool{}}
	for _, r := range c.strategy.Rules {
		set := c.strategy.Sets[r.Set]
		for _, condition := range []*cond.Condition{set.Applies, r.Applies, r.Pass, r.Fail} {
			u.add(condition, set.Role == strategy.Decides)
		}
	}
	for i, named := range c.strategy.Table.Conditions {
		asked := slices.ContainsFunc(c.strategy.Table.Rows, func(row strategy.Row) bool { return row.Cells[i] >= 0 })
		if asked {
			u.conditions[named.Name] = true
			u.add(named.Condition, true)
		}
	}
	for _, note := range c.strategy.Notes {
		u.add(note.When, false)
	}
	return u
}

// checkUse looks for what the strategy defines and does not use; sound says that
// the table can be asked what decides.
func (c *checking) checkUse(sound bool) {
	u := c.used()
	for _, t := range c.strategy.Thresholds {
		if !u.thresholds[t.Name] {
			c.warn(i18n.M("check.threshold_unused", t.Name), t.Pos, t.Name)
		}
	}
	for _, named := range slices.Concat(c.strategy.Conditions, c.strategy.Table.Conditions) {
		if !u.conditions[named.Name] {
			c.warn(i18n.M("check.condition_unused", named.Name), named.Pos, named.Name)
		}
	}
	for i, d := range c.strategy.Facts {
		if c.model.Fact[i] < 0 && !c.compared(i) {
			c.warn(i18n.M("check.fact_unread", d.Path), d.Pos, d.Path)
		}
	}
	for i, id := range c.strategy.Recommendations {
		if !slices.ContainsFunc(c.strategy.Table.Rows, func(row strategy.Row) bool { return row.Recommendation == i }) {
			c.warn(i18n.M("check.recommendation_unused", id), c.TablePos(), id)
		}
	}
	if sound {
		c.checkDeciding(u)
	}
}

// checkDeciding looks for what is read to decide and cannot.
func (c *checking) checkDeciding(u *used) {
	decisive := c.decisive()
	if choice := c.strategy.Choice; choice != nil && !decisive[c.model.Choice] {
		c.warn(i18n.M("check.choice_unused", choice.Name), choice.Pos, choice.Name)
	}
	for i, d := range c.strategy.Facts {
		if v := c.model.Fact[i]; v >= 0 && u.deciding[i] && !decisive[v] {
			c.warn(i18n.M("check.fact_undecisive", d.Path), d.Pos, d.Path)
		}
	}
}

// compared reports whether comparisons group by a fact or limit it.
func (c *checking) compared(fact int) bool {
	return slices.Contains(c.strategy.Compare.GroupBy, c.strategy.Facts[fact].Path) ||
		slices.ContainsFunc(c.strategy.Compare.Capacities, func(capacity strategy.Capacity) bool { return capacity.Fact == fact })
}

// decisive marks the variables on which the recommendation can depend, as the
// facts have it and whatever the choice.
func (c *checking) decisive() []bool {
	box := c.ByFacts()
	if c.model.Choice >= 0 {
		c.store.Space().Fill(box, c.model.Choice)
	}
	mark := make([]bool, c.store.Space().Variables())
	diagram.NewWalker(c.store).Relevant(c.model.Recommendation, box, mark)
	return mark
}

// count counts cases.
func (c *checking) count() *Counted {
	advice := c.store.Given(c.model.Merged, c.ByFacts())
	counting := c.store.Count(advice)
	counted := &Counted{Cases: c.store.Space().Cases()}
	influence, decisive := counting.Influence(), c.decisive()
	for i, d := range c.strategy.Facts {
		if v := c.model.Fact[i]; v >= 0 && decisive[v] {
			counted.Facts = append(counted.Facts, Share{d.Path, influence[v]})
		} else if !slices.ContainsFunc(c.findings, func(f Finding) bool { return slices.Equal(f.On, []string{d.Path}) }) {
			counted.Beside = append(counted.Beside, d.Path)
		}
	}
	slices.SortStableFunc(counted.Facts, func(a, b Share) int { return b.Cases.Cmp(a.Cases) })
	for _, id := range c.strategy.Order {
		if share, ok := c.occurrence(id, counting); ok {
			counted.Recommendations = append(counted.Recommendations, Share{id, share})
		}
	}
	return counted
}

// occurrence is in how many cases a recommendation comes; ok is false for one
// that does not count by itself.
func (c *checking) occurrence(id string, counting *diagram.Counting) (cases *big.Int, ok bool) {
	i, divided := slices.Index(c.strategy.Recommendations, id), c.strategy.Table.Divided
	merged := c.strategy.ChoiceOpen() && len(divided) == 2
	switch {
	case merged && id == strategy.Candidate:
		return counting.Of(min(divided[0], divided[1])), true
	case i < 0 || merged && slices.Contains(divided, i):
		return nil, false
	}
	return counting.Of(i), true
}
