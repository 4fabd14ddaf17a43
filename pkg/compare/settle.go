package compare

import (
	"cmp"
	"slices"

	"github.com/ks-no/ksdev/pkg/result"
)

// settling finds the open criteria whose answer settles most between the
// candidates: of what depends with the places that were given, or else of the
// steps between best and worst ranks. Each answer is tried alone, exactly; who
// is ranked stays as it is.
func (c *Comparing) settling(candidates []*candidate) []result.Settling {
	t := newTrial(candidates, c.options.Places)
	set := c.strategy.Sets[c.strategy.Compare.Count]
	first := set.Rules[0]
	var all []result.Settling
	for i, one := range candidates {
		for j := range set.Rules {
			bit := uint64(1) << j
			if one.perhaps&^one.sure&bit == 0 || one.Outcomes[first+j].Outcome() == result.NotApplicable {
				continue
			}
			s := result.Settling{Initiative: one.Initiative.ID, Rule: c.strategy.Rules[first+j].ID, Of: t.open,
				Pass: t.open - t.openWith(i, profile{one.sure | bit, one.perhaps}),
				Fail: t.open - t.openWith(i, profile{one.sure, one.perhaps &^ bit})}
			if s.Pass+s.Fail > 0 {
				all = append(all, s)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b result.Settling) int { return cmp.Compare(b.Pass+b.Fail, a.Pass+a.Fail) })
	return all[:min(len(all), result.MaxAnswers)]
}

// trial holds the ranks of all candidates, so that those after one answer are
// found by what it changes.
type trial struct {
	candidates []*candidate
	places     int
	// now are the ranks of each candidate for each ratio.
	now [][]ranks
	// open is how much is not settled.
	open int
}

func newTrial(candidates []*candidate, places int) *trial {
	t := &trial{candidates: candidates, places: places, now: make([][]ranks, len(candidates))}
	for i, one := range candidates {
		t.now[i] = t.ranksOf(i, one.profile())
		t.open += t.unsettled(i, t.now[i])
	}
	return t
}

// ranksOf are the ranks of a candidate if it has a profile.
func (t *trial) ranksOf(i int, own profile) []ranks {
	all := make([]ranks, len(ratios()))
	for k := range all {
		all[k] = ranks{1, 1, 1, 1}
	}
	for j, rival := range t.candidates {
		if j != i {
			add(all, own, rival.profile(), rival.Ranked == result.RankedCertain, 1)
		}
	}
	return all
}

// add adds a rival to the ranks of an initiative, or takes it away.
func add(all []ranks, own, rival profile, certain bool, n int) {
	forOwn, forRival := least(own, rival)
	bestRival, bestOwn := least(rival, own)
	for k, r := range ratios() {
		if r.mayBeat(forRival, forOwn) {
			all[k].worstFor += n
		}
		if r.mayHold(forRival, forOwn) {
			all[k].worstAgainst += n
		}
		if certain && r.beats(bestRival, bestOwn) {
			all[k].bestFor += n
		}
		if certain && r.holds(bestRival, bestOwn) {
			all[k].bestAgainst += n
		}
	}
}

// unsettled is how much ranks leave open.
func (t *trial) unsettled(i int, all []ranks) int {
	open := 0
	for _, r := range all {
		switch {
		case t.places == 0:
			open += r.worstFor - r.bestFor
		case r.place(t.places, t.candidates[i].Ranked == result.RankedCertain) == result.PlaceDepends:
			open++
		}
	}
	return open
}

// openWith is how much is open if one candidate has another profile.
func (t *trial) openWith(i int, other profile) int {
	one := t.candidates[i]
	certain := one.Ranked == result.RankedCertain
	open := t.unsettled(i, t.ranksOf(i, other))
	changed := make([]ranks, len(ratios()))
	for j, rival := range t.candidates {
		if j == i {
			continue
		}
		copy(changed, t.now[j])
		add(changed, rival.profile(), one.profile(), certain, -1)
		add(changed, rival.profile(), other, certain, 1)
		open += t.unsettled(j, changed)
	}
	return open
}
