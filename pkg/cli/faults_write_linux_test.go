package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// filers are commands that write files, each in a format whose files are larger
// than what there is room for.
func filers(target string) [][]string {
	return [][]string{
		{"assess", "-f", "json=" + target, "a.yaml", "b.yaml"}, {"assess", "-f", "html=" + target, "a.yaml"}, {"assess", "-f", "text=" + target, "a.yaml"},
		{"assess", "-f", "junit", "-f", "sarif=" + target, "a.yaml"}, {"assess", "-f", "ndjson", "-o", target, "a.yaml"}, {"assess", "-f", "markdown=" + target, "a.yaml"},
		{"compare", "-f", "xlsx=" + target, "saved.ndjson"}, {"compare", "-f", "html", "-o", target, "a.yaml"}, {"compare", "-f", "ndjson=" + target, "a.yaml", "b.yaml"},
		{"render", "-f", "html=" + target, "saved.ndjson"}, {"render", "-f", "xlsx=" + target, "compared.json"}, {"diff", "-f", "json", "-o", target, "b.yaml", "a.yaml"},
		{"strategy", "schema", "-o", target}, {"strategy", "check", "-f", "sarif=" + target},
	}
}

// untouched checks that a run has failed with a message that names the file, and
// that everything is as it was.
func untouched(t *testing.T, args []string, run called, code int, target string) {
	t.Helper()
	if run.code != code || !strings.Contains(run.stderr, filepath.Base(target)) {
		t.Errorf("%v: exit code %d: %q", args, run.code, run.stderr)
	}
	if got, err := os.ReadFile(target); err != nil || string(got) != lastYear {
		t.Errorf("%v: the old report is gone; there is %.200q, %v", args, got, err)
	}
	if left := temporary(t, filepath.Dir(target)); len(left) > 0 {
		t.Errorf("%v: left behind: %v", args, left)
	}
}

// A disk that is full leaves the old report, and no part of the new one.
func TestFullDisk(t *testing.T) {
	prepared(t)
	must(t, os.Mkdir("disk", 0o755))
	if err := unix.Mount("none", "disk", "tmpfs", 0, "size=8k,nr_inodes=8"); err != nil {
		t.Skip("a small disk can be made by root alone:", err)
	}
	t.Cleanup(func() { must(t, unix.Unmount("disk", unix.MNT_DETACH)) })
	target := "disk/rapport"
	write(t, ".", target, lastYear)
	must(t, os.WriteFile("disk/fyll", make([]byte, 4096), 0o644))
	for _, args := range filers(target) {
		untouched(t, args, call(t, "", args...), Unread, target)
	}
	// The name of a new file is there before its bytes.
	if run := call(t, "", "new", "disk/ny.yaml"); run.code != Unread || exists(t, "disk", "ny.yaml") {
		t.Errorf("new: exit code %d: %s", run.code, run.stderr)
	}
}

// So does a limit on the size of files.
func TestLimitedFileSize(t *testing.T) {
	dir := prepared(t)
	for _, args := range filers("rapport") {
		write(t, dir, "rapport", lastYear)
		run := child{dir: dir, before: "ulimit -f 1", args: args}.run(t) // of 512 bytes, or of 1,024
		untouched(t, args, run, Unread, filepath.Join(dir, "rapport"))
	}
	run := child{dir: dir, before: "ulimit -f 1", args: []string{"new", "ny.yaml"}}.run(t)
	if run.code != Unread || exists(t, dir, "ny.yaml") || len(temporary(t, dir)) > 0 {
		t.Errorf("new: exit code %d: %s", run.code, run.stderr)
	}
}

