package view

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Explain explains what a name of the strategy stands for: a rule, a rule set,
// a fact, a group of facts, a recommendation, a threshold, the open choice, a
// named condition, a note, or a part of the source that was not made into
// rules. ok is false where the strategy has no such name.
func (v *View) Explain(name string) (d report.Document, ok bool) {
	for _, known := range v.explainable() {
		if strings.EqualFold(known.name, name) {
			return report.Document{Blocks: known.explain()}, true
		}
	}
	return d, false
}

// explained is a name of the strategy with its title.
type explained struct {
	name, title string
	explain     func() []report.Block
}

// explainable lists all names that can be explained. Of things with the same
// name the first counts.
func (v *View) explainable() []explained {
	var all []explained
	add := func(name, title string, explain func() []report.Block) {
		all = append(all, explained{name, title, explain})
	}
	s := v.strategy
	for i, r := range s.Rules {
		add(r.ID, v.texts.Get("rules", r.ID, "title"), func() []report.Block { return v.explainRule(i) })
	}
	for i, set := range s.Sets {
		add(set.ID, v.texts.Get("rule_sets", set.ID, "title"), func() []report.Block { return v.explainSet(i) })
	}
	for i, d := range s.Facts {
		add(d.Path, v.texts.Get("facts", d.Path, "title"), func() []report.Block { return v.explainFact(i) })
	}
	for i, id := range s.Order {
		add(id, v.recommendation(id), func() []report.Block { return v.explainRecommendation(i) })
	}
	for _, t := range s.Thresholds {
		add(t.Name, v.texts.Get("thresholds", t.Name, "title"), func() []report.Block { return v.explainThreshold(t) })
	}
	if s.Choice != nil {
		add(s.Choice.Name, v.texts.Get("open_choice", "title"), v.explainChoice)
	}
	return append(all, v.explainableToo()...)
}

// explainableToo lists names that few will ask for.
func (v *View) explainableToo() []explained {
	var all []explained
	s := v.strategy
	for _, n := range slices.Concat(s.Conditions, s.Table.Conditions) {
		all = append(all, explained{n.Name, v.texts.Get("conditions", n.Name, "yes"), func() []report.Block { return v.explainCondition(n) }})
	}
	for _, n := range s.Notes {
		all = append(all, explained{n.ID, v.texts.Get("notes", n.ID), func() []report.Block { return v.explainNote(n) }})
	}
	for i, d := range s.Facts {
		if group := d.Group(); i == 0 || s.Facts[i-1].Group() != group {
			all = append(all, explained{group, v.texts.Get("groups", group), func() []report.Block { return v.explainGroup(group) }})
		}
	}
	for _, n := range s.NotRules {
		all = append(all, explained{n.ID, v.texts.Get("not_rules", n.ID, "what"), func() []report.Block { return v.explainNotRule(n) }})
	}
	return all
}

// nearShown is how many names are proposed.
const nearShown = 5

// Names lists what can be explained by its name.
func (v *View) Names() []string {
	var names []string
	for _, known := range v.explainable() {
		names = append(names, known.name)
	}
	return names
}

// NamesOf lists, with their titles, a few names in whose name or title a word
// stands.
func (v *View) NamesOf(word string) []string {
	var names []string
	word = strings.ToLower(strings.TrimSpace(word))
	for _, known := range v.explainable() {
		if strings.Contains(strings.ToLower(known.name+" "+known.title), word) && len(names) < nearShown && word != "" {
			names = append(names, v.t("explain.name", known.name, brief(known.title, nameLength)))
		}
	}
	return names
}

// nameLength is how many characters of a title stand beside a name.
const nameLength = 60

// explainRule explains a rule without an initiative.
func (v *View) explainRule(i int) []report.Block {
	r := v.strategy.Rules[i]
	set := v.strategy.Sets[r.Set]
	blocks := v.ruleOpening(i)
	ours := v.t("explain.nothing_ours")
	if r.Ours {
		ours = v.texts.Get("rules", r.ID, "ours")
	}
	blocks = append(blocks, v.fields(
		"explain.belongs", v.t("explain.name", v.texts.Get("rule_sets", set.ID, "title"), set.ID),
		"view.source", v.source(r.Source),
		"explain.strength", v.t("explain.strength_"+r.Strength),
		"explain.ours", ours))
	blocks = append(blocks, v.ruleConditions(r, nil)...)
	blocks = append(blocks, v.thresholdsOf(r)...)
	blocks = append(blocks, v.factsOf(v.ruleFacts(r))...)
	return append(blocks, v.consequences(i)...)
}

