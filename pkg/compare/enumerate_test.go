package compare

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/result"
)

// The tests of this file compare with enumeration: every weighting that gives
// each criterion 1 or the ratio, every way in which the open criteria can turn
// out, and every way in which those who are only possibly ranked can be there.

// world is one way in which everything open turns out.
type world struct {
	weights []int
	// passed are the criteria of each candidate, and there whether it takes part.
	passed []uint64
	there  []bool
}

func (w world) value(i int) int {
	total := 0
	for j, weight := range w.weights {
		total += weight * int(w.passed[i]>>j&1)
	}
	return total
}

// worlds calls yield with all worlds of the candidates, in which the one that
// is looked at takes part. Weights are low or high.
func worlds(candidates []*candidate, criteria, looked, low, high int, yield func(world)) {
	w := world{make([]int, criteria), make([]uint64, len(candidates)), make([]bool, len(candidates))}
	var people func(i int)
	people = func(i int) {
		if i == len(candidates) {
			for set := range 1 << criteria {
				for j := range criteria {
					w.weights[j] = low
					if set>>j&1 == 1 {
						w.weights[j] = high
					}
				}
				yield(w)
			}
			return
		}
		one := candidates[i]
		for _, there := range []bool{true, false} {
			if !there && (one.Ranked == result.RankedCertain || i == looked) {
				continue
			}
			w.there[i] = there
			open := one.perhaps &^ one.sure
			for set := open; ; set = (set - 1) & open {
				w.passed[i] = one.sure | set
				people(i + 1)
				if set == 0 {
					break
				}
			}
		}
	}
	people(0)
}

// invent makes a few candidates with a few criteria.
func invent(r *rand.Rand, candidates, criteria int) []*candidate {
	var all []*candidate
	for i := range candidates {
		one := &candidate{}
		one.Initiative.ID = fmt.Sprint("tiltak-", i)
		one.Ranked = result.RankedCertain
		if r.IntN(5) == 0 {
			one.Ranked = result.RankedPossible
		}
		for j := range criteria {
			switch r.IntN(5) {
			case 0, 1:
				one.sure |= 1 << j
				one.perhaps |= 1 << j
			case 2:
				one.perhaps |= 1 << j
			}
		}
		all = append(all, one)
	}
	return all
}

// enumerated are the ranks that enumeration finds, with weights from low to
// high.
func enumerated(candidates []*candidate, criteria, looked, low, high int) ranks {
	many := len(candidates)
	n := ranks{many, many, 0, 0}
	worlds(candidates, criteria, looked, low, high, func(w world) {
		ahead, level := 1, 1
		own := w.value(looked)
		for b := range candidates {
			if b == looked || !w.there[b] {
				continue
			}
			if w.value(b) > own {
				ahead++
			}
			if w.value(b) >= own {
				level++
			}
		}
		n = ranks{min(n.bestFor, ahead), min(n.bestAgainst, level), max(n.worstFor, ahead), max(n.worstAgainst, level)}
	})
	return n
}

// high is a weight that stands for a ratio: more than all others together where
// any is allowed.
func (r ratio) high(criteria int) int {
	if r == 0 {
		return criteria + 1
	}
	return int(r)
}

func TestRanksAreThoseOfAllWeightings(t *testing.T) {
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		criteria := 1 + r.IntN(4)
		candidates := invent(r, 2+r.IntN(3), criteria)
		f := newField(candidates)
		var s standing
		for i, one := range candidates {
			certain := one.Ranked == result.RankedCertain
			f.standing(&s, f.of[one.profile()], certain)
			for _, ratio := range append(ratios(), 3) {
				want := enumerated(candidates, criteria, i, 1, ratio.high(criteria))
				if got := s.ranks(ratio); got != want {
					t.Fatalf("seed %d, candidate %d, ratio %v: ranks %+v, all weightings give %+v", seed, i, ratio, got, want)
				}
				if k := slices.Index(ratios(), ratio); k >= 0 && newTrial(candidates, 0).now[i][k] != want {
					t.Fatalf("seed %d, candidate %d, ratio %v: a trial finds other ranks than all weightings, %+v", seed, i, ratio, want)
				}
			}
		}
	}
}

