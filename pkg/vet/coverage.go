package vet

import (
	"cmp"
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/result"
)

// The kinds of what cases cover.
const (
	// Outcome: an outcome that a rule can have, unclear among them.
	Outcome = "outcome"
	// Row: a row of the table.
	Row = "row"
	// Note: a note.
	Note = "note"
	// Holds and HoldsNot: a comparison that holds, or does not, in a case that
	// expects something of what reads it.
	Holds    = "holds"
	HoldsNot = "holds_not"
)

// Item is something that a case should show.
type Item struct {
	Kind string
	// On is the rule, the row or the note; of a comparison the first that reads
	// it: a rule, else a condition of the table, else a note.
	On  string
	Pos diag.Pos
	// Of is the outcome, or the comparison as the strategy writes it.
	Of      string
	Covered bool

	// place is that of the rule, the row or the note.
	place int
	read  *reading
}

// reading is a comparison with what reads it: rules, notes and the table.
type reading struct {
	*cond.Comparison
	pos          diag.Pos
	on           string
	rules, notes []int
	table        bool
	holds        diagram.Ref
}

// coverage finds out which items the cases cover. Cases that do not hold cover
// nothing.
func coverage(a *assessor, cases []*Case) ([]*Item, error) {
	var items []*Item
	for i, g := range groupsOf(a, cases) {
		v, err := newVariants(g.assessor.strategy, false)
		if err != nil {
			return nil, err
		}
		c := newCovering(v)
		for _, tested := range g.cases {
			c.trials = append(c.trials, v.trial(tested))
		}
		if i == 0 {
			items = c.items
		}
		// A strategy with other thresholds has the same items.
		for j, item := range c.items {
			items[j].Covered = items[j].Covered || slices.ContainsFunc(c.trials, func(t *trial) bool { return c.covers(t, item) })
		}
	}
	return items, nil
}

// covering is the state of finding out what cases cover.
type covering struct {
	*variants
	trials []*trial
	items  []*Item
	walker *diagram.Walker
}

// newCovering lists what is to be covered, in the order of the strategy. What
// cannot be is left out.
func newCovering(v *variants) *covering {
	c := &covering{variants: v}
	readings := c.readings()
	c.walker = diagram.NewWalker(v.store)
	s, base := v.strategy, v.base(nil)
	for i, r := range s.Rules {
		possible := c.walker.Possible(v.original.outcome[i], base)
		for _, o := range possible.Results() {
			c.add(&Item{Kind: Outcome, On: r.ID, Pos: r.Pos, Of: cond.OutcomeNames()[o], place: i})
		}
		if possible.Len() > 1 {
			c.add(&Item{Kind: Outcome, On: r.ID, Pos: r.Pos, Of: result.Unclear, place: i})
		}
	}
	for i, row := range s.Table.Rows {
		c.add(&Item{Kind: Row, On: row.ID, Pos: row.Pos, place: i})
	}
	for i, note := range s.Notes {
		c.add(&Item{Kind: Note, On: note.ID, Pos: note.Pos, place: i})
	}
	for _, r := range readings {
		possible := c.walker.Possible(r.holds, base)
		for side, kind := range []string{HoldsNot, Holds} {
			if possible.Has(side) {
				c.add(&Item{Kind: kind, On: r.on, Pos: r.pos, Of: written(s, r.Comparison), read: r})
			}
		}
	}
	return c
}

func (c *covering) add(item *Item) { c.items = append(c.items, item) }

// readings lists the comparisons, each once, where it is defined or read first.
func (c *covering) readings() []*reading {
	var all []*reading
	var visit func(condition *cond.Condition, read func(*reading))
	visit = func(condition *cond.Condition, read func(*reading)) {
		if condition == nil {
			return
		}
		for _, part := range condition.Parts {
			visit(part, read)
		}
		if condition.Comparison == nil {
			return
		}
		i := slices.IndexFunc(all, func(r *reading) bool { return r.Comparison == condition.Comparison })
		if i < 0 {
			i = len(all)
			all = append(all, &reading{Comparison: condition.Comparison, pos: condition.Pos, holds: c.comparison(condition.Comparison, c.original)})
		}
		read(all[i])
	}
	s := c.strategy
	by := func(on string, note func(*reading)) func(*reading) {
		return func(r *reading) {
			r.on = cmp.Or(r.on, on)
			note(r)
		}
	}
	for _, named := range s.Conditions {
		visit(named.Condition, func(*reading) {})
	}
	for i, rule := range s.Rules {
		for _, condition := range []*cond.Condition{s.Sets[rule.Set].Applies, rule.Applies, rule.Pass, rule.Fail} {
			visit(condition, by(rule.ID, func(r *reading) { r.rules = append(r.rules, i) }))
		}
	}
	for _, named := range s.Table.Conditions {
		visit(named.Condition, by(named.Name, func(r *reading) { r.table = true }))
	}
	for i, note := range s.Notes {
		visit(note.When, by(note.ID, func(r *reading) { r.notes = append(r.notes, i) }))
	}
	return slices.DeleteFunc(all, func(r *reading) bool { return r.on == "" })
}

// covers reports whether a case that holds shows the item.
func (c *covering) covers(t *trial, item *Item) bool {
	switch item.Kind {
	case Outcome:
		return slices.ContainsFunc(t.outcomes, func(e expectedOutcome) bool {
			if item.Of == result.Unclear {
				return e.rule == item.place && e.possible.Len() > 1
			}
			return e.rule == item.place && e.possible == setOf(cond.OutcomeNames(), []string{item.Of})
		})
	case Row:
		return t.expectsTable && c.certain(c.original.rows[item.place], t, 1)
	case Note:
		return t.expectsNotes && t.notes[item.place]
	}
	return c.expectsOf(t, item.read) && c.certain(item.read.holds, t, truth(item.Kind == Holds))
}

func (c *covering) certain(condition diagram.Ref, t *trial, truth int) bool {
	return c.walker.Only(condition, c.judged(c.walker, t, c.original), diagram.SetOf(truth))
}

// expectsOf reports whether the case expects something settled of what reads a
// comparison.
func (c *covering) expectsOf(t *trial, r *reading) bool {
	if t.expectsTable && r.table || t.expectsNotes && len(r.notes) > 0 {
		return true
	}
	return slices.ContainsFunc(t.outcomes, func(e expectedOutcome) bool {
		return e.possible.Len() == 1 && slices.Contains(r.rules, e.rule)
	})
}
