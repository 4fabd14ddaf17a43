package report

import "fmt"

// pageBlock is a block with all that the templates need to know. One of its
// fields is set, or none where there is nothing to show.
type pageBlock struct {
	Heading   *pageHeading
	Paragraph *pageParagraph
	Fields    *pageFields
	List      *pageList
	Table     *pageTable
	Bars      *pageBars
	Details   *pageDetails
}

type pageHeading struct {
	Level       int
	Text, Aside string
}

type pageParagraph struct {
	Class string
	Text  []pagePiece
}

type pageFields struct {
	Class  string
	Fields []pageField
}

// pageField is a label with all its values.
type pageField struct {
	Label  string
	Values [][]pagePiece
}

type pageList struct {
	Class    string
	Numbered bool
	Items    [][]pagePiece
}

type pageDetails struct {
	Summary string
	Blocks  []pageBlock
}

// pagePiece is a span. Strong ones are an element of their own.
type pagePiece struct {
	Text, Word, Class string
	Strong            bool
	Interval          *pageInterval
}

// pageWriter makes blocks of a page.
type pageWriter struct {
	options HTMLOptions
	// base is the level of the heading that what is written belongs to: headings
	// in what folds or opens are below it. last is the level of the heading
	// written last, and name its text; no level is left out between two.
	base, last int
	name       string
	// interactive: some table needs the script.
	interactive bool
}

// page makes blocks of a document. A page begins with a heading of level 1.
func (w *pageWriter) page(d Document) ([]pageBlock, error) {
	blocks := d.Blocks
	first, ok := Heading{}, false
	if len(blocks) > 0 {
		first, ok = blocks[0].(Heading)
	}
	if !ok || first.Level > 1 {
		blocks = append([]Block{Heading{Level: 1, Text: w.title(d)}}, blocks...)
	}
	return w.blocks(blocks)
}

func (w *pageWriter) blocks(blocks []Block) ([]pageBlock, error) {
	var all []pageBlock
	for i, b := range blocks {
		made, err := w.block(i, b)
		if err != nil {
			return nil, err
		}
		if made != (pageBlock{}) {
			all = append(all, made)
		}
	}
	return all, nil
}

func (w *pageWriter) block(i int, b Block) (made pageBlock, err error) {
	switch b := b.(type) {
	case Heading:
		made.Heading = w.heading(b)
	case Paragraph:
		made.Paragraph = pageParagraphOf(b)
	case Fields:
		made.Fields = pageFieldsOf(b)
	case List:
		made.List = pageListOf(b)
	case Table:
		made.Table, err = w.table(b)
	case Bars:
		made.Bars = w.bars(b)
	case Details:
		made.Details, err = w.details(b)
	default:
		err = fmt.Errorf("block %d is a %T, which no format knows", i+1, b)
	}
	return made, err
}

func (w *pageWriter) heading(h Heading) *pageHeading {
	made := &pageHeading{Text: pageText(h.Text), Aside: pageText(h.Aside)}
	if made.Text == "" && made.Aside == "" {
		return nil
	}
	made.Level = min(w.base+min(max(h.Level, 1), 3), w.last+1, 6)
	w.last, w.name = made.Level, made.Text
	return made
}

// within makes blocks that stand inside something, with headings below its own.
func (w *pageWriter) within(blocks []Block) ([]pageBlock, error) {
	before := *w
	w.base = w.last
	made, err := w.blocks(blocks)
	w.base, w.last, w.name = before.base, before.last, before.name
	return made, err
}

func (w *pageWriter) details(d Details) (*pageDetails, error) {
	blocks, err := w.within(d.Blocks)
	return &pageDetails{Summary: pageText(d.Summary), Blocks: blocks}, err
}

func pageParagraphOf(p Paragraph) *pageParagraph {
	text := pagePieces(p.Text)
	if len(text) == 0 {
		return nil
	}
	class := tight(p.Tight)
	if p.Indent > 0 {
		class += " in"
	}
	return &pageParagraph{Class: class, Text: text}
}

func pageFieldsOf(f Fields) *pageFields {
	made := &pageFields{Class: tight(f.Tight)}
	for i, field := range f.Fields {
		label, value := pageText(field.Label), pagePieces(field.Value)
		if label != "" || i == 0 {
			made.Fields = append(made.Fields, pageField{Label: label})
		}
		last := &made.Fields[len(made.Fields)-1]
		last.Values = append(last.Values, value)
	}
	if len(made.Fields) == 0 {
		return nil
	}
	return made
}

func pageListOf(l List) *pageList {
	if len(l.Items) == 0 {
		return nil
	}
	made := &pageList{Class: tight(l.Tight), Numbered: l.Numbered}
	for _, item := range l.Items {
		made.Items = append(made.Items, pagePieces(item))
	}
	return made
}

func tight(tight bool) string {
	if tight {
		return "tight"
	}
	return ""
}

// pagePieces makes pieces of spans; none where there is no text in them.
func pagePieces(spans []Span) []pagePiece {
	var pieces []pagePiece
	for _, span := range spans {
		piece := pagePiece{Text: clean(span.Text, false), Word: pageText(span.Word), Class: span.Tone.class(),
			Strong: span.Tone == Strong, Interval: pageIntervalOf(span.Interval)}
		if piece.Text != "" || piece.Word != "" {
			pieces = append(pieces, piece)
		}
	}
	return pieces
}

// class is the name that a tone has in the page's style; empty where the text
// looks like any other.
func (t Tone) class() string {
	switch t {
	case Good:
		return "good"
	case Bad:
		return "bad"
	case Open:
		return "open"
	case Neutral:
		return "neutral"
	case Faint:
		return "faint"
	}
	return ""
}
