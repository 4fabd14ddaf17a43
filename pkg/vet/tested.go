package vet

import (
	"io/fs"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Tested is what a strategy's own cases say of it, and of themselves.
type Tested struct {
	Strategy *strategy.Strategy
	Cases    []*Case
	// Items are what the cases should show.
	Items []*Item
	// Mutants are the small changes that were tried; nil where none were.
	Mutants []*Mutant
	// Proposals are cases that are lacking; nil where none were asked for.
	Proposals []*Proposal
}

// Wanted says what a test does besides running the cases.
type Wanted struct {
	// Mutate tries small changes of the strategy on the cases.
	Mutate bool
	// Generate proposes cases for what none shows, and for the changes that none
	// notices.
	Generate bool
}

// Test runs the cases of the strategy in the folder and finds out what they
// cover. Where the strategy cannot be loaded there is no result. Diagnostics
// are those of the strategy and of files of cases that could not be read.
func Test(folder fs.FS, o strategy.Options, w Wanted) (*Tested, diag.List) {
	r := newRunning(folder, o)
	s, found := strategy.Load(folder, o)
	if s == nil {
		return nil, found
	}
	a := r.keep(s, nil)
	r.all()
	t := &Tested{Strategy: s, Cases: r.cases}
	var err error
	if t.Items, err = coverage(a, t.Cases); err == nil && w.Mutate {
		t.Mutants, err = mutants(a, t.Cases)
	}
	if err == nil && w.Generate {
		t.Proposals, err = propose(a, t.Items, t.Mutants)
	}
	if err != nil {
		r.found = append(r.found, diag.Diagnostic{Severity: diag.Error, Message: i18n.M("strategy.too_large", strategy.MaxNodes)})
		return nil, append(found, r.found...)
	}
	return t, append(found, r.found...)
}

// Holds reports whether there are cases, all of them hold, and no change that
// was tried goes unnoticed.
func (t *Tested) Holds() bool {
	for _, c := range t.Cases {
		if !c.Holds() {
			return false
		}
	}
	for _, m := range t.Mutants {
		if m.Status == Unnoticed {
			return false
		}
	}
	return len(t.Cases) > 0
}
