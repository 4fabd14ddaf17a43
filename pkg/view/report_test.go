package view

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// how says what of a report a case is about, and how it comes about: lines such
// as
//
//	rules: C6 R2             the rows of these rules
//	sets: state-checklist    these rule sets
//	parts: opening advice    heading, opening, advice, closing, or all
//	set: economic_weight=20 mill.
//	assume: resources.capacity=yes, resources.competence=yes
//	reading: stated
//	questions: best          what to ask is worked out too; or all
//	widths: 60 80 160        once for each width of the page
type how map[string]string

func readHow(t *testing.T, text string) how {
	t.Helper()
	h := how{}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		name, value, ok := strings.Cut(line, ":")
		if !ok || !slices.Contains([]string{"rules", "sets", "parts", "set", "assume", "reading", "questions", "widths"}, name) {
			t.Fatalf("unknown line %q", line)
		}
		h[name] = strings.TrimSpace(value)
	}
	return h
}

// TestReports shows what the report says of one thing after the other, in the
// three languages. KSDEV_UPDATE=1 writes what is expected anew.
func TestReports(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "reports", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	loaded := strategies{}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			h := readHow(t, string(archive.Files[0].Data))
			for i := range archive.Files[2:] {
				expected := &archive.Files[2+i]
				language, known := i18n.ParseLanguage(strings.TrimSuffix(expected.Name, ".txt"))
				if !known {
					t.Fatalf("%s is no language", expected.Name)
				}
				got := reported(t, loaded, h, language, archive.Files[1].Data)
				if os.Getenv("KSDEV_UPDATE") == "" && got != string(expected.Data) {
					t.Errorf("%s: want\n%s\ngot\n%s", expected.Name, expected.Data, got)
				}
				expected.Data = []byte(got)
			}
			if os.Getenv("KSDEV_UPDATE") != "" {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// reported is the part of a report that a case is about.
func reported(t *testing.T, loaded strategies, h how, language i18n.Language, proposal []byte) string {
	t.Helper()
	s := loaded.get(t, language, h["set"])
	a := assessed(t, h, s, proposal)
	printer, err := i18n.New(language)
	if err != nil {
		t.Fatal(err)
	}
	document := part(t, h, New(printer, s, nil), a)
	widths := strings.Fields(h["widths"])
	if len(widths) == 0 {
		widths = []string{"80"}
	}
	var texts []string
	for _, word := range widths {
		width, err := strconv.Atoi(word)
		if err != nil {
			t.Fatal(err)
		}
		text, err := report.Text(document, report.TextOptions{Width: width})
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "\n")
}

// strategies are those that were loaded, by language and setting.
type strategies map[string]*strategy.Strategy

func (s strategies) get(t *testing.T, language i18n.Language, set string) *strategy.Strategy {
	t.Helper()
	key := string(language) + " " + set
	if s[key] == nil {
		s[key] = load(t, language, set)
	}
	return s[key]
}

func load(t *testing.T, language i18n.Language, set string) *strategy.Strategy {
	t.Helper()
	folder, err := fs.Sub(criteria.FS(), "ks-2016-2019")
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{}
	if name, value, given := strings.Cut(set, "="); given {
		settings[name] = value
	}
	s, found := strategy.Load(folder, strategy.Options{Language: language, Settings: settings})
	if s == nil {
		t.Fatalf("%v", found)
	}
	return s
}

func assessed(t *testing.T, h how, s *strategy.Strategy, proposal []byte) *result.Assessment {
	t.Helper()
	file, found := yamldoc.Read("tiltak.yaml", proposal)
	if found.HasErrors() {
		t.Fatalf("%v", found)
	}
	one, found := initiative.Read(file, file.Documents[0], s)
	if one == nil {
		t.Fatalf("%v", found)
	}
	options := assess.Options{Reading: h["reading"], Assume: map[int]fact.Values{}}
	for _, assumption := range strings.Split(h["assume"], ",") {
		path, value, given := strings.Cut(strings.TrimSpace(assumption), "=")
		if !given {
			continue
		}
		i := s.Fact(path)
		parsed, fault := s.Facts[i].Parse(value)
		if fault != nil {
			t.Fatalf("%v", fault)
		}
		options.Assume[i] = parsed.Values
	}
	assessor := assess.New(s, options)
	a := assessor.Assess(one)
	if h["questions"] != "" {
		a.Questions = inquiry.New(s, assessor).Questions(assessor.Take(one), h["questions"] == "all")
	}
	return a
}

// part puts the parts of the report that are asked for into a document.
func part(t *testing.T, h how, v *View, a *result.Assessment) report.Document {
	t.Helper()
	var d report.Document
	asked := strings.Fields(h["parts"])
	if slices.Contains(asked, "all") {
		return v.Assessment(a)
	}
	if slices.Contains(asked, "heading") {
		d.Blocks = append(d.Blocks, v.Assessment(a).Blocks[0])
	}
	if slices.Contains(asked, "opening") {
		d.Blocks = append(d.Blocks, v.opening(a)...)
	}
	rows := report.Fields{}
	for i := range a.RuleSets {
		set := &a.RuleSets[i]
		if slices.Contains(strings.Fields(h["sets"]), set.ID) {
			d.Blocks = append(d.Blocks, v.ruleSet(a, i, false)...)
		}
		for j := range set.Rules {
			rule := &set.Rules[j]
			if slices.Contains(strings.Fields(h["rules"]), rule.ID) {
				rows.Fields = append(rows.Fields, report.Field{Label: fmt.Sprint(rule.ID, " ", v.mark(rule.Outcome).Text), Value: v.because(a, rule)})
			}
		}
	}
	if len(rows.Fields) > 0 {
		d.Blocks = append(d.Blocks, rows)
	}
	if slices.Contains(asked, "advice") {
		d.Blocks = append(d.Blocks, v.advice(a)...)
	}
	if slices.Contains(asked, "closing") {
		d.Blocks = append(d.Blocks, v.closing(a)...)
	}
	return d
}
