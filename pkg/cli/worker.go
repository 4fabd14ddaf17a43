package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"slices"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
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
	// initiative is what was assessed, where the worker keeps it.
	initiative *initiative.Initiative
	// line is the result as a line of JSON where a worker made it.
	line []byte
}

// json gives the result as a line of JSON.
func (r *record) json() ([]byte, error) {
	if r.line != nil {
		return r.line, nil
	}
	var b bytes.Buffer
	err := r.encode(json.NewEncoder(&b))
	return result.Inert(b.Bytes()), err
}

func (r *record) encode(e *json.Encoder) error {
	if r.result.Assessment != nil {
		return e.Encode(r.result.Assessment)
	}
	return e.Encode(r.result.Unread)
}

// worker assesses files one at a time and keeps what it needs for the next.
type worker struct {
	run       *assessing
	readers   map[*strategy.Strategy]*initiative.Reader
	assessors map[*strategy.Strategy]*assess.Assessor
	inquirers map[*strategy.Strategy]*inquiry.Inquirer
	// keeps says that records hold their initiatives.
	keeps   bool
	buffer  bytes.Buffer
	encoder *json.Encoder
	coder   i18n.Coder
}

func newWorker(r *assessing) *worker {
	w := &worker{run: r, readers: map[*strategy.Strategy]*initiative.Reader{}, assessors: map[*strategy.Strategy]*assess.Assessor{},
		inquirers: map[*strategy.Strategy]*inquiry.Inquirer{}}
	w.encoder = json.NewEncoder(&w.buffer)
	return w
}

// file reads and assesses one file with all its documents, and makes of the
// results what can be made beside others.
func (w *worker) file(ctx context.Context, in input) *done {
	d := w.assess(ctx, in)
	for i := range d.records {
		r := &d.records[i]
		if r.result.Assessment != nil {
			w.run.judge(r.result.Assessment)
		}
		w.buffer.Reset()
		// What goes wrong here goes wrong again when the result is written.
		if w.run.asJSON && r.encode(w.encoder) == nil {
			r.line = bytes.Clone(result.Inert(w.buffer.Bytes()))
		}
	}
	return d
}

