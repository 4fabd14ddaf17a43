package report

import (
	"fmt"
	"strings"
	"unicode"
)

// CSVOptions says what the file is to be opened with. The zero value is for a
// spreadsheet in Norwegian.
type CSVOptions struct {
	// Separator stands between fields: a semicolon, a comma or a tab. 0: a
	// semicolon.
	Separator rune
	// Point stands before decimals: a comma or a full stop. 0: a comma beside a
	// semicolon, otherwise a full stop. A spreadsheet in Norwegian takes 1.5 for
	// a day in May.
	Point rune
	// NoMark leaves out the byte order mark, without which Excel does not take
	// the file for UTF-8.
	NoMark bool
	// Continued leaves out the mark and the titles: the rows go on from others.
	Continued bool
}

// CSV writes a sheet as comma-separated values (RFC 4180): a line of titles and
// a line a row, all with as many fields, each ended by CR and LF. Numbers have
// plain digits, days are written 2018-03-01, and neither marks nor tones are
// shown. A text is cleaned of what controls a terminal, line breaks among it.
//
// No text is run as a formula. Where one begins with =, +, - or @, in ordinary
// or full width, an apostrophe is put before that sign; so too inside a text
// after a comma or semicolon, where a spreadsheet that separates fields by it
// begins a new cell. Blanks and quotation marks do not count. Who takes away
// the apostrophe before such a sign has the text as it was. Neither is a text
// a command where the file is printed in a log of GitHub Actions (see splitter).
//
// It fails for other separators than the three, where the separator is what
// stands before decimals, and where a row has more values than there are
// columns.
func CSV(s Sheet, o CSVOptions) (string, error) {
	o = o.complete()
	err := s.check()
	switch {
	case !strings.ContainsRune(";,\t", o.Separator):
		err = fmt.Errorf("the separator %q is none of semicolon, comma and tab", o.Separator)
	case !strings.ContainsRune(",.", o.Point):
		err = fmt.Errorf("%q before decimals is neither comma nor full stop", o.Point)
	case o.Separator == o.Point:
		err = fmt.Errorf("%q cannot both separate fields and stand before decimals", o.Point)
	}
	if err != nil {
		return "", fmt.Errorf("write CSV: %w", err)
	}
	var b strings.Builder
	fields := make([]string, len(s.Columns))
	if !o.Continued {
		if !o.NoMark {
			b.WriteString("\ufeff")
		}
		for i, column := range s.Columns {
			fields[i] = csvText(column.Title)
		}
		o.line(&b, fields)
	}
	for _, row := range s.Rows {
		clear(fields)
		for i, value := range row {
			fields[i] = o.value(value)
		}
		o.line(&b, fields)
	}
	return b.String(), nil
}

func (o CSVOptions) complete() CSVOptions {
	if o.Separator == 0 {
		o.Separator = ';'
	}
	switch {
	case o.Point != 0:
	case o.Separator == ';':
		o.Point = ','
	default:
		o.Point = '.'
	}
	return o
}

func (o CSVOptions) value(v Value) string {
	switch v.Kind {
	case TextValue:
		return csvText(v.Text)
	case NumberValue:
		return decimal(v.Number, string(o.Point))
	case DayValue:
		return isoDay(v.Day)
	}
	return ""
}

func (o CSVOptions) line(b *strings.Builder, fields []string) {
	// A line with nothing in it would be skipped.
	if len(fields) == 1 && fields[0] == "" {
		fields[0] = `""`
	}
	for i, field := range fields {
		if i > 0 {
			b.WriteRune(o.Separator)
		}
		b.WriteString(field)
	}
	b.WriteString("\r\n")
}

// csvText is a text as a field. It is quoted where it would not come back as it
// is, whatever the separator, and where the file would be taken for one of
// another kind, SYLK, because it begins with ID.
func csvText(text string) string {
	text = withoutFormulas(inert(clean(text, false)))
	if strings.ContainsAny(text, ";,\"") || strings.HasPrefix(text, " ") || strings.HasSuffix(text, " ") || strings.HasPrefix(text, "ID") {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

// inert changes a cleaned text that may be a command (see splitter), and no
// other.
func inert(text string) string {
	if strings.Count(text, ":") < 2 && strings.Count(text, "#") < 2 {
		return text
	}
	return oneLine(text, len(text))
}

// withoutFormulas puts an apostrophe before every sign that would begin a
// formula.
func withoutFormulas(text string) string {
	if !strings.ContainsFunc(text, beginsFormula) {
		return text
	}
	var b strings.Builder
	first := true
	for _, r := range text {
		switch {
		case first && beginsFormula(r):
			b.WriteByte('\'')
			first = false
		case r == ',' || r == ';':
			first = true
		case !unicode.IsSpace(r) && !unicode.Is(unicode.Quotation_Mark, r):
			first = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// beginsFormula reports whether a spreadsheet may take a cell that begins with
// the character for a formula: = + - @, their full-width and small forms, and
// the sign of minus.
func beginsFormula(r rune) bool {
	return strings.ContainsRune("=+-@＝＋－＠﹦﹢﹣﹫−", r)
}
