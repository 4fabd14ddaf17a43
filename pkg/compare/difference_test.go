package compare

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
)

func order() []string {
	return []string{"prioritise", "candidate", "consider", "clarify", "refer", "decline", "shelve"}
}

// assessed is an assessment with one rule, that fails or passes.
func assessed(id, path, outcome string, change func(a *result.Assessment)) *result.Assessment {
	a := &result.Assessment{Program: "0.1.0", Reading: result.Documented, Strategy: result.Strategy{ID: "s", SHA256: "1"},
		Input: result.Input{Path: path, Document: 1, SHA256: path}, Initiative: result.Initiative{ID: id, Title: "Title of " + id},
		Thresholds: []result.Threshold{{Name: "weight", Value: "10"}},
		RuleSets:   []result.RuleSet{{ID: "set", Rules: []result.Rule{{ID: "C1", Outcome: outcome, Possible: []string{outcome}}}}}}
	recommended := "consider"
	if outcome == result.Fail {
		recommended = "decline"
	}
	a.Recommendation.Documented = result.Advice{Status: result.Settled, ID: recommended, Possible: []string{recommended}}
	if change != nil {
		change(a)
	}
	return a
}

// Initiatives are the same by their id, else by their bytes, else by their
// title, whatever the order in which they come.
func TestMatch(t *testing.T) {
	renamed := func(title string) func(a *result.Assessment) {
		return func(a *result.Assessment) { a.Initiative.Title = title }
	}
	before := []*result.Assessment{
		assessed("stays", "a.yaml", result.Pass, nil), assessed("moves", "b.yaml", result.Pass, nil), assessed("goes", "c.yaml", result.Pass, nil),
		assessed("file", "d.yaml", result.Pass, func(a *result.Assessment) { a.Input.SHA256, a.Initiative.Title = "d", "Same" }),
		assessed("title", "e.yaml", result.Pass, renamed("Same title")), assessed("twice", "f.yaml", result.Pass, nil), assessed("twice", "g.yaml", result.Fail, nil),
	}
	after := []*result.Assessment{
		assessed("stays", "a.yaml", result.Fail, nil), assessed("moves", "other.yaml", result.Pass, nil), assessed("comes", "h.yaml", result.Pass, nil),
		assessed("new-file", "i.yaml", result.Pass, func(a *result.Assessment) { a.Input.SHA256, a.Initiative.Title = "d", "Same" }),
		assessed("new-title", "j.yaml", result.Fail, renamed("Same title")), assessed("twice", "g.yaml", result.Fail, nil), assessed("twice", "f.yaml", result.Pass, nil),
	}
	want := []string{"new comes from ", "gone goes from ", "same moves from ", "renamed new-file from file", "renamed new-title from title", "changed stays from ",
		"same twice from ", "same twice from "}
	for range 2 {
		var got []string
		d := Difference(before, after, order(), "0.1.0")
		for _, c := range d.Initiatives {
			got = append(got, fmt.Sprintf("%s %s from %s", c.Status, c.ID, c.OldID))
		}
		if !slices.Equal(got, want) || !d.Worse {
			t.Errorf("got %q, want %q; worse: %t", got, want, d.Worse)
		}
		slices.Reverse(before)
		slices.Reverse(after)
	}
}

// What differs is named, and only what changes outcomes is a change.
func TestDiffers(t *testing.T) {
	no := false
	for name, test := range map[string]struct {
		change func(a *result.Assessment)
		want   []string
		status string
	}{
		"nothing":           {nil, nil, result.Same},
		"the file":          {func(a *result.Assessment) { a.Input.SHA256 = "2" }, []string{result.DiffersInput}, result.Same},
		"the file's name":   {func(a *result.Assessment) { a.Input.Path = "b.yaml" }, nil, result.Same},
		"the strategy":      {func(a *result.Assessment) { a.Strategy.SHA256 = "2" }, []string{result.DiffersStrategy}, result.Same},
		"a threshold":       {func(a *result.Assessment) { a.Thresholds[0].Value = "11" }, []string{result.DiffersThresholds}, result.Same},
		"a threshold given": {func(a *result.Assessment) { a.Thresholds[0].Given = true }, nil, result.Same},
		"the open choice": {func(a *result.Assessment) { a.Choice = &result.Choice{Name: "enough", Value: 3} }, []string{result.DiffersThresholds},
			result.Same},
		"an assumption": {func(a *result.Assessment) {
			a.Assumptions = []result.Assumption{{Fact: "a.b", Value: fact.Coded{Options: []string{"yes"}}}}
		}, []string{result.DiffersAssumptions}, result.Same},
		"the date":    {func(a *result.Assessment) { a.Date, a.InForce = "2018-01-01", &no }, []string{result.DiffersDate}, result.Same},
		"the program": {func(a *result.Assessment) { a.Program = "0.2.0" }, []string{result.DiffersProgram}, result.Same},
		"a check":     {func(a *result.Assessment) { a.Judge([]string{"consider"}, nil, 0) }, nil, result.Same},
		// Documented outcomes count, whichever reading is shown first.
		"the reading": {func(a *result.Assessment) {
			a.Reading, a.RuleSets[0].Rules[0] = result.Stated, result.Rule{ID: "C1", Outcome: result.Fail, Other: &result.Other{Outcome: result.Pass, Possible: []string{result.Pass}}}
		}, nil, result.Same},
		"a rule that is new": {func(a *result.Assessment) {
			a.RuleSets[0].Rules = append(a.RuleSets[0].Rules, result.Rule{ID: "C2", Outcome: result.Pass, Possible: []string{result.Pass}})
		}, nil, result.Changed},
		"a rule that is gone": {func(a *result.Assessment) { a.RuleSets = nil }, nil, result.Changed},
	} {
		t.Run(name, func(t *testing.T) {
			c := Difference([]*result.Assessment{assessed("a", "a.yaml", result.Pass, nil)}, []*result.Assessment{assessed("a", "a.yaml", result.Pass, test.change)},
				order(), "0.1.0").Initiatives[0]
			if !slices.Equal(c.Differs, test.want) || c.Status != test.status {
				t.Errorf("%s, and differs: %v; want %s, %v", c.Status, c.Differs, test.status, test.want)
			}
		})
	}
}

// It is worse where the best or the lowest that is possible is lower.
func TestWorse(t *testing.T) {
	for _, test := range []struct {
		before, after []string
		want          bool
	}{
		{[]string{"consider"}, []string{"consider"}, false},
		{[]string{"consider"}, []string{"decline"}, true},
		{[]string{"decline"}, []string{"consider"}, false},
		{[]string{"prioritise", "shelve"}, []string{"shelve"}, true},
		{[]string{"prioritise", "shelve"}, []string{"prioritise"}, false},
		{[]string{"prioritise", "consider"}, []string{"prioritise", "decline"}, true},
		{[]string{"consider", "decline"}, []string{"prioritise", "shelve"}, true},
		{[]string{"shelve"}, []string{"nobody knows"}, true},
	} {
		if got := Worse(test.before, test.after, order()); got != test.want {
			t.Errorf("from %v to %v: worse is %t", test.before, test.after, got)
		}
	}
}
