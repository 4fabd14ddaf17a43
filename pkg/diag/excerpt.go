package diag

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// sourceWidth is how many columns of a terminal a line from a file may take.
const sourceWidth = 72

// margin is how many characters on each side of the caret are looked at; so
// many fill the excerpt even where each takes half a column.
const margin = 2 * sourceWidth

// piece is a part of a source line that is shown as a whole: a character with
// its accents, or what stands for one that is not shown.
type piece struct {
	text string
	// first and end are the places of the piece's first character in the
	// source and of the first one after it.
	first, end int
	// width is how many columns of a terminal the text takes.
	width int
}

// excerpt cleans a source line and cuts it to a window around the column. The
// carets come after so many columns of indent. Columns count characters from
// 1; 0 shows the start of the line.
func excerpt(source string, column, width int) (text string, indent, carets int) {
	from := max(column-1, 0)
	start := max(from-margin, 0)
	pieces := split(window(source, start, from+margin), start)
	first, last := marked(pieces, from, from+max(width, 1))
	left, right := visible(pieces, first)
	indent = total(pieces[left:first])
	carets = max(1, total(pieces[first:max(first, min(last, right))]))
	var b strings.Builder
	if left > 0 || start > 0 {
		b.WriteString(ellipsis)
		indent += ellipsisWidth
	}
	for _, p := range pieces[left:right] {
		b.WriteString(p.text)
	}
	if right < len(pieces) || from+margin < utf8.RuneCountInString(source) {
		b.WriteString(ellipsis)
	}
	return b.String(), indent, carets
}

// window gives the characters of s from one place to before another.
func window(s string, from, to int) string {
	count, start, end := 0, len(s), len(s)
	for i := range s {
		if count == from {
			start = i
		}
		if count == to {
			end = i
			break
		}
		count++
	}
	return s[min(start, end):end]
}

// split parts cleaned text into pieces; first is the place of the first one.
func split(s string, first int) []piece {
	options := displaywidth.Options{}
	var pieces []piece
	for g := options.StringGraphemes(s); g.Next(); {
		text := Clean(g.Value())
		if text == "[" && endsWith(pieces, "#", "#") {
			// "##[" would be a command to the machine that runs a workflow.
			text = " ["
		}
		end := first + utf8.RuneCountInString(g.Value())
		pieces = append(pieces, piece{text: text, first: first, end: end, width: options.String(text)})
		first = end
	}
	return pieces
}

func endsWith(pieces []piece, texts ...string) bool {
	tail := pieces[max(len(pieces)-len(texts), 0):]
	return slices.EqualFunc(tail, texts, func(p piece, text string) bool { return p.text == text })
}

// marked finds the pieces that hold the characters from one place to before
// another; both are len(pieces) where the characters lie behind the text.
func marked(pieces []piece, from, to int) (first, last int) {
	first = slices.IndexFunc(pieces, func(p piece) bool { return p.end > from })
	if first < 0 {
		return len(pieces), len(pieces)
	}
	last = first
	for last < len(pieces) && pieces[last].first < to {
		last++
	}
	return first, last
}

// visible chooses the pieces that fit on the line: all, or else as much before
// the marked piece as after it, as far as there is any.
func visible(pieces []piece, marked int) (left, right int) {
	if total(pieces) <= sourceWidth {
		return 0, len(pieces)
	}
	const room = sourceWidth - 2*ellipsisWidth
	used := 0
	fits := func(i, most int) bool {
		if i < 0 || i >= len(pieces) || used+pieces[i].width > most {
			return false
		}
		used += pieces[i].width
		return true
	}
	left, right = marked, marked
	for fits(left-1, room/2) {
		left--
	}
	for fits(right, room) {
		right++
	}
	for fits(left-1, room) {
		left--
	}
	return left, right
}

func total(pieces []piece) int {
	sum := 0
	for _, p := range pieces {
		sum += p.width
	}
	return sum
}
