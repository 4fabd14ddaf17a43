package inquiry_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// person answers at random what a session asks, and writes down what a file
// would say then.
type person struct {
	*rand.Rand
	*testing.T
	strategy *strategy.Strategy
	file     *initiative.Initiative
	session  *inquiry.Session
	asked    map[inquiry.Subject]bool
	// mended says that the file has to be put right by hand: a judgement stands
	// against the facts.
	mended bool
}

// answer answers the next question, or says that it is not known, or passes.
func (p *person) answer(q *inquiry.Question) {
	grounds := initiative.Grounds{Because: []string{"vedtak i styret", "vedtak i styret", ""}[p.IntN(3)]}
	c := q.Classes[p.IntN(len(q.Classes))]
	switch p.IntN(8) {
	case 0:
		p.session.DontKnow()
		return
	case 1:
		p.session.Skip()
		return
	case 2: // something that is not among the classes
		if q.Kind == inquiry.AskFact {
			c.Values = valuesOf(p.Rand, p.strategy, q.Fact)
		}
	}
	given := p.session.Answer(c.Reply, grounds, "")
	if (q.Kind == inquiry.AskFact) && !given.Counts {
		return // what was claimed before, with a reason, stays
	}
	file := *p.file
	p.file = &file
	switch q.Kind {
	case inquiry.AskFact, inquiry.AskReason:
		p.file.Claims = slices.DeleteFunc(slices.Clone(p.file.Claims), func(c initiative.Claim) bool { return c.Fact == q.Fact })
		p.file.Claims = append(p.file.Claims, initiative.Claim{Fact: q.Fact, Values: given.Values, Grounds: grounds})
	default:
		p.file.Judgements = slices.DeleteFunc(slices.Clone(p.file.Judgements), func(j initiative.Judgement) bool { return j.Rule == q.Rule })
		if q.Kind == inquiry.AskJudgement {
			p.file.Judgements = append(p.file.Judgements, initiative.Judgement{Rule: q.Rule, Outcome: given.Outcome, Grounds: grounds})
		}
		p.mended = p.mended || q.Kind == inquiry.AskConflict && !given.Withdrawn
	}
}

// An interview asks nothing twice and only what can still matter; it ends; and
// what it takes to be open is what an assessment of the answers leaves open.
func TestInterviews(t *testing.T) {
	kinds := map[inquiry.Kind]int{}
	reasons := map[inquiry.Reason]int{}
	for seed := range uint64(worlds) {
		r := random(seed, 5)
		s := strategyOf(t, r, usual())
		for turn := range 3 {
			one := initiativeOf(r, s)
			a, open := taken(s, one)
			p := &person{r, t, s, one, inquiry.New(s, a).Session(open, turn == 1), map[inquiry.Subject]bool{}, false}
			for q := p.session.Next(); q != nil; q = p.session.Next() {
				kinds[q.Kind]++
				if p.session.Done() != 0 {
					t.Fatalf("seed %d: it is over, and asks", seed)
				}
				if wrong := p.check(q, turn == 1); wrong != "" {
					t.Fatalf("seed %d: %+v %s", seed, q, wrong)
				}
				p.answer(q)
				p.compare(seed)
			}
			reasons[p.session.Done()]++
			p.backAndForth(seed)
		}
	}
	if len(kinds) != 4 || len(reasons) != 3 {
		t.Errorf("too few to tell: %v, %v", kinds, reasons)
	}
}

// check says what is wrong with asking a question.
func (p *person) check(q *inquiry.Question, all bool) string {
	if p.asked[q.Subject] {
		return "is asked twice"
	}
	p.asked[q.Subject] = true
	if p.mended {
		return ""
	}
	_, open := taken(p.strategy, p.file)
	v := variableOf(p.strategy, q.Fact, q.Rule, int(q.Kind))
	matters := slices.Contains(tableOf(p.strategy, p.strategy.Model.Merged, open.Box).axes, v)
	if len(p.session.Plan().Questions) > 0 != matters {
		return fmt.Sprintf("matters to the recommendation: %v", matters)
	}
	for _, outcome := range p.strategy.Model.Outcome {
		matters = matters || all && slices.Contains(tableOf(p.strategy, outcome, open.Box).axes, v)
	}
	if !matters {
		return "cannot matter"
	}
	if len(q.Classes) < 2 {
		return "has one answer"
	}
	return ""
}

