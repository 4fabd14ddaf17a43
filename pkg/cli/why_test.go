package cli

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// whyCalls are calls about whole initiatives that the examples do not show:
// what stands in the way of a recommendation, several documents, claims without
// reasons, assumptions, thresholds.
func whyCalls() map[string][]string {
	invented := "pkg/cli/testdata/why/oppdiktet.yaml"
	return map[string][]string{
		"why-not": {
			"--why-not prioritise examples/klimabudsjett-i-kommunene.yaml",                         // only the open choice
			"--why-not candidate examples/klimabudsjett-i-kommunene.yaml",                          // it is that
			"--why-not postpone examples/klimabudsjett-i-kommunene.yaml",                           // a change leads there
			"--why-not decline examples/klimabudsjett-i-kommunene.yaml",                            // nothing leads there
			"--why-not prioritise examples/statlig-rapporteringsprosjekt.yaml",                     // a term is not met
			"--why-not candidate examples/samarbeidet-0-24.yaml",                                   // two rows, of which either would do
			"--why-not shelve examples/samarbeidet-0-24.yaml",                                      // still possible
			"--why-not Shelve examples/nabolagsverksted.yaml",                                      // settled
			"--set enough_criteria=9 --why-not consider examples/klimabudsjett-i-kommunene.yaml",   // the choice is made
			"--set enough_criteria=2 --why-not prioritise examples/klimabudsjett-i-kommunene.yaml", // and met
		},
		"others": {
			invented,
			"--reading stated " + invented,
			"--assume resources.capacity=no " + invented,
			"--as-of 2012-01-01 examples/nabolagsverksted.yaml",
			"--set enough_criteria=9 examples/klimabudsjett-i-kommunene.yaml",
			"-f markdown examples/klimabudsjett-i-kommunene.yaml",
		},
		"mistakes": {
			"--why-not prioritize examples/nabolagsverksted.yaml", "--why-not xyzzy examples/nabolagsverksted.yaml", "--why-not clarify examples/nabolagsverksted.yaml",
			"--set enough_criteria=6 --why-not candidate examples/nabolagsverksted.yaml", "--why-not shelve C6", "nowhere.yaml", "-f json examples/nabolagsverksted.yaml",
		},
	}
}

// TestWhy keeps what explain says of whole initiatives, of all examples in all
// languages. KSDEV_UPDATE=1 writes it anew; read the difference as an adviser
// would.
func TestWhy(t *testing.T) {
	kept, err := filepath.Abs(filepath.Join("testdata", "why"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(repository(t, ""))
	examples, err := filepath.Glob("examples/*.yaml")
	if err != nil || len(examples) == 0 {
		t.Fatal(err, examples)
	}
	calls := whyCalls()
	for _, example := range examples {
		example = filepath.ToSlash(example)
		calls[strings.TrimSuffix(filepath.Base(example), ".yaml")] = []string{example}
	}
	expected := map[string]bool{"oppdiktet.yaml": true}
	for name, lines := range calls {
		for _, language := range i18n.Languages() {
			var all strings.Builder
			for _, line := range lines {
				run := call(t, "", append([]string{"explain", "--lang", string(language)}, strings.Fields(line)...)...)
				all.WriteString("$ ksdev explain " + line + "\n" + run.stdout + run.stderr + "\n")
				if wrong := name == "mistakes"; (run.code != Done) != wrong {
					t.Errorf("%s: exit code %d", line, run.code)
				}
			}
			file := name + "." + string(language) + ".txt"
			expected[file] = true
			expect(t, filepath.Join(kept, file), all.String())
		}
	}
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

// The name of a recommendation in the language of the texts does as well as its
// id, and standard input as well as a file.
func TestWhyNotByName(t *testing.T) {
	proposal := "title: Et tiltak\nfacts:\n  aims.effects:\n    value: ingen\n    because: \"ingen skal lære noe\"\n"
	byID := call(t, proposal, "explain", "--lang", "nb", "--why-not", "decline", "-")
	byName := call(t, proposal, "explain", "--lang", "nb", "--why-not", "Takk nei", "-")
	if byID.code != Done || byID.stdout != byName.stdout || !strings.Contains(byID.stdout, "Hvorfor ikke «takk nei»?") {
		t.Errorf("exit code %d, %d\n%s\n%s", byID.code, byName.code, byID.stdout, byName.stdout+byName.stderr)
	}
}
