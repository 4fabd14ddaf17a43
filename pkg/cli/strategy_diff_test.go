package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// revise puts the shipped strategy in the folder utkast of the working folder,
// changed as its next version might be: some rules say something else, one says
// the same in other words, and a fact loses an option that an example has.
func revise(t *testing.T) {
	t.Helper()
	root := repository(t, "")
	t.Chdir(t.TempDir())
	if err := os.CopyFS("utkast", os.DirFS(filepath.Join(root, "criteria", "ks-2016-2019"))); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS("tiltak", os.DirFS(filepath.Join(root, "examples"))); err != nil {
		t.Fatal(err)
	}
	for _, change := range []struct{ file, old, new string }{
		{"strategy.yaml", `version: "1"`, `version: "2"`},
		{"strategy.yaml", "value: 1 mrd.", "value: 2 mrd."},
		{"facts.yaml", "      other:\n        nb: andre\n        nn: andre\n        en: others\n    grounds: optional\n    changeable: no", "    grounds: optional\n    changeable: no"},
		{"prioritisation.yaml", "    pass_when: needs.documented == yes", "    pass_when:\n      all:\n        - needs.documented == yes\n        - benefits.useful == yes"},
		{"prioritisation.yaml", "      any:\n        - aims.freedom_of_action == yes\n        - aims.quality == yes\n        - aims.resource_use == yes",
			"      none:\n        - all:\n            - aims.resource_use == no\n            - aims.quality == no\n            - aims.freedom_of_action == no"},
		{"follow-up.yaml", "includes all planning | carrying_out", "includes carrying_out"},
		{"notes.yaml", "        - origin.initiator includes any ks | municipality | county | other", "        - origin.initiator includes any ks | municipality | county"},
	} {
		revised(t, "utkast/"+change.file, change.old, change.new)
	}
}

func revised(t *testing.T, file, old, new string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(data), old) != 1 {
		t.Fatalf("%s does not hold once %q", file, old)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(data), old, new, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// What the next version of a strategy changes, as its author sees it.
// KSDEV_UPDATE=1 writes it anew.
func TestStrategyDiff(t *testing.T) {
	kept, err := filepath.Abs(filepath.Join("testdata", "versions"))
	if err != nil {
		t.Fatal(err)
	}
	valid := schema(t)
	revise(t)
	for _, language := range []string{"nb", "nn", "en"} {
		run := call(t, "", "strategy", "diff", "--lang", language, "ks-2016-2019", "./utkast", "tiltak")
		if run.code != Unread { // one example cannot be read under the new one
			t.Errorf("exit code %d", run.code)
		}
		expect(t, filepath.Join(kept, "revised."+language+".txt"), run.stdout+"\n"+run.stderr)
	}
	run := call(t, "", "strategy", "diff", "-f", "json", "ks-2016-2019", "./utkast", "tiltak")
	expect(t, filepath.Join(kept, "revised.json"), run.stdout)
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(run.stdout))
	if err == nil {
		err = valid.Validate(value)
	}
	if err != nil {
		t.Error(err)
	}
	run = call(t, "", "strategy", "diff", "-f", "markdown", "--lang", "en", "ks-2016-2019", "./utkast")
	expect(t, filepath.Join(kept, "revised.md"), run.stdout)
}

// A strategy that is reworded, and one that is not changed at all, mean the same.
func TestStrategyDiffOfTheSame(t *testing.T) {
	revise(t)
	if err := os.CopyFS("omskrevet", os.DirFS("utkast")); err != nil {
		t.Fatal(err)
	}
	revised(t, "omskrevet/follow-up.yaml", "pass_when: evaluation.covers includes goals", "pass_when:\n      none:\n        - evaluation.covers not includes goals")
	tests := []struct {
		args string
		code int
		says string
	}{
		{"ks-2016-2019 ks-2016-2019", Done, "De to betyr det samme."},
		{"--fail-on changed ./utkast ./utkast tiltak/digihjelpen.yaml", Done, "0 av 1 blir annerledes"},
		{"--fail-on changed ./utkast ./omskrevet", Done, "med samme betydning: E1"},
		{"--fail-on changed ks-2016-2019 ./utkast", Found, "C3 Gjenspeiler"},
		{"-f json ks-2016-2019 ./utkast", Done, `"equal": false`},
		{"ks-2016-2019", Usage, "det trengs to strategier"},
		{"ks-2016-2019 ./borte", Usage, "./borte"},
		{"ks-2016-2019 ks-2016-2109", Usage, "ks-2016-2019"},
		{"--set enough_criteria=3 ks-2016-2019 ./utkast", Usage, "--set"},
		{"--fail-on change ks-2016-2019 ./utkast", Usage, "changed"},
		{"-f sarif ks-2016-2019 ./utkast", Usage, "sarif"},
		{"ks-2016-2019 ./utkast tomt", Unread, "tomt"},
		{"-o utkast/strategy.yaml ks-2016-2019 ./utkast", Usage, "utkast/strategy.yaml"},
	}
	for _, test := range tests {
		t.Run(test.args, func(t *testing.T) {
			run := call(t, "", append([]string{"strategy", "diff"}, strings.Fields(test.args)...)...)
			if run.code != test.code || !strings.Contains(run.stdout+run.stderr, test.says) {
				t.Errorf("exit code %d\n%s%s", run.code, run.stdout, run.stderr)
			}
		})
	}
}

// Whatever a strategy holds, what is said of its difference is valid JSON of the
// schema, and no text of it commands the terminal or a workflow.
func TestStrategyDiffOfHostileStrategies(t *testing.T) {
	valid, shipped := schema(t), repository(t, "testdata/strategies/small")
	t.Chdir(t.TempDir())
	if err := os.CopyFS("fast", os.DirFS(shipped)); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for name, text := range hostileTexts() {
		folder := "strategi-" + name
		if err := os.CopyFS(folder, os.DirFS(shipped)); err != nil {
			t.Fatal(err)
		}
		for _, change := range []struct{ file, old, new string }{
			{"criteria.yaml", "- id: C1\n    source:\n      section: \"2.1\"", "- id: C1\n    source:\n      section: " + jsonQuoted(text)},
			{"strategy.yaml", "version: \"1\"", "version: " + jsonQuoted(text)},
		} {
			revised(t, folder+"/"+change.file, change.old, change.new)
		}
		run := call(t, "", "strategy", "diff", "--lang", "en", "-f", "json", "./fast", "./"+folder)
		if run.code == Usage && run.stdout == "" { // what nobody can see is refused
			inert(t, name, run.stderr)
			continue
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(run.stdout))
		if err == nil {
			err = valid.Validate(value)
		}
		compared++
		if err != nil || run.code != Done {
			t.Errorf("%s: exit code %d: %v\n%s", name, run.code, err, run.stderr)
		}
		for _, format := range []string{"text", "json", "markdown"} {
			inert(t, name+" as "+format, call(t, "", "strategy", "diff", "--lang", "en", "-f", format, "./fast", "./"+folder).stdout)
		}
	}
	if compared < 5 {
		t.Errorf("only %d strategies were compared", compared)
	}
}
