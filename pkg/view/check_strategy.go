package view

import (
	"math/big"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/vet"
)

// CheckedText words the errors and the warnings that nobody has acknowledged,
// as for any file: place, message, the line, and what to do.
func CheckedText(p *i18n.Printer, c *vet.Check) string {
	var b strings.Builder
	for _, f := range c.Findings {
		if !f.Open() {
			continue
		}
		b.WriteString(diag.Text(p, diag.List{f.Diagnostic}))
		if len(f.Cases) < 2 && !f.More { // which the message tells
			continue
		}
		b.WriteString("  " + p.T("check.cases") + "\n")
		for _, words := range f.Cases {
			b.WriteString("  - " + diag.Inert(clean(p.Word(words))) + "\n")
		}
		if f.More {
			b.WriteString("  - " + p.T("check.cases_more") + "\n")
		}
	}
	return b.String()
}

// Checked sums up the check of a strategy: what was found, what its author has
// acknowledged, and what counting cases tells.
func (v *View) Checked(c *vet.Check) report.Document {
	d := report.Document{Blocks: []report.Block{report.Paragraph{Text: report.SayAs(report.Strong, v.checkedHeadline(c))}}}
	if c.Strategy.Model == nil {
		d.Blocks = append(d.Blocks, report.Paragraph{Text: report.Say(v.t("check.rest")), Tight: true})
	}
	d.Blocks = append(d.Blocks, v.acknowledged(c)...)
	if n := c.Counted; n != nil {
		d.Blocks = append(d.Blocks, v.influential(n)...)
		d.Blocks = append(d.Blocks, v.occurring(n)...)
	}
	return d
}

func (v *View) checkedHeadline(c *vet.Check) string {
	faults, warnings := 0, 0
	for _, f := range c.Findings {
		switch {
		case f.Severity == diag.Error:
			faults++
		case f.Open():
			warnings++
		}
	}
	name := clean(c.Strategy.ID)
	if name == "" {
		name = v.t("view.column_strategy")
	}
	if faults+warnings == 0 {
		return v.t("check.headline_none", name)
	}
	return v.t("check.headline", name, faults, warnings)
}

// acknowledged lists what the strategy's author has acknowledged, once for each
// reason.
func (v *View) acknowledged(c *vet.Check) []report.Block {
	var list report.List
	for i := range c.Strategy.Acknowledged {
		a := &c.Strategy.Acknowledged[i]
		var places []string
		for _, f := range c.Findings {
			if f.Acknowledged == a {
				places = append(places, strings.Join(about(&f), " · "))
			}
		}
		if len(places) == 0 {
			continue
		}
		places = slices.Compact(places)
		said := v.t("check."+a.Finding+"_title") + ": " + clean(strings.Join(places[:min(len(places), shownPlaces)], ", "))
		if left := len(places) - shownPlaces; left > 0 {
			said += " " + v.t("check.and_others", left)
		}
		list.Items = append(list.Items, report.Say(v.t("check.acknowledged_because", said, clean(strings.TrimRight(a.Because, ".")))))
	}
	if list.Items == nil {
		return nil
	}
	list.Tight = true
	return []report.Block{report.Heading{Level: 2, Text: v.t("check.acknowledged")}, list}
}

// about are the names that a finding is about, without the languages of one that
// is about a text.
func about(f *vet.Finding) []string {
	return slices.DeleteFunc(slices.Clone(f.On), func(name string) bool {
		_, isLanguage := i18n.ParseLanguage(name)
		return isLanguage
	})
}

// shownPlaces is how many places that share a reason are named.
const shownPlaces = 3

// influential lists the facts that decide most. Those that hardly ever decide
// anything share a line.
func (v *View) influential(n *vet.Counted) []report.Block {
	table := report.Table{Tight: true, Columns: []report.Column{{Align: report.Right}, {}, {Flexible: true, Least: 20}}}
	var rest []string
	for _, s := range n.Facts {
		if perMille(s.Cases, n.Cases) == 0 {
			rest = append(rest, s.Name)
			continue
		}
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.Say(v.share(s.Cases, n.Cases)), report.Say(s.Name),
			report.SayAs(report.Faint, v.texts.Get("facts", s.Name, "title"))}})
	}
	blocks := []report.Block{report.Heading{Level: 2, Text: v.t("check.facts")},
		report.Paragraph{Text: report.SayAs(report.Faint, v.t("check.facts_about")), Tight: true}, table}
	if len(rest) > 0 {
		blocks = append(blocks, report.Paragraph{Text: report.Say(v.t("check.facts_rest", v.share(big.NewInt(1), big.NewInt(10_000)), strings.Join(rest, ", ")))})
	}
	if len(n.Beside) > 0 {
		blocks = append(blocks, report.Paragraph{Text: report.Say(v.t("check.beside", strings.Join(n.Beside, ", ")))})
	}
	return blocks
}

