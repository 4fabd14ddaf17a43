package result

import (
	"slices"
	"strings"
)

// Conditions of --fail-on besides ids of recommendations and rules.
const (
	// FailOnFail: a rule that does not merely inform fails.
	FailOnFail = "fail"
	// FailOnUnclear: such a rule is unclear and could still fail.
	FailOnUnclear = "unclear"
	// FailOnUnsettled: several recommendations are possible, not only by the
	// open choice.
	FailOnUnsettled = "unsettled"
	// FailOnPossible stands before the id of a recommendation that is possible.
	FailOnPossible = "possible:"
)

// informs is the role of rule sets that never count.
const informs = "informs"

// Meets reports whether the assessment, as documented, meets one of the
// conditions: what --fail-on lists.
func (a *Assessment) Meets(conditions []string) bool {
	return slices.ContainsFunc(conditions, a.meets)
}

func (a *Assessment) meets(condition string) bool {
	advice := a.Recommendation.Documented
	if id, ok := strings.CutPrefix(condition, FailOnPossible); ok {
		return slices.Contains(advice.Possible, id) || advice.ID == id
	}
	switch condition {
	case advice.ID:
		return true
	case FailOnUnsettled:
		return advice.Status == ClarifyFirst
	}
	for i := range a.RuleSets {
		set := &a.RuleSets[i]
		if set.Role != informs && slices.ContainsFunc(set.Rules, func(r Rule) bool { return r.meets(condition, a.Reading) }) {
			return true
		}
	}
	return false
}

func (r *Rule) meets(condition, reading string) bool {
	outcome, possible := r.Outcome, r.Possible
	if reading != Documented && r.Other != nil {
		outcome, possible = r.Other.Outcome, r.Other.Possible
	}
	couldFail := outcome == Unclear && slices.Contains(possible, Fail)
	switch {
	case condition == FailOnFail:
		return outcome == Fail
	case condition == FailOnUnclear:
		return couldFail
	case strings.EqualFold(condition, r.ID):
		return outcome == Fail || couldFail
	}
	return false
}
