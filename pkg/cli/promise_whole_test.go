package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// The program never ends with success on a file that it could not read whole.

const (
	wholeOne   = "title: Nabohjelp\nfacts:\n  resources.capacity: ja\n"
	wholeOther = "id: leksehjelp\ntitle: Leksehjelp\n"
)

// brokenFiles are YAML files of which a part can be read, and one might think
// that it is all.
func brokenFiles() map[string]string {
	return map[string]string{
		"nothing":                       "",
		"comments alone":                "# title: Nabohjelp\n",
		"a first document broken":       "title: \"Nabohjelp\n---\n" + wholeOther,
		"a second document broken":      wholeOne + "---\nid: [\n",
		"a second that is no proposal":  wholeOne + "---\n- Leksehjelp\n",
		"a second with an unknown key":  wholeOne + "---\ntitle: Leksehjelp\ntittel: Leksehjelp\n",
		"a third of no encoding":        wholeOne + "---\n" + wholeOther + "---\ntitle: Sm\xf8r\n",
		"a key twice":                   wholeOne + "title: Leksehjelp\n",
		"something behind the end":      wholeOne + "...\nid: leksehjelp\n",
		"a word behind the end":         wholeOne + "... slutt\n",
		"the last letter cut":           wholeOne + "summary: sm\xc3",
		"NUL at the end":                wholeOne + "\x00",
		"NUL alone":                     wholeOne + "---\n\x00\n",
		"a second mark at the start":    "\ufeff\ufeff" + wholeOne,
		"a mark within":                 wholeOne + "\ufeff---\n" + wholeOther,
		"UTF-16":                        "\xff\xfet\x00i\x00t\x00l\x00e\x00:\x00 \x00a\x00\n\x00",
		"a bare carriage return":        wholeOne + "# a\rid: leksehjelp\n",
		"a line separator":              wholeOne + "# a\u2028id: leksehjelp\n",
		"NEL":                           wholeOne + "# a\u0085id: leksehjelp\n",
		"a direction turned":            wholeOne + "summary: \"a\u202eb\"\n",
		"a mark in a text":              wholeOne + "summary: \ufeffa\n",
		"a carriage return at the end":  wholeOne + "summary: a\r",
		"a page break":                  wholeOne + "\f---\n" + wholeOther,
		"the end of another system":     wholeOne + "\x1a",
		"an instruction":                "%YAML 1.2\n---\n" + wholeOne,
		"a text that is not closed":     wholeOne + "summary: \"a\n",
		"a list that is not closed":     "title: a\nfacts:\n  origin.initiator: [ks,\n",
		"a tab":                         wholeOne + "\tid: leksehjelp\n",
		"a reference":                   "title: &a a\nsummary: *a\n",
		"too many documents":            wholeOne + strings.Repeat("---\ntitle: a\n", yamldoc.MaxDocuments),
		"too many signs":                wholeOne + strings.Repeat("\n", yamldoc.MaxSigns),
		"too long a text":               wholeOne + "summary: " + strings.Repeat("a", yamldoc.MaxText+1) + "\n",
		"too large":                     wholeOne + strings.Repeat("#"+strings.Repeat("a", 1000)+"\n", yamldoc.MaxInput/1000),
		"too large behind the document": wholeOne + "...\n" + strings.Repeat(" ", yamldoc.MaxInput),
	}
}

// wholeCalls are the commands that read proposals, some with a sound file beside
// the one that is tried.
func wholeCalls(file string) [][]string {
	return [][]string{
		{"assess", file}, {"assess", "-f", "ndjson", "sound.yaml", file}, {"assess", "-q", "-"}, {"assess", "-f", "sarif", "."},
		{"compare", "sound.yaml", file}, {"explain", file}, {"explain", "C1", file}, {"ask", file},
		{"diff", "sound.yaml", file}, {"diff", file, "sound.yaml"}, {"verify", file}, {"render", file},
	}
}

func TestNeverSuccessOnBrokenFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, ".", "sound.yaml", wholeOne)
	calls := wholeCalls("tried.yaml")
	tried := 0
	for what, text := range brokenFiles() {
		write(t, ".", "tried.yaml", text)
		// Each file by a few commands, each command on a few files: all of them
		// read with the same means.
		for range 4 {
			args := calls[tried%len(calls)]
			tried++
			if run := call(t, text, args...); run.code != Unread && run.code != Usage || run.stderr == "" {
				t.Errorf("%s: %v: exit code %d, %q", what, args, run.code, run.stderr)
			}
		}
	}
	write(t, ".", "tried.yaml", wholeOther)
	for _, args := range calls {
		if run := call(t, wholeOther, args...); run.code != Done && !slices.Contains([]string{"verify", "render", "ask"}, args[0]) {
			t.Errorf("sound: %v: exit code %d, %q", args, run.code, run.stderr)
		}
	}
}

