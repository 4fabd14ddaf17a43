package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Few open files, little memory: the program does its work, or says what it
// lacks.
func TestFewMeans(t *testing.T) {
	dir := t.TempDir()
	for i := range 12 {
		write(t, dir, fmt.Sprintf("%02d.yaml", i), fmt.Sprintf("title: Tiltak %d\n", i))
	}
	all := []string{"assess", "-q", "-j", "64", "-f", "text", "-f", "json=1", "-f", "html=2", "-f", "sarif=3", "-f", "junit=4", "."}
	compare := []string{"compare", "-q", "-f", "xlsx=1", "-f", "html=2", "-f", "csv=3", "."}
	enough := child{dir: dir, args: all}.run(t)
	for _, few := range []child{
		{before: "ulimit -n 24"}, {before: "ulimit -d 524288"}, {environment: []string{"GOMEMLIMIT=64MiB", "GOGC=10"}},
		{before: "ulimit -n 24; ulimit -d 524288", environment: []string{"GOMEMLIMIT=1", "GOMAXPROCS=1"}},
	} {
		few.dir, few.args = dir, all
		if run := few.run(t); run != enough {
			t.Errorf("%s %v: exit code %d: %s", few.before, few.environment, run.code, run.stderr)
		}
		few.args = compare
		if run := few.run(t); run.code != Done || run.stderr != "" {
			t.Errorf("%s %v: comparing: exit code %d: %s", few.before, few.environment, run.code, run.stderr)
		}
	}
	for _, files := range []string{"8", "10"} { // with fewer Go itself cannot begin
		run := child{dir: dir, before: "ulimit -n " + files, args: all}.run(t)
		if run.code != Unread || !strings.Contains(run.stderr, "for mange filer er åpne") || len(temporary(t, dir)) > 0 {
			t.Errorf("%s files: exit code %d: %s", files, run.code, run.stderr)
		}
	}
}

// Nothing of the person's surroundings need be there, or be what it should.
func TestOddSurroundings(t *testing.T) {
	dir := prepared(t)
	must(t, os.MkdirAll("hjem/.config/ksdev", 0o755))
	args := []string{"assess", "--lang", "nb", "a.yaml"}
	usual := child{dir: dir, args: args}.run(t)
	for _, environment := range [][]string{
		{"HOME="}, {"HOME=/borte"}, {"HOME=a.yaml"}, {"HOME=" + filepath.Join(dir, "a.yaml")}, {"HOME=relativt"}, {"HOME=/dev/null"}, {"HOME=\x1b[31m\n::error::x"},
		{"HOME=" + filepath.Join(dir, "hjem")}, {"XDG_CONFIG_HOME=a.yaml"}, {"XDG_CONFIG_HOME=/dev/null"}, {"PATH="}, {"TMPDIR=/borte"}, {"SHELL=", "USER=", "PWD=/borte"},
		{"LANG=", "LC_ALL=\x1b[31m", "TERM=\x1b"}, {"COLUMNS=-1", "LINES=x"}, {"GITHUB_STEP_SUMMARY=/borte/x"}, {"NO_COLOR=", "TERM="},
	} {
		if run := (child{dir: dir, environment: environment, args: args}).run(t); run != usual {
			t.Errorf("%.100q: exit code %d: %s\n%s", environment, run.code, run.stderr, difference(usual.stdout, run.stdout))
		}
	}
	if run := (child{dir: dir, before: "unset $(env | cut -d= -f1 | grep -v PATH)", args: args}).run(t); run != usual {
		t.Errorf("no environment: exit code %d: %s", run.code, run.stderr)
	}
	// A person's settings that cannot be read are not passed over in silence.
	closed := publicDir(t)
	must(t, os.MkdirAll(filepath.Join(closed, "hjem"), 0o700))
	must(t, os.MkdirAll(filepath.Join(closed, "hjem/.config/ksdev"), 0o755))
	write(t, closed, "a.yaml", neighbour)
	write(t, closed, "hjem/.config/ksdev/config.yaml", "lang: en\n")
	must(t, os.Chmod(filepath.Join(closed, "hjem/.config/ksdev"), 0))
	run := child{dir: closed, stranger: true, environment: []string{"HOME=" + filepath.Join(closed, "hjem")}, args: args}.run(t)
	if run.code != Usage || !strings.Contains(run.stderr, "hjem/.config/ksdev/config.yaml") {
		t.Errorf("closed settings: exit code %d: %s", run.code, run.stderr)
	}
}

// A working folder that was deleted keeps nobody from files elsewhere.
func TestWorkingFolderGone(t *testing.T) {
	dir := prepared(t)
	file := filepath.Join(dir, "a.yaml")
	here := "mkdir borte; cd borte; rmdir ../borte"
	for _, test := range []struct {
		args []string
		code int
	}{
		{[]string{"assess", file}, Done}, {[]string{"compare", file}, Done}, {[]string{"ask", file}, Done}, {[]string{"assess", "-o", filepath.Join(dir, "ut.txt"), file}, Done},
		{[]string{"strategy", "list"}, Done}, {[]string{"config"}, Done}, {[]string{"assess", "."}, Unread}, {[]string{"assess", "a.yaml"}, Unread}, {[]string{"assess", "-o", "ut.txt", file}, Unread},
		{[]string{"new", "ny.yaml"}, Unread}, {[]string{"diff", "--base", "HEAD", "a.yaml"}, Usage}, {[]string{"strategy", "check", "./strategi"}, Usage},
	} {
		run := child{dir: dir, before: here, args: test.args}.run(t)
		if run.code != test.code || (run.stderr == "") != (test.code == Done) {
			t.Errorf("%v: exit code %d: %s", test.args, run.code, run.stderr)
		}
	}
	if got := call(t, "", "assess", file).stdout; got != content(t, "ut.txt") && !strings.Contains(content(t, "ut.txt"), "Nabohjelp") {
		t.Errorf("the report is another:\n%s", content(t, "ut.txt"))
	}
}

// Whatever the clock says, and however it jumps, the output is the same: only
// waivers look at it, and the bar of a long run.
func TestClockIsNotRead(t *testing.T) {
	dir := prepared(t)
	var first string
	for _, now := range []time.Time{{}, time.Unix(0, 0), time.Unix(-1, 0), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC), time.Unix(1<<62, 0)} {
		var all strings.Builder
		for _, args := range [][]string{{"assess", "-f", "json", "a.yaml", "b.yaml"}, {"assess", "-f", "junit", "a.yaml"}, {"compare", "-f", "xlsx", "a.yaml", "b.yaml"}, {"diff", "-f", "json", "a.yaml", "b.yaml"}, {"new", "-"}} {
			var out, stderr strings.Builder
			later := 0
			clock := func() time.Time {
				later++
				return now.AddDate(0, 0, -100*later)
			}
			if code := Main(Streams{In: strings.NewReader(""), Out: &out, Err: &stderr, Environ: func() []string { return []string{"SOURCE_DATE_EPOCH=" + []string{"0", "x"}[later%2]} }, Dir: dir, Now: clock}, args); code != Done || stderr.Len() > 0 {
				t.Errorf("%v: %v: exit code %d: %s", now, args, code, stderr.String())
			}
			all.WriteString(out.String())
		}
		if first == "" {
			first = all.String()
		}
		if all.String() != first {
			t.Errorf("%v: other bytes\n%s", now, difference(first, all.String()))
		}
	}
}
