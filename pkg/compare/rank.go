package compare

import (
	"math/bits"

	"github.com/ks-no/ksdev/pkg/result"
)

// A pair of initiatives is compared by two numbers: how many criteria speak for
// the one and how many for the other. While no criterion counts more than r
// times another, the weight of p criteria is at least that of q whatever the
// weights are just when p ≥ r·q; see beats and holds.

// ratio is how many times as much one criterion may count as another; 0 is any
// number of times.
type ratio int

// ratios lists those that comparisons show.
func ratios() []ratio { return []ratio{1, 2, 0} }

func (r ratio) String() string {
	switch r {
	case 1:
		return result.RatioEqual
	case 2:
		return result.RatioDouble
	}
	return result.RatioAny
}

// beats reports whether p criteria weigh more than q others under every
// weighting.
func (r ratio) beats(p, q int) bool {
	if r == 0 {
		return p > 0 && q == 0
	}
	return p > int(r)*q
}

// holds reports whether p criteria weigh at least as much as q others under
// every weighting.
func (r ratio) holds(p, q int) bool {
	if r == 0 {
		return q == 0
	}
	return p >= int(r)*q
}

// mayBeat reports whether p criteria weigh more than q others under some
// weighting.
func (r ratio) mayBeat(p, q int) bool { return !r.holds(q, p) }

// mayHold reports whether p criteria weigh at least as much as q others under
// some weighting.
func (r ratio) mayHold(p, q int) bool { return !r.beats(q, p) }

// profile is the criteria that an initiative certainly and possibly passes.
// Initiatives with one profile are counted together.
type profile struct{ sure, perhaps uint64 }

// least are how many criteria speak for a and for b where the open ones turn
// out against a.
func least(a, b profile) (forA, forB int) {
	return bits.OnesCount64(a.sure &^ b.perhaps), bits.OnesCount64(b.perhaps &^ a.sure)
}

// class is the candidates of one profile.
type class struct {
	profile
	// certain and all are how many are certainly ranked, and how many at all.
	certain, all int
}

// field is all candidates that are ranked.
type field struct {
	candidates []*candidate
	classes    []class
	of         map[profile]int
}

func newField(candidates []*candidate) *field {
	f := &field{candidates: candidates, of: map[profile]int{}}
	for _, one := range candidates {
		p := one.profile()
		i, known := f.of[p]
		if !known {
			i = len(f.classes)
			f.of[p] = i
			f.classes = append(f.classes, class{profile: p})
		}
		f.classes[i].all++
		if one.Ranked == result.RankedCertain {
			f.classes[i].certain++
		}
	}
	return f
}

func (c *candidate) profile() profile { return profile{c.sure, c.perhaps} }

// most is how many criteria a rule set can have, and one.
const most = 65

// standing is how many rivals stand in which relation to one initiative, by how
// many criteria speak for it and for the rival.
type standing struct {
	// worst counts all rivals where the open criteria turn out against the
	// initiative: [for it][for the rival].
	worst [most][most]int32
	// best counts those that are certainly ranked where the open criteria turn
	// out for it: [for the rival][for it].
	best [most][most]int32
	// width is how many criteria there are at most in either, and one.
	width int
}

// standing counts the rivals of one candidate of a class.
func (f *field) standing(s *standing, i int, certain bool) {
	own := f.classes[i]
	s.clear()
	s.width = bits.Len64(own.perhaps)
	for j := range f.classes {
		rival := &f.classes[j]
		all, sure := rival.all, rival.certain
		if j == i { // itself is no rival
			all--
			if certain {
				sure--
			}
		}
		forOwn, forRival := least(own.profile, rival.profile)
		s.worst[forOwn][forRival] += int32(all)
		s.width = max(s.width, forOwn, forRival)
		forRival, forOwn = least(rival.profile, own.profile)
		s.best[forRival][forOwn] += int32(sure)
		s.width = max(s.width, forOwn, forRival)
	}
}

func (s *standing) clear() {
	for p := range s.width + 1 {
		clear(s.worst[p][:s.width+1])
		clear(s.best[p][:s.width+1])
	}
}

// count adds up rivals in the relations for which counts holds.
func (s *standing) count(rivals *[most][most]int32, counts func(p, q int) bool) int {
	n := 0
	for p := range s.width + 1 {
		for q := range s.width + 1 {
			if rivals[p][q] != 0 && counts(p, q) {
				n += int(rivals[p][q])
			}
		}
	}
	return n
}

