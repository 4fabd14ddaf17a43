package vet

import (
	"math/bits"
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Proposal is a case that is lacking: a smallest initiative, and what the
// strategy as it is comes to. A person has to say whether it is right.
type Proposal struct {
	Name i18n.Message
	// Choice is the value of the open choice, whose name is ChoiceName; 0 where it
	// makes no difference.
	Choice     int
	ChoiceName string
	Facts      []ProposedFact

	// Rule is the rule that Possible are the outcomes of, and Causes what leaves
	// it unclear; empty where nothing is expected of a rule.
	Rule             string
	Possible, Causes []string
	// Recommendations and Notes are nil where nothing is expected of them.
	Recommendations, Notes []string

	trial *trial
}

// ProposedFact is one value of a fact.
type ProposedFact struct {
	Definition *fact.Definition
	Value      fact.Values
}

// proposing is the state of proposing cases.
type proposing struct {
	*variants
	search    *searching
	covering  *covering
	proposals []*Proposal
}

// propose proposes cases for the items that no case covers and for the changes
// that no case notices.
func propose(a *assessor, items []*Item, mutants []*Mutant) ([]*Proposal, error) {
	v, err := newVariants(a.strategy, mutants != nil)
	if err != nil {
		return nil, err
	}
	p := &proposing{variants: v, covering: newCovering(v), search: newSearching(v.store, v.strategy.Model.Variables)}
	for i, item := range items {
		if own := p.covering.items[i]; !item.Covered && !p.covered(own) {
			p.item(own)
		}
	}
	for _, mutant := range mutants {
		if mutant.Status == Unnoticed {
			p.mutant(mutant)
		}
	}
	return p.proposals, v.store.Err()
}

// covered reports whether a case that is proposed already shows the item.
func (p *proposing) covered(item *Item) bool {
	return slices.ContainsFunc(p.proposals, func(one *Proposal) bool { return p.covering.covers(one.trial, item) })
}

func (p *proposing) item(item *Item) {
	f := p.original
	switch {
	case item.Kind == Outcome && item.Of == result.Unclear:
		p.add(i18n.M("cases.name_outcome", item.On, i18n.M("outcome.unclear")), p.base(nil), subject{rule: item.place})
	case item.Kind == Outcome:
		outcome := slices.Index(cond.OutcomeNames(), item.Of)
		p.one(i18n.M("cases.name_outcome", item.On, i18n.M("outcome."+item.Of)), f.outcome[item.place], outcome, subject{rule: item.place})
	case item.Kind == Row:
		p.one(i18n.M("cases.name_row", item.On), f.rows[item.place], 1, subject{rule: -1, table: true})
	case item.Kind == Note:
		p.one(i18n.M("cases.name_note", item.On), f.notes[item.place], 1, subject{rule: -1})
	case item.read.Kind == cond.OfFact:
		p.pair(item)
	default:
		p.one(sideName(item.On, item.Of, item.Kind == Holds), item.read.holds, truth(item.Kind == Holds), p.readers(item.read)[0].subject)
	}
}

func sideName(on, of string, holds bool) i18n.Message {
	if holds {
		return i18n.M("cases.name_holds", on, of)
	}
	return i18n.M("cases.name_holds_not", on, of)
}

// subject is what a case expects something of: a rule, the table, or, where
// neither is named, the notes.
type subject struct {
	rule  int // -1 for none
	table bool
}

// one proposes a smallest case in which a function has the result.
func (p *proposing) one(name i18n.Message, f diagram.Ref, wanted int, of subject) {
	box, ok := p.search.smallest(&aim{functions: [2]diagram.Ref{f, f}, apart: -1,
		goal:   func(got, _ int) bool { return got == wanted },
		brings: func(box diagram.Box) bool { return p.search.walker.Only(f, box, diagram.SetOf(wanted)) }})
	if ok {
		p.add(name, box, of)
	}
}

// reader is something that reads a comparison, with its function.
type reader struct {
	subject
	function diagram.Ref
}

// readers lists what reads a comparison: rules first.
func (p *proposing) readers(r *reading) []reader {
	var all []reader
	for _, rule := range r.rules {
		all = append(all, reader{subject{rule: rule}, p.original.outcome[rule]})
	}
	if r.table {
		all = append(all, reader{subject{rule: -1, table: true}, p.original.recommendation})
	}
	for _, note := range r.notes {
		all = append(all, reader{subject{rule: -1}, p.original.notes[note]})
	}
	return all
}

// pair proposes two cases that differ in the fact of a comparison alone, by as
// little as possible, so that what reads it comes to something else.
func (p *proposing) pair(item *Item) {
	for _, r := range p.readers(item.read) {
		var best [2]diagram.Box
		least := -1
		for _, cells := range p.flips(item.read) {
			boxes, ok := p.apart(r.function, p.strategy.Model.Fact[item.read.Fact], cells)
			if ok && (least < 0 || len(p.search.given(boxes[0])) < least) {
				best, least = boxes, len(p.search.given(boxes[0]))
			}
		}
		if least >= 0 {
			p.add(sideName(item.On, item.Of, true), best[0], r.subject)
			p.add(sideName(item.On, item.Of, false), best[1], r.subject)
			return
		}
	}
}

// flips lists pairs of neighbouring cells between which the comparison turns
// from true to false.
func (p *proposing) flips(r *reading) [][2]int {
	part := p.partitions[r.Fact]
	var flips [][2]int
	for yes := range part.Len() {
		for no := range part.Len() {
			if part.Answer(r.Test, yes) != r.Negated && part.Answer(r.Test, no) == r.Negated && near(r.Definition, p.value(r.Fact, yes), p.value(r.Fact, no)) {
				flips = append(flips, [2]int{yes, no})
			}
		}
	}
	return flips
}

// near reports whether two known values are neighbours: of an ordered kind one
// step apart, of sets one member.
func near(d *fact.Definition, a, b fact.Values) bool {
	switch {
	case len(a.Intervals) > 0:
		between := a.Intervals[0].Lo - b.Intervals[0].Lo
		return between == d.Step || between == -d.Step
	case len(a.Sets) > 0:
		return bits.OnesCount64(a.Sets[0].Must^b.Sets[0].Must) == 1
	}
	return true
}

// apart finds the smallest pair of boxes that differ in the two cells of a
// variable alone, and in which the function has two results.
func (p *proposing) apart(f diagram.Ref, variable int, cells [2]int) (boxes [2]diagram.Box, ok bool) {
	side := func(box diagram.Box, i int) diagram.Box {
		one := slices.Clone(box)
		p.space.Only(one, variable, cells[i])
		return one
	}
	box, ok := p.search.smallest(&aim{functions: [2]diagram.Ref{f, f}, apart: variable, cells: cells,
		goal: func(a, b int) bool { return a != b },
		brings: func(box diagram.Box) bool {
			a, b := p.search.walker.Possible(f, side(box, 0)), p.search.walker.Possible(f, side(box, 1))
			return a.Len() == 1 && b.Len() == 1 && a != b
		}})
	if !ok {
		return boxes, false
	}
	return [2]diagram.Box{side(box, 0), side(box, 1)}, true
}

// mutant proposes a smallest case that notices a change, unless one that is
// proposed already does.
func (p *proposing) mutant(mutant *Mutant) {
	i := slices.IndexFunc(p.changes, func(ch *change) bool { return ch.same(mutant.change) })
	m := &mutating{variants: p.variants}
	for _, one := range p.proposals {
		m.trials = append(m.trials, one.trial)
	}
	o := p.changes[i].of(p.source)
	f := p.rules(o, p.original)
	p.recommend(o, f)
	p.search.walker = diagram.NewWalker(p.store)
	m.walker, p.covering.walker = p.search.walker, p.search.walker
	if m.noticedByRules(f) || m.noticedByNotes(f) || m.noticedByTable(f) {
		return
	}
	name := i18n.M("cases.name_needed", mutant.On, mutant.From)
	if mutant.To != "" {
		name = i18n.M("cases.name_not", mutant.On, mutant.From, mutant.To)
	}
	// What the strategy as it is settles is the better case.
	for _, settled := range []bool{true, false} {
		for _, r := range p.differing(f) {
			if box, ok := p.search.smallest(p.difference(r, settled)); ok {
				p.add(name, box, r.subject)
				return
			}
		}
	}
}

// difference is the aim that two versions come to something else.
func (p *proposing) difference(d differs, settled bool) *aim {
	return &aim{functions: d.functions, apart: -1, borderline: !settled,
		goal: func(a, b int) bool { return a != b },
		brings: func(box diagram.Box) bool {
			now, other := p.search.walker.Possible(d.functions[0], box), p.search.walker.Possible(d.functions[1], box)
			if d.rule < 0 && !d.table {
				// A case expects the notes that are certain.
				return (now == diagram.SetOf(1)) != (other == diagram.SetOf(1))
			}
			return (now.Len() == 1 || !settled) && now != other
		}}
}

// differing lists what differs in a changed version, with both functions.
func (p *proposing) differing(f *functions) (all []differs) {
	for i, outcome := range f.outcome {
		if now := p.original.outcome[i]; now != outcome {
			all = append(all, differs{subject{rule: i}, [2]diagram.Ref{now, outcome}})
		}
	}
	for i, note := range f.notes {
		if now := p.original.notes[i]; now != note {
			all = append(all, differs{subject{rule: -1}, [2]diagram.Ref{now, note}})
		}
	}
	if now := p.original.recommendation; now != f.recommendation {
		all = append(all, differs{subject{rule: -1, table: true}, [2]diagram.Ref{now, f.recommendation}})
	}
	return all
}

// differs is something that differs in a changed version.
type differs struct {
	subject
	functions [2]diagram.Ref
}

// add proposes the case of a box.
func (p *proposing) add(name i18n.Message, box diagram.Box, of subject) {
	s, m := p.strategy, p.strategy.Model
	one := &Proposal{Name: name, trial: &trial{box: box, notes: make([]bool, len(s.Notes))}}
	for _, variable := range p.search.given(box) {
		cell := p.first(box, variable)
		if m.Variables[variable].Kind == strategy.ChoiceVariable {
			one.Choice, one.ChoiceName = s.Choice.From+cell, s.Choice.Name
			continue
		}
		i := m.Variables[variable].Index
		one.Facts = append(one.Facts, ProposedFact{s.Facts[i], p.value(i, cell)})
	}
	p.expect(one, of)
	p.proposals = append(p.proposals, one)
}

// first is the first cell that a box allows a variable.
func (p *proposing) first(box diagram.Box, variable int) int {
	cell := 0
	for !p.space.Allows(box, variable, cell) {
		cell++
	}
	return cell
}

// expect fills in what the strategy as it is comes to.
func (p *proposing) expect(one *Proposal, of subject) {
	s, f, t := p.strategy, p.original, one.trial
	switch {
	case of.rule >= 0:
		e := expectedOutcome{rule: of.rule, possible: p.search.walker.Possible(f.outcome[of.rule], t.box)}
		one.Rule, one.Possible = s.Rules[of.rule].ID, namesOf(cond.OutcomeNames(), e.possible)
		e.causes = p.causes(p.search.walker, f.outcome[of.rule], t.box)
		for _, cause := range e.causes {
			one.Causes = append(one.Causes, s.Facts[cause].Path)
		}
		e.expectsCause = len(e.causes) > 0
		t.outcomes = []expectedOutcome{e}
	case of.table:
		t.recommendation, t.expectsTable = p.search.walker.Possible(f.recommendation, t.box), true
		one.Recommendations = namesOf(s.Recommendations, t.recommendation)
	default:
		one.Notes, t.expectsNotes = []string{}, true
		for i, note := range s.Notes {
			if p.search.walker.Only(f.notes[i], t.box, diagram.SetOf(1)) {
				t.notes[i] = true
				one.Notes = append(one.Notes, note.ID)
			}
		}
	}
}

func namesOf(names []string, set diagram.Set) []string {
	some := []string{}
	for _, i := range set.Results() {
		some = append(some, names[i])
	}
	return some
}

// value is one value of a cell: of an ordered kind one at an end of it that is
// not an end of the domain, since that is where comparisons turn; of the others
// the first.
func (p *proposing) value(i, cell int) fact.Values {
	d := p.strategy.Facts[i]
	mask := make([]uint64, (p.partitions[i].Len()+63)/64)
	mask[cell/64] = 1 << (cell % 64)
	values := p.partitions[i].Values(mask)
	switch {
	case len(values.Intervals) > 0:
		value := values.Intervals[0].Lo
		if value == d.Min && values.Intervals[0].Hi < d.Max {
			value = values.Intervals[0].Hi
		}
		return fact.Values{Intervals: []fact.Interval{{Lo: value, Hi: value}}}
	case len(values.Sets) > 0:
		must := values.Sets[0].Must
		return fact.Values{Sets: []fact.SetRange{{Must: must, May: must}}}
	}
	return fact.Values{Options: values.Options & -values.Options}
}
