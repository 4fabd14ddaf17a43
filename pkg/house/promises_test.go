package house

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"
)

var namedTest = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9_]+)`")

// promises checks that every promise in the README names a test that holds it,
// and that there is such a test.
func promises(r *tree) (findings []string) {
	_, section, ok := strings.Cut(r.text("README.md"), "\n## Security\n")
	if !ok {
		return []string{"README.md: no section Security"}
	}
	section, _, _ = strings.Cut(section, "\n## ")
	tests := r.tests()
	rows := 0
	for line := range strings.Lines(section) {
		cells := strings.Split(line, "|")
		if len(cells) != 4 || strings.HasPrefix(cells[1], "--") || strings.TrimSpace(cells[1]) == "Promise" {
			continue
		}
		rows++
		named := namedTest.FindAllStringSubmatch(cells[2], -1)
		if len(named) == 0 {
			findings = append(findings, fmt.Sprintf("README.md: no test holds %q", strings.TrimSpace(cells[1])))
		}
		for _, name := range named {
			if !slices.Contains(tests, name[1]) {
				findings = append(findings, "README.md: there is no "+name[1])
			}
		}
	}
	if rows == 0 {
		findings = append(findings, "README.md: no promises in the section Security")
	}
	return findings
}

// tests lists the names of all tests and fuzz targets.
func (r *tree) tests() (names []string) {
	for _, s := range r.sources {
		if !s.test {
			continue
		}
		for _, declaration := range s.syntax.Decls {
			if function, ok := declaration.(*ast.FuncDecl); ok && function.Recv == nil {
				names = append(names, function.Name.Name)
			}
		}
	}
	return names
}
