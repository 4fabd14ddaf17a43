package cli

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// fits reports whether a saved assessment has the shape that the strategy gives
// it. What somebody changed by hand need not, and cannot be shown then.
func fits(a *result.Assessment, s *strategy.Strategy) bool {
	choice := ""
	if s.Choice != nil {
		choice = s.Choice.Name
	}
	if a.Choice != nil && a.Choice.Name != choice {
		return false
	}
	rules := 0
	sameSets := slices.EqualFunc(a.RuleSets, s.Sets, func(set result.RuleSet, wanted *strategy.RuleSet) bool {
		ok := set.ID == wanted.ID && counts(set.Passed) && counts(set.Applicable) && set.Unclear >= 0
		for i := range set.Rules {
			ok = ok && rules < len(s.Rules) && fitsRule(&set.Rules[i], s.Rules[rules], s)
			rules++
		}
		return ok
	})
	return sameSets && rules == len(s.Rules) && a.Recommendation.NotNeeded >= 0 && knowsRules(a.Recommendation.Causes, s) &&
		slices.EqualFunc(a.Thresholds, s.Thresholds, func(t result.Threshold, wanted *strategy.Threshold) bool { return t.Name == wanted.Name })
}

func counts(c result.Count) bool { return 0 <= c.Least && c.Least <= c.Most }

func fitsRule(r *result.Rule, wanted *strategy.Rule, s *strategy.Strategy) bool {
	return r.ID == wanted.ID && knowsRules(r.Causes, s)
}

// knowsRules reports whether the strategy has the rules that causes name.
func knowsRules(causes []result.Cause, s *strategy.Strategy) bool {
	return !slices.ContainsFunc(causes, func(c result.Cause) bool {
		return (c.Rule != "" || c.Kind == result.Borderline || c.Kind == result.Conflict) && s.Rule(c.Rule) < 0
	})
}
