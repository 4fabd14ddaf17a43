package fact

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tidy gives a text in composed form (NFC), with one blank for every run of
// white space, none at the ends, and a hyphen for every kind of dash or minus.
func tidy(text string) string {
	if isTidy(text) {
		return text
	}
	text = norm.NFC.String(strings.ToValidUTF8(text, "\uFFFD"))
	var b strings.Builder
	b.Grow(len(text))
	blank := false
	for _, r := range text {
		if unicode.IsSpace(r) {
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		if isDash(r) {
			r = '-'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// isTidy reports whether tidy would leave a text alone.
func isTidy(text string) bool {
	previous, ascii := ' ', true
	for _, r := range text {
		if r == utf8.RuneError || isDash(r) || unicode.IsSpace(r) && (r != ' ' || previous == ' ') {
			return false
		}
		previous, ascii = r, ascii && r < utf8.RuneSelf
	}
	return (text == "" || previous != ' ') && (ascii || norm.NFC.IsNormalString(text))
}

// isDash knows hyphens, dashes and the minus sign.
func isDash(r rune) bool {
	return r >= '\u2010' && r <= '\u2015' || r == '\u2212'
}

// lower gives a text in lower case, byte for byte at the same places.
func lower(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r > '~' || r >= 'A' && r <= 'Z' }) {
		return text
	}
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, text)
}
