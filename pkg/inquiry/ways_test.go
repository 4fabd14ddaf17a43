package inquiry_test

import (
	"math/bits"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// maxTried bounds what a test goes through by brute force.
const maxTried = 300_000

// mask is the cells that a reply says.
func mask(s *strategy.Strategy, a inquiry.Answer) (v int, cells []uint64) {
	switch a.Kind {
	case inquiry.AskFact, inquiry.AskReason:
		p := s.Model.Partitions[a.Fact]
		cells = make([]uint64, (p.Len()+63)/64)
		p.Mask(a.Values, cells)
		return s.Model.Fact[a.Fact], cells
	}
	cell := strategy.JudgedPass + a.Outcome
	if a.Withdrawn {
		cell = strategy.ByFacts
	}
	return s.Model.Judgement[a.Rule], []uint64{1 << cell}
}

// after is a box in which answers hold.
func after(s *strategy.Strategy, box diagram.Box, answers []inquiry.Answer) diagram.Box {
	box = slices.Clone(box)
	for _, a := range answers {
		v, cells := mask(s, a)
		copy(s.Model.Store.Space().Mask(box, v), cells)
	}
	return box
}

// The way to a recommendation makes it certain, without any of its answers it
// is not, and no other answers take less effort.
func TestWaysAreTheShortest(t *testing.T) {
	found, judged, none := 0, 0, 0
	for seed := range uint64(worlds) {
		r := random(seed, 2)
		s := strategyOf(t, r, usual())
		walker, space := diagram.NewWalker(s.Model.Store), s.Model.Store.Space()
		for range 3 {
			a, open := taken(s, initiativeOf(r, s))
			o := oracleOf(s, open)
			ways := inquiry.New(s, a).Ways(open)
			possible := walker.Possible(s.Model.Merged, open.Box)
			if want := possible.Len(); len(ways) != want && want > 1 {
				t.Fatalf("seed %d: %d ways to %d recommendations", seed, len(ways), want)
			}
			for i, way := range ways {
				wanted := diagram.SetOf(possible.Results()[i])
				tr := o.answers(wanted)
				if tr.size() > maxTried {
					continue
				}
				least, effort := tr.least(), 0
				for _, answer := range way.Answers {
					v, _ := mask(s, answer)
					effort += 1000*int(o.costOfAnswer(v)) + 1
					judged += truth(answer.Kind == inquiry.AskJudgement)
				}
				if least < 0 {
					none++
					if len(way.Answers) != 0 {
						t.Fatalf("seed %d: there is no way to %s, not %v", seed, way.To, way.Answers)
					}
					continue
				}
				found++
				if !way.Smallest || effort != least {
					t.Fatalf("seed %d: the way to %s takes %d, the shortest %d: %v", seed, way.To, effort, least, way.Answers)
				}
				for left := range len(way.Answers) + 1 {
					answers := slices.Clone(way.Answers)
					if left < len(answers) {
						answers = slices.Delete(answers, left, left+1)
					}
					if got := walker.Only(s.Model.Merged, after(s, open.Box, answers), wanted); got != (left == len(way.Answers)) {
						t.Fatalf("seed %d: without answer %d of %v to %s: %v", seed, left, way.Answers, way.To, got)
					}
				}
				for _, answer := range way.Answers {
					v, cells := mask(s, answer)
					if answer.Kind == inquiry.AskFact && !meets(cells, space.Mask(open.Box, v)) {
						t.Fatalf("seed %d: %v passes by what is claimed", seed, answer)
					}
				}
			}
		}
	}
	if found < worlds || judged == 0 || none == 0 {
		t.Errorf("%d ways, %d judgements, %d times none: too few to tell", found, judged, none)
	}
}

func meets(a, b []uint64) bool {
	for i, word := range a {
		if bits.OnesCount64(word&b[i]) > 0 {
			return true
		}
	}
	return false
}

// answers tries all answers to open questions, and judgements where a
// borderline case can still matter.
func (o *oracle) answers(wanted diagram.Set) *trial {
	s, space := o.strategy, o.strategy.Model.Store.Space()
	matters := tableOf(s, s.Model.Merged, o.taken.Box).axes
	box := slices.Clone(o.taken.Box)
	for rule, v := range s.Model.Borderline {
		if slices.Contains(matters, v) {
			space.Fill(box, s.Model.Judgement[rule])
		}
	}
	tr := newTrial(tableOf(s, s.Model.Merged, box), wanted, false)
	tr.weigh = func(axis int) int { return 1000*int(o.costOfAnswer(tr.axes[axis])) + 1 }
	for axis, v := range tr.axes {
		kind := s.Model.Variables[v].Kind
		for place, cell := range tr.cells[axis] {
			now := space.Allows(o.taken.Box, v, cell)
			if now {
				tr.open[axis] = append(tr.open[axis], place)
			}
			conflict := space.Allowed(o.taken.Box, v) > 1
			switch {
			case kind == strategy.FactVariable && !o.never(v), kind == strategy.JudgementVariable && (conflict || !now):
				tr.options[axis] = append(tr.options[axis], place)
			}
		}
	}
	return tr
}

// costOfAnswer is the cost of a question; a judgement on a borderline case
// costs as much as the hardest fact.
func (o *oracle) costOfAnswer(v int) int64 {
	variable := o.strategy.Model.Variables[v]
	if variable.Kind == strategy.JudgementVariable && o.strategy.Model.Store.Space().Allowed(o.taken.Box, v) < 2 {
		return 9
	}
	return o.cost(v)
}
