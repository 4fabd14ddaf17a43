package view

import (
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/vet"
)

// mostListed is how many rows a list of what is lacking has.
const mostListed = 200

// tested words what a test of a strategy found.
type tested struct {
	*i18n.Printer
	*vet.Tested
	blocks []report.Block
	// lacking says that a case could be added.
	lacking bool
}

// Tested says what a strategy's cases say of it: what came out otherwise, what
// they do not show, and which changes of the strategy they do not notice. The
// strategy has its texts in the printer's language.
func Tested(p *i18n.Printer, t *vet.Tested) report.Document {
	v := &tested{Printer: p, Tested: t}
	v.add(report.Heading{Level: 1, Text: p.T("cases.title", t.Strategy.Texts.Get("strategy", "title"))})
	if len(t.Cases) == 0 {
		v.add(report.Paragraph{Text: report.SayAs(report.Bad, p.T("cases.none"))})
		return report.Document{Blocks: v.blocks}
	}
	v.totals()
	v.differences()
	v.missing()
	v.unnoticed()
	if v.lacking && t.Proposals == nil {
		v.add(report.Paragraph{Text: report.SayAs(report.Faint, p.T("cases.generate_hint"))})
	}
	return report.Document{Blocks: v.blocks}
}

func (v *tested) add(blocks ...report.Block) { v.blocks = append(v.blocks, blocks...) }

// totals counts everything.
func (v *tested) totals() {
	failed := 0
	for _, c := range v.Cases {
		if !c.Holds() {
			failed++
		}
	}
	cases := report.SayAs(report.Good, v.T("cases.all_hold", len(v.Cases)))
	if failed > 0 {
		cases = report.SayAs(report.Bad, v.T("cases.some_differ", failed, len(v.Cases)))
	}
	fields := report.Fields{Fields: []report.Field{
		{Label: v.T("cases.cases"), Value: cases},
		v.covered("cases.outcomes", vet.Outcome), v.covered("cases.rows", vet.Row), v.covered("cases.notes", vet.Note),
		v.covered("cases.sides", vet.Holds, vet.HoldsNot),
	}}
	if v.Mutants != nil {
		fields.Fields = append(fields.Fields, v.tried()...)
	}
	v.add(fields)
}

// covered counts the items of some kinds.
func (v *tested) covered(label string, kinds ...string) report.Field {
	shown, all := 0, 0
	for _, item := range v.Items {
		for _, kind := range kinds {
			if item.Kind == kind {
				all++
				if item.Covered {
					shown++
				}
			}
		}
	}
	tone := report.Good
	if shown < all {
		tone = report.Open
	}
	return report.Field{Label: v.T(label), Value: report.SayAs(tone, v.T("cases.shown", shown, all))}
}

// tried counts the changes by what became of them.
func (v *tested) tried() []report.Field {
	counts := map[string]int{}
	for _, m := range v.Mutants {
		counts[m.Status]++
	}
	tone := report.Good
	if counts[vet.Unnoticed] > 0 {
		tone = report.Bad
	}
	return []report.Field{
		{Label: v.T("cases.changes"), Value: report.SayAs(tone, v.T("cases.changes_tried", len(v.Mutants), counts[vet.Noticed], counts[vet.Unnoticed]))},
		{Label: v.T("cases.equivalent"), Value: report.Say(v.T("cases.equivalent_count", counts[vet.Equivalent]))},
		{Label: v.T("cases.refused"), Value: report.Say(v.T("cases.refused_count", counts[vet.Refused]))},
	}
}

// differences lists the cases that do not hold, with all that was found.
func (v *tested) differences() {
	l := v.list()
	for _, c := range v.Cases {
		for _, d := range c.Found {
			if d.Severity == diag.Error {
				l.row(clean(c.Name), report.SayAs(report.Bad, clean(v.Text(d.Message))), d.Pos)
			}
		}
	}
	l.end("cases.differ_heading")
}

// missing lists what no case shows.
func (v *tested) missing() {
	l := v.list()
	for _, item := range v.Items {
		if item.Covered {
			continue
		}
		words := v.T("cases.item_"+item.Kind, clean(item.Of))
		if item.Kind == vet.Outcome {
			words = v.T("cases.item_outcome", i18n.M("outcome."+item.Of))
		}
		l.row(clean(item.On), report.Say(words), item.Pos)
	}
	v.lacking = v.lacking || l.rows > 0
	l.end("cases.missing_heading")
}

// unnoticed lists the changes that no case notices.
func (v *tested) unnoticed() {
	l := v.list()
	for _, m := range v.Mutants {
		if m.Status != vet.Unnoticed {
			continue
		}
		words := v.T("cases.change_dropped", clean(m.From))
		if m.To != "" {
			words = v.T("cases.change_to", clean(m.From), clean(shortened(m.From, m.To)))
		}
		l.row(clean(m.On), report.Say(words), m.Pos)
	}
	v.lacking = v.lacking || l.rows > 0
	l.end("cases.unnoticed_heading")
}

// shortened is what is tried instead, without the fact, the rule or the count
// that it begins with where that is the same.
func shortened(from, to string) string {
	subject, _, _ := strings.Cut(from, " ")
	if rest, ok := strings.CutPrefix(to, subject+" "); ok {
		return rest
	}
	return to
}

// listed is a list of what was found, with places.
type listed struct {
	*tested
	table report.Table
	rows  int
}

func (v *tested) list() *listed {
	return &listed{tested: v, table: report.Table{Columns: []report.Column{{}, {Flexible: true}, {Flexible: true, Below: report.Always}}}}
}

func (l *listed) row(on string, what []report.Span, pos diag.Pos) {
	l.rows++
	if l.rows <= mostListed {
		l.table.Rows = append(l.table.Rows, report.Row{Cells: []report.Cell{report.SayAs(report.Strong, on), report.SayAs(report.Faint, clean(diag.Pos{File: pos.File, Line: pos.Line}.String())), what}})
	}
}

// end adds the list where there is anything in it.
func (l *listed) end(heading string) {
	if l.rows == 0 {
		return
	}
	l.add(report.Heading{Level: 2, Text: l.T(heading), Aside: l.Word(l.rows)}, l.table)
	if l.rows > mostListed {
		l.add(report.Paragraph{Text: report.Say(l.T("cases.more", l.rows-mostListed))})
	}
}
