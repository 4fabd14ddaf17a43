package inquiry

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Manner says how a question was met.
type Manner int

// The manners.
const (
	// Answered: with a reply.
	Answered Manner = iota
	// Unknown: it is not known. What was claimed before stays.
	Unknown
	// Skipped: it was passed over. What was claimed before stays.
	Skipped
)

// Given is what was said to a question.
type Given struct {
	Subject
	Manner Manner
	// Reply is what was replied. The values of a fact are those that both the
	// reply and the claim before it allow, or the reply's where they contradict.
	Reply
	// Grounds are those of the reply, and Text what was written for a fact of the
	// kind text.
	initiative.Grounds
	Text string
	// Counts says whether the reply has the reason that it requires. One that has
	// not changes nothing, and is not to replace a claim that counts.
	Counts bool
}

// Reason says why an interview is over.
type Reason int

// The reasons. The zero value says that it is not.
const (
	// Settled: one recommendation is possible.
	Settled Reason = iota + 1
	// CandidateLeft: only the open choice divides those that are possible.
	CandidateLeft
	// NothingLeft: nothing that can be asked still matters.
	NothingLeft
)

// Session is an interview. It asks nothing twice, and nothing that cannot
// matter.
type Session struct {
	inquirer *Inquirer
	taken    *assess.Taken
	all      bool
	given    []Given
	// What follows is worked out from what was given.
	now  *situation
	plan *Plan
	next *Question
	rest int
}

// Session begins an interview about what an initiative leaves open. With all it
// goes on, once the recommendation is settled, to every fact on which the
// outcome of a rule still depends.
func (q *Inquirer) Session(t *assess.Taken, all bool) *Session {
	s := &Session{inquirer: q, taken: t, all: all}
	s.update()
	return s
}

// Next is the next question, nil when the interview is over.
func (s *Session) Next() *Question { return s.next }

// Plan is what is known now: what is possible, and how many questions are left
// until the recommendation is settled.
func (s *Session) Plan() *Plan { return s.plan }

// Rest is how many questions about outcomes of rules are left at most, of an
// interview that goes on to all facts; those about the recommendation are among
// them.
func (s *Session) Rest() int { return s.rest }

// Given lists what was said, in its order.
func (s *Session) Given() []Given { return slices.Clone(s.given) }

// Done says why the interview is over, 0 while it is not.
func (s *Session) Done() Reason {
	if s.next != nil {
		return 0
	}
	q := s.inquirer
	possible := q.walker.Possible(q.model.Recommendation, s.now.box)
	switch {
	case possible.Len() == 1:
		return Settled
	case q.strategy.ChoiceDivides(possible):
		return CandidateLeft
	}
	return NothingLeft
}

// Answer takes a reply to the question that is next, and says what became of
// it. Once the interview is over nothing is taken any more.
func (s *Session) Answer(r Reply, g initiative.Grounds, text string) Given {
	if s.next == nil {
		return Given{}
	}
	given := Given{Subject: s.next.Subject, Reply: r, Grounds: g, Text: text}
	given.Counts = s.counts(given)
	if given.Kind == AskFact || given.Kind == AskReason {
		d := s.inquirer.strategy.Facts[given.Fact]
		if both, ok := d.Intersect(s.before(given.Fact), r.Values); ok {
			given.Values = both
		}
	}
	s.add(given)
	return given
}

// DontKnow says that the answer to the question that is next is not known.
func (s *Session) DontKnow() { s.pass(Unknown) }

// Skip passes the question that is next over.
func (s *Session) Skip() { s.pass(Skipped) }

func (s *Session) pass(m Manner) {
	if s.next != nil {
		s.add(Given{Subject: s.next.Subject, Manner: m})
	}
}

// Back takes back what was said last, and reports whether there was anything.
func (s *Session) Back() bool {
	if len(s.given) == 0 {
		return false
	}
	s.given = s.given[:len(s.given)-1]
	s.update()
	return true
}

func (s *Session) add(g Given) {
	s.given = append(s.given, g)
	s.update()
}

