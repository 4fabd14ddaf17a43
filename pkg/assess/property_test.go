package assess_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// ruleOf finds a rule's outcome.
func ruleOf(a *result.Assessment, id string) result.Rule {
	for _, set := range a.RuleSets {
		for _, r := range set.Rules {
			if r.ID == id {
				return r
			}
		}
	}
	return result.Rule{}
}

// statedOutcomes are the outcomes possible as stated; the assessment shows the
// documented reading first.
func statedOutcomes(r result.Rule) []string {
	if r.Other != nil {
		return r.Other.Possible
	}
	return r.Possible
}

func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(one string) bool { return !slices.Contains(all, one) })
}

func status(r result.Rule) string {
	if r.Judgement == nil {
		return ""
	}
	return r.Judgement.Status
}

// Whoever says more of a fact makes nothing possible that was not possible
// before, except where the adviser's own judgement now conflicts with it; and
// what is possible as stated is possible as documented.
func TestMoreIsKnownLessIsPossible(t *testing.T) {
	for seed := range tries(120) {
		r := random(seed, 3)
		w, s := soundWorld(t, r, usual())
		p := w.newProposal(r)
		p.assume = nil
		g := &proposer{Rand: r, world: w, proposal: p}
		assessor := assess.New(s, assess.Options{})
		before := assessor.Assess(readText(t, s, p.text(w)))
		for _, i := range r.Perm(len(w.facts)) {
			if slices.ContainsFunc(p.statements, func(s *statement) bool { return s.fact == i }) {
				continue
			}
			p.statements = append(p.statements, g.statement(i))
			text := p.text(w)
			after := assessor.Assess(readText(t, s, text))
			for _, fault := range grown(s, before, after) {
				t.Fatalf("seed %d: %s\n%s\n%s", seed, fault, text, asText(w))
			}
			before = after
		}
	}
}

// grown lists what is possible after and was not before, and what is possible
// as stated and not as documented.
func grown(s *strategy.Strategy, before, after *result.Assessment) []string {
	var faults []string
	conflict := false
	for _, id := range s.RuleIDs() {
		was, is := ruleOf(before, id), ruleOf(after, id)
		if !within(statedOutcomes(is), is.Possible) {
			faults = append(faults, id+": more is possible as stated than as documented")
		}
		if status(is) == result.JudgementConflict && status(was) != status(is) {
			conflict = true
			continue
		}
		if !within(is.Possible, was.Possible) || !within(statedOutcomes(is), statedOutcomes(was)) {
			faults = append(faults, id+": more is possible than before")
		}
	}
	was, is := before.Recommendation, after.Recommendation
	if !within(is.Stated.Possible, is.Documented.Possible) {
		faults = append(faults, "more recommendations are possible as stated than as documented")
	}
	if !conflict && (!within(is.Stated.Possible, was.Stated.Possible) || !within(is.Documented.Possible, was.Documented.Possible)) {
		faults = append(faults, "more recommendations are possible than before")
	}
	return faults
}

// asJSON is all of an assessment but the digest of its strategy.
func asJSON(t *testing.T, a *result.Assessment) string {
	t.Helper()
	a.Strategy.SHA256 = ""
	data, err := json.MarshalIndent(a, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// What a strategy means counts, not how it is written: conditions that mean the
// same give the same assessment in all its parts.
func TestMeaningNotSpelling(t *testing.T) {
	for seed := range tries(150) {
		r := random(seed, 4)
		w, s := soundWorld(t, r, usual())
		b := &builder{Rand: r, limits: usual(), w: w}
		other := b.rewrite(w)
		reworded, found := strategy.Load(other.files(), strategy.Options{Settings: w.settings})
		if reworded == nil {
			t.Fatalf("seed %d: %s\n%s", seed, worded(t, found), asText(other))
		}
		for range 3 {
			text := w.newProposal(r).text(w)
			got, want := assessed(t, reworded, text), assessed(t, s, text)
			if got, want := meaning(t, got), meaning(t, want); got != want {
				t.Fatalf("seed %d: %s\n%s\n%s\n%s", seed, firstDifference(got, want), text, asText(w), asText(other))
			}
		}
	}
}

// firstDifference shows where two texts part.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			from := max(0, i-25)
			return "got " + strings.Join(g[from:min(len(g), i+25)], "\n") + "\nwant " + strings.Join(w[from:min(len(w), i+25)], "\n")
		}
	}
	return "one is longer"
}

func assessed(t *testing.T, s *strategy.Strategy, text string) *result.Assessment {
	t.Helper()
	return assess.New(s, assess.Options{}).Assess(readText(t, s, text))
}

// meaning leaves out how many open facts cannot change the recommendation and
// notes that may hold: both go by what the comparisons tell apart, which is a
// matter of how they are written.
func meaning(t *testing.T, a *result.Assessment) string {
	t.Helper()
	a.Recommendation.NotNeeded = 0
	a.Notes = slices.DeleteFunc(a.Notes, func(n result.Note) bool { return n.Perhaps })
	return asJSON(t, a)
}

// An initiative that says nothing is unclear on every rule whose outcome
// depends on a fact.
func TestEmptyInitiative(t *testing.T) {
	for seed := range tries(80) {
		w, s := soundWorld(t, random(seed, 5), usual())
		a := assess.New(s, assess.Options{}).Assess(&initiative.Initiative{})
		for i, r := range w.rules {
			depends := len(w.ruleCube(w.base(), i).possible()) > 1
			if got := ruleOf(a, r.id); (got.Outcome == result.Unclear) != depends || depends != (len(got.Causes) > 0) || len(got.DecidedBy) > 0 {
				t.Fatalf("seed %d: %s is %s\n%s", seed, r.id, got.Outcome, asText(w))
			}
		}
	}
}

// An assessor keeps nothing from one initiative to the next, and a brief
// assessment finds the same and leaves the explanations out.
func TestAssessorIsUsedAgain(t *testing.T) {
	for seed := range tries(60) {
		r := random(seed, 8)
		w, s := soundWorld(t, r, usual())
		again, brief := assess.New(s, assess.Options{}), assess.New(s, assess.Options{Brief: true})
		for range 3 {
			text := w.newProposal(r).text(w)
			want := assessed(t, s, text)
			if got, want := asJSON(t, again.Assess(readText(t, s, text))), asJSON(t, want); got != want {
				t.Fatalf("seed %d, used again: %s\n%s\n%s", seed, firstDifference(got, want), text, asText(w))
			}
			if got, want := asJSON(t, brief.Assess(readText(t, s, text))), asJSON(t, unexplained(want)); got != want {
				t.Fatalf("seed %d, in brief: %s\n%s\n%s", seed, firstDifference(got, want), text, asText(w))
			}
		}
	}
}

// unexplained leaves out of an assessment what a brief one does not have.
func unexplained(a *result.Assessment) *result.Assessment {
	a.Facts = nil
	for _, set := range a.RuleSets {
		for i := range set.Rules {
			r := &set.Rules[i]
			r.Causes, r.DecidedBy, r.ToPass, r.ToFail = nil, nil, nil, nil
		}
	}
	r := &a.Recommendation
	r.Rows, r.RestsOn, r.DecidedBy, r.Causes, r.NotNeeded = nil, nil, nil, nil, 0
	return a
}