// ranks are the four numbers that say where an initiative ends: one more than
// how many rivals are ahead, ties for it and against it, at best and at worst.
type ranks struct{ bestFor, bestAgainst, worstFor, worstAgainst int }

func (s *standing) ranks(r ratio) ranks {
	return ranks{
		bestFor:     1 + s.count(&s.best, r.beats),
		bestAgainst: 1 + s.count(&s.best, r.holds),
		worstFor:    1 + s.count(&s.worst, func(own, rival int) bool { return r.mayBeat(rival, own) }),
		worstAgainst: 1 + s.count(&s.worst, func(own, rival int) bool {
			return r.mayHold(rival, own)
		}),
	}
}

// place is what becomes of an initiative with a number of places.
func (r ranks) place(places int, certain bool) string {
	switch {
	case r.bestFor > places:
		return result.PlaceOut
	case r.bestAgainst > places && (!certain || r.worstFor > places):
		return result.PlaceOutOrTied
	case !certain:
		return result.PlaceDepends
	case r.worstAgainst <= places:
		return result.PlaceIn
	case r.worstFor <= places:
		return result.PlaceInOrTied
	}
	return result.PlaceDepends
}

// keeps is up to which ratio an initiative that is in keeps one of the places:
// the places-th smallest of the ratios up to which it stays ahead of a rival.
func (s *standing) keeps(places int) *result.Fraction {
	best := &result.Fraction{Any: true}
	for own := range s.width + 1 {
		for rival := 1; rival <= s.width; rival++ {
			if s.worst[own][rival] == 0 || !best.Any && own*best.Denominator >= best.Numerator*rival {
				continue
			}
			// So many rivals are level or ahead at this ratio.
			reached := s.count(&s.worst, func(p, q int) bool { return p*rival <= own*q })
			if reached >= places {
				best = fraction(own, rival)
			}
		}
	}
	return best
}

// fraction reduces a number of times.
func fraction(numerator, denominator int) *result.Fraction {
	if denominator == 0 {
		return &result.Fraction{Any: true}
	}
	a, b := numerator, denominator
	for b != 0 {
		a, b = b, a%b
	}
	return &result.Fraction{Numerator: numerator / a, Denominator: denominator / a}
}

// rank finds where every candidate ends, once for each class.
func (f *field) rank(places int) {
	type key struct {
		class   int
		certain bool
	}
	known := map[key]*candidate{}
	var s standing
	for _, one := range f.candidates {
		k := key{f.of[one.profile()], one.Ranked == result.RankedCertain}
		if same := known[k]; same != nil {
			one.Ranks, one.AtLeastAsGood = same.Ranks, same.AtLeastAsGood
			continue
		}
		known[k] = one
		f.standing(&s, k.class, k.certain)
		one.AtLeastAsGood = s.count(&s.worst, func(_, rival int) bool { return rival == 0 })
		for _, r := range ratios() {
			one.Ranks = append(one.Ranks, s.rank(r, places, k.certain))
		}
	}
}

func (s *standing) rank(r ratio, places int, certain bool) result.Rank {
	n := s.ranks(r)
	rank := result.Rank{Ratio: r.String(), Best: n.bestFor, Worst: n.worstFor, PossibleFrom: n.bestAgainst}
	if certain {
		rank.InFrom = n.worstAgainst
	}
	if places > 0 {
		rank.Place = n.place(places, certain)
		if rank.Place == result.PlaceIn {
			rank.Holds = s.keeps(places)
		}
	}
	return rank
}

// pairs lists the pairs in which one is certainly ahead when all criteria
// count alike, or at least as good on every one.
func pairs(candidates []*candidate) []result.Pair {
	var all []result.Pair
	for _, a := range candidates {
		for _, b := range candidates {
			forA, forB := least(a.profile(), b.profile())
			if a == b || !ratio(1).beats(forA, forB) && forB > 0 {
				continue
			}
			all = append(all, result.Pair{Ahead: a.Initiative.ID, Behind: b.Initiative.ID, AtLeastAsGood: forB == 0, Holds: *fraction(forA, forB)})
		}
	}
	return all
}
