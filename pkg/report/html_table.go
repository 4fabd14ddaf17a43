package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pageTable is a table. One that is interactive can be sorted and narrowed
// down, and its rows can open.
type pageTable struct {
	Class       string
	Caption     string
	Name        string // of the table where it scrolls
	Header      bool
	Interactive bool
	Long        bool // so many rows that fitting columns to them takes too long
	Columns     []pageColumn
	Rows        []pageRow
	Facets      []pageFacet
	Legend      []pagePiece
	Short       []pageColumn // columns whose titles stand for longer ones
	Words       PageWords
}

type pageColumn struct{ Title, Full, Class, Width string }

type pageRow struct {
	Cells []pageCell
	// Under is what stands under the row.
	Under []pageField
	// Tags are the row's values, as places of facets and of their values.
	Tags string
	Span int
	Open []pageBlock
}

// pageCell is a cell: a symbol with its word and nothing else, or a text.
type pageCell struct {
	Class, Sort  string
	Title        string // of the column, where it may stand before the text
	Symbol, Word string
	Text         []pagePiece
}

type pageFacet struct {
	Title  string
	Values []pageFacetValue
}

// pageFacetValue is a value that some rows have, and how many.
type pageFacetValue struct {
	Title, Tag string
	Count      int
}

// table makes a table of the page; none where it has neither rows nor titles.
func (w *pageWriter) table(t Table) (*pageTable, error) {
	if len(t.Rows) == 0 && !t.Header {
		return nil, nil
	}
	made := &pageTable{Caption: pageText(t.Caption), Header: t.Header, Words: w.options.Words,
		Interactive: len(t.Facets) > 0 || slices.ContainsFunc(t.Rows, func(r Row) bool { return len(r.Open) > 0 })}
	made.Name = made.Caption
	if made.Name == "" {
		made.Name = w.name
	}
	w.interactive = w.interactive || made.Interactive
	made.Long = made.Interactive && len(t.Rows) > longTable
	across := acrossOf(t.Columns)
	for _, c := range across {
		column := pageColumnOf(t.Columns[c])
		switch {
		case made.Long:
			column.Width = longWidth(t, c)
		case !t.Header:
			column.Width = plainWidth(t, c)
		}
		made.Columns = append(made.Columns, column)
		if column.Full != "" {
			made.Short = append(made.Short, column)
		}
	}
	for i, row := range t.Rows {
		if len(row.Cells) > len(t.Columns) {
			return nil, fmt.Errorf("row %d of a table has %d cells for %d columns", i+1, len(row.Cells), len(t.Columns))
		}
		line, err := w.row(t, row, across, t.Header && !made.Interactive)
		if err != nil {
			return nil, err
		}
		made.Rows = append(made.Rows, line)
	}
	made.Facets = pageFacets(t)
	made.Legend = w.legend(t)
	return made, nil
}

// acrossOf lists the columns that stand in a row.
func acrossOf(columns []Column) []int {
	var across []int
	for i, c := range columns {
		if c.Below != Always {
			across = append(across, i)
		}
	}
	return across
}

func pageColumnOf(c Column) pageColumn {
	column := pageColumn{Title: pageText(c.Title), Full: pageText(c.Full)}
	if c.Full != "" {
		column.Class = "short"
	}
	if c.Align == Right {
		column.Class = strings.TrimSpace(column.Class + " right")
	}
	if c.Flexible {
		column.Class = strings.TrimSpace(column.Class + " flexible")
	}
	return column
}

func (w *pageWriter) row(t Table, row Row, across []int, titled bool) (pageRow, error) {
	made := pageRow{Span: len(across), Tags: pageTags(t.Facets, row.Tags)}
	for _, c := range across {
		column := pageColumnOf(t.Columns[c])
		cell := pageCell{Class: column.Class}
		if titled {
			cell.Title = column.Title
		}
		if c < len(row.Cells) {
			cell.fill(pagePieces(cellHead(row.Cells[c])))
		}
		if c < len(row.Sort) && row.Sort[c] != ByText {
			cell.Sort = strconv.FormatInt(row.Sort[c], 10)
		}
		made.Cells = append(made.Cells, cell)
	}
	for c, cell := range row.Cells {
		if text := pagePieces(cellHead(cell)); t.Columns[c].Below == Always && len(text) > 0 {
			made.Under = append(made.Under, pageField{Label: pageText(t.Columns[c].Title), Values: [][]pagePiece{text}})
		}
	}
	var err error
	made.Open, err = w.within(row.Open)
	return made, err
}

