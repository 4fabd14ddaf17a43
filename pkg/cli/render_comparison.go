package cli

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// renderComparison writes a saved comparison in other formats, as the run that
// made it would have, and ends with its exit code. Whole assessments are not in
// it, so the rows of a page open to the comparison alone.
func (a *app) renderComparison(c *config.Config, name string, saved *result.Comparison) error {
	a.flags.compare = compareFlags{top: defaultTop, separator: ";"}
	run := &comparing{assessing: &assessing{app: a, config: c}, comparison: saved, code: saved.ExitCode}
	var err error
	if run.strategy, err = newCatalog(c, a.printer.Language()).withDigest(c, saved.Strategy); err != nil {
		return err
	}
	if !fitsComparison(saved, run.strategy) {
		return (&savedResult{name: name}).fault(result.ErrNotResult)
	}
	destinations, err := a.destinations(compareFormats())
	if err != nil {
		return err
	}
	outputs, err := a.openAll(destinations, []input{{name: name}}, func(name string, toTerminal bool) format {
		return &comparedFormat{run, name, toTerminal}
	})
	if err != nil {
		return err
	}
	defer outputs.discard()
	if err := outputs.close(saved.Complete, run.code); err != nil {
		return outputLost(run.code, err)
	}
	if code := weightier(run.code, a.stopped(name, saved.Complete)); code != Done {
		return &exit{code: code}
	}
	return nil
}

// fitsComparison reports whether a saved comparison has the shape that the
// strategy gives it. What somebody changed by hand need not, and cannot be
// shown then.
func fitsComparison(c *result.Comparison, s *strategy.Strategy) bool {
	known := slices.Equal(c.Rules, s.RuleIDs()) && s.Compare.Count >= 0 && c.Criteria == s.Sets[s.Compare.Count].ID &&
		slices.EqualFunc(c.Thresholds, s.Thresholds, func(t result.Threshold, wanted *strategy.Threshold) bool { return t.Name == wanted.Name }) &&
		!slices.ContainsFunc(c.Limits, func(l result.Limit) bool { return s.Fact(l.Fact) < 0 }) &&
		!slices.ContainsFunc(c.Assumptions, func(a result.Assumed) bool { return s.Fact(a.Fact) < 0 }) &&
		slices.EqualFunc(c.Portfolio.Groups, s.Compare.GroupBy, func(g result.Group, name string) bool { return g.Name == name }) &&
		!slices.ContainsFunc(c.Portfolio.Rules, func(t result.RuleTally) bool { return s.Rule(t.ID) < 0 }) &&
		!slices.ContainsFunc(c.Answers, func(a result.Settling) bool { return s.Rule(a.Rule) < 0 })
	return known && !slices.ContainsFunc(c.Initiatives, func(one *result.Compared) bool { return !fitsCompared(one, s) })
}

func fitsCompared(one *result.Compared, s *strategy.Strategy) bool {
	ranks := 3
	if one.Ranked == result.RankedNot {
		ranks = 0
	}
	return len(one.Outcomes) == len(s.Rules) && counts(one.Passed) && counts(one.Applicable) && len(one.Ranks) == ranks &&
		len(one.Groups) == len(s.Compare.GroupBy) &&
		slices.EqualFunc(one.Needs, s.Compare.Capacities, func(n result.Need, wanted strategy.Capacity) bool { return n.Name == wanted.Name })
}
