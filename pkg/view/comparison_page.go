package view

import (
	"fmt"
	"slices"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// mostOpened is up to how many initiatives a page holds whole assessments: more
// would make it too large to open from a mail.
const mostOpened = 500

// ComparisonPage is a comparison as a page with one table that can be sorted
// and narrowed down. A row opens to what is said of the initiative, with its
// assessment where whole has it by the initiative's id.
func (v *View) ComparisonPage(c *result.Comparison, whole map[string]*result.Assessment) report.Document {
	var d report.Document
	add := func(blocks ...report.Block) { d.Blocks = append(d.Blocks, blocks...) }
	add(v.comparisonOpening(c)...)
	if len(c.Initiatives) > 0 {
		add(report.Heading{Level: 2, Text: v.t("comparison.table")})
		add(v.pageTable(c, whole), v.explain("comparison.about_ranks", "comparison.about_ratios", "comparison.about_at_least"))
		if slices.ContainsFunc(c.Initiatives, func(one *result.Compared) bool { return one.Ranked == result.RankedPossible }) {
			add(v.explain("comparison.star"))
		}
		if c.Places > 0 {
			add(v.explain("comparison.about_places", "comparison.about_in_from", "comparison.about_holds"))
		}
		if len(c.Limits) > 0 {
			add(v.explain("comparison.about_limits", "comparison.about_unproven"))
		}
		if len(c.Initiatives) > mostOpened {
			add(report.Paragraph{Text: report.SayAs(report.Faint, v.t("comparison.not_opened", mostOpened))})
		}
		add(v.pairs(c)...)
		add(v.answersWorthHaving(c)...)
	}
	add(v.portfolio(c)...)
	add(report.Heading{Level: 2, Text: v.t("view.ours")},
		report.List{Items: v.ours(&result.Assessment{Thresholds: c.Thresholds, Choice: c.Choice}), Tight: true})
	return d
}

// pageTable is a row for each initiative, a column for each criterion.
func (v *View) pageTable(c *result.Comparison, whole map[string]*result.Assessment) report.Block {
	set, from := v.criteriaSet(c)
	table := report.Table{Header: true, Caption: v.t("comparison.title", len(c.Initiatives)), Facets: v.facets(c),
		Columns: []report.Column{{Title: v.t("view.column_title"), Flexible: true}, {Title: v.t("view.column_recommendation")}, {Title: v.t("view.column_passed")}}}
	for i := range set.Rules {
		rule := v.strategy.Rules[from+i]
		table.Columns = append(table.Columns, report.Column{Title: rule.ID, Full: v.texts.Get("rules", rule.ID, "title")})
	}
	for _, column := range v.ratioColumns() {
		column.Title, column.Full = v.t("comparison.sheet_ratio", v.t("comparison.column_rank"), column.Title), ""
		table.Columns = append(table.Columns, column)
	}
	for _, limited := range []struct {
		asked bool
		key   string
	}{{c.Places > 0, "comparison.column_place"}, {len(c.Limits) > 0, "comparison.column_selection"}} {
		if limited.asked {
			for _, column := range v.ratioColumns() {
				column.Title, column.Full = v.t("comparison.sheet_ratio", v.t(limited.key), column.Title), ""
				table.Columns = append(table.Columns, column)
			}
		}
	}
	ranked, _ := split(c.Initiatives)
	open := v.pairsOf(c)
	for i := range c.Initiatives {
		one := c.Initiatives[i]
		row := v.pageRow(c, one, len(ranked))
		row.Tags = v.tags(one)
		row.Open = v.opened(c, one, open[one.Initiative.ID], i, whole)
		table.Rows = append(table.Rows, row)
	}
	return table
}

// pageRow are the cells of an initiative and what they are sorted by.
func (v *View) pageRow(c *result.Comparison, one *result.Compared, ranked int) report.Row {
	set, from := v.criteriaSet(c)
	row := report.Row{Cells: []report.Cell{v.name(one), report.Say(v.recommendation(one.Recommendation)),
		report.Say(v.t("view.of", counted(one.Passed), counted(one.Applicable)))},
		Sort: []int64{report.ByText, int64(slices.Index(v.strategy.Order, one.Recommendation)), -int64(one.Passed.Least)<<8 - int64(one.Passed.Most)}}
	add := func(cell report.Cell, sort int) {
		row.Cells, row.Sort = append(row.Cells, cell), append(row.Sort, int64(sort))
	}
	for i := range set.Rules {
		outcome := one.Outcomes[from+i].Outcome()
		add(report.Cell{Symbol(v.printer, outcome)},
			slices.Index([]string{result.Pass, result.Unclear, result.Fail, result.NotApplicable}, outcome))
	}
	if one.Ranked == result.RankedNot {
		for len(row.Cells) < len(set.Rules)+3+3*(1+min(c.Places, 1)+min(len(c.Limits), 1)) {
			add(report.SayAs(report.Faint, "–"), 1<<30)
		}
		return row
	}
	for _, rank := range one.Ranks {
		text := counted(result.Count{Least: rank.Best, Most: rank.Worst})
		add(report.Cell{{Text: text, Interval: &report.Interval{Least: rank.Best, Most: rank.Worst, Of: ranked}}}, rank.Best<<14+rank.Worst)
	}
	places := []string{result.PlaceIn, result.PlaceInOrTied, result.PlaceDepends, result.PlaceOutOrTied, result.PlaceOut}
	for _, rank := range one.Ranks {
		if c.Places > 0 {
			add(v.placed(rank.Place), slices.Index(places, rank.Place))
		}
	}
	for _, rank := range one.Ranks {
		if len(c.Limits) > 0 {
			add(v.selected(rank), slices.Index(places, rank.Selection))
		}
	}
	return row
}

// facets are what a page can be narrowed down by: recommendation and what the
// strategy groups by.
func (v *View) facets(c *result.Comparison) []report.Facet {
	recommendations := report.Facet{Title: v.t("view.column_recommendation")}
	for _, t := range c.Portfolio.Recommendations {
		recommendations.Values = append(recommendations.Values, v.recommendation(t.ID))
	}
	all := []report.Facet{recommendations}
	for _, g := range c.Portfolio.Groups {
		facet := report.Facet{Title: v.groupTitle(g.Name)}
		for _, value := range g.Values {
			if value.Certain+value.Perhaps > 0 {
				facet.Values = append(facet.Values, v.groupValue(g.Name, value.ID))
			}
		}
		if g.Unknown > 0 {
			facet.Values = append(facet.Values, v.t("comparison.unknown"))
		}
		all = append(all, facet)
	}
	return all
}

// tags are an initiative's values of the facets; what it perhaps has too.
func (v *View) tags(one *result.Compared) [][]string {
	tags := [][]string{{v.recommendation(one.Recommendation)}}
	for _, m := range one.Groups {
		var values []string
		for _, id := range slices.Concat(m.Certain, m.Perhaps) {
			values = append(values, v.groupValue(m.Name, id))
		}
		if m.Unknown {
			values = append(values, v.t("comparison.unknown"))
		}
		tags = append(tags, values)
	}
	return tags
}

// pairsOf are what is certain between each initiative and others, in words.
func (v *View) pairsOf(c *result.Comparison) map[string][]string {
	titles, all := titles(c), map[string][]string{}
	for _, p := range c.Pairs {
		words := v.pair(p, titles)
		all[p.Ahead] = append(all[p.Ahead], words)
		all[p.Behind] = append(all[p.Behind], words)
	}
	return all
}

// opened is what the row of an initiative opens to.
func (v *View) opened(c *result.Comparison, one *result.Compared, pairs []string, place int, whole map[string]*result.Assessment) []report.Block {
	fields := report.Fields{Fields: []report.Field{{Label: v.t("view.column_file"), Value: report.Say(clean(one.Input.Path))}}}
	add := func(label, value string) {
		fields.Fields = append(fields.Fields, report.Field{Label: label, Value: report.Say(value)})
	}
	if len(one.Possible) > 1 {
		add(v.t("view.still_possible"), v.recommendations(one.Possible))
	}
	for _, m := range one.Groups {
		if words := v.members(m); words != "" {
			add(v.groupTitle(m.Name), words)
		}
	}
	for i, n := range one.Needs {
		words := v.t("comparison.need_unknown")
		path := v.strategy.Facts[v.strategy.Compare.Capacities[i].Fact].Path
		if n.Least != "" {
			words = v.amountOf(path, n.Least, n.Most)
		}
		add(v.factTitle(path), words)
	}
	if len(one.Ranks) > 0 {
		add(v.t("comparison.column_at_least"), fmt.Sprint(one.AtLeastAsGood))
	}
	if len(one.Ranks) > 0 && one.Ranks[0].InFrom > 0 {
		add(v.t("comparison.column_in_from"), v.t("comparison.places", one.Ranks[0].InFrom))
	}
	if c.Places > 0 && len(one.Ranks) > 0 && one.Ranks[0].Holds != nil {
		add(v.t("comparison.column_holds"), v.holds(one.Ranks[0].Holds))
	}
	blocks := []report.Block{fields}
	if len(pairs) > 0 {
		items := make([][]report.Span, len(pairs))
		for i, words := range pairs {
			items[i] = report.Say(words)
		}
		blocks = append(blocks, report.Details{Summary: fmt.Sprintf("%s (%d)", v.t("comparison.pairs_of"), len(pairs)), Blocks: []report.Block{report.List{Items: items}}})
	}
	if a := whole[one.Initiative.ID]; a != nil && place < mostOpened {
		blocks = append(blocks, v.WholeAssessment(a).Blocks[1:]...)
	}
	return blocks
}
