package house

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

const actionFolder = ".github/actions/assess"

// action reads the action's own description.
func action(t *testing.T) *yamldoc.Node {
	t.Helper()
	name := filepath.Join(root(t), filepath.FromSlash(actionFolder), "action.yml")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return readYAML(t, "action.yml", string(data))
}

var expression = regexp.MustCompile(`\$\{\{ *(.*?) *\}\}`)

// Every input reaches a step, through a variable and never as part of a script,
// and every output comes from a step.
func TestActionPassesItsInputs(t *testing.T) {
	description := action(t)
	passed := map[string]bool{}
	for _, step := range child(description, "runs", "steps").Items {
		if script := child(step, "run").Value; strings.Contains(script, "${{") {
			t.Errorf("a script has an expression in it: %s", script)
		}
		if shell := child(step, "shell").Value; shell != "bash" {
			t.Errorf("a step runs in %q", shell)
		}
		for _, variable := range child(step, "env").Pairs {
			match := expression.FindStringSubmatch(variable.Value.Value)
			if match == nil || match[0] != variable.Value.Value {
				t.Errorf("%s is %q, not one expression", variable.Key.Value, variable.Value.Value)
				continue
			}
			if name, ok := strings.CutPrefix(match[1], "inputs."); ok {
				passed[name] = true
			}
		}
	}
	inputs := keysOf(child(description, "inputs"))
	for _, name := range inputs {
		if !passed[name] {
			t.Errorf("the input %s reaches no step", name)
		}
		if child(description, "inputs", name, "description").Value == "" {
			t.Errorf("the input %s is not described", name)
		}
	}
	if len(passed) != len(inputs) {
		t.Errorf("passed are %v, inputs are %v", passed, inputs)
	}
	if got := keysOf(child(description, "outputs")); !slices.Equal(got, []string{"exit-code", "result", "sarif"}) {
		t.Errorf("outputs are %v", got)
	}
}

// A script stops at a fault that it does not expect.
func TestScriptsStopAtFaults(t *testing.T) {
	scripts, err := filepath.Glob(filepath.Join(root(t), filepath.FromSlash(actionFolder), "*.sh"))
	if err != nil || len(scripts) < 3 {
		t.Fatalf("scripts are %v: %v", scripts, err)
	}
	for _, name := range scripts {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		isPart := strings.HasPrefix(string(data), "# shellcheck shell=bash\n") // which the others read
		if !isPart && !strings.Contains(string(data), "\nset -euo pipefail\n") {
			t.Errorf("%s goes on after a fault", filepath.Base(name))
		}
	}
}

// used is the action after it has run.
type used struct {
	code    int // of the step that fails first
	out     string
	summary string
	outputs map[string]string
}

// use runs the steps of the action as a runner would; a program that is at hand
// is not built again.
func (m *machine) use(t *testing.T, inputs map[string]string) used {
	t.Helper()
	description := action(t)
	known := map[string]string{}
	for _, input := range child(description, "inputs").Pairs {
		known["inputs."+input.Key.Value] = child(input.Value, "default").Value
	}
	for name, value := range inputs {
		known["inputs."+name] = value
	}
	var u used
	for _, step := range child(description, "runs", "steps").Items {
		if !m.isDue(t, step, known, u.code) {
			continue
		}
		var variables []string
		for _, variable := range child(step, "env").Pairs {
			variables = append(variables, variable.Key.Value+"="+evaluate(t, variable.Value.Value, known))
		}
		script := child(step, "run").Value
		if m.program != "" && strings.HasSuffix(script, `/build.sh"`) {
			script = `ln -s "$PROGRAM" "$RUNNER_TEMP/ksdev" && printf 'folder=%s\n' "$RUNNER_TEMP" >>"$GITHUB_OUTPUT"`
			variables = append(variables, "PROGRAM="+m.program)
		}
		f := m.step(t, script, variables)
		for name, value := range f.outputs {
			known["steps."+child(step, "id").Value+".outputs."+name] = value
		}
		u.out, u.summary = u.out+f.out+f.err, u.summary+f.summary
		if u.code == 0 {
			u.code = f.code
		}
	}
	u.outputs = map[string]string{}
	for _, output := range child(description, "outputs").Pairs {
		u.outputs[output.Key.Value] = evaluate(t, child(output.Value, "value").Value, known)
	}
	return u
}

// isDue reports whether a step runs: without a condition as long as none has
// failed.
func (m *machine) isDue(t *testing.T, step *yamldoc.Node, known map[string]string, code int) bool {
	t.Helper()
	switch condition := child(step, "if").Value; condition {
	case "":
		return code == 0
	case "${{ !cancelled() && inputs.base != '' && steps.assess.outputs.exit-code != '' }}":
		return known["inputs.base"] != "" && known["steps.assess.outputs.exit-code"] != ""
	default:
		t.Fatalf("this test does not know the condition %s", condition)
		return false
	}
}

// evaluate replaces an expression by the first of its values that is not empty.
func evaluate(t *testing.T, text string, known map[string]string) string {
	t.Helper()
	match := expression.FindStringSubmatch(text)
	if match == nil {
		t.Fatalf("%q is not an expression", text)
	}
	for name := range strings.SplitSeq(match[1], " || ") {
		if !strings.HasPrefix(name, "steps.") && !strings.HasPrefix(name, "inputs.") {
			t.Fatalf("this test does not know the expression %s", text)
		}
		if value := known[name]; value != "" {
			return value
		}
	}
	return ""
}

