package assess

import (
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// take puts the initiative's claims into the boxes of the two readings.
func (a *Assessor) take() {
	copy(a.documented, a.base)
	copy(a.stated, a.base)
	for i := range a.states {
		a.claims[i], a.said[i], a.states[i] = nil, nil, state{cause: result.Missing}
	}
	if a.lists() {
		a.encode()
	}
	day := a.date()
	for i := range a.initiative.Claims {
		c := &a.initiative.Claims[i]
		a.claims[c.Fact] = c
		a.states[c.Fact] = a.stateOf(c, day)
		counts := a.states[c.Fact].counts
		if counts != countsNo {
			a.set(a.stated, c.Fact, c.Values)
		}
		if counts == result.Documented {
			a.set(a.documented, c.Fact, c.Values)
		}
	}
}

// encode writes the claims as results hold them.
func (a *Assessor) encode() {
	all := make([]said, len(a.initiative.Claims))
	for i := range a.initiative.Claims {
		c := &a.initiative.Claims[i]
		all[i] = said{a.strategy.Facts[c.Fact].Encode(c.Values), result.Place{Line: c.Pos.Line, Column: c.Pos.Column}}
		a.said[c.Fact] = &all[i]
	}
}

// countsNo is where a claim counts that counts nowhere.
const countsNo = "no"

func (a *Assessor) stateOf(c *initiative.Claim, day *int64) state {
	switch {
	case day != nil && c.Known != nil && *c.Known > *day:
		return state{cause: result.KnownLater, counts: countsNo}
	case c.Unknown:
		return state{cause: result.SaidUnknown, counts: countsNo}
	case !a.grounded(c):
		return state{cause: result.Ungrounded, counts: result.Stated}
	case !c.Values.Known():
		return state{cause: result.Imprecise, counts: result.Documented}
	}
	return state{counts: result.Documented}
}

// grounded reports whether the claim has the grounds that its fact requires. A
// text that is given is its own ground.
func (a *Assessor) grounded(c *initiative.Claim) bool {
	d := a.strategy.Facts[c.Fact]
	ownGround := d.Kind == fact.Text && c.Values.Options == fact.Given
	return !d.Grounds || ownGround || c.Grounded()
}

// set narrows a fact to values.
func (a *Assessor) set(box diagram.Box, factIndex int, values fact.Values) {
	if v := a.model.Fact[factIndex]; v >= 0 {
		a.model.Partitions[factIndex].Mask(values, a.space.Mask(box, v))
	}
}

// assume fills facts that are open as documented.
func (a *Assessor) assume() {
	for i := range a.strategy.Facts {
		assumed, ok := a.options.Assume[i]
		if !ok || a.states[i].cause == "" {
			continue
		}
		d, c, s := a.strategy.Facts[i], a.claims[i], &a.states[i]
		documented, stated := assumed, assumed
		switch s.counts {
		case result.Documented:
			both, possible := d.Intersect(c.Values, assumed)
			if !possible {
				continue
			}
			documented, stated = both, both
		case result.Stated:
			both, possible := d.Intersect(c.Values, assumed)
			s.contradicts = !possible
			if possible {
				stated = both
			}
		}
		s.assumed = true
		s.cause = ""
		if !documented.Known() {
			s.cause = result.Imprecise
		}
		a.set(a.documented, i, documented)
		a.set(a.stated, i, stated)
	}
}

func (a *Assessor) assumptions() []result.Assumption {
	var all []result.Assumption
	for i, d := range a.strategy.Facts {
		if assumed := a.assumed[i]; assumed != nil {
			s := a.states[i]
			all = append(all, result.Assumption{Fact: d.Path, Value: *assumed, Used: s.assumed, Contradicts: s.contradicts})
		}
	}
	return all
}

// judge puts the judgements into both boxes. A judgement that the documented
// facts allow is the rule's outcome; one that they exclude leaves the rule open
// between the two.
func (a *Assessor) judge() {
	for i := range a.judgements {
		a.judgements[i] = nil
	}
	for i := range a.initiative.Judgements {
		j := &a.initiative.Judgements[i]
		judged := &result.Judgement{Outcome: cond.OutcomeNames()[j.Outcome], Because: j.Because, Source: j.Source,
			Place: result.Place{Line: j.Pos.Line, Column: j.Pos.Column}}
		a.judgements[j.Rule] = judged
		judged.Status = a.judgement(j, judged)
	}
}

func (a *Assessor) judgement(j *initiative.Judgement, judged *result.Judgement) string {
	outcome, v := a.model.Outcome[j.Rule], a.model.Judgement[j.Rule]
	documented := a.walker.Possible(outcome, a.documented)
	switch {
	case !j.Grounded():
		return result.JudgementSetAside
	case documented == diagram.SetOf(cond.NotApplicable):
		return result.JudgementNotUsed
	case !documented.Has(j.Outcome):
		for _, box := range []diagram.Box{a.documented, a.stated} {
			a.space.Mask(box, v)[0] |= 1 << (strategy.JudgedPass + j.Outcome)
		}
		return result.JudgementConflict
	}
	stated := a.walker.Possible(outcome, a.stated)
	judged.StatedDiffers = !stated.Has(j.Outcome) && stated != diagram.SetOf(cond.NotApplicable)
	a.space.Only(a.documented, v, strategy.JudgedPass+j.Outcome)
	a.space.Only(a.stated, v, strategy.JudgedPass+j.Outcome)
	return result.JudgementUsed
}

func (a *Assessor) claimed() []result.Claim {
	claims := make([]result.Claim, 0, len(a.initiative.Claims))
	for i := range a.initiative.Claims {
		c := &a.initiative.Claims[i]
		s := a.said[c.Fact]
		claim := result.Claim{Fact: a.strategy.Facts[c.Fact].Path, Unknown: c.Unknown, Text: c.Text, Because: c.Because, Source: c.Source,
			Counts: a.states[c.Fact].counts, Place: s.place}
		if !c.Unknown {
			claim.Value = &s.value
		}
		if c.Known != nil {
			claim.Known = fact.DayText(*c.Known)
		}
		claims = append(claims, claim)
	}
	return claims
}
