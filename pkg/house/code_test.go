package house

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
)

// The largest sizes of files and functions, in lines; tests may be longer.
const (
	maxFileLines     = 399
	maxFunctionLines = 60
)

func initFunctions(r *tree) (findings []string) {
	for _, f := range r.functions() {
		if f.Recv == nil && f.Name.Name == "init" {
			findings = append(findings, r.at(f, "init function"))
		}
	}
	return findings
}

// functions lists the functions and methods of the program.
func (r *tree) functions() []*ast.FuncDecl {
	var all []*ast.FuncDecl
	for _, s := range r.program() {
		for _, declaration := range s.syntax.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok {
				all = append(all, f)
			}
		}
	}
	return all
}

func sizes(r *tree) (findings []string) {
	for _, s := range r.program() {
		if s.lines > maxFileLines {
			findings = append(findings, fmt.Sprintf("%s: %d lines, at most %d", s.name, s.lines, maxFileLines))
		}
	}
	for _, f := range r.functions() {
		lines := r.set.Position(f.End()).Line - r.set.Position(f.Pos()).Line + 1
		if lines > maxFunctionLines {
			findings = append(findings, r.at(f, "%s has %d lines, at most %d", f.Name.Name, lines, maxFunctionLines))
		}
	}
	return findings
}

// calls finds what ends the process outside cmd, panics anywhere, and prints
// outside cmd and cli.
func calls(r *tree) (findings []string) {
	for _, s := range r.program() {
		main := strings.HasPrefix(s.folder, "cmd/")
		ast.Inspect(s.syntax, func(node ast.Node) bool {
			switch name := s.qualified(node); {
			case name == "panic" || strings.HasPrefix(name, "log.Panic"):
				findings = append(findings, r.at(node, "%s: errors are returned", name))
			case !main && (name == "os.Exit" || name == "syscall.Exit" || strings.HasPrefix(name, "log.Fatal")):
				findings = append(findings, r.at(node, "%s outside cmd", name))
			case !main && s.folder != "pkg/cli" && prints(name):
				findings = append(findings, r.at(node, "%s outside cli", name))
			}
			return true
		})
	}
	return findings
}

func prints(name string) bool {
	return slices.Contains([]string{"print", "println", "fmt.Print", "fmt.Printf", "fmt.Println",
		"os.Stdout", "os.Stderr"}, name) || strings.HasPrefix(name, "log.Print")
}

// qualified names what a node calls or picks of an imported package: "os.Exit",
// with the last part of the import path; a call of a plain name by that name.
func (s *source) qualified(node ast.Node) string {
	switch n := node.(type) {
	case *ast.CallExpr:
		if name, ok := n.Fun.(*ast.Ident); ok {
			return name.Name
		}
	case *ast.SelectorExpr:
		if name, ok := n.X.(*ast.Ident); ok {
			return s.packageName(name.Name) + "." + n.Sel.Name
		}
	}
	return ""
}

// packageName resolves the local name of an import.
func (s *source) packageName(local string) string {
	for i, imported := range importsOf(s) {
		if name := s.syntax.Imports[i].Name; name != nil && name.Name == local {
			return path.Base(imported)
		}
	}
	return local
}

// documentation checks that packages and exported names have comments. What
// stands in a commented group is documented by the group; Error and Unwrap, the
// methods of every error, say themselves what they do.
func documentation(r *tree) (findings []string) {
	documented := map[string]bool{}
	for _, s := range r.program() {
		documented[s.folder] = documented[s.folder] || s.syntax.Doc != nil
	}
	for _, s := range r.program() {
		if !documented[s.folder] {
			findings = append(findings, s.name+": the package has no comment")
			documented[s.folder] = true
		}
		for _, declaration := range s.syntax.Decls {
			for _, name := range undocumented(declaration) {
				findings = append(findings, r.at(name, "%s is exported and has no comment", name.Name))
			}
		}
	}
	return findings
}

func undocumented(declaration ast.Decl) (names []*ast.Ident) {
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		ofErrors := d.Recv != nil && (d.Name.Name == "Error" || d.Name.Name == "Unwrap")
		if d.Doc == nil && d.Name.IsExported() && receiverIsExported(d) && !ofErrors {
			names = append(names, d.Name)
		}
	case *ast.GenDecl:
		if d.Tok == token.IMPORT || d.Doc != nil {
			return nil
		}
		for _, spec := range d.Specs {
			names = append(names, undocumentedSpec(spec)...)
		}
	}
	return names
}

func undocumentedSpec(spec ast.Spec) (names []*ast.Ident) {
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Doc == nil && s.Comment == nil {
			names = append(names, s.Name)
		}
	case *ast.ValueSpec:
		if s.Doc == nil && s.Comment == nil {
			names = append(names, s.Names...)
		}
	}
	return slices.DeleteFunc(names, func(name *ast.Ident) bool { return !name.IsExported() })
}

func receiverIsExported(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	exported := true
	ast.Inspect(f.Recv.List[0].Type, func(node ast.Node) bool {
		if name, ok := node.(*ast.Ident); ok {
			exported = name.IsExported()
			return false
		}
		return exported
	})
	return exported
}
