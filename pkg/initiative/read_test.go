package initiative_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// claims are ways to write facts, with the values that are meant.
func claims() []struct{ text, want string } {
	return []struct{ text, want string }{
		{"origin.initiator: KS", "[ks]"},
		{"origin.initiator: ingen", "[]"},
		{"origin.initiator:\n    - staten\n    - ks", "[ks state]"},
		{"origin.initiator:\n    value: the state\n    source: Protokoll", "[state]"},
		{"origin.initiator:\n    at_least: KS", "[ks]+[state]"},
		{"origin.initiator:\n    at_least:\n      - KS\n      - state", "[ks state]"},
		{"origin.initiator:\n    one_of:\n      - KS\n      - staten", "[ks] [state]"},
		{"origin.initiator:\n    one_of:\n      - - KS\n        - staten\n      - ingen", "[] [ks state]"},
		{"origin.initiator: vet ikke", "unknown []+[ks state]"},
		{"origin.initiator:\n    - vet ikke", "unknown []+[ks state]"},
		{"reach.relevance: dei fleste", "most"},
		{"reach:\n    relevance: MANY", "many"},
		{"reach.relevance:\n    one_of:\n      - most\n      - få", "most few"},
		{"reach.relevance:\n    one_of:\n      - most\n      - ukjent", "unknown most many few"},
		{"reach.municipalities: 12", "12-12"},
		{"reach.municipalities: over 12", "13-400"},
		{"reach.municipalities:\n    value: 10-30", "10-30"},
		{"reach.municipalities:\n    one_of:\n      - 10\n      - 11\n      - minst 300", "10-11 300-400"},
		{"cost.nok: 1,2-1,5 mill.", "1200000-1500000"},
		{"needs.documented: \"Ja\"", "yes"},
		{"needs.documented: false", "no"},
		{"anchoring.decision: Vedtak 12/17", "given"},
		{"anchoring.decision: inga", "none"},
		{"plan.start: 1.3.2018", `"2018-03-01"-"2018-03-01"`},
	}
}

// A fact can be written in many ways, and what is meant is the set of values
// that it can have.
func TestClaims(t *testing.T) {
	s := small(t)
	for _, test := range claims() {
		one, found := read(s, "title: Læring\nfacts:\n  "+test.text+"\n")
		if one == nil || len(one.Claims) != 1 {
			t.Errorf("%s: %v", test.text, found)
			continue
		}
		if got := valuesOf(s, one.Claims[0]); got != test.want {
			t.Errorf("%s is %s, want %s", test.text, got, test.want)
		}
	}
}

// valuesOf writes what a fact can be.
func valuesOf(s *strategy.Strategy, c initiative.Claim) string {
	coded := s.Facts[c.Fact].Encode(c.Values)
	words := coded.Options
	for _, set := range coded.Sets {
		word := fmt.Sprint(set.All)
		if len(set.Perhaps) > 0 {
			word += "+" + fmt.Sprint(set.Perhaps)
		}
		words = append(words, word)
	}
	for _, r := range coded.Ranges {
		words = append(words, fmt.Sprintf("%s-%s", r.From, r.To))
	}
	if c.Unknown {
		words = append([]string{"unknown"}, words...)
	}
	return strings.Join(words, " ")
}

// Everything that an initiative says is kept, with its place.
func TestRead(t *testing.T) {
	s := small(t)
	one, found := read(s, `title: Læring
summary: Et tiltak
date: 2018-03-01
facts:
  needs.documented:
    because: Fem fylkesstyrer ba om det
    value: ja
    source: Protokoll 12/17
    known: 1.2.2018
  reach:
    relevance: many
  anchoring.decision:
    one_of:
      - Vedtak 12/17
      - "Vedtak 13/17"
judgements:
  c2:
    outcome: Ikke  oppfylt
    because: Tre etater er med
`)
	if one == nil || len(found) > 0 {
		t.Fatal(found)
	}
	if one.ID != "tiltak" || one.Title != "Læring" || one.Summary != "Et tiltak" || one.Date == nil || *one.Date != 17591 || one.Document != 1 {
		t.Errorf("%+v", one)
	}
	claim := one.Claims[0]
	if claim.Because != "Fem fylkesstyrer ba om det" || claim.Source != "Protokoll 12/17" || *claim.Known != 17563 || claim.Pos.String() != "tiltak.yaml:7:12" || !claim.Grounded() {
		t.Errorf("%+v", claim)
	}
	if other := one.Claims[1]; s.Facts[other.Fact].Path != "reach.relevance" || other.Pos.String() != "tiltak.yaml:11:16" || other.Grounded() {
		t.Errorf("%+v", other)
	}
	if text := one.Claims[2].Text; text != "Vedtak 12/17 / Vedtak 13/17" || claim.Text != "" {
		t.Errorf("the texts are %q and %q", text, claim.Text)
	}
	if j := one.Judgements[0]; s.Rules[j.Rule].ID != "C2" || j.Outcome != 1 || j.Pos.Line != 18 || !j.Grounded() {
		t.Errorf("%+v", j)
	}
}

// Only a reason is a ground: not a source, and not a word for unknown.
func TestGrounded(t *testing.T) {
	for text, want := range map[string]bool{"Fem fylkesstyrer ba om det": true, "fordi": true, "": false, " ": false, "?": false, "-": false,
		"uavklart": false, "Vet ikke": false, "123": false, "ingen": false, "n/a": false, "ja": false} {
		if got := (initiative.Grounds{Because: text, Source: "Protokoll 12/17"}).Grounded(); got != want {
			t.Errorf("%q is a reason: %v", text, got)
		}
	}
}

func TestDefaultID(t *testing.T) {
	for name, want := range map[string]string{"verksted.yaml": "verksted", "2018/verksted.v2.yml": "verksted.v2", "-": "stdin"} {
		if got := initiative.DefaultID(name, 1); got != want {
			t.Errorf("%s is %q", name, got)
		}
		if got := initiative.DefaultID(name, 2); got != want+"-2" {
			t.Errorf("the second of %s is %q", name, got)
		}
	}
}

// The number of a document counts broken ones, so that it is the one that its
// author sees.
func TestDocuments(t *testing.T) {
	file, _ := yamldoc.Read("tiltak.yaml", []byte("title: En\n---\ntitle: [\n---\ntitle: Tre\n"))
	var ids []string
	for _, document := range file.Documents {
		one, found := initiative.Read(file, document, small(t))
		if one == nil {
			t.Fatal(found)
		}
		ids = append(ids, fmt.Sprintf("%s %d %d", one.ID, one.Document, one.Pos.Line))
	}
	if want := []string{"tiltak 1 1", "tiltak-3 3 5"}; !slices.Equal(ids, want) {
		t.Errorf("%q, want %q", ids, want)
	}
}

func TestHeader(t *testing.T) {
	header := func(text string) initiative.Header {
		file, found := yamldoc.Read("tiltak.yaml", []byte(text))
		if file == nil {
			t.Fatal(found)
		}
		return initiative.ReadHeader(file.Documents[0].Root)
	}
	if h := header("title: Læring\ndate: 1.3.2018\nstrategy: small\n"); h.Strategy != "small" || h.Date == nil || *h.Date != 17591 {
		t.Errorf("%+v", h)
	}
	for _, text := range []string{"title: Læring\ndate: i fjor\nstrategy:\n", "- date: 1.3.2018\n", "date:\n  day: 1\nstrategy: []\n"} {
		if h := header(text); h != (initiative.Header{}) {
			t.Errorf("%q: %+v", text, h)
		}
	}
}
