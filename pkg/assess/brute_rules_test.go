package assess_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
)

func (c *check) sets() {
	all := c.shown
	for i, set := range c.got.RuleSets {
		c.equal("passed in "+set.ID, set.Passed, result.Count{Least: all.tallies[i][0][0], Most: all.tallies[i][0][1]})
		c.equal("applicable in "+set.ID, set.Applicable, result.Count{Least: all.tallies[i][1][0], Most: all.tallies[i][1][1]})
		c.equal("applies of "+set.ID, set.Applies, c.applies(i))
		unclear := 0
		for place, rule := range set.Rules {
			unclear += truth(rule.Outcome == result.Unclear)
			c.rule(c.world.sets[i].rules[place], rule)
		}
		c.equal("unclear in "+set.ID, set.Unclear, unclear)
	}
}

func (c *check) applies(set int) string {
	w := c.world
	facts := make([]int, len(w.facts))
	for i := range facts {
		facts[i] = i
	}
	possible := w.newCube(w.factAxes(c.main, facts), func(x *complete) int { return truth(w.holds(w.sets[set].applies, x)) }).possible()
	return map[string]string{"[0]": "no", "[1]": "yes", "[0 1]": "unclear"}[fmt.Sprint(possible)]
}

func named(outcomes []int) []string {
	var names []string
	for _, o := range outcomes {
		names = append(names, outcomeNames()[o])
	}
	return names
}

func (c *check) rule(rule int, got result.Rule) {
	w := c.world
	cube := w.ruleCube(c.main, rule)
	possible, other := cube.possible(), w.ruleCube(c.other, rule).possible()
	c.equal("possible outcomes of "+got.ID, got.Possible, named(possible))
	outcome := result.Unclear
	if len(possible) == 1 {
		outcome = outcomeNames()[possible[0]]
	}
	c.equal("outcome of "+got.ID, got.Outcome, outcome)
	if slices.Equal(possible, other) != (got.Other == nil) {
		c.fault("%s in the other reading: got %v, want %v", got.ID, got.Other, named(other))
	} else if got.Other != nil {
		c.equal(got.ID+" in the other reading", got.Other.Possible, named(other))
	}
	c.opinion(rule, got)
	var causes []string
	if len(possible) > 1 {
		causes = c.causes(cube)
	} else {
		c.decidedBy(rule, got, possible)
	}
	c.equal("causes of "+got.ID, causeNames(got.Causes), causes)
	c.claimed(got.Causes)
	if len(possible) > 1 {
		c.answers(rule, got.ToPass, pass, cube)
		c.answers(rule, got.ToFail, fail, cube)
	} else {
		c.equal("answers for "+got.ID, len(got.ToPass)+len(got.ToFail), 0)
	}
}

func (c *check) opinion(rule int, got result.Rule) {
	want := c.readings.opinions[rule]
	if want.opinion == nil || got.Judgement == nil {
		c.equal("judgement of "+got.ID, got.Judgement == nil, want.opinion == nil)
		return
	}
	j := got.Judgement
	c.equal("judgement of "+got.ID, []any{j.Status, j.StatedDiffers, j.Outcome}, []any{want.status, want.statedDiffers, outcomeNames()[want.opinion.outcome]})
	if j.Line < want.opinion.from || j.Line >= want.opinion.to {
		c.fault("judgement of %s: line %d, want %d-%d", got.ID, j.Line, want.opinion.from, want.opinion.to)
	}
}

// causes lists what the cube still depends on: facts, then borderline cases and
// conflicts, then the open choice.
func (c *check) causes(cube *cube) []string {
	var facts, rules, rest []string
	for _, a := range cube.relevant() {
		switch a.kind {
		case "fact":
			cause := c.readings.facts[a.index].cause
			if c.got.Reading == result.Stated && cause == "ungrounded" {
				cause = "imprecise"
			}
			facts = append(facts, cause+" "+c.world.facts[a.index].path)
		case "borderline":
			rules = append(rules, "borderline "+c.world.rules[a.index].id)
		case "judgement":
			rules = append(rules, "conflict "+c.world.rules[a.index].id)
		case "choice":
			rest = append(rest, "open_choice")
		}
	}
	return slices.Concat(facts, rules, rest)
}

