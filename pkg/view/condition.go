package view

import (
	"strconv"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// clause is a condition in words: a sentence without a full stop, and the
// clauses of its parts. The words are made from the condition and from nothing
// else, so they cannot say anything else than the rule does.
type clause struct {
	condition *cond.Condition
	words     string
	parts     []clause
}

// numbered is a clause with its number among the others, such as "1.2".
type numbered struct {
	clause
	number string
}

func (v *View) clause(c *cond.Condition) clause {
	one := clause{condition: c}
	if c.Comparison != nil {
		one.words = v.comparison(c.Comparison)
	} else {
		one.words = v.together(c)
	}
	for _, part := range c.Parts {
		one.parts = append(one.parts, v.clause(part))
	}
	key := "condition.named"
	if len(one.parts) > 0 {
		key = "condition.named_parts"
		one.words += ":"
	}
	if c.Name != "" {
		one.words = v.t(key, v.texts.Get("conditions", c.Name, "yes"), one.words)
	}
	return one
}

// together says how the parts of a condition go together.
func (v *View) together(c *cond.Condition) string {
	switch c.Kind {
	case cond.All:
		return v.t("condition.all")
	case cond.Any:
		return v.t("condition.any")
	case cond.None:
		return v.t("condition.none")
	}
	return v.t("condition.at_least", c.Least)
}

// clauses are the lines of a condition from the outside in, and a sentence that
// says how the outermost go together.
func (v *View) clauses(c *cond.Condition) (lead string, lines []numbered) {
	whole := v.clause(c)
	if len(whole.parts) == 0 {
		return v.t("condition.this"), []numbered{{clause: whole}}
	}
	return v.together(c), number(whole.parts, "")
}

// number numbers clauses and what lies below them: "1", "1.1", "2".
func number(clauses []clause, above string) []numbered {
	var lines []numbered
	for i, c := range clauses {
		n := above + strconv.Itoa(i+1)
		lines = append(lines, numbered{c, n})
		lines = append(lines, number(c.parts, n+".")...)
	}
	return lines
}

// comparison is a comparison as a sentence.
func (v *View) comparison(x *cond.Comparison) string {
	switch x.Kind {
	case cond.OfOutcome:
		return v.outcomeComparison(x)
	case cond.OfCount:
		return v.countComparison(x)
	}
	d := x.Definition
	switch {
	case d.Kind == fact.Answer:
		return v.texts.Get("facts", d.Path, key((x.Operands[0] == "yes") != x.Negated))
	case d.Kind == fact.Text && x.Operands[0] == "none":
		return v.texts.Get("facts", d.Path, "no")
	case d.Kind == fact.Text:
		return v.stated(d, true, v.t("fact.given"))
	case d.Kind.Ordered():
		return v.ordered(x)
	case x.Test.Includes == 0 && x.Test.Options == 0 && x.Test.Most == 0 && !x.Negated:
		return v.stated(d, false, v.options("list.or", d.Options))
	case x.Test.Includes == 0 && x.Test.Options == 0:
		return v.t("condition.members", v.texts.Get("facts", d.Path, "title"), v.amount(x.Operator, x.Operands[0]))
	}
	join := "list.or"
	if x.Operator == "includes all" {
		join = "list.and"
	}
	return v.stated(d, !x.Negated, v.options(join, operands(x)))
}

// stated is a fact's statement, in the affirmative or the negative, with a
// value. Where the statement has no room for one, it is the fact's title.
func (v *View) stated(d *fact.Definition, affirmative bool, value string) string {
	statement := v.texts.Get("facts", d.Path, key(affirmative))
	if strings.Contains(statement, "{1}") {
		return v.printer.Fill(statement, value)
	}
	if !affirmative {
		value = v.t("condition.not", value)
	}
	return v.t("condition.members", v.texts.Get("facts", d.Path, "title"), value)
}

// key is where the statement in the affirmative or the negative stands.
func key(affirmative bool) string {
	if affirmative {
		return "yes"
	}
	return "no"
}

// operands are the options that a fact is compared with.
func operands(x *cond.Comparison) []fact.Option {
	chosen := make([]fact.Option, len(x.Operands))
	for i, id := range x.Operands {
		chosen[i] = x.Definition.Options[x.Definition.Option(id)]
	}
	return chosen
}

// options words options as a list with "and" or "or".
func (v *View) options(join string, options []fact.Option) string {
	word := v.t(join, "", "")
	labels := make([]any, len(options))
	for i, option := range options {
		label := option.Labels.Localize(v.printer)
		// "a or b or c" does not say which belong together.
		if len(options) > 1 && (strings.Contains(label, word) || strings.Contains(label, ",")) {
			label = v.t("view.quoted", label)
		}
		labels[i] = label
	}
	if join == "list.and" {
		return i18n.Series(labels).Localize(v.printer)
	}
	return i18n.Alternatives(labels).Localize(v.printer)
}

// ordered words a comparison by the values for which it holds.
func (v *View) ordered(x *cond.Comparison) string {
	d, affirmative, values := x.Definition, true, holding(x)
	if x.Operator == "!=" && len(values.Intervals) == 2 {
		affirmative, values = false, fact.Values{Intervals: []fact.Interval{x.Test.Interval}}
	}
	words := v.stated(d, affirmative, v.printer.Word(d.Describe(values)))
	switch {
	case len(values.Intervals) == 0:
		words = v.t("condition.never", v.texts.Get("facts", d.Path, "title"))
	case values.Intervals[0] == (fact.Interval{Lo: d.Min, Hi: d.Max}):
		words = v.t("condition.always", v.texts.Get("facts", d.Path, "title"))
	}
	if x.Threshold != "" {
		words = v.t("condition.threshold", words, v.texts.Get("thresholds", x.Threshold, "title"))
	}
	return words
}

// holding are the values of an ordered fact for which the comparison holds.
func holding(x *cond.Comparison) fact.Values {
	d, asked := x.Definition, x.Test.Interval
	parts := []fact.Interval{asked}
	if x.Negated {
		parts = []fact.Interval{{Lo: d.Min, Hi: asked.Lo - d.Step}, {Lo: asked.Hi + d.Step, Hi: d.Max}}
	}
	var values fact.Values
	for _, part := range parts {
		if lo, hi := max(part.Lo, d.Min), min(part.Hi, d.Max); lo <= hi {
			values = d.Union(values, fact.Values{Intervals: []fact.Interval{{Lo: lo, Hi: hi}}})
		}
	}
	return values
}

// outcomeComparison words which outcomes of a rule are asked for.
func (v *View) outcomeComparison(x *cond.Comparison) string {
	var outcomes i18n.Alternatives
	for o, name := range cond.OutcomeNames() {
		if x.Outcomes.Has(o) {
			outcomes = append(outcomes, i18n.M("outcome."+name))
		}
	}
	rule := v.ruleName(v.strategy.Rules[x.Rule])
	if len(outcomes) == 0 {
		return v.t("condition.never", rule)
	}
	return v.t("condition.outcome", rule, outcomes)
}

// ruleName is a rule's id and title.
func (v *View) ruleName(r *strategy.Rule) string {
	return r.ID + " " + v.texts.Get("rules", r.ID, "title")
}

// countComparison words how many rules of a rule set are to have an outcome.
func (v *View) countComparison(x *cond.Comparison) string {
	number := strconv.Itoa(x.Number)
	if c := v.strategy.Choice; x.Threshold != "" && c != nil {
		number = v.t("condition.choice_open", v.texts.Get("open_choice", "title"))
		if c.Value != 0 {
			number = v.t("condition.choice_made", c.Value, v.texts.Get("open_choice", "title"))
		}
	}
	tally := cond.TallyNames()[x.Tally]
	return v.t("condition.tally_"+tally, v.texts.Get("rule_sets", v.strategy.Sets[x.Set].ID, "title"), v.amount(x.Operator, number))
}

// amount words a comparison with a number.
func (v *View) amount(operator, number string) string {
	switch operator {
	case "==":
		if number == "0" {
			return v.t("fact.none")
		}
		return number
	case "!=":
		return v.t("condition.not", number)
	case "<":
		return v.t("condition.fewer", number)
	case "<=":
		return v.t("condition.at_most", number)
	case ">":
		return v.t("condition.more", number)
	}
	return v.t("fact.at_least", number)
}
