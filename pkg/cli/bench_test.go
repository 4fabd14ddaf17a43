package cli_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// The benchmarks of this file run whole programs and report how their times
// and their memory compare, as the medians of runs in turn: a machine that is
// slow or busy slows all of them alike. None of them fails on a figure.

// load gives the strategy that the benchmarks assess under.
func load(b *testing.B) *strategy.Strategy {
	b.Helper()
	folder, err := fs.Sub(criteria.FS(), "ks-2016-2019")
	if err != nil {
		b.Fatal(err)
	}
	s, found := strategy.Load(folder, strategy.Options{Language: i18n.Bokmal})
	if s == nil {
		b.Fatal(found)
	}
	return s
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		load(b)
	}
}

// build builds the program of a folder.
func build(b *testing.B, folder string) string {
	b.Helper()
	target := filepath.Join(b.TempDir(), filepath.Base(folder)+".exe")
	output, err := exec.Command("go", "build", "-buildvcs=false", "-trimpath", "-o", target, folder).CombinedOutput()
	if err != nil {
		b.Fatalf("%v\n%s", err, output)
	}
	return target
}

// process is a program that is run and measured.
type process struct {
	path       string
	arguments  []string
	processors int
}

// run gives what the process prints and how long it takes.
func (p process) run(b *testing.B) (string, float64) {
	b.Helper()
	command := exec.Command(p.path, p.arguments...)
	command.Env = append(os.Environ(), "GOMAXPROCS="+strconv.Itoa(p.processors))
	var output strings.Builder
	if filepath.Base(p.path) == "peak.exe" {
		command.Stdout = &output
	}
	command.Stderr = os.Stderr
	start := time.Now()
	if err := command.Run(); err != nil {
		b.Fatal(err)
	}
	return output.String(), time.Since(start).Seconds()
}

// inTurn runs processes in turn and gives the median seconds of each.
func inTurn(b *testing.B, rounds int, processes ...process) []float64 {
	b.Helper()
	seconds := make([][]float64, len(processes))
	for b.Loop() {
		for range rounds {
			for i, p := range processes {
				_, took := p.run(b)
				seconds[i] = append(seconds[i], took)
			}
		}
	}
	b.ReportMetric(0, "ns/op")
	medians := make([]float64, len(processes))
	for i := range seconds {
		medians[i] = median(seconds[i])
	}
	return medians
}

func median(values []float64) float64 {
	slices.Sort(values)
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}

// BenchmarkFolder compares a folder of initiatives, as a summary and as data,
// with reading and parsing the same files alone.
func BenchmarkFolder(b *testing.B) {
	ksdev, parse := build(b, "../../cmd/ksdev"), build(b, "./testdata/bench/parse")
	for _, files := range []int{1_000, 10_000} {
		folder := proposals(b, files)
		b.Run(fmt.Sprintf("files=%d", files), func(b *testing.B) {
			medians := inTurn(b, 15,
				process{parse, []string{folder, "2"}, 2},
				process{ksdev, []string{"assess", "-q", "-j", "2", folder}, 2},
				process{ksdev, []string{"assess", "-q", "-j", "2", "-f", "ndjson", folder}, 2})
			b.ReportMetric(1000*medians[0], "parse-ms")
			b.ReportMetric(1000*medians[1], "summary-ms")
			b.ReportMetric(medians[1]/medians[0], "summary-to-parse")
			b.ReportMetric(1000*medians[2], "ndjson-ms")
			b.ReportMetric(medians[2]/medians[0], "ndjson-to-parse")
		})
	}
}

// BenchmarkWorkers compares two workers on two processors with one on one.
func BenchmarkWorkers(b *testing.B) {
	ksdev, folder := build(b, "../../cmd/ksdev"), proposals(b, 1_000)
	for _, format := range []string{"text", "ndjson"} {
		b.Run("format="+format, func(b *testing.B) {
			medians := inTurn(b, 15,
				process{ksdev, []string{"assess", "-q", "-j", "1", "-f", format, folder}, 1},
				process{ksdev, []string{"assess", "-q", "-j", "2", "-f", format, folder}, 2})
			b.ReportMetric(1000*medians[0], "one-ms")
			b.ReportMetric(1000*medians[1], "two-ms")
			b.ReportMetric(medians[1]/medians[0], "two-to-one")
		})
	}
}

