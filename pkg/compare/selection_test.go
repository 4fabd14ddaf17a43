package compare

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
)

// What a comparison says with limits is what selecting says of the needs that
// were claimed, where places are one more thing that is limited.
func TestLimits(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 8))
		places := r.IntN(3)
		limits := []Limit{{1, int64(r.IntN(6)) * fact.One}, {0, int64(1+r.IntN(8)) * fact.One}}[:1+r.IntN(2)]
		c := take(t, New(small(t), Options{places, limits}), randomProposals(r, 2+r.IntN(4))...)
		c.Result("0.1.0")
		var ranked []*candidate
		var needs [][]need
		exact := true
		for _, one := range c.candidates {
			if one.Ranked == result.RankedNot {
				continue
			}
			var own []need
			for _, limit := range limits {
				own = append(own, one.needs[limit.Capacity])
			}
			if places > 0 {
				own = append(own, need{1, 1})
			}
			ranked, needs = append(ranked, one), append(needs, own)
			exact = exact && !slices.ContainsFunc(own, func(n need) bool { return n.least < n.most })
		}
		var amounts []int64
		for _, limit := range limits {
			amounts = append(amounts, limit.Amount)
		}
		if places > 0 {
			amounts = append(amounts, int64(places))
		}
		for k, ratio := range ratios() {
			found, complete := selectUnder(ratio, ranked, needs, amounts)
			for i, one := range ranked {
				seen[found[i]]++
				rank := one.Ranks[k]
				if !complete || rank.Selection != found[i] || rank.NotProven != (found[i] == result.PlaceDepends && !exact) {
					t.Fatalf("seed %d, %s, ratio %v: %+v, and selecting finds %s", seed, one.Initiative.ID, ratio, rank, found[i])
				}
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("not all outcomes were seen: %v", seen)
	}
}

// alike are candidates that each pass one criterion of their own, and needs of
// one capacity.
func alike(n int, amount func(i int) int64) (all []*candidate, needs [][]need) {
	for i := range n {
		one := &candidate{sure: 1 << (i % 64), perhaps: 1 << (i % 64)}
		one.Ranked = result.RankedCertain
		all, needs = append(all, one), append(needs, []need{{amount(i), amount(i)}})
	}
	return all, needs
}

// The search takes as many members as fit into the bits of a number, and with
// more there are still proofs.
func TestMostMembers(t *testing.T) {
	for _, test := range []struct {
		members  int
		complete bool
	}{{maxMembers, true}, {maxMembers + 1, false}} {
		all, needs := alike(test.members, func(int) int64 { return 0 })
		places, complete := selectUnder(1, all, needs, []int64{5})
		if complete != test.complete || slices.ContainsFunc(places, func(place string) bool { return place != result.PlaceIn }) {
			t.Errorf("%d members that need nothing: all looked at is %t, %v", test.members, complete, places)
		}
		for i := range all { // all of them are too much
			needs[i] = []need{{6, 6}}
		}
		if places, _ := selectUnder(1, all, needs, []int64{5}); slices.ContainsFunc(places, func(place string) bool { return place != result.PlaceOut }) {
			t.Errorf("%d members that need too much: %v", test.members, places)
		}
	}
}

// Where no selection beats another the search gives up after its last check,
// and says what is proven all the same: that it depends.
func TestTheSearchEnds(t *testing.T) {
	all, needs := alike(4, func(i int) int64 { return 1 << i })
	search := func(checked int) (s *selecting, complete bool) {
		s = &selecting{ratio: 1, members: all, needs: needs, amounts: []int64{100}, checks: checked}
		_, complete = s.search()
		return s, complete
	}
	whole, _ := search(0)
	for left, want := range map[int]bool{whole.checks: true, whole.checks - 1: false, 100: false, 0: false} {
		if s, complete := search(maxChecks - left); complete != want || s.checks > maxChecks+100 {
			t.Errorf("with %d of %d checks: all looked at is %t after %d", left, whole.checks, complete, s.checks)
		}
	}
	// Of 70 who are alike and cost alike it depends who gets one of 3 places.
	all, needs = alike(70, func(int) int64 { return 1 })
	places, complete := selectUnder(1, all, needs, []int64{3})
	if complete || slices.ContainsFunc(places, func(place string) bool { return place != result.PlaceDepends }) {
		t.Errorf("all looked at is %t, %v", complete, places)
	}
	// Those who are better than all others are in, and when they fill the places
	// nobody else gets past; unless they perhaps do not take part.
	for better := 1; better <= 3; better++ {
		all[better-1].sure, all[better-1].perhaps = 3, 3
		places, _ = selectUnder(1, all, needs, []int64{3})
		for i, place := range places {
			want := result.PlaceDepends
			switch {
			case i < better:
				want = result.PlaceIn
			case better == 3:
				want = result.PlaceOut
			}
			if place != want {
				t.Errorf("candidate %d of %d better ones and others: %s, want %s", i, better, place, want)
			}
		}
	}
	all[0].Ranked = result.RankedPossible
	places, _ = selectUnder(1, all, needs, []int64{3})
	for i, place := range places {
		if (place == result.PlaceIn) != (i == 1 || i == 2) || place == result.PlaceOut {
			t.Errorf("candidate %d of 2 better ones, one perhaps better and others: %s", i, place)
		}
	}
	// Who passes nothing for certain is not in, even where all fit.
	all[5].sure = 0
	places, _ = selectUnder(1, all, needs, []int64{100})
	for i, place := range places {
		if (place == result.PlaceIn) != (i != 0 && i != 5) || place == result.PlaceOut {
			t.Errorf("candidate %d where all fit: %s", i, place)
		}
	}
}

