package report

import (
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Widths of a column, in characters.
const (
	leastCellWidth = 6
	mostCellWidth  = 60
	// leastTitleWidth is up to where a column is widened for its title.
	leastTitleWidth = 16
	// filterWidth is what the button of a filter takes, margins included.
	filterWidth = 3
	margins     = 2
)

// widths are those of the columns: what the longest text needs up to a width at
// which text wraps.
func (s Sheet) widths() []int {
	widths := make([]int, len(s.Columns))
	for i, column := range s.Columns {
		title := strings.TrimSpace(cellText(column.Title) + " " + cellText(column.Full))
		need := min(utf8.RuneCountInString(title), leastTitleWidth)
		for _, word := range strings.Fields(title) {
			need = max(need, utf8.RuneCountInString(word))
		}
		widths[i] = need + filterWidth
	}
	for _, row := range s.Rows {
		for i, value := range row {
			if widths[i] < mostCellWidth {
				widths[i] = max(widths[i], valueWidth(value)+margins)
			}
		}
	}
	for i, width := range widths {
		widths[i] = min(max(width, leastCellWidth), mostCellWidth)
	}
	return widths
}

// valueWidth is how many characters a value takes, at least roughly: a number
// has its digits in groups.
func valueWidth(v Value) int {
	switch v.Kind {
	case TextValue:
		return utf8.RuneCountInString(v.shown())
	case NumberValue:
		digits := len(decimal(v.Number, ","))
		return digits + digits/3
	case DayValue:
		return len("01.03.2018")
	}
	return 0
}

// lines is how many lines a text takes in a column.
func lines(text string, width int) int {
	if text == "" {
		return 0
	}
	if utf8.RuneCountInString(text) <= width {
		return 1
	}
	return len(flowOf(Say(text)).wrap(width))
}

// rowHeight makes a row high enough for so many lines. One line is what rows
// have anyway; Excel would find the others itself, LibreOffice does not.
func rowHeight(lines int) excelize.RowOpts {
	const lineHeight = 15 // in points
	if lines <= 1 {
		return excelize.RowOpts{}
	}
	return excelize.RowOpts{Height: min(float64(lines*lineHeight), excelize.MaxRowHeight)}
}
