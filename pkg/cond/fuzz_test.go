package cond_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
)

// complete is a complete case: for each fact one of its values by its place,
// the outcome of each rule, and the open choice.
type complete struct {
	values, outcomes []int
	choice           int
}

// mostChosen is how far the open choice goes here.
const mostChosen = 3

func randomCase(r *rand.Rand, s *cond.Scope) complete {
	w := complete{choice: 1 + r.IntN(mostChosen)}
	for _, d := range s.Facts {
		names, _ := valuesOf(d)
		w.values = append(w.values, r.IntN(len(names)))
	}
	for range s.Rules {
		w.outcomes = append(w.outcomes, r.IntN(len(cond.OutcomeNames())))
	}
	return w
}

// holds says by its words whether a condition holds.
func (w complete) holds(s *cond.Scope, c *cond.Condition) bool {
	if c.Comparison != nil {
		return w.compares(s, c.Comparison)
	}
	n := 0
	for _, part := range c.Parts {
		if w.holds(s, part) {
			n++
		}
	}
	switch c.Kind {
	case cond.All:
		return n == len(c.Parts)
	case cond.Any:
		return n > 0
	case cond.None:
		return n == 0
	}
	return n >= c.Least
}

func (w complete) compares(s *cond.Scope, x *cond.Comparison) bool {
	switch x.Kind {
	case cond.OfOutcome:
		return slices.Contains(x.Operands, cond.OutcomeNames()[w.outcomes[x.Rule]]) != (x.Operator == "!=" || x.Operator == "not in")
	case cond.OfCount:
		number, err := strconv.Atoi(x.Operands[0])
		if err != nil {
			number = w.choice
		}
		n := 0
		for _, o := range w.outcomes {
			if x.Tally == cond.Applicable && o != cond.NotApplicable || x.Tally == cond.Passed && o == cond.Pass || x.Tally == cond.Failed && o == cond.Fail {
				n++
			}
		}
		return compare(int64(n), x.Operator, int64(number))
	}
	return w.ofFact(s, x)
}

// ofFact compares the value of a fact, written as files have it.
func (w complete) ofFact(s *cond.Scope, x *cond.Comparison) bool {
	d := s.Facts[x.Fact]
	names, values := valuesOf(d)
	name, operand := names[w.values[x.Fact]], x.Operands[0]
	members := strings.Split(name, "+")
	if name == "" {
		members = nil
	}
	in := func(option string) bool { return slices.Contains(members, option) }
	switch x.Operator {
	case "is", "in":
		return slices.Contains(x.Operands, name)
	case "not in":
		return !slices.Contains(x.Operands, name)
	case "includes", "includes any":
		return slices.ContainsFunc(x.Operands, in)
	case "not includes":
		return !in(operand)
	case "includes all":
		return !slices.ContainsFunc(x.Operands, func(option string) bool { return !in(option) })
	}
	switch {
	case d.Kind == fact.Choices:
		number, _ := strconv.Atoi(operand)
		return compare(int64(len(members)), x.Operator, int64(number))
	case !d.Kind.Ordered():
		return (name == operand) == (x.Operator == "==")
	}
	number := s.Constants[strings.TrimPrefix(operand, "$")].Value
	if !strings.HasPrefix(operand, "$") {
		number, _ = d.ParseConstant(operand)
	}
	return compare(values[w.values[x.Fact]].Intervals[0].Lo, x.Operator, number)
}

func compare(a int64, operator string, b int64) bool {
	return map[string]bool{"==": a == b, "!=": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]
}

// built is a condition as a diagram over the facts, the rules and the choice.
type built struct {
	scope      *cond.Scope
	store      *diagram.Store
	partitions []*fact.Partition
	ref        diagram.Ref
}

func build(t *testing.T, s *cond.Scope, c *cond.Condition) *built {
	t.Helper()
	b := &built{scope: s}
	tests := make([][]fact.Test, len(s.Facts))
	c.Comparisons(func(x *cond.Comparison) {
		if x.Kind == cond.OfFact {
			tests[x.Fact] = append(tests[x.Fact], x.Test)
		}
	})
	var cells []int
	for i, d := range s.Facts {
		p, err := d.Partition(tests[i], diagram.MaxCells)
		if err != nil {
			t.Fatal(err)
		}
		b.partitions, cells = append(b.partitions, p), append(cells, p.Len())
	}
	for range s.Rules {
		cells = append(cells, len(cond.OutcomeNames()))
	}
	b.store = diagram.NewStore(diagram.NewSpace(append(cells, mostChosen)), 1<<16)
	b.ref = c.Build(b.store, b.leaf)
	return b
}

