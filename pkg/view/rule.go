package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// because says why a rule came out as it did.
func (v *View) because(a *result.Assessment, rule *result.Rule) []report.Span {
	var parts []string
	switch rule.Outcome {
	case result.Unclear:
		if possible := rule.Possible; len(possible) != 2 || possible[0] != result.Pass || possible[1] != result.Fail {
			parts = append(parts, v.possible(possible))
		}
		parts = append(parts, v.causes(a, rule, rule.Causes))
	case result.NotApplicable:
		parts = append(parts, v.notApplicable(rule))
	default:
		parts = append(parts, v.grounds(a, v.decisive(rule)))
	}
	if rule.Other != nil && rule.Outcome == result.Unclear && rule.Other.Outcome != result.Unclear {
		parts = append(parts, v.t("view.as_stated_outcome", v.mark(rule.Other.Outcome).Text))
	}
	parts = append(parts, v.judgementNotice(rule))
	return report.Say(joined(parts))
}

// joined puts parts of a sentence together; what follows a whole sentence
// becomes one.
func joined(parts []string) string {
	var words string
	for _, part := range parts {
		switch {
		case part == "" || words == "":
			words += part
		case strings.HasSuffix(words, "."):
			words += " " + capitalised(part) + "."
		default:
			words += "; " + part
		}
	}
	return words
}

// decisive leaves out what only says that the rule applies: the outcome says
// that too.
func (v *View) decisive(rule *result.Rule) []result.Ground {
	definition := v.strategy.Rules[v.strategy.Rule(rule.ID)]
	decisive := slices.DeleteFunc(slices.Clone(rule.DecidedBy), func(g result.Ground) bool {
		path := g.Fact + g.Assumption
		return path != "" && !reads(definition.Pass, path) && !reads(definition.Fail, path)
	})
	if len(decisive) == 0 {
		return rule.DecidedBy
	}
	return decisive
}

// possible words outcomes: "oppfylt eller ikke aktuelt".
func (v *View) possible(outcomes []string) string {
	var words i18n.Alternatives
	for _, o := range outcomes {
		words = append(words, i18n.M("outcome."+o))
	}
	return words.Localize(v.printer)
}

func (v *View) notApplicable(rule *result.Rule) string {
	if text := v.texts.Get("rules", rule.ID, "not_applicable"); text != "" {
		return text
	}
	return v.texts.Get("rule_sets", v.strategy.Sets[v.strategy.Rules[v.strategy.Rule(rule.ID)].Set].ID, "not_applicable")
}

// judgementNotice says what became of a judgement that did not simply count.
func (v *View) judgementNotice(rule *result.Rule) string {
	j := rule.Judgement
	if j == nil {
		return ""
	}
	switch {
	case j.Status == result.JudgementSetAside:
		return v.t("view.judgement_set_aside", j.Line)
	case j.Status == result.JudgementNotUsed:
		return v.t("view.judgement_not_used", j.Line)
	case j.StatedDiffers:
		return v.t("view.judgement_stated_differs")
	}
	return ""
}

// grounds words the claims that something rests on, each with its line.
func (v *View) grounds(a *result.Assessment, grounds []result.Ground) string {
	if len(grounds) == 0 {
		return v.t("view.always")
	}
	words := make([]string, len(grounds))
	for i, g := range grounds {
		words[i] = v.ground(a, g, reasonLength(len(grounds)))
	}
	return strings.Join(words, "; ")
}

// reasonLength is how many characters of each reason are quoted beside so many
// claims. All must find room in a table's cell.
func reasonLength(claims int) int {
	switch claims {
	case 1:
		return briefLength
	case 2:
		return briefLength / 3
	}
	return 0
}

// ground words what something rests on, with at most so many characters of the
// reason that was given for a claim.
func (v *View) ground(a *result.Assessment, g result.Ground, reason int) string {
	switch {
	case g.Judgement != "":
		return v.at(v.judgementWords(a, g.Judgement), g.Place)
	case g.Assumption != "":
		return v.t("view.by_assumption", v.statement(g.Assumption, g.Value, ""))
	case g.Choice != "":
		return lowerFirst(v.t("view.choice_made", v.texts.Get("open_choice", "title"), a.Choice.Value))
	}
	words := v.statement(g.Fact, g.Value, textOf(a, g.Fact))
	for _, c := range a.Facts {
		if reason > 0 && c.Fact == g.Fact && c.Because != "" {
			words = v.t("view.claim_because", words, brief(clean(c.Because), reason))
		}
	}
	return v.at(words, g.Place)
}

func (v *View) judgementWords(a *result.Assessment, id string) string {
	for _, set := range a.RuleSets {
		for _, rule := range set.Rules {
			if rule.ID == id && rule.Judgement != nil {
				return v.t("view.judgement", id, i18n.M("outcome."+rule.Judgement.Outcome), brief(clean(rule.Judgement.Because), briefLength))
			}
		}
	}
	return id
}

