// Package strategy loads a strategy from a folder, builds its rules and its
// recommendation table as diagrams, and proves it sound: pass and fail of a
// rule never overlap, and the table gives every case just one recommendation.
//
// A folder holds strategy.yaml, facts.yaml, a file for each rule set,
// recommendation.yaml, notes.yaml and text/<language>.yaml. Only the texts of
// one language are loaded. What is wrong comes back as diagnostics, and a
// strategy with an error is not used.
package strategy

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
)

// Strategy is a loaded, compiled and proven strategy. It is not changed after
// loading, and any number of goroutines may read it.
type Strategy struct {
	ID      string
	Version string
	// Digest is the SHA-256 of the strategy's files, in hex: those of the folder and its
	// texts.
	Digest string
	// From and To bound the days on which the strategy is in force.
	From, To int64
	Source   Document

	Sets  []*RuleSet
	Rules []*Rule
	Facts []*fact.Definition
	// places are those of the facts, by path.
	places map[string]int
	// Thresholds are the numbers that are ours, in the order of the file.
	Thresholds []*Threshold
	// Choice is what the strategy leaves open and nobody may invent; nil where
	// it leaves nothing open.
	Choice *Choice
	// Conditions are the named conditions of rules.
	Conditions []Named
	// Recommendations are those that rows lead to, the best first.
	Recommendations []string
	// Order is all recommendations, the derived ones too, the best first.
	Order []string
	Table Table
	Notes []Note
	// NotRules is what of the source was not made into rules.
	NotRules []NotRule
	Compare  Compare
	// Acknowledged are the warnings that the author knows of and leaves.
	Acknowledged []Acknowledgement

	Texts *Texts
	Model *Model
}

// The two recommendations that the program derives: everything that is still
// possible differs by the open choice alone, or by more.
const (
	Candidate = "candidate"
	Clarify   = "clarify"
)

// Document is the document that a strategy is read from.
type Document struct {
	Publisher string
	Published string
	Pages     int
}

// Place is where in the document something stands.
type Place struct {
	Section string
	Page    int
}

// Role says what a rule set has to say in the recommendation.
type Role int

// The roles.
const (
	// Decides: the recommendation table reads the outcomes.
	Decides Role = iota + 1
	// Demands: what has to be in place, whatever the recommendation.
	Demands
	// Informs: said in one line, and never a finding.
	Informs
)

func roleNames() []string { return []string{"decides", "demands", "informs"} }

// String is the role as files write it.
func (r Role) String() string { return roleNames()[r-1] }

// RuleSet is a group of rules.
type RuleSet struct {
	ID   string
	Role Role
	// Applies is the condition for the whole set, nil where it always applies.
	Applies *cond.Condition
	// Rules are the places of the set's rules among the strategy's rules.
	Rules []int
	Pos   diag.Pos
}

// Rule is one rule of a set.
type Rule struct {
	ID     string
	Set    int
	Source Place
	// Strength is how the source puts it: must, should, consider or describes.
	Strength string
	// Ours says that part of the reading is not the source's.
	Ours bool
	// Applies is the rule's own condition for applying, nil where there is none.
	Applies *cond.Condition
	Pass    *cond.Condition
	// Fail is nil where the rule fails whenever it does not pass.
	Fail *cond.Condition
	Pos  diag.Pos
}

// Strengths are the ways in which a source puts a rule.
func Strengths() []string { return []string{"must", "should", "consider", "describes"} }

// Threshold is a number that rules compare with and that is ours.
type Threshold struct {
	Name string
	// Definition says what values the threshold can have.
	Definition *fact.Definition
	Value      int64
	// Given says that the value was set for this run.
	Given bool
	Pos   diag.Pos
}

// Choice is an open choice of policy: a whole number.
type Choice struct {
	Name     string
	From, To int
	// Value is what was chosen, 0 where the choice is open.
	Value int
	Pos   diag.Pos
}

// Named is a condition with a name.
type Named struct {
	Name      string
	Condition *cond.Condition
	Pos       diag.Pos
}

// Table is the recommendation table.
type Table struct {
	Conditions []Named
	Rows       []Row
	// Divided are the places, among the recommendations, of the two that only
	// the open choice divides, together called candidate; empty where the
	// strategy has no open choice.
	Divided []int
}

// Row is one row of the table.
type Row struct {
	// ID names the row, for its words.
	ID string
	// Recommendation is the place among the strategy's recommendations.
	Recommendation int
	// Cells says for each condition of the table yes (1), no (0) or nothing (-1).
	Cells  []int
	Source Place
	Ours   bool
	Pos    diag.Pos
}

// Note is a remark that is printed when its condition holds.
type Note struct {
	ID     string
	Source Place
	When   *cond.Condition
	// Certain says that the note is not printed where its condition only may
	// hold: one that asks for a correction, for instance.
	Certain bool
	Pos     diag.Pos
}

// NotRule is a part of the source that was not made into a rule.
type NotRule struct {
	ID     string
	Source Place
}

// Acknowledgement says why something that a check of the strategy finds is
// meant so.
type Acknowledgement struct {
	// Finding is the name of what is found.
	Finding string
	// On are the rules, facts or other names that it is found of.
	On []string
	// Because is the reason, in the words of the strategy's author.
	Because string
	Pos     diag.Pos
}

// Compare is what a comparison counts and groups by.
type Compare struct {
	// Count is the place of the rule set whose passes are counted.
	Count int
	// GroupBy are rule sets and facts by name.
	GroupBy []string
	// Capacities are the facts that capacities limit.
	Capacities []Capacity
}

// Capacity is a limited resource and the fact that says how much of it an
// initiative needs.
type Capacity struct {
	Name string
	Fact int
}

// Ranked are the recommendations among which initiatives are ranked, by their
// places: those that the open choice divides, or all where there is none.
func (s *Strategy) Ranked() []int {
	if len(s.Table.Divided) > 0 {
		return s.Table.Divided
	}
	all := make([]int, len(s.Recommendations))
	for i := range all {
		all[i] = i
	}
	return all
}

// Rule finds a rule by its id and gives its place, or -1.
func (s *Strategy) Rule(id string) int {
	return slices.IndexFunc(s.Rules, func(r *Rule) bool { return strings.EqualFold(r.ID, id) })
}

// Fact finds a fact by its path and gives its place, or -1.
func (s *Strategy) Fact(path string) int {
	if i, ok := s.places[path]; ok {
		return i
	}
	return -1
}

// RuleIDs lists the ids of all rules in order.
func (s *Strategy) RuleIDs() []string {
	ids := make([]string, len(s.Rules))
	for i, r := range s.Rules {
		ids[i] = r.ID
	}
	return ids
}

// FactPaths lists the paths of all facts in order.
func (s *Strategy) FactPaths() []string {
	paths := make([]string, len(s.Facts))
	for i, d := range s.Facts {
		paths[i] = d.Path
	}
	return paths
}

// InForce reports whether the strategy is in force on the day.
func (s *Strategy) InForce(day int64) bool { return s.From <= day && day <= s.To }

// ChoiceDivides reports whether all of at least two recommendations are ones
// that only the open choice divides, while it is open.
func (s *Strategy) ChoiceDivides(possible diagram.Set) bool {
	return possible.Len() > 1 && s.ChoiceOpen() && possible.Within(diagram.SetOf(s.Table.Divided...))
}

// ChoiceOpen reports whether there is an open choice without a value.
func (s *Strategy) ChoiceOpen() bool { return s.Choice != nil && s.Choice.Value == 0 }
