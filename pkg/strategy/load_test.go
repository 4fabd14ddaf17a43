package strategy_test

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Tables that the literature on decision tables uses to show gaps, overlap and
// rows that others hide: each fault names a case that shows it.
func TestTables(t *testing.T) {
	gap := "recommendation.yaml:1:1: error: no row holds when %s\n  1 | order:\n    | ^\n  hint: add a row for this case\n"
	overlap := "recommendation.yaml:%d:5: error: row 1 and row 2 both hold when %s\n  %[1]d |   - id: %[3]s\n     |     ^\n" +
		"  hint: add an answer to one of the rows so that they exclude each other\n"
	tests := map[string]string{
		"kleene":        "",
		"vacation-days": "",
		// Below 0 is below 10 here, since numbers are not negative.
		"gaps-xy": fmt.Sprintf(gap, "point.x is less than 10 punkt and point.y is more than 10 punkt"),
		"boolean": fmt.Sprintf(gap, "statement.first is yes and statement.second is yes") +
			fmt.Sprintf(overlap, 15, "statement.first is no and statement.second is no", "not_first"),
		"mask": fmt.Sprintf(overlap, 18, "driver.age is at least 18 år, driver.risk is low or medium and driver.mitigated is yes", "all"),
	}
	for name, want := range tests {
		t.Run(name, func(t *testing.T) {
			s, found := strategy.Load(folder(t, name), strategy.Options{})
			if got := worded(t, found); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			if (s != nil) != (want == "") {
				t.Errorf("the strategy is %v", s)
			}
		})
	}
}

// The gaps of the table "gaps-xy" are exactly three: with a row for each it is
// complete, and with one of them left out the case that is named lies there.
func TestGapsOfGapsXY(t *testing.T) {
	row := func(id, x, y string) string {
		return fmt.Sprintf("  - id: %s\n    recommend: first\n    ours: yes\n    when:\n      %s: yes\n      %s: no\n", id, x, y)
	}
	gaps := []struct{ row, example string }{
		{row("above_left", "x_below", "y_at_most"), "point.x is less than 10 punkt and point.y is more than 10 punkt"},
		{row("above_middle", "x_zero", "y_below"), "point.x is 10 punkt and point.y is 10 punkt"},
		{row("below_right", "x_above", "y_at_least"), "point.x is more than 10 punkt and point.y is less than 10 punkt"},
	}
	for left := range len(gaps) + 1 {
		files := folder(t, "gaps-xy")
		var rows string
		for i, gap := range gaps {
			if i != left {
				rows += gap.row
			}
		}
		_, found := strategy.Load(altered(t, files, []txtar.File{{Name: "append recommendation.yaml", Data: []byte(rows)}}), strategy.Options{})
		if left == len(gaps) {
			if len(found) > 0 {
				t.Error(worded(t, found))
			}
			continue
		}
		if got := worded(t, found); len(found) != 1 || !strings.Contains(got, "no row holds when "+gaps[left].example+"\n") {
			t.Errorf("without row %d: %s", left, got)
		}
	}
}

// The strategies that come with the program, and those among the examples, load
// without a word in every language, and differ in nothing but words.
func TestShippedStrategies(t *testing.T) {
	for place, all := range map[string]fs.FS{"criteria": criteria.FS(), "examples": os.DirFS("../../examples/strategies")} {
		t.Run(place, func(t *testing.T) { sound(t, all) })
	}
}

