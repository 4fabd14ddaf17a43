package result

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
)

// Comparison puts initiatives beside each other, as documented, without weights
// and without a score.
//
// Ranks are among the initiatives that can still get one of the recommendations
// in Ranked. A criterion that is unclear counts both ways, and so does one that
// does not apply: it is never left out for one pair alone. An initiative is
// ahead of another under a weighting of the criteria where those that it passes
// weigh more.
type Comparison struct {
	Ksdev      int         `json:"ksdev"`
	Kind       string      `json:"kind"` // "comparison"
	Program    string      `json:"program"`
	Strategy   Strategy    `json:"strategy"`
	Thresholds []Threshold `json:"thresholds"`
	// Choice is the open choice, absent where the strategy has none.
	Choice      *Choice   `json:"open_choice,omitempty"`
	Assumptions []Assumed `json:"assumptions,omitempty"`
	// Ranked are the recommendations that an initiative must still be able to
	// get to be ranked, the best first.
	Ranked []string `json:"ranked"`
	// Criteria is the rule set whose rules are counted.
	Criteria string `json:"criteria"`
	// Rules are all rules by id, in the strategy's order, as Compared.Outcomes
	// has them.
	Rules []string `json:"rules"`
	// Places is how many places there are; absent where that was not asked.
	Places int `json:"places,omitempty"`
	// Limits are the capacities that were given.
	Limits []Limit `json:"limits,omitempty"`
	// Initiatives are in the order: recommendation, the best first, least and
	// most criteria passed, the most first, id, path, document.
	Initiatives []*Compared `json:"initiatives"`
	// Unread are the inputs that could not be read, by path and document.
	Unread []Input `json:"unread,omitempty"`
	// Pairs are those in which one is certainly ahead when all criteria count
	// alike, or at least as good on every criterion; of at most MaxPaired ranked
	// initiatives.
	Pairs []Pair `json:"pairs,omitempty"`
	// PairsLeftOut says that there are too many initiatives for that.
	PairsLeftOut bool `json:"pairs_left_out,omitempty"`
	// Answers are those that would settle most, the best first; at most
	// MaxAnswers.
	Answers []Settling `json:"answers,omitempty"`
	// AnswersLeftOut says that there are too many initiatives to find them.
	AnswersLeftOut bool      `json:"answers_left_out,omitempty"`
	Portfolio      Portfolio `json:"portfolio"`
	// Complete says that nothing ended the run early.
	Complete bool `json:"complete"`
	// ExitCode is what the program ended with.
	ExitCode int `json:"exit_code"`
}

// How many ranked initiatives a comparison looks at in detail.
const (
	// MaxPaired is up to how many pairs are listed.
	MaxPaired = 60
	// MaxAsked is up to how many the answers that settle most are found.
	MaxAsked = 500
	// MaxAnswers is how many of those are listed.
	MaxAnswers = 10
)

// Assumed is a value that was assumed wherever a fact was open.
type Assumed struct {
	Fact  string     `json:"fact"`
	Value fact.Coded `json:"value"`
}

// Limit is how much there is of a capacity.
type Limit struct {
	Name   string      `json:"name"`
	Fact   string      `json:"fact"`
	Amount fact.Scalar `json:"amount"`
}

// UnmarshalJSON reads a limit, which has an amount.
func (l *Limit) UnmarshalJSON(data []byte) error {
	type plain Limit
	err := json.Unmarshal(data, (*plain)(l))
	if err == nil && l.Amount == "" {
		err = errors.New("a limit lacks its amount")
	}
	return err
}

// Whether an initiative is among the ranked ones.
const (
	// RankedCertain: every recommendation that is possible is a ranked one.
	RankedCertain = "certain"
	// RankedPossible: one of them is.
	RankedPossible = "possible"
	// RankedNot: none is.
	RankedNot = "no"
)

