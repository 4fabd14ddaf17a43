package assess_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// worlds is how many random strategies are tried, each with some proposals.
const worlds = 600

// Whatever the strategy and the proposal, the assessment says what follows by
// definition, by going through every way to fill in what is open.
func TestAssessmentIsExact(t *testing.T) {
	for seed := range tries(worlds) {
		r := random(seed, 1)
		w, s := soundWorld(t, r, usual())
		for range 5 {
			p := w.newProposal(r)
			c := &check{world: w, proposal: p, strategy: s}
			c.run(t, r)
			if len(c.wrong) > 0 {
				t.Fatalf("seed %d:\n%s\n%s\n%s", seed, strings.Join(c.wrong, "\n"), c.text, asText(w))
			}
		}
	}
}

// tries is how many of so many tries are made: with -short a tenth, but some.
func tries(n uint64) uint64 {
	if testing.Short() {
		return max(n/10, min(n, 4))
	}
	return n
}

// random is a source of chance that is the same every time.
func random(seed, of uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, of)) }

// soundWorld makes worlds until the loader accepts one. It may refuse a world
// only for what a random one can have.
func soundWorld(t *testing.T, r *rand.Rand, l limits) (*world, *strategy.Strategy) {
	t.Helper()
	for range 200 {
		w := newWorld(r, l)
		s, found := strategy.Load(w.files(), strategy.Options{Settings: w.settings})
		for _, d := range found {
			if !slices.Contains([]string{"strategy.row_never", "strategy.overlap"}, d.Code()) {
				t.Fatalf("%s\n%s", worded(t, found), asText(w))
			}
		}
		if s != nil {
			return w, s
		}
	}
	t.Fatal("no random strategy is sound")
	return nil, nil
}

func worded(t *testing.T, found diag.List) string {
	t.Helper()
	p, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	return diag.Text(p, found)
}

// asText is a world as its files.
func asText(w *world) string {
	files := w.files()
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names {
		fmt.Fprintf(&b, "-- %s --\n%s", name, files[name].Data)
	}
	fmt.Fprintf(&b, "settings: %v\n", w.settings)
	return b.String()
}

// check compares one assessment with the oracle.
type check struct {
	world    *world
	proposal *proposal
	strategy *strategy.Strategy
	text     string
	readings *readings
	// main is the reading that is shown first, and shown all that follows from
	// it.
	main, other box
	shown       *whole
	got         *result.Assessment
	wrong       []string
}

func (c *check) fault(format string, args ...any) {
	c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
}

func (c *check) equal(what string, got, want any) {
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		c.fault("%s: got %s, want %s", what, g, w)
	}
}

func (c *check) run(t *testing.T, r *rand.Rand) {
	t.Helper()
	c.text = c.proposal.text(c.world)
	i := readText(t, c.strategy, c.text)
	options := assess.Options{Assume: map[int]fact.Values{}}
	if c.proposal.asOf > 0 {
		day := dayNumber(t, dayText(c.proposal.asOf))
		options.AsOf = &day
	}
	for index, allowed := range c.proposal.assume {
		options.Assume[index] = c.values(index, allowed)
	}
	c.readings = c.world.read(c.proposal)
	c.main, c.other = c.readings.documented, c.readings.stated
	if r.IntN(4) == 0 {
		options.Reading = result.Stated
		c.main, c.other = c.other, c.main
	}
	c.text += fmt.Sprintf("as of %d, assuming %v, reading %q\n", c.proposal.asOf, c.proposal.assume, options.Reading)
	c.got = assess.New(c.strategy, options).Assess(i)
	documented, stated := c.world.wholeOf(c.readings.documented), c.world.wholeOf(c.readings.stated)
	c.shown = documented
	if options.Reading == result.Stated {
		c.shown = stated
	}
	c.sets()
	c.recommendation(documented.recommendation, stated.recommendation)
	c.assumptions()
	c.thresholds()
	if r.IntN(5) == 0 {
		c.taken(options, i)
		c.less(t, options, i)
	}
}

