package yamldoc

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// dump writes a tree, a node a line: place, width, offset, what it is.
func dump(b *strings.Builder, n *Node, indent string) {
	fmt.Fprintf(b, "%s%d:%d+%d@%d", indent, n.Line, n.Column, n.Width, n.Offset)
	switch {
	case n.Kind == List:
		b.WriteString(" list")
	case n.Kind == Mapping:
		b.WriteString(" mapping")
	case n.Null:
		fmt.Fprintf(b, " null %s", n.Value)
	case n.Quoted:
		fmt.Fprintf(b, " quoted %q", n.Value)
	default:
		fmt.Fprintf(b, " %q", n.Value)
	}
	if n.Comment != "" {
		fmt.Fprintf(b, " #%s", n.Comment)
	}
	b.WriteByte('\n')
	for _, item := range n.Items {
		dump(b, item, indent+"  ")
	}
	for _, pair := range n.Pairs {
		dump(b, pair.Key, indent+"  ")
		dump(b, pair.Value, indent+"    ")
	}
}

func dumpAll(f *File) string {
	if f == nil {
		return ""
	}
	var b strings.Builder
	for _, d := range f.Documents {
		fmt.Fprintf(&b, "document %d, line %d, bytes %d-%d\n", d.Number, d.Line, d.Start, d.End)
		dump(&b, d.Root, "")
	}
	for _, d := range f.Flawed {
		fmt.Fprintf(&b, "flawed document %d, line %d, bytes %d-%d\n", d.Number, d.Line, d.Start, d.End)
		dump(&b, d.Root, "")
	}
	return b.String()
}

// TestTree shows what becomes of sound files.
func TestTree(t *testing.T) {
	tests := []struct{ name, input, want string }{
		{"values are texts", "a: 0301\nb: no\nc: 1,5\nd: 2018-01-01\ne: .nan\nf: 1_000", `document 1, line 1, bytes 0-51
1:1+1@0 mapping
  1:1+1@0 "a"
    1:4+4@3 "0301"
  2:1+1@8 "b"
    2:4+2@11 "no"
  3:1+1@14 "c"
    3:4+3@17 "1,5"
  4:1+1@21 "d"
    4:4+10@24 "2018-01-01"
  5:1+1@35 "e"
    5:4+4@38 ".nan"
  6:1+1@43 "f"
    6:4+5@46 "1_000"
`},
		{"quotation marks and blocks", "a: 'it''s' # x\nb: \"1\\t\\\"\\u00e5\"\nc: |\n  æ\n  ø\nd: >-\n  x\n  y\ne: !!str 3\nf: ''\n", `document 1, line 1, bytes 0-78
1:1+1@0 mapping
  1:1+1@0 "a"
    1:4+7@3 quoted "it's"
  2:1+1@15 "b"
    2:4+13@18 quoted "1\t\"å"
  3:1+1@32 "c"
    3:4+1@35 quoted "æ\nø\n"
  6:1+1@47 "d"
    6:4+1@50 quoted "x y"
  9:1+1@61 "e"
    9:4+1@64 quoted "3"
  10:1+1@72 "f"
    10:4+2@75 quoted ""
`},
		{"nothing given", "a:\nb: ~\nc: null\nd: ''\ne: \"null\"\n-: [ ~, Null ]\n", `document 1, line 1, bytes 0-47
1:1+1@0 mapping
  1:1+1@0 "a"
    1:3+0@2 null 
  2:1+1@3 "b"
    2:4+1@6 null ~
  3:1+1@8 "c"
    3:4+4@11 null null
  4:1+1@16 "d"
    4:4+2@19 quoted ""
  5:1+1@22 "e"
    5:4+6@25 quoted "null"
  6:1+1@32 "-"
    6:4+1@35 list
      6:6+1@37 null ~
      6:9+4@40 null Null
`},
		{"comments that may have been text", "a: nr #1\nb: #2\nc: 'x' #3\nd: y\t# 4 \ne: [z #5\n  ]\nf: x#y\ng: a\n  b #6\n#7\n", `document 1, line 1, bytes 0-70
1:1+1@0 mapping
  1:1+1@0 "a"
    1:4+2@3 "nr" #1
  2:1+1@9 "b"
    2:3+0@11 null  #2
  3:1+1@15 "c"
    3:4+3@18 quoted "x"
  4:1+1@25 "d"
    4:4+1@28 "y" # 4 
  5:1+1@35 "e"
    5:4+1@38 list
      5:5+1@39 "z" #5
  7:1+1@48 "f"
    7:4+3@51 "x#y"
  8:1+1@55 "g"
    8:4+1@58 "a b" #6
`},
		{"letters of several bytes", "æ: «å»\n日本: [😀, e\u0301]\n", `document 1, line 1, bytes 0-31
1:1+1@0 mapping
  1:1+1@0 "æ"
    1:4+3@4 "«å»"
  2:1+2@11 "日本"
    2:5+1@19 list
      2:6+1@20 "😀"
      2:9+2@26 "é"
`},
		{"Windows line breaks and byte order mark", "\ufeffa: b\r\n\r\nc:\r\n  - d e\r\n    f\r\n", `document 1, line 1, bytes 3-31
1:1+1@3 mapping
  1:1+1@3 "a"
    1:4+1@6 "b"
  3:1+1@11 "c"
    4:3+1@17 list
      4:5+3@19 "d e f"
`},
		{"lists in lists and mappings in lists", "- - a\n  - b: c\n    d: e\n-\n  f: g\n", `document 1, line 1, bytes 0-33
1:1+1@0 list
  1:3+1@2 list
    1:5+1@4 "a"
    2:5+1@10 mapping
      2:5+1@10 "b"
        2:8+1@13 "c"
      3:5+1@19 "d"
        3:8+1@22 "e"
  5:3+1@28 mapping
    5:3+1@28 "f"
      5:6+1@31 "g"
`},
		{"several documents, one on the marker's line", "# c\na: 1\n--- b\n---\n# d\nc: 1\n...\n# e\n", `document 1, line 1, bytes 0-9
2:1+1@4 mapping
  2:1+1@4 "a"
    2:4+1@7 "1"
document 2, line 3, bytes 9-15
3:5+1@13 "b"
document 3, line 4, bytes 15-36
6:1+1@23 mapping
  6:1+1@23 "c"
    6:4+1@26 "1"
`},
		{"a marker that is none", "a: b\n--- \nc: x\n---d: e\n", `document 1, line 1, bytes 0-5
1:1+1@0 mapping
  1:1+1@0 "a"
    1:4+1@3 "b"
document 2, line 2, bytes 5-23
3:1+1@10 mapping
  3:1+1@10 "c"
    3:4+1@13 "x"
  4:1+4@15 "---d"
    4:7+1@21 "e"
`},
	}
	for _, test := range tests {
		f, found := Read("f", []byte(test.input))
		if len(found) > 0 {
			t.Errorf("%s: %v", test.name, found)
		}
		if got := dumpAll(f); got != test.want {
			t.Errorf("%s: got\n%swant\n%s", test.name, got, test.want)
		}
	}
}

