package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/olekukonko/tablewriter"
	"github.com/olekukonko/tablewriter/renderer"
	"github.com/olekukonko/tablewriter/tw"
)

// tableIndent is how far tables are moved in at least.
const tableIndent = 2

// grid is the tables of a document that are laid out alike: same columns, same
// indentation. They are joined in one go, which is what makes a document of
// many small tables cheap.
type grid struct {
	columns []Column
	natural []int
	indent  int
	layout  layout
	// cells is what is given to tablewriter, row by row, each cell wrapped to
	// the width of its column; height is how many lines that must become.
	cells  [][]string
	height int
	// lines is what came back and is not written yet.
	lines []string
}

// table is one table on its way to the page.
type table struct {
	grid *grid
	// header: the first row holds the titles.
	header bool
	rows   []tableRow
}

// tableRow is a row with its texts as flows, by column.
type tableRow struct {
	flows []flow
	// height is how many lines of the grid it takes.
	height int
	// under is what stands under it.
	under []string
}

// prepare cleans the texts of a table and measures its columns.
func (w *writer) prepare(t Table, indent int) (*table, error) {
	g := w.gridFor(t.Columns, max(indent, tableIndent))
	prepared := &table{grid: g, header: t.Header}
	if t.Header {
		titles := make([]Cell, len(t.Columns))
		for i, c := range t.Columns {
			titles[i] = SayAs(Strong, c.Title)
		}
		prepared.rows = append(prepared.rows, w.measure(g, titles))
	}
	for i, row := range t.Rows {
		if len(row.Cells) > len(t.Columns) {
			return nil, fmt.Errorf("row %d of a table has %d cells for %d columns", i+1, len(row.Cells), len(t.Columns))
		}
		prepared.rows = append(prepared.rows, w.measure(g, row.Cells))
	}
	return prepared, nil
}

func (w *writer) gridFor(columns []Column, indent int) *grid {
	for _, g := range w.grids {
		if g.indent == indent && slices.Equal(g.columns, columns) {
			return g
		}
	}
	g := &grid{columns: columns, natural: make([]int, len(columns)), indent: indent}
	w.grids = append(w.grids, g)
	return g
}

func (w *writer) measure(g *grid, cells []Cell) tableRow {
	row := tableRow{flows: make([]flow, len(cells))}
	for i, cell := range cells {
		row.flows[i] = w.cell(cell)
		g.natural[i] = max(g.natural[i], row.flows[i].width())
	}
	return row
}

// fill puts the rows of a table into its grid.
func (w *writer) fill(t *table) {
	for i := range t.rows {
		row := &t.rows[i]
		if isTitles := t.header && i == 0; !isTitles {
			row.under = w.underRow(t, row.flows)
		}
		row.height = w.fillRow(t.grid, row.flows, len(row.under) > 0)
	}
}

// fillRow adds a row with its cells wrapped and returns how many lines it
// takes. A row without any text is a blank line, unless something stands under
// it.
func (w *writer) fillRow(g *grid, flows []flow, hasUnder bool) int {
	height := 0
	cells := make([]string, len(g.layout.across))
	for i, c := range g.layout.across {
		if c >= len(flows) {
			break
		}
		lines := flows[c].wrap(g.layout.widths[i])
		cells[i] = w.stack(lines, g.layout.widths[i], g.columns[c].Align)
		height = max(height, len(lines))
	}
	if height == 0 && !hasUnder && len(cells) > 0 {
		height = 1
	}
	if height > 0 {
		g.cells = append(g.cells, cells)
		g.height += height
	}
	return height
}

// stack writes lines under one another, each as wide as the column.
func (w *writer) stack(lines []flow, width int, align Align) string {
	var b strings.Builder
	for i, line := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		pad := strings.Repeat(" ", max(0, width-line.width()))
		if align == Right {
			b.WriteString(pad)
		}
		b.WriteString(line.paint(w.options.Color))
		if align != Right {
			b.WriteString(pad)
		}
	}
	return b.String()
}

// underRow is what stands under a row, in one text, wrapped: the columns after
// one another, with their titles where the table shows titles.
func (w *writer) underRow(t *table, flows []flow) []string {
	g := t.grid
	var all flow
	for _, c := range g.layout.under {
		if c >= len(flows) || len(flows[c]) == 0 {
			continue
		}
		if len(all) > 0 {
			all = append(all, w.flow(Say("·"))...)
		}
		if t.header && g.columns[c].Title != "" {
			all = append(all, w.cell(Say(g.columns[c].Title+":"))...)
		}
		all = append(all, flows[c]...)
	}
	hang := g.indent + g.layout.hang()
	var lines []string
	for _, line := range all.wrap(w.measureFrom(hang)) {
		lines = append(lines, strings.Repeat(" ", hang)+line.paint(w.options.Color))
	}
	return lines
}

// join lets tablewriter make lines of the cells of a grid. Widths, wrapping and
// padding are ours: left to itself, tablewriter neither breaks long words nor
// keeps to a width.
func (g *grid) join() error {
	if g.height == 0 {
		return nil
	}
	out := &lineWriter{Blueprint: renderer.NewBlueprint(), widths: g.layout.widths}
	t := tablewriter.NewTable(io.Discard,
		// Otherwise the environment decides how wide æ, ø and å are.
		tablewriter.WithEastAsian(tw.Off),
		tablewriter.WithConfig(tablewriter.Config{
			Row: tw.CellConfig{
				Formatting: tw.CellFormatting{AutoFormat: tw.Off},
				Padding:    tw.CellPadding{Global: tw.PaddingNone},
			},
			Behavior: tw.Behavior{AutoHide: tw.Off, TrimSpace: tw.Off, TrimLine: tw.Off},
		}),
		tablewriter.WithRowAutoWrap(tw.WrapNone),
		tablewriter.WithRenderer(out),
		tablewriter.WithRendition(tw.Rendition{Borders: tw.BorderNone, Settings: tw.Settings{Lines: tw.LinesNone, Separators: tw.SeparatorsNone}}),
	)
	if err := t.Bulk(g.cells); err != nil {
		return fmt.Errorf("table: %w", err)
	}
	if err := t.Render(); err != nil {
		return fmt.Errorf("table: %w", err)
	}
	g.lines = out.lines
	if len(g.lines) != g.height {
		return fmt.Errorf("table: %d lines became %d", g.height, len(g.lines))
	}
	return nil
}

// lineWriter is tablewriter's own renderer, except that it keeps the lines
// instead of writing them, and joins cells that have their width already.
type lineWriter struct {
	*renderer.Blueprint
	widths []int
	lines  []string
}

// Row takes one line of a row, a cell for each column.
func (l *lineWriter) Row(row []string, _ tw.Formatting) {
	var b strings.Builder
	for i, cell := range row {
		if i > 0 {
			b.WriteString(strings.Repeat(" ", columnGap))
		}
		b.WriteString(cell)
		if cell == "" {
			b.WriteString(strings.Repeat(" ", l.widths[i]))
		}
	}
	l.lines = append(l.lines, b.String())
}
