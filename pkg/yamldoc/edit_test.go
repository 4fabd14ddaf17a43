package yamldoc_test

import (
	"errors"
	"strings"
	"testing"

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

func TestEnd(t *testing.T) {
	tests := []struct{ text, want string }{
		{"a: b   # c\n", "b"},
		{"a: b\n  c   # d\n", "b\n  c"},
		{"a: 'b ''c'' # d'  \n", "'b ''c'' # d'"},
		{"a: \"b\\\"\n  c\" # d", "\"b\\\"\n  c\""},
		{"a: |\n  b # c\n\n  d\n# e\n", "|\n  b # c\n\n  d"},
		{"a: |+\n  b\n\n\nc: d\n", "|+\n  b\n\n|d"},
		{"a: !!str b\n", "!!str b"},
		{"a: [b, 'c]', # ]\n  d] # e\n", "[b, 'c]', # ]\n  d]|b|'c]'|d"},
		{"a: {b: {}, c} # }\n", "{b: {}, c}|{}|"},
		{"a:\n  - b # c\n  -\n    d\n# e\n", "- b # c\n  -\n    d|b|d"},
		{"a:\n  b: # c\nd:\n", "b:||"},
		{"a: ~\n", "~"},
	}
	for _, test := range tests {
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
