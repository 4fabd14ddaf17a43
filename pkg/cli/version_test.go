package cli

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// What a build recorded of itself is said, and where it recorded nothing, that.
func TestVersionSaysWhatWasBuilt(t *testing.T) {
	const commit, date = "848052a3190e4b039e2d4c12658e53e50f948905", "2026-03-01T12:30:00Z"
	git := func(modified string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "GOARCH", Value: "arm64"}, {Key: "GOOS", Value: "darwin"},
			{Key: "vcs.revision", Value: commit}, {Key: "vcs.time", Value: date}, {Key: "vcs.modified", Value: modified}}
	}
	for _, test := range []struct {
		name string
		info debug.BuildInfo
		want []string
	}{
		{"a release", debug.BuildInfo{Main: debug.Module{Path: modulePath, Version: "v0.1.0"}, Settings: git("false")},
			[]string{"module:       v0.1.0\n", "commit:       " + commit + "\n", "source date:  " + date + "\n", "go1.26.0 for darwin/arm64\n"}},
		{"changes on the way", debug.BuildInfo{Main: debug.Module{Path: modulePath, Version: "v0.1.1-0.20260301123000-848052a3190e+dirty"}, Settings: git("true")},
			[]string{"v0.1.1-0.20260301123000-848052a3190e+dirty\n", commit + ", with changes that are\n              not committed\n"}},
		{"installed from a proxy", debug.BuildInfo{Main: debug.Module{Path: modulePath, Version: "v0.1.0"}},
			[]string{"module:       v0.1.0\n", "commit:       not recorded in this build\n", "source date:  not recorded in this build\n"}},
		{"without version control", debug.BuildInfo{Main: debug.Module{Path: modulePath, Version: "(devel)"}},
			[]string{"module:       devel: the build does not say which version it is of\n"}},
		{"a part of another program", debug.BuildInfo{Main: debug.Module{Path: "example.org/other", Version: "v9.9.9"}},
			[]string{"module:       devel: the build does not say which version it is of\n"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.info.GoVersion = "go1.26.0"
			build := buildOf(&test.info)
			build.Strategies = []result.Strategy{{ID: "ks-2016-2019", Version: "1", SHA256: strings.Repeat("0", 64)}}
			a := inLanguage(t, "en")
			text, err := a.versionText(build, "text", report.TextOptions{})
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("the text lacks %q:\n%s", want, text)
				}
			}
			data, err := a.versionText(build, "json", report.TextOptions{})
			if err != nil {
				t.Fatal(err)
			}
			validVersion(t, data)
		})
	}
}

func inLanguage(t *testing.T, language i18n.Language) *app {
	t.Helper()
	printer, err := i18n.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return &app{printer: printer}
}

func validVersion(t *testing.T, data string) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(data))
	if err == nil {
		err = schema(t).Validate(value)
	}
	if err != nil {
		t.Errorf("%v\n%s", err, data)
	}
}

// The strategies are named with the digest that results carry, in all
// languages; JSON says the same in each and can be written to a file.
func TestVersionNamesTheStrategies(t *testing.T) {
	t.Chdir(t.TempDir())
	digest := "SHA-256\n              " + newestDigest(t) + "\n"
	for _, language := range []string{"nb", "nn", "en"} {
		run := call(t, "", "version", "--lang", language)
		if run.code != Done || !strings.HasPrefix(run.stdout, "ksdev:") || !strings.Contains(run.stdout, digest) {
			t.Errorf("%s: exit code %d\n%s%s", language, run.code, run.stdout, run.stderr)
		}
	}
	run := call(t, "", "version", "-f", "text", "-f", "json=version.json", "--lang", "nn")
	data, err := os.ReadFile("version.json")
	if err != nil || run.code != Done {
		t.Fatal(run, err)
	}
	if got := call(t, "", "version", "-f", "json", "--lang", "en").stdout; got != string(data) {
		t.Errorf("JSON depends on the language:\n%s", difference(string(data), got))
	}
	validVersion(t, string(data))
	if run := call(t, "", "version", "-f", "xml"); run.code != Usage {
		t.Errorf("an unknown format: exit code %d", run.code)
	}
	if run := call(t, "", "version", "-o", filepath.Join("missing", "v.txt")); run.code != Unread || run.stdout != "" {
		t.Errorf("a folder that does not exist: exit code %d, %q", run.code, run.stdout)
	}
}

// newestDigest is that of the strategy that initiatives are assessed under.
func newestDigest(t *testing.T) string {
	t.Helper()
	data := call(t, "title: x\n", "assess", "-q", "-f", "ndjson", "-").stdout
	_, after, _ := strings.Cut(data, `"sha256":"`)
	digest, _, _ := strings.Cut(after, `"`)
	if len(digest) != 64 {
		t.Fatalf("no digest in %s", data)
	}
	return digest
}
