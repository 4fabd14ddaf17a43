package yamldoc

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// Read reads a stream of YAML documents. The name stands in all places.
//
// Documents are parted at lines that start with "---" and read each for
// itself, so one that is broken costs none of the others: File.Documents holds
// those in which no error was found, the list everything that was found in
// any. The file is nil where nothing could be read at all. Where the list has
// no errors there is at least one document: an empty input is an error, an
// empty document among others is left out with a warning.
func Read(name string, data []byte) (*File, diag.List) {
	f := newFile(name, data)
	found, stop := f.refuse()
	if stop {
		return nil, found
	}
	parts := f.split()
	if len(parts) > MaxDocuments {
		found = append(found, f.at(diag.Error, parts[MaxDocuments].line, 1, 1,
			i18n.M("yamldoc.too_many_documents", MaxDocuments), i18n.M("yamldoc.split_file")))
		parts = parts[:MaxDocuments]
	}
	var empty diag.List
	for i, p := range parts {
		document, faults := f.read(p)
		switch {
		case document != nil:
			document.Number = i + 1
			f.keep(document, faults)
		case len(faults) == 0:
			empty = append(empty, f.at(diag.Warning, p.line, 0, 0,
				i18n.M("yamldoc.empty_document", i+1), i18n.M("yamldoc.empty_document_hint")))
		}
		found = append(found, faults...)
	}
	if len(empty) == len(parts) {
		found = append(found, f.whole("yamldoc.empty", "yamldoc.empty_hint"))
	} else {
		found = append(found, empty...)
	}
	found.Sort()
	if len(f.Documents)+len(f.Flawed) == 0 {
		return nil, found
	}
	return f, found
}

// refuse names what stands in the way of reading anything at all.
func (f *File) refuse() (found diag.List, stop bool) {
	switch {
	case len(f.text) > MaxInput:
		message := i18n.M("yamldoc.too_large_file", MaxInput>>20)
		return diag.List{f.at(diag.Error, 0, 0, 0, message, i18n.M("yamldoc.split_file"))}, true
	case utf16(f.text):
		return diag.List{f.whole("yamldoc.utf16", "yamldoc.save_as_utf8")}, true
	}
	if i := crowded(f.text); i >= 0 {
		line, column := f.place(i)
		message := i18n.M("promises.too_many_signs", MaxSigns)
		return diag.List{f.at(diag.Error, line, column, 1, message, i18n.M("yamldoc.split_file"))}, true
	}
	return nil, false
}

// crowded gives the byte of the sign with which there are more than MaxSigns,
// -1 where there are not so many.
func crowded(text string) int {
	if len(text) <= MaxSigns {
		return -1
	}
	signs := 0
	for i := range len(text) {
		if !isSign(text, i) {
			continue
		}
		if signs++; signs > MaxSigns {
			return i
		}
	}
	return -1
}

// isSign reports whether a byte can part values. In a text it parts nothing, and
// counts all the same.
func isSign(text string, i int) bool {
	switch text[i] {
	case '\n', ',', '[', '{':
		return true
	case '-', '?', ':':
		return i+1 == len(text) || strings.IndexByte(" \t\r\n", text[i+1]) >= 0
	}
	return false
}

// whole makes an error about the file as a whole: at its first line, which is
// not worth showing.
func (f *File) whole(message, hint string) diag.Diagnostic {
	d := f.at(diag.Error, 1, 0, 0, i18n.M(message), i18n.M(hint))
	d.Source = ""
	return d
}

func (f *File) keep(document *Document, faults diag.List) {
	if faults.HasErrors() {
		f.Flawed = append(f.Flawed, document)
		return
	}
	f.Documents = append(f.Documents, document)
}

// part is the stretch of the input that one document takes.
type part struct {
	// line is its first line, counted from 1; start and end bound its bytes.
	line, start, end int
}

// split parts the input before every line that starts with "---": in YAML such
// a line begins a document wherever it stands, even inside a text. Comments
// before the first one belong to the first document.
func (f *File) split() []part {
	var parts []part
	current := part{line: 1, start: f.starts[0], end: len(f.text)}
	content := false
	for i, start := range f.starts {
		rest := f.text[start:]
		if marker(rest) {
			if content {
				current.end = start
				parts = append(parts, current)
				current = part{line: i + 1, start: start, end: len(f.text)}
			}
			content = true
		}
		content = content || !blank(rest) && rest[0] != '%'
	}
	return append(parts, current)
}

// marker reports whether a line starts a document.
func marker(rest string) bool {
	return strings.HasPrefix(rest, "---") && (len(rest) == 3 || strings.IndexByte(" \t\r\n", rest[3]) >= 0)
}

// blank reports whether the first line of rest has nothing but blanks and a
// comment.
func blank(rest string) bool {
	for i := range len(rest) {
		switch rest[i] {
		case ' ', '\t', '\r':
		case '\n', '#':
			return true
		default:
			return false
		}
	}
	return true
}

// read reads one document. There is none, and no fault either, where the part
// is empty.
func (f *File) read(p part) (*Document, diag.List) {
	if found := f.scan(p.start, p.end); len(found) > 0 {
		return nil, found
	}
	if found := f.directive(p); len(found) > 0 {
		return nil, found
	}
	root, err := decode(strings.NewReader(f.text[p.start:p.end]))
	if err != nil {
		return nil, diag.List{f.syntax(p)}
	}
	if root == nil {
		return nil, nil
	}
	tree, found := f.convert(root, p)
	if tree == nil {
		return nil, found
	}
	return &Document{Root: tree, Line: p.line, Start: p.start, End: p.end}, found
}

// directive refuses a line that starts with "%" before the document does: an
// instruction to YAML, which the library would obey or choke on.
func (f *File) directive(p part) diag.List {
	for line := p.line; line <= f.Lines() && f.starts[line-1] < p.end; line++ {
		rest := f.text[f.starts[line-1]:p.end]
		if strings.HasPrefix(rest, "%") {
			return diag.List{f.at(diag.Error, line, 1, 1,
				i18n.M("yamldoc.directive"), i18n.M("yamldoc.directive_hint"))}
		}
		if !blank(rest) {
			break
		}
	}
	return nil
}

var errSeveral = errors.New("several documents where there is one")

// decode reads the one document of a part; nil where it is empty.
func decode(r io.Reader) (root *yaml.Node, err error) {
	// The library panics on some broken input.
	defer func() {
		if fault := recover(); fault != nil {
			root, err = nil, fmt.Errorf("yaml: %v", fault)
		}
	}()
	decoder := yaml.NewDecoder(r)
	var document, rest yaml.Node
	switch err := decoder.Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("decode: %w", err)
	}
	switch err := decoder.Decode(&rest); {
	case err == nil:
		return nil, errSeveral
	case !errors.Is(err, io.EOF):
		return nil, fmt.Errorf("decode: %w", err)
	}
	root = document.Content[0]
	if root.Kind == yaml.ScalarNode && root.Value == "" && root.Style == 0 && root.Anchor == "" && root.Tag == "!!null" {
		return nil, nil
	}
	return root, nil
}
