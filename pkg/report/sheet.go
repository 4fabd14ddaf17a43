package report

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// Sheet is a table as a spreadsheet holds it: typed values under columns, for
// those who go on sorting, filtering and counting.
type Sheet struct {
	// Name is what the sheet is called in a workbook.
	Name    string
	Columns []SheetColumn
	// Rows hold at most one value for each column, in their order.
	Rows [][]Value
	// Prose says that the sheet is read from top to bottom, an explanation for
	// instance; a workbook then has no filters and no fixed column in it.
	Prose bool
}

// SheetColumn names a column.
type SheetColumn struct {
	Title string
	// Full is what a short title stands for, shown under it in a workbook; empty
	// where the title says it.
	Full string
}

// ValueKind says what a value is.
type ValueKind uint8

// The kinds of values.
const (
	// Nothing is an empty cell.
	Nothing ValueKind = iota
	// TextValue is Value.Text.
	TextValue
	// NumberValue is Value.Number.
	NumberValue
	// DayValue is Value.Day.
	DayValue
)

// Value is what a cell holds: one of text, number, day and nothing.
type Value struct {
	Kind   ValueKind
	Text   string
	Number i18n.Number
	Day    i18n.Date
	// Tone colours the cell, where a format can.
	Tone Tone
	// Mark is a symbol for what the text says, such as "✓", put before it where
	// a person reads it.
	Mark string
}

var errNoColumns = errors.New("no columns")

// check finds what no spreadsheet can hold.
func (s Sheet) check() error {
	if len(s.Columns) == 0 {
		return errNoColumns
	}
	for i, row := range s.Rows {
		if len(row) > len(s.Columns) {
			return fmt.Errorf("row %d has %d values for %d columns", i+1, len(row), len(s.Columns))
		}
	}
	return nil
}

// decimal writes a number exactly, without grouping its digits.
func decimal(n i18n.Number, point string) string {
	digits := strconv.FormatInt(int64(n), 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	if missing := i18n.Decimals + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	whole, fraction := digits[:len(digits)-i18n.Decimals], digits[len(digits)-i18n.Decimals:]
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		return sign + whole + point + fraction
	}
	return sign + whole
}

// isoDay writes a day as 2018-03-01, which every spreadsheet takes for a day.
func isoDay(day i18n.Date) string {
	return time.Unix(0, 0).UTC().AddDate(0, 0, int(day)).Format(time.DateOnly)
}