// ruleOpening is a rule's name, question and help.
func (v *View) ruleOpening(i int) []report.Block {
	r := v.strategy.Rules[i]
	return []report.Block{report.Heading{Level: 1, Text: v.ruleName(r)},
		report.Paragraph{Text: report.SayAs(report.Strong, v.texts.Get("rules", r.ID, "question")), Tight: true},
		report.Paragraph{Text: report.Say(v.texts.Get("rules", r.ID, "help")), Tight: true}}
}

// fields are labels, by their keys, with their values; those without a value
// are left out.
func (v *View) fields(labelsAndValues ...string) report.Block {
	var f report.Fields
	for i := 0; i+1 < len(labelsAndValues); i += 2 {
		if labelsAndValues[i+1] != "" {
			f.Fields = append(f.Fields, report.Field{Label: v.t(labelsAndValues[i]), Value: report.Say(labelsAndValues[i+1])})
		}
	}
	return f
}

func (v *View) roleOf(set *strategy.RuleSet) string { return v.t("explain.role_" + set.Role.String()) }

// source says where something stands, with the strategy's title.
func (v *View) source(p strategy.Place) string {
	return v.t("explain.place", v.texts.Get("strategy", "title"), v.place(p))
}

// ruleConditions words the conditions of a rule. Where there is an initiative,
// found says what is known of each part.
func (v *View) ruleConditions(r *strategy.Rule, found finding) []report.Block {
	var blocks []report.Block
	set := v.strategy.Sets[r.Set]
	if applies := both(set.Applies, r.Applies); applies != nil {
		blocks = append(blocks, v.when("explain.applies_when", applies, found)...)
		if found == nil {
			blocks = append(blocks, report.Paragraph{Text: report.Say(v.t("explain.else_not_applicable", v.notApplicableText(r)))})
		}
	}
	blocks = append(blocks, v.when("explain.pass_when", r.Pass, found)...)
	if r.Fail != nil {
		blocks = append(blocks, v.when("explain.fail_when", r.Fail, found)...)
		return append(blocks, report.Paragraph{Text: report.Say(v.t("explain.else_borderline"))})
	}
	return append(blocks, report.Paragraph{Text: report.Say(v.t("explain.else_fail"))})
}

// both is the condition that two conditions hold, of which each may be left out.
func both(a, b *cond.Condition) *cond.Condition {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	all := &cond.Condition{Kind: cond.All}
	for _, c := range []*cond.Condition{a, b} {
		if c.Kind == cond.All && c.Name == "" {
			all.Parts = append(all.Parts, c.Parts...)
		} else {
			all.Parts = append(all.Parts, c)
		}
	}
	return all
}

// notApplicableText says why a rule may not apply.
func (v *View) notApplicableText(r *strategy.Rule) string {
	if text := v.texts.Get("rules", r.ID, "not_applicable"); text != "" {
		return text
	}
	return v.texts.Get("rule_sets", v.strategy.Sets[r.Set].ID, "not_applicable")
}

// when is a condition under a heading that says what it is for.
func (v *View) when(key string, c *cond.Condition, found finding) []report.Block {
	lead, lines := v.clauses(c)
	heading := report.Heading{Level: 2, Text: v.t(key, lead)}
	if len(lines) == 1 && found == nil {
		return []report.Block{heading, report.Paragraph{Text: report.Say(lines[0].words)}}
	}
	table := report.Table{Tight: true}
	if found == nil {
		table.Columns = []report.Column{{}, {Flexible: true, Least: 40}}
	} else {
		table.Columns = []report.Column{{}, {}, {Flexible: true, Least: 40}, {Flexible: true, Below: report.Always}}
	}
	for _, line := range lines {
		row := report.Row{Cells: []report.Cell{report.SayAs(report.Faint, line.number), report.Say(line.words)}}
		if found != nil {
			mark, read := found(line.condition)
			row.Cells = []report.Cell{row.Cells[0], mark, row.Cells[1], read}
		}
		table.Rows = append(table.Rows, row)
	}
	return []report.Block{heading, table}
}

