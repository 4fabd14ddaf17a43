package cli

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"
)

// What becomes of texts from files is judged by the readers of each format, not
// by what the program thinks of it. The structure of an output, read back, is
// what it is for harmless texts: names of elements and attributes, columns,
// formulas. An oracle gives the structure and the first fault.

// plainFault finds what must not be in any output: characters that control a
// terminal or turn text around, and commands to a build server.
func plainFault(text string) string {
	if !utf8.ValidString(text) {
		return "no UTF-8"
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		// A comparison of texts in a language passes over what cannot be seen.
		seen := strings.Map(func(r rune) rune {
			if unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) {
				return -1
			}
			return r
		}, line)
		switch {
		case strings.ContainsFunc(line, controls):
			return "control characters: " + line
		case strings.Contains(line, "##["), strings.Contains(seen, "##["):
			return "an old command: " + line
		case strings.HasPrefix(strings.TrimSpace(line), "::"), strings.HasPrefix(strings.TrimSpace(seen), "::"):
			return "a command: " + line
		}
	}
	return ""
}

func controls(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) || r == '\ufeff'
}

// oracle reads an output and gives its structure and its fault.
func oracle(format, text string) (structure []string, fault string) {
	switch format {
	case "json", "ndjson":
		return jsonStructure(text)
	case "sarif":
		return sarifStructure(text)
	case "html":
		return htmlStructure(text)
	case "junit":
		return xmlStructure(text)
	case "csv":
		return csvStructure(text)
	case "xlsx":
		return xlsxStructure(text)
	case "markdown":
		return markdownStructure(text)
	case "github":
		return githubStructure(text)
	}
	return nil, plainFault(text)
}

// set adds a name where it is new.
func set(names *[]string, name string) {
	if !slices.Contains(*names, name) {
		*names = append(*names, name)
	}
}

func jsonStructure(text string) (structure []string, fault string) {
	if fault := plainFault(text); fault != "" {
		return nil, fault
	}
	d := json.NewDecoder(strings.NewReader(text))
	for {
		var value any
		err := d.Decode(&value)
		if errors.Is(err, io.EOF) {
			return nil, ""
		}
		if err != nil {
			return nil, err.Error()
		}
	}
}

// sarifStructure: the address of a file is no other address, and ends where the
// file's name does.
func sarifStructure(text string) (structure []string, fault string) {
	structure, fault = jsonStructure(text)
	address := regexp.MustCompile(`^(file://)?[A-Za-z0-9._~/%-]*$`)
	for _, found := range regexp.MustCompile(`"uri": "(.*)"`).FindAllStringSubmatch(text, -1) {
		if !address.MatchString(found[1]) {
			fault = "an address: " + found[0]
		}
	}
	return structure, fault
}

// htmlStructure: the elements and attributes that there are, where links lead,
// and nothing that runs but the page's own script.
func htmlStructure(text string) (structure []string, fault string) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, err.Error()
	}
	scripts := 0
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode && (n.Parent.Data == "script" || n.Parent.Data == "style"):
		case n.Type == html.TextNode:
			if strings.ContainsFunc(strings.ReplaceAll(n.Data, "\n", ""), controls) || !utf8.ValidString(n.Data) {
				fault = "control characters: " + n.Data
			}
		case n.Type == html.ElementNode:
			if n.Data == "script" {
				scripts++
			}
			set(&structure, n.Data)
			for _, a := range n.Attr {
				set(&structure, n.Data+"."+a.Key)
				switch {
				case strings.HasPrefix(a.Key, "on"):
					fault = "an attribute that runs: " + a.Key
				case slices.Contains([]string{"href", "src", "action", "style"}, a.Key):
					set(&structure, n.Data+"."+a.Key+"="+a.Val)
				}
			}
		case n.Type == html.CommentNode:
			set(&structure, "comment "+n.Data)
		}
	}
	if scripts > 1 {
		fault = "more than one script"
	}
	if f := plainFault(bodyOfPage(text)); f != "" {
		fault = f
	}
	for line := range strings.Lines(bodyOfPage(text)) {
		if line != "\n" && !strings.HasPrefix(line, "<") {
			fault = "a line begins with a text: " + line
		}
	}
	return structure, fault
}

