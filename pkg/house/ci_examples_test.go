package house

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Every example for CI is one of those that the tests below run.
func TestExamplesForCIAreKnown(t *testing.T) {
	known := []string{"# In .github/workflows/", "# Steps of a job in ", "# In .gitlab-ci.yml\n", "#!/usr/bin/env bash\n",
		"ksdev diff ", "# In .pre-commit-config.yaml\n", "# .ksdev.yaml\n", "ksdev assess --today "}
	var begun []string
	for _, b := range inCI(t) {
		i := slices.IndexFunc(known, func(begin string) bool { return strings.HasPrefix(b.text, begin) })
		if i < 0 {
			t.Errorf("no test runs the example\n%s", b.text)
			continue
		}
		begun = append(begun, known[i])
		if b.language == "yaml" {
			readYAML(t, "README.md", b.text)
		}
	}
	if len(begun) != len(known) {
		t.Errorf("there are examples that begin with %q, want %q", begun, known)
	}
}

// What the README shows does what the README says.
func TestExamplesForCI(t *testing.T) {
	program := build(t)
	for name, run := range map[string]func(*testing.T, *machine){
		"workflow with the action": workflowWithTheAction,
		"plain script":             plainScript,
		"waiver":                   waiver,
		"hook":                     hook,
	} {
		t.Run(name, func(t *testing.T) { run(t, newMachine(t).with(program)) })
	}
}

// The workflow gives the action inputs that it has, and uses outputs that it
// has; with these inputs the action does what the README says.
func workflowWithTheAction(t *testing.T, m *machine) {
	steps := child(readYAML(t, "workflow", blockWith(t, "# In .github/workflows/")), "jobs", "assess", "steps").Items
	i := slices.IndexFunc(steps, func(s *yamldoc.Node) bool {
		return strings.Contains(child(s, "uses").Value, "/"+actionFolder+"@")
	})
	if i < 0 {
		t.Fatal("no step uses the action")
	}
	inputs := map[string]string{}
	for _, input := range child(steps[i], "with").Pairs {
		inputs[input.Key.Value] = strings.ReplaceAll(input.Value.Value, "${{ github.base_ref }}", "main")
	}
	description := action(t)
	for name := range inputs {
		if !slices.Contains(keysOf(child(description, "inputs")), name) {
			t.Errorf("the action has no input %s", name)
		}
	}
	outputs := regexp.MustCompile(`steps\.`+child(steps[i], "id").Value+`\.outputs\.([a-z-]+)`).FindAllStringSubmatch(blockWith(t, "# In .github/workflows/"), -1)
	for _, output := range outputs {
		if !slices.Contains(keysOf(child(description, "outputs")), output[1]) {
			t.Errorf("the action has no output %s", output[1])
		}
	}
	if u := m.use(t, inputs); u.code != 0 {
		t.Errorf("nothing changed: exit code %d\n%s", u.code, u.out)
	}
	m.worsen(t)
	if u := m.use(t, inputs); u.code != 1 || !strings.Contains(u.out, "to shelve – worse than before") || !strings.Contains(u.summary, "to shelve – worse than before") {
		t.Errorf("worse: exit code %d\n%s", u.code, u.out)
	}
}

func TestStepsWithoutTheAction(t *testing.T) {
	m := newMachine(t)
	for _, change := range []struct {
		make func(*testing.T)
		code int
	}{{func(*testing.T) {}, 0}, {m.shelve, 1}} {
		change.make(t)
		temporary := t.TempDir()
		var r ran
		for _, step := range readYAML(t, "steps", blockWith(t, "# Steps of a job in ")).Items {
			switch script := child(step, "run").Value; {
			case script != "":
				r = m.run(t, script, "RUNNER_TEMP="+temporary)
			case child(step, "with", "path").Value != "": // the other repository
				link := filepath.Join(m.folder, child(step, "with", "path").Value)
				if err := os.Symlink(root(t), link); err != nil && !os.IsExist(err) {
					t.Fatal(err)
				}
			}
		}
		if r.code != change.code || !strings.Contains(r.out, "::warning file=initiatives/") == (change.code == 1) {
			t.Errorf("exit code %d, want %d\n%s%s", r.code, change.code, r.out, r.err)
		}
		if sarif := m.read(t, filepath.Join(m.folder, "ksdev.sarif")); !strings.Contains(sarif, `"2.1.0"`) {
			t.Errorf("this is not SARIF: %.80s", sarif)
		}
	}
}

