package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Any file within the limits takes at most a second and 300 MB, one beyond them
// or one that is no text is refused at once. The tests look at no clock: each
// file is given to a process of its own, whose processor time is compared with
// that of a file of the same size which is sound, and which the system ends when
// it has used up what it is allowed.

const (
	// measuredBy names, in the environment of a process that is to be measured,
	// the file that takes what it used.
	measuredBy = "KSDEV_TEST_MEASURED"
	// mostProcessor is how many seconds of processor time the system allows. A
	// machine that is busy counts several for one.
	mostProcessor = 10
	// mostMemory is how much memory a process may have had at once, in KiB.
	mostMemory = 300_000
	// mostTimes is how many times the processor time of the largest sound file
	// any other may take, mostTimesRefused that of a small one what is refused
	// may take, and mostTimesAsking what works out what to ask.
	mostTimes, mostTimesRefused, mostTimesAsking = 6, 4, 20
)

// used is what a process used.
type used struct {
	// Processor is the processor time, Memory the largest memory in KiB.
	Processor time.Duration
	Memory    int
}

// TestMeasured is the process that is measured: it runs the program with what
// stands behind "--" and leaves what it used behind. Otherwise it does nothing.
func TestMeasured(t *testing.T) {
	target := os.Getenv(measuredBy)
	if target == "" {
		t.Skip("run by other tests")
	}
	limit := syscall.Rlimit{Cur: mostProcessor, Max: mostProcessor}
	if err := syscall.Setrlimit(syscall.RLIMIT_CPU, &limit); err != nil {
		t.Fatal(err)
	}
	args := os.Args[slices.Index(os.Args, "--")+1:]
	code := Main(System(), args)
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	// The largest memory of the usage is also that of the process which started
	// this one; the system keeps one of this alone beside it.
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	one := used{Processor: time.Duration(usage.Utime.Nano() + usage.Stime.Nano())}
	for line := range strings.Lines(string(status)) {
		_, _ = fmt.Sscanf(line, "VmHWM: %d kB", &one.Memory)
	}
	data, err := json.Marshal(one)
	if err == nil {
		err = os.WriteFile(target, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	os.Exit(code)
}

// measure runs the program in a process of its own.
func measure(t *testing.T, args ...string) (used, called) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "used.json")
	cmd := exec.Command(self, append([]string{"-test.run=^TestMeasured$", "--"}, args...)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), measuredBy + "=" + target}
	err = cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	var one used
	data, err := os.ReadFile(target)
	if err == nil {
		err = json.Unmarshal(data, &one)
	}
	if err != nil || one.Memory == 0 {
		t.Errorf("%v: the process came to no end of its own: %v, %v\n%.2000s", args, cmd.ProcessState, err, stderr.String())
	}
	return one, called{stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()}
}

// fill repeats a unit between a head and a tail up to so many bytes and so many
// signs, as many as a file may have.
func fill(head, unit, tail string) string {
	signs := len(regexp.MustCompile(`[\n,\[{]|[-?:]\s`).FindAllString(unit, -1))
	n := (yamldoc.MaxInput - len(head) - len(tail)) / len(unit)
	if signs > 0 {
		n = min(n, (yamldoc.MaxSigns-100)/signs)
	}
	return head + strings.Repeat(unit, n) + tail
}