// Needs that nobody knows go up to the largest number, and are added all the
// same.
func TestSum(t *testing.T) {
	for _, test := range [][3]int64{{2, 3, 5}, {5, 0, 5}, {0, 0, 0}, {math.MaxInt64, 0, math.MaxInt64}, {math.MaxInt64 - 1, 1, math.MaxInt64},
		{math.MaxInt64, 1, math.MaxInt64}, {math.MaxInt64, math.MaxInt64, math.MaxInt64}} {
		if got := sum(test[0], test[1]); got != test[2] {
			t.Errorf("%d and %d are %d", test[0], test[1], got)
		}
	}
}

// Pairs are those in which one has more criteria in every world, or never less
// whatever counts. The order holds up to the ratio given, and no further.
func TestPairsAreThoseOfAllWeightings(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 9))
		criteria := 1 + r.IntN(4)
		candidates := invent(r, 3, criteria)
		got := map[string]result.Pair{}
		for _, p := range pairs(candidates) {
			got[p.Ahead+" "+p.Behind] = p
		}
		for _, a := range candidates {
			for _, b := range candidates {
				if a == b {
					continue
				}
				p, listed := got[a.Initiative.ID+" "+b.Initiative.ID]
				_, ahead := surplus(a, b, criteria, 1, 1)
				never, _ := surplus(a, b, criteria, 0, 1)
				if listed != (ahead || never) || p.AtLeastAsGood != never {
					t.Fatalf("seed %d: %+v is listed: %t; ahead %t, at least as good %t", seed, p, listed, ahead, never)
				}
				if !listed {
					continue
				}
				num, den := p.Holds.Numerator, p.Holds.Denominator
				if p.Holds.Any != never {
					t.Fatalf("seed %d: %+v", seed, p)
				}
				if never {
					continue
				}
				if holds, _ := surplus(a, b, criteria, den, num); !holds {
					t.Fatalf("seed %d: %+v turns before", seed, p)
				}
				if holds, _ := surplus(a, b, criteria, 100*den, 100*num+1); holds {
					t.Fatalf("seed %d: %+v does not turn", seed, p)
				}
			}
		}
		if len(got) != len(pairs(candidates)) {
			t.Fatalf("seed %d: a pair is listed twice, or one beside itself", seed)
		}
		newField(candidates).rank(1)
		for _, a := range candidates {
			n := 0
			for _, p := range got {
				n += count(p.Ahead == a.Initiative.ID && p.AtLeastAsGood)
			}
			if a.AtLeastAsGood != n {
				t.Fatalf("seed %d: at least as good as %d, in pairs %d", seed, a.AtLeastAsGood, n)
			}
		}
	}
}

// surplus says whether one passes criteria of at least as much weight as
// another, and whether of more, in all worlds with weights that are low or high.
func surplus(a, b *candidate, criteria, low, high int) (least, more bool) {
	one, other := *a, *b
	one.Ranked, other.Ranked = result.RankedCertain, result.RankedCertain
	least, more = true, true
	worlds([]*candidate{&one, &other}, criteria, 0, low, high, func(w world) {
		least, more = least && w.value(0) >= w.value(1), more && w.value(0) > w.value(1)
	})
	return least, more
}

