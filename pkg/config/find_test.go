package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/i18n"
)

func TestSearch(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		dir   string
		want  string // the file shown; "user" for the user's own
		lang  i18n.Language
	}{
		{name: "nothing", dir: ".", lang: i18n.Bokmal},
		{name: "the working folder", files: map[string]string{"a/.git/": "", "a/.ksdev.yaml": "lang: nn\n", "a/b/.ksdev.yaml": "lang: en\n"},
			dir: "a/b", want: ".ksdev.yaml", lang: i18n.English},
		{name: "up to the repository's root", files: map[string]string{"a/.git/": "", "a/.ksdev.yaml": "lang: nn\n", "a/b/c/": ""},
			dir: "a/b/c", want: "../../.ksdev.yaml", lang: i18n.Nynorsk},
		{name: "the root of a worktree has a file .git", files: map[string]string{"a/.git": "gitdir: x\n", "a/.ksdev.yaml": "lang: nn\n", "a/b/": ""},
			dir: "a/b", want: "../.ksdev.yaml", lang: i18n.Nynorsk},
		{name: "not beyond the root", files: map[string]string{".ksdev.yaml": "lang: nn\n", "a/.git/": "", "a/b/": ""},
			dir: "a/b", lang: i18n.Bokmal},
		{name: "outside a repository only the working folder", files: map[string]string{".ksdev.yaml": "lang: nn\n", "a/": ""},
			dir: "a", lang: i18n.Bokmal},
		{name: "the user's own", files: map[string]string{"a/.git/": "", "home/ksdev/config.yaml": "lang: en\n"},
			dir: "a", want: "user", lang: i18n.English},
		{name: "the repository's file stands alone", files: map[string]string{"a/.git/": "", "a/.ksdev.yaml": "jobs: 2\n", "home/ksdev/config.yaml": "lang: en\n"},
			dir: "a", want: ".ksdev.yaml", lang: i18n.Bokmal},
		{name: "the user's folder is a file", files: map[string]string{"a/": "", "home": "x"}, dir: "a", lang: i18n.Bokmal},
		{name: "a file of comments", files: map[string]string{".ksdev.yaml": "# lang: nn\n"}, dir: ".", want: ".ksdev.yaml", lang: i18n.Bokmal},
		{name: "an empty file", files: map[string]string{".ksdev.yaml": ""}, dir: ".", want: ".ksdev.yaml", lang: i18n.Bokmal},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := write(t, test.files)
			c := load(t, Sources{Dir: filepath.Join(root, filepath.FromSlash(test.dir)), UserDir: filepath.Join(root, "home")})
			want := test.want
			if test.want == "user" {
				want = filepath.Join(root, "home", "ksdev", "config.yaml")
			}
			if c.File.Value != want || c.Lang.Value != test.lang {
				t.Errorf("file %q with lang %s, want %q with %s", c.File.Value, c.Lang.Value, want, test.lang)
			}
		})
	}
}

func TestExplicitFile(t *testing.T) {
	root := write(t, map[string]string{".ksdev.yaml": "lang: nn\n", "a.yaml": "lang: en\n", "b.yaml": "jobs: 2\n"})
	a, b := filepath.Join(root, "a.yaml"), filepath.Join(root, "b.yaml")
	c := load(t, Sources{Dir: root, ExplicitFile: a, Environ: environ("KSDEV_CONFIG=" + b)})
	if c.File != (Setting[string]{a, Origin{Source: Flag, Name: "--config"}}) || c.Lang.Value != i18n.English {
		t.Errorf("by the flag: %+v", c.File)
	}
	c = load(t, Sources{Dir: root, Environ: environ("KSDEV_CONFIG=" + b)})
	if c.File != (Setting[string]{b, Origin{Source: Environment, Name: "KSDEV_CONFIG"}}) || c.Jobs.Value != 2 {
		t.Errorf("by the environment: %+v", c.File)
	}
}

