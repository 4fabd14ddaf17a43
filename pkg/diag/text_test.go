package diag

import (
	"strings"
	"testing"
	"unicode"

	"github.com/ks-no/ksdev/pkg/i18n"
)

func printer(t testing.TB, language i18n.Language) *i18n.Printer {
	t.Helper()
	p, err := i18n.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// at makes a diagnostic in line 3 of a file; keys without words stand for
// themselves.
func at(column, width int, source string) Diagnostic {
	return Diagnostic{Severity: Error, Pos: Pos{File: "a.yaml", Line: 3, Column: column}, Source: source, Width: width,
		Message: i18n.M("melding"), Hint: i18n.M("gjør noe")}
}

func TestText(t *testing.T) {
	long := strings.Repeat("en to tre ", 30)
	tests := []struct {
		name string
		list List
		want string
	}{
		{"nothing", nil, ""},
		{"plain", List{at(1, 5, "titel: Læring")}, `a.yaml:3:1: feil: melding
  3 | titel: Læring
    | ^^^^^
  råd: gjør noe
`},
		{"after Norwegian letters", List{at(8, 3, "æøå: 'Å' b")}, `a.yaml:3:8: feil: melding
  3 | æøå: 'Å' b
    |        ^^^
  råd: gjør noe
`},
		{"under and after CJK", List{at(1, 2, "日本語: 東京 x"), at(6, 2, "日本語: 東京 x"), at(9, 1, "日本語: 東京 x")}, `a.yaml:3:1: feil: melding
  3 | 日本語: 東京 x
    | ^^^^
  råd: gjør noe
a.yaml:3:6: feil: melding
  3 | 日本語: 東京 x
    |         ^^^^
  råd: gjør noe
a.yaml:3:9: feil: melding
  3 | 日本語: 東京 x
    |              ^
  råd: gjør noe
`},
		{"after emoji, one of several characters", List{at(4, 1, "😀a b"), at(9, 1, "a 👩\u200d💻👍🏽 b c")}, `a.yaml:3:4: feil: melding
  3 | 😀a b
    |     ^
  råd: gjør noe
a.yaml:3:9: feil: melding
  3 | a 👩` + "\u200d" + `💻👍🏽 b c
    |        ^
  råd: gjør noe
`},
		{"after a combining accent", List{at(5, 1, "e\u0301: b")}, `a.yaml:3:5: feil: melding
  3 | é: b
    |    ^
  råd: gjør noe
`},
		{"after tabs", List{at(4, 1, "\ta\tb")}, `a.yaml:3:4: feil: melding
  3 |  a b
    |    ^
  råd: gjør noe
`},
		{"after characters that are not shown", List{at(5, 1, "a\x1b\u202e\xffb")}, `a.yaml:3:5: feil: melding
  3 | a<U+001B><U+202E><U+FFFD>b
    |                          ^
  råd: gjør noe
`},
		{"behind the line", List{at(3, 1, "a:"), at(9, 4, "a:")}, `a.yaml:3:3: feil: melding
  3 | a:
    |   ^
  råd: gjør noe
a.yaml:3:9: feil: melding
  3 | a:
    |   ^
  råd: gjør noe
`},
		{"wider than the line", List{at(4, 99, "a: bcd")}, `a.yaml:3:4: feil: melding
  3 | a: bcd
    |    ^^^
  råd: gjør noe
`},
		{"long line, start", List{at(4, 2, long)}, `a.yaml:3:4: feil: melding
  3 | en to tre en to tre en to tre en to tre en to tre en to tre en to tre …
    |    ^^
  råd: gjør noe
`},
		{"long line, middle", List{at(151, 2, long)}, `a.yaml:3:151: feil: melding
  3 | … tre en to tre en to tre en to tre en to tre en to tre en to tre en to…
    |                                     ^^
  råd: gjør noe
`},
		{"long line, end", List{at(297, 3, long)}, `a.yaml:3:297: feil: melding
  3 | …en to tre en to tre en to tre en to tre en to tre en to tre en to tre
    |                                                                    ^^^
  råd: gjør noe
`},
		{"long line of CJK", List{at(100, 1, strings.Repeat("語", 200))}, `a.yaml:3:100: feil: melding
  3 | …語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語語…
    |                                    ^^
  råd: gjør noe
`},
		{"after what would be a command, and what would not", List{at(4, 1, "##[a]"), at(4, 1, "a#[b]"), at(4, 1, "###b]")}, `a.yaml:3:4: feil: melding
  3 | ## [a]
    |     ^
  råd: gjør noe
a.yaml:3:4: feil: melding
  3 | a#[b]
    |    ^
  råd: gjør noe
a.yaml:3:4: feil: melding
  3 | ###b]
    |    ^
  råd: gjør noe
`},
		{"as long as a line may be, with as many characters as are looked at", List{at(1, 1, strings.Repeat("e\u0301", sourceWidth))}, `a.yaml:3:1: feil: melding
  3 | ` + strings.Repeat("e\u0301", sourceWidth) + `
    | ^
  råd: gjør noe
`},
		{"room that is left over is for wide characters before", List{at(86, 1, strings.Repeat("語", 50)+strings.Repeat("a", 35)+"b")}, `a.yaml:3:86: feil: melding
  3 | …` + strings.Repeat("語", 17) + strings.Repeat("a", 35) + `b
    | ` + strings.Repeat(" ", 70) + `^
  råd: gjør noe
`},
	}
	for _, test := range tests {
		if got := Text(printer(t, i18n.Bokmal), test.list); got != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, strings.ReplaceAll(got, " \n", "·\n"), test.want)
		}
	}
}