func TestGitLabJob(t *testing.T) {
	m := newMachine(t)
	m.set("KSDEV_REPOSITORY", m.copyOfRepository(t))
	programs := t.TempDir()
	m.set("GOBIN", programs)
	m.set("PATH", programs+string(os.PathListSeparator)+m.get("PATH"))
	job := child(readYAML(t, "job", blockWith(t, "# In .gitlab-ci.yml")), "assess")
	for _, item := range child(job, "before_script").Items {
		m.must(t, item.Value)
	}
	for _, code := range []int{0, 1} {
		for _, item := range child(job, "script").Items {
			if r := m.run(t, item.Value); r.code != code || r.out == "" {
				t.Errorf("exit code %d, want %d\n%s%s", r.code, code, r.out, r.err)
			}
		}
		report := m.read(t, filepath.Join(m.folder, child(job, "artifacts", "reports", "junit").Value))
		if !strings.Contains(report, "<testsuite ") {
			t.Errorf("this is no report: %.80s", report)
		}
		m.shelve(t)
	}
}

// copyOfRepository is a git repository with this program in it.
func (m *machine) copyOfRepository(t *testing.T) string {
	t.Helper()
	copied := &machine{folder: t.TempDir(), environment: m.environment}
	for _, name := range readTree(t, os.DirFS(root(t))).names {
		if !strings.HasSuffix(name, "_test.go") && !strings.Contains(name, "testdata/") {
			copied.write(t, name, m.read(t, filepath.Join(root(t), name)))
		}
	}
	copied.must(t, "git init --quiet && git add . && git -c user.name=Test -c user.email=test@example.org commit --quiet --message Program")
	return copied.folder
}

// The plain script, and what can be done with the result that it saves.
func plainScript(t *testing.T, m *machine) {
	script := blockWith(t, "#!/usr/bin/env bash\n")
	commands := strings.Split(strings.TrimSpace(blockWith(t, "ksdev verify ")), "\n")
	for _, stage := range []struct {
		name   string
		change func(*testing.T)
		code   int
		codes  []int // of the commands: diff, render, verify
		says   string
	}{
		{"nothing is named", func(*testing.T) {}, 0, []int{0, 0, 0}, ""},
		{"one is shelved", m.shelve, 1, []int{0, 1, 0}, ""},
		{"worse than the base", m.worsen, 1, []int{1, 1, 0}, ""},
		{"one cannot be read", func(t *testing.T) { m.write(t, "initiatives/a.yaml", "titel: A\n") }, 3, []int{3, 3, 3}, "the check itself went wrong"},
	} {
		stage.change(t)
		r := m.run(t, script)
		if r.code != stage.code || r.out == "" || strings.Contains(r.err, "the check itself went wrong") != (stage.says != "") {
			t.Errorf("%s: exit code %d, want %d\n%s%s", stage.name, r.code, stage.code, r.out, r.err)
		}
		for i, command := range commands {
			if r := m.run(t, command); r.code != stage.codes[i] || r.out == "" {
				t.Errorf("%s: %s: exit code %d, want %d\n%s%s", stage.name, command, r.code, stage.codes[i], r.out, r.err)
			}
		}
	}
}

