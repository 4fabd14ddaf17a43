package cli

import (
	"errors"
	"io"
	"slices"

	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/view"
)

// collecting keeps records until all are there, for formats that begin with
// what is known only at the end.
type collecting struct {
	viewing
	records []record
	summary view.Summary
}

func newCollecting(r *assessing) *collecting { return &collecting{viewing: newViewing(r)} }

func (c *collecting) add(_ io.Writer, r record) error {
	c.records = append(c.records, r)
	if r.result.Assessment == nil {
		c.summary.AddUnread()
		return nil
	}
	c.summary.Add(c.view(r.strategy).LineOf(r.result.Assessment))
	return nil
}

// findings puts all records together.
func (c *collecting) findings() report.Findings {
	p := c.run.app.printer
	f := report.Findings{Tool: report.Tool{Name: "ksdev", Version: Version}, Language: string(p.Language()),
		Headline: view.Headline(p, c.first, &c.summary), Words: report.FindingWords{Left: func(n int) string { return p.T("view.left", n) }}}
	for _, r := range c.records {
		if u := r.result.Unread; u != nil {
			f.Problems = append(f.Problems, view.Problems(p, u.Input.Path, u.Diagnostics)...)
			continue
		}
		a, v := r.result.Assessment, c.view(r.strategy)
		f.Suites = append(f.Suites, v.Suite(a))
		f.Problems = append(f.Problems, view.Problems(p, a.Input.Path, a.Diagnostics)...)
		f.Problems = append(f.Problems, v.Lapsed(a)...)
		for _, rule := range v.Rules() {
			if !slices.ContainsFunc(f.Rules, func(known report.FindingRule) bool { return known.ID == rule.ID }) {
				f.Rules = append(f.Rules, rule)
			}
		}
	}
	return f
}

// sarifFormat, junitFormat and githubFormat write findings.
type sarifFormat struct{ *collecting }

func (f sarifFormat) end(w io.Writer, _ bool, _ int) error {
	data, err := report.SARIF(f.rulesWithout())
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// rulesWithout gives the findings; where nothing could be assessed the rules
// are those of the default strategy, so that they are always listed.
func (c *collecting) rulesWithout() report.Findings {
	f := c.findings()
	if len(f.Rules) > 0 {
		return f
	}
	if s, _ := c.run.catalog.choose(initiative.Header{}, nil); s != nil {
		f.Rules = c.view(s).Rules()
	}
	return f
}

type junitFormat struct{ *collecting }

func (f junitFormat) end(w io.Writer, _ bool, _ int) error {
	data, err := report.JUnit(f.findings())
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// summaryLimit is how many bytes GitHub takes as the summary of a step.
const summaryLimit = 1 << 20

type githubFormat struct{ *collecting }

func (f githubFormat) end(w io.Writer, _ bool, _ int) error {
	if _, err := io.WriteString(w, report.GitHub(f.findings())); err != nil {
		return err
	}
	if f.run.summary == "" {
		return nil
	}
	text, err := f.markdown()
	if err != nil {
		return err
	}
	if err := appendWhole(f.run.app.disk(), f.run.summary, text); err != nil {
		return notWrittenError{{f.run.summary, err}}
	}
	return nil
}

// stepSummary is the file for the summary of a GitHub step; empty where there
// is none.
func (a *app) stepSummary(inputs []input) (string, error) {
	name := getenv(a.streams.Environ())("GITHUB_STEP_SUMMARY")
	if name == "" {
		return "", nil
	}
	target, _, err := a.mayWrite(name, inputs)
	return target, err
}

// appendWhole writes a text behind what a file holds, or leaves the file as it
// was.
func appendWhole(d disk, name, text string) error {
	file, err := d.extend(name)
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err != nil {
		return errors.Join(err, file.Close())
	}
	_, err = io.WriteString(file, text)
	if err = errors.Join(err, file.Sync()); err != nil {
		err = errors.Join(err, file.Truncate(info.Size()))
	}
	return errors.Join(err, file.Close())
}

type markdownFormat struct{ *collecting }

func (f markdownFormat) end(w io.Writer, _ bool, _ int) error {
	text, err := f.markdown()
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

// markdown is the report on all initiatives: of several a summary first, and
// each folded.
func (c *collecting) markdown() (string, error) {
	p := c.run.app.printer
	var d report.Document
	if c.summary.Len() > 1 && c.first != nil {
		d = c.first.Summary(&c.summary)
	}
	for _, r := range c.records {
		switch {
		case r.result.Unread != nil:
			d.Blocks = append(d.Blocks, view.Unreadable(p, r.result.Unread)...)
		case len(c.records) == 1:
			d.Blocks = append(d.Blocks, c.view(r.strategy).Assessment(r.result.Assessment).Blocks...)
		default:
			d.Blocks = append(d.Blocks, c.view(r.strategy).Folded(r.result.Assessment))
		}
	}
	return report.Markdown(d, report.MarkdownOptions{MaxBytes: summaryLimit, LeftOut: p.T("view.markdown_left")})
}