// Configuration and strategies are files too.
func TestNeverSuccessOnBrokenSettings(t *testing.T) {
	built := os.DirFS(repository(t, "criteria/ks-2016-2019"))
	t.Chdir(t.TempDir())
	write(t, ".", "sound.yaml", wholeOne)
	if err := os.CopyFS("strategi", built); err != nil {
		t.Fatal(err)
	}
	kept := map[string][]byte{}
	for _, name := range []string{"strategy.yaml", "facts.yaml", "prioritisation.yaml", "recommendation.yaml", "notes.yaml", "text/nb.yaml"} {
		data, err := os.ReadFile(filepath.Join("strategi", name))
		if err != nil {
			t.Fatal(err)
		}
		kept[name] = data
	}
	behind := map[string]string{"a second document": "\n---\na: b\n", "a document cut": "\n---\n\"", "an unknown key": "\nukjent: ja\n", "behind the end": "\n...\na: b\n",
		"NUL": "\x00", "half a letter": "# sm\xc3", "too large": strings.Repeat("# "+strings.Repeat("a", 1000)+"\n", yamldoc.MaxInput/1000)}
	for what, more := range behind {
		write(t, ".", "krav.yaml", "lang: nb\n"+more)
		if run := call(t, "", "assess", "--config", "krav.yaml", "sound.yaml"); run.code != Usage || run.stderr == "" {
			t.Errorf("configuration: %s: exit code %d, %q", what, run.code, run.stderr)
		}
		for name, data := range kept {
			write(t, "strategi", name, string(data)+more)
			if run := call(t, "", "assess", "--strategy", "./strategi", "sound.yaml"); run.code != Usage || run.stderr == "" {
				t.Errorf("%s: %s: exit code %d, %q", name, what, run.code, run.stderr)
			}
			if name == "facts.yaml" {
				if run := call(t, "", "strategy", "check", "./strategi"); run.code != Found && run.code != Usage {
					t.Errorf("check: %s: exit code %d, %q", what, run.code, run.stderr)
				}
			}
			write(t, "strategi", name, string(data))
		}
	}
	if run := call(t, "", "assess", "--strategy", "./strategi", "sound.yaml"); run.code != Done {
		t.Errorf("sound: exit code %d: %s", run.code, run.stderr)
	}
}

// savedCalls are the commands that read saved results.
func savedCalls(name string) [][]string {
	return [][]string{{"render", name}, {"render", "-f", "json", name}, {"verify", name}, {"compare", name}, {"diff", name, "sound.yaml"}, {"diff", "sound.yaml", name}}
}

// A saved result that ends too early, wherever it was cut, is never taken for
// all of it; in lines it is the last one that says that it is all.
func TestNeverSuccessOnSavedResultsCutOff(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, ".", "sound.yaml", wholeOne)
	write(t, ".", "to.yaml", wholeOne+"---\n"+wholeOther)
	random := rand.New(rand.NewPCG(7, 8))
	for _, kind := range []string{"assess", "compare"} {
		for _, format := range []string{"json", "ndjson"} {
			run := call(t, "", kind, "-f", format, "to.yaml")
			if run.code != Done {
				t.Fatalf("%s: exit code %d: %s", kind, run.code, run.stderr)
			}
			whole := strings.TrimRight(run.stdout, "\n")
			cuts := []int{0, 1, len(whole) - 1}
			for i := range len(whole) {
				if format == "ndjson" && whole[i] == '\n' {
					cuts = append(cuts, i, i+1, i+2)
				}
			}
			for range 6 {
				cuts = append(cuts, random.IntN(len(whole)))
			}
			name := kind + "." + format
			calls := savedCalls(name)
			if kind == "compare" {
				calls = calls[:2]
			}
			for i, cut := range append(cuts, len(whole)) {
				write(t, ".", name, whole[:cut])
				for j, args := range calls {
					// Each cut by two of the commands, what is whole by all.
					if cut < len(whole) && (i+j)%3 > 0 && kind != "compare" {
						continue
					}
					run := call(t, "", args...)
					switch {
					case cut == len(whole) && run.code != Done:
						t.Errorf("%v: exit code %d: %s", args, run.code, run.stderr)
					case cut < len(whole) && (run.code != Unread || run.stderr == ""):
						t.Errorf("%v: cut at byte %d of %d, behind %q: exit code %d: %s", args, cut, len(whole), whole[max(cut-30, 0):cut], run.code, run.stderr)
					}
				}
			}
		}
	}
}

