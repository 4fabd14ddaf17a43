package vet

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// expecting compares what came of a case with what it expects.
type expecting struct {
	yamldoc.Reader
	strategy *strategy.Strategy
	c        *Case
}

func (e *expecting) compare(n *yamldoc.Node) {
	fields := e.Fields(n, "outcomes", "recommendations", "causes", "notes")
	e.c.Expected, e.c.Causes = map[string][]string{}, map[string][]string{}
	for _, pair := range e.Pairs(fields["outcomes"]) {
		if rule := e.rule(pair.Key); rule != nil {
			expected := e.list(pair.Value, []string{result.Pass, result.Fail, result.NotApplicable})
			e.c.Expected[rule.ID] = expected
			e.same(pair.Value, rule.ID, expected, rule.Possible)
		}
	}
	for _, pair := range e.Pairs(fields["causes"]) {
		if rule := e.rule(pair.Key); rule != nil {
			var causes []string
			for _, cause := range rule.Causes {
				if cause.Fact != "" {
					causes = append(causes, cause.Fact)
				}
			}
			e.c.Causes[rule.ID] = e.list(pair.Value, e.strategy.FactPaths())
			e.same(pair.Value, rule.ID, e.c.Causes[rule.ID], causes)
		}
	}
	if n := fields["recommendations"]; n != nil {
		e.c.Recommendations = e.list(n, e.strategy.Recommendations)
		e.same(n, "recommendations", e.c.Recommendations, e.c.Assessment.Recommendation.Documented.Possible)
	}
	if n := fields["notes"]; n != nil {
		e.notes(n)
	}
}

func (e *expecting) notes(n *yamldoc.Node) {
	var known, certain []string
	for _, note := range e.strategy.Notes {
		known = append(known, note.ID)
	}
	for _, note := range e.c.Assessment.Notes {
		if !note.Perhaps {
			certain = append(certain, note.ID)
		}
	}
	e.c.Notes = e.list(n, known)
	e.same(n, "notes", e.c.Notes, certain)
}

// rule finds what came of the rule that the key names.
func (e *expecting) rule(key *yamldoc.Node) *result.Rule {
	for i := range e.c.Assessment.RuleSets {
		for j := range e.c.Assessment.RuleSets[i].Rules {
			if rule := &e.c.Assessment.RuleSets[i].Rules[j]; strings.EqualFold(rule.ID, key.Value) {
				return rule
			}
		}
	}
	e.Error(key, i18n.M("initiative.unknown_rule", diag.Clean(key.Value)), yamldoc.NearestHint(key.Value, e.strategy.RuleIDs()))
	return nil
}

// list reads one name or a list of names; it is never nil.
func (e *expecting) list(n *yamldoc.Node, known []string) []string {
	items := []*yamldoc.Node{n}
	if n.Kind == yamldoc.List {
		items = n.Items
	}
	names := []string{}
	for _, item := range items {
		if i := e.OneOf(item, known); i >= 0 {
			names = append(names, known[i])
		}
	}
	return names
}

// same notes a difference, whatever the order.
func (e *expecting) same(n *yamldoc.Node, about string, expected, found []string) {
	expected, found = slices.Sorted(slices.Values(expected)), slices.Sorted(slices.Values(found))
	if !slices.Equal(expected, found) {
		e.Error(n, i18n.M("vet.differs", about, names(expected), names(found)), i18n.Message{})
	}
}

func names(list []string) any {
	if len(list) == 0 {
		return i18n.M("vet.nothing")
	}
	series := make(i18n.Series, len(list))
	for i, name := range list {
		series[i] = name
	}
	return series
}
