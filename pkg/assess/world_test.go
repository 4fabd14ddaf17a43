package assess_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A world is a random small strategy, kept as data of its own: the oracle reads
// it without help from the packages that it tests.
type world struct {
	facts      []*worldFact
	thresholds []worldThreshold
	named      []worldNamed
	sets       []*worldSet
	rules      []*worldRule
	choice     *worldChoice
	order      []string
	conditions []worldNamed
	rows       []worldRow
	notes      []*node
	settings   map[string]string
}

// worldFact has few values, which are numbered: of an answer yes and no, of a
// text given and none, of a choice its options, of choices its sets as bits, of
// an ordered kind places between the bounds.
type worldFact struct {
	path    string
	kind    string
	options int
	// most is the upper bound of an ordered fact, the lower one is 0. Whole kinds
	// have values 0, 1, 2 …; the others 0, a half, 1, …, where a half stands for
	// all that lies between whole numbers.
	most   int
	whole  bool
	ground bool
	size   int
}

type worldThreshold struct {
	name, kind, value string
}

type worldNamed struct {
	name      string
	condition *node
}

type worldSet struct {
	id      string
	role    string
	applies *node
	rules   []int
}

type worldRule struct {
	id                  string
	set                 int
	applies, pass, fail *node
}

type worldChoice struct {
	from, to, value int
}

type worldRow struct {
	recommendation int
	// cells holds 1 for yes, 0 for no and -1 for nothing.
	cells []int
}

// node is a condition.
type node struct {
	op    string // all, any, none, at_least, named, leaf
	least int
	parts []*node
	name  string
	leaf  *leaf
}

// leaf is a comparison of a fact, an outcome or a count.
type leaf struct {
	of string // fact, outcome, count
	// subject, word and operands are how it is written.
	subject, word string
	operands      []string
	// fact and truth: for which values it holds.
	fact  int
	truth []bool
	// rule and outcomes: for which of pass, fail and not applicable it holds.
	rule     int
	outcomes [3]bool
	// set, tally, operator and number, which choice replaces.
	set, tally int
	operator   string
	number     int
	choice     bool
}

func (l *leaf) text() string {
	return fmt.Sprintf("%s %s %s", l.subject, l.word, strings.Join(l.operands, " | "))
}

func (f *worldFact) ordered() bool { return f.most > 0 }

func (f *worldFact) all() uint64 { return 1<<f.size - 1 }

// tick is the value in halves.
func (f *worldFact) tick(value int) int {
	if f.whole {
		return 2 * value
	}
	return value
}

// tickText writes a value of an ordered fact that is so many halves.
func (f *worldFact) tickText(tick int) string {
	if f.kind == "date" {
		return fmt.Sprintf("2018-01-%02d", tick/2+1)
	}
	text := strconv.Itoa(tick / 2)
	if tick%2 != 0 {
		text += ",5"
	}
	return text
}

func optionName(i int) string { return string(rune('a' + i)) }

// limits say how large a world may be.
type limits struct {
	facts, product, sets, rules, choice, borderline int
	// table is the way in which the recommendation table is made: "tree" is
	// sound but for rows that never hold, "rows" is anything.
	table string
	// overlap lets pass and fail overlap.
	overlap bool
}

func usual() limits {
	return limits{facts: 8, product: 256, sets: 3, rules: 4, choice: 4, borderline: 2, table: "tree"}
}

// builder makes a world.
type builder struct {
	*rand.Rand
	limits
	w *world
	// scope is where a condition stands: "rules" or "table".
	scope string
}

func newWorld(r *rand.Rand, l limits) *world {
	b := &builder{Rand: r, limits: l, w: &world{settings: map[string]string{}}}
	b.makeFacts()
	b.scope = "rules"
	for i := range b.IntN(3) {
		b.w.named = append(b.w.named, worldNamed{fmt.Sprintf("named_%d", i), b.condition(2)})
	}
	b.makeSets()
	b.makeChoice()
	b.scope = "table"
	b.makeTable()
	for range b.IntN(3) {
		b.w.notes = append(b.w.notes, b.condition(2))
	}
	return b.w
}

