package inquiry_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// small is a random small strategy.
type small struct {
	*rand.Rand
	facts  []string // their paths
	kinds  []string
	lines  []string // facts.yaml
	rules  int
	border int
	choice bool
	limits limits
}

// limits say what a small strategy may have.
type limits struct {
	facts, rules, border int
	choice               bool
	// even makes all facts answers of low effort.
	even bool
}

func usual() limits { return limits{facts: 5, rules: 4, border: 1, choice: true} }

// random is a source of chance that is the same every time.
func random(seed, of uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, of)) }

// strategyOf makes strategies until the loader accepts one: a random table can
// have a row that never holds.
func strategyOf(t testing.TB, r *rand.Rand, l limits) *strategy.Strategy {
	t.Helper()
	for range 500 {
		w := &small{Rand: r, limits: l}
		settings := map[string]string{}
		files := w.files()
		if w.choice && w.chance(30) {
			settings["enough"] = "2"
		}
		s, found := strategy.Load(files, strategy.Options{Settings: settings})
		for _, d := range found {
			if !slices.Contains([]string{"strategy.row_never", "strategy.rows_overlap", "strategy.too_large"}, d.Code()) {
				t.Fatalf("%s\n%v", worded(t, found), files)
			}
		}
		if s != nil {
			return s
		}
	}
	t.Fatal("no random strategy is sound")
	return nil
}

func worded(t testing.TB, found diag.List) string {
	t.Helper()
	p, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	return diag.Text(p, found)
}

func (w *small) chance(percent int) bool { return w.IntN(100) < percent }

func (w *small) files() fstest.MapFS {
	for i := range 1 + w.IntN(w.limits.facts) {
		w.addFact(i)
	}
	rules := []string{"role: decides"}
	if w.chance(30) {
		rules = append(rules, "applies_when: "+w.leaf())
	}
	rules = append(rules, "rules:")
	for range 1 + w.IntN(w.limits.rules) {
		rules = append(rules, w.rule()...)
	}
	w.choice = w.limits.choice && w.chance(60)
	head := []string{"ksdev: 1", "id: small", `version: "1"`, "in_force:", "  from: 2016-01-01", "  to: 2019-12-31",
		"source:", "  publisher: KS", "  published: 2015-10", "  pages: 12", "rule_sets:", "  - main"}
	if w.choice {
		head = append(head, "open_choice:", "  id: enough", "  from: 1", "  to: 3")
	}
	return pages(map[string][]string{"strategy.yaml": head, "facts.yaml": append([]string{"facts:"}, w.lines...),
		"main.yaml": rules, "recommendation.yaml": w.table()})
}

func pages(lines map[string][]string) fstest.MapFS {
	folder := fstest.MapFS{"notes.yaml": &fstest.MapFile{Data: []byte("notes:\n")}}
	for name, page := range lines {
		folder[name] = &fstest.MapFile{Data: []byte(strings.Join(page, "\n") + "\n")}
	}
	return folder
}

func (w *small) addFact(i int) {
	kind := []string{"answer", "answer", "choice", "choices", "number", "text"}[w.IntN(6)]
	effort := []string{"low", "medium", "high"}[w.IntN(3)]
	if w.limits.even {
		kind, effort = "answer", "low"
	}
	path := fmt.Sprintf("g.f%d", i)
	w.facts, w.kinds = append(w.facts, path), append(w.kinds, kind)
	w.lines = append(w.lines, "  "+path+":", "    kind: "+kind, "    effort: "+effort,
		"    grounds: "+[]string{"optional", "required"}[w.IntN(2)], "    changeable: "+[]string{"yes", "yes", "no"}[w.IntN(3)])
	switch kind {
	case "choice", "choices":
		w.lines = append(w.lines, "    options:")
		for _, option := range []string{"a", "b", "c"}[:2+w.IntN(2)] {
			w.lines = append(w.lines, "      "+option+":", "        nb: x", "        nn: x", "        en: x")
		}
	case "number":
		w.lines = append(w.lines, "    unit:", "      nb: ting", "      nn: ting", "      en: things", "    whole: yes", "    min: 0", "    max: 9")
	}
}

// leaf compares a fact.
func (w *small) leaf() string {
	i := w.IntN(len(w.facts))
	switch w.kinds[i] {
	case "answer":
		return w.facts[i] + " == " + []string{"yes", "no"}[w.IntN(2)]
	case "choice":
		return w.facts[i] + []string{" in a | b", " == a", " != b"}[w.IntN(3)]
	case "choices":
		return w.facts[i] + []string{" includes any a | b", " includes all a | b", " includes a", " count >= 1"}[w.IntN(4)]
	case "text":
		return w.facts[i] + " is " + []string{"given", "none"}[w.IntN(2)]
	}
	return fmt.Sprintf("%s %s %d", w.facts[i], []string{">=", "<", "=="}[w.IntN(3)], 1+w.IntN(8))
}

