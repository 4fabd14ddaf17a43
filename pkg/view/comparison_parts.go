package view

import (
	"fmt"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

func (v *View) factTitle(path string) string { return v.texts.Get("facts", path, "title") }

// amountOf words how much of a fact, from the least to the most; an empty most
// has no bound.
func (v *View) amountOf(path string, least, most fact.Scalar) string {
	d := v.definition(path)
	if d == nil {
		return ""
	}
	if most == "" {
		most = d.Encode(d.Domain()).Ranges[0].To
	}
	return v.value(path, &fact.Coded{Ranges: []fact.CodedRange{{From: least, To: most}}})
}

// titles finds the titles of initiatives by their ids.
func titles(c *result.Comparison) map[string]string {
	all := make(map[string]string, len(c.Initiatives))
	for i := range c.Initiatives {
		all[c.Initiatives[i].Initiative.ID] = clean(c.Initiatives[i].Initiative.Title)
	}
	return all
}

// pair says how two initiatives stand to each other.
func (v *View) pair(p result.Pair, titles map[string]string) string {
	switch {
	case p.AtLeastAsGood:
		return v.t("comparison.pair_at_least", titles[p.Ahead], titles[p.Behind])
	case p.Holds.Any:
		return v.t("comparison.pair_any", titles[p.Ahead], titles[p.Behind])
	}
	return v.t("comparison.pair_holds", titles[p.Ahead], titles[p.Behind], v.fraction(p.Holds))
}

// pairs says of neighbours in the list how firmly the one stands ahead.
func (v *View) pairs(c *result.Comparison) []report.Block {
	if c.PairsLeftOut {
		return []report.Block{report.Paragraph{Text: report.SayAs(report.Faint, v.t("comparison.pairs_left_out", result.MaxPaired))}}
	}
	titles := titles(c)
	ranked, _ := split(c.Initiatives)
	var items [][]report.Span
	for i := 1; i < len(ranked) && len(items) < mostPairs; i++ {
		for _, p := range c.Pairs {
			if p.Ahead == ranked[i-1].Initiative.ID && p.Behind == ranked[i].Initiative.ID {
				items = append(items, report.Say(v.pair(p, titles)))
			}
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []report.Block{report.Heading{Level: 2, Text: v.t("comparison.pairs")}, report.List{Items: items, Tight: true}}
}

// answersWorthHaving are the open criteria whose answer settles most.
func (v *View) answersWorthHaving(c *result.Comparison) []report.Block {
	if c.AnswersLeftOut {
		return []report.Block{report.Paragraph{Text: report.SayAs(report.Faint, v.t("comparison.answers_left_out", result.MaxAsked))}}
	}
	if len(c.Answers) == 0 {
		return nil
	}
	titles := titles(c)
	table := report.Table{Header: true, Columns: []report.Column{{Title: v.t("view.column_title"), Flexible: true, Least: 20},
		{Title: v.t("comparison.column_criterion"), Flexible: true, Least: 20},
		{Title: capitalised(v.t("outcome.pass")), Align: report.Right}, {Title: capitalised(v.t("outcome.fail")), Align: report.Right}}}
	for _, a := range c.Answers {
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.Say(titles[a.Initiative]), report.Say(v.ruleTitle(a.Rule)),
			report.Say(fmt.Sprint(a.Pass)), report.Say(fmt.Sprint(a.Fail))}})
	}
	about := "comparison.about_answers"
	if c.Places > 0 {
		about = "comparison.about_answers_places"
	}
	return []report.Block{report.Heading{Level: 2, Text: v.t("comparison.answers")}, table,
		report.Paragraph{Text: report.SayAs(report.Faint, v.t(about, c.Answers[0].Of))}}
}

func (v *View) ruleTitle(id string) string {
	return v.t("comparison.rule", id, v.texts.Get("rules", id, "title"))
}

// portfolio says how the initiatives spread.
func (v *View) portfolio(c *result.Comparison) []report.Block {
	if len(c.Initiatives) == 0 {
		return nil
	}
	blocks := []report.Block{report.Heading{Level: 2, Text: v.t("comparison.portfolio")}}
	for _, g := range c.Portfolio.Groups {
		blocks = append(blocks, v.group(c, g))
	}
	if len(c.Portfolio.Years) > 0 {
		var years []string
		for _, y := range c.Portfolio.Years {
			name := y.ID
			if name == "" {
				name = v.t("comparison.undated")
			}
			years = append(years, v.t("comparison.counted", name, y.Count))
		}
		blocks = append(blocks, report.Fields{Fields: []report.Field{{Label: v.t("comparison.years"), Value: report.Say(strings.Join(years, ", "))}}})
	}
	return append(blocks, report.Heading{Level: 2, Text: v.t("comparison.rules")}, v.bars(c), v.explain("comparison.about_rules"))
}

// group is one line for what the strategy groups by.
func (v *View) group(c *result.Comparison, g result.Group) report.Block {
	var values []string
	for _, value := range g.Values {
		name := v.groupValue(g.Name, value.ID)
		switch {
		case value.Perhaps > 0:
			values = append(values, v.t("comparison.counted_perhaps", name, value.Certain, value.Perhaps))
		case value.Certain > 0:
			values = append(values, v.t("comparison.counted", name, value.Certain))
		}
	}
	if g.Unknown > 0 {
		values = append(values, v.t("comparison.counted", v.t("comparison.unknown"), g.Unknown))
	}
	return report.Fields{Tight: g.Name != c.Portfolio.Groups[0].Name,
		Fields: []report.Field{{Label: v.groupTitle(g.Name), Value: report.Say(strings.Join(values, ", "))}}}
}

// groupTitle is the title of a fact or of a rule set.
func (v *View) groupTitle(name string) string {
	if v.definition(name) != nil {
		return v.factTitle(name)
	}
	return v.texts.Get("rule_sets", name, "title")
}

// groupValue is the label of an option, or the title of a rule.
func (v *View) groupValue(name, id string) string {
	d := v.definition(name)
	switch {
	case d == nil:
		return v.texts.Get("rules", id, "title")
	case d.Option(id) >= 0:
		return d.Options[d.Option(id)].Labels[v.printer.Language()]
	}
	return v.value(name, &fact.Coded{Options: []string{id}})
}

// bars are the outcomes of every rule, one bar each.
func (v *View) bars(c *result.Comparison) report.Block {
	bars := report.Bars{Caption: v.t("comparison.rules")}
	for _, t := range c.Portfolio.Rules {
		bar := report.Bar{Label: t.ID, Full: v.texts.Get("rules", t.ID, "title")}
		for _, part := range []struct {
			outcome string
			count   int
		}{{result.Pass, t.Pass}, {result.Unclear, t.Unclear}, {result.Fail, t.Fail}, {result.NotApplicable, t.NotApplicable}} {
			mark := v.mark(part.outcome)
			bar.Parts = append(bar.Parts, report.Part{Word: v.t("outcome." + part.outcome), Tone: mark.Tone, Count: part.count})
		}
		bars.Bars = append(bars.Bars, bar)
	}
	return bars
}
