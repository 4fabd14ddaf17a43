package yamldoc

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// fault is what the library says about broken syntax, and how far it had come.
type fault struct {
	// problem is in the library's words.
	problem string
	// line is counted from 1 in the document: where the broken construct starts
	// or, where it has no start, where the problem lies.
	line int
	// mark is the byte of the document that was being looked at, exact for
	// problems with single characters; those with the order of things are
	// noticed up to three words later. Before reach lies all that was taken.
	mark, reach int
}

const (
	// lookahead is how many characters the library holds ready, at least, when
	// it decides what a character means.
	lookahead = 4
	padding   = "\n\n\n\n"
)

// trace decodes a broken document once more, byte by byte, to learn where it
// breaks: the library names no column, and often no line or a wrong one. The
// empty line in front makes it name all lines, the ones behind let it look
// ahead at the end as anywhere.
func trace(text string) fault {
	r := &byteReader{text: "\n" + text + padding}
	_, err := decode(r)
	problem, line := parseError(err)
	// What the parser finds is counted from 0, what the scanner finds from 1;
	// the line in front is one more.
	if !parserProblem(problem) {
		line--
	}
	mark, reach := min(r.before(lookahead), len(text)), min(r.before(0), len(text))
	return fault{problem: problem, line: line, mark: mark, reach: reach}
}

// parserProblem reports whether a problem is one with the order of things,
// which the library counts lines for in another way.
func parserProblem(problem string) bool {
	switch problem {
	case "did not find expected key", "did not find expected '-' indicator",
		"did not find expected ',' or ']'", "did not find expected ',' or '}'",
		nodeContent, "did not find expected <document start>",
		"found undefined tag handle", "found duplicate %YAML directive",
		"found incompatible YAML document", "found duplicate %TAG directive":
		return true
	}
	return false
}

// parseError takes the library's message apart: "yaml: line 3: problem".
func parseError(err error) (problem string, line int) {
	if err == nil {
		return "", 0
	}
	if inner := errors.Unwrap(err); inner != nil {
		err = inner
	}
	parts := regexp.MustCompile(`(?s)^yaml: (?:line (\d+): )?(.*)$`).FindStringSubmatch(err.Error())
	if parts == nil {
		return err.Error(), 0
	}
	// What the pattern takes for a number is one; where there is none, it is 0.
	line, _ = strconv.Atoi(parts[1])
	return parts[2], line
}

// byteReader gives a text byte by byte, so that what was taken is hardly more
// than what was needed.
type byteReader struct {
	text string
	// next is the byte to give next, and how many were given.
	next int
}

func (r *byteReader) Read(p []byte) (int, error) {
	if r.next == len(r.text) {
		return 0, io.EOF
	}
	n := copy(p[:min(len(p), 1)], r.text[r.next:])
	r.next += n
	return n, nil
}

// before is the byte that lies so many characters before the next one, in the
// text without the line in front.
func (r *byteReader) before(characters int) int {
	i := r.next
	for ; characters > 0 && i > 1; characters-- {
		for i--; i > 1 && r.text[i]&0xC0 == 0x80; i-- {
		}
	}
	return max(i-1, 0)
}

// firstLine is the text up to its first line break.
func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return strings.TrimSuffix(line, "\r")
}
