package view

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// recommendationRule is the id under which findings list recommendations.
const recommendationRule = "recommendation"

// Rules describes the strategy's rules, and the recommendation as one more.
func (v *View) Rules() []report.FindingRule {
	var all []report.FindingRule
	for _, r := range v.strategy.Rules {
		help := []string{v.texts.Get("rules", r.ID, "help")}
		if r.Ours {
			help = append(help, v.t("view.our_reading", v.texts.Get("rules", r.ID, "ours")))
		}
		help = append(help, v.t("view.rule_source", v.texts.Get("strategy", "title"), v.place(r.Source)))
		all = append(all, report.FindingRule{ID: r.ID, Title: v.texts.Get("rules", r.ID, "title"), Text: v.texts.Get("rules", r.ID, "question"),
			Help: strings.Join(help, " "), Tags: []string{v.strategy.ID, v.strategy.Sets[r.Set].ID, r.Strength}})
	}
	return append(all, report.FindingRule{ID: recommendationRule, Overall: true, Title: strings.TrimSuffix(v.t("view.recommendation"), ":"),
		Text: v.t("view.recommendation_rule"), Help: v.texts.Get("strategy", "about"), Tags: []string{v.strategy.ID}})
}

// Suite is what was found about one initiative. Rule sets that only inform are
// no findings.
func (v *View) Suite(a *result.Assessment) report.Suite {
	s := report.Suite{ID: a.Initiative.ID, Title: a.Initiative.Title, Path: a.Input.Path, Document: a.Input.Document}
	for i := range a.RuleSets {
		if a.RuleSets[i].Role == strategy.Informs.String() {
			continue
		}
		for j := range a.RuleSets[i].Rules {
			s.Findings = append(s.Findings, v.finding(a, &a.RuleSets[i].Rules[j]))
		}
	}
	s.Overall = v.overall(a)
	return s
}

func (v *View) finding(a *result.Assessment, r *result.Rule) report.Finding {
	var because strings.Builder
	for _, span := range v.because(a, r) {
		because.WriteString(span.Text)
	}
	f := report.Finding{Rule: r.ID, Message: v.t("view.finding", i18n.M("outcome."+r.Outcome), because.String()),
		Detail: v.texts.Get("rules", r.ID, "question"), Named: a.Names(r), Shown: v.findingShown(r.Outcome)}
	path, place := "", (*result.Place)(nil)
	switch r.Outcome {
	case result.Pass:
		f.Kind = report.FindingPass
	case result.Fail:
		f.Kind = report.FindingFail
	case result.NotApplicable:
		f.Kind = report.FindingNotApplicable
	default:
		f.Kind = report.FindingOpen
		path, place = causePlace(a, r.Causes)
	}
	if r.Outcome != result.Unclear {
		path, place = groundPlace(v.decisive(r))
	}
	f.Key = strings.Join([]string{a.Initiative.ID, r.ID, path}, "/")
	if place != nil {
		f.Line, f.Column = place.Line, place.Column
	}
	if w := a.Excuse(r.ID); w != nil {
		f.Waiver = v.waiver(*w)
	}
	return f
}

// findingShown reports whether a rule with the outcome is listed: what --show
// says, and without it what fails or is unclear.
func (v *View) findingShown(outcome string) bool {
	if v.show == nil {
		return outcome == result.Fail || outcome == result.Unclear
	}
	return v.shows(outcome)
}

func groundPlace(grounds []result.Ground) (path string, place *result.Place) {
	for _, g := range grounds {
		if g.Place != nil {
			return g.Fact, g.Place
		}
	}
	return "", nil
}

// causePlace is the first open fact, and where it stands; for a missing one
// where it belongs: behind the last that is given of its group, else of all.
func causePlace(a *result.Assessment, causes []result.Cause) (path string, place *result.Place) {
	for _, c := range causes {
		if path == "" {
			path = c.Fact
		}
		if c.Place != nil {
			return path, c.Place
		}
	}
	group, _, _ := strings.Cut(path, ".")
	for i := range a.Facts {
		if place == nil || strings.HasPrefix(a.Facts[i].Fact, group+".") {
			place = &a.Facts[i].Place
		}
	}
	if place == nil {
		place = &result.Place{Line: 1, Column: 1}
	}
	return path, &result.Place{Line: place.Line}
}

// overall is the recommendation as a finding. It fails the check where a
// condition that is met is not one of rules.
func (v *View) overall(a *result.Assessment) report.Finding {
	advice := a.Recommendation.Documented
	f := report.Finding{Rule: recommendationRule, Kind: report.FindingInformation, Key: a.Initiative.ID + "/" + recommendationRule, Shown: true,
		Message: v.t("view.finding_recommendation", v.recommendation(advice.ID), v.meaning(&a.Recommendation, advice))}
	if advice.Status == result.ClarifyFirst {
		f.Kind = report.FindingOpen
	}
	if a.Check != nil {
		f.Named = slices.ContainsFunc(a.Check.Met, func(c string) bool {
			return c == advice.ID || c == result.FailOnUnsettled || strings.HasPrefix(c, result.FailOnPossible)
		})
	}
	if f.Named {
		f.Kind = report.FindingFail
	}
	return f
}

// Lapsed are the waivers that do not hold: they have expired, or nothing needs
// or uses them.
func (v *View) Lapsed(a *result.Assessment) []report.Problem {
	if a.Check == nil {
		return nil
	}
	var all []report.Problem
	for _, w := range a.Check.Waivers {
		if w.Status != result.WaiverHolds {
			all = append(all, report.Problem{Path: a.Input.Path, Message: v.waiver(w) + " " + v.t("view.waiver_"+w.Status, v.day(a.Check.Today))})
		}
	}
	return all
}

// waiver says what is waived until when, and who approved it and why.
func (v *View) waiver(w result.Waiver) string {
	return v.t("view.waiver", clean(w.Rule), v.day(w.Expires), clean(w.ApprovedBy), clean(w.Because))
}

// Problems words why an input could not be read.
func Problems(p *i18n.Printer, path string, diagnostics []result.Diagnostic) []report.Problem {
	var all []report.Problem
	for _, d := range diagnostics {
		problem := report.Problem{Path: path, Message: p.Text(i18n.Decode(d.Code, d.Arguments)), Grave: d.Severity == "error"}
		if d.Place != nil {
			problem.Line, problem.Column = d.Line, d.Column
		}
		all = append(all, problem)
	}
	return all
}
