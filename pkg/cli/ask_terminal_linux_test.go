package cli

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// seated is a person at a terminal at which the program runs.
type seated struct {
	*testing.T
	terminal *os.File
	cmd      *exec.Cmd
	lock     sync.Mutex
	screen   *screen
	raw      []byte
	// mark is how many lines had left the screen when a key was pressed last, and
	// since how many bytes there had been.
	mark, since int
	// plain says that nothing is taken away from the screen.
	plain bool
	gone  chan struct{}
}

// sit runs the program at a terminal.
func sit(t *testing.T, columns, rows int, environment []string, args ...string) *seated {
	t.Helper()
	cmd := exec.Command("ksdev", args...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "TERM=xterm-256color", "LANG=nb_NO.UTF-8", "HOME=" + t.TempDir()}, environment...)
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)})
	if err != nil {
		t.Skip("there are no terminals here:", err)
	}
	s := &seated{T: t, terminal: terminal, cmd: cmd, screen: newScreen(columns, rows), gone: make(chan struct{})}
	go s.watch()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = terminal.Close()
	})
	return s
}

func (s *seated) watch() {
	defer close(s.gone)
	var buffer [4096]byte
	for {
		n, err := s.terminal.Read(buffer[:])
		s.lock.Lock()
		_, _ = s.screen.Write(buffer[:n])
		s.raw = append(s.raw, buffer[:n]...)
		s.lock.Unlock()
		if err != nil {
			return
		}
	}
}

// seen is everything that the terminal has shown and not taken away.
func (s *seated) seen() string {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.screen.text()
}

// sees waits until the terminal shows texts, or has shown them since the last
// key and they have left it at the top.
func (s *seated) sees(texts ...string) {
	s.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(2 * time.Millisecond) {
		shown := s.now()
		missing := slices.IndexFunc(texts, func(text string) bool { return !strings.Contains(shown, text) })
		if missing < 0 {
			return
		}
		if time.Now().After(end) {
			s.Fatalf("%q does not come:\n%s", texts[missing], s.seen())
		}
	}
}

// now is what the terminal shows, and has shown since the last key.
func (s *seated) now() string {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.plain {
		return unwrapped(string(s.raw[s.since:]))
	}
	return unwrapped(strings.Join(append(append([]string{}, s.screen.above[s.mark:]...), s.screen.lines()...), "\n"))
}

// unwrapped puts lines together as one.
func unwrapped(text string) string { return strings.Join(strings.Fields(text), " ") }

// presses types keys.
func (s *seated) presses(keys ...string) {
	s.Helper()
	s.lock.Lock()
	s.mark, s.since = len(s.screen.above), len(s.raw)
	s.lock.Unlock()
	for _, key := range keys {
		if _, err := s.terminal.WriteString(key); err != nil {
			s.Fatal(err)
		}
	}
}

// gives writes a reason, and no source.
func (s *seated) gives(reason string) {
	s.Helper()
	s.presses(reason, enter)
	s.sees("Kilde (kan stå tom)")
	s.presses(enter)
}

// Keys as terminals send them.
const (
	enter  = "\r"
	down   = "\x1b[B"
	escape = "\x1b"
	ctrlC  = "\x03"
	ctrlD  = "\x04"
)

// resize makes the terminal another size.
func (s *seated) resize(columns, rows int) {
	s.Helper()
	s.lock.Lock()
	s.screen.resize(columns, rows)
	s.lock.Unlock()
	if err := pty.Setsize(s.terminal, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)}); err != nil {
		s.Fatal(err)
	}
}

// ends waits for the program's end and gives its exit code.
func (s *seated) ends() int {
	s.Helper()
	<-s.gone
	err := s.cmd.Wait()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		s.Fatal(err)
	}
	return s.cmd.ProcessState.ExitCode()
}

// fits checks that no line was longer than the terminal.
func (s *seated) fits() {
	s.Helper()
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.screen.wrapped {
		s.Errorf("a line is too long:\n%s", s.screen.text())
	}
}

