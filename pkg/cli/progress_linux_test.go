package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// hurried is a clock on which a second passes whenever it is read.
func hurried() func() time.Time {
	now := time.Unix(0, 0)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

// seen runs the program in this process, with a terminal for its errors and for
// its output where that is nil, and gives what the terminal got.
func seen(t *testing.T, width uint16, out io.Writer, now func() time.Time, environment []string, args ...string) string {
	t.Helper()
	program, person := terminal(t, width)
	all := make(chan string)
	go func() {
		// Reading ends with an error once the program has closed the terminal.
		data, _ := io.ReadAll(person)
		all <- string(data)
	}()
	if out == nil {
		out = program
	}
	environment = append(environment, "TERM=xterm", "LANG=nb_NO.UTF-8", "NO_COLOR=1") // the first counts
	if code := Main(Streams{In: strings.NewReader(""), Out: out, Err: program, Environ: func() []string { return environment }, Dir: t.TempDir(), Now: now}, args); code != Done && code != Unread {
		t.Errorf("exit code %d", code)
	}
	_ = program.Close()
	return strings.ReplaceAll(<-all, "\r\n", "\n")
}

// shownLines plays what a terminal got: the lines that stand there in the end,
// and all that stood on one at any time.
func shownLines(got string) (final, ever []string) {
	for line := range strings.SplitSeq(got, "\n") {
		var cells []rune
		for part := range strings.SplitSeq(line, "\r") {
			for i, r := range []rune(part) {
				if i < len(cells) {
					cells[i] = r
				} else {
					cells = append(cells, r)
				}
			}
			ever = append(ever, strings.TrimRight(string(cells), " "))
		}
		final = append(final, strings.TrimRight(string(cells), " "))
	}
	return final, ever
}

// manyFiles is a folder of files, every tenth of which cannot be read.
func manyFiles(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i := range 60 {
		text := "title: Nabohjelp\n"
		if i%10 == 9 {
			text = "titel: Nabohjelp\n"
		}
		write(t, dir, fmt.Sprintf("%02d.yaml", i), text)
	}
	return dir
}

// A long run has a bar, which is gone when the run ends. Messages stand on lines
// of their own, and the output is what it is without.
func TestProgress(t *testing.T) {
	dir := manyFiles(t)
	var out, without strings.Builder
	got := seen(t, 80, &out, hurried(), nil, "assess", "-j", "1", "-f", "ndjson", dir)
	final, ever := shownLines(got)
	for done, want := range map[int]string{1: "   1% |                                        |  1 av 60 filer", 30: "  50% |████████████████████                    |  30 av 60 filer"} {
		if !strings.Contains(strings.Join(ever, "\n"), want) {
			t.Errorf("after %d files %q was not seen in %q", done, want, ever)
		}
	}
	messages := seen(t, 80, &without, func() time.Time { return time.Unix(0, 0) }, nil, "assess", "-j", "1", "-f", "ndjson", dir)
	if strings.Join(final, "\n") != strings.TrimRight(messages, " ") {
		t.Errorf("in the end there is\n%s\nand without a bar\n%s", strings.Join(final, "\n"), messages)
	}
	if !strings.Contains(messages, "titel") || strings.Contains(messages, "%") {
		t.Errorf("without a bar: %s", messages)
	}
	if out.String() != without.String() || strings.Count(out.String(), "\n") != 61 {
		t.Errorf("the output is another:\n%s", out.String())
	}
}

func TestProgressWhereItIsWanted(t *testing.T) {
	dir := manyFiles(t)
	tests := []struct {
		name        string
		environment []string
		toTerminal  bool
		args        []string
		want        string
	}{
		{"a terminal", nil, true, nil, "av 60 filer"},
		{"in English", nil, true, []string{"--lang", "en"}, "of 60 files"},
		{"symbols that are not there", []string{"LC_ALL=nb_NO.ISO-8859-1"}, true, nil, "|##"},
		{"results in a file", nil, true, []string{"-f", "ndjson=" + os.DevNull}, ""},
		{"quiet", nil, true, []string{"-q"}, ""},
		{"a terminal that cannot go back", []string{"TERM=dumb"}, true, nil, ""},
		{"results on the terminal", nil, true, []string{"-f", "ndjson"}, ""},
		{"results elsewhere", nil, false, []string{"-f", "ndjson"}, "av 60 filer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out io.Writer
			if !test.toTerminal {
				out = io.Discard
			}
			got := seen(t, 80, out, hurried(), test.environment, append([]string{"assess", dir}, test.args...)...)
			if shown := strings.Contains(got, "% |"); shown != (test.want != "") || !strings.Contains(got, test.want) {
				t.Errorf("%q is not seen in %q", test.want, got)
			}
			if ascii := strings.HasPrefix(test.want, "|#"); ascii && strings.Contains(got, "█") {
				t.Errorf("a symbol in %q", got)
			}
		})
	}
}

// The bar takes one line, whatever the width of the terminal.
func TestProgressFitsTheTerminal(t *testing.T) {
	dir := manyFiles(t)
	for _, width := range []uint16{0, 1, 30, 31, 40, 250} {
		got := seen(t, width, io.Discard, hurried(), nil, "assess", "-f", "ndjson", dir)
		_, ever := shownLines(got)
		bars := 0
		for _, line := range ever {
			if strings.Contains(line, "% |") {
				bars++
				if n := utf8.RuneCountInString(line); n >= int(width) {
					t.Errorf("%d columns: %q takes %d", width, line, n)
				}
			}
		}
		if (bars > 0) != (width > 30) {
			t.Errorf("%d columns: %d bars", width, bars)
		}
	}
}

// Files are counted in their order, with several workers too, and what one of
// them has to say is not mixed with the bar.
func TestProgressInOrder(t *testing.T) {
	program, person := terminal(t, 80)
	go func() { _, _ = io.Copy(io.Discard, person) }()
	for range 3 {
		if code := run(context.Background(), Streams{In: strings.NewReader(""), Out: io.Discard, Err: program,
			Environ: func() []string { return []string{"TERM=xterm"} }, Dir: t.TempDir(), Now: hurried()}, []string{"assess", "-j", "4", "-f", "ndjson", manyFiles(t)}); code != Unread {
			t.Errorf("exit code %d", code)
		}
	}
	_ = program.Close()
}
