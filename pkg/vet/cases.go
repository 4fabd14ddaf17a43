// Package vet tests strategies: it runs the cases that stand beside a
// strategy's rules, each an initiative with what is expected of it.
package vet

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Case is one case with what came of it.
type Case struct {
	Name string
	Pos  diag.Pos
	// Assessment is what came of it; nil where it could not be read.
	Assessment *result.Assessment
	// Expected are the rules for which the case says what to expect, with what
	// it says: an outcome, or the outcomes that are possible.
	Expected map[string][]string
	// Causes are the facts that it expects to leave a rule unclear, by rule.
	Causes map[string][]string
	// Recommendations and Notes are those that it expects; nil where it says
	// nothing of them.
	Recommendations, Notes []string
	// Found are faults of the case itself, and differences from what it expects.
	Found diag.List

	// taken is what the case leaves open under the strategy with what it sets.
	taken    *assess.Taken
	assessor *assessor
}

// Holds reports whether the case is sound and everything came out as it
// expects.
func (c *Case) Holds() bool { return !c.Found.HasErrors() }

// Cases runs all cases of the strategy in the folder, in the order of files and
// places. Diagnostics are those of the strategy and of files that could not be
// read.
func Cases(folder fs.FS, o strategy.Options) ([]*Case, diag.List) {
	r := newRunning(folder, o)
	r.all()
	return r.cases, r.found
}

func newRunning(folder fs.FS, o strategy.Options) *running {
	return &running{folder: folder, options: o, loaded: map[string]*assessor{}}
}

func (r *running) all() {
	names, err := fs.Glob(r.folder, "cases/*.yaml")
	if err != nil {
		r.found = append(r.found, diag.Diagnostic{Severity: diag.Error, Message: i18n.M("strategy.unreadable", errorText(err))})
	}
	slices.Sort(names)
	for _, name := range names {
		r.file(name)
	}
}

// running is the state of running a strategy's cases.
type running struct {
	folder  fs.FS
	options strategy.Options
	cases   []*Case
	found   diag.List
	// loaded holds the strategy by what a case sets.
	loaded map[string]*assessor
}

// assessor is a loaded strategy and its assessor; nil where it has a fault.
type assessor struct {
	strategy *strategy.Strategy
	assess   *assess.Assessor
}

func (r *running) file(name string) {
	shown := path.Join(r.options.Folder, name)
	data, err := fs.ReadFile(r.folder, name)
	if err != nil {
		r.found = append(r.found, diag.Diagnostic{Severity: diag.Error, Pos: diag.Pos{File: shown}, Message: i18n.M("strategy.unreadable", errorText(err))})
		return
	}
	file, found := yamldoc.Read(shown, data)
	r.found = append(r.found, found...)
	if file == nil || len(file.Documents) != 1 {
		return
	}
	reader := &yamldoc.Reader{File: file}
	fields := reader.Fields(file.Documents[0].Root, "cases")
	for _, n := range reader.Items(fields["cases"]) {
		r.cases = append(r.cases, r.one(file, n))
	}
	r.found = append(r.found, reader.Found...)
}

func errorText(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err
	}
	return diag.Clean(err.Error())
}

// one runs one case.
func (r *running) one(file *yamldoc.File, n *yamldoc.Node) *Case {
	reader := &yamldoc.Reader{File: file}
	c := &Case{Pos: diag.Pos{File: file.Name, Line: n.Line, Column: n.Column}}
	fields := reader.Fields(n, "name", "set", "date", "facts", "judgements", "expect")
	reader.Require(n, fields, "name", "expect")
	c.Name = reader.Text(fields["name"])
	settings := map[string]string{}
	for _, pair := range reader.Pairs(fields["set"]) {
		settings[pair.Key.Value] = reader.Text(pair.Value)
	}
	c.Found = reader.Found
	a := r.assessor(c, settings)
	if a == nil || c.Found.HasErrors() {
		return c
	}
	one, found := initiative.ReadNode(file, 1, asInitiative(n), a.strategy)
	c.Found = append(c.Found, found...)
	if one == nil {
		return c
	}
	c.Assessment, c.assessor = a.assess.Assess(one), a
	c.taken = a.assess.Take(one)
	e := &expecting{Reader: yamldoc.Reader{File: file}, strategy: a.strategy, c: c}
	e.compare(fields["expect"])
	c.Found = append(c.Found, e.Found...)
	return c
}

// asInitiative is the part of a case that an initiative has, with the case's
// name as its title.
func asInitiative(n *yamldoc.Node) *yamldoc.Node {
	root := *n
	root.Pairs = nil
	for _, pair := range n.Pairs {
		switch pair.Key.Value {
		case "name":
			title := *pair.Key
			title.Value = "title"
			root.Pairs = append(root.Pairs, yamldoc.Pair{Key: &title, Value: pair.Value})
		case "date", "facts", "judgements":
			root.Pairs = append(root.Pairs, pair)
		}
	}
	return &root
}

// assessor loads the strategy with what a case sets, once for all cases that
// set the same.
func (r *running) assessor(c *Case, settings map[string]string) *assessor {
	var parts []string
	for name, value := range settings {
		parts = append(parts, name+"="+value)
	}
	slices.Sort(parts)
	key := strings.Join(parts, "\n")
	if known, ok := r.loaded[key]; ok {
		return known
	}
	options := r.options
	options.Settings, options.Language = settings, ""
	s, found := strategy.Load(r.folder, options)
	c.Found = append(c.Found, found...)
	if s == nil {
		r.loaded[key] = nil
		return nil
	}
	return r.keep(s, parts)
}

// keep keeps a strategy for the cases that set the same.
func (r *running) keep(s *strategy.Strategy, parts []string) *assessor {
	a := &assessor{s, assess.New(s, assess.Options{})}
	r.loaded[strings.Join(parts, "\n")] = a
	return a
}