// TestFlawed shows that a fault costs neither the other documents nor what is
// sound beside it: further checks can say all that is wrong at once.
func TestFlawed(t *testing.T) {
	const input = "a: 1\n---\nb: 1\nb: 2\n<<: 3\nc: &x 4\n---\nd: [\n---\ne: *y\n"
	f, found := Read("f", []byte(input))
	want := `document 1, line 1, bytes 0-5
1:1+1@0 mapping
  1:1+1@0 "a"
    1:4+1@3 "1"
flawed document 2, line 2, bytes 5-33
3:1+1@9 mapping
  3:1+1@9 "b"
    3:4+1@12 "1"
  4:1+1@14 "b"
    4:4+1@17 "2"
  6:1+1@25 "c"
    6:4+4@28 "4"
`
	if got := dumpAll(f); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if len(found) != 5 {
		t.Errorf("%d faults: %v", len(found), found)
	}
}

func TestFile(t *testing.T) {
	f, found := Read("f.yaml", []byte("\ufeffå: 1\r\nb: c"))
	if f == nil || len(found) > 0 {
		t.Fatal(found)
	}
	if f.Name != "f.yaml" || f.Lines() != 2 || f.Line(1) != "å: 1" || f.Line(2) != "b: c" || f.Line(0) != "" || f.Line(3) != "" {
		t.Errorf("lines: %d %q %q", f.Lines(), f.Line(1), f.Line(2))
	}
	if !f.CRLF {
		t.Error("the Windows line break is not noticed")
	}
	message, hint := i18n.M("a", "b"), i18n.M("c")
	value := f.Documents[0].Root.Pairs[0].Value
	got := fmt.Sprintf("%+v", f.Diagnostic(diag.Notice, value, message, hint))
	if want := "{Severity:notice Pos:f.yaml:1:4 Source:å: 1 Width:1 Message:{Key:a Args:[b]} Hint:{Key:c Args:[]}}"; got != want {
		t.Errorf("diagnostic\n%s, want\n%s", got, want)
	}
	if d := f.Diagnostic(diag.Error, nil, message, hint); d.Pos != (diag.Pos{File: "f.yaml"}) || d.Source != "" {
		t.Errorf("diagnostic without a node at %v, %q", d.Pos, d.Source)
	}
	var none *File
	if d := none.Diagnostic(diag.Error, value, message, hint); d.Pos != (diag.Pos{}) || none.Line(1) != "" {
		t.Errorf("diagnostic without a file at %v", d.Pos)
	}
}

func TestOrdinaryFile(t *testing.T) {
	data, err := os.ReadFile("testdata/initiative.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f, found := Read("initiative.yaml", data)
	if len(found) > 0 || len(f.Documents) != 1 {
		t.Errorf("%v", found)
	}
}

func TestNearest(t *testing.T) {
	candidates := []string{"title", "summary", "strategy", "facts", "judgements", "at_least", "one_of", "because", "reach.municipalities", "å"}
	tests := map[string]string{
		"titel": "title", "Title": "title", "tittle": "title", "titl": "title", "itle": "title", "xitle": "title",
		"fact": "facts", "becuase": "because", "becaus": "because", "stratgey": "strategy", "judgments": "judgements",
		"atleast": "at_least", "oneof": "one_of", "reach.municipality": "reach.municipalities", "Å": "å",
		"": "", "x": "", "ti": "", "tilte x": "", "summer": "summary", "value": "", strings.Repeat("title", 5000): "",
	}
	for name, want := range tests {
		got, ok := Nearest(name, candidates)
		if got != want || ok != (want != "") {
			t.Errorf("Nearest(%.20q) = %q, want %q", name, got, want)
		}
	}
	if got, _ := Nearest("abcd", []string{"abcx", "abcy"}); got != "abcx" {
		t.Errorf("of equally near names %q is chosen, not the first", got)
	}
	if got, ok := Nearest("abc", nil); ok {
		t.Errorf("nearest of nothing is %q", got)
	}
}
