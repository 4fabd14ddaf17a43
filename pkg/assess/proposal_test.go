package assess_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"strings"
)

// A proposal is a random initiative with what it means.
type proposal struct {
	date       int // day of 2018, 0 for none
	statements []*statement
	judgements []*opinion
	nested     bool

	// asOf and assume are what the program is called with.
	asOf   int
	assume map[int]uint64
}

// statement is what a proposal says of a fact.
type statement struct {
	fact    int
	allowed uint64
	// precise says that just one value is left, of all and not only of those that
	// the world numbers.
	precise  bool
	unknown  bool
	reason   bool // has a reason
	source   bool
	known    int // day of 2018, 0 for not said
	key      string
	value    []string // the lines of the value; one for a scalar
	because  string
	from, to int // lines in the file
}

type opinion struct {
	rule, outcome int
	reason        bool
	word, because string
	from, to      int
}

func (w *world) newProposal(r *rand.Rand) *proposal {
	p := &proposal{nested: r.IntN(2) == 0, assume: map[int]uint64{}}
	g := &proposer{Rand: r, world: w, proposal: p}
	if g.chance(60) {
		p.date = 40 + r.IntN(40)
	}
	if g.chance(25) {
		p.asOf = 40 + r.IntN(40)
	}
	open := 20 + r.IntN(60)
	for _, i := range r.Perm(len(w.facts)) {
		if !g.chance(open) {
			p.statements = append(p.statements, g.statement(i))
		}
		if g.chance(10) {
			p.assume[i] = g.statementOf(i, 0).allowed
		}
	}
	for i := range w.rules {
		if g.chance(25) {
			p.judgements = append(p.judgements, g.opinion(i))
		}
	}
	return p
}

// proposer makes a proposal.
type proposer struct {
	*rand.Rand
	world    *world
	proposal *proposal
}

func (g *proposer) chance(percent int) bool { return g.IntN(100) < percent }

func (g *proposer) oneOf(words ...string) string { return words[g.IntN(len(words))] }

// Reasons, and texts that are none.
func (g *proposer) reason() (string, bool) {
	if g.chance(60) {
		return g.oneOf("Fem styrer ba om det", "vedtak 12/17", "sagt i møtet"), true
	}
	return g.oneOf("", "", "ukjent", `"123"`, `"?"`, "uavklart"), false
}

func (g *proposer) opinion(rule int) *opinion {
	o := &opinion{rule: rule, outcome: g.IntN(2)}
	o.word = [][]string{{"pass", "oppfylt", "met"}, {"fail", "ikke oppfylt", "not met"}}[o.outcome][g.IntN(3)]
	o.because, o.reason = g.reason()
	return o
}

func (g *proposer) statement(index int) *statement {
	s := g.statementOf(index, 10)
	if g.chance(60) {
		s.because, s.reason = g.reason()
	}
	s.source = g.chance(20)
	if g.chance(20) {
		s.known = 40 + g.IntN(40)
	}
	return s
}

// statementOf is a value without anything else.
func (g *proposer) statementOf(index, unknown int) *statement {
	f := g.world.facts[index]
	s := &statement{fact: index, key: "value"}
	switch {
	case g.chance(unknown):
		s.unknown, s.allowed = true, f.all()
		s.value = []string{g.oneOf("ukjent", "vet ikke", "veit ikkje", "unclear", `"?"`)}
	case f.kind == "choices" && g.chance(40):
		g.atLeast(f, s)
	case g.chance(20):
		g.several(f, s)
	default:
		g.one(f, s)
	}
	if !s.unknown && bits.OnesCount64(s.allowed) != 1 {
		s.precise = false
	}
	return s
}

// several joins values of which one is right.
func (g *proposer) several(f *worldFact, s *statement) {
	s.key, s.precise = "one_of", true
	for range 2 + g.IntN(2) {
		one := &statement{fact: s.fact}
		g.one(f, one)
		for len(one.value) > 1 || strings.HasPrefix(one.value[0], "- ") {
			g.one(f, one)
		}
		s.value = append(s.value, "- "+one.value[0])
		s.allowed |= one.allowed
		s.precise = s.precise && one.precise
	}
	if g.chance(10) {
		s.value = append(s.value, "- ukjent")
		s.unknown, s.allowed = true, f.all()
	}
}

func (g *proposer) atLeast(f *worldFact, s *statement) {
	s.key = "at_least"
	must := uint64(0)
	for _, i := range g.Perm(f.options)[:1+g.IntN(f.options)] {
		must |= 1 << i
		s.value = append(s.value, "- "+optionName(i))
	}
	for v := range f.size {
		if uint64(v)&must == must {
			s.allowed |= 1 << v
		}
	}
	s.precise = bits.OnesCount64(s.allowed) == 1
	if len(s.value) == 1 && g.chance(50) {
		s.value[0] = strings.TrimPrefix(s.value[0], "- ")
	}
}

