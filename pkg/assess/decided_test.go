package assess_test

import (
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
)

// isA is the condition that a choice is its first option.
func isA(f *worldFact) *node {
	return &node{op: "leaf", leaf: &leaf{subject: f.path, word: "==", operands: []string{"a"}}}
}

// saysA claims the first option of each choice, one on each line.
func saysA(grounds ...initiative.Grounds) *initiative.Initiative {
	one := &initiative.Initiative{}
	for i, g := range grounds {
		one.Claims = append(one.Claims, initiative.Claim{Fact: i, Values: fact.Values{Options: 1}, Grounds: g, Pos: diag.Pos{Line: i + 1}})
	}
	return one
}

func factsOf(grounds []result.Ground) (paths []string) {
	for _, g := range grounds {
		paths = append(paths, g.Fact)
	}
	return paths
}

// Where one of two claims is enough, the recommendation rests on the one with
// a reason or a source, and among equals on the first.
func TestSupportedClaimsDecide(t *testing.T) {
	b := &builder{w: &world{}}
	b.addChoices(2, 2)
	s := oneRule(t, b.w, &worldRule{id: "R0", pass: join("any", isA(b.w.facts[0]), isA(b.w.facts[1]))})
	none, source, reason := initiative.Grounds{}, initiative.Grounds{Source: "protokollen"}, because()
	for _, test := range []struct {
		first, second initiative.Grounds
		want          string
	}{
		{none, none, "g.fact_0"}, {none, source, "g.fact_1"}, {none, reason, "g.fact_1"},
		{source, none, "g.fact_0"}, {source, source, "g.fact_0"}, {source, reason, "g.fact_0"},
		{reason, none, "g.fact_0"}, {reason, source, "g.fact_0"}, {reason, reason, "g.fact_0"},
	} {
		got := factsOf(assess.New(s, assess.Options{}).Assess(saysA(test.first, test.second)).Recommendation.DecidedBy)
		if !slices.Equal(got, []string{test.want}) {
			t.Errorf("with %+v and %+v it rests on %v, want %s", test.first, test.second, got, test.want)
		}
	}
}

// Of up to 14 claims the fewest that decide a rule are found; of more, some of
// which none can be left out.
func TestFewestClaimsDecide(t *testing.T) {
	for _, facts := range []int{2, 14, 15} {
		b := &builder{w: &world{}}
		b.addChoices(facts, 2)
		var others []*node
		for _, f := range b.w.facts[:facts-1] {
			others = append(others, isA(f))
		}
		last := b.w.facts[facts-1]
		s := oneRule(t, b.w, &worldRule{id: "R0", pass: join("any", isA(last), join("all", others...))})
		got := factsOf(ruleOf(assess.New(s, assess.Options{}).Assess(saysA(slices.Repeat([]initiative.Grounds{because()}, facts)...)), "R0").DecidedBy)
		want := 1
		if facts > 14 {
			want = facts - 1
		}
		if len(got) != want || facts > 2 && slices.Contains(got, last.path) != (want == 1) {
			t.Errorf("of %d claims %v decide", facts, got)
		}
	}
}