// numbered repeats a format with a number.
func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// heavyFiles are the heaviest files within the limits that we know of, some
// broken at their very end. None of them is a proposal.
func heavyFiles() map[string]string {
	const title = "title: a\n"
	long := strings.Repeat("a", yamldoc.MaxText)
	several := func(one string, n int) string { return strings.Repeat("---\n"+one, n) }
	return map[string]string{
		"numbers":             fill(title+"x: [", "1,", "1]\n"),
		"mappings":            fill(title+"x: [", "{a},", "1]\n"),
		"pairs":               fill(title+"x: [", "a: 1,", "1]\n"),
		"dashes":              fill("", "- ", "a\n"),
		"dashes in lines":     fill(title+"x:\n", "- a\n", ""),
		"nothing in lines":    strings.Repeat("-\n", yamldoc.MaxSigns/2-10),
		"comments":            fill(title, "#b\n", ""),
		"comments of items":   fill("", "- a #b\n", ""),
		"one key":             fill(title, "a: 1\n", ""),
		"keys":                title + numbered("k%d: 1\n", 24_900),
		"keys in several":     several(title+numbered("k%d: 1\n", 900), 27),
		"facts in several":    several(title+"facts:\n"+numbered("  reach.relevnce%d: 1\n", 900), 27),
		"facts of a group":    several(title+"facts:\n  reach:\n"+numbered("    k%d: 1\n", 900), 27),
		"options in several":  several(title+"facts:\n  origin.initiator: ["+numbered("kommunr%d,", 900)+"ks]\n", 50),
		"options, one of":     title + "facts:\n  origin.initiator:\n    one_of: [" + numbered("kommunr%d,", 19_000) + "ks]\n",
		"numbers, one of":     title + "facts:\n  cost.nok:\n    one_of: [" + numbered("1%d000,", 19_000) + "1]\n",
		"ranges, one of":      title + "facts:\n  cost.nok:\n    one_of: [" + numbered("over %d1000,", 19_000) + "1]\n",
		"texts, one of":       title + "facts:\n  aims.goal:\n    one_of: [" + numbered("a%d,", 19_000) + "a]\n",
		"judgements":          several(title+"judgements:\n"+numbered("  C%d:\n    outcome: pas\n", 400), 30),
		"nested in brackets":  fill(title+"x: [", strings.Repeat("[", 60)+"1"+strings.Repeat("]", 60)+",", "1]\n"),
		"deep":                strings.Repeat("[", 9_999),
		"deep, then numbers":  strings.Repeat("[", 9_900) + strings.Repeat("1,", 35_000),
		"deep in blocks":      strings.Repeat("- ", 9_990) + "\n" + strings.Repeat(strings.Repeat(" ", 19_978)+"- 1\n", 40),
		"questions":           strings.Repeat("? ", 9_990) + "a\n",
		"quoted":              fill(title+"x: [", `"a",`, "1]\n"),
		"one long text":       title + `x: "` + strings.Repeat("a", yamldoc.MaxInput-20) + "\"\n",
		"long texts":          fill(title+"x:\n", "- "+long+"\n", ""),
		"digits":              title + "x: " + strings.Repeat("1", yamldoc.MaxInput-20) + "\n",
		"a block":             fill(title+"x: |\n", "  a\n", ""),
		"a folded text":       fill(title+"x: >\n", "  a\n\n", ""),
		"a long key":          title + strings.Repeat("k", yamldoc.MaxInput-20) + ": 1\n",
		"long keys":           title + strings.Repeat(`"`+strings.Repeat("k", 1000)+"\": 1\n", 900),
		"long names of facts": title + "facts:\n" + numbered("  "+strings.Repeat("k", 1000)+".%d: 1\n", 900),
		"blanks":              fill(title, " ", ""),
		"empty lines":         fill(title, "\n", ""),
		"anchors":             title + numbered("b%[1]d: &b%[1]d [*a,*a,*a]\n", 9_900),
		"laughs":              "a: &a [x,x,x,x,x,x,x,x,x]\n" + numbered("b%[1]d: &b%[1]d [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n", 9),
		"tags":                fill(title+"x: [", "!!str a,", "1]\n"),
		"escapes":             fill(title+`x: "`, `\x41`, "\"\n"),
		"marks":               title + "summary: a" + strings.Repeat("\u0301", yamldoc.MaxText-1) + "\n",
		"emoji":               title + "summary: \"" + strings.Repeat("👨\u200d", yamldoc.MaxText/2-1) + "\"\n",
		"numbers, broken":     fill(title+"x: [", "1,", "\n"),
		"mappings, broken":    fill(title+"x: [", "{a},", "1]]\n"),
		"pairs, broken":       fill(title+"x: [", "a: 1,", "1]]\n"),
		"items, broken":       fill(title+"x:\n", "- a\n", "\"\n"),
		"keys, broken":        title + numbered("k%d: 1\n", 24_900) + "\"\n",
		"text, broken":        title + `x: "` + strings.Repeat("a", yamldoc.MaxInput-20),
		"comments, broken":    fill(title, "#b\n", "@\n"),
		"block, broken":       fill(title+"x: |\n", "  a\n", " @: @\n"),
		"lines, broken":       title + "x:\n" + strings.Repeat("  - abc\n", 24_900) + " a: b\nc: d\n",
		"quotes, broken":      title + "x: \"a" + strings.Repeat("\n \"b", 20_000) + "\n",
		"several, broken":     several(title+"x: ["+strings.Repeat("1,", 480)+"\n", yamldoc.MaxDocuments),
		"several, full":       several(title+"x: ["+strings.Repeat("1,", 480)+"1]\n", yamldoc.MaxDocuments),
	}
}

