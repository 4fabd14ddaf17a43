package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// faultyCases are cases of which one holds, one comes out otherwise, and one
// cannot be read.
const faultyCases = `cases:
  - name: at the limit
    facts:
      area.yearly_spending:
        value: 1 mrd.
        because: Accounts of the municipalities for the service, 2016
    expect:
      outcomes:
        C6: pass
  - name: "below the limit ::error::"
    facts:
      area.yearly_spending:
        value: 900 mill.
        because: Accounts of the municipalities for the service, 2016
    expect:
      outcomes:
        C6: fail
      recommendations: shelve
  - name: of another strategy
    facts:
      area.spending: 900 mill.
    expect:
      outcomes:
        C6: fail
`

// faultyStrategy puts the shipped strategy in the working folder, without the
// cases on notes and with faulty ones.
func faultyStrategy(t *testing.T) {
	t.Helper()
	root := repository(t, "")
	t.Chdir(t.TempDir())
	if err := os.CopyFS("utkast", os.DirFS(filepath.Join(root, "criteria", "ks-2016-2019"))); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove("utkast/cases/notes.yaml"); err != nil {
		t.Fatal(err)
	}
	write(t, "utkast/cases", "faulty.yaml", faultyCases)
}

// What the author of a strategy sees where cases fail and are missing.
// KSDEV_UPDATE=1 writes it anew.
func TestStrategyCases(t *testing.T) {
	kept, err := filepath.Abs(filepath.Join("testdata", "cases"))
	if err != nil {
		t.Fatal(err)
	}
	faultyStrategy(t)
	for _, language := range []string{"nb", "nn", "en"} {
		run := call(t, "", "strategy", "test", "--mutate", "--lang", language, "./utkast")
		if run.code != Found || run.stderr != "" {
			t.Errorf("exit code %d\n%s", run.code, run.stderr)
		}
		expect(t, filepath.Join(kept, "faulty."+language+".txt"), run.stdout)
		run = call(t, "", "strategy", "test", "--generate", "--lang", language, "./utkast")
		if run.code != Found || !strings.HasPrefix(run.stderr, "ksdev: ") {
			t.Errorf("exit code %d\n%s", run.code, run.stderr)
		}
		expect(t, filepath.Join(kept, "proposed."+language+".yaml"), run.stdout)
	}
}

// The data is valid and the same in every language.
func TestStrategyCasesAsData(t *testing.T) {
	valid := schema(t)
	faultyStrategy(t)
	first := ""
	for _, language := range []string{"nb", "nn", "en"} {
		run := call(t, "", "strategy", "test", "--mutate", "-f", "json", "--lang", language, "./utkast")
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(run.stdout))
		if err != nil {
			t.Fatal(err)
		}
		if err := valid.Validate(value); err != nil {
			t.Error(err)
		}
		if first == "" {
			first = run.stdout
		}
		if run.stdout != first || run.code != Found {
			t.Errorf("%s: exit code %d; the same: %t", language, run.code, run.stdout == first)
		}
	}
}

// The shipped strategy's cases hold and notice every change; and what the
// command does where it is called otherwise than it can be.
func TestStrategyTestCodes(t *testing.T) {
	t.Chdir(t.TempDir())
	tests := []struct {
		args string
		code int
		says string
	}{
		{"", Done, "alle ble som ventet"},
		{"--mutate ks-2016-2019", Done, ", 0 ikke oppdaget"},
		{"--generate -o nye.yaml", Done, "0 tilfeller foreslått"},
		{"-f xml", Usage, "xml"},
		{"--generate -f json", Usage, "--generate"},
		{"--set enough_criteria=3", Usage, "--set"},
		{"ks-2016-2109", Usage, "ks-2016-2019"},
		{"./nowhere", Usage, "./nowhere"},
		{"a b", Usage, "b"},
	}
	for _, test := range tests {
		t.Run(test.args, func(t *testing.T) {
			run := call(t, "", append([]string{"strategy", "test"}, strings.Fields(test.args)...)...)
			if run.code != test.code || !strings.Contains(run.stdout+run.stderr, test.says) {
				t.Errorf("exit code %d\n%s%s", run.code, run.stdout, run.stderr)
			}
			if test.code == Usage && run.stdout != "" {
				t.Errorf("standard output: %s", run.stdout)
			}
		})
	}
}