// What becomes of an initiative is what holds wherever it can end.
func TestPlace(t *testing.T) {
	for _, test := range []struct {
		ranks   ranks
		places  int
		certain bool
		want    string
	}{
		{ranks{1, 1, 1, 1}, 1, true, result.PlaceIn},
		{ranks{1, 1, 2, 2}, 2, true, result.PlaceIn},
		{ranks{1, 1, 1, 2}, 1, true, result.PlaceInOrTied},
		{ranks{1, 2, 1, 2}, 1, true, result.PlaceInOrTied},
		{ranks{1, 1, 2, 2}, 1, true, result.PlaceDepends},
		{ranks{1, 1, 1, 1}, 1, false, result.PlaceDepends},
		{ranks{1, 1, 2, 2}, 1, false, result.PlaceDepends},
		{ranks{1, 2, 1, 2}, 1, false, result.PlaceOutOrTied},
		{ranks{1, 2, 2, 2}, 1, true, result.PlaceOutOrTied},
		{ranks{2, 2, 2, 2}, 1, true, result.PlaceOut},
		{ranks{2, 3, 3, 3}, 1, false, result.PlaceOut},
		{ranks{2, 2, 2, 2}, 2, true, result.PlaceIn},
	} {
		if got := test.ranks.place(test.places, test.certain); got != test.want {
			t.Errorf("%+v of %d, certain: %t: %s, want %s", test.ranks, test.places, test.certain, got, test.want)
		}
	}
}

// A place is kept up to the smallest ratio at which as many rivals as there are
// places are level or ahead.
func TestKeeps(t *testing.T) {
	for _, test := range []struct {
		rivals [][2]int // how many criteria speak for it, and for the rival
		places int
		want   result.Fraction
	}{
		{nil, 1, result.Fraction{Any: true}},
		{[][2]int{{2, 0}}, 1, result.Fraction{Any: true}},
		{[][2]int{{2, 1}, {4, 1}}, 1, result.Fraction{Numerator: 2, Denominator: 1}},
		{[][2]int{{2, 1}, {4, 1}}, 2, result.Fraction{Numerator: 4, Denominator: 1}},
		{[][2]int{{4, 2}}, 1, result.Fraction{Numerator: 2, Denominator: 1}},
		{[][2]int{{5, 3}, {8, 1}}, 1, result.Fraction{Numerator: 5, Denominator: 3}},
		{[][2]int{{2, 1}, {5, 3}}, 1, result.Fraction{Numerator: 5, Denominator: 3}},
		{[][2]int{{3, 2}, {5, 3}, {6, 4}}, 2, result.Fraction{Numerator: 3, Denominator: 2}},
		{[][2]int{{3, 2}, {5, 3}, {7, 4}}, 3, result.Fraction{Numerator: 7, Denominator: 4}},
	} {
		s := &standing{width: 8}
		for _, rival := range test.rivals {
			s.worst[rival[0]][rival[1]]++
		}
		if got := s.keeps(test.places); *got != test.want {
			t.Errorf("%v, %d places: %+v, want %+v", test.rivals, test.places, *got, test.want)
		}
	}
}

// A place is kept below the ratio that is given, and no longer at it.
func TestPlacesAreKeptUpToTheRatioGiven(t *testing.T) {
	kept := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 2))
		criteria := 2 + r.IntN(5)
		candidates := invent(r, 2+r.IntN(3), criteria)
		places := 1 + r.IntN(len(candidates))
		f := newField(candidates)
		f.rank(places)
		for i, one := range candidates {
			for _, rank := range one.Ranks {
				if rank.Place != result.PlaceIn {
					continue
				}
				kept++
				if rank.Holds.Any {
					if n := enumerated(candidates, criteria, i, 1, criteria+1); n.worstAgainst > places {
						t.Fatalf("seed %d, candidate %d: said to keep its place for ever, and does not", seed, i)
					}
					continue
				}
				p, q := rank.Holds.Numerator, rank.Holds.Denominator
				if n := enumerated(candidates, criteria, i, q, p); n.worstAgainst <= places {
					t.Fatalf("seed %d, candidate %d: still in at %d/%d", seed, i, p, q)
				}
				if n := enumerated(candidates, criteria, i, 100*q, 100*p-1); n.worstAgainst > places {
					t.Fatalf("seed %d, candidate %d: out before %d/%d", seed, i, p, q)
				}
			}
		}
	}
	if kept < 100 {
		t.Errorf("only %d places were kept", kept)
	}
}

