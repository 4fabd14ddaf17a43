package inquiry

import (
	"math/big"

	"github.com/ks-no/ksdev/pkg/diagram"
)

// maxExpanded is how many questions an estimate looks ahead at, the likeliest
// to be asked first, and maxFollowed up to how many questions the rest is
// exact.
const (
	maxExpanded = 60
	maxFollowed = 8
)

// estimate is how many questions are to be expected where they are too many to
// go through all.
type estimate struct {
	*asking
	// expanded holds what follows the best question.
	expanded map[diagram.Ref][]diagram.Ref
	known    map[diagram.Ref]outlook
	inOrder  []int64
}

func (a *asking) estimate(first ranked) *estimate {
	a.prepare()
	e := &estimate{a, map[diagram.Ref][]diagram.Ref{a.root: first.left}, map[diagram.Ref]outlook{}, nil}
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
	enter(first.left, whole)
	for len(waiting) > 0 && len(e.expanded) < maxExpanded && !a.over() {
		likeliest := 0
		for i, r := range waiting {
			if chance[r] > chance[waiting[likeliest]] {
				likeliest = i
			}
		}
		r := waiting[likeliest]
		waiting[likeliest] = waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		if len(a.candidates(r)) > 0 && a.questions(r) > maxFollowed {
			e.expanded[r] = a.byGain(r)[0].left
			enter(e.expanded[r], chance[r])
		}
	}
	return e
}

// outlook is how many questions are to be expected, and how few may do.
type outlook struct {
	expected *big.Rat
	least    int
}

// of is the outlook while a function is left, as far as it was looked ahead.
func (e *estimate) of(r diagram.Ref) outlook {
	if known, ok := e.known[r]; ok {
		return known
	}
	o := outlook{big.NewRat(e.asWritten(r), one), 1}
	left, expanded := e.expanded[r]
	switch {
	case r.Constant() || len(e.candidates(r)) == 0:
		o = outlook{new(big.Rat), 0}
	case expanded:
		o = e.after(left)
	case e.questions(r) <= maxFollowed:
		if v := e.value(r); !e.over() {
			o = outlook{e.number(v.questions), int(v.least)}
		}
	}
	e.known[r] = o
	return o
}

// after is the outlook when a question is asked that leaves one of the
// functions.
func (e *estimate) after(left []diagram.Ref) outlook {
	sum, least := new(big.Rat), e.of(left[0]).least
	for _, r := range left {
		below := e.of(r)
		sum.Add(sum, below.expected)
		least = min(least, below.least)
	}
	sum.Quo(sum, big.NewRat(int64(len(left)), 1))
	return outlook{sum.Add(sum, big.NewRat(1, 1)), 1 + least}
}

// one is a question in the parts that asWritten counts.
const one = 1 << 40

// asWritten is how many questions are to be expected, in parts, when they are
// asked in the order of the variables.
func (e *estimate) asWritten(r diagram.Ref) int64 {
	if r.Constant() {
		return 0
	}
	for len(e.inOrder) <= int(r) {
		e.inOrder = append(e.inOrder, -1)
	}
	if e.inOrder[r] >= 0 {
		return e.inOrder[r]
	}
	v := e.store.Variable(r)
	left := e.answers(r, v)
	sum := int64(0)
	for _, below := range left {
		sum += e.asWritten(below)
	}
	sum /= int64(len(left))
	if e.askable[v] {
		sum += one
	}
	e.inOrder[r] = sum
	return sum
}