// claimed checks what causes show of the facts that they are about: what is
// assumed, else what is claimed.
func (c *check) claimed(causes []result.Cause) {
	for _, cause := range causes {
		if cause.Kind == result.Conflict {
			o := c.readings.opinions[c.strategy.Rule(cause.Rule)].opinion
			c.equal("place of the judgement on "+cause.Rule, cause.Place != nil && cause.Line >= o.from && cause.Line < o.to, true)
		}
		if cause.Fact == "" {
			continue
		}
		index := c.strategy.Fact(cause.Fact)
		state := c.readings.facts[index]
		s := state.statement
		switch {
		case (cause.Place != nil) != (s != nil):
			c.fault("%s stands at %v", cause.Fact, cause.Place)
		case s != nil && (cause.Line < s.from || cause.Line >= s.to):
			c.fault("%s stands in line %d, want %d-%d", cause.Fact, cause.Line, s.from, s.to)
		case state.assumed:
			c.equal("what is assumed of "+cause.Fact, c.coded(index, cause.Value), c.proposal.assume[index])
		case s == nil || s.unknown:
			c.equal("what is known of "+cause.Fact, cause.Value == nil, true)
		default:
			c.equal("what is claimed of "+cause.Fact, c.coded(index, cause.Value), s.allowed)
		}
	}
}

func causeNames(causes []result.Cause) []string {
	var names []string
	for _, cause := range causes {
		names = append(names, strings.TrimSpace(cause.Kind+" "+cause.Fact+cause.Rule))
	}
	return names
}

// decidedBy looks for the fewest claims that decide the rule, and of several
// choices for the one that stands first in the file.
func (c *check) decidedBy(rule int, got result.Rule, possible []int) {
	w := c.world
	var all []claim
	for _, claim := range w.claims(c.readings, c.main) {
		if claim.kind == "judgement" && claim.index == rule ||
			(claim.kind == "fact" || claim.kind == "assumption") && slices.Contains(w.reads(rule), claim.index) {
			all = append(all, claim)
		}
	}
	var found []claim
	for size := range len(all) + 1 {
		if subset(len(all), size, func(chosen []int) bool {
			b := c.main
			for i, claim := range all {
				if !slices.Contains(chosen, i) {
					b = w.release(b, claim)
				}
			}
			if !slices.Equal(w.ruleCube(b, rule).possible(), possible) {
				return false
			}
			for _, i := range chosen {
				found = append(found, all[i])
			}
			return true
		}) {
			break
		}
	}
	c.equal("what decides "+got.ID, c.groundNames(got.DecidedBy), c.claimNames(found))
}

// subset calls try with each choice of size among n, the first ones first,
// until it returns true.
func subset(n, size int, try func(chosen []int) bool) bool {
	var from func(chosen []int, least int) bool
	from = func(chosen []int, least int) bool {
		if len(chosen) == size {
			return try(chosen)
		}
		for i := least; i < n; i++ {
			if from(append(slices.Clone(chosen), i), i+1) {
				return true
			}
		}
		return false
	}
	return from(nil, 0)
}

func (c *check) claimNames(claims []claim) []string {
	var names []string
	for _, claim := range claims {
		name := "enough"
		switch claim.kind {
		case "fact", "assumption":
			name = c.world.facts[claim.index].path
		case "judgement":
			name = c.world.rules[claim.index].id
		}
		names = append(names, claim.kind+" "+name)
	}
	return names
}

// groundNames names grounds as claimNames does, and checks what they show.
func (c *check) groundNames(grounds []result.Ground) []string {
	var names []string
	for _, g := range grounds {
		switch {
		case g.Fact != "":
			names = append(names, "fact "+g.Fact)
			s := c.readings.facts[c.strategy.Fact(g.Fact)].statement
			if g.Place == nil || g.Line < s.from || g.Line >= s.to {
				c.fault("place of %s: %v, want lines %d-%d", g.Fact, g.Place, s.from, s.to)
			}
			c.equal("value of "+g.Fact, c.coded(s.fact, g.Value), s.allowed)
		case g.Assumption != "":
			names = append(names, "assumption "+g.Assumption)
			index := c.strategy.Fact(g.Assumption)
			c.equal("value of "+g.Assumption, c.coded(index, g.Value), c.proposal.assume[index])
		case g.Judgement != "":
			names = append(names, "judgement "+g.Judgement)
		default:
			names = append(names, "choice "+g.Choice)
		}
	}
	return names
}

