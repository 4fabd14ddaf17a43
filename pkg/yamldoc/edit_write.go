package yamldoc

import (
	"strings"
	"unicode/utf8"
)

// OneLine is a text as it can be written on one line: all blanks and line
// breaks become single spaces, and characters that may not stand in a file are
// left out.
func OneLine(text string) string {
	var b strings.Builder
	for _, r := range text {
		fault, _ := forbidden(r)
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == 0x85 || r == 0x2028 || r == 0x2029:
			b.WriteByte(' ')
		case r == utf8.RuneError || fault != "":
		default:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// Plain writes a text so that it reads back the same, without quotation marks
// where it needs none. In brackets more texts need them.
func Plain(text string, flow bool) string {
	text = OneLine(text)
	if needsQuotes(text, flow) {
		return Quoted(text)
	}
	return text
}

// Quoted writes a text in quotation marks.
func Quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(OneLine(text)) + `"`
}

// needsQuotes is true sooner than it must be.
func needsQuotes(text string, flow bool) bool {
	switch strings.ToLower(text) {
	case "", "~", "null", "<<", "=":
		return true
	}
	return strings.ContainsRune("-?:,[]{}#&*!|>'\"%@`.", rune(text[0])) ||
		strings.Contains(text, ": ") || strings.Contains(text, " #") || strings.HasSuffix(text, ":") ||
		flow && strings.ContainsAny(text, ",[]{}:?")
}
