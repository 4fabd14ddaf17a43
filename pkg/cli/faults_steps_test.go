package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/initiative"
)

// stepping is something that is done again and again, each time with another
// step that fails.
type stepping struct {
	name  string
	args  []string
	stdin string
	// targets are the files that are written.
	targets []string
}

const (
	neighbour = "title: Nabohjelp\nfacts:\n  resources.capacity: ja\n"
	lastYear  = "fra i fjor\n"
	summary   = "sammendrag.md"
)

// prepared is a folder with two initiatives, a saved result, a saved comparison
// and a small strategy, which has words in English alone.
func prepared(t *testing.T) string {
	t.Helper()
	strategy := repository(t, "testdata/strategies/small")
	t.Chdir(t.TempDir())
	write(t, ".", "a.yaml", neighbour)
	write(t, ".", "b.yaml", "title: Leksehjelp\n")
	must(t, os.CopyFS("strategi", os.DirFS(strategy)))
	for _, args := range [][]string{{"assess", "-f", "ndjson=saved.ndjson", "a.yaml", "b.yaml"}, {"compare", "-f", "json=compared.json", "a.yaml", "b.yaml"}} {
		if run := call(t, "", args...); run.code != Done {
			t.Fatal(run.stderr)
		}
	}
	dir, err := os.Getwd()
	must(t, err)
	return dir
}

// steppings read and write in all ways that there are. What is there already is
// ut.txt and the summary, behind which more is written.
func steppings() []stepping {
	return []stepping{
		{name: "a folder", args: []string{"assess", "tiltak"}},
		{name: "standard input", args: []string{"assess", "-f", "json", "-"}, stdin: "title: Leksehjelp\n"},
		{name: "many at once", args: []string{"assess", "-f", "json", "-f", "text=ut.txt", "-f", "html=ny.html", "-f", "ndjson=ny.ndjson", "a.yaml"}, targets: []string{"ut.txt", "ny.html", "ny.ndjson"}},
		{name: "for GitHub", args: []string{"assess", "-f", "github", "-f", "sarif=ny.sarif", "a.yaml"}, targets: []string{"ny.sarif", summary}},
		{name: "compare", args: []string{"compare", "-f", "xlsx=ny.xlsx", "-f", "csv=ut.txt", "-f", "json=ny.json", "saved.ndjson", "c.yaml"}, targets: []string{"ny.xlsx", "ut.txt", "ny.json"}},
		{name: "diff", args: []string{"diff", "-o", "ut.txt", "saved.ndjson", "a.yaml"}, targets: []string{"ut.txt"}},
		{name: "render", args: []string{"render", "-f", "junit=ut.txt", "-f", "json=ny.json", "saved.ndjson"}, targets: []string{"ut.txt", "ny.json"}},
		{name: "render from standard input", args: []string{"render", "-"}},
		{name: "verify", args: []string{"verify", "saved.ndjson"}},
		{name: "new", args: []string{"new", "ny.yaml"}, targets: []string{"ny.yaml"}},
		{name: "schema", args: []string{"strategy", "schema", "-o", "ut.txt"}, targets: []string{"ut.txt"}},
		{name: "interview", targets: []string{"klima.yaml"}},
	}
}

// run does it with a step that fails, in a folder that is as it was before.
func (c stepping) run(t *testing.T, number int) (*steps, called) {
	t.Helper()
	must(t, os.RemoveAll("her"))
	must(t, os.CopyFS("her", os.DirFS("før")))
	must(t, os.Chdir("her"))
	defer func() { must(t, os.Chdir("..")) }()
	s := &steps{number: number}
	d := faultyDisk{newComputer(), s}
	if c.args == nil {
		return s, interviewed(t, d)
	}
	var out, stderr bytes.Buffer
	// A small strategy is loaded soon.
	environment := []string{"KSDEV_STRATEGY=../strategi", "KSDEV_LANG=en", "GITHUB_STEP_SUMMARY=" + summary}
	streams := Streams{In: faultyStream{Reader: strings.NewReader(c.stdin), steps: s}, Out: faultyStream{Writer: &out, steps: s}, Err: &stderr,
		Environ: func() []string { return environment }, Dir: ".", disk: d}
	code := Main(streams, c.args)
	return s, called{out.String(), stderr.String(), code}
}

