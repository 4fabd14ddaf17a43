package assess_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/strategy"
)

func published(t *testing.T, name string) *strategy.Strategy {
	t.Helper()
	return loaded(t, os.DirFS(filepath.Join("../../testdata/strategies", name)), nil)
}

// Two facts that are independent of each other give Kleene's tables for and, or
// and not: T true, F false, U unknown.
func TestKleene(t *testing.T) {
	s := published(t, "kleene")
	tables := map[string]string{
		"AND": "TTT TFF TUU FTF FFF FUF UTU UFF UUU",
		"OR":  "TTT TFT TUT FTT FFF FUU UTT UFU UUU",
		"NOT": "TF FT UU",
	}
	for rule, rows := range tables {
		for _, row := range strings.Fields(rows) {
			text := "title: Et tiltak\nfacts:\n"
			facts := []string{"first", "second"}[:len(row)-1]
			for i, fact := range facts {
				value := map[byte]string{'T': "ja", 'F': "nei", 'U': "vet ikke"}[row[i]]
				text += fmt.Sprintf("  statement.%s: %s\n", fact, value)
			}
			want := map[byte]string{'T': "pass", 'F': "fail", 'U': "unclear"}[row[len(row)-1]]
			if got := ruleOf(assessed(t, s, text), rule).Outcome; got != want {
				t.Errorf("%s %s is %s", rule, row, got)
			}
		}
	}
}

// Days of vacation by age and years of service, a table that is known from the
// tests of decision tables; the last cases leave something open.
func TestVacationDays(t *testing.T) {
	s := published(t, "vacation-days")
	tests := []struct {
		age, service string
		want         []string
	}{
		{"16", "1", []string{"27"}},
		{"25", "5", []string{"22"}},
		{"25", "20", []string{"24"}},
		{"44", "30", []string{"30"}},
		{"50", "20", []string{"24"}},
		{"50", "30", []string{"30"}},
		{"60", "20", []string{"30"}},
		{"50", "ukjent", []string{"30", "24"}},
		{"ukjent", "30", []string{"30"}},
		{"ukjent", "20", []string{"30", "27", "24"}},
		{"45-59", "under 30", []string{"24"}},
		{"minst 18", "15-29", []string{"30", "24"}},
		{"under 45", "under 15", []string{"27", "22"}},
		{"ukjent", "ukjent", []string{"30", "27", "24", "22"}},
	}
	for _, test := range tests {
		text := fmt.Sprintf("title: En ansatt\nfacts:\n  person.age: %s\n  person.service: %s\n", test.age, test.service)
		var days []string
		for _, id := range assessed(t, s, text).Recommendation.Documented.Possible {
			days = append(days, strings.TrimPrefix(id, "days_"))
		}
		if !slices.Equal(days, test.want) {
			t.Errorf("aged %s with %s years of service: %v days, want %v", test.age, test.service, days, test.want)
		}
	}
}
