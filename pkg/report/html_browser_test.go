package report_test

import (
	"bytes"
	"context"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/ks-no/ksdev/pkg/cli"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// written is the page that a command writes, run in the repository's root.
func written(t *testing.T, args ...string) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(folder, "..", "..")
	t.Chdir(root)
	defer t.Chdir(folder)
	var out, errs bytes.Buffer
	code := cli.Main(cli.Streams{In: strings.NewReader(""), Out: &out, Err: &errs, Environ: func() []string { return nil }, Dir: root}, args)
	if code != cli.Done {
		t.Fatalf("%v: exit code %d: %s", args, code, &errs)
	}
	return out.String()
}

// examples are proposals that come out in different ways.
func examples() []string {
	names := []string{"klimabudsjett-i-kommunene", "nabolagsverksted", "statlig-rapporteringsprosjekt", "avtale-om-god-prosess", "kortreist-kvalitet"}
	for i, name := range names {
		names[i] = "examples/" + name + ".yaml"
	}
	return names
}

// assessed and compared are pages about the first of them, about all of them,
// and about how they compare.
func assessed(t *testing.T, language i18n.Language, number int) string {
	return written(t, append([]string{"assess", "-q", "--lang", string(language), "-f", "html"}, examples()[:number]...)...)
}

func compared(t *testing.T, language i18n.Language) string {
	return written(t, append([]string{"compare", "-q", "--lang", string(language), "--places", "2", "-f", "html"}, examples()...)...)
}

