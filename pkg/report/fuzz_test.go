package report

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// withoutBlanks is all that is left of a text when lines, indentation and the
// blanks that break up commands are taken away.
func withoutBlanks(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// checkPage tests what holds for every text output.
func checkPage(t interface {
	Helper()
	Errorf(string, ...any)
}, page string, o TextOptions) {
	t.Helper()
	colors := regexp.MustCompile("\x1b\\[[0-9]+m")
	width := max(o.Width, leastWidth)
	if page != "" && !strings.HasSuffix(page, "\n") || !utf8.ValidString(page) {
		t.Errorf("no text of whole lines: %q", page)
	}
	for line := range strings.Lines(page) {
		line = strings.TrimSuffix(line, "\n")
		if o.Color {
			if strings.Count(line, resetTone)*2 != len(colors.FindAllString(line, -1)) {
				t.Errorf("colour runs over: %q", line)
			}
			line = colors.ReplaceAllString(line, "")
		}
		switch {
		case Width(line) > width:
			t.Errorf("%d columns of %d: %q", Width(line), width, line)
		case strings.TrimRightFunc(line, unicode.IsSpace) != line:
			t.Errorf("blanks at the end: %q", line)
		case strings.HasPrefix(strings.TrimSpace(seen(line)), "::"), strings.Contains(seen(line), "##["):
			t.Errorf("a command: %q", line)
		case strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }):
			t.Errorf("control characters: %q", line)
		case o.ASCII && strings.ContainsFunc(line, func(r rune) bool { return r >= utf8.RuneSelf && !isText(r) }):
			t.Errorf("symbols: %q", line)
		}
	}
}

// seen is a text without what has no width, which a comparison of texts may
// pass over.
func seen(text string) string {
	return strings.Map(func(r rune) rune {
		if columns(r) == 0 {
			return -1
		}
		return r
	}, text)
}

// everywhere puts a text into every place that a document has for one.
func everywhere(text string) Document {
	columns := []Column{{Title: text}, {Flexible: true, Title: text}, {Below: 1, Title: text}, {Align: Right, Below: 2}}
	half := len(text) / 2
	row := Row{Cells: []Cell{Say(text), {{Text: text[:half], Tone: Good}, {Text: text[half:], Tone: Bad}}, SayAs(Open, text), Say(text)}}
	return doc(
		Heading{Level: 1, Text: text, Aside: text}, Paragraph{Text: row.Cells[1]}, Fields{Fields: []Field{{text, Say(text)}, {"kort", Say(text)}}},
		Heading{Level: 3, Text: "kort", Aside: text}, List{Items: [][]Span{Say(text), SayAs(Faint, text)}},
		Table{Columns: columns, Rows: []Row{row, row}, Header: true}, Table{Columns: columns[:1], Rows: []Row{{Cells: row.Cells[:1]}}},
		Bars{Caption: text, Bars: []Bar{{Label: text, Full: text, Parts: []Part{{Word: text, Tone: Good, Count: 1}, {Word: text + "x", Count: 2}}}, {Label: "kort"}}},
	)
}

func FuzzText(f *testing.F) {
	for _, text := range []string{
		"", "Områder med økonomisk tyngde", "::error::x", "##[add-mask]x", ":", "#\ufe0f#[x]", ":\ufe0f:x", "日本語 한국어 👨‍👩‍👧 🇳🇴", "å\u030a\u030a", "\u00a0 \u00a0::\u00a0", "\u00a0",
		ruler + ruler + "::", "\x1b[31m\x00\u202e\xff\r\n\t", strings.Repeat("lang tekst ", 40), strings.Repeat("語", 90), "1\u00a0500\u00a0000", "a\u3000b", strings.Repeat("\u0301", 400),
	} {
		f.Add(text, 40, false, false)
		f.Add(text, 63, true, true)
		f.Add(text, 80, true, false)
	}
	f.Fuzz(func(t *testing.T, text string, width int, color, ascii bool) {
		o := TextOptions{Width: width % 300, Color: color, ASCII: ascii}
		if o.Width == 0 {
			o.Width = defaultWidth
		}
		page, err := Text(everywhere(text), o)
		if err != nil {
			t.Fatal(err)
		}
		checkPage(t, page, o)

		page, err = Text(doc(Paragraph{Text: Say(text)}), o)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := withoutBlanks(page), withoutBlanks(clean(text, ascii)); got != want {
			t.Errorf("something is lost: got %q, want %q", got, want)
		}
	})
}

// Whatever stands around them and wherever the lines break: no commands.
func TestTextNeverCommands(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	signs := []rune("::::####[[]  a語\u0301\ufe0f\u00a0\u3000\n")
	for range 800 {
		text := make([]rune, random.IntN(90))
		for i := range text {
			text[i] = signs[random.IntN(len(signs))]
		}
		o := TextOptions{Width: leastWidth + random.IntN(30), Color: random.IntN(2) == 0, ASCII: random.IntN(2) == 0}
		checkPage(t, mustText(t, everywhere(string(text)), o), o)
		if t.Failed() {
			t.Fatalf("%q at %+v", string(text), o)
		}
	}
}

// Whatever the columns and the width: no line is too wide, no word is lost.
func TestTablesKeepWordsAndWidth(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 800 {
		table, words := randomTable(random)
		o := TextOptions{Width: leastWidth + random.IntN(140), Color: random.IntN(2) == 0}
		page := mustText(t, doc(table), o)
		checkPage(t, page, o)
		for _, word := range words {
			if !strings.Contains(page, word) {
				t.Fatalf("%q is not in\n%s", word, page)
			}
		}
	}
}

// randomTable is a table of words that are short enough not to be broken, and
// the words.
func randomTable(random *rand.Rand) (Table, []string) {
	table := Table{Columns: make([]Column, 1+random.IntN(8)), Header: random.IntN(2) == 0}
	for i := range table.Columns {
		table.Columns[i] = Column{Flexible: random.IntN(2) == 0, Align: Align(random.IntN(2)), Below: random.IntN(5) - 1, Least: random.IntN(30)}
	}
	var words []string
	for range random.IntN(6) {
		var row Row
		for range 1 + random.IntN(len(table.Columns)) {
			var text []string
			for range random.IntN(6) {
				word := fmt.Sprintf("ø%d", len(words))
				text, words = append(text, word), append(words, word)
			}
			row.Cells = append(row.Cells, SayAs(Tone(random.IntN(7)), strings.Join(text, " ")))
		}
		table.Rows = append(table.Rows, row)
	}
	return table, words
}
