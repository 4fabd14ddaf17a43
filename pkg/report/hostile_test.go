package report

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// hostileTexts are what a stranger may write into a file.
func hostileTexts() map[string]string {
	return map[string]string{
		"quotes":            `"'` + "`" + `«»`,
		"the end of CDATA":  "a]]>b]]]]><![CDATA[>",
		"encoded":           "%0A%25 &lt; &#10; \\u0000 \\n",
		"a command":         "::error::x",
		"a command inside":  "a\n::error file=b::x\r\n  ::set-output name=a::b",
		"a blank first":     "\u00a0\u3000::stop-commands::x",
		"an old command":    "##[error]x ##[stop-commands]y",
		"without width":     "#\ufe0f#\ufe0f[add-mask]e #\u0301#[x] :\u0301:x::y",
		"in colour":         "\x1b[31mrød\x1b[0m\x1b]0;eid\x07",
		"bars":              "| a | b |\n| --- |",
		"a script":          "<script>alert(1)</script><img src=x onerror=y>",
		"a folded text":     "</summary></details><details open>",
		"Markdown":          "# a\n- b\n1. c\n> d\n```\ne\n~~~\n***\n===\n[f](javascript:g) ![h](i) <https://j> [k]: l",
		"a link of SARIF":   "[a](1) [b](https://c) {0} {{1}} }{",
		"control":           "\x00\x01\b\v\f\x7f\u0085\u200b\u2028\u2029\ufeff\ufffe\uffff",
		"right to left":     "\u202eabc\u202c \u2067def\u2069 שלום العربية",
		"not UTF-8":         "a\xff\xfe\xc3(\xed\xa0\x80",
		"replacement":       "\ufffd",
		"emoji":             "👨‍👩‍👧 🇳🇴 ❤️ :tada: 1️⃣",
		"mentions":          "@ks #12 GH\u002d3 a@b.no www.c.no https://d.no $x$",
		"a formula":         "=1+1\t;@SUM(1)",
		"long":              strings.Repeat("lang tekst ", 1000),
		"long, in one word": strings.Repeat("å", 10000),
		"long, of signs":    strings.Repeat("]]>##[|<:", 1200),
		"only blanks":       " \t\r\n\u00a0",
		"nothing":           "",
		"NFD":               "A\u030angstro\u0308m",
		"a mark alone":      "\u20e3",
	}
}

// findingsOf puts a text into every place that findings have for one.
func findingsOf(text string) Findings {
	finding := func(kind FindingKind, waiver string) Finding {
		return Finding{Rule: text, Kind: kind, Message: text, Detail: text, Line: 3, Column: 4, Key: text, Waiver: waiver, Shown: true}
	}
	all := []Finding{finding(FindingFail, ""), finding(FindingOpen, ""), finding(FindingPass, ""), finding(FindingFail, text+"x")}
	return Findings{
		Tool:     Tool{Name: text, Version: text, URI: text},
		Headline: text,
		Rules:    []FindingRule{{ID: text, Title: text, Text: text, Help: text, URI: text, Tags: []string{text, text}}},
		Suites: []Suite{{ID: text, Title: text, Path: text, Document: 1, Findings: all, Overall: finding(FindingInformation, "")},
			{ID: text, Title: text, Path: "b.yaml", Document: 1, Findings: all}},
		Problems: []Problem{{Path: text, Line: 1, Message: text, Grave: true}, {Path: "b.yaml", Message: text}},
		Words:    FindingWords{Left: func(int) string { return text }},
	}
}

func checkSARIF(t testing.TB, schema *jsonschema.Schema, text string) {
	t.Helper()
	out := write(t, "sarif", findingsOf(text))
	if got := commandsIn(string(out)); len(got) > 0 {
		t.Errorf("commands: %+v", got)
	}
	run := readSARIF(t, schema, out).Runs[0]
	if len(run.Results) != 9-len(unruled(text)) || len(run.Tool.Driver.Rules) != 1 || len(run.Invocations[0].ToolExecutionNotifications) != 2 {
		t.Errorf("got %d results, %d rules", len(run.Results), len(run.Tool.Driver.Rules))
	}
	want := sarifPlain(cleanHead(inSentences(text, text), sarifMessageLength))
	for _, result := range run.Results {
		if got := unbraced(result.Message.Text); got != want {
			t.Errorf("message: got %.300q, want %.300q", got, want)
		}
		if result.RuleID != run.Tool.Driver.Rules[0].ID || result.RuleIndex != 0 {
			t.Errorf("rule: got %.300q %d", result.RuleID, result.RuleIndex)
		}
	}
	if got, want := run.Tool.Driver.Name, clean(text, false); got != want {
		t.Errorf("name: got %.300q, want %.300q", got, want)
	}
}

// unruled: a suite has an overall finding only where that names a rule.
func unruled(text string) []string {
	if text == "" {
		return []string{text}
	}
	return nil
}

func checkJUnit(t testing.TB, schema xsd, text string) {
	t.Helper()
	out := write(t, "junit", findingsOf(text))
	if got := commandsIn(string(out)); len(got) > 0 {
		t.Errorf("commands: %+v", got)
	}
	root := readJUnit(t, schema, out)
	suites, cases := 4, 5-len(unruled(text))
	if text == "b.yaml" {
		suites = 3
	}
	if len(root.Suites) != suites || len(root.Suites[0].Testcases) != cases {
		t.Fatalf("%d suites", len(root.Suites))
	}
	want := oneLine(text, junitLength)
	failure := root.Suites[0].Testcases[0].Failure
	if failure == nil || failure.Message != want || !strings.HasPrefix(failure.Data, want) || root.Name != want {
		t.Errorf("got %+v, want %.300q", failure, want)
	}
	if strings.ContainsFunc(string(out), func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' || r == utf8.RuneError && !strings.Contains(text, "\ufffd")
	}) {
		t.Errorf("control characters in %.300q", out)
	}
}

