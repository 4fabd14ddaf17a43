package inquiry_test

import (
	"math/big"
	"reflect"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/result"
)

// In codes questions say the same: their order, what each answer can be and
// leaves, and how many questions are to be expected.
func TestQuestionsInCodes(t *testing.T) {
	open := 0
	for seed := range uint64(worlds / 4) {
		r := random(seed, 11)
		s := strategyOf(t, r, usual())
		a, taken := taken(s, initiativeOf(r, s))
		q := inquiry.New(s, a)
		plan := q.Plan(taken)
		all, best := q.Questions(taken, true), q.Questions(taken, false)
		if len(plan.Questions) == 0 {
			if all != nil || best != nil {
				t.Fatalf("seed %d: questions where nothing is open", seed)
			}
			continue
		}
		open++
		if all.Count != len(plan.Questions) || len(all.Ranked) != all.Count || len(best.Ranked) != 1 || len(all.Ways) != len(q.Ways(taken)) || !same(all.Expected, plan.Expected) {
			t.Fatalf("seed %d: %+v of %+v", seed, all, plan)
		}
		for i, coded := range all.Ranked {
			question := plan.Questions[i]
			if coded.Kind != question.Kind.String() || !same(coded.Expected, question.Expected) || len(coded.Classes) != len(question.Classes) {
				t.Fatalf("seed %d: %+v of %+v", seed, coded, question)
			}
			for j, class := range coded.Classes {
				wanted := question.Classes[j]
				if !slices.Equal(class.Possible, wanted.Possible) || !same(class.Then, wanted.Then) || class.Withdrawn != wanted.Withdrawn {
					t.Fatalf("seed %d: %+v of %+v", seed, class, wanted)
				}
				if coded.Fact != "" {
					if want := s.Facts[question.Fact].Encode(wanted.Values); !reflect.DeepEqual(*class.Value, want) {
						t.Fatalf("seed %d: %+v of %+v", seed, class, wanted)
					}
				}
			}
		}
	}
	if open < worlds/16 {
		t.Errorf("only %d with questions", open)
	}
}

// same reports whether a number is written as it is.
func same(f *result.Fraction, n *big.Rat) bool {
	if n == nil || n.Sign() == 0 {
		return f == nil
	}
	return f != nil && big.NewRat(int64(f.Numerator), int64(f.Denominator)).Cmp(n) == 0
}
