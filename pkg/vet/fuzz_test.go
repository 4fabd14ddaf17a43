package vet

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// place is a file of a strategy in testdata.
type place struct {
	folder fstest.MapFS
	name   string
}

// places are all files of the small strategies.
func places(t testing.TB) (all []place) {
	t.Helper()
	names, err := filepath.Glob("../../testdata/strategies/*/strategy.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("there are no strategies", err)
	}
	for _, name := range names {
		folder := files(t, os.DirFS(filepath.Dir(name)))
		for _, name := range sortedNames(folder) {
			all = append(all, place{folder, name})
		}
	}
	return all
}

// moved makes small changes to the files of a strategy, three bytes each: which
// file, which line, and what becomes of it.
func moved(folder fstest.MapFS, moves []byte) fstest.MapFS {
	changed, names := fstest.MapFS{}, sortedNames(folder)
	for name, file := range folder {
		changed[name] = file
	}
	for ; len(moves) >= 3; moves = moves[3:] {
		name := names[int(moves[0])%len(names)]
		lines := strings.Split(string(changed[name].Data), "\n")
		at, how := int(moves[1])%len(lines), int(moves[2])
		changed[name] = &fstest.MapFile{Data: []byte(strings.Join(move(lines, at, how), "\n"))}
	}
	return changed
}

// move leaves a line out, repeats it, swaps it with another, moves it in or out,
// or puts one of its words or its end in the place of another's.
func move(lines []string, at, how int) []string {
	other := (at + 1 + how/7) % len(lines)
	lines = slices.Clone(lines)
	switch how % 7 {
	case 0:
		return slices.Delete(lines, at, at+1)
	case 1:
		return slices.Insert(lines, other, lines[at])
	case 2:
		lines[at], lines[other] = lines[other], lines[at]
	case 3:
		lines[at] = "  " + lines[at]
	case 4:
		lines[at] = strings.TrimPrefix(lines[at], "  ")
	case 5:
		words, others := strings.Split(lines[at], " "), strings.Split(lines[other], " ")
		words[len(words)-1] = others[len(others)-1]
		lines[at] = strings.Join(words, " ")
	case 6:
		key, _, _ := strings.Cut(lines[at], ": ")
		_, value, _ := strings.Cut(lines[other], ": ")
		lines[at] = key + ": " + value
	}
	return lines
}

// FuzzCheckStrategy: whatever stands in the files of a strategy, it is refused,
// with a place and words in every language, or it can be used: then in every
// complete case one row holds, no rule passes and fails, and the diagrams come
// to what the conditions say one by one.
func FuzzCheckStrategy(f *testing.F) {
	all := places(f)
	for i, p := range all {
		f.Add(uint(i), string(p.folder[p.name].Data), []byte{})
		f.Add(uint(i), "", []byte{byte(i), byte(7 * i), byte(i), byte(i), byte(3 * i), byte(2 * i)})
	}
	addFaults(f, all)
	var printers []*i18n.Printer
	for _, language := range i18n.Languages() {
		p, err := i18n.New(language)
		if err != nil {
			f.Fatal(err)
		}
		printers = append(printers, p)
	}
	f.Fuzz(func(t *testing.T, which uint, text string, moves []byte) {
		p := all[which%uint(len(all))]
		folder := moved(p.folder, moves[:min(len(moves), 24)])
		if text != "" {
			folder[p.name] = &fstest.MapFile{Data: []byte(text)}
		}
		check := CheckStrategy(folder, strategy.Options{})
		for _, found := range check.Findings {
			checkDiagnostic(t, folder, printers, found.Diagnostic)
		}
		checkLoads(t, folder, check)
		if check.Strategy != nil && check.Strategy.Model != nil {
			checkSound(t, check)
		}
	})
}

