package assess_test

import (
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
)

// taken checks what is taken of a proposal without assessing it.
func (c *check) taken(options assess.Options, i *initiative.Initiative) {
	a := assess.New(c.strategy, options)
	taken := a.Take(i)
	c.equal("what is taken", []any{taken.Initiative, taken.Reading}, []any{i, c.got.Reading})
	for index, got := range taken.Facts {
		want := c.readings.facts[index]
		// A half of the world is many values to the program.
		if want.assumed && !c.values(index, c.readings.documented.allowed[index]).Known() {
			want.cause = result.Imprecise
		}
		c.equal("what became of "+c.world.facts[index].path, []any{got.Cause, got.Counts, got.Assumed, got.Claim != nil},
			[]any{want.cause, want.counts, want.assumed, want.statement != nil})
		c.cells(index, taken.Box, c.main)
		c.cells(index, taken.Stated, c.readings.stated)
	}
	for rule, got := range taken.Judgements {
		status := ""
		if got != nil {
			status = got.Status
		}
		c.equal("what became of the judgement on "+c.world.rules[rule].id, status, c.readings.opinions[rule].status)
	}
	counting := slices.DeleteFunc(c.world.claims(c.readings, c.main), func(said claim) bool {
		return (said.kind == "fact" || said.kind == "assumption") && !c.narrowed(said.index)
	})
	c.equal("what was said", c.groundNames(a.Said()), c.claimNames(counting))
	still, f := c.shown.recommendation, c.strategy.Model.Recommendation
	c.deciding(a.DecidedBy(f), still.possible())
	c.equal("what is open", causeNames(a.OpenBy(f)), c.causes(still))
}

// cells checks that the box allows just the cells that hold a value that is
// allowed.
func (c *check) cells(index int, got diagram.Box, want box) {
	m := c.strategy.Model
	if m.Fact[index] < 0 {
		return
	}
	mask := m.Store.Space().Mask(got, m.Fact[index])
	wanted := make([]uint64, len(mask))
	m.Partitions[index].Mask(c.values(index, want.allowed[index]), wanted)
	c.equal("what is left of "+c.world.facts[index].path, mask, wanted)
}

// less checks that an assessment of which less is wanted is a part of the
// whole. It takes the whole apart.
func (c *check) less(t *testing.T, options assess.Options, i *initiative.Initiative) {
	t.Helper()
	brief, totals := options, options
	brief.Brief, brief.Claims = true, true
	claims := c.got.Facts
	unexplained(c.got).Facts = claims
	c.equal("in brief, with claims", asJSON(t, assess.New(c.strategy, brief).Assess(i)), asJSON(t, c.got))
	totals.Totals = true
	counting := *c.strategy
	counting.Compare.Count = len(counting.Sets) - 1
	c.equal("in total", asJSON(t, assess.New(&counting, totals).Assess(i)), asJSON(t, totalled(c.got, counting.Compare.Count)))
}

// totalled leaves out of an assessment what a line of a summary does not need.
func totalled(a *result.Assessment, counted int) *result.Assessment {
	a.Facts, a.Notes = nil, nil
	for i, set := range a.RuleSets {
		a.RuleSets[i] = result.RuleSet{ID: set.ID, Role: set.Role}
		if i == counted {
			a.RuleSets[i].Passed, a.RuleSets[i].Applicable, a.RuleSets[i].Applies = set.Passed, set.Applicable, set.Applies
		}
	}
	if a.Reading == result.Stated {
		a.Recommendation.Documented = result.Advice{}
	} else {
		a.Recommendation.Stated = result.Advice{}
	}
	return a
}
