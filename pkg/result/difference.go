package result

// Difference is what changed between two runs.
type Difference struct {
	Ksdev   int    `json:"ksdev"`
	Kind    string `json:"kind"` // "difference"
	Program string `json:"program"`
	// Initiatives are all that stand on either side, by id; those in which
	// nothing changed too.
	Initiatives []Change `json:"initiatives"`
	// Worse says that a change is for the worse.
	Worse bool `json:"worse"`
}

// What became of an initiative.
const (
	Same    = "same"
	Changed = "changed"
	Added   = "new"
	Gone    = "gone"
	Renamed = "renamed"
)

// What can differ between two assessments of one initiative.
const (
	// DiffersInput: the file's bytes.
	DiffersInput = "input"
	// DiffersStrategy: the strategy's digest.
	DiffersStrategy = "strategy"
	// DiffersThresholds: thresholds, or the open choice.
	DiffersThresholds = "thresholds"
	// DiffersAssumptions: what was assumed.
	DiffersAssumptions = "assumptions"
	// DiffersDate: the day assessed as of.
	DiffersDate = "date"
	// DiffersProgram: the program's version.
	DiffersProgram = "program"
)

// Change is what changed for one initiative.
type Change struct {
	Status string `json:"status"`
	ID     string `json:"id"`
	// OldID is the id that a renamed initiative had.
	OldID string `json:"old_id,omitempty"`
	Title string `json:"title"`
	// OldInput and NewInput are where it was read; absent on a side where it is
	// not.
	OldInput *Input `json:"old_input,omitempty"`
	NewInput *Input `json:"new_input,omitempty"`
	// Differs lists what differs between the two assessments.
	Differs []string `json:"differs,omitempty"`
	// Recommendation is absent where it is the same.
	Recommendation *AdviceChange `json:"recommendation,omitempty"`
	// Rules are those with another outcome.
	Rules []RuleChange `json:"rules,omitempty"`
	// Alone is what differs and alone brings about the whole change; absent
	// where that is not known or nothing alone does.
	Alone string `json:"alone,omitempty"`
}

// AdviceChange is a recommendation before and after, as documented.
type AdviceChange struct {
	Old Advice `json:"old"`
	New Advice `json:"new"`
	// Worse says that the best or the lowest recommendation still possible is
	// lower than before.
	Worse bool `json:"worse"`
}

// RuleChange is a rule's outcome before and after, as documented; absent on a
// side whose strategy does not have the rule.
type RuleChange struct {
	ID  string `json:"id"`
	Old *Other `json:"old,omitempty"`
	New *Other `json:"new,omitempty"`
}
