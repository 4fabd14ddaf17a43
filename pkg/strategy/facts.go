package strategy

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// readFacts reads facts.yaml. It reports whether it could read all facts: where
// it could not, whatever speaks of the others would seem to be wrong too.
func (l *loading) readFacts() (complete bool) {
	l.open("facts.yaml", func(r *yamldoc.Reader, root *yamldoc.Node) {
		fields := r.Fields(root, "facts")
		r.Require(root, fields, "facts")
		pairs := r.Pairs(fields["facts"])
		for _, pair := range pairs {
			if d := l.readFact(r, pair); d != nil {
				l.strategy.places[d.Path] = len(l.strategy.Facts)
				l.strategy.Facts = append(l.strategy.Facts, d)
			}
		}
		complete = len(pairs) > 0 && len(l.strategy.Facts) == len(pairs)
	})
	return complete
}

func (l *loading) readFact(r *yamldoc.Reader, pair yamldoc.Pair) *fact.Definition {
	fields := r.Fields(pair.Value, "kind", "options", "unit", "whole", "min", "max", "grounds", "changeable", "effort")
	r.Require(pair.Value, fields, "kind", "grounds", "changeable", "effort")
	d := &fact.Definition{Path: pair.Key.Value, Pos: l.at(r, pair.Key)}
	if !isPath(d.Path) {
		r.Error(pair.Key, i18n.M("strategy.bad_path", diag.Clean(d.Path)), i18n.Message{})
		return nil
	}
	d.Grounds = r.OneOf(fields["grounds"], []string{"optional", "required"}) == 1
	d.Changeable = r.Flag(fields["changeable"])
	d.Effort = fact.Level(r.OneOf(fields["effort"], []string{"low", "medium", "high"}) + 1)
	if r.OneOf(fields["kind"], fact.Kinds()) < 0 {
		return nil
	}
	d.Kind, _ = fact.ParseKind(r.Text(fields["kind"]))
	if d.Kind.Ordered() {
		l.readOrdered(r, fields, d)
	} else {
		for _, key := range []string{"unit", "whole", "min", "max"} {
			if fields[key] != nil {
				r.Error(fields[key], i18n.M("fields.unknown_key", key), i18n.Message{})
			}
		}
	}
	l.readOptions(r, pair.Value, fields["options"], d)
	return d
}

// isPath reports whether a fact's path is a group and a name, in small letters.
func isPath(path string) bool {
	group, name, ok := strings.Cut(path, ".")
	return ok && isName(group) && isName(name)
}

