package cli

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// Names under which Windows would write to a device, into a stream of another
// file, or a file that is called otherwise.
func TestNamesOfWindows(t *testing.T) {
	printer, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, want string }{
		{"rapport.txt", ""},
		{`C:\ut\rapport.txt`, ""},
		{"c:rapport.txt", ""},
		{`\\tjener\felles\rapport.txt`, ""},
		{`\\?\C:\ut\rapport.txt`, ""},
		{`..\ut\.\rapport.txt`, ""},
		{"../ut/rapport.txt", ""},
		{"æøå – 2026 (1) [a].txt", ""},
		{".ksdev.yaml", ""},
		{"konto.yaml", ""},
		{"nullpunkt.yaml", ""},
		{"com0.yaml", ""},
		{"com10.yaml", ""},
		{"lpt.yaml", ""},
		{"con", "“con” is the name of a device"},
		{"CON.yaml", "“CON.yaml” is the name of a device"},
		{"nul.tar.gz", "device"},
		{"aux .yaml", "device"},
		{`ut\prn\a.yaml`, "“prn” is the name of a device"},
		{"com1.yaml", "device"},
		{"LPT9", "device"},
		{"com².yaml", "device"},
		{"conin$", "device"},
		{"nul:", "device"},
		{"rapport:2026.txt", "“:”"},
		{"a?.yaml", "“?”"},
		{`a"b.yaml`, "“\"”"},
		{"*.yaml", "“*”"},
		{"a|b.yaml", "“|”"},
		{"a\x01b.yaml", "<U+0001>"},
		{"rapport.", "dot or a blank"},
		{"ut. /rapport.txt", "dot or a blank"},
		{"rapport.txt ", "dot or a blank"},
		{"...", "dot or a blank"},
		{"1:a.yaml", "“:”"},
	}
	for _, test := range tests {
		why := unusableName("windows", test.name)
		if got := printer.Text(why); test.want == "" && !why.IsZero() || !strings.Contains(got, test.want) {
			t.Errorf("%q: %q", test.name, got)
		}
		if !unusableName("linux", test.name).IsZero() {
			t.Errorf("%q is not to be written on Linux", test.name)
		}
	}
}

// Where the file system of this machine is not that of Windows, all the names
// can be used.
func TestNamesOfThisSystem(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, args := range [][]string{{"new", "aux.yaml"}, {"assess", "-o", "nul.txt", "-"}, {"assess", "-f", "json=con", "-"}} {
		run := call(t, "title: Nabohjelp\n", args...)
		if want := map[bool]int{true: Unread, false: Done}[runtime.GOOS == onWindows]; run.code != want {
			t.Errorf("%v: exit code %d, want %d\n%s", args, run.code, want, run.stderr)
		}
	}
}

func TestNamesThatDifferInCase(t *testing.T) {
	for _, test := range []struct {
		goos, a, b string
		want       bool
	}{
		{"linux", "a.json", "a.json", true},
		{"linux", "a.json", "A.json", false},
		{"windows", `ut\å.json`, `UT\Å.JSON`, true},
		{"darwin", "ut/a.json", "ut/A.json", true},
		{"windows", "a.json", "b.json", false},
	} {
		if got := sameName(test.goos, test.a, test.b); got != test.want {
			t.Errorf("%s: %s and %s: %t", test.goos, test.a, test.b, got)
		}
	}
}

// The shells of Windows hand over patterns as they are typed.
func TestPatternsForFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"a.yaml", "b.yaml", "c.yml", "d[1].yaml", ".skjult.yaml", "ut/e.yaml"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("title: A\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	exists := func(name string) bool { return name == "er*her.yaml" }
	tests := []struct{ arg, want string }{
		{"a.yaml", "a.yaml"},
		{"borte.yaml", "borte.yaml"},
		{"*.yaml", "a.yaml b.yaml d[1].yaml"},
		{"?.y*ml", "a.yaml b.yaml c.yml"},
		{"u?/*.yaml", "ut/e.yaml"},
		{"d[1]*", "d[1].yaml"},
		{".*.yaml", ".skjult.yaml"},
		{"*.json", "*.json"},
		{"er*her.yaml", "er*her.yaml"},
		{"-", "-"},
	}
	for _, test := range tests {
		got := expand("windows", []string{test.arg}, exists)
		for i := range got {
			got[i] = filepath.ToSlash(got[i])
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %q, want %s", test.arg, got, test.want)
		}
		if !slices.Equal(expand("linux", []string{test.arg}, exists), []string{test.arg}) {
			t.Errorf("%s is expanded on Linux", test.arg)
		}
	}
	if got := expand("windows", []string{"c.yml", "*.yaml", "-"}, exists); len(got) != 5 || got[0] != "c.yml" || got[4] != "-" {
		t.Errorf("other order: %q", got)
	}
}

// One file is assessed once, in whatever case its name is written; two files are
// two, also where their names differ in case alone.
func TestFilesOnceInAnyCase(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"a.yaml", "A.yaml"} {
		if err := os.WriteFile(name, []byte("id: "+name+"\ntitle: A\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	lower, err := os.Stat("a.yaml")
	if err != nil {
		t.Fatal(err)
	}
	upper, err := os.Stat("A.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := map[bool]int{true: 1, false: 2}[os.SameFile(lower, upper)]
	for _, args := range [][]string{{"a.yaml", "A.yaml", "./a.yaml"}, {"A.yaml", "a.yaml", "A.yaml"}} {
		run := call(t, "", append([]string{"assess", "-f", "ndjson"}, args...)...)
		if got := strings.Count(run.stdout, `"kind":"assessment"`); got != want {
			t.Errorf("%v: %d assessments, want %d", args, got, want)
		}
	}
	// A file system that does not tell the two apart, by way of its stat.
	walk := &walking{disk: oneFile{}, seen: map[string]string{}}
	for _, name := range []string{"a.yaml", "A.yaml", "ut/Å.yaml", "ut/å.yaml", "b.yaml"} {
		walk.add(name, nil)
	}
	if len(walk.inputs) != 3 {
		t.Errorf("there are %d inputs", len(walk.inputs))
	}
}

// oneFile is a disk on which every name is that of one file.
type oneFile struct{ disk }

func (oneFile) stat(string) (fs.FileInfo, error) { return os.Stat(".") }
