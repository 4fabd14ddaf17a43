package strategy_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

const strategies = "../../testdata/strategies"

// TestFaults compares what the author of a strategy is told, word for word:
// each file changes the strategy "small" and holds what comes of it. With
// KSDEV_UPDATE=1 the expectations are written anew.
//
// A file begins with what it shows, and perhaps lines "language: en" and
// "set: name=value". Its sections are "replace FILE" with the old text, "=>" and
// the new one, "append FILE", "remove FILE", or a whole FILE; the last is "want".
func TestFaults(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(strategies, "faults", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no faults: %v", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(archive.Files) - 1
			options := optionsOf(string(archive.Comment))
			s, found := strategy.Load(altered(t, folder(t, "small"), archive.Files[:last]), options)
			if (s == nil) != found.HasErrors() {
				t.Error("a strategy with an error is used, or one without is not")
			}
			got := worded(t, found)
			if os.Getenv("KSDEV_UPDATE") != "" {
				archive.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(archive.Files[last].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func optionsOf(comment string) strategy.Options {
	options := strategy.Options{Settings: map[string]string{}}
	for line := range strings.Lines(comment) {
		if language, ok := strings.CutPrefix(strings.TrimSpace(line), "language: "); ok {
			options.Language = i18n.Language(language)
		}
		if setting, ok := strings.CutPrefix(strings.TrimSpace(line), "set: "); ok {
			name, value, _ := strings.Cut(setting, "=")
			options.Settings[name] = value
		}
	}
	return options
}

// folder is a strategy of testdata in memory.
func folder(t *testing.T, name string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	disk := os.DirFS(filepath.Join(strategies, name))
	err := fs.WalkDir(disk, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(disk, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// altered makes the changes to the files.
func altered(t *testing.T, files fstest.MapFS, changes []txtar.File) fstest.MapFS {
	t.Helper()
	for _, change := range changes {
		verb, name, found := strings.Cut(change.Name, " ")
		if !found {
			verb, name = "write", change.Name
		}
		switch verb {
		case "write":
			files[name] = &fstest.MapFile{Data: change.Data}
		case "append":
			files[name] = &fstest.MapFile{Data: slices.Concat(files[name].Data, change.Data)}
		case "remove":
			delete(files, name)
		case "replace":
			old, replacement, _ := strings.Cut(string(change.Data), "=>\n")
			old, replacement = strings.TrimSuffix(old, "\n"), strings.TrimSuffix(replacement, "\n")
			text := string(files[name].Data)
			if !strings.Contains(text, old) {
				t.Fatalf("%s does not have %q", name, old)
			}
			files[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, replacement, 1))}
		default:
			t.Fatalf("what is %q?", change.Name)
		}
	}
	return files
}

func worded(t *testing.T, found diag.List) string {
	t.Helper()
	p, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	return diag.Text(p, found)
}
