package house

import (
	"bytes"
	"debug/buildinfo"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// release is what .goreleaser.yaml says of a build.
type release struct {
	systems, processors       []string
	environment, flags        []string
	linkerFlags               []string
	main, modified            string
	archives, build, document *yamldoc.Node
}

func readRelease(t *testing.T) release {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root(t), ".goreleaser.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	document := readYAML(t, ".goreleaser.yaml", string(data))
	builds := child(document, "builds").Items
	archives := child(document, "archives").Items
	if len(builds) != 1 || len(archives) != 1 {
		t.Fatalf(".goreleaser.yaml has %d builds and %d kinds of archives", len(builds), len(archives))
	}
	build := builds[0]
	return release{systems: values(child(build, "goos")), processors: values(child(build, "goarch")),
		environment: values(child(build, "env")), flags: values(child(build, "flags")), linkerFlags: values(child(build, "ldflags")),
		main: child(build, "main").Value, modified: child(build, "mod_timestamp").Value,
		archives: archives[0], build: build, document: document}
}

// values lists the scalars of a list.
func values(list *yamldoc.Node) (all []string) {
	for _, item := range list.Items {
		all = append(all, item.Value)
	}
	return all
}

// A release is for three systems on two kinds of processors, with what belongs
// to it, and no time but that of the commit.
func TestReleaseIsWhole(t *testing.T) {
	r := readRelease(t)
	for _, test := range []struct {
		what      string
		got, want []string
	}{
		{"systems", r.systems, []string{"linux", "darwin", "windows"}},
		{"processors", r.processors, []string{"amd64", "arm64"}},
		{"left out", keysOf(child(r.build, "ignore")), nil},
		{"environment", r.environment, []string{"CGO_ENABLED=0"}},
		{"archives", values(child(r.archives, "formats")), []string{"tar.gz"}},
		{"on Windows", values(child(child(r.archives, "format_overrides").Items[0], "formats")), []string{"zip"}},
		{"the time of the program", []string{r.modified}, []string{"{{ .CommitTimestamp }}"}},
	} {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("%s: %v, want %v", test.what, test.got, test.want)
		}
	}
	infos := []*yamldoc.Node{child(r.archives, "builds_info")}
	var files strings.Builder
	for _, file := range child(r.archives, "files").Items {
		files.WriteString(child(file, "src").Value + " ")
		infos = append(infos, child(file, "info"))
	}
	for _, info := range infos {
		if got := child(info, "mtime").Value; got != "{{ .CommitDate }}" {
			t.Errorf("line %d: the time in the archive is %q, not that of the commit", info.Line, got)
		}
	}
	for _, name := range []string{"LICENSE", "README.md", "CHANGELOG.md", "release/files "} {
		if !strings.Contains(files.String(), name) {
			t.Errorf("the archives lack %s", name)
		}
	}
	for _, key := range []string{"checksum", "sboms", "before"} {
		if !slices.Contains(keysOf(r.document), key) {
			t.Errorf(".goreleaser.yaml lacks %s", key)
		}
	}
}

// builtAs are the flags of go build that a release has.
func (r release) builtAs() []string {
	return append(slices.Clone(r.flags), "-ldflags="+strings.Join(r.linkerFlags, " "))
}

