package report

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// log is the part of a SARIF log that the tests look at.
type log struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Name, Version string
				Rules         []struct {
					ID, Name, HelpURI string
					ShortDescription  sarifString
					FullDescription   sarifString
					Help              sarifString
					Properties        struct{ Tags []string }
				}
			}
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ToolExecutionNotifications []struct {
				Level     string
				Message   sarifString
				Locations []sarifPlace
			}
		}
		Results []struct {
			RuleID              string
			RuleIndex           int
			Kind, Level         string
			Message             sarifString
			Locations           []sarifPlace
			PartialFingerprints map[string]string
			Suppressions        *[]struct{ Kind, Status, Justification string }
		}
	}
}

type sarifString struct{ Text, Markdown string }

type sarifPlace struct {
	PhysicalLocation struct {
		ArtifactLocation struct{ URI, URIBaseID string }
		Region           *struct{ StartLine, StartColumn int }
	}
	LogicalLocations []struct{ Name string }
}

func compiledSchema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	schema, err := compiler.Compile(filepath.Join("testdata", "sarif-schema-2.1.0.json"))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// readSARIF reads a log back, and checks it by the published schema.
func readSARIF(t testing.TB, schema *jsonschema.Schema, text []byte) log {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(value); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var read log
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	return read
}

// unbraced takes back what SARIF wants in messages.
func unbraced(text string) string {
	return strings.NewReplacer("{{", "{", "}}", "}").Replace(text)
}

