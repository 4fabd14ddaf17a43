package report_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/view"
)

// candidates is a comparison of invented initiatives with all that a page can
// show: ten columns of symbols, intervals, facets, rows to open, and bars.
type candidates struct {
	t       testing.TB
	printer *i18n.Printer
	random  *rand.Rand
	number  int
	counts  [10][4]int
}

// candidatesPage is the page on so many candidates in a language.
func candidatesPage(t testing.TB, language i18n.Language, number int) string {
	t.Helper()
	printer, err := i18n.New(language)
	if err != nil {
		t.Fatal(err)
	}
	c := &candidates{t: t, printer: printer, random: rand.New(rand.NewPCG(1, uint64(number))), number: number}
	page, err := report.HTML(c.document(), view.Page(printer, ""))
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func (c *candidates) document() report.Document {
	table := c.table()
	return report.Document{Blocks: []report.Block{
		report.Heading{Level: 1, Text: fmt.Sprintf("%d kandidater til neste års utviklingsarbeid", c.number)},
		report.Paragraph{Text: report.SayAs(report.Faint, "KS som utviklingspartner 2016–2019 · vurdert per 1.3.2018"), Tight: true},
		report.Heading{Level: 2, Text: "Kandidatene", Aside: "5 plasser"}, table,
		report.Heading{Level: 2, Text: "Kriteriene"}, c.bars(),
	}}
}

func criteria() []string {
	return []string{"Langsiktig betydning for hele sektoren", "Svarer på strategiske utfordringer", "Forankret i behov hos medlemmene", "Gir nytte for mange kommuner", "Gir kommunal handlefrihet, kvalitet eller bedre ressursutnyttelse",
		"Gjelder et område med økonomisk tyngde", "Komplekse eller omfattende utfordringer", "Nye, innovative metoder", "KS har særskilte fortrinn", "Gevinster og læring kan deles"}
}

func recommendations() []string {
	return []string{"prioriter", "kandidat", "vurder nærmere", "avklar først", "forhandle om vilkår", "utsett", "henvis til annen aktør", "takk nei", "skrinlegg"}
}

func areas() []string {
	return []string{"digitalisering", "kommuneøkonomi og handlingsrom", "helse og omsorg", "arbeidsgiver og ledelse, politiske roller"}
}

func (c *candidates) table() report.Table {
	t := report.Table{Header: true, Caption: "Kandidatene med anbefaling, plass og kriterier",
		Facets:  []report.Facet{{Title: "Anbefaling", Values: recommendations()}, {Title: "Område", Values: areas()}},
		Columns: []report.Column{{Title: "Tiltak", Flexible: true, Least: 24}, {Title: "Anbefaling"}, {Title: "Oppfylt"}, {Title: "Plass i rekken"}, {Title: "Med"}}}
	for i, title := range criteria() {
		t.Columns = append(t.Columns, report.Column{Title: "C" + strconv.Itoa(i+1), Full: title})
	}
	for i := range c.number {
		t.Rows = append(t.Rows, c.row(i))
	}
	return t
}

func (c *candidates) row(i int) report.Row {
	best := 1 + i*3/4
	rank := report.Interval{Least: best, Most: min(best+1+c.random.IntN(4+c.number/20), c.number), Of: c.number}
	recommendation := min(c.random.IntN(4)+i*6/c.number, len(recommendations())-1)
	row := report.Row{Sort: []int64{}, Tags: [][]string{{recommendations()[recommendation]}, {areas()[c.random.IntN(len(areas()))]}}}
	title := fmt.Sprintf("%s i %s", []string{"Nabolagsverksted", "Klimabudsjett", "Digital førstelinje og felles saksbehandling", "Lærlingeløft", "Trygg hjemme"}[c.random.IntN(5)],
		[]string{"Nordre Eksempelvik", "Eksempeldalen", "Prøveøy og omegn", "Testfjord fylke"}[c.random.IntN(4)])
	place := []report.Span{{Text: "● med", Tone: report.Good}, {Text: "◐ kommer an på", Tone: report.Open}, {Text: "○ ute", Tone: report.Bad}}
	at := 1
	if rank.Most <= 5 {
		at = 0
	} else if rank.Least > 5 {
		at = 2
	}
	var cells []report.Cell
	least, most := 0, 0
	for k := range criteria() {
		outcome := min(c.random.IntN(9), 3+c.random.IntN(6)) / 3
		if c.random.IntN(12) == 0 {
			outcome = 3
		}
		outcome = (outcome + i*2/c.number) % 4
		c.counts[k][outcome]++
		if outcome == 0 {
			least++
		}
		if outcome == 0 || outcome == 2 {
			most++
		}
		cells = append(cells, report.Cell{view.Symbol(c.printer, outcomes()[outcome])})
		row.Sort = append(row.Sort, int64(outcome))
	}
	row.Cells = append([]report.Cell{report.Say(title), report.Say(recommendations()[recommendation]), report.Say(span(least, most) + " av 10"),
		{{Text: span(rank.Least, rank.Most), Interval: &rank}}, {place[at]}}, cells...)
	row.Sort = append([]int64{report.ByText, int64(recommendation), int64(-least*100 - most), int64(rank.Least*1000 + rank.Most), int64(at)}, row.Sort...)
	row.Open = c.assessment(title, row)
	return row
}

// span writes a range of numbers.
func span(least, most int) string {
	if least == most {
		return strconv.Itoa(least)
	}
	return fmt.Sprintf("%d–%d", least, most)
}

func outcomes() []string {
	return []string{result.Pass, result.Fail, result.Unclear, result.NotApplicable}
}

// assessment is what a row opens to.
func (c *candidates) assessment(title string, row report.Row) []report.Block {
	table := report.Table{Tight: true, Columns: []report.Column{{}, {}, {Flexible: true, Least: 24}, {Flexible: true, Least: 48, Below: 1}}}
	for i, name := range criteria() {
		mark := row.Cells[5+i][0]
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.Say("C" + strconv.Itoa(i+1)), {{Text: mark.Text + " " + mark.Word, Tone: mark.Tone}},
			report.Say(name), report.Say("relevant for de fleste kommuner, fordi «fem fylkesstyrer ba om det høsten 2017, sak 12/17» (linje 14)")}})
	}
	return []report.Block{
		report.Heading{Level: 1, Text: title, Aside: "tiltak/eksempel.yaml"},
		report.Paragraph{Text: []report.Span{{Text: "Anbefaling: ", Tone: report.Strong}, {Text: "avklar først", Tone: report.Open}}},
		report.Fields{Fields: []report.Field{{Label: "Fortsatt mulig", Value: report.Say("kandidat · utsett")}, {Label: "Avgjøres av", Value: report.Say("hvor lenge det varer")}, {Value: report.Say("hvem som betaler")}}},
		report.Heading{Level: 2, Text: "Prioriteringskriterier (kap. 2.2)", Aside: "4–9 av 10, 5 uavklart"}, table,
	}
}

func (c *candidates) bars() report.Bars {
	var b report.Bars
	for i, name := range criteria() {
		bar := report.Bar{Label: "C" + strconv.Itoa(i+1), Full: name}
		for k, outcome := range outcomes() {
			symbol := view.Symbol(c.printer, outcome)
			bar.Parts = append(bar.Parts, report.Part{Word: symbol.Word, Tone: symbol.Tone, Count: c.counts[i][k]})
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}
