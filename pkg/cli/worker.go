package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// done is what was found in one file.
type done struct {
	records []record
	// found are diagnostics, printed on standard error.
	found diag.List
	// message says why the file could not be read at all.
	message, hint i18n.Message
	code          int
}

// record is a result with the strategy that it was assessed under, nil for an
// input that could not be read.
type record struct {
	result   result.Record
	strategy *strategy.Strategy
}

// worker assesses files one at a time and keeps its assessors.
type worker struct {
	run       *assessing
	assessors map[*strategy.Strategy]*assess.Assessor
}

func newWorker(r *assessing) *worker {
	return &worker{run: r, assessors: map[*strategy.Strategy]*assess.Assessor{}}
}

// file reads and assesses one file with all its documents.
func (w *worker) file(in input) *done {
	d := &done{}
	data, err := w.bytes(in)
	if err != nil {
		d.code = Unread
		d.message = i18n.M("cli.unreadable", diag.Clean(in.name), cause(err))
		d.hint = nearestFile(in.name)
		d.records = append(d.records, record{result: result.Record{Unread: w.unread(in.name, 0, "", diag.List{{Severity: diag.Error, Message: d.message}})}})
		return d
	}
	sum := sha256.Sum256(data)
	digest := hex.EncodeToString(sum[:])
	file, found := yamldoc.Read(in.name, data)
	d.found = found
	if found.HasErrors() {
		d.code = Unread
		d.records = append(d.records, record{result: result.Record{Unread: w.unread(in.name, 0, digest, found)}})
	}
	if file == nil {
		return d
	}
	for i := range file.Documents {
		w.document(d, file, i, digest)
	}
	return d
}

func (w *worker) bytes(in input) ([]byte, error) {
	switch {
	case in.err != nil:
		return nil, in.err
	case in.name == "-":
		return readAll(w.run.app.streams.In, "-")
	}
	return readFile(in.name)
}

// document assesses one document of a file.
func (w *worker) document(d *done, file *yamldoc.File, i int, digest string) {
	s, found := w.run.catalog.choose(initiative.ReadHeader(file.Documents[i].Root), w.run.options.AsOf)
	if s == nil {
		d.code = weightier(d.code, Usage)
		d.found = append(d.found, found...)
		d.records = append(d.records, record{result: result.Record{Unread: w.unread(file.Name, i+1, digest, found)}})
		return
	}
	one, found := initiative.Read(file, i, s)
	d.found = append(d.found, found...)
	if one == nil {
		d.code = weightier(d.code, Unread)
		d.records = append(d.records, record{result: result.Record{Unread: w.unread(file.Name, i+1, digest, found)}})
		return
	}
	assessor, err := w.assessor(s)
	if err != nil {
		d.code = weightier(d.code, Usage)
		d.message = i18n.M("cli.error", err.Error())
		return
	}
	assessed := assessor.Assess(one)
	assessed.Input.SHA256 = digest
	assessed.Diagnostics = coded(found)
	d.records = append(d.records, record{result.Record{Assessment: assessed}, s})
}

func (w *worker) assessor(s *strategy.Strategy) (*assess.Assessor, error) {
	if known := w.assessors[s]; known != nil {
		return known, nil
	}
	options := w.run.options
	assumed, err := w.run.assumptions(s)
	if err != nil {
		return nil, err
	}
	options.Assume = assumed
	w.assessors[s] = assess.New(s, options)
	return w.assessors[s], nil
}

func (w *worker) unread(name string, document int, digest string, found diag.List) *result.Unread {
	return &result.Unread{Ksdev: result.Version, Kind: "unread", Program: Version,
		Input: result.Input{Path: name, Document: document, SHA256: digest}, Diagnostics: coded(found)}
}

// coded puts diagnostics into results.
func coded(found diag.List) []result.Diagnostic {
	var all []result.Diagnostic
	for _, f := range found {
		one := result.Diagnostic{Severity: f.Severity.String(), Code: f.Code(), Arguments: f.Message.Codes(), Path: f.Pos.File}
		if f.Pos.Line > 0 {
			one.Place = &result.Place{Line: f.Pos.Line, Column: f.Pos.Column}
		}
		all = append(all, one)
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
