package assess_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// manyQuestions is a strategy whose one rule asks for some of many choices.
func manyQuestions(t *testing.T, r *rand.Rand, facts int, change func(b *builder, rule *worldRule)) *strategy.Strategy {
	t.Helper()
	b := &builder{Rand: r, limits: usual(), w: &world{}, scope: "rules"}
	b.addChoices(facts, 3)
	enough := &node{op: "at_least", least: 1 + facts/2 + r.IntN(facts/2)}
	for i := range 2 * facts { // two comparisons can tell three options apart
		enough.parts = append(enough.parts, &node{op: "leaf", leaf: b.factLeaf(i / 2)})
	}
	rule := &worldRule{id: "R0", pass: enough}
	change(b, rule)
	return oneRule(t, b.w, rule)
}

func (b *builder) addChoices(facts, options int) {
	for i := range facts {
		b.w.facts = append(b.w.facts, &worldFact{path: fmt.Sprintf("g.fact_%d", i), kind: "choice", options: options, size: options})
	}
}

// oneRule is the strategy of a world with facts and one rule.
func oneRule(t *testing.T, w *world, rule *worldRule) *strategy.Strategy {
	t.Helper()
	w.sets, w.rules = []*worldSet{{id: "set-0", role: "decides", rules: []int{0}}}, []*worldRule{rule}
	w.order = []string{"advice_0", "clarify", "advice_1"}
	w.conditions = []worldNamed{{"passed", &node{op: "leaf", leaf: &leaf{subject: "R0", word: "==", operands: []string{"pass"}}}}}
	w.rows = []worldRow{{0, []int{1}}, {1, []int{0}}}
	s, found := strategy.Load(w.files(), strategy.Options{})
	if s == nil {
		t.Fatalf("%s\n%s", worded(t, found), asText(w))
	}
	return s
}

func because() initiative.Grounds { return initiative.Grounds{Because: "vedtak i styret"} }

// Where a rule reads so many facts that not all sets of answers can be tried,
// the answers still make the outcome certain, and none can be left out; and it
// does not take for ever.
func TestAnswersToManyQuestions(t *testing.T) {
	for seed := range tries(20) {
		r := random(seed, 9)
		s := manyQuestions(t, r, 24, func(_ *builder, rule *worldRule) {
			if seed%2 == 0 { // a borderline case lies between
				rule.fail = &node{op: "none", parts: rule.pass.parts}
			}
		})
		before := &initiative.Initiative{}
		for i := range s.Facts { // of some facts one value is ruled out
			if r.IntN(3) == 0 {
				before.Claims = append(before.Claims, initiative.Claim{Fact: i, Values: fact.Values{Options: 7 &^ (1 << r.IntN(3))}, Grounds: because()})
			}
		}
		got := ruleOf(assess.New(s, assess.Options{}).Assess(before), "R0")
		for want, answers := range map[string][]result.Answer{result.Pass: got.ToPass, result.Fail: got.ToFail} {
			if slices.Contains(got.Possible, want) != (got.Outcome == want || len(answers) > 0) {
				t.Errorf("seed %d: %v is possible, and %d answers lead to %s", seed, got.Possible, len(answers), want)
			}
			for left := range len(answers) + 1 {
				outcome := answered(t, s, before, answers, left)
				if len(answers) > 0 && (outcome == want) != (left == len(answers)) {
					t.Errorf("seed %d: without answer %d of %v it is %s", seed, left, answers, outcome)
				}
			}
		}
	}
}

// answered assesses what was said before and what the answers say, but for the
// one left out.
func answered(t *testing.T, s *strategy.Strategy, before *initiative.Initiative, answers []result.Answer, left int) string {
	t.Helper()
	one := &initiative.Initiative{Claims: slices.Clone(before.Claims)}
	for i, answer := range answers {
		switch {
		case i == left:
		case answer.Judgement != "":
			outcome := slices.Index(outcomeNames(), answer.Outcome)
			one.Judgements = append(one.Judgements, initiative.Judgement{Rule: s.Rule(answer.Judgement), Outcome: outcome, Grounds: because()})
		default:
			index := s.Fact(answer.Fact)
			values, err := s.Facts[index].Decode(*answer.Value)
			if err != nil {
				t.Fatal(err)
			}
			one.Claims = slices.DeleteFunc(one.Claims, func(c initiative.Claim) bool { return c.Fact == index })
			one.Claims = append(one.Claims, initiative.Claim{Fact: index, Values: values, Grounds: because()})
		}
	}
	return ruleOf(assess.New(s, assess.Options{}).Assess(one), "R0").Outcome
}

// What a judgement leaves open that conflicts with the facts no answer closes,
// however many are open.
func TestNoAnswersToAConflict(t *testing.T) {
	for _, facts := range []int{3, 25} {
		s := manyQuestions(t, random(1, 10), facts, func(b *builder, rule *worldRule) {
			rule.applies = rule.pass
			rule.pass = &node{op: "leaf", leaf: &leaf{subject: b.w.facts[0].path, word: "==", operands: []string{"a"}}}
		})
		got := ruleOf(assess.New(s, assess.Options{}).Assess(&initiative.Initiative{
			Claims:     []initiative.Claim{{Fact: 0, Values: fact.Values{Options: 2}, Grounds: because()}},
			Judgements: []initiative.Judgement{{Rule: 0, Outcome: cond.Pass, Grounds: because()}},
		}), "R0")
		if got.Judgement.Status != result.JudgementConflict || !slices.Equal(got.Possible, outcomeNames()) {
			t.Fatalf("%d facts: %v is possible, and the judgement is %v", facts, got.Possible, got.Judgement)
		}
		if len(got.ToPass) > 0 || len(got.ToFail) > 0 {
			t.Errorf("%d facts: answers lead to pass: %v; to fail: %v", facts, got.ToPass, got.ToFail)
		}
	}
}

// What an assessor keeps of initiatives changes nothing for the next ones,
// however many there are.
func TestManyInitiatives(t *testing.T) {
	const options = 6
	b := &builder{w: &world{}}
	b.addChoices(2, options)
	alike := &node{op: "any"}
	for i := range options {
		both := &node{op: "all"}
		for _, f := range b.w.facts {
			both.parts = append(both.parts, &node{op: "leaf", leaf: &leaf{subject: f.path, word: "==", operands: []string{optionName(i)}}})
		}
		alike.parts = append(alike.parts, both)
	}
	s := oneRule(t, b.w, &worldRule{id: "R0", pass: alike})
	again := assess.New(s, assess.Options{})
	for n := range tries(1 << (2 * options)) { // each value is said to be possible or not
		claims := []initiative.Claim{{Fact: 0, Values: fact.Values{Options: n & 63}, Grounds: because()}, {Fact: 1, Values: fact.Values{Options: n >> options}, Grounds: because()}}
		if claims[0].Values.Options == 0 || claims[1].Values.Options == 0 {
			continue
		}
		one := &initiative.Initiative{Claims: claims}
		got := asJSON(t, again.Assess(one))
		if want := asJSON(t, assess.New(s, assess.Options{}).Assess(one)); got != want {
			t.Fatalf("initiative %d: %s", n, firstDifference(got, want))
		}
	}
}
