package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jstemmer/go-junit-report/v2/junit"
)

// xsd is a node of an XML Schema.
type xsd struct {
	XMLName xml.Name
	Name    string `xml:"name,attr"`
	Type    string `xml:"type,attr"`
	Ref     string `xml:"ref,attr"`
	Use     string `xml:"use,attr"`
	Mixed   bool   `xml:"mixed,attr"`
	Value   string `xml:"value,attr"`
	Nodes   []xsd  `xml:",any"`
}

// under lists the nodes of a kind at any depth.
func (x xsd) under(kind string) []xsd {
	var all []xsd
	for _, node := range x.Nodes {
		if node.XMLName.Local == kind {
			all = append(all, node)
		}
		all = append(all, node.under(kind)...)
	}
	return all
}

// junitSchema is the published schema. Its lists of elements allow any number in
// any order, so that it is enough to look at names; a test sees to that.
func junitSchema(t testing.TB) xsd {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "junit-10.xsd"))
	if err != nil {
		t.Fatal(err)
	}
	var schema xsd
	if err := xml.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// element is the declaration of a global element.
func (x xsd) element(name string) (xsd, bool) {
	i := slices.IndexFunc(x.Nodes, func(node xsd) bool { return node.XMLName.Local == "element" && node.Name == name })
	if i < 0 {
		return xsd{}, false
	}
	return x.Nodes[i], true
}

// check lists what is wrong with a document by the schema.
func (x xsd) check(text []byte) []string {
	var wrong []string
	var open []xsd
	decoder := xml.NewDecoder(bytes.NewReader(text))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return wrong
		}
		if err != nil {
			return append(wrong, err.Error())
		}
		switch token := token.(type) {
		case xml.StartElement:
			name := token.Name.Local
			declared, known := x.element(name)
			if known && len(open) > 0 {
				known = slices.ContainsFunc(open[len(open)-1].under("element"), func(child xsd) bool { return child.Ref == name })
			}
			if !known {
				wrong = append(wrong, "element "+name)
			}
			wrong = append(wrong, x.checkAttributes(declared, token)...)
			open = append(open, declared)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 && strings.TrimSpace(string(token)) != "" && !open[len(open)-1].takesText() {
				wrong = append(wrong, fmt.Sprintf("text %q", token))
			}
		}
	}
}

func (x xsd) takesText() bool {
	types := x.under("complexType")
	return x.Type == "xs:string" || len(types) > 0 && types[0].Mixed
}

func (x xsd) checkAttributes(declared xsd, element xml.StartElement) []string {
	var wrong []string
	given := map[string]string{}
	for _, attribute := range element.Attr {
		given[attribute.Name.Local] = attribute.Value
	}
	for _, attribute := range declared.under("attribute") {
		value, ok := given[attribute.Name]
		delete(given, attribute.Name)
		if !ok && attribute.Use == "required" {
			wrong = append(wrong, element.Name.Local+" without "+attribute.Name)
		}
		for _, simple := range x.under("simpleType") {
			pattern := simple.under("pattern")[0].Value
			if ok && simple.Name == attribute.Type && !regexp.MustCompile("^("+pattern+")$").MatchString(value) {
				wrong = append(wrong, fmt.Sprintf("%s %q", attribute.Name, value))
			}
		}
	}
	for name := range given {
		wrong = append(wrong, element.Name.Local+" with "+name)
	}
	return wrong
}

