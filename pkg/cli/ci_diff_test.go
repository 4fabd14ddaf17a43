package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// A difference in JSON is valid, names what is hostile only harmlessly, and
// does not depend on the order in which either side is given.
func TestDifferenceIsValid(t *testing.T) {
	hostile := t.TempDir()
	hostileFiles(t, hostile)
	compiled := schema(t)
	t.Chdir(hostile)
	files, err := filepath.Glob("*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	end := ""
	for line := range strings.Lines(call(t, "", append([]string{"assess", "-q", "-f", "ndjson"}, files...)...).stdout) {
		switch {
		case strings.Contains(line, `"kind":"assessment"`):
			lines = append(lines, line)
		case strings.Contains(line, `"kind":"end"`):
			end = line
		}
	}
	// One side misses some, and each other title is another.
	var before, after []string
	for i, line := range lines {
		if i%4 != 0 {
			before = append(before, line)
		}
		if i%3 != 0 {
			after = append(after, strings.Replace(line, `"title":"`, `"title":"`+strings.Repeat("ny ", i%2), 1))
		}
	}
	for _, format := range diffFormats() {
		t.Run(format, func(t *testing.T) {
			diff := func() called {
				return call(t, "", "diff", "-f", format, savedAs(t, "ndjson", strings.Join(before, "")+end), savedAs(t, "ndjson", strings.Join(after, "")+end))
			}
			first := diff()
			if first.code != Done {
				t.Fatalf("exit code %d: %s", first.code, first.stderr)
			}
			inert(t, format, first.stdout)
			if format == "json" {
				value, err := jsonschema.UnmarshalJSON(strings.NewReader(first.stdout))
				if err != nil {
					t.Fatal(err)
				}
				if err := compiled.Validate(value); err != nil {
					t.Error(err)
				}
			}
			slices.Reverse(before)
			slices.Reverse(after)
			if again := diff(); again.stdout != first.stdout {
				t.Errorf("in another order: other bytes\n%s", difference(first.stdout, again.stdout))
			}
		})
	}
}

// repo is a git repository with two commits, made for a test.
type repo struct {
	t   *testing.T
	dir string
}

func newRepo(t *testing.T) *repo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	// Nothing of the machine's own settings.
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	r := &repo{t, t.TempDir()}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r *repo) git(args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=test", "-c", "user.email=test@example.org"}, args...)...)
	cmd.Dir = r.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return string(out)
}

func (r *repo) commit(files map[string]string) {
	r.t.Helper()
	r.write(files)
	r.git("add", "-A")
	r.git("commit", "-q", "-m", "test")
}

func (r *repo) write(files map[string]string) {
	r.t.Helper()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(r.dir, name)), 0o755); err != nil {
			r.t.Fatal(err)
		}
		write(r.t, r.dir, name, text)
	}
}