func (w *worker) assess(ctx context.Context, in input) *done {
	d := &done{}
	data, err := w.bytes(ctx, in)
	if ctx.Err() != nil {
		return d
	}
	if err != nil {
		d.code = Unread
		d.message = i18n.M("cli.unreadable", diag.Clean(in.name), cause(err))
		d.hint = nearestFile(in.name, err)
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
	for _, document := range file.Documents {
		w.document(d, file, document, digest)
	}
	for _, document := range file.Flawed {
		w.flaws(d, file, document)
	}
	d.found.Sort()
	return d
}

func (w *worker) bytes(ctx context.Context, in input) ([]byte, error) {
	switch {
	case in.err != nil:
		return nil, in.err
	case in.held:
		return in.data, nil
	case in.name == "-":
		return readStream(ctx, w.run.app.streams.In)
	}
	return w.run.app.readFile(in.name)
}

// readStream reads standard input to its end, or until the context ends: a
// person who is asked for input may press Ctrl-C instead.
func readStream(ctx context.Context, r io.Reader) ([]byte, error) {
	type all struct {
		data []byte
		err  error
	}
	read := make(chan all, 1)
	go func() {
		data, err := readAll(r, "-")
		read <- all{data, err}
	}()
	select {
	case a := <-read:
		return a.data, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// document assesses one document of a file.
func (w *worker) document(d *done, file *yamldoc.File, document *yamldoc.Document, digest string) {
	root := document.Root
	s, found := w.run.catalog.choose(initiative.ReadHeader(root), w.run.options.AsOf)
	if s == nil {
		d.code = weightier(d.code, Usage)
		found = placed(file, root, found)
		d.found = append(d.found, found...)
		d.records = append(d.records, record{result: result.Record{Unread: w.unread(file.Name, document.Number, digest, found)}})
		return
	}
	one, found := w.reader(s).Read(file, document)
	d.found = append(d.found, found...)
	if one == nil {
		d.code = weightier(d.code, Unread)
		d.records = append(d.records, record{result: result.Record{Unread: w.unread(file.Name, document.Number, digest, found)}})
		return
	}
	assessor, err := w.assessor(s)
	if err != nil {
		d.code = weightier(d.code, Usage)
		found := diag.List{{Severity: diag.Error, Pos: diag.Pos{File: file.Name}, Message: err.message, Hint: err.hint}}
		d.found = append(d.found, found...)
		d.records = append(d.records, record{result: result.Record{Unread: w.unread(file.Name, document.Number, digest, found)}})
		return
	}
	assessed := assessor.Assess(one)
	assessed.Input.SHA256 = digest
	assessed.Diagnostics = coded(&w.coder, found)
	if w.run.asks(file) {
		assessed.Questions = w.inquirer(s).Questions(assessor.Take(one), w.run.inquiring == allQuestions)
	}
	r := record{result: result.Record{Assessment: assessed}, strategy: s}
	if w.keeps {
		r.initiative = one
	}
	d.records = append(d.records, r)
}

// flaws adds what else is wrong with a document that is not used.
func (w *worker) flaws(d *done, file *yamldoc.File, document *yamldoc.Document) {
	s, _ := w.run.catalog.choose(initiative.ReadHeader(document.Root), w.run.options.AsOf)
	if s == nil {
		return
	}
	_, found := w.reader(s).Read(file, document)
	for _, f := range found {
		// A key that is given twice is known already, by the same place.
		if !slices.ContainsFunc(d.found, func(known diag.Diagnostic) bool { return known.Pos == f.Pos }) {
			d.found = append(d.found, f)
		}
	}
}

// placed gives what was found of a strategy that a document names the place
// where it names it.
func placed(file *yamldoc.File, root *yamldoc.Node, found diag.List) diag.List {
	if root == nil {
		return found
	}
	all := slices.Clone(found)
	for _, pair := range root.Pairs {
		for i, f := range found {
			if pair.Key.Value == "strategy" && f.Pos == (diag.Pos{}) {
				all[i] = file.Diagnostic(f.Severity, pair.Value, f.Message, f.Hint)
			}
		}
	}
	return all
}

func (w *worker) reader(s *strategy.Strategy) *initiative.Reader {
	if w.readers[s] == nil {
		w.readers[s] = initiative.NewReader(s)
	}
	return w.readers[s]
}

func (w *worker) assessor(s *strategy.Strategy) (*assess.Assessor, *exit) {
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

// inquirer inquires about what the assessor of the strategy has taken.
func (w *worker) inquirer(s *strategy.Strategy) *inquiry.Inquirer {
	if w.inquirers[s] == nil {
		w.inquirers[s] = inquiry.New(s, w.assessors[s])
	}
	return w.inquirers[s]
}

func (w *worker) unread(name string, document int, digest string, found diag.List) *result.Unread {
	return &result.Unread{Ksdev: result.Version, Kind: "unread", Program: Version,
		Input: result.Input{Path: name, Document: document, SHA256: digest}, Diagnostics: coded(&w.coder, found)}
}

// coded puts diagnostics into results: as many as are shown of a file, and how
// many there are besides.
func coded(c *i18n.Coder, found diag.List) []result.Diagnostic {
	var all []result.Diagnostic
	shown, left := found.Capped()
	if left > 0 {
		last := shown[len(shown)-1]
		shown = append(shown, diag.Diagnostic{Severity: diag.Notice, Pos: diag.Pos{File: last.Pos.File}, Message: i18n.M("promises.more", left)})
	}
	for _, f := range shown {
		one := result.Diagnostic{Severity: f.Severity.String(), Code: f.Code(), Arguments: c.Codes(f.Message), Path: f.Pos.File}
		if f.Pos.Line > 0 {
			one.Place = &result.Place{Line: f.Pos.Line, Column: f.Pos.Column}
		}
		all = append(all, one)
	}
	return all
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
