package result

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
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

// Check is what --fail-on and waivers make of an assessment.
type Check struct {
	// FailOn are the conditions that were given.
	FailOn []string `json:"fail_on"`
	// Met are those that the assessment, as documented, meets; what a waiver
	// excuses is left out.
	Met []string `json:"met"`
	// Today is the day on which waivers were judged, as "2018-03-01"; absent
	// where there are none.
	Today string `json:"today,omitempty"`
	// Waivers are those for the initiative.
	Waivers []Waiver `json:"waivers,omitempty"`
}

// What became of a waiver.
const (
	// WaiverHolds: it keeps the rule from failing the check.
	WaiverHolds = "holds"
	// WaiverExpired: its day is past.
	WaiverExpired = "expired"
	// WaiverNotNeeded: the rule neither fails nor could fail any longer.
	WaiverNotNeeded = "not_needed"
	// WaiverUnused: nothing in --fail-on names the rule.
	WaiverUnused = "unused"
)

// Waiver keeps what came of a rule from making a check fail until a day.
type Waiver struct {
	Rule       string `json:"rule"`
	Because    string `json:"because"`
	ApprovedBy string `json:"approved_by"`
	// Expires is the last day on which it holds.
	Expires string `json:"expires"`
	Status  string `json:"status"`
}

// Judge sets the assessment's check: which of the conditions it meets, the
// waivers for it taken into account, on a day counted from 1 January 1970.
func (a *Assessment) Judge(conditions []string, waivers []Waiver, today int64) {
	c := &Check{FailOn: conditions, Met: []string{}}
	if len(conditions) == 0 {
		c.FailOn = []string{}
	}
	excused := map[string]bool{}
	if len(waivers) > 0 {
		c.Today = fact.DayText(today)
	}
	for _, w := range waivers {
		w.Status = a.waive(w, conditions, c.Today)
		if w.Status == WaiverHolds {
			excused[strings.ToLower(w.Rule)] = true
		}
		c.Waivers = append(c.Waivers, w)
	}
	for _, condition := range conditions {
		if a.meets(condition, excused) {
			c.Met = append(c.Met, condition)
		}
	}
	a.Check = c
}

func (a *Assessment) waive(w Waiver, conditions []string, today string) string {
	rule := a.rule(w.Rule)
	if rule == nil || !rule.canFail(a.Reading) {
		return WaiverNotNeeded
	}
	if !slices.ContainsFunc(conditions, func(c string) bool { return rule.meets(c, a.Reading) }) {
		return WaiverUnused
	}
	// Days written from the year on compare as texts.
	if today > w.Expires {
		return WaiverExpired
	}
	return WaiverHolds
}

// rule finds a rule that does not merely inform.
func (a *Assessment) rule(id string) *Rule {
	for i := range a.RuleSets {
		for j := range a.RuleSets[i].Rules {
			if rule := &a.RuleSets[i].Rules[j]; a.RuleSets[i].Role != informs && strings.EqualFold(rule.ID, id) {
				return rule
			}
		}
	}
	return nil
}

// Failing reports whether the check fails.
func (a *Assessment) Failing() bool { return a.Check != nil && len(a.Check.Met) > 0 }

// Names reports whether the check fails because of the rule.
func (a *Assessment) Names(r *Rule) bool {
	if a.Check == nil || a.Excuse(r.ID) != nil {
		return false
	}
	return slices.ContainsFunc(a.Check.Met, func(c string) bool { return r.meets(c, a.Reading) })
}

// Excuse is the waiver that holds for a rule, nil where there is none.
func (a *Assessment) Excuse(id string) *Waiver {
	if a.Check == nil {
		return nil
	}
	for i := range a.Check.Waivers {
		if w := &a.Check.Waivers[i]; w.Status == WaiverHolds && strings.EqualFold(w.Rule, id) {
			return w
		}
	}
	return nil
}

func (a *Assessment) meets(condition string, excused map[string]bool) bool {
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
		if set.Role != informs && slices.ContainsFunc(set.Rules, func(r Rule) bool {
			return r.meets(condition, a.Reading) && !excused[strings.ToLower(r.ID)]
		}) {
			return true
		}
	}
	return false
}

// Documented is the outcome as documented, whatever reading is shown first.
func (r *Rule) Documented(reading string) (outcome string, possible []string) {
	if reading != Documented && r.Other != nil {
		return r.Other.Outcome, r.Other.Possible
	}
	return r.Outcome, r.Possible
}

// canFail reports whether the rule fails or could still fail.
func (r *Rule) canFail(reading string) bool {
	_, possible := r.Documented(reading)
	return slices.Contains(possible, Fail)
}

func (r *Rule) meets(condition, reading string) bool {
	outcome, _ := r.Documented(reading)
	canFail := r.canFail(reading)
	switch {
	case condition == FailOnFail:
		return outcome == Fail
	case condition == FailOnUnclear:
		return outcome == Unclear && canFail
	case strings.EqualFold(condition, r.ID):
		return canFail
	}
	return false
}