func isName(name string) bool {
	return name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

func (l *loading) readOptions(r *yamldoc.Reader, n, options *yamldoc.Node, d *fact.Definition) {
	wanted := d.Kind == fact.Choice || d.Kind == fact.Choices
	if wanted != (options != nil) {
		r.Error(n, i18n.M("strategy.options", d.Path, d.Kind.String()), i18n.Message{})
		return
	}
	for _, pair := range r.Pairs(options) {
		d.Options = append(d.Options, fact.Option{ID: pair.Key.Value, Labels: l.readLabels(r, pair.Value)})
		if !isName(pair.Key.Value) {
			r.Error(pair.Key, i18n.M("strategy.bad_id", diag.Clean(pair.Key.Value)), i18n.Message{})
		}
	}
	if wanted && (len(d.Options) == 0 || len(d.Options) > fact.MaxOptions) {
		r.Error(options, i18n.M("strategy.option_count", fact.MaxOptions), i18n.Message{})
	}
}

func (l *loading) readLabels(r *yamldoc.Reader, n *yamldoc.Node) fact.Labels {
	labels := fact.Labels{}
	names := make([]string, 0, 3)
	for _, language := range i18n.Languages() {
		names = append(names, string(language))
	}
	fields := r.Fields(n, names...)
	r.Require(n, fields, names...)
	for _, language := range i18n.Languages() {
		labels[language] = r.Text(fields[string(language)])
	}
	return labels
}

// Bounds of ordered facts that give none of their own.
const (
	mostNumber = 1_000_000 * fact.One
	mostMoney  = 5_000_000_000_000 * fact.One
	mostEffort = 100_000 * fact.One
	firstDay   = -25567 // 1 January 1900
	lastDay    = 84005  // 31 December 2199
)

func dateDefinition() *fact.Definition {
	return &fact.Definition{Kind: fact.Date, Min: firstDay, Max: lastDay, Step: 1}
}

// readOrdered completes the definition of a fact or threshold of an ordered
// kind.
func (l *loading) readOrdered(r *yamldoc.Reader, fields map[string]*yamldoc.Node, d *fact.Definition) *fact.Definition {
	kind, ok := fact.ParseKind(r.Text(fields["kind"]))
	if !ok || !kind.Ordered() {
		r.OneOf(fields["kind"], []string{fact.Number.String(), fact.Money.String(), fact.Effort.String(), fact.Date.String()})
		return nil
	}
	d.Kind, d.Step = kind, 1
	switch kind {
	case fact.Date:
		d.Min, d.Max = firstDay, lastDay
	case fact.Money:
		d.Max, d.Step = mostMoney, fact.One/100
	case fact.Effort:
		d.Max = mostEffort
	case fact.Number:
		d.Max = mostNumber
		if r.Flag(fields["whole"]) {
			d.Step = fact.One
		}
	}
	if (kind == fact.Number) != (fields["unit"] != nil) || (kind != fact.Number && fields["whole"] != nil) {
		r.Error(fields["kind"], i18n.M("strategy.unit", d.Path, kind.String()), i18n.Message{})
	}
	if fields["unit"] != nil {
		d.Unit = l.readUnit(r, fields["unit"])
	}
	least, hasLeast := l.constant(r, fields["min"], d)
	most, hasMost := l.constant(r, fields["max"], d)
	if hasLeast {
		d.Min = least
	}
	if hasMost {
		d.Max = most
	}
	if d.Min >= d.Max {
		r.Error(fields["kind"], i18n.M("strategy.bounds", d.Path), i18n.Message{})
	}
	return d
}

// readUnit reads labels of the form "one|several".
func (l *loading) readUnit(r *yamldoc.Reader, n *yamldoc.Node) *fact.Unit {
	unit := &fact.Unit{One: fact.Labels{}, Other: fact.Labels{}}
	for language, label := range l.readLabels(r, n) {
		one, other, ok := strings.Cut(label, "|")
		if !ok {
			other = one
		}
		unit.One[language], unit.Other[language] = one, other
	}
	return unit
}

// applySettings puts the values given for this run in place of the strategy's,
// and makes the thresholds known to conditions.
func (l *loading) applySettings() {
	s := l.strategy
	var names []string
	for _, t := range s.Thresholds {
		names = append(names, t.Name)
		if text, given := l.options.Settings[t.Name]; given {
			value, fault := t.Definition.ParseConstant(text)
			if fault != nil {
				l.settingFault(t.Name, fault.Message, fault.Hint)
			}
			t.Value, t.Given = value, true
		}
		l.scope.Constants[t.Name] = cond.Constant{Kind: t.Definition.Kind, Value: t.Value}
	}
	if s.Choice != nil {
		names = append(names, s.Choice.Name)
		if text, given := l.options.Settings[s.Choice.Name]; given {
			l.chooseSetting(text)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.options.Settings)) {
		if !slices.Contains(names, name) {
			l.settingFault(diag.Clean(name), i18n.M("strategy.unknown_setting"), yamldoc.NearestHint(name, names))
		}
	}
}

func (l *loading) chooseSetting(text string) {
	c := l.strategy.Choice
	for n := c.From; n <= c.To; n++ {
		if text == strconv.Itoa(n) {
			c.Value = n
			return
		}
	}
	l.settingFault(c.Name, i18n.M("fields.not_whole", diag.Clean(text), c.From, c.To), i18n.Message{})
}

// settingFault notes what is wrong with a value that was set for this run.
func (l *loading) settingFault(name string, message, hint i18n.Message) {
	l.found = append(l.found, diag.Diagnostic{Severity: diag.Error, Message: i18n.M("strategy.setting", name, message), Hint: hint})
}

// Day reads a day as initiatives and flags write it.
func Day(text string) (int64, *fact.Fault) { return dateDefinition().ParseConstant(text) }
