package report

import (
	"fmt"
	"strconv"
	"strings"
)

// Widths of a page of text, in terminal columns.
const (
	defaultWidth = 80
	leastWidth   = 40
	// readableWidth is where running text is broken on wider terminals.
	readableWidth = 100
	// indentStep is how far a part stands in from the one that it belongs to.
	indentStep = 2
)

// TextOptions says what the terminal can show.
type TextOptions struct {
	// Width is how many columns a line may have. 0: 80; below 40: 40.
	Width int
	// Color marks tones with escape sequences.
	Color bool
	// ASCII replaces every symbol outside ASCII; letters stay.
	ASCII bool
}

// Text writes a document for a terminal or a text file. No line is wider than
// the options allow and nothing is cut off, except for the texts of tables
// beyond CellLimit. No text can steer the terminal or, in a log of GitHub
// Actions, the machine that runs it (see splitter). The same document and
// options give the same text. It fails where a row has more cells than its
// table has columns.
func Text(d Document, o TextOptions) (string, error) {
	if o.Width == 0 {
		o.Width = defaultWidth
	}
	o.Width = max(o.Width, leastWidth)
	w := &writer{options: o}
	if err := w.layOut(d); err != nil {
		return "", fmt.Errorf("write document: %w", err)
	}
	for _, b := range d.Blocks {
		w.block(b)
	}
	return w.out.String(), nil
}

// writer puts a document on a page, from top to bottom.
type writer struct {
	options TextOptions
	// page is where the right side is: as far out as the widest table needs.
	page   int
	grids  []*grid
	tables []*table // those not written yet
	out    strings.Builder
	// indent is how far the part that is being written stands in.
	indent int
	// after is the level of the heading that was written last, if nothing has
	// come after it.
	after int
}

