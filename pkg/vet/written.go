package vet

import (
	"math/bits"
	"strconv"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// written is a comparison as a strategy's file writes it.
func written(s *strategy.Strategy, x *cond.Comparison) string {
	subject := ""
	switch {
	case x.Kind == cond.OfOutcome:
		subject = s.Rules[x.Rule].ID
	case x.Kind == cond.OfCount:
		subject = s.Sets[x.Set].ID + "." + cond.TallyNames()[x.Tally]
	case x.Definition.Kind == fact.Choices && x.Test.Includes == 0:
		subject = x.Definition.Path + " count"
	default:
		subject = x.Definition.Path
	}
	return subject + " " + x.Operator + " " + strings.Join(x.Operands, " | ")
}

// writtenCondition is a condition on one line.
func writtenCondition(s *strategy.Strategy, c *cond.Condition) string {
	if c.Name != "" {
		return c.Name
	}
	if c.Comparison != nil {
		return written(s, c.Comparison)
	}
	parts := make([]string, len(c.Parts))
	for i, part := range c.Parts {
		parts[i] = writtenCondition(s, part)
	}
	return connective(c) + ": [" + strings.Join(parts, ", ") + "]"
}

// connective is how a condition's parts go together, as files write it.
func connective(c *cond.Condition) string {
	switch c.Kind {
	case cond.All:
		return "all"
	case cond.Any:
		return "any"
	case cond.None:
		return "none"
	}
	return "at_least " + strconv.Itoa(c.Least)
}

// writeOptions makes operator and operands of a comparison with options fit its
// test.
func writeOptions(x *cond.Comparison) {
	d, chosen := x.Definition, x.Test.Options|x.Test.Includes
	x.Operands = nil
	for i, id := range d.OptionIDs() {
		if chosen>>i&1 != 0 {
			x.Operands = append(x.Operands, id)
		}
	}
	several := bits.OnesCount64(chosen) > 1
	switch {
	case d.Kind == fact.Choices:
		x.Operator = "includes"
		if several {
			x.Operator = "includes any"
		}
		if several && x.Test.Every {
			x.Operator = "includes all"
		}
	case several:
		x.Operator = "in"
	case d.Kind == fact.Text:
		x.Operator = "is"
	case x.Negated:
		x.Operator = "!="
		return
	default:
		x.Operator = "=="
		return
	}
	if x.Negated {
		x.Operator = "not " + x.Operator
	}
}

// writeOutcomes makes operator and operands of a comparison with outcomes fit
// them.
func writeOutcomes(x *cond.Comparison, outcomes diagram.Set) {
	x.Outcomes, x.Operands, x.Operator = outcomes, nil, "=="
	for _, o := range outcomes.Results() {
		x.Operands = append(x.Operands, cond.OutcomeNames()[o])
	}
	if len(x.Operands) > 1 {
		x.Operator = "in"
	}
}
