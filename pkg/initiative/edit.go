package initiative

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Change is an answer that goes into an initiative's file: to a fact, or, as a
// judgement, to a rule's question.
type Change struct {
	// Fact is the path of a fact, Rule the id of a rule; the other is empty.
	Fact, Rule string
	// Value is the fact's new value or the judgement's outcome; the zero value
	// leaves what is there.
	Value Value
	// Because and Source are written where they are not empty. What is there
	// stays where they are.
	Because, Source string
}

// Value is a value as a file writes it.
type Value struct {
	// Texts are the value, or the items of a list.
	Texts []string
	// List says that it is written as a list.
	List bool
	// Key is "at_least" or "one_of"; empty for a plain value.
	Key string
}

// One is a value that is written as one text: an answer, an option, a range, or
// "vet ikke".
func One(text string) Value { return Value{Texts: []string{text}} }

// These are options, exactly these.
func These(options ...string) Value { return Value{Texts: options, List: true} }

// AtLeast are options to which others may come.
func AtLeast(options ...string) Value { return Value{Texts: options, List: true, Key: "at_least"} }

// OneOf are values of which one is right.
func OneOf(values ...string) Value { return Value{Texts: values, List: true, Key: "one_of"} }

// Why an initiative cannot be edited.
var (
	// ErrUnreadable says that there is no such document, or that it is in error.
	ErrUnreadable = errors.New("the document cannot be read")
	// ErrRefused says that a change is none that a file could hold: an unknown
	// name, a value that cannot be read, a judgement without an outcome.
	ErrRefused = errors.New("the change cannot be read")
	// ErrNotInPlace says that the file is written in a way that cannot be edited
	// without touching more than the change. It is left as it is.
	ErrNotInPlace = errors.New("the file cannot be edited in place")
)

// Edit makes changes in a document of a file, counted from 1, and gives the
// file's new bytes. Every byte that is not part of a change stays as it is:
// comments, order, empty lines, how values are spelt. What says already what a
// change says is not touched. What the file comes to is read back: it says what
// it said, and the changes, and nothing else, or there is an error.
func Edit(file *yamldoc.File, document int, s *strategy.Strategy, changes []Change) ([]byte, error) {
	edited := file.Data()
	for _, change := range changes {
		var err error
		if edited, err = editOne(file.Name, edited, document, s, change); err != nil {
			return nil, err
		}
	}
	return edited, nil
}

func editOne(name string, data []byte, number int, s *strategy.Strategy, change Change) ([]byte, error) {
	file, document, before := readAgain(name, data, number, s)
	if before == nil {
		return nil, ErrUnreadable
	}
	e := &editing{file: file, strategy: s, root: document.Root, change: change}
	held := e.held()
	wanted, err := want(before, held, s, change)
	if err != nil {
		return nil, err
	}
	e.change = reduced(before, held.Grounds, wanted, s, change)
	if e.change.nothing() {
		return data, nil
	}
	e.place()
	edited, overlap := file.Apply(e.edits)
	if overlap != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotInPlace, overlap)
	}
	return readBack(wanted, name, edited, number, s)
}

// readBack gives the bytes where their document says what is wanted, and
// nothing else.
func readBack(wanted *Initiative, name string, edited []byte, number int, s *strategy.Strategy) ([]byte, error) {
	if _, _, after := readAgain(name, edited, number, s); after == nil || !same(after, wanted) {
		return nil, ErrNotInPlace
	}
	return edited, nil
}

// readAgain reads a document of the bytes; a nil initiative where that is not
// possible.
func readAgain(name string, data []byte, number int, s *strategy.Strategy) (*yamldoc.File, *yamldoc.Document, *Initiative) {
	file, _ := yamldoc.Read(name, data)
	if file == nil {
		return nil, nil, nil
	}
	for _, document := range file.Documents {
		if document.Number == number {
			one, _ := Read(file, document, s)
			return file, document, one
		}
	}
	return nil, nil, nil
}

// want is what the initiative is to say after the change. held is what the
// file says already beside a value that it lacks.
func want(before *Initiative, held Claim, s *strategy.Strategy, change Change) (*Initiative, error) {
	wanted := *before
	alone, err := readAlone(s, change)
	if err != nil {
		return nil, err
	}
	if change.Rule != "" {
		return &wanted, wantJudgement(&wanted, alone, s, change)
	}
	i := slices.IndexFunc(before.Claims, func(c Claim) bool { return c.Fact == s.Fact(change.Fact) })
	switch {
	case i < 0 && len(alone.Claims) == 0:
		return nil, ErrRefused
	case i < 0:
		c := alone.Claims[0]
		c.Grounds, c.Known = held.with(change), held.Known
		wanted.Claims = append(slices.Clone(before.Claims), c)
		return &wanted, nil
	}
	wanted.Claims = slices.Clone(before.Claims)
	c := &wanted.Claims[i]
	if len(alone.Claims) > 0 {
		c.Values, c.Unknown, c.Text = alone.Claims[0].Values, alone.Claims[0].Unknown, alone.Claims[0].Text
	}
	c.Grounds = c.with(change)
	return &wanted, nil
}

