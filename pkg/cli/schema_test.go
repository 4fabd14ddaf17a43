package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
)

// hostileTexts are what somebody may write into a proposal.
func hostileTexts() map[string]string {
	return map[string]string{
		"quotes":         `'single' "double" \ back`,
		"xml":            `]]> <script>alert(1)</script> <!-- & -->`,
		"percent":        `%0A::error::%25`,
		"command":        `::error file=a.yaml::borte`,
		"old-command":    `x ##[error]y ##[add-mask]z`,
		"table":          `a | b || c`,
		"formula":        `=1+1;@SUM(A1)`,
		"brackets":       `{{.Title}} {1} ${HOME} $(id)`,
		"long":           strings.Repeat("lang tittel ", 900)[:10_000],
		"one-long-word":  strings.Repeat("æ", 10_000),
		"emoji":          "👩‍👩‍👧 🇳🇴 e\u0301",
		"wide":           "日本語",
		"line-breaks":    "en\nto\n::error::tre",
		"escape":         "rød \x1b[31m",
		"bell":           "pling \a",
		"right-to-left":  "snudd \u202e tekst \u2066",
		"nothing-to-see": "\u200b\u2060",
	}
}

// hostileFiles writes proposals with such texts in every place for a text, once
// as JSON writes them, which is YAML too, and for those that this allows in
// single quotes. Files that are no proposals, or broken, are there as well.
func hostileFiles(t *testing.T, dir string) {
	t.Helper()
	for name, text := range hostileTexts() {
		write(t, dir, name+".yaml", hostileProposal(jsonQuoted(text)))
		if !strings.ContainsAny(text, "\n") {
			write(t, dir, name+"-single.yaml", hostileProposal("'"+strings.ReplaceAll(text, "'", "''")+"'"))
		}
	}
	write(t, dir, "escapes.yaml", "title: \"rød \\e[31m \\u202e\"\n")
	write(t, dir, "broken.yaml", "title: \"a\nfacts: [\n")
	write(t, dir, "latin1.yaml", "title: bl\xe5\n")
	write(t, dir, "empty.yaml", "")
	write(t, dir, "list.yaml", "- a\n- b\n")
	write(t, dir, "wrong.yaml", "titel: x\nfacts:\n  reach.relevance: \"::error::\"\n  reach.municipalities: mange\n  cost.nok: ca. 40\n  area.concerns: digitalt, helse\n  date: x\n")
	write(t, dir, "documents.yaml", "title: a\n---\ntitle: 1\nfacts: x\n---\ntitle: c\nstrategy: '##[error]'\n")
}

func hostileProposal(quoted string) string {
	return fmt.Sprintf("id: %[1]s\ntitle: %[1]s\nsummary: %[1]s\nfacts:\n  aims.goal:\n    value: %[1]s\n    because: %[1]s\n    source: %[1]s\n"+
		"  resources.capacity:\n    value: ja\n    because: %[1]s\njudgements:\n  C7:\n    outcome: pass\n    because: %[1]s\n", quoted)
}

func jsonQuoted(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		return `""`
	}
	return string(quoted)
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// schema is the schema of saved results.
func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(result.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// Whatever is assessed, the JSON and every line of NDJSON is valid, and its
// bytes control neither a terminal nor a build server.
func TestDataIsValid(t *testing.T) {
	schema := schema(t)
	valid := func(t *testing.T, what, text string) {
		t.Helper()
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %.2000s", what, err.Error())
		}
		inert(t, what, text)
	}
	hostile := t.TempDir()
	hostileFiles(t, hostile)
	examples, few := repository(t, "examples"), "klimabudsjett-i-kommunene.yaml"
	for _, test := range []struct {
		name, dir string
		args      []string
	}{
		{"examples", examples, []string{"."}},
		{"hostile texts", hostile, []string{"."}},
		{"claims without a reason", examples, []string{few, "--reading", "stated"}},
		{"a choice and thresholds", examples, []string{few, "--set", "enough_criteria=6", "--set", "economic_weight=2 mrd."}},
		{"assumptions", examples, []string{few, "--assume", "resources.capacity=ja", "--assume", "origin.initiator=ks", "--assume", "cost.ks_nok=1-2 mill."}},
		{"a date", examples, []string{few, "--as-of", "2021-03-01"}},
		{"a check", examples, []string{few, "--fail-on", "shelve,fail,C6,possible:decline"}},
		{"a file that is not there", examples, []string{"borte.yaml"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(test.dir)
			run := call(t, "", append([]string{"assess", "-q", "-f", "json"}, test.args...)...)
			valid(t, "json", run.stdout)
			lines := call(t, "", append([]string{"assess", "-q", "-f", "ndjson"}, test.args...)...)
			for i, line := range strings.Split(strings.TrimSuffix(lines.stdout, "\n"), "\n") {
				valid(t, fmt.Sprintf("ndjson, line %d", i+1), line)
			}
			inert(t, "messages", run.stderr)
		})
	}
}

