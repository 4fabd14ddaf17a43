package view

import (
	"strings"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// Difference says what changed between two runs. What did not change is
// counted and not listed.
func (v *View) Difference(d *result.Difference) report.Document {
	var doc report.Document
	counts := map[string]int{}
	for _, c := range d.Initiatives {
		counts[c.Status]++
	}
	doc.Blocks = append(doc.Blocks, report.Heading{Level: 1, Text: v.t("view.difference")})
	if counts[result.Same] == len(d.Initiatives) {
		doc.Blocks = append(doc.Blocks, report.Paragraph{Text: report.Say(v.t("view.nothing_changed", len(d.Initiatives)))})
		return doc
	}
	var fields report.Fields
	for _, status := range []string{result.Changed, result.Renamed, result.Added, result.Gone, result.Same} {
		if counts[status] > 0 {
			fields.Fields = append(fields.Fields, report.Field{Label: v.t("view.status_" + status), Value: report.Say(v.t("view.initiatives", counts[status]))})
		}
	}
	doc.Blocks = append(doc.Blocks, fields)
	for i := range d.Initiatives {
		if c := &d.Initiatives[i]; c.Status == result.Changed || c.Status == result.Renamed {
			doc.Blocks = append(doc.Blocks, v.change(c)...)
		}
	}
	doc.Blocks = append(doc.Blocks, v.oneSided(d, result.Added)...)
	doc.Blocks = append(doc.Blocks, v.oneSided(d, result.Gone)...)
	return doc
}

// oneSided lists the initiatives that stand on one side alone.
func (v *View) oneSided(d *result.Difference, status string) []report.Block {
	var items [][]report.Span
	for _, c := range d.Initiatives {
		if c.Status == status {
			items = append(items, report.Say(v.t("view.title_and_path", clean(c.Title), clean(inputOf(&c).Path))))
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []report.Block{report.Heading{Level: 2, Text: capitalised(v.t("view.status_" + status))}, report.List{Items: items, Tight: true}}
}

// inputOf is where an initiative stands, on the new side where it is there.
func inputOf(c *result.Change) *result.Input {
	if c.NewInput != nil {
		return c.NewInput
	}
	return c.OldInput
}

// change is what changed for one initiative.
func (v *View) change(c *result.Change) []report.Block {
	blocks := []report.Block{report.Heading{Level: 2, Text: clean(c.Title), Aside: clean(inputOf(c).Path)}}
	status := v.t("view.status_" + c.Status)
	if c.OldID != "" {
		status = v.t("view.renamed_from", clean(c.OldID), clean(c.ID))
	}
	fields := report.Fields{Tight: true, Fields: []report.Field{{Label: v.t("view.status"), Value: report.Say(status)}}}
	if a := c.Recommendation; a != nil {
		fields.Fields = append(fields.Fields, v.adviceField(a))
	}
	if len(c.Differs) > 0 {
		words := make([]string, len(c.Differs))
		for i, name := range c.Differs {
			words[i] = v.t("view.differs_" + name)
		}
		said := strings.Join(words, ", ")
		if c.Alone != "" && len(c.Differs) > 1 {
			said += ". " + v.t("view.alone", v.t("view.differs_"+c.Alone))
		}
		fields.Fields = append(fields.Fields, report.Field{Label: v.t("view.differs"), Value: report.Say(said)})
	}
	blocks = append(blocks, fields)
	if len(c.Rules) > 0 {
		blocks = append(blocks, v.ruleChanges(c.Rules))
	}
	return blocks
}

// adviceField is a recommendation before and after.
func (v *View) adviceField(a *result.AdviceChange) report.Field {
	tone := report.Plain
	words := v.t("view.from_to", v.adviceWords(a.Old), v.adviceWords(a.New))
	if a.Worse {
		tone = report.Bad
		words += " " + v.t("view.worse")
	}
	return report.Field{Label: strings.TrimSuffix(v.t("view.recommendation"), ":"), Value: report.SayAs(tone, words)}
}

// adviceWords is a recommendation with, where it is open, what is possible.
func (v *View) adviceWords(a result.Advice) string {
	if a.Status == result.Settled {
		return v.recommendation(a.ID)
	}
	return v.t("view.open_advice", v.recommendation(a.ID), v.recommendations(a.Possible))
}

func (v *View) ruleChanges(rules []result.RuleChange) report.Block {
	table := report.Table{Tight: true, Columns: []report.Column{{}, {Flexible: true, Least: 24}, {}, {}, {}}}
	for _, r := range rules {
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.Say(r.ID), report.Say(v.texts.Get("rules", r.ID, "title")),
			v.side(r.Old), report.Say("→"), v.side(r.New)}})
	}
	return table
}

// side is a rule's outcome on one side of a difference.
func (v *View) side(o *result.Other) report.Cell {
	if o == nil {
		return report.Say("–")
	}
	mark := v.mark(o.Outcome)
	if o.Outcome == result.Unclear && len(o.Possible) > 0 && (len(o.Possible) != 2 || o.Possible[0] != result.Pass || o.Possible[1] != result.Fail) {
		mark.Text += " (" + v.possible(o.Possible) + ")"
	}
	return report.Cell{mark}
}
