package report

import (
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
)

// MarkdownOptions says how much may be written.
type MarkdownOptions struct {
	// MaxBytes is how long the text may become; 0: as long as it is. GitHub takes
	// 1 MiB as the summary of a step.
	MaxBytes int
	// LeftOut is what the reader is told where the text would be longer.
	LeftOut string
}

// Markdown writes a document in GitHub-flavoured Markdown. What folds is an
// HTML element, details, which GitHub shows as such; all columns of a table
// stand in its rows. No text is anything but text in it: not markup, not a
// mention, not a reference and, in a log of GitHub Actions, not a command.
//
// A text that would be too long ends before the first row, item or block that
// does not fit, and then says so; what folds is left out as a whole. It fails
// where a row has more cells than its table has columns, and where not even
// what says so fits.
func Markdown(d Document, o MarkdownOptions) (string, error) {
	w := &markdownWriter{}
	if err := w.blocks(d.Blocks); err != nil {
		return "", fmt.Errorf("write document: %w", err)
	}
	if length := size(w.units); o.MaxBytes > 0 && length > o.MaxBytes {
		if err := w.cut(o); err != nil {
			return "", fmt.Errorf("write document: %w", err)
		}
	}
	return join(w.units), nil
}

// unit is a part of the text that is written as a whole or not at all.
type unit struct {
	text string
	// apart puts an empty line before it.
	apart bool
	// opens means nothing without the unit after it.
	opens bool
}

// size is how many bytes units become.
func size(units []unit) int {
	total := 0
	for i, u := range units {
		total += len(u.text) + len("\n")
		if i > 0 && u.apart {
			total += len("\n")
		}
	}
	return total
}

func join(units []unit) string {
	var b strings.Builder
	b.Grow(size(units))
	for i, u := range units {
		if i > 0 && u.apart {
			b.WriteByte('\n')
		}
		b.WriteString(u.text)
		b.WriteByte('\n')
	}
	return b.String()
}

// markdownWriter makes units of blocks.
type markdownWriter struct {
	units []unit
	// afterList: a list was written last, with this sign before its items.
	afterList string
}

// cut keeps as many units as fit together with the note that says so.
func (w *markdownWriter) cut(o MarkdownOptions) error {
	note := unit{text: inMarkdown(SayAs(Strong, o.LeftOut)), apart: true}
	room := o.MaxBytes - size([]unit{note}) - len("\n")
	if room < 0 {
		return fmt.Errorf("%d bytes are too few", o.MaxBytes)
	}
	kept := 0
	for kept < len(w.units) {
		room -= size(w.units[kept : kept+1])
		if kept > 0 && w.units[kept].apart {
			room -= len("\n")
		}
		if room < 0 {
			break
		}
		kept++
	}
	for kept > 0 && w.units[kept-1].opens {
		kept--
	}
	w.units = append(slices.Clip(w.units[:kept]), note)
	return nil
}

func (w *markdownWriter) add(text string) { w.units = append(w.units, unit{text: text, apart: true}) }

func (w *markdownWriter) blocks(blocks []Block) error {
	for i, b := range blocks {
		if err := w.block(i, b); err != nil {
			return err
		}
	}
	return nil
}

func (w *markdownWriter) block(i int, b Block) error {
	afterList := w.afterList
	w.afterList = ""
	switch b := b.(type) {
	case Heading:
		w.heading(b)
	case Paragraph:
		if text := inMarkdown(b.Text); text != "" {
			w.add(text)
		}
	case Fields:
		w.fields(b, afterList)
	case List:
		w.list(b, afterList)
	case Table:
		return w.table(b)
	case Bars:
		return w.table(b.table())
	case Details:
		return w.details(b)
	default:
		return fmt.Errorf("block %d is a %T, which no format knows", i+1, b)
	}
	return nil
}

func (w *markdownWriter) heading(h Heading) {
	text := inMarkdown(Say(h.Text))
	if aside := inMarkdown(Say(h.Aside)); aside != "" {
		text = strings.TrimPrefix(text+" · "+aside, " · ")
	}
	if text == "" {
		return
	}
	level := min(max(h.Level, 1), 3)
	w.units = append(w.units, unit{text: strings.Repeat("#", level) + " " + text, apart: true, opens: true})
}