func checkGitHub(t testing.TB, text string) {
	t.Helper()
	out := GitHub(findingsOf(text))
	lines := 11 - len(unruled(text))
	commands := commandsIn(out)
	if len(commands) != lines {
		t.Fatalf("%d commands, not %d, in\n%.2000s", len(commands), lines, out)
	}
	if oneLine(text, githubMessageLength) != "" || text != "" {
		lines++ // the headline
	}
	if got := strings.Count(out, "\n"); got != lines || strings.ContainsAny(out, "\r\x1b\x00") || !utf8.ValidString(out) {
		t.Errorf("%d lines, not %d, in %.300q", got, lines, out)
	}
	message := oneLine(text, githubMessageLength)
	for _, c := range commands {
		if c.name != "error" && c.name != "warning" && c.name != "notice" {
			t.Errorf("a command named %.300q", c.name)
		}
		for line := range strings.SplitSeq(c.data, "\n") {
			if line != message && line != oneLine(text+"x", githubMessageLength) {
				t.Errorf("message: got %.300q, want %.300q", line, message)
			}
		}
		if title, ok := c.properties["title"]; ok && title != oneLine(findingsOf(text).ruleName(0, text), githubTitleLength) {
			t.Errorf("title: got %.300q", title)
		}
	}
}

// checkMarkdown looks at a page whose texts are all the same: as many lines of
// the same kinds as for any other text, which reads back as it was.
func checkMarkdown(t testing.TB, text string) {
	t.Helper()
	folded := func(text string) Document {
		d := everywhere(text)
		return doc(append(d.Blocks, Details{Summary: text, Blocks: d.Blocks})...)
	}
	page := mustMarkdown(t, folded(text), MarkdownOptions{})
	if got := commandsIn(page); len(got) > 0 {
		t.Errorf("commands: %+v", got)
	}
	if !utf8.ValidString(page) || strings.ContainsFunc(page, func(r rune) bool { return r < ' ' && r != '\n' }) {
		t.Errorf("control characters in %.300q", page)
	}
	want := strings.TrimSpace(clean(text, false))
	if want == "" {
		return // what has no text leaves no lines
	}
	if got, want := shapeOf(page), shapeOf(mustMarkdown(t, folded("tekst"), MarkdownOptions{})); !reflect.DeepEqual(got, want) {
		t.Errorf("shape: got %.300q, want %.300q\n%.2000s", got, want, page)
	}
	for line := range strings.Lines(mustMarkdown(t, doc(Paragraph{Text: Say(text)}, List{Items: [][]Span{Say(text)}}), MarkdownOptions{})) {
		line = strings.TrimPrefix(strings.TrimSuffix(line, "\n"), "- ")
		if got := plainOf(t, line); line != "" && got != want {
			t.Errorf("got %.300q, want %.300q", got, want)
		}
	}
	row := strings.Split(mustMarkdown(t, doc(plainTable([]Column{{}, {}}, []string{text, "b"})), MarkdownOptions{}), "\n")[2]
	cells := strings.Split(row, "|")
	short := strings.TrimSpace(shorten(Say(clean(text, false)), CellLimit, "…")[0].Text)
	if len(cells) != 4 || plainOf(t, strings.TrimSpace(cells[1])) != short || cells[2] != " b " {
		t.Errorf("cells: got %.300q, want %.300q", cells, short)
	}
	if got := plainOfHTML(t, inHTML(text)); got != want {
		t.Errorf("summary: got %.300q, want %.300q", got, want)
	}
}

func TestHostile(t *testing.T) {
	schema, xsd := compiledSchema(t), junitSchema(t)
	for name, text := range hostileTexts() {
		t.Run(name, func(t *testing.T) {
			t.Run("sarif", func(t *testing.T) { checkSARIF(t, schema, text) })
			t.Run("junit", func(t *testing.T) { checkJUnit(t, xsd, text) })
			t.Run("github", func(t *testing.T) { checkGitHub(t, text) })
			t.Run("markdown", func(t *testing.T) { checkMarkdown(t, text) })
			t.Run("html", func(t *testing.T) { checkHTML(t, text) })
		})
	}
}

// addHostile gives the texts to a fuzz test. Long ones would keep it from trying
// many.
func addHostile(f *testing.F) {
	for _, text := range hostileTexts() {
		if len(text) < 300 {
			f.Add(text)
		}
	}
}

func FuzzSARIF(f *testing.F) {
	addHostile(f)
	schema := compiledSchema(f)
	f.Fuzz(func(t *testing.T, text string) { checkSARIF(t, schema, text) })
}

func FuzzJUnit(f *testing.F) {
	addHostile(f)
	schema := junitSchema(f)
	f.Fuzz(func(t *testing.T, text string) { checkJUnit(t, schema, text) })
}

func FuzzGitHub(f *testing.F) {
	addHostile(f)
	f.Fuzz(func(t *testing.T, text string) { checkGitHub(t, text) })
}

func FuzzMarkdown(f *testing.F) {
	addHostile(f)
	f.Fuzz(func(t *testing.T, text string) { checkMarkdown(t, text) })
}
