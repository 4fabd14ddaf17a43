package vet

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// withoutCases is the strategy's folder without its cases.
func withoutCases(t *testing.T, folder fs.FS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && name == "cases" {
			return fs.SkipDir
		}
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(folder, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// folders are the strategies that the tests are about, by name.
func folders(t *testing.T) map[string]fs.FS {
	t.Helper()
	all := map[string]fs.FS{"shipped": builtIn(t), "prosjektskjonn": os.DirFS("../../examples/strategies/prosjektskjonn")}
	for _, name := range []string{"changes", "kleene", "small", "vacation-days"} {
		all[name] = os.DirFS(filepath.Join(strategiesFolder, name))
	}
	return all
}

const strategiesFolder = "../../testdata/strategies"

func test(t *testing.T, folder fs.FS, w Wanted) *Tested {
	t.Helper()
	got, found := Test(folder, strategy.Options{}, w)
	if got == nil || len(found) > 0 {
		t.Fatal(words(t, found))
	}
	return got
}

// The strategy's cases show all that they should, and a change of any part of
// it makes a case fail.
func TestCasesNoticeEveryChange(t *testing.T) {
	got := test(t, builtIn(t), Wanted{Mutate: true})
	for _, item := range got.Items {
		if !item.Covered {
			t.Errorf("%s: no case shows %s %s of %s", item.Pos, item.Kind, item.Of, item.On)
		}
	}
	noticed := 0
	for _, m := range got.Mutants {
		switch m.Status {
		case Unnoticed:
			t.Errorf("%s: no case notices that %q becomes %q", m.Pos, m.From, m.To)
		case Noticed:
			noticed++
		}
	}
	if noticed < 400 || !got.Holds() {
		t.Errorf("%d of %d changes are noticed, all hold: %t", noticed, len(got.Mutants), got.Holds())
	}
}

// A strategy without cases gets some, in every language: they hold, show all
// that cases should and notice every change. Nothing else is proposed then.
func TestProposalsAreEnough(t *testing.T) {
	for name, folder := range folders(t) {
		for i, language := range i18n.Languages() {
			if i > 0 && name != "small" {
				continue // it has all kinds of facts
			}
			t.Run(name+"/"+string(language), func(t *testing.T) {
				files := withoutCases(t, folder)
				first := test(t, files, Wanted{Mutate: true, Generate: true})
				if first.Holds() || len(first.Proposals) == 0 {
					t.Fatalf("holds without cases: %t; %d proposals", first.Holds(), len(first.Proposals))
				}
				p, err := i18n.New(language)
				if err != nil {
					t.Fatal(err)
				}
				text := YAML(p, first.Proposals)
				if name == "small" {
					if again := YAML(p, test(t, files, Wanted{Mutate: true, Generate: true}).Proposals); again != text {
						t.Error("another call proposes something else")
					}
				}
				files["cases/proposed.yaml"] = &fstest.MapFile{Data: []byte(text)}
				second := test(t, files, Wanted{Mutate: true, Generate: true})
				for _, c := range second.Cases {
					if !c.Holds() {
						t.Errorf("%s", words(t, c.Found))
					}
				}
				if len(second.Cases) != len(first.Proposals) || len(second.Proposals) != 0 || !second.Holds() {
					t.Errorf("%d cases of %d proposals, %d more proposed\n%s", len(second.Cases), len(first.Proposals), len(second.Proposals), YAML(p, second.Proposals))
				}
			})
		}
	}
}

// Without changes to notice, a case of a comparison comes with another that
// differs in one fact alone, and that comes out otherwise.
func TestPairsDifferInOneFact(t *testing.T) {
	for name, folder := range folders(t) {
		t.Run(name, func(t *testing.T) {
			all := test(t, withoutCases(t, folder), Wanted{Generate: true}).Proposals
			pairs := 0
			for i, one := range all {
				if one.Name.Key != "cases.name_holds" || i+1 == len(all) || all[i+1].Name.Key != "cases.name_holds_not" {
					continue
				}
				other := all[i+1]
				differ := 0
				for j, f := range one.Facts {
					if !sameValue(f, other.Facts[j]) {
						differ++
					}
				}
				same := slices.Equal(one.Possible, other.Possible) && slices.Equal(one.Recommendations, other.Recommendations) && slices.Equal(one.Notes, other.Notes)
				if differ > 1 || len(one.Facts) != len(other.Facts) || same {
					t.Errorf("%v and %v differ in %d facts; come to the same: %t", one.Name.Args, other.Name.Args, differ, same)
				}
				pairs++
			}
			t.Logf("%d proposals, %d pairs", len(all), pairs)
		})
	}
}

func sameValue(a, b ProposedFact) bool {
	return a.Definition == b.Definition && a.Value.Options == b.Value.Options && slices.Equal(a.Value.Sets, b.Value.Sets) && slices.Equal(a.Value.Intervals, b.Value.Intervals)
}

// A case that does not hold is counted, covers nothing and notices nothing.
func TestFailingCasesCoverNothing(t *testing.T) {
	files := withoutCases(t, os.DirFS(filepath.Join(strategiesFolder, "small")))
	files["cases/wrong.yaml"] = &fstest.MapFile{Data: []byte("cases:\n  - name: wrong\n    facts:\n      needs.documented: yes\n    expect:\n      outcomes:\n        C1: pass\n")}
	got := test(t, files, Wanted{Mutate: true})
	if got.Holds() || got.Cases[0].Holds() {
		t.Error("a claim without a reason passes")
	}
	for _, item := range got.Items {
		if item.Covered {
			t.Errorf("%s of %s is covered", item.Kind, item.On)
		}
	}
	for _, m := range got.Mutants {
		if m.Status == Noticed {
			t.Errorf("%q becomes %q, which is noticed", m.From, m.To)
		}
	}
}

func BenchmarkTest(b *testing.B) {
	folder, err := fs.Sub(os.DirFS("../../criteria"), "ks-2016-2019")
	if err != nil {
		b.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		wanted Wanted
	}{{"cases", Wanted{}}, {"mutate", Wanted{Mutate: true}}, {"generate", Wanted{Mutate: true, Generate: true}}} {
		b.Run(test.name, func(b *testing.B) {
			for b.Loop() {
				if got, _ := Test(folder, strategy.Options{Language: i18n.Bokmal}, test.wanted); got == nil || !got.Holds() {
					b.Fatal("does not hold")
				}
			}
		})
	}
}
