package cli

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// sarifLog is what the tests read of SARIF.
type sarifLog struct {
	Runs []struct {
		Tool struct {
			Driver struct{ Rules []struct{ ID string } }
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ToolExecutionNotifications []struct{ Message struct{ Text string } }
		}
		Results []struct {
			RuleID              string
			Kind                string
			Message             struct{ Text string }
			PartialFingerprints map[string]string
		}
	}
}

// sarifSchema is the published schema.
func sarifSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open(repository(t, "pkg/report/testdata/sarif-schema-2.1.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	document, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("sarif.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("sarif.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

func readSARIF(t *testing.T, compiled *jsonschema.Schema, text string) sarifLog {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiled.Validate(value); err != nil {
		t.Error(err)
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(text), &log); err != nil || len(log.Runs) != 1 {
		t.Fatalf("%d runs: %v", len(log.Runs), err)
	}
	return log
}

// junitRoot is what the tests read of JUnit.
type junitRoot struct {
	XMLName  xml.Name `xml:"testsuites"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Suites   []struct {
		Name string `xml:"name,attr"`
	} `xml:"testsuite"`
}

func readJUnit(t *testing.T, text string) junitRoot {
	t.Helper()
	var root junitRoot
	decoder := xml.NewDecoder(strings.NewReader(text))
	if err := decoder.Decode(&root); err != nil {
		t.Fatal(err)
	}
	if rest := text[decoder.InputOffset():]; strings.TrimSpace(rest) != "" {
		t.Errorf("%q follows the root", rest)
	}
	return root
}

// annotation is a command that the runner of GitHub Actions takes: no property
// and no message has a character that would end it.
var annotation = regexp.MustCompile(`^::(error|warning|notice)( (file|line|col|title)=([^%:,\r\n]|%[0-9A-F]{2})*(,(file|line|col|title)=([^%:,\r\n]|%[0-9A-F]{2})*)*)?::([^%\r\n]|%[0-9A-F]{2})*$`)

// Every format of findings is valid, complete and free of commands when input
// is hostile, when some or all of it is broken, and when nothing is found. None
// of them has an exit code of its own.
func TestFindingsAreValid(t *testing.T) {
	hostile := t.TempDir()
	hostileFiles(t, hostile)
	schema := sarifSchema(t)
	write(t, hostile, "ren.yaml", "title: Nabohjelp\n")
	for _, test := range []struct {
		name, dir        string
		args             []string
		code             int
		suites, problems int // initiatives, and files that could not be read
		found            bool
	}{
		{"examples", repository(t, "examples"), []string{".", "--fail-on", "fail,unclear"}, Found, 23, 0, true},
		{"hostile texts", hostile, []string{"table.yaml", "command.yaml", "old-command.yaml", "percent.yaml", "xml.yaml", "quotes.yaml",
			"long.yaml", "one-long-word.yaml", "line-breaks.yaml", "brackets.yaml"}, Done, 10, 0, true},
		{"control characters", hostile, []string{"escape.yaml", "bell.yaml", "right-to-left.yaml"}, Unread, 0, 3, false},
		{"some broken input", hostile, []string{"ren.yaml", "broken.yaml", "latin1.yaml", "borte.yaml"}, Unread, 1, 3, true},
		{"nothing but broken input", hostile, []string{"broken.yaml", "list.yaml"}, Unread, 0, 2, false},
		{"nothing found", hostile, []string{"ren.yaml", "--show", "pass"}, Done, 1, 0, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(test.dir)
			files, run := written(t, append([]string{"assess", "-q", "--lang", "en"}, test.args...)...)
			if run.code != test.code {
				t.Fatalf("exit code %d, want %d: %s", run.code, test.code, run.stderr)
			}
			for _, format := range formatNames() {
				alone := call(t, "", append([]string{"assess", "-q", "--lang", "en", "-f", format}, test.args...)...)
				if alone.code != test.code {
					t.Errorf("%s: exit code %d, want %d", format, alone.code, test.code)
				}
				if format != "text" && alone.stdout != files[format] {
					t.Errorf("%s on standard output: other bytes\n%s", format, difference(files[format], alone.stdout))
				}
				if format != "github" {
					inert(t, format, strings.ReplaceAll(files[format], "\t", ""))
				}
			}
			sarif := readSARIF(t, schema, files["sarif"]).Runs[0]
			if len(sarif.Tool.Driver.Rules) < 30 || sarif.Results == nil || (len(sarif.Results) > 0) != test.found {
				t.Errorf("SARIF has %d rules and %d results", len(sarif.Tool.Driver.Rules), len(sarif.Results))
			}
			if ok := sarif.Invocations[0].ExecutionSuccessful; ok != (test.problems == 0) || !ok && len(sarif.Invocations[0].ToolExecutionNotifications) < test.problems {
				t.Errorf("SARIF says successful: %t, with %d notifications", ok, len(sarif.Invocations[0].ToolExecutionNotifications))
			}
			junit := readJUnit(t, files["junit"])
			if len(junit.Suites) != test.suites+test.problems || (junit.Errors > 0) != (test.problems > 0) || (junit.Failures > 0) != (test.code == Found) {
				t.Errorf("JUnit has %d suites, %d errors and %d failures", len(junit.Suites), junit.Errors, junit.Failures)
			}
			headline, annotations, _ := strings.Cut(files["github"], "\n")
			inert(t, "github", headline)
			for line := range strings.Lines(annotations) {
				if !annotation.MatchString(strings.TrimSuffix(line, "\n")) {
					t.Errorf("github: %q", line)
				}
				inert(t, "github", strings.TrimPrefix(line, "::"))
			}
		})
	}
}

// What a reviewer has seen of an initiative with an id of its own stays seen
// when its file gets another name and other lines.
func TestFingerprintsStay(t *testing.T) {
	example, err := os.ReadFile(repository(t, "examples/kortreist-kvalitet.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text := regexp.MustCompile(`(?m)^id:.*\n`).ReplaceAllString(string(example), "")
	schema := sarifSchema(t)
	prints := func(name, text string) (all []string) {
		folder := t.TempDir()
		write(t, folder, name, text)
		log := readSARIF(t, schema, call(t, "", "assess", "-q", "-f", "sarif", "--show", "all", filepath.Join(folder, name)).stdout)
		for _, r := range log.Runs[0].Results {
			if len(r.PartialFingerprints) == 0 {
				t.Errorf("%s of %s has no fingerprint", r.RuleID, name)
			}
			for _, key := range sortedKeys(r.PartialFingerprints) {
				all = append(all, r.RuleID+" "+key+" "+r.PartialFingerprints[key])
			}
		}
		slices.Sort(all)
		if len(slices.Compact(slices.Clone(all))) != len(all) {
			t.Errorf("%s: two findings have one fingerprint", name)
		}
		return all
	}
	first := prints("a.yaml", "id: fast\n"+text)
	if moved := prints("b.yaml", "\n# ny linje\n\nid: fast\n\n"+strings.ReplaceAll(text, "\n  ", "\n    ")); !slices.Equal(moved, first) {
		t.Errorf("other fingerprints:\n%s", difference(strings.Join(first, "\n"), strings.Join(moved, "\n")))
	}
	if other := prints("a.yaml", "id: annen\n"+text); slices.ContainsFunc(other, func(p string) bool { return slices.Contains(first, p) }) {
		t.Error("two initiatives have one fingerprint")
	}
}