// A whole interview: an answer that needs a reason, with help before it and a
// source after it. It fits every terminal.
func TestInterviewAtTerminal(t *testing.T) {
	for _, columns := range []int{40, 60, 80, 200} {
		for language, words := range map[string][]string{
			"nb": {"Har KS ledig kapasitet når arbeidet skal gjøres?", "da er anbefalingen «kandidat»", "Hjelp", "Hva er begrunnelsen?", "Kilde", "Ferdig: tiltaket er kandidat."},
			"en": {"Does KS have free capacity when the work is to be done?", "then the recommendation is “candidate”", "Help", "What is the reason?", "Source", "Done: the initiative is a candidate."},
		} {
			name := climate(t, "resources.capacity")
			s := sit(t, columns, 24, nil, "ask", "--lang", language, name)
			s.sees(words[0], words[1], words[2], "Enter")
			s.presses(down, down, down, down, enter)
			s.sees("resources.capacity")
			s.presses(enter)
			s.sees(words[3])
			s.presses("To rådgivere: satt av fra januar", enter)
			s.sees(words[4])
			s.presses("Årsplan", enter)
			s.sees(words[5])
			if code := s.ends(); code != Done {
				t.Errorf("exit code %d", code)
			}
			s.fits()
			answer := map[string]string{"nb": "ja", "en": "yes"}[language]
			expected := "  resources.capacity:\n    value: " + answer + "\n    because: \"To rådgivere: satt av fra januar\"\n    source: \"Årsplan\"\n"
			if got := content(t, name); !strings.Contains(got, expected) {
				t.Errorf("%d columns in %s: the answer is not in the file:\n%s", columns, language, got)
			}
		}
	}
}

// The terminal becomes narrower and lower in the middle of an interview.
func TestInterviewResized(t *testing.T) {
	name := climate(t, "resources.capacity")
	s := sit(t, 80, 24, nil, "ask", name)
	s.sees("Har KS ledig kapasitet", "Stopp her")
	s.resize(44, 12)
	s.presses(down)
	s.sees("> nei")
	s.presses(enter)
	s.sees("Hva er begrunnelsen?")
	s.resize(60, 40)
	s.gives("Alle er opptatt")
	s.sees("Ferdig: anbefalingen er avgjort.", "utsett")
	if code := s.ends(); code != Done || !strings.Contains(content(t, name), "value: nei\n    because: \"Alle er opptatt\"") {
		t.Errorf("exit code %d\n%s", code, content(t, name))
	}
}

// A value in the person's own spelling; what cannot be read is said as for
// files, and Esc goes back to the question.
func TestInterviewValue(t *testing.T) {
	name := climate(t)
	s := sit(t, 60, 20, nil, "ask", "--set", "enough_criteria=9", name)
	s.sees("Spørsmål 1", "lenge etter at det er slutt?", "Enter velg")
	s.presses(down)
	s.sees("> nei")
	s.presses(enter)
	s.sees("Hva er begrunnelsen?")
	s.presses("vet ikke", enter)
	s.sees("dette er ingen begrunnelse")
	s.presses(strings.Repeat("\x7f", len("vet ikke")), "noen få år", enter)
	s.sees("Kilde")
	s.presses(enter)
	s.sees("Spørsmål 2", "Enter velg")
	s.presses(enter)
	s.sees("Enter alene betyr")
	s.presses("1.500", enter)
	s.sees("kan leses på to måter")
	s.presses(escape)
	s.sees("Stopp her")
	s.presses(enter)
	s.sees("Enter alene betyr")
	s.presses("20,7 mrd. kr", enter)
	s.sees("Hva er begrunnelsen?")
	s.gives("statistikk")
	s.sees("Ferdig")
	if code, got := s.ends(), content(t, name); code != Done || !strings.Contains(got, "area.yearly_spending:\n    value: 20,7 mrd. kr\n    because: \"statistikk\"") || !strings.Contains(got, `because: "noen få år"`) {
		t.Errorf("exit code %d\n%s", code, got)
	}
}

// Skipping leaves the file as it is, not knowing is written, and going back
// undoes either.
func TestInterviewBack(t *testing.T) {
	name := climate(t, "resources.capacity", "resources.competence")
	before := content(t, name)
	s := sit(t, 80, 24, nil, "ask", name)
	s.sees("Spørsmål 1", "> ja")
	s.presses(down, down, enter)
	s.sees("Spørsmål 2", "> ja", "Tilbake")
	if !strings.Contains(content(t, name), ": vet ikke\n") {
		t.Errorf("it is not written:\n%s", content(t, name))
	}
	s.presses(down, down, down, down, enter)
	s.sees("det forrige svaret er tatt bort", "> ja")
	if content(t, name) != before {
		t.Errorf("it is not as before:\n%s", content(t, name))
	}
	s.presses(down, down, down, enter)
	s.sees("hoppet over", "> ja")
	s.presses(down, down, down, down, down, down, enter)
	s.sees("Stoppet.", "er ikke endret")
	if code := s.ends(); code != Done || content(t, name) != before {
		t.Errorf("exit code %d\n%s", code, content(t, name))
	}
}

