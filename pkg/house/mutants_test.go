package house

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// leastKilled is how many mutants of a package, in per cent, its tests must
// notice.
const leastKilled = 90

// mutant is a small change of the program, and what became of it when the
// package's tests ran.
type mutant struct {
	place
	becomes string
	status  string
}

// The statuses. A mutant that could not be compiled is not counted. One whose
// tests did not end in time survived like any other: perhaps they would have
// passed.
const (
	killed     = "KILLED"
	lived      = "LIVED"
	timedOut   = "TIMED OUT"
	notCovered = "NOT COVERED"
	notViable  = "NOT VIABLE"
	skipped    = "SKIPPED"
)

// mutations lists how gremlins changes the program: the kind of mutation, what
// it replaces and by what.
func mutations() [][3]string {
	var all [][3]string
	for kind, pairs := range map[string]string{
		"ARITHMETIC_BASE":         "+ - - + * / / * % *",
		"CONDITIONALS_BOUNDARY":   ">= > > >= <= < < <=",
		"CONDITIONALS_NEGATION":   "== != != == >= < < >= > <= <= >",
		"INCREMENT_DECREMENT":     "-- ++ ++ --",
		"INVERT_ASSIGNMENTS":      "+= -= -= += *= /= /= *=",
		"INVERT_BITWISE":          "& | | & ^ & &^ & << >> >> <<",
		"INVERT_BWASSIGN":         "&= |= |= &= ^= &= &^= &= <<= >>= >>= <<=",
		"INVERT_LOGICAL":          "&& || || &&",
		"INVERT_LOOPCTRL":         "break continue continue break",
		"INVERT_NEGATIVES":        "- +",
		"REMOVE_SELF_ASSIGNMENTS": "+= = -= = *= = /= = %= = &= = |= = ^= = &^= = <<= = >>= =",
	} {
		words := strings.Fields(pairs)
		for i := 0; i < len(words); i += 2 {
			all = append(all, [3]string{kind, words[i], words[i+1]})
		}
	}
	return all
}

// readMutants reads what gremlins reports of a package.
func readMutants(r *tree, folder string, data []byte) ([]mutant, error) {
	var report struct {
		Files []struct {
			Name      string `json:"file_name"`
			Mutations []struct {
				Type, Status string
				Line, Column int
			}
		}
	}
	if err := json.Unmarshal(data, &report); err != nil {
		return nil, err
	}
	var mutants []mutant
	for _, file := range report.Files {
		s := r.source(folder + "/" + file.Name)
		if s == nil {
			return nil, fmt.Errorf("%s is not in %s", file.Name, folder)
		}
		for _, m := range file.Mutations {
			lines := r.sourceLines(s)
			if m.Line > len(lines) || m.Column > len(lines[m.Line-1]) {
				return nil, fmt.Errorf("%s:%d:%d is not there", s.name, m.Line, m.Column)
			}
			becomes, ok := mutated(lines[m.Line-1], m.Column-1, m.Type)
			if !ok {
				return nil, fmt.Errorf("%s:%d:%d: %s of %q is not known", s.name, m.Line, m.Column, m.Type, lines[m.Line-1])
			}
			mutants = append(mutants, mutant{r.place(s, m.Line), becomes, m.Status})
		}
	}
	return mutants, nil
}

// mutated is a line with the mutation at a byte of it.
func mutated(line string, at int, kind string) (string, bool) {
	from, to := "", ""
	for _, m := range mutations() {
		if m[0] == kind && strings.HasPrefix(line[at:], m[1]) && len(m[1]) > len(from) {
			from, to = m[1], m[2]
		}
	}
	return strings.TrimSpace(line[:at] + to + line[at+len(from):]), from != ""
}

// judge says what is wrong with a package's tests. Where only what was changed
// is tested, nothing can be said of what is listed and of per cents.
func judge(mutants []mutant, listed []unnoticed, changedOnly bool) (findings []string) {
	count, used := map[string]int{}, make([]bool, len(listed))
	for _, m := range mutants {
		count[m.status]++
		switch m.status {
		case killed, notViable:
		case lived, timedOut, notCovered:
			i := slices.IndexFunc(listed, func(u unnoticed) bool { return u.place == m.place && u.becomes == m.becomes })
			if i < 0 {
				findings = append(findings, fmt.Sprintf("%s, and not listed:\n  - in: %s\n    line: %s\n    becomes: %s",
					m.status, m.in, quote(m.line), quote(m.becomes)))
			} else {
				used[i] = true
			}
		default:
			if m.status != skipped || !changedOnly {
				findings = append(findings, fmt.Sprintf("%s: %s: was not tested, but is %q", m.in, m.becomes, m.status))
			}
		}
	}
	if changedOnly {
		return findings
	}
	for i, u := range listed {
		if !used[i] {
			findings = append(findings, fmt.Sprintf("listed, and no longer a survivor: %s: %s", u.in, u.becomes))
		}
	}
	if all := count[killed] + survivors(count); count[killed]*100 < leastKilled*all || all == 0 {
		findings = append(findings, fmt.Sprintf("%d of %d mutants are killed, at least %d %% must be", count[killed], all, leastKilled))
	}
	return findings
}

