// Package report holds documents, as a reader meets them, and the formats that
// they are written in. It knows headings, paragraphs and tables, and nothing of
// what they are about.
//
// A Document is built without any thought of a format: no padding, no line
// breaks, no escaping. A format decides what it looks like, and is the one
// place where texts that came from files are cleaned and escaped.
package report

import "math"

// Document is what is shown, from top to bottom. Between blocks a format puts
// the room that it needs.
type Document struct {
	Blocks []Block
}

// Block is one of Heading, Paragraph, Fields, List, Table, Bars and Details.
type Block interface{ isBlock() }

// Heading opens a part. Level 1 is the document's title, 2 and 3 its parts.
type Heading struct {
	Level int
	Text  string
	// Aside stands at the end of the same line, the total of a part for
	// instance; empty where there is none.
	Aside string
}

// Paragraph is running text.
type Paragraph struct {
	Text []Span
	// Indent is how many steps it is moved in from the part that it stands in.
	Indent int
	// Tight leaves out the room before it.
	Tight bool
}

// Fields is a list of labels with their values.
type Fields struct {
	Fields []Field
	// Tight leaves out the room before them.
	Tight bool
}

// Field is a label, without a colon, and its value. An empty label continues
// the field before it.
type Field struct {
	Label string
	Value []Span
}

// List is a list of texts, numbered from 1 where the order means something.
type List struct {
	Items    [][]Span
	Numbered bool
	// Tight leaves out the room before it.
	Tight bool
}

// Table is rows under columns. Tables of one document whose columns are the
// same are laid out alike, so that parts of one kind line up.
type Table struct {
	Columns []Column
	Rows    []Row
	// Header shows the columns' titles.
	Header bool
	// Tight leaves out the room before it.
	Tight bool
	// Caption says what the table holds, for those who hear it read; empty where
	// the heading before it says that.
	Caption string
	// Facets are what the rows can be narrowed down by, in formats in which a
	// reader can. A table that has some, or rows to open, can be sorted there.
	Facets []Facet
}

// Facet is a trait of rows with all values that it can have, in order.
type Facet struct {
	Title  string
	Values []string
}

// Column says what a format needs to know to lay a column out.
type Column struct {
	Title string
	// Full is what a short title stands for; empty where the title says it.
	Full  string
	Align Align
	// Flexible columns share the room that the others leave, and wrap. The
	// others take what their longest text needs.
	Flexible bool
	// Least is how narrow a flexible column may become, in terminal columns,
	// before columns are put under the row; 0: 16.
	Least int
	// Below puts the column on lines of its own under the row where there is
	// too little room: columns with 1 first, then those with 2, and so on.
	// 0: it stays in the row as long as that can be. Always: it never stands in
	// the row.
	Below int
}

// Always is the Column.Below of what stands under its row at any width.
const Always = -1

// Align is the side of its column that a text stands at.
type Align int

// The sides.
const (
	Left Align = iota
	Right
)

// Row is one row of a table: at most one cell for each column, in their order.
type Row struct {
	Cells []Cell
	// Sort is what the row is sorted by in each column, the smallest first; where
	// it is ByText or left out, that is the text.
	Sort []int64
	// Tags are the row's values of each of the table's facets.
	Tags [][]string
	// Open is shown when the reader opens the row. Formats in which nothing
	// opens leave it out.
	Open []Block
}

// ByText is the Row.Sort of a column that is sorted by its text.
const ByText = math.MinInt64

// Cell is the text of one column in one row. Formats for the screen shorten it
// at CellLimit.
type Cell = []Span

// CellLimit is how many characters of a cell are shown in formats that are read
// on a screen.
const CellLimit = 300

// Span is a piece of text in one tone. Nothing stands between two spans but
// what they themselves contain.
type Span struct {
	Text string
	Tone Tone
	// Word is what a text that is only a symbol stands for. Formats that can
	// show it, or have it read aloud, do.
	Word string
	// Interval draws what the text says, in formats that can.
	Interval *Interval
}

// Interval is the numbers from Least to Most of those from 1 to Of.
type Interval struct{ Least, Most, Of int }

// Bars are counts of the same parts of several things, drawn one bar under the
// other where a format can.
type Bars struct {
	Caption string
	Bars    []Bar
}

// Bar is one thing with its parts.
type Bar struct {
	Label string
	// Full is what a short label stands for; empty where the label says it.
	Full  string
	Parts []Part
}

// Part is how many there are of one kind.
type Part struct {
	// Word names the kind.
	Word  string
	Tone  Tone
	Count int
}

// Tone is what a piece of text means to the reader. It only underlines what the
// words already say.
type Tone int

// The tones.
const (
	// Plain is ordinary text.
	Plain Tone = iota
	// Good is what speaks for.
	Good
	// Bad is what speaks against.
	Bad
	// Open is what cannot be told yet.
	Open
	// Neutral is what counts neither way.
	Neutral
	// Strong is what to read first.
	Strong
	// Faint is what to read last.
	Faint
)

// Details are blocks that a reader may want to see only when asked for. A format
// in which nothing folds shows them under their summary. A heading in them has
// no effect on what comes after them.
type Details struct {
	Summary string
	Blocks  []Block
}

// Say is a text in the plain tone.
func Say(text string) []Span { return []Span{{Text: text}} }

// SayAs is a text in a tone.
func SayAs(tone Tone, text string) []Span { return []Span{{Text: text, Tone: tone}} }

func (Heading) isBlock()   {}
func (Paragraph) isBlock() {}
func (Fields) isBlock()    {}
func (List) isBlock()      {}
func (Table) isBlock()     {}
func (Details) isBlock()   {}
func (Bars) isBlock()      {}
