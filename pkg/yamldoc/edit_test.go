package yamldoc_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Edits are made all at once, in the order of their places.
func TestApply(t *testing.T) {
	tests := []struct {
		text  string
		edits []yamldoc.Edit
		want  string
	}{
		{"a: 1\n", nil, "a: 1\n"},
		{"a: 1\n", []yamldoc.Edit{{Start: 3, End: 4, Text: "2"}, {Start: 0, End: 0, Text: "# c\n"}}, "# c\na: 2\n"},
		{"a: 1\n", []yamldoc.Edit{{Start: 4, End: 4, Text: "0"}, {Start: 4, End: 4, Text: "5"}}, "a: 105\n"},
		{"a: 1\r\n", []yamldoc.Edit{{Start: 4, End: 4, Text: "\nb: 2"}}, "a: 1\r\nb: 2\r\n"},
		{"a: 1\n", []yamldoc.Edit{{Start: 0, End: 3}, {Start: 2, End: 4}}, ""},
		{"a: 1\n", []yamldoc.Edit{{Start: 3, End: 9}}, ""},
		{"a: 1\n", []yamldoc.Edit{{Start: 3, End: 2}}, ""},
	}
	for _, test := range tests {
		file, _ := yamldoc.Read("x.yaml", []byte(test.text))
		got, err := file.Apply(test.edits)
		if string(got) != test.want || errors.Is(err, yamldoc.ErrOverlap) != (test.want == "") {
			t.Errorf("%q %v: %q, %v", test.text, test.edits, got, err)
		}
		if data := string(file.Data()); data != test.text {
			t.Errorf("%q is held as %q", test.text, data)
		}
	}
}

// extents lists what a tree's values take up.
func extents(f *yamldoc.File, n *yamldoc.Node) []string {
	all := []string{f.Bytes(n.Offset, f.End(n))}
	for _, item := range n.Items {
		all = append(all, extents(f, item)...)
	}
	for _, pair := range n.Pairs {
		all = append(all, extents(f, pair.Value)...)
	}
	return all
}

// ends are files with what their values take up.
func ends() []struct{ text, want string } {
	return []struct{ text, want string }{
		{"a: b   # c\n", "b"},
		{"a: b\n  c   # d\n", "b\n  c"},
		{"a: 'b ''c'' # d'  \n", "'b ''c'' # d'"},
		{"a: \"b\\\"\n  c\" # d", "\"b\\\"\n  c\""},
		{"a: |\n  b # c\n\n  d\n# e\n", "|\n  b # c\n\n  d"},
		{"a: |+\n  b\n\n\nc: d\n", "|+\n  b\n\n|d"},
		{"a: !!str b\n", "!!str b"},
		{"a: !!str # b\n  b\n", "!!str # b\n  b"},
		{"a: !!str\nb: c\n", "!!str|c"},
		{"a: [b, 'c]', # ]\n  d] # e\n", "[b, 'c]', # ]\n  d]|b|'c]'|d"},
		{"a: {b: {}, c} # }\n", "{b: {}, c}|{}|"},
		{"a:\n  - b # c\n  -\n    d\n# e\n", "- b # c\n  -\n    d|b|d"},
		{"a:\n  b: # c\nd:\n", "b:||"},
		{"a: ~\n", "~"},
		{"a: b\u00a0 # c\n", "b\u00a0"},
		{"a:\n  - b\n  - # c\n", "- b\n  -|b|"},
		{"a:\n  - b\n  -\nc: d\n", "- b\n  -|b||d"},
		{"a:\n  -", "-|"},
	}
}

func TestEnd(t *testing.T) {
	for _, test := range ends() {
		for _, text := range []string{test.text, strings.ReplaceAll(test.text, "\n", "\r\n")} {
			file, found := yamldoc.Read("x.yaml", []byte(text))
			if file == nil {
				t.Fatal(found)
			}
			got := strings.Join(extents(file, file.Documents[0].Root)[1:], "|")
			if strings.ReplaceAll(got, "\r\n", "\n") != test.want {
				t.Errorf("%q: %q, want %q", text, got, test.want)
			}
		}
	}
}

func TestPlain(t *testing.T) {
	tests := []struct{ text, block, flow string }{
		{"mange kommuner", "mange kommuner", "mange kommuner"},
		{"1,5 mill. kr", "1,5 mill. kr", `"1,5 mill. kr"`},
		{"a\r\n  b\tc", "a b c", "a b c"},
		{"a: b", `"a: b"`, `"a: b"`},
		{"12:30", "12:30", `"12:30"`},
		{"nr #1", `"nr #1"`, `"nr #1"`},
		{"- a", `"- a"`, `"- a"`},
		{`si "ja" \ nei`, `si "ja" \ nei`, `si "ja" \ nei`},
		{`"ja"`, `"\"ja\""`, `"\"ja\""`},
		{"null", `"null"`, `"null"`},
		{"", `""`, `""`},
		{"a\u202eb\x00", "ab", "ab"},
	}
	for _, test := range tests {
		if block, flow := yamldoc.Plain(test.text, false), yamldoc.Plain(test.text, true); block != test.block || flow != test.flow {
			t.Errorf("%q: %s and %s", test.text, block, flow)
		}
	}
}

