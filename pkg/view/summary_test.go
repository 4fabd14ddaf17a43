package view

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// A summary lists initiatives in the order of the inputs as long as they are
// not too many, counts them by recommendation, the best first, and says how many
// could not be read.
func TestSummary(t *testing.T) {
	printer, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	v := New(printer, load(t, i18n.English, ""), nil)
	text := func(s *Summary) string {
		t.Helper()
		text, err := report.Text(v.Summary(s), report.TextOptions{Width: 100})
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	line := func(i int, recommendation string) Line {
		return Line{ID: fmt.Sprint("i", i), Title: fmt.Sprint("Initiative ", i), Path: fmt.Sprintf("proposals/%d.yaml", i), Recommendation: recommendation,
			Passed: result.Count{Least: 1, Most: 3}, Of: result.Count{Least: 10, Most: 10}}
	}
	var s Summary
	s.Add(line(1, "shelve"))
	s.Add(line(2, "prioritise"))
	s.Add(line(3, "shelve"))
	s.AddUnread()
	const want = `3 initiatives
  Initiative    Recommendation  Criteria passed  File
  Initiative 1  shelve          1–3 of 10        proposals/1.yaml
  Initiative 2  prioritise      1–3 of 10        proposals/2.yaml
  Initiative 3  shelve          1–3 of 10        proposals/3.yaml

prioritise: 1
shelve:     2

1 could not be read and is not included.
`
	if got := text(&s); got != want {
		t.Errorf("want\n%s\ngot\n%s", want, got)
	}
	if s.Len() != 4 {
		t.Errorf("%d records were taken in, not 4", s.Len())
	}

	var many Summary
	for i := range MostLines + 1 {
		many.Add(line(i, "clarify"))
	}
	got := text(&many)
	if !strings.Contains(got, fmt.Sprintf("clarify first: %d", MostLines+1)) || !strings.Contains(got, "-f ndjson") {
		t.Errorf("the totals, or how to get the list, are not there:\n%s", got)
	}
	if strings.Contains(got, "Initiative 7") {
		t.Errorf("more than %d are listed", MostLines)
	}
	if got := text(&Summary{}); !strings.HasPrefix(got, "0 initiatives") {
		t.Errorf("a summary of none is %q", got)
	}
}

// A text that is quoted in a sentence is cut between words, and what breaks a
// line becomes a space.
func TestBrief(t *testing.T) {
	fits := strings.TrimSpace(strings.Repeat("ord ", briefLength/4))
	tests := []struct{ text, want string }{
		{"", ""},
		{"kort", "kort"},
		{"to\n  linjer", "to linjer"},
		{fits, fits},
		{fits + " og mer", strings.TrimSuffix(fits, " ord") + " …"},
		{strings.Repeat("æ", briefLength+1), strings.Repeat("æ", briefLength) + " …"},
	}
	for _, test := range tests {
		if got := brief(test.text, briefLength); got != test.want {
			t.Errorf("brief(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// A title within a sentence begins small, but not an abbreviation.
func TestLowerFirst(t *testing.T) {
	for text, want := range map[string]string{"Kapasitet": "kapasitet", "KS bedt om å lede": "KS bedt om å lede", "E": "E", "": "", "Økonomi": "økonomi",
		"A better partner": "a better partner", "C6": "C6"} {
		if got := lowerFirst(text); got != want {
			t.Errorf("lowerFirst(%q) = %q, want %q", text, got, want)
		}
	}
}
