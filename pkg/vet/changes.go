package vet

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// The kinds of changes.
const (
	// Constant: a value, an option, an outcome or a number that is compared with,
	// or what is counted.
	Constant = "constant"
	// Operator: how a comparison compares.
	Operator = "operator"
	// Connective: how parts go together.
	Connective = "connective"
	// Part: one of several parts is left out.
	Part = "part"
	// Negation: a named condition is turned round where it is used.
	Negation = "negation"
	// LeftOut: applies_when or fail_when is left out.
	LeftOut = "left_out"
	// RowCell: a row of the table asks otherwise for a condition, or not at all.
	RowCell = "row_cell"
	// RowResult: a row of the table leads to another recommendation.
	RowResult = "row_result"
)

// listing is the state of listing a strategy's changes.
type listing struct {
	strategy *strategy.Strategy
	on       string
	changes  []*change
}

// changesOf lists the small changes that are tried, in the order of the
// strategy. A named condition is changed where it is defined, for all its uses,
// and turned round at each of them.
func changesOf(s *strategy.Strategy) []*change {
	l := &listing{strategy: s}
	for _, named := range s.Conditions {
		l.definition(named)
	}
	for _, set := range s.Sets {
		l.on = set.ID
		l.condition(set.Applies)
		l.leaveOut(set.Applies, "applies_when")
		for _, i := range set.Rules {
			l.rule(s.Rules[i])
		}
	}
	for _, named := range s.Table.Conditions {
		l.definition(named)
	}
	for i := range s.Table.Rows {
		l.row(i)
	}
	for _, note := range s.Notes {
		l.on = note.ID
		l.condition(note.When)
	}
	return l.changes
}

func (l *listing) rule(r *strategy.Rule) {
	l.on = r.ID
	l.condition(r.Applies)
	l.leaveOut(r.Applies, "applies_when")
	l.condition(r.Pass)
	l.condition(r.Fail)
	l.leaveOut(r.Fail, "fail_when")
}

func (l *listing) leaveOut(c *cond.Condition, key string) {
	if c != nil {
		l.add(&change{kind: LeftOut, pos: c.Pos, from: key, target: c})
	}
}

func (l *listing) add(ch *change) {
	ch.on, ch.number = l.on, len(l.changes)
	l.changes = append(l.changes, ch)
}

// definition lists the changes of what a name stands for.
func (l *listing) definition(named strategy.Named) {
	first := len(l.changes)
	l.on = named.Name
	l.condition(named.Condition)
	for _, ch := range l.changes[first:] {
		if ch.target == named.Condition {
			ch.names = l.namesFor(named.Name)
		}
	}
}

// namesFor are the name and the names that stand for it and for nothing else.
func (l *listing) namesFor(name string) []string {
	names := []string{name}
	for _, other := range slices.Concat(l.strategy.Conditions, l.strategy.Table.Conditions) {
		if slices.Contains(names, other.Condition.Name) {
			names = append(names, other.Name)
		}
	}
	return names
}

// condition lists the changes of a condition and of its parts.
func (l *listing) condition(c *cond.Condition) {
	switch {
	case c == nil:
	case c.Name != "":
		l.add(&change{kind: Negation, pos: c.Pos, from: c.Name, to: "none: [" + c.Name + "]", target: c,
			with: &cond.Condition{Kind: cond.None, Parts: []*cond.Condition{c}, Pos: c.Pos}})
	case c.Comparison != nil:
		for _, other := range neighbours(l.strategy, c.Comparison) {
			l.add(&change{kind: other.kind, pos: c.Pos, from: written(l.strategy, c.Comparison), to: written(l.strategy, other.Comparison), target: c,
				with: &cond.Condition{Kind: c.Kind, Comparison: other.Comparison, Pos: c.Pos}})
		}
	default:
		l.connectives(c)
		l.parts(c)
		for _, part := range c.Parts {
			l.condition(part)
		}
	}
}

// connectives puts the parts together in other ways.
func (l *listing) connectives(c *cond.Condition) {
	others := []*cond.Condition{{Kind: cond.All}, {Kind: cond.Any}, {Kind: cond.None}}
	if c.Kind == cond.AtLeast {
		others = append(others, &cond.Condition{Kind: cond.AtLeast, Least: c.Least - 1}, &cond.Condition{Kind: cond.AtLeast, Least: c.Least + 1})
	}
	for _, other := range others {
		if other.Kind == c.Kind && other.Kind != cond.AtLeast || other.Kind == cond.AtLeast && (other.Least < 1 || other.Least > len(c.Parts)) {
			continue
		}
		other.Parts, other.Pos = c.Parts, c.Pos
		l.add(&change{kind: Connective, pos: c.Pos, from: connective(c), to: connective(other), target: c, with: other})
	}
}

// parts leaves out one part at a time.
func (l *listing) parts(c *cond.Condition) {
	if len(c.Parts) < 2 {
		return
	}
	for i, part := range c.Parts {
		other := *c
		other.Parts = slices.Delete(slices.Clone(c.Parts), i, i+1)
		other.Least = min(c.Least, len(other.Parts))
		l.add(&change{kind: Part, pos: part.Pos, from: writtenCondition(l.strategy, part), target: c, with: &other})
	}
}

// row lists the changes of a row of the table.
func (l *listing) row(place int) {
	table := &l.strategy.Table
	row := table.Rows[place]
	l.on = row.ID
	for i, named := range table.Conditions {
		for _, cell := range []int{1, 0, -1} {
			if row.Cells[i] < 0 || cell == row.Cells[i] {
				continue
			}
			other := row
			other.Cells = slices.Clone(row.Cells)
			other.Cells[i] = cell
			to := ""
			if cell >= 0 {
				to = named.Name + ": " + cellName(cell)
			}
			l.addRow(RowCell, place, named.Name+": "+cellName(row.Cells[i]), to, &other)
		}
	}
	for _, other := range []int{row.Recommendation - 1, row.Recommendation + 1} {
		if other < 0 || other >= len(l.strategy.Recommendations) {
			continue
		}
		changed := row
		changed.Recommendation = other
		l.addRow(RowResult, place, l.strategy.Recommendations[row.Recommendation], l.strategy.Recommendations[other], &changed)
	}
}

func (l *listing) addRow(kind string, place int, from, to string, row *strategy.Row) {
	l.add(&change{kind: kind, pos: row.Pos, from: from, to: to, place: place, row: row})
}

func cellName(cell int) string { return []string{"no", "yes"}[cell] }
