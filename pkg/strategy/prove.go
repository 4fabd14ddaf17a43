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

// tooLarge words why a strategy could not be built.
func (l *loading) tooLarge(err error) {
	var about *factError
	switch {
	case errors.As(err, &about):
		l.fault(about.definition.Pos, i18n.M("strategy.fact_too_fine", about.definition.Path, fact.MaxOptions), i18n.M("strategy.fact_too_fine_hint"))
	default:
		l.fault(l.start(), i18n.M("strategy.too_large", MaxNodes), i18n.M("strategy.too_large_hint"))
	}
}

func (l *loading) start() diag.Pos {
	return diag.Pos{File: l.pos("strategy.yaml").File, Line: 1, Column: 1}
}
