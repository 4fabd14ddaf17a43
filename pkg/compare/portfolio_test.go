package compare

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// What an initiative needs is between the least and the most that its claims
// leave possible; where nothing is known that is anything.
func TestNeeds(t *testing.T) {
	s := small(t)
	domain := s.Facts[s.Fact("cost.nok")]
	other := fact.Coded{Ranges: []fact.CodedRange{{From: "1", To: "2"}, {From: "4", To: "7"}}}
	for name, test := range map[string]struct {
		change func(a *result.Assessment)
		need   need
		shown  result.Need
	}{
		"nothing":    {func(*result.Assessment) {}, need{domain.Min, domain.Max}, result.Need{}},
		"an amount":  {func(a *result.Assessment) { says(a, "cost.nok", between("3", "3")) }, need{3 * fact.One, 3 * fact.One}, result.Need{Least: "3", Most: "3"}},
		"a range":    {func(a *result.Assessment) { says(a, "cost.nok", between("3", "5")) }, need{3 * fact.One, 5 * fact.One}, result.Need{Least: "3", Most: "5"}},
		"two ranges": {func(a *result.Assessment) { says(a, "cost.nok", other) }, need{1 * fact.One, 7 * fact.One}, result.Need{Least: "1", Most: "7"}},
		"at least": {func(a *result.Assessment) {
			says(a, "cost.nok", domain.Encode(fact.Values{Intervals: []fact.Interval{{Lo: 3 * fact.One, Hi: domain.Max}}}))
		}, need{3 * fact.One, domain.Max}, result.Need{Least: "3"}},
		"stated only": {func(a *result.Assessment) { says(a, "cost.nok", between("3", "3")); a.Facts[0].Counts = result.Stated }, need{domain.Min, domain.Max}, result.Need{}},
		"unknown":     {func(a *result.Assessment) { says(a, "cost.nok", fact.Coded{}); a.Facts[0].Value = nil }, need{domain.Min, domain.Max}, result.Need{}},
		"assumed": {func(a *result.Assessment) {
			a.Assumptions = []result.Assumption{{Fact: "cost.nok", Value: between("3", "4"), Used: true}}
		}, need{3 * fact.One, 4 * fact.One}, result.Need{Least: "3", Most: "4"}},
		"assumed for others": {func(a *result.Assessment) {
			a.Assumptions = []result.Assumption{{Fact: "cost.nok", Value: between("3", "4")}}
		}, need{domain.Min, domain.Max}, result.Need{}},
		"assumed beside a range": {func(a *result.Assessment) {
			says(a, "cost.nok", between("2", "3.5"))
			a.Assumptions = []result.Assumption{{Fact: "needs.documented", Value: options("yes")}, {Fact: "cost.nok", Value: between("3", "4"), Used: true}}
		}, need{3 * fact.One, 3.5 * fact.One}, result.Need{Least: "3", Most: "3.5"}},
		// What a changed file got wrong is unknown.
		"a code that is none":      {func(a *result.Assessment) { says(a, "cost.nok", options("ks")) }, need{domain.Min, domain.Max}, result.Need{Least: "0"}},
		"sets in place of amounts": {func(a *result.Assessment) { says(a, "cost.nok", fact.Coded{Sets: []fact.CodedSet{{}}}) }, need{domain.Min, domain.Max}, result.Need{Least: "0"}},
		"an assumption on no fact": {func(a *result.Assessment) {
			a.Assumptions = []result.Assumption{{Fact: "cost.none", Value: between("3", "4"), Used: true}}
		}, need{domain.Min, domain.Max}, result.Need{}},
		"an assumption that excludes": {func(a *result.Assessment) {
			says(a, "cost.nok", between("1", "2"))
			a.Assumptions = []result.Assumption{{Fact: "cost.nok", Value: between("3", "4"), Used: true}}
		}, need{domain.Min, domain.Max}, result.Need{Least: "0"}},
	} {
		t.Run(name, func(t *testing.T) {
			a := proposal("a", "pfppp", "consider")
			test.change(a)
			test.shown.Name = "money"
			one := New(s, Options{}).candidate(a)
			if one.needs[0] != test.need || one.Needs[0] != test.shown || len(one.needs) != 2 {
				t.Errorf("needs %v, shown %+v", one.needs, one.Needs)
			}
		})
	}
}

