package assess_test

import (
	"math/bits"
	"slices"
)

// readings is what a proposal leaves open as documented and as stated.
type readings struct {
	documented, stated box
	facts              []factState
	opinions           []opinionState
}

// factState says why a fact is open as documented and what can be cited for it.
type factState struct {
	statement   *statement
	cause       string // empty where the fact is not open
	counts      string // documented, stated, no; empty where nothing was said
	assumed     bool
	contradicts bool
}

type opinionState struct {
	opinion       *opinion
	status        string
	statedDiffers bool
}

// base is the box of which nothing is said.
func (w *world) base() box {
	b := box{choices: []int{0}}
	for _, f := range w.facts {
		b.allowed = append(b.allowed, f.all())
	}
	for range w.rules {
		b.judged = append(b.judged, []int{byFacts})
	}
	if c := w.choice; c != nil && c.value > 0 {
		b.choices = []int{c.value}
	} else if c != nil {
		b.choices = nil
		for n := c.from; n <= c.to; n++ {
			b.choices = append(b.choices, n)
		}
	}
	return b
}

// read works out both readings.
func (w *world) read(p *proposal) *readings {
	r := &readings{documented: w.base(), stated: w.base(), opinions: make([]opinionState, len(w.rules))}
	for range w.facts {
		r.facts = append(r.facts, factState{cause: "missing"})
	}
	for _, s := range p.statements {
		state := w.stateOf(p, s)
		r.facts[s.fact] = state
		if state.counts != "no" {
			r.stated.allowed[s.fact] = s.allowed
		}
		if state.counts == "documented" {
			r.documented.allowed[s.fact] = s.allowed
		}
	}
	for fact, values := range p.assume {
		r.assume(fact, values)
	}
	for _, o := range p.judgements {
		r.opinions[o.rule] = w.judge(r, o)
	}
	return r
}

func (w *world) stateOf(p *proposal, s *statement) factState {
	day, f := p.date, w.facts[s.fact]
	if p.asOf > 0 {
		day = p.asOf
	}
	given := f.kind == "text" && s.allowed == 1
	switch {
	case day > 0 && s.known > day:
		return factState{statement: s, cause: "known_later", counts: "no"}
	case s.unknown:
		return factState{statement: s, cause: "said_to_be_unknown", counts: "no"}
	case f.ground && !given && !s.reason:
		return factState{statement: s, cause: "ungrounded", counts: "stated"}
	case !s.precise:
		return factState{statement: s, cause: "imprecise", counts: "documented"}
	}
	return factState{statement: s, counts: "documented"}
}

// assume fills a fact that is open as documented, with grounds for this run.
func (r *readings) assume(fact int, values uint64) {
	state := &r.facts[fact]
	if state.cause == "" {
		return
	}
	documented, stated := values, values
	if state.counts == "documented" || state.counts == "stated" {
		both := values & state.statement.allowed
		switch {
		case both != 0 && state.counts == "documented":
			documented, stated = both, both
		case both != 0:
			stated = both
		case state.counts == "documented":
			return
		default:
			state.contradicts = true
		}
	}
	state.assumed = true
	state.cause = ""
	if bits.OnesCount64(documented) > 1 {
		state.cause = "imprecise"
	}
	r.documented.allowed[fact], r.stated.allowed[fact] = documented, stated
}

func (w *world) judge(r *readings, o *opinion) opinionState {
	documented := w.ruleCube(r.documented, o.rule).possible()
	stated := w.ruleCube(r.stated, o.rule).possible()
	only := []int{notApplicable}
	switch {
	case !o.reason:
		return opinionState{opinion: o, status: "set_aside"}
	case slices.Equal(documented, only):
		return opinionState{opinion: o, status: "not_used"}
	case !slices.Contains(documented, o.outcome):
		r.documented.judged[o.rule] = []int{byFacts, o.outcome}
		r.stated.judged[o.rule] = []int{byFacts, o.outcome}
		return opinionState{opinion: o, status: "conflict"}
	}
	r.documented.judged[o.rule] = []int{o.outcome}
	r.stated.judged[o.rule] = []int{o.outcome}
	return opinionState{o, "used", !slices.Contains(stated, o.outcome) && !slices.Equal(stated, only)}
}

// claim is something that was said and that an outcome can rest on.
type claim struct {
	kind  string // fact, assumption, judgement, choice
	index int
	// line is where it stands, far below where it stands in no file.
	line int
}

// claims lists what was said in the box, in the order of the file; what stands
// in no file comes last, facts in the strategy's order.
func (w *world) claims(r *readings, b box) []claim {
	const nowhere = 1 << 30
	var all []claim
	for i, f := range w.facts {
		switch state := r.facts[i]; {
		case b.allowed[i] == f.all():
		case state.assumed:
			all = append(all, claim{"assumption", i, nowhere})
		default:
			all = append(all, claim{"fact", i, state.statement.from})
		}
	}
	for rule, state := range r.opinions {
		if state.status == "used" {
			all = append(all, claim{"judgement", rule, state.opinion.from})
		}
	}
	if w.choice != nil && w.choice.value > 0 {
		all = append(all, claim{"choice", 0, nowhere})
	}
	slices.SortStableFunc(all, func(x, y claim) int { return x.line - y.line })
	return all
}

// release forgets a claim.
func (w *world) release(b box, c claim) box {
	b = b.clone()
	switch c.kind {
	case "fact", "assumption":
		b.allowed[c.index] = w.facts[c.index].all()
	case "judgement":
		b.judged[c.index] = []int{byFacts}
	case "choice":
		b.choices = nil
		for n := w.choice.from; n <= w.choice.to; n++ {
			b.choices = append(b.choices, n)
		}
	}
	return b
}
