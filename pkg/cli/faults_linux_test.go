package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The tests of the files faults_*_test.go make the faults that a program meets
// on a computer: what it reads or writes is gone, full, endless, hostile or
// somebody else's. Whatever happens, it ends, says what is wrong, and leaves no
// half file.

// child is a run of the program as a process of its own.
type child struct {
	dir string
	// before is what the shell does before it becomes the program.
	before      string
	environment []string
	stdin       io.Reader
	// stranger says that somebody runs it who may not read everything.
	stranger bool
	args     []string
}

// run runs the program, which must end by itself.
func (c child) run(t *testing.T) called {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	cmd := exec.CommandContext(ctx, "ksdev", c.args...)
	if c.before != "" {
		cmd = exec.CommandContext(ctx, "sh", append([]string{"-c", c.before + `; exec ksdev "$@"`, "sh"}, c.args...)...)
	}
	var stdout, stderr bytes.Buffer
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = c.dir, c.stdin, &stdout, &stderr
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH")}, c.environment...)
	if c.stranger && os.Geteuid() == 0 {
		// By this name the program can be run from a folder that is closed to others.
		cmd.Path = "/proc/self/exe"
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	err := cmd.Run()
	var ended *exec.ExitError
	switch {
	case ctx.Err() != nil:
		t.Fatalf("%v does not end; standard error: %s", c.args, stderr.String())
	case err != nil && !errors.As(err, &ended):
		t.Fatal(err)
	}
	if strings.Contains(stderr.String(), "goroutine ") {
		t.Errorf("%v broke:\n%s", c.args, stderr.String())
	}
	return called{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// publicDir is an empty folder that everybody may look into.
func publicDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "ksdev-faults")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = exec.Command("chmod", "-R", "u+rwx", dir).Run()
		_ = os.RemoveAll(dir)
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// writers are all ways in which the program writes what it is asked for.
func writers() (all [][]string) {
	each := func(formats []string, args ...string) {
		for _, f := range formats {
			all = append(all, append(slices.Clone(args), "-f", f))
		}
	}
	each(formatNames(), "assess", "a.yaml", "b.yaml")
	each(formatNames(), "render", "saved.ndjson")
	each(compareFormats(), "compare", "a.yaml", "b.yaml")
	each(compareFormats(), "render", "compared.json")
	each(diffFormats(), "diff", "a.yaml", "b.yaml")
	each(checkFormats(), "strategy", "check")
	each(testFormats(), "strategy", "test")
	each(strategyDiffFormats(), "strategy", "diff", "ks-2016-2019", "ks-2016-2019")
	return append(all, []string{"strategy", "schema"})
}

// printers are the commands that only print.
func printers() [][]string {
	return [][]string{{"verify", "saved.ndjson"}, {"explain", "C6"}, {"explain", "a.yaml"}, {"explain", "C6", "a.yaml"}, {"explain", "a.yaml", "--why-not", "shelve"}, {"explain", "-f", "markdown", "C6"},
		{"ask", "a.yaml"}, {"ask", "-f", "json", "a.yaml"}, {"new", "-"}, {"strategy", "list"}, {"strategy", "show"}, {"config"}, {"version"}, {"version", "-f", "json"}, {"man", "assess"},
		{"help", "assess"}, {"exit-codes"}, {"completion", "bash"}, {"--help"}}
}

// Standard output that is full is a failure with a message in every format of
// every command.
func TestFullStandardOutput(t *testing.T) {
	dir := prepared(t)
	for _, args := range append(writers(), printers()...) {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		must(t, err)
		var stderr bytes.Buffer
		code := Main(Streams{In: strings.NewReader(""), Out: full, Err: &stderr, Environ: func() []string { return nil }, Dir: dir}, args)
		if code != Unread || !strings.Contains(stderr.String(), "det er ikke mer plass") {
			t.Errorf("%v: exit code %d: %q", args, code, stderr.String())
		}
		must(t, full.Close())
	}
}

// goneReader is standard output whose reader has gone away.
type goneReader struct{}

func (goneReader) Write([]byte) (int, error) { return 0, syscall.EPIPE }

// A reader that goes away ends every command without a word.
func TestReaderGone(t *testing.T) {
	dir := prepared(t)
	commands := map[string][]string{}
	for _, args := range append(writers(), printers()...) {
		commands[strings.Join(args[:min(2, len(args))], " ")] = args // one format of each
	}
	for _, args := range commands {
		var stderr bytes.Buffer
		code := Main(Streams{In: strings.NewReader(""), Out: goneReader{}, Err: &stderr, Environ: func() []string { return nil }, Dir: dir}, args)
		if code != Stopped+int(syscall.SIGPIPE) || stderr.Len() > 0 {
			t.Errorf("%v: exit code %d: %q", args, code, stderr.String())
		}
	}
}

// The same in a process of its own, whose report in a file is left as it was.
func TestReaderGoneLeavesNothing(t *testing.T) {
	dir := prepared(t)
	write(t, dir, "rapport.txt", "fra i fjor\n")
	read, out, err := os.Pipe()
	must(t, err)
	must(t, read.Close())
	cmd := exec.Command("ksdev", "assess", "-f", "text=rapport.txt", "-f", "json", "a.yaml")
	var stderr bytes.Buffer
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.Env = dir, out, &stderr, []string{"PATH=" + os.Getenv("PATH")}
	_ = cmd.Run()
	must(t, out.Close())
	if code := cmd.ProcessState.ExitCode(); code != Stopped+int(syscall.SIGPIPE) || stderr.Len() > 0 {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
	if left := temporary(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Standard streams that are closed are no files of the program: nothing that it
// opens takes their place and is written over.
func TestClosedStreams(t *testing.T) {
	for _, closed := range []string{"exec 0<&-", "exec 1>&-", "exec 2>&-", "exec 0<&- 1>&- 2>&-"} {
		for _, args := range [][]string{{"assess", "a.yaml"}, {"assess", "-"}, {"assess", "borte.yaml", "a.yaml"}, {"assess", "-o", "ut.txt", "a.yaml"}, {"ask", "a.yaml"}, {"compare", "-f", "csv", "a.yaml", "b.yaml"}} {
			dir := t.TempDir()
			write(t, dir, "a.yaml", neighbour)
			write(t, dir, "b.yaml", "title: Leksehjelp\n")
			child{dir: dir, before: closed, args: args}.run(t)
			if got := content(t, filepath.Join(dir, "a.yaml")); got != neighbour {
				t.Errorf("%s: %v wrote over the file:\n%s", closed, args, got)
			}
		}
	}
}

// oddNames are names of files that are more than letters, as bytes.
func oddNames() []string {
	return []string{strings.Repeat("a", 250) + ".yaml", strings.Repeat("å", 125) + ".yaml", "caf\u00e9.yaml", "cafe\u0301.yaml", "\xff\xfe.yaml", "a\nb.yaml", "\n::error::a.yaml", "\r.yaml", "\x1b[31mred.yaml", "\u009b31m.yaml", "\x07.yaml", "-rf.yaml",
		"--help.yaml", "%0A.yaml", "%0A::error::a.yaml", "=1+1.yaml", "@x.yaml", "+1.yaml", "##[error]x.yaml", "::error::x.yaml", "a\tb.yaml", "|x|.yaml", "<script>.yaml", "\u202egnp.yaml", " .yaml", "a;b,c.yaml", "'x\".yaml", "a\\b.yaml", "\u2028x.yaml", "\x7f.yaml", "con.yaml", "[a](b).yaml", "$(id).yaml", "*.yaml", "a b.yaml", "..a.yaml", "]]>.yaml"}
}

// Files of every name are assessed, or refused, and no format shows of a name
// what it must not.
func TestOddNames(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, folder := range []string{"gode", "dårlige"} {
		must(t, os.Mkdir(folder, 0o755))
		for i, name := range oddNames() {
			text := "id: nr" + strings.Repeat("i", i+1) + "\ntitle: Nabohjelp\n"
			if folder != "gode" {
				text = "titel: Nabohjelp\n"
			}
			write(t, folder, name, text)
		}
		for _, command := range []struct {
			name    string
			formats []string
		}{{"assess", formatNames()}, {"compare", compareFormats()}} {
			for _, format := range command.formats {
				run := call(t, "", command.name, "-f", format, folder)
				if want := map[string]int{"gode": Done, "dårlige": Unread}[folder]; run.code != want {
					t.Errorf("%s as %s of %s: exit code %d: %.500s", command.name, format, folder, run.code, run.stderr)
				}
				if _, fault := oracle(format, run.stdout); fault != "" {
					t.Errorf("%s as %s of %s: %s", command.name, format, folder, fault)
				}
				if fault := plainFault(run.stderr); fault != "" {
					t.Errorf("%s as %s of %s: standard error: %s", command.name, format, folder, fault)
				}
			}
		}
	}
	for _, name := range oddNames() {
		run := call(t, "", "assess", "-f", "ndjson", "--", "gode/"+name, name)
		if run.code != Unread || strings.Count(run.stdout, `"kind":"assessment"`) != 1 {
			t.Errorf("%q: exit code %d: %s", name, run.code, run.stderr)
		}
	}
}

// Arguments that nobody gives end in a message, without the characters that they
// have.
func TestOddArguments(t *testing.T) {
	prepared(t)
	odd := []string{"", "\x1b[31mx", "a\nb", "\n::error::x", "##[error]x", "\xff", "--\x1b", "-\xff", "--lang=\x1b", "--jobs=-1", "--jobs=99999999999999999999", "-f\x1b[1m", "--set=\x1b=1", "--config=\x1b", "--strategy=./\x1b", strings.Repeat("x", 200_000), "-", "--", "-o=", "--as-of=9999-99-99"}
	commands := [][]string{{}, {"assess"}, {"compare"}, {"diff"}, {"diff", "a.yaml"}, {"render"}, {"verify"}, {"explain"}, {"ask"}, {"new"}, {"strategy"}, {"strategy", "check"}, {"strategy", "test"}, {"strategy", "schema"}, {"help"}, {"config"}, {"completion"}, {"version"}}
	for _, command := range commands {
		for _, argument := range odd {
			run := call(t, "", append(slices.Clone(command), argument)...)
			if run.code < Done || run.code >= Fault {
				t.Errorf("%v %.50q: exit code %d: %s", command, argument, run.code, run.stderr)
			}
			if fault := plainFault(run.stdout + run.stderr); fault != "" {
				t.Errorf("%v %.50q: %.500s", command, argument, fault)
			}
		}
	}
}
