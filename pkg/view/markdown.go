package view

import (
	"fmt"
	"strings"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// Folded is the report on one initiative behind a line with its title and its
// recommendation.
func (v *View) Folded(a *result.Assessment) report.Block {
	advice := a.Recommendation.Documented
	if a.Reading == result.Stated {
		advice = a.Recommendation.Stated
	}
	return report.Details{Summary: v.t("view.folded", clean(a.Initiative.Title), v.recommendation(advice.ID)), Blocks: v.Assessment(a).Blocks}
}

// Unreadable says why an input could not be read.
func Unreadable(p *i18n.Printer, u *result.Unread) []report.Block {
	var items [][]report.Span
	for _, problem := range Problems(p, u.Input.Path, u.Diagnostics) {
		place := clean(problem.Path)
		if problem.Line > 0 {
			place = fmt.Sprintf("%s:%d:%d", place, problem.Line, problem.Column)
		}
		items = append(items, report.SayAs(report.Bad, place+": "+problem.Message))
	}
	return []report.Block{report.Heading{Level: 2, Text: p.T("view.unreadable", clean(u.Input.Path))}, report.List{Items: items}}
}

// Headline sums up many initiatives in one sentence: how many there are, and
// how many of each recommendation. The view may be nil where none was assessed.
func Headline(p *i18n.Printer, v *View, s *Summary) string {
	parts := []string{p.T("view.summary", s.total)}
	if v != nil {
		for _, id := range v.sorted(s.counts) {
			parts = append(parts, fmt.Sprintf("%d %s", s.counts[id], v.recommendation(id)))
		}
	}
	headline := strings.Join(parts, ", ")
	if s.unread > 0 {
		headline += ". " + p.T("view.unread", s.unread)
	}
	return headline
}
