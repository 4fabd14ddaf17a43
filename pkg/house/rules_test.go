package house

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// Every rule finds what breaks it, and nothing in what only looks so. A file's
// text that begins with "package" gets a package comment.
func TestRules(t *testing.T) {
	tests := []struct {
		name  string
		rule  string
		files map[string]string
		want  []string // what the findings have in them, in their order
	}{
		{
			name: "upwards, sideways and to the strategy", rule: "a package imports only what stands above it",
			files: map[string]string{
				"pkg/fact/a.go":      "package fact\nimport _ \"github.com/ks-no/ksdev/pkg/assess\"\n",
				"pkg/fact/a_test.go": "package fact\nimport _ \"github.com/ks-no/ksdev/pkg/assess\"\n",
				"pkg/config/a.go":    "package config\nimport _ \"github.com/ks-no/ksdev/pkg/strategy\"\nimport _ \"github.com/ks-no/ksdev/pkg/diag\"\n",
				"pkg/view/a.go":      "package view\nimport _ \"github.com/ks-no/ksdev/criteria\"\nimport _ \"github.com/ks-no/ksdev/pkg/result\"\n",
				"pkg/cli/a.go":       "package cli\nimport _ \"github.com/ks-no/ksdev/criteria\"\nimport _ \"github.com/ks-no/ksdev/pkg/config\"\n",
				"cmd/ksdev/main.go":  "package main\nimport _ \"github.com/ks-no/ksdev/pkg/cli\"\nimport _ \"github.com/ks-no/ksdev/pkg/view\"\n",
				"pkg/util/a.go":      "package util\n",
			},
			want: []string{"cmd/ksdev/main.go: imports pkg/view", "pkg/config/a.go: imports pkg/strategy",
				"pkg/fact/a.go: imports pkg/assess", "pkg/util has no place", "pkg/view/a.go: imports criteria"},
		},
		{
			name: "modules", rule: "every module has its home",
			files: map[string]string{
				"pkg/report/a.go":      "package report\nimport _ \"github.com/olekukonko/tablewriter/tw\"\n",
				"pkg/view/a.go":        "package view\nimport _ \"github.com/olekukonko/tablewriter\"\n",
				"pkg/view/a_test.go":   "package view\nimport _ \"gopkg.in/yaml.v3\"\nimport _ \"pgregory.net/rapid\"\n",
				"pkg/fact/a.go":        "package fact\nimport _ \"pgregory.net/rapid\"\nimport _ \"fmt\"\n",
				"pkg/fact/b.go":        "package fact\nimport _ \"example.org/other\"\n",
				"pkg/yamldoc/sub/a.go": "package sub\nimport _ \"gopkg.in/yaml.v3\"\n",
			},
			want: []string{"pkg/fact/a.go: imports pgregory.net/rapid, which is for tests", "example.org/other, a module without a home",
				"pkg/view/a.go: imports github.com/olekukonko/tablewriter, whose home is report",
				"pkg/view/a_test.go: imports gopkg.in/yaml.v3", "pkg/yamldoc/sub/a.go"},
		},
		{
			name: "promises", rule: "every promise has its test",
			files: map[string]string{
				"README.md":       "# ksdev\n\n## Security\n\n| Promise | Held by |\n|---|---|\n| nothing panics | `TestCalm`, `FuzzRead` in `pkg/a` |\n| nothing is lost | `TestGone` |\n| all is well | we hope |\n\n## Licence\n\n| a | b |\n",
				"pkg/a/a_test.go": "package a\nfunc TestCalm() {}\nfunc FuzzRead() {}\n",
				"pkg/a/a.go":      "package a\nfunc TestGone() {}\n",
			},
			want: []string{"README.md: there is no TestGone", "no test holds \"all is well\""},
		},
		{
			name: "init", rule: "no init functions",
			files: map[string]string{"pkg/a/a.go": "package a\ntype t struct{}\nfunc (t) init() {}\nfunc init() {}\n"},
			want:  []string{"pkg/a/a.go:5:1"},
		},
		{
			name: "variables that are constants", rule: "package variables are constants",
			files: map[string]string{"pkg/a/a.go": `package a
import ("embed"; "errors"; "regexp"; "slices")
//go:embed text
var files embed.FS
var ErrNone = errors.New("none")
var pattern = regexp.MustCompile("a")
var names = [...]string{"a", "b"}
var _ error = (*problem)(nil)
type problem struct{}
func (p *problem) Error() string { return "" }
func index(s string) int { return slices.Index(names[:], s) }
func all() []string { return append(slices.Clone(names[:]), names[1:]...) }
func is(s string) bool { return slices.Contains(names[:1], s) || index(s) > 0 }
func local() { names := []string{}; names[0] = ""; names = append(names, "x"); _ = names }
func length() (n int) { for i := range names { n += i }; for range names[1:] { n++ }; return n + len(names[0]) }
`},
		},
		{
			name: "variables that are of a kind that can be changed", rule: "package variables are constants",
			files: map[string]string{"pkg/a/a.go": `package a
import ("errors"; "sync"; "time")
var Exported = [...]int{1}
var mapping = map[string]int{}
var list = []int{1}
var pointer = &struct{}{}
var now = time.Now
var lock sync.Mutex
var ErrLater error
var notAnError = errors.New("x")
`},
			want: []string{"Exported: only errors", "mapping can", "list can", "pointer can", "now can", "lock can",
				"ErrLater: only errors", "notAnError can"},
		},
		{
			name: "variables that are written", rule: "package variables are constants",
			files: map[string]string{
				"pkg/a/a.go": "package a\nvar count int\nvar table [3]int\nvar state struct{ n [2]int }\nvar box counter\ntype counter struct{ n int }\nfunc (c *counter) add() { c.n++ }\n",
				"pkg/a/b.go": `package a
func f() {
	count++
	table[0] = 1
	state.n[1], _ = 2, 3
	p := &count
	s := table[:]; slices.Sort(table[:]); _ = append(table[1:], 2)
	for count = range 3 {
	}
	box.add()
	_, _ = p, s
}
`},
			want: []string{"b.go:4:2: count", "b.go:5:2: table", "b.go:6:2: state", "b.go:7:8: count", "b.go:8:7: table",
				"b.go:8:29: table", "b.go:8:51: table",
				"b.go:9:6: count", "b.go:11:2: box"},
		},
		{
			name: "ways out", rule: "exit, panic and print where they belong",
			files: map[string]string{
				"cmd/ksdev/main.go": "package main\nimport \"os\"\nfunc main() { os.Exit(0) }\n",
				"pkg/cli/a.go":      "package cli\nimport (\"fmt\"; system \"os\")\nfunc f() { fmt.Println(system.Stdout); system.Exit(1); panic(1) }\n",
				"pkg/a/a.go":        "package a\nimport (\"fmt\"; \"log\"; \"os\")\nfunc f() { fmt.Print(); log.Fatalln(); fmt.Fprint(os.Stderr); println(); fmt.Sprint() }\n",
				"pkg/a/a_test.go":   "package a\nfunc g() { panic(1) }\n",
			},
			want: []string{"pkg/a/a.go:4:12: fmt.Print outside cli", "log.Fatalln outside cmd", "os.Stderr outside cli", "println outside cli",
				"pkg/cli/a.go:4:40: os.Exit outside cmd", "panic"},
		},
		{
			name: "sizes", rule: "files and functions are short",
			files: map[string]string{
				"pkg/a/a.go":      "package a\n" + strings.Repeat("\n", 397),
				"pkg/a/b.go":      "package a\n" + strings.Repeat("\n", 398),
				"pkg/a/c.go":      "package a\nfunc f() {" + strings.Repeat("\n", 59) + "}\nfunc g() {" + strings.Repeat("\n", 60) + "}\n",
				"pkg/a/a_test.go": "package a\nfunc h() {" + strings.Repeat("\n", 500) + "}\n",
			},
			want: []string{"pkg/a/b.go: 400 lines", "g has 61 lines"},
		},
		{
			name: "comments", rule: "what is exported is documented",
			files: map[string]string{
				"pkg/a/a.go": "package a\n// T is.\ntype T struct{ Field int }\nfunc (t *T) Method() {}\nfunc (t *T) Error() string { return \"\" }\nfunc F() {}\nfunc g() {}\ntype u int\nfunc (u) String() string { return \"\" }\n" +
					"// The numbers.\nconst (\n\tOne = 1\n\tTwo = 2\n)\nconst Three = 3\nconst (\n\tFour = 4 // is four\n\tFive, six = 5, 6\n)\ntype Open struct{}\n",
				"pkg/b/b.go": "\npackage b\n",
				"pkg/b/c.go": "\npackage b\n",
			},
			want: []string{"Method is exported", "F is exported", "Three is", "Five is", "Open is", "pkg/b/b.go: the package has no comment"},
		},
		{
			name: "root", rule: "the repository's root is as agreed",
			files: map[string]string{"go.mod": "", ".ci/run": "", "pkg/a/docs/x.md": "", "docs/a.md": "", "docs/b.md": "", "ksdev": "", "notes.txt": "", "a.test": "", "pkg/a/a.test": "",
				".gitignore": "/ksdev\n/dist/\n*.test\n", "dist/linux/ksdev": "", ".git/HEAD": ""},
			want: []string{"docs: not", "notes.txt: not"},
		},
		{
			name: "machines and days", rule: "nothing of one machine or one day",
			files: map[string]string{
				"README.md":             "Run `make test`.\nSee /wo" + "rk/main/x.\n",
				"pkg/a/a.go":            "package a\n// TO" + "DO: later\n// path/work/of is fine, temporary too\n",
				"a.yaml":                "note: fixed in iss" + "ue #12\ntitle: sak 12/17\n",
				"Makefile":              "x:\n\tcp y /tm" + "p/z\n\techo '/tm" + "p/z/'\n",
				"go.sum":                "TO" + "DO",
				"testdata/fuzz/FuzzA/1": "TO" + "DO",
			},
			want: []string{"Makefile:2", "Makefile:3", "README.md:2", "a.yaml:1", "pkg/a/a.go:3"},
		},
		{
			name: "texts that differ", rule: "program texts are alike in all languages",
			files: map[string]string{
				"pkg/i18n/text/nb/view.json": `{"view.a": "{1} {2}", "view.b": "{1|en|flere}", "view.c": "c: “{” or “}” {{.Name}}", "view.d": "d"}`,
				"pkg/i18n/text/nn/view.json": `{"view.a": "{2} {1} {2}", "view.b": "{1}", "view.c": " ", "other.e": "e"}`,
				"pkg/i18n/text/en/view.json": `{"view.a": "{1}", "view.b": "{1|one|two|three}", "view.c": "{c"}`,
				"pkg/i18n/text/en/misc.json": `{"view.d": "d", "misc.f": 1}`,
			},
			want: []string{"nn/view.json: \"other.e\" does not begin with", "nn: view.c: is empty", "nn: view.d is lacking", "nn: other.e is lacking in nb",
				"misc.json: json:", "\"view.d\" does not begin with",
				"en: misc.f: is empty", "en: view.b: has \"{1|one|two|three}\", which is neither", "en: view.c: has \"{c\"",
				"en: view.a has the arguments [1], in nb [1 2]", "en: view.b has the arguments [], in nb [1]", "en: view.d stands in misc.json", "en: misc.f is lacking in nb"},
		},
		{
			name: "texts and code", rule: "program texts are there and used",
			files: map[string]string{
				"pkg/i18n/text/nb/view.json": `{"view.a": "a", "view.b": "b", "view.kind.one": "1", "view.x.title": "t", "view.unused": "u", "view.test": "t", "view.a_hint": "a", "view.c_hint": "c"}`,
				"pkg/view/a.go": `package view
import "github.com/ks-no/ksdev/pkg/i18n"
const b = "view.b"
func f(name string) string {
	_ = i18n.M("view.a", "view.yaml", "viewing.x", "view. No key")
	_ = i18n.M("view.kind." + name)
	_ = "x: " + p.T("view.lacking")
	_ = i18n.M("view." + name + ".title")
	_ = "view." + name
	_ = name + "_hint"
	_ = p.T("nothing")
	return "view.gone"
}
`,
				"pkg/view/a_test.go": "package view\nconst t = \"view.test\"\nconst u = \"view.none\"\n",
			},
			want: []string{`no text for "view.lacking"`, `no text for "nothing"`, `no text for "view.gone"`, "view.c_hint: no code", "view.test: no code", "view.unused: no code"},
		},
		{
			name: "words", rule: "no words of the code in texts for users",
			files: map[string]string{
				"pkg/i18n/text/nb/view.json": `{"view.a": "Robuste kommuner og lesninger", "view.b": "tverrfaglig diagramtype", "view.c": "{1|celle|celler}"}`,
				"pkg/i18n/text/nn/view.json": `{"view.a": "lesemåten", "view.b": "fullføring", "view.c": "--reading"}`,
				"pkg/i18n/text/en/view.json": "{\"view.a\": \"our Reading of it\", \"view.b\": \"shell completion, `completion`, --reading, cellar\", \"view.c\": \"up to r*.\"}",
				"criteria/x/text/en.yaml":    "rules:\n  C5:\n    ours: |\n      what is robust\n",
				"criteria/x/facts.yaml":      "facts:\n  a.diagram:\n    options:\n      cell:\n        nb: celle\n        en: prison cell\n",
				"criteria/x/rules.yaml":      "reading: cell\n",
			},
			want: []string{"criteria/x/facts.yaml:5: \"celle\"", "criteria/x/facts.yaml:6: \"cell\"", "criteria/x/text/en.yaml:3: \"robust\"",
				"en/view.json: view.a: \"Reading\"", "en/view.json: view.c: \"r*\"", "nb/view.json: view.a: \"Robuste\"", "nb/view.json: view.c: \"celle\"",
				"nn/view.json: view.a: \"lesemåten\"", "nn/view.json: view.b: \"fullføring\""},
		},
		{
			name: "line breaks", rule: "line breaks are the same on every system",
			files: map[string]string{
				".gitattributes":              "# All texts.\n* text=auto eol=lf\n\n**/testdata/** -text\n*.golden -text\n",
				"README.md":                   "a\nb\n",
				"pkg/a/testdata/table.csv":    "a;b\r\n",
				"testdata/golden.csv":         "a;b\r\n",
				"pkg/a/testdata/book.xlsx":    "PK\x00\r\n",
				"pkg/a/testdata/report.txt":   "a\r\n",
				"examples/nabolag/tiltak.csv": "a\r\n",
				"examples/tiltak.yaml":        "title: a\r\n",
			},
			want: []string{"examples/nabolag/tiltak.csv: has", "examples/tiltak.yaml: has", "pkg/a/testdata/report.txt: has"},
		},
		{
			name: "line breaks as git would have them", rule: "line breaks are the same on every system",
			files: map[string]string{".gitattributes": "* text=auto\n*.txt eol=crlf\n"},
			want:  []string{"no rule * text=auto eol=lf", "no rule **/testdata/** -text", "all files: * text=auto", "all files: *.txt eol=crlf"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			all := rules()
			i := slices.IndexFunc(all, func(r rule) bool { return r.name == test.rule })
			if i < 0 {
				t.Fatalf("there is no rule %q", test.rule)
			}
			compare(t, all[i].find(treeOf(t, test.files)), test.want)
		})
	}
}

