package cond

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Scope is what conditions of a strategy can speak of.
type Scope struct {
	// Facts are the strategy's facts.
	Facts []*fact.Definition
	// Named are the named conditions so far.
	Named map[string]*Condition
	// Constants are the thresholds in force, by name.
	Constants map[string]Constant
	// Rules and Sets name the rules and rule sets that a condition may ask for;
	// empty where it may speak of facts alone.
	Rules []string
	Sets  []string
	// Choice names the open choice, where counts may be compared with it.
	Choice string
}

// Constant is a value of an ordered kind.
type Constant struct {
	Kind  fact.Kind
	Value int64
}

// maxParts is how many parts a condition may have.
const maxParts = 60

// Parse reads a condition and notes what is wrong with it. It gives nil where
// anything is.
func (s *Scope) Parse(r *yamldoc.Reader, n *yamldoc.Node) *Condition {
	if n == nil {
		return nil
	}
	pos := diag.Pos{File: r.File.Name, Line: n.Line, Column: n.Column}
	switch {
	case n.Kind == yamldoc.Scalar && !n.Null:
		return s.parseLine(r, n, pos)
	case n.Kind == yamldoc.Mapping && len(n.Pairs) == 1:
		return s.parseParts(r, n, pos)
	}
	r.Error(n, i18n.M("cond.shape"), i18n.M("cond.shape_hint"))
	return nil
}

func (s *Scope) parseParts(r *yamldoc.Reader, n *yamldoc.Node, pos diag.Pos) *Condition {
	names := []string{"all", "any", "none", "at_least"}
	c := &Condition{Pos: pos}
	pair := n.Pairs[0]
	c.Kind = Kind(r.OneOf(pair.Key, names)) + All
	parts := pair.Value
	switch c.Kind {
	case 0:
		return nil
	case AtLeast:
		fields := r.Fields(pair.Value, "n", "of")
		r.Require(pair.Value, fields, "n", "of")
		parts = fields["of"]
		c.Least = r.Whole(fields["n"], 1, maxParts)
	}
	items := r.Items(parts)
	if len(items) == 0 || len(items) > maxParts {
		if parts != nil && (parts.Kind == yamldoc.List || parts.Null) {
			r.Error(n, i18n.M("cond.parts", maxParts), i18n.Message{})
		}
		return nil
	}
	for _, item := range items {
		part := s.Parse(r, item)
		if part == nil {
			return nil
		}
		c.Parts = append(c.Parts, part)
	}
	switch {
	case c.Kind != AtLeast:
		return c
	case c.Least > len(c.Parts):
		r.Error(pair.Value, i18n.M("cond.too_many_needed", c.Least, len(c.Parts)), i18n.Message{})
		return nil
	case c.Least == 0: // n is lacking or wrong, which is noted
		return nil
	}
	return c
}

// operators are tried in this order, so the longer of two that begin alike
// comes first.
func operators() []string {
	return []string{"not includes", "not in", "includes any", "includes all", "includes", "in", "is",
		"==", "!=", "<=", ">=", "<", ">"}
}

func (s *Scope) parseLine(r *yamldoc.Reader, n *yamldoc.Node, pos diag.Pos) *Condition {
	subject, rest, found := strings.Cut(strings.Join(strings.Fields(n.Value), " "), " ")
	if !found {
		return s.parseNamed(r, n, subject, pos)
	}
	counts := strings.HasPrefix(rest, "count ")
	rest = strings.TrimPrefix(rest, "count ")
	c := &Comparison{}
	for _, operator := range operators() {
		if operand, ok := strings.CutPrefix(rest, operator+" "); ok {
			c.Operator, rest = operator, operand
			break
		}
	}
	if c.Operator == "" {
		r.Error(n, i18n.M("cond.no_operator", diag.Clean(n.Value)), i18n.M("cond.no_operator_hint"))
		return nil
	}
	for _, operand := range strings.Split(rest, "|") {
		c.Operands = append(c.Operands, strings.TrimSpace(operand))
	}
	message, hint := s.resolve(c, subject, counts)
	if !message.IsZero() {
		r.Error(n, message, hint)
		return nil
	}
	return &Condition{Kind: c.Kind, Comparison: c, Pos: pos}
}

