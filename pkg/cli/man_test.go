package cli

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// manFolder writes all pages in a language into a folder of its own.
func manFolder(t *testing.T, language string) (folder string, pages []string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "man", "man1")
	if run := call(t, "", "man", "--lang", language, "--folder", folder); run.code != Done || run.stdout+run.stderr != "" {
		t.Fatalf("exit code %d\n%s%s", run.code, run.stdout, run.stderr)
	}
	pages, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return folder, pages
}

func contents(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Every command has a page in every language, with all its flags; only the help
// is its own page.
func TestManHasAPageOfEveryCommand(t *testing.T) {
	for _, language := range []string{"nb", "nn", "en"} {
		t.Run(language, func(t *testing.T) {
			folder, pages := manFolder(t, language)
			a := inLanguage(t, i18n.Language(language))
			var wanted []string
			var visit func(cmd *cobra.Command)
			visit = func(cmd *cobra.Command) {
				if cmd.Name() == "help" {
					return
				}
				page := filepath.Join(folder, strings.ReplaceAll(cmd.CommandPath(), " ", "-")+".1")
				wanted = append(wanted, page)
				checkPage(t, a, cmd, contents(t, page))
				for _, sub := range cmd.Commands() {
					visit(sub)
				}
			}
			visit(a.rootCommand(io.Discard))
			slices.Sort(wanted)
			if !slices.Equal(pages, wanted) {
				t.Errorf("the pages are\n%s\nbut the commands\n%s", strings.Join(pages, "\n"), strings.Join(wanted, "\n"))
			}
		})
	}
}

func checkPage(t *testing.T, a *app, cmd *cobra.Command, page string) {
	t.Helper()
	path := cmd.CommandPath()
	for _, r := range page {
		if r != '\n' && (r < ' ' || r > '~') {
			t.Fatalf("%s: %q is not ASCII", path, r)
		}
	}
	heading := `.SH "` + strings.ToUpper(a.printer.T("release.man_name")) + "\"\n"
	if !strings.HasPrefix(page, ".TH ") || !strings.Contains(page, heading) {
		t.Errorf("%s: begins with %.200s", path, page)
	}
	if !cmd.Runnable() {
		return
	}
	for line := range strings.Lines(cmd.Flags().FlagUsages() + cmd.InheritedFlags().FlagUsages()) {
		_, name, isFlag := strings.Cut(line, " --")
		if name, _, _ = strings.Cut(name, " "); isFlag && !strings.Contains(page, `\fB\-\-`+strings.ReplaceAll(name, "-", `\-`)+`\fR`) {
			t.Errorf("%s: the page lacks --%s", path, name)
		}
	}
}

// The pages are the same in every run and folder, and hold nothing of the
// machine.
func TestManIsTheSameEachTime(t *testing.T) {
	t.Chdir(t.TempDir())
	_, first := manFolder(t, "en")
	t.Chdir(t.TempDir())
	_, second := manFolder(t, "en")
	for i := range first {
		one, other := contents(t, first[i]), contents(t, second[i])
		if one != other {
			t.Errorf("%s: other bytes\n%s", filepath.Base(first[i]), difference(one, other))
		}
		dir, _ := os.Getwd()
		home, _ := os.UserHomeDir()
		for _, place := range []string{os.TempDir(), dir, home} {
			if len(place) > 1 && strings.Contains(one, place) {
				t.Errorf("%s: names %s", filepath.Base(first[i]), place)
			}
		}
	}
}

// A page has the date of the source, and none where that is not known, as in a
// test.
func TestManHasTheDateOfTheSource(t *testing.T) {
	a := inLanguage(t, "en")
	root := a.rootCommand(io.Discard)
	date, _, _ := strings.Cut(thisBuild().SourceDate, "T")
	if page := call(t, "", "man", "--lang", "en").stdout; page != (manPage{app: a, cmd: root, date: date}).text() {
		t.Errorf("the page is not of the source's date, %q: %.100s", date, page)
	}
	for date, want := range map[string]string{
		"2026-03-01": `.TH "KSDEV" "1" "2026-03-01" "ksdev ` + Version + `" "User commands"`,
		"":           `.TH "KSDEV" "1" "" "ksdev ` + Version + `" "User commands"`,
	} {
		if page := (manPage{app: a, cmd: root, date: date}).text(); !strings.HasPrefix(page, want+"\n") {
			t.Errorf("%q: begins with %.100s", date, page)
		}
	}
}

// One page goes to standard output; what cannot be meant is refused.
func TestManOfOneCommand(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	folder, _ := manFolder(t, "nb")
	for args, page := range map[string]string{"": "ksdev.1", "assess": "ksdev-assess.1", "strategy check": "ksdev-strategy-check.1", "exit-codes": "ksdev-exit-codes.1"} {
		run := call(t, "", append([]string{"man", "--lang", "nb"}, strings.Fields(args)...)...)
		if want := contents(t, filepath.Join(folder, page)); run.stdout != want || run.code != Done {
			t.Errorf("man %s: exit code %d\n%s", args, run.code, difference(want, run.stdout))
		}
	}
	write(t, dir, ".ksdev.yaml", "lang: nn\n")
	if got, want := call(t, "", "man").stdout, call(t, "", "man", "--lang", "nn").stdout; got != want {
		t.Errorf("the language of the configuration is not that of the page:\n%s", difference(want, got))
	}
	write(t, dir, "file", "")
	for _, test := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"asses"}, Usage, "assess"},
		{[]string{"strategy", "chek"}, Usage, "check"},
		{[]string{"assess", "--folder", "pages"}, Usage, "--folder"},
		{[]string{"--folder", "file"}, Unread, "file"},
		{[]string{"--folder", filepath.Join("file", "man1")}, Unread, "file"},
	} {
		run := call(t, "", append([]string{"man"}, test.args...)...)
		if run.code != test.code || run.stdout != "" || !strings.Contains(run.stderr, test.says) {
			t.Errorf("man %v: exit code %d\n%s%s", test.args, run.code, run.stdout, run.stderr)
		}
	}
	if _, err := os.Stat("pages"); err == nil {
		t.Error("a refused call made the folder")
	}
}

