package view

import (
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/report"
)

// facts lists all facts by their groups: how each is written, what it asks, and
// what can be answered.
func (v *View) facts() []report.Block {
	var blocks []report.Block
	var table report.Table
	group := ""
	flush := func() {
		if group != "" {
			blocks = append(blocks, report.Heading{Level: 3, Text: v.texts.Get("groups", group)}, table)
		}
	}
	for _, d := range v.strategy.Facts {
		if d.Group() != group {
			flush()
			group = d.Group()
			table = report.Table{Tight: true, Columns: []report.Column{{}, {Flexible: true, Least: 40}}}
		}
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.SayAs(report.Strong, d.Path), report.Say(v.asked(d))}})
	}
	flush()
	return blocks
}

// asked is a fact's question with what can be answered.
func (v *View) asked(d *fact.Definition) string {
	words := v.texts.Get("facts", d.Path, "question") + " " + v.answers(d)
	if d.Grounds {
		words += " " + v.t("view.needs_reason")
	}
	return words
}

// answers says what a fact can be answered with.
func (v *View) answers(d *fact.Definition) string {
	key := "view.answers_" + d.Kind.String()
	switch d.Kind {
	case fact.Choice, fact.Choices:
		options := make([]string, len(d.Options))
		for i, o := range d.Options {
			options[i] = v.t("view.option", o.ID, o.Labels[v.texts.Language])
			if o.ID == strings.ToLower(o.Labels[v.texts.Language]) {
				options[i] = o.ID
			}
		}
		return v.t(key, strings.Join(options, ", "))
	case fact.Number:
		return v.t(key, d.Unit.Other[v.texts.Language])
	}
	return v.t(key)
}
