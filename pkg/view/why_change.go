package view

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Bounds of what is said of changes.
const (
	changesShown  = 3
	providedShown = 3
)

// turns says what would change a recommendation: first the changes that do it
// whatever the unknown turns out to be. Of one that is open, only how what is
// ruled out could come back: the others have their ways.
func (v *View) turns(i *Inquired) []report.Block {
	main, _ := advised(i.Assessment)
	turns := slices.DeleteFunc(slices.Clone(i.Turns), func(t inquiry.Turn) bool {
		return main.Status == result.ClarifyFirst && slices.Contains(i.Why.Possible, t.To)
	})
	if len(turns) == 0 {
		if main.Status == result.ClarifyFirst {
			return nil
		}
		return []report.Block{report.Heading{Level: 2, Text: v.t("why.changes")}, report.Paragraph{Text: report.Say(v.t("why.no_changes")), Tight: true}}
	}
	var blocks []report.Block
	for _, certain := range []bool{true, false} {
		fields := report.Fields{Tight: true}
		for _, t := range turns {
			if t.Certain == certain {
				fields.Fields = append(fields.Fields, v.turnFields(&t, v.recommendation(t.To))...)
			}
		}
		title := "why.changes"
		if !certain {
			title = "why.changes_hope"
		}
		if len(fields.Fields) > 0 {
			blocks = append(blocks, report.Heading{Level: 2, Text: v.t(title)}, fields)
		}
	}
	return blocks
}

// turnFields lists the changes that lead to a recommendation, each by itself
// enough.
func (v *View) turnFields(t *inquiry.Turn, label string) []report.Field {
	var fields []report.Field
	add := func(words string) {
		fields = append(fields, report.Field{Label: label, Value: report.Say(words)})
		label = ""
	}
	for n, change := range t.Changes {
		if n == changesShown && len(t.Changes) > n+1 {
			add(v.t("why.more_changes", len(t.Changes)-n))
			break
		}
		words := v.changeWords(change)
		if n > 0 {
			words = v.t("why.or", words)
		}
		add(words)
	}
	if t.Cut {
		add(v.t("why.cut"))
	}
	return fields
}

func (v *View) changeWords(c inquiry.Change) string {
	words := strings.Join(v.answerWords(inquiry.Coded(v.strategy, c.Parts)), v.t("why.and"))
	switch provided := inquiry.Coded(v.strategy, c.Provided); {
	case len(provided) == 0:
		return words
	case len(provided) <= providedShown:
		return v.t("why.provided", words, strings.Join(v.answerWords(provided), "; "))
	default:
		return v.t("why.provided_many", words, len(provided))
	}
}

// restsOn says how many claims without a reason the recommendation rests on.
func (v *View) restsOn(i *Inquired) []report.Block {
	a := i.Assessment
	main, other := advised(a)
	ungrounded := 0
	for _, c := range a.Facts {
		if c.Counts == result.Stated {
			ungrounded++
		}
	}
	var lines []string
	switch {
	case !slices.Equal(main.Possible, other.Possible):
		lines = v.readings(a, main, other)
		if words := v.fragile(i); words != "" {
			lines = append(lines, words)
		}
	case ungrounded == 0:
		lines = []string{v.t("why.all_have_reasons")}
	case main.Status == result.ClarifyFirst:
		lines = []string{v.t("why.same_possible", ungrounded)}
	default:
		lines = []string{v.t("why.rests_on_none", ungrounded)}
	}
	blocks := []report.Block{report.Heading{Level: 2, Text: v.t("why.without_reason")}}
	for _, words := range lines {
		blocks = append(blocks, report.Paragraph{Text: report.Say(words), Tight: true})
	}
	return blocks
}

// fragile says which claims without a reason would have to be wrong.
func (v *View) fragile(i *Inquired) string {
	if len(i.Fragile) == 0 {
		return ""
	}
	var words []string
	for _, f := range i.Fragile {
		for _, c := range i.Assessment.Facts {
			if c.Fact == v.strategy.Facts[f].Path {
				words = append(words, v.at(v.statement(c.Fact, c.Value, c.Text), &c.Place))
			}
		}
	}
	return v.t("why.fragile", len(words), v.recommendation(i.Assessment.Recommendation.Stated.ID), strings.Join(words, "; "))
}

