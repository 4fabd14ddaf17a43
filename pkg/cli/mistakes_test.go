package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestMistakes shows the mistakes that advisers make and what the program says
// of each, in full. A file in testdata/mistakes has a proposal and the messages
// in one language or more; KSDEV_UPDATE=1 writes the messages anew.
func TestMistakes(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "mistakes", "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("only %d mistakes were found", len(files))
	}
	for _, file := range files {
		file, err := filepath.Abs(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			t.Chdir(t.TempDir())
			if err := os.WriteFile("tiltak.yaml", archive.Files[0].Data, 0o644); err != nil {
				t.Fatal(err)
			}
			for i := range archive.Files[1:] {
				expected := &archive.Files[1+i]
				language := strings.TrimSuffix(expected.Name, ".txt")
				got := mistake(t, language)
				if !updating() && got != string(expected.Data) {
					t.Errorf("in %s:\n%s", language, difference(string(expected.Data), got))
				}
				expected.Data = []byte(got)
			}
			if updating() {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// mistake gives what the program says of tiltak.yaml. A notice lets it be
// assessed; an error does not, and nothing is printed.
func mistake(t *testing.T, language string) string {
	t.Helper()
	run := call(t, "", "assess", "--lang", language, "tiltak.yaml")
	switch {
	case run.stderr == "":
		t.Error("nothing is said of the mistake")
	case run.code == Unread && run.stdout != "":
		t.Errorf("it was assessed all the same:\n%s", run.stdout)
	case run.code != Unread && run.code != Done:
		t.Errorf("exit code %d", run.code)
	}
	return run.stderr
}
