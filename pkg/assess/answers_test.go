package assess_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Where a rule reads so many facts that not all sets of answers can be tried,
// the answers still make the outcome certain, and none can be left out; and it
// does not take for ever.
func TestAnswersToManyQuestions(t *testing.T) {
	for seed := range uint64(20) {
		r := random(seed, 9)
		b := &builder{Rand: r, limits: usual(), w: &world{}, scope: "rules"}
		for i := range 24 {
			f := &worldFact{path: fmt.Sprintf("g.fact_%d", i), kind: "choice", options: 3, size: 3}
			b.w.facts = append(b.w.facts, f)
		}
		least := 1 + r.IntN(len(b.w.facts))
		pass := &node{op: "at_least", least: least}
		for i := range b.w.facts {
			pass.parts = append(pass.parts, &node{op: "leaf", leaf: b.factLeaf(i)})
		}
		b.w.sets = []*worldSet{{id: "set-0", role: "decides", rules: []int{0}}}
		b.w.rules = []*worldRule{{id: "R0", pass: pass}}
		if seed%2 == 0 {
			b.w.rules[0].fail = &node{op: "none", parts: pass.parts}
		}
		b.w.order = []string{"advice_0", "clarify", "advice_1"}
		b.w.conditions = []worldNamed{{"passed", &node{op: "leaf", leaf: &leaf{subject: "R0", word: "==", operands: []string{"pass"}}}}}
		b.w.rows = []worldRow{{0, []int{1}}, {1, []int{0}}}
		s, found := strategy.Load(b.w.files(), strategy.Options{})
		if s == nil {
			t.Fatalf("seed %d: %s\n%s", seed, worded(t, found), asText(b.w))
		}
		start := time.Now()
		got := ruleOf(assess.New(s, assess.Options{}).Assess(&initiative.Initiative{}), "R0")
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("seed %d: an assessment takes %v", seed, took)
		}
		for want, answers := range map[string][]result.Answer{result.Pass: got.ToPass, result.Fail: got.ToFail} {
			if got.Outcome != result.Unclear {
				break
			}
			if len(answers) == 0 {
				t.Errorf("seed %d: no answers to %s", seed, want)
			}
			for left := range len(answers) + 1 {
				outcome := answered(t, s, answers, left)
				if (outcome == want) != (left == len(answers)) {
					t.Errorf("seed %d: without answer %d of %v it is %s\n%s", seed, left, answers, outcome, asText(b.w))
				}
			}
		}
	}
}

// answered assesses what the answers say, but for the one left out.
func answered(t *testing.T, s *strategy.Strategy, answers []result.Answer, left int) string {
	t.Helper()
	one := &initiative.Initiative{}
	for i, answer := range answers {
		grounds := initiative.Grounds{Because: "vedtak i styret"}
		switch {
		case i == left:
		case answer.Judgement != "":
			outcome := slices.Index(outcomeNames(), answer.Outcome)
			one.Judgements = append(one.Judgements, initiative.Judgement{Rule: s.Rule(answer.Judgement), Outcome: outcome, Grounds: grounds})
		default:
			index := s.Fact(answer.Fact)
			values, err := s.Facts[index].Decode(*answer.Value)
			if err != nil {
				t.Fatal(err)
			}
			one.Claims = append(one.Claims, initiative.Claim{Fact: index, Values: values, Grounds: grounds})
		}
	}
	return ruleOf(assess.New(s, assess.Options{}).Assess(one), "R0").Outcome
}
