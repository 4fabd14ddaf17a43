package compare

import (
	"cmp"
	"iter"
	"math/bits"
	"slices"

	"github.com/ks-no/ksdev/pkg/result"
)

// A selection is a set of candidates that together need no more than there is
// of every capacity. One selection beats another where it is better under every
// weighting and for all open answers; what both have is cancelled. A candidate
// is in where every selection has it that no other can beat, and out where none
// has it (robust portfolio modelling: Liesiö, Mild and Salo 2007, with strict
// dominance).
//
// A need that is not known exactly can be anything in its range, and a
// candidate that is only possibly ranked may be missing. A selection counts as
// beaten only by one that is there and fits whatever these turn out to be, so
// what is called in or out is so in every case.

// Bounds of the search, so that it always ends, and the same on all machines.
const (
	// maxMembers is how many candidates the search can have.
	maxMembers = 64
	// maxChecks is how many pairs of selections it compares, and so the square
	// of how many unbeaten selections it can keep.
	maxChecks = 4_000_000
)

// selecting looks for selections under one ratio.
type selecting struct {
	ratio   ratio
	members []*candidate
	// needs are those of each member, a capacity each; the last is one place,
	// which has an amount where places are limited too.
	needs   [][]need
	amounts []int64
	checks  int
}

// selectAll says of all ranked candidates what becomes of them with the limits.
func (c *Comparing) selectAll(ranked []*candidate) {
	needs := make([][]need, len(ranked))
	for i, one := range ranked {
		for _, limit := range c.options.Limits {
			needs[i] = append(needs[i], one.needs[limit.Capacity])
		}
		needs[i] = append(needs[i], need{1, 1})
	}
	var amounts []int64
	for _, limit := range c.options.Limits {
		amounts = append(amounts, limit.Amount)
	}
	if c.options.Places > 0 {
		amounts = append(amounts, int64(c.options.Places))
	}
	exact := !slices.ContainsFunc(needs, func(all []need) bool {
		return slices.ContainsFunc(all, func(n need) bool { return n.least != n.most })
	})
	for k, r := range ratios() {
		found, complete := selectUnder(r, ranked, needs, amounts)
		for i, one := range ranked {
			// Ranks are shared by candidates of one profile; their needs differ.
			if k == 0 {
				one.Ranks = slices.Clone(one.Ranks)
			}
			one.Ranks[k].Selection = found[i]
			one.Ranks[k].NotProven = found[i] == result.PlaceDepends && !(complete && exact)
		}
	}
}

// selectUnder says what becomes of each candidate, and whether all selections
// could be looked at.
func selectUnder(r ratio, ranked []*candidate, needs [][]need, amounts []int64) (places []string, complete bool) {
	s := &selecting{ratio: r, members: ranked, needs: needs, amounts: amounts}
	places = make([]string, len(ranked))
	var fitting []int
	for i := range ranked {
		switch {
		case !s.fits(i):
			places[i] = result.PlaceOut
		default:
			fitting = append(fitting, i)
		}
	}
	inner := &selecting{ratio: r, amounts: amounts}
	for _, i := range fitting {
		inner.members, inner.needs = append(inner.members, ranked[i]), append(inner.needs, needs[i])
	}
	found, complete := inner.search()
	for j, i := range fitting {
		switch {
		case complete:
			places[i] = found[j]
		case inner.provenOut(j):
			places[i] = result.PlaceOut
		case inner.provenIn(j):
			places[i] = result.PlaceIn
		default:
			places[i] = result.PlaceDepends
		}
	}
	return places, complete
}

// fits reports whether a candidate may fit alone.
func (s *selecting) fits(i int) bool {
	for k, amount := range s.amounts {
		if s.needs[i][k].least > amount {
			return false
		}
	}
	return true
}

// selection is a set of members, a bit each, with the least that it needs.
type selection struct {
	members uint64
	least   []int64
}

// search finds all selections that nothing beats. It goes through the members
// one by one and drops at once a selection of those so far that another one
// beats and never needs more than: whatever is added to both, that stays so.
func (s *selecting) search() (places []string, complete bool) {
	if len(s.members) > maxMembers {
		return nil, false
	}
	kept := []selection{{least: make([]int64, len(s.amounts))}}
	for _, i := range s.cheapestFirst() {
		grown := kept
		for _, one := range kept {
			if bigger, ok := s.with(one, i); ok {
				grown = append(grown, bigger)
			}
		}
		kept = s.unbeaten(grown, s.cheaper)
	}
	kept = s.unbeaten(kept, s.fitsWhere)
	if s.exhausted() {
		return nil, false
	}
	return s.places(kept), true
}

// exhausted reports whether the search did all that it may do.
func (s *selecting) exhausted() bool { return s.checks > maxChecks }

// cheapestFirst are the members by what they need at most.
func (s *selecting) cheapestFirst() []int {
	order := make([]int, len(s.members))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		for k := range s.amounts {
			if c := cmp.Compare(s.needs[a][k].most, s.needs[b][k].most); c != 0 {
				return c
			}
		}
		return 0
	})
	return order
}

func (s *selecting) with(one selection, i int) (selection, bool) {
	bigger := selection{members: one.members | 1<<i, least: make([]int64, len(s.amounts))}
	for k, amount := range s.amounts {
		bigger.least[k] = sum(one.least[k], s.needs[i][k].least)
		if bigger.least[k] > amount {
			return bigger, false
		}
	}
	return bigger, true
}