// axe reads the script of axe-core, whose place the environment says.
func axe(t *testing.T) string {
	t.Helper()
	file := os.Getenv("KSDEV_AXE")
	if file == "" {
		lacking(t, "KSDEV_AXE does not name axe.min.js of the npm package axe-core")
	}
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// Nothing on any page stands in the way of those who hear it, who use no mouse,
// or who see colours otherwise: axe-core has no finding, with all rules.
func TestPagesAreAccessible(t *testing.T) {
	running, script := browser(t), axe(t)
	for _, language := range i18n.Languages() {
		pages := map[string]string{"one": assessed(t, language, 1), "several": assessed(t, language, len(examples())),
			"comparison": compared(t, language), "candidates": candidatesPage(t, language, 12)}
		for _, name := range slices.Sorted(maps.Keys(pages)) {
			t.Run(string(language)+" "+name, func(t *testing.T) { findNothing(t, running, script, pages[name], look{}) })
		}
		if language != i18n.Bokmal {
			continue // what follows does not depend on words
		}
		for how, l := range map[string]look{"dark": {dark: true}, "small": {width: 390}, "printed": {print: true}, "without script": {noScript: true}} {
			for _, name := range []string{"candidates", "one"} {
				t.Run(how+" "+name, func(t *testing.T) { findNothing(t, running, script, pages[name], l) })
			}
		}
	}
}

// These tests would notice: a page that breaks every rule has complaints and
// findings.
func TestBadPage(t *testing.T) {
	p := open(t, browser(t), `<!doctype html><html><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><title></title>
		<p style="color: red">a<img src="https://example.org/a.png"><script>b</script>`, look{})
	p.do(chromedp.Poll[chromedp.Void]("document.readyState === 'complete'"))
	p.mu.Lock()
	complaints := p.complaints
	p.complaints = nil
	p.mu.Unlock()
	if len(complaints) < 3 { // of the style, the image and the script
		t.Errorf("the complaints are %q", complaints)
	}
	value[bool](p, axe(t)+"; true")
	if findings := p.inspect().Findings; len(findings) < 3 { // no language, no title, no text for the image
		t.Errorf("axe-core found %q", findings)
	}
}

// found is what axe-core found, and how many of its rules a page keeps.
type found struct {
	Passed   int
	Findings []string
}

// inspect runs axe-core, which the page has, with all its rules.
func (p *tab) inspect() found {
	p.t.Helper()
	return value[found](p, `axe.run({resultTypes: ["violations"]}).then((r) => ({Passed: r.passes.length,
		Findings: r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target + ": " + n.failureSummary))}))`)
}

// findNothing lets axe-core look at a page, closed and with something opened.
func findNothing(t *testing.T, running context.Context, script, page string, l look) {
	if l.noScript { // axe-core is a script itself
		page, l.noScript = regexp.MustCompile(`(?s)<script>.*</script>`).ReplaceAllString(page, ""), false
	}
	p := open(t, running, page, l)
	value[bool](p, script+"; true")
	for _, before := range []string{"true", `document.querySelectorAll("main > details, .matrix > tbody:first-of-type details").forEach((d) => { d.open = true; }), true`} {
		value[bool](p, before)
		result := p.inspect()
		for _, finding := range result.Findings {
			t.Error(finding)
		}
		if result.Passed < 10 {
			t.Errorf("axe-core looked at %d things", result.Passed)
		}
	}
}

// first lists the first cells of the rows that are shown.
const first = `[...document.querySelectorAll(".matrix > tbody")].filter((b) => !b.hidden).map((b) => b.rows[0].cells[0].textContent.trim())`

// status is what the page says of its rows.
const status = `document.querySelector(".status").textContent`

// sorted is the direction that a column is sorted in.
func sorted(p *tab, column string) string {
	return value[string](p, `[...document.querySelectorAll(".matrix > thead th")].find((h) => h.innerText.trim().startsWith("`+column+`")).getAttribute("aria-sort")`)
}

// press presses a key until something of the page holds, at most 60 times.
func (p *tab) press(key, until string) {
	p.t.Helper()
	for range 60 {
		p.do(chromedp.KeyEvent(key))
		if value[bool](p, until) {
			return
		}
	}
	p.t.Fatalf("after 60 keys not yet: %s", until)
}

func TestSortByKeyboardAndMouse(t *testing.T) {
	p := open(t, browser(t), candidatesPage(t, i18n.English, 40), look{})
	before := value[[]string](p, first)
	p.press(kb.Tab, `document.activeElement.closest("th") !== null`)
	if got := sorted(p, "Tiltak"); got != "none" {
		t.Errorf("at first it is sorted %s", got)
	}
	p.do(chromedp.KeyEvent(kb.Enter))
	up := value[[]string](p, first)
	if got := sorted(p, "Tiltak"); got != "ascending" || !slices.IsSorted(up) || slices.Equal(up, before) {
		t.Errorf("after Enter it is sorted %s: %q", got, up)
	}
	if got := value[string](p, status); got != "Showing 40 of 40. Sorted by Tiltak, ascending" {
		t.Errorf("it says %q", got)
	}
	p.do(chromedp.KeyEvent(" "))
	down := value[[]string](p, first)
	slices.Reverse(down)
	if got := sorted(p, "Tiltak"); got != "descending" || !slices.IsSorted(down) {
		t.Errorf("after the space bar it is sorted %s: %q", got, down)
	}
	p.do(chromedp.KeyEvent(" "))
	if got := sorted(p, "Tiltak"); got != "none" || !slices.Equal(value[[]string](p, first), before) {
		t.Errorf("the third time it is sorted %s", got)
	}
	p.do(chromedp.Click(chromedp.CSS(".matrix > thead th:nth-child(4) > button")))
	ranks := value[[]int](p, `[...document.querySelectorAll(".matrix > tbody")].map((b) => parseInt(b.rows[0].cells[3].textContent))`)
	if got := sorted(p, "Plass"); got != "ascending" || !slices.IsSorted(ranks) {
		t.Errorf("by place it is sorted %s: %d", got, ranks)
	}
	if got := sorted(p, "Tiltak"); got != "none" {
		t.Errorf("then the first column is sorted %s", got)
	}
}

func TestFilterByKeyboardAndMouse(t *testing.T) {
	p := open(t, browser(t), candidatesPage(t, i18n.Nynorsk, 40), look{})
	shown := func() int { return value[int](p, first+".length") }
	count := func(n int) int {
		return value[int](p, `Number(document.querySelectorAll(".filters .count")[`+string(rune('0'+n))+`].textContent)`)
	}
	p.press(kb.Tab, `document.activeElement.matches(".filters input")`)
	p.do(chromedp.KeyEvent(" "))
	if shown() != count(0) || shown() == 40 {
		t.Errorf("%d rows are shown, %d have the value", shown(), count(0))
	}
	p.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(" "))
	both := shown()
	if both != count(0)+count(1) {
		t.Errorf("%d rows are shown for two values", both)
	}
	if got := value[string](p, status); !strings.HasPrefix(got, "Viser ") || !strings.HasSuffix(got, " av 40") {
		t.Errorf("it says %q", got)
	}
	p.do(chromedp.Click(chromedp.CSS(".filters fieldset:nth-of-type(2) label")))
	if shown() >= both {
		t.Errorf("with an area too there are %d rows, before %d", shown(), both)
	}
	if value[int](p, `[...document.querySelectorAll(".matrix > tbody")].filter((b) => b.getClientRects().length > 0 && b.offsetHeight > 0).length`) != shown() {
		t.Error("rows that are filtered out are seen")
	}
	p.press(kb.Tab, `document.activeElement.matches(".filters button")`)
	p.do(chromedp.KeyEvent(kb.Enter), chromedp.Poll[chromedp.Void](status+` === "Viser 40 av 40"`))
	if shown() != 40 || value[int](p, `document.querySelectorAll(".filters :checked").length`) != 0 {
		t.Errorf("then %d rows are shown", shown())
	}
}

// opened says whether the first row shows what it opens to.
const opened = `document.querySelector(".matrix .opened").getClientRects().length > 0`

// With and without script a row opens, by keyboard and mouse.
func TestRowsOpen(t *testing.T) {
	running := browser(t)
	for _, l := range []look{{}, {noScript: true}} {
		p := open(t, running, candidatesPage(t, i18n.Bokmal, 12), l)
		if value[bool](p, opened) {
			t.Error("it is open at first")
		}
		p.press(kb.Tab, `document.activeElement.matches(".matrix > tbody summary")`)
		p.do(chromedp.KeyEvent(kb.Enter))
		if !value[bool](p, opened) {
			t.Error("Enter does not open it")
		}
		p.do(chromedp.Click(chromedp.CSS(".matrix > tbody summary")))
		if value[bool](p, opened) {
			t.Error("a click does not close it")
		}
	}
}