func survivors(count map[string]int) int { return count[lived] + count[timedOut] + count[notCovered] }

// quote writes a text for YAML, so that it can be read with few backslashes.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// summary counts mutants by status.
func summary(mutants []mutant) string {
	count := map[string]int{}
	for _, m := range mutants {
		count[m.status]++
	}
	all := count[killed] + survivors(count)
	return fmt.Sprintf("%d mutants: %d killed (%.1f %%), %d lived, %d timed out, %d not covered; besides %d not viable, %d skipped", all, count[killed],
		100*float64(count[killed])/float64(max(all, 1)), count[lived], count[timedOut], count[notCovered], count[notViable], count[skipped])
}

// TestMutants judges what .ci/mutation found: KSDEV_MUTANTS is a folder with
// gremlins' report of each package.
func TestMutants(t *testing.T) {
	folder := os.Getenv("KSDEV_MUTANTS")
	if folder == "" {
		t.Skip("there are no mutants to judge: make mutation makes some")
	}
	r := readTree(t, os.DirFS(root(t)))
	reports, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(reports) == 0 {
		t.Fatalf("no reports in %s: %v", folder, err)
	}
	lists, _ := r.unnoticed()
	for _, report := range reports {
		name := strings.TrimSuffix(filepath.Base(report), ".json")
		t.Run(name, func(t *testing.T) {
			i := slices.IndexFunc(lists, func(u unnoticedOf) bool { return u.name == name && u.mutated })
			if i < 0 {
				t.Fatalf("there is no list of mutants %s/%s.yaml", unnoticedFolder, name)
			}
			data, err := os.ReadFile(report)
			if err != nil {
				t.Fatal(err)
			}
			mutants, err := readMutants(r, "pkg/"+name, data)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(summary(mutants))
			for _, finding := range judge(mutants, lists[i].mutants, os.Getenv("KSDEV_MUTANTS_OF") == "changes") {
				t.Error(finding)
			}
		})
	}
}

// Without packages .ci/mutation takes those whose lists have mutants, be they
// none, and leaves out those with statements alone.
func TestMutationTakesLists(t *testing.T) {
	needsShell(t)
	script, err := os.ReadFile(filepath.Join(root(t), ".ci", "mutation"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(script), "\nwith_mutants() ")
	body, _, _ := strings.Cut(rest, "\n")
	if !ok {
		t.Fatal("the script has no function of that name")
	}
	files := map[string]string{"a": "mutants: []\nstatements: []\n", "b": "statements: []\n", "c": "files: [c.go]\nmutants:\n  - {in: f}\n", "d": "# mutants:\n"}
	folder, want := t.TempDir(), ""
	for _, name := range []string{"a", "b", "c", "d"} {
		file := filepath.Join(folder, unnoticedFolder, name+".yaml")
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(files[name]), 0o644)); err != nil {
			t.Fatal(err)
		}
		if list, _ := readUnnoticed(name+".yaml", files[name]); list.mutated {
			want += list.name + "\n"
		}
	}
	cmd := exec.Command("bash", "-c", body)
	cmd.Dir = folder
	if got, err := cmd.Output(); err != nil || want != "a\nc\n" || string(got) != want {
		t.Errorf("%v: it takes %q, the lists with mutants are %q", err, got, want)
	}
}

