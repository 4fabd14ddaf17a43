package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// secretText is what a file outside of the folder holds that a stranger made.
const secretText = "passord: hemmelig7\n"

// replacements put something in the place of a file.
func replacements(secret string) map[string]func(name string) error {
	gigabyte := func(name string) error {
		err := os.WriteFile(name, nil, 0o644)
		if err == nil {
			err = os.Truncate(name, 1<<30)
		}
		return err
	}
	text := func(text string) func(string) error {
		return func(name string) error { return os.WriteFile(name, []byte(text), 0o644) }
	}
	link := func(to string) func(string) error {
		return func(name string) error { return os.Symlink(to, name) }
	}
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", 'b'+i, 'b'+i, 'a'+i, 'a'+i, 'a'+i, 'a'+i, 'a'+i, 'a'+i, 'a'+i, 'a'+i)
	}
	return map[string]func(name string) error{
		"a pipe": func(name string) error { return unix.Mkfifo(name, 0o644) }, "a gigabyte": gigabyte, "a folder": func(name string) error { return os.Mkdir(name, 0o755) },
		"a link to a secret": link(secret), "a link up": link("../" + filepath.Base(secret)), "a device": link("/dev/zero"), "the program's memory": link("/proc/self/mem"),
		"a ring": link("ring"), "itself": func(name string) error { return os.Symlink(filepath.Base(name), name) }, "a link to nothing": link("borte.yaml"), "users": link("/etc/passwd"),
		"a bomb": text(bomb), "a cycle": text("a: &a\n  b: *a\n"), "a merge": text("a: &a {b: c}\nd:\n  <<: *a\n"), "deep": text("a: " + strings.Repeat("[", 10_000)),
		"binary": text("\x7fELF\x00\x01\x02"), "half a letter": text("id: sm\xc3"),
	}
}

// Whatever a stranger puts into the folder of a strategy: nothing outside of it
// is read, nobody waits, and there is no success.
func TestHostileStrategyFolders(t *testing.T) {
	dir := prepared(t)
	secret := filepath.Join(filepath.Dir(dir), "hemmelig.yaml")
	write(t, filepath.Dir(dir), "hemmelig.yaml", secretText)
	write(t, dir, "c.yaml", "title: Turvenn\n")
	for what, put := range replacements(secret) {
		for _, file := range []string{"facts.yaml", "text/en.yaml", "strategy.yaml", "text", "ekstra.yaml"} {
			folder := "st"
			must(t, os.RemoveAll(folder))
			must(t, os.CopyFS(folder, os.DirFS("strategi")))
			must(t, os.RemoveAll(filepath.Join(folder, file)))
			must(t, put(filepath.Join(folder, file)))
			for _, args := range [][]string{{"assess", "--strategy", "./st", "c.yaml"}, {"strategy", "check", "./st"}} {
				run := call(t, "", append(args, "--lang", "en")...)
				if run.code == Fault || run.code == Done && file != "ekstra.yaml" || run.code != Done && run.stdout+run.stderr == "" {
					t.Errorf("%s as %s: %v: exit code %d: %s", what, file, args, run.code, run.stderr)
				}
				if all := run.stdout + run.stderr; strings.Contains(all, "hemmelig7") || strings.Contains(all, "root:") {
					t.Errorf("%s as %s: %v: what lies outside is printed:\n%s", what, file, args, all)
				}
			}
		}
	}
	// A link that stays within the folder is a file like others.
	must(t, os.RemoveAll("st"))
	must(t, os.CopyFS("st", os.DirFS("strategi")))
	must(t, os.Rename("st/facts.yaml", "st/text/facts.txt"))
	must(t, os.Symlink("text/facts.txt", "st/facts.yaml"))
	if run := call(t, "", "assess", "--strategy", "./st", "--lang", "en", "c.yaml"); run.code != Done {
		t.Errorf("a link within: exit code %d: %s", run.code, run.stderr)
	}
}

// The cases of a strategy are files as well.
func TestHostileCases(t *testing.T) {
	shipped := repository(t, "criteria/ks-2016-2019")
	dir := prepared(t)
	secret := filepath.Join(filepath.Dir(dir), "hemmelig.yaml")
	write(t, filepath.Dir(dir), "hemmelig.yaml", secretText)
	must(t, os.CopyFS("st", os.DirFS(shipped)))
	for what, put := range replacements(secret) {
		must(t, os.RemoveAll("st/cases"))
		must(t, os.Mkdir("st/cases", 0o755))
		must(t, put("st/cases/a.yaml"))
		run := call(t, "", "strategy", "test", "./st")
		if run.code == Done || run.code == Fault || strings.Contains(run.stdout+run.stderr, "hemmelig7") || strings.Contains(run.stdout+run.stderr, "root:") {
			t.Errorf("%s: exit code %d: %s", what, run.code, run.stderr)
		}
	}
}