// finding says of a condition whether it holds, and what was read for it.
type finding func(c *cond.Condition) (mark, read []report.Span)

// ruleFacts lists the facts that a rule reads, in the order in which it does.
func (v *View) ruleFacts(r *strategy.Rule) []*fact.Definition {
	var all []*fact.Definition
	for _, c := range []*cond.Condition{v.strategy.Sets[r.Set].Applies, r.Applies, r.Pass, r.Fail} {
		all = append(all, factsIn(c)...)
	}
	return slices.Compact(dedupe(all))
}

// factsIn lists the facts that a condition reads.
func factsIn(c *cond.Condition) []*fact.Definition {
	var all []*fact.Definition
	c.Comparisons(func(x *cond.Comparison) {
		if x.Definition != nil {
			all = append(all, x.Definition)
		}
	})
	return dedupe(all)
}

// dedupe keeps the first of each.
func dedupe[T comparable](all []T) []T {
	var kept []T
	for _, one := range all {
		if !slices.Contains(kept, one) {
			kept = append(kept, one)
		}
	}
	return kept
}

// factsOf lists facts with their questions.
func (v *View) factsOf(facts []*fact.Definition) []report.Block {
	if len(facts) == 0 {
		return nil
	}
	// Not a table: the cells of tables are shortened.
	var fields report.Fields
	for _, d := range facts {
		fields.Fields = append(fields.Fields, report.Field{Label: d.Path, Value: report.Say(v.asked(d))})
	}
	return []report.Block{report.Heading{Level: 2, Text: v.t("explain.facts")}, fields}
}

// thresholdsOf lists the thresholds that a rule compares with.
func (v *View) thresholdsOf(r *strategy.Rule) []report.Block {
	var names []string
	for _, c := range []*cond.Condition{v.strategy.Sets[r.Set].Applies, r.Applies, r.Pass, r.Fail} {
		c.Comparisons(func(x *cond.Comparison) { names = append(names, x.Threshold) })
	}
	var items [][]report.Span
	for _, t := range v.strategy.Thresholds {
		if slices.Contains(names, t.Name) {
			items = append(items, report.Say(v.thresholdShown(t)))
		}
	}
	if len(items) == 0 {
		return nil
	}
	return []report.Block{report.Heading{Level: 2, Text: v.t("explain.thresholds")}, report.List{Items: items, Tight: true}}
}

// consequences says what rules have to say in the recommendation: the rows that
// they part from those before them.
func (v *View) consequences(rules ...int) []report.Block {
	var lines []string
	for _, row := range v.strategy.Table.Rows {
		named, cell := v.parting(row)
		if named != nil && slices.ContainsFunc(rules, func(rule int) bool { return v.asksFor(named.Condition, rule) }) {
			lines = append(lines, v.consequence(row, named.Name, cell))
		}
	}
	if len(lines) == 0 {
		lines = []string{v.t("explain.no_consequence")}
	}
	return v.listed("explain.consequences", lines)
}

// consequence says what a row recommends and what parts it from those before.
func (v *View) consequence(row strategy.Row, condition string, cell int) string {
	id := v.strategy.Recommendations[row.Recommendation]
	return v.t("explain.consequence", v.recommendation(id), v.texts.Get("conditions", condition, key(cell == 1)))
}

// parting is the condition that parts a row of the table from those before it,
// the last one, with the row's answer.
func (v *View) parting(row strategy.Row) (named *strategy.Named, cell int) {
	for i, cell := range slices.Backward(row.Cells) {
		if cell >= 0 {
			return &v.strategy.Table.Conditions[i], cell
		}
	}
	return nil, 0
}

// asksFor reports whether a condition depends on the outcome of a rule.
func (v *View) asksFor(c *cond.Condition, rule int) bool {
	found := false
	c.Comparisons(func(x *cond.Comparison) {
		found = found || x.Kind == cond.OfOutcome && x.Rule == rule ||
			x.Kind == cond.OfCount && slices.Contains(v.strategy.Sets[x.Set].Rules, rule)
	})
	return found
}
