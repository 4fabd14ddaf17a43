package strategy

import (
	"errors"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// prove checks what only the diagrams can tell. Each fault names a case that
// shows it.
func (l *loading) prove(b *building) {
	l.proveRules(b)
	l.proveTable(b)
}

func (l *loading) proveRules(b *building) {
	s := b.model.Store
	for _, r := range b.Rules {
		if r.Fail == nil || r.Pass == nil {
			continue
		}
		if cells, ok := b.example(s.And(b.condition(r.Pass), b.condition(r.Fail))); ok {
			l.fault(r.Fail.Pos, i18n.M("strategy.overlap", r.ID, b.words(cells)), i18n.M("strategy.overlap_hint"))
		}
	}
}

func (l *loading) proveTable(b *building) {
	s := b.model.Store
	covered := diagram.False
	rows := b.model.Rows
	for i, row := range b.Table.Rows {
		if rows[i] == diagram.False {
			l.fault(row.Pos, i18n.M("strategy.row_never", i+1), i18n.M("strategy.row_never_hint"))
		}
		if s.And(covered, rows[i]) != diagram.False {
			for j, earlier := range rows[:i] {
				if cells, ok := b.example(s.And(earlier, rows[i])); ok {
					l.fault(row.Pos, i18n.M("strategy.rows_overlap", j+1, i+1, b.words(cells)), i18n.M("strategy.rows_overlap_hint"))
				}
			}
		}
		covered = s.Or(covered, rows[i])
	}
	if cells, ok := b.example(s.Not(covered)); ok {
		l.fault(l.tablePos, i18n.M("strategy.rows_gap", b.words(cells)), i18n.M("strategy.rows_gap_hint"))
	}
}

// example is a case in which the condition holds, without judgements where
// there is one.
func (b *building) example(condition diagram.Ref) (cells []int, ok bool) {
	s := b.model.Store
	plain := condition
	for _, v := range b.model.Judgement {
		plain = s.And(plain, s.Test(v, func(cell int) bool { return cell == ByFacts }))
	}
	if plain != diagram.False {
		condition = plain
	}
	return s.Case(condition)
}

// words tells a case: only what matters to it.
func (b *building) words(cells []int) i18n.Series {
	space := b.model.Store.Space()
	box := space.Full()
	for v, cell := range cells {
		if cell >= 0 {
			space.Only(box, v, cell)
		}
	}
	return b.describe(box)
}

// describe tells which cases a box holds: only what it leaves out.
func (b *building) describe(box diagram.Box) i18n.Series {
	space := b.model.Store.Space()
	var parts i18n.Series
	for v, variable := range b.model.Variables {
		if space.Allowed(box, v) == space.Cells(v) {
			continue
		}
		var cells []int
		for cell := range space.Cells(v) {
			if space.Allows(box, v, cell) {
				cells = append(cells, cell)
			}
		}
		switch variable.Kind {
		case FactVariable:
			d := b.Facts[variable.Index]
			values := b.model.Partitions[variable.Index].Values(space.Mask(box, v))
			parts = append(parts, i18n.M("strategy.case_fact", d.Path, d.Describe(values)))
		case JudgementVariable:
			if said := judged(b.Rules[variable.Index].ID, cells); !said.IsZero() {
				parts = append(parts, said)
			}
		case BorderlineVariable:
			parts = append(parts, i18n.M("strategy.case_borderline", b.Rules[variable.Index].ID, OutcomeWord(cells[0])))
		case ChoiceVariable:
			numbers := make(i18n.Alternatives, len(cells))
			for i, cell := range cells {
				numbers[i] = b.Choice.From + cell
			}
			parts = append(parts, i18n.M("strategy.case_fact", b.Choice.Name, numbers))
		}
	}
	if len(parts) == 0 {
		return i18n.Series{i18n.M("strategy.case_any")}
	}
	return parts
}

// judged says how a rule is judged; nothing where it is not.
func judged(rule string, cells []int) i18n.Message {
	switch {
	case len(cells) == 1 && cells[0] == ByFacts:
		return i18n.Message{}
	case cells[0] == ByFacts: // and one of the two others
		return i18n.M("check.case_not_judged", rule, OutcomeWord(JudgedFail-cells[1]))
	}
	outcomes := make(i18n.Alternatives, len(cells))
	for i, cell := range cells {
		outcomes[i] = OutcomeWord(cell - JudgedPass)
	}
	return i18n.M("strategy.case_judgement", rule, outcomes)
}

// OutcomeWord is the word for the outcome of a rule.
func OutcomeWord(outcome int) i18n.Message {
	return i18n.M([]string{"outcome.pass", "outcome.fail", "outcome.not_applicable"}[outcome])
}

// tooLarge words why a strategy could not be built.
func (l *loading) tooLarge(err error) {
	var about *factError
	switch {
	case errors.As(err, &about):
		l.fault(about.definition.Pos, i18n.M("strategy.fact_too_fine", about.definition.Path, fact.MaxOptions), i18n.M("strategy.fact_too_fine_hint"))
	default:
		l.fault(diag.Pos{File: l.pos("strategy.yaml").File, Line: 1, Column: 1}, i18n.M("strategy.too_large", MaxNodes), i18n.M("strategy.too_large_hint"))
	}
}
