package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// command is what the runner of GitHub Actions makes of a line.
type command struct {
	name       string
	properties map[string]string
	data       string
}

// readCommand reads a line as the runner does: "::name key=value,…::data" after
// blanks, else "##[name key=value;…]data" anywhere in it. What has no width does
// not count.
func readCommand(line string) (command, bool) {
	start := strings.TrimSpace(line)
	if !strings.HasPrefix(start, "::") {
		start = strings.TrimSpace(seen(line))
	}
	if inside, ok := strings.CutPrefix(start, "::"); ok {
		head, data, ok := strings.Cut(inside, "::")
		name, properties, _ := strings.Cut(head, " ")
		c := command{name: name, properties: map[string]string{}, data: unescapeCommand(data, false)}
		for property := range strings.SplitSeq(properties, ",") {
			if key, value, isPair := strings.Cut(property, "="); isPair {
				c.properties[strings.TrimSpace(key)] = unescapeCommand(value, true)
			}
		}
		return c, ok
	}
	return command{name: "old"}, strings.Contains(seen(line), "##[")
}

func unescapeCommand(text string, isProperty bool) string {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "%0D", "\r"), "%0A", "\n")
	if isProperty {
		text = strings.ReplaceAll(strings.ReplaceAll(text, "%3A", ":"), "%2C", ",")
	}
	return strings.ReplaceAll(text, "%25", "%")
}

// commandsIn lists the commands that a log with the text would run.
func commandsIn(text string) []command {
	var all []command
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		if c, ok := readCommand(line); ok {
			all = append(all, c)
		}
	}
	return all
}

// oneFinding is a run that found one thing.
func oneFinding(finding Finding) Findings {
	finding.Rule, finding.Shown = "C1", true
	return Findings{Rules: []FindingRule{{ID: "C1", Title: "Tittel"}}, Suites: []Suite{{ID: "a", Path: "a.yaml", Document: 1, Findings: []Finding{finding}}}}
}

func TestGitHub(t *testing.T) {
	tests := []struct {
		name     string
		findings Findings
		want     string
	}{
		{"a fail that is not named", oneFinding(Finding{Kind: FindingFail, Message: "m", Line: 3, Column: 4}),
			"::warning file=a.yaml,line=3,col=4,title=C1 Tittel::m\n"},
		{"a fail that is named", oneFinding(Finding{Kind: FindingFail, Message: "m", Named: true}), "::error file=a.yaml,title=C1 Tittel::m\n"},
		{"open and named", oneFinding(Finding{Kind: FindingOpen, Message: "m", Named: true}), "::error file=a.yaml,title=C1 Tittel::m\n"},
		{"open", oneFinding(Finding{Kind: FindingOpen, Message: "m", Detail: "d"}), "::notice file=a.yaml,title=C1 Tittel::m%0Ad\n"},
		{"of no kind, with a column and no line", oneFinding(Finding{Message: "m", Column: 4}), "::notice file=a.yaml,title=C1 Tittel::m\n"},
		{"waived", oneFinding(Finding{Kind: FindingFail, Named: true, Message: "m", Waiver: "godtatt"}), "::notice file=a.yaml,title=C1 Tittel::m%0Agodtatt\n"},
		{"escaped in a message", oneFinding(Finding{Message: "100 %, 50 %0A: a,b ::error::x"}),
			"::notice file=a.yaml,title=C1 Tittel::100 %25, 50 %250A: a,b : :error::x\n"},
		{"escaped in a property", Findings{Problems: []Problem{{Path: "a,b:c%3A d/e.yaml", Line: 1, Message: "m", Grave: true}}},
			"::error file=a%2Cb%3Ac%253A d/e.yaml,line=1::m\n"},
		{"a line break", Findings{Problems: []Problem{{Path: "a\nb", Message: "m\r\n::error::n"}}}, "::warning file=a b::m : :error::n\n"},
		{"a headline that looks like a command", Findings{Headline: "::set-output name=x::y ##[add-mask]z"}, ": :set-output name=x::y ## [add-mask]z\n"},
		{"a problem without a place or a message", Findings{Problems: []Problem{{}}}, "::warning::\n"},
		{"a rule that is not among the rules", Findings{Suites: []Suite{{Findings: []Finding{{Rule: "C9", Shown: true, Message: "m"}}}}}, "::notice title=C9::m\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := GitHub(test.findings); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// manyFindings has so many findings of each kind: fails that are named, fails,
// and open ones.
func manyFindings(named, failed, open int) Findings {
	f := Findings{
		Rules: []FindingRule{{ID: "C1"}},
		Words: FindingWords{Left: func(n int) string { return strconv.Itoa(n) + " left" }},
	}
	add := func(n int, finding Finding) {
		for i := range n {
			finding.Rule, finding.Shown, finding.Line, finding.Message = "C1", true, i+1, "funn "+strconv.Itoa(i+1)
			f.Suites = append(f.Suites, Suite{ID: fmt.Sprint(len(f.Suites)), Path: "a.yaml", Document: 1, Findings: []Finding{finding}})
		}
	}
	add(open, Finding{Kind: FindingOpen})
	add(failed, Finding{Kind: FindingFail})
	add(named, Finding{Kind: FindingFail, Named: true})
	return f
}

func TestGitHubCount(t *testing.T) {
	tests := []struct {
		named, failed, open       int
		errors, warnings, notices int
		last                      string
	}{
		{0, 0, 0, 0, 0, 0, ""},
		{10, 10, 10, 10, 10, 10, "funn 10"},
		{11, 0, 0, 10, 0, 1, "1 left"},
		{0, 12, 9, 0, 10, 10, "2 left"},
		{0, 0, 11, 0, 0, 10, "2 left"},
		{20, 30, 40, 10, 10, 10, "61 left"},
	}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%d %d %d", test.named, test.failed, test.open), func(t *testing.T) {
			count := map[string]int{}
			last := ""
			var levels []string
			for _, c := range commandsIn(GitHub(manyFindings(test.named, test.failed, test.open))) {
				count[c.name]++
				last = c.data
				levels = append(levels, c.name)
			}
			if count["error"] != test.errors || count["warning"] != test.warnings || count["notice"] != test.notices || last != test.last {
				t.Errorf("got %v, last %q, want %+v", count, last, test)
			}
			order := []string{"error", "warning", "notice"}
			if !slices.IsSortedFunc(levels, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) }) {
				t.Errorf("the gravest do not come first: %q", levels)
			}
		})
	}
	t.Run("without words", func(t *testing.T) {
		f := manyFindings(0, 12, 0)
		f.Words.Left = nil
		if got := commandsIn(GitHub(f)); len(got) != 10 {
			t.Errorf("%d commands", len(got))
		}
	})
}
