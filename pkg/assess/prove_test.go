package assess_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/strategy"
)

// The loader reports exactly the tables with gaps, with rows that overlap and
// with rows that never hold, and the rules that pass and fail at once: over all
// that facts, judgements, borderline cases and the open choice can make.
func TestLoaderProvesTables(t *testing.T) {
	l := limits{facts: 3, product: 20, sets: 2, rules: 2, choice: 2, borderline: 1, table: "rows", overlap: true}
	verdicts := map[string]int{}
	for seed := range tries(1200) {
		w := newWorld(random(seed, 2), l)
		_, found := strategy.Load(w.files(), strategy.Options{Settings: w.settings})
		var got []string
		for _, d := range found {
			line := d.Code()
			for _, arg := range d.Message.Args {
				switch arg := arg.(type) {
				case int, string:
					line += fmt.Sprintf(" %v", arg)
				}
			}
			got = append(got, line)
		}
		slices.Sort(got)
		want := w.faults()
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: got %q, want %q\n%s\n%s", seed, got, want, worded(t, found), asText(w))
		}
		for _, fault := range want {
			code, _, _ := strings.Cut(fault, " ")
			verdicts[code]++
		}
		verdicts["sound"] += truth(len(want) == 0)
	}
	if len(verdicts) != 5 {
		t.Errorf("not everything was tried: %v", verdicts)
	}
}

// faults goes through all complete cases.
func (w *world) faults() []string {
	found := map[string]bool{}
	held := make([]bool, len(w.rows))
	b := w.base()
	for i := range b.judged {
		b.judged[i] = []int{byFacts, pass, fail}
	}
	if w.choice != nil {
		b = w.release(b, claim{kind: "choice"})
	}
	w.newCube(w.fullAxes(b), func(c *complete) int {
		for i, r := range w.rules {
			c.outcomes[i] = w.outcome(i, c)
			if r.fail != nil && w.holds(r.pass, c) && w.holds(r.fail, c) {
				found["strategy.overlap "+r.id] = true
			}
		}
		first := true
		for i, row := range w.rows {
			if !w.rowHolds(row, c) {
				continue
			}
			held[i], first = true, false
			for j, earlier := range w.rows[:i] {
				if w.rowHolds(earlier, c) {
					found[fmt.Sprintf("strategy.rows_overlap %d %d", j+1, i+1)] = true
				}
			}
		}
		if first {
			found["strategy.rows_gap"] = true
		}
		return 0
	})
	for i, holds := range held {
		if !holds {
			found[fmt.Sprintf("strategy.row_never %d", i+1)] = true
		}
	}
	all := make([]string, 0, len(found))
	for fault := range found {
		all = append(all, fault)
	}
	slices.Sort(all)
	return all
}
