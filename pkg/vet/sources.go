package vet

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// source is what a strategy's diagrams are built from, and what a change
// changes: the conditions by rule set, rule, table condition and note, and the
// rows. A condition that is nil always holds; a rule without fail fails
// whenever it does not pass.
type source struct {
	sets, applies, pass, fail, table, notes []*cond.Condition
	rows                                    []strategy.Row
}

func sourceOf(s *strategy.Strategy) *source {
	o := &source{rows: s.Table.Rows}
	for _, set := range s.Sets {
		o.sets = append(o.sets, set.Applies)
	}
	for _, rule := range s.Rules {
		o.applies, o.pass, o.fail = append(o.applies, rule.Applies), append(o.pass, rule.Pass), append(o.fail, rule.Fail)
	}
	for _, named := range s.Table.Conditions {
		o.table = append(o.table, named.Condition)
	}
	for _, note := range s.Notes {
		o.notes = append(o.notes, note.When)
	}
	return o
}

// lists are all conditions, by what they are of.
func (o *source) lists() []*[]*cond.Condition {
	return []*[]*cond.Condition{&o.sets, &o.applies, &o.pass, &o.fail, &o.table, &o.notes}
}

// conditions calls yield for every condition that is there.
func (o *source) conditions(yield func(*cond.Condition)) {
	for _, list := range o.lists() {
		for _, c := range *list {
			if c != nil {
				yield(c)
			}
		}
	}
}

// change is one small change of what a strategy says: of a condition, or of a
// row of the table.
type change struct {
	kind string
	// number is its place among the changes.
	number int
	// on is the rule, the rule set, the condition, the row or the note.
	on       string
	pos      diag.Pos
	from, to string

	// target is the condition that with replaces; nil where a row changes. Where
	// with is nil, the condition is left out.
	target, with *cond.Condition
	// names are those that stand for the target: it changes wherever one of them
	// is used.
	names []string

	// row replaces the row at place.
	place int
	row   *strategy.Row
}

// of is the source with the change. What does not change is shared.
func (ch *change) of(o *source) *source {
	changed := *o
	if ch.row != nil {
		changed.rows = slices.Clone(o.rows)
		changed.rows[ch.place] = *ch.row
		return &changed
	}
	for _, list := range changed.lists() {
		*list = ch.each(*list)
	}
	return &changed
}

func (ch *change) each(list []*cond.Condition) []*cond.Condition {
	var changed []*cond.Condition
	for i, c := range list {
		if other := ch.in(c); other != c {
			if changed == nil {
				changed = slices.Clone(list)
			}
			changed[i] = other
		}
	}
	if changed == nil {
		return list
	}
	return changed
}

// in is the condition with the change; the same where it has no part in it.
func (ch *change) in(c *cond.Condition) *cond.Condition {
	if c == nil {
		return nil
	}
	if c == ch.target || slices.Contains(ch.names, c.Name) && sameContent(c, ch.target) {
		return ch.with
	}
	parts := ch.each(c.Parts)
	if len(parts) == 0 || &parts[0] == &c.Parts[0] {
		return c
	}
	other := *c
	other.Parts = parts
	return &other
}

// sameContent reports whether both are uses of one definition: reading copies
// the condition that a name stands for, and shares what it holds.
func sameContent(a, b *cond.Condition) bool {
	if a.Kind != b.Kind || a.Comparison != b.Comparison || len(a.Parts) != len(b.Parts) {
		return false
	}
	return len(a.Parts) == 0 || &a.Parts[0] == &b.Parts[0]
}