// The check above may look at names alone.
func TestJUnitSchemaIsLoose(t *testing.T) {
	schema := junitSchema(t)
	for _, name := range []string{"testsuites", "testsuite", "testcase", "properties"} {
		declared, _ := schema.element(name)
		for _, kind := range []string{"choice", "sequence"} {
			for _, list := range declared.under(kind) {
				for _, child := range list.Nodes {
					if child.Ref != "" && kind == "sequence" && len(list.Nodes) > 1 {
						t.Errorf("%s has an order", name)
					}
				}
			}
		}
	}
	for text, want := range map[string]string{
		`<testsuites><x></x></testsuites>`:                                                         "element x",
		`<testsuite name="a" tests="1" failures="0"></testsuite>`:                                  "testsuite without errors",
		`<testsuites time="1s"></testsuites>`:                                                      `time "1s"`,
		`<testsuites skipped="1"></testsuites>`:                                                    "testsuites with skipped",
		`<testsuites>x</testsuites>`:                                                               `text "x"`,
		`<testsuites><testcase name="a"></testcase></testsuites>`:                                  "element testcase",
		`<testcase name="a"><failure message="m">x</failure><system-out>y</system-out></testcase>`: "",
	} {
		if got := strings.Join(schema.check([]byte(text)), ", "); got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

// readJUnit reads a report back, and checks it by the published schema and its
// counts by its cases.
func readJUnit(t testing.TB, schema xsd, text []byte) junit.Testsuites {
	t.Helper()
	if wrong := schema.check(text); len(wrong) > 0 {
		t.Fatalf("%s in\n%s", strings.Join(wrong, ", "), text)
	}
	var root junit.Testsuites
	if err := xml.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	var all junit.Testsuites
	var names []string
	for _, suite := range root.Suites {
		count := junit.Testsuite{}
		var cases []string
		for _, test := range suite.Testcases {
			count.AddTestcase(test)
			cases = append(cases, test.Name)
			if test.Classname != suite.Name || test.Time != "0.000" {
				t.Errorf("case %+v in suite %q", test, suite.Name)
			}
		}
		if suite.Tests != count.Tests || suite.Failures != count.Failures || suite.Errors != count.Errors || suite.Skipped != count.Skipped {
			t.Errorf("%s: the counts are wrong: %+v", suite.Name, suite)
		}
		if slices.Sort(cases); len(slices.Compact(cases)) != suite.Tests {
			t.Errorf("%s: two cases of one name: %q", suite.Name, cases)
		}
		all.AddSuite(count)
		names = append(names, suite.Name)
	}
	if root.Tests != all.Tests || root.Failures != all.Failures || root.Errors != all.Errors {
		t.Errorf("the counts are wrong: %d %d %d, not %d %d %d", root.Tests, root.Failures, root.Errors, all.Tests, all.Failures, all.Errors)
	}
	if slices.Sort(names); len(slices.Compact(names)) != len(root.Suites) {
		t.Errorf("two suites of one name: %q", names)
	}
	return root
}

func TestJUnitSchema(t *testing.T) {
	schema := junitSchema(t)
	for name, findings := range map[string]Findings{"nothing": {}, "example": exampleFindings(), "many": manyFindings(3, 4, 5)} {
		t.Run(name, func(t *testing.T) { readJUnit(t, schema, write(t, "junit", findings)) })
	}
}

// Where xmllint is installed, it looks too.
func TestJUnitXmllint(t *testing.T) {
	xmllint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed; on Debian: apt-get install libxml2-utils")
	}
	for name, text := range hostileTexts() {
		command := exec.Command(xmllint, "--noout", "--schema", filepath.Join("testdata", "junit-10.xsd"), "-")
		command.Stdin = bytes.NewReader(write(t, "junit", findingsOf(text)))
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %.300s", name, err, out)
		}
	}
}

func TestJUnitCases(t *testing.T) {
	tests := []struct {
		finding       Finding
		came, message string
		data          string
	}{
		{Finding{Kind: FindingFail, Message: "m", Detail: "d", Line: 3, Column: 4}, "failure fail", "m", "m\nd\na.yaml:3:4"},
		{Finding{Kind: FindingOpen, Message: "m"}, "skipped open", "m", "m\na.yaml"},
		{Finding{Kind: FindingOpen, Named: true, Message: "m"}, "failure open", "m", "m\na.yaml"},
		{Finding{Message: "m"}, "skipped open", "m", "m\na.yaml"},
		{Finding{Kind: FindingNotApplicable, Message: "m"}, "skipped notApplicable", "m", "m\na.yaml"},
		{Finding{Kind: FindingFail, Named: true, Message: "m", Waiver: "godtatt"}, "skipped waived", "godtatt", "m\na.yaml"},
		{Finding{Kind: FindingPass, Message: "m"}, "", "", ""},
		{Finding{Kind: FindingPass, Message: "m", Waiver: "godtatt"}, "", "", ""},
		{Finding{Kind: FindingInformation, Message: "m"}, "", "", ""},
		{Finding{Kind: FindingInformation, Named: true, Message: "m"}, "failure informational", "m", "m\na.yaml"},
	}
	schema := junitSchema(t)
	for _, test := range tests {
		got := readJUnit(t, schema, write(t, "junit", oneFinding(test.finding))).Suites[0].Testcases[0]
		came, result := "", &junit.Result{}
		switch {
		case got.Failure != nil:
			came, result = "failure "+got.Failure.Type, got.Failure
		case got.Skipped != nil:
			came, result = "skipped "+got.Skipped.Type, got.Skipped
		}
		if came != test.came || result.Message != test.message || result.Data != test.data || got.Name != "C1 Tittel" {
			t.Errorf("%+v: got %q, %+v", test.finding, came, result)
		}
	}
}

// However often a name is wanted, no two are the same.
func TestJUnitNames(t *testing.T) {
	n := names{}
	var got []string
	for _, wanted := range []string{"a", "a (2)", "a", "a", "", "", "a (2)"} {
		got = append(got, n.unique(wanted))
	}
	want := []string{"a", "a (2)", "a (2) (2)", "a (3)", "", " (2)", "a (2) (3)"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	f := Findings{Problems: []Problem{{Path: "b"}, {Path: "a", Line: 1}, {Path: "b"}, {Message: "uten sted"}}}
	f.Suites = []Suite{{ID: "a"}, {ID: "a", Path: "x"}, {ID: "b"}, {ID: "a", Path: "x", Document: 2}}
	var suites []string
	for _, suite := range readJUnit(t, junitSchema(t), write(t, "junit", f)).Suites {
		suites = append(suites, suite.Name)
	}
	want = []string{"a", "a (x)", "b", "a (x) (2)", "b (2)", "a (2)", ""}
	if !slices.Equal(suites, want) {
		t.Errorf("got %q, want %q", suites, want)
	}
}
