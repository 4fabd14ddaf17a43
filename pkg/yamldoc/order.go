package yamldoc

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// misplaced explains a line that does not belong where it stands: something
// behind a value that has ended, a quoted text that was not closed, or a wrong
// indentation.
func (b broken) misplaced() trap {
	line := b.breaking()
	if t := b.afterValue(line); t.message.Key != "yamldoc.syntax" {
		return t
	}
	if above := b.quoteInto(line); above > 0 {
		return newTrap(b.valueOf(above), "yamldoc.quote_lines", "yamldoc.quote_lines_hint")
	}
	start := b.lineStart(line) + b.indent(line)
	if strings.HasPrefix(b.text[start:], ":") {
		return newTrap(start, "yamldoc.null_key", "yamldoc.null_key_hint")
	}
	return newTrap(start, "yamldoc.indent", "yamldoc.indent_hint")
}

// quoteInto is the line of a text in quotation marks that starts above the line
// and ends on it, 0 where there is none.
func (b broken) quoteInto(line int) int {
	const near = 20
	for above := line - 1; above > max(line-near, 0); above-- {
		value := b.valueOf(above)
		if value == len(b.text) || b.text[value] != '"' && b.text[value] != '\'' {
			continue
		}
		if b.lineAt(value+closing(b.text[value:])-1) == line {
			return above
		}
	}
	return 0
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
		end = bracketEnd(value)
	}
	rest := strings.TrimLeft(value[end:], " \t")
	if end == 0 || rest == "" || rest[0] == '#' {
		return b.somewhere(line)
	}
	t := newTrap(offset+len(value)-len(rest), "yamldoc.after_value", "yamldoc.after_value_hint", value[end-1:end])
	t.width = utf8.RuneCountInString(rest)
	return t
}

// bracketEnd is the byte after the bracket that closes the first one, 0 where
// none does. What stands in quotation marks is not looked at apart.
func bracketEnd(line string) int {
	depth := 0
	for i := range len(line) {
		switch line[i] {
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if depth == 0 {
			return i + 1
		}
	}
	return 0
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
			return newTrap(start+i, "yamldoc.open_quote", "yamldoc.open_quote_hint", text[i:i+1])
		}
		i += closing(text[i:]) - 1
	}
	return b.afterValue(line)
}

// openBracket explains a list or mapping in brackets that is not closed, or
// that holds what cannot stand in brackets.
func (b broken) openBracket() trap {
	start, text := b.lineStart(b.line), b.lineText(b.line)
	from := b.valueOf(b.line) - start
	sign, end := "[", "]"
	if strings.HasSuffix(b.problem, "'}'") || b.problem == nodeContent && strings.HasPrefix(text[from:], "{") {
		sign, end = "{", "}"
	}
	if !strings.Contains(text[from:], sign) {
		from = 0 // what looked like a key is in the brackets
	}
	at := from + max(strings.Index(text[from:], sign), 0)
	if strings.Contains(text[at:], end) {
		return newTrap(start+at, "yamldoc.in_brackets", "yamldoc.bracket_hint", sign, end)
	}
	return newTrap(start+at, "yamldoc.open_bracket", "yamldoc.bracket_hint", sign, end)
}

const (
	// prefixLimit is how many bytes of a document are decoded again to find the
	// line of a problem; beyond, it is the line to which the library had come.
	prefixLimit = 64 << 10
	// prefixSteps is how many lines back the problem is looked for.
	prefixSteps = 10
)

// breaking gives the line with which the document breaks: the last one of the
// shortest beginning in which the problem shows.
func (b broken) breaking() int {
	line := b.above(b.lineAt(b.reach) + 1)
	if b.reach > prefixLimit {
		return line
	}
	for range prefixSteps {
		above := b.above(line)
		if above == 0 {
			break
		}
		_, err := decode(strings.NewReader("\n" + b.text[:b.lineStart(above)+len(b.lineText(above))]))
		if problem, _ := parseError(err); problem != b.problem {
			break
		}
		line = above
	}
	return line
}

// lineAt is the line that holds a byte.
func (b broken) lineAt(offset int) int {
	return max(sort.SearchInts(b.starts, offset+1), 1)
}

// lineStart is the byte at which a line starts.
func (b broken) lineStart(line int) int {
	return b.starts[min(max(line, 1), len(b.starts))-1]
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
// included; 0 where there is none, as before a bracket or comma.
func keyLength(text string) int {
	if text != "" && strings.IndexByte("[{,", text[0]) >= 0 {
		return 0
	}
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
