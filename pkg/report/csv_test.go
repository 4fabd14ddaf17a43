package report

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// words, number and day are values as a view makes them.
func words(text string) Value { return Value{Kind: TextValue, Text: text} }

func number(millionths int64) Value {
	return Value{Kind: NumberValue, Number: i18n.Number(millionths)}
}

func day(days i18n.Date) Value { return Value{Kind: DayValue, Day: days} }

// marked is a text with what a person sees of it besides.
func marked(tone Tone, mark, text string) Value {
	return Value{Kind: TextValue, Text: text, Mark: mark, Tone: tone}
}

// overview is a sheet with values of all kinds.
func overview() Sheet {
	return Sheet{
		Name:    "Oversikt",
		Columns: []SheetColumn{{Title: "Tiltak"}, {Title: "C1", Full: "Langsiktig for hele sektoren"}, {Title: "Kroner"}, {Title: "Vurdert per"}},
		Rows: [][]Value{
			{words("Nabolagsverksted"), marked(Good, "✓", "oppfylt"), number(1_500_000_500_000), day(17591)},
			{words("Verksted; kurs, og «mer»"), marked(Open, "?", "uavklart")},
			{words("=1+1"), marked(Neutral, "-", "ikke aktuelt"), number(-5_000_000), {}},
		},
	}
}

