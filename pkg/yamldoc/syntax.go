package yamldoc

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// syntax says in our own words why the library cannot read a document.
func (f *File) syntax(p part) diag.Diagnostic {
	t := newBroken(f.text[p.start:p.end]).explain()
	line, column := f.place(min(p.start+t.offset, p.end))
	return f.at(diag.Error, line, column, t.width, t.message, t.hint)
}

// broken is the text of a document that cannot be read. Its lines are counted
// from 1, a number outside means the nearest line.
type broken struct {
	text string
	// starts are the bytes at which lines start.
	starts []int
	fault
}

func newBroken(text string) broken {
	b := broken{text: text, starts: []int{0}, fault: trace(text)}
	for i := range len(text) - 1 {
		if text[i] == '\n' {
			b.starts = append(b.starts, i+1)
		}
	}
	return b
}

// trap is a usual mistake, found at a byte of the document.
type trap struct {
	offset  int
	width   int
	message i18n.Message
	hint    i18n.Message
}

func newTrap(offset int, message, hint string, args ...any) trap {
	return trap{offset: offset, width: 1, message: i18n.M(message, args...), hint: i18n.M(hint)}
}

// nodeContent is the problem with a sign where a value should stand.
const nodeContent = "did not find expected node content"

// explain finds the mistake behind the library's problem.
func (b broken) explain() trap {
	switch b.problem {
	case "mapping values are not allowed in this context":
		return b.colon()
	case "could not find expected ':'":
		return b.noColon(b.line)
	case "found character that cannot start any token", "mapping keys are not allowed in this context":
		return b.start(b.mark)
	case "block sequence entries are not allowed in this context":
		return newTrap(b.mark, "yamldoc.dash", "yamldoc.dash_hint")
	case "found a tab character that violates indentation",
		"found a tab character where an indentation space is expected":
		return b.tab(strings.LastIndexByte(b.text[:b.reach], '\t'))
	case "did not find expected alphabetic or numeric character":
		return b.sign("*&")
	case "found unexpected end of stream", "found unexpected document indicator":
		return b.openQuote(b.line)
	case "found unknown escape character", "did not find expected hexdecimal number",
		"found invalid Unicode character escape code":
		return b.escape()
	case "did not find expected key", "did not find expected '-' indicator":
		return b.misplaced()
	case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
		return b.openBracket()
	case nodeContent:
		return b.nothing()
	case "did not find expected <document start>":
		return b.afterEnd()
	}
	return b.explainMore()
}

// explainMore takes the problems that are known by a part of their words.
func (b broken) explainMore() trap {
	has := func(part string) bool { return strings.Contains(b.problem, part) }
	line := b.lineText(b.line)
	switch {
	case has("unknown anchor"):
		return b.alias()
	case has("exceeded max depth"):
		return newTrap(b.mark, "yamldoc.too_deep", "yamldoc.too_deep_hint", MaxDepth)
	case strings.HasPrefix(line, "%"), has("directive"):
		return newTrap(b.lineStart(b.line), "yamldoc.directive", "yamldoc.directive_hint")
	case has("comment or line break"), has("indentation indicator"):
		return b.sign("|>")
	case has("tag"), has("whitespace"), has("URI"), has("'!'"), has("'>'"), has("octet"):
		return b.sign("!")
	}
	return b.somewhere(b.line)
}

// colon explains a colon where no key can stand: in a text without quotation
// marks, or because something is wrong with the line before.
func (b broken) colon() trap {
	line := b.lineAt(b.mark)
	if b.valueOf(line) <= b.mark {
		return newTrap(b.mark, "yamldoc.colon", "yamldoc.colon_hint")
	}
	above := b.above(line)
	if above == 0 {
		return b.somewhere(line)
	}
	t := b.noColon(above)
	if t.message.Key != "yamldoc.no_colon" {
		return t
	}
	if !strings.Contains(b.lineText(above), ":") && b.indent(line) <= b.indent(above) {
		return t
	}
	return newTrap(b.lineStart(line)+b.indent(line), "yamldoc.indent", "yamldoc.indent_hint")
}

// noColon explains a line that has no key.
func (b broken) noColon(line int) trap {
	start, text := b.lineStart(line), b.lineText(line)
	begin := b.indent(line)
	for strings.HasPrefix(text[begin:], "- ") {
		begin += 2
	}
	if i := strings.IndexByte(text[begin:], ':'); i > 0 && !strings.ContainsAny(text[begin:begin+i], " \"'") {
		next, _ := utf8.DecodeRuneInString(text[begin+i+1:])
		switch {
		case next == '\u00A0':
			return newTrap(start+begin+i+1, "yamldoc.no_break_space", "yamldoc.space_hint")
		case next != ' ' && next != '/' && begin+i+1 < len(text):
			return newTrap(start+begin+i, "yamldoc.colon_space", "yamldoc.colon_space_hint")
		}
	}
	t := newTrap(start+begin, "yamldoc.no_colon", "yamldoc.no_colon_hint")
	t.width = utf8.RuneCountInString(strings.TrimRight(text[begin:], " \t"))
	return t
}

