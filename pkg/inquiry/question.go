package inquiry

import (
	"math/big"
	"math/bits"
	"slices"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Kind says what a question asks for.
type Kind int

// The kinds of questions.
const (
	// AskFact asks for a fact, or for it more precisely.
	AskFact Kind = iota + 1
	// AskReason asks for the reason that a claim lacks. Another value with a
	// reason is an answer too, so its classes are those of the fact.
	AskReason
	// AskJudgement asks for the judgement on a borderline case.
	AskJudgement
	// AskConflict asks of a judgement that the facts exclude whether it is
	// withdrawn or stands; where it stands, the facts are to be corrected.
	AskConflict
)

// Subject is what a question asks about.
type Subject struct {
	Kind Kind
	// Fact is the place of the fact among the strategy's facts, for AskFact and
	// AskReason.
	Fact int
	// Rule is the place of the rule among the strategy's rules, for the others.
	Rule int
}

// Reply is what can be answered.
type Reply struct {
	// Values of the fact. They are whole parts of its domain, and so can go beyond
	// what is claimed: "at least 20" also where at most 30 is claimed.
	Values fact.Values
	// Outcome is the judgement's, where it is not withdrawn.
	Outcome cond.Outcome
	// Withdrawn says of a judgement in conflict that the facts stand.
	Withdrawn bool
}

// Class is a kind of answers that leave the same open.
type Class struct {
	Reply
	// Possible are the recommendations that are possible then, the best first;
	// the two that the open choice divides are together candidate.
	Possible []string
	// Then is how many questions are to be expected then; nil where that was not
	// worked out.
	Then *big.Rat
}

// Question is something to ask, with what the answers would do.
type Question struct {
	Subject
	Classes []Class
	// Expected is how many questions, this one included, are to be expected when
	// it is asked first and the best one each time after that; nil where that was
	// not worked out.
	Expected *big.Rat
	// Effort is the same as effort: 1 for each question of low effort, 3 of
	// medium, 9 of high.
	Effort *big.Rat
}

// Plan is what to ask about the recommendation.
type Plan struct {
	// Possible are the recommendations that are possible now, the best first.
	Possible []string
	// Questions are those whose answers can still change the recommendation, in
	// the order of their worth; none where it is settled or candidate, or nothing
	// that is open can be asked. Judgements that may be needed later are not
	// among them.
	Questions []Question
	// Least, Expected and Most are how many questions are left when the first one
	// is asked, and then the best one each time. Every class of answers counts as
	// equally likely.
	Least, Most int
	Expected    *big.Rat
	// Exact says that no order of questions has a lower expected effort. Elsewhere
	// the order is by the drop of entropy and a look ahead; Least and Expected are
	// as far as that saw, and Most is an upper bound.
	Exact bool
	// Closed are open facts that matter and are not asked.
	Closed []Closed
	// NotNeeded are the places of open facts that rules read and that cannot
	// change the recommendation.
	NotNeeded []int
}

// Closed is a fact that matters and is not asked.
type Closed struct {
	// Fact is its place among the strategy's facts.
	Fact int
	// Cause is why: result.SaidUnknown, result.KnownLater or Asked.
	Cause string
}

// Asked is why a fact that an interview has asked about is not asked again.
const Asked = "asked"

// Plan finds what to ask about the recommendation next.
func (q *Inquirer) Plan(t *assess.Taken) *Plan {
	return q.plan(q.situation(t))
}

func (q *Inquirer) plan(s *situation) *Plan {
	a := q.asking(s)
	p := &Plan{Possible: q.possible(s.box), Expected: new(big.Rat), Exact: true}
	q.others(p, a, s)
	if len(a.candidates(a.root)) == 0 {
		return p
	}
	var all []ranked
	if a.questions(a.root) <= maxExact {
		all = a.rankExactly(p)
	}
	if all == nil {
		// What the exact programme made on the way stands in the way now.
		a, p.Exact = q.asking(s), false
		all = a.rankByEntropy(a.root, p)
	}
	for _, r := range all {
		p.Questions = append(p.Questions, q.worded(a, s, r))
	}
	p.Expected = all[0].expected
	return p
}

// others lists the open facts that are not asked.
func (q *Inquirer) others(p *Plan, a *asking, s *situation) {
	matters := make([]bool, len(q.model.Variables))
	for _, v := range a.variables {
		matters[v] = true
	}
	for i, v := range q.model.Fact {
		switch {
		case v < 0 || q.space.Allowed(s.box, v) < 2:
		case !matters[v]:
			p.NotNeeded = append(p.NotNeeded, i)
		case s.closed[v] != "":
			p.Closed = append(p.Closed, Closed{i, s.closed[v]})
		}
	}
}

// ranked is a variable of the graph to ask, and what is to be expected: when it
// is asked, and after each class of answers.
type ranked struct {
	choice
	left     []diagram.Ref
	expected *big.Rat
	effort   *big.Rat
	least    int
	then     []*big.Rat
}

// worded makes a question of a variable of the graph.
func (q *Inquirer) worded(a *asking, s *situation, r ranked) Question {
	v, classes := a.variables[r.variable], a.classes[r.variable]
	if s.fine {
		classes = q.finer(s.box, v, classes)
	}
	question := q.question(s, v, classes)
	question.Expected, question.Effort = r.expected, r.effort
	for class, then := range r.then {
		for i, cells := range classes {
			if slices.Contains(a.classes[r.variable][class], cells[0]) {
				question.Classes[i].Then = then
			}
		}
	}
	return question
}

// finer divides classes of the cells of a variable, all of them where none are
// given, so that those of one class leave the outcomes of all rules the same.
func (q *Inquirer) finer(box diagram.Box, v int, classes [][]int) [][]int {
	class := make([]int, q.space.Cells(v))
	for _, cells := range classes {
		for _, cell := range cells {
			class[cell] = cells[0]
		}
	}
	for _, outcome := range q.model.Outcome {
		part, root := q.walker.Restrict(outcome, box)
		for _, r := range postOrder(part, root) {
			if part.Variable(r) == v {
				refine(class, part.Kids(r))
			}
		}
	}
	return gather(q.space, class, v, box)
}

// question makes a question of a variable, with classes of its cells.
func (q *Inquirer) question(s *situation, v int, classes [][]int) Question {
	question := Question{Subject: q.subject(s, v)}
	box := slices.Clone(s.box)
	for _, cells := range classes {
		q.put(box, v, cells)
		question.Classes = append(question.Classes, Class{Reply: q.reply(v, q.space.Mask(box, v)), Possible: q.possible(box)})
	}
	return question
}

func (q *Inquirer) subject(s *situation, v int) Subject {
	index := q.model.Variables[v].Index
	switch q.model.Variables[v].Kind {
	case strategy.BorderlineVariable:
		return Subject{Kind: AskJudgement, Rule: index}
	case strategy.JudgementVariable:
		return Subject{Kind: AskConflict, Rule: index}
	}
	if s.reasons[index] {
		return Subject{Kind: AskReason, Fact: index}
	}
	return Subject{Kind: AskFact, Fact: index}
}

// reply says what it means that a variable is in one of the cells of a mask.
func (q *Inquirer) reply(v int, mask []uint64) Reply {
	index := q.model.Variables[v].Index
	switch q.model.Variables[v].Kind {
	case strategy.BorderlineVariable:
		return Reply{Outcome: bits.TrailingZeros64(mask[0])}
	case strategy.JudgementVariable:
		if cell := bits.TrailingZeros64(mask[0]); cell != strategy.ByFacts {
			return Reply{Outcome: cell - strategy.JudgedPass}
		}
		return Reply{Withdrawn: true}
	}
	return Reply{Values: q.model.Partitions[index].Values(mask)}
}
