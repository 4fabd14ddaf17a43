package cli

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// screen is what a terminal shows of the bytes that it is sent: as much of a
// terminal as forms need.
type screen struct {
	columns, rows int
	cells         [][]rune
	row, column   int
	// last is the character that was written last.
	last rune
	// escape is an escape sequence that is not complete, and part the same of a
	// character.
	escape, part []byte
	// above are lines that have left the screen at its top.
	above []string
	// wrapped says that a line was longer than the screen is wide.
	wrapped bool
}

func newScreen(columns, rows int) *screen {
	s := &screen{}
	s.resize(columns, rows)
	return s
}

func (s *screen) resize(columns, rows int) {
	s.columns, s.rows = columns, rows
	for len(s.cells) < rows {
		s.cells = append(s.cells, nil)
	}
	for s.row >= rows {
		s.scroll()
		s.row--
	}
	s.cells = s.cells[:rows]
	for i, line := range s.cells {
		s.cells[i] = append(line, []rune(strings.Repeat(" ", max(0, columns-len(line))))...)[:columns]
	}
	s.column = min(s.column, columns-1)
}

// text is everything that is shown, and what has left the screen before it.
func (s *screen) text() string {
	lines := append([]string{}, s.above...)
	return strings.TrimRight(strings.Join(append(lines, s.lines()...), "\n"), "\n")
}

// lines are the lines that are shown now.
func (s *screen) lines() []string {
	lines := make([]string, len(s.cells))
	for i, line := range s.cells {
		lines[i] = strings.TrimRight(string(line), " ")
	}
	return lines
}

// Write shows bytes.
func (s *screen) Write(data []byte) (int, error) {
	for _, b := range data {
		switch {
		case len(s.escape) > 0:
			s.escape = append(s.escape, b)
			s.control()
		case b == 0x1b:
			s.escape = []byte{b}
		case b < ' ' || b == 0x7f:
			s.plain(b)
		default:
			s.part = append(s.part, b)
			if utf8.FullRune(s.part) {
				r, _ := utf8.DecodeRune(s.part)
				s.part = nil
				s.put(r)
			}
		}
	}
	return len(data), nil
}

func (s *screen) plain(b byte) {
	switch b {
	case '\r':
		s.column = 0
	case '\n':
		s.down()
	case '\b':
		s.column = max(0, s.column-1)
	case '\t':
		s.column = min(s.columns-1, (s.column/8+1)*8)
	}
}

func (s *screen) down() {
	if s.row == s.rows-1 {
		s.scroll()
		return
	}
	s.row++
}

func (s *screen) scroll() {
	s.above = append(s.above, strings.TrimRight(string(s.cells[0]), " "))
	s.cells = append(s.cells[1:], s.blank())
}

func (s *screen) blank() []rune { return []rune(strings.Repeat(" ", s.columns)) }

func (s *screen) put(r rune) {
	if s.column >= s.columns {
		s.wrapped = true
		s.column = 0
		s.down()
	}
	s.cells[s.row][s.column] = r
	s.column++
	s.last = r
}

// control carries out an escape sequence once it is complete.
func (s *screen) control() {
	last := s.escape[len(s.escape)-1]
	switch s.escape[1] {
	case '[':
		if len(s.escape) < 3 || last < '@' || last > '~' {
			return
		}
		if text := string(s.escape[2 : len(s.escape)-1]); !strings.ContainsAny(text, "?><=$ ") {
			s.sequence(last, text)
		}
	case ']', 'P', '_': // a text up to a bell or the string terminator
		if last != 7 && !strings.HasSuffix(string(s.escape), "\x1b\\") {
			return
		}
	case '(', ')':
		if len(s.escape) < 3 {
			return
		}
	case 'M':
		s.row = max(0, s.row-1)
	}
	s.escape = nil
}

func (s *screen) sequence(end byte, text string) {
	first, second, _ := strings.Cut(text, ";")
	n, m := max(1, number(first)), max(1, number(second))
	line := s.cells[s.row]
	at := min(s.column, s.columns-1)
	switch end {
	case 'A':
		s.row = max(0, s.row-n)
	case 'B', 'e':
		s.row = min(s.rows-1, s.row+n)
	case 'C', 'a':
		s.column = min(s.columns-1, s.column+n)
	case 'D':
		s.column = max(0, at-n)
	case 'G', '`':
		s.column = min(s.columns, n) - 1
	case 'd':
		s.row = min(s.rows, n) - 1
	case 'H', 'f':
		s.row, s.column = min(s.rows, n)-1, min(s.columns, m)-1
	case 'b':
		for range n {
			s.put(s.last)
		}
	case 'X':
		copy(line[at:], []rune(strings.Repeat(" ", min(n, s.columns-at))))
	case 'P':
		copy(line[at:], append(append([]rune{}, line[min(at+n, s.columns):]...), s.blank()...))
	case '@':
		copy(line[at:], append([]rune(strings.Repeat(" ", n)), line[at:]...))
	case 'K':
		s.erase(s.row, at, number(first))
	case 'J':
		s.erase(s.row, at, number(first))
		for row := range s.cells {
			if row > s.row && number(first) != 1 || row < s.row && number(first) > 0 {
				s.cells[row] = s.blank()
			}
		}
	case 'L', 'M':
		s.shift(end, n)
	}
}

// erase makes a line blank from a column (0), up to it (1) or as a whole (2).
func (s *screen) erase(row, at, how int) {
	for i := range s.cells[row] {
		if how == 2 || how == 0 && i >= at || how == 1 && i <= at {
			s.cells[row][i] = ' '
		}
	}
}

// shift puts blank lines in, or takes lines out, where the cursor is.
func (s *screen) shift(how byte, n int) {
	for range min(n, s.rows-s.row) {
		if how == 'L' {
			copy(s.cells[s.row+1:], s.cells[s.row:s.rows-1])
			s.cells[s.row] = s.blank()
			continue
		}
		copy(s.cells[s.row:], s.cells[s.row+1:])
		s.cells[s.rows-1] = s.blank()
	}
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