// one is a single value or a range.
func (g *proposer) one(f *worldFact, s *statement) {
	s.precise = true
	v := g.IntN(f.size)
	s.allowed = 1 << v
	switch f.kind {
	case "answer":
		s.value = []string{[][]string{{"ja", "yes", "true", `"JA"`}, {"nei", "no", "false", "Nei"}}[v][g.IntN(4)]}
	case "text":
		s.value = []string{[][]string{{"vedtak i styret", "en plan", "møte 12.1"}, {"ingen", "none", "inga"}}[v][g.IntN(3)]}
	case "choice":
		s.value = []string{g.oneOf("", "nb-", "nn-", "EN-") + optionName(v)}
	case "choices":
		s.value = []string{"ingen"}
		if v > 0 {
			s.value = nil
			for i := range f.options {
				if v>>i&1 != 0 {
					s.value = append(s.value, "- "+optionName(i))
				}
			}
		}
		if len(s.value) == 1 && g.chance(60) {
			s.value[0] = strings.TrimPrefix(s.value[0], "- ")
		}
	default:
		g.ordered(f, s, v)
	}
}

// ordered writes a value, or a range with whole ends.
func (g *proposer) ordered(f *worldFact, s *statement, v int) {
	if g.chance(45) {
		s.value = []string{f.tickText(f.tick(v))}
		return
	}
	lo, hi := g.IntN(f.most+1), g.IntN(f.most+1)
	lo, hi = 2*min(lo, hi), 2*max(lo, hi)
	from, to := f.tickText(lo), f.tickText(hi)
	words := map[string]string{"between": fmt.Sprintf("mellom %s og %s", from, to), "least": "minst " + from, "most": "inntil " + to,
		"over": "over " + from, "under": "under " + to}
	if f.kind == "date" {
		words["most"] = "senest " + to
	}
	form := g.oneOf("between", "least", "most", "over", "under")
	in := map[string]func(t int) bool{
		"between": func(t int) bool { return lo <= t && t <= hi },
		"least":   func(t int) bool { return t >= lo }, "most": func(t int) bool { return t <= hi },
		"over": func(t int) bool { return t > lo }, "under": func(t int) bool { return t < hi },
	}[form]
	s.allowed = 0
	for value := range f.size {
		if in(f.tick(value)) {
			s.allowed |= 1 << value
		}
	}
	s.value = []string{words[form]}
	if s.allowed == 0 {
		s.value, s.allowed = []string{from}, 1<<f.place(lo)
	}
	left := valuesOf(s.allowed)
	// A half stands for much, but a whole number only for itself.
	s.precise = len(left) == 1 && f.tick(left[0])%2 == 0
}

// place is the value at a tick.
func (f *worldFact) place(tick int) int {
	if f.whole {
		return tick / 2
	}
	return tick
}

func dayText(day int) string {
	if day > 59 {
		return fmt.Sprintf("2018-03-%02d", day-59)
	}
	return fmt.Sprintf("2018-02-%02d", day-31)
}

// text writes the proposal and notes where statements stand.
func (p *proposal) text(w *world) string {
	t := &page{}
	t.add(0, "title: Et tiltak")
	if p.date > 0 {
		t.add(0, "date: "+dayText(p.date))
	}
	if len(p.statements) > 0 {
		t.add(0, "facts:")
	}
	done := make([]bool, len(p.statements))
	for i, s := range p.statements {
		if done[i] {
			continue
		}
		if !p.nested {
			p.write(t, 1, w.facts[s.fact].path, s)
			continue
		}
		group, _, _ := strings.Cut(w.facts[s.fact].path, ".")
		t.add(1, group+":")
		for j, other := range p.statements {
			of, name, _ := strings.Cut(w.facts[other.fact].path, ".")
			if of == group {
				done[j] = true
				p.write(t, 2, name, other)
			}
		}
	}
	if len(p.judgements) > 0 {
		t.add(0, "judgements:")
	}
	for _, o := range p.judgements {
		o.from = t.line()
		t.add(1, w.rules[o.rule].id+":", "  outcome: "+o.word)
		if o.because != "" {
			t.add(2, "because: "+o.because)
		}
		o.to = t.line()
	}
	return t.String()
}

// line is the number of the next line.
func (p *page) line() int { return strings.Count(p.String(), "\n") + 1 }

func (p *proposal) write(t *page, depth int, key string, s *statement) {
	s.from = t.line()
	bare := s.key == "value" && s.because == "" && !s.source && s.known == 0
	if !bare {
		t.add(depth, key+":")
		depth, key = depth+1, s.key
	}
	if strings.HasPrefix(s.value[0], "- ") {
		t.add(depth, key+":")
		t.add(depth+1, s.value...)
	} else {
		t.add(depth, key+": "+s.value[0])
	}
	if !bare {
		if s.because != "" {
			t.add(depth, "because: "+s.because)
		}
		if s.source {
			t.add(depth, "source: protokollen")
		}
		if s.known > 0 {
			t.add(depth, "known: "+dayText(s.known))
		}
	}
	s.to = t.line()
}
