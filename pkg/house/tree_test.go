package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is the path that all of the repository's packages begin with.
const module = "github.com/ks-no/ksdev"

// tree is a repository: its files, those in Go parsed.
type tree struct {
	files   fs.FS
	names   []string // all files, sorted, without what .gitignore keeps out
	set     *token.FileSet
	sources []*source
}

// source is one file in Go.
type source struct {
	name   string // path in the repository
	folder string
	test   bool
	lines  int
	syntax *ast.File
}

func readTree(t *testing.T, files fs.FS) *tree {
	t.Helper()
	r := &tree{files: files, set: token.NewFileSet()}
	ignored := r.ignored()
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".git" || matchesAny(ignored, name):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case entry.Type().IsRegular():
			r.names = append(r.names, name)
			return r.parse(name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// ignored lists the patterns of .gitignore: from the root with a slash before
// them, or names anywhere.
func (r *tree) ignored() []string {
	return strings.Fields(r.text(".gitignore"))
}

func matchesAny(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		rooted, fromRoot := strings.CutPrefix(strings.TrimSuffix(pattern, "/"), "/")
		if !fromRoot {
			name = path.Base(name)
		}
		matched, err := path.Match(rooted, name)
		return matched && err == nil
	})
}

// text is what a file holds; nothing where it does not exist.
func (r *tree) text(name string) string {
	data, err := fs.ReadFile(r.files, name)
	if err != nil {
		return ""
	}
	return string(data)
}

func (r *tree) parse(name string) error {
	if path.Ext(name) != ".go" || strings.Contains(name, "testdata/") {
		return nil
	}
	text := r.text(name)
	syntax, err := parser.ParseFile(r.set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	r.sources = append(r.sources, &source{
		name:   name,
		folder: path.Dir(name),
		test:   strings.HasSuffix(name, "_test.go"),
		lines:  strings.Count(text, "\n"),
		syntax: syntax,
	})
	return nil
}

// program lists the files that are not tests.
func (r *tree) program() []*source {
	return slices.DeleteFunc(slices.Clone(r.sources), func(s *source) bool { return s.test })
}

// at begins a finding with a place.
func (r *tree) at(node ast.Node, format string, args ...any) string {
	return fmt.Sprintf("%s: %s", r.set.Position(node.Pos()), fmt.Sprintf(format, args...))
}

// rule is one thing that holds everywhere.
type rule struct {
	name string
	find func(*tree) []string
}

func rules() []rule {
	return []rule{
		{"a package imports only what stands above it", imports},
		{"every module has its home", modules},
		{"no init functions", initFunctions},
		{"package variables are constants", variables},
		{"exit, panic and print where they belong", calls},
		{"files and functions are short", sizes},
		{"what is exported is documented", documentation},
		{"the repository's root is as agreed", layout},
		{"nothing of one machine or one day", passing},
		{"line breaks are the same on every system", lineBreaks},
		{"program texts are alike in all languages", sameTexts},
		{"program texts are there and used", usedTexts},
		{"no words of the code in texts for users", codeWords},
		{"every promise has its test", promises},
	}
}

func TestRepository(t *testing.T) {
	if testing.Short() {
		t.Skip("the repository is not checked with -short")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	repository := readTree(t, os.DirFS(root))
	if !slices.Contains(repository.names, "go.mod") {
		t.Fatalf("%s is not the root of the repository", root)
	}
	for _, rule := range rules() {
		t.Run(rule.name, func(t *testing.T) {
			for _, finding := range rule.find(repository) {
				t.Error(finding)
			}
		})
	}
}
