package cli

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/fact"
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
	return sameSets && rules == len(s.Rules) && a.Recommendation.NotNeeded >= 0 && knowsRules(a.Recommendation.Causes, s) && fitsQuestions(a.Questions, s) &&
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

// fitsQuestions reports whether questions ask for what the strategy has.
func fitsQuestions(q *result.Questions, s *strategy.Strategy) bool {
	if q == nil {
		return true
	}
	asks := !slices.ContainsFunc(q.Ranked, func(one result.Question) bool { return !fitsQuestion(&one, s) })
	answers := !slices.ContainsFunc(q.Ways, func(w result.Way) bool {
		return slices.ContainsFunc(w.Answers, func(a result.Answer) bool {
			return !fitsValue(a.Fact, a.Value, s) && (a.Fact != "" || s.Rule(a.Judgement) < 0)
		})
	})
	return len(q.Ranked) > 0 && asks && answers
}

func fitsQuestion(q *result.Question, s *strategy.Strategy) bool {
	known := slices.Contains([]string{result.AskFact, result.AskReason}, q.Kind) && s.Fact(q.Fact) >= 0 ||
		slices.Contains([]string{result.AskJudgement, result.AskConflict}, q.Kind) && q.Fact == "" && s.Rule(q.Rule) >= 0
	return known && !slices.ContainsFunc(q.Classes, func(c result.AnswerClass) bool {
		return len(c.Possible) == 0 || q.Fact != "" && !fitsValue(q.Fact, c.Value, s)
	})
}

// fitsValue reports whether a value is one of a fact of the strategy.
func fitsValue(path string, value *fact.Coded, s *strategy.Strategy) bool {
	i := s.Fact(path)
	if i < 0 || value == nil {
		return false
	}
	_, err := s.Facts[i].Decode(*value)
	return err == nil
}
