package report

import (
	"strings"
	"unicode/utf8"

	"github.com/olekukonko/tablewriter/pkg/twwidth"
)

// Width is how many terminal columns a text takes, counted as tablewriter does:
// two for wide characters, none for combining marks and escape sequences.
// Characters that are wide only in East Asian settings take one.
func Width(text string) int {
	if isPrintableASCII(text) {
		return len(text)
	}
	return twwidth.WidthWithOptions(text, twwidth.Options{})
}

func isPrintableASCII(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

func columns(r rune) int {
	if ' ' <= r && r <= '~' {
		return 1
	}
	return twwidth.WidthWithOptions(string(r), twwidth.Options{})
}

// token is a piece of a word: text without a blank that may be broken at, in
// one tone.
type token struct {
	text  string
	width int
	tone  Tone
	// glued tokens belong to the same word as the token before them.
	glued bool
}

// flow is a text as the words that it is wrapped by.
type flow []token

// width is how many columns the flow takes on one line.
func (f flow) width() int {
	total := 0
	for i, t := range f {
		total += t.width
		if i > 0 && !t.glued {
			total++
		}
	}
	return total
}

// flowOf splits cleaned spans into words.
func flowOf(spans []Span) flow {
	count := 0
	for _, span := range spans {
		count += 1 + strings.Count(span.Text, " ")
	}
	s := splitter{flow: make(flow, 0, count)}
	for _, span := range spans {
		s.add(span)
	}
	return s.flow
}

// splitter makes tokens of spans. It also breaks up what the runner of GitHub
// Actions would obey if it met it in a log: "::" where a line may begin, which
// becomes ": :", and "##[" anywhere, which becomes "## [". Characters without
// width are passed over in that, as the runner's comparison does.
type splitter struct {
	flow flow
	// inWord: the token to come is glued to the one before.
	inWord bool
	// Of the current word: how many colons it consists of (-1: it has something
	// else too), and how many number signs it ends in.
	colons, signs int
}

func (s *splitter) add(span Span) {
	start, width := 0, 0
	for i, r := range span.Text {
		if mayBreak := isBreak(span.Text, i, r); mayBreak || s.mustPart(r) {
			s.put(span.Text[start:i], width, span.Tone)
			s.endWord()
			start, width = i, 0
			if mayBreak {
				start += utf8.RuneLen(r)
				continue
			}
		}
		w := columns(r)
		width += w
		if w > 0 {
			s.note(r)
		}
	}
	s.put(span.Text[start:], width, span.Tone)
}

// isBreak reports whether the character r at byte i is a blank that parts words.
// A blank that is to hold a word together does so only inside it.
func isBreak(text string, i int, r rune) bool {
	if !isNoBreakSpace(r) {
		return r == ' '
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	after, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
	return isBlankOrEnd(before) || isBlankOrEnd(after)
}

func isBlankOrEnd(r rune) bool {
	return r == ' ' || r == utf8.RuneError || isNoBreakSpace(r)
}

func (s *splitter) put(text string, width int, tone Tone) {
	if text == "" {
		return
	}
	if !isPrintableASCII(text) {
		text = strings.Map(plainBlank, text)
	}
	s.flow = append(s.flow, token{text: text, width: width, tone: tone, glued: s.inWord})
	s.inWord = true
}

// plainBlank makes an ordinary space of a blank that has held its word together
// and has nothing more to do.
func plainBlank(r rune) rune {
	if isNoBreakSpace(r) {
		return ' '
	}
	return r
}

func (s *splitter) endWord() { s.inWord, s.colons, s.signs = false, 0, 0 }

func (s *splitter) mustPart(r rune) bool {
	return r == ':' && s.colons > 0 || r == '[' && s.signs > 1
}

func (s *splitter) note(r rune) {
	switch {
	case isNoBreakSpace(r):
		// The runner trims these too, so a command may begin after one.
		s.colons = 0
	case r == ':' && s.colons >= 0:
		s.colons++
	default:
		s.colons = -1
	}
	if r == '#' {
		s.signs++
	} else {
		s.signs = 0
	}
}

// wrap breaks a flow into lines of at most width columns, at blanks, and inside
// words that are longer than a line.
func (f flow) wrap(width int) []flow {
	if len(f) == 0 {
		return nil
	}
	if f.width() <= width {
		return []flow{f.trimmed()}
	}
	f = f.broken(width)
	var lines []flow
	start, used := 0, 0
	for i := 0; i < len(f); {
		end, size := f.word(i)
		if i > start && used+1+size > width {
			lines = append(lines, f[start:i].trimmed())
			start, used = i, 0
		}
		if i > start {
			used++
		}
		used += size
		i = end
	}
	return append(lines, f[start:].trimmed())
}

// trimmed takes blanks, which have held a word together, from both ends of a
// line.
func (f flow) trimmed() flow {
	first, last := &f[0], &f[len(f)-1]
	first.set(strings.TrimLeft(first.text, " "))
	last.set(strings.TrimRight(last.text, " "))
	return f
}

// set gives a token a text that is shorter by blanks.
func (t *token) set(text string) {
	t.width -= len(t.text) - len(text)
	t.text = text
}

// word is the end and the width of the word that starts at token i.
func (f flow) word(i int) (end, width int) {
	width = f[i].width
	for end = i + 1; end < len(f) && f[end].glued; end++ {
		width += f[end].width
	}
	return end, width
}

// broken breaks the words that are wider than a line into words that are not.
func (f flow) broken(width int) flow {
	var out flow
	copied := 0
	for i := 0; i < len(f); {
		end, size := f.word(i)
		if size > width {
			out = append(out, f[copied:i]...)
			out = breakWord(out, f[i:end], width)
			copied = end
		}
		i = end
	}
	if copied == 0 {
		return f
	}
	return append(out, f[copied:]...)
}

// breakWord appends a word in parts that fill a line each. A part never begins
// with two colons: see splitter.
func breakWord(out flow, word flow, width int) flow {
	used, colon := 0, false
	for i, t := range word {
		glued := i > 0
		start, size := 0, 0
		for at, r := range t.text {
			w := columns(r)
			full := used+w > width && used > 0
			if w > 0 && (full || colon && r == ':') {
				if at > start {
					out = append(out, token{t.text[start:at], size, t.tone, glued})
				}
				start, size, used, glued = at, 0, 0, false
			}
			size += w
			used += w
			if w > 0 {
				colon = r == ':'
			}
		}
		out = append(out, token{t.text[start:], size, t.tone, glued})
	}
	return out
}

// paint writes a line, with the escape sequences of its tones where colour is
// wanted.
func (f flow) paint(color bool) string {
	if len(f) == 1 && (!color || f[0].tone == Plain) {
		return f[0].text
	}
	var b strings.Builder
	tone := Plain
	for i, t := range f {
		if t.text == "" {
			continue
		}
		next := t.tone
		if !color {
			next = Plain
		}
		if tone != next && tone != Plain {
			b.WriteString(resetTone)
		}
		if i > 0 && !t.glued {
			b.WriteByte(' ')
		}
		if tone != next && next != Plain {
			b.WriteString(next.sequence())
		}
		tone = next
		b.WriteString(t.text)
	}
	if tone != Plain {
		b.WriteString(resetTone)
	}
	return b.String()
}

const resetTone = "\x1b[0m"

// sequence turns a tone on in a terminal.
func (t Tone) sequence() string {
	switch t {
	case Good:
		return "\x1b[32m"
	case Bad:
		return "\x1b[31m"
	case Open:
		return "\x1b[33m"
	case Strong:
		return "\x1b[1m"
	case Neutral, Faint:
		return "\x1b[2m"
	}
	return ""
}
