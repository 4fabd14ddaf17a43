package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Assessment is the whole report on one initiative.
func (v *View) Assessment(a *result.Assessment) report.Document {
	var d report.Document
	add := func(blocks ...report.Block) { d.Blocks = append(d.Blocks, blocks...) }
	add(report.Heading{Level: 1, Text: clean(a.Initiative.Title), Aside: a.Input.Path})
	add(v.opening(a)...)
	empty := len(a.Facts) == 0 && len(a.Assumptions) == 0 && !judged(a)
	if empty {
		add(report.Paragraph{Text: report.Say(v.t("view.nothing_given"))})
	}
	for i := range a.RuleSets {
		add(v.ruleSet(a, i, empty)...)
	}
	add(v.advice(a)...)
	add(v.check(a)...)
	add(v.closing(a)...)
	return d
}

func judged(a *result.Assessment) bool {
	for _, set := range a.RuleSets {
		for _, rule := range set.Rules {
			if rule.Judgement != nil {
				return true
			}
		}
	}
	return false
}

// opening says under which strategy, as of when and under which assumptions.
func (v *View) opening(a *result.Assessment) []report.Block {
	strategyTitle := v.texts.Get("strategy", "title")
	line := v.t("view.undated", strategyTitle)
	if a.Date != "" {
		line = v.t("view.dated", strategyTitle, v.day(a.Date))
	}
	if a.Reading == result.Stated {
		line += " · " + v.t("view.as_stated")
	}
	blocks := []report.Block{report.Paragraph{Text: report.SayAs(report.Faint, line), Tight: true}}
	if a.InForce != nil && !*a.InForce {
		blocks = append(blocks, report.Paragraph{Text: report.SayAs(report.Open,
			v.t("view.not_in_force", i18n.Date(v.strategy.From), i18n.Date(v.strategy.To)))})
	}
	var items [][]report.Span
	for _, assumed := range a.Assumptions {
		words := v.statement(assumed.Fact, &assumed.Value, "")
		key := "view.assumed"
		switch {
		case !assumed.Used:
			key = "view.assumed_unused"
		case assumed.Contradicts:
			key = "view.assumed_against"
		}
		items = append(items, report.SayAs(report.Open, v.t(key, words, assumed.Fact)))
	}
	if len(items) > 0 {
		blocks = append(blocks, report.List{Items: items})
	}
	return blocks
}

func (v *View) day(text string) string {
	day, fault := strategy.Day(text)
	if fault != nil {
		return text
	}
	return v.printer.Date(day)
}

func (v *View) ruleSet(a *result.Assessment, i int, brief bool) []report.Block {
	set := &a.RuleSets[i]
	if set.Role == strategy.Informs.String() {
		return []report.Block{report.Paragraph{Text: v.concerns(set)}}
	}
	heading := report.Heading{Level: 2, Text: v.setTitle(i), Aside: v.total(set)}
	blocks := []report.Block{heading}
	switch {
	case set.Applies == "no":
		text := v.texts.Get("rule_sets", set.ID, "not_applicable")
		return append(blocks, report.Paragraph{Text: report.SayAs(report.Neutral, text), Indent: 1, Tight: true})
	case set.Applies == "unclear":
		return append(blocks, report.Paragraph{Text: v.maybeApplies(set), Indent: 1, Tight: true})
	case brief:
		return blocks
	}
	table := report.Table{Tight: true, Columns: []report.Column{
		{}, {}, {Flexible: true, Least: 24}, {Flexible: true, Least: 48, Below: 1}}}
	for r := range set.Rules {
		rule := &set.Rules[r]
		if v.shows(rule.Outcome) {
			table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{
				report.Say(rule.ID), {v.mark(rule.Outcome)},
				report.Say(v.texts.Get("rules", rule.ID, "title")), v.because(a, rule)}})
		}
	}
	if len(table.Rows) == 0 {
		return blocks
	}
	return append(blocks, table)
}

// setTitle is a rule set's title with the sections that its rules come from.
func (v *View) setTitle(i int) string {
	set := v.strategy.Sets[i]
	var sections []string
	for _, rule := range set.Rules {
		if section := v.strategy.Rules[rule].Source.Section; !slices.Contains(sections, section) {
			sections = append(sections, section)
		}
	}
	return v.t("view.set_title", v.texts.Get("rule_sets", set.ID, "title"), v.sections(sections))
}

