package view

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
)

// Asked is a question in words.
type Asked struct {
	// Text is the question, and Name how the fact or the rule is called in files.
	Text, Name string
	// Help says how to find the answer.
	Help string
	// Reason says that an answer counts only with a reason.
	Reason  bool
	Classes []AskedClass
}

// AskedClass is a kind of answers, and what it would settle. Both go on in the
// middle of a sentence.
type AskedClass struct{ Label, Effect string }

// Ask words a question. possible are the recommendations that are possible
// before it is answered, the two that the open choice divides as candidate.
func (v *View) Ask(q *result.Question, possible []string) Asked {
	asked := v.askedRule(q)
	values := v.classValues(q)
	if d := v.definition(q.Fact); d != nil {
		asked = v.askedFact(q, d)
	}
	for i := range q.Classes {
		label := ""
		if values != nil {
			label = v.factLabel(q, values, i)
		} else {
			label = v.judgementLabel(q, i)
		}
		asked.Classes = append(asked.Classes, AskedClass{label, v.effect(q, i, possible)})
	}
	return asked
}

func (v *View) askedFact(q *result.Question, d *fact.Definition) Asked {
	a := Asked{Text: v.texts.Get("facts", d.Path, "question"), Name: d.Path, Help: v.texts.Get("facts", d.Path, "help"), Reason: d.Grounds}
	switch {
	case q.Kind == result.AskReason:
		a.Text = v.t("question.reason", v.value(d.Path, q.Value), a.Text)
		a.Help = v.t("question.reason_help") + " " + a.Help
	case q.Value != nil:
		a.Text = v.t("question.precise", a.Text, v.value(d.Path, q.Value))
	}
	return a
}

func (v *View) askedRule(q *result.Question) Asked {
	a := Asked{Text: v.texts.Get("rules", q.Rule, "question"), Name: q.Rule, Help: v.texts.Get("rules", q.Rule, "help"), Reason: true}
	if q.Kind == result.AskConflict {
		a.Text, a.Help, a.Reason = v.t("question.conflict", q.Rule, a.Text), v.t("question.conflict_help"), false
	}
	return a
}

// classValues are what a fact can be by each class of answers; nil where it is
// no fact that is asked for.
func (v *View) classValues(q *result.Question) []fact.Values {
	d := v.definition(q.Fact)
	if d == nil {
		return nil
	}
	values := make([]fact.Values, len(q.Classes))
	for i, c := range q.Classes {
		if c.Value == nil {
			return nil
		}
		decoded, err := d.Decode(*c.Value)
		if err != nil {
			return nil
		}
		values[i] = decoded
	}
	return values
}

func (v *View) factLabel(q *result.Question, values []fact.Values, i int) string {
	d := v.definition(q.Fact)
	label := d.Describe(values[i]).Localize(v.printer)
	if d.Kind == fact.Choices {
		label = v.setLabel(d, values[i].Sets, slices.Concat(setsOf(values)...))
	}
	if q.Kind == result.AskReason && v.claimed(d, values[i], q.Value) {
		return v.t("question.with_reason", label)
	}
	return label
}

func setsOf(values []fact.Values) [][]fact.SetRange {
	sets := make([][]fact.SetRange, len(values))
	for i := range values {
		sets[i] = values[i].Sets
	}
	return sets
}

// claimed reports whether what an initiative says is among the values.
func (v *View) claimed(d *fact.Definition, values fact.Values, said *fact.Coded) bool {
	if said == nil {
		return false
	}
	claim, err := d.Decode(*said)
	if err != nil {
		return false
	}
	_, ok := d.Intersect(values, claim)
	return ok
}

func (v *View) judgementLabel(q *result.Question, i int) string {
	switch c := q.Classes[i]; {
	case c.Withdrawn:
		return v.t("question.withdrawn")
	case q.Kind == result.AskConflict:
		return v.t("question.stands")
	default:
		return v.t("outcome." + c.Outcome)
	}
}

// possibleShown is up to how many recommendations are named that are possible;
// of more those are named that are ruled out.
const possibleShown = 3

// effect says what the answers of a class would settle.
func (v *View) effect(q *result.Question, i int, possible []string) string {
	c := q.Classes[i]
	out := slices.DeleteFunc(slices.Clone(possible), func(id string) bool { return slices.Contains(c.Possible, id) })
	words := ""
	switch {
	case len(c.Possible) == 1:
		return v.t("question.settles", v.recommendation(c.Possible[0]))
	case len(out) == 0:
		words = v.t("question.rules_nothing_out")
	case len(c.Possible) <= possibleShown && len(c.Possible) <= len(out):
		words = v.t("question.leaves", i18n.Alternatives(v.quotedRecommendations(c.Possible)))
	default:
		words = v.t("question.rules_out", i18n.Series(v.quotedRecommendations(out)))
	}
	switch {
	case c.Then != nil:
		return v.t("question.and_left", words, v.about(c.Then))
	case q.Expected != nil:
		return v.t("question.and_left", words, v.t("question.nothing_left"))
	}
	return words
}

func (v *View) quotedRecommendations(ids []string) []any {
	names := make([]any, len(ids))
	for i, id := range ids {
		names[i] = v.t("view.quoted", v.recommendation(id))
	}
	return names
}

// Left says how many questions are left: "about 4 questions left, at most 9".
func (v *View) Left(q *result.Questions) string {
	switch {
	case q.Least == q.Most || q.Expected == nil:
		return v.t("question.left", q.Most)
	case rounded(q.Expected) >= q.Most:
		return v.t("question.left_most", q.Most)
	}
	return v.t("question.left_at_most", v.about(q.Expected), q.Most)
}

// about says how many questions are to be expected.
func (v *View) about(f *result.Fraction) string {
	if f.Numerator == f.Denominator {
		return v.t("question.left", 1)
	}
	return v.t("question.left_about", rounded(f))
}

// rounded is the nearest whole number.
func rounded(f *result.Fraction) int {
	if f.Denominator == 0 {
		return f.Numerator
	}
	return (2*f.Numerator + f.Denominator) / (2 * f.Denominator)
}
