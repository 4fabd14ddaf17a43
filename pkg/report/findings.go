package report

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// Findings are what a run found, for the tools that reviewers look at: a rule,
// a place, a message. Like a Document they hold no markup; a format escapes.
type Findings struct {
	Tool Tool
	// Language is the language of the texts, two letters such as nb; empty where
	// it does not matter.
	Language string
	// Rules are all rules that findings can name, those of Suite.Overall among
	// them, each id once.
	Rules []FindingRule
	// Suites are what was looked at, in the order of the inputs.
	Suites []Suite
	// Problems are inputs that could not be read, and what else is wrong.
	Problems []Problem
	// Headline sums up the run in one sentence.
	Headline string
	// Words are the words of a format's own that the reader sees.
	Words FindingWords
}

// Tool names the program.
type Tool struct{ Name, Version, URI string }

// FindingRule describes a rule. ID is stable, Title a few words, Text a
// sentence, Help some sentences.
type FindingRule struct {
	ID, Title, Text, Help string
	// URI is where the rule can be read; empty where there is no such place.
	URI  string
	Tags []string
	// Overall says that it is about a suite as a whole. It is known to the reader
	// by its title alone, the others by id and title.
	Overall bool
}

// Suite is what was found in one document of one file.
type Suite struct {
	// ID names it; with Path and Document it is unique within a run.
	ID, Title string
	// Path is the file, as it was named; empty where it has no name.
	Path string
	// Document counts from 1 within the file.
	Document int
	Findings []Finding
	// Overall is what was found of it as a whole. Without a rule there is no
	// such finding.
	Overall Finding
}

// FindingKind says what came of a rule. Zero counts as FindingOpen: what was
// forgotten has not passed.
type FindingKind int

// The kinds.
const (
	FindingFail FindingKind = iota + 1
	FindingOpen
	// FindingInformation says something that is neither good nor bad.
	FindingInformation
	FindingPass
	FindingNotApplicable
)

// String is the name that the kind has in SARIF.
func (k FindingKind) String() string {
	switch k {
	case FindingFail:
		return "fail"
	case FindingInformation:
		return "informational"
	case FindingPass:
		return "pass"
	case FindingNotApplicable:
		return "notApplicable"
	}
	return "open"
}

// Finding is what came of one rule.
type Finding struct {
	// Rule is the id of one of the rules.
	Rule string
	Kind FindingKind
	// Message is one sentence; Detail says more, and may be empty.
	Message, Detail string
	// Line and Column count from 1, columns in characters; 0 where there is no
	// place.
	Line, Column int
	// Key stays the same when lines move: it is made of what the finding is
	// about, never of where it stands. Empty: nothing recognises it.
	Key string
	// Named says that the run fails because of it.
	Named bool
	// Waiver says why it does not make the run fail, empty where nothing excuses
	// it.
	Waiver string
	// Shown says that formats which list findings list it; they list what is
	// Named in any case.
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
	// Left says that so many findings are not listed. Without it nothing is said.
	Left func(n int) string
}

// all lists the findings of a suite, the one about the whole last.
func (s *Suite) all() []*Finding {
	all := make([]*Finding, 0, len(s.Findings)+1)
	for i := range s.Findings {
		all = append(all, &s.Findings[i])
	}
	if s.Overall.Rule != "" {
		all = append(all, &s.Overall)
	}
	return all
}

// excused reports whether a waiver does something: there is nothing to excuse
// in what has passed or does not apply.
func (f Finding) excused() bool {
	return f.Waiver != "" && f.Kind != FindingPass && f.Kind != FindingNotApplicable
}

// named reports whether the run fails because of a finding.
func (f Finding) named() bool { return f.Named && !f.excused() }

// gravity is the place of a finding in a list, the gravest first.
func (f Finding) gravity() int {
	switch {
	case f.named():
		return 0
	case f.excused():
		return 4
	}
	switch f.Kind {
	case FindingFail:
		return 1
	case FindingInformation:
		return 3
	case FindingPass:
		return 5
	case FindingNotApplicable:
		return 6
	}
	return 2
}

// listing is a finding with what it is about.
type listing struct {
	*Finding
	suite *Suite
	// rule is the place of the finding's rule among the rules; -1: none of them.
	rule int
}

// listed are the findings that formats list, the gravest first, and among
// those in an order that does not depend on the one they came in.
func (f Findings) listed() []listing {
	places := f.rulePlaces()
	var all []listing
	for i := range f.Suites {
		suite := &f.Suites[i]
		for _, finding := range suite.all() {
			if finding.Shown || finding.named() {
				all = append(all, listing{finding, suite, placeOf(places, finding.Rule)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b listing) int {
		return cmp.Or(
			cmp.Compare(a.gravity(), b.gravity()),
			cmp.Compare(a.suite.Path, b.suite.Path),
			cmp.Compare(a.suite.Document, b.suite.Document),
			cmp.Compare(a.rule, b.rule),
			cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Key, b.Key),
			cmp.Compare(a.Message, b.Message),
		)
	})
	return all
}

func (f Findings) rulePlaces() map[string]int {
	places := make(map[string]int, len(f.Rules))
	for i := len(f.Rules) - 1; i >= 0; i-- {
		places[f.Rules[i].ID] = i
	}
	return places
}

func placeOf(places map[string]int, rule string) int {
	if i, known := places[rule]; known {
		return i
	}
	return -1
}

// ruleName is how a rule is called for the reader.
func (f Findings) ruleName(place int, id string) string {
	switch {
	case place < 0 || f.Rules[place].Title == "":
		return id
	case f.Rules[place].Overall:
		return f.Rules[place].Title
	}
	return id + " " + f.Rules[place].Title
}

// oneLine makes a text from a file harmless in a format of plain text: clean,
// on one line, at most so many characters, and no command to the machine that
// runs a workflow (see splitter).
func oneLine(text string, most int) string {
	text = cleanHead(text, most)
	if isPlainLine(text) {
		return text
	}
	return flowOf(Say(text)).paint(false)
}

// isPlainLine reports whether a cleaned text is sure to stay as it is when it is
// split into words and joined again.
func isPlainLine(text string) bool {
	return strings.Count(text, ":") < 2 && strings.Count(text, "#") < 2 && !strings.Contains(text, "  ") &&
		!strings.ContainsFunc(text, isNoBreakSpace) && !strings.HasPrefix(text, " ") && !strings.HasSuffix(text, " ")
}

// cleanHead is a text cleaned and cut to so many characters, with a mark.
func cleanHead(text string, most int) string {
	// Cleaning makes a text at most half as long; see writer.cell.
	text = clean(head(text, 2*most+2), false)
	return shorten(Say(text), most, "…")[0].Text
}

// pathText is a path, with slashes, harmless in a format of plain text. Blanks
// stay as they are where they can, so that the path still names its file.
func pathText(path string) string {
	path = clean(filepath.ToSlash(path), false)
	if strings.Count(path, ":") > 1 || strings.Count(path, "#") > 1 {
		return oneLine(path, len(path))
	}
	return path
}
