package yamldoc

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// FuzzRead gives any bytes. Whatever they are: there is a document or an
// error, every place lies in the file, no character that controls a terminal is
// repeated, and what is read without an error has none, and is what the library
// reads.
func FuzzRead(f *testing.F) {
	for _, file := range refusalFiles(f) {
		for _, c := range refusals(f, file) {
			f.Add([]byte(c.input))
		}
	}
	f.Add([]byte("a: {b: [c, 'd', \"e\"]}\nf:\n- g # h\n- |\n  i\n"))
	p := printer(f, i18n.Bokmal)
	f.Fuzz(func(t *testing.T, data []byte) {
		file, found := Read("f", data)
		checkPlaces(t, data, found)
		checkText(t, diag.Text(p, found))
		if file == nil {
			if !found.HasErrors() {
				t.Error("neither a document nor an error")
			}
			return
		}
		for _, d := range append(file.Documents, file.Flawed...) {
			checkNode(t, file, d.Root)
		}
		if found.HasErrors() {
			return
		}
		if len(file.Documents) == 0 || len(file.Flawed) > 0 {
			t.Error("no error, and yet no sound document")
		}
		for _, r := range strings.ReplaceAll(strings.TrimPrefix(string(data), byteOrderMark), "\r\n", "\n") {
			if fault, _ := forbidden(r); fault != "" {
				t.Errorf("no error, and yet there is %s", name(r))
			}
		}
		compare(t, file, data)
	})
}

func checkPlaces(t *testing.T, data []byte, found diag.List) {
	lines := strings.Split(strings.TrimPrefix(string(data), byteOrderMark), "\n")
	for _, d := range found {
		if d.Pos.Line < 1 || d.Pos.Line > len(lines) {
			t.Fatalf("%s in line %d of %d", d.Code(), d.Pos.Line, len(lines))
		}
		if width := utf8.RuneCountInString(lines[d.Pos.Line-1]); d.Pos.Column < 0 || d.Pos.Column > width+1 {
			t.Errorf("%s in column %d of %d", d.Code(), d.Pos.Column, width)
		}
		if d.Message.IsZero() || d.Severity == 0 {
			t.Errorf("a diagnostic without severity or message: %+v", d)
		}
	}
}

func checkText(t *testing.T, text string) {
	for _, r := range text {
		if fault, _ := forbidden(r); fault != "" || r == '\t' {
			t.Errorf("%s in %q", name(r), text)
		}
	}
}

func checkNode(t *testing.T, f *File, n *Node) {
	line := f.Line(n.Line)
	if n.Line < 1 || n.Line > f.Lines() || n.Column < 1 || n.Column > utf8.RuneCountInString(line)+1 {
		t.Fatalf("node at %d:%d", n.Line, n.Column)
	}
	before := string([]rune(line)[:n.Column-1])
	if start, _ := f.bounds(n.Line); n.Offset != start+len(before) {
		t.Errorf("node at %d:%d, byte %d, but %d bytes come before", n.Line, n.Column, n.Offset, start+len(before))
	}
	if n.Kind == Scalar && !n.Quoted && n.Column-1+n.Width > utf8.RuneCountInString(line) {
		t.Errorf("node at %d:%d is %d wide", n.Line, n.Column, n.Width)
	}
	for _, item := range n.Items {
		checkNode(t, f, item)
	}
	for _, pair := range n.Pairs {
		checkNode(t, f, pair.Key)
		checkNode(t, f, pair.Value)
	}
}

// compare reads the same bytes with the library, undivided.
func compare(t *testing.T, f *File, data []byte) {
	decoder := yaml.NewDecoder(strings.NewReader(string(data)))
	next := 0
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("the library finds: %v", err)
		}
		root := document.Content[0]
		if root.Tag == "!!null" && root.Value == "" {
			continue
		}
		if next == len(f.Documents) {
			t.Fatal("the library finds more documents")
		}
		compareNode(t, root, f.Documents[next].Root)
		next++
	}
	if next < len(f.Documents) {
		t.Error("the library finds fewer documents")
	}
}

func compareNode(t *testing.T, want *yaml.Node, got *Node) {
	var parts []*Node
	switch got.Kind {
	case List:
		parts = got.Items
	case Mapping:
		for _, pair := range got.Pairs {
			parts = append(parts, pair.Key, pair.Value)
		}
	}
	kind := map[yaml.Kind]Kind{yaml.ScalarNode: Scalar, yaml.SequenceNode: List, yaml.MappingNode: Mapping}[want.Kind]
	if got.Kind != kind || got.Value != want.Value || got.Line != want.Line || len(parts) != len(want.Content) {
		t.Fatalf("%d:%d: %q with %d parts, the library finds %q with %d in line %d",
			got.Line, got.Column, got.Value, len(parts), want.Value, len(want.Content), want.Line)
	}
	for _, r := range got.Value {
		if fault, _ := forbidden(r); fault != "" {
			t.Errorf("%d:%d: no error, and yet there is %s in %q", got.Line, got.Column, name(r), got.Value)
		}
	}
	for i, part := range parts {
		compareNode(t, want.Content[i], part)
	}
}
