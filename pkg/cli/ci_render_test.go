package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// written runs a command that writes every format into a folder, and gives what
// it wrote and the exit code.
func written(t *testing.T, args ...string) (files map[string]string, run called) {
	t.Helper()
	folder := t.TempDir()
	for _, format := range formatNames() {
		args = append(args, "-f", format+"="+filepath.Join(folder, format))
	}
	run = call(t, "", args...)
	files = map[string]string{}
	for _, format := range formatNames() {
		data, err := os.ReadFile(filepath.Join(folder, format))
		if err != nil {
			t.Fatalf("%v: exit code %d: %s", err, run.code, run.stderr)
		}
		files[format] = string(data)
	}
	return files, run
}

// savedAs writes a result into a file of its own.
func savedAs(t *testing.T, ending, text string) string {
	t.Helper()
	folder := t.TempDir()
	write(t, folder, "result."+ending, text)
	return filepath.Join(folder, "result."+ending)
}

const waived = `waivers:
  - initiative: kortreist-kvalitet
    rule: D4
    because: "tallene | kommer %0A::error:: i mai"
    approved_by: seksjonslederen
    expires: 2026-05-31
  - initiative: nabolagsverksted
    rule: C1
    because: det avklares
    approved_by: seksjonslederen
    expires: 2020-01-01
`

// mistakeFiles gives a folder with the proposals of all mistakes that are kept.
func mistakeFiles(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	kept, err := filepath.Glob(filepath.Join("testdata", "mistakes", "*.txtar"))
	if err != nil || len(kept) == 0 {
		t.Fatalf("no mistakes: %v", err)
	}
	for _, file := range kept {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		write(t, folder, strings.TrimSuffix(filepath.Base(file), ".txtar")+".yaml", string(archive.Files[0].Data))
	}
	return folder
}

// A saved result, whichever way it is saved, gives in every format and language
// the bytes and the exit code that the run gave that made it.
func TestRenderGivesWhatAssessGave(t *testing.T) {
	examples := repository(t, "examples")
	hostile := t.TempDir()
	hostileFiles(t, hostile)
	mistakes := mistakeFiles(t)
	few := []string{"kortreist-kvalitet.yaml", "nabolagsverksted.yaml"}
	config := savedAs(t, "yaml", waived)
	for _, test := range []struct {
		name, dir string
		args      []string
		code      int
	}{
		{"all examples", examples, []string{"."}, Done},
		{"mistakes", mistakes, []string{".", "borte.yaml"}, Unread},
		{"hostile and broken input", hostile, []string{"escape.yaml", "xml.yaml", "long.yaml", "wrong.yaml", "latin1.yaml", "borte.yaml", "documents.yaml", "list.yaml"}, Usage},
		{"nothing but broken input", hostile, []string{"borte.yaml", "broken.yaml"}, Unread},
		{"claims without a reason", examples, append(few, "--reading", "stated", "--fail-on", "unclear,D4"), Found},
		{"settings and assumptions on a day", examples, append(few, "--set", "economic_weight=2 mrd.", "--set", "enough_criteria=3", "--assume", "resources.capacity=ja", "--assume", "cost.ks_nok=1-2 mill.", "--as-of", "2021-03-01"), Done},
		{"waivers", examples, append(few, "--config", config, "--today", "2026-05-01", "--fail-on", "fail,C1,possible:shelve"), Found},
		{"waivers alone", examples, append(few, "--config", config, "--today", "2026-06-01"), Done},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(test.dir)
			for i, language := range i18n.Languages() {
				want, run := written(t, append([]string{"assess", "-q", "--lang", string(language)}, test.args...)...)
				if run.code != test.code {
					t.Fatalf("exit code %d, want %d: %s", run.code, test.code, run.stderr)
				}
				// Data has no language: the two ways of saving take turns.
				for _, ending := range []string{"json", "ndjson"}[i%2 : i%2+1] {
					got, again := written(t, "render", "-q", "--lang", string(language), savedAs(t, ending, want[ending]))
					if again.code != run.code || again.stdout != "" || again.stderr != "" {
						t.Errorf("from %s in %s: exit code %d, not %d; it said %q %q", ending, language, again.code, run.code, again.stdout, again.stderr)
					}
					for _, format := range formatNames() {
						if got[format] != want[format] {
							t.Errorf("%s from %s in %s: other bytes\n%s", format, ending, language, difference(want[format], got[format]))
						}
					}
				}
			}
		})
	}
}

// Text on its own, which is shown in brief for many files, comes out the same,
// and so does what is shown of it.
func TestRenderGivesTheSameText(t *testing.T) {
	t.Chdir(repository(t, "examples"))
	files, err := filepath.Glob("*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) <= detailed {
		t.Fatalf("%d examples are shown in full", len(files))
	}
	for _, test := range []struct {
		name  string
		files []string
		flags []string
	}{
		{"in brief", files, nil},
		{"in brief with a file that is not there", append(slices.Clone(files), "borte.yaml"), nil},
		{"a file too many, given twice", append(slices.Clone(files[:detailed]), files[0]), nil},
		{"only what fails", files[:3], []string{"--show", "fail"}},
		{"all, in colour", files[:1], []string{"--show", "all", "--color", "always"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			want := call(t, "", slices.Concat([]string{"assess", "-q"}, test.flags, test.files)...)
			for _, format := range []string{"json", "ndjson"} {
				saved := call(t, "", slices.Concat([]string{"assess", "-q", "-f", format}, test.files)...).stdout
				got := call(t, "", append([]string{"render", savedAs(t, format, saved)}, test.flags...)...)
				if got.stdout != want.stdout || got.code != want.code {
					t.Errorf("from %s: exit code %d, not %d, or other bytes\n%s", format, got.code, want.code, difference(want.stdout, got.stdout))
				}
				if piped := call(t, saved, append([]string{"render", "-"}, test.flags...)...); piped.stdout != want.stdout {
					t.Errorf("%s from standard input: other bytes\n%s", format, difference(want.stdout, piped.stdout))
				}
			}
		})
	}
}
