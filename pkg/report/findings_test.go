package report

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// exampleFindings has everything that findings can have: two documents in one
// file, every kind, a waiver, what is named, and files that were not read.
func exampleFindings() Findings {
	return Findings{
		Tool:     Tool{Name: "ksdev", Version: "1.2.3", URI: "https://github.com/ks-no/ksdev"},
		Language: "nb",
		Headline: "2 tiltak vurdert, 1 avklar først, 1 skrinlegg; 1 fil ble ikke lest.",
		Rules: []FindingRule{
			{ID: "C1", Title: "Langsiktig for hele sektoren", Text: "Er tiltaket langsiktig for hele sektoren?",
				Help: "Se etter hvor lenge det varer, og hvem det er for.", URI: "https://example.org/kriterier#c1", Tags: []string{"prioritering", "kap. 2.2"}},
			{ID: "C6", Title: "Områder med økonomisk tyngde", Text: "Gjelder tiltaket områder med økonomisk tyngde?"},
			{ID: "S1"},
			{ID: "recommendation", Title: "Anbefaling", Text: "Hva strategien tilsier.", Overall: true},
		},
		Suites: []Suite{
			{ID: "nabolag", Title: "Nabolagsverksted", Path: "forslag/nabo lag.yaml", Document: 1, Findings: []Finding{
				{Rule: "C1", Kind: FindingOpen, Message: "det kan ikke avgjøres om tiltaket er langsiktig", Detail: "Mangler: hvor lenge det varer.",
					Line: 12, Column: 3, Key: "nabolag/C1/scope.duration", Shown: true},
				{Rule: "C6", Kind: FindingPass, Message: "området bruker 2 mrd. kr i året", Line: 31, Column: 3, Key: "nabolag/C6"},
				{Rule: "S1", Kind: FindingNotApplicable, Message: "staten har ikke bedt om tiltaket", Key: "nabolag/S1"},
			}, Overall: Finding{Rule: "recommendation", Kind: FindingInformation, Message: "avklar først", Key: "nabolag", Shown: true}},
			{ID: "nabolag", Title: "Samme navn", Path: "forslag/nabo lag.yaml", Document: 2, Findings: []Finding{
				{Rule: "C1", Kind: FindingFail, Message: "tiltaket varer i 6 måneder", Line: 52, Column: 1, Key: "nabolag-2/C1", Shown: true},
				{Rule: "C6", Kind: FindingFail, Message: "området bruker 1 mill. kr i året", Line: 60, Key: "nabolag-2/C6", Named: true, Shown: true,
					Waiver: "godtatt av styret til 1.6.2018"},
				{Rule: "S1", Kind: FindingOpen, Message: "det er uavklart", Key: "nabolag-2/S1", Named: true},
			}, Overall: Finding{Rule: "recommendation", Kind: FindingFail, Message: "skrinlegg", Detail: "Det er ikke utviklingsarbeid.", Line: 50, Named: true, Key: "nabolag-2"}},
		},
		Problems: []Problem{
			{Path: "forslag/b.yaml", Line: 3, Column: 1, Message: "«titel» er ikke en kjent nøkkel her", Grave: true},
			{Path: "forslag/nabo lag.yaml", Line: 52, Message: "to tiltak heter «nabolag»"},
			{Message: "lenken ble ikke fulgt"},
		},
		Words: FindingWords{Left: func(n int) string { return fmt.Sprintf("%d funn er ikke vist.", n) }},
	}
}

// writers are the formats of findings, by name.
func writers() map[string]func(Findings) ([]byte, error) {
	return map[string]func(Findings) ([]byte, error){
		"sarif":  SARIF,
		"junit":  JUnit,
		"github": func(f Findings) ([]byte, error) { return []byte(GitHub(f)), nil },
	}
}

func write(t testing.TB, format string, f Findings) []byte {
	t.Helper()
	out, err := writers()[format](f)
	if err != nil {
		t.Fatalf("%s: %v", format, err)
	}
	return out
}

// TestFindings compares each format with a file, byte for byte. With
// KSDEV_UPDATE=1 it writes the files.
func TestFindings(t *testing.T) {
	for format, ending := range map[string]string{"sarif": "sarif", "junit": "xml", "github": "txt"} {
		t.Run(format, func(t *testing.T) {
			name := filepath.Join("testdata", "findings."+ending)
			got := write(t, format, exampleFindings())
			if os.Getenv("KSDEV_UPDATE") != "" {
				if err := os.WriteFile(name, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("not what is expected; KSDEV_UPDATE=1 writes it anew:\n%s", got)
			}
		})
	}
}

// The order that findings come in decides nothing where they are listed.
func TestFindingsOrder(t *testing.T) {
	for _, format := range []string{"sarif", "github"} {
		want := write(t, format, exampleFindings())
		random := rand.New(rand.NewPCG(1, 2))
		for range 30 {
			f := exampleFindings()
			random.Shuffle(len(f.Suites), func(i, j int) { f.Suites[i], f.Suites[j] = f.Suites[j], f.Suites[i] })
			for _, suite := range f.Suites {
				random.Shuffle(len(suite.Findings), func(i, j int) {
					suite.Findings[i], suite.Findings[j] = suite.Findings[j], suite.Findings[i]
				})
			}
			if got := write(t, format, f); !bytes.Equal(got, want) {
				t.Fatalf("%s: another order gives\n%s", format, got)
			}
		}
	}
}

func TestFindingsListed(t *testing.T) {
	var got []string
	for _, l := range exampleFindings().listed() {
		got = append(got, fmt.Sprintf("%d %s %s", l.suite.Document, l.Rule, l.Kind))
	}
	want := []string{"2 S1 open", "2 recommendation fail", "2 C1 fail", "1 C1 open", "1 recommendation informational", "2 C6 fail"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Writing must not change what is written.
func TestFindingsStay(t *testing.T) {
	f := exampleFindings()
	f.Suites[0].Findings = slices.Grow(f.Suites[0].Findings, 4)
	for range 3 {
		for format := range writers() {
			write(t, format, f)
		}
	}
	left := f.Words.Left(1)
	f.Words.Left = nil
	again := exampleFindings()
	again.Words.Left = nil
	if got, want := fmt.Sprintf("%+v", f), fmt.Sprintf("%+v", again); got != want || left == "" {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Nothing at all is a valid report too.
func TestFindingsNothing(t *testing.T) {
	for format, want := range map[string]string{
		"sarif":  `"results": []`,
		"junit":  `<testsuites time="0.000"></testsuites>`,
		"github": "",
	} {
		if got := string(write(t, format, Findings{})); !strings.Contains(got, want) || format == "github" && got != "" {
			t.Errorf("%s: got %q, want %q", format, got, want)
		}
	}
}
