package view

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Strategies lists strategies with their periods.
func Strategies(p *i18n.Printer, all []*strategy.Strategy) report.Document {
	table := report.Table{Header: true, Columns: []report.Column{
		{Title: p.T("view.column_name")}, {Title: p.T("view.column_in_force")}, {Title: p.T("view.column_strategy"), Flexible: true}}}
	for _, s := range all {
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.Say(s.ID),
			report.Say(p.T("view.period", i18n.Date(s.From), i18n.Date(s.To))), report.Say(s.Texts.Get("strategy", "title"))}})
	}
	return report.Document{Blocks: []report.Block{table}}
}

// Strategy shows a whole strategy: its rules with their sources, what is ours,
// the recommendations, and what of the source was not made into rules.
func (v *View) Strategy() report.Document {
	s := v.strategy
	var d report.Document
	add := func(blocks ...report.Block) { d.Blocks = append(d.Blocks, blocks...) }
	add(report.Heading{Level: 1, Text: v.texts.Get("strategy", "title")},
		report.Paragraph{Text: report.Say(v.texts.Get("strategy", "about")), Tight: true},
		report.Fields{Fields: []report.Field{
			{Label: v.t("view.column_name"), Value: report.Say(s.ID + " " + s.Version)},
			{Label: v.t("view.column_in_force"), Value: report.Say(v.t("view.period", i18n.Date(s.From), i18n.Date(s.To)))},
			{Label: v.t("view.source"), Value: report.Say(v.document())},
			{Label: "SHA-256", Value: report.Say(s.Digest)},
		}})
	for i, set := range s.Sets {
		add(report.Heading{Level: 2, Text: v.setTitle(i), Aside: v.t("view.role_" + set.Role.String())},
			report.Paragraph{Text: report.SayAs(report.Faint, v.texts.Get("rule_sets", set.ID, "help")), Tight: true}, v.ruleTable(set))
	}
	add(report.Heading{Level: 2, Text: v.t("view.recommendations")}, v.recommendationTable())
	add(report.Heading{Level: 2, Text: v.t("view.facts", len(s.Facts))}, report.Paragraph{Text: report.SayAs(report.Faint, v.t("view.facts_help")), Tight: true})
	add(v.facts()...)
	add(report.Heading{Level: 2, Text: v.t("view.thresholds")}, v.thresholdFields())
	add(report.Heading{Level: 2, Text: v.t("view.not_rules")}, v.notRules())
	return d
}

func (v *View) ruleTable(set *strategy.RuleSet) report.Block {
	table := report.Table{Columns: []report.Column{{}, {Flexible: true, Least: 28}, {}, {Flexible: true, Below: report.Always}}}
	for _, i := range set.Rules {
		rule := v.strategy.Rules[i]
		below := v.texts.Get("rules", rule.ID, "question")
		if rule.Ours {
			below += " " + v.t("view.our_reading", v.texts.Get("rules", rule.ID, "ours"))
		}
		place := v.t("view.place_strength", v.place(rule.Source), i18n.M("view.strength_"+rule.Strength))
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.Say(rule.ID),
			report.SayAs(report.Strong, v.texts.Get("rules", rule.ID, "title")), report.SayAs(report.Faint, place), report.Say(below)}})
	}
	return table
}

// recommendationTable shows the rows of the table in words.
func (v *View) recommendationTable() report.Block {
	// Not a table: the cells of tables are shortened.
	var fields report.Fields
	for _, row := range v.strategy.Table.Rows {
		id := v.strategy.Recommendations[row.Recommendation]
		var when []string
		// The last condition is what parts the row from those before it.
		for i, cell := range slices.Backward(row.Cells) {
			name := v.strategy.Table.Conditions[i].Name
			switch cell {
			case 1:
				when = append(when, v.texts.Get("conditions", name, "yes"))
			case 0:
				when = append(when, v.texts.Get("conditions", name, "no"))
			}
		}
		words := v.t("view.row_when", strings.Join(when, "; ")) + v.rowSource(row)
		fields.Fields = append(fields.Fields, report.Field{Label: v.recommendation(id), Value: report.Say(words)})
	}
	return fields
}

func (v *View) thresholdFields() report.Block {
	var items [][]report.Span
	for _, t := range v.strategy.Thresholds {
		items = append(items, report.Say(v.thresholdShown(t)))
	}
	if c := v.strategy.Choice; c != nil {
		items = append(items, report.Say(v.t("view.choice_shown", v.texts.Get("open_choice", "title"), c.Name, c.From, c.To, v.texts.Get("open_choice", "help"))))
	}
	return report.List{Items: items, Tight: true}
}

// thresholdShown is a threshold with its value, how to set it, and its reason.
func (v *View) thresholdShown(t *strategy.Threshold) string {
	return v.t("view.threshold_shown", v.texts.Get("thresholds", t.Name, "title"), describeThreshold(t), t.Name, v.texts.Get("thresholds", t.Name, "reason"))
}

func (v *View) notRules() report.Block {
	var items [][]report.Span
	for _, n := range v.strategy.NotRules {
		items = append(items, report.Say(v.t("view.not_rule", v.texts.Get("not_rules", n.ID, "what"), v.place(n.Source),
			v.texts.Get("not_rules", n.ID, "why"))))
	}
	return report.List{Items: items, Tight: true}
}