func TestAction(t *testing.T) {
	tests := []struct {
		name   string
		inputs map[string]string
		change func(*machine, *testing.T)
		code   int
		exit   string // the output exit-code
		files  bool   // whether there are a result and SARIF
		out    string // what the log has
	}{
		{name: "nothing is named", inputs: map[string]string{"paths": "initiatives"}, change: (*machine).shelve, exit: "0", files: true, out: "::warning file=initiatives/nabolagsverksted.yaml"},
		{name: "what is named is found", inputs: map[string]string{"paths": "initiatives", "fail-on": "shelve,unsettled"}, change: (*machine).shelve, code: 1, exit: "1", files: true, out: "::error file=initiatives/nabolagsverksted.yaml"},
		{name: "names on lines of their own", inputs: map[string]string{"paths": "initiatives", "fail-on": "unsettled\nshelve\n"}, change: (*machine).shelve, code: 1, exit: "1", files: true},
		{name: "what is named is not found", inputs: map[string]string{"paths": "initiatives", "fail-on": "shelve"}, exit: "0", files: true},
		{name: "all inputs", inputs: map[string]string{"paths": "initiatives", "strategy": "ks-2016-2019", "language": "en", "fail-on": "shelve", "base": "origin/main"}, exit: "0", files: true, out: "Nothing changed"},
		{name: "several paths", inputs: map[string]string{"paths": "initiatives/klimabudsjett-i-kommunene.yaml\r\n\ninitiatives/nabolagsverksted.yaml\n", "language": "en"}, change: (*machine).shelve, exit: "0", files: true, out: "2 initiatives"},
		{name: "a path with blanks", inputs: map[string]string{"paths": "new initiatives/a b.yaml", "language": "en"}, change: func(m *machine, t *testing.T) { m.write(t, "new initiatives/a b.yaml", "title: A\n") }, exit: "0", files: true, out: "1 initiative"},
		{name: "no paths", inputs: map[string]string{"paths": ""}, code: 2, exit: "2"},
		{name: "a misspelt name", inputs: map[string]string{"paths": "initiatives", "fail-on": "shelvee"}, code: 2, exit: "2", out: "shelve"},
		{name: "no such file", inputs: map[string]string{"paths": "initiatives\nproposals"}, code: 3, exit: "3", files: true, out: "::error file=proposals"},
		{name: "worse than the base", inputs: map[string]string{"paths": "initiatives", "base": "origin/main"}, change: (*machine).worsen, code: 1, exit: "1", files: true},
		{name: "no such base", inputs: map[string]string{"paths": "initiatives", "base": "nowhere"}, code: 2, exit: "2", files: true},
		{name: "wrong usage weighs more than an unreadable file", inputs: map[string]string{"paths": "initiatives\nproposals", "base": "nowhere"}, code: 3, exit: "2", files: true},
		{name: "an unreadable file weighs more than what is named", inputs: map[string]string{"paths": "initiatives\nproposals", "fail-on": "shelve", "base": "origin/main"}, change: (*machine).worsen, code: 3, exit: "3", files: true},
	}
	program := build(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			m := newMachine(t).with(program)
			if test.change != nil {
				test.change(m, t)
			}
			u := m.use(t, test.inputs)
			if u.code != test.code || u.outputs["exit-code"] != test.exit {
				t.Errorf("it ended with %d and says %q\n%s", u.code, u.outputs["exit-code"], u.out)
			}
			for _, name := range []string{"result", "sarif"} {
				if _, err := os.Stat(u.outputs[name]); (err == nil) != test.files {
					t.Errorf("%s is %q", name, u.outputs[name])
				}
			}
			if test.files && u.summary == "" {
				t.Error("there is no summary")
			}
			if !strings.Contains(u.out, test.out) {
				t.Errorf("the log does not have %q:\n%s", test.out, u.out)
			}
		})
	}
}

// Whatever an input holds, it is one value: nothing of it is run, taken for a
// flag or written as an output.
func TestActionWithHostileInputs(t *testing.T) {
	hostile := []string{
		`$(touch made)`, "`touch made`", `"; touch made; "`, `'; touch made; '`, "x\ntouch made", "x\nexit-code=0",
		"--output=made", "-omade", "--config=made", "-", "*", "${HOME}", `\`, "::set-output name=exit-code::0", "x' || 'y",
	}
	m := newMachine(t).with(build(t))
	valid := map[string]string{"paths": "initiatives", "strategy": "ks-2016-2019", "language": "en", "fail-on": "shelve", "base": "origin/main"}
	before := m.run(t, "git status --porcelain --ignored").out
	for _, name := range keysOf(child(action(t), "inputs")) {
		for i, value := range append([]string{valid[name] + " --quiet", valid[name] + "\n--quiet"}, hostile...) {
			t.Run(name+" "+strconv.Itoa(i), func(t *testing.T) {
				inputs := map[string]string{"paths": "initiatives"}
				inputs[name] = value
				u := m.use(t, inputs)
				if u.code != 2 && u.code != 3 {
					t.Errorf("%q: exit code %d\n%s", value, u.code, u.out)
				}
				if weightiest := u.outputs["exit-code"]; weightiest != fmt.Sprint(u.code) {
					t.Errorf("%q: the output exit-code is %q, not %d", value, weightiest, u.code)
				}
				if after := m.run(t, "git status --porcelain --ignored").out; after != before {
					t.Errorf("%q: something was changed: %s", value, after)
				}
				for line := range strings.Lines(u.out) {
					if command := strings.TrimSpace(line); strings.HasPrefix(command, "::") && !strings.HasPrefix(command, "::error") &&
						!strings.HasPrefix(command, "::warning") && !strings.HasPrefix(command, "::notice") {
						t.Errorf("%q: the runner would do %s", value, command)
					}
				}
			})
		}
	}
}
