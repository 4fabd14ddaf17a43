package cli

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
)

// explanations are calls of explain whose outputs are kept in every language:
// every kind of name, and rules of initiatives with every kind of outcome.
func explanations() map[string][]string {
	invented := "pkg/cli/testdata/explain/oppdiktet.yaml"
	return map[string][]string{
		"names": {"D1", "D4", "C2", "C6", "S5", "S6", "M1", "E2", "A1", "definition", "state-checklist", "follow-up",
			"origin.initiator", "reach.relevance", "reach.municipalities", "area.yearly_spending", "cost.ks_effort", "anchoring.decision",
			"role.better_partner", "prioritise", "candidate", "clarify", "negotiate", "refer", "shelve", "economic_weight", "enough_criteria",
			"state_initiated", "answers_criteria", "state_pays_others", "few_participants", "cost", "goals"},
		"settings": {"--set economic_weight=2mrd. economic_weight", "--set enough_criteria=6 enough_criteria", "--set enough_criteria=6 enough_met"},
		"files": {
			"C8 examples/klimabudsjett-i-kommunene.yaml",     // pass by a fact
			"D4 examples/nabolagsverksted.yaml",              // fail
			"C1 examples/klimabudsjett-i-kommunene.yaml",     // unclear: missing
			"C6 examples/statlig-rapporteringsprosjekt.yaml", // borderline, and a judgement
			"S5 examples/nabolagsverksted.yaml",              // not applicable
			"C2 " + invented,                                 // no reason, known later
			"C6 " + invented,                                 // imprecise, a judgement set aside
			"C8 " + invented,                                 // conflict
			"S1 " + invented,                                 // a judgement that is not used
			"--assume benefits.useful=yes --reading stated C2 " + invented,
			"-f markdown C6 " + invented,
		},
		"mistakes": {"", "C66", "capacity", "kapasitet", "xyzzy", "reach.relevanse", "-f json C6", "C6 nowhere.yaml", "shelve " + invented, "C66 " + invented, "C6 C7 C8"},
	}
}

// TestExplanations keeps what explain says. KSDEV_UPDATE=1 writes it anew; read
// the difference as an adviser would.
func TestExplanations(t *testing.T) {
	kept, err := filepath.Abs(filepath.Join("testdata", "explain"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(repository(t, ""))
	for name, calls := range explanations() {
		for _, language := range i18n.Languages() {
			var all strings.Builder
			for _, line := range calls {
				run := call(t, "", append([]string{"explain", "--lang", string(language)}, strings.Fields(line)...)...)
				all.WriteString("$ ksdev explain " + line + "\n" + run.stdout + run.stderr + "\n")
				if wrong := name == "mistakes"; (run.code != Done) != wrong {
					t.Errorf("%s: exit code %d", line, run.code)
				}
			}
			expect(t, filepath.Join(kept, name+"."+string(language)+".txt"), all.String())
		}
	}
}

// Everything that has a name can be explained in every language, in words:
// nothing is left out, and no text is missing.
func TestEveryNameIsExplained(t *testing.T) {
	folder, err := fs.Sub(criteria.FS(), builtIn()[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range i18n.Languages() {
		s, found := strategy.Load(folder, strategy.Options{Language: language})
		printer, err := i18n.New(language)
		if s == nil || err != nil {
			t.Fatal(found, err)
		}
		v := view.New(printer, s, nil)
		names := v.Names()
		if len(names) < len(s.Rules)+len(s.Facts)+len(s.Sets)+len(s.Order) {
			t.Errorf("%s: only %d names", language, len(names))
		}
		for _, name := range names {
			d, ok := v.Explain(strings.ToUpper(name))
			text, err := report.Text(d, report.TextOptions{})
			if !ok || err != nil {
				t.Errorf("%s: %s: %v", language, name, err)
			}
			for _, wrong := range []string{"{", "}", "explain.", "condition.", "view.", "<nil>", "%!"} {
				if strings.Contains(text, wrong) {
					t.Errorf("%s: %s is explained with %q:\n%s", language, name, wrong, text)
				}
			}
		}
	}
}