// Where nothing can be written this is said, and nothing is assessed before.
func TestPlacesThatCannotBeWritten(t *testing.T) {
	strategy := repository(t, "testdata/strategies/small")
	dir := publicDir(t)
	t.Chdir(dir)
	write(t, ".", "a.yaml", neighbour)
	must(t, os.CopyFS("strategi", os.DirFS(strategy)))
	must(t, os.MkdirAll("lukket/mappe", 0o755))
	write(t, ".", "lukket/rapport", lastYear)
	must(t, unix.Mkfifo("rør", 0o644))
	must(t, os.Symlink("ring", "ring"))
	must(t, os.Chmod("lukket", 0o555))
	run := func(args ...string) called {
		if strings.Contains(strings.Join(args, " "), "lukket") {
			return child{dir: dir, stranger: true, args: args}.run(t)
		}
		return call(t, "", args...)
	}
	for target, says := range map[string]string{"lukket/rapport": "tilgang", "lukket/ny": "tilgang", "borte/ny": "mappen borte finnes ikke", "strategi": "det er en mappe",
		"a.yaml/ny": "ikke en mappe", "/dev/full": "ikke en vanlig fil", "rør": "ikke en vanlig fil", "ring": "går i ring", strings.Repeat("x", 300): "for langt", "/proc/ny": ""} {
		for _, args := range [][]string{{"assess", "-o", target, "a.yaml"}, {"compare", "-o", target, "a.yaml"}, {"strategy", "schema", "-o", target}} {
			if run := run(args...); run.code != Unread || run.stdout != "" || !strings.Contains(run.stderr, "kan ikke skrives: ") || !strings.Contains(run.stderr, says) {
				t.Errorf("%v: exit code %d: %s", args, run.code, run.stderr)
			}
		}
	}
	for _, name := range []string{"lukket/ny.yaml", "borte/ny.yaml", "a.yaml/ny.yaml", strings.Repeat("x", 300) + ".yaml", "/proc/ny.yaml"} {
		if run := run("new", name); run.code != Unread || !strings.Contains(run.stderr, "kan ikke skrives: ") {
			t.Errorf("new %s: exit code %d: %s", name, run.code, run.stderr)
		}
	}
	if got := content(t, "lukket/rapport"); got != lastYear {
		t.Errorf("the old report is %q", got)
	}
}

// An output never takes the place of what the program reads, by whichever name.
func TestOutputIsNoInput(t *testing.T) {
	dir := prepared(t)
	must(t, os.Symlink("a.yaml", "lenke.yaml"))
	must(t, os.Link("a.yaml", "samme.txt"))
	must(t, os.Symlink(".", "her"))
	write(t, dir, ".ksdev.yaml", "lang: en\n")
	refuse := func(read string, args ...string) {
		t.Helper()
		before := content(t, read)
		run := call(t, "", args...)
		if run.code != Usage || !strings.Contains(run.stderr, "one of the files to be read") || run.stdout != "" {
			t.Errorf("%v: exit code %d: %s", args, run.code, run.stderr)
		}
		if content(t, read) != before {
			t.Errorf("%v: %s is another", args, read)
		}
	}
	for _, name := range []string{"a.yaml", "./a.yaml", "strategi/../a.yaml", "her/a.yaml", filepath.Join(dir, "a.yaml"), "lenke.yaml", "samme.txt"} {
		refuse("a.yaml", "assess", "-o", name, "a.yaml")
		refuse("a.yaml", "assess", "-f", "json="+name, "b.yaml", "lenke.yaml")
		refuse("a.yaml", "compare", "-f", "csv="+name, "b.yaml", "a.yaml")
		refuse("a.yaml", "diff", "-o", name, "saved.ndjson", "a.yaml")
		refuse("a.yaml", "diff", "-o", name, "a.yaml", "b.yaml")
	}
	refuse("saved.ndjson", "diff", "-o", "saved.ndjson", "saved.ndjson", "a.yaml")
	refuse("saved.ndjson", "render", "-f", "json=her/saved.ndjson", "saved.ndjson")
	refuse("compared.json", "render", "-f", "json=compared.json", "compared.json")
	refuse("saved.ndjson", "compare", "-o", "saved.ndjson", "saved.ndjson")
	refuse(".ksdev.yaml", "assess", "-o", ".ksdev.yaml", "a.yaml")
	for _, command := range []string{"schema", "check", "test"} {
		refuse("strategi/facts.yaml", "strategy", command, "-o", "strategi/facts.yaml", "./strategi")
	}
	write(t, dir, "c.yaml", "title: Turvenn\n")
	refuse("strategi/facts.yaml", "strategy", "diff", "-o", "her/strategi/facts.yaml", "./strategi", "./strategi", "c.yaml")
	refuse("c.yaml", "strategy", "diff", "-o", "c.yaml", "./strategi", "./strategi", "c.yaml")
	refuse("strategi/facts.yaml", "assess", "--strategy", "./strategi", "-o", "her/strategi/facts.yaml", "c.yaml")
	refuse("strategi/text/en.yaml", "compare", "--strategy", "./strategi", "-o", "strategi/text/en.yaml", "c.yaml")
	must(t, os.WriteFile(".ksdev.yaml", []byte("lang: en\nstrategy: ./strategi\n"), 0o644))
	refuse("strategi/facts.yaml", "diff", "-o", "strategi/facts.yaml", "c.yaml", "c.yaml")
}