// condition writes a condition under a key, indented.
func (w *small) condition(key string, indent, depth int) []string {
	space := strings.Repeat(" ", indent)
	if depth == 0 || w.chance(25) {
		return []string{space + key + ": " + w.leaf()}
	}
	list := []string{}
	for range 2 + w.IntN(2) {
		part := w.condition("- x", indent+6, depth-1)
		// A part of a list stands without a key.
		part[0] = space + "      - " + strings.TrimPrefix(strings.TrimSpace(part[0]), "- x: ")
		if strings.HasSuffix(part[0], "- x:") {
			part[0] = space + "      -"
		}
		list = append(list, part...)
	}
	if w.chance(30) {
		return append([]string{space + key + ":", space + "  at_least:", space + "    n: 2", space + "    of:"}, list...)
	}
	return append([]string{space + key + ":", space + "  " + []string{"all", "any", "none"}[w.IntN(3)] + ":"}, list...)
}

func (w *small) rule() []string {
	lines := []string{fmt.Sprintf("  - id: R%d", w.rules), "    source:", `      section: "1"`, "      page: 1", "    strength: must"}
	w.rules++
	if w.border < w.limits.border && w.chance(40) {
		w.border++
		return append(lines, w.borderline()...)
	}
	return append(lines, w.condition("pass_when", 4, 2)...)
}

// borderline is a rule that passes where two facts agree, and fails where both
// say no.
func (w *small) borderline() []string {
	x, y := w.leaf(), w.leaf()
	return []string{"    pass_when:", "      all:", "        - " + x, "        - " + y,
		"    fail_when:", "      none:", "        - " + x, "        - " + y}
}

// table asks some conditions one after the other, and ends branches early.
func (w *small) table() []string {
	order := []string{"order:", "  - advice_0"}
	if w.choice {
		order = append(order, "  - candidate")
	}
	order = append(order, "  - advice_1", "  - clarify", "  - advice_2", "  - advice_3")
	if w.choice {
		order = append(order, "candidate_of:", "  - advice_0", "  - advice_1")
	}
	order = append(order, "conditions:")
	asked := 1 + w.IntN(3)
	for i := range asked {
		condition := fmt.Sprintf("R%d == %s", w.IntN(w.rules), []string{"pass", "fail", "not_applicable"}[w.IntN(3)])
		switch {
		case w.chance(25):
			condition = w.leaf()
		case w.chance(40):
			condition = fmt.Sprintf("main.passed >= %d", 1+w.IntN(w.rules))
		case w.choice && w.chance(20):
			condition = "main.failed >= $enough"
		}
		order = append(order, fmt.Sprintf("  asked_%d: %s", i, condition))
	}
	if w.choice {
		order = append(order, "  divides: main.passed >= $enough")
	}
	order = append(order, "rows:")
	count := 0
	w.branch(&order, &count, asked, nil)
	return order
}

func (w *small) branch(lines *[]string, count *int, asked int, when []string) {
	add := func(advice int, extra ...string) {
		*lines = append(*lines, fmt.Sprintf("  - id: row_%d", *count), fmt.Sprintf("    recommend: advice_%d", advice), "    ours: yes", "    when:")
		*lines = append(*lines, append(slices.Clone(when), extra...)...)
		*count++
	}
	switch at := len(when); {
	case at < asked && (at == 0 || !w.chance(25)):
		for _, answer := range []string{"yes", "no"} {
			w.branch(lines, count, asked, append(slices.Clone(when), fmt.Sprintf("      asked_%d: %s", at, answer)))
		}
	case w.choice && w.chance(50):
		add(0, "      divides: yes")
		add(1, "      divides: no")
	default:
		add(w.IntN(4))
	}
}

// initiativeOf is a random initiative.
func initiativeOf(r *rand.Rand, s *strategy.Strategy) *initiative.Initiative {
	i := &initiative.Initiative{}
	open := 20 + r.IntN(70)
	for f, d := range s.Facts {
		if r.IntN(100) < open {
			continue
		}
		c := initiative.Claim{Fact: f, Values: valuesOf(r, s, f)}
		c.Because = []string{"vedtak i styret", ""}[r.IntN(2)]
		if r.IntN(8) == 0 {
			c.Unknown, c.Values = true, d.Domain()
		}
		c.Pos.Line = 1 + r.IntN(50)
		i.Claims = append(i.Claims, c)
	}
	for rule := range s.Rules {
		if r.IntN(6) == 0 {
			i.Judgements = append(i.Judgements, initiative.Judgement{Rule: rule, Outcome: []cond.Outcome{cond.Pass, cond.Fail}[r.IntN(2)], Grounds: initiative.Grounds{Because: "vedtak i styret"}})
		}
	}
	return i
}

// valuesOf are those of one cell of a fact, or now and then of two.
func valuesOf(r *rand.Rand, s *strategy.Strategy, f int) fact.Values {
	p := s.Model.Partitions[f]
	mask := make([]uint64, (p.Len()+63)/64)
	for range 1 + r.IntN(5)/4 {
		mask[0] |= 1 << r.IntN(min(p.Len(), 64))
	}
	return p.Values(mask)
}

func taken(s *strategy.Strategy, i *initiative.Initiative) (*assess.Assessor, *assess.Taken) {
	a := assess.New(s, assess.Options{})
	return a, a.Take(i)
}