func wantJudgement(wanted, alone *Initiative, s *strategy.Strategy, change Change) error {
	wanted.Judgements = slices.Clone(wanted.Judgements)
	i := slices.IndexFunc(wanted.Judgements, func(j Judgement) bool { return j.Rule == s.Rule(change.Rule) })
	switch {
	case i < 0 && len(alone.Judgements) == 0:
		return ErrRefused
	case i < 0:
		wanted.Judgements = append(wanted.Judgements, alone.Judgements[0])
		return nil
	}
	if len(alone.Judgements) > 0 {
		wanted.Judgements[i].Outcome = alone.Judgements[0].Outcome
	}
	wanted.Judgements[i].Grounds = wanted.Judgements[i].with(change)
	return nil
}

// with are grounds after a change.
func (g Grounds) with(change Change) Grounds {
	if because := yamldoc.OneLine(change.Because); because != "" {
		g.Because = because
	}
	if source := yamldoc.OneLine(change.Source); source != "" {
		g.Source = source
	}
	return g
}

// readAlone reads what a change says by itself.
func readAlone(s *strategy.Strategy, change Change) (*Initiative, error) {
	if (change.Fact == "") == (change.Rule == "") || change.Rule != "" && s.Rule(change.Rule) < 0 || change.Fact != "" && s.Fact(change.Fact) < 0 {
		return nil, ErrRefused
	}
	if change.Rule != "" && (change.Value.List || len(change.Value.Texts) > 1) {
		return nil, ErrRefused
	}
	section, name := "facts", change.Fact
	if change.Rule != "" {
		section, name = "judgements", change.Rule
	}
	text := "title: x\n"
	if len(change.Value.Texts) > 0 {
		text += section + ":\n" + strings.Join(writeEntry(name, change, "  ", "  "), "\n") + "\n"
	}
	_, _, alone := readAgain("", []byte(text), 1, s)
	if alone == nil {
		return nil, ErrRefused
	}
	return alone, nil
}

// reduced leaves out of a change what the initiative says already, or holds
// beside a value that it lacks.
func reduced(before *Initiative, held Grounds, wanted *Initiative, s *strategy.Strategy, change Change) Change {
	var was, is Grounds
	sameValue := false
	if change.Rule != "" {
		was, is, sameValue = compareJudgements(before, wanted, s.Rule(change.Rule))
	} else {
		was, is, sameValue = compareClaims(before, held, wanted, s.Fact(change.Fact))
	}
	if sameValue {
		change.Value = Value{}
	}
	change.Because, change.Source = is.Because, is.Source
	if was.Because == is.Because {
		change.Because = ""
	}
	if was.Source == is.Source {
		change.Source = ""
	}
	return change
}

func compareClaims(before *Initiative, held Grounds, wanted *Initiative, place int) (was, is Grounds, sameValue bool) {
	find := func(i *Initiative) *Claim {
		if n := slices.IndexFunc(i.Claims, func(c Claim) bool { return c.Fact == place }); n >= 0 {
			return &i.Claims[n]
		}
		return nil
	}
	a, b := find(before), find(wanted)
	if a == nil {
		return held, b.Grounds, false
	}
	return a.Grounds, b.Grounds, sayAlike(a, b)
}

func compareJudgements(before, wanted *Initiative, rule int) (was, is Grounds, sameValue bool) {
	find := func(i *Initiative) *Judgement {
		if n := slices.IndexFunc(i.Judgements, func(j Judgement) bool { return j.Rule == rule }); n >= 0 {
			return &i.Judgements[n]
		}
		return nil
	}
	a, b := find(before), find(wanted)
	if a == nil {
		return was, b.Grounds, false
	}
	return a.Grounds, b.Grounds, a.Outcome == b.Outcome
}

// nothing reports whether there is nothing left to change.
func (c Change) nothing() bool { return len(c.Value.Texts) == 0 && c.Because == "" && c.Source == "" }

// sayAlike reports whether two claims say the same, whatever their grounds. How
// it is written that there is no text, and a line break at a text's end, are
// none of it.
func sayAlike(a, b *Claim) bool {
	none := a.Values.Options == fact.None && a.Text != "" && b.Text != ""
	return a.Unknown == b.Unknown && reflect.DeepEqual(a.Values, b.Values) && (none || alike(a.Text, b.Text))
}

// same reports whether two initiatives say the same, wherever it stands.
func same(a, b *Initiative) bool {
	if a.ID != b.ID || !alike(a.Title, b.Title) || !alike(a.Summary, b.Summary) || !sameDay(a.Date, b.Date) ||
		len(a.Claims) != len(b.Claims) || len(a.Judgements) != len(b.Judgements) {
		return false
	}
	for i := range a.Claims {
		c := &a.Claims[i]
		if !slices.ContainsFunc(b.Claims, func(o Claim) bool {
			return c.Fact == o.Fact && sayAlike(c, &o) && c.alike(o.Grounds) && sameDay(c.Known, o.Known)
		}) {
			return false
		}
	}
	for _, j := range a.Judgements {
		if !slices.ContainsFunc(b.Judgements, func(o Judgement) bool {
			return j.Rule == o.Rule && j.Outcome == o.Outcome && j.alike(o.Grounds)
		}) {
			return false
		}
	}
	return true
}

func (g Grounds) alike(o Grounds) bool {
	return alike(g.Because, o.Because) && alike(g.Source, o.Source)
}

func alike(a, b string) bool { return strings.TrimSpace(a) == strings.TrimSpace(b) }

func sameDay(a, b *int64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
