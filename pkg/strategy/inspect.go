package strategy

import (
	"io/fs"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Inspection is a strategy as it was read, sound or not, with its texts in all
// languages, for those who look for what is wrong with it. It is for one
// goroutine: what it builds goes into the strategy's own store.
type Inspection struct {
	// Strategy may be one that cannot be used. It has a Model where its files
	// could be read and it is not too large.
	Strategy *Strategy
	// Texts are the words in all languages that could be read.
	Texts []*Texts

	places  map[i18n.Language]map[string]*yamldoc.Node
	loading *loading
}

// Inspect reads the strategy in the folder and its texts in all languages, and
// says what is wrong with it. The strategy gets the texts of the language among
// the options.
func Inspect(folder fs.FS, o Options) (*Inspection, diag.List) {
	l := newLoading(folder, o)
	l.strategy.Texts = &Texts{Language: o.Language}
	in := &Inspection{Strategy: l.strategy, places: map[i18n.Language]map[string]*yamldoc.Node{}, loading: l}
	if l.readRules() {
		for _, language := range i18n.Languages() {
			texts, places := l.readTexts(language)
			if language == o.Language {
				l.strategy.Texts = texts
			}
			if places != nil {
				in.Texts, in.places[language] = append(in.Texts, texts), places
			}
		}
		l.strategy.Digest = l.digest()
	}
	l.found.Sort()
	return in, l.found
}

// Condition is the diagram of a condition, true for one left out. The strategy
// must have a model.
func (in *Inspection) Condition(c *cond.Condition) diagram.Ref {
	return in.loading.building.condition(c)
}

// Example puts a case in which the condition holds into words, one without
// judgements where there is one. ok is false where it never holds.
func (in *Inspection) Example(condition diagram.Ref) (words i18n.Series, ok bool) {
	cells, ok := in.loading.building.example(condition)
	if !ok {
		return nil, false
	}
	return in.loading.building.words(cells), true
}

// Describe puts the cases of a box into words.
func (in *Inspection) Describe(box diagram.Box) i18n.Series { return in.loading.building.describe(box) }

// ByFacts is the box of the cases in which the facts decide and no judgement
// does, with the open choice as it was made.
func (in *Inspection) ByFacts() diagram.Box {
	m := in.Strategy.Model
	space := m.Store.Space()
	box := space.Full()
	for _, v := range m.Judgement {
		space.Only(box, v, ByFacts)
	}
	if c := in.Strategy.Choice; c != nil && c.Value != 0 {
		space.Only(box, m.Choice, c.Value-c.From)
	}
	return box
}

// Source is the line of a file at a place.
func (in *Inspection) Source(pos diag.Pos) string {
	if file := in.loading.files[pos.File]; file != nil && pos.Line > 0 {
		return file.Line(pos.Line)
	}
	return ""
}

// TablePos is where the recommendation table stands.
func (in *Inspection) TablePos() diag.Pos { return in.loading.tablePos }

// Start is the start of the strategy's first file, where what concerns all of it
// is told.
func (in *Inspection) Start() diag.Pos { return in.loading.start() }

// TextPos is where a text stands.
func (in *Inspection) TextPos(language i18n.Language, path string) diag.Pos {
	pos := in.loading.pos(textFile(language))
	if n := in.places[language][path]; n != nil {
		pos.Line, pos.Column = n.Line, n.Column
	}
	return pos
}

// readAcknowledgement reads why a finding is meant so.
func (l *loading) readAcknowledgement(r *yamldoc.Reader, n *yamldoc.Node) {
	fields := r.Fields(n, "finding", "on", "because")
	r.Require(n, fields, "finding", "on", "because")
	a := Acknowledgement{Finding: r.Text(fields["finding"]), Because: r.Text(fields["because"]), Pos: l.at(r, n)}
	if on := fields["on"]; on != nil && on.Kind == yamldoc.Scalar {
		a.On = []string{r.Text(on)}
	} else {
		a.On = r.Texts(on)
	}
	if a.Because != "" && !fact.IsReason(a.Because) {
		r.Error(fields["because"], i18n.M("check.no_reason"), i18n.Message{})
	}
	l.strategy.Acknowledged = append(l.strategy.Acknowledged, a)
}
