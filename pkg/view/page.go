package view

import (
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// Page is what a page needs besides its document, which the title names: its
// language and its own words, and all outcomes with their symbols.
func Page(p *i18n.Printer, title string) report.HTMLOptions {
	o := report.HTMLOptions{Language: string(p.Language()), Title: title, Words: report.PageWords{
		Legend: p.T("page.legend"), Columns: p.T("page.columns"), Filter: p.T("page.filter"), ShowAll: p.T("page.show_all"),
		Shown:     p.T("page.shown", "{shown}", "{all}"),
		Ascending: p.T("page.ascending", "{column}"), Descending: p.T("page.descending", "{column}"),
	}}
	for _, outcome := range []string{result.Pass, result.Fail, result.Unclear, result.NotApplicable} {
		o.Legend = append(o.Legend, Symbol(p, outcome))
	}
	return o
}

// Symbol is an outcome as a symbol that stands for its word.
func Symbol(p *i18n.Printer, outcome string) report.Span {
	switch outcome {
	case result.Pass:
		return report.Span{Text: "✓", Word: p.T("outcome.pass"), Tone: report.Good}
	case result.Fail:
		return report.Span{Text: "✗", Word: p.T("outcome.fail"), Tone: report.Bad}
	case result.Unclear:
		return report.Span{Text: "?", Word: p.T("outcome.unclear"), Tone: report.Open}
	}
	return report.Span{Text: "–", Word: p.T("outcome.not_applicable"), Tone: report.Neutral}
}
