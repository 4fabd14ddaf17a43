package assess_test

import (
	"io/fs"
	"math/rand/v2"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// shuffler writes files of a strategy anew, with what has no order put in
// another one.
type shuffler struct {
	*rand.Rand
	// mappings and lists say of which keys the values may be shuffled.
	mappings, lists func(key string) bool
}

// unordered is what a strategy gives no order: the keys of everything but of
// what is listed by name, the parts of conditions, and the rows of the table.
func unordered(r *rand.Rand) *shuffler {
	return &shuffler{r,
		func(key string) bool {
			return !slices.Contains([]string{"facts", "options", "conditions", "thresholds", "capacities"}, key)
		},
		func(key string) bool { return slices.Contains([]string{"all", "any", "none", "of", "rows"}, key) }}
}

func (s *shuffler) folder(t *testing.T, folder fs.FS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		file, found := yamldoc.Read(name, data)
		if found.HasErrors() {
			t.Fatal(worded(t, found))
		}
		p := &page{}
		s.write(p, 0, "", file.Documents[0].Root)
		files[name] = &fstest.MapFile{Data: []byte(p.String())}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func (s *shuffler) write(p *page, depth int, key string, n *yamldoc.Node) {
	for _, line := range s.lines(key, n) {
		p.add(depth, line)
	}
}

// lines writes the value of a key.
func (s *shuffler) lines(key string, n *yamldoc.Node) []string {
	switch n.Kind {
	case yamldoc.Mapping:
		return s.mapping(key, n)
	case yamldoc.List:
		return s.list(key, n)
	}
	if n.Quoted {
		return []string{strconv.Quote(n.Value)}
	}
	return []string{n.Value}
}

func (s *shuffler) mapping(key string, n *yamldoc.Node) []string {
	pairs := slices.Clone(n.Pairs)
	if s.mappings(key) {
		s.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	}
	var all []string
	for _, pair := range pairs {
		lines := s.lines(pair.Key.Value, pair.Value)
		if pair.Value.Kind == yamldoc.Scalar {
			all = append(all, strings.TrimSpace(pair.Key.Value+": "+lines[0]))
		} else {
			all = append(append(all, pair.Key.Value+":"), indented(lines)...)
		}
	}
	return all
}

func (s *shuffler) list(key string, n *yamldoc.Node) []string {
	items := slices.Clone(n.Items)
	if s.lists(key) {
		s.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	}
	var all []string
	for _, item := range items {
		for i, line := range s.lines("", item) {
			all = append(all, []string{"  ", "- "}[truth(i == 0)]+line)
		}
	}
	return all
}

// The order of keys, of the parts of a condition and of the table's rows says
// nothing.
func TestOrderSaysNothing(t *testing.T) {
	for seed := range tries(80) {
		r := random(seed, 6)
		w, s := soundWorld(t, r, usual())
		shuffled := loaded(t, unordered(r).folder(t, w.files()), w.settings)
		for range 3 {
			text := w.newProposal(r).text(w)
			got, want := assessed(t, shuffled, text), assessed(t, s, text)
			slices.Sort(got.Recommendation.Rows)
			slices.Sort(want.Recommendation.Rows)
			if got, want := asJSON(t, got), asJSON(t, want); got != want {
				t.Fatalf("seed %d: %s\n%s\n%s", seed, firstDifference(got, want), text, asText(w))
			}
		}
	}
}

func loaded(t *testing.T, folder fs.FS, settings map[string]string) *strategy.Strategy {
	t.Helper()
	s, found := strategy.Load(folder, strategy.Options{Settings: settings})
	if s == nil {
		t.Fatal(worded(t, found))
	}
	return s
}

// The order of rules, of rule sets and of facts is the one in which they are
// shown; what is found of each is the same.
func TestOrderOfRulesAndFacts(t *testing.T) {
	for seed := range tries(80) {
		r := random(seed, 7)
		w, s := soundWorld(t, r, usual())
		shuffle := &shuffler{r, func(key string) bool { return key == "facts" },
			func(key string) bool { return slices.Contains([]string{"rules", "rule_sets", "notes"}, key) }}
		shuffled := loaded(t, shuffle.folder(t, w.files()), w.settings)
		for range 3 {
			text := w.newProposal(r).text(w)
			got, want := assessed(t, shuffled, text), assessed(t, s, text)
			if got, want := inOrder(t, w, got), inOrder(t, w, want); got != want {
				t.Fatalf("seed %d: %s\n%s\n%s", seed, firstDifference(got, want), text, asText(w))
			}
		}
	}
}

// inOrder puts rules and causes in one order, and leaves out answers, of which
// the first in the order of facts are given.
func inOrder(t *testing.T, w *world, a *result.Assessment) string {
	t.Helper()
	causes := func(all []result.Cause) {
		slices.SortFunc(all, func(x, y result.Cause) int { return strings.Compare(x.Kind+x.Fact+x.Rule, y.Kind+y.Fact+y.Rule) })
	}
	slices.SortFunc(a.RuleSets, func(x, y result.RuleSet) int { return strings.Compare(x.ID, y.ID) })
	for _, set := range a.RuleSets {
		slices.SortFunc(set.Rules, func(x, y result.Rule) int { return strings.Compare(x.ID, y.ID) })
		for i := range set.Rules {
			causes(set.Rules[i].Causes)
			set.Rules[i].ToPass = slices.Repeat([]result.Answer{{}}, len(set.Rules[i].ToPass))
			set.Rules[i].ToFail = slices.Repeat([]result.Answer{{}}, len(set.Rules[i].ToFail))
		}
	}
	slices.SortFunc(a.Notes, func(x, y result.Note) int { return strings.Compare(x.ID, y.ID) })
	slices.SortFunc(a.Thresholds, func(x, y result.Threshold) int { return strings.Compare(x.Name, y.Name) })
	for i := range a.Thresholds {
		slices.Sort(a.Thresholds[i].Used)
	}
	causes(a.Recommendation.Causes)
	return asJSON(t, a)
}
