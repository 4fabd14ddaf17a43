package cond

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// operatorsOf lists the operators that a kind of fact can be compared with.
func operatorsOf(k fact.Kind) []string {
	switch k {
	case fact.Answer:
		return []string{"==", "!="}
	case fact.Choice:
		return []string{"==", "!=", "in", "not in"}
	case fact.Choices:
		return []string{"includes", "includes any", "includes all", "not includes", "==", "!=", "<", "<=", ">", ">="}
	case fact.Text:
		return []string{"is"}
	}
	return []string{"==", "!=", "<", "<=", ">", ">="}
}

func (c *Comparison) operatorsHint() i18n.Message {
	var names i18n.Alternatives
	for _, operator := range operatorsOf(c.Definition.Kind) {
		counts := c.Definition.Kind == fact.Choices && slices.Contains(operators()[7:], operator)
		names = append(names, countName(operator, counts))
	}
	return i18n.M("fields.use_one_of", names)
}

// resolveFact checks the comparison against the kind of its fact and works out
// the test that it asks.
func (s *Scope) resolveFact(c *Comparison) (message, hint i18n.Message) {
	d := c.Definition
	if !slices.Contains(operatorsOf(d.Kind), c.Operator) {
		return i18n.M("cond.wrong_operator", c.Operator, d.Path, d.Kind.String()), c.operatorsHint()
	}
	several := c.Operator == "in" || c.Operator == "not in" || strings.HasSuffix(c.Operator, " any") || strings.HasSuffix(c.Operator, " all")
	if len(c.Operands) > 1 && !several {
		return i18n.M("cond.one_operand", c.Operator), i18n.M("cond.one_operand_hint")
	}
	c.Negated = c.Operator == "!=" || strings.HasPrefix(c.Operator, "not ")
	switch {
	case d.Kind.Ordered():
		return s.resolveOrdered(c)
	case d.Kind == fact.Choices && slices.Contains(operators()[7:], c.Operator):
		return c.resolveMembers()
	}
	return c.resolveOptions()
}

func (c *Comparison) resolveOptions() (message, hint i18n.Message) {
	names := optionNames(c.Definition)
	var chosen uint64
	for _, name := range c.Operands {
		i := slices.Index(names, name)
		if i < 0 {
			return i18n.M("cond.unknown_option", diag.Clean(name), c.Definition.Path), yamldoc.NearestHint(name, names)
		}
		chosen |= 1 << i
	}
	if c.Definition.Kind == fact.Choices {
		c.Test = fact.Test{Includes: chosen, Every: c.Operator == "includes all"}
	} else {
		c.Test = fact.Test{Options: chosen}
	}
	return message, hint
}

// optionNames are the values of a fact that has no order, by their bits.
func optionNames(d *fact.Definition) []string {
	switch d.Kind {
	case fact.Answer:
		return []string{"yes", "no"}
	case fact.Text:
		return []string{"given", "none"}
	}
	names := make([]string, len(d.Options))
	for i, option := range d.Options {
		names[i] = option.ID
	}
	return names
}

func (c *Comparison) resolveMembers() (message, hint i18n.Message) {
	most := len(c.Definition.Options)
	number, ok := parseWhole(c.Operands[0], most)
	if !ok {
		return i18n.M("fields.not_whole", diag.Clean(c.Operands[0]), 0, most), hint
	}
	lo, hi, negated := bounds(c.Operator, int64(number), 0, int64(most))
	c.Test = fact.Test{Least: int(lo), Most: int(hi)}
	c.Negated = negated
	return message, hint
}

// parseWhole reads a whole number from 0 to most.
func parseWhole(text string, most int) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= most && strconv.Itoa(n) == text
}

func (s *Scope) resolveOrdered(c *Comparison) (message, hint i18n.Message) {
	d := c.Definition
	value, message, hint := s.constant(c)
	if !message.IsZero() {
		return message, hint
	}
	lo, hi, negated := bounds(c.Operator, value, d.Min, d.Max)
	// Off the ladder, "==" never holds, and the others hold from the next step.
	lo, hi = d.AtLeast(lo), d.AtMost(hi)
	c.Test = fact.Test{Interval: fact.Interval{Lo: lo, Hi: hi}}
	c.Negated = negated
	return message, hint
}

// bounds is the interval in which "x operator value" holds, or, negated, does
// not, of an x from least to most.
func bounds(operator string, value, least, most int64) (lo, hi int64, negated bool) {
	switch operator {
	case "<":
		return value, most, true
	case "<=":
		return least, value, false
	case ">":
		return least, value, true
	case ">=":
		return value, most, false
	}
	return value, value, operator == "!="
}

// constant reads the operand, a value of the fact's kind or a threshold.
func (s *Scope) constant(c *Comparison) (value int64, message, hint i18n.Message) {
	d, operand := c.Definition, c.Operands[0]
	if name, ok := strings.CutPrefix(operand, "$"); ok {
		constant, known := s.Constants[name]
		if !known {
			return 0, i18n.M("cond.unknown_threshold", diag.Clean(name)), yamldoc.NearestHint(name, sortedKeys(s.Constants))
		}
		if constant.Kind != d.Kind {
			return 0, i18n.M("cond.threshold_kind", name, constant.Kind.String(), d.Path, d.Kind.String()), hint
		}
		c.Threshold = name
		value = constant.Value
	} else {
		constant, fault := d.ParseConstant(operand)
		if fault != nil {
			return 0, fault.Message, fault.Hint
		}
		value = constant
	}
	if value < d.Min || value > d.Max {
		message = i18n.M("cond.outside", diag.Clean(operand), d.Path)
	}
	return value, message, hint
}
