package strategy

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// readStrategy reads strategy.yaml and, in between, facts.yaml and the rule
// sets, since each speaks of what stands before it.
func (l *loading) readStrategy() {
	l.open("strategy.yaml", func(r *yamldoc.Reader, root *yamldoc.Node) {
		fields := r.Fields(root, "ksdev", "id", "version", "in_force", "source", "rule_sets", "conditions",
			"thresholds", "open_choice", "compare", "not_rules", "acknowledged")
		r.Require(root, fields, "ksdev", "id", "version", "in_force", "source", "rule_sets")
		r.Whole(fields["ksdev"], 1, 1)
		s := l.strategy
		s.ID, s.Version = r.Text(fields["id"]), r.Text(fields["version"])
		if s.ID != "" && !known(s.ID) {
			r.Error(fields["id"], i18n.M("strategy.bad_id", diag.Clean(s.ID)), i18n.Message{})
		}
		l.readPeriod(r, fields["in_force"])
		l.readSource(r, fields["source"])
		if !l.readFacts() {
			return
		}
		l.readThresholds(r, fields["thresholds"])
		l.readChoice(r, fields["open_choice"])
		l.applySettings()
		l.readConditions(r, fields["conditions"])
		for _, item := range r.Items(fields["rule_sets"]) {
			l.readSet(r, item)
		}
		l.readCompare(r, fields["compare"])
		for _, item := range r.Items(fields["not_rules"]) {
			id, place := l.readPlaced(r, item)
			s.NotRules = append(s.NotRules, NotRule{id, place})
		}
		for _, item := range r.Items(fields["acknowledged"]) {
			l.readAcknowledgement(r, item)
		}
	})
}

func (l *loading) at(r *yamldoc.Reader, n *yamldoc.Node) diag.Pos {
	return diag.Pos{File: r.File.Name, Line: n.Line, Column: n.Column}
}

func (l *loading) readPeriod(r *yamldoc.Reader, n *yamldoc.Node) {
	fields := r.Fields(n, "from", "to")
	r.Require(n, fields, "from", "to")
	day := dateDefinition()
	l.strategy.From, _ = l.constant(r, fields["from"], day)
	l.strategy.To, _ = l.constant(r, fields["to"], day)
	if l.strategy.From > l.strategy.To {
		r.Error(n, i18n.M("strategy.period"), i18n.Message{})
	}
}

// constant reads one value of an ordered kind.
func (l *loading) constant(r *yamldoc.Reader, n *yamldoc.Node, d *fact.Definition) (int64, bool) {
	if n == nil || n.Null {
		return 0, false
	}
	value, fault := d.ParseConstant(r.Text(n))
	if fault != nil {
		r.Error(n, fault.Message, fault.Hint)
	}
	return value, fault == nil
}

func (l *loading) readSource(r *yamldoc.Reader, n *yamldoc.Node) {
	fields := r.Fields(n, "publisher", "published", "pages")
	r.Require(n, fields, "publisher", "published", "pages")
	l.strategy.Source = Document{r.Text(fields["publisher"]), r.Text(fields["published"]), r.Whole(fields["pages"], 1, 10_000)}
}

func (l *loading) readThresholds(r *yamldoc.Reader, n *yamldoc.Node) {
	l.scope.Constants = map[string]cond.Constant{}
	for _, pair := range r.Pairs(n) {
		fields := r.Fields(pair.Value, "kind", "value", "unit", "whole", "min", "max")
		r.Require(pair.Value, fields, "kind", "value")
		d := l.readOrdered(r, fields, &fact.Definition{Path: pair.Key.Value, Pos: l.at(r, pair.Key)})
		if d == nil {
			continue
		}
		value, ok := l.constant(r, fields["value"], d)
		if !ok { // which is noted; what compares with it is not to seem wrong too
			value = d.Min
		}
		l.strategy.Thresholds = append(l.strategy.Thresholds, &Threshold{Name: pair.Key.Value, Definition: d, Value: value, Pos: d.Pos})
	}
}

func (l *loading) readChoice(r *yamldoc.Reader, n *yamldoc.Node) {
	if n == nil {
		return
	}
	fields := r.Fields(n, "id", "from", "to")
	r.Require(n, fields, "id", "from", "to")
	c := &Choice{Name: r.Text(fields["id"]), From: r.Whole(fields["from"], 1, diagram.MaxResult), To: r.Whole(fields["to"], 1, diagram.MaxResult), Pos: l.at(r, n)}
	if c.From >= c.To {
		r.Error(n, i18n.M("strategy.choice_range", c.From, c.To), i18n.Message{})
		return
	}
	l.strategy.Choice = c
	l.scope.Choice = c.Name
}

func (l *loading) readConditions(r *yamldoc.Reader, n *yamldoc.Node) {
	l.scope.Facts = l.strategy.Facts
	l.strategy.Conditions = l.readNamed(r, n)
}

