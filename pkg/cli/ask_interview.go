package cli

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/view"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// errAnswer says that an answer cannot be read, or not be written.
var errAnswer = errors.New("an answer that cannot be taken")

// person is who answers in an interview.
type person interface {
	// answer asks a question until there is something to do about it.
	answer(ctx context.Context, a *asked) (reply, error)
	// told hears what became of an answer.
	told(m i18n.Message)
}

// deed is what a person does about a question.
type deed int

const (
	answers deed = iota
	doesNotKnow
	skips
	goesBack
	stops
)

// reply is what a person does about a question, and the answer where it is one.
type reply struct {
	deed deed
	// class is one of the question's classes of answers, where nothing more exact
	// is written.
	class int
	// written is the value as the person writes it: one text, or several options.
	// It is empty where a class is the answer, and for a reason that is given for
	// what is claimed already.
	written []string
	// more says of options that there may be others.
	more bool
	initiative.Grounds
}

// asked is a question with what is needed to answer it.
type asked struct {
	*inquiry.Question
	words view.Asked
	// number is which question it is, and left says how many may come.
	number int
	left   string
	// definition is that of the fact, nil for a question about a rule.
	definition *fact.Definition
	// claim is what the file says of the fact, nil where it says nothing.
	claim *initiative.Claim
	// given are grounds that stand there already.
	given initiative.Grounds
	// first says that there is nothing to go back to.
	first bool
}

// wantsReason reports whether an answer counts only with a reason.
func (a *asked) wantsReason(r reply) bool {
	switch {
	case a.Kind == inquiry.AskJudgement:
		return true
	case a.definition == nil:
		return false
	case a.definition.Kind == fact.Text && len(r.written) > 0:
		parsed, fault := a.definition.Parse(r.written[0])
		return a.definition.Grounds && fault == nil && parsed.Values.Options == fact.None
	}
	return a.definition.Grounds
}

// interview asks one initiative's questions and writes the answers into its
// file.
type interview struct {
	*opened
	printer *i18n.Printer
	session *inquiry.Session
	// before is what the file was before each of the answers.
	before [][]byte
	// stopped says that the person stopped it.
	stopped bool
}

// run asks until there is nothing left to ask or the person stops.
func (v *interview) run(ctx context.Context, p person) error {
	for q := v.session.Next(); q != nil; q = v.session.Next() {
		r, err := p.answer(ctx, v.asked(q))
		if err != nil {
			return err
		}
		if r.deed == stops {
			v.stopped = true
			return nil
		}
		if err := v.take(p, q, r); err != nil {
			return err
		}
	}
	return nil
}

// asked is a question with what the file says already.
func (v *interview) asked(q *inquiry.Question) *asked {
	plan := v.session.Plan()
	coded := v.inquirer.CodedQuestion(v.taken, *q)
	a := &asked{Question: q, number: len(v.before) + 1, first: len(v.before) == 0, words: v.view.Ask(&coded, plan.Possible), left: v.left(plan)}
	switch q.Kind {
	case inquiry.AskFact, inquiry.AskReason:
		a.definition = v.strategy.Facts[q.Fact]
		for i := range v.one.Claims {
			if c := &v.one.Claims[i]; c.Fact == q.Fact {
				a.claim, a.given = c, c.Grounds
			}
		}
	default:
		for _, j := range v.one.Judgements {
			if j.Rule == q.Rule {
				a.given = j.Grounds
			}
		}
	}
	return a
}

// left says how many questions are left.
func (v *interview) left(plan *inquiry.Plan) string {
	if len(plan.Questions) == 0 {
		return v.printer.T("ask.left_of_all", v.session.Rest())
	}
	return v.view.Left(&result.Questions{Least: plan.Least, Most: plan.Most, Expected: nearestWhole(plan.Expected)})
}

// nearestWhole is a number of questions, rounded to the nearest whole.
func nearestWhole(n *big.Rat) *result.Fraction {
	half := new(big.Rat).Add(n, big.NewRat(1, 2))
	whole := new(big.Int).Quo(half.Num(), half.Denom())
	return &result.Fraction{Numerator: int(whole.Int64()), Denominator: 1}
}

