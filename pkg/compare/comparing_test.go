package compare

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// small is the small strategy of the tests, with three criteria, two rules of a
// checklist, and more to group by.
func small(t testing.TB) *strategy.Strategy {
	t.Helper()
	s, found := strategy.Load(os.DirFS("../../testdata/strategies/small"), strategy.Options{})
	if s == nil {
		t.Fatal(found)
	}
	s.Compare.GroupBy = []string{"origin.initiator", "reach.relevance", "needs.documented", "criteria"}
	s.Compare.Capacities = []strategy.Capacity{{Name: "money", Fact: s.Fact("cost.nok")}, {Name: "effort", Fact: s.Fact("cost.effort")}}
	return s
}

// possible are the outcomes that a letter stands for.
func possible(letter rune) []string {
	return map[rune][]string{'p': {result.Pass}, 'f': {result.Fail}, 'n': {result.NotApplicable}, '?': {result.Pass, result.Fail},
		'm': {result.Pass, result.NotApplicable}, 'w': {result.Fail, result.NotApplicable},
		'*': {result.Pass, result.Fail, result.NotApplicable}}[letter]
}

// ruleSet is a rule set with a letter for the outcomes of each rule.
func ruleSet(id, rules, letters string) result.RuleSet {
	set := result.RuleSet{ID: id}
	for i, letter := range letters {
		outcomes := possible(letter)
		set.Rules = append(set.Rules, result.Rule{ID: fmt.Sprint(rules, i+1), Outcome: result.OutcomesOf(outcomes).Outcome(), Possible: outcomes})
		sure := slices.Equal(outcomes, []string{result.Pass})
		set.Passed.Least += count(sure)
		set.Passed.Most += count(slices.Contains(outcomes, result.Pass))
		set.Applicable.Least += count(!slices.Contains(outcomes, result.NotApplicable))
		set.Applicable.Most += count(!slices.Equal(outcomes, []string{result.NotApplicable}))
	}
	return set
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// proposal is an assessment under the small strategy: letters for the outcomes
// of its five rules, and what can be recommended.
func proposal(id, letters string, recommendations ...string) *result.Assessment {
	a := &result.Assessment{Program: "0.1.0", Reading: result.Documented, Strategy: result.Strategy{ID: "small", SHA256: "1"},
		Input: result.Input{Path: id + ".yaml", Document: 1, SHA256: id}, Initiative: result.Initiative{ID: id, Title: "Title of " + id},
		Thresholds: []result.Threshold{{Name: "costly", Value: "10"}}, Choice: &result.Choice{Name: "enough_criteria"},
		RuleSets: []result.RuleSet{ruleSet("criteria", "C", letters[:3]), ruleSet("checklist", "S", letters[3:])}}
	advice := result.Advice{ID: recommendations[0], Possible: recommendations}
	if len(recommendations) > 1 {
		advice.ID = strategy.Clarify
	}
	a.Recommendation.Documented = advice
	return a
}

// says adds a claim.
func says(a *result.Assessment, path string, value fact.Coded) {
	a.Facts = append(a.Facts, result.Claim{Fact: path, Value: &value, Counts: result.Documented})
}

func options(ids ...string) fact.Coded { return fact.Coded{Options: ids} }

func between(from, to string) fact.Coded {
	return fact.Coded{Ranges: []fact.CodedRange{{From: fact.Scalar(from), To: fact.Scalar(to)}}}
}

// take takes assessments in.
func take(t testing.TB, c *Comparing, all ...*result.Assessment) *Comparing {
	t.Helper()
	for _, a := range all {
		if err := c.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// The first assessment says what others must have in common with it.
func TestComparable(t *testing.T) {
	yes := options("yes")
	assume := func(path string, value fact.Coded, used bool) func(a *result.Assessment) {
		return func(a *result.Assessment) {
			a.Assumptions = []result.Assumption{{Fact: path, Value: value, Used: used}}
		}
	}
	for name, test := range map[string]struct {
		first, second func(a *result.Assessment)
		want          string
	}{
		"nothing":                     {nil, nil, ""},
		"another date":                {nil, func(a *result.Assessment) { a.Date = "2018-03-01" }, ""},
		"another reading":             {nil, func(a *result.Assessment) { a.Reading = result.Stated }, "a.yaml and b.yaml differ in their reading"},
		"another program":             {nil, func(a *result.Assessment) { a.Program = "0.2.0" }, "differ in their " + result.DiffersProgram},
		"another strategy":            {nil, func(a *result.Assessment) { a.Strategy.SHA256 = "2" }, "differ in their " + result.DiffersStrategy},
		"another threshold":           {nil, func(a *result.Assessment) { a.Thresholds[0].Value = "11" }, "differ in their " + result.DiffersThresholds},
		"another threshold's name":    {nil, func(a *result.Assessment) { a.Thresholds[0].Name = "cheap" }, "differ in their " + result.DiffersThresholds},
		"a threshold that was set":    {nil, func(a *result.Assessment) { a.Thresholds[0].Given = true }, ""},
		"another open choice":         {nil, func(a *result.Assessment) { a.Choice.Value = 2 }, "differ in their " + result.DiffersThresholds},
		"an assumption":               {nil, assume("needs.documented", yes, false), "differ in their " + result.DiffersAssumptions},
		"the assumption, used or not": {assume("needs.documented", yes, true), assume("needs.documented", yes, false), ""},
		"another assumption":          {assume("needs.documented", yes, false), assume("needs.documented", options("no"), false), "differ in their " + result.DiffersAssumptions},
		"an assumption on another":    {assume("needs.documented", yes, false), assume("needs.other", yes, false), "differ in their " + result.DiffersAssumptions},
		"the id":                      {nil, func(a *result.Assessment) { a.Initiative.ID = "a" }, "a.yaml and b.yaml both have the id a"},
	} {
		t.Run(name, func(t *testing.T) {
			c := New(small(t), Options{})
			a, b := proposal("a", "pfppp", "consider"), proposal("b", "pfppp", "consider")
			for i, change := range []func(a *result.Assessment){test.first, test.second} {
				if change != nil {
					change([]*result.Assessment{a, b}[i])
				}
			}
			take(t, c, a)
			err := c.Add(b)
			if (err != nil) != (test.want != "") || err != nil && !strings.Contains(err.Error(), test.want) || c.Len() != 2-count(err != nil) {
				t.Errorf("%v, %d taken in; want %q", err, c.Len(), test.want)
			}
			var mismatch *MismatchError
			var same *SameIDError
			if err != nil && !errors.As(err, &mismatch) && !errors.As(err, &same) {
				t.Errorf("%T is no error of the package", err)
			}
		})
	}
}

// Not even the first is compared where it is not as documented.
func TestTheFirstIsAsDocumented(t *testing.T) {
	a := proposal("a", "pfppp", "consider")
	a.Reading = result.Stated
	if err := New(small(t), Options{}).Add(a); err == nil {
		t.Error("another reading is taken in")
	}
}

// An initiative is ranked while the choice alone divides what it can get.
func TestRanked(t *testing.T) {
	for _, test := range []struct {
		possible []string
		want     string
	}{
		{[]string{"prioritise"}, result.RankedCertain},
		{[]string{"prioritise", "consider"}, result.RankedCertain},
		{[]string{"prioritise", "decline"}, result.RankedPossible},
		{[]string{"prioritise", "consider", "decline"}, result.RankedPossible},
		{[]string{"decline"}, result.RankedNot},
		{[]string{"somewhere else"}, result.RankedNot},
	} {
		r := take(t, New(small(t), Options{}), proposal("a", "pfppp", test.possible...)).Result("0.1.0")
		one := r.Initiatives[0]
		if one.Ranked != test.want || (len(one.Ranks) > 0) != (test.want != result.RankedNot) {
			t.Errorf("%v: ranked %s, %v; want %s", test.possible, one.Ranked, one.Ranks, test.want)
		}
		if slices.ContainsFunc(one.Ranks, func(rank result.Rank) bool { return rank.Place != "" || rank.Selection != "" }) {
			t.Errorf("%v: places and limits that nobody asked for: %+v", test.possible, one.Ranks)
		}
	}
}

// A rule that passes, or does not fail for certain, counts; that it does not
// apply leaves it open.
func TestCriteria(t *testing.T) {
	set := ruleSet("criteria", "C", "pfn?mw*p")
	if sure, perhaps := criteria(&set); sure != 0b10000001 || perhaps != 0b11111101 {
		t.Errorf("sure %b, perhaps %b", sure, perhaps)
	}
	// In a group the rules that certainly pass and those that still can.
	s := small(t)
	c := New(s, Options{})
	for _, test := range []struct {
		letters          string
		certain, perhaps []string
	}{
		{"pfn", []string{"C1"}, nil},
		{"?mw", nil, []string{"C1", "C2"}},
		{"*pp", []string{"C2", "C3"}, []string{"C1"}},
	} {
		m := c.shown("criteria", c.member("criteria", proposal("a", test.letters+"pp", "consider"), documented{}))
		if !slices.Equal(m.Certain, test.certain) || !slices.Equal(m.Perhaps, test.perhaps) || m.Unknown {
			t.Errorf("%s: %+v", test.letters, m)
		}
	}
}

// randomProposals are a few proposals; of some little is known.
func randomProposals(r *rand.Rand, n int) (all []*result.Assessment) {
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	for i := range n {
		letters := ""
		for range 5 {
			letters += string("ppffn?mw*"[r.IntN(9)])
		}
		advice := [][]string{{"prioritise"}, {"consider"}, {"decline"}, {"prioritise", "consider"}, {"consider", "decline"}}[r.IntN(5)]
		a := proposal(fmt.Sprint("tiltak-", i), letters, advice...)
		a.Date = pick("", "2016-05-17", "2018-03-01")
		if r.IntN(3) > 0 {
			says(a, "reach.relevance", options(pick("most", "many", "few")))
		}
		if r.IntN(3) > 0 {
			says(a, "needs.documented", options(pick("yes", "no")))
		}
		if least := r.IntN(5); least > 0 {
			says(a, "cost.nok", between(fmt.Sprint(least), fmt.Sprint(least+r.IntN(2))))
			says(a, "cost.effort", between(fmt.Sprint(least), fmt.Sprint(least)))
		}
		all = append(all, a)
	}
	return all
}

// The same comparison comes out in whichever order initiatives are taken in:
// by recommendation, criteria passed, and id.
func TestOrderOfTakingIn(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 7))
		s := small(t)
		all := randomProposals(r, 6)
		unread := []result.Input{{Path: "x.yaml", Document: 1}, {Path: "x.yaml", Document: 2}, {Path: "w.yaml", Document: 3}}
		var first []byte
		for range 3 {
			c := take(t, New(s, Options{Places: 2, Limits: []Limit{{Amount: 5 * fact.One}}}), all...)
			for _, in := range unread {
				c.AddUnread(in)
			}
			compared := c.Result("0.1.0")
			var out bytes.Buffer
			if err := compared.WriteJSON(&out); err != nil {
				t.Fatal(err)
			}
			if first == nil {
				first = out.Bytes()
			}
			if !bytes.Equal(first, out.Bytes()) {
				t.Fatalf("seed %d: in another order\n%s\nnot\n%s", seed, out.Bytes(), first)
			}
			checkSorted(t, s, compared)
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			r.Shuffle(len(unread), func(i, j int) { unread[i], unread[j] = unread[j], unread[i] })
		}
	}
}

