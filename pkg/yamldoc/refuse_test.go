package yamldoc

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// A refusal is an input with everything that a user is told about it. The
// files testdata/refused/*.txt hold them as blocks of a name after "==", the
// input as a quoted Go string, and the text in bokmål.
type refusal struct {
	name, input, want string
}

// TestRefused compares what a user is told, word for word. With KSDEV_UPDATE=1
// in the environment the files are written anew.
func TestRefused(t *testing.T) {
	p := printer(t, i18n.Bokmal)
	for _, file := range refusalFiles(t) {
		cases := refusals(t, file)
		for i, c := range cases {
			_, found := Read("tiltak.yaml", []byte(c.input))
			got := diag.Text(p, found)
			if os.Getenv("KSDEV_UPDATE") != "" {
				cases[i].want = got
			} else if got != c.want {
				t.Errorf("%s: %s: %q gives\n%swant\n%s", file, c.name, c.input, got, c.want)
			}
			if len(found) == 0 {
				t.Errorf("%s: %s: nothing found", file, c.name)
			}
		}
		if os.Getenv("KSDEV_UPDATE") != "" {
			write(t, file, cases)
		}
	}
}

// TestWords checks that every message and hint has words in all languages,
// with no placeholder left over, and that no words are there for nothing.
func TestWords(t *testing.T) {
	used := map[string]bool{}
	var found diag.List
	for _, file := range refusalFiles(t) {
		for _, c := range refusals(t, file) {
			_, l := Read("tiltak.yaml", []byte(c.input))
			found = append(found, l...)
		}
	}
	for _, limit := range limits() {
		_, l := Read("tiltak.yaml", []byte(limit.input))
		found = append(found, l...)
	}
	placeholder := regexp.MustCompile(`\{\d`)
	for _, language := range i18n.Languages() {
		p := printer(t, language)
		for _, d := range found {
			for _, m := range []i18n.Message{d.Message, d.Hint} {
				used[m.Key] = true
				if !m.IsZero() && (!p.Has(m.Key) || placeholder.MatchString(p.Text(m))) {
					t.Errorf("%s: %q is worded %q", language, m.Key, p.Text(m))
				}
			}
		}
		for key := range topic(t, language) {
			if !used[key] {
				t.Errorf("%s: %q is never used in a test", language, key)
			}
		}
	}
}

func printer(t testing.TB, language i18n.Language) *i18n.Printer {
	t.Helper()
	p, err := i18n.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func refusalFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/refused/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no files of refusals", err)
	}
	return files
}

func refusals(t testing.TB, file string) []refusal {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var cases []refusal
	for _, block := range strings.Split("\n"+string(data), "\n== ")[1:] {
		lines := strings.SplitN(block, "\n", 3)
		if len(lines) < 2 {
			t.Fatalf("%s: block %q is cut short", file, block)
		}
		input, err := strconv.Unquote(lines[1])
		if err != nil {
			t.Fatalf("%s: %s: %v", file, lines[0], err)
		}
		c := refusal{name: lines[0], input: input}
		if len(lines) == 3 {
			c.want = strings.TrimRight(lines[2], "\n") + "\n"
		}
		cases = append(cases, c)
	}
	return cases
}

func write(t *testing.T, file string, cases []refusal) {
	t.Helper()
	var b strings.Builder
	for i, c := range cases {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "== %s\n%s\n%s", c.name, strconv.Quote(c.input), c.want)
	}
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// topic gives the keys of this package's words.
func topic(t testing.TB, language i18n.Language) map[string]bool {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "i18n", "text", string(language), "yamldoc.json"))
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, match := range regexp.MustCompile(`(?m)^\s*"(yamldoc\.\w+)":`).FindAllStringSubmatch(string(data), -1) {
		keys[match[1]] = true
	}
	return keys
}

// limit is an input just beyond a limit, and one just within.
type limit struct {
	name, within, input string
	key                 string
}

func limits() []limit {
	keys := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "k%d: 1\n", i)
		}
		return b.String()
	}
	list := func(n int) string { return strings.Repeat("- 1\n", n) }
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	text := func(n int) string { return "a: " + strings.Repeat("å", n) }
	comment := func(n int) string { return "a: 1\n#" + strings.Repeat("x", n-6) }
	return []limit{
		{"nodes", list(MaxNodes - 1), list(MaxNodes), "yamldoc.too_many_nodes"},
		{"depth", deep(MaxDepth), deep(MaxDepth + 1), "yamldoc.too_deep"},
		{"depth beyond the library's", "a: 1", strings.Repeat("[", 20_000), "yamldoc.too_deep"},
		{"keys", keys(MaxKeys), keys(MaxKeys + 1), "yamldoc.too_many_keys"},
		{"text", text(MaxText), text(MaxText + 1), "yamldoc.too_long"},
		{"input", comment(MaxInput), comment(MaxInput + 1), "yamldoc.too_large_file"},
		{"lines", "a: 1" + strings.Repeat("\n", MaxSigns-1), "a: 1" + strings.Repeat("\n", MaxSigns), "promises.too_many_signs"},
		{"signs of several documents", "a: 1", strings.Repeat("---\na: ["+strings.Repeat("1,", 6000)+"]\n", 9), "promises.too_many_signs"},
		{"documents", strings.Repeat("---\na: 1\n", MaxDocuments), strings.Repeat("---\na: 1\n", MaxDocuments+1),
			"yamldoc.too_many_documents"},
	}
}

func TestLimits(t *testing.T) {
	for _, c := range limits() {
		if _, found := Read("f", []byte(c.within)); len(found) > 0 {
			t.Errorf("%s: within the limit: %v", c.name, found[0].Message)
		}
		_, found := Read("f", []byte(c.input))
		if !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code() == c.key }) {
			t.Errorf("%s: beyond the limit: no %s among %d diagnostics", c.name, c.key, len(found))
		}
	}
}

// TestFarFault shows that the line of a fault is found far down as well, where
// looking for it line by line would take too long.
func TestFarFault(t *testing.T) {
	for _, lines := range []int{10, 1000, 20_000} {
		input := "x:\n" + strings.Repeat("  - abc\n", lines) + "\n\n# d\n a: b\nc: d\n"
		_, found := Read("f", []byte(input))
		if len(found) != 1 || found[0].Code() != "yamldoc.indent" || found[0].Pos.Line < lines+5 || found[0].Pos.Line > lines+6 {
			t.Errorf("after %d lines: %v", lines, found)
		}
		_, found = Read("f", []byte("x:\n"+strings.Repeat("  - abc\n", lines)+" - d\n\n  # e\n\n\n"))
		if len(found) != 1 || found[0].Code() != "yamldoc.indent" || found[0].Pos.Line != lines+2 {
			t.Errorf("before empty lines, after %d lines: %v", lines, found)
		}
	}
}
