package report

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// pageWords are the words of a page in tests.
func pageWords() PageWords {
	return PageWords{Legend: "Tegn", Columns: "Kolonner", Filter: "Avgrens", ShowAll: "Vis alle",
		Shown: "Viser {shown} av {all}", Ascending: "Stigende {column}", Descending: "Synkende {column}"}
}

func mustHTML(t testing.TB, d Document) string {
	t.Helper()
	page, err := HTML(d, HTMLOptions{Language: "nb", Words: pageWords(), Legend: []Span{{Text: "✓", Word: "oppfylt", Tone: Good}, {Text: "✗", Word: "ikke oppfylt", Tone: Bad}}})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// bodyOf is what a page shows, as HTML.
func bodyOf(t testing.TB, page string) string {
	t.Helper()
	_, body, found := strings.Cut(page, "<main>\n")
	body, _, ended := strings.Cut(body, "</main>")
	if !found || !ended {
		t.Fatalf("no main in %.300q", page)
	}
	return body
}

func TestHTML(t *testing.T) {
	two := []Column{{Title: "Id"}, {Title: "Antall", Align: Right}}
	tests := []struct {
		name string
		doc  Document
		want string
	}{
		{"nothing", doc(), ""},
		{"blocks without text", doc(Heading{Level: 1, Text: "T"}, Paragraph{}, Fields{}, List{}, Table{Columns: two}, Heading{}, Bars{}), "<h1>T</h1>\n"},
		{"no level of headings is left out, and none is below 6", doc(Heading{Level: 3, Text: "a", Aside: "b"}, Heading{Level: 9, Text: "c"}, Heading{Level: 3, Text: "d"},
			Details{Summary: "e", Blocks: []Block{Heading{Level: 2, Text: "f"}, Heading{Level: 1, Text: "g"}, Details{Summary: "h", Blocks: []Block{Heading{Level: 3, Text: "i"}}}}}, Heading{Level: 2, Text: "j"}),
			"<h1>a</h1>\n<h2>a <span class=\"aside\">b</span></h2>\n<h3>c</h3>\n<h3>d</h3>\n" +
				"<details class=\"fold\"><summary>e</summary>\n<h4>f</h4>\n<h4>g</h4>\n<details class=\"fold\"><summary>h</summary>\n<h5>i</h5>\n</details>\n</details>\n<h2>j</h2>\n"},
		{"texts in tones", doc(Heading{Level: 1, Text: "T"}, Paragraph{Indent: 1, Tight: true, Text: []Span{{Text: "a "}, {Text: "b", Tone: Strong}, {Text: " c", Tone: Open}}},
			List{Tight: true, Items: [][]Span{SayAs(Faint, "d")}}, List{Numbered: true, Items: [][]Span{Say("e")}}),
			"<h1>T</h1>\n<p class=\"tight in\">a <strong>b</strong><span class=\"open\"> c</span></p>\n<ul class=\"tight\">\n<li><span class=\"faint\">d</span></li>\n</ul>\n<ol>\n<li>e</li>\n</ol>\n"},
		{"values of one label", doc(Heading{Level: 1, Text: "T"}, Fields{Fields: []Field{{Label: "a", Value: Say("b")}, {Value: Say("c")}, {Label: "d"}}}),
			"<h1>T</h1>\n<dl>\n<dt>a</dt><dd>b</dd><dd>c</dd>\n<dt>d</dt><dd></dd>\n</dl>\n"},
		{"a table with titles", doc(Heading{Level: 1, Text: "T"}, Table{Columns: two, Header: true, Caption: "Alt", Rows: []Row{{Cells: []Cell{Say("a"), Say("12")}, Sort: []int64{ByText, 12}}, {}}}),
			"<h1>T</h1>\n<table class=\"titled\">\n<caption>Alt</caption>\n<thead>\n<tr><th scope=\"col\">Id</th><th scope=\"col\" class=\"right\">Antall</th></tr>\n</thead>\n<tbody>\n" +
				"<tr><th scope=\"row\">a</th><td class=\"right\" data-sort=\"12\" data-title=\"Antall\">12</td></tr>\n<tr><th scope=\"row\"></th><td class=\"right\" data-title=\"Antall\"></td></tr>\n</tbody>\n</table>\n"},
		{"a table without titles", doc(Heading{Level: 1, Text: "T"}, Table{Columns: []Column{{}, {Flexible: true, Least: 24}, {Flexible: true, Least: 48}, {Title: "Under", Below: Always}},
			Rows: []Row{{Cells: []Cell{Say("C1"), SayAs(Good, "✓ ja"), Say("fordi"), Say("mer")}}}}),
			"<h1>T</h1>\n<table class=\"plain\">\n<colgroup><col class=\"w4\"><col class=\"p30\"><col></colgroup>\n<tbody>\n" +
				"<tr><th scope=\"row\">C1</th><td class=\"flexible\"><span class=\"good verdict\">✓ ja</span></td><td class=\"flexible\">fordi</td></tr>\n<tr class=\"under\"><td colspan=\"3\">Under: mer </td></tr>\n</tbody>\n</table>\n"},
		{"symbols have a legend that is whole", doc(Heading{Level: 1, Text: "T"}, Table{Columns: []Column{{Title: "Id"}, {Title: "C1", Full: "Langsiktig"}}, Header: true,
			Rows: []Row{{Cells: []Cell{Say("a"), {{Text: "✓", Word: "oppfylt", Tone: Good}}}}, {Cells: []Cell{Say("b"), {{Text: "?", Word: "uavklart", Tone: Open}}}}}}),
			"<h1>T</h1>\n<dl class=\"legend\"><dt>Tegn</dt>\n" +
				"<dd><span class=\"mark good\" aria-hidden=\"true\">✓</span> oppfylt</dd>\n<dd><span class=\"mark bad\" aria-hidden=\"true\">✗</span> ikke oppfylt</dd>\n<dd><span class=\"mark open\" aria-hidden=\"true\">?</span> uavklart</dd>\n</dl>\n" +
				"<dl class=\"short\"><dt>Kolonner</dt>\n<dd><b>C1</b> Langsiktig</dd>\n</dl>\n" +
				"<table class=\"titled\">\n<thead>\n<tr><th scope=\"col\">Id</th><th scope=\"col\" class=\"short\" title=\"Langsiktig\">C1<span class=\"hidden\"> Langsiktig</span></th></tr>\n</thead>\n<tbody>\n" +
				"<tr><th scope=\"row\">a</th><td class=\"short symbol good\" data-title=\"C1\">✓ <span class=\"word\">oppfylt</span></td></tr>\n<tr><th scope=\"row\">b</th><td class=\"short symbol open\" data-title=\"C1\">? <span class=\"word\">uavklart</span></td></tr>\n</tbody>\n</table>\n"},
		{"several symbols in a cell, and an interval", doc(Heading{Level: 1, Text: "T"}, Paragraph{Text: []Span{{Text: "✓", Word: "oppfylt", Tone: Good}, {Text: " 3–4", Interval: &Interval{Least: 3, Most: 4, Of: 8}}, {Text: "0", Interval: &Interval{Least: 2, Most: 1, Of: 8}}}}),
			"<h1>T</h1>\n<p><span class=\"piece good\">✓ <span class=\"word\">oppfylt</span></span> 3–4 <svg class=\"interval\" width=\"100\" height=\"10\" viewBox=\"0 0 100 10\" aria-hidden=\"true\">" +
				"<rect class=\"track\" y=\"3\" width=\"100\" height=\"4\" rx=\"2\"/><rect class=\"range\" x=\"25.00\" width=\"25.00\" height=\"10\" rx=\"2\"/></svg>0</p>\n"},
		{"bars", doc(Heading{Level: 1, Text: "T"}, Bars{Caption: "Utfall", Bars: []Bar{{Label: "C1", Full: "Langsiktig", Parts: []Part{{Word: "ja", Tone: Good, Count: 3}, {Word: "nei", Tone: Bad}, {Word: "kanskje", Tone: Open, Count: 1}}}, {Label: "C2"}}}),
			"<h1>T</h1>\n<table class=\"bars\">\n<caption>Utfall</caption>\n<thead>\n<tr><td></td><td></td><th scope=\"col\"><span class=\"swatch good\"></span> ja</th><th scope=\"col\"><span class=\"swatch bad\"></span> nei</th><th scope=\"col\"><span class=\"swatch open\"></span> kanskje</th></tr>\n</thead>\n<tbody>\n" +
				"<tr><th scope=\"row\">C1 <span>Langsiktig</span></th><td class=\"bar\"><svg width=\"100%\" height=\"22\" aria-hidden=\"true\"><rect class=\"good\" x=\"0.00%\" width=\"75.00%\" height=\"22\"/><text class=\"good\" x=\"37.50%\" y=\"16\">3</text>" +
				"<rect class=\"open\" x=\"75.00%\" width=\"25.00%\" height=\"22\"/><text class=\"open\" x=\"87.50%\" y=\"16\">1</text></svg></td><td data-kind=\"ja\">3</td><td data-kind=\"nei\">0</td><td data-kind=\"kanskje\">1</td></tr>\n" +
				"<tr><th scope=\"row\">C2</th><td class=\"bar\"><svg width=\"100%\" height=\"22\" aria-hidden=\"true\"></svg></td><td data-kind=\"ja\">0</td><td data-kind=\"nei\">0</td><td data-kind=\"kanskje\">0</td></tr>\n</tbody>\n</table>\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := bodyOf(t, mustHTML(t, test.doc)); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// interactiveTable has facets and rows to open.
func interactiveTable() Table {
	return Table{Header: true, Caption: "Tiltak", Columns: []Column{{Title: "Tiltak", Flexible: true}, {Title: "C1", Full: "Langsiktig"}},
		Facets: []Facet{{Title: "Anbefaling", Values: []string{"prioriter", "utsett", "skrinlegg"}}, {Title: "Område", Values: []string{"helse"}}, {Title: "Tom", Values: []string{"x"}}},
		Rows: []Row{
			{Cells: []Cell{Say("a"), {{Text: "✓", Word: "oppfylt", Tone: Good}}}, Sort: []int64{ByText, 1}, Tags: [][]string{{"prioriter"}, {"helse"}}, Open: []Block{Heading{Level: 1, Text: "Om a"}, Paragraph{Text: Say("alt")}}},
			{Cells: []Cell{Say("b"), Say("–")}, Tags: [][]string{{"skrinlegg", "prioriter"}}},
		}}
}

// A whole page, so that a change of style, script or template shows.
// KSDEV_UPDATE=1 writes it anew; look at it in a browser.
func TestHTMLPage(t *testing.T) {
	got := mustHTML(t, doc(Heading{Level: 1, Text: "Kandidater"}, Heading{Level: 2, Text: "Alle"}, interactiveTable()))
	file := filepath.Join("testdata", "page.html")
	if os.Getenv("KSDEV_UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; KSDEV_UPDATE=1 writes it", err)
	}
	if got != string(want) {
		t.Errorf("%s is not what is expected; KSDEV_UPDATE=1 writes it anew; got\n%s", file, bodyOf(t, got))
	}
}

// The policy names the style and the script that stand in the page; there is no
// other, and none where nothing needs it.
func TestHTMLPolicy(t *testing.T) {
	for name, d := range map[string]Document{"with a script": doc(interactiveTable()), "without": doc(Heading{Level: 1, Text: "T"}, Paragraph{Text: Say("a")})} {
		t.Run(name, func(t *testing.T) {
			root := parseHTML(t, mustHTML(t, d))
			want := "default-src 'none'"
			for _, kind := range []string{"style", "script"} {
				found := elements(root, kind)
				if len(found) > 1 || kind == "script" && (len(found) == 1) != (name == "with a script") {
					t.Errorf("%d elements of %s", len(found), kind)
				}
				for _, element := range found {
					want += "; " + kind + "-src " + fingerprint(element.FirstChild.Data)
				}
			}
			policies := 0
			for _, meta := range elements(root, "meta") {
				if attribute(meta, "http-equiv") == "Content-Security-Policy" {
					policies++
					if got := attribute(meta, "content"); got != want+"; base-uri 'none'; form-action 'none'" {
						t.Errorf("the policy is %s, not %s", got, want)
					}
				}
			}
			if policies != 1 {
				t.Errorf("%d policies", policies)
			}
			for _, element := range elements(root, "") {
				for _, a := range element.Attr {
					if a.Key == "style" || a.Key == "src" || a.Key == "href" || strings.HasPrefix(a.Key, "on") {
						t.Errorf("%s has %s", element.Data, a.Key)
					}
				}
			}
		})
	}
}

// The style is the only one that knows tones and widths; those that the program
// uses are there.
func TestHTMLStyleIsComplete(t *testing.T) {
	style, err := pageFiles.ReadFile("page/page.css")
	if err != nil {
		t.Fatal(err)
	}
	for tone := Plain; tone <= Faint; tone++ {
		if class := tone.class(); class != "" && !strings.Contains(string(style), "."+class+" {") {
			t.Errorf("no style for the tone %s", class)
		}
	}
	for characters := 1; characters <= widest+1; characters++ {
		if class := widthOf(characters); !strings.Contains(string(style), "."+class+" {") {
			t.Errorf("no style for %s", class)
		}
	}
	if strings.Contains(string(style), "url(") || strings.Contains(string(style), "@import") || strings.Contains(string(style), "</") {
		t.Error("the style asks for something else")
	}
}

func TestHTMLTitle(t *testing.T) {
	d := doc(Paragraph{Text: Say("a")}, Heading{Level: 2, Text: " <i>Del</i> "})
	if page := mustHTML(t, d); !strings.Contains(page, "<title>&lt;i&gt;Del&lt;/i&gt;</title>") || !strings.Contains(page, "<h1>&lt;i&gt;Del&lt;/i&gt;</h1>") {
		t.Errorf("got %s", bodyOf(t, page))
	}
	page, err := HTML(d, HTMLOptions{Title: "Annet"})
	if err != nil || !strings.Contains(page, "<title>Annet</title>") {
		t.Errorf("got %v %.300s", err, page)
	}
}

func TestHTMLFails(t *testing.T) {
	tooMany := Table{Columns: []Column{{}}, Rows: []Row{{Cells: []Cell{Say("a"), Say("b")}}}}
	for name, d := range map[string]Document{
		"too many cells": doc(tooMany), "in what folds": doc(Details{Blocks: []Block{tooMany}}),
		"in what opens": doc(Table{Columns: []Column{{}}, Rows: []Row{{Open: []Block{tooMany}}}}), "an unknown block": doc(nil),
	} {
		if page, err := HTML(d, HTMLOptions{}); err == nil {
			t.Errorf("%s: no error, and a page of %d bytes", name, len(page))
		}
	}
}

// checkHTML looks at a page whose texts are all the same: it has the same
// elements with the same attributes as for any other text, and the texts read
// back as they were.
func checkHTML(t testing.TB, text string) {
	t.Helper()
	page := func(text string) *html.Node {
		d := everywhere(text)
		d.Blocks = append(d.Blocks, Details{Summary: text, Blocks: d.Blocks}, Table{Header: true, Caption: text, Facets: []Facet{{Title: text, Values: []string{text}}},
			Columns: []Column{{Title: text, Full: text}, {Title: text}, {Title: text, Below: Always}},
			Rows:    []Row{{Cells: []Cell{Say(text), {{Text: text, Word: text, Tone: Good}}, Say(text)}, Tags: [][]string{{text}}, Open: []Block{Paragraph{Text: Say(text)}}}}})
		o := HTMLOptions{Language: "nb", Title: text, Legend: []Span{{Text: text, Word: text, Tone: Good}},
			Words: PageWords{Legend: text, Columns: text, Filter: text, ShowAll: text, Shown: text, Ascending: text, Descending: text}}
		out, err := HTML(d, o)
		if err != nil {
			t.Fatal(err)
		}
		if got := commandsIn(out); len(got) > 0 || strings.Contains(seen(bodyOf(t, out)), "##[") {
			t.Errorf("commands: %+v", got)
		}
		for line := range strings.Lines(bodyOf(t, out)) {
			if !strings.HasPrefix(line, "<") {
				t.Errorf("a line begins with a text: %.300q", line)
			}
		}
		return parseHTML(t, out)
	}
	root := page(text)
	want := strings.TrimSpace(clean(text, false))
	if want == "" {
		return // what has no text leaves no elements
	}
	got, expected := shapeOfHTML(root), shapeOfHTML(page("tekst"))
	half := len(text) / 2
	if utf8.RuneCountInString(want)+len("<U+0000>") > CellLimit || clean(text[:half], false) == "" || clean(text[half:], false) == "" {
		// What is cut off in a table has no element, nor has half a text that is
		// nothing.
		got, expected = namesOfHTML(root), namesOfHTML(page("tekst"))
	}
	if !slices.Equal(got, expected) {
		t.Errorf("shape: got %q, want %q", got, expected)
	}
	for _, name := range []string{"title", "h1", "caption", "summary", "option"} {
		for _, element := range elements(root, name) {
			got := textOfHTML(element)
			if aside := want + " " + want; strings.TrimSpace(got) != want && got != aside && name != "summary" {
				t.Errorf("%s: got %.300q, want %.300q", name, got, want)
			}
		}
	}
	paragraphs := elements(root, "p")
	if got := textOfHTML(paragraphs[len(paragraphs)-1]); strings.TrimSpace(got) != want {
		t.Errorf("paragraph: got %.300q, want %.300q", got, want)
	}
	for _, element := range elements(root, "th") {
		if title := attribute(element, "title"); title != "" && title != want {
			t.Errorf("title: got %.300q, want %.300q", title, want)
		}
	}
}

func parseHTML(t testing.TB, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// elements lists the elements of a name in a page; all where it is empty.
func elements(root *html.Node, name string) []*html.Node {
	var found []*html.Node
	for node := range root.Descendants() {
		if node.Type == html.ElementNode && (name == "" || node.Data == name) {
			found = append(found, node)
		}
	}
	return found
}

func attribute(element *html.Node, name string) string {
	for _, a := range element.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOfHTML(element *html.Node) string {
	var b strings.Builder
	for node := range element.Descendants() {
		if node.Type == html.TextNode {
			b.WriteString(node.Data)
		}
	}
	return b.String()
}

// shapeOfHTML lists elements with the names of their attributes and with their
// classes, except those that say how wide a text is.
func shapeOfHTML(root *html.Node) []string {
	width := regexp.MustCompile(`\bw\d+\b`)
	var shape []string
	for _, element := range elements(root, "") {
		line := element.Data
		for _, a := range element.Attr {
			line += " " + a.Key
			if a.Key == "class" {
				line += "=" + width.ReplaceAllString(a.Val, "w")
			}
		}
		shape = append(shape, line)
	}
	for node := range root.Descendants() {
		if node.Type == html.CommentNode {
			shape = append(shape, "comment")
		}
	}
	return append(shape, strconv.Itoa(len(shape)))
}

// namesOfHTML lists the names of the elements of a page, each once.
func namesOfHTML(root *html.Node) []string {
	var names []string
	for _, element := range elements(root, "") {
		names = append(names, element.Data)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func FuzzHTML(f *testing.F) {
	addHostile(f)
	f.Fuzz(func(t *testing.T, text string) { checkHTML(t, text) })
}
