package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// readable checks that a file is an initiative, after whatever was done to it.
func readable(t *testing.T, what, name string) {
	t.Helper()
	if run := call(t, "", "assess", "-q", "-f", "json", name); run.code != Done {
		t.Errorf("%s: exit code %d: %.500s\n%.2000s", what, run.code, run.stderr, content(t, name))
	}
	if left := temporary(t, filepath.Dir(name)); len(left) > 0 {
		t.Errorf("%s: left behind: %v", what, left)
	}
}

// leaves closes the terminal, as one does with a window, and waits for the
// program to end.
func (s *seated) leaves() int {
	s.Helper()
	_ = s.terminal.Close()
	deadline := time.AfterFunc(20*time.Second, func() { _ = s.cmd.Process.Kill() })
	defer deadline.Stop()
	_ = s.cmd.Wait()
	return s.cmd.ProcessState.ExitCode()
}

// Keys at random, escape sequences that are cut, bytes that are no text: the
// file stays one that can be read, and closing the window ends the program.
func TestInterviewGarbage(t *testing.T) {
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 5))
		name := climate(t, "resources.capacity", "origin.initiator", "reach.municipalities", "aims.goal")
		args := []string{"ask", "--all", name}
		if seed%2 == 1 {
			args = append(args, "--accessible")
		}
		s := sit(t, 80, 24, nil, args...)
		s.sees("1")
		keys := []string{enter, enter, enter, down, "\x1b[", "\x1b[A", "\x1b[200~", "\x1b[201~", "\xff\xfe", "\x00", "\x80", "æ", "ja", "1", "2\n", "::error::x", "a: b # c", "'", "\"", "\x7f", "\t", "\x1b[999;999R", "\x1b]0;a\x07", strings.Repeat("x", 900), " "}
		for range 60 {
			if _, err := s.terminal.WriteString(keys[random.IntN(len(keys))]); err != nil {
				break
			}
		}
		if code := s.leaves(); code != Stopped+int(syscall.SIGHUP) && code != Done && code != Unread {
			t.Errorf("seed %d: exit code %d: %s", seed, code, s.seen())
		}
		readable(t, "garbage", name)
	}
}

// A terminal that is gone is an error for who reads it before the signal comes.
func TestInterviewTerminalGone(t *testing.T) {
	var e *exit
	gone := fmt.Errorf("form: %w", &fs.PathError{Op: "read", Path: "/dev/tty", Err: syscall.EIO})
	if err := (&app{}).endOf(context.Background(), "a.yaml", gone); !errors.As(err, &e) || e.code != Stopped+int(syscall.SIGHUP) || !e.message.IsZero() {
		t.Errorf("it ends with %v", err)
	}
}

// A text of megabytes, pasted as a reason, is none that a file can hold: this is
// said at once, and the person goes on.
func TestInterviewLongLine(t *testing.T) {
	name := climate(t, "resources.capacity")
	before := content(t, name)
	s := sit(t, 80, 24, nil, "ask", name)
	s.sees("Enter velg")
	s.presses(enter)
	s.sees("begrunnelsen")
	s.presses("\x1b[200~"+strings.Repeat("a", 5<<20)+"\x1b[201~", enter)
	s.sees("teksten er lengre enn 20 000 tegn")
	s.presses("\x1b")
	s.sees("Enter velg")
	s.presses(ctrlC)
	if code := s.ends(); code != Stopped+int(syscall.SIGINT) || content(t, name) != before {
		t.Errorf("exit code %d, and the file is the same: %t", code, content(t, name) == before)
	}
}

// Without a terminal nothing is asked and nothing written, whatever comes by
// standard input.
func TestInterviewWithoutTerminal(t *testing.T) {
	for what, in := range map[string]string{"nothing": "", "answers": strings.Repeat("1\nfordi\n\n", 50), "garbage": "\x00\xff\x1b[31m\n", "a long line": strings.Repeat("a", 5<<20)} {
		name := climate(t, "resources.capacity")
		before := content(t, name)
		for _, args := range [][]string{{"ask", name}, {"ask", "--accessible", name}, {"ask", "--all", "-f", "json", name}} {
			if run := call(t, in, args...); run.code != Done || !strings.Contains(run.stdout, "resources.capacity") {
				t.Errorf("%s: %v: exit code %d: %s", what, args, run.code, run.stderr)
			}
			if run := (child{dir: filepath.Dir(name), stdin: strings.NewReader(in), args: args}).run(t); run.code != Done {
				t.Errorf("%s: %v: exit code %d: %s", what, args, run.code, run.stderr)
			}
		}
		if content(t, name) != before {
			t.Errorf("%s: the file is another", what)
		}
	}
}
