package vet

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// files are those of a folder, in memory.
func files(t testing.TB, folder fs.FS) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		all[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func example(name string) fs.FS {
	return os.DirFS(filepath.Join("../../testdata/strategies", name))
}

// The strategy that comes with the program has no error, and no warning that is
// not acknowledged.
func TestShippedStrategyIsChecked(t *testing.T) {
	check := CheckStrategy(builtIn(t), strategy.Options{Language: i18n.English})
	for _, f := range check.Findings {
		if f.Open() {
			t.Error(words(t, diag.List{f.Diagnostic}))
		}
	}
	if check.Counted == nil || len(check.Counted.Facts)+len(check.Counted.Beside)+1 != len(check.Strategy.Facts) {
		t.Error("not every fact but the one that is acknowledged has its share or none")
	}
	if got := check.Strategy.Texts.Get("strategy", "title"); got == "" {
		t.Error("the texts of the language that was asked for are lacking")
	}
}

// What the literature on decision tables says of tables with gaps, and with rows
// that overlap or hide each other, is found, and nothing else: for every case
// in terms of the facts.
func TestTablesOfTheLiterature(t *testing.T) {
	// A case is the cells of the facts, in the order of the file, as words.
	point := []string{"less", "10", "more"}
	tests := []struct {
		name string
		// gap and overlap say which cases lie in them.
		gap, overlap func(cells []int) bool
		values       [][]string
	}{
		{"gaps-xy", func(x []int) bool { return x[0] == 0 && x[1] == 2 || x[0] == 1 && x[1] > 0 || x[0] == 2 && x[1] == 0 }, nil, [][]string{point, point}},
		{"boolean", func(x []int) bool { return x[0] == 0 && x[1] == 0 }, func(x []int) bool { return x[0] == 1 && x[1] == 1 }, [][]string{{"yes", "no"}, {"yes", "no"}}},
		{"mask", nil, func(x []int) bool { return x[0] == 1 && x[1] == 0 && x[2] == 0 }, [][]string{{"<18", ">=18"}, {"low or medium", "else"}, {"yes", "no"}}},
		{"kleene", nil, nil, nil},
		{"vacation-days", nil, nil, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in, _ := strategy.Inspect(example(test.name), strategy.Options{})
			c := newChecking(in)
			if test.values != nil {
				for i, values := range test.values {
					if v := c.model.Fact[i]; v >= 0 && c.store.Space().Cells(v) != len(values) {
						t.Fatalf("fact %d has %d cells, expected %v", i, c.store.Space().Cells(v), values)
					}
				}
			}
			overlap := diagram.False
			for i, row := range c.model.Rows {
				for _, earlier := range c.model.Rows[:i] {
					overlap = c.store.Or(overlap, c.store.And(earlier, row))
				}
			}
			c.expect(t, "gap", c.gaps(), test.gap)
			c.expect(t, "overlap", overlap, test.overlap)
		})
	}
}

// expect compares the boxes of a condition with the cases that it should hold
// in, by the cells of the facts.
func (c *checking) expect(t *testing.T, what string, condition diagram.Ref, wanted func(cells []int) bool) {
	t.Helper()
	boxes, whole := c.boxes(condition)
	if wanted == nil {
		if len(boxes) > 0 {
			t.Errorf("there is a %s when %v", what, c.Describe(boxes[0]))
		}
		return
	}
	space := c.store.Space()
	facts, cells := make([]int, len(c.strategy.Facts)), make([]int, space.Variables())
	var from func(i int)
	from = func(i int) {
		if i < len(facts) {
			v := c.model.Fact[i]
			for cell := range space.Cells(v) {
				facts[i], cells[v] = cell, cell
				from(i + 1)
			}
			return
		}
		if got := c.inside(boxes, cells); got > 1 || (got == 1) != wanted(facts) || !whole {
			t.Errorf("%v is in %d parts of the %s", facts, got, what)
		}
	}
	from(0)
}