// Nor is one with something else in it, of a run that was stopped, of one that
// could not read its files, or one that somebody made up.
func TestNeverSuccessOnOtherSavedResults(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, ".", "sound.yaml", wholeOne)
	lines := call(t, "", "assess", "-f", "ndjson", "sound.yaml").stdout
	run := call(t, "", "assess", "-f", "json", "sound.yaml").stdout
	unread := call(t, "", "assess", "-q", "-f", "ndjson", "borte.yaml").stdout
	assessment, end, _ := strings.Cut(lines, "\n")
	_, unreadEnd, _ := strings.Cut(unread, "\n")
	with := func(text, old, new string) string {
		t.Helper()
		if !strings.Contains(text, old) {
			t.Fatalf("no %q in %s", old, text)
		}
		return strings.Replace(text, old, new, 1)
	}
	tried := 0
	for what, text := range map[string]string{
		"stopped":                 with(lines, `"complete":true`, `"complete":false`),
		"a run stopped":           with(run, `"complete": true`, `"complete": false`),
		"a run without a word":    with(run, `  "complete": true,`+"\n", ""),
		"of several, one cut":     lines + with(assessment, `"id":"sound"`, `"id":"leksehjelp"`) + "\n",
		"of several, one stopped": with(lines, `"complete":true`, `"complete":false`) + with(lines, `"id":"sound"`, `"id":"leksehjelp"`),
		"an end in front":         end + assessment + "\n",
		"not read":                unread,
		"not read, it says":       with(unread, unreadEnd, end),
		"exit code of no run":     with(lines, `"exit_code":0`, `"exit_code":256`),
		"a negative exit code":    with(run, `"exit_code": 0`, `"exit_code": -1`),
		"half an exit code":       with(lines, `"exit_code":0`, `"exit_code":0.5`),
		"something behind":        lines + "x\n",
		"NUL behind":              lines + "\x00",
		"NUL behind a run":        run + "\x00",
		"a run behind a run":      run + run,
		"lines behind a run":      run + lines,
		"a run behind lines":      lines + run,
		"a mark in front":         "\ufeff" + lines,
		"a mark before a run":     "\ufeff" + run,
		"an array":                "[" + assessment + "]",
		"a record of nothing":     lines + "null\n",
		"a run of nothing":        with(run, `"results": [`, `"results": [null,`),
	} {
		write(t, ".", "saved.json", text)
		for _, args := range append(savedCalls("saved.json"), []string{"render", "-"}) {
			if tried++; tried%2 > 0 && args[0] == "render" {
				continue
			}
			if run := call(t, text, args...); run.code != Unread || run.stderr == "" && args[0] != "render" {
				t.Errorf("%s: %v: exit code %d: %s", what, args, run.code, run.stderr)
			}
		}
	}
}

// breaking is a disk on which the program breaks down when it opens a file.
type breaking struct {
	disk
	name string
}

func (d breaking) open(name string) (file, error) {
	if filepath.Base(name) == d.name {
		panic("feil i programmet \x1b[31m ##[error]x\n::error::y")
	}
	return d.disk.open(name)
}