// interviewed answers one question.
func interviewed(t *testing.T, d disk) called {
	t.Helper()
	run := interviewing(t, "nb")
	var stderr bytes.Buffer
	app := run.app
	app.streams.disk, app.streams.Err = d, &stderr
	o, err := run.openAsked("klima.yaml", 0)
	if err == nil {
		v := &interview{opened: o, printer: app.printer, session: o.inquirer.Session(o.taken, false)}
		if err = o.file.writable(); err != nil {
			err = &notSaved{why: err}
		} else {
			err = v.run(context.Background(), &determined{t: t, answers: map[string]reply{"resources.capacity": {class: 1, Grounds: initiative.Grounds{Because: "alle må hvile"}}}})
		}
		err = app.endOf(context.Background(), o.name, err)
	}
	return called{code: app.exitCode(err), stderr: stderr.String()}
}

// What cannot be written into a file is kept in another one, whole or not at all.
func TestEveryStepOfKeeping(t *testing.T) {
	for number := 1; ; number++ {
		dir, other := t.TempDir(), t.TempDir()
		t.Setenv("TMPDIR", other)
		t.Setenv("TMP", other)
		write(t, dir, "a.yaml", "title: a\n")
		s := &steps{}
		edited, err := openEdited(faultyDisk{newComputer(), s}, filepath.Join(dir, "a.yaml"))
		must(t, err)
		before := len(s.taken)
		s.number = before + number
		name, err := edited.keep([]byte("title: b\n"))
		if err != nil || content(t, name) != "title: b\n" {
			t.Errorf("step %d: %q, %v", number, name, err)
		}
		if len(s.taken) < s.number {
			break
		}
		if half, _ := filepath.Glob(filepath.Join(dir, "*"+keptEnding)); len(half) > 0 {
			t.Errorf("step %d, %v: there is %v", number, s.taken[s.number-1], half)
		}
	}
}

// held is what the targets hold.
func (c stepping) held(folder string) map[string]string {
	all := map[string]string{}
	for _, name := range c.targets {
		if data, err := os.ReadFile(filepath.Join(folder, name)); err == nil {
			all[name] = string(data)
		}
	}
	return all
}

// Whichever step fails, reading or writing: the program ends with a failure and
// names the file, a file that it writes is the old one or the new one whole, and
// no temporary file stays behind.
func TestEveryStepFails(t *testing.T) {
	climate := content(t, climate(t, "resources.capacity"))
	prepared(t)
	must(t, os.Mkdir("før", 0o755))
	must(t, os.Mkdir("før/tiltak", 0o755))
	const proposal = "title: Nabohjelp\nfacts:\n  reach.relevance: most\n"
	must(t, os.WriteFile("a.yaml", []byte(proposal), 0o644))
	if run := call(t, "", "assess", "--lang", "en", "--strategy", "./strategi", "-f", "ndjson=saved.ndjson", "a.yaml", "b.yaml"); run.code != Done {
		t.Fatal(run.stderr)
	}
	for name, text := range map[string]string{"a.yaml": proposal, "c.yaml": "title: Turvenn\n", "tiltak/a.yaml": proposal, "tiltak/b.yaml": "title: Leksehjelp\n",
		"klima.yaml": climate, "ut.txt": lastYear, summary: lastYear, "saved.ndjson": content(t, "saved.ndjson"), "b.yaml": content(t, "b.yaml")} {
		write(t, "før", name, text)
	}
	for _, c := range steppings() {
		t.Run(c.name, func(t *testing.T) {
			if slices.Contains(c.args, "-") && c.args[0] == "render" {
				c.stdin = content(t, "saved.ndjson")
			}
			s, clean := c.run(t, 0)
			if clean.code != Done {
				t.Fatalf("exit code %d: %s", clean.code, clean.stderr)
			}
			whole := c.held("her")
			if len(whole) != len(c.targets) || len(s.taken) < 2 {
				t.Fatalf("%d steps, and there are %d of %d files", len(s.taken), len(whole), len(c.targets))
			}
			synced := 0
			for _, taken := range s.taken {
				if taken.what == "sync" {
					synced++
				}
			}
			if synced != len(c.targets) {
				t.Errorf("%d of %d files are brought to the disk before they take their places", synced, len(c.targets))
			}
			for number := 1; number <= len(s.taken); number++ {
				s, run := c.run(t, number)
				c.check(t, s, run, clean, whole)
			}
		})
	}
}

