package result

// Asking is what to ask about one initiative, in the order of its worth.
type Asking struct {
	Ksdev    int      `json:"ksdev"`
	Kind     string   `json:"kind"` // "questions"
	Program  string   `json:"program"`
	Strategy Strategy `json:"strategy"`
	Input    Input    `json:"input"`
	// Possible are the recommendations that are possible, the best first; the two
	// that the open choice divides are together candidate.
	Possible []string `json:"possible"`
	// Questions are those that can change the recommendation; absent where there
	// are none.
	Questions *Questions `json:"questions,omitempty"`
	// Closed are open facts that could change it and are not asked.
	Closed []ClosedFact `json:"closed,omitempty"`
	// NotNeeded are open facts that rules read and that cannot change it.
	NotNeeded []string `json:"not_needed,omitempty"`
}

// ClosedFact is an open fact that is not asked.
type ClosedFact struct {
	Fact string `json:"fact"`
	// Cause is SaidUnknown or KnownLater.
	Cause string `json:"cause"`
}
