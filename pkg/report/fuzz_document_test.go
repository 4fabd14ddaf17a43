package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// drawing makes documents of any structure from words that are too short to be
// broken, each of them another, and keeps the words.
type drawing struct {
	*rapid.T
	shown []string
}

func (d *drawing) upTo(most int, what string) int { return rapid.IntRange(0, most).Draw(d.T, what) }

func (d *drawing) flag(what string) bool { return rapid.Bool().Draw(d.T, what) }

// word is the n-th word: two letters, or three from the 1025th on, of an alphabet
// that no other text uses.
func word(n int) string {
	letters := []rune("абвгдежзийклмнопрстуфхцчшщъыьэюя")
	word := string(letters[n/32%32]) + string(letters[n%32])
	if n >= 32*32 {
		word += string(letters[n/32/32%32])
	}
	return word
}

// text is up to some new words.
func (d *drawing) text(most int) string {
	var words []string
	for range d.upTo(most, "words") {
		words = append(words, word(len(d.shown)))
		d.shown = append(d.shown, words[len(words)-1])
	}
	return strings.Join(words, " ")
}

// hidden is a text that not every format shows.
func (d *drawing) hidden() string {
	return []string{"", "kort", "en lengre tekst"}[d.upTo(2, "hidden")]
}

func (d *drawing) spans() []Span {
	var spans []Span
	for i := range d.upTo(2, "spans") {
		text := d.text(5)
		if i > 0 {
			text = " " + text
		}
		s := Span{Text: text, Tone: Tone(d.upTo(6, "tone"))}
		if d.flag("symbol") {
			s.Word = d.hidden()
		}
		if d.flag("drawn") {
			s.Interval = &Interval{d.upTo(12, "least") - 1, d.upTo(12, "most") - 1, d.upTo(11, "of") - 1}
		}
		spans = append(spans, s)
	}
	return spans
}

func (d *drawing) blocks(depth int) []Block {
	var blocks []Block
	for range d.upTo(3, "blocks") {
		blocks = append(blocks, d.block(depth))
	}
	return blocks
}

func (d *drawing) block(depth int) Block {
	tight := d.flag("tight")
	switch d.upTo(6, "kind") {
	case 0:
		return Heading{Level: d.upTo(5, "level") - 1, Text: d.text(8), Aside: d.text(2)}
	case 1:
		f := Fields{Tight: tight}
		for range d.upTo(3, "fields") {
			f.Fields = append(f.Fields, Field{d.text(2), d.spans()})
		}
		return f
	case 2:
		l := List{Tight: tight, Numbered: d.flag("numbered")}
		for range d.upTo(3, "items") {
			l.Items = append(l.Items, d.spans())
		}
		return l
	case 3:
		return d.table(tight, depth)
	case 4:
		return d.bars()
	case 5:
		if depth > 0 {
			return Details{Summary: d.text(3), Blocks: d.blocks(depth - 1)}
		}
	}
	return Paragraph{Text: d.spans(), Indent: d.upTo(3, "indent"), Tight: tight}
}

