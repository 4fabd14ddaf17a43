package initiative

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// keys are the keys of an initiative.
func keys() []string {
	return []string{"ksdev", "id", "title", "summary", "date", "strategy", "facts", "judgements"}
}

// Header is what has to be known of an initiative before its strategy is
// chosen.
type Header struct {
	// Strategy is the name that it gives, or empty.
	Strategy string
	// Date is the day to assess it as of, nil where it gives none or where what
	// it gives is no day; Read reports the fault.
	Date *int64
}

// ReadHeader reads the header of a document and reports nothing.
func ReadHeader(root *yamldoc.Node) Header {
	var h Header
	if root == nil || root.Kind != yamldoc.Mapping {
		return h
	}
	for _, pair := range root.Pairs {
		switch {
		case pair.Value.Kind != yamldoc.Scalar || pair.Value.Null:
		case pair.Key.Value == "strategy":
			h.Strategy = pair.Value.Value
		case pair.Key.Value == "date":
			if day, fault := strategy.Day(pair.Value.Value); fault == nil {
				h.Date = &day
			}
		}
	}
	return h
}

// Reader reads initiatives under one strategy, one at a time.
type Reader struct {
	strategy *strategy.Strategy
	// words and members hold what words for options meant when they were met
	// before: the same few stand in most initiatives.
	words   map[word]fact.Parsed
	members map[word]fact.Member
}

// word is a text given for a fact.
type word struct {
	fact int
	text string
}

// NewReader makes a reader.
func NewReader(s *strategy.Strategy) *Reader {
	return &Reader{strategy: s, words: map[word]fact.Parsed{}, members: map[word]fact.Member{}}
}

// Read reads a document of the file. Where the diagnostics hold an error the
// initiative is nil.
func (d *Reader) Read(file *yamldoc.File, document *yamldoc.Document) (*Initiative, diag.List) {
	return d.read(file, document.Number, document.Root)
}

// Read reads a document of the file under the strategy. Where the diagnostics
// hold an error the initiative is nil.
func Read(file *yamldoc.File, document *yamldoc.Document, s *strategy.Strategy) (*Initiative, diag.List) {
	return NewReader(s).Read(file, document)
}

// ReadNode reads an initiative that stands at a node of a document, whose
// number within the file counts from 1.
func ReadNode(file *yamldoc.File, document int, root *yamldoc.Node, s *strategy.Strategy) (*Initiative, diag.List) {
	return NewReader(s).read(file, document, root)
}

func (d *Reader) read(file *yamldoc.File, document int, root *yamldoc.Node) (*Initiative, diag.List) {
	r := &reading{Reader: yamldoc.Reader{File: file}, memory: d, strategy: d.strategy}
	r.initiative = &Initiative{File: file.Name, Document: document}
	r.initiative.Pos = r.pos(root)
	r.read(root)
	r.Found.Sort()
	if r.Found.HasErrors() {
		return nil, r.Found
	}
	return r.initiative, r.Found
}

// DefaultID is the id of an initiative that gives none: its file's name without
// its ending, with the number of its document from the second on.
func DefaultID(file string, document int) string {
	name := path.Base(filepath.ToSlash(file))
	name = strings.TrimSuffix(name, path.Ext(name))
	if file == "-" {
		name = "stdin"
	}
	if document > 1 {
		name = fmt.Sprintf("%s-%d", name, document)
	}
	return name
}

// reading is the state of reading one initiative.
type reading struct {
	yamldoc.Reader
	memory     *Reader
	strategy   *strategy.Strategy
	initiative *Initiative
	// claimed and judged hold where each fact and each rule was given first.
	claimed, judged []*yamldoc.Node
}

func (r *reading) pos(n *yamldoc.Node) diag.Pos {
	return diag.Pos{File: r.File.Name, Line: n.Line, Column: n.Column}
}

func (r *reading) warn(severity diag.Severity, n *yamldoc.Node, message, hint i18n.Message) {
	r.Found = append(r.Found, r.File.Diagnostic(severity, n, message, hint))
}