func checkSorted(t *testing.T, s *strategy.Strategy, c *result.Comparison) {
	t.Helper()
	keys := []string{}
	for _, one := range c.Initiatives {
		keys = append(keys, fmt.Sprintf("%d %d %d %s", slices.Index(s.Order, one.Recommendation), 9-one.Passed.Least, 9-one.Passed.Most, one.Initiative.ID))
	}
	if !slices.IsSorted(keys) {
		t.Errorf("in the order %q", keys)
	}
	if u := c.Unread; len(u) != 3 || u[0].Path != "w.yaml" || u[1].Document != 1 || u[2].Document != 2 {
		t.Errorf("not read: %v", u)
	}
}

// What a comparison says of itself is what the assessments were made with, or
// of the strategy where there are none.
func TestHead(t *testing.T) {
	s := small(t)
	limits := []Limit{{Capacity: 1, Amount: 3 * fact.One}, {Capacity: 0, Amount: fact.One / 2}}
	empty := New(s, Options{Places: 3, Limits: limits}).Result("0.1.0")
	if empty.Strategy.SHA256 != s.Digest || empty.Strategy.ID != "small" || empty.Criteria != "criteria" || empty.Places != 3 || !slices.Equal(empty.Ranked, []string{"prioritise", "consider"}) {
		t.Errorf("%+v", empty)
	}
	if want := []result.Limit{{Name: "effort", Fact: "cost.effort", Amount: "3"}, {Name: "money", Fact: "cost.nok", Amount: "0.5"}}; !slices.Equal(empty.Limits, want) {
		t.Errorf("the limits are %v", empty.Limits)
	}
	a := proposal("a", "pfppp", "consider")
	a.Assumptions = []result.Assumption{{Fact: "needs.documented", Value: options("yes"), Used: true}}
	full := take(t, New(s, Options{}), a).Result("0.1.0")
	if full.Strategy != a.Strategy || full.Choice != a.Choice || len(full.Assumptions) != 1 || len(full.Thresholds) != 1 || len(full.Limits) != 0 {
		t.Errorf("%+v", full)
	}
}