// What an initiative has of a group is what all values that are possible have,
// and perhaps what one of them has.
func TestMembers(t *testing.T) {
	sets := func(all ...fact.CodedSet) fact.Coded { return fact.Coded{Sets: all} }
	for _, test := range []struct {
		path             string
		value            fact.Coded
		certain, perhaps []string
	}{
		{"origin.initiator", sets(fact.CodedSet{All: []string{"ks"}}), []string{"ks"}, nil},
		{"origin.initiator", sets(fact.CodedSet{All: []string{"ks"}, Perhaps: []string{"state"}}), []string{"ks"}, []string{"state"}},
		{"origin.initiator", sets(fact.CodedSet{All: []string{"ks"}}, fact.CodedSet{All: []string{"ks", "state"}}), []string{"ks"}, []string{"state"}},
		{"origin.initiator", sets(fact.CodedSet{All: []string{"ks"}}, fact.CodedSet{All: []string{"state"}}), nil, []string{"ks", "state"}},
		{"origin.initiator", sets(fact.CodedSet{}), nil, nil},
		{"reach.relevance", options("many"), []string{"many"}, nil},
		{"reach.relevance", options("most", "few"), nil, []string{"most", "few"}},
		{"needs.documented", options("no"), []string{"no"}, nil},
	} {
		s := small(t)
		a := proposal("a", "pfppp", "consider")
		says(a, test.path, test.value)
		one := New(s, Options{}).candidate(a)
		for i, m := range one.Groups {
			switch {
			case m.Name != s.Compare.GroupBy[i]:
				t.Errorf("group %d is %s", i, m.Name)
			case m.Name == test.path:
				if m.Unknown || !slices.Equal(m.Certain, test.certain) || !slices.Equal(m.Perhaps, test.perhaps) {
					t.Errorf("%s, %v: %+v", test.path, test.value, m)
				}
			case m.Unknown != (m.Name != "criteria"):
				t.Errorf("%s, of which nothing is said: %+v", m.Name, m)
			}
		}
	}
}

// What was assumed counts where it was used, whichever fact it is; and any rule
// set can be grouped by.
func TestOtherMembers(t *testing.T) {
	s := small(t)
	s.Compare.GroupBy = []string{"origin.initiator", "checklist"}
	a := proposal("a", "ffffp", "consider")
	a.Assumptions = []result.Assumption{{Fact: "origin.initiator", Value: fact.Coded{Sets: []fact.CodedSet{{All: []string{"ks"}}}}, Used: true}}
	one := New(s, Options{}).candidate(a)
	if s.Fact("origin.initiator") != 0 || !slices.Equal(one.Groups[0].Certain, []string{"ks"}) || !slices.Equal(one.Groups[1].Certain, []string{"S2"}) {
		t.Errorf("%+v", one.Groups)
	}
}

// The portfolio counts what the initiatives are shown with.
func TestPortfolioCounts(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 6))
		s := small(t)
		informs := int(seed%3) - 1 // a rule set, or none
		if informs >= 0 {
			s.Sets[informs].Role = strategy.Informs
		}
		all := randomProposals(r, r.IntN(7))
		c := take(t, New(s, Options{}), all...).Result("0.1.0")
		got, want := map[string]int{}, map[string]int{}
		for _, one := range c.Initiatives {
			want["recommendation "+one.Recommendation]++
			want["year "+strings.Split(one.Date, "-")[0]]++
			for i, outcomes := range one.Outcomes {
				if s.Rules[i].Set != informs {
					want[c.Rules[i]+" "+outcomes.Outcome()]++
				}
			}
			for _, m := range one.Groups {
				want[m.Name+" unknown"] += count(m.Unknown)
				for _, id := range m.Certain {
					want[m.Name+" certain "+id]++
				}
				for _, id := range m.Perhaps {
					want[m.Name+" perhaps "+id]++
				}
			}
		}
		for _, tally := range c.Portfolio.Recommendations {
			got["recommendation "+tally.ID] = tally.Count
		}
		for _, tally := range c.Portfolio.Years {
			got["year "+tally.ID] = tally.Count
		}
		for _, tally := range c.Portfolio.Rules {
			got[tally.ID+" "+result.Pass], got[tally.ID+" "+result.Fail] = tally.Pass, tally.Fail
			got[tally.ID+" "+result.Unclear], got[tally.ID+" "+result.NotApplicable] = tally.Unclear, tally.NotApplicable
		}
		for _, g := range c.Portfolio.Groups {
			got[g.Name+" unknown"] = g.Unknown
			for _, v := range g.Values {
				got[g.Name+" certain "+v.ID], got[g.Name+" perhaps "+v.ID] = v.Certain, v.Perhaps
			}
		}
		for key, n := range got {
			if n != want[key] {
				t.Fatalf("seed %d: %s: %d, counted %d", seed, key, n, want[key])
			}
		}
		for key, n := range want {
			if n != got[key] {
				t.Fatalf("seed %d: %s: %d, counted %d", seed, key, got[key], n)
			}
		}
		listed := func(tallies []result.Tally) bool {
			return !slices.ContainsFunc(tallies, func(tally result.Tally) bool { return tally.Count == 0 })
		}
		if !listed(c.Portfolio.Recommendations) || !listed(c.Portfolio.Years) || len(c.Portfolio.Rules) != []int{5, 2, 3}[informs+1] || len(c.Portfolio.Groups) != 4 {
			t.Fatalf("seed %d: %+v", seed, c.Portfolio)
		}
	}
}
