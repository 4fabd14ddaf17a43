package view

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// schemed is a strategy with the schema of its initiatives.
type schemed struct {
	name     string
	strategy *strategy.Strategy
	text     string
	schema   *jsonschema.Schema
}

// newSchemed makes the schema of a strategy, which has texts in the language or
// no texts at all.
func newSchemed(t testing.TB, name string, language i18n.Language, s *strategy.Strategy) *schemed {
	t.Helper()
	printer, err := i18n.New(language)
	if err != nil {
		t.Fatal(err)
	}
	text, err := New(printer, s, nil).Schema()
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("urn:schema", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("urn:schema")
	if err != nil {
		t.Fatalf("%s is no schema: %v", name, err)
	}
	return &schemed{name: name, strategy: s, text: string(text), schema: compiled}
}

// allSchemed are the strategy that comes with the program in every language, the
// strategies of the tests that have no fault on purpose, and one with odd facts.
func allSchemed(t *testing.T) []*schemed {
	t.Helper()
	var all []*schemed
	for _, language := range i18n.Languages() {
		all = append(all, newSchemed(t, "ks-2016-2019 "+string(language), language, load(t, language, "")))
	}
	for _, name := range []string{"small", "kleene"} {
		folder := filepath.Join("..", "..", "testdata", "strategies", name)
		s, found := strategy.Load(os.DirFS(folder), strategy.Options{})
		if s == nil {
			t.Fatal(found)
		}
		all = append(all, newSchemed(t, name, i18n.Bokmal, s))
	}
	s, found := strategy.Load(oddFolder(t), strategy.Options{})
	if s == nil {
		t.Fatal(found)
	}
	return append(all, newSchemed(t, "odd", i18n.Nynorsk, s))
}

// oddFolder is the strategy of the tests with further facts: options that an
// editor takes for numbers, signs and letters of other scripts, and numbers of
// all kinds.
func oddFolder(t testing.TB) fs.FS {
	t.Helper()
	folder := fstest.MapFS{}
	names, err := filepath.Glob(filepath.Join("..", "..", "testdata", "strategies", "small", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		folder[filepath.Base(name)] = &fstest.MapFile{Data: data}
	}
	const rest = "    grounds: required\n    changeable: yes\n    effort: low\n"
	var facts strings.Builder
	options := func(name, kind string, ids, labels []string) {
		facts.WriteString("  odd." + name + ":\n    kind: " + kind + "\n    options:\n")
		for i, id := range ids {
			facts.WriteString("      \"" + id + "\":\n")
			for _, language := range i18n.Languages() {
				facts.WriteString("        " + string(language) + ": " + yamldoc.Quoted(labels[i]) + "\n")
			}
		}
		facts.WriteString(rest)
	}
	number := func(name, one, bounds string) {
		facts.WriteString("  odd." + name + ":\n    kind: number\n    unit:\n")
		for _, language := range i18n.Languages() {
			facts.WriteString("      " + string(language) + ": " + yamldoc.Quoted(one) + "\n")
		}
		facts.WriteString(bounds + rest)
	}
	options("year", "choice", []string{"2016", "0x1f", "1e3", "true", "0301"}, []string{"2016", "1.50", "1–3", "no", "C#"})
	options("signs", "choices", []string{"2017", "s", "k", "omega", "viet", "none"}, []string{"17", "ß", "Åse  (kommune)", "Ω", "ệ; ·", "ikke aktuelt"})
	number("change", "poeng", "    min: 1,5\n    max: 50,5\n")
	number("months", "month|months", "    whole: yes\n    max: 240\n")
	number("share", "percent", "    max: 100\n")
	facts.WriteString("  odd.day:\n    kind: date\n    min: 1.1.2016\n    max: 31.12.2020\n" + rest)
	file := folder["facts.yaml"]
	file.Data = append(file.Data, facts.String()...)
	return folder
}

// editorValue is what an editor hands a schema for a node: by the core schema of
// YAML 1.2, as the YAML language server does. Unquoted true and 0x1f are a
// boolean and a number, nothing is null, and all else, days too, are texts.
func editorValue(n *yamldoc.Node) any {
	switch {
	case n.Kind == yamldoc.List:
		items := make([]any, len(n.Items))
		for i, item := range n.Items {
			items[i] = editorValue(item)
		}
		return items
	case n.Kind == yamldoc.Mapping:
		pairs := map[string]any{}
		for _, pair := range n.Pairs {
			pairs[pair.Key.Value] = editorValue(pair.Value)
		}
		return pairs
	case n.Null:
		return nil
	case n.Quoted:
		return n.Value
	}
	return plain(n.Value)
}

// verdict is what the schema and the program say of a document.
type verdict struct {
	// refusal is the schema's, nil where it accepts the document.
	refusal error
	// codes are those of the errors that the program finds.
	codes []string
	found diag.List
}

// judge gives both verdicts on a file of one document; ok is false where the
// YAML is wrong, which no schema hears of.
func (s *schemed) judge(name, text string) (v verdict, ok bool) {
	file, found := yamldoc.Read(name, []byte(text))
	if found.HasErrors() || len(file.Documents) != 1 {
		return v, false
	}
	v.refusal = s.schema.Validate(editorValue(file.Documents[0].Root))
	_, v.found = initiative.Read(file, file.Documents[0], s.strategy)
	for _, d := range v.found {
		if d.Severity == diag.Error {
			v.codes = append(v.codes, d.Code())
		}
	}
	return v, true
}

// A schema is the same each time, not too large for an editor, without
// characters that are not seen, and every expression in it is one that ECMA 262
// and RE2 read alike.
func TestSchemaIsSound(t *testing.T) {
	const most = 256 << 10
	expression := regexp.MustCompile(`"pattern": "(.*)"`)
	for _, s := range allSchemed(t) {
		if len(s.text) > most {
			t.Errorf("%s: %d bytes", s.name, len(s.text))
		}
		if i := strings.IndexFunc(s.text, func(r rune) bool { return r != '\n' && (diag.Hidden(r) || r != ' ' && unicode.IsSpace(r)) }); i >= 0 {
			t.Errorf("%s has the character %q", s.name, []rune(s.text[i:])[0])
		}
		for _, match := range expression.FindAllStringSubmatch(s.text, -1) {
			if odd := regexp.MustCompile(`\(\?[^:]|\\\\[^xtr.?*+()\[\]{}|^$\\]|\\\\p`).FindString(match[1]); odd != "" {
				t.Errorf("%s: %s is not read alike everywhere", s.name, odd)
			}
		}
		t.Logf("%s: %d bytes", s.name, len(s.text))
	}
	first := newSchemed(t, "", i18n.English, load(t, i18n.English, ""))
	if again := newSchemed(t, "", i18n.English, load(t, i18n.English, "")); again.text != first.text {
		t.Error("two schemas of a strategy differ")
	}
	for _, want := range []string{
		`"$schema": "https://json-schema.org/draft/2020-12/schema"`, `"$id": "urn:ksdev:ks-2016-2019:initiative:en"`,
		`"title": "Who took the initiative"`, `"const": "municipalities"`, `"const": "yes"`, `"minimum": 0`, `"maximum": 500`,
	} {
		if !strings.Contains(first.text, want) {
			t.Errorf("there is no %s", want)
		}
	}
}

// Every example, the candidates, and what "new" writes are valid in the schema
// of their strategy in every language.
func TestSchemaOfExamples(t *testing.T) {
	examples := filepath.Join("..", "..", "examples")
	folders, err := filepath.Glob(filepath.Join(examples, "strategies", "*"))
	if err != nil || len(folders) == 0 {
		t.Fatalf("no further strategies: %v", err)
	}
	texts := documents(t, filepath.Join(examples, "*.yaml"), filepath.Join("..", "..", "testdata", "candidates.yaml"))
	if len(texts) < 30 {
		t.Errorf("only %d examples", len(texts))
	}
	for _, language := range i18n.Languages() {
		testValid(t, language, load(t, language, ""), texts)
		for _, folder := range folders {
			s, found := strategy.Load(os.DirFS(folder), strategy.Options{Language: language})
			if s == nil {
				t.Fatal(found)
			}
			testValid(t, language, s, documents(t, filepath.Join(folder, "examples", "*.yaml")))
		}
	}
}

// documents are the documents of the files by their names.
func documents(t *testing.T, patterns ...string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range patterns {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no files %s: %v", pattern, err)
		}
		for _, name := range files {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for i, document := range regexp.MustCompile(`(?m)^---\n`).Split(string(data), -1) {
				texts[fmt.Sprint(filepath.Base(name), " ", i+1)] = document
			}
		}
	}
	return texts
}

// testValid checks that documents, and what "new" writes, are valid.
func testValid(t *testing.T, language i18n.Language, s *strategy.Strategy, texts map[string]string) {
	t.Helper()
	printer, err := i18n.New(language)
	if err != nil {
		t.Fatal(err)
	}
	texts["what new writes"] = New(printer, s, nil).Template("Tiltak", s.ID)
	with := newSchemed(t, s.ID, language, s)
	for name, text := range texts {
		if v, ok := with.judge(name, text); !ok || v.refusal != nil || len(v.codes) > 0 {
			t.Errorf("%s, %s: %v %v", language, name, v.refusal, v.found)
		}
	}
}