func (d *drawing) table(tight bool, depth int) Table {
	t := Table{Tight: tight, Header: d.flag("header"), Caption: d.hidden(), Columns: make([]Column, 1+d.upTo(5, "columns"))}
	for i := range t.Columns {
		t.Columns[i] = Column{Title: d.hidden(), Full: d.hidden(), Align: Align(d.upTo(1, "side")), Flexible: d.flag("flexible"), Least: d.upTo(30, "narrow"), Below: d.upTo(4, "below") - 1}
	}
	for range d.upTo(2, "facets") {
		t.Facets = append(t.Facets, Facet{Title: d.hidden(), Values: []string{"kort", d.hidden()}})
	}
	for range d.upTo(4, "rows") {
		row := Row{}
		for range d.upTo(len(t.Columns), "cells") {
			row.Cells = append(row.Cells, d.spans())
			row.Sort = append(row.Sort, []int64{0, -1, ByText}[d.upTo(2, "sort")])
		}
		for range t.Facets {
			row.Tags = append(row.Tags, []string{"kort"}[:d.upTo(1, "tags")])
		}
		if depth > 0 && d.flag("opens") {
			known := len(d.shown)
			row.Open = d.blocks(depth - 1)
			d.shown = d.shown[:known] // which not every format shows
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (d *drawing) bars() Bars {
	b := Bars{Caption: d.hidden()}
	for range d.upTo(3, "bars") {
		bar := Bar{Label: d.text(1), Full: d.hidden()}
		for range d.upTo(3, "parts") {
			bar.Parts = append(bar.Parts, Part{Word: []string{"a", "b", "", "kort"}[d.upTo(3, "part")], Tone: Tone(d.upTo(6, "tone")),
				Count: rapid.SampledFrom([]int{0, 1, 3, 1000, -1, 1 << 40}).Draw(d.T, "count")})
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}

// checkDocument writes a document of any structure in every format for
// documents. No format fails, and none loses a word.
func checkDocument(r *rapid.T) {
	d := &drawing{T: r}
	document := Document{Blocks: d.blocks(2)}
	o := TextOptions{Width: rapid.IntRange(leastWidth, 200).Draw(r, "width"), Color: d.flag("color"), ASCII: d.flag("ascii")}
	page, err := Text(document, o)
	if err != nil {
		r.Fatal(err)
	}
	checkPage(r, page, o)
	markdown, err := Markdown(document, MarkdownOptions{})
	if err != nil {
		r.Fatal(err)
	}
	html, err := HTML(document, HTMLOptions{Language: "nb", Title: "Tittel"})
	if err != nil {
		r.Fatal(err)
	}
	for format, written := range map[string]string{"text": page, "markdown": markdown, "html": html} {
		for _, word := range d.shown {
			if !strings.Contains(written, word) {
				r.Fatalf("%s: %q is not in\n%s\n%#v", format, word, written, document)
			}
		}
	}
}

func TestDocumentsOfAnyStructure(t *testing.T) { rapid.Check(t, checkDocument) }

func FuzzDocument(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkDocument)) }

// FuzzXLSX: a workbook with a text wherever one can stand opens, with names that
// Excel takes; everything reads back as it was, and nothing is a formula.
func FuzzXLSX(f *testing.F) {
	for _, text := range hostileTexts() {
		if len(text) < 300 {
			f.Add(text, int64(len(text))*1_234_567_891, int64(43160))
		}
	}
	f.Add("Ark/1", int64(-1), int64(firstDay-1))
	f.Add("HISTORY", int64(-9_223_372_036_854_775_808), int64(lastDay+1))
	f.Fuzz(func(t *testing.T, text string, millionths, days int64) {
		columns := []SheetColumn{{Title: text}, {Title: text, Full: text}, {}}
		days %= 3_000_000
		rows := [][]Value{{words(text), marked(Good, text, text), number(millionths)}, {day(i18n.Date(days)), {}, words(text)}, {}}
		sheets := []Sheet{{Name: text, Columns: columns, Rows: rows}, {Name: text, Columns: columns[:1], Prose: true}, {Name: "Ark", Columns: columns, Rows: rows}}
		data := mustXLSX(t, sheets...)
		if again := mustXLSX(t, sheets...); !bytes.Equal(data, again) {
			t.Error("not the same bytes")
		}
		for name, part := range parts(t, data) {
			checkXML(t, name, part)
		}
		f := opened(t, data)
		names := sheetNames(sheets)
		if got := f.GetSheetList(); !slices.Equal(got, names) {
			t.Fatalf("sheets: got %q, want %q", got, names)
		}
		for i, name := range names {
			if folded := strings.ToLower(name); len([]rune(name)) > excelize.MaxSheetNameLength || strings.ContainsAny(name, `[]:*?/\`) || folded == "history" ||
				slices.ContainsFunc(names[:i], func(other string) bool { return strings.ToLower(other) == folded }) {
				t.Errorf("the name %q", name)
			}
		}
		shown := decimal(i18n.Number(millionths), ".")
		for cell, want := range map[string]string{"A1": cutCell(cellText(text), maxTitle), "A2": cellText(text), "B3": "", "C3": cellText(text), "C2": shown} {
			for _, sheet := range []string{names[0], names[2]} {
				if got, err := f.GetCellValue(sheet, cell); err != nil || got != want {
					t.Errorf("%s: got %.300q, %v, want %.300q", cell, got, err, want)
				}
			}
		}
		for _, cell := range []string{"A1", "B1", "A2", "B2", "C2", "A3", "C3"} {
			if formula, err := f.GetCellFormula(names[0], cell); formula != "" || err != nil {
				t.Errorf("%s: the formula %q, %v", cell, formula, err)
			}
		}
	})
}

func checkXML(t *testing.T, name, part string) {
	t.Helper()
	for decoder := xml.NewDecoder(strings.NewReader(part)); ; {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}
