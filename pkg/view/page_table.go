package view

import (
	"fmt"
	"slices"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Overview puts assessments under this strategy into one table, and counts the
// outcomes of each rule.
func (v *View) Overview(all []*result.Assessment) []report.Block {
	counts := map[string]int{}
	for _, a := range all {
		counts[v.LineOf(a).Recommendation]++
	}
	blocks := []report.Block{report.Heading{Level: 2, Text: v.texts.Get("strategy", "title")}, v.totals(counts)}
	if len(all) > mostOpened {
		blocks = append(blocks, report.Paragraph{Text: report.SayAs(report.Open, v.t("page.not_opened", mostOpened))})
	}
	blocks = append(blocks, v.outcomeTable(all), report.Heading{Level: 2, Text: v.t("page.by_rule")})
	for i, set := range v.strategy.Sets {
		if set.Role != strategy.Informs {
			blocks = append(blocks, report.Heading{Level: 3, Text: v.setTitle(i)}, v.outcomeBars(all, i))
		}
	}
	return blocks
}

// outcomeTable has a row for each assessment, with a symbol for each of the
// rules that a comparison counts.
func (v *View) outcomeTable(all []*result.Assessment) report.Table {
	t := report.Table{Header: true, Caption: v.t("page.table"), Facets: v.overviewFacets(), Columns: []report.Column{
		{Title: v.t("view.column_title"), Flexible: true, Least: 24},
		{Title: v.t("view.column_recommendation"), Flexible: true, Least: 14},
	}}
	if i := v.strategy.Compare.Count; i >= 0 {
		t.Columns = append(t.Columns, report.Column{Title: v.t("view.column_passed"), Flexible: true, Least: 10})
		for _, rule := range v.strategy.Sets[i].Rules {
			id := v.strategy.Rules[rule].ID
			t.Columns = append(t.Columns, report.Column{Title: id, Full: v.texts.Get("rules", id, "title")})
		}
	}
	opens := len(all) <= mostOpened
	if !opens {
		t.Columns = append(t.Columns, report.Column{Title: v.t("view.column_file"), Flexible: true, Least: 20})
	}
	for _, a := range all {
		row := v.outcomeRow(a)
		if opens {
			row.Open = v.WholeAssessment(a).Blocks
		} else {
			row.Cells = append(row.Cells, report.SayAs(report.Faint, clean(a.Input.Path)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (v *View) outcomeRow(a *result.Assessment) report.Row {
	line := v.LineOf(a)
	row := report.Row{
		Cells: []report.Cell{report.Say(clean(line.Title)), report.Say(v.recommendation(line.Recommendation))},
		Sort:  []int64{report.ByText, int64(slices.Index(v.strategy.Order, line.Recommendation))},
		Tags:  [][]string{{v.recommendation(line.Recommendation)}, v.areas(a)},
	}
	i := v.strategy.Compare.Count
	if i < 0 {
		return row
	}
	row.Cells = append(row.Cells, report.Say(v.t("view.of", counted(line.Passed), counted(line.Of))))
	row.Sort = append(row.Sort, int64(line.Passed.Least)*1000+int64(line.Passed.Most))
	for _, rule := range a.RuleSets[i].Rules {
		row.Cells = append(row.Cells, report.Cell{Symbol(v.printer, rule.Outcome)})
		row.Sort = append(row.Sort, int64(slices.Index(outcomesInOrder(), rule.Outcome)))
	}
	return row
}

// overviewFacets are the recommendations, the best first, and the areas.
func (v *View) overviewFacets() []report.Facet {
	recommendations := report.Facet{Title: v.t("view.column_recommendation")}
	for _, id := range v.strategy.Order {
		recommendations.Values = append(recommendations.Values, v.recommendation(id))
	}
	areas := report.Facet{Title: v.t("page.area")}
	for _, set := range v.strategy.Sets {
		if set.Role == strategy.Informs {
			for _, rule := range set.Rules {
				areas.Values = append(areas.Values, v.areaName(rule))
			}
		}
	}
	if len(areas.Values) == 0 {
		return []report.Facet{recommendations}
	}
	areas.Values = append(areas.Values, v.t("page.no_area"))
	return []report.Facet{recommendations, areas}
}

// areaName is the title of a rule that is given by its place.
func (v *View) areaName(rule int) string {
	return lowerFirst(v.texts.Get("rules", v.strategy.Rules[rule].ID, "title"))
}

// areas lists the areas that an initiative certainly concerns.
func (v *View) areas(a *result.Assessment) []string {
	var areas []string
	for i, set := range v.strategy.Sets {
		for k, rule := range set.Rules {
			if set.Role == strategy.Informs && a.RuleSets[i].Rules[k].Outcome == result.Pass {
				areas = append(areas, v.areaName(rule))
			}
		}
	}
	if len(areas) == 0 {
		return []string{v.t("page.no_area")}
	}
	return areas
}

// outcomeBars counts the outcomes of each rule in a rule set.
func (v *View) outcomeBars(all []*result.Assessment, set int) report.Bars {
	b := report.Bars{Caption: fmt.Sprintf("%s: %s", v.t("page.by_rule"), v.setTitle(set))}
	for k, rule := range v.strategy.Sets[set].Rules {
		id := v.strategy.Rules[rule].ID
		bar := report.Bar{Label: id, Full: v.texts.Get("rules", id, "title")}
		for _, outcome := range outcomesInOrder() {
			count := 0
			for _, a := range all {
				if a.RuleSets[set].Rules[k].Outcome == outcome {
					count++
				}
			}
			symbol := Symbol(v.printer, outcome)
			bar.Parts = append(bar.Parts, report.Part{Word: symbol.Word, Tone: symbol.Tone, Count: count})
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}
