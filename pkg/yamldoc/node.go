// Package yamldoc reads YAML strictly: a tree of texts, lists and mappings with
// their places, and nothing of YAML that an adviser's file does not need. No
// value is guessed at: "0301", "no" and "1,5" are texts.
//
// Refused are what is not UTF-8, characters that control a terminal or turn
// text around, anchors, aliases, merge keys, tags, keys that are no texts, keys
// given twice, and anything beyond the limits. All that is found in a file is
// collected. Opening files is the caller's work.
//
// It is the only package that knows the YAML library.
package yamldoc

import (
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// The limits of what is read. What lies beyond is an error. Within them reading
// an input takes a fraction of a second, whatever it is.
const (
	// MaxInput is how many bytes one input may have, all documents together.
	MaxInput = 1 << 20
	// MaxSigns is how many line breaks, commas and other signs that part values
	// one input may have. It takes one to make three nodes at the most, so the
	// library never gets more to chew on, even where it finds a mistake only at
	// the end.
	MaxSigns = 50_000
	// MaxDocuments is how many documents one input may have.
	MaxDocuments = 50
	// MaxNodes is how many texts, lists and mappings one document may have.
	MaxNodes = 20_000
	// MaxDepth is how deep lists and mappings may lie in each other.
	MaxDepth = 64
	// MaxKeys is how many keys one mapping may have.
	MaxKeys = 1000
	// MaxText is how many characters one text may have.
	MaxText = 20_000
)

// Kind says what a node is.
type Kind uint8

// The kinds. The zero value is a scalar, a text without parts.
const (
	Scalar Kind = iota
	List
	Mapping
)

// Node is one value of a document, or a key.
type Node struct {
	Kind Kind
	// Quoted says that the scalar is certainly a text: in quotation marks, or
	// written as a block with | or >.
	Quoted bool
	// Null says that nothing is given: nothing at all, "~" or "null".
	Null bool
	// Value is the text of a scalar: as written where it stands without
	// quotation marks, else without the marks and with escapes resolved.
	Value string
	// Line and Column are the place of the first character, counted from 1,
	// columns in runes.
	Line, Column int
	// Width is how many runes a scalar takes on its first line, quotation marks
	// included; 1 for lists, mappings and blocks, 0 for nothing at all.
	Width int
	// Offset is the byte in the input at which the node starts.
	Offset int
	// Items are the parts of a list.
	Items []*Node
	// Pairs are the parts of a mapping, in the order of the file.
	Pairs []Pair
	// Comment is what follows an unquoted scalar on its line after "#", blanks
	// included. "nr #1" is the scalar "nr" with the comment "1": perhaps a part
	// of the text was meant.
	Comment string
}

// Pair is a key with its value. The key is a scalar and not null.
type Pair struct {
	Key, Value *Node
}

// Document is one document of a file.
type Document struct {
	// Root is the document's content, never nil.
	Root *Node
	// Number is the document's place among all of the file, from 1, broken and
	// empty ones counted.
	Number int
	// Line is the line at which the document's part of the file starts.
	Line int
	// Start and End bound the document's bytes in the input, "---" included.
	Start, End int
}

// File is what could be read of one input.
type File struct {
	Name string
	// Documents are the documents that hold to every rule of this package.
	Documents []*Document
	// Flawed are documents with an error that yet gave a tree: what is left in
	// it may be checked to find further errors, but must not be used.
	Flawed []*Document
	// CRLF says that the first line ends as on Windows.
	CRLF bool

	text string
	// starts are the bytes at which lines start.
	starts []int
}

// Lines is how many lines the file has; what follows the last line break
// counts, even when it is empty.
func (f *File) Lines() int {
	if f == nil {
		return 0
	}
	return len(f.starts)
}

// Line is the text of a line, counted from 1, without its line break; empty
// for a line that is not there.
func (f *File) Line(n int) string {
	if n < 1 || n > f.Lines() {
		return ""
	}
	start, end := f.bounds(n)
	return f.text[start:end]
}

// bounds gives the bytes of a line, its line break left out.
func (f *File) bounds(line int) (start, end int) {
	start, end = f.starts[line-1], len(f.text)
	if line < len(f.starts) {
		end = f.starts[line] - 1
	}
	if end > start && f.text[end-1] == '\r' && end < len(f.text) {
		end--
	}
	return start, end
}

// Diagnostic makes a diagnostic about a node, with its place and line. A nil
// node stands for the whole file.
func (f *File) Diagnostic(severity diag.Severity, node *Node, message, hint i18n.Message) diag.Diagnostic {
	if node == nil {
		node = &Node{}
	}
	return f.at(severity, node.Line, node.Column, node.Width, message, hint)
}

func (f *File) at(severity diag.Severity, line, column, width int, message, hint i18n.Message) diag.Diagnostic {
	d := diag.Diagnostic{Severity: severity, Message: message, Hint: hint, Width: max(width, 1)}
	if f != nil {
		d.Pos = diag.Pos{File: f.Name, Line: min(line, f.Lines()), Column: column}
		d.Source = f.Line(d.Pos.Line)
	}
	return d
}

// newFile takes the bytes and finds the lines. A byte order mark belongs to no
// line.
func newFile(name string, data []byte) *File {
	f := &File{Name: name, text: string(data)}
	start := 0
	if strings.HasPrefix(f.text, byteOrderMark) {
		start = len(byteOrderMark)
	}
	f.starts = make([]int, 1, strings.Count(f.text, "\n")+1)
	f.starts[0] = start
	for {
		i := strings.IndexByte(f.text[start:], '\n')
		if i < 0 {
			return f
		}
		if len(f.starts) == 1 {
			f.CRLF = i > 0 && f.text[start+i-1] == '\r'
		}
		start += i + 1
		f.starts = append(f.starts, start)
	}
}