// Whatever gremlins does not count, and whatever nobody gave a reason for,
// fails.
func TestJudge(t *testing.T) {
	survivor := mutant{place{"f", "return a <= b"}, "return a < b", lived}
	listed := []unnoticed{{survivor.place, survivor.becomes, "as an example"}}
	// with is n mutants that were killed, and one with another status.
	with := func(n int, status string) []mutant {
		other := survivor
		other.status = status
		return append(slices.Repeat([]mutant{{place{"g", "x++"}, "x--", killed}}, n), other)
	}
	tests := []struct {
		name        string
		mutants     []mutant
		listed      []unnoticed
		changedOnly bool
		want        []string
	}{
		{name: "all are killed", mutants: with(0, killed)},
		{name: "one lived", mutants: with(99, lived), want: []string{"LIVED, and not listed:\n  - in: f\n    line: 'return a <= b'\n    becomes: 'return a < b'"}},
		{name: "one did not end in time", mutants: with(99, timedOut), want: []string{"TIMED OUT, and not listed"}},
		{name: "one is in code that no test runs", mutants: with(99, notCovered), want: []string{"NOT COVERED, and not listed"}},
		{name: "one that lived is listed", mutants: with(9, lived), listed: listed},
		{name: "one that did not end in time is listed", mutants: with(9, timedOut), listed: listed},
		{name: "another of the same line is listed", mutants: with(9, lived), listed: []unnoticed{{survivor.place, "return a > b", "as an example"}},
			want: []string{"LIVED, and not listed", "no longer a survivor: f: return a > b"}},
		{name: "too few are killed, though all others are listed", mutants: with(8, timedOut), listed: listed, want: []string{"8 of 9 mutants are killed"}},
		{name: "a listed one is killed", mutants: with(9, killed), listed: listed, want: []string{"no longer a survivor: f: return a < b"}},
		{name: "one was not compiled", mutants: with(1, notViable)},
		{name: "none was compiled", mutants: with(0, notViable), want: []string{"0 of 0 mutants"}},
		{name: "none", want: []string{"0 of 0 mutants"}},
		{name: "one was not tried", mutants: with(99, "RUNNABLE"), want: []string{`is "RUNNABLE"`}},
		{name: "one was left out", mutants: with(99, skipped), want: []string{`is "SKIPPED"`}},
		{name: "of changes, most are left out", changedOnly: true, mutants: with(0, skipped), listed: listed},
		{name: "of changes, one lived", changedOnly: true, mutants: with(9, lived), want: []string{"LIVED, and not listed"}},
		{name: "of changes, one was not tried", changedOnly: true, mutants: with(9, "RUNNABLE"), want: []string{`is "RUNNABLE"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { compare(t, judge(test.mutants, test.listed, test.changedOnly), test.want) })
	}
}

// A report says of each mutant where it is and of what kind; with the program's
// text that is a line before and after.
func TestReadMutants(t *testing.T) {
	r := treeOf(t, map[string]string{"pkg/a/a.go": "package a\n\nfunc f(a, b, c int) bool {\n\ta += b<<1 - c\n\treturn a <= b && -a != c\n}\n"})
	report := func(mutations string) []byte {
		return []byte(`{"test_efficacy": 100, "files": [{"file_name": "a.go", "mutations": [` + mutations + `]}]}`)
	}
	for _, test := range []struct {
		line, column int
		kind, want   string
	}{
		{5, 4, "REMOVE_SELF_ASSIGNMENTS", "a = b<<1 - c"},
		{5, 4, "INVERT_ASSIGNMENTS", "a -= b<<1 - c"},
		{5, 8, "INVERT_BITWISE", "a += b>>1 - c"},
		{5, 12, "ARITHMETIC_BASE", "a += b<<1 + c"},
		{6, 11, "CONDITIONALS_BOUNDARY", "return a < b && -a != c"},
		{6, 11, "CONDITIONALS_NEGATION", "return a > b && -a != c"},
		{6, 16, "INVERT_LOGICAL", "return a <= b || -a != c"},
		{6, 19, "INVERT_NEGATIVES", "return a <= b && +a != c"},
		{6, 11, "INVERT_LOGICAL", ""}, // there is none
		{6, 99, "INVERT_LOGICAL", ""},
		{99, 1, "INVERT_LOGICAL", ""},
		{6, 11, "ANOTHER_KIND", ""},
	} {
		mutants, err := readMutants(r, "pkg/a", report(fmt.Sprintf(`{"line": %d, "column": %d, "type": %q, "status": "LIVED"}`, test.line, test.column, test.kind)))
		switch {
		case (err != nil) != (test.want == ""):
			t.Errorf("%v: %v", test, err)
		case err == nil && (len(mutants) != 1 || mutants[0].in != "f" || mutants[0].becomes != test.want || mutants[0].status != lived):
			t.Errorf("%v: %+v", test, mutants)
		}
	}
	for _, wrong := range []string{"?", `{"files": [{"file_name": "b.go"}]}`} {
		if mutants, err := readMutants(r, "pkg/a", []byte(wrong)); err == nil {
			t.Errorf("%s is read as %v", wrong, mutants)
		}
	}
}
