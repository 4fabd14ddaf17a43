package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/jstemmer/go-junit-report/v2/junit"

	"github.com/ks-no/ksdev/pkg/diag"
)

const (
	// junitTime stands where JUnit wants to know how long something took.
	junitTime   = "0.000"
	junitLength = 4000 // characters of a text
)

// JUnit writes findings as a test report in the form that CI systems share: a
// suite for each document that was looked at, in which every rule is a test
// case, listed or not, so that the counts are right.
//
//   - A fail is a failure, and so is anything that is named.
//   - What is open, does not apply or is waived was skipped.
//   - The rest has passed; what informs says so as output.
//   - A file with problems is a suite of its own. Grave ones are errors; the
//     others are said by a case that passes.
func JUnit(f Findings) ([]byte, error) {
	root := junit.Testsuites{Name: oneLine(f.Tool.Name, junitLength), Time: junitTime}
	names := names{}
	places := f.rulePlaces()
	for i, name := range f.suiteNames() {
		addSuite(&root, f.junitSuite(&f.Suites[i], names.unique(name), places))
	}
	for _, problems := range f.problemsByPath() {
		name := firstOf(pathText(problems[0].Path), root.Name)
		addSuite(&root, junitProblems(problems, names.unique(name)))
	}
	// The published schema has no such attribute on the root.
	root.Skipped = 0
	var b bytes.Buffer
	b.WriteString(xml.Header)
	if err := root.WriteXML(&b); err != nil {
		return nil, fmt.Errorf("write JUnit: %w", err)
	}
	return b.Bytes(), nil
}

func addSuite(root *junit.Testsuites, suite junit.Testsuite) {
	suite.ID = len(root.Suites)
	suite.Time = junitTime
	root.AddSuite(suite)
}

// suiteNames names each suite by its id, and where several have the same, by
// where it stands too.
func (f Findings) suiteNames() []string {
	count := map[string]int{}
	for _, suite := range f.Suites {
		count[suite.ID]++
	}
	all := make([]string, len(f.Suites))
	for i, suite := range f.Suites {
		all[i] = oneLine(suite.ID, junitLength)
		if count[suite.ID] > 1 && suite.Path != "" {
			all[i] += " (" + pathText(suite.Path) + ")"
		}
	}
	return all
}

// names counts how often each name was wanted.
type names map[string]int

// unique is the name that is wanted, or where that is taken, the same with a
// number.
func (n names) unique(wanted string) string {
	n[wanted]++
	if n[wanted] == 1 {
		return wanted
	}
	// A name with a number may have been wanted for itself.
	return n.unique(fmt.Sprintf("%s (%d)", wanted, n[wanted]))
}

func (f Findings) junitSuite(s *Suite, name string, places map[string]int) junit.Testsuite {
	suite := junit.Testsuite{Name: name, File: pathText(s.Path)}
	if s.Title != "" {
		suite.AddProperty("title", oneLine(s.Title, junitLength))
	}
	cases := names{}
	for _, finding := range s.all() {
		rule := oneLine(f.ruleName(placeOf(places, finding.Rule), finding.Rule), junitLength)
		suite.AddTestcase(finding.junitCase(name, cases.unique(rule), s.Path))
	}
	return suite
}

func (f Finding) junitCase(suite, name, path string) junit.Testcase {
	test := junit.Testcase{Classname: suite, Name: name, Time: junitTime}
	switch {
	case f.excused():
		test.Skipped = f.junitResult("waived", f.Waiver, path)
	case f.named() || f.Kind == FindingFail:
		test.Failure = f.junitResult(f.Kind.String(), f.Message, path)
	case f.Kind == FindingInformation:
		test.SystemOut = &junit.Output{Data: f.junitText(path)}
	case f.Kind != FindingPass:
		test.Skipped = f.junitResult(f.Kind.String(), f.Message, path)
	}
	return test
}

func (f Finding) junitResult(kind, message, path string) *junit.Result {
	return &junit.Result{Type: kind, Message: oneLine(message, junitLength), Data: f.junitText(path)}
}

// junitText is all that there is to say, on a line each, and where.
func (f Finding) junitText(path string) string {
	lines := []string{oneLine(f.Message, junitLength), oneLine(f.Detail, junitLength), placeText(path, f.Line, f.Column)}
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return line == "" }), "\n")
}

// placeText is file:line:column, as far as known.
func placeText(path string, line, column int) string {
	return diag.Pos{File: pathText(path), Line: line, Column: column}.String()
}

// problemsByPath parts the problems by file, in the order in which files come
// first.
func (f Findings) problemsByPath() [][]Problem {
	var files [][]Problem
	places := map[string]int{}
	for _, problem := range f.Problems {
		i, known := places[problem.Path]
		if !known {
			i = len(files)
			places[problem.Path] = i
			files = append(files, nil)
		}
		files[i] = append(files[i], problem)
	}
	return files
}

func junitProblems(problems []Problem, name string) junit.Testsuite {
	suite := junit.Testsuite{Name: name, File: pathText(problems[0].Path)}
	cases := names{}
	for _, problem := range problems {
		at := placeText(problem.Path, problem.Line, problem.Column)
		message := oneLine(problem.Message, junitLength)
		test := junit.Testcase{Classname: name, Name: cases.unique(firstOf(at, name)), Time: junitTime}
		if problem.Grave {
			test.Error = &junit.Result{Type: "error", Message: message, Data: strings.TrimPrefix(message+"\n"+at, "\n")}
		} else {
			test.SystemOut = &junit.Output{Data: message}
		}
		suite.AddTestcase(test)
	}
	return suite
}
