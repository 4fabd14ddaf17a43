// Package result holds what an assessment found: pure data, in codes and exact
// values, with no words of any language, so that it can be saved, read back
// and shown in every format and language.
//
// The JSON form is versioned by Version. Fields are only added within a
// version; a reader may rely on those that it knows. Lists have a fixed order:
// rules and facts that of the strategy, claims that of the file,
// recommendations from the best to the lowest. The schema stands in
// schema.json beside this file.
package result

import (
	"encoding/json"

	"github.com/ks-no/ksdev/pkg/fact"
)

// Version is the version of the JSON form.
const Version = 1

// The two readings.
const (
	// Documented counts a claim only with the grounds that it requires.
	Documented = "documented"
	// Stated counts all claims.
	Stated = "stated"
)

// Outcomes of a rule.
const (
	Pass          = "pass"
	Fail          = "fail"
	Unclear       = "unclear"
	NotApplicable = "not_applicable"
)

// Run is what one call of the program found.
type Run struct {
	// Ksdev is the version of this form.
	Ksdev   int    `json:"ksdev"`
	Kind    string `json:"kind"` // "run"
	Program string `json:"program"`
	// ExitCode is what the program ended with.
	ExitCode int `json:"exit_code"`
	// Results are the assessments and the inputs that could not be read, in the
	// order of the inputs.
	Results []Record `json:"results"`
	// Complete says that nothing ended the run early.
	Complete bool `json:"complete"`
}

// End is the last line of a run in newline-delimited JSON: what is known only
// then. Where the lines of several runs are put together there are several.
type End struct {
	Ksdev   int    `json:"ksdev"`
	Kind    string `json:"kind"` // "end"
	Program string `json:"program"`
	// Complete says that nothing ended the run early.
	Complete bool `json:"complete"`
	// ExitCode is what the program ended with.
	ExitCode int `json:"exit_code"`
}

// Record is one of an assessment and an input that could not be read; the
// other is nil. In newline-delimited JSON it is a line.
type Record struct {
	Assessment *Assessment
	Unread     *Unread
}

// MarshalJSON writes whichever of the two is there.
func (r Record) MarshalJSON() ([]byte, error) {
	if r.Assessment != nil {
		return json.Marshal(r.Assessment)
	}
	return json.Marshal(r.Unread)
}

// Unread is an input that could not be read or is no initiative.
type Unread struct {
	Ksdev       int          `json:"ksdev"`
	Kind        string       `json:"kind"` // "unread"
	Program     string       `json:"program"`
	Input       Input        `json:"input"`
	Diagnostics []Diagnostic `json:"diagnostics"`
}

// Assessment is what the strategy says about one initiative.
type Assessment struct {
	Ksdev    int      `json:"ksdev"`
	Kind     string   `json:"kind"` // "assessment"
	Program  string   `json:"program"`
	Strategy Strategy `json:"strategy"`
	// Thresholds are those in force, all of them.
	Thresholds []Threshold `json:"thresholds"`
	// Choice is the open choice, absent where the strategy has none.
	Choice      *Choice      `json:"open_choice,omitempty"`
	Assumptions []Assumption `json:"assumptions,omitempty"`
	Input       Input        `json:"input"`
	Initiative  Initiative   `json:"initiative"`
	// Date is the day assessed as of, as "2018-03-01"; absent where the
	// assessment is undated.
	Date string `json:"date,omitempty"`
	// InForce says whether the strategy is in force on the date; absent where
	// the assessment is undated.
	InForce *bool `json:"in_force,omitempty"`
	// Reading is the one that is shown first: Documented or Stated.
	Reading        string         `json:"reading"`
	RuleSets       []RuleSet      `json:"rule_sets"`
	Recommendation Recommendation `json:"recommendation"`
	// Questions are what to ask where the recommendation is open; absent where
	// they were not worked out.
	Questions *Questions `json:"questions,omitempty"`
	Notes     []Note     `json:"notes,omitempty"`
	// Check is what --fail-on and waivers make of it; absent where neither was
	// given.
	Check *Check `json:"check,omitempty"`
	// Facts are all that the initiative says of facts.
	Facts []Claim `json:"facts,omitempty"`
	// Diagnostics are warnings and notices about the file.
	Diagnostics []Diagnostic `json:"diagnostics,omitempty"`
}

// Strategy names the strategy and its digest.
type Strategy struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
}

// Threshold is a number that is ours.
type Threshold struct {
	Name  string      `json:"name"`
	Value fact.Scalar `json:"value"`
	// Given says that it was set for this run.
	Given bool `json:"given,omitempty"`
	// Used are the rules that compare with it.
	Used []string `json:"used"`
}