// A fault of the program itself, beside others at work or alone, ends it with
// code 4 and a message; a report in a file stays as it was.
func TestFaultOfTheProgram(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	write(t, ".", "rapport", "fra i fjor\n")
	for i := range 3 * chunk {
		write(t, ".", fmt.Sprintf("%02d.yaml", i), wholeOne)
	}
	write(t, ".", "lagret.ndjson", call(t, "", "assess", "-f", "ndjson", "00.yaml").stdout)
	for name, calls := range map[string][][]string{
		"17.yaml": {{"assess", "-j", "1", "-o", "rapport", "."}, {"assess", "-j", "2", "-o", "rapport", "."}, {"compare", "-j", "2", "-o", "rapport", "."}, {"diff", "-o", "rapport", "00.yaml", "17.yaml"},
			{"explain", "17.yaml"}, {"ask", "17.yaml"}, {"assess", "--config", "17.yaml", "00.yaml"}},
		"lagret.ndjson": {{"render", "-o", "rapport", "lagret.ndjson"}, {"verify", "lagret.ndjson"}},
	} {
		for _, args := range calls {
			var out, stderr strings.Builder
			streams := Streams{In: strings.NewReader(""), Out: &out, Err: &stderr, Environ: func() []string { return nil }, Dir: dir, disk: breaking{newComputer(), name}}
			if code := Main(streams, args); code != Fault || !strings.Contains(stderr.String(), "feil i programmet") || plainFault(stderr.String()) != "" {
				t.Errorf("%v: exit code %d: %q", args, code, stderr.String())
			}
			if data, err := os.ReadFile("rapport"); err != nil || string(data) != "fra i fjor\n" {
				t.Errorf("%v: the old report is %.200q, %v", args, data, err)
			}
			if left, _ := filepath.Glob(".ksdev-*"); len(left) > 0 {
				t.Errorf("%v: left behind: %v", args, left)
			}
		}
	}
}

// Bytes of an example that were turned, lost, doubled or put elsewhere: the file
// is read and assessed, or it is refused with a message. It never makes the
// program fail, and what is assessed was read to its end.
func TestChangedBytes(t *testing.T) {
	examples, err := filepath.Glob(repository(t, "examples/*.yaml"))
	if err != nil || len(examples) == 0 {
		t.Fatalf("no examples: %v", err)
	}
	t.Chdir(t.TempDir())
	seed := promiseSeed(t)
	random := rand.New(rand.NewPCG(seed, 1))
	refused := 0
	const rounds = 120
	for range rounds {
		data, err := os.ReadFile(examples[random.IntN(len(examples))])
		if err != nil {
			t.Fatal(err)
		}
		changed := changeBytes(random, data)
		name := "endret.yaml"
		write(t, ".", name, string(changed))
		run := call(t, "", "assess", "-f", []string{"text", "json", "github", "markdown"}[random.IntN(4)], name)
		whole := readsWhole(changed)
		switch {
		case run.code != Done && run.code != Unread && run.code != Usage, run.code != Done && run.stderr == "", run.code == Done && !whole:
			file := keepInput(t, changed)
			t.Errorf("seed %d: exit code %d of %s: %s", seed, run.code, file, run.stderr)
		case run.code != Done:
			refused++
		}
	}
	if refused < rounds/10 || refused > rounds-10 {
		t.Errorf("of %d files %d were refused: the changes are of one kind", rounds, refused)
	}
}

// readsWhole reports whether the YAML of a file has no errors and every byte
// stands in a document that was read.
func readsWhole(data []byte) bool {
	file, found := yamldoc.Read("a.yaml", data)
	if file == nil || found.HasErrors() || len(file.Flawed) > 0 {
		return false
	}
	for _, d := range file.Documents {
		data = append(slices.Clone(data[:d.Start]), append(bytes.Repeat([]byte(" "), d.End-d.Start), data[d.End:]...)...)
	}
	return len(bytes.Trim(data, " \r\n-\ufeff")) == 0 || found != nil
}

// changeBytes changes a file in a few places.
func changeBytes(random *rand.Rand, data []byte) []byte {
	data = slices.Clone(data)
	for range 1 + random.IntN(4) {
		if len(data) == 0 {
			break
		}
		from := random.IntN(len(data))
		to := min(from+1+random.IntN(200), len(data))
		switch random.IntN(7) {
		case 0:
			data[from] ^= 1 << random.IntN(8)
		case 1:
			data = data[:from]
		case 2:
			data = slices.Delete(data, from, to)
		case 3:
			data = slices.Insert(data, random.IntN(len(data)), slices.Clone(data[from:to])...)
		case 4:
			lines := bytes.SplitAfter(data, []byte("\n"))
			i := random.IntN(len(lines))
			data = bytes.Join(slices.Insert(lines, i, lines[random.IntN(len(lines))]), nil)
		case 5:
			signs := ":-?[]{},#&*!|>'\"%@`\\\t\r\n\x00\x1b\x85\xc3 =~"
			data = slices.Insert(data, from, signs[random.IntN(len(signs))])
		case 6:
			data[from] = byte(random.IntN(256))
		}
	}
	return data
}

// keepInput keeps an input that made a test fail.
func keepInput(t *testing.T, data []byte) string {
	t.Helper()
	file, err := os.CreateTemp("", "ksdev-*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(file, "%s", data)
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return file.Name()
}