func TestSpellingFinds(t *testing.T) {
	if _, err := exec.LookPath("hunspell"); err != nil {
		t.Skip("spelling was not checked: hunspell is not installed")
	}
	r := treeOf(t, map[string]string{
		"pkg/i18n/text/en/a.json":   `{"a.a": "A speling mistake, {1|fact|factts} in KSX and C5, 12 or Ksdev", "a.b": "the KSX, kyes: x, --flaggg, at_laest"}`,
		"criteria/x/text/en.yaml":   "rules:\n  C5:\n    title: an oother mistake\n",
		"testdata/spelling/en.txt":  "KSX\nunnecesary\nksdev\n",
		"testdata/spelling/all.txt": "kyes\n",
	})
	findings, err := spelling(r, "en")
	if err != nil {
		t.Skipf("spelling was not checked: %v", err)
	}
	compare(t, findings, []string{`"factts" in pkg/i18n/text/en/a.json: a.a`, `"oother" in criteria/x/text/en.yaml:3`,
		`"speling" in pkg/i18n/text/en/a.json: a.a`, `the terms are not sorted`, `no text has "unnecesary"`})
}

func treeOf(t *testing.T, texts map[string]string) *tree {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range texts {
		if strings.HasPrefix(text, "package") {
			text = "// Package comment.\n" + text
		}
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return readTree(t, files)
}

// compare checks that there are as many findings as wanted, each with the text
// that is wanted of it.
func compare(t *testing.T, findings, want []string) {
	t.Helper()
	for i := range max(len(findings), len(want)) {
		switch {
		case i >= len(findings):
			t.Errorf("not found: %s", want[i])
		case i >= len(want):
			t.Errorf("found, but nothing is wrong: %s", findings[i])
		case !strings.Contains(findings[i], want[i]):
			t.Errorf("found %s\nwant  %s", findings[i], want[i])
		}
	}
}
