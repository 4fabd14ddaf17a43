package report

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// look is what a cell looks like.
type look struct {
	format numberFormat
	tone   Tone
	title  bool
}

// numberFormat is how Excel shows a value, as the number of a format that it
// knows by itself or that is added.
type numberFormat int

// The formats; days and numbers are shown as the reader's own Excel does.
const (
	formatNone numberFormat = 0
	// formatWhole is a whole number with its digits in groups.
	formatWhole numberFormat = 3
	// formatDay is a day.
	formatDay numberFormat = 14
	// formatText keeps a text a text when it is edited, whatever it begins with.
	formatText numberFormat = 49
	// formatDecimal is a number with its decimals, as many as there are.
	formatDecimal numberFormat = -1
)

// The workbook's font, the one that Excel begins with.
const (
	fontName = "Calibri"
	fontSize = 11
)

// Colours of the light theme "ksdigital".
const (
	colorText      = "000000"
	colorTitle     = "25284C"
	colorTitleBack = "E8E8EC"
	colorTitleLine = "75778E"
	colorFaint     = "585E64"
	colorLine      = "FFFFFF"
)

// toneColors are a tone's colours of text and background; no background where
// it is empty.
func toneColors(t Tone) (text, back string) {
	switch t {
	case Good:
		return "023409", "DAEDDD"
	case Bad:
		return "590D0D", "F8E4E4"
	case Open:
		return "3C2807", "FAE6C6"
	case Neutral:
		return "242C34", "E8E9E9"
	case Faint:
		return colorFaint, ""
	}
	return colorText, ""
}

func font(color string, bold bool) *excelize.Font {
	return &excelize.Font{Family: fontName, Size: fontSize, Color: color, Bold: bold}
}

// style gives the number of a look in the workbook.
func (w *workbook) style(l look) (int, error) {
	if id, ok := w.styles[l]; ok {
		return id, nil
	}
	style := &excelize.Style{NumFmt: max(int(l.format), 0), Alignment: &excelize.Alignment{Vertical: "top"}}
	if l.format == formatDecimal {
		decimals := "#,##0.0" + strings.Repeat("#", i18n.Decimals-1)
		style.CustomNumFmt = &decimals
	}
	if l.format == formatText {
		style.Alignment.WrapText = true
	}
	text, back := toneColors(l.tone)
	if l.title {
		text, back = colorTitle, colorTitleBack
		style.Border = []excelize.Border{{Type: "bottom", Style: 1, Color: colorTitleLine}}
	}
	style.Font = font(text, l.tone == Strong || l.title)
	if back != "" {
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{back}}
		// A background hides the lines between cells.
		style.Border = append(style.Border, excelize.Border{Type: "right", Style: 1, Color: colorLine})
		if !l.title {
			style.Border = append(style.Border, excelize.Border{Type: "bottom", Style: 1, Color: colorLine})
		}
	}
	id, err := w.file.NewStyle(style)
	w.styles[l] = id
	return id, err
}

// title is the cell at the head of a column.
func (w *workbook) title(c SheetColumn) (any, error) {
	id, err := w.style(look{format: formatText, title: true})
	title, full := cutCell(cellText(c.Title), maxTitle), cellText(c.Full)
	if full == "" {
		return excelize.Cell{StyleID: id, Value: title}, err
	}
	full = cutCell(full, maxCell-units(title)-1)
	return excelize.Cell{StyleID: id, Value: []excelize.RichTextRun{
		{Text: title, Font: font(colorTitle, true)},
		{Text: "\n" + full, Font: font(colorTitle, false)},
	}}, err
}

// cell is a value as excelize takes it; nil for an empty cell without colour.
func (w *workbook) cell(v Value) (any, error) {
	content, format := v.content()
	if content == nil && v.Tone == Plain {
		return nil, nil
	}
	id, err := w.style(look{format: format, tone: v.Tone})
	return excelize.Cell{StyleID: id, Value: content}, err
}

// The days that every spreadsheet counts alike, as days since 1970: Excel has a
// 29 February 1900.
const (
	firstDay i18n.Date = -25508  // 1 March 1900
	lastDay  i18n.Date = 2932896 // 31 December 9999
	// dayZero is the day 0 of spreadsheets.
	dayZero i18n.Date = -25569
)

// content is what a cell holds, with its format.
func (v Value) content() (any, numberFormat) {
	switch v.Kind {
	case TextValue:
		if text := v.shown(); text != "" {
			return text, formatText
		}
	case NumberValue:
		text := decimal(v.Number, ".")
		number, err := strconv.ParseFloat(text, 64)
		switch {
		case err != nil || significant(text) > 15:
			return text, formatText
		case strings.Contains(text, "."):
			return number, formatDecimal
		}
		return number, formatWhole
	case DayValue:
		if v.Day < firstDay || v.Day > lastDay {
			return isoDay(v.Day), formatText
		}
		return int64(v.Day - dayZero), formatDay
	}
	return nil, formatNone
}

// significant counts the digits of a number that a spreadsheet must keep.
func significant(text string) int {
	digits := strings.NewReplacer("-", "", ".", "").Replace(text)
	if !strings.Contains(text, ".") {
		digits = strings.TrimRight(digits, "0")
	}
	return len(strings.TrimLeft(digits, "0"))
}

// shown is a text value as a person reads it: the mark, then the text.
func (v Value) shown() string {
	if v.Mark == "" {
		return cellText(v.Text)
	}
	return cellText(v.Mark + " " + v.Text)
}

// How long the text of a cell may be, in units of UTF-16.
const (
	maxCell = excelize.TotalCellChars
	// maxTitle leaves room for what a title stands for.
	maxTitle = 255
)

// cellText is a text as a cell of a workbook can hold it.
func cellText(text string) string {
	return cutCell(withoutCodes(clean(text, false)), maxCell)
}

// code is how a workbook writes a character by its number. The underscore at
// its end can be that at the beginning of the next.
var code = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// withoutCodes writes the underscore visibly with which a text would begin a
// character's code: Excel shows _x202E_ as that character.
func withoutCodes(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	const visible = "<U+005F>$1"
	return code.ReplaceAllString(code.ReplaceAllString(text, visible), visible)
}

// cutCell cuts a text to a length in units of UTF-16, with a mark.
func cutCell(text string, most int) string {
	if len(text) <= most { // in bytes, of which there are more
		return text
	}
	const mark = "…"
	total, kept := 0, 0
	for _, r := range text {
		total += utf16.RuneLen(r)
		switch {
		case total > most:
			return wholeHead(text, kept) + mark
		case total < most:
			kept++
		}
	}
	return text
}

// units is the length of a text in UTF-16.
func units(text string) (total int) {
	for _, r := range text {
		total += utf16.RuneLen(r)
	}
	return total
}
