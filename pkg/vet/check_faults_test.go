package vet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// fault is one change to one line of the shipped strategy, and where it is to
// be reported.
type fault struct {
	kind, file string
	// line is the place of the line among the file's lines, from 0.
	line int
	// with are the lines in its place.
	with []string
	// at says whether an error is one about the fault.
	at func(d diag.Diagnostic) bool
}

var (
	comparison = regexp.MustCompile(`^(\s*(?:- |\w+: ))([a-z]+\.[a-z_]+|[A-Z]\d+)( (?:==|!=|>=|<|<=|in|includes|includes any|count ==|is) )(\S+)$`)
	keyLine    = regexp.MustCompile(`^(\s*(?:- )?)([a-z_]+)(:(?: .*)?)$`)
	cellLine   = regexp.MustCompile(`^(      )([a-z_]+)(: )(yes|no)$`)
)

// misspelt swaps two letters in the middle of a name, or doubles its last.
func misspelt(name string) string {
	i := len(name) / 2
	if len(name) > 3 && name[i] != name[i-1] && name[i] != '.' && name[i-1] != '.' {
		return name[:i-1] + name[i:i+1] + name[i-1:i] + name[i+1:]
	}
	return name + name[len(name)-1:]
}

// seed makes the faults that fit a line.
func seed(file string, lines []string, i int) (all []fault) {
	line := lines[i]
	add := func(kind string, at func(d diag.Diagnostic) bool, with ...string) {
		all = append(all, fault{kind, file, i, with, at})
	}
	here := func(n int) func(d diag.Diagnostic) bool {
		return func(d diag.Diagnostic) bool { return d.Pos.File == file && d.Pos.Line == n }
	}
	switch {
	case strings.HasPrefix(file, "text/"):
		if i%25 == 7 && keyLine.MatchString(line) && !strings.HasSuffix(line, ":") {
			parent := parentOf(lines, i)
			add("missing text", func(d diag.Diagnostic) bool {
				return d.Code() == "strategy.text_missing" && d.Pos.File == file && (d.Pos.Line == parent+1 || d.Pos.Line == parent+2)
			})
		}
		return all
	case file == "facts.yaml":
		if strings.HasPrefix(strings.TrimSpace(line), "kind: ") && i%3 == 0 {
			add("misspelt kind", here(i+1), misspelt(line))
		}
		return all
	}
	if m := comparison.FindStringSubmatch(line); m != nil {
		add("misspelt subject", here(i+1), m[1]+misspelt(m[2])+m[3]+m[4])
		if strings.Trim(m[4], "0123456789") != "" { // a number is not misspelt
			add("misspelt value", here(i+1), m[1]+m[2]+m[3]+misspelt(m[4]))
		}
		if other := map[string]string{"yes": "no", "no": "yes", "$economic_weight": "$economic_insignificance", "$economic_insignificance": "$economic_weight"}[m[4]]; other != "" {
			from, to := blockOf(lines, i)
			add("swapped constant", func(d diag.Diagnostic) bool { return d.Pos.File == file && from < d.Pos.Line && d.Pos.Line <= to }, m[1]+m[2]+m[3]+other)
		}
		if strings.HasPrefix(line, "    pass_when: ") && !strings.HasPrefix(lines[i+1], "    fail_when: ") {
			add("contradictory parts", here(i+2), line, "    fail_when: "+m[2]+m[3]+m[4])
		}
	}
	if m := keyLine.FindStringSubmatch(line); m != nil && i%3 == 0 && file != "strategy.yaml" && !strings.HasPrefix(line, "      ") && !strings.HasPrefix(line, "  "+m[2]) {
		add("misspelt key", here(i+1), m[1]+misspelt(m[2])+m[3])
	}
	if m := cellLine.FindStringSubmatch(line); m != nil && file == "recommendation.yaml" {
		row := fmt.Sprint(strings.Count(strings.Join(lines[:i], "\n"), "\n  - id: "))
		ofTable := func(d diag.Diagnostic) bool {
			from, _ := blockOf(lines, i)
			return d.Code() == "strategy.rows_gap" && d.Pos.Line == 1 || d.Pos.Line == from+1 || slices.ContainsFunc(d.Message.Args, func(arg any) bool { return fmt.Sprint(arg) == row })
		}
		add("swapped cell", ofTable, m[1]+m[2]+m[3]+map[string]string{"yes": "no", "no": "yes"}[m[4]])
		add("dropped cell", ofTable)
		add("misspelt cell", here(i+1), m[1]+misspelt(m[2])+m[3]+m[4])
	}
	if file == "strategy.yaml" && strings.HasPrefix(line, "  - ") && i < 20 {
		add("misspelt rule set", func(d diag.Diagnostic) bool { return d.Pos.File == misspelt(line[4:])+".yaml" }, "  - "+misspelt(line[4:]))
	}
	return all
}

