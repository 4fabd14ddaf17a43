package inquiry

import (
	"math/big"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diagram"
)

// ByEntropy is the expected effort of asking by the drop of entropy to the end,
// and the least there is; ok is false where that is too much to find.
func (q *Inquirer) ByEntropy(t *assess.Taken) (asked, least *big.Rat, questions int, ok bool) {
	a := q.asking(q.situation(t))
	a.prepare()
	known := map[diagram.Ref]*big.Rat{}
	var expected func(r diagram.Ref) *big.Rat
	expected = func(r diagram.Ref) *big.Rat {
		if n := known[r]; n != nil {
			return n
		}
		sum := new(big.Rat)
		if len(a.candidates(r)) > 0 {
			best := a.rankByEntropy(r, &Plan{})[0]
			for _, left := range best.left {
				sum.Add(sum, expected(left))
			}
			sum.Quo(sum, big.NewRat(int64(len(best.left)), 1))
			sum.Add(sum, big.NewRat(a.cost[best.variable], 1))
		}
		known[r] = sum
		return sum
	}
	asked = expected(a.root)
	least = a.number(a.value(a.root).cost)
	return asked, least, a.questions(a.root), !a.over()
}

// Box is what the session takes to be open.
func (s *Session) Box() diagram.Box { return s.now.box }
