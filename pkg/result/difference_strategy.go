package result

// StrategyDifference is how two strategies, most often two versions of one,
// differ in meaning. A case is as in Counted, over what both strategies tell
// apart.
type StrategyDifference struct {
	Ksdev   int    `json:"ksdev"`
	Kind    string `json:"kind"` // "strategy_difference"
	Program string `json:"program"`
	// Old and New are the two.
	Old Strategy `json:"old"`
	New Strategy `json:"new"`
	// Equal says that nothing differs.
	Equal bool `json:"equal"`
	// Settings is what differs of thresholds, open choice, period and the list of
	// recommendations, each in a code with arguments.
	Settings []any `json:"settings,omitempty"`
	// Facts, Rules and Notes are those that differ or are on one side alone.
	Facts []StrategyChange `json:"facts,omitempty"`
	Rules []StrategyChange `json:"rules,omitempty"`
	Notes []StrategyChange `json:"notes,omitempty"`
	// Reworded are the rules that are written otherwise and mean the same.
	Reworded []string `json:"reworded,omitempty"`
	// Recommendations are the changes of the recommendation, the most common first.
	Recommendations []StrategyShift `json:"recommendations,omitempty"`
	// Cases is how many cases there are, in digits.
	Cases string `json:"cases"`
	// Initiatives are those that were assessed under both; absent where none were
	// given.
	Initiatives []Change `json:"initiatives,omitempty"`
	// Unread are the files that can be read under one of the two alone, or not at
	// all.
	Unread []UnreadUnder `json:"unread,omitempty"`
	// ExitCode is what the program ended with.
	ExitCode int `json:"exit_code"`
}

// StrategyChange is a fact, a rule or a note that differs.
type StrategyChange struct {
	// ID is the fact's path, or the id.
	ID string `json:"id"`
	// Status is "new", "gone" or "changed".
	Status string `json:"status"`
	// About is what differs of its definition, each in a code with arguments.
	About []any `json:"about,omitempty"`
	// Shifts are the cases that come to something else.
	Shifts []StrategyShift `json:"shifts,omitempty"`
}

// StrategyShift is a set of cases that come to one thing in the old strategy
// and to another in the new.
type StrategyShift struct {
	// Old and New are outcomes of a rule, recommendations, or "yes" and "no" for
	// whether a note is printed.
	Old string `json:"old"`
	New string `json:"new"`
	// Cases are the cases in parts, or examples, each as an argument has it; More
	// says that there are others.
	Cases []any `json:"cases"`
	More  bool  `json:"more,omitempty"`
	// Count is how many cases it is, in digits.
	Count string `json:"count"`
}

// UnreadUnder is a file that cannot be read as an initiative under a strategy.
type UnreadUnder struct {
	Path string `json:"path"`
	// Strategy is "old", "new" or "both".
	Strategy string `json:"strategy"`
}
