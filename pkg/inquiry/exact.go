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
	best int32
	// cost and questions are expected, in parts of a unit.
	cost, questions int64
	least, most     int32
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
	if more := int(r) + 1 - len(a.values); more > 0 {
		a.values = longer(a.values, more)
	}
	if a.values[r].known {
		return a.values[r]
	}
	found := value{known: true, best: -1, cost: math.MaxInt64}
	var best choice
	from := len(a.scratch)
	for v := range a.support(r).members {
		if !a.mayAsk(r, v) {
			continue
		}
		a.scratch = a.appendAnswers(a.scratch[:from], r, v)
		left := a.scratch[from:]
		asked, ok := a.valueOf(v, left, found.cost)
		if !ok {
			continue
		}
		c := a.choice(v, left)
		if asked.cost < found.cost || a.tied(c, best) < 0 {
			found, best = asked, c
		}
	}
	a.scratch = a.scratch[:from]
	if found.best < 0 {
		found.cost = 0
	}
	a.values[r] = found
	return found
}

// valueOf is what is still to be asked when a variable is asked first; ok is
// false where that costs more than is known to be possible.
func (a *asking) valueOf(v int, left []diagram.Ref, possible int64) (asked value, ok bool) {
	asked = value{known: true, best: int32(v), least: math.MaxInt32}
	n := int64(len(left))
	own := a.cost[v] * a.unit
	sum := int64(0)
	for _, r := range left {
		if own+sum/n > possible {
			return asked, false
		}
		below := a.value(r)
		sum += below.cost
		asked.questions += below.questions
		asked.least = min(asked.least, 1+below.least)
		asked.most = max(asked.most, 1+below.most)
	}
	asked.cost, asked.questions = own+sum/n, a.unit+asked.questions/n
	return asked, asked.cost <= possible
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
		left := a.answers(a.root, v)
		found[v], _ = a.valueOf(v, left, math.MaxInt64)
		r := ranked{choice: a.choice(v, left), left: left, expected: a.number(found[v].questions), effort: a.number(found[v].cost)}
		for _, below := range left {
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
	p.Least, p.Most = int(best.least), int(best.most)
	return all
}
