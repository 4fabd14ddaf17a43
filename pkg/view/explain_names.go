package view

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// titled is the opening of what is explained: its title, its name in files, and
// what it is in a sentence or two.
func titled(title, name string, sentences ...string) []report.Block {
	blocks := []report.Block{report.Heading{Level: 1, Text: capitalised(title), Aside: name}}
	for _, sentence := range sentences {
		blocks = append(blocks, report.Paragraph{Text: report.Say(sentence), Tight: true})
	}
	return blocks
}

// listed is a list under a heading, and nothing where it is empty.
func (v *View) listed(key string, lines []string) []report.Block {
	if len(lines) == 0 {
		return nil
	}
	items := make([][]report.Span, len(lines))
	for i, line := range lines {
		items[i] = report.Say(line)
	}
	return []report.Block{report.Heading{Level: 2, Text: v.t(key)}, report.List{Items: items, Tight: true}}
}

func (v *View) explainSet(i int) []report.Block {
	set := v.strategy.Sets[i]
	blocks := titled(v.setTitle(i), set.ID, v.texts.Get("rule_sets", set.ID, "help"))
	blocks = append(blocks, v.fields("explain.role", v.roleOf(set), "explain.count", v.t("explain.number_of_rules", len(set.Rules))))
	if set.Applies != nil {
		blocks = append(blocks, v.when("explain.applies_when", set.Applies, nil)...)
		blocks = append(blocks, report.Paragraph{Text: report.Say(v.t("explain.else_not_applicable", v.texts.Get("rule_sets", set.ID, "not_applicable")))})
	}
	blocks = append(blocks, report.Heading{Level: 2, Text: v.t("explain.rules")}, v.ruleTable(set))
	return append(blocks, v.consequences(set.Rules...)...)
}

func (v *View) explainFact(i int) []report.Block {
	d := v.strategy.Facts[i]
	t := func(name string) string { return v.texts.Get("facts", d.Path, name) }
	blocks := titled(t("title"), d.Path, t("question")+" "+v.answers(d), t("help"))
	reason := v.t("explain.reason_optional")
	if d.Grounds {
		reason = v.t("explain.reason_required")
	}
	changeable := v.t("explain.fixed")
	if d.Changeable {
		changeable = v.t("explain.changeable")
	}
	blocks = append(blocks, v.fields(
		"explain.bounds", v.boundsOf(d),
		"explain.example", d.Path+": "+v.exampleOf(d),
		"explain.reason", reason,
		"explain.can_change", changeable,
		"explain.effort", v.t("explain.effort_"+effortName(d.Effort)),
		"explain.group", v.texts.Get("groups", d.Group())))
	return append(blocks, v.listed("explain.used_in", v.usesOf(d))...)
}

func effortName(l fact.Level) string {
	switch l {
	case fact.Low:
		return "low"
	case fact.Medium:
		return "medium"
	}
	return "high"
}

// boundsOf is the least and the most that a number can be; empty for others.
func (v *View) boundsOf(d *fact.Definition) string {
	if d.Kind != fact.Number {
		return ""
	}
	one := func(n int64) any { return d.Describe(fact.Values{Intervals: []fact.Interval{{Lo: n, Hi: n}}}) }
	return v.t("explain.from_to", one(d.Min), one(d.Max))
}

// exampleOf is a value as an adviser would write it.
func (v *View) exampleOf(d *fact.Definition) string {
	switch d.Kind {
	case fact.Choice, fact.Choices:
		return d.Options[0].Labels.Localize(v.printer)
	case fact.Answer:
		return v.t("fact.yes")
	}
	return v.t("explain.example_" + d.Kind.String())
}

// usesOf lists what reads a fact.
func (v *View) usesOf(d *fact.Definition) []string {
	var lines []string
	for _, r := range v.strategy.Rules {
		if slices.Contains(v.ruleFacts(r), d) {
			lines = append(lines, v.ruleName(r))
		}
	}
	for _, named := range v.strategy.Table.Conditions {
		if slices.Contains(factsIn(named.Condition), d) {
			lines = append(lines, v.t("explain.use_recommendation", v.texts.Get("conditions", named.Name, "yes")))
		}
	}
	for _, note := range v.strategy.Notes {
		if slices.Contains(factsIn(note.When), d) {
			lines = append(lines, v.t("explain.use_note", brief(v.texts.Get("notes", note.ID), briefLength)))
		}
	}
	if slices.Contains(v.strategy.Compare.GroupBy, d.Path) {
		lines = append(lines, v.t("explain.use_group"))
	}
	for _, c := range v.strategy.Compare.Capacities {
		if v.strategy.Facts[c.Fact] == d {
			lines = append(lines, v.t("explain.use_capacity", c.Name))
		}
	}
	if len(lines) == 0 {
		return []string{v.t("explain.use_none")}
	}
	return lines
}

func (v *View) explainRecommendation(place int) []report.Block {
	id := v.strategy.Order[place]
	blocks := titled(v.recommendation(id), id, v.texts.Get("recommendations", id, "meaning"))
	blocks = append(blocks, v.fields("explain.order", v.t("explain.of", place+1, len(v.strategy.Order))))
	switch id {
	case strategy.Candidate:
		var divided []string
		for _, i := range v.strategy.Table.Divided {
			divided = append(divided, v.strategy.Recommendations[i])
		}
		return append(blocks, report.Paragraph{Text: report.Say(v.t("explain.candidate", v.recommendations(divided), v.texts.Get("open_choice", "title")))})
	case strategy.Clarify:
		return append(blocks, report.Paragraph{Text: report.Say(v.t("explain.clarify"))})
	}
	for _, row := range v.strategy.Table.Rows {
		if v.strategy.Recommendations[row.Recommendation] == id {
			blocks = append(blocks, v.explainRow(row)...)
		}
	}
	return blocks
}

