package cli

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// What another program holds open for a moment is waited for, and never for
// long; no other error is.
func TestWaitingForOtherPrograms(t *testing.T) {
	tests := []struct {
		name   string
		goos   string
		number syscall.Errno
		fails  int // so many times; 100: always
		tries  int
		fault  bool
	}{
		{"at once", onWindows, 32, 0, 1, false},
		{"a virus scanner", onWindows, 32, 3, 4, false},
		{"told as a lack of rights", onWindows, 5, 1, 2, false},
		{"a part is locked", onWindows, 33, 1, 2, false},
		{"a spreadsheet", onWindows, 5, 100, 7, true},
		{"no such file", onWindows, 2, 100, 1, true},
		{"another system", "linux", 32, 100, 1, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tries, waited := 0, time.Duration(0)
			err := patiently(test.goos, func(d time.Duration) { waited += d }, func() error {
				tries++
				if tries <= test.fails {
					return &os.LinkError{Op: "rename", Err: test.number}
				}
				return nil
			})
			if tries != test.tries || (err != nil) != test.fault || waited > time.Second {
				t.Errorf("%d tries, waited %s: %v", tries, waited, err)
			}
		})
	}
}

// That a file cannot be replaced has two reasons that Windows does not tell
// apart; the user is told which.
func TestFilesHeldOpen(t *testing.T) {
	tests := []struct {
		name   string
		goos   string
		number syscall.Errno
		mode   fs.FileMode
		want   string
	}{
		{"a spreadsheet", onWindows, 5, 0o666, "another program has it open"},
		{"a lock", onWindows, 32, 0o666, "another program has it open"},
		{"a file that may not be written", onWindows, 5, 0o444, ""},
		{"a folder", onWindows, 5, fs.ModeDir | 0o777, ""},
		{"something else", onWindows, 112, 0o666, ""},
		{"another system", "linux", 5, 0o666, ""},
	}
	printer, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		err := heldOpen(test.goos, &fs.PathError{Op: "open", Path: `C:\ut\rapport.txt`, Err: test.number}, test.mode)
		held := test.want != ""
		if errors.Is(err, diag.ErrHeldOpen) != held || !errors.Is(err, test.number) {
			t.Errorf("%s: %v", test.name, err)
		}
		if got := printer.Text(cause(err)); held && !strings.Contains(got, test.want) {
			t.Errorf("%s: %s", test.name, got)
		}
	}
}
