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
const maxSteps = 2_500_000

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
	a.unit = 1
	for v := range a.variables {
		total += a.cost[v]
		widest = max(widest, int64(len(a.classes[v])))
	}
	limit := math.MaxInt64 / total / widest
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
	from, first := len(a.scratch), len(a.choices)
	for v := range a.support(r).members {
		if a.mayAsk(r, v) {
			at := len(a.scratch)
			a.scratch = a.appendAnswers(a.scratch, r, v)
			a.choices = append(a.choices, a.choice(v, a.scratch[at:]))
		}
	}
	choices := a.choices[first:]
	slices.SortFunc(choices, a.tied)
	found := value{known: true, best: -1, cost: math.MaxInt64}
	for _, c := range choices {
		// Of equally good questions the first is the best.
		if asked, ok := a.valueOf(c, found.cost); ok {
			found = asked
		}
	}
	if found.best < 0 {
		found.cost = 0
	}
	a.scratch, a.choices = a.scratch[:from], a.choices[:first]
	a.values[r] = found
	return found
}

// valueOf is what is still to be asked when a variable is asked first; ok is
// false where that costs at least so much as is known to be possible.
func (a *asking) valueOf(c choice, possible int64) (asked value, ok bool) {
	asked = value{known: true, best: c.variable, least: math.MaxInt}
	n := int64(len(c.left))
	own := a.cost[c.variable] * a.unit
	sum := int64(0)
	for _, r := range c.left {
		if own+sum/n >= possible {
			return asked, false
		}
		below := a.value(r)
		sum += below.cost
		asked.questions += below.questions
		asked.least = min(asked.least, 1+below.least)
		asked.most = max(asked.most, 1+below.most)
	}
	asked.cost, asked.questions = own+sum/n, a.unit+asked.questions/n
	return asked, asked.cost < possible
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
		c := a.choice(v, a.answers(a.root, v))
		found[v], _ = a.valueOf(c, math.MaxInt64)
		r := ranked{choice: c, expected: a.number(found[v].questions), effort: a.number(found[v].cost)}
		for _, below := range c.left {
			r.then = append(r.then, a.number(a.value(below).questions))
		}
		all = append(all, r)
	}
	if a.over() {
		return nil
	}
	slices.SortFunc(all, func(x, y ranked) int {
		return cmp.Or(cmp.Compare(found[x.variable].cost, found[y.variable].cost), a.tied(x.choice, y.choice))
	})
	best := found[all[0].variable]
	p.Least, p.Most = best.least, best.most
	return all
}