func sound(t *testing.T, all fs.FS) {
	t.Helper()
	folders, err := fs.ReadDir(all, ".")
	if err != nil || len(folders) == 0 {
		t.Fatalf("there is no strategy: %v", err)
	}
	for _, entry := range folders {
		files, err := fs.Sub(all, entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		var digests []string
		for _, language := range append(i18n.Languages(), "") {
			s, found := strategy.Load(files, strategy.Options{Language: language})
			if len(found) > 0 {
				t.Fatalf("%s in %s: %s", entry.Name(), language, worded(t, found))
			}
			if s.ID != entry.Name() {
				t.Errorf("%s is in the folder %s", s.ID, entry.Name())
			}
			if got := s.Texts.Get("strategy", "title"); (got == "") != (language == "") {
				t.Errorf("%s in %s has the title %q", s.ID, language, got)
			}
			digests = append(digests, s.Digest)
		}
		if len(slices.Compact(digests)) != 1 {
			t.Errorf("%s has the digests %q", entry.Name(), digests)
		}
	}
}

// The digest is that of all files with their names, whatever their line ends;
// cases and examples do not belong to it.
func TestDigest(t *testing.T) {
	digest := func(files fstest.MapFS) string {
		s, found := strategy.Load(files, strategy.Options{})
		if s == nil {
			t.Fatal(worded(t, found))
		}
		return s.Digest
	}
	plain := digest(folder(t, "small"))
	if len(plain) != 64 {
		t.Errorf("%q is no SHA-256", plain)
	}
	files := folder(t, "small")
	files["facts.yaml"].Data = []byte(strings.ReplaceAll(string(files["facts.yaml"].Data), "\n", "\r\n"))
	files["cases/criteria.yaml"] = &fstest.MapFile{Data: []byte("cases:\n")}
	files["examples/first.yaml"] = &fstest.MapFile{Data: []byte("title: First\n")}
	files["README.md"] = &fstest.MapFile{Data: []byte("Our strategy\n")}
	if got := digest(files); got != plain {
		t.Error("line ends, cases, examples or a text beside the strategy change the digest")
	}
	files["text/en.yaml"].Data = append(files["text/en.yaml"].Data, "# a remark\n"...)
	if digest(files) == plain {
		t.Error("a change in a text leaves the digest as it is")
	}
}

// A setting changes a threshold or the open choice for one run.
func TestSettings(t *testing.T) {
	s, found := strategy.Load(folder(t, "small"), strategy.Options{Settings: map[string]string{"costly": "2 mrd.", "enough_criteria": "2"}})
	if s == nil {
		t.Fatal(worded(t, found))
	}
	if got := s.Thresholds[1]; !got.Given || got.Value != 2_000_000_000_000_000 || s.Thresholds[0].Given {
		t.Errorf("the thresholds are %+v and %+v", s.Thresholds[0], got)
	}
	if s.Choice.Value != 2 || s.ChoiceOpen() {
		t.Errorf("the open choice is %+v", s.Choice)
	}
}

// A strategy whose diagrams grow beyond all bounds is refused, and not loaded
// for ever.
func TestTooLarge(t *testing.T) {
	const pairs = 22
	facts, first, both := "facts:\n", "", ""
	for i := range 2 * pairs {
		facts += fmt.Sprintf("  pair.fact_%d:\n    kind: answer\n    grounds: optional\n    changeable: yes\n    effort: low\n", i)
	}
	for i := range pairs {
		first += fmt.Sprintf("        - pair.fact_%d == yes\n", i)
		both += fmt.Sprintf("        - all:\n            - pair.fact_%d == yes\n            - pair.fact_%d == yes\n", i, pairs+i)
	}
	files := folder(t, "kleene")
	files["facts.yaml"].Data = []byte(facts)
	rule := "  - id: %s\n    source:\n      section: \"1\"\n      page: 1\n    strength: must\n    pass_when:\n      any:\n%s"
	files["logic.yaml"].Data = []byte("role: decides\nrules:\n" + fmt.Sprintf(rule, "OR", first) + fmt.Sprintf(rule, "AND", both))
	s, found := strategy.Load(files, strategy.Options{Folder: "strategies/large"})
	if s != nil || len(found) != 1 || found[0].Code() != "strategy.too_large" || found[0].Pos.File != "strategies/large/strategy.yaml" {
		t.Errorf("found %s", worded(t, found))
	}
}

// Named conditions that use each other many times over are refused, too.
func TestTooManyComparisons(t *testing.T) {
	conditions := "conditions:\n  named_0: statement.first == yes\n"
	for i := range 12 {
		conditions += fmt.Sprintf("  named_%d:\n    any:\n", i+1) + strings.Repeat(fmt.Sprintf("      - named_%d\n", i), 50)
	}
	files := folder(t, "kleene")
	files["strategy.yaml"].Data = append(files["strategy.yaml"].Data, conditions...)
	files["logic.yaml"].Data = []byte(strings.Replace(string(files["logic.yaml"].Data), "statement.first == yes", "named_12", 1))
	s, found := strategy.Load(files, strategy.Options{})
	if s != nil || len(found) != 1 || found[0].Code() != "strategy.too_large" {
		t.Errorf("found %s", worded(t, found))
	}
}

// Only regular files of a reasonable size are read.
func TestFilesThatAreNone(t *testing.T) {
	files := folder(t, "small")
	files["notes.yaml"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	files["checklist.yaml"].Data = slices.Concat(files["checklist.yaml"].Data, []byte(strings.Repeat("# remark\n", 1<<17)))
	_, found := strategy.Load(files, strategy.Options{Folder: "small"})
	if got := worded(t, found); !strings.Contains(got, "small/checklist.yaml") || !found.HasErrors() {
		t.Error(got)
	}
	delete(files, "checklist.yaml")
	files["checklist.yaml"] = folder(t, "small")["checklist.yaml"]
	_, found = strategy.Load(files, strategy.Options{Folder: "small"})
	if got := worded(t, found); !strings.Contains(got, "small/notes.yaml") {
		t.Error(got)
	}
}
