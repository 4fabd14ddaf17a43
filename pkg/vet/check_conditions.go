package vet

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// checkConditions looks for conditions, and parts of them, that change nothing.
func (c *checking) checkConditions() {
	for i, set := range c.strategy.Sets {
		c.checkApplies(set.ID, set.Applies, diagram.True)
		for _, place := range set.Rules {
			r := c.ruled(place)
			c.checkApplies(r.ID, r.Applies, c.model.SetApplies[i])
			if r.passes != diagram.False && r.passes != r.applies {
				c.checkParts(r.ID, "pass_when", r.Pass, r.applies)
			}
			switch {
			case r.Fail == nil || r.fails == diagram.False || r.fails == r.applies:
			case r.fails == c.store.And(r.applies, c.store.Not(r.passes)):
				c.warn(i18n.M("check.fail_when_unneeded", r.ID), r.Fail.Pos, r.ID)
			default:
				c.checkParts(r.ID, "fail_when", r.Fail, r.applies)
			}
		}
	}
	for _, named := range slices.Concat(c.strategy.Conditions, c.strategy.Table.Conditions) {
		c.checkAlone(named.Name, "conditions", named.Condition, named.Pos)
	}
	for _, note := range c.strategy.Notes {
		c.checkAlone(note.ID, "when", note.When, note.Pos)
	}
}

// checkApplies looks at when a rule or a set applies, within the cases in which
// it is asked.
func (c *checking) checkApplies(id string, applies *cond.Condition, context diagram.Ref) {
	if applies == nil {
		return
	}
	switch c.store.And(context, c.Condition(applies)) {
	case diagram.False: // which is said of what never applies
	case context:
		c.warn(i18n.M("check.always_applies", id), applies.Pos, id)
	default:
		c.checkParts(id, "applies_when", applies, context)
	}
}

// checkAlone looks at a condition that stands for itself.
func (c *checking) checkAlone(id, key string, condition *cond.Condition, pos diag.Pos) {
	switch c.Condition(condition) {
	case diagram.False:
		c.warn(i18n.M("check.never_holds", id), pos, id)
	case diagram.True:
		c.warn(i18n.M("check.always_holds", id), pos, id)
	default:
		c.checkParts(id, key, condition, diagram.True)
	}
}

// checkParts looks for parts of a condition without which it is the same, in
// the cases in which it is asked. All parts that are found can be left out
// together; of two that say the same it is the later one.
func (c *checking) checkParts(id, key string, condition *cond.Condition, context diagram.Ref) {
	if condition.Name != "" { // looked at where it is named
		return
	}
	root := copied(condition)
	means := func() diagram.Ref { return c.store.And(context, c.Condition(root)) }
	whole := means()
	var reduce func(in *cond.Condition)
	reduce = func(in *cond.Condition) {
		for i := len(in.Parts) - 1; i >= 0 && len(in.Parts) > 1; i-- {
			part, parts := in.Parts[i], in.Parts
			in.Parts = slices.Delete(slices.Clone(parts), i, i+1)
			if means() == whole {
				c.warn(i18n.M("check.redundant", id, key, c.partName(part)), part.Pos, id)
			} else {
				in.Parts = parts
			}
		}
		for _, part := range in.Parts {
			if composed(part) {
				reduce(part)
			}
		}
	}
	reduce(root)
}

// composed reports whether a part of a condition has parts of its own that are
// written here. A named one is a part like a comparison.
func composed(part *cond.Condition) bool { return part.Name == "" && part.Comparison == nil }

// copied is a condition whose parts can be left out.
func copied(condition *cond.Condition) *cond.Condition {
	copy := *condition
	copy.Parts = make([]*cond.Condition, len(condition.Parts))
	for i, part := range condition.Parts {
		copy.Parts[i] = part
		if composed(part) {
			copy.Parts[i] = copied(part)
		}
	}
	return &copy
}

// partName is a part of a condition in short, as its file has it.
func (c *checking) partName(part *cond.Condition) string {
	if part.Name != "" {
		return diag.Clean(part.Name)
	}
	x := part.Comparison
	if x == nil {
		return []string{"all", "any", "none", "at_least"}[part.Kind-cond.All] + ": …"
	}
	subject := ""
	switch x.Kind {
	case cond.OfFact:
		subject = x.Definition.Path
		if x.Definition.Kind == fact.Choices && x.Test.Includes == 0 {
			subject += " count"
		}
	case cond.OfOutcome:
		subject = c.strategy.Rules[x.Rule].ID
	default:
		subject = c.strategy.Sets[x.Set].ID + "." + cond.TallyNames()[x.Tally]
	}
	return diag.Clean(strings.Join([]string{subject, x.String()}, " "))
}