// FuzzWrite: whatever is written reads back as the same text on one line.
func FuzzWrite(f *testing.F) {
	for _, seed := range []string{"a", "", "null", "- a", "a: b #c", `"`, "'", "\\", "{a", "12:30", "?", "...", "--- a", "a,b", "a\n\nb", "\ufeffa", "%a", "a:", "@", "<<"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := yamldoc.OneLine(text)
		if len(want) > yamldoc.MaxText {
			return
		}
		for _, written := range []string{"x: " + yamldoc.Plain(text, false) + "\n", "{x: " + yamldoc.Plain(text, true) + ", y: z}\n",
			"x: " + yamldoc.Quoted(text) + " # c\n", "x:\n  - " + yamldoc.Plain(text, false) + "\n", "x: [" + yamldoc.Plain(text, true) + "]\n"} {
			file, found := yamldoc.Read("x.yaml", []byte(written))
			if file == nil || len(file.Documents) != 1 || len(file.Documents[0].Root.Pairs) == 0 {
				t.Fatalf("%q: %v", written, found)
			}
			n := file.Documents[0].Root.Pairs[0].Value
			if n.Kind == yamldoc.List {
				n = n.Items[0]
			}
			if n.Kind != yamldoc.Scalar || n.Null || n.Value != want {
				t.Fatalf("%q is read as %q, want %q", written, n.Value, want)
			}
		}
	})
}

// FuzzEnd: what a value takes up is the value and nothing else, in any file:
// with another text in its place all else is read as before.
func FuzzEnd(f *testing.F) {
	for _, test := range ends() {
		f.Add([]byte(test.text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, found := yamldoc.Read("f", data)
		if file == nil || found.HasErrors() || len(data) > 4000 {
			return
		}
		before := leaves(file)
		at := 0
		for _, document := range file.Documents {
			for n := range values(document.Root) {
				if n.Kind == yamldoc.Scalar {
					at++
				}
				if n.Empty() || at > 20 {
					continue
				}
				checkWritten(t, n, file.Bytes(n.Offset, file.End(n)))
				if n.Kind == yamldoc.Scalar {
					checkReplaced(t, data, file, n, before, at-1)
				}
			}
		}
	})
}

// values calls yield for a node and all that are in it, but for keys, in the
// order of the file.
func values(n *yamldoc.Node) func(yield func(*yamldoc.Node) bool) {
	return func(yield func(*yamldoc.Node) bool) {
		var visit func(n *yamldoc.Node) bool
		visit = func(n *yamldoc.Node) bool {
			if !yield(n) {
				return false
			}
			for _, item := range n.Items {
				if !visit(item) {
					return false
				}
			}
			for _, pair := range n.Pairs {
				if !visit(pair.Value) {
					return false
				}
			}
			return true
		}
		visit(n)
	}
}

// leaves are the texts of a file that are values, on one line each.
func leaves(file *yamldoc.File) (all []string) {
	for _, document := range file.Documents {
		for n := range values(document.Root) {
			if n.Kind == yamldoc.Scalar {
				all = append(all, yamldoc.OneLine(n.Value))
			}
		}
	}
	return all
}

// checkWritten looks at what a value takes up by itself.
func checkWritten(t *testing.T, n *yamldoc.Node, written string) {
	t.Helper()
	bare := strings.TrimPrefix(written, "!!str")
	const blanks = " \t\r\n"
	squeezed := strings.NewReplacer(" ", "", "\t", "", "\r", "", "\n", "").Replace
	mark, _ := utf8.DecodeRuneInString(strings.TrimLeft(bare, blanks))
	last := written[len(written)-1:]
	switch {
	case n.Kind == yamldoc.Scalar && !n.Quoted && squeezed(bare) != squeezed(n.Value):
		t.Errorf("%q is written %q", n.Value, written)
	case n.Kind == yamldoc.Scalar && n.Quoted && strings.ContainsRune(`"'`, mark) && string(mark) != last:
		t.Errorf("%q is written %q", n.Value, written)
	case n.Kind == yamldoc.List && written[0] == '[' && last != "]", n.Kind == yamldoc.Mapping && written[0] == '{' && last != "}":
		t.Errorf("in brackets: %q", written)
	case n.Kind == yamldoc.Scalar && strings.Contains(blanks, last) && !strings.ContainsRune("|>", mark): // whose own lines may end so
		t.Errorf("it ends with blanks: %q", written)
	}
}

// checkReplaced puts another text in the place of one value, moved in by one,
// since only a block may stand right below its key.
func checkReplaced(t *testing.T, data []byte, file *yamldoc.File, n *yamldoc.Node, before []string, at int) {
	t.Helper()
	after, err := file.Apply([]yamldoc.Edit{{n.Offset, file.End(n), ` "new"`}})
	if err != nil {
		t.Fatal(err)
	}
	edited, found := yamldoc.Read("f", after)
	if slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code() == "yamldoc.tab" }) {
		return // a line of blanks that belonged to a text before
	}
	if edited == nil || found.HasErrors() {
		t.Fatalf("%q with %d replaced is %q: %v", data, at, after, found)
	}
	want := slices.Clone(before)
	want[at] = "new"
	if got := leaves(edited); !slices.Equal(got, want) {
		t.Fatalf("%q with %d replaced is %q: %q, want %q", data, at, after, got, want)
	}
}