func (b *built) leaf(x *cond.Comparison) diagram.Ref {
	first := len(b.scope.Facts)
	switch x.Kind {
	case cond.OfFact:
		return b.store.Test(x.Fact, func(cell int) bool { return b.partitions[x.Fact].Answer(x.Test, cell) != x.Negated })
	case cond.OfOutcome:
		return b.store.Test(first+x.Rule, x.Outcomes.Has)
	}
	sum := b.store.Each(first+len(b.scope.Rules), func(cell int) int {
		if x.Threshold == "" {
			return 0
		}
		return cell + 1
	})
	for i := range b.scope.Rules {
		// The choice in the last two bits, the count above.
		counts := b.store.Each(first+i, func(cell int) int { return map[bool]int{true: 4}[x.Tally.Counts(cell)] })
		sum = b.store.Combine(sum, counts, func(a, n int) int { return a + n })
	}
	return b.store.Map(sum, func(n int) int {
		number := x.Number
		if x.Threshold != "" {
			number = n % 4
		}
		return map[bool]int{true: 1}[cond.Compare(int64(n/4), x.Operator, int64(number))]
	})
}

// holds follows the diagram.
func (b *built) holds(w complete) bool {
	ref := b.ref
	for !ref.Constant() {
		v, cell := b.store.Variable(ref), 0
		switch facts := len(b.scope.Facts); {
		case v < facts:
			_, values := valuesOf(b.scope.Facts[v])
			mask := make([]uint64, 1)
			b.partitions[v].Mask(values[w.values[v]], mask)
			cell = diagram.Set(mask[0]).Least()
		case v < facts+len(w.outcomes):
			cell = w.outcomes[v-facts]
		default:
			cell = w.choice - 1
		}
		ref = b.store.Kids(ref)[cell]
	}
	return ref == diagram.True
}

// FuzzParse: whatever is written, a condition is read or refused; what is read
// is built as a diagram that holds in just the cases in which its words do; and
// a comparison that is written again is read as the same.
func FuzzParse(f *testing.F) {
	for _, tests := range [][]struct{ text, want string }{comparisons(), faults()} {
		for _, test := range tests {
			f.Add(test.text)
		}
	}
	for _, seed := range []string{"R1 in pass | fail", "R2 not in pass", "R2 != pass", "rules.applicable < $enough", "rules.failed == 0", "| x",
		"\n  all:\n    - a.text is given\n    - none:\n        - a.answer == no\n        - rules.passed >= $enough",
		"{at_least: {n: 2, of: [R1 == pass, R2 == fail, a.whole > 3, a.choices includes any]}}"} {
		f.Add(seed)
	}
	s := scope()
	f.Fuzz(func(t *testing.T, text string) {
		c, found := parse(t, s, text)
		if c == nil {
			if !found.HasErrors() && !strings.Contains(text, "broken") {
				t.Errorf("%q is neither read nor refused", text)
			}
			return
		}
		if found.HasErrors() {
			t.Errorf("%q is read and refused: %v", text, found)
		}
		if c.Size(100) == 100 {
			return
		}
		b, r := build(t, s, c), rand.New(rand.NewPCG(1, 2))
		for range 60 {
			w := randomCase(r, s)
			if got, want := b.holds(w), w.holds(s, c); got != want {
				t.Fatalf("%q holds %v, by its words %v, for %+v", text, got, want, w)
			}
		}
		c.Comparisons(func(x *cond.Comparison) { checkWrittenAgain(t, s, x) })
	})
}

func checkWrittenAgain(t *testing.T, s *cond.Scope, x *cond.Comparison) {
	t.Helper()
	var subject string
	switch x.Kind {
	case cond.OfOutcome:
		subject = s.Rules[x.Rule]
	case cond.OfCount:
		subject = s.Sets[x.Set] + "." + cond.TallyNames()[x.Tally]
	default:
		subject = s.Facts[x.Fact].Path
		if x.Definition.Kind == fact.Choices && strings.ContainsAny(x.Operator, "<=>") {
			subject += " count"
		}
	}
	written := strconv.Quote(subject + " " + x.String())
	again, found := parse(t, s, written)
	if again == nil || !reflect.DeepEqual(again.Comparison, x) {
		t.Errorf("%s is read as %+v, not %+v: %v", written, again, x, found)
	}
}
