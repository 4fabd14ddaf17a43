package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text from a file safe to show on one line: characters that
// control a terminal, turn the direction of writing, cannot be seen or are not
// valid come out as <U+XXXX>; line breaks and tabs become a space. Emoji that
// are joined of several characters stay whole.
func Clean(s string) string {
	for i, r := range s {
		if r == utf8.RuneError || Hidden(r) {
			return s[:i] + cleanRest(s, i)
		}
	}
	return s
}

// cleanRest cleans s from byte i on.
func cleanRest(s string, i int) string {
	var b strings.Builder
	before := ' '
	if i > 0 {
		before, _ = utf8.DecodeLastRuneInString(s[:i])
	}
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b.WriteString("<U+FFFD>")
			r = ' ' // joins to nothing
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
			// The line break after it becomes the space.
		case r == '\n' || r == '\t':
			b.WriteByte(' ')
		case Hidden(r) && !joins(before, r):
			fmt.Fprintf(&b, "<U+%04X>", r)
			r = ' '
		default:
			b.WriteString(s[i : i+size])
		}
		before = r
		i += size
	}
	return b.String()
}

// Hidden reports whether a character controls how text is shown or cannot be
// seen: control and format characters (bidi controls among them), line and
// paragraph separators, variation selectors, fillers and noncharacters. Line
// break and tab are control characters too.
func Hidden(r rune) bool {
	switch {
	case r < 0x300:
		return r < ' ' || r >= 0x7F && r < 0xA0 || r == 0xAD
	case r == 0x2800, r >= 0xFDD0 && r <= 0xFDEF, r&0xFFFE == 0xFFFE:
		return true
	}
	return unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp,
		unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

const (
	joiner        = '\u200D'
	textStyle     = '\uFE0E'
	emojiStyle    = '\uFE0F'
	quotedLength  = 60
	ellipsis      = "…"
	ellipsisWidth = 1
)

// joins reports whether an invisible character does its ordinary work between
// the parts of an emoji.
func joins(before, r rune) bool {
	switch r {
	case joiner:
		return before == emojiStyle || unicode.In(before, unicode.So, unicode.Sk)
	case textStyle, emojiStyle:
		return !Hidden(before) && !unicode.IsLetter(before) && !unicode.IsSpace(before)
	}
	return false
}

// Quote prepares text from a file for being named in a message: clean, and cut
// to 60 characters with an ellipsis.
func Quote(s string) string { return shorten(Clean(s), quotedLength) }

// shorten cuts s to at most so many characters, the ellipsis among them.
func shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	count, cut := 0, 0
	for i := range s {
		if count == most-1 {
			cut = i
		}
		count++
		if count > most {
			return s[:cut] + ellipsis
		}
	}
	return s
}

// Inert changes plain text so that no line of it is a command to the machine
// that runs a workflow: "##[x]" anywhere, and "::x::" at the start of a line.
// What cannot be seen may stand between the signs: a machine that compares by
// the rules of a language passes over it.
func Inert(s string) string {
	if !strings.Contains(s, "#") && !strings.Contains(s, ":") {
		return s
	}
	var b strings.Builder
	var line beginning
	for i, r := range s {
		if line.completes(r) {
			b.WriteByte(' ')
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		b.WriteString(s[i : i+size])
	}
	return b.String()
}

// beginning is what was seen of a line: how many colons it begins with, -1 once
// it begins with something else, and how many number signs stand last.
type beginning struct{ colons, numbers int }

// completes takes in the next character, and reports whether it would complete
// a command.
func (l *beginning) completes(r rune) bool {
	switch {
	case r == '\n':
		*l = beginning{}
	case r == ':' && l.colons == 1, r == '[' && l.numbers >= 2:
		*l = beginning{colons: -1}
		return true
	case r == ':' && l.colons == 0:
		*l = beginning{colons: 1}
	case r == '#':
		*l = beginning{colons: -1, numbers: l.numbers + 1}
	case unicode.IsSpace(r):
		l.numbers = 0
		if l.colons > 0 {
			l.colons = -1
		}
	case !Hidden(r):
		*l = beginning{colons: -1}
	}
	return false
}