// The answers listed are those that settle most, of all criteria that are open
// and of what comparing anew with them gives.
func TestAnswersAreAllThatSettle(t *testing.T) {
	listed := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 10))
		s := small(t)
		c := take(t, New(s, Options{Places: r.IntN(3)}), randomProposals(r, 2+r.IntN(7))...)
		got := c.Result("0.1.0").Answers
		var ranked []*candidate
		for _, one := range c.candidates {
			if one.Ranked != result.RankedNot {
				ranked = append(ranked, one)
			}
		}
		now := newTrial(ranked, c.options.Places).open
		var want []result.Settling
		for _, one := range ranked {
			for j, id := range []string{"C1", "C2", "C3"} {
				if possible := one.Outcomes[j].Possible(); len(possible) == 1 {
					continue
				}
				was := *one
				one.sure |= 1 << j
				pass := now - newTrial(ranked, c.options.Places).open
				*one = was
				one.perhaps &^= 1 << j
				fail := now - newTrial(ranked, c.options.Places).open
				*one = was
				if pass+fail > 0 {
					want = append(want, result.Settling{Initiative: one.Initiative.ID, Rule: id, Pass: pass, Fail: fail, Of: now})
				}
			}
		}
		slices.SortStableFunc(want, func(a, b result.Settling) int { return b.Pass + b.Fail - a.Pass - a.Fail })
		if want = want[:min(len(want), result.MaxAnswers)]; !slices.Equal(got, want) {
			t.Fatalf("seed %d: %+v, want %+v", seed, got, want)
		}
		listed = max(listed, len(got))
	}
	if listed != result.MaxAnswers {
		t.Errorf("at most %d answers were listed", listed)
	}
}

// Up to how many are compared in detail, and that more say so.
func TestManyInitiatives(t *testing.T) {
	for n, want := range map[int][2]bool{result.MaxPaired: {false, false}, result.MaxPaired + 1: {true, false}, result.MaxAsked: {true, false}, result.MaxAsked + 1: {true, true}} {
		c := New(small(t), Options{})
		for i := range n {
			take(t, c, proposal(fmt.Sprint(i), []string{"pfppp", "pppff"}[i%2], "consider"))
		}
		take(t, c, proposal("open", "?fppp", "consider", "decline"), proposal("out", "ppppp", "decline"))
		c.candidates = slices.DeleteFunc(c.candidates, func(one *candidate) bool { return one.Initiative.ID == "0" })
		r := c.Result("0.1.0")
		if r.PairsLeftOut != want[0] || (len(r.Pairs) == 0) != want[0] || r.AnswersLeftOut != want[1] || (len(r.Answers) == 0) != want[1] {
			t.Errorf("%d initiatives: %d pairs, left out %t, %d answers, left out %t", n, len(r.Pairs), r.PairsLeftOut, len(r.Answers), r.AnswersLeftOut)
		}
	}
}

// Who is out is proven by all who beat it, wherever they stand.
func TestProvenOut(t *testing.T) {
	criteria := []uint64{0b00, 0b01, 0b11}
	for _, order := range [][]int{{0, 1, 2}, {1, 0, 2}, {2, 1, 0}} {
		s := &selecting{ratio: 2, amounts: []int64{8}}
		for _, i := range order {
			s.members = append(s.members, &candidate{sure: criteria[i], perhaps: criteria[i]})
			s.members[len(s.members)-1].Ranked = result.RankedCertain
			s.needs = append(s.needs, []need{{3, 3}})
		}
		for i, which := range order {
			if got, want := s.provenOut(i), which == 0; got != want {
				t.Errorf("%v: candidate %d is proven out: %t", order, which, got)
			}
		}
	}
}

// A selection fits wherever another one does just when there are no needs with
// which that one fits and it does not.
func TestFitsWhere(t *testing.T) {
	said := map[bool]int{}
	for seed := range uint64(3_000) {
		r := rand.New(rand.NewPCG(seed, 9))
		s := &selecting{amounts: []int64{int64(2 + r.IntN(6))}}
		var least, most []int64
		for range 4 {
			low := int64(r.IntN(4))
			n := need{low, low + int64(r.IntN(4))}
			s.needs, least, most = append(s.needs, []need{n}), append(least, n.least), append(most, n.most)
		}
		better, worse := r.Uint64N(16), r.Uint64N(16)
		if s.total(worse, 0, false) > s.amounts[0] {
			continue // the search makes no such selection
		}
		want := true
		eachNeed(least, most, func(needs []int64) {
			total := func(members uint64) (total int64) {
				for i := range elements(members) {
					total += needs[i]
				}
				return total
			}
			want = want && (total(worse) > s.amounts[0] || total(better) <= s.amounts[0])
		})
		if got := s.fitsWhere(better, worse); got != want {
			t.Fatalf("seed %d: %b fits wherever %b does: %t, with all needs: %t", seed, better, worse, got, want)
		}
		said[want]++
	}
	if said[true] < 300 || said[false] < 300 {
		t.Errorf("too few of one kind: %v", said)
	}
}