// total is what a heading says of a rule set: "7–9 av 10, 2 uavklart".
func (v *View) total(set *result.RuleSet) string {
	if set.Applies != "yes" {
		return ""
	}
	passed, applicable := counted(set.Passed), counted(set.Applicable)
	switch {
	case set.Unclear == 0:
		return v.t("view.total", passed, applicable)
	case set.Applicable.Least < set.Applicable.Most:
		return v.t("view.total_range", passed, applicable, set.Unclear)
	}
	return v.t("view.total_unclear", passed, applicable, set.Unclear)
}

// counted writes a range of numbers.
func counted(c result.Count) string {
	if c.Least == c.Most {
		return fmt.Sprint(c.Least)
	}
	return fmt.Sprintf("%d–%d", c.Least, c.Most)
}

// maybeApplies says in one line that nobody knows whether a set applies.
func (v *View) maybeApplies(set *result.RuleSet) []report.Span {
	causes := map[string]bool{}
	var first []result.Cause
	for _, rule := range set.Rules {
		for _, c := range rule.Causes {
			if c.Fact != "" && !causes[c.Fact] && v.decidesWhetherApplies(set.ID, c.Fact) {
				causes[c.Fact] = true
				first = append(first, c)
			}
		}
	}
	spans := []report.Span{{Text: "? " + v.t("view.maybe_applies"), Tone: report.Open}}
	if len(first) > 0 {
		spans = append(spans, report.Span{Text: "; " + v.causes(nil, nil, first)})
	}
	return spans
}

// concerns is the one line that a rule set which only informs takes.
func (v *View) concerns(set *result.RuleSet) []report.Span {
	var sure, perhaps []string
	for _, rule := range set.Rules {
		title := lowerFirst(v.texts.Get("rules", rule.ID, "title"))
		switch rule.Outcome {
		case result.Pass:
			sure = append(sure, title)
		case result.Unclear:
			perhaps = append(perhaps, title)
		}
	}
	label := v.texts.Get("rule_sets", set.ID, "title") + ": "
	words := ""
	switch {
	case len(perhaps) == len(set.Rules):
		words = v.t("view.areas_unknown")
		if cause := firstCause(set); cause != "" {
			words = v.t("view.fact_name", words, cause)
		}
	case len(sure) == 0 && len(perhaps) == 0:
		words = v.t("view.areas_none")
	default:
		parts := sure
		if len(perhaps) > 0 {
			parts = append(parts, v.t("view.areas_perhaps", strings.Join(perhaps, ", ")))
		}
		words = strings.Join(parts, " · ")
	}
	return []report.Span{{Text: label, Tone: report.Strong}, {Text: words}}
}

func firstCause(set *result.RuleSet) string {
	for _, rule := range set.Rules {
		for _, c := range rule.Causes {
			if c.Fact != "" {
				return c.Fact
			}
		}
	}
	return ""
}

// closing has the notes, the thresholds that were used and the open choice.
func (v *View) closing(a *result.Assessment) []report.Block {
	var blocks []report.Block
	if len(a.Notes) > 0 {
		var items [][]report.Span
		for _, note := range a.Notes {
			text := v.texts.Get("notes", note.ID)
			if note.Perhaps {
				text = v.t("view.perhaps", text)
			}
			items = append(items, report.Say(text))
		}
		blocks = append(blocks, report.Heading{Level: 2, Text: v.t("view.notes")}, report.List{Items: items, Tight: true})
	}
	blocks = append(blocks, report.Heading{Level: 2, Text: v.t("view.ours")}, report.List{Items: v.ours(a), Tight: true})
	return blocks
}

// ours lists what in the assessment is not the strategy's but ours.
func (v *View) ours(a *result.Assessment) [][]report.Span {
	var items [][]report.Span
	for i, t := range a.Thresholds {
		if len(t.Used) == 0 {
			continue
		}
		words := v.t("view.threshold", v.texts.Get("thresholds", t.Name, "title"), v.thresholdValue(i, t), strings.Join(t.Used, ", "))
		if t.Given {
			words += " " + v.t("view.threshold_given")
		}
		items = append(items, report.Say(words))
	}
	if a.Choice != nil && a.Choice.Value == 0 {
		items = append(items, report.Say(v.t("view.choice_open", v.texts.Get("open_choice", "title"))))
	}
	if a.Choice != nil && a.Choice.Value != 0 {
		items = append(items, report.Say(v.t("view.choice_made", v.texts.Get("open_choice", "title"), a.Choice.Value)))
	}
	return append(items, report.SayAs(report.Faint, v.t("view.ours_more")))
}