// Compared is one initiative in a comparison; in newline-delimited JSON a line.
type Compared struct {
	Ksdev      int        `json:"ksdev"`
	Kind       string     `json:"kind"` // "compared"
	Input      Input      `json:"input"`
	Initiative Initiative `json:"initiative"`
	// Date is the day assessed as of; absent where the assessment is undated.
	Date string `json:"date,omitempty"`
	// Recommendation is the settled one, candidate or clarify, and Possible
	// what is still possible, the best first.
	Recommendation string   `json:"recommendation"`
	Possible       []string `json:"possible"`
	// Outcomes are those of all rules, in the order of Comparison.Rules.
	Outcomes []Outcomes `json:"outcomes"`
	// Passed and Applicable are how many criteria pass and apply.
	Passed     Count `json:"passed"`
	Applicable Count `json:"applicable"`
	// Groups are its values of what the strategy groups by.
	Groups []Member `json:"groups,omitempty"`
	// Needs are how much it needs of what the strategy calls capacities.
	Needs []Need `json:"needs,omitempty"`
	// Ranked is certain, possible or no. What follows is absent for no.
	Ranked string `json:"ranked"`
	// AtLeastAsGood is how many of the other ranked initiatives this one is at
	// least as good as on every criterion, whatever the open answers turn out
	// to be.
	AtLeastAsGood int `json:"at_least_as_good,omitempty"`
	// Ranks are between which places it ends, for each ratio.
	Ranks []Rank `json:"ranks,omitempty"`
}

// Outcomes are the outcomes of a rule that are possible, a bit each, in the
// order pass, fail, not applicable. In JSON they have "|" between: "pass|fail".
type Outcomes uint8

func outcomeNames() []string { return []string{Pass, Fail, NotApplicable} }

// OutcomesOf puts outcomes together; what is no outcome of a rule is left out.
func OutcomesOf(possible []string) Outcomes {
	var o Outcomes
	for i, name := range outcomeNames() {
		if slices.Contains(possible, name) {
			o |= 1 << i
		}
	}
	return o
}

// Possible lists the outcomes.
func (o Outcomes) Possible() []string {
	var names []string
	for i, name := range outcomeNames() {
		if o>>i&1 == 1 {
			names = append(names, name)
		}
	}
	return names
}

// Outcome is the one outcome that is possible, or Unclear.
func (o Outcomes) Outcome() string {
	if names := o.Possible(); len(names) == 1 {
		return names[0]
	}
	return Unclear
}

// MarshalText writes the outcomes with "|" between.
func (o Outcomes) MarshalText() ([]byte, error) { return []byte(strings.Join(o.Possible(), "|")), nil }

// UnmarshalText reads what MarshalText writes.
func (o *Outcomes) UnmarshalText(text []byte) error {
	names := strings.Split(string(text), "|")
	*o = OutcomesOf(names)
	if len(o.Possible()) != len(names) {
		return fmt.Errorf("%q are no outcomes of a rule", text)
	}
	return nil
}

// Member is an initiative's values of a fact, or the rules of a rule set that
// it passes.
type Member struct {
	// Name is the path of the fact or the id of the rule set.
	Name    string   `json:"name"`
	Certain []string `json:"certain,omitempty"`
	Perhaps []string `json:"perhaps,omitempty"`
	// Unknown says that nothing is known.
	Unknown bool `json:"unknown,omitempty"`
}

// Ratios are how many times as much one criterion may count as another:
// 1, 2, and any number of times.
const (
	RatioEqual  = "1"
	RatioDouble = "2"
	RatioAny    = "any"
)

// What becomes of an initiative where places or capacities are limited.
const (
	// PlaceIn: it is in whatever comes.
	PlaceIn = "in"
	// PlaceInOrTied: it is never pushed out, but may tie for the last place.
	PlaceInOrTied = "in_or_tied"
	// PlaceDepends: it depends on weights, open answers or other initiatives.
	PlaceDepends = "depends"
	// PlaceOutOrTied: it is at best tied for the last place.
	PlaceOutOrTied = "out_or_tied"
	// PlaceOut: it is out whatever comes.
	PlaceOut = "out"
)

// Rank is between which places an initiative ends while no criterion counts
// more than Ratio times another.
type Rank struct {
	Ratio string `json:"ratio"`
	// Best and Worst are one more than how many are ahead at the least and at
	// the most.
	Best  int `json:"best"`
	Worst int `json:"worst"`
	// InFrom is from how many places it is in whatever comes; absent where no
	// number is enough.
	InFrom int `json:"in_from,omitempty"`
	// PossibleFrom is from how many places it can be in alone, not only tied.
	PossibleFrom int `json:"possible_from"`
	// Place is what becomes of it with Comparison.Places.
	Place string `json:"place,omitempty"`
	// Holds is up to which ratio the initiative keeps its place; only where it
	// is in.
	Holds *Fraction `json:"holds,omitempty"`
	// Selection is what becomes of it with Comparison.Limits: in, depends or
	// out.
	Selection string `json:"selection,omitempty"`
	// NotProven says that depends is all that could be found out: there are too
	// many initiatives, or needs that are not known exactly.
	NotProven bool `json:"not_proven,omitempty"`
}

