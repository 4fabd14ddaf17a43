package initiative_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// parseChange reads a change as the tests write it:
//
//	reach.relevance = many | the reason | the source
//	origin.initiator = [ks, state]
//	origin.initiator at_least [state]
//	C1 = pass | the reason
func parseChange(t *testing.T, line string) initiative.Change {
	t.Helper()
	parts := strings.Split(line, "|")
	name, rest, _ := strings.Cut(strings.TrimSpace(parts[0]), " ")
	key, text, _ := strings.Cut(rest, " ")
	var c initiative.Change
	if strings.Contains(name, ".") {
		c.Fact = name
	} else {
		c.Rule = name
	}
	if inner, ok := strings.CutPrefix(text, "["); ok {
		c.Value = initiative.These(strings.Split(strings.TrimSuffix(inner, "]"), ", ")...)
	} else if text != "" {
		c.Value = initiative.One(text)
	}
	if key != "=" {
		c.Value.Key = key
	}
	if len(parts) > 1 {
		c.Because = strings.TrimSpace(parts[1])
	}
	if len(parts) > 2 {
		c.Source = strings.TrimSpace(parts[2])
	}
	return c
}

// lines shows a text so that its line breaks and its end are seen.
func shown(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "<CR>\n")
	if !strings.HasSuffix(text, "\n") {
		text += "<END>\n"
	}
	return text
}

func hidden(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "<CR>\n", "\r\n"), "<END>\n", "")
}

// TestEdit makes the changes in testdata/edit, one after the other, and compares
// the files that come of them. KSDEV_UPDATE=1 writes them anew.
func TestEdit(t *testing.T) {
	names, err := filepath.Glob("testdata/edit/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no edits: %v", err)
	}
	s := small(t)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil || len(archive.Files) != 3 {
				t.Fatalf("not a file, changes and what is wanted: %v", err)
			}
			before := hidden(string(archive.Files[0].Data))
			document := 1
			if archive.Files[1].Name == "second" {
				document = 2
			}
			var changes []initiative.Change
			for _, line := range strings.Split(strings.TrimSpace(string(archive.Files[1].Data)), "\n") {
				changes = append(changes, parseChange(t, line))
			}
			file, found := yamldoc.Read("tiltak.yaml", []byte(before))
			if file == nil {
				t.Fatal(found)
			}
			after, err := initiative.Edit(file, document, s, changes)
			if err != nil {
				t.Fatal(err)
			}
			got := shown(string(after))
			if os.Getenv("KSDEV_UPDATE") != "" {
				archive.Files[2].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(archive.Files[2].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			again, _ := yamldoc.Read("tiltak.yaml", after)
			twice, err := initiative.Edit(again, document, s, changes)
			if err != nil || string(twice) != string(after) {
				t.Errorf("the same changes again: %v\n%s", err, twice)
			}
		})
	}
}

// What no file could hold is refused, and a file in error is left alone.
func TestEditRefuses(t *testing.T) {
	s := small(t)
	tests := []struct {
		text   string
		change initiative.Change
		want   error
	}{
		{"title: x\n", initiative.Change{Fact: "reach.nothing", Value: initiative.One("many")}, initiative.ErrRefused},
		{"title: x\n", initiative.Change{Fact: "reach.relevance", Value: initiative.One("nobody")}, initiative.ErrRefused},
		{"title: x\n", initiative.Change{Fact: "reach.relevance", Because: "a reason for nothing"}, initiative.ErrRefused},
		{"title: x\n", initiative.Change{Rule: "C1", Because: "a reason for nothing"}, initiative.ErrRefused},
		{"title: x\n", initiative.Change{Rule: "C1", Value: initiative.One("unclear")}, initiative.ErrRefused},
		{"title: x\n", initiative.Change{Rule: "C1", Value: initiative.These("pass")}, initiative.ErrRefused},
		{"title: x\n", initiative.Change{Rule: "C1", Value: initiative.Value{Texts: []string{"pass", "fail"}}}, initiative.ErrRefused},
		{"title: x\n", initiative.Change{Fact: "anchoring.decision", Value: initiative.One(strings.Repeat("å", yamldoc.MaxText+1))}, initiative.ErrRefused},
		{"title: x\n", initiative.Change{Fact: "anchoring.decision", Value: initiative.One(strings.Repeat("å", yamldoc.MaxInput))}, initiative.ErrRefused},
		{"title: x\n", initiative.Change{Rule: "X9", Value: initiative.One("pass")}, initiative.ErrRefused},
		{"title: x\n", initiative.Change{Value: initiative.One("pass")}, initiative.ErrRefused},
		{"titel: x\n", initiative.Change{Fact: "reach.relevance", Value: initiative.One("many")}, initiative.ErrUnreadable},
	}
	for _, test := range tests {
		file, _ := yamldoc.Read("tiltak.yaml", []byte(test.text))
		if data, err := initiative.Edit(file, 1, s, []initiative.Change{test.change}); !errors.Is(err, test.want) || data != nil {
			t.Errorf("%+v: %v, want %v", test.change, err, test.want)
		}
	}
	file, _ := yamldoc.Read("tiltak.yaml", []byte("title: x\n"))
	sound := initiative.Change{Fact: "needs.documented", Value: initiative.One("ja")}
	for _, test := range tests[:len(tests)-1] {
		if data, err := initiative.Edit(file, 1, s, []initiative.Change{sound, test.change, sound}); !errors.Is(err, test.want) || data != nil {
			t.Errorf("%+v among others: %v, want %v", test.change, err, test.want)
		}
	}
	// A file that is as large as can be has no room for an answer.
	full, _ := yamldoc.Read("tiltak.yaml", []byte("title: x\n#"+strings.Repeat("x", yamldoc.MaxInput-10)))
	if data, err := initiative.Edit(full, 1, s, []initiative.Change{sound}); !errors.Is(err, initiative.ErrNotInPlace) || data != nil {
		t.Errorf("a full file: %v, %d bytes", err, len(data))
	}
	if _, err := initiative.Edit(file, 2, s, []initiative.Change{{Fact: "reach.relevance", Value: initiative.One("many")}}); !errors.Is(err, initiative.ErrUnreadable) {
		t.Errorf("a document that is not there: %v", err)
	}
}
