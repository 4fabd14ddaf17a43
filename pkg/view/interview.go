package view

import (
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// Advice is the recommendation with all that belongs to it, and nothing else of
// an assessment.
func (v *View) Advice(a *result.Assessment) []report.Block { return v.advice(a) }

// NotAsked lists open facts that matter and are not asked, with the reason.
func (v *View) NotAsked(closed []inquiry.Closed) []report.Block {
	fields := report.Fields{}
	label := v.t("ask.still_open")
	for _, c := range closed {
		key := map[string]string{result.SaidUnknown: "ask.open_said", result.KnownLater: "ask.open_later", inquiry.Asked: "ask.open_asked"}[c.Cause]
		fields.Fields = append(fields.Fields, report.Field{Label: label, Value: report.Say(v.t(key, capitalised(v.factName(v.strategy.Facts[c.Fact].Path))))})
		label = ""
	}
	if len(fields.Fields) == 0 {
		return nil
	}
	return []report.Block{fields}
}