// No text is a request to the formatter, and every sign stays what it is.
func TestRoff(t *testing.T) {
	for text, want := range map[string]string{
		"plain text":            "plain text",
		".so /etc/passwd":       `\&.so /etc/passwd`,
		"a\n.so b\nc.d":         "a\n\\&.so b\nc.d",
		"'br":                   `\(aqbr`,
		`\fB and \*[x]`:         `\(rsfB and \(rs*[x]`,
		"--fail-on":             `\-\-fail\-on`,
		`he said "no"`:          `he said \(dqno\(dq`,
		"blåbær «…»":            `bl\[u00E5]b\[u00E6]r \[u00AB]\[u2026]\[u00BB]`,
		"`code` ^ ~":            `\(gacode\(ga \(ha \(ti`,
		"\U0001F600 and \u007f": `\[u1F600] and \[u007F]`,
	} {
		if got := roff(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// The programs that show manual pages have nothing to say against ours.
func TestManPagesRender(t *testing.T) {
	checkers := map[string][]string{"groff": {"-man", "-Tutf8", "-ww", "-z"}, "mandoc": {"-man", "-Tlint", "-Wwarning"}}
	tried := false
	for _, name := range []string{"groff", "mandoc"} {
		if _, err := exec.LookPath(name); err != nil {
			continue
		}
		tried = true
		for _, language := range []string{"nb", "nn", "en"} {
			pages := datedPages(t, language)
			out, err := exec.Command(name, append(checkers[name], pages...)...).CombinedOutput()
			if err != nil || len(out) > 0 {
				t.Errorf("%s, %s: %v\n%s", name, language, err, out)
			}
		}
	}
	if !tried {
		t.Skip("neither groff nor mandoc is installed")
	}
}

// datedPages writes all pages with the date of a source, as those of a release
// have it.
func datedPages(t *testing.T, language string) (files []string) {
	t.Helper()
	a, folder := inLanguage(t, i18n.Language(language)), t.TempDir()
	for _, cmd := range allCommands(a.rootCommand(io.Discard)) {
		write(t, folder, pageName(cmd), manPage{app: a, cmd: cmd, date: "2026-03-01"}.text())
		files = append(files, filepath.Join(folder, pageName(cmd)))
	}
	return files
}

// Scripts that complete commands come out for all shells, and those shells that
// are installed can read them.
func TestShellsReadTheirScripts(t *testing.T) {
	for shell, begins := range map[string]string{"bash": "# bash completion", "zsh": "#compdef ksdev", "fish": "# fish completion", "powershell": "# powershell completion"} {
		t.Run(shell, func(t *testing.T) {
			run := call(t, "", "completion", shell)
			if run.code != Done || !strings.HasPrefix(run.stdout, begins) || !strings.Contains(run.stdout, "ksdev") {
				t.Fatalf("exit code %d\n%.200s", run.code, run.stdout)
			}
			if again := call(t, "", "completion", shell, "--lang", "en").stdout; again != run.stdout {
				t.Error("the script depends on the language, which the shell asks for later")
			}
			if _, err := exec.LookPath(shell); err != nil || shell == "powershell" {
				return
			}
			file := filepath.Join(t.TempDir(), "script")
			if err := os.WriteFile(file, []byte(run.stdout), 0o644); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command(shell, "-n", file).CombinedOutput(); err != nil || len(out) > 0 {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

// What the library says of flags, in English, is never seen: the kind of a value
// is a word of ours, and so is what holds where a flag is not given.
func TestHelpIsOurs(t *testing.T) {
	foreign := regexp.MustCompile(`\(default|--[a-z-]+ (string|int|stringArray|strings|duration)\b`)
	for _, language := range []i18n.Language{i18n.Bokmal, i18n.Nynorsk, i18n.English} {
		var visit func(cmd *cobra.Command)
		visit = func(cmd *cobra.Command) {
			for line := range strings.Lines(cmd.UsageString()) {
				if foreign.MatchString(line) {
					t.Errorf("%s, %s: %s", language, cmd.CommandPath(), line)
				}
			}
			for _, sub := range cmd.Commands() {
				visit(sub)
			}
		}
		visit(inLanguage(t, language).rootCommand(io.Discard))
	}
}
