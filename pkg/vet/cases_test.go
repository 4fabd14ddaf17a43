package vet

import (
	"io/fs"
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// outcomeNames are the outcomes by the results of a rule's diagram.
var outcomeNames = [...]string{result.Pass, result.Fail, result.NotApplicable}

func builtIn(t testing.TB) fs.FS {
	t.Helper()
	folder, err := fs.Sub(criteria.FS(), "ks-2016-2019")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

func words(t *testing.T, found diag.List) string {
	t.Helper()
	p, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	return diag.Text(p, found)
}

// tested is a strategy whose cases are run, of which it has at least so many.
type tested struct {
	folder fs.FS
	cases  int
}

func strategies(t *testing.T) map[string]tested {
	t.Helper()
	return map[string]tested{
		"ks-2016-2019":   {builtIn(t), 100},
		"prosjektskjonn": {os.DirFS("../../examples/strategies/prosjektskjonn"), 35},
	}
}

func TestCasesOfStrategiesHold(t *testing.T) {
	for name, test := range strategies(t) {
		t.Run(name, func(t *testing.T) {
			cases, found := Cases(test.folder, strategy.Options{})
			if len(found) > 0 {
				t.Fatal(words(t, found))
			}
			for _, c := range cases {
				if c.Found.HasErrors() {
					t.Errorf("%s\n%s", c.Name, words(t, c.Found))
				}
			}
			if len(cases) < test.cases {
				t.Errorf("only %d cases were found", len(cases))
			}
		})
	}
}

// Every rule has a case for every outcome that it can have, and one in which
// it is unclear; every row of the table and every note has a case too.
func TestCasesCoverEveryOutcome(t *testing.T) {
	for name, test := range strategies(t) {
		t.Run(name, func(t *testing.T) { covered(t, test.folder) })
	}
}

func covered(t *testing.T, folder fs.FS) {
	t.Helper()
	s, found := strategy.Load(folder, strategy.Options{})
	if s == nil {
		t.Fatal(words(t, found))
	}
	cases, _ := Cases(folder, strategy.Options{})
	walker := diagram.NewWalker(s.Model.Store)
	full := s.Model.Store.Space().Full()
	for i, r := range s.Rules {
		for _, outcome := range walker.Possible(s.Model.Outcome[i], full).Results() {
			if !slices.ContainsFunc(cases, func(c *Case) bool { return slices.Equal(c.Expected[r.ID], []string{outcomeNames[outcome]}) }) {
				t.Errorf("no case expects %s of %s", outcomeNames[outcome], r.ID)
			}
		}
		if !slices.ContainsFunc(cases, func(c *Case) bool { return len(c.Expected[r.ID]) > 1 }) {
			t.Errorf("no case expects %s to be unclear", r.ID)
		}
	}
	for _, id := range s.Recommendations {
		if !slices.ContainsFunc(cases, func(c *Case) bool {
			return c.Assessment != nil && slices.Equal(c.Assessment.Recommendation.Documented.Possible, []string{id})
		}) {
			t.Errorf("no case settles on %s", id)
		}
	}
	for _, note := range s.Notes {
		if !slices.ContainsFunc(cases, func(c *Case) bool {
			return c.Assessment != nil && slices.Contains(c.Assessment.Notes, result.Note{ID: note.ID})
		}) {
			t.Errorf("no case has the note %s", note.ID)
		}
	}
}

// A case that expects something else is reported at its line.
func TestDifferencesAreReported(t *testing.T) {
	folder := fstest.MapFS{}
	err := fs.WalkDir(builtIn(t), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(builtIn(t), name)
		folder[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name := range folder {
		if len(name) > 6 && name[:6] == "cases/" {
			delete(folder, name)
		}
	}
	folder["cases/wrong.yaml"] = &fstest.MapFile{Data: []byte(`cases:
  - name: no goal and no challenge
    facts:
      aims.goal:
        value: none
        because: the proposal says so
    expect:
      outcomes:
        D2: fail
      causes:
        D2: aims.goal
      recommendations: shelve
      notes: few_participants
`)}
	cases, found := Cases(folder, strategy.Options{})
	if len(cases) != 1 || len(found) > 0 {
		t.Fatalf("%d cases, %s", len(cases), words(t, found))
	}
	var lines []int
	for _, d := range cases[0].Found {
		lines = append(lines, d.Pos.Line)
	}
	if want := []int{9, 11, 12, 13}; !slices.Equal(lines, want) {
		t.Errorf("differences at lines %v, expected %v\n%s", lines, want, words(t, cases[0].Found))
	}
}
