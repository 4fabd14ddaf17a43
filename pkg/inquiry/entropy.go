package inquiry

import (
	"cmp"
	"slices"

	"github.com/ks-no/ksdev/pkg/diagram"
)

// near is how near two scores count as equal, so that rounding decides no
// order.
const near = 1e-9

// maxCompared is how many of the questions that gain most are compared by what
// is to be expected after them.
const maxCompared = 5

// rankByEntropy ranks what can be asked by the expected drop of the entropy of
// the result, for what it costs. Of the first few, the one after which the
// least effort is to be expected comes first.
func (a *asking) rankByEntropy(root diagram.Ref, p *Plan) []ranked {
	all := a.byGain(root)
	first := all[:min(maxCompared, len(all))]
	e := a.newEstimate()
	for _, r := range first {
		e.lookAhead(r.left)
	}
	for i, r := range first {
		o := e.after(r.variable, r.left)
		first[i].expected, first[i].effort, first[i].least = o.questions, o.effort, o.least
		for _, left := range r.left {
			first[i].then = append(first[i].then, e.of(left).questions)
		}
	}
	slices.SortStableFunc(first, func(x, y ranked) int { return x.effort.Cmp(y.effort) })
	p.Least, p.Most = all[0].least, a.questions(root)
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