// Choice is the open choice of policy.
type Choice struct {
	Name string `json:"name"`
	From int    `json:"from"`
	To   int    `json:"to"`
	// Value is what was chosen; absent where the choice is open.
	Value int `json:"value,omitempty"`
}

// Assumption fills a fact that is open, for this run alone.
type Assumption struct {
	Fact  string     `json:"fact"`
	Value fact.Coded `json:"value"`
	// Used says that it filled the fact of this initiative.
	Used bool `json:"used"`
	// Contradicts says that the initiative states, without a reason, something
	// else.
	Contradicts bool `json:"contradicts,omitempty"`
}

// Input is where an initiative was read.
type Input struct {
	// Path is as given, with forward slashes; "-" for standard input.
	Path string `json:"path"`
	// Document counts from 1 within the file; 0 where the file could not be
	// taken apart.
	Document int `json:"document,omitempty"`
	// SHA256 is that of the whole file; absent where it could not be read.
	SHA256 string `json:"sha256,omitempty"`
}

// Initiative names one proposal.
type Initiative struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Summary string `json:"summary,omitempty"`
}

// Place is a place in the initiative's file; both count from 1.
type Place struct {
	Line   int `json:"line"`
	Column int `json:"column,omitempty"`
}

// RuleSet is the outcome of a set of rules.
type RuleSet struct {
	ID   string `json:"id"`
	Role string `json:"role"`
	// Passed and Applicable are how many rules pass and apply: the least and
	// the most that is possible.
	Passed     Count `json:"passed"`
	Applicable Count `json:"applicable"`
	// Unclear is how many rules are unclear.
	Unclear int `json:"unclear"`
	// Applies is "yes", "no" or "unclear".
	Applies string `json:"applies"`
	Rules   []Rule `json:"rules"`
}

// Count is a range of numbers.
type Count struct {
	Least int `json:"least"`
	Most  int `json:"most"`
}

// Rule is the outcome of one rule.
type Rule struct {
	ID string `json:"id"`
	// Outcome and Possible are those of the reading that is shown first.
	Outcome  string   `json:"outcome"`
	Possible []string `json:"possible"`
	// Other is the same in the other reading; absent where nothing differs.
	Other *Other `json:"other,omitempty"`
	// DecidedBy are the fewest claims that decide the outcome; none where the
	// rule is unclear.
	DecidedBy []Ground `json:"decided_by,omitempty"`
	// Causes say why the rule is unclear.
	Causes []Cause `json:"causes,omitempty"`
	// ToPass and ToFail are answers that would settle an unclear rule.
	ToPass []Answer `json:"to_pass,omitempty"`
	ToFail []Answer `json:"to_fail,omitempty"`
	// Judgement is the adviser's own answer, where there is one.
	Judgement *Judgement `json:"judgement,omitempty"`
}

// Other is an outcome in the reading that is not shown first.
type Other struct {
	Outcome  string   `json:"outcome"`
	Possible []string `json:"possible"`
}

// Ground is a claim, a judgement, an assumption or the open choice that an
// outcome or a recommendation rests on. One of the first four is given.
type Ground struct {
	Fact       string `json:"fact,omitempty"`
	Judgement  string `json:"judgement,omitempty"`
	Assumption string `json:"assumption,omitempty"`
	Choice     string `json:"choice,omitempty"`
	// Value is the fact's value.
	Value *fact.Coded `json:"value,omitempty"`
	// Outcome is the judgement's.
	Outcome string `json:"outcome,omitempty"`
	*Place
}

// Why a fact is open.
const (
	// Missing: the initiative does not mention it.
	Missing = "missing"
	// SaidUnknown: the initiative says that it is not known.
	SaidUnknown = "said_to_be_unknown"
	// Imprecise: it has several possible values.
	Imprecise = "imprecise"
	// KnownLater: it was known only after the date assessed as of.
	KnownLater = "known_later"
	// Ungrounded: a reason is required and not given.
	Ungrounded = "ungrounded"
	// Borderline: the facts lie between pass and fail; only a judgement closes
	// it.
	Borderline = "borderline"
	// Conflict: a judgement says what the documented facts exclude.
	Conflict = "conflict"
	// OpenChoice: what the strategy leaves open.
	OpenChoice = "open_choice"
)

// Cause is one reason why something is unclear.
type Cause struct {
	Kind string `json:"kind"`
	// Fact is the fact that is open; absent for borderline, conflict and the
	// open choice.
	Fact string `json:"fact,omitempty"`
	// Rule is the rule of a borderline case or a conflict.
	Rule string `json:"rule,omitempty"`
	// Value is what the initiative says, where it says something.
	Value *fact.Coded `json:"value,omitempty"`
	*Place
}