// Without script everything is there, and nothing that would do nothing.
func TestWithoutScript(t *testing.T) {
	p := open(t, browser(t), candidatesPage(t, i18n.Bokmal, 12), look{noScript: true})
	for what, expression := range map[string]string{
		"all rows are shown":          first + `.length === 12`,
		"there are no buttons":        `[...document.querySelectorAll("button, input")].every((b) => b.getClientRects().length === 0)`,
		"the legend is whole":         `document.querySelectorAll(".legend dd").length === 4`,
		"symbols have words":          `[...document.querySelectorAll(".symbol")].every((c) => c.querySelector(".word").textContent !== "")`,
		"the header stays in sight":   `getComputedStyle(document.querySelector(".matrix > thead th")).position === "sticky"`,
		"the table can be scrolled":   `document.querySelector(".scroll").tabIndex === 0`,
		"the page is not too wide":    `document.documentElement.scrollWidth <= innerWidth`,
		"there is one main heading":   `document.querySelectorAll("h1").length === 1`,
		"what is drawn is also named": `document.querySelectorAll("svg:not([aria-hidden=true])").length === 0`,
	} {
		if !value[bool](p, expression) {
			t.Errorf("not so: %s", what)
		}
	}
}

// No page is wider than the screen; a wide table scrolls by itself, with its
// first column in sight.
func TestSmallScreen(t *testing.T) {
	running := browser(t)
	for name, page := range map[string]string{
		"one": assessed(t, i18n.Bokmal, 1), "several": assessed(t, i18n.Bokmal, len(examples())),
		"comparison": compared(t, i18n.Bokmal), "candidates": candidatesPage(t, i18n.Bokmal, 12),
	} {
		p := open(t, running, page, look{width: 390})
		value[bool](p, `document.querySelectorAll("details").forEach((d) => { d.open = true; }), true`)
		if got := value[int](p, `document.documentElement.scrollWidth`); got > 390 {
			t.Errorf("%s is %d wide", name, got)
		}
		if name != "one" && !value[bool](p, `(() => { const s = document.querySelector(".scroll"); s.scrollLeft = 300;
			return s.scrollLeft > 0 && Math.abs(s.querySelector("tbody th").getBoundingClientRect().left - s.getBoundingClientRect().left) < 3; })()`) {
			t.Errorf("%s: the first column does not stay", name)
		}
	}
}

// On paper, A4 across, nothing is left of what can only be pressed, and headers
// stand on every page.
func TestPrint(t *testing.T) {
	p := open(t, browser(t), candidatesPage(t, i18n.Bokmal, 60), look{print: true})
	for what, expression := range map[string]string{
		"filters are left out":       `document.querySelector(".filters").getClientRects().length === 0`,
		"nothing scrolls":            `getComputedStyle(document.querySelector(".scroll")).overflow === "visible"`,
		"nothing is stuck":           `getComputedStyle(document.querySelector(".matrix > thead th")).position === "static"`,
		"headers repeat":             `getComputedStyle(document.querySelector(".matrix > thead")).display === "table-header-group"`,
		"rows are not cut":           `getComputedStyle(document.querySelector(".matrix > tbody > tr")).breakInside === "avoid"`,
		"the word is by the symbol":  `document.querySelector(".symbol .word").getClientRects()[0].width > 10`,
		"the paper is white":         `getComputedStyle(document.documentElement).colorScheme === "light"`,
		"it says how many rows":      status + ` === "Viser 60 av 60"`,
		"the legend is on the paper": `document.querySelector(".legend").getClientRects().length > 0`,
	} {
		if !value[bool](p, expression) {
			t.Errorf("not so: %s", what)
		}
	}
	pdf, err := chromedp.Run(p.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	pages := regexp.MustCompile(`/MediaBox\s*\[\s*0 0 84[12]\S* 59[45]\S*\s*\]`).FindAll(pdf, -1)
	if len(pages) < 3 || len(pages) > 10 {
		t.Errorf("%d pages of A4 across for 60 rows", len(pages))
	}
}

// Many rows are sorted and narrowed down like few.
func TestManyRows(t *testing.T) {
	p := open(t, browser(t), candidatesPage(t, i18n.English, 600), look{})
	p.do(chromedp.Click(chromedp.CSS(".matrix > thead th:nth-child(6) > button")), chromedp.Click(chromedp.CSS(".filters label")))
	outcomes := value[[]int](p, `[...document.querySelectorAll(".matrix > tbody")].filter((b) => !b.hidden).map((b) => Number(b.rows[0].cells[5].dataset.sort))`)
	if want := value[int](p, `Number(document.querySelector(".filters .count").textContent)`); len(outcomes) != want || !slices.IsSorted(outcomes) {
		t.Errorf("%d rows, not %d: %v", len(outcomes), want, outcomes)
	}
}
