package cli

import (
	"io"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
)

// htmlFormat writes one page: the whole assessment of one initiative, or a table
// of several whose rows open to it.
type htmlFormat struct{ *collecting }

func (f htmlFormat) end(w io.Writer, _ bool, _ int) error {
	p := f.run.app.printer
	d, title := f.page(), view.Headline(p, f.first, &f.summary)
	if len(f.records) == 1 && f.records[0].result.Assessment != nil {
		title = f.records[0].result.Assessment.Initiative.Title
	}
	page, err := report.HTML(d, view.Page(p, title))
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, page)
	return err
}

func (f htmlFormat) page() report.Document {
	p := f.run.app.printer
	if len(f.records) == 1 && f.records[0].result.Assessment != nil {
		r := f.records[0]
		return f.view(r.strategy).WholeAssessment(r.result.Assessment)
	}
	d := report.Document{Blocks: []report.Block{report.Heading{Level: 1, Text: view.Headline(p, nil, &f.summary)}}}
	strategies, assessments := f.byStrategy()
	for _, s := range strategies {
		d.Blocks = append(d.Blocks, f.view(s).Overview(assessments[s])...)
	}
	for _, r := range f.records {
		if r.result.Unread != nil {
			d.Blocks = append(d.Blocks, view.Unreadable(p, r.result.Unread)...)
		}
	}
	return d
}

// byStrategy sorts assessments by their strategies, in the order of the inputs.
func (f htmlFormat) byStrategy() ([]*strategy.Strategy, map[*strategy.Strategy][]*result.Assessment) {
	var strategies []*strategy.Strategy
	assessments := map[*strategy.Strategy][]*result.Assessment{}
	for _, r := range f.records {
		if r.result.Assessment == nil {
			continue
		}
		if assessments[r.strategy] == nil {
			strategies = append(strategies, r.strategy)
		}
		assessments[r.strategy] = append(assessments[r.strategy], r.result.Assessment)
	}
	return strategies, assessments
}
