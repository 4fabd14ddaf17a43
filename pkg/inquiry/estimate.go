package inquiry

import (
	"math/big"

	"github.com/ks-no/ksdev/pkg/diagram"
)

// maxExpanded is how many questions an estimate looks ahead at, the likeliest
// to be asked first, and maxFollowed up to how many questions the rest is
// exact.
const (
	maxExpanded = 40
	maxFollowed = 8
)

// estimate is what is to be expected where questions are too many to go
// through all, when the one that gains most is asked each time.
type estimate struct {
	*asking
	// expanded holds the question that gains most.
	expanded map[diagram.Ref]ranked
	known    map[diagram.Ref]outlook
	inOrder  map[diagram.Ref]outlook
}

func (a *asking) newEstimate() *estimate {
	a.prepare()
	return &estimate{a, map[diagram.Ref]ranked{}, map[diagram.Ref]outlook{}, map[diagram.Ref]outlook{}}
}

// lookAhead expands what is likeliest to be asked when the answers to a
// question leave one of the functions.
func (e *estimate) lookAhead(left []diagram.Ref) {
	// Chances in whole parts: no rounding decides what is expanded.
	const whole = 1 << 60
	var waiting []diagram.Ref
	chance := map[diagram.Ref]int64{}
	enter := func(left []diagram.Ref, mass int64) {
		for _, r := range left {
			if chance[r] == 0 {
				waiting = append(waiting, r)
			}
			chance[r] += mass / int64(len(left))
		}
	}
	enter(left, whole)
	for n := 0; len(waiting) > 0 && n < maxExpanded && !e.over(); {
		likeliest := 0
		for i, r := range waiting {
			if chance[r] > chance[waiting[likeliest]] {
				likeliest = i
			}
		}
		r := waiting[likeliest]
		waiting[likeliest] = waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if len(e.candidates(r)) == 0 || e.questions(r) <= maxFollowed {
			continue
		}
		if _, known := e.expanded[r]; !known {
			e.expanded[r] = e.byGain(r)[0]
		}
		n++
		enter(e.expanded[r].left, chance[r])
	}
}

// outlook is what is to be expected: how many questions, with how much effort,
// and how few may do.
type outlook struct {
	questions, effort *big.Rat
	least             int
}

// of is the outlook while a function is left, as far as it was looked ahead.
func (e *estimate) of(r diagram.Ref) outlook {
	if known, ok := e.known[r]; ok {
		return known
	}
	var o outlook
	best, expanded := e.expanded[r]
	switch {
	case r.Constant() || len(e.candidates(r)) == 0:
		o = outlook{new(big.Rat), new(big.Rat), 0}
	case expanded:
		o = e.after(best.variable, best.left)
	case e.questions(r) <= maxFollowed && !e.over():
		v := e.value(r)
		o = outlook{e.number(v.questions), e.number(v.cost), int(v.least)}
	}
	if o.questions == nil || e.over() {
		o = e.asWritten(r)
	}
	e.known[r] = o
	return o
}

// after is the outlook when a variable is asked and the answers leave one of
// the functions.
func (e *estimate) after(v int, left []diagram.Ref) outlook {
	return e.average(v, left, e.of)
}

func (e *estimate) average(v int, left []diagram.Ref, of func(diagram.Ref) outlook) outlook {
	sum := outlook{new(big.Rat), new(big.Rat), of(left[0]).least}
	for _, r := range left {
		below := of(r)
		sum.questions.Add(sum.questions, below.questions)
		sum.effort.Add(sum.effort, below.effort)
		sum.least = min(sum.least, below.least)
	}
	n := big.NewRat(int64(len(left)), 1)
	sum.questions.Quo(sum.questions, n)
	sum.effort.Quo(sum.effort, n)
	if e.askable[v] {
		sum.questions.Add(sum.questions, big.NewRat(1, 1))
		sum.effort.Add(sum.effort, big.NewRat(e.cost[v], 1))
		sum.least++
	}
	return sum
}

// asWritten is the outlook when all questions are asked in the order of the
// variables.
func (e *estimate) asWritten(r diagram.Ref) outlook {
	if r.Constant() {
		return outlook{new(big.Rat), new(big.Rat), 0}
	}
	if known, ok := e.inOrder[r]; ok {
		return known
	}
	v := e.store.Variable(r)
	e.inOrder[r] = e.average(v, e.answers(r, v), e.asWritten)
	return e.inOrder[r]
}
