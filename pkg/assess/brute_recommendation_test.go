package assess_test

import (
	"fmt"
	"slices"

	"github.com/ks-no/ksdev/pkg/result"
)

func (c *check) recommendation(documented, stated *cube) {
	got := c.got.Recommendation
	c.advice("as documented", got.Documented, documented)
	c.advice("as stated", got.Stated, stated)
	c.explanation(got)
	c.restsOn(got.RestsOn, documented.possible(), stated.possible())
}

// explanation checks what decides the recommendation or what can still change
// it.
func (c *check) explanation(got result.Recommendation) {
	w, still := c.world, c.shown.recommendation
	possible := still.possible()
	var rows, causes []string
	if len(possible) == 1 || c.candidate(possible) {
		c.deciding(got.DecidedBy, possible)
	} else {
		c.equal("what decides the recommendation", len(got.DecidedBy), 0)
	}
	switch {
	case len(possible) == 1:
		for i, row := range w.rows {
			if c.shown.rows[i] && row.recommendation == possible[0] {
				rows = append(rows, fmt.Sprintf("row_%d", i))
			}
		}
	case c.candidate(possible):
		causes = slices.DeleteFunc(c.causes(still), func(cause string) bool { return cause == "open_choice" })
	default:
		still = c.merged(still)
		causes = c.causes(still)
	}
	c.equal("rows", got.Rows, rows)
	c.equal("causes of the recommendation", causeNames(got.Causes), causes)
	c.claimed(got.Causes)
	needed := 0
	for _, a := range still.relevant() {
		needed += truth(a.kind == "fact")
	}
	c.equal("facts that are not needed", got.NotNeeded, c.open()-needed)
}

// merged takes the two recommendations that the open choice divides as one.
func (c *check) merged(of *cube) *cube {
	merged := &cube{axes: of.axes, results: slices.Clone(of.results)}
	for i, r := range merged.results {
		if r == 1 && c.world.choice != nil && c.world.choice.value == 0 {
			merged.results[i] = 0
		}
	}
	return merged
}

// candidate says whether only the open choice divides what is possible.
func (c *check) candidate(possible []int) bool {
	return c.world.choice != nil && c.world.choice.value == 0 && slices.Equal(possible, []int{0, 1})
}

func adviceNames(recommendations []int) []string {
	names := []string{}
	for _, r := range recommendations {
		names = append(names, fmt.Sprintf("advice_%d", r))
	}
	return names
}

func (c *check) advice(reading string, got result.Advice, cube *cube) {
	possible := cube.possible()
	var ruledOut []int
	for i := range len(c.strategy.Recommendations) {
		if !slices.Contains(possible, i) {
			ruledOut = append(ruledOut, i)
		}
	}
	status, id := result.ClarifyFirst, "clarify"
	switch {
	case len(possible) == 1:
		status, id = result.Settled, adviceNames(possible)[0]
	case c.candidate(possible):
		status, id = result.CandidateStatus, "candidate"
	}
	c.equal("advice "+reading, []any{got.Status, got.ID, got.Possible, got.RuledOut}, []any{status, id, adviceNames(possible), adviceNames(ruledOut)})
	if (got.ByChoice != nil) != (status == result.CandidateStatus) {
		c.fault("by choice %s: %v", reading, got.ByChoice)
		return
	}
	if got.ByChoice == nil {
		return
	}
	want := make([][]int, 3)
	for place, value := range c.world.base().choices {
		left := map[int]bool{}
		for i, r := range cube.results {
			if i%len(c.world.base().choices) == place {
				left[r] = true
			}
		}
		part := map[[2]bool]int{{true, false}: 0, {true, true}: 1, {false, true}: 2}[[2]bool{left[0], left[1]}]
		want[part] = append(want[part], value)
	}
	c.equal("by choice "+reading, [][]int{spread(got.ByChoice.Certain), spread(got.ByChoice.Depends), spread(got.ByChoice.Never)}, want)
}

// spread lists all numbers in the ranges, which must not touch.
func spread(counts []result.Count) []int {
	var all []int
	for _, count := range counts {
		if len(all) > 0 && all[len(all)-1]+1 >= count.Least {
			return []int{-1}
		}
		for n := count.Least; n <= count.Most; n++ {
			all = append(all, n)
		}
	}
	return all
}

// open counts facts of which two possible values differ to some comparison.
func (c *check) open() int {
	n := 0
	for i := range c.world.facts {
		values := valuesOf(c.main.allowed[i])
		n += truth(slices.ContainsFunc(values, func(v int) bool {
			return c.world.signature(i, v) != c.world.signature(i, values[0])
		}))
	}
	return n
}

// deciding checks that the claims suffice and that none can be left out.
func (c *check) deciding(grounds []result.Ground, possible []int) {
	w := c.world
	names := c.groundNames(grounds)
	within := func(b box) bool {
		for _, r := range w.wholeOf(b).recommendation.possible() {
			if !slices.Contains(possible, r) {
				return false
			}
		}
		return true
	}
	b := c.main
	var kept []claim
	for _, said := range w.claims(c.readings, c.main) {
		if slices.Contains(names, c.claimNames([]claim{said})[0]) {
			kept = append(kept, said)
		} else {
			b = w.release(b, said)
		}
	}
	c.equal("what decides the recommendation", c.claimNames(kept), names)
	if !within(b) {
		c.fault("%v do not decide the recommendation", names)
	}
	for _, claim := range kept {
		if within(w.release(b, claim)) {
			c.fault("%v is not needed to decide the recommendation: %v", claim, names)
		}
	}
}

// restsOn checks claims without a reason: with them alone what is possible as
// documented becomes what is possible as stated, and none can be left out.
func (c *check) restsOn(grounds []result.Ground, documented, stated []int) {
	w := c.world
	names := c.groundNames(grounds)
	if slices.Equal(documented, stated) {
		c.equal("claims that it rests on", names, []string(nil))
		return
	}
	if !slices.IsSortedFunc(grounds, func(x, y result.Ground) int { return x.Line - y.Line }) {
		c.fault("%v are not in the order of the file", names)
	}
	with := func(left int) []int {
		b := c.readings.documented.clone()
		for i, g := range grounds {
			index := c.strategy.Fact(g.Fact)
			if index < 0 || c.readings.facts[index].counts != "stated" {
				c.fault("it rests on %v", g)
				return nil
			}
			if i != left {
				b.allowed[index] = c.readings.stated.allowed[index]
			}
		}
		return w.wholeOf(b).recommendation.possible()
	}
	c.equal("what it rests on", with(-1), stated)
	for i := range grounds {
		if slices.Equal(with(i), stated) {
			c.fault("%s is not needed: %v", names[i], names)
		}
	}
}