// A folder that a file names is meant from the file's own folder, and stays
// recognisable as one; what a flag names is meant from the working folder.
func TestStrategyFolder(t *testing.T) {
	tests := []struct{ text, file, want string }{
		{"ks-2016-2019", ".ksdev.yaml", "ks-2016-2019"},
		{"ks-2016-2019", "../.ksdev.yaml", "ks-2016-2019"},
		{"./mine", ".ksdev.yaml", "./mine"},
		{"mine/", ".ksdev.yaml", "./mine"},
		{"mine/new", ".ksdev.yaml", "mine/new"},
		{"./mine", "../../.ksdev.yaml", "../../mine"},
		{"../mine", "sub/config.yaml", "./mine"},
		{".", ".ksdev.yaml", "./."},
		{"..", ".ksdev.yaml", "./.."},
		{"/opt/strategies/mine", "../.ksdev.yaml", "/opt/strategies/mine"},
	}
	for _, test := range tests {
		if runtime.GOOS == "windows" && test.text[0] == '/' {
			continue // there it is on the drive of the file, whichever that is
		}
		got := filepath.ToSlash(strategyFolder(test.text, filepath.FromSlash(test.file)))
		if got != test.want {
			t.Errorf("%q in %s is %q, want %q", test.text, test.file, got, test.want)
		}
	}
}

// A file that the search found may be a stranger's: the strategy that it names
// lies where the file is for. One that the user names may name any.
func TestStrategyOutside(t *testing.T) {
	root := write(t, map[string]string{"outside/": "", "a/.git/": "", "a/sub/": "", "a/mine/": "", "plain/": ""})
	tests := []struct {
		name, file, strategy, dir string
		refused                   bool
	}{
		{"below", "a/.ksdev.yaml", "./mine", "a", false},
		{"below, from a folder below", "a/.ksdev.yaml", "./mine", "a/sub", false},
		{"beside, in the repository", "a/sub/.ksdev.yaml", "../mine", "a/sub", false},
		{"outside the repository", "a/.ksdev.yaml", "../outside", "a", true},
		{"outside, from a folder below", "a/.ksdev.yaml", "../outside", "a/sub", true},
		{"by its whole path", "a/.ksdev.yaml", root + "/outside", "a", true},
		{"by a link", "a/.ksdev.yaml", "./link", "a", true},
		{"outside a plain folder", "plain/.ksdev.yaml", "../outside", "plain", true},
		{"a name", "a/.ksdev.yaml", "outside", "a", false},
		{"nothing", "a/.ksdev.yaml", "../nothing", "a", false},
		{"in the user's own settings", "home/ksdev/config.yaml", root + "/outside", "a", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(root, filepath.FromSlash(test.file))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte("strategy: "+filepath.ToSlash(test.strategy)+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			defer os.Remove(path)
			if test.strategy == "./link" && os.Symlink(filepath.Join(root, "outside"), filepath.Join(root, "a", "link")) != nil {
				t.Skip("this system has no symbolic links")
			}
			s := Sources{Dir: filepath.Join(root, filepath.FromSlash(test.dir)), UserDir: filepath.Join(root, "home"), ReadFile: os.ReadFile}
			config, diagnostics, err := Load(s)
			if err != nil || (config == nil) != test.refused || test.refused && diagnostics[0].Code() != "config.strategy_outside" {
				t.Errorf("refused: %t: %v, %v", config == nil, worded(t, diagnostics), err)
			}
		})
	}
}

