package result

// StrategyTest is what a strategy's own cases say of it, and of themselves.
type StrategyTest struct {
	Ksdev    int      `json:"ksdev"`
	Kind     string   `json:"kind"` // "strategy_test"
	Program  string   `json:"program"`
	Strategy Strategy `json:"strategy"`
	// Cases are all cases, in the order of files and places.
	Cases []TestedCase `json:"cases"`
	// Coverage is what the cases should show, in the order of the strategy.
	Coverage []CoverageItem `json:"coverage"`
	// Changes are the small changes that were tried, in the order of the
	// strategy; absent where none were.
	Changes []TriedChange `json:"changes,omitempty"`
	// ExitCode is what the program ended with: 0 where there are cases, all of
	// them hold, and no change that was tried goes unnoticed.
	ExitCode int `json:"exit_code"`
}

// TestedCase is one case.
type TestedCase struct {
	Name  string `json:"name"`
	Holds bool   `json:"holds"`
	Path  string `json:"path"`
	Place
	// Diagnostics are faults of the case itself, and differences from what it
	// expects.
	Diagnostics []Diagnostic `json:"diagnostics,omitempty"`
}

// CoverageItem is something that a case should show.
type CoverageItem struct {
	// Kind is "outcome" (of a rule), "row" (of the table), "note", or, of a
	// comparison, "holds" or "holds_not".
	Kind string `json:"kind"`
	// On is the rule, the row or the note, or what reads the comparison first.
	On string `json:"on"`
	// Of is the outcome, or the comparison as the strategy writes it.
	Of string `json:"of,omitempty"`
	// Covered says that a case that holds shows it.
	Covered bool   `json:"covered"`
	Path    string `json:"path"`
	Place
}

// TriedChange is one small change of the strategy.
type TriedChange struct {
	// Kind is "constant", "operator", "connective", "part", "negation",
	// "left_out", "row_cell" or "row_result".
	Kind string `json:"kind"`
	// On is the rule, the rule set, the named condition, the row or the note.
	On string `json:"on"`
	// From and To are what is written and what was tried instead, as strategy
	// files write it; To is absent where it was left out.
	From string `json:"from"`
	To   string `json:"to,omitempty"`
	// Status is "noticed" (a case does not hold any more), "unnoticed",
	// "equivalent" (the strategy says the same, which is proven) or "refused" (the
	// strategy cannot be loaded so).
	Status string `json:"status"`
	Path   string `json:"path"`
	Place
}