// compare compares what the session takes to be open with an assessment.
func (p *person) compare(seed uint64) {
	p.Helper()
	if p.mended {
		return
	}
	_, open := taken(p.strategy, p.file)
	a := assess.New(p.strategy, assess.Options{})
	want := inquiry.New(p.strategy, a).Plan(open).Possible
	if got := p.session.Plan().Possible; !slices.Equal(got, want) {
		p.Fatalf("seed %d: possible %v, as assessed %v", seed, got, want)
	}
	if !slices.Equal(p.session.Box(), open.Box) {
		p.Fatalf("seed %d: open %v, as assessed %v", seed, p.session.Box(), open.Box)
	}
}

// backAndForth takes everything back; then the first question is the first
// again.
func (p *person) backAndForth(seed uint64) {
	p.Helper()
	given := p.session.Given()
	for range given {
		if !p.session.Back() {
			p.Fatalf("seed %d: cannot go back", seed)
		}
	}
	if p.session.Back() {
		p.Fatalf("seed %d: goes back before the beginning", seed)
	}
	if len(given) > 0 && p.session.Next().Subject != given[0].Subject {
		p.Fatalf("seed %d: the first question is another", seed)
	}
}

// With all, an interview in which everything is answered leaves no rule
// hanging on a fact but those that the file says are unknown, or were not known
// yet.
func TestInterviewAboutAll(t *testing.T) {
	s, names, all := shipped(t, nil)
	a := assess.New(s, assess.Options{})
	q := inquiry.New(s, a)
	for i, one := range all {
		session := q.Session(a.Take(one), true)
		asked := 0
		for question := session.Next(); question != nil; question = session.Next() {
			asked++
			if session.Rest() < 1 {
				t.Fatalf("%s: a question is left, and %d are", names[i], session.Rest())
			}
			session.Answer(question.Classes[asked%len(question.Classes)].Reply, initiative.Grounds{Because: "vedtak i styret"}, "")
		}
		walker := diagram.NewWalker(s.Model.Store)
		marks := make([]bool, len(s.Model.Variables))
		for rule, outcome := range s.Model.Outcome {
			walker.Relevant(outcome, session.Box(), marks)
			for f, v := range s.Model.Fact {
				said := slices.ContainsFunc(one.Claims, func(c initiative.Claim) bool { return c.Fact == f && (c.Unknown || c.Known != nil) })
				if v >= 0 && marks[v] && !said {
					t.Errorf("%s: %s still hangs on %s", names[i], s.Rules[rule].ID, s.Facts[f].Path)
				}
			}
		}
	}
}

// The order in which a file says things changes nothing.
func TestOrderOfTheFileDoesNotMatter(t *testing.T) {
	for seed := range uint64(100) {
		r := random(seed, 6)
		s := strategyOf(t, r, usual())
		one := initiativeOf(r, s)
		other := *one
		other.Claims, other.Judgements = slices.Clone(one.Claims), slices.Clone(one.Judgements)
		r.Shuffle(len(other.Claims), func(i, j int) { other.Claims[i], other.Claims[j] = other.Claims[j], other.Claims[i] })
		slices.Reverse(other.Judgements)
		var texts []string
		for _, i := range []*initiative.Initiative{one, &other} {
			a, open := taken(s, i)
			q := inquiry.New(s, a)
			texts = append(texts, fmt.Sprintf("%+v %+v %+v", *q.Plan(open), q.Ways(open), q.Turns(open)))
		}
		if texts[0] != texts[1] {
			t.Fatalf("seed %d:\n%s\n%s", seed, texts[0], texts[1])
		}
	}
}