func (r *reading) read(root *yamldoc.Node) {
	if root.Kind != yamldoc.Mapping {
		r.Error(root, i18n.M("initiative.shape"), i18n.M("initiative.empty_hint"))
		return
	}
	fields := r.Fields(root, keys()...)
	if fields["ksdev"] != nil {
		r.Whole(fields["ksdev"], 1, 1)
	}
	i := r.initiative
	i.ID, i.Title, i.Summary = r.Text(fields["id"]), r.Text(fields["title"]), r.Text(fields["summary"])
	if i.ID == "" {
		i.ID = DefaultID(r.File.Name, i.Document)
	}
	if strings.TrimSpace(i.Title) == "" && (fields["title"] == nil || fields["title"].Kind == yamldoc.Scalar) {
		at := root
		if fields["title"] != nil {
			at = fields["title"]
		}
		r.Error(at, i18n.M("initiative.no_title"), i18n.M("initiative.no_title_hint"))
	}
	i.Date = r.day(fields["date"])
	r.Text(fields["strategy"]) // ReadHeader takes it, and reports nothing
	r.claimed, r.judged = make([]*yamldoc.Node, len(r.strategy.Facts)), make([]*yamldoc.Node, len(r.strategy.Rules))
	r.readFacts(fields["facts"])
	r.readJudgements(fields["judgements"])
}

// day reads a day, nil for one left out.
func (r *reading) day(n *yamldoc.Node) *int64 {
	text := r.Text(n)
	if text == "" {
		return nil
	}
	day, fault := strategy.Day(text)
	if fault != nil {
		r.fault(n, fault)
		return nil
	}
	return &day
}

func (r *reading) fault(n *yamldoc.Node, f *fact.Fault) {
	hint := f.Hint
	if n.Comment != "" && !n.Quoted && strings.Contains(r.File.Line(n.Line), " #") {
		hint = i18n.M("initiative.comment_hint")
	}
	r.Error(n, f.Message, hint)
}

func (r *reading) readJudgements(n *yamldoc.Node) {
	for _, pair := range r.Pairs(n) {
		if r.Enough() {
			return
		}
		rule := r.strategy.Rule(pair.Key.Value)
		if rule < 0 {
			r.Error(pair.Key, i18n.M("initiative.unknown_rule", diag.Clean(pair.Key.Value)), yamldoc.NearestHint(pair.Key.Value, r.strategy.RuleIDs()))
			continue
		}
		if first := r.judged[rule]; first != nil {
			r.Error(pair.Key, i18n.M("initiative.judged_twice", r.strategy.Rules[rule].ID, first.Line), i18n.Message{})
			continue
		}
		r.judged[rule] = pair.Key
		r.readJudgement(rule, pair.Value)
	}
}

// The words for the outcome of a judgement, in lower case.
var (
	passWords = [...]string{"pass", "oppfylt", "met"}
	failWords = [...]string{"fail", "ikke oppfylt", "ikkje oppfylt", "not met"}
)

// OutcomeWords lists the words for the outcome of a judgement. They are read in
// any case.
func OutcomeWords() []string { return slices.Concat(passWords[:], failWords[:]) }

// parseOutcome reads the outcome of a judgement.
func parseOutcome(text string) (outcome cond.Outcome, ok bool) {
	words := strings.ToLower(strings.Join(strings.Fields(text), " "))
	switch {
	case slices.Contains(passWords[:], words):
		return cond.Pass, true
	case slices.Contains(failWords[:], words):
		return cond.Fail, true
	}
	return 0, false
}

func (r *reading) readJudgement(rule int, n *yamldoc.Node) {
	if n.Kind != yamldoc.Mapping {
		r.Error(n, i18n.M("initiative.judgement_shape"), i18n.M("initiative.judgement_hint"))
		return
	}
	fields := r.Fields(n, "outcome", "because", "source")
	r.Require(n, fields, "outcome")
	if fields["outcome"] == nil || fields["outcome"].Null {
		return
	}
	written := r.Text(fields["outcome"])
	outcome, ok := parseOutcome(written)
	if !ok {
		r.Error(fields["outcome"], i18n.M("initiative.judgement_outcome", diag.Clean(written)), i18n.M("initiative.judgement_hint"))
		return
	}
	j := Judgement{Rule: rule, Outcome: outcome, Pos: r.pos(fields["outcome"])}
	j.Because, j.Source = r.Text(fields["because"]), r.Text(fields["source"])
	if !j.Grounded() {
		r.warn(diag.Notice, fields["outcome"], i18n.M("initiative.judgement_without_reason", r.strategy.Rules[rule].ID), i18n.M("initiative.reason_hint"))
	}
	r.initiative.Judgements = append(r.initiative.Judgements, j)
}