func mustCSV(t testing.TB, s Sheet, o CSVOptions) string {
	t.Helper()
	out, err := CSV(s, o)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCSV(t *testing.T) {
	one := func(title string, values ...Value) Sheet {
		s := Sheet{Columns: []SheetColumn{{Title: title}}}
		for _, value := range values {
			s.Rows = append(s.Rows, []Value{value})
		}
		return s
	}
	tests := []struct {
		name    string
		sheet   Sheet
		options CSVOptions
		want    string
	}{
		{"for a spreadsheet in Norwegian", overview(), CSVOptions{}, "\ufeffTiltak;C1;Kroner;Vurdert per\r\n" +
			"Nabolagsverksted;oppfylt;1500000,5;2018-03-01\r\n" +
			"\"Verksted; kurs, og «mer»\";uavklart;;\r\n" +
			"'=1+1;ikke aktuelt;-5;\r\n"},
		{"for programs", overview(), CSVOptions{Separator: ',', NoMark: true}, "Tiltak,C1,Kroner,Vurdert per\r\n" +
			"Nabolagsverksted,oppfylt,1500000.5,2018-03-01\r\n" +
			"\"Verksted; kurs, og «mer»\",uavklart,,\r\n" +
			"'=1+1,ikke aktuelt,-5,\r\n"},
		{"with tabs", one("a", words("b c"), number(500_000)), CSVOptions{Separator: '\t', NoMark: true}, "a\r\nb c\r\n0.5\r\n"},
		{"with tabs and a comma", one("a", number(500_000)), CSVOptions{Separator: '\t', Point: ',', NoMark: true}, "a\r\n0,5\r\n"},
		{"numbers", one("a", number(0), number(1), number(-1), number(12_345_678_901_234_567), number(-9_223_372_036_854_775_808)), CSVOptions{Separator: ',', NoMark: true},
			"a\r\n0\r\n0.000001\r\n-0.000001\r\n12345678901.234567\r\n-9223372036854.775808\r\n"},
		{"days", one("a", day(0), day(-1), day(11016), day(2932896)), CSVOptions{NoMark: true}, "a\r\n1970-01-01\r\n1969-12-31\r\n2000-02-29\r\n9999-12-31\r\n"},
		{"an empty cell alone on its line", one("a", Value{}, words("")), CSVOptions{NoMark: true}, "a\r\n\"\"\r\n\"\"\r\n"},
		{"quotation marks", one("a", words(`"b" c`), words("d\ne"), words(" f ")), CSVOptions{NoMark: true}, "a\r\n\"\"\"b\"\" c\"\r\nd e\r\n\" f \"\r\n"},
		{"a blank at one end", one("a", words(" b"), words("c ")), CSVOptions{NoMark: true}, "a\r\n\" b\"\r\n\"c \"\r\n"},
		{"commands in a log", one("a", words("::x"), words("##[x]"), words("a:b #c  d")), CSVOptions{NoMark: true}, "a\r\n: :x\r\n## [x]\r\na:b #c  d\r\n"},
		{"what looks like a file of another kind", one("ID", words("b")), CSVOptions{NoMark: true}, "\"ID\"\r\nb\r\n"},
		{"rows that go on from others", one("a", words("b")), CSVOptions{Continued: true}, "b\r\n"},
		{"no rows", one("a"), CSVOptions{NoMark: true}, "a\r\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := mustCSV(t, test.sheet, test.options); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestCSVErrors(t *testing.T) {
	wide := Sheet{Columns: []SheetColumn{{}}, Rows: [][]Value{{}, {words("a"), words("b")}}}
	tests := []struct {
		name    string
		sheet   Sheet
		options CSVOptions
		want    string
	}{
		{"separator", overview(), CSVOptions{Separator: '|'}, "'|' is none of"},
		{"point", overview(), CSVOptions{Point: '·'}, "'·' before decimals is neither"},
		{"separator and point", overview(), CSVOptions{Separator: ',', Point: ','}, "',' cannot both"},
		{"too many values", wide, CSVOptions{}, "row 2 has 2 values for 1 columns"},
		{"no columns", Sheet{}, CSVOptions{}, "no columns"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := CSV(test.sheet, test.options); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestWithoutFormulas(t *testing.T) {
	tests := []struct{ text, want string }{
		{"=1+1", "'=1+1"},
		{"+47 900 00 000", "'+47 900 00 000"},
		{"-1", "'-1"},
		{"@SUM(A1)", "'@SUM(A1)"},
		{"−1", "'−1"},
		{"＝1+1", "'＝1+1"},
		{"﹣1", "'﹣1"},
		{"  =1", "  '=1"},
		{"\u00a0=1", "\u00a0'=1"},
		{`"=1"`, `"'=1"`},
		{`'=1`, `''=1`},
		{"«-» er en strek", "«'-» er en strek"},
		{"--1", "'--1"},
		{"a;=1;b", "a;'=1;b"},
		{`a, "=1`, `a, "'=1`},
		{"kr 500,-", "kr 500,'-"},
		{"a=b, c", "a=b, c"},
		{"1-2", "1-2"},
		{"e@post.no", "e@post.no"},
		{"", ""},
	}
	for _, test := range tests {
		if got := withoutFormulas(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

// withFormulas takes away the apostrophes again, as CSV says that it can be
// done.
func withFormulas(text string) string {
	var b strings.Builder
	first := true
	runes := []rune(text)
	for i, r := range runes {
		if first && r == '\'' && i+1 < len(runes) && beginsFormula(runes[i+1]) {
			first = false
			continue
		}
		switch {
		case r == ',' || r == ';':
			first = true
		case !unicode.IsSpace(r) && !unicode.Is(unicode.Quotation_Mark, r):
			first = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

func TestWithoutFormulasLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune(`=-＋ '"«,;a1`))).Draw(t, "text")
		if got := withFormulas(withoutFormulas(text)); got != text {
			t.Errorf("%q became %q and %q", text, withoutFormulas(text), got)
		}
	})
}

// splitAs splits a line into cells as a spreadsheet does that takes these
// characters for separators: a quotation mark means something only where a cell
// begins.
func splitAs(line, separators string) (cells []string) {
	for rest := line; ; {
		end := 0
		if quoted, ok := strings.CutPrefix(rest, `"`); ok {
			end = len(rest)
			for i := 0; i < len(quoted); i++ {
				if quoted[i] != '"' {
					continue
				}
				if strings.HasPrefix(quoted[i+1:], `"`) {
					i++
					continue
				}
				end = i + 2
				break
			}
		}
		next := strings.IndexAny(rest[end:], separators)
		if next < 0 {
			return append(cells, rest)
		}
		cells = append(cells, rest[:end+next])
		rest = rest[end+next+1:]
	}
}

// checkCSV writes a text into every place of a file and looks at what a program
// reads and at what spreadsheets take for cells.
func checkCSV(t testing.TB, text string) {
	t.Helper()
	s := Sheet{Name: text, Columns: []SheetColumn{{Title: text, Full: text}, {Title: text}, {}},
		Rows: [][]Value{{words(text), marked(Good, text, text)}, {{}, words(text), number(-5_000_000)}}}
	want := inert(clean(text, false))
	for _, separator := range ";,\t" {
		out := mustCSV(t, s, CSVOptions{Separator: separator, NoMark: true})
		if got := commandsIn(out); len(got) > 0 {
			t.Errorf("commands: %+v", got)
		}
		r := csv.NewReader(strings.NewReader(out))
		r.Comma = separator
		records, err := r.ReadAll()
		if err != nil || len(records) != 3 {
			t.Fatalf("%d lines, %v in %.300q", len(records), err, out)
		}
		for i, wanted := range [][]string{{want, want, ""}, {want, want, ""}, {"", want, "-5"}} {
			for j, field := range records[i][:2] {
				records[i][j] = withFormulas(field)
			}
			if !slices.Equal(records[i], wanted) {
				t.Errorf("got %.300q, want %.300q", records[i], wanted)
			}
		}
		for line := range strings.SplitSeq(out, "\r\n") {
			for _, other := range []string{";", ",", "\t", ";,\t"} {
				for _, cell := range splitAs(line, other) {
					cell = strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
					if first, _, _ := strings.Cut(cell, string(separator)); first != "-5" && strings.IndexFunc(cell, beginsFormula) == 0 {
						t.Errorf("separated by %q, a formula: %.300q in %.300q", other, cell, line)
					}
				}
			}
		}
	}
}

func TestCSVOfHostileTexts(t *testing.T) {
	for name, text := range hostileTexts() {
		t.Run(name, func(t *testing.T) { checkCSV(t, text) })
	}
	for _, text := range []string{`a;=1+1;b`, `","=1+1","`, `"";=1+1`, "ID", "\t=1", "\r=1", `,"",=1`, `a";"=1`, `";-`, "'", `"`} {
		t.Run(text, func(t *testing.T) { checkCSV(t, text) })
	}
}

func FuzzCSV(f *testing.F) {
	addHostile(f)
	f.Fuzz(func(t *testing.T, text string) { checkCSV(t, text) })
}
