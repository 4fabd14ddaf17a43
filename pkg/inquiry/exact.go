package inquiry

import (
	"cmp"
	"math"
	"math/big"
	"slices"

	"github.com/ks-no/ksdev/pkg/diagram"
)

// maxExact is up to how many questions the best order is found exactly.
const maxExact = 14

// maxSteps bounds the exact programme; beyond it the order is found by entropy.
const maxSteps = 1_500_000

// value is what is still to be asked while a function is left, when the best
// question is asked each time.
type value struct {
	known bool
	// best is the question to ask, -1 where nothing can be asked.
	best int
	// cost and questions are expected, in parts of a unit.
	cost, questions int64
	least, most     int
}

// prepare chooses the unit: a common multiple of all denominators that can
// come up, so that every division comes out even. Where that is too large,
// values are rounded down, always alike.
func (a *asking) prepare() {
	total, widest := int64(1), int64(1)
	for v := range a.variables {
		total += a.cost[v]
		widest = max(widest, int64(len(a.classes[v])))
	}
	limit := math.MaxInt64 / total / widest
	a.unit = 1
	for v := range a.variables {
		if !a.askable[v] {
			continue
		}
		multiple := int64(1)
		for n := int64(2); n <= int64(len(a.classes[v])); n++ {
			multiple *= n / commonDivisor(multiple, n)
			if multiple > limit/a.unit {
				a.unit = limit
				return
			}
		}
		a.unit *= multiple
	}
}

func commonDivisor(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// over reports whether the exact programme has come to its bounds; what it
// found since then means nothing.
func (a *asking) over() bool { return a.steps > maxSteps || a.store.Err() != nil }

// value is the least expected cost of asking until nothing that can be asked
// matters, every answer being as likely as another.
func (a *asking) value(r diagram.Ref) value {
	if r.Constant() || a.over() {
		return value{best: -1}
	}
	for len(a.values) <= int(r) {
		a.values = append(a.values, value{})
	}
	if a.values[r].known {
		return a.values[r]
	}
	found := value{known: true, best: -1}
	var bestLeft []diagram.Ref
	for _, v := range a.candidates(r) {
		left, _ := a.answers(r, v)
		asked := a.valueOf(v, left)
		order := cmp.Compare(asked.cost, found.cost)
		if found.best >= 0 && order == 0 {
			order = a.tied(v, found.best, left, bestLeft)
		}
		if found.best < 0 || order < 0 {
			found, bestLeft = asked, left
		}
	}
	for len(a.values) <= int(r) {
		a.values = append(a.values, value{})
	}
	a.values[r] = found
	return found
}

// valueOf is what is still to be asked when a variable is asked first.
func (a *asking) valueOf(v int, left []diagram.Ref) value {
	asked := value{known: true, best: v, least: math.MaxInt}
	for _, r := range left {
		below := a.value(r)
		asked.cost += below.cost
		asked.questions += below.questions
		asked.least = min(asked.least, 1+below.least)
		asked.most = max(asked.most, 1+below.most)
	}
	n := int64(len(left))
	asked.cost = asked.cost/n + a.cost[v]*a.unit
	asked.questions = asked.questions/n + a.unit
	return asked
}

// number is a count of parts of a unit as a number.
func (a *asking) number(parts int64) *big.Rat { return big.NewRat(parts, a.unit) }

// rankExactly ranks what can be asked by the least expected cost. It gives
// none where that takes too long to find.
func (a *asking) rankExactly(p *Plan) []ranked {
	a.prepare()
	var all []ranked
	found := map[int]value{}
	for _, v := range a.candidates(a.root) {
		left, _ := a.answers(a.root, v)
		found[v] = a.valueOf(v, left)
		r := ranked{variable: v, left: left, expected: a.number(found[v].questions), effort: a.number(found[v].cost)}
		for _, below := range left {
			r.then = append(r.then, a.number(a.value(below).questions))
		}
		all = append(all, r)
	}
	if a.over() {
		return nil
	}
	slices.SortFunc(all, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(found[x.variable].cost, found[y.variable].cost), a.tied(x.variable, y.variable, x.left, y.left))
	})
	best := found[all[0].variable]
	p.Least, p.Most = best.least, best.most
	return all
}