// Fraction is a number of times; Any where it has no end.
type Fraction struct {
	Numerator   int  `json:"numerator,omitempty"`
	Denominator int  `json:"denominator,omitempty"`
	Any         bool `json:"any,omitempty"`
}

// Need is how much an initiative needs of a capacity.
type Need struct {
	Name string `json:"name"`
	// Least and Most bound it; absent where nothing is known.
	Least fact.Scalar `json:"least,omitempty"`
	Most  fact.Scalar `json:"most,omitempty"`
}

// Pair is two ranked initiatives, by their ids, of which one is ahead.
type Pair struct {
	Ahead  string `json:"ahead"`
	Behind string `json:"behind"`
	// AtLeastAsGood says that the one ahead is at least as good on every
	// criterion, whatever the open answers turn out to be.
	AtLeastAsGood bool `json:"at_least_as_good,omitempty"`
	// Holds is how many times as much one criterion may count as another before
	// the order can turn.
	Holds Fraction `json:"holds"`
}

// Settling is an open criterion whose answer would settle something between
// the initiatives.
type Settling struct {
	// Initiative is its id.
	Initiative string `json:"initiative"`
	Rule       string `json:"rule"`
	// Pass and Fail are how much each answer settles: of what depends with the
	// number of places that was given, or else of the steps between best and
	// worst ranks, over all ratios together.
	Pass int `json:"pass"`
	Fail int `json:"fail"`
	// Of is how much there is to settle.
	Of int `json:"of"`
}

// Portfolio is how the initiatives spread.
type Portfolio struct {
	Recommendations []Tally `json:"recommendations"`
	Groups          []Group `json:"groups,omitempty"`
	// Years are those of the dates assessed as of; "" for undated.
	Years []Tally `json:"years,omitempty"`
	// Rules are all rules that do not merely inform.
	Rules []RuleTally `json:"rules"`
}

// Tally is how many initiatives have one value.
type Tally struct {
	ID    string `json:"id"`
	Count int    `json:"count"`
}

// Group is how many initiatives have each value of a fact, or pass each rule
// of a rule set.
type Group struct {
	// Name is the path of the fact or the id of the rule set.
	Name   string       `json:"name"`
	Values []GroupTally `json:"values"`
	// Unknown is of how many nothing is known.
	Unknown int `json:"unknown"`
}

// GroupTally is how many initiatives certainly and perhaps have one value.
type GroupTally struct {
	ID      string `json:"id"`
	Certain int    `json:"certain"`
	Perhaps int    `json:"perhaps"`
}

// RuleTally is how many initiatives have each outcome of a rule.
type RuleTally struct {
	ID            string `json:"id"`
	Pass          int    `json:"pass"`
	Fail          int    `json:"fail"`
	Unclear       int    `json:"unclear"`
	NotApplicable int    `json:"not_applicable"`
}

// WriteJSON writes the comparison as one object, an initiative at a time.
func (c *Comparison) WriteJSON(w io.Writer) error {
	head := *c
	head.Initiatives = []*Compared{}
	data, err := json.MarshalIndent(head, "", "  ")
	if err != nil {
		return err
	}
	const list = `"initiatives": []`
	before, after, _ := strings.Cut(string(Inert(data)), list)
	if _, err := io.WriteString(w, before+strings.TrimSuffix(list, "]")); err != nil {
		return err
	}
	separator := "\n    "
	for i := range c.Initiatives {
		data, err := json.MarshalIndent(c.Initiatives[i], "    ", "  ")
		if err == nil {
			_, err = io.WriteString(w, separator+string(Inert(data)))
		}
		if err != nil {
			return err
		}
		separator = ",\n    "
	}
	closing := "]"
	if len(c.Initiatives) > 0 {
		closing = "\n  ]"
	}
	_, err = io.WriteString(w, closing+after+"\n")
	return err
}

// WriteLines writes the comparison as lines: itself without initiatives, and
// each of them.
func (c *Comparison) WriteLines(w io.Writer) error {
	head := *c
	head.Initiatives = []*Compared{}
	write := func(line any) error {
		data, err := json.Marshal(line)
		if err == nil {
			_, err = w.Write(append(Inert(data), '\n'))
		}
		return err
	}
	err := write(&head)
	for _, one := range c.Initiatives {
		if err == nil {
			err = write(one)
		}
	}
	return err
}
