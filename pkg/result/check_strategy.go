package result

import "encoding/json"

// StrategyCheck is what can be known of a strategy without an initiative.
type StrategyCheck struct {
	Ksdev   int    `json:"ksdev"`
	Kind    string `json:"kind"` // "strategy_check"
	Program string `json:"program"`
	// Strategy is absent where its files could not be read so far.
	Strategy *Strategy `json:"strategy,omitempty"`
	// Findings are errors and warnings, by file and place.
	Findings []StrategyFinding `json:"findings"`
	// Counted is what counting cases tells; absent where there is an error.
	Counted *Counted `json:"counted,omitempty"`
	// ExitCode is what the program ended with.
	ExitCode int `json:"exit_code"`
}

// StrategyFinding is an error or a warning in a strategy.
type StrategyFinding struct {
	Diagnostic
	// On are the rules, facts or other names that a warning is about.
	On []string `json:"on,omitempty"`
	// Cases are the cases that show an error, in parts, each as an argument has
	// it; More says that there are others.
	Cases []any `json:"cases,omitempty"`
	More  bool  `json:"more,omitempty"`
	// Acknowledged is the reason why a warning is meant so, in the words of the
	// strategy's author.
	Acknowledged string `json:"acknowledged,omitempty"`
}

// Counted is what counting cases tells. A case is one choice of what the rules
// tell apart for every fact and every borderline case, without judgements; all
// count alike, so a share of them is no probability. While the choice is open,
// the two recommendations that it divides count as one, the candidate.
type Counted struct {
	// Cases is how many there are, in digits.
	Cases string `json:"cases"`
	// Facts are those that the recommendation can depend on, with the cases in
	// which another value of the fact alone would change it; the most first.
	Facts []Share `json:"facts"`
	// Recommendations are the best first.
	Recommendations []Share `json:"recommendations"`
	// Beside are the facts that have no part in the recommendation and are not
	// meant to.
	Beside []string `json:"beside,omitempty"`
}

// Share is in how many of the cases something holds.
type Share struct {
	ID string `json:"id"`
	// Cases is how many these are, in digits.
	Cases string `json:"cases"`
	// Share is their part of all, from 0 to 1, rounded to six decimals.
	Share json.Number `json:"share"`
}
