package vet

import (
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// settings says what differs of all that is neither fact, rule nor note.
func (d *differing) settings() (all []i18n.Message) {
	before, after := d.sides[0], d.sides[1]
	if before.From != after.From || before.To != after.To {
		all = append(all, i18n.M("versions.period", i18n.Date(before.From), i18n.Date(before.To), i18n.Date(after.From), i18n.Date(after.To)))
	}
	all = append(all, thresholds(before, after)...)
	all = append(all, choice(before.Choice, after.Choice)...)
	for _, pair := range sides(before.Order, after.Order) {
		switch c, alone := oneSided(pair, before.Order, after.Order); {
		case alone && c.Status == result.Added:
			all = append(all, i18n.M("versions.recommendation_new", diag.Clean(c.Name)))
		case alone:
			all = append(all, i18n.M("versions.recommendation_gone", diag.Clean(c.Name)))
		}
	}
	return all
}

func thresholds(before, after *strategy.Strategy) (all []i18n.Message) {
	named := func(s *strategy.Strategy) (names []string) {
		for _, t := range s.Thresholds {
			names = append(names, t.Name)
		}
		return names
	}
	value := func(t *strategy.Threshold) i18n.Localizer { return exactly(t.Definition, t.Value) }
	old, now := named(before), named(after)
	for _, pair := range sides(old, now) {
		switch c, alone := oneSided(pair, old, now); {
		case alone && c.Status == result.Added:
			all = append(all, i18n.M("versions.threshold_new", diag.Clean(c.Name), value(after.Thresholds[pair[1]])))
		case alone:
			all = append(all, i18n.M("versions.threshold_gone", diag.Clean(c.Name)))
		default:
			a, b := before.Thresholds[pair[0]], after.Thresholds[pair[1]]
			if a.Definition.Kind != b.Definition.Kind || a.Value != b.Value {
				all = append(all, i18n.M("versions.threshold", diag.Clean(c.Name), value(a), value(b)))
			}
		}
	}
	return all
}

// exactly words one value of an ordered kind.
func exactly(d *fact.Definition, value int64) i18n.Localizer {
	return d.Describe(fact.Values{Intervals: []fact.Interval{{Lo: value, Hi: value}}})
}

func choice(before, after *strategy.Choice) []i18n.Message {
	switch {
	case before == nil && after == nil:
		return nil
	case before == nil:
		return []i18n.Message{i18n.M("versions.choice_new", diag.Clean(after.Name), after.From, after.To)}
	case after == nil:
		return []i18n.Message{i18n.M("versions.choice_gone", diag.Clean(before.Name))}
	case before.Name != after.Name || before.From != after.From || before.To != after.To:
		return []i18n.Message{i18n.M("versions.choice", diag.Clean(before.Name), before.From, before.To, diag.Clean(after.Name), after.From, after.To)}
	}
	return nil
}

// facts are those that are defined otherwise. What they are called in texts, and
// how much work it is to find them out, makes no difference.
func (d *differing) facts() (changed []Changed) {
	before, after := d.sides[0].FactPaths(), d.sides[1].FactPaths()
	for _, pair := range sides(before, after) {
		c, alone := oneSided(pair, before, after)
		if !alone {
			c.About = aboutFact(d.sides[0].Facts[pair[0]], d.sides[1].Facts[pair[1]])
		}
		if alone || len(c.About) > 0 {
			changed = append(changed, c)
		}
	}
	return changed
}

func aboutFact(before, after *fact.Definition) (all []i18n.Message) {
	say := func(differs bool, key string, args ...any) {
		if differs {
			all = append(all, i18n.M(key, args...))
		}
	}
	if before.Kind != after.Kind {
		return []i18n.Message{i18n.M("versions.fact_kind", before.Kind.String(), after.Kind.String())}
	}
	for _, pair := range sides(before.OptionIDs(), after.OptionIDs()) {
		say(pair[0] < 0, "versions.option_new", optionOf(after, pair[1]))
		say(pair[1] < 0, "versions.option_gone", optionOf(before, pair[0]))
	}
	if before.Kind.Ordered() {
		say(before.Min != after.Min || before.Max != after.Max, "versions.fact_bounds",
			exactly(before, before.Min), exactly(before, before.Max), exactly(after, after.Min), exactly(after, after.Max))
		say(before.Step > after.Step, "versions.fact_finer")
		say(before.Step < after.Step, "versions.fact_coarser")
	}
	say(!before.Grounds && after.Grounds, "versions.fact_grounds")
	say(before.Grounds && !after.Grounds, "versions.fact_no_grounds")
	say(!before.Changeable && after.Changeable, "versions.fact_changeable")
	say(before.Changeable && !after.Changeable, "versions.fact_not_changeable")
	return all
}

// optionOf is the id of an option, empty for none.
func optionOf(d *fact.Definition, place int) string {
	if place < 0 {
		return ""
	}
	return d.OptionIDs()[place]
}

// aboutRule says what differs of a rule beside its outcomes.
func (d *differing) aboutRule(pair [2]int) (all []i18n.Message) {
	before, after := d.sides[0].Rules[pair[0]], d.sides[1].Rules[pair[1]]
	old, now := d.sides[0].Sets[before.Set], d.sides[1].Sets[after.Set]
	if old.ID != now.ID {
		all = append(all, i18n.M("versions.rule_set", old.ID, now.ID))
	}
	if old.Role != now.Role {
		all = append(all, i18n.M("versions.rule_role", old.Role.String(), now.Role.String()))
	}
	if before.Strength != after.Strength {
		all = append(all, i18n.M("versions.rule_strength", before.Strength, after.Strength))
	}
	if before.Source != after.Source {
		place := func(p strategy.Place) i18n.Message { return i18n.M("versions.place", diag.Clean(p.Section), p.Page) }
		all = append(all, i18n.M("versions.rule_source", place(before.Source), place(after.Source)))
	}
	return all
}