// A report that is replaced keeps its mode and its links; a new one gets what
// the person wants for new files.
func TestModeOfOutputs(t *testing.T) {
	dir := prepared(t)
	write(t, dir, "rapport", lastYear)
	must(t, os.Chmod("rapport", 0o640))
	must(t, os.Symlink("rapport", "peker"))
	for _, args := range filers("peker") {
		if run := call(t, "", args...); run.code != Done {
			t.Fatalf("%v: exit code %d: %s", args, run.code, run.stderr)
		}
		info, err := os.Lstat("rapport")
		must(t, err)
		if info.Mode() != 0o640 || content(t, "rapport") == lastYear {
			t.Errorf("%v: mode %v", args, info.Mode())
		}
		must(t, os.WriteFile("rapport", []byte(lastYear), 0o640))
		if link, err := os.Readlink("peker"); err != nil || link != "rapport" {
			t.Errorf("%v: the link is gone", args)
		}
	}
	for umask, want := range map[string]os.FileMode{"077": 0o600, "022": 0o644, "002": 0o664} {
		for _, args := range [][]string{{"assess", "-o", "ny.yaml", "a.yaml"}, {"new", "ny.yaml"}} {
			if run := (child{dir: dir, before: "umask " + umask, args: args}).run(t); run.code != Done {
				t.Fatal(run.stderr)
			}
			info, err := os.Stat("ny.yaml")
			must(t, err)
			if info.Mode() != want {
				t.Errorf("umask %s: %v: mode %v", umask, args, info.Mode())
			}
			must(t, os.Remove("ny.yaml"))
		}
	}
}

// A program that is killed leaves the old report or the new one, whenever it is.
func TestKilledWhileWriting(t *testing.T) {
	const kills = 25
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS(repository(t, "examples"))))
	args := []string{"assess", "-q", "-f", "json=rapport.json", "."}
	target := filepath.Join(dir, "rapport.json")
	begun := time.Now()
	if run := (child{dir: dir, args: args}).run(t); run.code != Done {
		t.Fatal(run.stderr)
	}
	took := time.Since(begun)
	now := content(t, target)
	random := rand.New(rand.NewPCG(1, 1))
	for range kills {
		write(t, dir, "rapport.json", lastYear)
		cmd := exec.Command("ksdev", args...)
		cmd.Dir, cmd.Env = dir, []string{"PATH=" + os.Getenv("PATH")}
		must(t, cmd.Start())
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		must(t, cmd.Process.Kill())
		_ = cmd.Wait()
		if got := content(t, target); got != lastYear && got != now {
			t.Fatalf("neither the old report nor the new one, %d of %d bytes", len(got), len(now))
		}
	}
}

