package view

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// advised is what is recommended in the reading that is shown first, and in the
// other.
func advised(a *result.Assessment) (main, other result.Advice) {
	if a.Reading == result.Stated {
		return a.Recommendation.Stated, a.Recommendation.Documented
	}
	return a.Recommendation.Documented, a.Recommendation.Stated
}

// recommended says what is recommended and what that means.
func (v *View) recommended(a *result.Assessment) []report.Block {
	main, _ := advised(a)
	heading := []report.Span{{Text: v.t("view.recommendation") + " ", Tone: report.Strong}, {Text: v.recommendation(main.ID), Tone: tone(main.Status)}}
	if main.Status == result.Settled {
		heading = append(heading, report.Span{Text: " (" + v.t("view.settled") + ")"})
	}
	return []report.Block{report.Paragraph{Text: heading},
		report.Paragraph{Text: report.Say(v.meaning(&a.Recommendation, main)), Tight: true}}
}

// advice is the recommendation with all that belongs to it.
func (v *View) advice(a *result.Assessment) []report.Block {
	r := &a.Recommendation
	main, other := advised(a)
	blocks := v.recommended(a)
	fields := report.Fields{Tight: true}
	field := func(key string, lines ...string) {
		label := v.t(key)
		for _, words := range lines {
			if words != "" {
				fields.Fields = append(fields.Fields, report.Field{Label: label, Value: report.Say(words)})
				label = ""
			}
		}
	}
	if main.Status == result.ClarifyFirst {
		possible := v.merged(a, main.Possible)
		if len(possible) <= 3 {
			field("view.still_possible", v.recommendations(possible))
		}
		field("view.ruled_out", v.ruledOut(a, main))
	}
	field("view.failing", v.failing(a)...)
	if main.ByChoice != nil {
		field("view.by_choice", v.byChoice(a, main.ByChoice))
	}
	field("view.decided_by", v.groundLines(a, r.DecidedBy)...)
	field("view.reading", v.readings(a, main, other)...)
	field("view.matters", v.matters(a, main)...)
	field("why.ask_first", v.askFirst(a, main)...)
	field("question.ways", v.waysInShort(a)...)
	if len(fields.Fields) > 0 {
		blocks = append(blocks, fields)
	}
	return append(blocks, v.ranking(a, main)...)
}

func tone(status string) report.Tone {
	if status == result.ClarifyFirst {
		return report.Open
	}
	return report.Strong
}

// meaning says what the recommendation means, and which rows of the table lead
// to it.
func (v *View) meaning(r *result.Recommendation, advice result.Advice) string {
	words := []string{v.texts.Get("recommendations", advice.ID, "meaning")}
	for _, row := range r.Rows {
		words = append(words, v.texts.Get("rows", row))
	}
	return strings.Join(words, " ")
}

// failing lists the rules whose failing makes a row of the table hold.
func (v *View) failing(a *result.Assessment) []string {
	wanted := map[string]bool{}
	for _, row := range v.strategy.Table.Rows {
		if !slices.Contains(a.Recommendation.Rows, row.ID) {
			continue
		}
		for i, cell := range row.Cells {
			if cell == 1 {
				v.strategy.Table.Conditions[i].Condition.Comparisons(func(c *cond.Comparison) { v.addFailing(wanted, c) })
			}
		}
	}
	var lines []string
	for _, set := range a.RuleSets {
		for _, rule := range set.Rules {
			if wanted[rule.ID] && rule.Outcome == result.Fail {
				lines = append(lines, rule.ID+" "+v.texts.Get("rules", rule.ID, "title"))
			}
		}
	}
	return lines
}

// addFailing adds the rules whose failing the comparison asks for.
func (v *View) addFailing(wanted map[string]bool, c *cond.Comparison) {
	switch {
	case c.Definition != nil:
	case c.Outcomes.Has(cond.Fail):
		wanted[v.strategy.Rules[c.Rule].ID] = true
	case c.Outcomes == 0 && c.Tally == cond.Failed:
		for _, rule := range v.strategy.Sets[c.Set].Rules {
			wanted[v.strategy.Rules[rule].ID] = true
		}
	}
}

