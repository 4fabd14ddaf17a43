package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// mostPairs is how many pairs a comparison says something of.
const mostPairs = 12

// Comparison puts initiatives beside each other, for a screen or a page: of the
// lists at most top rows, all where that is 0.
func (v *View) Comparison(c *result.Comparison, top int) report.Document {
	var d report.Document
	add := func(blocks ...report.Block) { d.Blocks = append(d.Blocks, blocks...) }
	ranked, rest := split(c.Initiatives)
	add(v.comparisonOpening(c)...)
	if len(ranked) > 0 {
		shown := first(ranked, top)
		add(report.Heading{Level: 2, Text: v.t("comparison.ranked", v.recommendations(c.Ranked)), Aside: v.t("view.of", len(ranked), len(c.Initiatives))})
		add(v.matrix(c, shown), v.legend(c))
		add(v.ranks(shown)...)
		add(v.places(c, shown)...)
		add(v.limits(c, shown)...)
		add(v.leftOut(len(shown), len(ranked))...)
		add(v.pairs(c)...)
		add(v.answersWorthHaving(c)...)
	}
	if len(rest) > 0 {
		shown := first(rest, top)
		add(report.Heading{Level: 2, Text: v.t("comparison.others"), Aside: v.t("view.of", len(rest), len(c.Initiatives))})
		add(v.matrix(c, shown))
		if len(ranked) == 0 {
			add(v.legend(c))
		}
		add(v.leftOut(len(shown), len(rest))...)
	}
	add(v.portfolio(c)...)
	add(report.Heading{Level: 2, Text: v.t("view.ours")},
		report.List{Items: v.ours(&result.Assessment{Thresholds: c.Thresholds, Choice: c.Choice}), Tight: true})
	return d
}

// split parts those that are ranked from the others.
func split(all []*result.Compared) (ranked, rest []*result.Compared) {
	for i := range all {
		if one := all[i]; one.Ranked != result.RankedNot {
			ranked = append(ranked, one)
		} else {
			rest = append(rest, one)
		}
	}
	return ranked, rest
}

func first(all []*result.Compared, top int) []*result.Compared {
	if top > 0 && len(all) > top {
		return all[:top]
	}
	return all
}

// leftOut says how many of a list are not shown.
func (v *View) leftOut(shown, all int) []report.Block {
	if shown == all {
		return nil
	}
	return []report.Block{report.Paragraph{Text: report.Say(v.t("comparison.left_out", shown, all))}}
}

// comparisonOpening says under which strategy and assumptions, and what could
// not be read.
func (v *View) comparisonOpening(c *result.Comparison) []report.Block {
	blocks := []report.Block{report.Heading{Level: 1, Text: v.t("comparison.title", len(c.Initiatives))},
		report.Paragraph{Text: report.SayAs(report.Faint, v.texts.Get("strategy", "title")), Tight: true}}
	var items [][]report.Span
	for _, assumed := range c.Assumptions {
		items = append(items, report.SayAs(report.Open, v.t("view.assumed", v.statement(assumed.Fact, &assumed.Value, ""), assumed.Fact)))
	}
	if len(items) > 0 {
		blocks = append(blocks, report.List{Items: items})
	}
	if len(c.Unread) > 0 {
		blocks = append(blocks, report.Paragraph{Text: report.SayAs(report.Bad, v.t("view.unread", len(c.Unread)))})
	}
	if len(c.Initiatives) > 0 {
		blocks = append(blocks, v.shares(c))
	}
	return blocks
}

// shares counts initiatives by recommendation.
func (v *View) shares(c *result.Comparison) report.Block {
	fields := report.Fields{}
	for _, t := range c.Portfolio.Recommendations {
		fields.Fields = append(fields.Fields, report.Field{Label: v.recommendation(t.ID), Value: report.Say(fmt.Sprint(t.Count))})
	}
	return fields
}

// criteriaSet is the rule set that a comparison counts, with the place of its
// first rule among all.
func (v *View) criteriaSet(c *result.Comparison) (*strategy.RuleSet, int) {
	for _, set := range v.strategy.Sets {
		if set.ID == c.Criteria {
			return set, set.Rules[0]
		}
	}
	return v.strategy.Sets[0], 0
}

// setIDs are the first and the last rule of a set: "C1–C10".
func (v *View) setIDs(set *strategy.RuleSet) string {
	first, last := v.strategy.Rules[set.Rules[0]].ID, v.strategy.Rules[set.Rules[len(set.Rules)-1]].ID
	if first == last {
		return first
	}
	return first + "–" + last
}

