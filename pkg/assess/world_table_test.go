package assess_test

import (
	"fmt"
	"slices"
	"strings"
	"testing/fstest"
)

// makeTable makes the order of recommendations, the table's conditions and its
// rows.
func (b *builder) makeTable() {
	recommendations := 2 + b.IntN(4)
	for i := range recommendations {
		b.w.order = append(b.w.order, fmt.Sprintf("advice_%d", i))
		switch {
		case i == 0 && b.w.choice != nil:
			b.w.order = append(b.w.order, "candidate")
		case i == 1:
			b.w.order = append(b.w.order, "clarify")
		}
	}
	for i := range 1 + b.IntN(4) {
		b.w.conditions = append(b.w.conditions, worldNamed{fmt.Sprintf("asked_%d", i), b.condition(1)})
	}
	if b.table == "rows" {
		b.randomRows(recommendations)
		return
	}
	asked := b.Perm(len(b.w.conditions))
	if b.w.choice != nil && b.chance(70) {
		l := &leaf{of: "count", set: b.IntN(len(b.w.sets)), operator: ">=", choice: true, word: ">=", operands: []string{"$enough"}}
		l.subject = b.w.sets[l.set].id + ".passed"
		b.w.conditions = append(b.w.conditions, worldNamed{"divides", &node{op: "leaf", leaf: l}})
	}
	cells := make([]int, len(b.w.conditions))
	for i := range cells {
		cells[i] = -1
	}
	b.treeOfRows(recommendations, cells, asked, true)
}

// treeOfRows asks the conditions one after the other and ends branches early.
func (b *builder) treeOfRows(recommendations int, cells, left []int, root bool) {
	if len(left) == 0 || !root && b.chance(35) {
		b.endOfBranch(recommendations, cells)
		return
	}
	for answer := range 2 {
		cells[left[0]] = answer
		b.treeOfRows(recommendations, cells, left[1:], false)
	}
	cells[left[0]] = -1
}

// endOfBranch adds a row, or two between which the open choice decides.
func (b *builder) endOfBranch(recommendations int, cells []int) {
	last := len(cells) - 1
	if b.w.conditions[last].name != "divides" || b.chance(50) {
		b.w.rows = append(b.w.rows, worldRow{(len(b.w.rows) + b.IntN(2)) % recommendations, slices.Clone(cells)})
		return
	}
	for answer := range 2 {
		cells[last] = answer
		b.w.rows = append(b.w.rows, worldRow{1 - answer, slices.Clone(cells)})
	}
	cells[last] = -1
}

// randomRows leave gaps and overlap.
func (b *builder) randomRows(recommendations int) {
	for range 1 + b.IntN(4) {
		row := worldRow{recommendation: b.IntN(recommendations)}
		for range b.w.conditions {
			row.cells = append(row.cells, b.IntN(3)-1)
		}
		if slices.Max(row.cells) < 0 {
			row.cells[0] = b.IntN(2)
		}
		b.w.rows = append(b.w.rows, row)
	}
}

// lines writes a condition, without the key that it stands under.
func (n *node) lines() []string {
	switch n.op {
	case "leaf":
		return []string{n.leaf.text()}
	case "named":
		return []string{n.name}
	}
	list := items(n.parts)
	if n.op != "at_least" {
		return append([]string{n.op + ":"}, indented(list)...)
	}
	of := append([]string{fmt.Sprintf("n: %d", n.least), "of:"}, indented(list)...)
	return append([]string{"at_least:"}, indented(of)...)
}

