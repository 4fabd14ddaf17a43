package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// advice is the recommendation with all that belongs to it.
func (v *View) advice(a *result.Assessment) []report.Block {
	r := &a.Recommendation
	main, other := r.Documented, r.Stated
	if a.Reading == result.Stated {
		main, other = other, main
	}
	heading := []report.Span{{Text: v.t("view.recommendation") + " ", Tone: report.Strong}, {Text: v.recommendation(main.ID), Tone: tone(main.Status)}}
	blocks := []report.Block{report.Paragraph{Text: heading},
		report.Paragraph{Text: report.Say(v.meaning(main)), Tight: true}}
	fields := report.Fields{Tight: true}
	field := func(key, words string) {
		if words != "" {
			fields.Fields = append(fields.Fields, report.Field{Label: v.t(key), Value: report.Say(words)})
		}
	}
	if main.Status == result.ClarifyFirst {
		possible := v.merged(a, main.Possible)
		if len(possible) <= 3 {
			field("view.still_possible", v.recommendations(possible))
		}
		field("view.ruled_out", v.ruledOut(a, main))
	}
	if main.ByChoice != nil {
		field("view.by_choice", v.byChoice(a, main.ByChoice))
	}
	if len(r.DecidedBy) > 0 {
		field("view.decided_by", v.grounds(a, r.DecidedBy))
	}
	field("view.reading", v.readings(a, main, other))
	field("view.matters", v.matters(a))
	if len(fields.Fields) > 0 {
		blocks = append(blocks, fields)
	}
	return blocks
}

func tone(status string) report.Tone {
	if status == result.ClarifyFirst {
		return report.Open
	}
	return report.Strong
}

// meaning says what the recommendation means, and whether it is settled.
func (v *View) meaning(advice result.Advice) string {
	words := v.texts.Get("recommendations", advice.ID, "meaning")
	if advice.Status == result.Settled {
		words += " " + v.texts.Get("recommendations", advice.ID, "reason")
	}
	return words
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
	return Capitalised(strings.Join(words, "; "))
}

// readings says, where the two readings differ, what the other comes to and on
// which claims that rests.
func (v *View) readings(a *result.Assessment, main, other result.Advice) string {
	if slices.Equal(main.Possible, other.Possible) {
		if main.Status != result.ClarifyFirst {
			return v.t("view.both_readings")
		}
		return ""
	}
	name := v.recommendation(other.ID)
	rests := make([]string, len(a.Recommendation.RestsOn))
	for i, g := range a.Recommendation.RestsOn {
		rests[i] = v.ground(a, g)
	}
	claims := strings.Join(rests, "; ")
	if a.Reading == result.Stated {
		return v.t("view.documented_is", name, len(rests), claims)
	}
	if other.Status == result.ClarifyFirst {
		return v.t("view.stated_narrows", v.recommendations(v.merged(a, other.Possible)), len(rests), claims)
	}
	return v.t("view.stated_is", name, len(rests), claims)
}

// mattersShown is how many facts are named that can change a recommendation.
const mattersShown = 8

// matters says which open facts can change the recommendation, and how many
// cannot.
func (v *View) matters(a *result.Assessment) string {
	r := &a.Recommendation
	var names []string
	facts, closed := 0, 0
	for _, c := range r.Causes {
		if c.Fact == "" {
			closed++
			continue
		}
		facts++
		if facts <= mattersShown {
			names = append(names, c.Fact)
		}
	}
	switch {
	case facts == 0 && r.NotNeeded == 0 && closed == 0:
		return ""
	case facts == 0 && closed > 0:
		return v.causes(a, nil, r.Causes)
	case facts == 0:
		return v.t("view.none_matters", r.NotNeeded)
	}
	words := strings.Join(names, ", ")
	if facts > mattersShown {
		words = v.t("view.and_more", words, fmt.Sprint(facts-mattersShown))
	}
	return v.t("view.some_matter", facts, words, r.NotNeeded)
}
