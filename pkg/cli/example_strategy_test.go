package cli

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// prosjektskjonn is the strategy among the examples, which has nothing in common
// with the one that comes with the program.
const prosjektskjonn = "examples/strategies/prosjektskjonn"

// TestExampleStrategyGolden keeps what is said of another strategy and of its
// examples. KSDEV_UPDATE=1 writes it anew; look at the difference.
func TestExampleStrategyGolden(t *testing.T) {
	kept, err := filepath.Abs(filepath.Join("testdata", "prosjektskjonn"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(repository(t, ""))
	initiatives := prosjektskjonn + "/examples"
	limited := []string{"--places", "2", "--capacity", "money=1,5 mill."}
	for name, args := range map[string][]string{
		"strategy.nb.txt":          {"strategy", "show", prosjektskjonn},
		"strategy.en.txt":          {"strategy", "show", prosjektskjonn, "--lang", "en"},
		"rule.nn.txt":              {"explain", "K1", "--lang", "nn"},
		"decline.en.txt":           {"explain", "decline", "--lang", "en"},
		"en-vei-inn.nb.txt":        {"assess", initiatives + "/en-vei-inn.yaml"},
		"byggesak-paa-nett.nn.txt": {"assess", initiatives + "/byggesak-paa-nett.yaml", "--lang", "nn"},
		"seniorlag.nb.txt":         {"assess", initiatives + "/seniorlag.yaml"},
		"seniorlag.en.txt":         {"assess", initiatives + "/seniorlag.yaml", "--lang", "en"},
		"seniorlag.en.sarif":       {"assess", initiatives + "/seniorlag.yaml", "--lang", "en", "-f", "sarif"},
		"compare.nb.txt":           append([]string{"compare", initiatives}, limited...),
		"compare.en.txt":           append([]string{"compare", initiatives, "--lang", "en"}, limited...),
		"chosen.nb.csv":            {"compare", initiatives, "-f", "csv", "--set", "enough_merits=3"},
	} {
		t.Run(name, func(t *testing.T) {
			run := call(t, "", append([]string{"--strategy", prosjektskjonn}, args...)...)
			if run.code != Done || run.stderr != "" {
				t.Fatalf("exit code %d\n%s", run.code, run.stderr)
			}
			expect(t, filepath.Join(kept, name), run.stdout)
		})
	}
}

// Whatever the format and the language, the program's own words say nothing of
// chapters and pages, which the sources of this strategy do not have.
func TestExampleStrategyInEveryFormat(t *testing.T) {
	t.Chdir(repository(t, ""))
	chapter := regexp.MustCompile(`\b(?:kap|ch)\. .*|(?:2016|2018|2021), [sp]\. 1`)
	for command, formats := range map[string][]string{
		"assess":  {"text", "markdown", "json", "ndjson", "html", "sarif", "junit", "github"},
		"compare": {"text", "markdown", "json", "ndjson", "html", "csv"},
	} {
		for _, format := range formats {
			for _, language := range []string{"nb", "nn", "en"} {
				run := call(t, "", command, "-q", "-f", format, "--lang", language, "--strategy", prosjektskjonn, prosjektskjonn+"/examples")
				if run.code != Done || run.stderr != "" || !strings.Contains(run.stdout, "eniorlag") {
					t.Errorf("%s as %s in %s: exit code %d\n%s", command, format, language, run.code, run.stderr)
				}
				if said := chapter.FindString(run.stdout); said != "" {
					t.Errorf("%s as %s in %s says %q", command, format, language, said)
				}
			}
		}
	}
}
