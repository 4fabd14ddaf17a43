package cli

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// heavyStrategies change one file of a strategy, or add to it, so that reading
// it could take for ever: what they name is the file, what stands in it before
// which something comes, and that.
func heavyStrategies() map[string][3]string {
	conditions := func(text string) [3]string {
		return [3]string{"strategy.yaml", "thresholds:\n", "conditions:\n" + text}
	}
	facts := func(text string) [3]string { return [3]string{"facts.yaml", "", text} }
	const rest = "    grounds: optional\n    changeable: no\n    effort: low\n"
	const answer = "    kind: answer\n" + rest
	long := strings.Repeat("c", 1000)
	options := "    kind: choices\n    options:\n" + numbered("      o%[1]d:\n        nb: a%[1]d\n        nn: a%[1]d\n        en: a%[1]d\n", 64) + rest
	return map[string][3]string{
		"conditions that double":  conditions("  c0: application.applicant == ks\n" + doubling(300)),
		"conditions in a circle":  conditions(numbered("  c%d:\n    all: [c0, c1]\n", 300)),
		"many comparisons":        conditions(numbered("  c%d: application.amount > %[1]d000\n", 900)),
		"long names":              conditions(numbered("  "+long+"%d: "+strings.Repeat("d", 1000)+"%[1]d\n", 400)),
		"deep":                    conditions("  c0: " + strings.Repeat("{all: [", 28) + "application.applicant == ks" + strings.Repeat("]}", 28) + "\n"),
		"a list":                  conditions("  c0:\n    any: [" + numbered("application.amount > %d000,", 9_000) + "application.applicant == ks]\n"),
		"facts":                   facts(numbered("  project.x%d:\n"+answer, 900)),
		"long names of facts":     facts(numbered("  project."+long+"%d:\n"+answer, 500)),
		"options":                 facts(numbered("  project.s%d:\n", 1) + options),
		"sets of options":         facts(strings.ReplaceAll(numbered("  project.s%d:\nOPTIONS", 20), "OPTIONS", options)),
		"unknown keys":            facts(numbered("k%d: 1\n", 900)),
		"rules":                   {"formalities.yaml", "", numbered("  - id: Z%d\n    source:\n      section: a\n      page: 1\n    strength: must\n    ours: yes\n    pass_when: application.amount > %[1]d00\n", 1400)},
		"unused texts":            {"text/nb.yaml", "", numbered("fakts%d:\n"+numbered("  a%d: b\n", 30), 300)},
		"rows":                    {"recommendation.yaml", "", numbered("  - id: r%d\n    recommend: decline\n    when: {}\n", 2000)},
		"conditions of the table": {"recommendation.yaml", "rows:\n", numbered("  t%d: merits.passed >= 1\n", 900)},
		"hard for diagrams":       {"merits.yaml", "", hard()},
		"many amounts":            {"merits.yaml", "", amounts()},
		"a comment":               {"text/nb.yaml", "", "# " + strings.Repeat("a", 900_000) + "\n"},
		"laughs":                  {"notes.yaml", "notes:\n", "a: &a [x,x,x,x,x,x,x,x,x]\n" + numbered("b%[1]d: &b%[1]d [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n", 9)},
		"broken at its end":       {"text/nb.yaml", "", numbered("f%d: 1\n", 20_000) + "\"\n"},
	}
}

// doubling are conditions each of which names the one before it twice.
func doubling(n int) string {
	var b strings.Builder
	last := "c0"
	for i := range n {
		name := "d" + strings.Repeat("x", i/26) + string(rune('a'+i%26))
		b.WriteString("  " + name + ":\n    all: [" + last + ", " + last + "]\n")
		last = name
	}
	return b.String()
}

// hard are rules over many facts that no order of them keeps small.
func hard() string {
	return numbered("  - id: Z%d\n    source:\n      section: a\n      page: 1\n    strength: must\n    ours: yes\n    pass_when:\n      at_least:\n        n: 2\n        of: [application.applicant == ks, application.recipient == ministry, application.amount > %[1]d00]\n", 200)
}

// amounts are rules that cut two amounts into hundreds of parts, all of which a
// diagram's node has.
func amounts() string {
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, "  - id: Z%d\n    source:\n      section: a\n      page: 1\n    strength: must\n    ours: yes\n    pass_when:\n      at_least:\n        n: 30\n        of: [", i)
		for j := range 30 {
			fmt.Fprintf(&b, "application.amount > %[1]d000, funding.own_share > 0.%04[1]d, ", 7*j+i+1)
		}
		b.WriteString("]\n")
	}
	return b.String()
}

func TestStrategiesWithinLimits(t *testing.T) {
	built := os.DirFS(repository(t, "examples/strategies/prosjektskjonn"))
	sound := soundFile(t)
	t.Chdir(t.TempDir())
	write(t, ".", "sound.yaml", sound)
	write(t, ".", "one.yaml", wholeOne)
	base, _ := measure(t, "assess", "-f", "markdown", "sound.yaml")
	b := &budget{times: mostTimesAsking, base: base.Processor}
	for what, change := range heavyStrategies() {
		if err := os.RemoveAll("strategi"); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS("strategi", built); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile("strategi/" + change[0])
		if err != nil {
			t.Fatal(err)
		}
		text := string(data) + change[2]
		if change[1] != "" {
			if !strings.Contains(string(data), change[1]) {
				t.Fatalf("%s: no %q in %s", what, change[1], change[0])
			}
			text = strings.Replace(string(data), change[1], change[2]+change[1], 1)
		}
		if len(text) > yamldoc.MaxInput {
			t.Errorf("%s has %d bytes", what, len(text))
		}
		write(t, "strategi", change[0], text)
		one, run := measure(t, "assess", "--strategy", "./strategi", "one.yaml")
		b.hold(t, what, one, run)
		if run.code == Done && what != "a comment" {
			t.Errorf("%s: it was assessed", what)
		}
		one, run = measure(t, "strategy", "check", "./strategi")
		b.hold(t, "check: "+what, one, run)
	}
	for what, text := range map[string]string{
		"keys":     numbered("k%d: 1\n", 990),
		"waivers":  "waivers:\n" + numbered("  - initiative: a%d\n    rule: D1\n    because: a\n    approved_by: b\n    expires: 2030-01-01\n", 1800),
		"settings": "set:\n" + numbered("  t%d: 1\n", 990),
		"patterns": "exclude:\n" + strings.Repeat("  - '"+strings.Repeat("*a", 200)+"'\n", 900),
		"laughs":   "a: &a [x,x,x,x,x,x,x,x,x]\n" + numbered("b%[1]d: &b%[1]d [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n", 9),
		"a list":   "fail_on: [" + numbered("C%d,", 19_000) + "D1]\n",
	} {
		write(t, ".", "krav.yaml", text)
		one, run := measure(t, "assess", "-q", "--config", "krav.yaml", "--today", "2026-05-01", ".")
		b.hold(t, "configuration: "+what, one, run)
	}
	b.report(t)
}