// WhyNot explains what stands in the way of a recommendation.
func (v *View) WhyNot(i *Inquired, w *inquiry.WhyNot) report.Document {
	name := v.recommendation(w.To)
	blocks := append(v.whyOpening(i), v.recommended(i.Assessment)...)
	blocks = append(blocks, report.Heading{Level: 2, Text: v.t("why.not", name)})
	say := func(words string) {
		blocks = append(blocks, report.Paragraph{Text: report.Say(words), Tight: true})
	}
	switch w.State {
	case inquiry.Yes:
		say(v.t("why.not_certain", name))
		return report.Document{Blocks: blocks}
	case inquiry.Open:
		say(v.t("why.not_possible", name))
	default:
		say(v.t("why.not_impossible", name))
	}
	for n, row := range alternatives(w) {
		title := "why.hurdles"
		if n > 0 {
			title = "why.hurdles_or"
		}
		blocks = append(blocks, v.hurdles(title, i.Assessment, row)...)
	}
	title := "why.what_it_takes"
	if w.State == inquiry.Open {
		blocks = append(blocks, v.wayTo(i, w.To)...)
		title = "why.changes_too"
	}
	switch {
	case w.Turn != nil:
		blocks = append(blocks, report.Heading{Level: 2, Text: v.t(title)},
			report.Fields{Fields: v.turnFields(w.Turn, v.recommendation(w.Turn.To)), Tight: true})
	case w.State == inquiry.No:
		blocks = append(blocks, report.Heading{Level: 2, Text: v.t(title)})
		say(v.t("why.no_turn", name))
	}
	return report.Document{Blocks: blocks}
}

// alternatives are the rows that could hold. Those of candidate differ in what
// the open choice divides alone, which stands in nobody's way.
func alternatives(w *inquiry.WhyNot) []inquiry.Row {
	if w.To != strategy.Candidate || len(w.Rows) == 0 {
		return w.Rows
	}
	row := w.Rows[0]
	row.Conditions = slices.DeleteFunc(slices.Clone(row.Conditions), func(c inquiry.Condition) bool {
		return slices.ContainsFunc(w.Rows, func(other inquiry.Row) bool {
			return slices.ContainsFunc(other.Conditions, func(d inquiry.Condition) bool { return d.Name == c.Name && d.Wanted != c.Wanted })
		})
	})
	return []inquiry.Row{row}
}

// hurdles lists the conditions of a row that are not as it asks, and counts the
// others.
func (v *View) hurdles(title string, a *result.Assessment, row inquiry.Row) []report.Block {
	var open []inquiry.Condition
	var blocks []report.Block
	for _, c := range row.Conditions {
		if !c.Meets() {
			open = append(open, c)
		}
	}
	if len(open) > 0 {
		blocks = v.conditions(title, a, open, func(c inquiry.Condition) (report.Span, bool) {
			span := report.Span{Text: "? " + v.t("explain.open"), Tone: report.Open}
			if c.Fails() {
				span = report.Span{Text: "✗ " + v.t("explain.false"), Tone: report.Bad}
			}
			return span, c.Wanted == inquiry.Yes
		})
	}
	if met := len(row.Conditions) - len(open); met > 0 {
		blocks = append(blocks, report.Paragraph{Text: report.Say(v.t("why.met", met))})
	}
	return blocks
}

// wayTo is the shortest way to a recommendation that is possible.
func (v *View) wayTo(i *Inquired, to string) []report.Block {
	if i.Questions == nil {
		return nil
	}
	for _, way := range i.Questions.Ways {
		if way.To == to || way.To == strategy.Candidate && v.divided(to) {
			return v.ways("why.way_there", []result.Way{way})
		}
	}
	return nil
}

// divided reports whether only the open choice parts the recommendation from
// another.
func (v *View) divided(id string) bool {
	return v.strategy.ChoiceOpen() && slices.ContainsFunc(v.strategy.Table.Divided, func(i int) bool { return v.strategy.Recommendations[i] == id })
}

// Recommendations lists what --why-not can name, with the names in the language
// of the view.
func (v *View) Recommendations() (ids, names []string) {
	for _, id := range v.strategy.Order {
		if id != strategy.Clarify && (id != strategy.Candidate || v.strategy.ChoiceOpen()) {
			ids, names = append(ids, id), append(names, v.recommendation(id))
		}
	}
	return ids, names
}
