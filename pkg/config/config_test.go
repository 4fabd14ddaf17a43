package config

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// write makes files in a new folder, with their parents; a name that ends in a
// slash is a folder.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if strings.HasSuffix(name, "/") {
			if err := os.MkdirAll(path, 0o755); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func environ(variables ...string) func() []string {
	return func() []string { return variables }
}

// load loads without errors and without a fault.
func load(t *testing.T, s Sources) *Config {
	t.Helper()
	s.ReadFile = os.ReadFile
	config, diagnostics, err := Load(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range worded(t, diagnostics) {
		t.Error(d)
	}
	if config == nil {
		t.FailNow()
	}
	return config
}

// worded words diagnostics as place, message and hint in English.
func worded(t *testing.T, list diag.List) (lines []string) {
	t.Helper()
	p, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		line := d.Pos.String() + ": " + p.Text(d.Message)
		if !d.Hint.IsZero() {
			line += " (" + p.Text(d.Hint) + ")"
		}
		lines = append(lines, line)
	}
	return lines
}

// shownEntries writes all settings with their origins, a line each, without
// those that are empty and by default.
func shownEntries(t *testing.T, c *Config) (lines []string) {
	t.Helper()
	p, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range c.Entries() {
		if e.Value != "" || e.From != (Origin{}) {
			lines = append(lines, e.Key+" = "+e.Value+" ["+p.Text(e.From.Message())+"]")
		}
	}
	return lines
}

