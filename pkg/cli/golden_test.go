package cli

import (
	"path/filepath"
	"strings"
	"testing"
)

// golden says which languages an example's report is kept in, besides bokmål
// for most, and whether its JSON is kept too.
func golden(example string) (languages []string, data bool) {
	switch example {
	case "saman-om-ein-betre-kommune":
		return []string{"nn"}, false
	case "nabolagsverksted", "klimabudsjett-i-kommunene", "statlig-rapporteringsprosjekt":
		return []string{"nb", "en"}, true
	}
	return []string{"nb"}, false
}

// TestGolden keeps the reports on all examples, so that a change of rules,
// words or layout shows what it does to real proposals. KSDEV_UPDATE=1 writes
// them anew; look at the difference.
func TestGolden(t *testing.T) {
	kept, err := filepath.Abs(filepath.Join("testdata", "golden"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(repository(t, ""))
	examples, err := filepath.Glob("examples/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	expected := map[string]bool{}
	keep := func(name string, args ...string) {
		expected[name] = true
		run := call(t, "", append([]string{"assess"}, args...)...)
		if run.code != Done || run.stderr != "" {
			t.Errorf("%v: exit code %d\n%s", args, run.code, run.stderr)
		}
		expect(t, filepath.Join(kept, name), run.stdout)
	}
	for _, example := range examples {
		example = filepath.ToSlash(example)
		name := strings.TrimSuffix(filepath.Base(example), ".yaml")
		languages, data := golden(name)
		for _, language := range languages {
			keep(name+"."+language+".txt", "--lang", language, example)
		}
		if data {
			keep(name+".json", "-f", "json", example)
		}
	}
	keep("all.nb.txt", "--lang", "nb", "examples")
	keep("all.nn.txt", "--lang", "nn", "examples")
	keep("all.en.txt", "--lang", "en", "examples")
	files, err := filepath.Glob(filepath.Join(kept, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !expected[filepath.Base(file)] {
			t.Errorf("%s is of an example that is gone; remove it", filepath.Base(file))
		}
	}
}