// fields writes a list of labels and values. What continues a field goes on a
// line of its own in the same item.
func (w *markdownWriter) fields(f Fields, afterList string) {
	var items []string
	for i, field := range f.Fields {
		value := inMarkdown(field.Value)
		label := inMarkdown(Say(field.Label))
		switch {
		case label == "" && i > 0:
			items[len(items)-1] += "<br>" + value
		case label == "":
			items = append(items, value)
		default:
			items = append(items, strings.TrimSpace("**"+label+":** "+value))
		}
	}
	w.items(items, afterList, false)
}

func (w *markdownWriter) list(l List, afterList string) {
	items := make([]string, len(l.Items))
	for i, item := range l.Items {
		items[i] = inMarkdown(item)
	}
	w.items(items, afterList, l.Numbered)
}

// items writes a list. A list right after another takes other signs, or the two
// would be one.
func (w *markdownWriter) items(items []string, afterList string, numbered bool) {
	sign := "-"
	if numbered {
		sign = "."
	}
	if sign == afterList {
		sign = map[string]string{"-": "*", ".": ")"}[sign]
	}
	for i, item := range items {
		mark := sign
		if numbered {
			mark = strconv.Itoa(i+1) + sign
		}
		w.units = append(w.units, unit{text: strings.TrimSpace(mark + " " + item), apart: i == 0})
		w.afterList = sign
	}
}

func (w *markdownWriter) details(d Details) error {
	inside := &markdownWriter{}
	if err := inside.blocks(d.Blocks); err != nil {
		return err
	}
	text := "<details>\n<summary>" + inHTML(d.Summary) + "</summary>\n"
	if len(inside.units) > 0 {
		text += "\n" + join(inside.units) + "\n"
	}
	w.add(text + "</details>")
	return nil
}

// table writes the columns that say something. Markdown has no table without
// titles, so they are shown though the table would do without.
func (w *markdownWriter) table(t Table) error {
	used := make([]bool, len(t.Columns))
	for i, c := range t.Columns {
		used[i] = t.Header && c.Title != ""
	}
	rows := make([][]string, len(t.Rows))
	for i, row := range t.Rows {
		if len(row.Cells) > len(t.Columns) {
			return fmt.Errorf("row %d of a table has %d cells for %d columns", i+1, len(row.Cells), len(t.Columns))
		}
		rows[i] = make([]string, len(t.Columns))
		for c, cell := range row.Cells {
			rows[i][c] = inMarkdown(cellHead(cell))
			used[c] = used[c] || rows[i][c] != ""
		}
	}
	if !slices.Contains(used, true) {
		return nil
	}
	titles := make([]string, len(t.Columns))
	sides := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = inMarkdown(cellHead(Say(c.Title)))
		sides[i] = "---"
		if c.Align == Right {
			sides[i] = "---:"
		}
	}
	w.units = append(w.units, unit{text: tableLine(titles, used) + "\n" + tableLine(sides, used), apart: true, opens: len(rows) > 0})
	for _, row := range rows {
		w.units = append(w.units, unit{text: tableLine(row, used)})
	}
	return nil
}

// cellHead is the text of a cell, cleaned and cut at CellLimit.
func cellHead(cell Cell) []Span {
	short := make([]Span, len(cell))
	for i, span := range cell {
		short[i] = span
		short[i].Text = cleanHead(span.Text, CellLimit+1)
	}
	return shorten(short, CellLimit, "…")
}

func tableLine(cells []string, used []bool) string {
	var b strings.Builder
	b.WriteByte('|')
	for i, cell := range cells {
		if used[i] {
			b.WriteString(" " + cell)
			if cell != "" {
				b.WriteByte(' ')
			}
			b.WriteByte('|')
		}
	}
	return b.String()
}

// inHTML is a text in an HTML element of a page in Markdown.
func inHTML(text string) string {
	text = strings.TrimSpace(clean(text, false))
	var b strings.Builder
	for i, r := range text {
		switch r {
		case '#':
			b.WriteString("&#35;")
		case '$':
			b.WriteString(markdownDollar)
		default:
			b.WriteString(html.EscapeString(string(r)))
		}
		if wakesGitHub(text, i) {
			b.WriteString(markdownPause)
		}
	}
	return b.String()
}
