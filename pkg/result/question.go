package result

import "github.com/ks-no/ksdev/pkg/fact"

// What a question asks for.
const (
	// AskFact asks for a fact, or for it more precisely.
	AskFact = "fact"
	// AskReason asks for the reason that a claim lacks.
	AskReason = "reason"
	// AskJudgement asks for the judgement on a borderline case.
	AskJudgement = "judgement"
	// AskConflict asks whether a judgement that the facts exclude is withdrawn.
	AskConflict = "conflict"
)

// Questions are what to ask about a recommendation that is open.
type Questions struct {
	// Count is how many questions can still change the recommendation.
	Count int `json:"count"`
	// Least, Expected and Most are how many questions are left when the best one
	// is asked each time. Every class of answers counts as equally likely.
	Least    int       `json:"least"`
	Expected *Fraction `json:"expected,omitempty"`
	Most     int       `json:"most"`
	// Exact says that no order of questions has a lower expected cost; else the
	// numbers are estimates.
	Exact bool `json:"exact"`
	// Ranked are the questions, the best first: the first alone unless all were
	// asked for.
	Ranked []Question `json:"ranked"`
	// Ways are the shortest ways to each recommendation that is possible, the
	// best first.
	Ways []Way `json:"ways"`
}

// Question is something to ask, with what the answers would settle.
type Question struct {
	Kind string `json:"kind"`
	// Fact is asked for by the first two kinds, Rule by the others.
	Fact string `json:"fact,omitempty"`
	Rule string `json:"rule,omitempty"`
	// Value is what the initiative says of the fact; absent where it says nothing.
	Value   *fact.Coded   `json:"value,omitempty"`
	Classes []AnswerClass `json:"classes"`
	// Expected is how many questions are to be expected when this one is asked
	// first; absent where it was not worked out.
	Expected *Fraction `json:"expected,omitempty"`
}

// AnswerClass is a kind of answers that leave the same open.
type AnswerClass struct {
	// Value is what the fact can be, Outcome the judgement's; neither where a
	// judgement is withdrawn.
	Value     *fact.Coded `json:"value,omitempty"`
	Outcome   string      `json:"outcome,omitempty"`
	Withdrawn bool        `json:"withdrawn,omitempty"`
	// Possible are the recommendations that are possible then, the best first;
	// the two that the open choice divides are together candidate.
	Possible []string `json:"possible"`
	// Then is how many questions are to be expected then; absent where nothing is
	// left to ask, and where the question has no number either.
	Then *Fraction `json:"then,omitempty"`
}

// Way is the shortest way to a recommendation.
type Way struct {
	To string `json:"to"`
	// Answers make the recommendation certain; absent where asking alone cannot.
	Answers []Answer `json:"answers,omitempty"`
	// Smallest says that no other answers do it with less effort.
	Smallest bool `json:"smallest"`
}