// BenchmarkMemory compares the peak memory for many files with that for few.
func BenchmarkMemory(b *testing.B) {
	ksdev, peak := build(b, "../../cmd/ksdev"), build(b, "./testdata/bench/peak")
	few, many := proposals(b, 1_000), proposals(b, 10_000)
	for _, format := range []string{"text", "ndjson"} {
		b.Run("format="+format, func(b *testing.B) {
			var sizes [2][]float64
			for b.Loop() {
				for range 5 {
					for i, folder := range []string{few, many} {
						output, _ := process{peak, []string{ksdev, "assess", "-q", "-j", "2", "-f", format, folder}, 2}.run(b)
						size, err := strconv.ParseFloat(strings.TrimSpace(output), 64)
						if err != nil {
							b.Fatal(err)
						}
						sizes[i] = append(sizes[i], size)
					}
				}
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(median(sizes[1])/median(sizes[0]), "10000-to-1000")
			b.ReportMetric(median(sizes[1])/1024, "peak-MiB") // where the system counts in KiB, as Linux does
		})
	}
}

// BenchmarkCompare compares a comparison of 10,000 initiatives with assessing
// the same files as data, in time and in peak memory.
func BenchmarkCompare(b *testing.B) {
	ksdev, peak, folder := build(b, "../../cmd/ksdev"), build(b, "./testdata/bench/peak"), proposals(b, 10_000)
	target := filepath.Join(b.TempDir(), "result")
	assess := []string{"assess", "-q", "-j", "2", "-f", "ndjson", "-o", target, folder}
	for format, rounds := range map[string]int{"text": 5, "json": 5, "csv": 5, "xlsx": 3, "html": 3} {
		b.Run("format="+format, func(b *testing.B) {
			compare := []string{"compare", "-q", "-j", "2", "-f", format, "-o", target, folder}
			medians := inTurn(b, rounds, process{ksdev, assess, 2}, process{ksdev, compare, 2})
			var sizes [2][]float64
			for range rounds {
				for i, arguments := range [][]string{assess, compare} {
					output, _ := process{peak, append([]string{ksdev}, arguments...), 2}.run(b)
					size, err := strconv.ParseFloat(strings.TrimSpace(output), 64)
					if err != nil {
						b.Fatal(err)
					}
					sizes[i] = append(sizes[i], size)
				}
			}
			b.ReportMetric(1000*medians[1], "compare-ms")
			b.ReportMetric(medians[1]/medians[0], "time-to-assess")
			b.ReportMetric(median(sizes[1])/median(sizes[0]), "memory-to-assess")
			b.ReportMetric(median(sizes[1])/1024, "peak-MiB") // where the system counts in KiB, as Linux does
		})
	}
}

// BenchmarkOne compares one file with a program that only links the same
// libraries.
func BenchmarkOne(b *testing.B) {
	ksdev, link := build(b, "../../cmd/ksdev"), build(b, "./testdata/bench/link")
	medians := inTurn(b, 31,
		process{link, nil, 2},
		process{ksdev, []string{"assess", "../../examples/digifin.yaml"}, 2})
	b.ReportMetric(1000*medians[0], "link-ms")
	b.ReportMetric(1000*medians[1], "one-file-ms")
	b.ReportMetric(medians[1]/medians[0], "one-to-link")
}

// proposals writes invented initiatives into a new folder, each time the same:
// files of about 2.7 KB with half of the facts, as the examples are.
func proposals(b *testing.B, files int) string {
	b.Helper()
	folder := filepath.Join(b.TempDir(), fmt.Sprint(files))
	if err := os.Mkdir(folder, 0o755); err != nil {
		b.Fatal(err)
	}
	p := &proposer{Rand: rand.New(rand.NewPCG(1, 2)), strategy: load(b)}
	for i := range files {
		name := filepath.Join(folder, fmt.Sprintf("tiltak-%05d.yaml", i))
		if err := os.WriteFile(name, []byte(p.proposal(i)), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	return folder
}

// proposer invents initiatives under a strategy.
type proposer struct {
	*rand.Rand
	strategy *strategy.Strategy
	text     strings.Builder
}

func (p *proposer) chance(percent int) bool { return p.IntN(100) < percent }

func (p *proposer) oneOf(words ...string) string { return words[p.IntN(len(words))] }

func (p *proposer) line(indent int, format string, arguments ...any) {
	p.text.WriteString(strings.Repeat("  ", indent))
	fmt.Fprintf(&p.text, format+"\n", arguments...)
}

func (p *proposer) proposal(number int) string {
	p.text.Reset()
	p.line(0, "ksdev: 1\ntitle: %q", fmt.Sprintf("Tiltak %d: %s (oppdiktet)", number, p.oneOf("læring i nettverk", "felles løsninger", "bedre oppfølging")))
	p.line(0, "summary: %q", p.reason())
	if p.chance(70) {
		p.line(0, "date: %d-%02d-%02d", 2016+p.IntN(4), 1+p.IntN(12), 1+p.IntN(28))
	}
	p.line(0, "facts:")
	for _, d := range p.strategy.Facts {
		if p.chance(48) {
			p.fact(d)
		}
	}
	p.judgements()
	return p.text.String()
}

func (p *proposer) fact(d *fact.Definition) {
	p.line(1, "%s:", d.Path)
	switch options := p.options(d); {
	case p.chance(4):
		p.line(2, "value: vet ikke")
	case d.Kind == fact.Choices && len(options) > 1:
		p.line(2, "%s:", p.oneOf("value", "value", "at_least"))
		for _, option := range options[:1+p.IntN(len(options)-1)] {
			p.line(3, "- %s", option)
		}
	case d.Kind == fact.Choice && p.chance(10):
		p.line(2, "one_of:\n      - %s\n      - %s", options[0], options[1])
	case len(options) > 0:
		p.line(2, "value: %s", options[0])
	default:
		p.line(2, "value: %s", p.value(d.Kind))
	}
	if p.chance(50) {
		p.line(2, "because: %q", p.reason())
	}
	if p.chance(40) {
		p.line(2, "source: %q", p.oneOf("Prosjektforslaget, side 4", "Notat til hovedstyret, februar 2018", "Protokoll fra fylkesstyret, sak 12/17"))
	}
}

// options lists a fact's options by their labels, in any order.
func (p *proposer) options(d *fact.Definition) []string {
	var labels []string
	for _, i := range p.Perm(len(d.Options)) {
		labels = append(labels, d.Options[i].Labels[i18n.Bokmal])
	}
	return labels
}

// value is a value of a kind without options: exact or a range.
func (p *proposer) value(kind fact.Kind) string {
	n := 1 + p.IntN(90)
	switch kind {
	case fact.Answer:
		return p.oneOf("ja", "ja", "nei")
	case fact.Text:
		return p.oneOf("ingen", `"kommunene mangler felles løsninger"`, `"fem kommuner ba om det høsten 2017"`)
	case fact.Number:
		return p.oneOf(fmt.Sprint(n), fmt.Sprintf("minst %d", n), fmt.Sprintf("%d-%d", n, 2*n))
	case fact.Effort:
		return p.oneOf(fmt.Sprintf("%d månedsverk", n), fmt.Sprintf("inntil %d årsverk", 1+n/12))
	case fact.Date:
		return fmt.Sprintf("2018-%02d-01", 1+p.IntN(12))
	}
	return p.oneOf(fmt.Sprintf("%d mill.", n), fmt.Sprintf("%d,5-%d mill.", n, n+2), fmt.Sprintf("inntil %d mrd.", n), fmt.Sprintf("%d 000 kr", n))
}

func (p *proposer) reason() string {
	return p.oneOf("Arbeidet skal brukes i alle kommuner også etter prosjektet", "Tre fylkesstyrer ba om bedre kunnskap om tjenesten",
		"Kommunene skal sammenligne seg med hverandre og legge om tjenesten", "Følger av handlingsplanen og vedtak i hovedstyret")
}

// judgements judges some of the rules.
func (p *proposer) judgements() {
	var judged []*strategy.Rule
	for _, r := range p.strategy.Rules {
		if p.chance(4) {
			judged = append(judged, r)
		}
	}
	if len(judged) == 0 {
		return
	}
	p.line(0, "judgements:")
	for _, r := range judged {
		p.line(1, "%s:\n    outcome: %s\n    because: %q", r.ID, p.oneOf("oppfylt", "ikke oppfylt"), p.reason())
	}
}