func TestSARIFSchema(t *testing.T) {
	schema := compiledSchema(t)
	for name, findings := range map[string]Findings{"nothing": {}, "example": exampleFindings(), "many": manyFindings(3, 4, 5)} {
		t.Run(name, func(t *testing.T) { readSARIF(t, schema, write(t, "sarif", findings)) })
	}
	t.Run("refuses what is wrong", func(t *testing.T) {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"results": []}]}`))
		if err != nil || schema.Validate(value) == nil {
			t.Error("a run without a tool is valid")
		}
	})
}

func TestSARIFLevels(t *testing.T) {
	tests := []struct {
		finding     Finding
		kind, level string
		suppressed  bool
	}{
		{Finding{Kind: FindingFail}, "fail", "warning", false},
		{Finding{Kind: FindingFail, Named: true}, "fail", "error", false},
		{Finding{Kind: FindingFail, Named: true, Waiver: "godtatt"}, "fail", "warning", true},
		{Finding{Kind: FindingOpen, Named: true}, "open", "", false},
		{Finding{Kind: FindingOpen, Waiver: "godtatt"}, "open", "", true},
		{Finding{Kind: FindingPass, Waiver: "godtatt"}, "pass", "", false},
		{Finding{Kind: FindingPass}, "pass", "", false},
		{Finding{Kind: FindingNotApplicable}, "notApplicable", "", false},
		{Finding{Kind: FindingInformation}, "informational", "", false},
		{Finding{}, "open", "", false},
	}
	schema := compiledSchema(t)
	for _, test := range tests {
		run := readSARIF(t, schema, write(t, "sarif", oneFinding(test.finding))).Runs[0]
		got := run.Results[0]
		if got.Kind != test.kind || got.Level != test.level || (got.Suppressions != nil) != test.suppressed {
			t.Errorf("%+v: got %+v", test.finding, got)
		}
	}
}

// Where one result is suppressed, SARIF wants to know of all whether they are.
func TestSARIFSuppressions(t *testing.T) {
	run := readSARIF(t, compiledSchema(t), write(t, "sarif", exampleFindings())).Runs[0]
	for _, result := range run.Results {
		if result.Suppressions == nil {
			t.Fatalf("%+v does not say", result)
		}
		if n := len(*result.Suppressions); (n == 1) != (result.RuleID == "C6") {
			t.Errorf("%s has %d suppressions", result.RuleID, n)
		}
	}
	if run.Invocations[0].ExecutionSuccessful {
		t.Error("successful, though a file was not read")
	}
}

// Lines may move; what is found is still the same.
func TestSARIFFingerprints(t *testing.T) {
	fingerprint := func(finding Finding) string {
		return readSARIF(t, compiledSchema(t), write(t, "sarif", oneFinding(finding))).Runs[0].Results[0].PartialFingerprints["ksdev/v1"]
	}
	one := fingerprint(Finding{Key: "a/C1", Line: 3, Column: 4, Message: "x"})
	if one == "" || one != fingerprint(Finding{Key: "a/C1", Line: 30, Message: "y"}) {
		t.Error("another line or message gives another fingerprint")
	}
	if one == fingerprint(Finding{Key: "a/C2", Line: 3, Column: 4, Message: "x"}) {
		t.Error("another key gives the same fingerprint")
	}
	if got := fingerprint(Finding{}); got != "" {
		t.Errorf("without a key: %q", got)
	}
}

func TestSARIFLimits(t *testing.T) {
	schema := compiledSchema(t)
	f := manyFindings(20, sarifResults-30, 100)
	long := strings.Repeat("lang tekst ", 1000)
	f.Rules[0].Title, f.Rules[0].Text, f.Rules[0].Help = long, long, long
	for i := range 25 {
		f.Rules[0].Tags = append(f.Rules[0].Tags, fmt.Sprint("emne ", i/2))
	}
	run := readSARIF(t, schema, write(t, "sarif", f)).Runs[0]
	levels := map[string]int{}
	for i, result := range run.Results {
		levels[result.Level]++
		if i < 20 && result.Level != "error" {
			t.Fatalf("result %d is %q", i, result.Level)
		}
	}
	if len(run.Results) != sarifResults || levels["error"] != 20 || levels["warning"] != sarifResults-30 || levels[""] != 10 {
		t.Errorf("%d results: %v", len(run.Results), levels)
	}
	notifications := run.Invocations[0].ToolExecutionNotifications
	if len(notifications) != 1 || notifications[0].Message.Text != "90 left" || !run.Invocations[0].ExecutionSuccessful {
		t.Errorf("got %+v", run.Invocations)
	}
	rule := run.Tool.Driver.Rules[0]
	if len(rule.Properties.Tags) != 10 || rule.Properties.Tags[9] != "emne 9" {
		t.Errorf("tags %q", rule.Properties.Tags)
	}
	for name, length := range map[string][2]int{
		"name": {len(rule.Name), sarifNameLength}, "short": {len(rule.ShortDescription.Text), sarifDescriptionLength},
		"full": {len(rule.FullDescription.Text), sarifDescriptionLength}, "help": {len(rule.Help.Text), sarifHelpLength},
	} {
		if length[0] > length[1]+len("…") || length[0] < length[1]-4 {
			t.Errorf("%s has %d bytes, not about %d", name, length[0], length[1])
		}
	}
}

func TestSARIFPaths(t *testing.T) {
	tests := []struct{ path, uri, base string }{
		{"a.yaml", "a.yaml", "%SRCROOT%"},
		{"./forslag//a b.yaml", "forslag/a%20b.yaml", "%SRCROOT%"},
		{"../ø.yaml", "../%C3%B8.yaml", "%SRCROOT%"},
		{"javascript:alert(1)", "javascript%3Aalert%281%29", "%SRCROOT%"},
		{"a?b#c%41", "a%3Fb%23c%2541", "%SRCROOT%"},
		{"a\xff\x00\n\u202e", "a%FF%00%0A%E2%80%AE", "%SRCROOT%"},
		{"/srv/forslag/a.yaml", "file:///srv/forslag/a.yaml", ""},
		{"C:/forslag/a b.yaml", "file:///C:/forslag/a%20b.yaml", ""},
		{"//server/felles/a.yaml", "file://server/felles/a.yaml", ""},
		{"//server/../a.yaml", "file://server/a.yaml", ""},
		{"//server", "file:///server", ""},
		{"//./a.yaml", "file:///a.yaml", ""},
		{"//a> [b]: c/d.yaml", "file:///a%3E%20%5Bb%5D%3A%20c/d.yaml", ""},
		{"C:forslag/a.yaml", "C%3Aforslag/a.yaml", "%SRCROOT%"},
		{"1:/a.yaml", "1%3A/a.yaml", "%SRCROOT%"},
		{"-", "-", "%SRCROOT%"},
		{"", "", ""},
	}
	schema := compiledSchema(t)
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			f := oneFinding(Finding{Line: 3})
			f.Suites[0].Path = test.path
			locations := readSARIF(t, schema, write(t, "sarif", f)).Runs[0].Results[0].Locations
			if test.uri == "" {
				if len(locations) > 0 {
					t.Errorf("got %+v", locations)
				}
				return
			}
			if got := locations[0].PhysicalLocation.ArtifactLocation; got.URI != test.uri || got.URIBaseID != test.base {
				t.Errorf("got %+v", got)
			}
			if back, err := url.PathUnescape(test.uri); test.base != "" && (err != nil || back != path.Clean(test.path)) {
				t.Errorf("reads back as %q, %v", back, err)
			}
		})
	}
}

func TestSARIFMessages(t *testing.T) {
	tests := []struct {
		name            string
		message, detail string
		want            string
	}{
		{"a sentence and more", "det mangler", "Si mer.", "det mangler. Si mer."},
		{"a full stop that is there", "Det mangler.", "Si mer.", "Det mangler. Si mer."},
		{"no more", "det mangler", "", "det mangler"},
		{"only more", "", "Si mer.", "Si mer."},
		{"places for values", "{0} og {a}", "", "{{0}} og {{a}}"},
		{"a link", "[her](https://example.org) [1](2)", "", "[her] (https://example.org) [1] (2)"},
		{"other brackets", "[a] (b) c](", "", "[a] (b) c] ("},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text := write(t, "sarif", oneFinding(Finding{Message: test.message, Detail: test.detail}))
			if got := readSARIF(t, compiledSchema(t), text).Runs[0].Results[0].Message.Text; got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSARIFAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"https://example.org/a?b=c#d": true, "http://example.org": true, "": false, "example.org": false, "javascript:alert(1)": false,
		"https:///a": false, "https://example.org/a b": false, "https://example.org/\u202e": false, "https://example.org/%": false, "file:///etc": false,
	} {
		if got := isWebAddress(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
	}
}

func TestSARIFRefuses(t *testing.T) {
	f := oneFinding(Finding{Kind: FindingFail})
	f.Rules = nil
	if got, err := SARIF(f); err == nil || err.Error() != `write SARIF: "C1" is none of the rules` || got != nil {
		t.Errorf("got %s, %v", got, err)
	}
}
