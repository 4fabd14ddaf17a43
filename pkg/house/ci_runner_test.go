package house

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// root is the repository's own folder.
func root(t *testing.T) string {
	t.Helper()
	folder, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// machine is what a build server gives a script: a working folder, an
// environment without what this machine has set, and files for outputs.
type machine struct {
	folder      string // where scripts run
	environment []string
	program     string // a program that was built before; empty: there is none
}

// newMachine has a checkout of initiatives, with what is there as origin/main.
func newMachine(t *testing.T) *machine {
	t.Helper()
	needsShell(t)
	home := t.TempDir()
	m := &machine{folder: filepath.Join(home, "checkout")}
	inherited := func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.Contains([]string{"PATH", "TMPDIR", "GOPROXY", "GOTOOLCHAIN"}, name)
	}
	m.environment = slices.DeleteFunc(os.Environ(), func(entry string) bool { return !inherited(entry) })
	m.set("HOME", home)
	m.set("GOFLAGS", "-trimpath -buildvcs=false") // what was built in one folder serves in another
	m.set("GIT_CONFIG_GLOBAL", os.DevNull)
	m.set("GIT_CONFIG_NOSYSTEM", "1")
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		out, err := exec.Command("go", "env", name).Output()
		if err != nil {
			t.Fatal(err)
		}
		m.set(name, strings.TrimSpace(string(out)))
	}
	m.write(t, "initiatives/klimabudsjett-i-kommunene.yaml", m.example(t, "klimabudsjett-i-kommunene.yaml"))
	m.must(t, `git init --quiet
git add .
git -c user.name=Test -c user.email=test@example.org commit --quiet --message "Initiatives"
git update-ref refs/remotes/origin/main HEAD`)
	return m
}

// needsShell skips a test where its scripts cannot run.
func needsShell(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("scripts for CI are not run with -short")
	}
	if runtime.GOOS == "windows" {
		t.Skip("scripts for CI are not run on Windows: the bash of a path may be that of another system")
	}
	for _, name := range []string{"bash", "git"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("scripts for CI are not run: %s is not installed", name)
		}
	}
}

func (m *machine) example(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root(t), "examples", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// shelve adds an initiative that is to be shelved.
func (m *machine) shelve(t *testing.T) {
	t.Helper()
	m.write(t, "initiatives/nabolagsverksted.yaml", m.example(t, "nabolagsverksted.yaml"))
}

// worsen changes the initiative so that it is to be shelved.
func (m *machine) worsen(t *testing.T) {
	t.Helper()
	m.write(t, "initiatives/klimabudsjett-i-kommunene.yaml", m.example(t, "nabolagsverksted.yaml"))
}

func (m *machine) write(t *testing.T, name, text string) {
	t.Helper()
	target := filepath.Join(m.folder, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(target), 0o755), os.WriteFile(target, []byte(text), 0o644)); err != nil {
		t.Fatal(err)
	}
}

func (m *machine) read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// set sets a variable for all that runs from now on.
func (m *machine) set(name, value string) {
	m.environment = append(m.environment, name+"="+value)
}

func (m *machine) get(name string) string {
	for _, entry := range slices.Backward(m.environment) {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}

// ran is what a script printed and how it ended.
type ran struct {
	code     int
	out, err string
}

// run runs a script as a step of a workflow, with variables of its own.
func (m *machine) run(t *testing.T, script string, variables ...string) ran {
	t.Helper()
	cmd := exec.Command("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script)
	cmd.Dir = m.folder
	cmd.Env = append(slices.Clone(m.environment), variables...)
	cmd.Stdin = strings.NewReader("title: Not asked for\n")
	var out, failures bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &failures
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return ran{cmd.ProcessState.ExitCode(), out.String(), failures.String()}
}

func (m *machine) must(t *testing.T, script string, variables ...string) {
	t.Helper()
	if r := m.run(t, script, variables...); r.code != 0 {
		t.Fatalf("%s\nexit code %d\n%s%s", script, r.code, r.out, r.err)
	}
}

// build builds ksdev with the action's script.
func build(t *testing.T) (program string) {
	t.Helper()
	f := newMachine(t).step(t, `bash "$GITHUB_ACTION_PATH/build.sh"`, nil)
	program = filepath.Join(f.outputs["folder"], "ksdev")
	if _, err := os.Stat(program); f.code != 0 || err != nil {
		t.Fatalf("ksdev was not built: exit code %d, %v\n%s%s", f.code, err, f.out, f.err)
	}
	return program
}

// with has a program at hand, on the path and for the action.
func (m *machine) with(program string) *machine {
	m.program = program
	m.set("PATH", filepath.Dir(program)+string(os.PathListSeparator)+m.get("PATH"))
	return m
}

// finished is a step of a workflow that has run.
type finished struct {
	ran
	outputs map[string]string
	summary string
}

// step runs a step as GitHub's runner does: what it knows and what it wants to
// be told is in files that variables name.
func (m *machine) step(t *testing.T, script string, variables []string) finished {
	t.Helper()
	files := t.TempDir()
	outputs, summary := filepath.Join(files, "outputs"), filepath.Join(files, "summary")
	for _, name := range []string{outputs, summary} {
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	r := m.run(t, script, append(variables, "GITHUB_ACTION_PATH="+filepath.Join(root(t), filepath.FromSlash(actionFolder)),
		"RUNNER_TEMP="+files, "GITHUB_OUTPUT="+outputs, "GITHUB_STEP_SUMMARY="+summary)...)
	f := finished{ran: r, outputs: map[string]string{}, summary: m.read(t, summary)}
	for line := range strings.Lines(m.read(t, outputs)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		f.outputs[name] = value
	}
	return f
}

// readYAML reads a file with one document.
func readYAML(t *testing.T, name, text string) *yamldoc.Node {
	t.Helper()
	file, wrong := yamldoc.Read(name, []byte(text))
	if file == nil || wrong.HasErrors() || len(file.Documents) != 1 {
		t.Fatalf("%s cannot be read: %v", name, wrong)
	}
	return file.Documents[0].Root
}

// child is the value that a path of keys leads to; an empty node where there is
// none.
func child(node *yamldoc.Node, keys ...string) *yamldoc.Node {
	for _, key := range keys {
		i := slices.IndexFunc(node.Pairs, func(p yamldoc.Pair) bool { return p.Key.Value == key })
		if i < 0 {
			return &yamldoc.Node{}
		}
		node = node.Pairs[i].Value
	}
	return node
}

// keysOf lists the keys of a mapping.
func keysOf(node *yamldoc.Node) (keys []string) {
	for _, pair := range node.Pairs {
		keys = append(keys, pair.Key.Value)
	}
	return keys
}

var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// block is a fenced block of the README.
type block struct{ language, text string }

// inCI lists the blocks of the README's section on CI.
func inCI(t *testing.T) (blocks []block) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root(t), "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(data), "\n## In CI\n")
	if !found {
		t.Fatal("the README has no section “In CI”")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	for _, match := range fence.FindAllStringSubmatch(section, -1) {
		blocks = append(blocks, block{match[1], match[2]})
	}
	return blocks
}

// blockWith is the block of the section on CI that holds a text.
func blockWith(t *testing.T, text string) string {
	t.Helper()
	blocks := inCI(t)
	i := slices.IndexFunc(blocks, func(b block) bool { return strings.Contains(b.text, text) })
	if i < 0 {
		t.Fatalf("no block has %q", text)
	}
	return blocks[i].text
}