func readText(t *testing.T, s *strategy.Strategy, text string) *initiative.Initiative {
	t.Helper()
	file, found := yamldoc.Read("tiltak.yaml", []byte(text))
	if found.HasErrors() {
		t.Fatalf("%s\n%s", worded(t, found), text)
	}
	i, found := initiative.Read(file, file.Documents[0], s)
	if found.HasErrors() {
		t.Fatalf("%s\n%s", worded(t, found), text)
	}
	return i
}

func dayNumber(t *testing.T, text string) int64 {
	t.Helper()
	day, fault := strategy.Day(text)
	if fault != nil {
		t.Fatalf("%s is no day", text)
	}
	return day
}

// values says what the world's values are to the program. Halves stand for all
// that lies between whole numbers.
func (c *check) values(index int, allowed uint64) fact.Values {
	f, d := c.world.facts[index], c.strategy.Facts[index]
	var v fact.Values
	for _, value := range valuesOf(allowed) {
		switch {
		case f.kind == "choices":
			v = d.Union(v, d.ExactSet(uint64(value)))
		case !f.ordered():
			v.Options |= 1 << value
		default:
			unit := int64(fact.One)
			if f.kind == "date" {
				unit = 1
			}
			at := d.Min + int64(f.tick(value))*unit/2
			lo, hi := at, at
			if f.tick(value)%2 != 0 {
				lo, hi = at-unit/2+d.Step, at+unit/2-d.Step
			}
			v = d.Union(v, fact.Values{Intervals: []fact.Interval{{Lo: lo, Hi: hi}}})
		}
	}
	return v
}

func (c *check) assumptions() {
	for _, a := range c.got.Assumptions {
		state := c.readings.facts[c.strategy.Fact(a.Fact)]
		c.equal("assumption of "+a.Fact, []bool{a.Used, a.Contradicts}, []bool{state.assumed, state.contradicts})
	}
	c.equal("assumptions", len(c.got.Assumptions), len(c.proposal.assume))
	for _, claim := range c.got.Facts {
		c.equal("where the claim counts: "+claim.Fact, claim.Counts, c.readings.facts[c.strategy.Fact(claim.Fact)].counts)
	}
	c.notes()
}

// thresholds checks which rules are said to use them.
func (c *check) thresholds() {
	for _, threshold := range c.got.Thresholds {
		var want []string
		for _, r := range c.world.rules {
			used := false
			for _, n := range []*node{c.world.sets[r.set].applies, r.applies, r.pass, r.fail} {
				n.leaves(func(l *leaf) { used = used || slices.Contains(l.operands, "$"+threshold.Name) })
			}
			if used {
				want = append(want, r.id)
			}
		}
		c.equal("rules that use "+threshold.Name, threshold.Used, want)
	}
	c.equal("thresholds", len(c.got.Thresholds), len(c.world.thresholds))
}

// notes checks that a note that may hold is shown where anything is said of a
// fact that it reads itself.
func (c *check) notes() {
	for i, note := range c.shown.notes {
		got := "no"
		for _, n := range c.got.Notes {
			if n.ID == fmt.Sprintf("note_%d", i) {
				got = []string{"yes", "perhaps"}[truth(n.Perhaps)]
			}
		}
		want := map[[2]bool]string{{true, false}: "no", {false, true}: "yes", {true, true}: "perhaps"}[note]
		said := false
		c.world.notes[i].leaves(func(l *leaf) { said = said || l.of == "fact" && c.narrowed(l.fact) })
		if want == "perhaps" && !said {
			want = "no"
		}
		c.equal(fmt.Sprintf("note %d", i), got, want)
	}
}

// narrowed says whether values of a fact are ruled out that a comparison tells
// from all that are left.
func (c *check) narrowed(index int) bool {
	left := map[string]bool{}
	for _, v := range valuesOf(c.main.allowed[index]) {
		left[c.world.signature(index, v)] = true
	}
	for v := range c.world.facts[index].size {
		if !left[c.world.signature(index, v)] {
			return true
		}
	}
	return false
}
