package cli

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// fileOrCommand is a file of the smallest strategy that the guide shows, or a
// command with its output.
var fileOrCommand = regexp.MustCompile("(?s)```(?:yaml\n# (\\S+)|console\n\\$ ksdev ([^\n]*))\n(.*?)```")

// The guide to writing strategies shows the smallest one as it is, and what the
// program says of it; KSDEV_UPDATE=1 writes both anew.
func TestGuideShowsTheSmallestStrategy(t *testing.T) {
	guide, smallest := repository(t, "criteria/README.md"), repository(t, "testdata/strategies/smallest")
	data, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "village-fund"), os.DirFS(smallest)); err != nil {
		t.Fatal(err)
	}
	var shown []string
	updated := fileOrCommand.ReplaceAllStringFunc(string(data), func(block string) string {
		parts := fileOrCommand.FindStringSubmatch(block)
		if parts[2] != "" {
			shown = append(shown, "ksdev")
			return "```console\n$ ksdev " + parts[2] + "\n" + runReadme(t, dir, parts[2]) + "```"
		}
		shown = append(shown, parts[1])
		return "```yaml\n# " + parts[1] + "\n" + readText(t, filepath.Join(smallest, filepath.FromSlash(parts[1]))) + "```"
	})
	switch {
	case updated == string(data):
	case updating():
		if err := os.WriteFile(guide, []byte(updated), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the guide does not show what is so: %s", difference(string(data), updated))
	}
	want := []string{"strategy.yaml", "facts.yaml", "criteria.yaml", "recommendation.yaml", "notes.yaml", "text/en.yaml",
		"cases/criteria.yaml", "examples/old-shop.yaml", "ksdev", "ksdev"}
	if !slices.Equal(shown, want) {
		t.Errorf("the guide shows %q, want %q", shown, want)
	}
}

// Nothing is found wrong, in any language, with the strategies that do not come
// with the program but are there to learn from.
func TestStrategiesToLearnFromAreSound(t *testing.T) {
	t.Chdir(repository(t, ""))
	for _, folder := range []string{"testdata/strategies/smallest", prosjektskjonn} {
		for _, language := range []string{"nb", "nn", "en"} {
			for _, command := range []string{"check", "test"} {
				run := call(t, "", "strategy", command, "--lang", language, folder)
				if run.code != Done || run.stderr != "" || run.stdout == "" {
					t.Errorf("%s of %s in %s: exit code %d\n%s%s", command, folder, language, run.code, run.stdout, run.stderr)
				}
			}
		}
	}
}