// take does what a person wants about a question.
func (v *interview) take(p person, q *inquiry.Question, r reply) error {
	if r.deed == goesBack {
		return v.goBack()
	}
	a := v.asked(q)
	before := v.file.data
	if a.saysUnknown(r) {
		r.deed = doesNotKnow
	}
	switch r.deed {
	case skips:
		v.session.Skip()
	case doesNotKnow:
		v.session.DontKnow()
		if a.claim == nil && a.definition != nil {
			change := initiative.Change{Fact: a.definition.Path, Value: initiative.One(v.printer.T("ask.unknown"))}
			if err := v.put(p, change); err != nil {
				return err
			}
		}
	default:
		if err := v.reply(p, a, r); err != nil {
			return err
		}
	}
	v.before = append(v.before, before)
	return nil
}

// goBack takes back what was answered last, in the file too.
func (v *interview) goBack() error {
	last := len(v.before) - 1
	if !v.session.Back() || last < 0 {
		return nil
	}
	if err := v.save(v.before[last]); err != nil {
		return err
	}
	v.before = v.before[:last]
	return nil
}

// reply takes an answer. A person gives none that cannot be read.
func (v *interview) reply(p person, a *asked, r reply) error {
	value, fault := v.read(a, r)
	if fault != nil {
		return fmt.Errorf("%w: %s", errAnswer, fault.Message.Key)
	}
	given := v.session.Answer(value.reply, r.Grounds, value.text)
	if a.Kind == inquiry.AskConflict {
		return v.judged(p, a, given.Withdrawn)
	}
	if !given.Counts {
		p.told(i18n.M("ask.does_not_count"))
	}
	change, ok := v.change(a, given, value)
	if !ok || !given.Counts && a.Kind == inquiry.AskFact && a.claim != nil {
		return nil
	}
	return v.put(p, change)
}

// change is what an answer changes in the file; ok is false where that is
// nothing.
func (v *interview) change(a *asked, given inquiry.Given, value value) (c initiative.Change, ok bool) {
	c = initiative.Change{Because: given.Because, Source: given.Source}
	if a.Kind == inquiry.AskJudgement {
		c.Rule = v.strategy.Rules[a.Rule].ID
		c.Value = initiative.One(judgementWord(given.Outcome))
		return c, true
	}
	c.Fact = a.definition.Path
	if value.kept {
		return c, true
	}
	if value.written != nil && sameValues(given.Values, value.reply.Values) {
		c.Value = *value.written
		return c, true
	}
	c.Value, ok = writeValues(v.printer, a.definition, given.Values)
	if !ok && value.written != nil {
		c.Value, ok = *value.written, true
	}
	return c, ok
}

// answered is how many questions were answered.
func (v *interview) answered() int {
	n := 0
	for _, given := range v.session.Given() {
		if given.Manner != inquiry.Skipped {
			n++
		}
	}
	return n
}

// judged takes what is said of a judgement that the facts exclude: it is taken
// out of the file, or the person hears that the facts are to be corrected.
func (v *interview) judged(p person, a *asked, withdrawn bool) error {
	rule := v.strategy.Rules[a.Rule].ID
	if !withdrawn {
		p.told(i18n.M("ask.correct_facts", rule))
		return nil
	}
	return v.edit(p, rule, func(file *yamldoc.File) ([]byte, error) {
		return initiative.Withdraw(file, v.one.Document, v.strategy, rule)
	})
}

// put writes a change into the file.
func (v *interview) put(p person, c initiative.Change) error {
	return v.edit(p, c.Fact+c.Rule, func(file *yamldoc.File) ([]byte, error) {
		return initiative.Edit(file, v.one.Document, v.strategy, []initiative.Change{c})
	})
}

// edit edits what the file says of a name. Where that cannot be done in place
// the person hears what to edit.
func (v *interview) edit(p person, name string, change func(*yamldoc.File) ([]byte, error)) error {
	file, _ := yamldoc.Read(v.one.File, v.file.data)
	if file == nil {
		return initiative.ErrUnreadable
	}
	edited, err := change(file)
	if errors.Is(err, initiative.ErrNotInPlace) {
		p.told(i18n.M("ask.not_in_place", name))
		return nil
	}
	if err != nil {
		return err
	}
	return v.save(edited)
}

// save writes the file, or where that cannot be done keeps it beside.
func (v *interview) save(data []byte) error {
	err := v.file.write(data)
	if err == nil {
		return nil
	}
	kept, beside := v.file.keep(data)
	return &notSaved{why: err, kept: kept, beside: beside}
}

// notSaved says that an answer could not be written into the file.
type notSaved struct {
	why error
	// kept is the file in which the answers are, and beside why there is none.
	kept   string
	beside error
}

func (n *notSaved) Error() string { return n.why.Error() }

func (n *notSaved) Unwrap() error { return n.why }
