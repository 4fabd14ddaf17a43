package vet

import (
	"io/fs"
	"math/big"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Check is all that can be known of a strategy without an initiative.
type Check struct {
	// Strategy has a model where its files could be read; one with an error
	// cannot be used.
	Strategy *strategy.Strategy
	// Findings are errors and warnings, by file and place.
	Findings []Finding
	// Counted is what counting cases tells; nil where there is an error.
	Counted *Counted
}

// Finding is an error or a warning.
type Finding struct {
	diag.Diagnostic
	// On are the rules, facts or other names that a warning is about.
	On []string
	// Cases are all cases that show an error, in as few parts as was found, and
	// at most MaxCases of these; More says that there are others.
	Cases []i18n.Series
	More  bool
	// Acknowledged says why a warning is meant so; nil where it is not.
	Acknowledged *strategy.Acknowledgement
}

// MaxCases is how many parts of the cases that show an error are told.
const MaxCases = 10

// topic begins the codes of warnings.
const topic = "check."

// Name is what an acknowledgement calls a warning.
func (f *Finding) Name() string { return strings.TrimPrefix(f.Code(), topic) }

// Open reports whether the finding is an error, or a warning that nobody has
// acknowledged.
func (f *Finding) Open() bool { return f.Acknowledged == nil }

// Counted is what counting cases tells. A case is one choice of what the rules
// tell apart for every fact and every borderline case, without judgements. That
// something holds in a share of them says nothing of how probable it is.
//
// While the choice is open, the two recommendations that it divides count as
// one.
type Counted struct {
	// Cases is how many there are.
	Cases *big.Int
	// Facts are those that the recommendation can depend on, with the cases in
	// which another value of the fact, and nothing else, would change it; the
	// most first.
	Facts []Share
	// Recommendations are the best first, with the cases in which they come.
	Recommendations []Share
	// Beside are the facts that have no part in the recommendation and are not
	// meant to: only rules that demand or inform read them, notes, or
	// comparisons.
	Beside []string
}

// Share is in how many cases something holds.
type Share struct {
	Name  string
	Cases *big.Int
}

// checking is the state of checking one strategy.
type checking struct {
	*strategy.Inspection
	strategy *strategy.Strategy
	model    *strategy.Model
	store    *diagram.Store
	findings []Finding
}

func newChecking(in *strategy.Inspection) *checking {
	c := &checking{Inspection: in, strategy: in.Strategy, model: in.Strategy.Model}
	if c.model != nil {
		c.store = c.model.Store
	}
	return c
}

// CheckStrategy checks the strategy in the folder, with its texts in all
// languages.
func CheckStrategy(folder fs.FS, o strategy.Options) *Check {
	return checked(strategy.Inspect(folder, o))
}

// checked checks a strategy that was inspected, with what was found then.
func checked(in *strategy.Inspection, found diag.List) *Check {
	c := newChecking(in)
	check := &Check{Strategy: in.Strategy}
	if c.model != nil {
		sound := !slices.ContainsFunc(found, isUnsound)
		looks := []func(){c.checkRules, c.checkConditions, func() { c.checkUse(sound) }, c.checkTexts}
		if !found.HasErrors() {
			looks = append(looks, func() { check.Counted = c.count() })
		}
		for _, look := range looks {
			if c.store.Err() == nil {
				look()
			}
		}
		if c.store.Err() == nil {
			c.acknowledge()
		} else { // nothing follows from what was made since
			c.findings, check.Counted = nil, nil
			found = append(found, c.tooLarge())
		}
	}
	for _, d := range found {
		c.findings = append(c.findings, c.faulty(d))
	}
	check.Findings = c.findings
	sortFindings(check.Findings)
	return check
}

// tooLarge says that a strategy that can be used is too large to be checked.
func (c *checking) tooLarge() diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Pos: c.Start(), Message: i18n.M("check.too_large", strategy.MaxNodes), Hint: i18n.M("strategy.too_large_hint")}
}

// isUnsound reports whether because of a fault nothing follows from the table.
func isUnsound(d diag.Diagnostic) bool {
	return slices.Contains([]string{"strategy.overlap", "strategy.row_never", "strategy.rows_overlap", "strategy.rows_gap"}, d.Code())
}

