package cli

import (
	"io"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/view"
)

// rowsAtOnce is how many initiatives are made into rows at a time.
const rowsAtOnce = 50

// csv writes the comparison some rows at a time.
func (c *comparing) csv(w io.Writer) error {
	v, flags := view.New(c.app.printer, c.strategy, nil), &c.app.flags.compare
	options := report.CSVOptions{Separator: []rune(flags.separator)[0], NoMark: flags.noMark}
	if options.Separator == '\\' {
		options.Separator = '\t'
	}
	part := *c.comparison
	for from := 0; from == 0 || from < len(c.comparison.Initiatives); from += rowsAtOnce {
		part.Initiatives = c.comparison.Initiatives[from:min(from+rowsAtOnce, len(c.comparison.Initiatives))]
		sheet := v.ComparisonSheet(&part)
		if flags.long {
			sheet = v.ComparisonLong(&part)
		}
		options.Continued = from > 0
		text, err := report.CSV(sheet, options)
		if err == nil {
			_, err = io.WriteString(w, text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// document writes the comparison in one of the formats that are for people.
func (c *comparing) document(format string, toTerminal bool) ([]byte, error) {
	v := view.New(c.app.printer, c.strategy, nil)
	flags := &c.app.flags.compare
	switch format {
	case "xlsx":
		return report.XLSX(v.ComparisonSheets(c.comparison), report.XLSXOptions{Title: c.app.printer.T("comparison.title", len(c.comparison.Initiatives)), Creator: "ksdev " + Version})
	case "html":
		text, err := report.HTML(v.ComparisonPage(c.comparison, c.whole), view.Page(c.app.printer, c.app.printer.T("comparison.title", len(c.comparison.Initiatives))))
		return []byte(text), err
	case "markdown":
		text, err := report.Markdown(v.Comparison(c.comparison, flags.top), report.MarkdownOptions{MaxBytes: summaryLimit, LeftOut: c.app.printer.T("view.markdown_left")})
		return []byte(text), err
	}
	text, err := report.Text(v.Comparison(c.comparison, flags.top), c.app.textOptions(c.config.Color.Value, toTerminal))
	return []byte(text), err
}