// An answer never makes worse what is settled, and a higher ratio never
// settles more.
func TestMoreIsKnownAfterAnAnswer(t *testing.T) {
	for seed := range uint64(2_000) {
		r := rand.New(rand.NewPCG(seed, 3))
		criteria := 1 + r.IntN(6)
		candidates := invent(r, 2+r.IntN(8), criteria)
		places := 1 + r.IntN(len(candidates))
		newField(candidates).rank(places)
		var before [][]result.Rank
		for _, one := range candidates {
			before = append(before, one.Ranks)
			one.Ranks = nil
			for k := 1; k < len(before[len(before)-1]); k++ {
				if narrow, wide := before[len(before)-1][k-1], before[len(before)-1][k]; wide.Best > narrow.Best || wide.Worst < narrow.Worst {
					t.Fatalf("seed %d: ratio %s gives %d-%d, ratio %s gives %d-%d", seed, narrow.Ratio, narrow.Best, narrow.Worst, wide.Ratio, wide.Best, wide.Worst)
				}
			}
		}
		answer(r, candidates)
		newField(candidates).rank(places)
		for i, one := range candidates {
			for k, now := range one.Ranks {
				then := before[i][k]
				if now.Best < then.Best || now.Worst > then.Worst || then.Place != result.PlaceDepends && !stays(then.Place, now.Place) {
					t.Fatalf("seed %d, candidate %d: %+v became %+v after an answer", seed, i, then, now)
				}
			}
		}
	}
}

// answer settles one open criterion, or that a candidate takes part.
func answer(r *rand.Rand, candidates []*candidate) {
	one := candidates[r.IntN(len(candidates))]
	open := one.perhaps &^ one.sure
	switch {
	case open == 0:
		one.Ranked = result.RankedCertain
	case r.IntN(2) == 0:
		one.sure |= open & -open
	default:
		one.perhaps &^= open & -open
	}
}

// stays reports whether one place may become another when more is known.
func stays(then, now string) bool {
	switch then {
	case result.PlaceInOrTied:
		return now == then || now == result.PlaceIn
	case result.PlaceOutOrTied:
		return now == then || now == result.PlaceOut || now == result.PlaceInOrTied
	}
	return now == then
}

// What is open is what the ranks show as open.
func TestWhatIsOpen(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 7))
		candidates := invent(r, 2+r.IntN(5), 1+r.IntN(4))
		for _, places := range []int{0, 1 + r.IntN(3)} {
			newField(candidates).rank(places)
			want := 0
			for _, one := range candidates {
				for _, rank := range one.Ranks {
					if places == 0 {
						want += rank.Worst - rank.Best
					} else {
						want += count(rank.Place == result.PlaceDepends)
					}
				}
				one.Ranks = nil
			}
			if got := newTrial(candidates, places).open; got != want {
				t.Fatalf("seed %d, %d places: %d open, the ranks show %d", seed, places, got, want)
			}
		}
	}
}

// What an answer settles is what comparing anew with it gives.
func TestAnswersSettleWhatTheySay(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 4))
		candidates := invent(r, 2+r.IntN(5), 1+r.IntN(4))
		for _, places := range []int{0, 1 + r.IntN(3)} {
			trial := newTrial(candidates, places)
			for i, one := range candidates {
				for open := one.perhaps &^ one.sure; open != 0; open &= open - 1 {
					bit := open & -open
					was := *one
					one.sure |= bit
					anew := newTrial(candidates, places).open
					*one = was
					if got := trial.openWith(i, profile{one.sure | bit, one.perhaps}); got != anew {
						t.Fatalf("seed %d: an answer leaves %d open, comparing anew %d", seed, got, anew)
					}
				}
			}
		}
	}
}