// coded says which of the world's values the codes hold.
func (c *check) coded(index int, coded *fact.Coded) uint64 {
	f := c.world.facts[index]
	var values uint64
	for v := range f.size {
		if coded != nil && f.holds(*coded, v) {
			values |= 1 << v
		}
	}
	return values
}

func (f *worldFact) holds(coded fact.Coded, v int) bool {
	for _, set := range coded.Sets {
		must, may := bitsOf(set.All), bitsOf(set.All)|bitsOf(set.Perhaps)
		if v&must == must && v&^may == 0 {
			return true
		}
	}
	for _, r := range coded.Ranges {
		if f.ticks(r.From) <= float64(f.tick(v)) && float64(f.tick(v)) <= f.ticks(r.To) {
			return true
		}
	}
	names := map[string][]string{"answer": {"yes", "no"}, "text": {"given", "none"}}[f.kind]
	if names == nil {
		return f.kind == "choice" && slices.Contains(coded.Options, optionName(v))
	}
	return slices.Contains(coded.Options, names[v])
}

func bitsOf(options []string) int {
	all := 0
	for _, option := range options {
		all |= 1 << (option[0] - 'a')
	}
	return all
}

func (f *worldFact) ticks(s fact.Scalar) float64 {
	text := string(s)
	if f.kind == "date" {
		text = strings.Trim(text, `"`)[len("2018-01-"):]
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return -1
	}
	if f.kind == "date" {
		n--
	}
	return 2 * n
}

// answers checks answers to open questions: they make the outcome certain
// whatever else is open, and no smaller set of answers does.
func (c *check) answers(rule int, got []result.Answer, wanted int, cube *cube) {
	w, id := c.world, c.world.rules[rule].id+" to "+outcomeNames()[wanted]
	var open []axis
	borderline := false
	for _, a := range cube.relevant() {
		if a.kind == "fact" {
			open = append(open, a)
		}
		borderline = borderline || a.kind == "borderline"
	}
	// To judge the rule is an answer where a borderline case is possible.
	judged := c.main.clone()
	judged.judged[rule] = []int{wanted}
	byJudgement := w.ruleCube(judged, rule)
	least := c.fewest(open, borderline, wanted, cube, byJudgement)
	if least < 0 || least > len(open) && !borderline {
		c.equal("answers for "+id, len(got), 0)
		return
	}
	c.equal("answers for "+id, len(got), least)
	b := c.main.clone()
	for _, answer := range got {
		if answer.Judgement != "" {
			c.equal("judgement for "+id, []any{answer.Judgement, answer.Outcome, borderline}, []any{w.rules[rule].id, outcomeNames()[wanted], true})
			b.judged[rule] = []int{wanted}
			continue
		}
		index := c.strategy.Fact(answer.Fact)
		if !slices.ContainsFunc(open, func(a axis) bool { return a.index == index }) {
			c.fault("%s: %s is no open question", id, answer.Fact)
		}
		values := c.coded(index, answer.Value)
		// An answer such as "from 20" may go beyond what the claim leaves, but not
		// pass it by.
		if values&b.allowed[index] == 0 {
			c.fault("%s: %s is offered %b of %b", id, answer.Fact, values, b.allowed[index])
		}
		b.allowed[index] &= values
	}
	if len(got) > 0 {
		c.equal("what the answers make of "+id, w.ruleCube(b, rule).possible(), []int{wanted})
	}
}

// fewest is how many answers make the outcome certain, -1 where none do.
func (c *check) fewest(open []axis, borderline bool, wanted int, byFacts, byJudgement *cube) int {
	for size := range len(open) + 2 {
		certain := func(of *cube) func(chosen []int) bool {
			return func(chosen []int) bool {
				return of.certainBy(func(a axis) bool {
					return a.kind == "fact" && slices.ContainsFunc(chosen, func(i int) bool { return open[i].index == a.index })
				}, wanted)
			}
		}
		if size <= len(open) && subset(len(open), size, certain(byFacts)) ||
			size > 0 && borderline && subset(len(open), size-1, certain(byJudgement)) {
			return size
		}
	}
	return -1
}