// hostileFiles are what a stranger may write into the file.
func hostileFiles() []struct{ name, text string } {
	laughs := "a: &a [x]\n"
	for i := range 9 {
		laughs += string(rune('b'+i)) + ": &" + string(rune('b'+i)) + " [*" + string(rune('a'+i)) + ", *" + string(rune('a'+i)) + "]\n"
	}
	return []struct{ name, text string }{
		{"a bomb of aliases", laughs},
		{"an alias", "strategy: &x a\nlang: *x\n"},
		{"a merge key", "set: &x\n  a: 1\n<<: *x\n"},
		{"a tag", "strategy: !!binary aGVp\n"},
		{"a key twice", "lang: nn\nlang: en\n"},
		{"the same threshold twice", "set:\n  a: 1\n  a: 2\n"},
		{"many keys", "set:\n" + strings.Repeat("  a: 1\n", 2000)},
		{"deep nesting", strings.Repeat("[", 10_001) + strings.Repeat("]", 10_001)},
		{"2 MiB", "strategy: " + strings.Repeat("x", 2<<20)},
		{"32 MiB", "strategy: " + strings.Repeat("x", 32<<20)},
		{"not UTF-8", "strategy: \xe6\xf8\xe5\n"},
		{"a terminal's escape", "strategy: \x1b[31m\n"},
		{"text that runs backwards", "strategy: \u202eabc\n"},
		{"broken", "strategy: [a\n"},
		{"a tab", "set:\n\ta: 1\n"},
	}
}

func TestHostileFiles(t *testing.T) {
	for _, test := range hostileFiles() {
		t.Run(test.name, func(t *testing.T) {
			s := Sources{Dir: write(t, map[string]string{FileName: test.text}), ReadFile: os.ReadFile}
			config, diagnostics, err := Load(s)
			if err != nil || config != nil || !diagnostics.HasErrors() {
				t.Fatalf("the file was taken: %v, %v", diagnostics, err)
			}
			for _, line := range worded(t, diagnostics) {
				if strings.ContainsAny(line, "\x1b\u202e") || !strings.HasPrefix(line, FileName) || len(line) > 1000 {
					t.Errorf("not fit for a terminal: %.200q", line)
				}
			}
		})
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	root := write(t, map[string]string{"a/.git/": "", "a/.ksdev.yaml/": "", "secret.yaml": "password: x\n", "b/.git/": "", "c/.git/": "", "d/.git/": ""})
	if err := os.Symlink(filepath.Join(root, "secret.yaml"), filepath.Join(root, "b", FileName)); err != nil {
		t.Skip("this system has no symbolic links")
	}
	if err := os.Symlink("nowhere.yaml", filepath.Join(root, "c", FileName)); err != nil {
		t.Fatal(err)
	}
	refuse := func(err error) func(string) ([]byte, error) {
		return func(name string) ([]byte, error) { return nil, &fs.PathError{Op: "open", Path: name, Err: err} }
	}
	if err := os.WriteFile(filepath.Join(root, "d", FileName), []byte("lang: nn\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	absent := filepath.Join(root, "absent.yaml")
	tests := []struct {
		name string
		s    Sources
		want string
	}{
		{"a named file that is absent", Sources{Dir: root, ExplicitFile: absent}, absent + ": the file cannot be read: it does not exist"},
		{"also by the environment", Sources{Dir: root, Environ: environ("KSDEV_CONFIG=" + absent)}, absent + ": the file cannot be read: it does not exist"},
		{"a folder", Sources{Dir: filepath.Join(root, "a")}, ".ksdev.yaml: the file cannot be read: it is a folder"},
		{"a link out of the repository", Sources{Dir: filepath.Join(root, "b")}, ".ksdev.yaml: the file is a link that leads out of the folder"},
		{"a link to nowhere", Sources{Dir: filepath.Join(root, "c")}, ".ksdev.yaml: the file cannot be read: it does not exist"},
		{"no permission", Sources{Dir: filepath.Join(root, "d"), ReadFile: refuse(fs.ErrPermission)}, ".ksdev.yaml: the file cannot be read: access is denied"},
		{"another fault", Sources{Dir: filepath.Join(root, "d"), ReadFile: refuse(errors.New("not a regular file"))}, ".ksdev.yaml: the file cannot be read: not a regular file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if test.s.ReadFile == nil {
				test.s.ReadFile = os.ReadFile
			}
			config, diagnostics, err := Load(test.s)
			if err != nil || config != nil {
				t.Fatalf("the file was taken: %v", err)
			}
			compare(t, worded(t, diagnostics), []string{test.want})
		})
	}
}