// enumeratedSelections finds who is in all and who in some of the selections
// that fit and that no other selection beats under all weightings and answers.
func enumeratedSelections(candidates []*candidate, criteria int, r ratio, needs []int64, amount int64, there uint64) (all, some uint64) {
	fits := func(members uint64) bool {
		total := int64(0)
		for i := range candidates {
			if members>>i&1 == 1 {
				total += needs[i]
			}
		}
		return total <= amount && members&^there == 0
	}
	// Of the values of all selections in each world only the signs of their
	// differences matter.
	beats := func(a, b uint64) bool {
		always := true
		worlds(candidates, criteria, -1, 1, r.high(criteria*len(candidates)), func(w world) {
			value := 0
			for i := range candidates {
				value += w.value(i) * (int(a>>i&1) - int(b>>i&1))
			}
			always = always && value > 0
		})
		return always
	}
	all, some = ^uint64(0), 0
	for p := range uint64(1) << len(candidates) {
		beaten := !fits(p)
		for q := range uint64(1) << len(candidates) {
			beaten = beaten || q != p && fits(q) && beats(q, p)
		}
		if !beaten {
			all &= p
			some |= p
		}
	}
	return all, some
}

func TestSelectionsAreThoseOfAllWeightings(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 5))
		criteria := 1 + r.IntN(3)
		candidates := invent(r, 2+r.IntN(2), criteria)
		amount := int64(2 + r.IntN(6))
		var least, most []int64
		var needs [][]need
		exact := r.IntN(2) == 0
		for range candidates {
			n := need{int64(r.IntN(5)), 0}
			n.most = n.least
			if !exact {
				n.most += int64(r.IntN(3))
			}
			needs, least, most = append(needs, []need{n}), append(least, n.least), append(most, n.most)
		}
		for _, ratio := range ratios() {
			got, complete := selectUnder(ratio, candidates, needs, []int64{amount})
			if !complete {
				t.Fatalf("seed %d: the search did not end", seed)
			}
			all, some := ^uint64(0), uint64(0)
			for there := range uint64(1) << len(candidates) {
				if missing(candidates, there) {
					continue
				}
				eachNeed(least, most, func(needs []int64) {
					inAll, inSome := enumeratedSelections(candidates, criteria, ratio, needs, amount, there)
					all &= inAll
					some |= inSome
				})
			}
			for i := range candidates {
				want := result.PlaceDepends
				switch {
				case some>>i&1 == 0:
					want = result.PlaceOut
				case all>>i&1 == 1:
					want = result.PlaceIn
				}
				seen[got[i]]++
				if got[i] != want && (exact || got[i] != result.PlaceDepends) {
					t.Fatalf("seed %d, ratio %v, candidate %d: %s, enumeration gives %s", seed, ratio, i, got[i], want)
				}
			}
			checkProofs(t, seed, ratio, candidates, needs, amount, got)
		}
	}
	if len(seen) != 3 {
		t.Errorf("not all outcomes were seen: %v", seen)
	}
}

// checkProofs checks that what is proven without a search is so.
func checkProofs(t *testing.T, seed uint64, r ratio, candidates []*candidate, needs [][]need, amount int64, found []string) {
	t.Helper()
	s := &selecting{ratio: r, members: candidates, needs: needs, amounts: []int64{amount}}
	for i := range candidates {
		if s.provenIn(i) && found[i] != result.PlaceIn || s.provenOut(i) && found[i] != result.PlaceOut {
			t.Fatalf("seed %d, ratio %v, candidate %d: proven in %v, out %v, and found %s", seed, r, i, s.provenIn(i), s.provenOut(i), found[i])
		}
	}
}

// missing reports whether someone who is certainly ranked is not there.
func missing(candidates []*candidate, there uint64) bool {
	return slices.ContainsFunc(candidates, func(one *candidate) bool {
		return one.Ranked == result.RankedCertain && there>>slices.Index(candidates, one)&1 == 0
	})
}

// eachNeed goes through all whole needs from least to most.
func eachNeed(least, most []int64, yield func([]int64)) {
	needs := slices.Clone(least)
	for {
		yield(needs)
		i := 0
		for i < len(needs) && needs[i] == most[i] {
			needs[i] = least[i]
			i++
		}
		if i == len(needs) {
			return
		}
		needs[i]++
	}
}