// Many who write one file at the same time leave the report of one of them.
func TestManyWriters(t *testing.T) {
	dir := prepared(t)
	outputs := map[string]bool{}
	var all []*exec.Cmd
	for i := range 12 {
		file := []string{"a.yaml", "b.yaml"}[i%2]
		outputs[call(t, "", "assess", "-f", "json", file).stdout] = true
		cmd := exec.Command("ksdev", "assess", "-f", "json=rapport.json", file)
		cmd.Dir, cmd.Env = dir, []string{"PATH=" + os.Getenv("PATH")}
		all = append(all, cmd)
	}
	for _, cmd := range all {
		must(t, cmd.Start())
	}
	for _, cmd := range all {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	if !outputs[content(t, "rapport.json")] {
		t.Error("the report is nobody's")
	}
	if left := temporary(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// waiting is how many bytes lie in a pipe.
func waiting(t *testing.T, pipe *os.File) int {
	t.Helper()
	n, err := unix.IoctlGetInt(int(pipe.Fd()), unix.TIOCINQ)
	must(t, err)
	return n
}

// A signal ends the program also while it waits for somebody who does not read.
func TestSignalWhileNobodyReads(t *testing.T) {
	dir := t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS(repository(t, "examples"))))
	read, out, err := os.Pipe()
	must(t, err)
	defer read.Close()
	cmd := exec.Command("ksdev", "assess", "-q", "-f", "json", "-f", "text=rapport.txt", ".")
	cmd.Dir, cmd.Stdout, cmd.Env = dir, out, []string{"PATH=" + os.Getenv("PATH")}
	must(t, cmd.Start())
	must(t, out.Close())
	eventually(t, "a full pipe", func() bool { return waiting(t, read) >= 1<<16 })
	must(t, cmd.Process.Signal(syscall.SIGTERM))
	if code := ended(t, cmd); code != Stopped+int(syscall.SIGTERM) {
		t.Errorf("exit code %d", code)
	}
	if left := temporary(t, dir); len(left) > 0 || exists(t, dir, "rapport.txt") {
		t.Errorf("left behind: %v", left)
	}
}

// So it does while it waits for standard input.
func TestSignalWhileNobodyWrites(t *testing.T) {
	dir := prepared(t)
	for i, args := range [][]string{{"render", "-"}, {"verify", "-"}, {"assess", "-"}, {"explain", "C6", "-"}} {
		in, write, err := os.Pipe()
		must(t, err)
		cmd := exec.Command("ksdev", args...)
		var stdout bytes.Buffer
		cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Env = dir, in, &stdout, []string{"PATH=" + os.Getenv("PATH")}
		must(t, cmd.Start())
		_, err = fmt.Fprintln(write, "title: Nabohjelp")
		must(t, err)
		eventually(t, "somebody who reads", func() bool { return waiting(t, in) == 0 })
		signal := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}[i%3]
		must(t, cmd.Process.Signal(signal))
		if code := ended(t, cmd); code != Stopped+int(signal) || strings.Contains(stdout.String(), "Nabohjelp") {
			t.Errorf("%v: exit code %d: %s", args, code, stdout.String())
		}
		must(t, write.Close())
		must(t, in.Close())
	}
}

// GitHub's summary is a file like others: it is not waited for, not written over
// an input, and what it holds stays.
func TestStepSummary(t *testing.T) {
	dir := prepared(t)
	must(t, unix.Mkfifo("rør", 0o644))
	must(t, os.Symlink("a.yaml", "lenke"))
	write(t, dir, "før.md", lastYear)
	for name, code := range map[string]int{"rør": Unread, "strategi": Unread, "/dev/full": Unread, "borte/ny.md": Unread, "a.yaml": Usage, "lenke": Usage, "før.md": Done, "ny.md": Done} {
		for _, args := range [][]string{{"assess", "-f", "github", "a.yaml"}, {"render", "-f", "github", "saved.ndjson"}} {
			if args[0] == "render" && code == Usage {
				continue // it does not read them
			}
			var out, stderr bytes.Buffer
			got := Main(Streams{In: strings.NewReader(""), Out: &out, Err: &stderr, Environ: func() []string { return []string{"GITHUB_STEP_SUMMARY=" + name} }, Dir: dir}, args)
			if got != code || code != Done && !strings.Contains(stderr.String(), name) {
				t.Errorf("%v: %s: exit code %d: %s", args, name, got, stderr.String())
			}
			if slices.Contains([]string{"før.md", "ny.md"}, name) && !strings.Contains(content(t, name), "Nabohjelp") {
				t.Errorf("%v: nothing in %s", args, name)
			}
		}
	}
	if got := content(t, "a.yaml"); got != neighbour || !strings.HasPrefix(content(t, "før.md"), lastYear) {
		t.Errorf("what was there is gone: %s", got)
	}
}
