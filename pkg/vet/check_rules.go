package vet

import (
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// ruled is a rule as its facts have it, without judgements: where it applies,
// where it applies and passes, and where it applies and fails. What lies
// between the two last is borderline.
type ruled struct {
	*strategy.Rule
	applies, passes, fails diagram.Ref
}

func (c *checking) ruled(i int) ruled {
	r := c.strategy.Rules[i]
	applies, passes := c.model.Applies[i], c.Condition(r.Pass)
	fails := c.store.Not(passes)
	if r.Fail != nil {
		fails = c.Condition(r.Fail)
	}
	return ruled{r, applies, c.store.And(applies, passes), c.store.And(applies, fails)}
}

// checkRules looks at what rules can come to, and at two rules that say the
// same.
func (c *checking) checkRules() {
	all := make([]ruled, len(c.strategy.Rules))
	for i := range all {
		all[i] = c.ruled(i)
	}
	for i, set := range c.strategy.Sets {
		if c.model.SetApplies[i] == diagram.False {
			c.warn(i18n.M("check.never_applies", set.ID), set.Applies.Pos, set.ID)
		}
	}
	for i := range all {
		c.checkOutcomes(&all[i])
		for j := range all {
			if i != j {
				c.checkPair(&all[i], &all[j], i < j)
			}
		}
	}
}

// checkOutcomes looks for outcomes that a rule always or never has. Only one
// thing is said of a rule.
func (c *checking) checkOutcomes(r *ruled) {
	switch {
	case c.model.SetApplies[r.Set] == diagram.False: // which is said of the set
	case r.applies == diagram.False:
		c.warn(i18n.M("check.never_applies", r.ID), r.Applies.Pos, r.ID)
	case r.passes == r.applies:
		c.warn(i18n.M("check.always_passes", r.ID), posOf(r.Pass, r.Pos), r.ID)
	case r.fails == r.applies:
		c.warn(i18n.M("check.always_fails", r.ID), posOf(r.Pass, r.Pos), r.ID)
	case r.passes == diagram.False:
		c.warn(i18n.M("check.never_passes", r.ID), posOf(r.Pass, r.Pos), r.ID)
	case r.fails == diagram.False:
		c.warn(i18n.M("check.never_fails", r.ID), posOf(r.Fail, r.Pos), r.ID)
	}
}

func posOf(c *cond.Condition, otherwise diag.Pos) diag.Pos {
	if c == nil {
		return otherwise
	}
	return c.Pos
}

// checkPair looks whether two rules are one, or one counts what the other
// counts already. A rule is implied by another of its set where it applies and
// passes in every case in which the other does, as the facts have it; where the
// other does not apply, or is borderline, nothing follows. Of rules of
// different sets nothing is said but that they are the same: their passes are
// not counted together.
func (c *checking) checkPair(a, b *ruled, inOrder bool) {
	decided := a.passes != diagram.False && b.passes != b.applies && a.passes != a.applies
	switch {
	case !decided:
	case a.applies == b.applies && a.passes == b.passes && a.fails == b.fails:
		if inOrder {
			words, _ := c.Example(a.passes)
			c.warn(i18n.M("check.equivalent", b.ID, a.ID, words), posOf(b.Pass, b.Pos), a.ID, b.ID)
		}
	case a.Set == b.Set && c.store.And(a.passes, c.store.Not(b.passes)) == diagram.False:
		words, _ := c.Example(a.passes)
		c.warn(i18n.M("check.implied", b.ID, a.ID, words), posOf(b.Pass, b.Pos), a.ID, b.ID)
	}
}