// sum adds amounts that are never negative and stays at the largest number.
func sum(a, b int64) int64 {
	if total := a + b; total >= a {
		return total
	}
	return 1<<63 - 1
}

// unbeaten leaves out selections that another one beats and that it may stand
// in for as enough says.
func (s *selecting) unbeaten(all []selection, enough func(better, worse uint64) bool) []selection {
	kept := make([]selection, 0, len(all))
	for _, one := range all {
		beaten := slices.ContainsFunc(all, func(other selection) bool {
			s.checks++
			return s.isThere(other.members, one.members) && enough(other.members, one.members) && s.beats(other.members, one.members)
		})
		if !beaten {
			kept = append(kept, one)
		}
		if s.exhausted() {
			return kept
		}
	}
	return kept
}

// isThere reports whether a selection can be had wherever another one can: it
// has no member besides that may be missing.
func (s *selecting) isThere(better, worse uint64) bool {
	for i := range elements(better &^ worse) {
		if s.members[i].Ranked != result.RankedCertain {
			return false
		}
	}
	return true
}

// cheaper reports whether a selection never needs more than another one.
func (s *selecting) cheaper(better, worse uint64) bool {
	for k := range s.amounts {
		if s.total(better&^worse, k, true) > s.total(worse&^better, k, false) {
			return false
		}
	}
	return true
}

// fitsWhere reports whether a selection fits wherever another one does.
func (s *selecting) fitsWhere(better, worse uint64) bool {
	for k, amount := range s.amounts {
		common := min(s.total(better&worse, k, true), amount-s.total(worse&^better, k, false))
		if sum(s.total(better&^worse, k, true), common) > amount {
			return false
		}
	}
	return true
}

// total is how much members need of a capacity, at most or at least.
func (s *selecting) total(members uint64, k int, most bool) int64 {
	total := int64(0)
	for i := range elements(members) {
		n := s.needs[i][k]
		if most {
			total = sum(total, n.most)
		} else {
			total = sum(total, n.least)
		}
	}
	return total
}

// beats reports whether one selection is better than another under every
// weighting and for all open answers.
func (s *selecting) beats(better, worse uint64) bool {
	var surplus [maxMembers]int
	for i := range elements(better &^ worse) {
		addBits(&surplus, s.members[i].sure, 1)
	}
	for i := range elements(worse &^ better) {
		addBits(&surplus, s.members[i].perhaps, -1)
	}
	ahead, behind := 0, 0
	for _, n := range surplus {
		ahead, behind = ahead+max(n, 0), behind+max(-n, 0)
	}
	return s.ratio.beats(ahead, behind)
}

func addBits(counts *[maxMembers]int, set uint64, n int) {
	for i := range elements(set) {
		counts[i] += n
	}
}

// elements goes through the numbers in a set.
func elements(set uint64) iter.Seq[int] {
	return func(yield func(int) bool) {
		for set := set; set != 0; set &= set - 1 {
			if !yield(bits.TrailingZeros64(set)) {
				return
			}
		}
	}
}

// places says of each member whether all, some or none of the selections have
// it.
func (s *selecting) places(kept []selection) []string {
	all, some := ^uint64(0), uint64(0)
	for _, one := range kept {
		all &= one.members
		some |= one.members
	}
	places := make([]string, len(s.members))
	for i, member := range s.members {
		switch {
		case some>>i&1 == 0:
			places[i] = result.PlaceOut
		case all>>i&1 == 1 && member.Ranked == result.RankedCertain:
			places[i] = result.PlaceIn
		default:
			places[i] = result.PlaceDepends
		}
	}
	return places
}

// provenOut reports whether a member is out for sure: any selection with it
// lacks someone who beats it and needs no more, since not all of them fit.
func (s *selecting) provenOut(i int) bool {
	totals := make([]int64, len(s.amounts))
	for k := range totals {
		totals[k] = s.needs[i][k].least
	}
	for b, rival := range s.members {
		if b == i || rival.Ranked != result.RankedCertain || !s.standsIn(b, i) {
			continue
		}
		for k := range totals {
			totals[k] = sum(totals[k], s.needs[b][k].least)
		}
	}
	for k, amount := range s.amounts {
		if totals[k] > amount {
			return true
		}
	}
	return false
}

// provenIn reports whether a member is in for sure: it fits beside all whom it
// could not replace for the better.
func (s *selecting) provenIn(i int) bool {
	if s.members[i].Ranked != result.RankedCertain || s.members[i].sure == 0 {
		return false
	}
	totals := make([]int64, len(s.amounts))
	for k := range totals {
		totals[k] = s.needs[i][k].most
	}
	for b := range s.members {
		if b == i || s.standsIn(i, b) {
			continue
		}
		for k := range totals {
			totals[k] = sum(totals[k], s.needs[b][k].most)
		}
	}
	for k, amount := range s.amounts {
		if totals[k] > amount {
			return false
		}
	}
	return true
}

// standsIn reports whether one member beats another and never needs more.
func (s *selecting) standsIn(better, worse int) bool {
	for k := range s.amounts {
		if s.needs[better][k].most > s.needs[worse][k].least {
			return false
		}
	}
	ahead, behind := least(s.members[better].profile(), s.members[worse].profile())
	return s.ratio.beats(ahead, behind)
}
