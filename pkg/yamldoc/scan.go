package yamldoc

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

const byteOrderMark = "\uFEFF"

// utf16 reports whether the bytes are UTF-16: by the byte order mark, or
// because every other byte at the start is 0, as in Latin text.
func utf16(text string) bool {
	if strings.HasPrefix(text, "\xFF\xFE") || strings.HasPrefix(text, "\xFE\xFF") {
		return true
	}
	for i := range 2 {
		if len(text) > i+2 && text[i] == 0 && text[i+2] == 0 && text[1-i] != 0 {
			return true
		}
	}
	return false
}

// scan looks at the characters from one byte to before another and collects
// those that must not be there.
func (f *File) scan(start, end int) diag.List {
	var found diag.List
	more, last := 0, 0
	for i := start; i < end; {
		if i+8 <= end && printable(f.text[i:i+8]) {
			i += 8
			continue
		}
		if c := f.text[i]; c >= ' ' && c <= '~' || c == '\n' || c == '\t' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(f.text[i:end])
		fault, advice := f.judge(i, r, size)
		switch {
		case fault == "":
		case len(found) == diag.Limit-1 && fault != notUTF8:
			more, last = more+1, i
		default:
			line, column := f.place(i)
			d := f.at(diag.Error, line, column, 1, i18n.M(fault, name(r)), i18n.M(advice))
			if fault == notUTF8 {
				// All that follows would be the same fault again.
				d.Source = latin1(d.Source)
				return append(found, d)
			}
			found = append(found, d)
		}
		i += size
	}
	if more > 0 {
		line, column := f.place(last)
		found = append(found, f.at(diag.Error, line, column, 1, i18n.M("yamldoc.more_characters", more), i18n.Message{}))
	}
	return found
}

// printable reports whether eight bytes are all printable ASCII, which most
// are; one comparison for all of them makes the scan three times as fast. Other
// bytes set their high bit: from a borrow, their own, or a carry.
func printable(s string) bool {
	word := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	const each = 0x0101010101010101
	return ((word-' '*each)|word|(word+each))&(0x80*each) == 0
}

const notUTF8 = "yamldoc.not_utf8"

// judge gives the keys of what is wrong with a character that is not plain
// ASCII and of what to do, and nothing where it may stand.
func (f *File) judge(i int, r rune, size int) (fault, advice string) {
	switch {
	case r == utf8.RuneError && size == 1:
		return notUTF8, "yamldoc.save_as_utf8"
	case r == '\r' && strings.HasPrefix(f.text[i+1:], "\n"):
		return "", ""
	}
	return forbidden(r)
}

// name is how a character that is not shown is named.
func name(r rune) string { return fmt.Sprintf("U+%04X", r) }

// forbidden gives the keys of what is wrong with a character and what to do,
// and nothing where it may stand in a text.
func forbidden(r rune) (fault, advice string) {
	switch {
	case r == '\n' || r == '\t' || r >= ' ' && r <= '~':
		return "", ""
	case r == '\r':
		return "yamldoc.carriage_return", "yamldoc.carriage_return_hint"
	case r == 0x85 || r == 0x2028 || r == 0x2029:
		return "yamldoc.line_separator", "yamldoc.line_separator_hint"
	case r < 0xA0 || r == 0xFFFE || r == 0xFFFF:
		return "yamldoc.control", "yamldoc.delete_hint"
	case r == 0xFEFF:
		return "yamldoc.byte_order_mark", "yamldoc.delete_hint"
	case r >= 0x061C && unicode.Is(unicode.Bidi_Control, r):
		return "yamldoc.direction", "yamldoc.delete_hint"
	}
	return "", ""
}

// latin1 shows a line as the encoding of older files has it, where that gives
// letters.
func latin1(line string) string {
	var b strings.Builder
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		if r == utf8.RuneError && size == 1 && line[i] >= 0xA0 {
			r = rune(line[i])
		}
		b.WriteRune(r)
		i += size
	}
	return b.String()
}

// place turns a byte of the input into line and column, counted from 1.
func (f *File) place(i int) (line, column int) {
	line = sort.SearchInts(f.starts, i+1)
	if line == 0 {
		return 1, 1
	}
	return line, utf8.RuneCountInString(f.text[f.starts[line-1]:i]) + 1
}
