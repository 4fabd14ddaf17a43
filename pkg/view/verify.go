package view

import (
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
)

// What verifying an assessment found.
const (
	// VerifiedSame: the same inputs come to the same result.
	VerifiedSame = "same"
	// VerifiedMissing: the file is not there or cannot be read.
	VerifiedMissing = "missing"
	// VerifiedInput: the file is another than it was.
	VerifiedInput = "input"
	// VerifiedStrategy: no strategy at hand is the one of then.
	VerifiedStrategy = "strategy"
	// VerifiedResult: file and strategy are the same, the result is not.
	VerifiedResult = "result"
)

// Verified is what verifying one assessment found.
type Verified struct{ ID, Path, Finding string }

// Verification lists what verifying a saved result found.
func Verification(p *i18n.Printer, all []Verified) report.Document {
	table := report.Table{Columns: []report.Column{{}, {Flexible: true, Least: 30}, {Flexible: true, Least: 20, Below: 1}}}
	same := 0
	for _, v := range all {
		if v.Finding == VerifiedSame {
			same++
			continue
		}
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.Say(clean(v.ID)),
			report.SayAs(report.Bad, p.T("view.verified_"+v.Finding)), report.SayAs(report.Faint, clean(v.Path))}})
	}
	d := report.Document{Blocks: []report.Block{report.Paragraph{Text: report.Say(p.T("view.verified", same, len(all)))}}}
	if len(table.Rows) > 0 {
		d.Blocks = append(d.Blocks, table)
	}
	return d
}
