package assess

import (
	"io/fs"
	"testing"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

const partlyFilled = `title: Et tiltak
date: 2018-03-01
facts:
  origin.initiator: [state]
  origin.funders:
    at_least: [state]
  anchoring.decision: Vedtak i hovedstyret
  reach.relevance:
    one_of: [most, many]
    because: Fem fylkesstyrer ba om det
  reach.municipalities: minst 12
  aims.quality: ja
  area.yearly_spending:
    value: 500 mill. til 2 mrd. kr
    because: KOSTRA
`

// Walking the diagrams of all rules, counts, conditions and the recommendation
// allocates nothing.
func TestEvaluatingAllocatesNothing(t *testing.T) {
	folder, err := fs.Sub(criteria.FS(), "ks-2016-2019")
	if err != nil {
		t.Fatal(err)
	}
	s, found := strategy.Load(folder, strategy.Options{})
	if s == nil {
		t.Fatal(found)
	}
	file, found := yamldoc.Read("tiltak.yaml", []byte(partlyFilled))
	if found.HasErrors() {
		t.Fatal(found)
	}
	one, found := initiative.Read(file, file.Documents[0], s)
	if one == nil {
		t.Fatal(found)
	}
	a := New(s, Options{})
	a.initiative = one
	a.take()
	walked := 0
	allocations := testing.AllocsPerRun(10, func() {
		for _, r := range a.model.Outcome {
			walked += a.walker.Possible(r, a.documented).Len() + a.walker.Possible(r, a.stated).Len()
		}
		for _, tallies := range a.model.Tally {
			for _, tally := range tallies {
				walked += a.walker.Possible(tally, a.documented).Len()
			}
		}
		for _, r := range a.model.Conditions {
			walked += a.walker.Possible(r, a.documented).Len()
		}
		possible := a.walker.Possible(a.model.Recommendation, a.documented)
		if !a.walker.Only(a.model.Recommendation, a.stated, possible) {
			t.Error("more is possible as stated than as documented")
		}
	})
	if allocations != 0 {
		t.Errorf("%.0f allocations, none are expected", allocations)
	}
	if walked < 2*len(s.Rules) {
		t.Errorf("%d outcomes of %d rules", walked, len(s.Rules))
	}
}
