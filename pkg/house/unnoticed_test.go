package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// unnoticedFolder holds for each package whose tests are tested a file of what
// they do not notice, and why: mutants that survive and statements that no
// test runs. The lists can only shrink: what is noticed now must leave them.
const unnoticedFolder = "pkg/house/testdata/unnoticed"

// place is where something stands, in words that do not move with line numbers.
type place struct {
	in   string // the function, for methods "Type.Method"; the file outside functions
	line string // the text of the line, without the blanks around it
}

// unnoticed is one thing that no test notices.
type unnoticed struct {
	place
	becomes string // the line as the mutation leaves it; empty for statements
	because string
}

// unnoticedOf reads what a package's tests do not notice.
type unnoticedOf struct {
	name string // of the package, which is in pkg
	// files are those that the list is about; none: all. .ci/mutation reads
	// them, and a key "tests" besides.
	files []string
	// mutated says that there is a key "mutants". Without it the list is about
	// statements alone, and .ci/mutation leaves the package out.
	mutated             bool
	mutants, statements []unnoticed
}

func (r *tree) unnoticed() (all []unnoticedOf, findings []string) {
	names, _ := fs.Glob(r.files, unnoticedFolder+"/*.yaml")
	for _, name := range names {
		one, wrong := readUnnoticed(name, r.text(name))
		all, findings = append(all, one), append(findings, wrong...)
	}
	return all, findings
}

func readUnnoticed(name, text string) (all unnoticedOf, findings []string) {
	all.name = strings.TrimSuffix(path.Base(name), ".yaml")
	file, wrong := yamldoc.Read(name, []byte(text))
	if file != nil && len(file.Documents) == 1 {
		reader := &yamldoc.Reader{File: file}
		root := reader.Fields(file.Documents[0].Root, "files", "tests", "mutants", "statements")
		all.files = reader.Texts(root["files"])
		all.mutated = root["mutants"] != nil
		all.mutants = readEntries(reader, root["mutants"], "in", "line", "becomes", "because")
		all.statements = readEntries(reader, root["statements"], "in", "line", "because")
		wrong = append(wrong, reader.Found...)
	}
	for _, d := range wrong {
		findings = append(findings, fmt.Sprintf("%s:%d: %s", name, d.Pos.Line, d.Code()))
	}
	return all, findings
}

func readEntries(r *yamldoc.Reader, list *yamldoc.Node, keys ...string) (entries []unnoticed) {
	for _, item := range r.Items(list) {
		fields := r.Fields(item, keys...)
		r.Require(item, fields, keys...)
		entries = append(entries, unnoticed{place{r.Text(fields["in"]), r.Text(fields["line"])}, r.Text(fields["becomes"]), r.Text(fields["because"])})
	}
	return entries
}

// unnoticedLines checks that what is said to be unnoticed is there at all, and
// said once.
func unnoticedLines(r *tree) (findings []string) {
	all, findings := r.unnoticed()
	for _, p := range all {
		for _, name := range p.files {
			if r.source("pkg/"+p.name+"/"+name) == nil {
				findings = append(findings, fmt.Sprintf("%s has no file %q", p.name, name))
			}
		}
		var seen []unnoticed
		lines := r.lines("pkg/" + p.name)
		for _, u := range slices.Concat(p.mutants, p.statements) {
			reason := u.because
			u.because = ""
			switch {
			case !slices.Contains(lines, u.place):
				findings = append(findings, fmt.Sprintf("%s: %s has no line %q", p.name, u.in, u.line))
			case slices.Contains(seen, u):
				findings = append(findings, fmt.Sprintf("%s: %s: %q is there twice", p.name, u.in, u.line))
			case strings.TrimSpace(reason) == "":
				findings = append(findings, fmt.Sprintf("%s: %s: no reason for %q", p.name, u.in, u.line))
			}
			seen = append(seen, u)
		}
	}
	return findings
}

// lines lists the places of a folder's program.
func (r *tree) lines(folder string) (all []place) {
	for _, s := range r.program() {
		if s.folder == folder {
			for number := range r.sourceLines(s) {
				all = append(all, r.place(s, number+1))
			}
		}
	}
	return all
}

func (r *tree) sourceLines(s *source) []string { return strings.Split(r.text(s.name), "\n") }

// place is where a line of a file is, counted from 1.
func (r *tree) place(s *source, number int) place {
	p := place{path.Base(s.name), strings.TrimSpace(r.sourceLines(s)[number-1])}
	for _, declaration := range s.syntax.Decls {
		f, ok := declaration.(*ast.FuncDecl)
		if ok && number >= r.lineOf(f.Pos()) && number <= r.lineOf(f.End()) {
			p.in = f.Name.Name
			if f.Recv != nil {
				p.in = receiver(f.Recv.List[0].Type) + "." + p.in
			}
		}
	}
	return p
}

func (r *tree) lineOf(pos token.Pos) int { return r.set.Position(pos).Line }

// receiver is the name of the type that a method belongs to.
func receiver(e ast.Expr) (name string) {
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && name == "" {
			name = id.Name
		}
		return name == ""
	})
	return name
}

// source finds a file of the program by its path; nil where there is none.
func (r *tree) source(name string) *source {
	for _, s := range r.program() {
		if s.name == name {
			return s
		}
	}
	return nil
}

func TestUnnoticed(t *testing.T) {
	r := readTree(t, os.DirFS(root(t)))
	if all, _ := r.unnoticed(); len(all) == 0 {
		t.Errorf("%s is empty", unnoticedFolder)
	}
	for _, finding := range unnoticedLines(r) {
		t.Error(finding)
	}
}

// A list that does not fit the program, or is no such list, is found.
func TestUnnoticedFinds(t *testing.T) {
	files := map[string]string{
		"pkg/a/a.go": "package a\n\nconst n = 1 + 1\n\nfunc f(i int) bool {\n\treturn i < n\n}\n\ntype list[T any] []T\n\nfunc (l *list[T]) g() bool { return true }\n",
		unnoticedFolder + "/a.yaml": `mutants:
  - {in: f, line: "return i < n", becomes: "return i <= n", because: as an example}
  - {in: f, line: "return i < n", becomes: "return i >= n", because: another of the same line}
  - {in: a.go, line: const n = 1 + 1, becomes: const n = 1 - 1, because: outside functions}
  - {in: list.g, line: "func (l *list[T]) g() bool { return true }", becomes: x, because: a method}
  - {in: g, line: "return i < n", becomes: "return i <= n", because: there is no such function}
  - {in: f, line: "return i <= n", becomes: "return i < n", because: there is no such line}
  - {in: f, line: "return i < n", becomes: "return i <= n", because: twice}
  - {in: f, line: "return i < n", becomes: "return i == n", because: " "}
statements:
  - {in: f, line: "return i < n", because: not the same as a mutant}
`,
		unnoticedFolder + "/b.yaml": "files: [b.go]\nmutants:\n  - {in: f, line: x, becomes: y}\nlines: []\n",
		unnoticedFolder + "/c.yaml": "{",
	}
	compare(t, unnoticedLines(treeOf(t, files)), []string{"b.yaml:4: fields.unknown_key", "b.yaml:3: fields.missing_key", "c.yaml:",
		`g has no line "return i < n"`, `f has no line "return i <= n"`, `twice`, `no reason`, `b has no file "b.go"`, `b: f has no line`})
}
