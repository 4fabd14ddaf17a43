package report

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// doc makes a document of blocks.
func doc(blocks ...Block) Document { return Document{Blocks: blocks} }

// plainTable is a table without titles: columns first, then rows of texts.
func plainTable(columns []Column, rows ...[]string) Table {
	t := Table{Columns: columns}
	for _, texts := range rows {
		var row Row
		for _, text := range texts {
			row.Cells = append(row.Cells, Say(text))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func mustText(t *testing.T, d Document, o TextOptions) string {
	t.Helper()
	got, err := Text(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

const ruler = "0123456789012345678901234567890123456789"

func TestText(t *testing.T) {
	two := []Column{{Title: "Id"}, {Title: "Tittel", Flexible: true}}
	tests := []struct {
		name    string
		doc     Document
		options TextOptions
		want    string
	}{
		{name: "nothing", doc: doc(), want: ""},
		{name: "blocks without text leave no room", doc: doc(Paragraph{}, Fields{}, List{}, Table{Columns: two}, Heading{}, Paragraph{Text: Say("a")}), want: `
a
`},
		{name: "room between blocks, none under a heading", doc: doc(
			Heading{Level: 1, Text: "Tittel"}, Heading{Level: 2, Text: "Del"}, Paragraph{Text: Say("a")}, Paragraph{Text: Say("b")},
			Paragraph{Text: Say("c"), Tight: true}, Heading{Level: 3, Text: "Underdel"}, Paragraph{Text: Say("d")}, Paragraph{Text: Say("e"), Indent: 1}), want: `
Tittel

  Del
  a

  b
  c

    Underdel
    d

      e
`},
		{name: "an aside that has no room goes below", options: TextOptions{Width: 40}, doc: doc(
			Heading{Level: 1, Text: "Kort", Aside: "til høyre"}, Heading{Level: 2, Text: "En overskrift av en viss lengde", Aside: "4 av 10"},
			Heading{Level: 2, Text: "En overskrift som er så lang at den selv må brytes", Aside: "4 av 10"}, Heading{Level: 2, Aside: "bare dette"}), want: `
Kort                           til høyre

  En overskrift av en viss lengde
    4 av 10
  En overskrift som er så lang at den
  selv må brytes                 4 av 10
    bare dette
`},
		{name: "bars are a table of their counts", doc: doc(Bars{Bars: []Bar{
			{Label: "C1", Full: "Langsiktig", Parts: []Part{{Word: "oppfylt", Tone: Good, Count: 12}, {Word: "uavklart", Tone: Open, Count: 3}}},
			{Label: "C10", Parts: []Part{{Word: "uavklart", Tone: Open, Count: 1}}}}}), want: `
                                                               oppfylt  uavklart
  C1   Langsiktig                                                   12         3
  C10                                                                0         1
`},
		{name: "labels line up, values wrap beside them", options: TextOptions{Width: 40}, doc: doc(Fields{Fields: []Field{
			{Label: "Anbefaling", Value: Say("avklar først")}, {Label: "Fortsatt mulig", Value: Say("kandidat · henvis til annen aktør")},
			{Value: Say("utsett")}, {Label: "Tomt"}}}), want: `
Anbefaling:     avklar først
Fortsatt mulig: kandidat · henvis til
                annen aktør
                utsett
Tomt:
`},
		{name: "labels wider than half the page stand above", options: TextOptions{Width: 40}, doc: doc(Fields{Fields: []Field{
			{Label: "Hva som kan endre anbefalingen", Value: Say("varighet")}, {Label: "Ellers", Value: Say("ingenting")}}}), want: `
Hva som kan endre anbefalingen:
    varighet
Ellers:
    ingenting
`},
		{name: "lists hang", options: TextOptions{Width: 40}, doc: doc(
			List{Items: [][]Span{Say("et punkt som er for langt for en linje"), nil, Say("et til")}},
			List{Numbered: true, Tight: true, Items: [][]Span{Say("1"), Say("2"), Say("3"), Say("4"), Say("5"), Say("6"), Say("7"), Say("8"), Say("9"), Say("10")}}), want: `
- et punkt som er for langt for en linje
-
- et til
 1. 1
 2. 2
 3. 3
 4. 4
 5. 5
 6. 6
 7. 7
 8. 8
 9. 9
10. 10
`},
		{name: "titles, numbers to the right, an empty row, a short row", doc: doc(Table{Header: true,
			Columns: []Column{{Title: "fil_navn"}, {Title: "Antall\tkommuner", Align: Right}},
			Rows:    []Row{{Cells: []Cell{Say("a.yaml"), Say("12")}}, {}, {Cells: []Cell{Say("b.yaml")}}, {Cells: []Cell{nil, Say("1 500")}}}}), want: `
  fil_navn  Antall kommuner
  a.yaml                 12

  b.yaml
                      1 500
`},
		{name: "titles alone", doc: doc(Table{Header: true, Columns: two}), want: `
  Id  Tittel
`},
		{name: "no columns", doc: doc(Table{Header: true, Rows: []Row{{}, {}}}), want: ""},
		{name: "columns without text take no room", doc: doc(plainTable([]Column{{}, {}, {}}, []string{"a", "", "c"}, []string{"b", "", "d"})), want: `
  a  c
  b  d
`},
		{name: "always under the row, with its title", doc: doc(Table{Header: true,
			Columns: []Column{{Title: "Id"}, {Title: "Spørsmål", Flexible: true}, {Title: "Hjelp", Below: Always}, {Title: "Hvor", Below: Always}},
			Rows:    []Row{{Cells: []Cell{Say("1"), Say("Hvem?"), Say("se søknaden"), Say("s. 4")}}, {Cells: []Cell{Say("2"), Say("Når?")}}}}), want: `
  Id  Spørsmål
  1   Hvem?
      Hjelp: se søknaden · Hvor: s. 4
  2   Når?
`},
		{name: "only under the row", doc: doc(plainTable([]Column{{Below: Always}}, []string{"a"}, nil, []string{"b"})), want: `
      a
      b
`},
		{name: "words longer than a line are broken", options: TextOptions{Width: 40}, doc: doc(
			Paragraph{Text: Say("før " + ruler + "abc etter")}, plainTable(two, []string{"C1", ruler + ruler})), want: `
før
0123456789012345678901234567890123456789
abc etter

  C1  0123456789012345678901234567890123
      4567890123456789012345678901234567
      890123456789
`},
		{name: "wide and combining characters keep the columns", options: TextOptions{Width: 40}, doc: doc(plainTable([]Column{{}, {Flexible: true}, {Align: Right}},
			[]string{"日本語", "å som a\u030a", "x"}, []string{"æøå", "한국어 แปล", "xx"}, []string{"🎉", "fest", "xxx"})), want: `
  日本語  å som a` + "\u030a" + `                      x
  æøå     한국어 แปล                  xx
  🎉      fest                       xxx
`},
		{name: "wide characters are broken between columns", options: TextOptions{Width: 40}, doc: doc(Paragraph{Text: Say("a" + strings.Repeat("語", 25))}), want: `
a` + strings.Repeat("語", 19) + `
` + strings.Repeat("語", 6) + `
`},
		{name: "numbers hold together and show ordinary spaces", options: TextOptions{Width: 40}, doc: doc(Paragraph{Text: Say("En ramme på til sammen om lag 1\u00a0500\u00a0000\u00a0kr\u00a0")}), want: `
En ramme på til sammen om lag
1 500 000 kr
`},
		{name: "only ASCII symbols", options: TextOptions{ASCII: true}, doc: doc(Paragraph{Text: Say("✓ ja · ✗ nei – «Blåbærsyltetøy» … 日本 🎉 1\u00a0000 €")}), want: `
+ ja | x nei - "Blåbærsyltetøy" ... 日本 <U+1F389> 1 000 EUR
`},
		{name: "every symbol that has another spelling", options: TextOptions{ASCII: true}, doc: doc(Paragraph{Text: Say("✔✘✖× —−‐‑ •“”„‘’‚ →← ≤≥≠± §4 £ 5° ½")}), want: `
+xxx ---- *"""''' -><- <=>=!=+/- par.4 GBP 5deg ½
`},
		{name: "tones in colour", options: TextOptions{Color: true, Width: 40}, doc: doc(
			Paragraph{Text: []Span{{Text: "a", Tone: Good}, {Text: "b ", Tone: Bad}, {Text: "c d", Tone: Open}, {Text: " e", Tone: Plain}, {Text: "f", Tone: Neutral}, {Text: "g", Tone: Faint}, {Text: " h", Tone: Strong}}}), want: "\n" +
			"\x1b[32ma\x1b[0m\x1b[31mb\x1b[0m \x1b[33mc d\x1b[0m e\x1b[2mf\x1b[0m\x1b[2mg\x1b[0m \x1b[1mh\x1b[0m\n"},
		{name: "a tone over several lines", options: TextOptions{Color: true, Width: 40}, doc: doc(
			plainTable(nil), Table{Columns: two, Rows: []Row{{Cells: []Cell{SayAs(Good, "C1"), SayAs(Bad, "en ganske lang tekst som må over på flere linjer")}}}}), want: "\n" +
			"  \x1b[32mC1\x1b[0m  \x1b[31men ganske lang tekst som må over\x1b[0m\n" +
			"      \x1b[31mpå flere linjer\x1b[0m\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := mustText(t, test.doc, test.options)
			if want := strings.TrimPrefix(test.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s\ngot  %q\nwant %q", got, want, got, want)
			}
		})
	}
}

// What a stranger writes into a proposal must neither steer the terminal nor
// the machine that shows the report.
func TestTextHostile(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"escape sequence", "\x1b[31mrød\x1b[0m", "<U+001B>[31mrød<U+001B>[0m"},
		{"terminal title", "\x1b]0;eid\x07", "<U+001B>]0;eid<U+0007>"},
		{"line breaks and tabs", "a\nb\r\nc\td", "a b c d"},
		{"direction", "\u202egpj.exe", "<U+202E>gpj.exe"},
		{"not UTF-8", "a\xffb", "a<U+FFFD>b"},
		{"command at the start", "::error::x", ": :error::x"},
		{"command after blanks", " \u3000 ::error::x", ": :error::x"},
		{"command after a no-break space", "\u00a0::error::x", ": :error::x"},
		{"command behind a mark without width", "\u0301::x", "\u0301: :x"},
		{"many colons", ":::: x", ": : : : x"},
		{"colons inside a word", "2001:db8::1 og std::string", "2001:db8::1 og std::string"},
		{"old command", "a ##[add-mask]e", "a ## [add-mask]e"},
		{"old command, more signs", "####[x]", "#### [x]"},
		{"old command, twice", "##[a]##[b]", "## [a]## [b]"},
		{"no command", "#[x] [##] ## [x]", "#[x] [##] ## [x]"},
		{"another kind of blank", "a\u2003b", "a b"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := mustText(t, doc(Paragraph{Text: Say(test.text)}), TextOptions{}); got != test.want+"\n" {
				t.Errorf("paragraph: got %q, want %q", got, test.want)
			}
			got := mustText(t, doc(plainTable([]Column{{}}, []string{test.text})), TextOptions{})
			if got != "  "+test.want+"\n" {
				t.Errorf("table: got %q, want %q", got, test.want)
			}
		})
	}
	t.Run("in several spans", func(t *testing.T) {
		got := mustText(t, doc(Paragraph{Text: []Span{{Text: "#", Tone: Good}, {Text: "#", Tone: Plain}, {Text: "[x] :", Tone: Plain}, {Text: ":y", Tone: Bad}}}), TextOptions{})
		if want := "## [x] : :y\n"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
	t.Run("in a word that is broken", func(t *testing.T) {
		got := mustText(t, doc(Paragraph{Text: Say(ruler + "::error::x")}), TextOptions{Width: 40})
		if want := ruler + "\n: :error: :x\n"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestTextShortensCells(t *testing.T) {
	long := strings.Repeat("ord ", 100)
	table := plainTable([]Column{{Flexible: true}}, []string{long})
	for _, test := range []struct {
		name    string
		options TextOptions
		mark    string
	}{
		{"with a mark", TextOptions{Width: 400}, " …"},
		{"in ASCII", TextOptions{Width: 400, ASCII: true}, " ..."},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := strings.TrimSpace(mustText(t, doc(table), test.options))
			if n := len([]rune(got)); n > CellLimit || n < CellLimit-4 || !strings.HasSuffix(got, strings.TrimSpace(test.mark)) {
				t.Errorf("%d characters: %q", n, got)
			}
		})
	}
	t.Run("not at the limit", func(t *testing.T) {
		exact := strings.Repeat("å", CellLimit)
		got := mustText(t, doc(plainTable([]Column{{}}, []string{exact})), TextOptions{Width: 400})
		if strings.TrimSpace(got) != exact {
			t.Errorf("got %q", got)
		}
	})
	t.Run("over several spans", func(t *testing.T) {
		row := Row{Cells: []Cell{{{Text: strings.Repeat("a", 200), Tone: Good}, {Text: strings.Repeat("b", 200), Tone: Bad}}}}
		got := mustText(t, doc(Table{Columns: []Column{{}}, Rows: []Row{row}}), TextOptions{Width: 400})
		if want := strings.Repeat("a", 200) + strings.Repeat("b", 99) + "…"; strings.TrimSpace(got) != want {
			t.Errorf("got %q", got)
		}
	})
	t.Run("line breaks that become shorter when cleaned", func(t *testing.T) {
		got := mustText(t, doc(plainTable([]Column{{}}, []string{strings.Repeat("\r\n", 400) + "x"})), TextOptions{})
		if got != "  …\n" {
			t.Errorf("got %q", got)
		}
	})
	t.Run("not in paragraphs", func(t *testing.T) {
		got := mustText(t, doc(Paragraph{Text: Say(long)}), TextOptions{})
		if n := strings.Count(got, "ord"); n != 100 {
			t.Errorf("%d words", n)
		}
	})
	t.Run("a megabyte", func(t *testing.T) {
		got := mustText(t, doc(plainTable([]Column{{}, {Flexible: true}}, []string{"a", strings.Repeat("x", 1<<20)})), TextOptions{Width: 60})
		if n := strings.Count(got, "x"); n != CellLimit-1 {
			t.Errorf("%d characters", n)
		}
	})
}

func TestTextRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		block Block
		want  string
	}{
		"a row with too many cells":    {plainTable([]Column{{}}, []string{"a"}, []string{"a", "b"}), "write document: row 2 of a table has 2 cells for 1 columns"},
		"a pointer instead of a block": {&Paragraph{}, "write document: block 1 is a *report.Paragraph, which no format knows"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := Text(doc(test.block), TextOptions{}); err == nil || err.Error() != test.want || got != "" {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

// Tables of one kind line up, wherever they stand; tables of another kind are
// laid out for themselves.
func TestTablesOfOneKindLineUp(t *testing.T) {
	kind := []Column{{Title: "Id"}, {Title: "Tittel"}}
	got := mustText(t, doc(
		plainTable(kind, []string{"a", "b"}),
		plainTable([]Column{{Title: "Noe annet"}, {}}, []string{"a", "b"}),
		Heading{Level: 2, Text: "Del"},
		plainTable(kind, []string{"lang tekst", "b"})), TextOptions{})
	want := `  a           b

  a  b

  Del
  lang tekst  b
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The environment must not decide how wide Norwegian letters are. It is read
// when the program starts, so another process has to look.
func TestTextInAnyEnvironment(t *testing.T) {
	command := exec.Command(os.Args[0], "-test.run", "^TestAssessment$")
	command.Env = append(os.Environ(), "LC_ALL=ja_JP.UTF-8", "RUNEWIDTH_EASTASIAN=1")
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, out)
	}
}

func TestTextIsSafeForConcurrentUse(t *testing.T) {
	want := mustText(t, assessment(), TextOptions{})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 20 {
				if got, err := Text(assessment(), TextOptions{}); err != nil || got != want {
					t.Errorf("got %q, %v", got, err)
				}
			}
		})
	}
	wait.Wait()
}
