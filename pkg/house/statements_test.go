package house

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// gaps lists the blocks of statements that no test of a package ran, in these
// files, in all where there are none, by a profile of go test: lines of
// "file:line.column,line.column statements count" after the first, which says
// the mode.
func gaps(r *tree, folder, profile string, files []string) (all []place, share float64, err error) {
	run, statements := 0, 0
	for _, block := range strings.Split(strings.TrimSpace(profile), "\n")[1:] {
		name, rest, _ := strings.Cut(block, ":")
		if len(files) > 0 && !slices.Contains(files, filepath.Base(name)) {
			continue
		}
		fields := strings.Fields(rest)
		s := r.source(folder + "/" + filepath.Base(name))
		if s == nil || len(fields) != 3 {
			return nil, 0, fmt.Errorf("%q is no block of %s", block, folder)
		}
		line, _, _ := strings.Cut(fields[0], ".")
		number, err := strconv.Atoi(line)
		if err != nil || number < 1 || number > len(r.sourceLines(s)) {
			return nil, 0, fmt.Errorf("%q has no line", block)
		}
		n, err := strconv.Atoi(fields[1])
		if err != nil {
			return nil, 0, err
		}
		statements += n
		if fields[2] != "0" {
			run += n
		} else if n > 0 {
			all = append(all, r.place(s, number))
		}
	}
	return all, 100 * float64(run) / float64(max(statements, 1)), nil
}

// compareGaps says which gaps have no reason, and which reasons no gap.
func compareGaps(found []place, listed []unnoticed) (findings []string) {
	for _, p := range found {
		if !slices.ContainsFunc(listed, func(u unnoticed) bool { return u.place == p }) {
			findings = append(findings, fmt.Sprintf("not run, and not listed:\n  - in: %s\n    line: %s", p.in, quote(p.line)))
		}
	}
	for _, u := range listed {
		if !slices.Contains(found, u.place) {
			findings = append(findings, fmt.Sprintf("listed, but run: %s: %s", u.in, u.line))
		}
	}
	return findings
}

// TestStatements compares what the tests do not run with what is listed:
// KSDEV_COVERAGE is a folder with a profile of each package.
func TestStatements(t *testing.T) {
	folder := os.Getenv("KSDEV_COVERAGE")
	if folder == "" {
		t.Skip("there are no profiles: make statements makes some")
	}
	r := readTree(t, os.DirFS(root(t)))
	lists, _ := r.unnoticed()
	for _, list := range lists {
		t.Run(list.name, func(t *testing.T) {
			profile, err := os.ReadFile(filepath.Join(folder, list.name))
			if err != nil {
				t.Fatal(err)
			}
			found, share, err := gaps(r, "pkg/"+list.name, string(profile), list.files)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%.1f %% of the statements are run", share)
			for _, finding := range compareGaps(found, list.statements) {
				t.Error(finding)
			}
		})
	}
}

func TestGapsAreFound(t *testing.T) {
	r := treeOf(t, map[string]string{"pkg/a/a.go": "package a\n\nfunc f(a int) int {\n\tif a < 0 {\n\t\treturn 1\n\t}\n\tif a > 9 {\n\t\treturn 2\n\t}\n\treturn 3\n}\n"})
	found, share, err := gaps(r, "pkg/a", "mode: set\nx/pkg/a/a.go:5.11,7.3 1 0\nx/pkg/a/a.go:8.11,10.3 1 0\nx/pkg/a/a.go:11.2,12.2 2 7\nx/pkg/a/b.go:1.1,2.2 9 0\n", []string{"a.go"})
	if err != nil || share != 50 {
		t.Fatalf("%v %% run, %v", share, err)
	}
	listed := []unnoticed{{place: place{"f", "if a < 0 {"}}, {place: place{"f", "return 3"}}}
	compare(t, compareGaps(found, listed), []string{"not listed:\n  - in: f\n    line: 'if a > 9 {'", "listed, but run: f: return 3"})
	for _, wrong := range []string{"x/pkg/a/b.go:5.11,7.3 1 0", "x/pkg/a/a.go:5.11,7.3 1", "x/pkg/a/a.go:99.11,7.3 1 0", "x/pkg/a/a.go:5.11,7.3 x 0"} {
		if found, _, err := gaps(r, "pkg/a", "mode: set\n"+wrong, nil); err == nil {
			t.Errorf("%s is read as %v", wrong, found)
		}
	}
}
