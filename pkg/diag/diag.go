// Package diag holds what is found wrong in files that people write: a
// severity, a place, a message and a hint, kept as keys and arguments and
// worded when they are printed.
package diag

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// Pos is a place in a file. Line and Column count from 1, columns in runes; 0
// means that the line or the column is not known.
type Pos struct {
	File   string
	Line   int
	Column int
}

// String writes file:line:column and leaves out what is not known.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Severity says what a diagnostic does to the file that it is about. The zero
// value is not a severity, so that a forgotten one shows.
type Severity int

// The severities, the gravest first.
const (
	// Error: the file is not used.
	Error Severity = iota + 1
	// Warning: the file is used, but something in it is probably not meant so.
	Warning
	// Notice: the file is used; something that its author should know.
	Notice
)

// Diagnostic is one thing found in a file. Message says what was found and
// what was expected, Hint what to do about it. The message's key is its stable
// code.
type Diagnostic struct {
	Severity Severity
	Pos      Pos
	// Source is the text of the line at Pos, without its line break; empty
	// where there is none to show.
	Source string
	// Width is how many runes from Pos.Column on the caret marks; at least one
	// is marked.
	Width   int
	Message i18n.Message
	Hint    i18n.Message
}

// Code is the stable name of what was found.
func (d Diagnostic) Code() string { return d.Message.Key }

// List is what was found in one or more files.
type List []Diagnostic

// HasErrors reports whether one of them is an error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sort puts the list in the order file, line, column, severity, code; what is
// equal in all of them stays in the order in which it was found.
func (l List) Sort() {
	slices.SortStableFunc(l, Compare)
}

// Compare is the order of List.Sort.
func Compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.Pos.File, b.Pos.File),
		cmp.Compare(a.Pos.Line, b.Pos.Line),
		cmp.Compare(a.Pos.Column, b.Pos.Column),
		cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Code(), b.Code()),
	)
}

// Limit is how many diagnostics of one file are shown.
const Limit = 20

// Capped is the list cut at Limit, and how many are left out. Errors are kept
// before warnings and notices; the order of what is kept stays.
func (l List) Capped() (shown List, left int) {
	if len(l) <= Limit {
		return l, 0
	}
	room := Limit
	keep := make([]bool, len(l))
	for severity := Error; severity <= Notice; severity++ {
		for i, d := range l {
			if d.Severity == severity && room > 0 {
				keep[i] = true
				room--
			}
		}
	}
	for i, d := range l {
		if keep[i] {
			shown = append(shown, d)
		}
	}
	return shown, len(l) - len(shown)
}

// String is the severity as saved results hold it.
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Notice:
		return "notice"
	}
	return "no severity"
}