// So is the configuration, wherever it is found: there is no success, but where
// it says nothing.
func TestHostileConfiguration(t *testing.T) {
	dir := prepared(t)
	secret := filepath.Join(filepath.Dir(dir), "hemmelig.yaml")
	write(t, filepath.Dir(dir), "hemmelig.yaml", secretText)
	must(t, os.MkdirAll("under", 0o755))
	must(t, os.Mkdir(".git", 0o755))
	write(t, "under", "a.yaml", neighbour)
	for what, put := range replacements(secret) {
		must(t, os.RemoveAll(".ksdev.yaml"))
		must(t, put(".ksdev.yaml"))
		for _, in := range []string{".", "under"} {
			must(t, os.Chdir(in))
			for _, args := range [][]string{{"assess", "a.yaml"}, {"config"}, {"compare", "."}, {"ask", "a.yaml"}, {"new", "ny.yaml"}} {
				run := call(t, "", args...)
				if run.code != Usage || run.stdout != "" || !strings.Contains(run.stderr, ".ksdev.yaml") {
					t.Errorf("%s in %s: %v: exit code %d: %s%s", what, in, args, run.code, run.stderr, run.stdout)
				}
				if strings.Contains(run.stderr, "hemmelig7") || strings.Contains(run.stderr, "root:") {
					t.Errorf("%s: what lies outside is printed:\n%s", what, run.stderr)
				}
			}
			must(t, os.Chdir(dir))
		}
	}
	for what, text := range map[string]string{"patterns that lead out": "include:\n  - ../*\n  - /etc/*\n", "a strategy that is not there": "strategy: ../../borte\n", "a device": "strategy: /dev\n"} {
		must(t, os.RemoveAll(".ksdev.yaml"))
		write(t, ".", ".ksdev.yaml", text)
		if run := call(t, "", "assess", "under"); run.code != Usage || run.stdout != "" {
			t.Errorf("%s: exit code %d: %s", what, run.code, run.stderr)
		}
	}
}

// faultyFolder is a folder of which one step of reading fails.
type faultyFolder struct {
	fs.FS
	*steps
}

func (f faultyFolder) Open(name string) (fs.File, error) {
	if err := f.fails("open", name); err != nil {
		return nil, err
	}
	file, err := f.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return faultyOpened{file, name, f.steps}, nil
}

type faultyOpened struct {
	fs.File
	name string
	*steps
}

func (f faultyOpened) Read(data []byte) (int, error) {
	if err := f.fails("read", f.name); err != nil {
		return 0, err
	}
	return f.File.Read(data)
}

func (f faultyOpened) Stat() (fs.FileInfo, error) {
	if err := f.fails("stat", f.name); err != nil {
		return nil, err
	}
	return f.File.Stat()
}

func (f faultyOpened) ReadDir(n int) ([]fs.DirEntry, error) {
	if err := f.fails("list", f.name); err != nil {
		return nil, err
	}
	return f.File.(fs.ReadDirFile).ReadDir(n)
}

// Whichever step of reading a strategy fails, there is none, and the message
// names the file; half a strategy is never taken for a whole one.
func TestEveryStepOfAStrategyFails(t *testing.T) {
	prepared(t)
	load := func(number int) (*steps, *strategy.Strategy, string) {
		s := &steps{number: number}
		loaded, found := strategy.Load(faultyFolder{folderFiles("strategi"), s}, strategy.Options{Folder: "strategi", Language: i18n.English})
		said := ""
		for _, f := range found {
			said += f.Pos.File + fmt.Sprint(f.Message)
		}
		return s, loaded, said
	}
	s, clean, said := load(0)
	if clean == nil || len(s.taken) < 10 {
		t.Fatalf("%d steps: %s", len(s.taken), said)
	}
	for number := 1; number <= len(s.taken); number++ {
		s, got, said := load(number)
		failed := s.taken[number-1]
		if got != nil || !strings.Contains(said, failed.name) && failed.name != "." {
			t.Errorf("step %d, %v: loaded: %t, said: %s", number, failed, got != nil, said)
		}
	}
}