// at adds the line of a place to words.
func (v *View) at(words string, place *result.Place) string {
	if place == nil {
		return words
	}
	return v.t("view.at_line", words, fmt.Sprint(place.Line))
}

// causes words why something is open, those of one kind together.
func (v *View) causes(a *result.Assessment, rule *result.Rule, causes []result.Cause) string {
	var parts []string
	facts := slices.ContainsFunc(causes, func(c result.Cause) bool { return c.Fact != "" })
	for _, kind := range []string{result.Conflict, result.Borderline, result.Ungrounded, result.Imprecise, result.KnownLater, result.SaidUnknown, result.Missing} {
		var words []string
		for _, c := range causes {
			// While facts are open nobody knows whether it comes to a borderline
			// case.
			if c.Kind == kind && (kind != result.Borderline || !facts) {
				words = append(words, v.cause(a, rule, c))
			}
		}
		if len(words) > 0 {
			parts = append(parts, v.t("view.cause_"+kind, strings.Join(words, ", ")))
		}
	}
	return strings.Join(parts, "; ")
}

func (v *View) cause(a *result.Assessment, rule *result.Rule, c result.Cause) string {
	switch c.Kind {
	case result.Conflict:
		words := v.t("view.judgement_of", c.Rule)
		return v.at(words, c.Place)
	case result.Borderline:
		return v.borderline(a, c.Rule)
	case result.Ungrounded:
		text := ""
		if a != nil {
			text = textOf(a, c.Fact)
		}
		return v.at(v.statement(c.Fact, c.Value, text), c.Place)
	case result.Imprecise:
		words := v.at(v.statement(c.Fact, c.Value, ""), c.Place)
		return words + v.settledBy(rule, c.Fact)
	case result.Missing:
		return v.factName(c.Fact)
	}
	return v.at(v.factName(c.Fact), c.Place)
}

// borderline says which claims leave a rule between pass and fail.
func (v *View) borderline(a *result.Assessment, id string) string {
	rule := v.strategy.Rules[v.strategy.Rule(id)]
	words := []string{id}
	if a != nil {
		for _, c := range a.Facts {
			if c.Value != nil && (reads(rule.Pass, c.Fact) || reads(rule.Fail, c.Fact)) {
				words = append(words, v.at(v.statement(c.Fact, c.Value, c.Text), &c.Place))
			}
		}
	}
	if len(words) > 1 {
		words = words[1:]
	}
	return strings.Join(words, "; ")
}

// factName is a fact's title with its path, where it is to be written.
func (v *View) factName(path string) string {
	return v.t("view.fact_name", lowerFirst(v.texts.Get("facts", path, "title")), path)
}

// lowerFirst makes the first letter small, of "A" before another word too, but
// not where the word goes on in capitals or a sign, as in "KS" and "C6".
func lowerFirst(text string) string {
	runes := []rune(text)
	if len(runes) < 2 || runes[1] != ' ' && strings.ToUpper(string(runes[1])) == string(runes[1]) {
		return text
	}
	return strings.ToLower(string(runes[:1])) + string(runes[1:])
}

// settledBy says which values of an imprecise fact would settle the rule.
func (v *View) settledBy(rule *result.Rule, path string) string {
	if d := v.definition(path); rule == nil || d == nil || !d.Kind.Ordered() {
		return ""
	}
	var parts []string
	for _, way := range []struct {
		answers []result.Answer
		outcome string
	}{{rule.ToPass, result.Pass}, {rule.ToFail, result.Fail}} {
		if len(way.answers) == 1 && way.answers[0].Fact == path {
			parts = append(parts, v.t("view.settled_by", i18n.M("outcome."+way.outcome), v.value(path, way.answers[0].Value)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// decidesWhetherApplies reports whether a rule set's own condition reads the
// fact.
func (v *View) decidesWhetherApplies(set, path string) bool {
	for _, s := range v.strategy.Sets {
		if s.ID == set {
			return reads(s.Applies, path)
		}
	}
	return false
}

func reads(c *cond.Condition, path string) bool {
	found := false
	c.Comparisons(func(x *cond.Comparison) { found = found || (x.Definition != nil && x.Definition.Path == path) })
	return found
}

// thresholdValue words the value of the strategy's i-th threshold that was in
// force.
func (v *View) thresholdValue(i int, t result.Threshold) i18n.Localizer {
	threshold := *v.strategy.Thresholds[i]
	values, err := threshold.Definition.Decode(fact.Coded{Ranges: []fact.CodedRange{{From: t.Value, To: t.Value}}})
	if err == nil {
		threshold.Value = values.Intervals[0].Lo
	}
	return describeThreshold(&threshold)
}

func describeThreshold(t *strategy.Threshold) i18n.Localizer {
	return t.Definition.Describe(fact.Values{Intervals: []fact.Interval{{Lo: t.Value, Hi: t.Value}}})
}
