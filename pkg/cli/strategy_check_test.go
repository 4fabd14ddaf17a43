package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// Whatever a strategy holds, its check is valid JSON of the schema, the same in
// every language, and no text of it commands the terminal or a workflow.
func TestStrategyCheckOfHostileStrategies(t *testing.T) {
	compiled, shipped := schema(t), repository(t, "testdata/strategies/small")
	t.Chdir(t.TempDir())
	for name, text := range hostileTexts() {
		folder := "strategi-" + name
		if err := os.CopyFS(folder, os.DirFS(shipped)); err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{"strategy.yaml", "facts.yaml", "criteria.yaml", "recommendation.yaml", "text/en.yaml"} {
			path := filepath.Join(folder, file)
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			quoted := jsonQuoted(text)
			changed := strings.NewReplacer(
				"not_rules:", "acknowledged: [{finding: "+quoted+", on: ["+quoted+"], because: "+quoted+"}]\nnot_rules:",
				"  reach.relevance:", "  "+quoted+":",
				"- id: C1", "- id: "+quoted,
				"  unwanted: checklist", "  "+quoted+": checklist",
				"title: A small strategy", "title: "+quoted,
			).Replace(string(data))
			// One file at a time, so that each is read to its end.
			if err := os.WriteFile(path, []byte(changed), 0o644); err != nil {
				t.Fatal(err)
			}
			checkHostile(t, compiled, folder)
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func checkHostile(t *testing.T, compiled *jsonschema.Schema, folder string) {
	t.Helper()
	var first string
	for _, language := range i18n.Languages() {
		run := call(t, "", "strategy", "check", "-f", "json", "--lang", string(language), "./"+folder)
		if run.code > Found {
			t.Errorf("%s: exit code %d: %s", folder, run.code, run.stderr)
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(run.stdout))
		if err == nil {
			err = compiled.Validate(value)
		}
		if err != nil {
			t.Errorf("%s: %v", folder, err)
		}
		if first == "" {
			first = run.stdout
		}
		if run.stdout != first {
			t.Errorf("%s: the JSON in %s is another:\n%s", folder, language, difference(first, run.stdout))
		}
	}
	for _, format := range []string{"text", "json", "sarif"} {
		inert(t, folder+" as "+format, call(t, "", "strategy", "check", "-f", format, "./"+folder).stdout)
	}
}