// Whatever ends the program, the answers that were given are in the file, and
// the terminal is as it was.
func TestInterviewInterrupted(t *testing.T) {
	for _, test := range []struct {
		name string
		stop func(s *seated)
		code int
	}{
		{"Ctrl-C at a question", func(s *seated) { s.presses(ctrlC) }, Stopped + int(syscall.SIGINT)},
		{"Ctrl-C in a text", func(s *seated) { s.presses(enter); s.sees("begrunnelsen"); s.presses("abc", ctrlC) }, Stopped + int(syscall.SIGINT)},
		{"SIGINT", func(s *seated) { _ = s.cmd.Process.Signal(syscall.SIGINT) }, Stopped + int(syscall.SIGINT)},
		{"SIGTERM", func(s *seated) { _ = s.cmd.Process.Signal(syscall.SIGTERM) }, Stopped + int(syscall.SIGTERM)},
	} {
		t.Run(test.name, func(t *testing.T) {
			name := climate(t, "resources.capacity", "resources.competence")
			s := sit(t, 80, 24, nil, "ask", name)
			before, err := unix.IoctlGetTermios(int(s.terminal.Fd()), unix.TCGETS)
			if err != nil {
				t.Fatal(err)
			}
			s.sees("Spørsmål 1", "Enter velg")
			s.presses(enter)
			s.sees("begrunnelsen")
			s.gives("avtalt")
			s.sees("Spørsmål 2", "Enter velg")
			test.stop(s)
			if code := s.ends(); code != test.code {
				t.Errorf("exit code %d", code)
			}
			if !strings.Contains(content(t, name), `because: "avtalt"`) {
				t.Errorf("the answer is lost:\n%s", content(t, name))
			}
			if after, err := unix.IoctlGetTermios(int(s.terminal.Fd()), unix.TCGETS); err == nil && after.Lflag&unix.ECHO != before.Lflag&unix.ECHO|unix.ECHO {
				t.Errorf("the terminal is left as %+v", after)
			}
		})
	}
}

// Accessible: prompts and answers as lines, in the person's language, with the
// flag, the environment, or a terminal that can do no more.
func TestInterviewAccessible(t *testing.T) {
	for how, environment := range map[string][]string{"flag": nil, "environment": {"ACCESSIBLE=1"}, "dumb": {"TERM=dumb"}} {
		t.Run(how, func(t *testing.T) {
			name := climate(t, "resources.capacity")
			args := []string{"ask", "--color", "never", name}
			if how == "flag" {
				args = append(args, "--accessible")
			}
			s := sit(t, 80, 40, environment, args...)
			s.plain = true
			s.sees("1: ja (da er anbefalingen «kandidat»)", "Skriv et tall fra 1 til 6:")
			s.presses("7\n")
			s.sees("det må være et tall fra 1 til 6")
			s.presses("5\n")
			s.sees("«ksdev explain resources.capacity»", "Skriv et tall fra 1 til 5:")
			s.presses("1\n")
			s.sees("Begrunnelse:")
			s.presses("avtalt med avdelingen\n")
			s.sees("Kilde (kan stå tom):")
			s.presses("\n")
			s.sees("Ferdig: tiltaket er kandidat.")
			if code := s.ends(); code != Done || !strings.Contains(content(t, name), `because: "avtalt med avdelingen"`) {
				t.Errorf("exit code %d\n%s", code, content(t, name))
			}
			s.lock.Lock()
			defer s.lock.Unlock()
			if bytes.ContainsRune(s.raw, 0x1b) {
				t.Errorf("there are escape sequences: %q", s.raw)
			}
		})
	}
}

// At prompts, too, several can be chosen, a value written, and a question left
// for the list of what can be done.
func TestInterviewAccessibleValues(t *testing.T) {
	name := climate(t, "origin.initiator", "aims.challenge", "aims.goal")
	s := sit(t, 80, 50, nil, "ask", "--accessible", "--color", "never", name)
	s.plain = true
	answered := map[string]bool{}
	for range 2 {
		s.sees("Skriv et tall fra 1 til")
		switch seen := s.now(); {
		case !answered["initiator"] && strings.Contains(seen, "Hvem har tatt initiativet"):
			s.presses("3\n")
			s.sees("ett eller flere tall")
			s.presses("1 6\n")
			s.sees("velg minst ett")
			s.presses("1, 2\n")
			answered["initiator"] = true
		default:
			s.presses("1\n")
			s.sees("En tom linje går tilbake.", "Svar:")
			s.presses("\n")
			s.sees("Skriv et tall fra 1 til")
			s.presses("1\n")
			s.sees("Svar:")
			s.presses("for få folk\n")
			answered["challenge"] = true
		}
	}
	s.sees("Ferdig")
	if code := s.ends(); code != Done || len(answered) != 2 {
		t.Errorf("exit code %d, %v", code, answered)
	}
	if got := content(t, name); !strings.Contains(got, "    - ks\n    - municipality\n") || !strings.Contains(got, ": for få folk\n") {
		t.Errorf("the answers are not in the file:\n%s", got)
	}
}

