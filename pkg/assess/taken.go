package assess

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
)

// Taken is what an initiative leaves open, for what builds on assessments.
type Taken struct {
	Initiative *initiative.Initiative
	// Reading is the one that is shown first, and Box what it leaves open.
	Reading string
	Box     diagram.Box
	// Stated is what is left open as stated.
	Stated diagram.Box
	// Facts says what became of each fact, in the order of the strategy.
	Facts []TakenFact
	// Judgements are the initiative's, by rule; nil where there is none.
	Judgements []*result.Judgement
}

// TakenFact is what became of what an initiative says of a fact.
type TakenFact struct {
	// Claim is what was said, nil where nothing was.
	Claim *initiative.Claim
	// Cause is why the fact is open as documented, one of the causes of package
	// result; empty where it is not.
	Cause string
	// Counts says where the claim counts: result.Documented (then as stated
	// too), result.Stated, "no", or empty where there is no claim.
	Counts string
	// Assumed says that an assumption fills the fact.
	Assumed bool
}

// Take reads what an initiative leaves open.
func (a *Assessor) Take(i *initiative.Initiative) *Taken {
	a.initiative = i
	a.take()
	a.encode()
	a.assume()
	a.judge()
	t := &Taken{Initiative: i, Reading: a.options.Reading, Box: slices.Clone(a.main()), Stated: slices.Clone(a.stated),
		Facts: make([]TakenFact, len(a.states)), Judgements: slices.Clone(a.judgements)}
	for f, s := range a.states {
		t.Facts[f] = TakenFact{a.claims[f], s.cause, s.counts, s.assumed}
	}
	return t
}

// DecidedBy is a set of claims of the initiative taken last that decide a
// function of the strategy's model as they all do, and from which none can be
// left out.
func (a *Assessor) DecidedBy(f diagram.Ref) []result.Ground {
	box := a.main()
	return a.irreducible(f, box, a.walker.Possible(f, box), a.weakestLast(box))
}

// OpenBy is what the initiative taken last leaves open on which a function of
// the strategy's model still depends.
func (a *Assessor) OpenBy(f diagram.Ref) []result.Cause {
	return a.causes(a.relevant(f, a.main()))
}

// Said lists the claims, judgements and assumptions of the initiative taken
// last that count, in the order of the file.
func (a *Assessor) Said() []result.Ground {
	said := a.weakestLast(a.main())
	slices.SortStableFunc(said, inFile)
	var grounds []result.Ground
	for _, c := range said {
		grounds = append(grounds, c.ground)
	}
	return grounds
}
