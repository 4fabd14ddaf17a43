package inquiry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// What is said to decide the recommendation does so without anything else that
// the initiative says, and none of it can be left out; rows and conditions are
// in the state that all cases give them.
func TestWhy(t *testing.T) {
	decided := 0
	for seed := range uint64(worlds) {
		r := random(seed, 8)
		s := strategyOf(t, r, usual())
		for range 3 {
			one := initiativeOf(r, s)
			a, open := taken(s, one)
			why := inquiry.New(s, a).Why(open)
			possible := diagram.NewWalker(s.Model.Store).Possible(s.Model.Recommendation, open.Box)
			for left := range len(why.DecidedBy) + 1 {
				box := onlyWhat(s, a, why.DecidedBy, left, open.Box)
				got := diagram.NewWalker(s.Model.Store).Possible(s.Model.Recommendation, box)
				if got.Within(possible) != (left == len(why.DecidedBy)) {
					t.Fatalf("seed %d: without claim %d of %d: %v of %v", seed, left, len(why.DecidedBy), got, possible)
				}
			}
			decided += truth(len(why.DecidedBy) > 0)
			for _, row := range why.Rows {
				checkRow(t, s, open, row)
			}
		}
	}
	if decided < worlds/4 {
		t.Errorf("%d decided: too few to tell", decided)
	}
}

// onlyWhat is the box in which just those claims count, but for the one left
// out.
func onlyWhat(s *strategy.Strategy, a *assess.Assessor, grounds []result.Ground, left int, box diagram.Box) diagram.Box {
	space := s.Model.Store.Space()
	only := space.Full()
	for _, v := range s.Model.Judgement {
		space.Only(only, v, strategy.ByFacts)
		if space.Allowed(box, v) > 1 { // a conflict is nothing that was said
			copy(space.Mask(only, v), space.Mask(box, v))
		}
	}
	for i, g := range grounds {
		var v int
		switch {
		case i == left:
			continue
		case g.Judgement != "":
			v = s.Model.Judgement[s.Rule(g.Judgement)]
		case g.Choice != "":
			v = s.Model.Choice
		default:
			v = s.Model.Fact[s.Fact(g.Fact)]
		}
		copy(space.Mask(only, v), space.Mask(box, v))
	}
	return only
}

// checkRow goes through all cases.
func checkRow(t *testing.T, s *strategy.Strategy, open *assess.Taken, row inquiry.Row) {
	t.Helper()
	state := func(f diagram.Ref) inquiry.State {
		results := tableOf(s, f, open.Box).results
		switch {
		case !slices.Contains(results, 0):
			return inquiry.Yes
		case !slices.Contains(results, 1):
			return inquiry.No
		}
		return inquiry.Open
	}
	i := slices.IndexFunc(s.Table.Rows, func(r strategy.Row) bool { return r.ID == row.ID })
	if want := state(s.Model.Rows[i]); row.State != want || want == inquiry.No {
		t.Fatalf("%s is %v, and is said to be %v", row.ID, want, row.State)
	}
	for _, c := range row.Conditions {
		place := slices.IndexFunc(s.Table.Conditions, func(n strategy.Named) bool { return n.Name == c.Name })
		want := state(s.Model.Conditions[place])
		if c.State != want || (want == inquiry.Open) != (len(c.Causes) > 0) || want == inquiry.Open && len(c.DecidedBy) > 0 {
			t.Fatalf("%s is %v, and is said to be %+v", c.Name, want, c)
		}
	}
}

// Of an example that is shelved: what stands in the way of giving it priority.
func TestWhyNot(t *testing.T) {
	s, names, all := shipped(t, nil)
	a := assess.New(s, assess.Options{})
	q := inquiry.New(s, a)
	open := a.Take(all[slices.Index(names, "nabolagsverksted.yaml")])
	why, ok := q.WhyNot(open, "prioritise")
	if !ok || why.State != inquiry.No || len(why.Rows) != 1 || why.Rows[0].ID != "enough" {
		t.Fatalf("%v %+v", ok, why)
	}
	var failing []string
	for _, c := range why.Rows[0].Conditions {
		if c.Fails() {
			failing = append(failing, fmt.Sprintf("%s by %s", c.Name, c.DecidedBy[0].Fact))
		}
	}
	if got, want := strings.Join(failing, ", "), "outside_definition by reach.relevance, means_lacking by resources.capacity"; got != want {
		t.Errorf("in the way stand %s, want %s", got, want)
	}
	if why.Turn == nil || why.Turn.To != strategy.Candidate || why.Turn.Certain || len(why.Turn.Changes[0].Parts) != 2 {
		t.Errorf("the change is %+v", why.Turn)
	}
	if why, ok := q.WhyNot(open, "shelve"); !ok || why.State != inquiry.Yes || why.Turn != nil {
		t.Errorf("it is shelved, not %+v", why)
	}
	if why, ok := q.WhyNot(open, "candidate"); !ok || why.State != inquiry.No || len(why.Rows) != 2 {
		t.Errorf("two rows lead to candidate, not %+v", why)
	}
	if _, ok := q.WhyNot(open, "nothing"); ok {
		t.Error("there is no recommendation of that name")
	}
}
