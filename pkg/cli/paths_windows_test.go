package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

// inFolder makes files in a folder of their own, which becomes the working
// folder.
func inFolder(t *testing.T, files map[string]string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for name, text := range files {
		name = filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(folder)
	return folder
}

// A report that a spreadsheet has open stays as it is, nothing is left beside
// it, and the user is told what to do.
func TestReportHeldOpen(t *testing.T) {
	inFolder(t, map[string]string{"tiltak.yaml": "title: Nabohjelp\n", "rapport.txt": "fra i fjor\n"})
	name, err := windows.UTF16PtrFromString("rapport.txt")
	if err != nil {
		t.Fatal(err)
	}
	spreadsheet, err := windows.CreateFile(name, windows.GENERIC_READ, windows.FILE_SHARE_READ, nil, windows.OPEN_EXISTING, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		t.Fatal(err)
	}
	run := call(t, "", "assess", "-o", "rapport.txt", "tiltak.yaml")
	if run.code != Unread || !strings.Contains(run.stderr, "rapport.txt: et annet program har den åpen") {
		t.Errorf("exit code %d\n%s", run.code, run.stderr)
	}
	if err := windows.CloseHandle(spreadsheet); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile("rapport.txt")
	files, fault := os.ReadDir(".")
	if string(data) != "fra i fjor\n" || len(files) != 2 {
		t.Errorf("the report is %q, there are %v: %v, %v", data, files, err, fault)
	}
	if run := call(t, "", "assess", "-o", "rapport.txt", "tiltak.yaml"); run.code != Done {
		t.Errorf("it is closed: exit code %d\n%s", run.code, run.stderr)
	}
}

// Paths are written as Windows has them, and shown with forward slashes.
func TestPathsOfWindows(t *testing.T) {
	own := os.DirFS(repository(t, "criteria/ks-2016-2019"))
	folder := inFolder(t, map[string]string{`tiltak\a.yaml`: "id: a\ntitle: A\n", `tiltak\b.yaml`: "id: b\ntitle: B\n", `tiltak\[c].txt`: "x"})
	if err := os.CopyFS(`strategier\egen`, own); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		args []string
		want []string // paths of the inputs, in their order
	}{
		{"a file", []string{`tiltak\a.yaml`}, []string{"tiltak/a.yaml"}},
		{"a folder", []string{`.\tiltak\`}, []string{"tiltak/a.yaml", "tiltak/b.yaml"}},
		{"a pattern", []string{`tiltak\?.yaml`}, []string{"tiltak/a.yaml", "tiltak/b.yaml"}},
		{"by other letters", []string{`TILTAK\A.yaml`, "tiltak/a.YAML"}, []string{"TILTAK/A.yaml"}},
		{"by its drive", []string{filepath.Join(folder, "tiltak", "b.yaml")}, []string{filepath.ToSlash(folder) + "/tiltak/b.yaml"}},
		{"a strategy's folder", []string{"--strategy", `.\strategier\egen`, `tiltak\a.yaml`}, []string{"tiltak/a.yaml"}},
		{"a strategy by its drive", []string{"--strategy", folder + `\strategier\egen`, `tiltak\a.yaml`}, []string{"tiltak/a.yaml"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			result := filepath.Join(folder, "resultat.ndjson")
			run := call(t, "", append([]string{"assess", "-f", "ndjson=" + result}, test.args...)...)
			if run.code != Done || run.stderr != "" {
				t.Errorf("exit code %d\n%s", run.code, run.stderr)
			}
			data, err := os.ReadFile(result)
			if err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
				if i < len(test.want) != strings.Contains(line, `"input":{"path":"`) || i < len(test.want) && !strings.Contains(line, `"input":{"path":"`+test.want[i]+`"`) {
					t.Errorf("record %d is not of %q:\n%.400s", i, test.want, line)
				}
			}
		})
	}
	for arg, want := range map[string]string{`tiltak\*.json`: "ingen fil passer til navnet", `borte\a.yaml`: "borte/a.yaml kan ikke leses: den finnes ikke", "nul": "ikke en vanlig fil"} {
		if run := call(t, "", "assess", arg); run.code != Unread || !strings.Contains(run.stderr, want) {
			t.Errorf("%s: exit code %d\n%s", arg, run.code, run.stderr)
		}
	}
}
