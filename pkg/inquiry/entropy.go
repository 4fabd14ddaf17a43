package inquiry

import (
	"cmp"
	"slices"

	"github.com/ks-no/ksdev/pkg/diagram"
)

// near is how near two scores count as equal, so that rounding decides no
// order.
const near = 1e-9

// rankByEntropy ranks what can be asked by the expected drop of the entropy of
// the result, for what it costs.
func (a *asking) rankByEntropy(p *Plan) []ranked {
	all := a.byGain(a.root)
	e := a.estimate(all[0])
	for _, left := range all[0].left {
		all[0].then = append(all[0].then, e.of(left).expected)
	}
	whole := e.of(a.root)
	all[0].expected, p.Least, p.Most = whole.expected, whole.least, a.questions(a.root)
	return all
}

// byGain ranks what can be asked while a function is left.
func (a *asking) byGain(r diagram.Ref) []ranked {
	gains := a.measure(r).gains(r)
	var left, all []ranked
	for _, v := range a.candidates(r) {
		after := a.answers(r, v)
		left = append(left, ranked{choice: a.choice(v, after), left: after})
		gains[v] /= float64(a.cost[v])
	}
	for len(left) > 0 {
		most := slices.MaxFunc(left, func(x, y ranked) int { return cmp.Compare(gains[x.variable], gains[y.variable]) })
		best := -1
		for i, r := range left {
			if gains[r.variable] < gains[most.variable]-near {
				continue
			}
			if best < 0 || a.tied(r.choice, left[best].choice) < 0 {
				best = i
			}
		}
		all = append(all, left[best])
		left = slices.Delete(left, best, best+1)
	}
	return all
}
