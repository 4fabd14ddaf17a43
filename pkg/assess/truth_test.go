package assess_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// combined is what follows for a condition from what its parts are: less is
// known than of the condition itself, since parts may read the same facts.
func combined(c *cond.Condition, truths map[*cond.Condition]assess.Truths) assess.Truth {
	holds, open := 0, 0
	for _, part := range c.Parts {
		switch truths[part].Main {
		case assess.True:
			holds++
		case assess.Open:
			open++
		}
	}
	least, most := map[cond.Kind]int{cond.All: len(c.Parts), cond.Any: 1, cond.AtLeast: c.Least}[c.Kind], len(c.Parts)
	if c.Kind == cond.None {
		most = 0
	}
	switch {
	case holds >= least && holds+open <= most:
		return assess.True
	case holds+open < least || holds > most:
		return assess.False
	}
	return assess.Open
}

// The truths of a rule's parts fit each other and the rule's outcome, for every
// rule of every example, in both readings.
func TestTruthsFitOutcomes(t *testing.T) {
	s, found := strategy.Load(os.DirFS("../../criteria/ks-2016-2019"), strategy.Options{})
	if s == nil {
		t.Fatal(found)
	}
	names, err := filepath.Glob("../../examples/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("there are no examples", err)
	}
	seen := map[assess.Truth]int{}
	for _, reading := range []string{result.Documented, result.Stated} {
		assessor := assess.New(s, assess.Options{Reading: reading})
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			file, found := yamldoc.Read(name, data)
			if file == nil {
				t.Fatal(found)
			}
			one, found := initiative.Read(file, file.Documents[0], s)
			if one == nil {
				t.Fatal(found)
			}
			assessed := assessor.Assess(one)
			for _, set := range assessed.RuleSets {
				for _, rule := range set.Rules {
					checkTruths(t, name, s, assessor, rule, seen)
				}
			}
		}
	}
	for _, truth := range []assess.Truth{assess.Open, assess.True, assess.False} {
		if seen[truth] == 0 {
			t.Errorf("no part of any rule is %d", truth)
		}
	}
}

func checkTruths(t *testing.T, name string, s *strategy.Strategy, assessor *assess.Assessor, rule result.Rule, seen map[assess.Truth]int) {
	t.Helper()
	r := s.Rules[s.Rule(rule.ID)]
	truths := assessor.Truths(s.Sets[r.Set].Applies, r.Applies, r.Pass, r.Fail)
	for c, truth := range truths {
		seen[truth.Main]++
		if len(c.Parts) > 0 {
			if parts := combined(c, truths); parts != assess.Open && parts != truth.Main {
				t.Errorf("%s: %s: the parts make it %d, the whole is %d", name, rule.ID, parts, truth.Main)
			}
		}
	}
	if rule.Judgement != nil || rule.Outcome == result.NotApplicable {
		return
	}
	pass, fail := truths[r.Pass].Main, assess.Open
	if r.Fail != nil {
		fail = truths[r.Fail].Main
	} else if pass == assess.False {
		fail = assess.True
	}
	switch rule.Outcome {
	case result.Pass:
		if pass != assess.True {
			t.Errorf("%s: %s passes, its condition is %d", name, rule.ID, pass)
		}
	case result.Fail:
		if fail != assess.True || pass != assess.False {
			t.Errorf("%s: %s fails, its conditions are %d and %d", name, rule.ID, pass, fail)
		}
	case result.Unclear:
		if slices.Equal(rule.Possible, []string{result.Pass, result.Fail}) && (pass == assess.True || fail == assess.True) {
			t.Errorf("%s: %s is unclear, its conditions are %d and %d", name, rule.ID, pass, fail)
		}
	}
}
