package vet

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing/fstest"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// world is a small random strategy, once as files and once as plain functions
// of complete cases, with which going through all cases tells what is to be
// found.
type world struct {
	r     *rand.Rand
	facts [][]string // the values of each fact
	rules []worldRule
	// asked are the table's conditions, rows which of them hold (1) or not (0).
	asked []*tree
	rows  [][]int
	leads []int
	// backwards lists options from the last to the first, and wider gives facts a
	// value more, of which no rule speaks.
	backwards, wider bool
}

type worldRule struct{ applies, pass, fail *tree }

// tree is a condition.
type tree struct {
	op    string // all, any, none, at_least; empty for a comparison
	least int
	parts []*tree
	text  string
	fact  int // -1 for one that does not compare a fact
	holds func(c *worldCase) bool
}

// worldCase is one complete case: a value for each fact, a judgement for each
// rule (or none), and what it comes to where it is borderline.
type worldCase struct {
	w                          *world
	values, judged, borderline []int
}

func newWorld(seed uint64) *world {
	w := &world{r: rand.New(rand.NewPCG(seed, 11))}
	for range 2 + w.r.IntN(2) {
		w.facts = append(w.facts, [][]string{{"yes", "no"}, {"a", "b", "c"}, {"0", "1", "2", "3"}}[w.r.IntN(3)])
	}
	for range 1 + w.r.IntN(3) {
		rule := worldRule{pass: w.tree(2)}
		if w.r.IntN(3) == 0 {
			rule.applies = w.tree(1)
		}
		if w.r.IntN(3) == 0 { // never together with pass
			rule.fail = &tree{op: "all", fact: -1, parts: []*tree{{op: "none", fact: -1, parts: []*tree{rule.pass}}, w.tree(1)}}
		}
		w.rules = append(w.rules, rule)
	}
	w.table()
	return w
}

// table makes a table that is a list of conditions, the first that holds
// counting, and sometimes damages it.
func (w *world) table() {
	n := 1 + w.r.IntN(3)
	for range n {
		w.asked = append(w.asked, w.question())
	}
	for i := range n + 1 {
		row := slices.Repeat([]int{-1}, n)
		for j := range min(i+1, n) {
			row[j] = 0
		}
		if i < n {
			row[i] = 1
		}
		w.rows, w.leads = append(w.rows, row), append(w.leads, w.r.IntN(3))
	}
	switch i := w.r.IntN(n + 1); w.r.IntN(4) {
	case 0:
		w.rows, w.leads = slices.Delete(w.rows, i, i+1), slices.Delete(w.leads, i, i+1)
	case 1:
		w.rows[i][w.r.IntN(n)] = -1
	}
}

func (w *world) question() *tree {
	i := w.r.IntN(len(w.rules))
	switch w.r.IntN(3) {
	case 0:
		return w.tree(1)
	case 1:
		outcome := w.r.IntN(3)
		return &tree{fact: -1, text: fmt.Sprintf("R%d == %s", i, cond.OutcomeNames()[outcome]), holds: func(c *worldCase) bool { return c.outcome(i) == outcome }}
	}
	least := w.r.IntN(len(w.rules) + 1)
	return &tree{fact: -1, text: fmt.Sprintf("rules.passed >= %d", least), holds: func(c *worldCase) bool {
		n := 0
		for i := range w.rules {
			if c.outcome(i) == cond.Pass {
				n++
			}
		}
		return n >= least
	}}
}

func (w *world) tree(depth int) *tree {
	if depth == 0 || w.r.IntN(3) == 0 {
		return w.leaf()
	}
	t := &tree{op: []string{"all", "any", "none", "at_least"}[w.r.IntN(4)], fact: -1}
	for range 1 + w.r.IntN(3) {
		t.parts = append(t.parts, w.tree(depth-1))
	}
	t.least = 1 + w.r.IntN(len(t.parts))
	return t
}

func (w *world) leaf() *tree {
	i := w.r.IntN(len(w.facts))
	values := w.facts[i]
	at := w.r.IntN(len(values))
	t := &tree{fact: i}
	switch {
	case values[0] == "0":
		t.text, t.holds = fmt.Sprintf("f.x%d >= %s", i, values[at]), func(c *worldCase) bool { return c.values[i] >= at }
	case w.r.IntN(2) == 0:
		t.text, t.holds = fmt.Sprintf("f.x%d != %s", i, values[at]), func(c *worldCase) bool { return c.values[i] != at }
	default:
		t.text, t.holds = fmt.Sprintf("f.x%d == %s", i, values[at]), func(c *worldCase) bool { return c.values[i] == at }
	}
	return t
}

func (t *tree) in(c *worldCase) bool {
	if t == nil {
		return true
	}
	if t.op == "" {
		return t.holds(c)
	}
	n := 0
	for _, part := range t.parts {
		if part.in(c) {
			n++
		}
	}
	switch t.op {
	case "all":
		return n == len(t.parts)
	case "any":
		return n > 0
	case "none":
		return n == 0
	}
	return n >= t.least
}

