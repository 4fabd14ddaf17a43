package view

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// Line is what the summary of many initiatives says of one.
type Line struct {
	ID, Title      string
	Path           string
	Recommendation string
	// Passed and Of are how many rules of the rule set that is counted pass and
	// apply.
	Passed, Of result.Count
}

// LineOf is the line of an assessment.
func (v *View) LineOf(a *result.Assessment) Line {
	advice := a.Recommendation.Documented
	if a.Reading == result.Stated {
		advice = a.Recommendation.Stated
	}
	l := Line{ID: a.Initiative.ID, Title: a.Initiative.Title, Path: a.Input.Path, Recommendation: advice.ID}
	if i := v.strategy.Compare.Count; i >= 0 {
		set := &a.RuleSets[i]
		l.Passed, l.Of = set.Passed, set.Applicable
	}
	return l
}

// MostLines is how many initiatives a summary lists.
const MostLines = 200

// Summary is what is kept of many initiatives: their lines as long as they are
// not too many, and totals. The zero value is the summary of none.
type Summary struct {
	lines  []Line
	counts map[string]int
	total  int
	unread int
}

// Add takes in one initiative.
func (s *Summary) Add(l Line) {
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	s.total++
	s.counts[l.Recommendation]++
	if s.total <= MostLines {
		s.lines = append(s.lines, l)
	}
}

// AddUnread takes in an input that could not be read.
func (s *Summary) AddUnread() { s.unread++ }

// Len is how many initiatives and unread inputs were taken in.
func (s *Summary) Len() int { return s.total + s.unread }

// Summary is one table over many initiatives, in the order of the inputs; of
// more than MostLines it has only the totals.
func (v *View) Summary(s *Summary) report.Document {
	var d report.Document
	d.Blocks = append(d.Blocks, report.Heading{Level: 1, Text: v.t("view.summary", s.total)})
	if s.total > 0 && s.total <= MostLines {
		d.Blocks = append(d.Blocks, v.lines(s.lines))
	}
	d.Blocks = append(d.Blocks, v.totals(s.counts))
	if s.unread > 0 {
		d.Blocks = append(d.Blocks, report.Paragraph{Text: report.SayAs(report.Bad, v.t("view.unread", s.unread))})
	}
	if s.total > MostLines {
		d.Blocks = append(d.Blocks, report.Paragraph{Text: report.Say(v.t("view.too_many_lines", MostLines))})
	}
	return d
}

func (v *View) lines(lines []Line) report.Block {
	table := report.Table{Header: true, Columns: []report.Column{
		{Title: v.t("view.column_title"), Flexible: true, Least: 24},
		{Title: v.t("view.column_recommendation")},
	}}
	counts := v.strategy.Compare.Count >= 0
	if counts {
		table.Columns = append(table.Columns, report.Column{Title: v.t("view.column_passed")})
	}
	table.Columns = append(table.Columns, report.Column{Title: v.t("view.column_file"), Flexible: true, Least: 20, Below: 1})
	for _, l := range lines {
		row := report.Row{Cells: []report.Cell{report.Say(clean(l.Title)), report.Say(v.recommendation(l.Recommendation))}}
		if counts {
			row.Cells = append(row.Cells, report.Say(v.t("view.of", counted(l.Passed), counted(l.Of))))
		}
		row.Cells = append(row.Cells, report.SayAs(report.Faint, clean(l.Path)))
		table.Rows = append(table.Rows, row)
	}
	return table
}

// totals counts initiatives by recommendation, the best first.
func (v *View) totals(counts map[string]int) report.Block {
	fields := report.Fields{}
	for _, id := range v.sorted(counts) {
		fields.Fields = append(fields.Fields, report.Field{Label: v.recommendation(id), Value: report.Say(fmt.Sprint(counts[id]))})
	}
	return fields
}

// sorted lists recommendations, the best first.
func (v *View) sorted(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(cmp.Compare(slices.Index(v.strategy.Order, a), slices.Index(v.strategy.Order, b)), cmp.Compare(a, b))
	})
}