// What an author is told of a gap: all cases in it, in as few parts as may be.
func TestCasesOfAGapAreTold(t *testing.T) {
	check := CheckStrategy(example("gaps-xy"), strategy.Options{})
	p, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range check.Findings {
		if f.Code() == "strategy.rows_gap" {
			for _, words := range f.Cases {
				got = append(got, p.Word(words))
			}
		}
	}
	want := []string{
		"point.x is less than 10 punkt and point.y is more than 10 punkt",
		"point.x is 10 punkt and point.y is at least 10 punkt",
		"point.x is more than 10 punkt and point.y is less than 10 punkt",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A change to a file of the shipped strategy, and the warnings that it gives:
// name, what they are about, and the line that they stand at.
func TestWarnings(t *testing.T) {
	tests := []struct {
		name, file, old, new string
		want                 []string
	}{
		{"applies never", "state-checklist.yaml", "applies_when: policy.employer == field", "applies_when: {all: [policy.employer == field, policy.employer == linked]}",
			[]string{"never_applies S6 state-checklist.yaml:62"}},
		{"applies always", "state-checklist.yaml", "applies_when: policy.employer == field", "applies_when: policy.employer in field | linked | unrelated",
			[]string{"always_applies S6 state-checklist.yaml:62"}},
		{"contradiction", "prioritisation.yaml", "pass_when: aims.new_method == yes", "pass_when: {all: [aims.new_method == yes, aims.new_method == no]}",
			[]string{"fact_undecisive aims.new_method facts.yaml:93", "always_fails C8 prioritisation.yaml:72"}},
		{"passes always", "prioritisation.yaml", "pass_when: aims.new_method == yes", "pass_when: {any: [aims.new_method == yes, aims.new_method == no]}",
			[]string{"fact_undecisive aims.new_method facts.yaml:93", "always_passes C8 prioritisation.yaml:72"}},
		{"twice", "prioritisation.yaml", "pass_when: aims.new_method == yes", "pass_when: needs.documented == yes",
			[]string{"fact_unread aims.new_method facts.yaml:93", "equivalent C3 C8 prioritisation.yaml:72"}},
		{"double counting", "prioritisation.yaml", "pass_when: aims.new_method == yes", "pass_when: {any: [aims.new_method == yes, needs.documented == yes]}",
			[]string{"implied C3 C8 prioritisation.yaml:72"}},
		{"a part too many", "prioritisation.yaml", "pass_when: aims.new_method == yes", "pass_when: {any: [aims.new_method == yes, {all: [aims.new_method == yes, needs.documented == yes]}]}",
			[]string{"redundant C8 prioritisation.yaml:72"}},
		{"a threshold too many", "strategy.yaml", "thresholds:\n", "thresholds:\n  idle:\n    kind: money\n    value: 1 mill.\n",
			[]string{"threshold_unused idle strategy.yaml:26"}},
		{"a question twice", "text/nn.yaml", "question: Har KS kapasitet til tiltaket?", "question: er tiltaket  strategisk viktig for kommunesektoren",
			[]string{"acknowledgement_unused untranslated strategy.yaml:118", "question_twice D1 R2 text/nn.yaml:196"}},
		{"not translated", "text/en.yaml", "question: Is the initiative strategically important to the local government sector?", "question: Er tiltaket strategisk viktig for kommunesektoren?",
			[]string{"untranslated rules.D1.question nb en text/en.yaml:46", "untranslated rules.D1.question nn en text/en.yaml:46"}},
		{"nothing to acknowledge", "strategy.yaml", "on: state.confederations", "on: [state.confederations, state.influence]",
			[]string{"acknowledgement_unused fact_undecisive strategy.yaml:115"}},
		{"an unknown finding", "strategy.yaml", "finding: fact_undecisive", "finding: fact_indecisive",
			[]string{"fact_undecisive state.confederations facts.yaml:374", "acknowledgement_unused fact_indecisive strategy.yaml:115"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			all := files(t, builtIn(t))
			text := string(all[test.file].Data)
			if !strings.Contains(text, test.old) {
				t.Fatalf("%s does not have %q", test.file, test.old)
			}
			all[test.file] = &fstest.MapFile{Data: []byte(strings.Replace(text, test.old, test.new, 1))}
			var got []string
			for _, f := range CheckStrategy(all, strategy.Options{}).Findings {
				if f.Open() && f.Severity == diag.Warning {
					got = append(got, fmt.Sprintf("%s %s %s:%d", f.Name(), strings.Join(f.On, " "), f.Pos.File, f.Pos.Line))
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.want, "\n"))
			}
		})
	}
}

func BenchmarkCheckStrategy(b *testing.B) {
	folder := builtIn(b)
	for b.Loop() {
		CheckStrategy(folder, strategy.Options{Language: i18n.Bokmal})
	}
}