// deciding are the rule sets that decide, those whose rules a matrix shows.
func (v *View) deciding() []*strategy.RuleSet {
	var all []*strategy.RuleSet
	for _, set := range v.strategy.Sets {
		if set.Role == strategy.Decides && len(set.Rules) > 0 {
			all = append(all, set)
		}
	}
	return all
}

// matrix is a row for each initiative with a symbol for each rule that decides.
func (v *View) matrix(c *result.Comparison, shown []*result.Compared) report.Block {
	passed, title := v.passedColumn(c)
	table := report.Table{Header: true, Columns: []report.Column{{Title: v.t("view.column_title"), Flexible: true, Least: 18}}}
	for _, set := range v.deciding() {
		table.Columns = append(table.Columns, report.Column{Title: v.setIDs(set)})
	}
	table.Columns = append(table.Columns, report.Column{Title: title}, report.Column{Title: v.t("view.column_recommendation")})
	for _, one := range shown {
		row := report.Row{Cells: []report.Cell{v.name(one)}}
		for _, set := range v.deciding() {
			row.Cells = append(row.Cells, v.symbols(set, one))
		}
		row.Cells = append(row.Cells, report.Say(passed(one)), report.Say(v.recommendation(one.Recommendation)))
		table.Rows = append(table.Rows, row)
	}
	return table
}

// passedColumn is how the number of criteria passed is shown, and the title of
// its column: of how many stands there where that is the same for all.
func (v *View) passedColumn(c *result.Comparison) (show func(*result.Compared) string, title string) {
	of := c.Initiatives[0].Applicable
	for _, one := range c.Initiatives {
		if one.Applicable != of {
			return func(one *result.Compared) string {
				return v.t("view.of", counted(one.Passed), counted(one.Applicable))
			}, v.t("view.column_passed")
		}
	}
	return func(one *result.Compared) string { return counted(one.Passed) }, v.t("comparison.column_of", counted(of))
}

// name is an initiative's title, marked where it is only possibly ranked.
func (v *View) name(one *result.Compared) report.Cell {
	title := clean(one.Initiative.Title)
	if one.Ranked == result.RankedPossible {
		title += "\u00a0*"
	}
	return report.Say(title)
}

// symbols are the outcomes of the rules of a set; of many, five together.
func (v *View) symbols(set *strategy.RuleSet, one *result.Compared) report.Cell {
	var cell report.Cell
	for i, rule := range set.Rules {
		symbol := Symbol(v.printer, one.Outcomes[rule].Outcome())
		if i > 0 && i%5 == 0 && len(set.Rules) >= 10 {
			symbol.Text = "\u00a0" + symbol.Text
		}
		cell = append(cell, symbol)
	}
	return cell
}

// legend says what symbols and stars mean.
func (v *View) legend(c *result.Comparison) report.Block {
	text := v.t("comparison.legend", v.mark(result.Pass).Text, v.mark(result.Fail).Text, v.mark(result.Unclear).Text, v.mark(result.NotApplicable).Text)
	if _, title := v.passedColumn(c); title != v.t("view.column_passed") {
		text += " " + v.t("comparison.about_passed", title)
	}
	if slices.ContainsFunc(c.Initiatives, func(one *result.Compared) bool { return one.Ranked == result.RankedPossible }) {
		text += " " + v.t("comparison.star")
	}
	return report.Paragraph{Text: report.SayAs(report.Faint, text)}
}

// ratioColumns are the columns of what depends on how criteria may be weighted.
func (v *View) ratioColumns(columns ...report.Column) []report.Column {
	for _, ratio := range []string{result.RatioEqual, result.RatioDouble, result.RatioAny} {
		columns = append(columns, report.Column{Title: v.t("comparison.ratio_" + ratio), Full: v.t("comparison.ratio_full_" + ratio)})
	}
	return columns
}

// ranks says between which places each ends.
func (v *View) ranks(shown []*result.Compared) []report.Block {
	table := report.Table{Header: true, Columns: append(v.ratioColumns(report.Column{Title: v.t("view.column_title"), Flexible: true, Least: 24}),
		report.Column{Title: v.t("comparison.column_at_least"), Align: report.Right})}
	for _, one := range shown {
		row := report.Row{Cells: []report.Cell{v.name(one)}}
		for _, rank := range one.Ranks {
			row.Cells = append(row.Cells, report.Say(counted(result.Count{Least: rank.Best, Most: rank.Worst})))
		}
		table.Rows = append(table.Rows, report.Row{Cells: append(row.Cells, report.Say(fmt.Sprint(one.AtLeastAsGood)))})
	}
	return []report.Block{report.Heading{Level: 2, Text: v.t("comparison.ranks")}, table,
		v.explain("comparison.about_ranks", "comparison.about_ratios", "comparison.about_at_least")}
}