// fill gives a cell its text. One that is a symbol and nothing else has its
// colour; a text that is a verdict and nothing else is marked as one.
func (c *pageCell) fill(text []pagePiece) {
	c.Text = text
	switch {
	case len(text) != 1 || text[0].Class == "" || text[0].Class == Faint.class():
	case text[0].Word != "" && text[0].Interval == nil:
		c.Class = strings.TrimSpace(c.Class + " symbol " + text[0].Class)
		c.Symbol, c.Word = text[0].Text, text[0].Word
	default:
		text[0].Class += " verdict"
	}
}

// pageTags writes a row's values as the places of facets and values: "0-2 1-0".
func pageTags(facets []Facet, tags [][]string) string {
	var all []string
	for f, facet := range facets {
		if f >= len(tags) {
			break
		}
		for v, value := range facet.Values {
			if slices.Contains(tags[f], value) {
				all = append(all, fmt.Sprintf("%d-%d", f, v))
			}
		}
	}
	return strings.Join(all, " ")
}

// pageFacets lists the values that rows have: those of no row would only lead
// to an empty table.
func pageFacets(t Table) []pageFacet {
	var all []pageFacet
	for f, facet := range t.Facets {
		made := pageFacet{Title: pageText(facet.Title)}
		for v, value := range facet.Values {
			count := 0
			for _, row := range t.Rows {
				if f < len(row.Tags) && slices.Contains(row.Tags[f], value) {
					count++
				}
			}
			if count > 0 {
				made.Values = append(made.Values, pageFacetValue{Title: pageText(value), Tag: fmt.Sprintf("%d-%d", f, v), Count: count})
			}
		}
		if len(made.Values) > 0 {
			all = append(all, made)
		}
	}
	return all
}

// legend lists the symbols of a table that has some: those of the options, and
// any other that it has.
func (w *pageWriter) legend(t Table) []pagePiece {
	known := pagePieces(w.options.Legend)
	found := false
	for _, row := range t.Rows {
		for _, cell := range row.Cells {
			for _, piece := range pagePieces(cell) {
				if piece.Word == "" {
					continue
				}
				found = true
				if !slices.ContainsFunc(known, func(k pagePiece) bool { return k.Text == piece.Text && k.Word == piece.Word }) {
					known = append(known, piece)
				}
			}
		}
	}
	if !found {
		return nil
	}
	return known
}

// longTable is how many rows a table has before its columns have fixed widths.
const longTable = 500

// longWidth names the width of a column in a table with fixed widths.
func longWidth(t Table, column int) string {
	c := t.Columns[column]
	switch {
	case c.Full != "":
		return widthOf(longestWord(c.Title))
	case c.Flexible:
		return widthOf(leastOf(c))
	}
	return widthOf(max(longest(t, column), longestWord(c.Title)+2))
}

// plainWidth names the width of a column in a table without titles: one of a few
// steps, so that tables of one kind line up, or for all flexible columns but the
// last a part of the whole.
func plainWidth(t Table, column int) string {
	if !t.Columns[column].Flexible {
		length := longest(t, column)
		for _, step := range []int{4, 8, 14} {
			if length <= step {
				return widthOf(step)
			}
		}
		return widthOf(widest)
	}
	total, last := 0, 0
	for _, i := range acrossOf(t.Columns) {
		if t.Columns[i].Flexible {
			total += leastOf(t.Columns[i])
			last = i
		}
	}
	if column == last {
		return ""
	}
	return "p" + strconv.Itoa(max(leastOf(t.Columns[column])*10/total, 1)*10)
}

// leastOf is how narrow a flexible column may become, in characters.
func leastOf(c Column) int {
	if c.Least > 0 {
		return c.Least
	}
	return defaultLeast
}

// widest is how many characters the widest named width has.
const widest = 24

// widthOf names the width of so many characters: the next even number.
func widthOf(characters int) string {
	return "w" + strconv.Itoa(min(characters+characters%2, widest))
}

func longestWord(text string) int {
	most := 0
	for _, word := range strings.Fields(text) {
		most = max(most, utf8.RuneCountInString(word))
	}
	return most
}

// longest is how many characters the longest text of a column has.
func longest(t Table, column int) int {
	most := 0
	for _, row := range t.Rows {
		if column < len(row.Cells) {
			length := 0
			for _, span := range row.Cells[column] {
				length += utf8.RuneCountInString(span.Text)
			}
			most = max(most, length)
		}
	}
	return most
}