// merged puts candidate in place of the two recommendations that only the open
// choice divides, where both are possible and the choice is open.
func (v *View) merged(a *result.Assessment, ids []string) []string {
	if a.Choice == nil || a.Choice.Value != 0 {
		return ids
	}
	divided := map[string]bool{}
	for _, i := range v.strategy.Table.Divided {
		if id := v.strategy.Recommendations[i]; slices.Contains(ids, id) {
			divided[id] = true
		}
	}
	if len(divided) < 2 {
		return ids
	}
	var merged []string
	for _, id := range ids {
		if !divided[id] {
			merged = append(merged, id)
		} else if !slices.Contains(merged, strategy.Candidate) {
			merged = append(merged, strategy.Candidate)
		}
	}
	return merged
}

func (v *View) ruledOut(a *result.Assessment, advice result.Advice) string {
	if len(advice.RuledOut) == 0 {
		return v.t("view.nothing_ruled_out")
	}
	return v.recommendations(v.merged(a, advice.RuledOut))
}

// byChoice says for which values of the open choice the better recommendation
// holds.
func (v *View) byChoice(a *result.Assessment, parts *result.ByChoice) string {
	best := v.recommendation(v.strategy.Recommendations[slices.Min(v.strategy.Table.Divided)])
	var words []string
	for _, part := range []struct {
		key    string
		ranges []result.Count
	}{{"view.choice_certain", parts.Certain}, {"view.choice_depends", parts.Depends}, {"view.choice_never", parts.Never}} {
		if len(part.ranges) == 0 {
			continue
		}
		ranges := make([]string, len(part.ranges))
		for i, c := range part.ranges {
			ranges[i] = counted(c)
		}
		words = append(words, v.t(part.key, best, strings.Join(ranges, ", "), a.Choice.To))
	}
	return strings.Join(words, " · ")
}

// readings says, where the two readings differ, what the other comes to and on
// which claims that rests.
func (v *View) readings(a *result.Assessment, main, other result.Advice) []string {
	if slices.Equal(main.Possible, other.Possible) {
		ungrounded := slices.ContainsFunc(a.Facts, func(c result.Claim) bool { return c.Counts == result.Stated })
		if main.Status != result.ClarifyFirst && ungrounded {
			return []string{v.t("view.both_readings")}
		}
		return nil
	}
	rests := v.groundLines(a, a.Recommendation.RestsOn)
	key, name := "view.stated_is", v.recommendation(other.ID)
	switch {
	case a.Reading == result.Stated:
		key = "view.documented_is"
	case other.Status == result.ClarifyFirst:
		key, name = "view.stated_narrows", v.recommendations(v.merged(a, other.Possible))
	}
	return append([]string{v.t(key, name, len(rests))}, rests...)
}

// groundLines words each ground on a line of its own, without the reasons,
// which stand beside the rules.
func (v *View) groundLines(a *result.Assessment, grounds []result.Ground) []string {
	lines := make([]string, len(grounds))
	for i, g := range grounds {
		lines[i] = v.ground(a, g, 0)
	}
	return lines
}

// mattersShown is how many facts are named that can change a recommendation.
const mattersShown = 8

// matters says which open facts can change the recommendation, and how many
// cannot.
func (v *View) matters(a *result.Assessment, main result.Advice) []string {
	r := &a.Recommendation
	var names []string
	var conflicts []result.Cause
	for _, c := range r.Causes {
		if c.Fact != "" {
			names = append(names, v.factName(c.Fact))
		}
		if c.Kind == result.Conflict {
			conflicts = append(conflicts, c)
		}
	}
	switch {
	case len(names) == 0 && len(r.Causes) > 0:
		return []string{v.causes(a, nil, r.Causes)}
	case len(names) == 0 && r.NotNeeded == 0:
		return nil
	case len(names) == 0:
		return []string{v.t("view.none_matters", r.NotNeeded)}
	}
	key := "view.some_matter"
	if main.Status == result.CandidateStatus {
		key = "view.some_matter_for_choice"
	}
	var lines []string
	if len(conflicts) > 0 {
		lines = append(lines, capitalised(v.causes(a, nil, conflicts)))
	}
	lines = append(lines, v.t(key, len(names), r.NotNeeded))
	if left := len(names) - mattersShown; left > 0 {
		names = append(names[:mattersShown], v.t("view.and_more", left))
	}
	return append(lines, names...)
}
