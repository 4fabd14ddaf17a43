package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ks-no/ksdev/pkg/diag"
)

// clean makes a text safe to show: what could steer a terminal becomes visible
// (diag.Clean), and every blank that may be broken at becomes a space. Where
// only ASCII symbols can be shown, the others are replaced.
func clean(text string, ascii bool) string {
	text = diag.Clean(text)
	if !ascii && !strings.ContainsFunc(text, isOtherSpace) {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		switch {
		case isOtherSpace(r):
			b.WriteByte(' ')
		case ascii:
			b.WriteString(asciiFor(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isOtherSpace reports whether a character is a space of another width than the
// ordinary one, with a break allowed.
func isOtherSpace(r rune) bool {
	return r != ' ' && unicode.Is(unicode.Zs, r) && !isNoBreakSpace(r)
}

// isNoBreakSpace reports whether a character is a blank that holds together
// what stands on both sides of it, as the groups of digits in a number.
func isNoBreakSpace(r rune) bool {
	return r == '\u00a0' || r == '\u2007' || r == '\u202f'
}

// asciiFor writes a symbol with ASCII alone. Letters and digits stay, in every
// script: they are the text itself, and writing them otherwise would change it.
func asciiFor(r rune) string {
	switch r {
	case '✓', '✔':
		return "+"
	case '✗', '✘', '✖', '×':
		return "x"
	case '…':
		return "..."
	case '–', '—', '−', '‐', '‑':
		return "-"
	case '·':
		return "|"
	case '•':
		return "*"
	case '«', '»', '“', '”', '„':
		return `"`
	case '‘', '’', '‚':
		return "'"
	case '→':
		return "->"
	case '←':
		return "<-"
	case '≤':
		return "<="
	case '≥':
		return ">="
	case '≠':
		return "!="
	case '±':
		return "+/-"
	case '§':
		return "par."
	case '€':
		return "EUR"
	case '£':
		return "GBP"
	case '°':
		return "deg"
	}
	if r < utf8.RuneSelf || isNoBreakSpace(r) || isText(r) {
		return string(r)
	}
	return fmt.Sprintf("<U+%04X>", r)
}

func isText(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) &&
		!unicode.Is(unicode.Variation_Selector, r)
}

// shorten cuts cleaned spans that are longer than limit characters together,
// and puts the mark at the end within the limit.
func shorten(spans []Span, limit int, mark string) []Span {
	total := 0
	for _, span := range spans {
		total += utf8.RuneCountInString(span.Text)
	}
	if total <= limit {
		return spans
	}
	room := limit - utf8.RuneCountInString(mark)
	for i, span := range spans {
		length := utf8.RuneCountInString(span.Text)
		if length < room {
			room -= length
			continue
		}
		kept := append([]Span(nil), spans[:i]...)
		return append(kept, Span{Text: wholeHead(span.Text, room) + mark, Tone: span.Tone})
	}
	return spans
}

// head is the first characters of a text.
func head(text string, characters int) string {
	for i := range text {
		if characters == 0 {
			return text[:i]
		}
		characters--
	}
	return text
}

// wholeHead is the first characters of a text, without a letter that has lost
// marks of its own, and without blanks at its end.
func wholeHead(text string, characters int) string {
	short := head(text, characters)
	next, _ := utf8.DecodeRuneInString(text[len(short):])
	for joins(next) && short != "" {
		var size int
		next, size = utf8.DecodeLastRuneInString(short)
		short = short[:len(short)-size]
	}
	return strings.TrimRight(short, " ")
}

// joins reports whether a character of a cleaned text is shown together with the one before it.
func joins(r rune) bool {
	return columns(r) == 0
}