// The waiver excuses until its last day; the command for a day after it fails.
func waiver(t *testing.T, m *machine) {
	m.write(t, ".ksdev.yaml", blockWith(t, "# .ksdev.yaml\n"))
	command := strings.TrimSpace(blockWith(t, "ksdev assess --today "))
	r := m.run(t, command)
	if r.code != 1 || r.err != "" {
		t.Errorf("after the last day: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	last := child(readYAML(t, ".ksdev.yaml", blockWith(t, "# .ksdev.yaml\n")), "waivers").Items[0]
	command = regexp.MustCompile(`--today \S+`).ReplaceAllString(command, "--today "+child(last, "expires").Value)
	if r := m.run(t, command); r.code != 0 || !strings.Contains(strings.Join(strings.Fields(r.out), " "), child(last, "because").Value) {
		t.Errorf("on the last day: exit code %d\n%s%s", r.code, r.out, r.err)
	}
	if r := m.run(t, "ksdev config"); !strings.Contains(r.out, "klimabudsjett-i-kommunene, C6") {
		t.Errorf("the waiver is not shown:\n%s", r.out)
	}
}

// The hook takes the YAML files of a folder and runs as pre-commit runs it: its
// entry, the arguments of who uses it, and the files.
func hook(t *testing.T, m *machine) {
	data, err := os.ReadFile(filepath.Join(root(t), ".pre-commit-hooks.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	offered := readYAML(t, ".pre-commit-hooks.yaml", string(data)).Items[0]
	used := child(readYAML(t, "README.md", blockWith(t, "# In .pre-commit-config.yaml")), "repos").Items[0]
	used = child(used, "hooks").Items[0]
	if child(used, "id").Value != child(offered, "id").Value || child(offered, "language").Value != "golang" {
		t.Errorf("the README has the hook %q", child(used, "id").Value)
	}
	for _, pattern := range []string{child(offered, "files").Value, child(used, "files").Value} {
		files := regexp.MustCompile(pattern)
		if !files.MatchString("initiatives/2018/a.yml") || files.MatchString("docs/initiatives/a.yaml") || files.MatchString(".github/workflows/ci.yaml") {
			t.Errorf("the files are %s", pattern)
		}
	}
	command := child(offered, "entry").Value
	for _, argument := range child(used, "args").Items {
		command += " " + argument.Value
	}
	if r := m.run(t, command+" initiatives/klimabudsjett-i-kommunene.yaml"); r.code != 0 || r.err != "" {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
	m.shelve(t)
	if r := m.run(t, command+" initiatives/klimabudsjett-i-kommunene.yaml initiatives/nabolagsverksted.yaml"); r.code != 1 {
		t.Errorf("exit code %d\n%s", r.code, r.err)
	}
}

// The project's own workflow may only read, and what it uses is pinned to a
// commit, with its version beside it.
func TestWorkflow(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root(t), ".github", "workflows", "ci.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	workflow := readYAML(t, "ci.yaml", string(data))
	if p := child(workflow, "permissions"); len(p.Pairs) != 1 || child(p, "contents").Value != "read" {
		t.Errorf("the permissions are %v", keysOf(p))
	}
	pinned := regexp.MustCompile(`^ *- uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	for line := range strings.Lines(string(data)) {
		if strings.Contains(line, "uses: ") && !strings.Contains(line, "uses: ./") && !pinned.MatchString(strings.TrimSuffix(line, "\n")) {
			t.Errorf("not pinned: %s", line)
		}
		if strings.Contains(line, "run: ") && strings.Contains(line, "${{") {
			t.Errorf("a script has an expression in it: %s", line)
		}
	}
	var commands []string
	for _, job := range child(workflow, "jobs").Pairs {
		if child(job.Value, "timeout-minutes").Value == "" || len(child(job.Value, "permissions").Pairs) > 0 {
			t.Errorf("%s has no limit or permissions of its own", job.Key.Value)
		}
		for _, step := range child(job.Value, "steps").Items {
			commands = append(commands, child(step, "run").Value)
			if local, ok := strings.CutPrefix(child(step, "uses").Value, "./"); ok && local != actionFolder {
				t.Errorf("there is no action %s", local)
			}
		}
	}
	for _, command := range []string{"go build ./...", "go vet ./...", "go test -timeout 25m ./...", ".ci/run"} {
		if !slices.Contains(commands, command) {
			t.Errorf("the workflow does not run %s", command)
		}
	}
}