func (s *Scope) parseNamed(r *yamldoc.Reader, n *yamldoc.Node, name string, pos diag.Pos) *Condition {
	named, ok := s.Named[name]
	if !ok {
		r.Error(n, i18n.M("cond.unknown_name", diag.Clean(name)), yamldoc.NearestHint(name, sortedKeys(s.Named)))
		return nil
	}
	if named == nil {
		return nil
	}
	c := *named
	c.Name, c.Pos = name, pos
	return &c
}

// resolve finds out what the subject is and completes the comparison.
func (s *Scope) resolve(c *Comparison, subject string, counts bool) (message, hint i18n.Message) {
	if i := slices.IndexFunc(s.Facts, func(d *fact.Definition) bool { return d.Path == subject }); i >= 0 {
		c.Kind, c.Fact, c.Definition = OfFact, i, s.Facts[i]
		if counts != (c.Definition.Kind == fact.Choices && slices.Contains(operators()[7:], c.Operator)) {
			return i18n.M("cond.wrong_operator", countName(c.Operator, counts), subject, c.Definition.Kind.String()), c.operatorsHint()
		}
		return s.resolveFact(c)
	}
	set, tally, _ := strings.Cut(subject, ".")
	rule, place := slices.Index(s.Rules, subject), slices.Index(s.Sets, set)
	switch {
	case rule >= 0 && counts:
		return i18n.M("cond.outcome_operator", countName(c.Operator, counts)), hint
	case rule >= 0:
		c.Kind, c.Rule = OfOutcome, rule
		return resolveOutcome(c)
	case place >= 0 && counts:
		return i18n.M("cond.count_operator", countName(c.Operator, counts)), hint
	case place >= 0:
		c.Kind, c.Set = OfCount, place
		return s.resolveCount(c, tally)
	}
	return i18n.M("cond.unknown_subject", diag.Clean(subject)), yamldoc.NearestHint(subject, s.subjects())
}

func countName(operator string, counts bool) string {
	if counts {
		return "count " + operator
	}
	return operator
}

func (s *Scope) subjects() []string {
	var names []string
	for _, d := range s.Facts {
		names = append(names, d.Path)
	}
	names = append(names, s.Rules...)
	for _, set := range s.Sets {
		for _, tally := range TallyNames() {
			names = append(names, set+"."+tally)
		}
	}
	return names
}

func resolveOutcome(c *Comparison) (message, hint i18n.Message) {
	if !slices.Contains([]string{"==", "!=", "in", "not in"}, c.Operator) {
		return i18n.M("cond.outcome_operator", c.Operator), i18n.Message{}
	}
	if len(c.Operands) > 1 && (c.Operator == "==" || c.Operator == "!=") {
		return i18n.M("cond.one_operand", c.Operator), i18n.M("cond.one_operand_hint")
	}
	for _, name := range c.Operands {
		i := slices.Index(OutcomeNames(), name)
		if i < 0 {
			return i18n.M("cond.unknown_outcome", diag.Clean(name)), yamldoc.NearestHint(name, OutcomeNames())
		}
		c.Outcomes |= diagram.SetOf(i)
	}
	if c.Operator == "!=" || c.Operator == "not in" {
		c.Outcomes = diagram.SetOf(Pass, Fail, NotApplicable) &^ c.Outcomes
	}
	return message, hint
}

func (s *Scope) resolveCount(c *Comparison, tally string) (message, hint i18n.Message) {
	i := slices.Index(TallyNames(), tally)
	if i < 0 {
		return i18n.M("cond.unknown_tally", diag.Clean(tally)), yamldoc.NearestHint(tally, TallyNames())
	}
	c.Tally = Tally(i)
	operand := c.Operands[0]
	if name, isChoice := strings.CutPrefix(operand, "$"); isChoice {
		if name != s.Choice || s.Choice == "" {
			return i18n.M("cond.unknown_choice", diag.Clean(name)), yamldoc.NearestHint(name, []string{s.Choice})
		}
		c.Threshold = name
	} else if n, ok := parseWhole(operand, diagram.MaxResult); ok {
		c.Number = n
	} else {
		return i18n.M("cond.count_number", diag.Clean(operand)), i18n.Message{}
	}
	if len(c.Operands) > 1 || !slices.Contains(operators()[7:], c.Operator) {
		return i18n.M("cond.count_operator", c.Operator), i18n.Message{}
	}
	return message, hint
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// String writes the comparison as files do, but without what is compared.
func (c *Comparison) String() string {
	return c.Operator + " " + strings.Join(c.Operands, " | ")
}