// parentOf is the line that a line stands under.
func parentOf(lines []string, i int) int {
	indent := func(s string) int { return len(s) - len(strings.TrimLeft(s, " ")) }
	parent := i - 1
	for indent(lines[parent]) >= indent(lines[i]) {
		parent--
	}
	return parent
}

// blockOf are the lines of the rule, row or note in which a line stands.
func blockOf(lines []string, i int) (from, to int) {
	from, to = i, i+1
	for from > 0 && !strings.HasPrefix(lines[from], "  - id: ") {
		from--
	}
	for to < len(lines) && !strings.HasPrefix(lines[to], "  - id: ") {
		to++
	}
	return from, to
}

// dropped are the faults of a table that lacks one of its rows.
func dropped(lines []string) (all []fault) {
	for i, line := range lines {
		if strings.HasPrefix(line, "  - id: ") {
			_, to := blockOf(lines, i)
			all = append(all, fault{"dropped row", "recommendation.yaml", i, append([]string{"\x00"}, fmt.Sprint(to-i)),
				func(d diag.Diagnostic) bool { return d.Code() == "strategy.rows_gap" && d.Pos.Line == 1 }})
		}
	}
	return all
}

// with is the strategy with the fault.
func (f *fault) in(all fstest.MapFS, lines []string) fstest.MapFS {
	with, until := f.with, f.line+1
	if len(with) == 2 && with[0] == "\x00" { // so many lines left out
		n := 0
		fmt.Sscan(with[1], &n)
		with, until = nil, f.line+n
	}
	changed := fstest.MapFS{}
	for name, file := range all {
		changed[name] = file
	}
	changed[f.file] = &fstest.MapFile{Data: []byte(strings.Join(slices.Concat(lines[:f.line], with, lines[until:]), "\n"))}
	return changed
}

// Of many small faults every one that makes the strategy invalid is reported
// where it stands.
func TestSeededFaultsAreReportedAtTheirLine(t *testing.T) {
	all := files(t, builtIn(t))
	made, tried, invalid := map[string]int{}, map[string]int{}, map[string]int{}
	for _, name := range sortedNames(all) {
		lines := strings.Split(string(all[name].Data), "\n")
		var faults []fault
		for i := range lines {
			faults = append(faults, seed(name, lines, i)...)
		}
		if name == "recommendation.yaml" {
			faults = append(faults, dropped(lines)...)
		}
		for _, f := range faults {
			made[f.kind]++
			if made[f.kind]%3 != 1 && len(f.with) < 2 && f.kind != "swapped constant" { // a third of the many will do
				continue
			}
			tried[f.kind]++
			check := CheckStrategy(f.in(all, lines), strategy.Options{})
			errors := slices.DeleteFunc(check.Findings, func(f Finding) bool { return f.Severity != diag.Error })
			if len(errors) == 0 {
				continue
			}
			invalid[f.kind]++
			if !slices.ContainsFunc(errors, func(found Finding) bool { return f.at(found.Diagnostic) }) {
				var said diag.List
				for _, found := range errors {
					said = append(said, found.Diagnostic)
				}
				t.Errorf("%s in %s, line %d (%q): found\n%s", f.kind, name, f.line+1, lines[f.line], words(t, said))
			}
		}
	}
	sum := 0
	for kind, n := range tried {
		sum += invalid[kind]
		// With another constant or a cell less a strategy may be as sound.
		if invalid[kind] == 0 || invalid[kind] < n && kind != "swapped constant" && kind != "dropped cell" {
			t.Errorf("%s: %d of %d make the strategy invalid", kind, invalid[kind], n)
		}
	}
	if sum < 150 {
		t.Errorf("only %d faults make the strategy invalid: %v", sum, invalid)
	}
}

func sortedNames(all fstest.MapFS) (names []string) {
	for name := range all {
		if !strings.HasPrefix(name, "cases/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