// soundFile is as large as a file of proposals may be, and sound.
func soundFile(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(repository(t, "examples/nasjonalt-velferdsteknologiprogram.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	_, facts, _ := strings.Cut(string(data), "\nfacts:\n")
	var b strings.Builder
	for i := range yamldoc.MaxDocuments {
		fmt.Fprintf(&b, "---\nid: t%d\ntitle: Tiltak %d\nsummary: >-\n  %s\nfacts:\n%s", i, i, strings.Repeat("lang tekst om saken ", 250), facts)
	}
	return b.String()
}

// budget compares what processes use with what a sound file uses.
type budget struct {
	times float64
	base  time.Duration
	worst used
	what  string
}

// hold fails where one used more than it may.
func (b *budget) hold(t *testing.T, what string, one used, run called) {
	t.Helper()
	if one.Memory > mostMemory || float64(one.Processor) > b.times*float64(b.base) {
		t.Errorf("%s: %d MB, %v of processor time, %.1f times that of a sound file", what, one.Memory/1000, one.Processor, float64(one.Processor)/float64(b.base))
	}
	if run.code == Fault || run.code == 2 && strings.Contains(run.stderr, "goroutine ") {
		t.Errorf("%s: exit code %d: %.2000s", what, run.code, run.stderr)
	}
	if one.Processor > b.worst.Processor {
		b.worst.Processor, b.what = one.Processor, what
	}
	b.worst.Memory = max(b.worst.Memory, one.Memory)
}

func (b *budget) report(t *testing.T) {
	t.Helper()
	t.Logf("a sound file: %v; the worst: %s, %v; the largest memory: %d MB", b.base, b.what, b.worst.Processor, b.worst.Memory/1000)
}

func TestFilesWithinLimits(t *testing.T) {
	sound := soundFile(t)
	t.Chdir(t.TempDir())
	write(t, ".", "sound.yaml", sound)
	base, run := measure(t, "assess", "-f", "markdown", "sound.yaml")
	if run.code != Done {
		t.Fatalf("the sound file: exit code %d: %.2000s", run.code, run.stderr)
	}
	b := &budget{times: mostTimes, base: base.Processor}
	for what, text := range heavyFiles() {
		if len(text) > yamldoc.MaxInput {
			t.Errorf("%s has %d bytes", what, len(text))
		}
		name := strings.ReplaceAll(what, " ", "-") + ".yaml"
		write(t, ".", name, text)
		one, run := measure(t, "assess", name)
		if strings.Contains(run.stderr, "skilletegn") {
			t.Errorf("%s is beyond the limits: %s", what, run.stderr)
		}
		b.hold(t, what, one, run)
	}
	// What to ask is worked out for each initiative, which takes far longer than
	// to read it.
	asking := &budget{times: mostTimesAsking, base: base.Processor}
	write(t, ".", "titles.yaml", numbered("---\nid: t%d\ntitle: a\n", yamldoc.MaxDocuments))
	for _, args := range [][]string{{"assess", "-f", "html"}, {"assess", "--show", "questions"}, {"compare", "-f", "html"}, {"compare", "-f", "xlsx", "--places", "20"}, {"explain"}} {
		for _, file := range []string{"sound.yaml", "titles.yaml"} {
			one, run := measure(t, append(args, file)...)
			asking.hold(t, strings.Join(args, " ")+" "+file, one, run)
			if run.code != Done {
				t.Errorf("%v: exit code %d: %.500s", args, run.code, run.stderr)
			}
		}
	}
	asking.report(t)
	write(t, ".", "heavy.yaml", heavyFiles()["facts in several"])
	for _, args := range [][]string{{"assess", "-f", "json"}, {"assess", "-f", "html"}, {"ask"}, {"diff", "sound.yaml"}} {
		one, run := measure(t, append(args, "heavy.yaml")...)
		b.hold(t, strings.Join(args, " ")+" of facts in several", one, run)
	}
	b.report(t)
}

// What is too large or no text is not read on.
func TestRefusedAtOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, ".", "small.yaml", wholeOne)
	base, _ := measure(t, "assess", "small.yaml")
	b := &budget{times: mostTimesRefused, base: base.Processor}
	for what, text := range map[string]string{
		"too large":        strings.Repeat("a", yamldoc.MaxInput+1),
		"NUL":              strings.Repeat("\x00", yamldoc.MaxInput),
		"no UTF-8":         "title: a\n" + strings.Repeat("\xff", yamldoc.MaxInput-20),
		"no UTF-8 at last": "title: a\n#" + strings.Repeat("a", yamldoc.MaxInput-20) + "\xff",
		"control":          "title: a\n" + strings.Repeat("\x01", yamldoc.MaxInput-20),
		"direction":        "title: a\n" + strings.Repeat("\u202e", yamldoc.MaxInput/3-20),
		"UTF-16":           "\xff\xfe" + strings.Repeat("a\x00", yamldoc.MaxInput/2-20),
		"signs":            "title: a\nx: [" + strings.Repeat("1,", yamldoc.MaxInput/2-20),
		"lines":            strings.Repeat("\n", yamldoc.MaxInput),
		"documents":        strings.Repeat("---\n", yamldoc.MaxInput/4),
	} {
		write(t, ".", "refused.yaml", text)
		one, run := measure(t, "assess", "refused.yaml")
		b.hold(t, what, one, run)
		if run.code != Unread {
			t.Errorf("%s: exit code %d: %.500s", what, run.code, run.stderr)
		}
	}
	if err := os.Truncate("refused.yaml", 1<<40); err == nil { // not every system has room for names of such files
		one, run := measure(t, "assess", "refused.yaml")
		b.hold(t, "a terabyte", one, run)
		if run.code != Unread {
			t.Errorf("a terabyte: exit code %d", run.code)
		}
	}
	b.report(t)
}