// readNamed reads named conditions, each of which may use those before it.
func (l *loading) readNamed(r *yamldoc.Reader, n *yamldoc.Node) []Named {
	if l.scope.Named == nil {
		l.scope.Named = map[string]*cond.Condition{}
	}
	var all []Named
	for _, pair := range r.Pairs(n) {
		c := l.scope.Parse(r, pair.Value)
		l.scope.Named[pair.Key.Value] = c
		all = append(all, Named{pair.Key.Value, c, l.at(r, pair.Key)})
	}
	return all
}

func (l *loading) readPlace(r *yamldoc.Reader, n *yamldoc.Node) Place {
	fields := r.Fields(n, "section", "page")
	r.Require(n, fields, "section", "page")
	return Place{r.Text(fields["section"]), r.Whole(fields["page"], 1, max(1, l.strategy.Source.Pages))}
}

// readPlaced reads an id with a place in the source.
func (l *loading) readPlaced(r *yamldoc.Reader, n *yamldoc.Node) (string, Place) {
	fields := r.Fields(n, "id", "source")
	r.Require(n, fields, "id", "source")
	return r.Text(fields["id"]), l.readPlace(r, fields["source"])
}

func (l *loading) readSet(r *yamldoc.Reader, item *yamldoc.Node) {
	id := r.Text(item)
	if !known(id) {
		r.Error(item, i18n.M("strategy.bad_id", diag.Clean(id)), i18n.Message{})
		return
	}
	set := &RuleSet{ID: id, Pos: l.at(r, item)}
	place := len(l.strategy.Sets)
	l.strategy.Sets = append(l.strategy.Sets, set)
	l.open(id+".yaml", func(r *yamldoc.Reader, root *yamldoc.Node) {
		fields := r.Fields(root, "role", "applies_when", "rules")
		r.Require(root, fields, "role", "rules")
		set.Role = Role(r.OneOf(fields["role"], roleNames()) + 1)
		set.Applies = l.scope.Parse(r, fields["applies_when"])
		items := r.Items(fields["rules"])
		if len(items) > diagram.MaxResult {
			r.Error(fields["rules"], i18n.M("strategy.too_many_rules", diagram.MaxResult), i18n.Message{})
			return
		}
		for _, item := range items {
			l.readRule(r, item, place)
		}
	})
}

func (l *loading) readRule(r *yamldoc.Reader, n *yamldoc.Node, set int) {
	fields := r.Fields(n, "id", "source", "strength", "ours", "applies_when", "pass_when", "fail_when")
	r.Require(n, fields, "id", "source", "strength", "pass_when")
	rule := &Rule{
		ID: r.Text(fields["id"]), Set: set, Source: l.readPlace(r, fields["source"]), Ours: r.Flag(fields["ours"]),
		Applies: l.scope.Parse(r, fields["applies_when"]), Pass: l.scope.Parse(r, fields["pass_when"]),
		Fail: l.scope.Parse(r, fields["fail_when"]), Pos: l.at(r, n),
	}
	if i := r.OneOf(fields["strength"], Strengths()); i >= 0 {
		rule.Strength = Strengths()[i]
	}
	if first := l.strategy.Rule(rule.ID); first >= 0 && rule.ID != "" {
		r.Error(fields["id"], i18n.M("strategy.rule_twice", diag.Clean(rule.ID), l.strategy.Rules[first].Pos.String()), i18n.Message{})
		return
	}
	l.strategy.Sets[set].Rules = append(l.strategy.Sets[set].Rules, len(l.strategy.Rules))
	l.strategy.Rules = append(l.strategy.Rules, rule)
}

func (l *loading) setIDs() []string {
	ids := make([]string, len(l.strategy.Sets))
	for i, set := range l.strategy.Sets {
		ids[i] = set.ID
	}
	return ids
}

func (l *loading) readCompare(r *yamldoc.Reader, n *yamldoc.Node) {
	l.strategy.Compare.Count = -1
	fields := r.Fields(n, "count", "group_by", "capacities")
	if n != nil {
		r.Require(n, fields, "count")
	}
	sets, facts := l.setIDs(), l.strategy.FactPaths()
	l.strategy.Compare.Count = r.OneOf(fields["count"], sets)
	for _, item := range r.Items(fields["group_by"]) {
		i := r.OneOf(item, slices.Concat(sets, facts)) - len(sets)
		if i >= 0 && l.strategy.Facts[i].Kind.Ordered() {
			r.Error(item, i18n.M("strategy.group_kind", l.strategy.Facts[i].Path), i18n.Message{})
		}
		if i >= -len(sets) {
			l.strategy.Compare.GroupBy = append(l.strategy.Compare.GroupBy, r.Text(item))
		}
	}
	for _, pair := range r.Pairs(fields["capacities"]) {
		i := r.OneOf(pair.Value, facts)
		if i >= 0 && !l.strategy.Facts[i].Kind.Ordered() {
			r.Error(pair.Value, i18n.M("strategy.capacity_kind", l.strategy.Facts[i].Path), i18n.Message{})
		}
		l.strategy.Compare.Capacities = append(l.strategy.Compare.Capacities, Capacity{pair.Key.Value, i})
	}
}
