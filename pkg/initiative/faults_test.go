package initiative_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

const strategies = "../../testdata/strategies"

// small is a strategy with a fact of every kind.
func small(t testing.TB) *strategy.Strategy {
	t.Helper()
	s, found := strategy.Load(os.DirFS(filepath.Join(strategies, "small")), strategy.Options{})
	if s == nil {
		t.Fatal(found)
	}
	return s
}

func read(s *strategy.Strategy, text string) (*initiative.Initiative, diag.List) {
	file, found := yamldoc.Read("tiltak.yaml", []byte(text))
	if found.HasErrors() {
		return nil, found
	}
	one, more := initiative.Read(file, file.Documents[0], s)
	return one, append(found, more...)
}

// TestFaults compares what the author of an initiative is told, word for word.
// With KSDEV_UPDATE=1 the expectations are written anew.
func TestFaults(t *testing.T) {
	p, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	names, err := filepath.Glob(filepath.Join(strategies, "initiatives", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no faults: %v", err)
	}
	s := small(t)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil || len(archive.Files) != 2 {
				t.Fatalf("not an initiative and what is wanted: %v", err)
			}
			one, found := read(s, string(archive.Files[0].Data))
			if (one == nil) != found.HasErrors() {
				t.Error("an initiative with an error is used, or one without is not")
			}
			got := diag.Text(p, found)
			if os.Getenv("KSDEV_UPDATE") != "" {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(archive.Files[1].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
