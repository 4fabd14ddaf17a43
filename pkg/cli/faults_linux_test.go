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
	return append(all, []string{"strategy", "schema"})
}

// printers are the commands that only print.
func printers() [][]string {
	return [][]string{{"verify", "saved.ndjson"}, {"explain", "C6"}, {"explain", "a.yaml"}, {"explain", "C6", "a.yaml"}, {"explain", "a.yaml", "--why-not", "shelve"},
		{"ask", "a.yaml"}, {"ask", "-f", "json", "a.yaml"}, {"new", "-"}, {"strategy", "list"}, {"strategy", "show"}, {"config"}, {"version"},
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