// The same commit gives the same program, in whatever folder it is built, and
// the program knows the commit. It is built for a system that .ci/run builds
// for in any case, so that what is compiled here is not lost.
func TestBuildsAreReproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("the program is not built with -short")
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	r := readRelease(t)
	home := t.TempDir()
	files := programFiles(t)
	var programs [][]byte
	for _, folder := range []string{"a", filepath.Join("elsewhere", "in a folder with a longer name", "ksdev")} {
		folder, program := filepath.Join(home, folder), filepath.Join(t.TempDir(), "ksdev")
		commitCopy(t, folder, files)
		command(t, folder, append(r.environment, "GOOS=darwin", "GOARCH=arm64", "GOFLAGS="),
			"go", append(append([]string{"build", "-o", program}, r.builtAs()...), r.main)...)
		data, err := os.ReadFile(program)
		if err != nil {
			t.Fatal(err)
		}
		knowsItsCommit(t, program)
		if place := []byte(home); bytes.Contains(data, place) || bytes.Contains(data, []byte(root(t))) {
			t.Errorf("the program names the folder that it was built in")
		}
		programs = append(programs, data)
	}
	if !bytes.Equal(programs[0], programs[1]) {
		t.Errorf("two builds of the same commit, in different folders, differ: %d and %d bytes", len(programs[0]), len(programs[1]))
	}
}

// programFiles are the files that the program is built from, read once, since
// somebody may be at work on them.
func programFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range readTree(t, os.DirFS(root(t))).names {
		first, _, _ := strings.Cut(name, "/")
		if !slices.Contains([]string{"go.mod", "go.sum", "cmd", "pkg", "criteria"}, first) || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "/testdata/") {
			continue
		}
		data, err := os.ReadFile(filepath.Join(root(t), filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = data
	}
	return files
}

// commitCopy makes a folder a repository with the files, in one commit that is
// the same whoever makes it and whenever.
func commitCopy(t *testing.T, folder string, files map[string][]byte) {
	t.Helper()
	for name, data := range files {
		target := filepath.Join(folder, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(target), 0o755), os.WriteFile(target, data, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	const date = "2026-03-01T12:30:00Z"
	environment := []string{"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_DATE=" + date, "GIT_COMMITTER_DATE=" + date}
	for _, args := range [][]string{
		{"init", "--quiet"},
		{"-c", "core.autocrlf=false", "add", "."},
		{"-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "Release"},
		{"tag", "v0.1.0"},
	} {
		command(t, folder, environment, "git", args...)
	}
}

func command(t *testing.T, folder string, environment []string, name string, args ...string) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), environment...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// knowsItsCommit checks what “ksdev version” says of a release.
func knowsItsCommit(t *testing.T, program string) {
	t.Helper()
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if info.Main.Version != "v0.1.0" {
		t.Errorf("the program says that it is of version %q, not of that of the tag", info.Main.Version)
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	for key, want := range map[string]string{"vcs.time": "2026-03-01T12:30:00Z", "vcs.modified": "false", "CGO_ENABLED": "0", "-trimpath": "true"} {
		if settings[key] != want {
			t.Errorf("%s is recorded as %q, not as %q", key, settings[key], want)
		}
	}
	if len(settings["vcs.revision"]) != 40 {
		t.Errorf("the commit is recorded as %q", settings["vcs.revision"])
	}
}

// What others wrote runs in the project's workflows only in the version that
// was looked at, and only the job that makes a release may write anything.
func TestWorkflowsAreBounded(t *testing.T) {
	pinned := regexp.MustCompile(`^(\./.*|[\w.-]+/[\w./-]+@[0-9a-f]{40})$`)
	files, err := filepath.Glob(filepath.Join(root(t), ".github", "workflows", "*.yaml"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(file)
		workflow := readYAML(t, name, string(data))
		if permissions := child(workflow, "permissions"); len(permissions.Pairs) != 1 || child(permissions, "contents").Value != "read" {
			t.Errorf("%s: may do more than read", name)
		}
		for _, job := range child(workflow, "jobs").Pairs {
			if child(job.Value, "permissions").Pairs != nil && job.Key.Value != "release" {
				t.Errorf("%s: the job %s has rights of its own", name, job.Key.Value)
			}
			for _, step := range child(job.Value, "steps").Items {
				if uses := child(step, "uses").Value; uses != "" && !pinned.MatchString(uses) {
					t.Errorf("%s:%d: %s is not named by its commit", name, step.Line, uses)
				}
			}
		}
	}
}
