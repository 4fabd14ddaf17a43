package assess_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Removing what an example says of a fact never makes a rule pass or fail that
// did not before, unless the adviser's judgement conflicted with it, and
// changes no rule that does not read the fact.
func TestExamplesWithoutAFact(t *testing.T) {
	names, err := filepath.Glob("../../examples/*.yaml")
	if err != nil || len(names) == 0 {
		t.Skip("there are no examples")
	}
	s := shipped(t)
	assessor := assess.New(s, assess.Options{})
	for _, name := range names {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			file, found := yamldoc.Read(name, data)
			if found.HasErrors() {
				t.Fatal(worded(t, found))
			}
			for _, document := range file.Documents {
				whole, found := initiative.Read(file, document, s)
				if whole == nil {
					t.Fatal(worded(t, found))
				}
				before := assessor.Assess(whole)
				for place, claim := range whole.Claims {
					less := *whole
					less.Claims = slices.Delete(slices.Clone(whole.Claims), place, place+1)
					compareWithout(t, s, s.Facts[claim.Fact].Path, before, assessor.Assess(&less))
				}
			}
		})
	}
}

func compareWithout(t *testing.T, s *strategy.Strategy, path string, before, after *result.Assessment) {
	t.Helper()
	touched := changed(t, before, after)
	for _, rule := range s.Rules {
		was, is := ruleOf(before, rule.ID), ruleOf(after, rule.ID)
		if slices.Contains(touched, rule.ID) && !reads(s, rule, path) {
			t.Errorf("without %s: %s has changed and does not read it", path, rule.ID)
		}
		decided := is.Outcome == result.Pass || is.Outcome == result.Fail
		if decided && is.Outcome != was.Outcome && status(was) != result.JudgementConflict {
			t.Errorf("without %s: %s is %s and was %s", path, rule.ID, is.Outcome, was.Outcome)
		}
	}
}