// start explains a character with which no text can begin.
func (b broken) start(offset int) trap {
	r, _ := utf8.DecodeRuneInString(b.text[offset:])
	switch {
	case r == '\t':
		return b.tab(offset)
	case strings.ContainsRune("@`%?|>,]}", r):
		return newTrap(offset, "yamldoc.start", "yamldoc.quote_hint", string(r))
	}
	return b.somewhere(b.lineAt(offset))
}

// nothing explains a sign where a value should stand, on a line of its own or
// in brackets.
func (b broken) nothing() trap {
	value := b.valueOf(b.line)
	if value < len(b.text) && strings.IndexByte("[{", b.text[value]) >= 0 {
		return b.openBracket()
	}
	return b.start(value)
}

// sign explains a value that begins with one of the signs that mean something
// to YAML.
func (b broken) sign(signs string) trap {
	start, text := b.lineStart(b.line), b.lineText(b.line)
	for i := range len(text) {
		begins := i == 0 || strings.IndexByte(" \t[{,", text[i-1]) >= 0
		if begins && strings.IndexByte(signs, text[i]) >= 0 {
			return newTrap(start+i, "yamldoc.start", "yamldoc.quote_hint", text[i:i+1])
		}
	}
	return b.afterValue(b.line)
}

// alias finds the reference to an anchor that is nowhere: the library gives
// its name and no line.
func (b broken) alias() trap {
	_, name, _ := strings.Cut(b.problem, "'")
	name, _, _ = strings.Cut("*"+name, "'")
	for line := 1; b.lineStart(line) < b.reach && line <= len(b.starts); line++ {
		if value := b.valueOf(line); strings.HasPrefix(b.text[value:], name) {
			return newTrap(value, "yamldoc.start", "yamldoc.quote_hint", "*")
		}
	}
	return newTrap(max(strings.LastIndex(b.text[:b.reach], name), 0), "yamldoc.start", "yamldoc.quote_hint", "*")
}

func (b broken) tab(offset int) trap {
	return newTrap(max(offset, 0), "yamldoc.tab", "yamldoc.tab_hint")
}

// escape finds the first backslash that stands for nothing, from where the
// quoted text starts.
func (b broken) escape() trap {
	i := b.lineStart(b.line)
	i += max(strings.IndexByte(b.text[i:], '"'), 0)
	for ; i < len(b.text)-1; i++ {
		if b.text[i] != '\\' {
			continue
		}
		length, sound := escapeLength(b.text[i+1:])
		if sound {
			i += length
			continue
		}
		hint := "yamldoc.escape_hint"
		if length > 1 {
			hint = "yamldoc.escape_code_hint"
		}
		_, size := utf8.DecodeRuneInString(b.text[i+1:])
		shown := b.text[i : i+1+max(length, size)]
		t := newTrap(i, "yamldoc.escape", hint, diag.Clean(shown))
		t.width = utf8.RuneCountInString(shown)
		return t
	}
	return b.somewhere(b.line)
}

// escapeLength is how many bytes after a backslash belong to it, and whether
// they stand for a character.
func escapeLength(after string) (length int, sound bool) {
	digits := strings.IndexByte("..x.u...U", after[0])
	if digits < 0 || after[0] == '.' {
		return 1, strings.IndexByte("0abt\tnvfre \"'/\\N_LP\r\n", after[0]) >= 0
	}
	if len(after) <= digits {
		return 1, false
	}
	code, err := strconv.ParseUint(after[1:1+digits], 16, 32)
	if err != nil {
		return 1, false
	}
	return 1 + digits, code <= unicode.MaxRune && utf8.ValidRune(rune(code))
}

// afterEnd explains what stands behind the end of the document.
func (b broken) afterEnd() trap {
	for line := 1; line < b.line; line++ {
		text := strings.TrimRight(b.lineText(line), " ")
		if text == "..." {
			return newTrap(b.lineStart(line), "yamldoc.document_end", "yamldoc.document_end_hint")
		}
	}
	if strings.HasPrefix(b.lineText(b.line), "%") {
		return newTrap(b.lineStart(b.line), "yamldoc.directive", "yamldoc.directive_hint")
	}
	return b.afterValue(b.line)
}

// somewhere is the answer where the mistake itself is not known.
func (b broken) somewhere(line int) trap {
	start, text := b.lineStart(line), b.lineText(line)
	blanks := len(text) - len(strings.TrimLeft(text, " \t\u00A0"))
	if i := strings.IndexByte(text[:blanks], '\t'); i >= 0 {
		return b.tab(start + i)
	}
	if i := strings.IndexRune(text[:blanks], '\u00A0'); i >= 0 {
		return newTrap(start+i, "yamldoc.no_break_space", "yamldoc.space_hint")
	}
	return newTrap(start+blanks, "yamldoc.syntax", "yamldoc.syntax_hint")
}
