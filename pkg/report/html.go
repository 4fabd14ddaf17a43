package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"
)

// HTMLOptions says in which language a page is and what its own words are.
type HTMLOptions struct {
	// Language is the page's language as a tag of BCP 47: nb, nn or en.
	Language string
	// Title is the page's name, in the browser's tab for instance; empty: the
	// document's first heading.
	Title string
	// Legend holds the symbols that a table may have, each with its word. It
	// stands at every table that has symbols, whole; what it lacks is added.
	Legend []Span
	Words  PageWords
}

// PageWords are the words that a page brings itself, for what only a page can
// do.
type PageWords struct {
	// Legend and Columns name the lists of symbols and of short column titles.
	Legend, Columns string
	// Filter names what narrows a table down, ShowAll what takes that back.
	Filter, ShowAll string
	// Shown says how many rows are shown, as "{shown} of {all}" does.
	Shown string
	// Ascending and Descending say what the rows are sorted by, as "by {column}"
	// does.
	Ascending, Descending string
}

func (p PageWords) cleaned() PageWords {
	return PageWords{Legend: pageText(p.Legend), Columns: pageText(p.Columns), Filter: pageText(p.Filter), ShowAll: pageText(p.ShowAll),
		Shown: pageText(p.Shown), Ascending: pageText(p.Ascending), Descending: pageText(p.Descending)}
}

//go:embed page
var pageFiles embed.FS

// HTML writes a document as one page that needs nothing else: no file, no
// network, and no script either, though its own makes tables with facets or
// rows to open sortable and lets readers narrow them down. The page's policy
// (CSP) allows its own style and script and nothing else. No text is anything
// but text in it. The same document and options give the same page. It fails
// where a row has more cells than its table has columns.
func HTML(d Document, o HTMLOptions) (string, error) {
	o.Words = o.Words.cleaned()
	w := &pageWriter{options: o}
	content, err := w.page(d)
	if err != nil {
		return "", fmt.Errorf("write document: %w", err)
	}
	templates, err := template.ParseFS(pageFiles, "page/*.html")
	if err != nil {
		return "", fmt.Errorf("read the page's templates: %w", err)
	}
	style, err := pageFiles.ReadFile("page/page.css")
	if err != nil {
		return "", fmt.Errorf("read the page's style: %w", err)
	}
	var script []byte
	if w.interactive {
		if script, err = pageFiles.ReadFile("page/page.js"); err != nil {
			return "", fmt.Errorf("read the page's script: %w", err)
		}
	}
	var out strings.Builder
	err = templates.ExecuteTemplate(&out, "page.html", pageData{
		Language: pageText(o.Language), Title: w.title(d), Policy: policy(string(style), string(script)),
		Style: template.CSS(style), Script: template.JS(script), Blocks: content,
	})
	if err != nil {
		return "", fmt.Errorf("write document: %w", err)
	}
	return withoutCommands(out.String()), nil
}

// withoutCommands writes number signs in texts as entities: in a log of GitHub
// Actions, two before a bracket are a command. No text begins a line, as the
// other kind of command must.
func withoutCommands(page string) string {
	head, rest, _ := strings.Cut(page, "<style>")
	style, rest, _ := strings.Cut(rest, "</style>")
	body, script, _ := strings.Cut(rest, "</main>")
	return withoutSigns(head) + "<style>" + style + "</style>" + withoutSigns(body) + "</main>" + script
}

// withoutSigns leaves only the number signs that entities begin with.
func withoutSigns(html string) string {
	const entity, kept = "&#", "\x00"
	html = strings.ReplaceAll(html, entity, kept)
	return strings.ReplaceAll(strings.ReplaceAll(html, "#", "&#35;"), kept, entity)
}

// pageData is what the template of a page needs.
type pageData struct {
	Language, Title, Policy string
	Style                   template.CSS
	Script                  template.JS
	Blocks                  []pageBlock
}

// policy is the Content-Security-Policy that allows one style and one script,
// by their contents.
func policy(style, script string) string {
	parts := []string{"default-src 'none'", "style-src " + fingerprint(style)}
	if script != "" {
		parts = append(parts, "script-src "+fingerprint(script))
	}
	return strings.Join(append(parts, "base-uri 'none'", "form-action 'none'"), "; ")
}

func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// title is the page's name.
func (w *pageWriter) title(d Document) string {
	if w.options.Title != "" {
		return pageText(w.options.Title)
	}
	for _, b := range d.Blocks {
		if h, ok := b.(Heading); ok && pageText(h.Text) != "" {
			return pageText(h.Text)
		}
	}
	return ""
}

// pageText is a text without what steers or hides, with blanks at neither end.
func pageText(text string) string { return strings.TrimSpace(clean(text, false)) }