func (b *builder) chance(percent int) bool { return b.IntN(100) < percent }

func (b *builder) makeFacts() {
	kinds := []string{"answer", "answer", "answer", "choice", "choices", "number", "number", "money", "effort", "date", "text"}
	if b.chance(25) {
		kinds = kinds[:1]
	}
	product := 1
	for i := range 1 + b.IntN(b.facts) {
		f := &worldFact{path: fmt.Sprintf("%c.fact_%d", 'g'+rune(i/3), i), kind: kinds[b.IntN(len(kinds))], ground: b.chance(50)}
		switch f.kind {
		case "answer", "text":
			f.size = 2
		case "choice":
			f.options = 2 + b.IntN(3)
			f.size = f.options
		case "choices":
			f.options = 2 + b.IntN(2)
			f.size = 1 << f.options
		default:
			f.whole = f.kind == "date" || f.kind == "number" && b.chance(60)
			f.most = 2 + b.IntN(2)
			f.size = 2*f.most + 1
			if f.whole {
				f.most = 2 + b.IntN(5)
				f.size = f.most + 1
			}
		}
		if product*f.size > b.product {
			f.kind, f.options, f.most, f.whole, f.size = "answer", 0, 0, false, 2
		}
		if product*f.size > b.product {
			break
		}
		product *= f.size
		b.w.facts = append(b.w.facts, f)
	}
}

func (b *builder) makeSets() {
	borderline := 0
	for i := range 1 + b.IntN(b.sets) {
		set := &worldSet{id: fmt.Sprintf("set-%d", i), role: []string{"decides", "demands", "informs"}[b.IntN(3)]}
		if b.chance(30) {
			set.applies = b.condition(2)
		}
		b.w.sets = append(b.w.sets, set)
		for range 1 + b.IntN(b.rules) {
			r := &worldRule{id: fmt.Sprintf("R%d", len(b.w.rules)), set: i, pass: b.condition(3)}
			if b.chance(25) {
				r.applies = b.condition(2)
			}
			if borderline < b.borderline && b.chance(35) {
				borderline++
				r.fail = b.failOf(r.pass)
			}
			set.rules = append(set.rules, len(b.w.rules))
			b.w.rules = append(b.w.rules, r)
		}
	}
}

// failOf is a condition for failing, mostly one that leaves pass alone.
func (b *builder) failOf(pass *node) *node {
	fail := b.condition(2)
	if b.overlap && b.chance(50) {
		return fail
	}
	return &node{op: "all", parts: []*node{fail, {op: "none", parts: []*node{pass}}}}
}

func (b *builder) makeChoice() {
	if b.choice == 0 || b.chance(30) {
		return
	}
	c := &worldChoice{from: 1 + b.IntN(2)}
	c.to = c.from + 1 + b.IntN(b.choice-1)
	b.w.choice = c
	if b.chance(40) {
		c.value = c.from + b.IntN(c.to-c.from+1)
		b.w.settings["enough"] = strconv.Itoa(c.value)
	}
}

// condition is a random condition of at most the depth.
func (b *builder) condition(depth int) *node {
	if depth == 0 || b.chance(40) {
		return b.leaf()
	}
	n := &node{op: []string{"all", "any", "none", "at_least"}[b.IntN(4)]}
	for range 1 + b.IntN(3) {
		n.parts = append(n.parts, b.condition(depth-1))
	}
	n.least = 1 + b.IntN(len(n.parts))
	return n
}

func (b *builder) leaf() *node {
	if b.scope == "table" && b.chance(75) {
		return &node{op: "leaf", leaf: b.ruleLeaf()}
	}
	if len(b.w.named) > 0 && b.chance(20) {
		named := b.w.named[b.IntN(len(b.w.named))]
		return &node{op: "named", name: named.name, parts: []*node{named.condition}}
	}
	return &node{op: "leaf", leaf: b.factLeaf(b.IntN(len(b.w.facts)))}
}
