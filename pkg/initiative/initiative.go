// Package initiative reads one proposal: who it is, what it says of each fact,
// and the judgements of the adviser who wrote it.
package initiative

import (
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
)

// Initiative is one proposal, read under a strategy.
type Initiative struct {
	// File and Document say where it was read: documents count from 1.
	File     string
	Document int
	// Pos is where its document begins.
	Pos diag.Pos

	ID, Title, Summary string
	// Date is the day to assess it as of; nil where it gives none.
	Date *int64
	// Claims are what it says of facts, in the order of the file, at most one
	// for each fact.
	Claims []Claim
	// Judgements are the adviser's own answers, at most one for each rule.
	Judgements []Judgement
}

// Claim is what an initiative says of one fact.
type Claim struct {
	// Fact is the place of the fact among the strategy's facts.
	Fact int
	// Values are what the fact can be; its whole domain where Unknown.
	Values fact.Values
	// Unknown says that the author states that it is not known.
	Unknown bool
	// Text is what was written for a fact of the kind text.
	Text string
	Grounds
	// Known is the day from which the fact was known, nil where not said.
	Known *int64
	// Pos is where the value stands.
	Pos diag.Pos
}

// Grounds are why something is claimed, and where it can be read.
type Grounds struct {
	Because, Source string
}

// Grounded reports whether there is a reason. A source alone is none.
func (g Grounds) Grounded() bool { return isSentence(g.Because) || fact.IsReason(g.Because) }

// isSentence reports whether a text has at least six words, in small letters.
// None of the ways to say that nothing is known is half as long, so there is no
// need to look for them.
func isSentence(text string) bool {
	words, inside := 0, false
	for i := 0; i < len(text) && words < 6; i++ {
		letter := text[i] >= 'a' && text[i] <= 'z'
		if letter && !inside {
			words++
		}
		inside = letter
	}
	return words == 6
}

// Judgement is the adviser's own answer to a rule's question.
type Judgement struct {
	// Rule is the place of the rule among the strategy's rules.
	Rule int
	// Outcome is cond.Pass or cond.Fail.
	Outcome cond.Outcome
	Grounds
	Pos diag.Pos
}
