package report

// Findings are what a run found, for the tools that reviewers look at: a rule,
// a place, a message. Like a Document they hold no markup; a format escapes.
type Findings struct {
	Tool Tool
	// Rules are all rules that findings can name.
	Rules []FindingRule
	// Suites hold the findings of one initiative each, in the order of the
	// inputs.
	Suites []Suite
	// Problems are inputs that could not be read.
	Problems []Problem
	// Headline sums up the run in one sentence.
	Headline string
	// Words are the words of a format's own that the reader sees.
	Words FindingWords
}

// Tool names the program.
type Tool struct{ Name, Version, URI string }

// FindingRule describes a rule.
type FindingRule struct {
	ID string
	// Title is a few words, Text a sentence, Help some sentences.
	Title, Text, Help string
	// URI is where the rule can be read; empty where there is no such place.
	URI  string
	Tags []string
}

// Suite is what was found about one initiative.
type Suite struct {
	// ID is the initiative's id, with Path and Document unique within a run.
	ID    string
	Title string
	Path  string
	// Document counts from 1.
	Document int
	Findings []Finding
	// Recommendation is a finding of its own about the initiative as a whole.
	Recommendation Finding
}

// FindingKind says what came of a rule.
type FindingKind int

// The kinds, the gravest first.
const (
	FindingFail FindingKind = iota + 1
	FindingOpen
	FindingPass
	FindingNotApplicable
)

// Finding is what came of one rule, or of the initiative as a whole.
type Finding struct {
	// Rule is the id of a rule; for a recommendation its id.
	Rule string
	Kind FindingKind
	// Message is one sentence; Detail says more, and may be empty.
	Message, Detail string
	// Line and Column count from 1; 0 where there is no place.
	Line, Column int
	// Key stays the same when lines move: it is made of the initiative, the rule
	// and the fact.
	Key string
	// Named says that the run fails because of it.
	Named bool
	// Waiver says why it does not make the run fail, empty where nothing excuses
	// it.
	Waiver string
	// Shown says that formats which list findings list it.
	Shown bool
}

// Problem is why an input could not be read, or what else is wrong with it.
type Problem struct {
	Path         string
	Line, Column int
	Message      string
	// Grave says that the input was not used.
	Grave bool
}

// FindingWords are words that formats add.
type FindingWords struct {
	// Left is a template-free sentence saying that not all findings are shown;
	// it is given the number.
	Left func(n int) string
}