// outcome is what a rule comes to.
func (c *worldCase) outcome(i int) int {
	r := c.w.rules[i]
	switch {
	case !r.applies.in(c):
		return cond.NotApplicable
	case c.judged[i] != strategy.ByFacts:
		return c.judged[i] - strategy.JudgedPass
	case r.pass.in(c):
		return cond.Pass
	case r.fail == nil || r.fail.in(c):
		return cond.Fail
	}
	return c.borderline[i]
}

// holding lists the rows that hold.
func (c *worldCase) holding() (rows []int) {
	for i, row := range c.w.rows {
		holds := true
		for j, cell := range row {
			holds = holds && (cell < 0 || (cell == 1) == c.w.asked[j].in(c))
		}
		if holds {
			rows = append(rows, i)
		}
	}
	return rows
}

// cases goes through all cases: of facts alone, or with judgements and what
// borderline cases come to.
func (w *world) cases(judged, borderline bool, yield func(c *worldCase)) {
	c := &worldCase{w: w, values: make([]int, len(w.facts)), judged: make([]int, len(w.rules)), borderline: make([]int, len(w.rules))}
	var places []*int
	var sizes []int
	add := func(list []int, size func(i int) int) {
		for i := range list {
			places, sizes = append(places, &list[i]), append(sizes, size(i))
		}
	}
	add(c.values, func(i int) int { return len(w.facts[i]) })
	if judged {
		add(c.judged, func(int) int { return 3 })
	}
	if borderline {
		add(c.borderline, func(i int) int {
			if w.rules[i].fail == nil {
				return 1
			}
			return 2
		})
	}
	var from func(i int)
	from = func(i int) {
		if i == len(places) {
			yield(c)
			return
		}
		for *places[i] = range sizes[i] {
			from(i + 1)
		}
		*places[i] = 0
	}
	from(0)
}

// files writes the strategy.
func (w *world) files() fstest.MapFS {
	var facts, rules, table strings.Builder
	for i, values := range w.facts {
		kind := "answer"
		switch values[0] {
		case "a":
			kind = "choice\n    options:\n"
			options := slices.Clone(values)
			if w.wider {
				options = append(options, "d")
			}
			if w.backwards {
				slices.Reverse(options)
			}
			for _, v := range options {
				kind += fmt.Sprintf("      %s: {nb: %[1]s, nn: %[1]s, en: %[1]s}\n", v)
			}
			kind = strings.TrimSuffix(kind, "\n")
		case "0":
			kind = fmt.Sprintf("number\n    unit: {nb: x, nn: x, en: x}\n    whole: yes\n    min: 0\n    max: %d", 3+truth(w.wider))
		}
		fmt.Fprintf(&facts, "  f.x%d:\n    kind: %s\n    grounds: optional\n    changeable: yes\n    effort: low\n", i, kind)
	}
	for i, r := range w.rules {
		fmt.Fprintf(&rules, "  - id: R%d\n    source: {section: \"1\", page: 1}\n    strength: must\n", i)
		for _, part := range []struct {
			key  string
			tree *tree
		}{{"applies_when", r.applies}, {"pass_when", r.pass}, {"fail_when", r.fail}} {
			if part.tree != nil {
				fmt.Fprintf(&rules, "    %s: %s\n", part.key, part.tree)
			}
		}
	}
	table.WriteString("order: [r0, r1, r2, clarify]\nconditions:\n")
	for i, t := range w.asked {
		fmt.Fprintf(&table, "  t%d: %s\n", i, t)
	}
	table.WriteString("rows:\n")
	for i, row := range w.rows {
		fmt.Fprintf(&table, "  - id: row%d\n    recommend: r%d\n    ours: yes\n    when: {", i, w.leads[i])
		var cells []string
		for j, cell := range row {
			if cell >= 0 {
				cells = append(cells, fmt.Sprintf("t%d: %s", j, []string{"no", "yes"}[cell]))
			}
		}
		table.WriteString(strings.Join(cells, ", ") + "}\n")
	}
	return fstest.MapFS{
		"strategy.yaml": &fstest.MapFile{Data: []byte("ksdev: 1\nid: world\nversion: \"1\"\nin_force: {from: 2016-01-01, to: 2019-12-31}\n" +
			"source: {publisher: KS, published: 2015-10, pages: 12}\nrule_sets: [rules]\n")},
		"facts.yaml":          &fstest.MapFile{Data: []byte("facts:\n" + facts.String())},
		"rules.yaml":          &fstest.MapFile{Data: []byte("role: decides\nrules:\n" + rules.String())},
		"recommendation.yaml": &fstest.MapFile{Data: []byte(table.String())},
		"notes.yaml":          &fstest.MapFile{Data: []byte("notes:\n")},
	}
}

// String is the condition as files have it, on one line.
func (t *tree) String() string {
	if t.op == "" {
		quoted, _ := json.Marshal(t.text)
		return string(quoted)
	}
	parts := make([]string, len(t.parts))
	for i, part := range t.parts {
		parts[i] = part.String()
	}
	list := "[" + strings.Join(parts, ", ") + "]"
	if t.op == "at_least" {
		list = fmt.Sprintf("{n: %d, of: %s}", t.least, list)
	}
	return "{" + t.op + ": " + list + "}"
}
