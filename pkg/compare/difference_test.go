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
		Thresholds:  []result.Threshold{{Name: "weight", Value: "10"}},
		Assumptions: []result.Assumption{{Fact: "a.b", Value: fact.Coded{Options: []string{"yes"}}}},
		RuleSets:    []result.RuleSet{{ID: "set", Rules: []result.Rule{{ID: "C1", Outcome: outcome, Possible: []string{outcome}}}}}}
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

// Of several that could be the same, the one that has most in common is: id and
// place, id, content and title, title.
func TestMatchBest(t *testing.T) {
	type file struct {
		id, path string
		document int
		digest   string
		title    string
	}
	for name, test := range map[string]struct {
		before, after []file
		want          []string
	}{
		"the place before another": {[]file{{"a", "q", 1, "s", "T"}}, []file{{"a", "p", 1, "s", "T"}, {"a", "q", 1, "r", "U"}}, []string{"a q1 as a q1", "a new p1"}},
		"the document in a file":   {[]file{{"a", "p", 2, "s", "T"}}, []file{{"a", "p", 1, "s", "T"}, {"a", "p", 2, "s", "T"}}, []string{"a p2 as a p2", "a new p1"}},
		"the id before the place":  {[]file{{"a", "p", 1, "s", "T"}}, []file{{"b", "p", 1, "s", "T"}, {"a", "q", 2, "r", "U"}}, []string{"a p1 as a q2", "b new p1"}},
		"of one id, by their order": {[]file{{"a", "p", 1, "s", "T"}, {"a", "q", 1, "s", "T"}}, []file{{"a", "y", 1, "s", "T"}, {"a", "x", 1, "s", "T"}},
			[]string{"a p1 as a x1", "a q1 as a y1"}},
		"the content before the title":    {[]file{{"a", "p", 1, "s", "T"}}, []file{{"b", "m", 1, "r", "T"}, {"c", "n", 1, "s", "T"}}, []string{"b new m1", "a p1 as c n1"}},
		"the content with the document":   {[]file{{"a", "p", 2, "s", "T"}}, []file{{"b", "m", 1, "s", "T"}, {"c", "n", 2, "s", "T"}}, []string{"b new m1", "a p2 as c n2"}},
		"the content with the title":      {[]file{{"a", "p", 1, "s", "T"}}, []file{{"b", "m", 1, "s", "U"}, {"c", "n", 1, "r", "T"}}, []string{"b new m1", "a p1 as c n1"}},
		"content alone is not enough":     {[]file{{"a", "p", 1, "s", "T"}}, []file{{"b", "p", 1, "s", "U"}}, []string{"a gone p1", "b new p1"}},
		"the title is enough":             {[]file{{"a", "p", 1, "s", "T"}}, []file{{"b", "q", 2, "r", "T"}}, []string{"a p1 as b q2"}},
		"each is the same as one at most": {[]file{{"a", "p", 1, "s", "T"}, {"b", "q", 1, "s", "T"}}, []file{{"c", "r", 1, "s", "T"}}, []string{"b gone q1", "a p1 as c r1"}},
		"of those alike, by their bytes":  {[]file{{"a", "p", 1, "s", "T"}, {"a", "p", 1, "r", "T"}}, []file{{"a", "x", 1, "s", "T"}}, []string{"a p1 as a x1", "a gone p1"}},
		"renamed ones of one id, by theirs": {[]file{{"b", "p", 1, "s", "T"}, {"a", "p", 2, "s", "U"}}, []file{{"c", "x", 1, "s", "T"}, {"c", "x", 2, "s", "U"}},
			[]string{"a p2 as c x2", "b p1 as c x1"}},
	} {
		t.Run(name, func(t *testing.T) {
			side := func(files []file) (all []*result.Assessment) {
				for _, f := range files {
					all = append(all, assessed(f.id, f.path, result.Pass, func(a *result.Assessment) {
						a.Input, a.Initiative.Title = result.Input{Path: f.path, Document: f.document, SHA256: f.digest}, f.title
					}))
				}
				return all
			}
			place := func(in *result.Input) string { return fmt.Sprint(in.Path, in.Document) }
			var got []string
			for _, c := range Difference(side(test.before), side(test.after), order(), "0.1.0").Initiatives {
				switch {
				case c.OldInput == nil:
					got = append(got, c.ID+" new "+place(c.NewInput))
				case c.NewInput == nil:
					got = append(got, c.ID+" gone "+place(c.OldInput))
				default:
					old := c.ID
					if c.Status == result.Renamed {
						old = c.OldID
					}
					got = append(got, old+" "+place(c.OldInput)+" as "+c.ID+" "+place(c.NewInput))
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// What is recommended changes with the recommendation or with what is possible.
func TestAdviceChanges(t *testing.T) {
	for name, test := range map[string]struct {
		change func(advice *result.Advice)
		want   bool
	}{
		"nothing":          {func(*result.Advice) {}, false},
		"the name alone":   {func(advice *result.Advice) { advice.ID = "candidate" }, true},
		"what is possible": {func(advice *result.Advice) { advice.Possible = []string{"consider", "decline"} }, true},
	} {
		before, after := assessed("a", "a", result.Pass, nil), assessed("a", "a", result.Pass, func(a *result.Assessment) { test.change(&a.Recommendation.Documented) })
		c := Difference([]*result.Assessment{before}, []*result.Assessment{after}, order(), "0.1.0").Initiatives[0]
		if (c.Recommendation != nil) != test.want || (c.Status == result.Changed) != test.want || Equal(before, after) == test.want {
			t.Errorf("%s: %s, %+v; equal: %t", name, c.Status, c.Recommendation, Equal(before, after))
		}
	}
	if Equal(assessed("a", "a", result.Pass, nil), assessed("a", "a", result.Pass, func(a *result.Assessment) { a.RuleSets = nil })) {
		t.Error("a rule that is gone makes no difference")
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
		"no assumption":           {func(a *result.Assessment) { a.Assumptions = nil }, []string{result.DiffersAssumptions}, result.Same},
		"an assumption's value":   {func(a *result.Assessment) { a.Assumptions[0].Value.Options[0] = "no" }, []string{result.DiffersAssumptions}, result.Same},
		"an assumption's fact":    {func(a *result.Assessment) { a.Assumptions[0].Fact = "a.c" }, []string{result.DiffersAssumptions}, result.Same},
		"an assumption that fits": {func(a *result.Assessment) { a.Assumptions[0].Used = true }, nil, result.Same},
		"a threshold's name":      {func(a *result.Assessment) { a.Thresholds[0].Name = "height" }, []string{result.DiffersThresholds}, result.Same},
		"the date":                {func(a *result.Assessment) { a.Date, a.InForce = "2018-01-01", &no }, []string{result.DiffersDate}, result.Same},
		"the program":             {func(a *result.Assessment) { a.Program = "0.2.0" }, []string{result.DiffersProgram}, result.Same},
		"a check":                 {func(a *result.Assessment) { a.Judge([]string{"consider"}, nil, 0) }, nil, result.Same},
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