// counts reports whether a reply has the reason that it requires.
func (s *Session) counts(g Given) bool {
	switch g.Kind {
	case AskJudgement:
		return g.Grounded()
	case AskConflict:
		return true
	}
	d := s.inquirer.strategy.Facts[g.Fact]
	ownGround := d.Kind == fact.Text && g.Values.Options == fact.Given
	return s.taken.Reading == result.Stated || !d.Grounds || ownGround || g.Grounded()
}

// before is what counts of a fact before it is asked.
func (s *Session) before(f int) fact.Values {
	said := s.taken.Facts[f]
	if said.Counts == result.Documented || said.Counts == result.Stated && s.taken.Reading == result.Stated {
		return said.Claim.Values
	}
	return s.inquirer.strategy.Facts[f].Domain()
}

// update works out what is open from what was given.
func (s *Session) update() {
	q := s.inquirer
	s.now = q.situation(s.taken)
	s.now.fine = s.all
	for _, g := range s.given {
		v := q.variable(g.Subject)
		s.now.closed[v] = Asked
		if g.Manner != Answered || !g.Counts {
			continue
		}
		if g.Kind == AskFact || g.Kind == AskReason {
			q.model.Partitions[g.Fact].Mask(g.Values, q.space.Mask(s.now.box, v))
		}
	}
	s.judge()
	s.plan = q.plan(s.now)
	s.next, s.rest = nil, 0
	if len(s.plan.Questions) > 0 {
		s.next = &s.plan.Questions[0]
	}
	if s.all {
		s.goOn()
	}
}

// variable is that of the model that a question asks.
func (q *Inquirer) variable(s Subject) int {
	switch s.Kind {
	case AskJudgement:
		return q.model.Borderline[s.Rule]
	case AskConflict:
		return q.model.Judgement[s.Rule]
	}
	return q.model.Fact[s.Fact]
}

// judge looks again at the judgements: what was answered may exclude one, or no
// longer.
func (s *Session) judge() {
	q := s.inquirer
	if s.taken.Reading == result.Documented {
		for _, j := range s.taken.Initiative.Judgements {
			if s.taken.Judgements[j.Rule].Status != result.JudgementSetAside {
				q.judge(s.now.box, j.Rule, j.Outcome)
			}
		}
	}
	for _, g := range s.given {
		switch {
		case g.Manner != Answered || !g.Counts:
		case g.Kind == AskJudgement:
			q.judge(s.now.box, g.Rule, g.Outcome)
		case g.Kind == AskConflict && g.Withdrawn:
			q.space.Only(s.now.box, q.model.Judgement[g.Rule], strategy.ByFacts)
		case g.Kind == AskConflict:
			q.space.Only(s.now.box, q.model.Judgement[g.Rule], strategy.JudgedPass+g.Outcome)
		}
	}
}

// judge puts a judgement into the box as an assessment does.
func (q *Inquirer) judge(box diagram.Box, rule int, o cond.Outcome) {
	v := q.model.Judgement[rule]
	q.space.Only(box, v, strategy.ByFacts)
	switch possible := q.walker.Possible(q.model.Outcome[rule], box); {
	case possible == diagram.SetOf(cond.NotApplicable):
	case possible.Has(o):
		q.space.Only(box, v, strategy.JudgedPass+o)
	default:
		q.space.Mask(box, v)[0] |= 1 << (strategy.JudgedPass + o)
	}
}

// goOn looks for what still matters to the outcome of a rule.
func (s *Session) goOn() {
	q := s.inquirer
	matters := make([]bool, len(q.model.Variables))
	for rule, outcome := range q.model.Outcome {
		q.walker.Relevant(outcome, s.now.box, q.marks)
		for v, mark := range q.marks {
			matters[v] = matters[v] || mark
		}
		if v := q.model.Borderline[rule]; v >= 0 && q.marks[v] {
			// A judgement waits until the facts make the case borderline.
			before := q.borderlineBy(rule, s.now.box)
			matters[v] = !slices.Contains(before, true)
		}
	}
	var order []int
	for v := range matters {
		if matters[v] && s.now.closed[v] == "" {
			order = append(order, v)
		}
	}
	s.rest = len(order)
	if s.next == nil && len(order) > 0 {
		first := slices.MinFunc(order, func(v, w int) int { return q.rank[v] - q.rank[w] })
		question := q.question(s.now, first, q.finer(s.now.box, first, nil))
		s.next = &question
	}
}
