package report

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
)

func mustMarkdown(t testing.TB, d Document, o MarkdownOptions) string {
	t.Helper()
	got, err := Markdown(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestMarkdown(t *testing.T) {
	two := []Column{{Title: "Id"}, {Title: "Antall", Align: Right}}
	tests := []struct {
		name string
		doc  Document
		want string
	}{
		{"nothing", doc(), ""},
		{"blocks without text", doc(Paragraph{}, Fields{}, List{}, Table{Columns: two}, Heading{}, Paragraph{Text: Say("a")}), "a\n"},
		{"headings and paragraphs, however close", doc(Heading{Level: 1, Text: "Tittel", Aside: "a.yaml"}, Heading{Level: 2, Aside: "4 av 10"},
			Heading{Level: 9, Text: "Del #"}, Paragraph{Text: Say("a")}, Paragraph{Text: Say("b"), Tight: true, Indent: 2}), `# Tittel · a.yaml

## 4 av 10

### Del \#

a

b
`},
		{"fields", doc(Fields{Fields: []Field{{Value: Say("først")}, {Label: "Anbefaling", Value: SayAs(Strong, "avklar først")}, {Value: Say("*")}, {Label: "Tomt"}}}),
			"- først\n- **Anbefaling:** **avklar først**<br>\\*\n- **Tomt:**\n"},
		{"lists after one another stay apart", doc(List{Items: [][]Span{Say("a"), nil, Say("b")}}, List{Items: [][]Span{Say("c")}}, List{Items: [][]Span{Say("d")}},
			List{Numbered: true, Items: [][]Span{Say("e"), Say("f")}}, List{Numbered: true, Items: [][]Span{Say("g")}}, Paragraph{Text: Say("h")}, List{Numbered: true, Items: [][]Span{Say("i")}}), `- a
-
- b

* c

- d

1. e
2. f

1) g

h

1. i
`},
		{"a table", doc(Table{Columns: two, Header: true, Rows: []Row{{Cells: []Cell{Say("a|b"), Say("12")}}, {}, {Cells: []Cell{Say("c")}}}}), `| Id | Antall |
| --- | ---: |
| a&#124;b | 12 |
| | |
| c | |
`},
		{"a table's titles are shown where it would do without", doc(Table{Columns: two, Rows: []Row{{Cells: []Cell{Say("a"), Say("12")}}}}), `| Id | Antall |
| --- | ---: |
| a | 12 |
`},
		{"columns that say nothing", doc(Table{Columns: []Column{{}, {Title: "Sted", Below: 2}, {Below: Always}},
			Rows: []Row{{Cells: []Cell{Say("a"), nil, Say("under")}}}}), "| | |\n| --- | --- |\n| a | under |\n"},
		{"bars", doc(Bars{Bars: []Bar{{Label: "C1", Full: "Langsiktig", Parts: []Part{{Word: "oppfylt", Count: 12}, {Word: "uavklart", Count: 3}}},
			{Label: "C2", Parts: []Part{{Word: "ikke oppfylt", Count: 1}, {Word: "oppfylt"}}}}}), `| | | oppfylt | uavklart | ikke oppfylt |
| --- | --- | ---: | ---: | ---: |
| C1 | Langsiktig | 12 | 3 | 0 |
| C2 | | 0 | 0 | 1 |
`},
		{"no bars", doc(Bars{}), ""},
		{"only titles", doc(Table{Columns: two, Header: true}), "| Id | Antall |\n| --- | ---: |\n"},
		{"what folds", doc(Details{Summary: "<b> & #1", Blocks: []Block{Heading{Level: 1, Text: "a"}, Details{Summary: "b"}}}, Paragraph{Text: Say("c")}), `<details>
<summary>&lt;b&gt; &amp; &#35;&#8203;1</summary>

# a

<details>
<summary>b</summary>
</details>

</details>

c
`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := mustMarkdown(t, test.doc, MarkdownOptions{}); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestInMarkdown(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"markup", "\\`*_[]#~<>&|", "\\\\\\`\\*\\_\\[\\]\\#\\~&lt;&gt;&amp;&#124;"},
		{"a backslash before a bar", `a\|b`, `a\\&#124;b`},
		{"HTML", "<script>alert(1)</script><!-- -->", "&lt;script&gt;alert(1)&lt;/script&gt;&lt;!-- --&gt;"},
		{"an entity", "&lt;", "&amp;lt;"},
		{"addresses", "https://a.no www.b.no WWW.c.no mailto:d", `https\://a.no www\.b.no WWW\.c.no mailto\:d`},
		{"mentions", "@ks a@b.no @ @-", "@&#8203;ks a@&#8203;b.no @ @-"},
		{"references", "#12 GH\u002d12 o/r#3 # 12 C#", `\#&#8203;12 GH-&#8203;12 o/r\#&#8203;3 \# 12 C\#`},
		{"at the beginning", "www.a.no", `www\.a.no`}, {"a reference at the beginning", "gh\u002d1", "gh-&#8203;1"},
		{"every digit", "#0 #9", `\#&#8203;0 \#&#8203;9`}, {"no references", "1-2 gh-a", "1-2 gh-a"},
		{"emoji by name", ":tada: 12:30 a: b", `\:&#8203;tada: 12\:30 a: b`},
		{"a formula", "$x$", "<span>$</span>x<span>$</span>"},
		{"commands", "::error::x ##[group]", `\:\:&#8203;error\:\:x \#\#\[group\]`},
		{"a list", "- a", `\- a`}, {"another list", "+ a", `\+ a`}, {"a rule", "---", `\---`}, {"a numbered list", "12. a", `12\. a`},
		{"a list with brackets", "1) a", `1\) a`}, {"a number alone", "1.", `1\.`}, {"underlined", "===", `\===`},
		{"no list", "1.5 a-b 1.1.2018 (a) b. c", "1.5 a-b 1.1.2018 (a) b. c"},
		{"blanks around and line breaks in it", " \u00a0a\r\nb\n\n- c\t\u3000", "a b  - c"},
		{"control characters", "a\x00\x1b[31mb\u202e", `a<U+0000><U+001B>\[31mb<U+202E>`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := test.want
			if strings.Contains(want, "<U+") {
				want = regexp.MustCompile(`<(U\+....)>`).ReplaceAllString(want, "&lt;$1&gt;")
			}
			if got := inMarkdown(Say(test.text)); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}

// Strong text is only marked where Markdown is sure to see it.
func TestInMarkdownStrong(t *testing.T) {
	tests := []struct {
		name  string
		spans []Span
		want  string
	}{
		{"alone", SayAs(Strong, " a* "), `**a\***`},
		{"before a text", []Span{{Text: "a ", Tone: Strong}, {Text: "b", Tone: Plain}}, "**a** b"},
		{"between texts", []Span{{Text: "a", Tone: Plain}, {Text: " b ", Tone: Strong}, {Text: "c", Tone: Good}}, "a **b** c"},
		{"without a blank after it", []Span{{Text: "a", Tone: Strong}, {Text: ": b", Tone: Plain}}, "a: b"},
		{"without a blank before it", []Span{{Text: "(", Tone: Plain}, {Text: "a", Tone: Strong}, {Text: " b", Tone: Plain}}, "(a b"},
		{"nothing", []Span{{Text: "a", Tone: Plain}, {Text: " ", Tone: Strong}, {Text: "b", Tone: Plain}}, "a b"},
		{"two", []Span{{Text: "a", Tone: Strong}, {Text: " ", Tone: Plain}, {Text: "b", Tone: Strong}}, "**a** **b**"},
		{"a mention in two spans", []Span{{Text: "@", Tone: Plain}, {Text: "ks", Tone: Plain}}, "@&#8203;ks"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := inMarkdown(test.spans); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// The same blocks, without anything that folds.
func TestTextDetails(t *testing.T) {
	inside := []Block{Heading{Level: 2, Text: "Del"}, plainTable([]Column{{}}, []string{"a"}), Details{Summary: "Indre", Blocks: []Block{Paragraph{Text: Say("b")}}}}
	got := mustText(t, doc(Heading{Level: 1, Text: "Tittel"}, Details{Summary: "Ytre", Blocks: inside}, Details{Summary: "Neste", Blocks: inside}), TextOptions{})
	part := `
  Del
  a

  Indre

  b
`
	if want := "Tittel\nYtre\n" + part + "\nNeste\n" + part; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if _, err := Text(doc(Details{Blocks: []Block{&Paragraph{}}}), TextOptions{}); err == nil {
		t.Error("a pointer instead of a block is not refused")
	}
}

func TestMarkdownCut(t *testing.T) {
	end := strings.Repeat("slutt ", 20) + "her"
	long := doc(Heading{Level: 1, Text: "Tittel"}, Paragraph{Text: Say("avsnitt")},
		Heading{Level: 2, Text: "Del"}, Table{Columns: []Column{{Title: "Id"}}, Rows: []Row{{Cells: []Cell{Say("a")}}, {Cells: []Cell{Say("b")}}}},
		Details{Summary: "mer", Blocks: []Block{List{Items: [][]Span{Say("c"), Say("d")}}}}, List{Items: [][]Span{Say("e"), Say("f")}},
		Heading{Level: 2, Text: "Slutt"}, Paragraph{Text: Say(end)})
	const note = "**Resten er utelatt.**\n"
	whole := mustMarkdown(t, long, MarkdownOptions{})
	// What may be there, from nothing to everything.
	texts := []string{""}
	for _, part := range []string{"# Tittel\n\navsnitt\n", "\n## Del\n\n| Id |\n| --- |\n| a |\n", "| b |\n",
		"\n<details>\n<summary>mer</summary>\n\n- c\n- d\n\n</details>\n", "\n- e\n", "- f\n", "\n## Slutt\n\n" + end + "\n"} {
		texts = append(texts, texts[len(texts)-1]+part)
	}
	if texts[len(texts)-1] != whole {
		t.Fatalf("got\n%s", whole)
	}
	for i, text := range texts {
		texts[i] = strings.TrimPrefix(text+"\n"+note, "\n")
	}
	texts[len(texts)-1] = whole
	for most := len(note) + 1; most <= len(whole)+1; most++ {
		want := ""
		for _, text := range texts {
			if len(text) <= most {
				want = text
			}
		}
		if got := mustMarkdown(t, long, MarkdownOptions{MaxBytes: most, LeftOut: "Resten er utelatt."}); got != want {
			t.Fatalf("at %d bytes: got\n%s\nwant\n%s", most, got, want)
		}
	}
	if got := mustMarkdown(t, long, MarkdownOptions{MaxBytes: len(whole)}); got != whole {
		t.Errorf("cut though it fits:\n%s", got)
	}
	if got, err := Markdown(long, MarkdownOptions{MaxBytes: 10, LeftOut: "Resten er utelatt."}); err == nil || got != "" || err.Error() != "write document: 10 bytes are too few" {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestMarkdownRefuses(t *testing.T) {
	for want, block := range map[string]Block{
		"write document: row 2 of a table has 2 cells for 1 columns":            plainTable([]Column{{}}, []string{"a"}, []string{"a", "b"}),
		"write document: block 1 is a *report.Paragraph, which no format knows": Details{Blocks: []Block{&Paragraph{}}},
	} {
		if got, err := Markdown(doc(block), MarkdownOptions{}); err == nil || err.Error() != want || got != "" {
			t.Errorf("got %q, %v, want %s", got, err, want)
		}
	}
}

func TestMarkdownShortensCells(t *testing.T) {
	got := mustMarkdown(t, doc(plainTable([]Column{{}}, []string{strings.Repeat("|", 1<<20)})), MarkdownOptions{})
	if n := strings.Count(got, "&#124;"); n != CellLimit-1 || !strings.Contains(got, "…") {
		t.Errorf("%d characters: %s", n, got)
	}
}

// plainOf reads text in Markdown back: what a reader sees of it. What could be
// markup must be escaped.
func plainOf(t testing.TB, text string) string {
	t.Helper()
	text = strings.NewReplacer(markdownPause, "", markdownDollar, "$").Replace(text)
	escaped := regexp.MustCompile("\\\\[!-/:-@[-`{-~]|&[#a-z0-9]+;|[&<>`*_\\[\\]#~|\\\\]")
	return escaped.ReplaceAllStringFunc(text, func(found string) string {
		switch {
		case len(found) == 1:
			t.Errorf("%q stands open in %.200q", found, text)
			return found
		case found[0] == '&':
			return html.UnescapeString(found)
		}
		return found[1:]
	})
}

// plainOfHTML reads text in HTML back.
func plainOfHTML(t testing.TB, text string) string {
	t.Helper()
	text = strings.NewReplacer(markdownPause, "", markdownDollar, "$").Replace(text)
	if strings.ContainsAny(text, "<>\n") {
		t.Errorf("markup in %.200q", text)
	}
	return html.UnescapeString(text)
}

// shapeOf is what Markdown makes of the lines of a text: what they begin with,
// and how many columns and breaks they have.
func shapeOf(text string) []string {
	var shape []string
	begins := regexp.MustCompile(`(?m)^(#+ |- |\* |[0-9]+[.)] |</?details>|<summary>.*</summary>$|\||\n|)`)
	for line := range strings.Lines(text) {
		start := begins.FindString(line)
		if strings.HasPrefix(start, "<summary>") {
			shape = append(shape, "<summary>")
			continue
		}
		shape = append(shape, fmt.Sprintf("%q %d %d", start, strings.Count(line, "|"), strings.Count(line, "<br>")))
	}
	return shape
}
