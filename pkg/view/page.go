package view

import (
	"fmt"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// Page is what a page needs besides its document, which the title names: its
// language and its own words, and all outcomes with their symbols.
func Page(p *i18n.Printer, title string) report.HTMLOptions {
	o := report.HTMLOptions{Language: string(p.Language()), Title: title, Words: report.PageWords{
		Legend: p.T("page.legend"), Columns: p.T("page.columns"), Filter: p.T("page.filter"), ShowAll: p.T("page.show_all"),
		Shown:     p.T("page.shown", "{shown}", "{all}"),
		Ascending: p.T("page.ascending", "{column}"), Descending: p.T("page.descending", "{column}"),
	}}
	for _, outcome := range outcomesInOrder() {
		o.Legend = append(o.Legend, Symbol(p, outcome))
	}
	return o
}

// outcomesInOrder lists the outcomes as they are shown and sorted.
func outcomesInOrder() []string {
	return []string{result.Pass, result.Fail, result.Unclear, result.NotApplicable}
}

// Symbol is an outcome as a symbol that stands for its word.
func Symbol(p *i18n.Printer, outcome string) report.Span {
	switch outcome {
	case result.Pass:
		return report.Span{Text: "✓", Word: p.T("outcome.pass"), Tone: report.Good}
	case result.Fail:
		return report.Span{Text: "✗", Word: p.T("outcome.fail"), Tone: report.Bad}
	case result.Unclear:
		return report.Span{Text: "?", Word: p.T("outcome.unclear"), Tone: report.Open}
	}
	return report.Span{Text: "–", Word: p.T("outcome.not_applicable"), Tone: report.Neutral}
}

// WholeAssessment is all there is to say of one initiative, what matters most
// first, with every fact as it was given, its reason and its source.
func (v *View) WholeAssessment(a *result.Assessment) report.Document {
	var d report.Document
	add := func(blocks ...report.Block) { d.Blocks = append(d.Blocks, blocks...) }
	add(report.Heading{Level: 1, Text: clean(a.Initiative.Title), Aside: a.Input.Path})
	add(v.opening(a)...)
	add(v.adviceHeading(a))
	add(v.advice(a)[1:]...)
	add(v.check(a)...)
	empty := len(a.Facts) == 0 && len(a.Assumptions) == 0 && !judged(a)
	if empty {
		add(report.Paragraph{Text: report.Say(v.t("view.nothing_given"))})
	}
	for i := range a.RuleSets {
		add(v.ruleSet(a, i, empty)...)
	}
	if !empty {
		add(v.claims(a)...)
	}
	add(v.closing(a)...)
	return d
}

// adviceHeading names the recommendation.
func (v *View) adviceHeading(a *result.Assessment) report.Heading {
	advice := a.Recommendation.Documented
	if a.Reading == result.Stated {
		advice = a.Recommendation.Stated
	}
	heading := report.Heading{Level: 2, Text: v.t("view.recommendation") + " " + v.recommendation(advice.ID)}
	if advice.Status == result.Settled {
		heading.Aside = v.t("view.settled")
	}
	return heading
}

// claims lists the facts and judgements of an initiative as they were given.
func (v *View) claims(a *result.Assessment) []report.Block {
	table := report.Table{Header: true, Caption: v.t("page.claims"), Columns: []report.Column{
		{Title: v.t("page.claim"), Flexible: true, Least: 24}, {Title: v.t("page.answer"), Flexible: true, Least: 20},
		{Title: v.t("page.reason"), Flexible: true, Least: 32}, {Title: v.t("page.source"), Flexible: true, Least: 20},
		{Title: v.t("page.line"), Align: report.Right}}}
	add := func(name string, answer []report.Span, because, source string, line int) {
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.Say(name), answer, report.Say(clean(because)),
			report.SayAs(report.Faint, clean(source)), report.SayAs(report.Faint, fmt.Sprint(line))}})
	}
	for _, c := range a.Facts {
		add(v.texts.Get("facts", c.Fact, "title"), v.answer(c), c.Because, c.Source, c.Line)
	}
	for _, set := range a.RuleSets {
		for _, rule := range set.Rules {
			if j := rule.Judgement; j != nil {
				add(v.t("page.judgement", rule.ID), []report.Span{v.mark(j.Outcome)}, j.Because, j.Source, j.Line)
			}
		}
	}
	if len(table.Rows) == 0 {
		return nil
	}
	return []report.Block{report.Details{Summary: v.t("page.claims"), Blocks: []report.Block{table}}}
}

// answer words what was given for a fact.
func (v *View) answer(c result.Claim) []report.Span {
	switch {
	case c.Unknown || c.Value == nil:
		return report.SayAs(report.Open, v.t("page.said_unknown"))
	case c.Text != "":
		return report.Say(clean(c.Text))
	}
	return report.Say(v.value(c.Fact, c.Value))
}