// heavyResults are records of saved results that are heavy or odd.
func heavyResults(assessment string) map[string]string {
	const head = `{"ksdev":1,"kind":"assessment","program":"0.1.0",`
	room := result.MaxRecord - 1000
	in := func(field, unit string) string {
		return head + `"` + field + `":[` + strings.Repeat(unit+",", room/(len(unit)+1)) + unit + "]}"
	}
	return map[string]string{
		"numbers":         in("diagnostics", `{"arguments":[1,1,1,1,1,1,1,1]}`),
		"one diagnostic":  head + `"diagnostics":[{"arguments":[` + strings.Repeat("1,", room/2) + `1]}]}`,
		"mappings":        head + `"diagnostics":[{"arguments":[` + strings.Repeat("{},", room/3) + `1]}]}`,
		"lists":           head + `"diagnostics":[{"arguments":[` + strings.Repeat("[],", room/3) + `1]}]}`,
		"rule sets":       in("rule_sets", "{}"),
		"facts":           in("facts", "{}"),
		"facts with all":  in("facts", `{"fact":"a","value":{}}`),
		"thresholds":      in("thresholds", `{}`),
		"deep":            head + `"diagnostics":` + strings.Repeat("[", room),
		"deep mappings":   head + `"later":` + strings.Repeat(`{"a":`, room/5),
		"unknown":         in("later", "{}"),
		"keys":            head + `"later":{` + numbered(`"k%d":1,`, room/12) + `"k":1}}`,
		"one key":         head + strings.Repeat(`"title":"a",`, room/13) + `"title":"b"}`,
		"a long text":     head + `"title":"` + strings.Repeat("a", room) + `"}`,
		"escapes":         head + `"title":"` + strings.Repeat(`\u0000`, room/6) + `"}`,
		"half characters": strings.Replace(assessment, `"title":"`, `"title":"\ud800 \udc00 \ud83d`, 1),
		"a huge number":   strings.Replace(assessment, `"not_needed":`, `"not_needed":1e999,"later":`, 1),
		"a long number":   strings.Replace(assessment, `"not_needed":`, `"not_needed":`+strings.Repeat("9", 100_000)+`,"later":`, 1),
		"NaN":             strings.Replace(assessment, `"not_needed":`, `"not_needed":NaN,"later":`, 1),
		"a text":          strings.Replace(assessment, `"not_needed":`, `"not_needed":"1","later":`, 1),
		"twice":           assessment[:len(assessment)-1] + "," + assessment[1:],
		"many questions":  strings.Replace(assessment, `"recommendation":`, `"questions":{"ranked":[`+strings.Repeat(`{"kind":"fact","fact":"aims.goal","classes":[{"possible":["shelve"]}]},`, 60_000)+`{}]},"recommendation":`, 1),
	}
}

func TestResultsWithinLimits(t *testing.T) {
	sound := soundFile(t)
	t.Chdir(t.TempDir())
	write(t, ".", "sound.yaml", sound)
	write(t, ".", "one.yaml", wholeOne)
	base, _ := measure(t, "assess", "-f", "markdown", "sound.yaml")
	assessment, end, _ := strings.Cut(call(t, "", "assess", "-f", "ndjson", "one.yaml").stdout, "\n")
	b := &budget{times: mostTimes, base: base.Processor}
	calls := [][]string{{"render", "heavy.ndjson"}, {"verify", "heavy.ndjson"}, {"compare", "heavy.ndjson"}, {"diff", "heavy.ndjson", "one.yaml"}}
	tried := 0
	for what, record := range heavyResults(assessment) {
		write(t, ".", "heavy.ndjson", record+"\n"+end)
		tried++
		args := calls[tried%len(calls)]
		one, run := measure(t, args...)
		b.hold(t, args[0]+" "+what, one, run)
	}
	b.report(t)
}
