package inquiry_test

import (
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
)

// Where questions are too many for the best order, the order by entropy costs
// little more, even when it is followed to the end.
func TestOrderByEntropyIsNearTheBest(t *testing.T) {
	for _, even := range []bool{true, false} {
		sum, worst, n := 0.0, 1.0, 0
		for seed := range uint64(300) {
			r := random(seed, 7)
			s := strategyOf(t, r, limits{facts: 13, rules: 9, border: 2, even: even})
			a, open := taken(s, &initiative.Initiative{})
			asked, least, questions, ok := inquiry.New(s, a).ByEntropy(open)
			if !ok || questions < 7 {
				continue
			}
			by, _ := asked.Float64()
			best, _ := least.Float64()
			n++
			sum += by / best
			worst = max(worst, by/best)
		}
		t.Logf("even %v: %d orders, on average %.3f of the best, at worst %.3f", even, n, sum/float64(n), worst)
		if n < 20 || sum/float64(n) > 1.02 || worst > 1.2 {
			t.Errorf("even %v: %d orders, on average %.3f of the best, at worst %.3f", even, n, sum/float64(n), worst)
		}
	}
}

// A plan says of what is shipped: how much is left, that what matters is asked,
// and what is not needed.
func TestPlansOfTheExamples(t *testing.T) {
	for _, settings := range []map[string]string{nil, {"enough_criteria": "6"}} {
		s, names, all := shipped(t, settings)
		a := assess.New(s, assess.Options{})
		q := inquiry.New(s, a)
		for i, one := range all {
			p := q.Plan(a.Take(one))
			if len(p.Questions) == 0 {
				continue
			}
			expected, _ := p.Expected.Float64()
			if p.Least < 1 || expected < float64(p.Least) || expected > float64(p.Most) || p.Most < len(p.Questions) {
				t.Errorf("%s: %d, %v, %d of %d questions", names[i], p.Least, expected, p.Most, len(p.Questions))
			}
			if p.Exact && p.Most > 14+2 || p.Questions[0].Expected.Cmp(p.Expected) != 0 {
				t.Errorf("%s: exact %v", names[i], p.Exact)
			}
		}
	}
}