// bodyOfPage is what a page shows, without its script and style.
func bodyOfPage(page string) string {
	_, body, _ := strings.Cut(page, "<body>")
	body, _, _ = strings.Cut(body, "<script>")
	return body
}

func xmlStructure(text string) (structure []string, fault string) {
	// The program indents with tabs.
	if fault := plainFault(regexp.MustCompile(`(?m)^\t+`).ReplaceAllString(text, "")); fault != "" {
		return nil, fault
	}
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return structure, ""
		case err != nil:
			return nil, err.Error()
		}
		switch token := token.(type) {
		case xml.StartElement:
			set(&structure, token.Name.Local)
			for _, a := range token.Attr {
				set(&structure, token.Name.Local+"."+a.Name.Local)
			}
		case xml.Comment, xml.Directive:
			return nil, "a comment or a directive"
		}
	}
}

// csvStructure: the columns, and no cell that a spreadsheet would run, whether
// it parts them at semicolons, commas or tabs: what quotation marks that are not
// at a cell's own ends are good for, spreadsheets do not agree on.
func csvStructure(text string) (structure []string, fault string) {
	text = strings.ReplaceAll(strings.TrimPrefix(text, "\ufeff"), "\r\n", "\n")
	if fault := plainFault(text); fault != "" {
		return nil, fault
	}
	head, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	if !strings.Contains(head, ";") {
		r.Comma = ','
	}
	rows, err := r.ReadAll()
	if err != nil {
		return nil, err.Error()
	}
	parted := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(";,\t\n", r) })
	for _, cell := range slices.Concat(append(rows, parted)...) {
		if cell = strings.TrimLeft(cell, " \t\""); cell != "" && strings.ContainsRune("=+-@\r", rune(cell[0])) {
			fault = "a formula: " + cell
		}
	}
	return rows[0], fault
}