// sortFindings puts findings in the order of diag.List.Sort.
func sortFindings(all []Finding) {
	slices.SortStableFunc(all, func(a, b Finding) int { return diag.Compare(a.Diagnostic, b.Diagnostic) })
}

// warn notes a warning about the named things. The hint is the text of the same
// name with "_hint" behind it.
func (c *checking) warn(message i18n.Message, pos diag.Pos, on ...string) {
	c.findings = append(c.findings, Finding{On: on, Diagnostic: diag.Diagnostic{Severity: diag.Warning, Pos: pos, Source: c.Source(pos), Width: 1,
		Message: message, Hint: i18n.M(message.Key + "_hint")}})
}

// acknowledge marks the warnings that the strategy's author leaves with a
// reason, and warns of reasons for what is not found. An acknowledgement covers
// a warning where it lists all that the warning is about.
func (c *checking) acknowledge() {
	known := c.findings
	for i := range c.strategy.Acknowledged {
		a := &c.strategy.Acknowledged[i]
		idle := slices.Clone(a.On)
		for j := range known {
			f := &known[j]
			if f.Name() != a.Finding || slices.ContainsFunc(f.On, func(name string) bool { return !slices.Contains(a.On, name) }) {
				continue
			}
			f.Acknowledged = a
			idle = slices.DeleteFunc(idle, func(name string) bool { return slices.Contains(f.On, name) })
		}
		if len(idle) == 0 && len(a.On) > 0 {
			continue
		}
		c.warn(i18n.M("check.acknowledgement_unused", diag.Clean(a.Finding), said(idle)), a.Pos, a.Finding)
		if !slices.Contains(Warnings(), a.Finding) {
			last := &c.findings[len(c.findings)-1]
			last.Hint = yamldoc.NearestHint(a.Finding, Warnings())
		}
	}
}

// said are names as a list in words.
func said(names []string) i18n.Series {
	series := make(i18n.Series, len(names))
	for i, name := range names {
		series[i] = diag.Clean(name)
	}
	return series
}

// faulty is an error that loading found, with the cases that show it where it
// is one of cases.
func (c *checking) faulty(d diag.Diagnostic) Finding {
	f := Finding{Diagnostic: d}
	if c.model == nil || c.store.Err() != nil {
		return f
	}
	cases := diagram.False
	switch rows := c.model.Rows; d.Code() {
	case "strategy.rows_gap":
		cases = c.gaps()
	case "strategy.rows_overlap":
		first, _ := d.Message.Args[0].(int)
		second, _ := d.Message.Args[1].(int)
		cases = c.store.And(rows[first-1], rows[second-1])
	case "strategy.overlap":
		id, _ := d.Message.Args[0].(string)
		r := c.strategy.Rules[c.strategy.Rule(id)]
		cases = c.store.And(c.Condition(r.Pass), c.Condition(r.Fail))
	}
	boxes, whole := c.boxes(cases)
	if c.store.Err() != nil {
		return f
	}
	f.More = !whole || len(boxes) > MaxCases
	for _, box := range boxes[:min(len(boxes), MaxCases)] {
		f.Cases = append(f.Cases, c.Describe(box))
	}
	return f
}

// gaps is the condition that no row of the table holds.
func (c *checking) gaps() diagram.Ref {
	covered := diagram.False
	for _, row := range c.model.Rows {
		covered = c.store.Or(covered, row)
	}
	return c.store.Not(covered)
}

// maxWays bounds the work of finding boxes.
const maxWays = 200

// boxes is the cases in which a condition holds: those without judgements
// alone, where there are such cases.
func (c *checking) boxes(condition diagram.Ref) (boxes []diagram.Box, whole bool) {
	plain := condition
	for _, v := range c.model.Judgement {
		plain = c.store.And(plain, c.store.Test(v, func(cell int) bool { return cell == strategy.ByFacts }))
	}
	if plain != diagram.False {
		condition = plain
	}
	return c.store.Boxes(condition, maxWays)
}
