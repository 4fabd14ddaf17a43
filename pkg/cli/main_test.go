package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the program a command of its own, which scripts and tests run
// as a user does.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"ksdev": func() { os.Exit(Main(System(), os.Args[1:])) },
	})
}

// updating says that the expected outputs are to be written anew.
func updating() bool { return os.Getenv("KSDEV_UPDATE") != "" }

// repository is a path in the repository, from its root.
func repository(t *testing.T, name string) string {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(root, filepath.FromSlash(name))
}

// must stops the test where making a fault fails.
func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// called is what one call of the program gave.
type called struct {
	stdout, stderr string
	code           int
}

// call runs the program in this process, in the working folder and with an
// empty environment.
func call(t *testing.T, stdin string, args ...string) called {
	t.Helper()
	var out, err bytes.Buffer
	dir, fault := os.Getwd()
	if fault != nil {
		t.Fatal(fault)
	}
	code := Main(Streams{In: strings.NewReader(stdin), Out: &out, Err: &err, Environ: func() []string { return nil }, Dir: dir}, args)
	return called{out.String(), err.String(), code}
}

// expect compares a text with the file that holds what is expected, or writes
// the file.
func expect(t *testing.T, file, got string) {
	t.Helper()
	if updating() {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; KSDEV_UPDATE=1 writes it", err)
	}
	if got != string(want) {
		t.Errorf("%s is not what is expected; KSDEV_UPDATE=1 writes it anew:\n%s", filepath.ToSlash(file), difference(string(want), got))
	}
}

// difference shows the first line in which two texts differ, with its
// neighbours.
func difference(want, got string) string {
	wanted, gotten := strings.Split(want, "\n"), strings.Split(got, "\n")
	first := 0
	for first < min(len(wanted), len(gotten)) && wanted[first] == gotten[first] {
		first++
	}
	part := func(lines []string) string {
		return strings.Join(lines[max(0, min(first-1, len(lines))):min(first+4, len(lines))], "\n")
	}
	return "want:\n" + part(wanted) + "\ngot:\n" + part(gotten)
}
