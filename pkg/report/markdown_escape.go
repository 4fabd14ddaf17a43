package report

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// markdownPause parts what GitHub would make a mention, a reference or an
	// emoji of, after Markdown is done with it: a space without width.
	markdownPause = "&#8203;"
	// markdownDollar is a dollar sign that opens no formula.
	markdownDollar = "<span>$</span>"
)

// inMarkdown writes spans for one line of Markdown, with blanks at neither end.
// What is strong stands between asterisks where it is words of its own;
// otherwise Markdown might not see it.
func inMarkdown(spans []Span) string {
	text, strong := flatten(spans)
	var b strings.Builder
	for i, r := range text {
		if strong[i] {
			b.WriteString("**")
		}
		b.WriteString(markdownRune(text, i, r))
		if wakesGitHub(text, i) {
			b.WriteString(markdownPause)
		}
	}
	if strong[len(text)] {
		b.WriteString("**")
	}
	return b.String()
}

// flatten joins cleaned spans, and says before which bytes strong text begins or
// ends.
func flatten(spans []Span) (text string, strong map[int]bool) {
	var b strings.Builder
	var edges []int
	for _, span := range spans {
		cleaned := clean(span.Text, false)
		inner := strings.TrimSpace(cleaned)
		if span.Tone == Strong && inner != "" {
			start := b.Len() + strings.Index(cleaned, inner)
			edges = append(edges, start, start+len(inner))
		}
		b.WriteString(cleaned)
	}
	whole := b.String()
	text = strings.TrimSpace(whole)
	offset := strings.Index(whole, text)
	strong = map[int]bool{}
	for i := 0; i < len(edges); i += 2 {
		start, end := edges[i]-offset, edges[i+1]-offset
		if isBlankBefore(text, start) && isBlankAfter(text, end) {
			strong[start], strong[end] = true, true
		}
	}
	return text, strong
}

func isBlankBefore(text string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	return i == 0 || unicode.IsSpace(before)
}

func isBlankAfter(text string, i int) bool {
	after, _ := utf8.DecodeRuneInString(text[i:])
	return i == len(text) || unicode.IsSpace(after)
}

// markdownRune writes the character r at byte i so that Markdown sees nothing
// in it. In tables, a backslash before a bar would depend on those before it.
func markdownRune(text string, i int, r rune) string {
	switch r {
	case '&', '<', '>':
		return html.EscapeString(string(r))
	case '|':
		return "&#124;"
	case '$':
		return markdownDollar
	case '\\', '`', '*', '_', '[', ']', '#', '~':
		return `\` + string(r)
	case ':':
		// Of an address that would become a link, or a command in a log.
		if !isBlankAfter(text, i+1) {
			return `\:`
		}
	case '.':
		if endsIn(text[:i], "www") || isNumber(text[:i]) && isBlankAfter(text, i+1) {
			return `\.`
		}
	case ')':
		if isNumber(text[:i]) && isBlankAfter(text, i+1) {
			return `\)`
		}
	case '-', '+', '=':
		if i == 0 {
			return `\` + string(r)
		}
	}
	return string(r)
}

// isNumber reports whether a text is digits, which number a list where a point
// or a bracket follows them.
func isNumber(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// endsIn reports whether a text ends in letters, whatever their case.
func endsIn(text, letters string) bool {
	return len(text) >= len(letters) && strings.EqualFold(text[len(text)-len(letters):], letters)
}

var emojiName = regexp.MustCompile(`^:[A-Za-z0-9_+-]+:`)

// wakesGitHub reports whether GitHub would make something of the character at
// byte i and what follows it: @name, #12, GH- and a number, or :name:.
func wakesGitHub(text string, i int) bool {
	next, _ := utf8.DecodeRuneInString(text[i+1:])
	isDigit := '0' <= next && next <= '9'
	switch text[i] {
	case '@':
		return isDigit || unicode.IsLetter(next)
	case '#':
		return isDigit
	case '-':
		return isDigit && endsIn(text[:i], "gh")
	case ':':
		return emojiName.MatchString(text[i:])
	}
	return false
}