func xlsxStructure(text string) (structure []string, fault string) {
	book, err := excelize.OpenReader(strings.NewReader(text))
	if err != nil {
		return nil, err.Error()
	}
	defer book.Close()
	code := regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`)
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet)
		if err != nil {
			return nil, err.Error()
		}
		structure = append(structure, sheet)
		for y, row := range rows {
			for x, value := range row {
				cell, err := excelize.CoordinatesToCellName(x+1, y+1)
				if err != nil {
					return nil, err.Error()
				}
				formula, err := book.GetCellFormula(sheet, cell)
				linked, _, linkErr := book.GetCellHyperLink(sheet, cell)
				switch {
				case err != nil || linkErr != nil:
					return nil, errors.Join(err, linkErr).Error()
				case formula != "":
					fault = sheet + " " + cell + " has a formula: " + formula
				case linked:
					set(&structure, sheet+" has links")
				case strings.ContainsFunc(strings.ReplaceAll(value, "\n", ""), controls):
					fault = "control characters: " + value
				case code.MatchString(value):
					fault = "the number of a character: " + value
				}
			}
		}
	}
	return structure, fault
}

// markdownStructure: what begins lines, and nothing that Markdown would make
// something of but what the program writes itself.
func markdownStructure(text string) (structure []string, fault string) {
	if fault := plainFault(text); fault != "" {
		return nil, fault
	}
	begins := regexp.MustCompile(`^(#+ |- |\* |[0-9]+[.)] |> ?|</?details>|<summary>|\||~~~|===+|---+|\*\*\*+|    |)`)
	own := regexp.MustCompile(`<span>\$</span>|</?(details|summary|br|b|strong|span|sub|pre|code|kbd)>|\*\*|\\.|&(#[0-9]+|#x[0-9a-fA-F]+|[a-z]+);`)
	// What GitHub makes of a text when Markdown is done with it: mentions,
	// references and emoji.
	wakes := regexp.MustCompile(`@[\pL0-9]|(^|[^&])#[0-9]|(?i:gh-[0-9])|:[A-Za-z0-9_+-]+:`)
	bars := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		start := begins.FindString(line)
		set(&structure, start)
		rest := own.ReplaceAllString(line[len(start):], "")
		if start == "- " && begins.FindString(line[len(start):]) != "" {
			fault = "a text begins something: " + line
		}
		if start == "|" {
			if bars > 0 && strings.Count(line, "|") != bars {
				fault = "a row with other cells: " + line
			}
			bars = strings.Count(line, "|")
		} else {
			bars = 0
		}
		signs := "<>`[]*~$"
		if start == "<summary>" {
			signs = "<>" // it is HTML
		}
		if wakes.MatchString(strings.ReplaceAll(line, `\`, "")) {
			fault = "GitHub makes something of it: " + line
		}
		if strings.ContainsAny(rest, signs) || start != "<summary>" && (strings.Contains(rest, "://") || strings.Contains(rest, "__")) {
			fault = "signs of Markdown: " + line
		}
	}
	slices.Sort(structure)
	return structure, fault
}

// githubStructure: the names of the commands and of their properties. Nothing
// else is one, a property is given once and holds all of its text, and a
// command's data stays on its line.
func githubStructure(text string) (structure []string, fault string) {
	for line := range strings.Lines(text) {
		rest, ok := strings.CutPrefix(line, "::")
		if !ok {
			if f := plainFault(line); f != "" {
				fault = f
			}
			continue
		}
		head, data, _ := strings.Cut(rest, "::")
		name, properties, _ := strings.Cut(head, " ")
		set(&structure, name)
		if !slices.Contains([]string{"error", "warning", "notice"}, name) {
			fault = "another command: " + line
		}
		known := []string{"file", "line", "col", "title", ""}
		for property := range strings.SplitSeq(properties, ",") {
			key, value, _ := strings.Cut(property, "=")
			set(&structure, name+"."+key)
			value = strings.NewReplacer("%25", "", "%3A", ":", "%2C", ",").Replace(value)
			// All files that are tried have this ending.
			if !slices.Contains(known, key) || key == "" && properties != "" || key == "file" && !strings.HasSuffix(value, ".yaml") || strings.Contains(value, "%") {
				fault = "a text has become properties: " + line
			}
			known = slices.DeleteFunc(known, func(k string) bool { return k == key })
		}
		if f := plainFault(strings.NewReplacer("%0A", "\n", "%0D", "\r", "%25", "%").Replace(data)); f != "" {
			fault = f
		}
	}
	slices.Sort(structure)
	return structure, fault
}

// TestOracles: what the oracles are there for, they find.
func TestOracles(t *testing.T) {
	for _, test := range []struct{ format, text string }{
		{"text", "rød \x1b[31m\n"}, {"text", "a\u202eb\n"}, {"text", "  ::error::x\n"}, {"text", "a ##[error]x\n"}, {"text", "a\u009b31m\n"}, {"text", "a\xffb\n"}, {"text", "a\rb\n"},
		{"html", "<body>\n<p onclick=\"x\">a</p>\n"}, {"html", "<body>\n<p>a</p><script>1</script><script>2</script>\n"}, {"html", "<body>\ntekst\n"},
		{"junit", "<a><b></a>"}, {"junit", "<a><!-- b --></a>"},
		{"csv", "a;b\n=1+1;c\n"}, {"csv", "a;b\nc,=1+1;d\n"}, {"csv", "a;b\n\"c,=1+1\";d\n"}, {"csv", "a,b\n\"c;=1+1\",d\n"}, {"csv", "a;b\nc\n"},
		{"markdown", "a <script>\n"}, {"markdown", "[a](b)\n"}, {"markdown", "| a |\n| --- |\n| b | c |\n"}, {"markdown", "`a`\n"}, {"markdown", "- 1. a\n"}, {"markdown", "a $x$\n"}, {"markdown", "a @ks\n"}, {"markdown", "\\#12\n"}, {"markdown", "a \\:smile:\n"}, {"markdown", "gh-1\n"}, {"markdown", "<summary><b\n"},
		{"github", " ::error::x\n"}, {"github", "::stop-commands::x\n"}, {"github", "::error::x%0A::error::y\n"}, {"github", "::error file=a,line=1.yaml,line=2::x\n"}, {"github", "::error file=a,b.yaml::x\n"}, {"github", "::error file=%0A.yaml::x\n"}, {"github", "::error file=a::b.yaml,line=2::x\n"}, {"json", "{\"a\":1"}, {"sarif", "{\"uri\": \"javascript:x\"}"}, {"xlsx", "PK"},
	} {
		if _, fault := oracle(test.format, test.text); fault == "" {
			t.Errorf("%s: nothing is found in %q", test.format, test.text)
		}
	}
}