// addFaults adds the files of the strategy "small" as its faults have them.
func addFaults(f *testing.F, all []place) {
	names, err := filepath.Glob("../../testdata/strategies/faults/*.txtar")
	if err != nil || len(names) == 0 {
		f.Fatal("there are no faults", err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, change := range archive.Files {
			_, name, found := strings.Cut(change.Name, " ")
			i := slices.IndexFunc(all, func(p place) bool { return p.name == name && p.folder["text/nn.yaml"] != nil })
			old, replacement, replaced := strings.Cut(string(change.Data), "=>\n")
			if found && replaced && i >= 0 {
				f.Add(uint(i), strings.Replace(string(all[i].folder[name].Data), strings.TrimSuffix(old, "\n"), strings.TrimSuffix(replacement, "\n"), 1), []byte{})
			}
		}
	}
}

func checkDiagnostic(t *testing.T, folder fstest.MapFS, printers []*i18n.Printer, d diag.Diagnostic) {
	t.Helper()
	lines := 1
	if file := folder[d.Pos.File]; file != nil {
		lines = strings.Count(string(file.Data), "\n") + 1
	} else if path.Ext(d.Pos.File) != ".yaml" {
		t.Errorf("%s in %s", d.Code(), d.Pos)
	}
	if d.Pos.Line < 0 || d.Pos.Line > lines || d.Severity == 0 {
		t.Errorf("%s in line %d of %d of %s", d.Code(), d.Pos.Line, lines, d.Pos.File)
	}
	for _, p := range printers {
		if words := diag.Text(p, diag.List{d}); !p.Has(d.Message.Key) || !d.Hint.IsZero() && !p.Has(d.Hint.Key) || strings.Contains(words, "runtime error") {
			t.Errorf("%s says %q", d.Code(), words)
		}
	}
}

// checkLoads checks that a strategy can be loaded in all languages just where
// no error was found.
func checkLoads(t *testing.T, folder fs.FS, check *Check) {
	t.Helper()
	faulty := slices.ContainsFunc(check.Findings, func(f Finding) bool { return f.Severity == diag.Error })
	for _, language := range append(i18n.Languages(), "") {
		s, found := strategy.Load(folder, strategy.Options{Language: language})
		if (s == nil) != found.HasErrors() || s == nil && !faulty {
			t.Errorf("in %q it is used with an error, or not used without one: %v", language, found)
		}
		if s == nil {
			return
		}
	}
	if faulty {
		t.Error("checked it has an error, and it is loaded in every language")
	}
}

// checkSound compares what is said of a strategy with complete cases, one
// condition after the other.
func checkSound(t *testing.T, check *Check) {
	t.Helper()
	const most = 200
	s := check.Strategy
	v, err := newVariants(s, false)
	if err != nil {
		t.Fatal(err)
	}
	cases := v.completeCases(most)
	gap, overlap, both := false, false, false
	used := make([]bool, len(s.Table.Rows))
	for _, w := range cases {
		says := v.says(v.source, w)
		gap, overlap, both = gap || len(says.rows) == 0, overlap || len(says.rows) > 1, both || says.overlap
		for _, row := range says.rows {
			used[row] = true
		}
		for i, want := range says.outcomes {
			if got := at(s.Model.Store, s.Model.Outcome[i], w); got != want && !says.overlap {
				t.Errorf("%s comes to %d, by its conditions to %d, in %v", s.Rules[i].ID, got, want, w)
			}
		}
		if len(says.rows) == 1 && !says.overlap {
			if got, want := at(s.Model.Store, s.Model.Recommendation, w), s.Table.Rows[says.rows[0]].Recommendation; got != want {
				t.Errorf("it comes to %d, by its rows to %d, in %v", got, want, w)
			}
		}
		for i, want := range says.notes {
			if got := at(s.Model.Store, s.Model.Notes[i], w) == 1; got != want {
				t.Errorf("note %d holds %v, by its condition %v, in %v", i, got, want, w)
			}
		}
	}
	found := map[string]bool{}
	for _, f := range check.Findings {
		found[f.Code()] = true
	}
	shown := fmt.Sprintf("gap %v, overlap %v, passing and failing %v, rows %v; found %v", gap, overlap, both, used, found)
	if gap && !found["strategy.rows_gap"] || overlap && !found["strategy.rows_overlap"] || both && !found["strategy.overlap"] {
		t.Errorf("not all is found: %s", shown)
	}
	if len(cases) < most && (!gap && found["strategy.rows_gap"] || !overlap && found["strategy.rows_overlap"] || found["strategy.row_never"] != slices.Contains(used, false)) {
		t.Errorf("what is found is not so: %s", shown)
	}
}

// at is the result of a function in a complete case.
func at(s *diagram.Store, r diagram.Ref, w complete) int {
	for !r.Constant() {
		r = s.Kids(r)[w[s.Variable(r)]]
	}
	return r.Result()
}