func TestDefaults(t *testing.T) {
	got := shownEntries(t, load(t, Sources{Dir: write(t, nil)}))
	want := []string{"lang = nb [default]", "color = auto [default]", "reading = documented [default]"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

const fullFile = `# Everything that can be set.
strategy: ks-2016-2019
lang: nn
set:
  economic_weight: 1,5 mrd.
  employees: 50 000
fail_on:
  - decline
  - C5
color: never
jobs: 4
reading: stated
show: fail, unclear
exclude:
  - "drafts/*"
include:
  - "*.yaml"
`

func TestFile(t *testing.T) {
	got := shownEntries(t, load(t, Sources{Dir: write(t, map[string]string{FileName: fullFile})}))
	want := []string{
		"config = .ksdev.yaml [default]",
		"strategy = ks-2016-2019 [.ksdev.yaml:2]",
		"lang = nn [.ksdev.yaml:3]",
		"set.economic_weight = 1,5 mrd. [.ksdev.yaml:5]",
		"set.employees = 50 000 [.ksdev.yaml:6]",
		"fail_on = decline,C5 [.ksdev.yaml:8]",
		"color = never [.ksdev.yaml:10]",
		"jobs = 4 [.ksdev.yaml:11]",
		"reading = stated [.ksdev.yaml:12]",
		"show = fail,unclear [.ksdev.yaml:13]",
		"exclude = drafts/* [.ksdev.yaml:15]",
		"include = *.yaml [.ksdev.yaml:17]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// Every key is set by each source in turn; the strongest that sets it wins and
// is named as the origin.
func TestPrecedence(t *testing.T) {
	type texts struct{ file, variable, flag string }
	values := map[string]texts{
		"strategy": {"a", "b", "c"},
		"lang":     {"nb", "nn", "en"},
		"set":      {"\n  x: 1", "x=2", "x=3"},
		"fail_on":  {"[decline]", "shelve", "refer"},
		"color":    {"auto", "always", "never"},
		"jobs":     {"1", "2", "3"},
		"reading":  {"documented", "stated", "documented"},
		"show":     {"pass", "fail", "all"},
		"exclude":  {"a", "b", "c"},
		"include":  {"a", "b", "c"},
	}
	for _, key := range Keys() {
		t.Run(key, func(t *testing.T) {
			text := values[key]
			file := key + ": " + strings.NewReplacer("[", "\n  - ", "]", "").Replace(text.file) + "\n"
			s := Sources{Dir: write(t, map[string]string{FileName: file})}
			if got := originOf(t, load(t, s), key); got.Source != File {
				t.Errorf("only the file sets it: %v", got)
			}
			s.Environ = environ(variable(key) + "=" + text.variable)
			if got := originOf(t, load(t, s), key); got.Source != Environment || got.Name != variable(key) {
				t.Errorf("file and environment set it: %v", got)
			}
			s.Flags = map[string][]string{key: {text.flag}}
			flagged := load(t, s)
			if got := originOf(t, flagged, key); got.Source != Flag || got.Name != "--"+strings.ReplaceAll(key, "_", "-") {
				t.Errorf("all set it: %v", got)
			}
			want := strings.TrimPrefix(text.flag, "x=")
			if got := entryOf(t, flagged, key).Value; got != want {
				t.Errorf("the flag's value is %q, want %q", got, want)
			}
		})
	}
}

func entryOf(t *testing.T, c *Config, key string) Entry {
	t.Helper()
	for _, e := range c.Entries() {
		if e.Key == key || key == "set" && e.Key == "set.x" {
			return e
		}
	}
	t.Fatalf("no entry for %s", key)
	return Entry{}
}

func originOf(t *testing.T, c *Config, key string) Origin {
	t.Helper()
	return entryOf(t, c, key).From
}

// Thresholds are laid over each other one by one; lists are not.
func TestThresholdsAreMerged(t *testing.T) {
	s := Sources{
		Dir:     write(t, map[string]string{FileName: "set:\n  a: file\n  b: file\n  c: file\nfail_on:\n  - one\n  - two\n"}),
		Environ: environ("KSDEV_SET= b = 1,5 mrd. ; c=variable;", "KSDEV_FAIL_ON=three"),
		Flags:   map[string][]string{"set": {"c=x = y", "d=flag"}},
	}
	got := shownEntries(t, load(t, s))
	want := []string{
		"config = .ksdev.yaml [default]",
		"lang = nb [default]",
		"set.a = file [.ksdev.yaml:2]",
		"set.b = 1,5 mrd. [environment variable KSDEV_SET]",
		"set.c = x = y [flag --set]",
		"set.d = flag [flag --set]",
		"fail_on = three [environment variable KSDEV_FAIL_ON]",
		"color = auto [default]",
		"reading = documented [default]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func TestFlags(t *testing.T) {
	c := load(t, Sources{Dir: write(t, nil), Flags: map[string][]string{
		"show": {"fail, unclear", "na"}, "jobs": {"1", "256"}, "lang": {"no"}, "strategy": {"./mine"}, "color": {},
	}})
	if got := c.Show.Value; !slices.Equal(got, []string{"fail", "unclear", "na"}) {
		t.Errorf("show = %q", got)
	}
	if c.Jobs.Value != 256 || c.Lang.Value != i18n.Bokmal || c.Strategy.Value != "./mine" || c.Color.From.Source != Default {
		t.Errorf("got %+v", c)
	}
}

func TestLanguageOfTheLocale(t *testing.T) {
	tests := []struct {
		name    string
		environ []string
		want    string
	}{
		{"named", []string{"LANG=nn_NO.UTF-8"}, "nn [environment variable LANG]"},
		{"the weightiest", []string{"LANG=nn_NO.UTF-8", "LC_ALL=en_GB"}, "en [environment variable LC_ALL]"},
		{"an empty one is not set", []string{"LANG=en", "LC_ALL="}, "en [environment variable LANG]"},
		{"bokmål is named", []string{"LC_MESSAGES=nb_NO"}, "nb [environment variable LC_MESSAGES]"},
		{"none of the three", []string{"LC_ALL=C.UTF-8", "LANG=nn"}, "nb [default]"},
		{"the program's own variable", []string{"LANG=nn", "KSDEV_LANG=en"}, "en [environment variable KSDEV_LANG]"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := shownEntries(t, load(t, Sources{Dir: write(t, nil), Environ: environ(test.environ...)}))
			if want := "lang = " + test.want; got[0] != want {
				t.Errorf("got %q, want %q", got[0], want)
			}
		})
	}
}

func TestErrors(t *testing.T) {
	tests := []struct {
		name    string
		file    string
		environ []string
		flags   map[string][]string
		want    []string
	}{
		{
			name: "unknown keys", file: "strateg: x\nfoo: 1\nLang: nn\n",
			want: []string{
				".ksdev.yaml:1:1: “strateg” is not a known key here (did you mean “strategy”?)",
				".ksdev.yaml:2:1: “foo” is not a known key here (use strategy, lang, set, fail_on, color, jobs, reading, show, exclude, include or waivers)",
				".ksdev.yaml:3:1: “Lang” is not a known key here (did you mean “lang”?)",
			},
		},
		{
			name: "wrong kinds", file: "strategy:\n  - a\nset:\n  - b\nfail_on:\n  c: d\nlang:\n  e: f\nset_:\n",
			want: []string{
				".ksdev.yaml:2:3: this is a list, but a single value is expected",
				".ksdev.yaml:4:3: this is a list, but keys with values is expected (write “key: value”, one on each line)",
				".ksdev.yaml:6:3: this is keys with values, but a list is expected (write each item on a line of its own, with “- ” in front)",
				".ksdev.yaml:8:3: this is keys with values, but a single value is expected",
				".ksdev.yaml:9:1: “set_” is not a known key here (did you mean “set”?)",
			},
		},
		{
			name: "wrong values", file: "lang: dansk\ncolor: alwys\njobs: 0\nreading: both\nshow:\n  - unclaer\n  - pass\nexclude:\n  - \"[a\"\n  - drafts\\*.yaml\n",
			want: []string{
				".ksdev.yaml:1:7: “dansk” is not a known value here (use nb, nn or en)",
				".ksdev.yaml:2:8: “alwys” is not a known value here (did you mean “always”?)",
				".ksdev.yaml:3:7: “0” is not a whole number from 1 to 256",
				".ksdev.yaml:4:10: “both” is not a known value here (use documented or stated)",
				".ksdev.yaml:6:5: “unclaer” is not a known value here (did you mean “unclear”?)",
				".ksdev.yaml:9:5: “[a” is not a valid pattern for file names",
				".ksdev.yaml:10:5: “drafts\\*.yaml” has a \\ in it (write / between folders, on every system; a sign that is meant itself stands in brackets: [*])",
			},
		},
		{
			name: "numbers of other kinds", file: "jobs: 1.5\n", environ: []string{"KSDEV_JOBS=0x10"}, flags: map[string][]string{"jobs": {"1000000000"}},
			want: []string{
				"--jobs: “1000000000” is not a whole number from 1 to 256",
				".ksdev.yaml:1:7: “1.5” is not a whole number from 1 to 256",
				"KSDEV_JOBS: “0x10” is not a whole number from 1 to 256",
			},
		},
		{
			name: "nothing", file: "strategy:\nset:\n  a: ~\nfail_on: \"\"\nshow:\n  - \n",
			want: []string{
				".ksdev.yaml:1:10: the value is missing",
				".ksdev.yaml:3:6: the value is missing",
				".ksdev.yaml:4:10: the value is missing",
				".ksdev.yaml:6:4: “” is not a known value here",
			},
		},
		{
			name: "names of thresholds", file: "set:\n  Economic: 1\n  a.b: 1\n  9: 1\n  a:\n    b: 1\n",
			want: []string{
				".ksdev.yaml:2:3: “Economic” cannot be the name of a threshold",
				".ksdev.yaml:3:3: “a.b” cannot be",
				".ksdev.yaml:4:3: “9” cannot be",
				".ksdev.yaml:6:5: this is keys with values, but a single value is expected",
			},
		},
		{
			name: "assignments", environ: []string{"KSDEV_SET=a;=1;b=;c=1;c=2"}, flags: map[string][]string{"set": {"x", "y=1", "y=2"}},
			want: []string{
				"--set: “x” is not of the form name=value",
				"--set: the threshold “y” is given more than once",
				"KSDEV_SET: “a” is not of the form name=value",
				"KSDEV_SET: the value is missing",
				"KSDEV_SET: “” cannot be the name of a threshold",
				"KSDEV_SET: the threshold “c” is given more than once",
			},
		},
		{
			name: "a second document", file: "lang: nn\n---\nlang: en\n",
			want: []string{".ksdev.yaml:3:1: the file has more than one document"},
		},
		{name: "no mapping", file: "nn\n", want: []string{".ksdev.yaml:1:1: this is a single value, but keys with values is expected"}},
		{name: "control characters are shown, not passed on", flags: map[string][]string{"lang": {"\x1b[31mnn"}}, want: []string{"--lang: “<U+001B>[31mnn” is not"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := Sources{Dir: write(t, map[string]string{FileName: test.file}), ReadFile: os.ReadFile,
				Environ: environ(test.environ...), Flags: test.flags}
			config, diagnostics, err := Load(s)
			if err != nil {
				t.Fatal(err)
			}
			if config != nil {
				t.Error("there are settings in spite of the errors")
			}
			compare(t, worded(t, diagnostics), test.want)
		})
	}
}

// compare checks that each line begins as wanted.
func compare(t *testing.T, lines, want []string) {
	t.Helper()
	for i := range max(len(lines), len(want)) {
		switch {
		case i >= len(lines):
			t.Errorf("lacking: %s", want[i])
		case i >= len(want):
			t.Errorf("too much: %s", lines[i])
		case !strings.HasPrefix(lines[i], want[i]):
			t.Errorf("got  %s\nwant %s", lines[i], want[i])
		}
	}
}

// A variable that nearly has the name of one of the program's is pointed out.
// Others with the prefix are not: they may mean something to somebody else.
func TestMisspeltVariables(t *testing.T) {
	s := Sources{Dir: write(t, nil), ReadFile: os.ReadFile,
		Environ: environ("KSDEV_STRATGY=x", "KSDEV_FAILON=y", "KSDEV_UPDATE=1", "KSDEV_VERSION=2", "KSDEV_COLOR=never", "OTHER_LANGG=z")}
	config, diagnostics, err := Load(s)
	if err != nil || config == nil {
		t.Fatal(err, worded(t, diagnostics))
	}
	compare(t, worded(t, diagnostics), []string{
		"KSDEV_FAILON: the environment variable is not one of the program’s (did you mean “KSDEV_FAIL_ON”?)",
		"KSDEV_STRATGY: the environment variable is not one of the program’s (did you mean “KSDEV_STRATEGY”?)",
	})
}

func TestUnknownFlagIsAFault(t *testing.T) {
	if _, _, err := Load(Sources{Dir: write(t, nil), Flags: map[string][]string{"fail-on": {"x"}}}); err == nil {
		t.Error("no error")
	}
}

// Every field of Config stands in Entries, in the order of Keys.
func TestEntriesAreComplete(t *testing.T) {
	want := append([]string{"config"}, Keys()...)
	fields := reflect.TypeFor[Config]()
	for i := range fields.NumField() {
		// Waivers are no setting that a flag or the environment could have.
		if name := fields.Field(i).Tag.Get("mapstructure"); name != "-" && !slices.Contains(want, name) {
			t.Errorf("the field %s is no key", name)
		}
	}
	if fields.NumField() != len(want)+1 {
		t.Errorf("%d fields for %d keys and the waivers", fields.NumField(), len(want))
	}
	var got []string
	for _, e := range (&Config{Set: map[string]Setting[string]{"x": {}}}).Entries() {
		got = append(got, strings.TrimSuffix(e.Key, ".x"))
	}
	if !slices.Equal(got, want) {
		t.Errorf("entries %q, want %q", got, want)
	}
}
