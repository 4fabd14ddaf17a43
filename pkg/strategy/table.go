package strategy

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// readTable reads recommendation.yaml. From here on conditions may speak of
// rules and counts.
func (l *loading) readTable() {
	l.scope.Rules, l.scope.Sets = l.strategy.RuleIDs(), l.setIDs()
	l.open("recommendation.yaml", func(r *yamldoc.Reader, root *yamldoc.Node) {
		l.tablePos = l.at(r, root)
		fields := r.Fields(root, "order", "candidate_of", "conditions", "rows")
		r.Require(root, fields, "order", "rows")
		l.readOrder(r, fields["order"])
		l.readDivided(r, root, fields["candidate_of"])
		l.strategy.Table.Conditions = l.readNamed(r, fields["conditions"])
		for _, item := range r.Items(fields["rows"]) {
			l.readRow(r, item)
		}
	})
}

func (l *loading) readOrder(r *yamldoc.Reader, n *yamldoc.Node) {
	for _, item := range r.Items(n) {
		name := r.Text(item)
		if slices.Contains(l.strategy.Order, name) {
			r.Error(item, i18n.M("strategy.recommendation_twice", diag.Clean(name)), i18n.Message{})
			continue
		}
		l.strategy.Order = append(l.strategy.Order, name)
		if name != Candidate && name != Clarify {
			l.strategy.Recommendations = append(l.strategy.Recommendations, name)
		}
	}
	if len(l.strategy.Recommendations) > diagram.MaxResult {
		r.Error(n, i18n.M("strategy.too_many_rules", diagram.MaxResult), i18n.Message{})
	}
	if n != nil && !slices.Contains(l.strategy.Order, Clarify) {
		r.Error(n, i18n.M("fields.missing_key", Clarify), i18n.M("strategy.order_hint", Clarify))
	}
}

// readDivided reads which two recommendations the open choice divides.
func (l *loading) readDivided(r *yamldoc.Reader, root, n *yamldoc.Node) {
	if (n != nil) != (l.strategy.Choice != nil) {
		r.Error(root, i18n.M("strategy.divided"), i18n.Message{})
		return
	}
	if n == nil {
		return
	}
	for _, item := range r.Items(n) {
		if i := r.OneOf(item, l.strategy.Recommendations); i >= 0 {
			l.strategy.Table.Divided = append(l.strategy.Table.Divided, i)
		}
	}
	divided := l.strategy.Table.Divided
	if len(divided) != 2 || divided[0] == divided[1] || !slices.Contains(l.strategy.Order, Candidate) {
		r.Error(n, i18n.M("strategy.divided"), i18n.Message{})
	}
}

func (l *loading) readRow(r *yamldoc.Reader, n *yamldoc.Node) {
	fields := r.Fields(n, "id", "recommend", "source", "ours", "when")
	r.Require(n, fields, "id", "recommend", "when")
	row := Row{ID: r.Text(fields["id"]), Recommendation: r.OneOf(fields["recommend"], l.strategy.Recommendations), Ours: r.Flag(fields["ours"]), Pos: l.at(r, n)}
	if fields["source"] != nil {
		row.Source = l.readPlace(r, fields["source"])
	} else if !row.Ours {
		r.Error(n, i18n.M("strategy.row_source"), i18n.M("strategy.row_source_hint"))
	}
	var names []string
	for _, named := range l.strategy.Table.Conditions {
		names = append(names, named.Name)
		row.Cells = append(row.Cells, -1)
	}
	for _, pair := range r.Pairs(fields["when"]) {
		if i := r.OneOf(pair.Key, names); i >= 0 {
			row.Cells[i] = r.OneOf(pair.Value, []string{"no", "yes"})
		}
	}
	l.strategy.Table.Rows = append(l.strategy.Table.Rows, row)
}

func (l *loading) readNotes() {
	l.open("notes.yaml", func(r *yamldoc.Reader, root *yamldoc.Node) {
		fields := r.Fields(root, "notes")
		for _, n := range r.Items(fields["notes"]) {
			fields := r.Fields(n, "id", "source", "when", "perhaps")
			r.Require(n, fields, "id", "source", "when")
			note := Note{ID: r.Text(fields["id"]), Source: l.readPlace(r, fields["source"]), When: l.scope.Parse(r, fields["when"]),
				Certain: r.OneOf(fields["perhaps"], []string{"yes", "no"}) == 1, Pos: l.at(r, n)}
			l.strategy.Notes = append(l.strategy.Notes, note)
		}
	})
}