// Answer is a fact with values that would settle something, or a judgement.
type Answer struct {
	Fact  string      `json:"fact,omitempty"`
	Value *fact.Coded `json:"value,omitempty"`
	// Judgement is the rule for which a judgement is needed, with Outcome; none
	// where a judgement is to be withdrawn.
	Judgement string `json:"judgement,omitempty"`
	Outcome   string `json:"outcome,omitempty"`
}

// What became of a judgement.
const (
	// JudgementUsed: it is the rule's outcome.
	JudgementUsed = "used"
	// JudgementConflict: the documented facts exclude it.
	JudgementConflict = "conflict"
	// JudgementSetAside: it has no reason.
	JudgementSetAside = "set_aside"
	// JudgementNotUsed: the rule does not apply.
	JudgementNotUsed = "not_used"
)

// Judgement is the adviser's own answer to a rule's question.
type Judgement struct {
	Outcome string `json:"outcome"`
	Because string `json:"because,omitempty"`
	Source  string `json:"source,omitempty"`
	Status  string `json:"status"`
	// StatedDiffers says that the stated facts exclude what the documented ones
	// allow.
	StatedDiffers bool `json:"stated_differs,omitempty"`
	Place
}

// States of a recommendation.
const (
	// Settled: one recommendation is possible.
	Settled = "settled"
	// CandidateStatus: only the open choice divides those that are possible.
	CandidateStatus = "candidate"
	// ClarifyFirst: several are possible.
	ClarifyFirst = "clarify"
)

// Recommendation is what follows from all of it.
type Recommendation struct {
	// Documented counts claims only with the grounds that they require, Stated
	// counts all.
	Documented Advice `json:"documented"`
	Stated     Advice `json:"stated"`
	// Rows are the rows of the table that lead to a settled recommendation, in
	// the reading that is shown first; more than one where it is open which.
	Rows []string `json:"rows,omitempty"`
	// RestsOn are the ungrounded claims on which the difference between the two
	// rests.
	RestsOn []Ground `json:"rests_on,omitempty"`
	// DecidedBy is a set of claims from which none can be left out; only where
	// the advice of the reading that is shown first is settled or candidate.
	DecidedBy []Ground `json:"decided_by,omitempty"`
	// Causes are what can still change that advice; of a candidate, for which
	// values of the open choice it is the better recommendation.
	Causes []Cause `json:"causes,omitempty"`
	// NotNeeded is how many open facts cannot change it.
	NotNeeded int `json:"not_needed"`
}

// Advice is the state of a recommendation in one of the two readings.
type Advice struct {
	Status string `json:"status"`
	// ID is the recommendation: the settled one, candidate or clarify.
	ID string `json:"id"`
	// Possible are the recommendations still possible, the best first.
	Possible []string `json:"possible"`
	// RuledOut are the others.
	RuledOut []string `json:"ruled_out"`
	// ByChoice says for which values of the open choice the better of the two
	// recommendations that it divides is certain, possible or impossible;
	// absent unless the status is candidate.
	ByChoice *ByChoice `json:"by_choice,omitempty"`
}

// ByChoice divides the values of the open choice: those for which the better
// recommendation is certain, depends on what is unknown, and is impossible.
type ByChoice struct {
	Certain []Count `json:"certain,omitempty"`
	Depends []Count `json:"depends,omitempty"`
	Never   []Count `json:"never,omitempty"`
}

// Note is a remark whose condition holds, or may hold.
type Note struct {
	ID      string `json:"id"`
	Perhaps bool   `json:"perhaps,omitempty"`
}

// Claim is what the initiative says of one fact.
type Claim struct {
	Fact string `json:"fact"`
	// Value is what was written; absent where it is said to be unknown.
	Value   *fact.Coded `json:"value,omitempty"`
	Unknown bool        `json:"unknown,omitempty"`
	Text    string      `json:"text,omitempty"`
	Because string      `json:"because,omitempty"`
	Source  string      `json:"source,omitempty"`
	Known   string      `json:"known,omitempty"`
	// Counts says in which readings the claim counts: "documented" (then stated
	// too), "stated" or "no" (known later, or said to be unknown).
	Counts string `json:"counts"`
	Place
}

// Diagnostic is something found in a file.
type Diagnostic struct {
	Severity string `json:"severity"`
	Code     string `json:"code"`
	// Arguments go into the words of the code.
	Arguments []any  `json:"arguments,omitempty"`
	Path      string `json:"path,omitempty"`
	*Place
}