// occurring lists how often recommendations come.
func (v *View) occurring(n *vet.Counted) []report.Block {
	table := report.Table{Tight: true, Columns: []report.Column{{Align: report.Right}, {}, {Flexible: true, Least: 20}}}
	for _, s := range n.Recommendations {
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.Say(v.share(s.Cases, n.Cases)), report.Say(s.Name),
			report.SayAs(report.Faint, v.recommendation(s.Name))}})
	}
	return []report.Block{report.Heading{Level: 2, Text: v.t("check.recommendations")},
		report.Paragraph{Text: report.SayAs(report.Faint, v.t("check.recommendations_about")), Tight: true}, table}
}

// perMille is a part of all in thousands, rounded.
func perMille(part, all *big.Int) int64 {
	twice := new(big.Int).Mul(part, big.NewInt(2000))
	twice.Add(twice, all)
	return twice.Div(twice, new(big.Int).Lsh(all, 1)).Int64()
}

// share is a part of all in per cent, with one decimal. What is there is never
// nothing, and what is not all never all.
func (v *View) share(part, all *big.Int) string {
	const tenth = 100_000 // of a per cent, in millionths
	percent := func(tenths int64) string { return v.t("check.percent", i18n.Number(tenths*tenth)) }
	n := perMille(part, all)
	switch {
	case n == 0 && part.Sign() > 0:
		return v.t("check.below", percent(1))
	case n == 1000 && part.Cmp(all) < 0:
		return v.t("check.above", percent(999))
	}
	return percent(n)
}

// invalid is the rule under which formats for findings list errors.
const invalid = "invalid"

// CheckedFindings is the check of a strategy for the tools that reviewers look
// at: one suite for each file. acknowledged says whether what the strategy's
// author has acknowledged is listed too.
func (v *View) CheckedFindings(c *vet.Check, acknowledged bool) report.Findings {
	f := report.Findings{Language: string(v.printer.Language()), Headline: v.checkedHeadline(c), Rules: v.checkedRules()}
	for i := range c.Findings {
		found := &c.Findings[i]
		if !found.Open() && !acknowledged {
			continue
		}
		path := found.Pos.File
		at := slices.IndexFunc(f.Suites, func(s report.Suite) bool { return s.Path == path })
		if at < 0 {
			at = len(f.Suites)
			f.Suites = append(f.Suites, report.Suite{ID: path, Title: path, Path: path, Document: 1})
		}
		f.Suites[at].Findings = append(f.Suites[at].Findings, v.checkedFinding(found))
	}
	return f
}

func (v *View) checkedRules() []report.FindingRule {
	rules := []report.FindingRule{{ID: invalid, Title: v.t("check.invalid_title"), Text: v.t("check.invalid_text"), Help: v.t("check.invalid_text")}}
	for _, name := range vet.Warnings() {
		title, help := v.t("check."+name+"_title"), capitalised(v.t("check."+name+"_hint"))+"."
		rules = append(rules, report.FindingRule{ID: name, Title: title, Text: title, Help: help})
	}
	return rules
}

func (v *View) checkedFinding(f *vet.Finding) report.Finding {
	found := report.Finding{Rule: f.Name(), Kind: report.FindingFail, Message: capitalised(v.printer.Text(f.Message)), Detail: v.printer.Text(f.Hint),
		Line: f.Pos.Line, Column: f.Pos.Column, Key: strings.Join(append([]string{f.Name()}, f.On...), "/"), Shown: true}
	if f.Severity == diag.Error {
		found.Rule, found.Key, found.Named = invalid, "", true
	}
	if f.Acknowledged != nil {
		found.Waiver = clean(f.Acknowledged.Because)
	}
	return found
}