// check checks what a failed step has led to.
func (c stepping) check(t *testing.T, s *steps, run, clean called, whole map[string]string) {
	t.Helper()
	what, name := s.taken[s.number-1].what, s.taken[s.number-1].name
	wrong := func(format string, args ...any) {
		t.Helper()
		t.Errorf("step %d, %s %s: "+format, append([]any{s.number, what, name}, args...)...)
	}
	now, before := c.held("her"), c.held("før")
	for _, target := range c.targets {
		reads := slices.Contains([]string{"stat", "walk", "open", "read"}, what)
		if text, there := now[target]; text != before[target] && text != whole[target] && !(reads && wholeFile(target, text)) {
			wrong("%s, %t, is neither what it was nor what it is to be:\n%.300s", target, there, text)
		}
	}
	temporary := strings.Contains(name, ".ksdev-")
	switch same := run.stdout == clean.stdout && same(now, whole); {
	case run.code == Done && !(same && harmless(what)):
		wrong("success")
	case run.code != Done && run.code != Unread && run.code != Usage:
		wrong("exit code %d", run.code)
	case run.code == Done:
	case temporary || what == "temporary":
		if !slices.ContainsFunc(c.targets, func(target string) bool { return strings.Contains(run.stderr, target) }) {
			wrong("no file is named: %s", run.stderr)
		}
	case name != "-" && !strings.Contains(run.stderr+run.stdout, filepath.Base(name)), run.stderr+run.stdout == "":
		wrong("the file is not named: %s", run.stderr)
	}
	if slices.Contains(c.args, "json") && what != "print" && run.code == Unread && run.stdout != "" && !json.Valid([]byte(run.stdout)) {
		wrong("standard output is cut:\n%s", run.stdout)
	}
	if left, _ := filepath.Glob("her/.ksdev-*"); len(left) > 0 && what != "remove" {
		wrong("left behind: %v", left)
	}
	if kept, _ := filepath.Glob("her/*" + keptEnding); len(kept) > 0 && content(t, kept[0]) != whole["klima.yaml"] {
		wrong("half is kept in %v", kept)
	}
}

func same(a, b map[string]string) bool {
	for name := range b {
		if a[name] != b[name] {
			return false
		}
	}
	return true
}

// harmless reports whether a step may fail without harm: setting a mode that the
// file system does not know, making a link on one that has none, looking whether
// a file is another one, and closing what was read to its end.
func harmless(what string) bool {
	return slices.Contains([]string{"chmod", "link", "stat", "close what is read"}, what)
}

// wholeFile reports whether a file is complete as what its name says.
func wholeFile(name, text string) bool {
	switch filepath.Ext(name) {
	case ".json", ".sarif":
		return json.Valid([]byte(text))
	case ".ndjson":
		return strings.Contains(text, `"kind":"end"`)
	case ".xlsx":
		_, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
		return err == nil
	case ".html":
		return strings.HasSuffix(text, "</html>\n")
	}
	return text == "" || strings.HasSuffix(text, "\n")
}
