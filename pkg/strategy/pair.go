package strategy

import (
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// Pair is two strategies over the same variables: facts, rules and open choices
// of one name are the same, with the values that they can have in both. So a
// rule that means the same in both is the same diagram, however it is written.
type Pair struct {
	// Models are the two, in one store. Variable.Index is the place among all
	// that the two have, not that of one strategy.
	Models [2]*Model

	frame *frame
}

// NewPair builds both strategies together. It fails where they are too large for
// that.
func NewPair(a, b *Strategy) (*Pair, error) {
	both, err := buildTogether(2*MaxNodes, a, b)
	if err != nil {
		return nil, err
	}
	return &Pair{Models: [2]*Model{both[0].model, both[1].model}, frame: both[0].frame}, both[0].store.Err()
}

// Plain is the box of the cases in which facts decide and no judgement does.
func (p *Pair) Plain() diagram.Box {
	space := p.frame.store.Space()
	box := space.Full()
	for _, v := range p.frame.ofJudgement {
		space.Only(box, v, ByFacts)
	}
	return box
}

// Describe puts the cases of a box into words.
func (p *Pair) Describe(box diagram.Box) i18n.Series { return p.frame.describe(box) }

// Example is a case in which the condition holds, one without judgements where
// there is one, with what does not matter left open. ok is false where it never
// holds.
func (p *Pair) Example(condition diagram.Ref) (box diagram.Box, ok bool) {
	cells, ok := p.frame.example(condition)
	if !ok {
		return nil, false
	}
	return p.frame.box(cells), true
}