// layOut decides on all widths and has all tables joined, before anything is
// written.
func (w *writer) layOut(d Document) error {
	if err := w.prepareTables(d.Blocks, 0); err != nil {
		return err
	}
	w.page = min(defaultWidth, w.options.Width)
	for _, g := range w.grids {
		g.layout = arrange(g.columns, g.natural, w.options.Width-g.indent)
		w.page = max(w.page, g.indent+g.layout.width())
	}
	for _, g := range w.grids {
		g.layout.stretch(g.columns, w.page-g.indent)
	}
	for _, t := range w.tables {
		w.fill(t)
	}
	for _, g := range w.grids {
		if err := g.join(); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) prepareTables(blocks []Block, indent int) error {
	for i, b := range blocks {
		switch b := b.(type) {
		case Heading:
			indent = b.indent()
		case Table:
			t, err := w.prepare(b, indent)
			if err != nil {
				return err
			}
			w.tables = append(w.tables, t)
		case Bars:
			t, err := w.prepare(b.table(), indent)
			if err != nil {
				return err
			}
			w.tables = append(w.tables, t)
		case Details:
			if err := w.prepareTables(b.Blocks, indent); err != nil {
				return err
			}
		case Paragraph, Fields, List:
		default:
			return fmt.Errorf("block %d is a %T, which no format knows", i+1, b)
		}
	}
	return nil
}

// indent is how far a heading and all that stands under it are moved in.
func (h Heading) indent() int { return indentStep * (min(max(h.Level, 1), 3) - 1) }

func (w *writer) block(b Block) {
	switch b := b.(type) {
	case Heading:
		w.heading(b)
	case Paragraph:
		w.paragraph(b)
	case Fields:
		w.fields(b)
	case List:
		w.list(b)
	case Table:
		w.table(b.Tight)
	case Bars:
		w.table(false)
	case Details:
		w.details(b)
	}
}

// details writes blocks under their summary.
func (w *writer) details(d Details) {
	indent := w.indent
	w.paragraph(Paragraph{Text: SayAs(Strong, d.Summary)})
	for _, b := range d.Blocks {
		w.block(b)
	}
	w.indent = indent
}

// open makes room before a block: a blank line, except at the top, under a
// heading, and where the block is to stand close to the one before.
func (w *writer) open(tight bool) {
	if w.out.Len() > 0 && w.after == 0 && !tight {
		w.out.WriteByte('\n')
	}
	w.after = 0
}

// line writes one line, moved in.
func (w *writer) line(indent int, text string) {
	if text = strings.TrimRight(text, " "); text != "" {
		w.out.WriteString(strings.Repeat(" ", indent))
		w.out.WriteString(text)
	}
	w.out.WriteByte('\n')
}

// measureFrom is how wide running text is that starts at an indentation.
func (w *writer) measureFrom(indent int) int { return min(w.page, readableWidth) - indent }

// cell is the text of a cell, shortened, split into words.
func (w *writer) cell(spans []Span) flow {
	short := make([]Span, len(spans))
	for i, span := range spans {
		// Cleaning makes a text at most half as long (a line break of two
		// characters becomes one space), so what is cut here would be cut
		// afterwards. It spares us megabytes that nobody sees.
		text := head(span.Text, 2*CellLimit+2)
		short[i] = Span{Text: clean(text, w.options.ASCII), Tone: span.Tone}
	}
	return flowOf(shorten(short, CellLimit, clean("…", w.options.ASCII)))
}

// flow is cleaned text, split into words.
func (w *writer) flow(spans []Span) flow {
	out := make([]Span, len(spans))
	for i, span := range spans {
		out[i] = Span{Text: clean(span.Text, w.options.ASCII), Tone: span.Tone}
	}
	return flowOf(out)
}

func (w *writer) heading(h Heading) {
	text := w.flow(SayAs(Strong, h.Text))
	aside := w.flow(Say(h.Aside))
	if len(text) == 0 && len(aside) == 0 {
		return
	}
	if w.after == 1 {
		w.after = 0 // the title's own room
	}
	w.open(false)
	w.after, w.indent = max(h.Level, 1), h.indent()
	room := w.page - w.indent
	lines := text.wrap(room)
	if n := len(lines); n > 0 && len(aside) > 0 {
		gap := room - lines[n-1].width() - aside.width()
		if gap >= columnGap {
			w.lines(w.indent, lines[:n-1])
			w.line(w.indent, lines[n-1].paint(w.options.Color)+strings.Repeat(" ", gap)+aside.paint(w.options.Color))
			return
		}
	}
	w.lines(w.indent, lines)
	w.lines(w.indent+indentStep, aside.wrap(room-indentStep))
}

func (w *writer) lines(indent int, lines []flow) {
	for _, line := range lines {
		w.line(indent, line.paint(w.options.Color))
	}
}

func (w *writer) paragraph(p Paragraph) {
	text := w.flow(p.Text)
	if len(text) == 0 {
		return
	}
	w.open(p.Tight)
	indent := min(w.indent+indentStep*max(p.Indent, 0), leastWidth/2)
	w.lines(indent, text.wrap(w.measureFrom(indent)))
}

// fields writes labels and values side by side, or the values under the labels
// where the labels are too wide for that.
func (w *writer) fields(f Fields) {
	if len(f.Fields) == 0 {
		return
	}
	w.open(f.Tight)
	labels := make([]flow, len(f.Fields))
	widest := 0
	for i, field := range f.Fields {
		if field.Label != "" {
			labels[i] = w.flow(Say(field.Label + ":"))
		}
		widest = max(widest, labels[i].width())
	}
	side := widest + 1
	stacked := side > w.measureFrom(w.indent)/2
	if stacked {
		side = 2 * indentStep
	}
	for i, field := range f.Fields {
		w.field(labels[i], w.flow(field.Value), side, stacked)
	}
}

func (w *writer) field(label, value flow, side int, stacked bool) {
	room := w.measureFrom(w.indent)
	values := value.wrap(room - side)
	if stacked || len(values) == 0 {
		w.lines(w.indent, label.wrap(room))
		w.lines(w.indent+side, values)
		return
	}
	gap := strings.Repeat(" ", side-label.width())
	w.line(w.indent, label.paint(w.options.Color)+gap+values[0].paint(w.options.Color))
	w.lines(w.indent+side, values[1:])
}

func (w *writer) list(l List) {
	if len(l.Items) == 0 {
		return
	}
	w.open(l.Tight)
	side := len("- ")
	if l.Numbered {
		side = len(strconv.Itoa(len(l.Items)) + ". ")
	}
	for i, item := range l.Items {
		mark := "- "
		if l.Numbered {
			mark = fmt.Sprintf("%*s", side, strconv.Itoa(i+1)+". ")
		}
		lines := w.flow(item).wrap(w.measureFrom(w.indent) - side)
		if len(lines) == 0 {
			w.line(w.indent, mark)
			continue
		}
		w.line(w.indent, mark+lines[0].paint(w.options.Color))
		w.lines(w.indent+side, lines[1:])
	}
}

// table writes the next of the joined tables.
func (w *writer) table(tight bool) {
	t := w.tables[0]
	w.tables = w.tables[1:]
	opened := false
	for _, row := range t.rows {
		if !opened && row.height+len(row.under) > 0 {
			w.open(tight)
			opened = true
		}
		for _, line := range t.grid.lines[:row.height] {
			w.line(t.grid.indent, line)
		}
		t.grid.lines = t.grid.lines[row.height:]
		for _, line := range row.under {
			w.line(0, line)
		}
	}
}