// state is all that lies in the repository and in its index, with content.
func (r *repo) state() map[string]string {
	r.t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(r.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all[path] = string(data)
		return err
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return all
}

// in runs the program in a folder of the repository, with the environment of
// the test.
func (r *repo) in(folder string, args ...string) called {
	r.t.Helper()
	cmd := exec.Command("ksdev", args...)
	cmd.Dir = filepath.Join(r.dir, folder)
	cmd.Env = append(os.Environ(), "LC_ALL=en")
	var out, err strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &err
	if fault := cmd.Run(); fault != nil && cmd.ProcessState == nil {
		r.t.Fatal(fault)
	}
	return called{out.String(), err.String(), cmd.ProcessState.ExitCode()}
}

// --base takes the old side from git, whatever stands in the work tree.
func TestDiffBase(t *testing.T) {
	r := newRepo(t)
	r.commit(map[string]string{"tiltak/a.yaml": "title: Nabohjelp\n", "tiltak/b/æ.yaml": "title: Borte\n", "tiltak/notat.txt": "x\n", "annet/c.yaml": "title: Annet\n",
		".ksdev.yaml": "exclude:\n  - utkast\n", "tiltak/utkast/u.yaml": "title: Utkast\n"})
	r.git("mv", "tiltak/b/æ.yaml", "tiltak/ø.yaml")
	r.commit(map[string]string{"tiltak/ny.yaml": "title: Ny\n"})
	r.write(map[string]string{"tiltak/a.yaml": "title: Nabohjelp\njudgements:\n  D1:\n    outcome: fail\n    because: lokalt\n"})
	link := filepath.Join(t.TempDir(), "lenke")
	if err := os.Symlink(r.dir, link); err != nil {
		link = r.dir // a system without links, or without the right to make one
	}
	for _, test := range []struct {
		name, folder string
		args         []string
		code         int
		want         []string
	}{
		{"the folder", "", []string{"--base", "HEAD~1", "tiltak"}, Done, []string{"changed: 1 initiative", "renamed: 1 initiative", "new: 1 initiative"}},
		{"by a branch", "", []string{"--base", "main", "tiltak"}, Done, []string{"changed: 1 initiative", "unchanged: 2 initiatives"}},
		{"a file", "", []string{"--base", "HEAD", "tiltak/a.yaml"}, Done, []string{"changed: 1 initiative", "the file"}},
		{"from a folder within", "tiltak", []string{"--base", "HEAD", "a.yaml"}, Done, []string{"changed: 1 initiative"}},
		{"that folder itself", "tiltak", []string{"--base", "HEAD~1", "."}, Done, []string{"changed: 1 initiative", "renamed: 1 initiative", "new: 1 initiative"}},
		{"a folder above", "tiltak", []string{"--base", "HEAD", "../annet"}, Done, []string{"Nothing changed in 1 initiative."}},
		{"a folder by its whole path", "", []string{"--base", "HEAD", filepath.Join(r.dir, "annet")}, Done, []string{"Nothing changed in 1 initiative."}},
		{"by a link to the repository", "", []string{"--base", "HEAD", filepath.Join(link, "annet")}, Done, []string{"Nothing changed in 1 initiative."}},
		{"for the worse", "", []string{"--base", "HEAD", "--fail-on", "worse", "tiltak"}, Found, []string{"worse than before"}},
		{"no such revision", "", []string{"--base", "borte", "tiltak"}, Usage, nil},
		{"an option for a revision", "", []string{"--base", "--output=x", "tiltak"}, Usage, nil},
		{"not in the repository", "", []string{"--base", "HEAD", os.TempDir()}, Usage, nil},
		{"no files", "", []string{"--base", "HEAD"}, Usage, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			run := r.in(test.folder, append([]string{"diff", "--lang", "en"}, test.args...)...)
			if run.code != test.code {
				t.Fatalf("exit code %d, want %d: %s", run.code, test.code, run.stderr)
			}
			for _, want := range test.want {
				if !strings.Contains(strings.Join(strings.Fields(run.stdout), " "), want) {
					t.Errorf("%q is not in:\n%s", want, run.stdout)
				}
			}
		})
	}
}

// A repository may be set up to run programs. With --base none of them runs,
// and nothing of the repository is written.
func TestDiffBaseRunsNothing(t *testing.T) {
	r := newRepo(t)
	r.commit(map[string]string{"a.yaml": "title: Nabohjelp\n"})
	ran := filepath.Join(t.TempDir(), "ran")
	command := "touch '" + ran + "'; cat"
	hook := "#!/bin/sh\n" + command + "\n"
	r.write(map[string]string{".gitattributes": "*.yaml diff=x filter=x merge=x\n", "a.yaml": "title: Nabohjelp i alle kommuner\n"})
	for _, name := range []string{"post-checkout", "post-index-change", "reference-transaction", "fsmonitor-watchman"} {
		write(t, r.dir, ".git/hooks/"+name, hook)
		if err := os.Chmod(filepath.Join(r.dir, ".git/hooks", name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for key, value := range map[string]string{"core.fsmonitor": ".git/hooks/fsmonitor-watchman", "diff.external": command, "diff.x.textconv": command, "diff.x.command": command,
		"filter.x.smudge": command, "filter.x.clean": command, "core.pager": command, "pager.ls-tree": "true",
		"core.sshCommand": command, "core.askPass": command, "credential.helper": "!" + command, "core.alternateRefsCommand": command,
		"alias.ls-tree": "!" + command, "alias.rev-parse": "!" + command, "core.editor": command, "gc.auto": "1"} {
		r.git("config", key, value)
	}
	if err := os.Remove(ran); err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	before := r.state()
	run := r.in("", "diff", "--lang", "en", "--base", "HEAD", ".")
	if run.code != Done || !strings.Contains(run.stdout, "changed") && !strings.Contains(run.stdout, "renamed") {
		t.Errorf("exit code %d\n%s%s", run.code, run.stdout, run.stderr)
	}
	if _, err := os.Stat(ran); !os.IsNotExist(err) {
		t.Errorf("a program of the repository ran (%v)", err)
	}
	after := r.state()
	for name, text := range before {
		if after[name] != text {
			t.Errorf("%s was written", name)
		}
	}
	if len(after) != len(before) {
		t.Errorf("there are %d files, not %d", len(after), len(before))
	}
	// The trap works: git by itself runs the programs. How that ends is the same.
	itself := exec.Command("git", "--no-pager", "diff")
	itself.Dir = r.dir
	_ = itself.Run()
	if _, err := os.Stat(ran); err != nil {
		t.Errorf("git ran nothing of it: %v", err)
	}
}
