package assess

import (
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Truth is what a condition is over everything that an initiative leaves open.
type Truth int

// The truths. The zero value is that both are still possible.
const (
	Open Truth = iota
	True
	False
)

// Truths is what a condition is in the reading that is shown first and in the
// other.
type Truths struct{ Main, Other Truth }

// Truths says what conditions and all their parts are for the initiative that
// was assessed or taken last. The conditions speak of facts alone, as those of
// rules do; nil ones are left out.
func (a *Assessor) Truths(conditions ...*cond.Condition) map[*cond.Condition]Truths {
	s := diagram.NewStore(a.space, strategy.MaxNodes)
	built := map[*cond.Condition]diagram.Ref{}
	for _, c := range conditions {
		a.buildParts(s, c, built)
	}
	walker := diagram.NewWalker(s)
	truths := make(map[*cond.Condition]Truths, len(built))
	for c, f := range built {
		truths[c] = Truths{truthOf(walker.Possible(f, a.main())), truthOf(walker.Possible(f, a.other()))}
	}
	return truths
}

// buildParts builds a condition and all its parts.
func (a *Assessor) buildParts(s *diagram.Store, c *cond.Condition, built map[*cond.Condition]diagram.Ref) {
	if c == nil {
		return
	}
	for _, part := range c.Parts {
		a.buildParts(s, part, built)
	}
	built[c] = c.Build(s, func(x *cond.Comparison) diagram.Ref {
		p := a.model.Partitions[x.Fact]
		return s.Test(a.model.Fact[x.Fact], func(cell int) bool { return p.Answer(x.Test, cell) != x.Negated })
	})
}

func truthOf(possible diagram.Set) Truth {
	switch possible {
	case diagram.SetOf(1):
		return True
	case diagram.SetOf(0):
		return False
	}
	return Open
}