// explainRow says when a row of the table holds. Only the condition that parts
// it from the rows before it is taken apart.
func (v *View) explainRow(row strategy.Row) []report.Block {
	var clauses []clause
	parting, _ := v.parting(row)
	for i, cell := range slices.Backward(row.Cells) {
		named := &v.strategy.Table.Conditions[i]
		switch {
		case cell < 0:
		case cell == 1 && named == parting:
			clauses = append(clauses, v.clause(namedCondition(*named)))
		default:
			clauses = append(clauses, clause{words: v.texts.Get("conditions", named.Name, key(cell == 1))})
		}
	}
	table := report.Table{Tight: true, Columns: []report.Column{{}, {Flexible: true, Least: 40}}}
	for _, line := range number(clauses, "") {
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.SayAs(report.Faint, line.number), report.Say(line.words)}})
	}
	lead := v.t("condition.all")
	if len(clauses) == 1 {
		lead = v.t("condition.this")
	}
	words := v.texts.Get("rows", row.ID) + v.rowSource(row)
	return []report.Block{report.Heading{Level: 2, Text: v.t("explain.recommended_when", lead)}, table, report.Paragraph{Text: report.Say(words)}}
}

// namedCondition is a named condition as it is where it is used.
func namedCondition(n strategy.Named) *cond.Condition {
	c := *n.Condition
	c.Name = n.Name
	return &c
}

func (v *View) explainThreshold(t *strategy.Threshold) []report.Block {
	value := v.printer.Word(describeThreshold(t))
	if t.Given {
		value = v.t("explain.given", value)
	}
	blocks := titled(v.texts.Get("thresholds", t.Name, "title"), t.Name, v.texts.Get("thresholds", t.Name, "reason"))
	blocks = append(blocks, v.fields("explain.value", value, "explain.ours", v.t("explain.threshold_ours"), "explain.set_with", "--set "+t.Name+"=…"))
	var lines []string
	for _, r := range v.strategy.Rules {
		for _, c := range []*cond.Condition{v.strategy.Sets[r.Set].Applies, r.Applies, r.Pass, r.Fail} {
			c.Comparisons(func(x *cond.Comparison) {
				if x.Threshold == t.Name {
					lines = append(lines, v.t("explain.use_threshold", v.ruleName(r), v.comparison(x)))
				}
			})
		}
	}
	return append(blocks, v.listed("explain.used_in", lines)...)
}

func (v *View) explainChoice() []report.Block {
	c := v.strategy.Choice
	value := v.t("explain.not_set")
	if c.Value != 0 {
		value = v.t("explain.given", c.Value)
	}
	blocks := titled(v.texts.Get("open_choice", "title"), c.Name, v.texts.Get("open_choice", "help"))
	blocks = append(blocks, v.fields("explain.value", value, "explain.bounds", v.t("explain.from_to", c.From, c.To), "explain.set_with", "--set "+c.Name+"=…"))
	var lines []string
	for _, row := range v.strategy.Table.Rows {
		named, cell := v.parting(row)
		asks := false
		if named != nil {
			named.Condition.Comparisons(func(x *cond.Comparison) { asks = asks || x.Threshold == c.Name })
		}
		if asks {
			lines = append(lines, v.consequence(row, named.Name, cell))
		}
	}
	return append(blocks, v.listed("explain.consequences", lines)...)
}

func (v *View) explainCondition(n strategy.Named) []report.Block {
	blocks := titled(v.texts.Get("conditions", n.Name, "yes"), n.Name, v.t("explain.opposite", v.texts.Get("conditions", n.Name, "no")))
	blocks = append(blocks, v.when("explain.holds_when", n.Condition, nil)...)
	var lines []string
	for _, r := range v.strategy.Rules {
		if uses(v.strategy.Sets[r.Set].Applies, n.Name) || uses(r.Applies, n.Name) || uses(r.Pass, n.Name) || uses(r.Fail, n.Name) {
			lines = append(lines, v.ruleName(r))
		}
	}
	for _, row := range v.strategy.Table.Rows {
		if named, cell := v.parting(row); named != nil && named.Name == n.Name {
			lines = append(lines, v.consequence(row, named.Name, cell))
		}
	}
	return append(blocks, v.listed("explain.used_in", lines)...)
}

// uses reports whether a condition has a named one in it.
func uses(c *cond.Condition, name string) bool {
	if c == nil {
		return false
	}
	return c.Name == name || slices.ContainsFunc(c.Parts, func(part *cond.Condition) bool { return uses(part, name) })
}

func (v *View) explainNote(n strategy.Note) []report.Block {
	perhaps := ""
	if !n.Certain {
		perhaps = v.t("explain.note_perhaps")
	}
	blocks := titled(v.t("explain.note"), n.ID, v.texts.Get("notes", n.ID))
	blocks = append(blocks, v.fields("view.source", v.source(n.Source), "explain.note_open", perhaps))
	return append(blocks, v.when("explain.shown_when", n.When, nil)...)
}

func (v *View) explainGroup(group string) []report.Block {
	var facts []*fact.Definition
	for _, d := range v.strategy.Facts {
		if d.Group() == group {
			facts = append(facts, d)
		}
	}
	return append(titled(v.texts.Get("groups", group), group), v.factsOf(facts)...)
}

func (v *View) explainNotRule(n strategy.NotRule) []report.Block {
	return append(titled(v.texts.Get("not_rules", n.ID, "what"), n.ID, v.t("explain.not_rule"), v.texts.Get("not_rules", n.ID, "why")),
		v.fields("view.source", v.source(n.Source)))
}
