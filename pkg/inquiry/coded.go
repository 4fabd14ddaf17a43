package inquiry

import (
	"math/big"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Questions finds what to ask next and the shortest way to each recommendation
// that is possible, in codes: all questions, or the best alone. It is nil where
// nothing can be asked that still matters.
func (q *Inquirer) Questions(t *assess.Taken, all bool) *result.Questions {
	coded := q.CodedPlan(t, q.Plan(t))
	if coded == nil {
		return nil
	}
	if !all {
		coded.Ranked = coded.Ranked[:1]
	}
	for _, way := range q.Ways(t) {
		coded.Ways = append(coded.Ways, result.Way{To: way.To, Answers: Coded(q.strategy, way.Answers), Smallest: way.Smallest})
	}
	return coded
}

// CodedPlan writes a plan in codes, without ways; nil where it has no questions.
func (q *Inquirer) CodedPlan(t *assess.Taken, p *Plan) *result.Questions {
	if len(p.Questions) == 0 {
		return nil
	}
	coded := &result.Questions{Count: len(p.Questions), Least: p.Least, Most: p.Most, Exact: p.Exact, Expected: fraction(p.Expected, p.Exact),
		Ways: []result.Way{}}
	for _, question := range p.Questions {
		coded.Ranked = append(coded.Ranked, q.coded(t, question, p.Exact))
	}
	return coded
}

// CodedQuestion writes a question in codes.
func (q *Inquirer) CodedQuestion(t *assess.Taken, question Question) result.Question {
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
		a := answered(q.strategy, Answer{question.Subject, class.Reply})
		coded.Classes = append(coded.Classes, result.AnswerClass{Value: a.Value, Outcome: a.Outcome, Withdrawn: class.Withdrawn,
			Possible: class.Possible, Then: fraction(class.Then, exact)})
	}
	return coded
}

// String is the kind's name in results.
func (k Kind) String() string {
	return [...]string{AskFact: result.AskFact, AskReason: result.AskReason, AskJudgement: result.AskJudgement, AskConflict: result.AskConflict}[k]
}

// Coded writes answers in codes.
func Coded(s *strategy.Strategy, answers []Answer) []result.Answer {
	var coded []result.Answer
	for _, a := range answers {
		coded = append(coded, answered(s, a))
	}
	return coded
}

func answered(s *strategy.Strategy, a Answer) result.Answer {
	switch {
	case a.Kind == AskFact || a.Kind == AskReason:
		value := s.Facts[a.Fact].Encode(a.Values)
		return result.Answer{Fact: s.Facts[a.Fact].Path, Value: &value}
	case a.Withdrawn:
		return result.Answer{Judgement: s.Rules[a.Rule].ID}
	}
	return result.Answer{Judgement: s.Rules[a.Rule].ID, Outcome: cond.OutcomeNames()[a.Outcome]}
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
