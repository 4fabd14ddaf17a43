package inquiry_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// worlds is how many random strategies are tried.
const worlds = 400

// Whatever the strategy and the initiative: what is asked is what can still
// change the recommendation and may be asked, and no order of questions has a
// lower expected cost.
func TestQuestionsAreTheBest(t *testing.T) {
	asked, judged, conflicts := 0, 0, 0
	for seed := range uint64(worlds) {
		r := random(seed, 1)
		s := strategyOf(t, r, usual())
		for range 4 {
			a, open := taken(s, initiativeOf(r, s))
			plan := inquiry.New(s, a).Plan(open)
			o := oracleOf(s, open)
			whole := tableOf(s, s.Model.Merged, open.Box)
			var want, got []int
			for _, axis := range o.askable(whole) {
				want = append(want, whole.axes[axis])
			}
			for _, q := range plan.Questions {
				got = append(got, variableOf(s, q.Fact, q.Rule, int(q.Kind)))
				judged += truth(q.Kind == inquiry.AskJudgement)
				conflicts += truth(q.Kind == inquiry.AskConflict)
			}
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("seed %d: asked %v, matters %v", seed, got, want)
			}
			if len(want) == 0 {
				continue
			}
			asked++
			if least := o.least(whole); !plan.Exact || plan.Questions[0].Effort.Cmp(least) != 0 {
				t.Fatalf("seed %d: expected effort %v, the least is %v", seed, plan.Questions[0].Effort, least)
			}
		}
	}
	if asked < worlds/2 || judged == 0 || conflicts == 0 {
		t.Errorf("%d plans, %d judgements, %d conflicts: too few to tell", asked, judged, conflicts)
	}
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// kOfN is a strategy that asks whether k of n facts hold.
func kOfN(t testing.TB, k, n int) *strategy.Strategy {
	t.Helper()
	facts := []string{"facts:"}
	rules := []string{"role: decides", "rules:", "  - id: R0", "    source:", `      section: "1"`, "      page: 1", "    strength: must",
		"    pass_when:", "      at_least:", fmt.Sprintf("        n: %d", k), "        of:"}
	for i := range n {
		path := fmt.Sprintf("g.f%d", i)
		facts = append(facts, "  "+path+":", "    kind: answer", "    grounds: optional", "    changeable: yes", "    effort: low")
		rules = append(rules, "          - "+path+" == yes")
	}
	table := []string{"order:", "  - advice_0", "  - clarify", "  - advice_1", "conditions:", "  passed: R0 == pass", "rows:",
		"  - id: row_0", "    recommend: advice_0", "    ours: yes", "    when:", "      passed: yes",
		"  - id: row_1", "    recommend: advice_1", "    ours: yes", "    when:", "      passed: no"}
	head := []string{"ksdev: 1", "id: small", `version: "1"`, "in_force:", "  from: 2016-01-01", "  to: 2019-12-31",
		"source:", "  publisher: KS", "  published: 2015-10", "  pages: 12", "rule_sets:", "  - main"}
	s, found := strategy.Load(pages(map[string][]string{"strategy.yaml": head, "facts.yaml": facts, "main.yaml": rules, "recommendation.yaml": table}), strategy.Options{})
	if s == nil {
		t.Fatal(worded(t, found))
	}
	return s
}

// Whether k of n hold takes the number of questions that can be worked out by
// hand, whatever the order.
func TestQuestionsForKOfN(t *testing.T) {
	expected := map[int]string{
		3:  "7/4 5/2 7/4",
		4:  "15/8 25/8 25/8 15/8",
		5:  "31/16 7/2 33/8 7/2 31/16",
		6:  "63/32 119/32 77/16 77/16 119/32 63/32",
		10: "1023/512 2035/512 187/32 473/64 2123/256 2123/256 473/64 187/32 2035/512 1023/512",
	}
	for n, row := range expected {
		for i, text := range strings.Fields(row) {
			want, _ := new(big.Rat).SetString(text)
			s := kOfN(t, i+1, n)
			a, open := taken(s, &initiative.Initiative{})
			plan := inquiry.New(s, a).Plan(open)
			if plan.Expected.Cmp(want) != 0 || !plan.Exact || len(plan.Questions) != n {
				t.Errorf("%d of %d: %v questions, want %v", i+1, n, plan.Expected, want)
			}
			if least := min(i+1, n-i); plan.Least != least || plan.Most != n {
				t.Errorf("%d of %d: %d to %d questions, want %d to %d", i+1, n, plan.Least, plan.Most, least, n)
			}
			if first := plan.Questions[0]; first.Fact != 0 || len(first.Classes) != 2 {
				t.Errorf("%d of %d: of equal questions, the first in the strategy is asked first, not %v", i+1, n, first)
			}
		}
	}
}
