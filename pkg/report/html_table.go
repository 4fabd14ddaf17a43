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

type pageCell struct {
	Class, Sort string
	Text        []pagePiece
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
	across := acrossOf(t.Columns)
	widths := columnWidths(t)
	for _, c := range across {
		column := pageColumnOf(t.Columns[c])
		if !t.Header {
			column.Width = widths[c]
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
		line, err := w.row(t, row, across)
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

func (w *pageWriter) row(t Table, row Row, across []int) (pageRow, error) {
	made := pageRow{Span: len(across), Tags: pageTags(t.Facets, row.Tags)}
	for _, c := range across {
		cell := pageCell{}
		if c < len(row.Cells) {
			cell.Text = pagePieces(cellHead(row.Cells[c]))
		}
		cell.Class = pageCellClass(pageColumnOf(t.Columns[c]), cell.Text)
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

// pageCellClass is the class of a cell. One that is a symbol and nothing else
// has its colour; a text that is a verdict and nothing else is marked as one.
func pageCellClass(column pageColumn, text []pagePiece) string {
	class := column.Class
	switch {
	case len(text) != 1 || text[0].Class == "" || text[0].Class == Faint.class():
	case text[0].Word != "":
		class = strings.TrimSpace(class + " symbol " + text[0].Class)
		text[0].Class = ""
	default:
		text[0].Class += " verdict"
	}
	return class
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

// columnWidths names the widths of the columns of a table without titles, so
// that tables of one kind line up: in characters, or for all flexible columns
// but the last in parts of the whole.
func columnWidths(t Table) []string {
	widths := make([]string, len(t.Columns))
	least, last := 0, -1
	for i, c := range t.Columns {
		if c.Flexible && c.Below != Always {
			least += max(c.Least, 16)
			last = i
		}
	}
	for i, c := range t.Columns {
		switch {
		case i == last:
		case c.Flexible && c.Below != Always:
			widths[i] = "p" + strconv.Itoa(max(c.Least, 16)*10/least*10)
		case !c.Flexible:
			widths[i] = "w" + strconv.Itoa(longest(t, i))
		}
	}
	return widths
}

// widest is how many characters the widest named width has.
const widest = 24

// longest is how many characters the longest text of a column has, rounded up
// to the next even number.
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
	return min(most+most%2, widest)
}
