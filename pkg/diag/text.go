package diag

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// Text words a list for a terminal. Each diagnostic takes a line with place,
// severity and message, then the line of the file with carets under what is
// meant, and a line with what to do:
//
//	tiltak.yaml:3:1: feil: «titel» er ikke en kjent nøkkel her
//	  3 | titel: Læring
//	    | ^^^^^
//	  råd: mente du «title»?
//
// Files keep the order in which they come first; of each at most Limit
// diagnostics are shown, and a last line counts the rest. What came from files
// is cleaned. The text is plain, every line ends with a line break, and an
// empty list gives an empty text.
func Text(p *i18n.Printer, list List) string {
	var b strings.Builder
	for _, file := range byFile(list) {
		shown, left := file.Capped()
		for _, d := range shown {
			writeDiagnostic(&b, p, d)
		}
		if left > 0 {
			writeLine(&b, p.T("diag.more", Clean(file[0].Pos.File), left))
		}
	}
	return b.String()
}

// byFile parts the list by file, in the order in which files come first.
func byFile(list List) []List {
	var files []List
	place := map[string]int{}
	for _, d := range list {
		i, known := place[d.Pos.File]
		if !known {
			i = len(files)
			place[d.Pos.File] = i
			files = append(files, nil)
		}
		files[i] = append(files[i], d)
	}
	return files
}

// messageLength is how many characters of a message or hint are shown.
const messageLength = 1000

func writeDiagnostic(b *strings.Builder, p *i18n.Printer, d Diagnostic) {
	pos := Pos{File: Clean(d.Pos.File), Line: d.Pos.Line, Column: d.Pos.Column}
	parts := []string{d.Severity.Word(p), shorten(Clean(p.Text(d.Message)), messageLength)}
	if place := pos.String(); place != "" {
		parts = append([]string{place}, parts...)
	}
	writeLine(b, strings.Join(parts, ": "))
	writeSource(b, d)
	if !d.Hint.IsZero() {
		writeLine(b, "  "+p.T("diag.hint", shorten(Clean(p.Text(d.Hint)), messageLength)))
	}
}

// Word names the severity in the printer's language.
func (s Severity) Word(p *i18n.Printer) string {
	switch s {
	case Warning:
		return p.T("diag.warning")
	case Notice:
		return p.T("diag.notice")
	}
	return p.T("diag.error")
}

func writeSource(b *strings.Builder, d Diagnostic) {
	if d.Pos.Line == 0 || strings.TrimSpace(d.Source) == "" {
		return
	}
	number := strconv.Itoa(d.Pos.Line)
	source, indent, carets := excerpt(d.Source, d.Pos.Column, d.Width)
	writeLine(b, fmt.Sprintf("  %s | %s", number, source))
	if d.Pos.Column == 0 {
		return
	}
	writeLine(b, fmt.Sprintf("  %*s | %*s%s", len(number), "", indent, "", strings.Repeat("^", carets)))
}

// writeLine writes one line without blanks at its end.
func writeLine(b *strings.Builder, line string) {
	b.WriteString(strings.TrimRight(Inert(line), " "))
	b.WriteByte('\n')
}
