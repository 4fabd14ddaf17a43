package view

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// RuleOf explains why a rule, by its place, came out as it did: the outcome
// with what it rests on, and each part of its condition with what was read for
// it. truths holds all conditions of the rule and their parts.
func (v *View) RuleOf(rule int, a *result.Assessment, truths map[*cond.Condition]assess.Truths) report.Document {
	r := v.strategy.Rules[rule]
	var found *result.Rule
	for s := range a.RuleSets {
		for i := range a.RuleSets[s].Rules {
			if one := &a.RuleSets[s].Rules[i]; one.ID == r.ID {
				found = one
			}
		}
	}
	blocks := []report.Block{report.Heading{Level: 1, Text: v.ruleName(r), Aside: a.Input.Path},
		report.Paragraph{Text: report.SayAs(report.Strong, clean(a.Initiative.Title)), Tight: true}}
	blocks = append(blocks, v.opening(a)...)
	blocks = append(blocks, report.Paragraph{Text: report.Say(v.texts.Get("rules", r.ID, "question"))})
	if found != nil {
		blocks = append(blocks, v.outcomeFields(a, found))
	}
	reader := &factReader{View: v, assessment: a, shown: map[*fact.Definition]bool{}}
	parts := v.ruleConditions(r, func(c *cond.Condition) (mark, read []report.Span) {
		return v.truth(truths[c].Main), reader.read(c, truths[c])
	})
	return report.Document{Blocks: append(append(blocks, parts...), v.thresholdsOf(r)...)}
}

// truth is the mark and the word for what a condition is.
func (v *View) truth(t assess.Truth) []report.Span {
	switch t {
	case assess.True:
		return report.Say("✓ " + v.t("explain.true"))
	case assess.False:
		return report.Say("✗ " + v.t("explain.false"))
	}
	return report.SayAs(report.Open, "? "+v.t("explain.open"))
}

// outcomeFields says what a rule came to and why.
func (v *View) outcomeFields(a *result.Assessment, rule *result.Rule) report.Block {
	var f report.Fields
	field := func(key string, spans []report.Span, more ...string) {
		f.Fields = append(f.Fields, report.Field{Label: v.t(key), Value: spans})
		for _, words := range more {
			f.Fields = append(f.Fields, report.Field{Value: report.Say(words)})
		}
	}
	say := func(key string, lines []string) {
		if len(lines) > 0 {
			field(key, report.Say(lines[0]), lines[1:]...)
		}
	}
	outcome := []report.Span{v.mark(rule.Outcome)}
	if rule.Outcome == result.Unclear {
		outcome = append(outcome, report.Span{Text: ": " + v.possible(rule.Possible)})
	}
	field("explain.outcome", outcome)
	if rule.Outcome == result.NotApplicable {
		say("explain.why", []string{v.notApplicable(rule)})
	}
	say("view.decided_by", v.groundsWithReasons(a, rule.DecidedBy))
	if rule.Outcome == result.Unclear {
		say("explain.why", []string{v.causes(a, rule, rule.Causes)})
		say("explain.to_pass", v.answersTo(rule.ToPass))
		say("explain.to_fail", v.answersTo(rule.ToFail))
	}
	say("explain.judgement", v.judged(a, rule))
	if other := rule.Other; other != nil {
		spans := []report.Span{v.mark(other.Outcome)}
		if other.Outcome == result.Unclear {
			spans = append(spans, report.Span{Text: ": " + v.possible(other.Possible)})
		}
		field(v.otherReading(a), spans)
	}
	return f
}

// judged says what became of a judgement that does not stand among the grounds.
func (v *View) judged(a *result.Assessment, rule *result.Rule) []string {
	j := rule.Judgement
	if j == nil || j.Status == result.JudgementUsed && !j.StatedDiffers {
		return nil
	}
	if j.Status == result.JudgementSetAside {
		return []string{v.judgementNotice(rule)}
	}
	words := v.ground(a, result.Ground{Judgement: rule.ID, Place: &j.Place}, 0)
	return []string{joined([]string{words, v.judgementNotice(rule)})}
}

// otherReading is the label of what the reading says that is not shown first.
func (v *View) otherReading(a *result.Assessment) string {
	if a.Reading == result.Stated {
		return "explain.as_documented"
	}
	return "explain.as_stated"
}

func (v *View) groundsWithReasons(a *result.Assessment, grounds []result.Ground) []string {
	lines := make([]string, len(grounds))
	for i, g := range grounds {
		lines[i] = v.ground(a, g, briefLength)
	}
	return lines
}

// answersTo words the answers that together would settle a rule.
func (v *View) answersTo(answers []result.Answer) []string {
	lines := make([]string, len(answers))
	for i, answer := range answers {
		d := v.definition(answer.Fact)
		switch {
		case answer.Judgement != "":
			lines[i] = v.t("explain.by_judgement", i18n.M("outcome."+answer.Outcome))
		case d.Kind == fact.Text && len(answer.Value.Options) == 1 && answer.Value.Options[0] == "given":
			lines[i] = v.printer.Fill(v.texts.Get("facts", answer.Fact, "yes"), i18n.M("fact.given"))
		default:
			lines[i] = v.statement(answer.Fact, answer.Value, "")
		}
		if d != nil && d.Grounds && answer.Judgement == "" {
			lines[i] = v.t("explain.with_reason", lines[i])
		}
	}
	return lines
}

// factReader says what was read of facts, with each reason once.
type factReader struct {
	*View
	assessment *result.Assessment
	shown      map[*fact.Definition]bool
}

// read says what the initiative says of the fact that a comparison reads, and
// what the comparison is in the other reading where that differs.
func (v *factReader) read(c *cond.Condition, t assess.Truths) []report.Span {
	var parts []string
	if c.Comparison != nil {
		parts = append(parts, v.readFact(c.Comparison.Definition))
	}
	if t.Main != t.Other {
		parts = append(parts, v.t("explain.other", v.t(v.otherReading(v.assessment)), v.truth(t.Other)[0].Text))
	}
	return report.SayAs(report.Faint, strings.Join(parts, " · "))
}

func (v *factReader) readFact(d *fact.Definition) string {
	a := v.assessment
	for _, assumed := range a.Assumptions {
		if assumed.Fact == d.Path && assumed.Used {
			return v.t("view.by_assumption", v.value(d.Path, &assumed.Value))
		}
	}
	for i := range a.Facts {
		if a.Facts[i].Fact == d.Path {
			return v.readClaim(d, &a.Facts[i])
		}
	}
	return v.t("explain.not_given", d.Path)
}

func (v *factReader) readClaim(d *fact.Definition, c *result.Claim) string {
	if c.Value == nil {
		return v.at(v.t("explain.said_unknown", d.Path), &c.Place)
	}
	value := v.value(d.Path, c.Value)
	if d.Kind == fact.Text && !slices.Contains(c.Value.Options, "none") {
		value = v.t("view.quoted", brief(clean(c.Text), briefLength))
	}
	words := v.t("explain.value_read", d.Path, value)
	switch {
	case c.Counts == "no":
		words = v.t("explain.known_later", words, v.day(c.Known))
	case c.Counts == result.Stated:
		words = v.t("explain.without_reason", words)
	case c.Because != "" && !v.shown[d]:
		v.shown[d] = true
		words = v.t("view.claim_because", words, brief(clean(c.Because), briefLength))
	}
	return v.at(words, &c.Place)
}