// The end of the input, and Ctrl-C at a prompt, stop an accessible interview.
func TestInterviewAccessibleStopped(t *testing.T) {
	for key, code := range map[string]int{ctrlD: Done, ctrlC: Stopped + int(syscall.SIGINT)} {
		name := climate(t, "resources.capacity")
		before := content(t, name)
		s := sit(t, 80, 40, nil, "ask", "--accessible", name)
		s.sees("Skriv et tall fra 1 til 6:")
		s.presses(key)
		if got := s.ends(); got != code || content(t, name) != before {
			t.Errorf("%q: exit code %d", key, got)
		}
		if !strings.Contains(s.seen(), "Stoppet.") {
			t.Errorf("%q: nothing says so:\n%s", key, s.seen())
		}
	}
}

// Without colours there are none, and where the locale has no UTF-8 the signs
// are those of ASCII.
func TestInterviewPlainSigns(t *testing.T) {
	name := climate(t, "resources.capacity")
	s := sit(t, 80, 24, []string{"NO_COLOR=1", "LC_ALL=nb_NO.ISO-8859-1"}, "ask", name)
	s.sees("Har KS ledig kapasitet", "Ctrl+C")
	s.presses(ctrlC)
	s.ends()
	s.lock.Lock()
	defer s.lock.Unlock()
	if at := bytes.IndexAny(s.raw, "«»↑↓·…–"); at >= 0 || bytes.Contains(s.raw, []byte("U+")) {
		t.Errorf("there is a sign: %q", s.raw[max(0, at):])
	}
	if at := regexp.MustCompile(`\x1b\[[0-9;]*(3[0-7]|4[0-7])m`).FindIndex(s.raw); at != nil {
		t.Errorf("there is a colour: %q", s.raw[at[0]:])
	}
}

// Somebody else's changes are never overwritten; the answers are kept beside
// the file.
func TestInterviewFileChanged(t *testing.T) {
	name := climate(t, "resources.capacity")
	s := sit(t, 250, 24, nil, "ask", name)
	s.sees("Enter velg")
	theirs := content(t, name) + "# noen andre var her\n"
	if err := os.WriteFile(name, []byte(theirs), 0o640); err != nil {
		t.Fatal(err)
	}
	s.presses(enter)
	s.sees("begrunnelsen")
	s.gives("avtalt")
	s.sees("endret av noen andre imens, og er ikke overskrevet", ".ksdev-answers")
	if code := s.ends(); code != Unread || content(t, name) != theirs {
		t.Errorf("exit code %d\n%s", code, content(t, name))
	}
	if kept := content(t, name+keptEnding); !strings.Contains(kept, `because: "avtalt"`) {
		t.Errorf("the answer is lost:\n%s", kept)
	}
}

// Where the folder is gone the answers are kept in the one for temporary files.
func TestInterviewFolderGone(t *testing.T) {
	name, temporary := climate(t, "resources.capacity"), t.TempDir()
	s := sit(t, 250, 24, []string{"TMPDIR=" + temporary}, "ask", name)
	s.sees("Enter velg")
	if err := os.RemoveAll(filepath.Dir(name)); err != nil {
		t.Fatal(err)
	}
	s.presses(enter)
	s.sees("begrunnelsen")
	s.gives("avtalt")
	s.sees("ikke overskrevet")
	if code := s.ends(); code != Unread {
		t.Errorf("exit code %d", code)
	}
	if kept := content(t, filepath.Join(temporary, "klima.yaml"+keptEnding)); !strings.Contains(kept, `because: "avtalt"`) {
		t.Errorf("the answer is lost:\n%s", kept)
	}
}

// A file that cannot be written is refused before anything is asked.
func TestInterviewReadOnly(t *testing.T) {
	name := climate(t, "resources.capacity")
	if err := os.Chmod(name, 0o440); err != nil {
		t.Fatal(err)
	}
	s := sit(t, 250, 24, nil, "ask", name)
	s.sees("kan ikke skrives i", "den er skrivebeskyttet", "ksdev ask -f text")
	if code := s.ends(); code != Unread {
		t.Errorf("exit code %d", code)
	}
}
