package initiative

import (
	"os"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/strategy"
)

// What came of an edit is read back and compared with what was wanted: whatever
// is said differently is noticed, and how it is written is not.
func TestSame(t *testing.T) {
	s, found := strategy.Load(os.DirFS("../../testdata/strategies/small"), strategy.Options{})
	if s == nil {
		t.Fatal(found)
	}
	reads := func(text string) *Initiative {
		_, _, one := readAgain("tiltak.yaml", []byte(text), 1, s)
		if one == nil {
			t.Fatalf("%q cannot be read", text)
		}
		return one
	}
	const text = "id: a\ntitle: b\nsummary: c\ndate: 2018-01-01\nfacts:\n  reach.relevance:\n    value: many\n    because: d\n    source: e\n    known: 2018-01-01\n" +
		"  anchoring.decision: f\njudgements:\n  C1:\n    outcome: pass\n    because: g\n    source: h\n"
	for _, test := range []struct {
		old, new string
		same     bool
	}{
		{"", "", true},
		{"id: a", "id: x", false},
		{"title: b", "title: x", false},
		{"title: b", "title: 'b '", true},
		{"summary: c", "summary: x", false},
		{"\ndate: 2018-01-01", "", false},
		{"\ndate: 2018-01-01", "\ndate: 2018-01-02", false},
		{"\ndate: 2018-01-01", "\ndate: 1.1.2018", true},
		{"value: many", "value: few", false},
		{"value: many", "value: mange", true},
		{"value: many", "one_of: [many, few]", false},
		{"value: many", "value: unknown", false},
		{"because: d", "because: x", false},
		{"    because: d\n", "", false},
		{"source: e", "source: x", false},
		{"known: 2018-01-01", "known: 2018-01-02", false},
		{"    known: 2018-01-01\n", "", false},
		{"anchoring.decision: f", "anchoring.decision: x", false},
		{"anchoring.decision: f", "anchoring.decision: |\n    f", true},
		{"  anchoring.decision: f\n", "", false},
		{"  anchoring.decision: f\n", "  needs.documented: yes\n", false},
		{"outcome: pass", "outcome: fail", false},
		{"outcome: pass", "outcome: oppfylt", true},
		{"C1:", "C2:", false},
		{"because: g", "because: x", false},
		{"source: h", "source: x", false},
		{"judgements:\n  C1:\n    outcome: pass\n    because: g\n    source: h\n", "", false},
	} {
		if strings.Count(text, test.old) != 1 && test.old != "" {
			t.Fatalf("%q is not there once", test.old)
		}
		a, b := reads(text), reads(strings.Replace(text, test.old, test.new, 1))
		if same(a, b) != test.same || same(b, a) != test.same {
			t.Errorf("%q instead of %q is the same: %t", test.new, test.old, !test.same)
		}
	}
}
