package cli

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// terminal is a terminal of a width: the end that programs write to, and the
// end where a person sees it.
func terminal(t *testing.T, width uint16) (program, person *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Skip("there are no terminals here:", err)
	}
	t.Cleanup(func() { _ = person.Close() })
	control := int(person.Fd())
	if err := unix.IoctlSetPointerInt(control, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	number, err := unix.IoctlGetInt(control, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	if err := unix.IoctlSetWinsize(control, unix.TIOCSWINSZ, &unix.Winsize{Row: 50, Col: width}); err != nil {
		t.Fatal(err)
	}
	program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return program, person
}

// shownOn runs the program with a terminal for its output and gives what the
// terminal shows, escape sequences and all.
func shownOn(t *testing.T, width uint16, environment []string, args ...string) string {
	t.Helper()
	program, person := terminal(t, width)
	cmd := exec.Command("ksdev", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = repository(t, "examples"), program, program
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "TERM=xterm", "LANG=nb_NO.UTF-8"}, environment...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = program.Close()
	// Reading ends with an error once the program is gone.
	seen, _ := io.ReadAll(person)
	if err := cmd.Wait(); err != nil {
		t.Errorf("%v: %v\n%s", args, err, seen)
	}
	return strings.ReplaceAll(string(seen), "\r\n", "\n")
}

// The report fits the terminal, whatever its width.
func TestReportFitsTheTerminal(t *testing.T) {
	for _, width := range []uint16{40, 60, 80, 120, 160, 250} {
		for _, language := range []string{"nb", "nn", "en"} {
			seen := shownOn(t, width, []string{"NO_COLOR=1"}, "assess", "--lang", language, "statlig-rapporteringsprosjekt.yaml")
			for _, line := range strings.Split(seen, "\n") {
				if n := utf8.RuneCountInString(line); n > int(width) {
					t.Errorf("%d columns in %s: %q takes %d", width, language, line, n)
				}
			}
			if !strings.Contains(seen, "S3 ") {
				t.Errorf("%d columns in %s: the report is not there:\n%s", width, language, seen)
			}
		}
	}
}

// A terminal narrower than what can be read, or of unknown width, is no reason
// to break.
func TestOddTerminals(t *testing.T) {
	for _, width := range []uint16{0, 1, 20} {
		if seen := shownOn(t, width, nil, "assess", "nabolagsverksted.yaml"); !strings.Contains(seen, "Nabolagsverksted") {
			t.Errorf("%d columns: %q", width, seen)
		}
	}
}

// Colours are for terminals that show them and people who want them. What a
// terminal cannot show is written with what it can.
func TestColours(t *testing.T) {
	tests := []struct {
		name        string
		environment []string
		args        []string
		coloured    bool
	}{
		{"a terminal", nil, nil, true},
		{"NO_COLOR", []string{"NO_COLOR=1"}, nil, false},
		{"NO_COLOR that is empty counts as not set", []string{"NO_COLOR="}, nil, true},
		{"a terminal that shows none", []string{"TERM=dumb"}, nil, false},
		{"never", nil, []string{"--color", "never"}, false},
		{"the flag before the environment", []string{"NO_COLOR=1"}, []string{"--color", "always"}, true},
		{"never, from the environment", []string{"KSDEV_COLOR=never"}, nil, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			seen := shownOn(t, 80, test.environment, append([]string{"assess", "nabolagsverksted.yaml"}, test.args...)...)
			if coloured := strings.Contains(seen, "\x1b["); coloured != test.coloured {
				t.Errorf("coloured is %t:\n%q", coloured, seen)
			}
		})
	}
}

// Where the machine's locale is not UTF-8 the symbols are those of ASCII; words
// say the same anyway.
func TestSymbolsOfASCII(t *testing.T) {
	seen := shownOn(t, 80, []string{"LC_ALL=nb_NO.ISO-8859-1", "NO_COLOR=1"}, "assess", "nabolagsverksted.yaml")
	if i := strings.IndexAny(seen, "✓✗–·…«»"); i >= 0 {
		t.Errorf("there is a symbol: %q", seen[i:min(i+40, len(seen))])
	}
	if !strings.Contains(seen, "ikke oppfylt") {
		t.Errorf("the words are not there:\n%s", seen)
	}
}