// explain says what a part means, in a sentence for each notion.
func (v *View) explain(keys ...string) report.Block {
	var sentences []string
	for _, key := range keys {
		sentences = append(sentences, v.t(key))
	}
	return report.Paragraph{Text: report.SayAs(report.Faint, strings.Join(sentences, " "))}
}

// places says what becomes of each with the places that there are.
func (v *View) places(c *result.Comparison, shown []*result.Compared) []report.Block {
	if c.Places == 0 {
		return nil
	}
	table := report.Table{Header: true, Columns: append(v.ratioColumns(report.Column{Title: v.t("view.column_title"), Flexible: true, Least: 24}),
		report.Column{Title: v.t("comparison.column_in_from"), Align: report.Right}, report.Column{Title: v.t("comparison.column_holds")})}
	for _, one := range shown {
		row := report.Row{Cells: []report.Cell{v.name(one)}}
		for _, rank := range one.Ranks {
			row.Cells = append(row.Cells, v.placed(rank.Place))
		}
		equal := one.Ranks[0]
		from := "–"
		if equal.InFrom > 0 {
			from = fmt.Sprint(equal.InFrom)
		}
		table.Rows = append(table.Rows, report.Row{Cells: append(row.Cells, report.Say(from), report.Say(v.holds(equal.Holds)))})
	}
	return []report.Block{report.Heading{Level: 2, Text: v.t("comparison.places", c.Places)}, table,
		v.explain("comparison.about_places", "comparison.about_in_from", "comparison.about_holds")}
}

// placed is what becomes of an initiative, in words.
func (v *View) placed(place string) report.Cell {
	tone := report.Open
	switch place {
	case result.PlaceIn:
		tone = report.Good
	case result.PlaceOut:
		tone = report.Bad
	}
	return report.SayAs(tone, v.t("comparison.place_"+place))
}

// holds is up to how many times as much one criterion may count.
func (v *View) holds(f *result.Fraction) string {
	switch {
	case f == nil:
		return "–"
	case f.Any:
		return v.t("comparison.holds_any")
	}
	return v.t("comparison.times", v.fraction(*f))
}

// fraction is a number of times: "3", "2,5" or "4/3".
func (v *View) fraction(f result.Fraction) string {
	if f.Denominator != 0 && fact.One%f.Denominator == 0 {
		return v.printer.Number(int64(f.Numerator) * int64(fact.One/f.Denominator))
	}
	return fmt.Sprintf("%d/%d", f.Numerator, f.Denominator)
}

// limits says what becomes of each with the capacities that were given.
func (v *View) limits(c *result.Comparison, shown []*result.Compared) []report.Block {
	if len(c.Limits) == 0 {
		return nil
	}
	columns := []report.Column{{Title: v.t("view.column_title"), Flexible: true, Least: 20}}
	var there []any
	for _, limit := range c.Limits {
		columns = append(columns, report.Column{Title: v.factTitle(limit.Fact), Flexible: true, Least: 12})
		there = append(there, v.t("comparison.limit", v.factTitle(limit.Fact), v.amountOf(limit.Fact, limit.Amount, limit.Amount)))
	}
	if c.Places > 0 {
		there = append(there, v.t("comparison.places", c.Places))
	}
	table := report.Table{Header: true, Columns: v.ratioColumns(columns...)}
	unproven := false
	for _, one := range shown {
		row := report.Row{Cells: []report.Cell{v.name(one)}}
		for _, limit := range c.Limits {
			row.Cells = append(row.Cells, v.need(one, limit))
		}
		for _, rank := range one.Ranks {
			row.Cells = append(row.Cells, v.selected(rank))
			unproven = unproven || rank.NotProven
		}
		table.Rows = append(table.Rows, row)
	}
	blocks := []report.Block{report.Heading{Level: 2, Text: v.t("comparison.limits", i18n.Series(there))}, table, v.explain("comparison.about_limits")}
	if unproven {
		blocks = append(blocks, v.explain("comparison.about_unproven"))
	}
	return blocks
}

// selected is what becomes of an initiative with the limits, marked where it is
// not proven.
func (v *View) selected(rank result.Rank) report.Cell {
	cell := v.placed(rank.Selection)
	if rank.NotProven {
		cell[0].Text += "°"
	}
	return cell
}

// need is how much an initiative needs of what a limit is about.
func (v *View) need(one *result.Compared, limit result.Limit) report.Cell {
	i := slices.IndexFunc(one.Needs, func(n result.Need) bool { return n.Name == limit.Name })
	if i < 0 || one.Needs[i].Least == "" {
		return report.SayAs(report.Open, v.t("comparison.need_unknown"))
	}
	return report.Say(v.amountOf(limit.Fact, one.Needs[i].Least, one.Needs[i].Most))
}
