package config

import (
	"slices"
	"strings"
	"testing"
)

// FuzzLoad: whatever the file, the environment and a flag say, there are
// settings or there is an error with a place; a flag comes before a variable,
// and that before the file; waivers are whole; and what is shown to be set,
// given as flags, sets the same.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(fullFile), "KSDEV_LANG=en\nKSDEV_SET=a=1; b=2\nLANG=nn_NO", "5")
	f.Add([]byte(waivers), "KSDEV_FAIL_ON=fail,unclear\nKSDEV_JOBS=0x10\nKSDEV_SHWO=x", "nn")
	f.Add([]byte("---\nlang: nn\n---\nlang: en\n"), "KSDEV_EXCLUDE=*.yml,[a", "enough=3")
	f.Add([]byte(fullFile), "KSDEV_COLOR=never", "auto")
	f.Add([]byte(fullFile), "KSDEV_READING=documented", "stated")
	f.Add([]byte(strings.Replace(waivers, "head of department", "~", 1)), "", "")
	f.Add([]byte(strings.Replace(waivers, "digifin", `""`, 1)), "", "")
	f.Add([]byte(strings.Replace(waivers, "2026-05-31", "", 1)), "", "")
	for _, test := range hostileFiles() {
		if len(test.text) < 2000 {
			f.Add([]byte(test.text), "KSDEV_READING=stated", "fail,C6,possible:shelve")
		}
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, environ, flag string) {
		s := Sources{Dir: dir, ExplicitFile: "config.yaml", ReadFile: func(string) ([]byte, error) { return data, nil },
			Environ: func() []string { return strings.Split(environ, "\n") }}
		if flag != "" {
			s.Flags = map[string][]string{Keys()[len(flag)%len(Keys())]: {flag}}
		}
		config := mustLoad(t, s)
		if config == nil {
			return
		}
		for key := range s.Flags {
			for _, e := range config.Entries() {
				if e.Key == key && e.From.Source != Flag {
					t.Errorf("%s comes from %v and not from the flag", key, e.From)
				}
			}
		}
		for _, w := range config.Waivers {
			blank := func(text string) bool { return strings.TrimSpace(text) == "" }
			if slices.ContainsFunc([]string{w.Initiative, w.Rule, w.Because, w.ApprovedBy}, blank) || w.Pos.Line < 1 {
				t.Errorf("a waiver lacks something: %+v", w)
			}
		}
		checkSetAgain(t, s, config)
	})
}

// mustLoad loads, and checks what is wrong; nil where anything is.
func mustLoad(t *testing.T, s Sources) *Config {
	t.Helper()
	config, diagnostics, err := Load(s)
	if err != nil {
		t.Fatalf("viper refused what was checked: %v", err)
	}
	if (config == nil) != diagnostics.HasErrors() {
		t.Fatalf("settings %v with %v", config, diagnostics)
	}
	for _, d := range diagnostics {
		if file := d.Pos.File; file != "config.yaml" && !strings.HasPrefix(file, "KSDEV_") && !strings.HasPrefix(file, "--") || d.Message.IsZero() {
			t.Errorf("no place: %v", d)
		}
	}
	return config
}

// checkSetAgain gives all settings as flags.
func checkSetAgain(t *testing.T, s Sources, config *Config) {
	t.Helper()
	flags := map[string][]string{}
	for _, e := range config.Entries() {
		name, threshold := strings.CutPrefix(e.Key, "set.")
		switch {
		case threshold:
			flags["set"] = append(flags["set"], name+"="+e.Value)
		case e.Key != "config" && e.Value != "":
			flags[e.Key] = []string{e.Value}
		}
	}
	again := mustLoad(t, Sources{Dir: s.Dir, Flags: flags, ReadFile: s.ReadFile})
	if again == nil {
		t.Fatalf("%q is refused as flags", flags)
	}
	got, want := again.Entries()[1:], config.Entries()[1:]
	if !slices.EqualFunc(got, want, func(a, b Entry) bool { return a.Key == b.Key && a.Value == b.Value }) {
		t.Errorf("as flags it is %+v, not %+v", got, want)
	}
}
