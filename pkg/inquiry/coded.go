package inquiry

import (
	"math/big"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/result"
)

// Questions finds what to ask next and the shortest way to each recommendation
// that is possible, in codes: all questions, or the best alone. It is nil where
// nothing can be asked that still matters.
func (q *Inquirer) Questions(t *assess.Taken, all bool) *result.Questions {
	plan := q.Plan(t)
	if len(plan.Questions) == 0 {
		return nil
	}
	coded := &result.Questions{Count: len(plan.Questions), Least: plan.Least, Most: plan.Most, Exact: plan.Exact, Expected: fraction(plan.Expected, plan.Exact)}
	for _, question := range plan.Questions {
		if all || len(coded.Ranked) == 0 {
			coded.Ranked = append(coded.Ranked, q.coded(t, question, plan.Exact))
		}
	}
	for _, way := range q.Ways(t) {
		coded.Ways = append(coded.Ways, result.Way{To: way.To, Answers: q.Answers(way.Answers), Smallest: way.Smallest})
	}
	return coded
}

// Coded writes a question, of an exact plan or another, in codes.
func (q *Inquirer) Coded(t *assess.Taken, question Question) result.Question {
	return q.coded(t, question, question.Effort != nil)
}

func (q *Inquirer) coded(t *assess.Taken, question Question, exact bool) result.Question {
	coded := result.Question{Kind: question.Kind.String(), Expected: fraction(question.Expected, exact)}
	switch question.Kind {
	case AskFact, AskReason:
		d := q.strategy.Facts[question.Fact]
		coded.Fact = d.Path
		if claim := t.Facts[question.Fact].Claim; claim != nil && !claim.Unknown {
			value := d.Encode(claim.Values)
			coded.Value = &value
		}
	default:
		coded.Rule = q.strategy.Rules[question.Rule].ID
	}
	for _, class := range question.Classes {
		a := q.answered(Answer{question.Subject, class.Reply})
		coded.Classes = append(coded.Classes, result.AnswerClass{Value: a.Value, Outcome: a.Outcome, Withdrawn: class.Withdrawn,
			Possible: class.Possible, Then: fraction(class.Then, exact)})
	}
	return coded
}

// String is the kind's name in results.
func (k Kind) String() string {
	return [...]string{AskFact: result.AskFact, AskReason: result.AskReason, AskJudgement: result.AskJudgement, AskConflict: result.AskConflict}[k]
}

// Answers writes answers in codes.
func (q *Inquirer) Answers(answers []Answer) []result.Answer {
	var coded []result.Answer
	for _, a := range answers {
		coded = append(coded, q.answered(a))
	}
	return coded
}

func (q *Inquirer) answered(a Answer) result.Answer {
	switch {
	case a.Kind == AskFact || a.Kind == AskReason:
		d := q.strategy.Facts[a.Fact]
		value := d.Encode(a.Values)
		return result.Answer{Fact: d.Path, Value: &value}
	case a.Withdrawn:
		return result.Answer{Judgement: q.strategy.Rules[a.Rule].ID}
	}
	return result.Answer{Judgement: q.strategy.Rules[a.Rule].ID, Outcome: cond.OutcomeNames()[a.Outcome]}
}

// tenths is how finely an estimate is told.
const tenths = 10

// fraction writes a number of questions, nil where there are none; an estimate
// in tenths, since it is not known better.
func fraction(n *big.Rat, exact bool) *result.Fraction {
	if n == nil || n.Sign() == 0 {
		return nil
	}
	if !exact {
		n = big.NewRat(rounded(n, tenths), tenths)
	}
	return &result.Fraction{Numerator: int(n.Num().Int64()), Denominator: int(n.Denom().Int64())}
}

// rounded is a number counted in parts of which so many make one, rounded to
// the nearest.
func rounded(n *big.Rat, parts int64) int64 {
	twice := new(big.Rat).Mul(n, big.NewRat(2*parts, 1))
	whole := new(big.Int).Quo(twice.Num(), twice.Denom())
	return (whole.Int64() + 1) / 2
}