// TestTextOfLittle shows what is left out where it is not known.
func TestTextOfLittle(t *testing.T) {
	list := List{
		{Severity: Warning, Pos: Pos{File: "b.yaml", Line: 12}, Source: "tekst", Message: i18n.M("linje uten kolonne")},
		{Severity: Notice, Pos: Pos{File: "b.yaml"}, Source: "tekst", Message: i18n.M("fil uten linje")},
		{Severity: Error, Message: i18n.M("ingen fil"), Hint: i18n.M("se etter")},
		{Severity: Error, Pos: Pos{File: "b.yaml", Line: 1, Column: 1}, Source: " \t ", Message: i18n.M("tom linje")},
	}
	tests := map[i18n.Language]string{
		i18n.Bokmal: `b.yaml:12: advarsel: linje uten kolonne
  12 | tekst
b.yaml: merknad: fil uten linje
b.yaml:1:1: feil: tom linje
feil: ingen fil
  råd: se etter
`,
		i18n.Nynorsk: `b.yaml:12: åtvaring: linje uten kolonne
  12 | tekst
b.yaml: merknad: fil uten linje
b.yaml:1:1: feil: tom linje
feil: ingen fil
  råd: se etter
`,
		i18n.English: `b.yaml:12: warning: linje uten kolonne
  12 | tekst
b.yaml: note: fil uten linje
b.yaml:1:1: error: tom linje
error: ingen fil
  hint: se etter
`,
	}
	for _, language := range i18n.Languages() {
		if got := Text(printer(t, language), list); got != tests[language] {
			t.Errorf("%s: got\n%swant\n%s", language, got, tests[language])
		}
	}
}

// TestTextOfMany shows that each file has its own limit, and that errors are
// not crowded out by warnings.
func TestTextOfMany(t *testing.T) {
	var list List
	for range Limit + 1 {
		list = append(list, Diagnostic{Severity: Warning, Pos: Pos{File: "a.yaml", Line: 1}, Message: i18n.M("w")})
	}
	list = append(list, Diagnostic{Severity: Error, Pos: Pos{File: "b.yaml", Line: 1}, Message: i18n.M("e")},
		Diagnostic{Severity: Error, Pos: Pos{File: "a.yaml", Line: 2}, Message: i18n.M("e")})
	want := strings.Repeat("a.yaml:1: advarsel: w\n", Limit-1) + "a.yaml:2: feil: e\na.yaml: 2 meldinger til er ikke vist\nb.yaml:1: feil: e\n"
	if got := Text(printer(t, i18n.Bokmal), list); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestTextOfHostileFiles shows that neither names nor contents of files become
// commands to a terminal or to the machine that runs a workflow.
func TestTextOfHostileFiles(t *testing.T) {
	list := List{{
		Severity: Error, Pos: Pos{File: "::error::\x1b[2J\n::x", Line: 1, Column: 13}, Width: 3,
		Source:  "::set-output ##[a]\u202e",
		Message: i18n.M("a\n::warning::b", "##[add-mask]c"), Hint: i18n.M("\r\n::debug::" + strings.Repeat("lang ", 400)),
	}}
	got := Text(printer(t, i18n.Bokmal), list)
	want := `: :error::<U+001B>[2J ::x:1:13: feil: a ::warning::b ## [add-mask]c
  1 | ::set-output ## [a]<U+202E>
    |             ^^^
  råd:  ::debug::` + strings.Repeat("lang ", 197) + "lang…\n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// A line of any length costs no more than its window does.
func TestWindow(t *testing.T) {
	for _, test := range []struct {
		from, to int
		want     string
	}{{0, 2, "æø"}, {1, 3, "øå"}, {3, 9, "bc"}, {5, 9, ""}, {2, 2, ""}} {
		if got := window("æøåbc", test.from, test.to); got != test.want {
			t.Errorf("from %d to %d: got %q, want %q", test.from, test.to, got, test.want)
		}
	}
}

// FuzzText: whatever stands in a file, every line of the text fits the screen
// but for messages, and holds nothing that controls it.
func FuzzText(f *testing.F) {
	f.Add("日本\t👩\u200d💻: \x1b e\u0301", 3, 4)
	f.Add(strings.Repeat("x", 500)+"##[a]", 400, 200)
	p := printer(f, i18n.Bokmal)
	f.Fuzz(func(t *testing.T, source string, column, width int) {
		got := Text(p, List{at(column, width, strings.ReplaceAll(source, "\n", " "))})
		lines := strings.Split(got, "\n")
		for _, line := range lines {
			if strings.Contains(line, "##[") || strings.HasPrefix(strings.TrimLeftFunc(line, unicode.IsSpace), "::") {
				t.Errorf("%q would be a command", line)
			}
			if clean := Clean(line); clean != line {
				t.Errorf("%q is not clean", line)
			}
		}
		if len(lines) > 5 {
			t.Errorf("%d lines: %q", len(lines), got)
		}
	})
}