func items(nodes []*node) []string {
	var list []string
	for _, n := range nodes {
		for i, line := range n.lines() {
			list = append(list, []string{"  ", "- "}[truth(i == 0)]+line)
		}
	}
	return list
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func indented(lines []string) []string {
	all := make([]string, len(lines))
	for i, line := range lines {
		all[i] = "  " + line
	}
	return all
}

// under writes a condition under a key.
func (n *node) under(key string) []string {
	if n == nil {
		return nil
	}
	lines := n.lines()
	if len(lines) == 1 {
		return []string{key + ": " + lines[0]}
	}
	return append([]string{key + ":"}, indented(lines)...)
}

// page collects the lines of a file.
type page struct{ strings.Builder }

func (p *page) add(depth int, lines ...string) {
	for _, line := range lines {
		p.WriteString(strings.Repeat("  ", depth) + line + "\n")
	}
}

// files writes the strategy as a folder.
func (w *world) files() fstest.MapFS {
	folder := fstest.MapFS{}
	add := func(name string, p *page) { folder[name] = &fstest.MapFile{Data: []byte(p.String())} }
	add("strategy.yaml", w.strategyPage())
	add("facts.yaml", w.factsPage())
	for _, set := range w.sets {
		add(set.id+".yaml", w.setPage(set))
	}
	add("recommendation.yaml", w.tablePage())
	notes := &page{}
	notes.add(0, "notes:")
	for i, n := range w.notes {
		notes.add(1, fmt.Sprintf("- id: note_%d", i))
		notes.add(2, "source:", `  section: "1"`, "  page: 1")
		notes.add(2, n.under("when")...)
	}
	add("notes.yaml", notes)
	return folder
}

func (w *world) strategyPage() *page {
	p := &page{}
	p.add(0, "ksdev: 1", "id: small", `version: "1"`, "in_force:", "  from: 2016-01-01", "  to: 2019-12-31",
		"source:", "  publisher: KS", "  published: 2015-10", "  pages: 12", "rule_sets:")
	for _, set := range w.sets {
		p.add(1, "- "+set.id)
	}
	if len(w.named) > 0 {
		p.add(0, "conditions:")
	}
	for _, named := range w.named {
		p.add(1, named.condition.under(named.name)...)
	}
	if len(w.thresholds) > 0 {
		p.add(0, "thresholds:")
	}
	for _, t := range w.thresholds {
		p.add(1, t.name+":", "  kind: "+t.kind, "  value: "+t.value)
		if t.kind == "number" {
			p.add(2, unitLines()...)
		}
	}
	if w.choice != nil {
		p.add(0, "open_choice:", "  id: enough", fmt.Sprintf("  from: %d", w.choice.from), fmt.Sprintf("  to: %d", w.choice.to))
	}
	return p
}

func unitLines() []string {
	return []string{"unit:", "  nb: ting", "  nn: ting", "  en: thing|things"}
}

func (w *world) factsPage() *page {
	p := &page{}
	p.add(0, "facts:")
	for _, f := range w.facts {
		p.add(1, f.path+":", "  kind: "+f.kind)
		if f.options > 0 {
			p.add(2, "options:")
		}
		for i := range f.options {
			name := optionName(i)
			p.add(3, name+":", "  nb: nb-"+name, "  nn: nn-"+name, "  en: en-"+name)
		}
		if f.kind == "number" {
			p.add(2, unitLines()...)
		}
		if f.kind == "number" && f.whole {
			p.add(2, "whole: yes")
		}
		if f.ordered() {
			p.add(2, "min: "+f.tickText(0), "max: "+f.tickText(2*f.most))
		}
		p.add(2, "grounds: "+[]string{"optional", "required"}[truth(f.ground)], "changeable: yes", "effort: low")
	}
	return p
}

func (w *world) setPage(set *worldSet) *page {
	p := &page{}
	p.add(0, "role: "+set.role)
	p.add(0, set.applies.under("applies_when")...)
	p.add(0, "rules:")
	for _, i := range set.rules {
		r := w.rules[i]
		p.add(1, "- id: "+r.id)
		p.add(2, "source:", `  section: "1"`, "  page: 1", "strength: must")
		p.add(2, r.applies.under("applies_when")...)
		p.add(2, r.pass.under("pass_when")...)
		p.add(2, r.fail.under("fail_when")...)
	}
	return p
}

func (w *world) tablePage() *page {
	p := &page{}
	p.add(0, "order:")
	for _, id := range w.order {
		p.add(1, "- "+id)
	}
	if w.choice != nil {
		p.add(0, "candidate_of:", "  - advice_0", "  - advice_1")
	}
	p.add(0, "conditions:")
	for _, named := range w.conditions {
		p.add(1, named.condition.under(named.name)...)
	}
	p.add(0, "rows:")
	for place, row := range w.rows {
		p.add(1, fmt.Sprintf("- id: row_%d", place), fmt.Sprintf("  recommend: advice_%d", row.recommendation), "  ours: yes", "  when:")
		for i, cell := range row.cells {
			if cell >= 0 {
				p.add(3, w.conditions[i].name+": "+[]string{"no", "yes"}[cell])
			}
		}
	}
	return p
}
