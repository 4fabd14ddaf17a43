package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScript runs the scripts in testdata/script: the program as a user types
// it. Besides the commands that testscript brings there are
//
//	exits 3 ksdev assess …     the program ends with this exit code
//	clone examples             copies a folder of the repository here
//	replace OLD NEW FILE       puts a text in the place of another
//	[root]                     the user may read every file
//
// Without "exits" the exit code is 0. KSDEV_UPDATE=1 writes the outputs that
// "cmp" compares anew.
func TestScript(t *testing.T) {
	root := repository(t, "")
	testscript.Run(t, testscript.Params{
		Dir:           filepath.Join("testdata", "script"),
		UpdateScripts: updating(),
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"replace": replace,
			"clone": func(ts *testscript.TestScript, _ bool, args []string) {
				for _, folder := range args {
					from := filepath.Join(root, filepath.FromSlash(folder))
					ts.Check(os.CopyFS(ts.MkAbs(filepath.Base(folder)), os.DirFS(from)))
				}
			},
		},
		Condition: func(name string) (bool, error) {
			if name != "root" {
				return false, errors.New("unknown condition " + name)
			}
			return os.Geteuid() == 0, nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("TERM", "dumb")
			return nil
		},
	})
}

// replace puts a text in the place of another, which must be in the file.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace OLD NEW FILE")
	}
	text := ts.ReadFile(args[2])
	if !strings.Contains(text, args[0]) {
		ts.Fatalf("%s has no %q", args[2], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(strings.ReplaceAll(text, args[0], args[1])), 0o644))
}

// exits runs a command that must end with an exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGUMENT …]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var ended *exec.ExitError
	code := 0
	switch {
	case errors.As(err, &ended):
		code = ended.ExitCode()
	case err != nil:
		ts.Fatalf("%s: %v", strings.Join(args[1:], " "), err)
	}
	if code != want {
		ts.Fatalf("%s: exit code %d, want %d", strings.Join(args[1:], " "), code, want)
	}
}