// inert checks that a text is valid UTF-8 without control characters, and no
// command to a build server.
func inert(t *testing.T, what, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%s is not UTF-8", what)
	}
	if i := strings.IndexFunc(text, func(r rune) bool {
		return r != '\n' && (r < ' ' || r == 0x7f || r == 0x202e || r == 0x2066 || r == 0x200b || r >= 0x80 && r < 0xa0)
	}); i >= 0 {
		t.Errorf("%s has the character %U", what, []rune(text[i:])[0])
	}
	if strings.Contains(text, "##[") {
		t.Errorf("%s has a command: ##[", what)
	}
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "::") {
			t.Errorf("%s has a command: %s", what, line)
		}
	}
}

// Text holds to the same, at any width and in colour but for the colours.
func TestTextIsInert(t *testing.T) {
	dir := t.TempDir()
	hostileFiles(t, dir)
	t.Chdir(dir)
	files, err := filepath.Glob("*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for few := range slices.Chunk(files, detailed) {
		run := call(t, "", append([]string{"assess"}, few...)...)
		inert(t, "text", run.stdout)
		inert(t, "messages", run.stderr)
	}
	run := call(t, "", "assess", "-q", ".")
	inert(t, "all", run.stdout)
}

// Data is in codes: the language changes no byte of it.
func TestDataHasNoLanguage(t *testing.T) {
	hostile := t.TempDir()
	hostileFiles(t, hostile)
	for _, dir := range []string{repository(t, "examples"), hostile} {
		t.Chdir(dir)
		var first called
		for _, language := range i18n.Languages() {
			run := call(t, "", "assess", "-q", "-f", "json", "--lang", string(language), ".", "borte.yaml")
			if language == i18n.Languages()[0] {
				first = run
			}
			if run.stdout != first.stdout {
				t.Errorf("the JSON in %s is not what it is in %s:\n%s", language, i18n.Languages()[0], difference(first.stdout, run.stdout))
			}
		}
	}
}

// Names of files are arbitrary bytes.
func TestNamesOfFiles(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the file system has only names that are text")
	}
	dir := t.TempDir()
	names := []string{"\x1b[31mrød.yaml", "ny\nlinje.yaml", "::error::x.yaml", "##[error].yaml", "-rf.yaml", "=1+1.yaml", "%0A.yaml",
		"snudd\u202e.yaml", "\xff\xfe.yaml", "e\u0301.yaml", "é.yaml", strings.Repeat("n", 250) + ".yaml"}
	for _, name := range names {
		write(t, dir, name, "title: a\nid: "+fmt.Sprint(len(name))+"\n")
	}
	t.Chdir(dir)
	compiled := schema(t)
	for _, format := range []string{"text", "json", "ndjson"} {
		run := call(t, "", "assess", "-f", format, ".")
		if run.code != Done {
			t.Errorf("%s: exit code %d: %s", format, run.code, run.stderr)
		}
		inert(t, format, run.stdout)
		inert(t, format+": messages", run.stderr)
		if format != "json" {
			continue
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(run.stdout))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiled.Validate(value); err != nil {
			t.Error(err)
		}
	}
}
