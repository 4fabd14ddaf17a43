package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// started starts the program with standard input left open, so that it waits
// where the arguments have a dash.
func started(t *testing.T, dir string, args ...string) (cmd *exec.Cmd, stdout *bytes.Buffer) {
	t.Helper()
	cmd = exec.Command("ksdev", args...)
	stdout = &bytes.Buffer{}
	cmd.Dir, cmd.Stdout = dir, stdout
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, stdout
}

// ended waits for the program and gives its exit code.
func ended(t *testing.T, cmd *exec.Cmd) int {
	t.Helper()
	stop := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
	defer stop.Stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if cmd.ProcessState.ExitCode() < 0 {
		t.Errorf("the program did not end by itself: %v", cmd.ProcessState)
	}
	return cmd.ProcessState.ExitCode()
}

// eventually waits until something has come about.
func eventually(t *testing.T, what string, come func() bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !come(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s: waited in vain", what)
		}
	}
}

// temporary lists the temporary files of outputs in a folder.
func temporary(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, ".ksdev-*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// A signal ends a batch at once, with 128 and its number. The old report is
// still there, whole, and no half-written one. What goes to standard output is
// valid, and says that it is not all.
func TestSignalsEndABatch(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "a.yaml", "title: Nabohjelp\n")
			write(t, dir, "rapport.txt", "fra i fjor\n")
			cmd, stdout := started(t, dir, "assess", "-j", "1", "-f", "text=rapport.txt", "-f", "json", "a.yaml", "-", "b.yaml")
			// The temporary file is there once everything is ready.
			eventually(t, "the run", func() bool { return len(temporary(t, dir)) > 0 })
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if code := ended(t, cmd); code != Stopped+int(signal) {
				t.Errorf("exit code %d", code)
			}
			old, err := os.ReadFile(filepath.Join(dir, "rapport.txt"))
			if err != nil || string(old) != "fra i fjor\n" {
				t.Errorf("the old report is %q, %v", old, err)
			}
			if left := temporary(t, dir); len(left) > 0 {
				t.Errorf("left behind: %v", left)
			}
			value, err := jsonschema.UnmarshalJSON(stdout)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema(t).Validate(value); err != nil {
				t.Error(err)
			}
			run := value.(map[string]any)
			// The signal may come before the first file is done.
			if results := run["results"].([]any); run["complete"] != false || len(results) > 1 {
				t.Errorf("complete is %v, with %d results", run["complete"], len(results))
			}
		})
	}
}

// Many files with several workers: the report that goes to a file is there whole
// or not at all, whenever the signal comes.
func TestSignalAmongManyFiles(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "tiltak"), 0o755); err != nil {
		t.Fatal(err)
	}
	for i := range 4_000 {
		write(t, filepath.Join(dir, "tiltak"), strings.Repeat("n", i%7+1)+time.Unix(int64(i), 0).UTC().Format("150405")+".yaml",
			"title: Nabohjelp\nfacts:\n  origin.initiator: ks\n  resources.capacity: ja\n")
	}
	for i, wait := range []time.Duration{0, 20 * time.Millisecond, 60 * time.Millisecond, 150 * time.Millisecond} {
		signal := []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP}[i%3]
		cmd, _ := started(t, dir, "assess", "-q", "-j", "2", "-f", "ndjson=ut.ndjson", "tiltak")
		eventually(t, "the run", func() bool { return len(temporary(t, dir)) > 0 || exists(t, dir, "ut.ndjson") })
		time.Sleep(wait)
		_ = cmd.Process.Signal(signal) // it may have ended
		code := ended(t, cmd)
		if left := temporary(t, dir); len(left) > 0 {
			t.Errorf("after %v left behind: %v", wait, left)
		}
		switch whole := exists(t, dir, "ut.ndjson"); {
		case code == Stopped+int(signal) && whole:
			t.Errorf("after %v there is a report of a run that was stopped", wait)
		case code == Done && !whole:
			t.Errorf("after %v the run ended, and there is no report", wait)
		case code != Done && code != Stopped+int(signal):
			t.Errorf("after %v: exit code %d", wait, code)
		}
		_ = os.Remove(filepath.Join(dir, "ut.ndjson"))
	}
}

func exists(t *testing.T, dir, name string) bool {
	t.Helper()
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}

// A reader that goes away, as "head" does, ends the program without a word.
func TestReaderThatGoesAway(t *testing.T) {
	dir := t.TempDir()
	for i := range 40 {
		write(t, dir, string(rune('a'+i%26))+strings.Repeat("x", i)+".yaml", "title: Nabohjelp\n")
	}
	cmd := exec.Command("ksdev", "assess", "-q", "-f", "ndjson", ".")
	var stderr bytes.Buffer
	cmd.Dir, cmd.Stderr = dir, &stderr
	cmd.Env = []string{"PATH=" + os.Getenv("PATH")}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, 64)); err != nil {
		t.Fatal(err)
	}
	_ = out.Close()
	if err := cmd.Wait(); err == nil {
		t.Error("the program ended as if all had been read")
	}
	if strings.Contains(stderr.String(), "goroutine") || strings.Contains(stderr.String(), "panic") {
		t.Errorf("the program broke:\n%s", stderr.String())
	}
}
