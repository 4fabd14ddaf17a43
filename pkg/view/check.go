package view

import (
	"strings"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// check says what --fail-on found, and what became of the waivers.
func (v *View) check(a *result.Assessment) []report.Block {
	if a.Check == nil {
		return nil
	}
	var items [][]report.Span
	switch {
	case len(a.Check.Met) > 0:
		items = append(items, report.SayAs(report.Bad, v.t("view.check_met", strings.Join(a.Check.Met, ", "))))
	case len(a.Check.FailOn) > 0:
		items = append(items, report.SayAs(report.Good, v.t("view.check_passed", strings.Join(a.Check.FailOn, ", "))))
	}
	for _, w := range a.Check.Waivers {
		tone := report.Open
		if w.Status == result.WaiverHolds {
			tone = report.Neutral
		}
		items = append(items, []report.Span{{Text: v.waiver(w) + " "}, {Text: v.t("view.waiver_"+w.Status, v.day(a.Check.Today)), Tone: tone}})
	}
	return []report.Block{report.Heading{Level: 2, Text: v.t("view.check")}, report.List{Items: items, Tight: true}}
}
