package yamldoc

import (
	"strings"
	"unicode/utf8"
)

// misplaced explains a line that does not belong where it stands: something
// behind a value that has ended, a quoted text that was not closed, or a wrong
// indentation.
func (b broken) misplaced() trap {
	line := b.breaking(b.text)
	if t := b.afterValue(line); t.message.Key != "yamldoc.syntax" {
		return t
	}
	const near = 20
	for above := line; above > max(line-near, 0); above-- {
		if value := b.text[b.valueOf(above):]; value != "" && (value[0] == '"' || value[0] == '\'') {
			if !closed(firstLine(value)) {
				return newTrap(b.valueOf(above), "quote_lines", "quote_lines_hint")
			}
		}
	}
	text := b.lineText(line)
	if strings.TrimSpace(text) == "" {
		return b.somewhere(line)
	}
	blanks := b.indent(line)
	switch {
	case strings.Contains(text[:blanks], "\t"):
		return b.somewhere(line)
	case text[blanks] == ':':
		return newTrap(b.lineStart(line)+blanks, "null_key", "null_key_hint")
	}
	return newTrap(b.lineStart(line)+blanks, "indent", "indent_hint")
}

// afterValue explains text behind a closing quotation mark or bracket.
func (b broken) afterValue(line int) trap {
	offset := b.valueOf(line)
	value := firstLine(b.text[offset:])
	end := 0
	switch {
	case value == "":
	case value[0] == '"' || value[0] == '\'':
		if closed(value) {
			end = closing(value)
		}
	case value[0] == '[' || value[0] == '{':
		end = strings.LastIndexAny(value, "]}") + 1
	}
	rest := strings.TrimLeft(value[end:], " \t")
	if end == 0 || rest == "" || rest[0] == '#' {
		return b.somewhere(line)
	}
	t := newTrap(offset+len(value)-len(rest), "after_value", "after_value_hint", value[end-1:end])
	t.width = utf8.RuneCountInString(rest)
	return t
}

// closed reports whether the quoted text with which the line begins is closed
// on it.
func closed(line string) bool {
	end := closing(line)
	return end > 1 && line[end-1] == line[0] && closing(line+"x") == end
}

// openQuote explains a quotation mark that nothing closes.
func (b broken) openQuote(line int) trap {
	start, text := b.lineStart(line), b.lineText(line)
	for i := 0; i < len(text); i++ {
		begins := i == 0 || strings.IndexByte(" \t[{,:", text[i-1]) >= 0
		if !begins || text[i] != '"' && text[i] != '\'' {
			continue
		}
		if !closed(text[i:]) {
			return newTrap(start+i, "open_quote", "open_quote_hint", text[i:i+1])
		}
		i += closing(text[i:]) - 1
	}
	return b.somewhere(line)
}

// openBracket explains a list or mapping in brackets that is not closed, or
// that holds what cannot stand in brackets.
func (b broken) openBracket() trap {
	start, text := b.lineStart(b.line), b.lineText(b.line)
	sign := byte('[')
	if strings.HasSuffix(b.problem, "'}'") {
		sign = '{'
	}
	for i := b.valueOf(b.line) - start; i >= 0 && i < len(text); i++ {
		if text[i] == sign {
			return newTrap(start+i, "open_bracket", "open_bracket_hint", text[i:i+1], map[byte]string{'[': "]", '{': "}"}[sign])
		}
	}
	return b.somewhere(b.line)
}

// lineStart is the byte at which a line of the document starts, lines counted
// from 1; numbers outside give the nearest line.
func (b broken) lineStart(line int) int {
	start := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(b.text[start:], '\n')
		if i < 0 {
			break
		}
		start += i + 1
	}
	return start
}

func (b broken) lineText(line int) string { return firstLine(b.text[b.lineStart(line):]) }

// indent is how many blanks a line begins with.
func (b broken) indent(line int) int {
	text := b.lineText(line)
	return len(text) - len(strings.TrimLeft(text, " \t"))
}

// above is the last line before this one that has more than a comment, 0 where
// there is none.
func (b broken) above(line int) int {
	for line--; line > 0; line-- {
		if !blank(b.lineText(line)) {
			return line
		}
	}
	return 0
}

// valueOf is the byte at which the value of a line starts: behind indentation,
// list marks and key.
func (b broken) valueOf(line int) int {
	start, text := b.lineStart(line), b.lineText(line)
	i := b.indent(line)
	for strings.HasPrefix(text[i:], "- ") {
		i += len(text[i:]) - len(strings.TrimLeft(text[i+1:], " \t"))
	}
	if key := keyLength(text[i:]); key > 0 {
		i += key
		i += len(text[i:]) - len(strings.TrimLeft(text[i:], " \t"))
	}
	return start + i
}

// keyLength is how long the key is with which the text begins, its colon
// included; 0 where there is none.
func keyLength(text string) int {
	from := 0
	if strings.HasPrefix(text, `"`) || strings.HasPrefix(text, "'") {
		from = closing(text)
	}
	for i := from; i < len(text); i++ {
		if text[i] == ':' && (i+1 == len(text) || text[i+1] == ' ' || text[i+1] == '\t') {
			return i + 1
		}
	}
	return 0
}
