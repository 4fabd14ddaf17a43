package view

import (
	"cmp"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// ComparisonSheets are the sheets of a workbook: overview, matrix, criteria and
// explanation.
func (v *View) ComparisonSheets(c *result.Comparison) []report.Sheet {
	return []report.Sheet{v.overviewSheet(c), v.matrixSheet(c), v.rulesSheet(c), v.explanationSheet(c)}
}

// ComparisonSheet is a row for each initiative with all that a comparison says
// of it.
func (v *View) ComparisonSheet(c *result.Comparison) report.Sheet {
	overview, matrix := v.overviewSheet(c), v.matrixSheet(c)
	const shared = 2 // id and title
	overview.Columns = append(overview.Columns, matrix.Columns[shared:]...)
	for i := range overview.Rows {
		overview.Rows[i] = append(overview.Rows[i], matrix.Rows[i][shared:]...)
	}
	return overview
}

// ComparisonLong is a row for each initiative and rule.
func (v *View) ComparisonLong(c *result.Comparison) report.Sheet {
	s := report.Sheet{Name: v.t("comparison.sheet_matrix"), Columns: v.columns("comparison.sheet_id", "view.column_title",
		"comparison.sheet_set", "comparison.sheet_rule", "comparison.sheet_rule_title", "comparison.sheet_outcome", "comparison.sheet_possible")}
	for i := range c.Initiatives {
		one := c.Initiatives[i]
		for j, rule := range v.strategy.Rules {
			outcome := v.outcome(one.Outcomes[j])
			s.Rows = append(s.Rows, []report.Value{words(one.Initiative.ID), words(one.Initiative.Title), words(v.texts.Get("rule_sets", v.strategy.Sets[rule.Set].ID, "title")),
				words(rule.ID), words(v.texts.Get("rules", rule.ID, "title")), outcome, words(v.possible(one.Outcomes[j].Possible()))})
		}
	}
	return s
}

func (v *View) columns(keys ...string) []report.SheetColumn {
	all := make([]report.SheetColumn, len(keys))
	for i, key := range keys {
		all[i].Title = v.t(key)
	}
	return all
}

func words(s string) report.Value {
	if s == "" {
		return report.Value{}
	}
	return report.Value{Kind: report.TextValue, Text: s}
}

func whole(n int) report.Value {
	return report.Value{Kind: report.NumberValue, Number: i18n.Number(int64(n) * fact.One)}
}

// outcome is an outcome with its symbol and tone.
func (v *View) outcome(outcomes result.Outcomes) report.Value {
	symbol := Symbol(v.printer, outcomes.Outcome())
	return report.Value{Kind: report.TextValue, Text: symbol.Word, Tone: symbol.Tone, Mark: symbol.Text}
}

// overviewSheet is what a comparison says of each initiative, rules apart.
func (v *View) overviewSheet(c *result.Comparison) report.Sheet {
	s := report.Sheet{Name: v.t("comparison.sheet_overview"), Columns: v.columns("comparison.sheet_id", "view.column_title", "view.column_recommendation",
		"comparison.sheet_possible", "comparison.sheet_passed_least", "comparison.sheet_passed_most", "comparison.sheet_applicable", "comparison.sheet_date")}
	for _, g := range c.Portfolio.Groups {
		s.Columns = append(s.Columns, report.SheetColumn{Title: v.groupTitle(g.Name)})
	}
	for _, capacity := range v.strategy.Compare.Capacities {
		title := v.factTitle(v.strategy.Facts[capacity.Fact].Path)
		s.Columns = append(s.Columns, report.SheetColumn{Title: v.t("comparison.sheet_least", title)}, report.SheetColumn{Title: v.t("comparison.sheet_most", title)})
	}
	s.Columns = append(s.Columns, v.rankColumns(c)...)
	s.Columns = append(s.Columns, v.columns("comparison.column_at_least", "view.column_file")...)
	for i := range c.Initiatives {
		s.Rows = append(s.Rows, v.overviewRow(c, c.Initiatives[i]))
	}
	return s
}

func (v *View) overviewRow(c *result.Comparison, one *result.Compared) []report.Value {
	row := []report.Value{words(one.Initiative.ID), words(one.Initiative.Title), words(v.recommendation(one.Recommendation)), words(v.recommendations(one.Possible)),
		whole(one.Passed.Least), whole(one.Passed.Most), whole(one.Applicable.Most), dayValue(one.Date)}
	for _, m := range one.Groups {
		row = append(row, words(v.members(m)))
	}
	for i, capacity := range v.strategy.Compare.Capacities {
		d := v.strategy.Facts[capacity.Fact]
		row = append(row, v.needValue(d, one.Needs[i].Least), v.needValue(d, one.Needs[i].Most))
	}
	row = append(row, v.rankValues(c, one)...)
	if one.Ranked == result.RankedNot {
		row = append(row, report.Value{})
	} else {
		row = append(row, whole(one.AtLeastAsGood))
	}
	return append(row, words(one.Input.Path))
}

func dayValue(day string) report.Value {
	n, fault := strategy.Day(day)
	if day == "" || fault != nil {
		return report.Value{}
	}
	return report.Value{Kind: report.DayValue, Day: i18n.Date(n)}
}

// members are the values of a group that an initiative has.
func (v *View) members(m result.Member) string {
	if m.Unknown {
		return v.t("comparison.unknown")
	}
	var names []string
	for _, id := range m.Certain {
		names = append(names, v.groupValue(m.Name, id))
	}
	for _, id := range m.Perhaps {
		names = append(names, v.t("view.areas_perhaps", v.groupValue(m.Name, id)))
	}
	return strings.Join(names, ", ")
}

func (v *View) needValue(d *fact.Definition, amount fact.Scalar) report.Value {
	if amount == "" {
		return report.Value{}
	}
	values, err := d.Decode(fact.Coded{Ranges: []fact.CodedRange{{From: amount, To: amount}}})
	if err != nil {
		return report.Value{}
	}
	if d.Kind == fact.Date {
		return report.Value{Kind: report.DayValue, Day: i18n.Date(values.Intervals[0].Lo)}
	}
	return report.Value{Kind: report.NumberValue, Number: i18n.Number(values.Intervals[0].Lo)}
}

// rankColumns are the columns of ranks, places and selections, for each ratio.
func (v *View) rankColumns(c *result.Comparison) []report.SheetColumn {
	var all []report.SheetColumn
	for _, ratio := range []string{result.RatioEqual, result.RatioDouble, result.RatioAny} {
		full := v.t("comparison.ratio_full_" + ratio)
		add := func(key string) {
			all = append(all, report.SheetColumn{Title: v.t("comparison.sheet_ratio", v.t(key), v.t("comparison.ratio_"+ratio)), Full: full})
		}
		add("comparison.sheet_best")
		add("comparison.sheet_worst")
		add("comparison.column_in_from")
		if c.Places > 0 {
			add("comparison.sheet_place")
		}
		if len(c.Limits) > 0 {
			add("comparison.sheet_selection")
		}
	}
	return all
}

func (v *View) rankValues(c *result.Comparison, one *result.Compared) []report.Value {
	if one.Ranked == result.RankedNot {
		return make([]report.Value, len(v.rankColumns(c)))
	}
	var all []report.Value
	for _, rank := range one.Ranks {
		from := report.Value{}
		if rank.InFrom > 0 {
			from = whole(rank.InFrom)
		}
		all = append(all, whole(rank.Best), whole(rank.Worst), from)
		if c.Places > 0 {
			all = append(all, v.placeValue(rank.Place))
		}
		if len(c.Limits) > 0 {
			all = append(all, v.placeValue(rank.Selection))
		}
	}
	return all
}

func (v *View) placeValue(place string) report.Value {
	cell := v.placed(place)
	return report.Value{Kind: report.TextValue, Text: cell[0].Text, Tone: cell[0].Tone}
}

// matrixSheet is a column for each rule.
func (v *View) matrixSheet(c *result.Comparison) report.Sheet {
	s := report.Sheet{Name: v.t("comparison.sheet_matrix"), Columns: v.columns("comparison.sheet_id", "view.column_title")}
	for _, rule := range v.strategy.Rules {
		s.Columns = append(s.Columns, report.SheetColumn{Title: rule.ID, Full: v.texts.Get("rules", rule.ID, "title")})
	}
	for i := range c.Initiatives {
		one := c.Initiatives[i]
		row := []report.Value{words(one.Initiative.ID), words(one.Initiative.Title)}
		for _, outcomes := range one.Outcomes {
			row = append(row, v.outcome(outcomes))
		}
		s.Rows = append(s.Rows, row)
	}
	return s
}

// rulesSheet is a row for each rule with how many initiatives have each
// outcome.
func (v *View) rulesSheet(c *result.Comparison) report.Sheet {
	s := report.Sheet{Name: v.t("comparison.sheet_rules"), Columns: v.columns("comparison.sheet_rule", "comparison.sheet_rule_title", "comparison.sheet_set")}
	for _, outcome := range []string{result.Pass, result.Unclear, result.Fail, result.NotApplicable} {
		s.Columns = append(s.Columns, report.SheetColumn{Title: capitalised(v.t("outcome." + outcome))})
	}
	for _, t := range c.Portfolio.Rules {
		set := v.strategy.Sets[v.strategy.Rules[v.strategy.Rule(t.ID)].Set].ID
		s.Rows = append(s.Rows, []report.Value{words(t.ID), words(v.texts.Get("rules", t.ID, "title")), words(v.texts.Get("rule_sets", set, "title")),
			whole(t.Pass), whole(t.Unclear), whole(t.Fail), whole(t.NotApplicable)})
	}
	return s
}

// explanationSheet says what the columns mean and what the comparison was made
// with.
func (v *View) explanationSheet(c *result.Comparison) report.Sheet {
	s := report.Sheet{Name: v.t("comparison.sheet_explanation"), Prose: true, Columns: v.columns("comparison.sheet_what", "comparison.sheet_means")}
	add := func(what, means string) { s.Rows = append(s.Rows, []report.Value{words(what), words(means)}) }
	add(v.t("view.column_strategy"), v.t("comparison.sheet_strategy", v.texts.Get("strategy", "title"), c.Strategy.ID, c.Strategy.Version))
	for _, assumed := range c.Assumptions {
		add(v.t("comparison.sheet_assumed"), v.statement(assumed.Fact, &assumed.Value, ""))
	}
	for _, item := range v.ours(&result.Assessment{Thresholds: c.Thresholds, Choice: c.Choice}) {
		add(v.t("view.ours"), item[0].Text)
	}
	if c.Places > 0 {
		add(v.t("comparison.sheet_place"), v.t("comparison.places", c.Places))
	}
	for _, limit := range c.Limits {
		add(v.t("comparison.sheet_selection"), v.t("comparison.limit", v.factTitle(limit.Fact), v.amountOf(limit.Fact, limit.Amount, limit.Amount)))
	}
	for _, about := range [][2]string{{"comparison.ranks", "comparison.about_ranks"}, {"comparison.sheet_ratios", "comparison.about_ratios"},
		{"comparison.column_at_least", "comparison.about_at_least"}, {"comparison.column_in_from", "comparison.about_in_from"},
		{"comparison.sheet_place", "comparison.about_places"}, {"comparison.sheet_selection", "comparison.about_limits"}} {
		add(v.t(about[0]), v.t(about[1]))
	}
	for _, in := range c.Unread {
		add(v.t("comparison.sheet_unread"), cmp.Or(in.Path, "–"))
	}
	return s
}
