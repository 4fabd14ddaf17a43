package house

import (
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
)

// variables checks that package variables are constants in all but the keyword:
//
//   - an error that others compare with: Err… or err…, made by errors.New or
//     fmt.Errorf;
//   - embedded files;
//   - what a constructor makes that hands out nothing mutable (constructors);
//   - an unexported array, struct or basic value.
//
// Maps, slices, pointers and functions can be changed through any copy, so a
// function returns them instead. No variable is ever written: not assigned to,
// not counted up, its address not taken, no method called on it through a
// pointer, and an array is sliced only for a call that reads it (all but writers).
func variables(r *tree) (findings []string) {
	packages := map[string][]*source{}
	var folders []string
	for _, s := range r.program() {
		if packages[s.folder] == nil {
			folders = append(folders, s.folder)
		}
		packages[s.folder] = append(packages[s.folder], s)
	}
	for _, folder := range folders {
		c := &variableCheck{tree: r, info: resolve(r.set, folder, packages[folder])}
		for _, s := range packages[folder] {
			c.source = s
			c.declarations()
			c.uses()
		}
		findings = append(findings, c.findings...)
	}
	return findings
}

// constructors lists the calls whose results nothing can change.
func constructors() []string {
	return []string{"regexp.MustCompile", "strings.NewReplacer", "template.Must", "language.Make", "language.MustParse"}
}

// writers matches the calls that change a slice that they are given.
var writers = regexp.MustCompile(`^(append|clear|copy|sort\..*|` +
	`slices\.(Sort.*|Reverse|Delete.*|Insert|Compact.*|Replace|Grow|Clip))$`)

type noImports struct{}

func (noImports) Import(string) (*types.Package, error) { return nil, errors.New("not loaded") }

// resolve finds out which identifiers mean package variables. Other packages
// are not loaded: what is wrong for that reason does not matter here.
func resolve(set *token.FileSet, folder string, sources []*source) *types.Info {
	info := &types.Info{
		Defs:       map[*ast.Ident]types.Object{},
		Uses:       map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}
	var files []*ast.File
	for _, s := range sources {
		files = append(files, s.syntax)
	}
	config := types.Config{Importer: noImports{}, FakeImportC: true, Error: func(error) {}}
	// The error repeats the first of those that are ignored.
	_, _ = config.Check(folder, set, files, info)
	return info
}

type variableCheck struct {
	tree     *tree
	info     *types.Info
	source   *source
	findings []string
}

func (c *variableCheck) find(node ast.Node, format string, args ...any) {
	c.findings = append(c.findings, c.tree.at(node, format, args...))
}

func (c *variableCheck) declarations() {
	for _, declaration := range c.source.syntax.Decls {
		d, ok := declaration.(*ast.GenDecl)
		if !ok || d.Tok != token.VAR {
			continue
		}
		for _, spec := range d.Specs {
			c.declaration(d, spec.(*ast.ValueSpec))
		}
	}
}

func (c *variableCheck) declaration(d *ast.GenDecl, spec *ast.ValueSpec) {
	if embeds(d.Doc) || embeds(spec.Doc) {
		return
	}
	for i, name := range spec.Names {
		made := ""
		if i < len(spec.Values) {
			made = c.call(spec.Values[i])
		}
		sentinel := strings.HasPrefix(strings.ToLower(name.Name), "err") && (made == "errors.New" || made == "fmt.Errorf")
		switch {
		case name.Name == "_" || sentinel:
		case name.IsExported():
			c.find(name, "%s: only errors are exported variables", name.Name)
		case !slices.Contains(constructors(), made) && !c.isValue(name):
			c.find(name, "%s can be changed: write a function, an array or a switch", name.Name)
		}
	}
}

func embeds(comment *ast.CommentGroup) bool {
	return comment != nil && slices.ContainsFunc(comment.List, func(line *ast.Comment) bool {
		return strings.HasPrefix(line.Text, "//go:embed ")
	})
}

// call names the function that an expression calls.
func (c *variableCheck) call(expression ast.Expr) string {
	if call, ok := expression.(*ast.CallExpr); ok {
		return c.source.qualified(call.Fun)
	}
	return ""
}

// isValue reports whether a variable's type is copied whole when it is assigned.
func (c *variableCheck) isValue(name *ast.Ident) bool {
	object := c.info.Defs[name]
	if object == nil {
		return false
	}
	switch t := object.Type().Underlying().(type) {
	case *types.Array, *types.Struct:
		return true
	case *types.Basic:
		return t.Kind() != types.Invalid
	}
	return false
}

func (c *variableCheck) uses() {
	readable := map[ast.Node]bool{}
	ast.Inspect(c.source.syntax, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.AssignStmt:
			for _, target := range n.Lhs {
				c.write(target)
			}
		case *ast.IncDecStmt:
			c.write(n.X)
		case *ast.RangeStmt:
			readable[n.X] = true
			if n.Tok == token.ASSIGN {
				c.write(n.Key)
				c.write(n.Value)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				c.write(n.X)
			}
		case *ast.CallExpr:
			c.markReadable(n, readable)
		case *ast.SliceExpr:
			if !readable[n] {
				c.write(n)
			}
		case *ast.SelectorExpr:
			c.method(n)
		}
		return true
	})
}

// markReadable notes the slices that a call only reads: of a call that writes,
// all but the first argument.
func (c *variableCheck) markReadable(call *ast.CallExpr, readable map[ast.Node]bool) {
	name := c.call(call)
	if name == "" {
		name = c.source.qualified(call)
	}
	for i, argument := range call.Args {
		readable[argument] = i > 0 || !writers.MatchString(name)
	}
}

// method finds a method called through a pointer to a variable.
func (c *variableCheck) method(selector *ast.SelectorExpr) {
	selection := c.info.Selections[selector]
	if selection == nil || selection.Kind() != types.MethodVal {
		return
	}
	signature, ok := selection.Obj().Type().(*types.Signature)
	if !ok || signature.Recv() == nil {
		return
	}
	if _, pointer := signature.Recv().Type().(*types.Pointer); pointer {
		c.write(selector.X)
	}
}

// write finds a package variable at the root of what is written.
func (c *variableCheck) write(target ast.Expr) {
	for {
		switch t := target.(type) {
		case *ast.IndexExpr:
			target = t.X
		case *ast.SliceExpr:
			target = t.X
		case *ast.SelectorExpr:
			target = t.X
		case *ast.ParenExpr:
			target = t.X
		case *ast.StarExpr:
			target = t.X
		case *ast.Ident:
			if v, ok := c.info.Uses[t].(*types.Var); ok && v.Parent() == v.Pkg().Scope() {
				c.find(t, "%s is written, or could be through what is made of it", t.Name)
			}
			return
		default:
			return
		}
	}
}
