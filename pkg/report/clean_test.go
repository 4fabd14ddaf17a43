package report

import (
	"reflect"
	"strings"
	"testing"
)

// Blanks that may be broken at become one kind, those that hold numbers together
// stay; letters of every script stay where symbols must be ASCII.
func TestClean(t *testing.T) {
	for _, test := range []struct{ text, want, ascii string }{
		{"a b", "a b", "a b"},
		{"a\u2003b\u3000c\u1680", "a b c ", "a b c "},
		{"1\u00a0500\u2007500\u202f000", "1\u00a0500\u2007500\u202f000", "1\u00a0500\u2007500\u202f000"},
		{"blåbær 東京 ½ e\u0301", "blåbær 東京 ½ e\u0301", "blåbær 東京 ½ e\u0301"},
		{"✓ ✗ … – · • « ‘ → ← ≤ ≥ ≠ ± § € £ °", "✓ ✗ … – · • « ‘ → ← ≤ ≥ ≠ ± § € £ °", "+ x ... - | * \" ' -> <- <= >= != +/- par. EUR GBP deg"},
		{"❤\ufe0f ∑", "❤\ufe0f ∑", "<U+2764><U+FE0F> <U+2211>"},
		{"a\x1b\nb", "a<U+001B> b", "a<U+001B> b"},
	} {
		if got := clean(test.text, false); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
		if got := clean(test.text, true); got != test.ascii {
			t.Errorf("%q in ASCII: got %q, want %q", test.text, got, test.ascii)
		}
	}
	if got := asciiFor('\u0080'); got != "<U+0080>" {
		t.Errorf("got %q for the first character that is not ASCII", got)
	}
}

func TestShorten(t *testing.T) {
	spans := []Span{{Text: "abc", Tone: Good}, {Text: "de", Tone: Bad}}
	for limit, want := range map[int][]Span{
		5: spans,
		4: {{Text: "abc…", Tone: Good}}, // the mark belongs to what it stands after
		3: {{Text: "ab…", Tone: Good}},
		1: {{Text: "…", Tone: Good}},
	} {
		if got := shorten(spans, limit, "…"); !reflect.DeepEqual(got, want) {
			t.Errorf("at %d: got %+v, want %+v", limit, got, want)
		}
	}
	if got, want := shorten([]Span{{Text: "ab"}, {Text: "cde"}}, 4, "…"), []Span{{Text: "ab"}, {Text: "c…"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// A letter that would lose marks goes with them.
func TestWholeHead(t *testing.T) {
	for _, test := range []struct {
		text       string
		characters int
		want       string
	}{
		{"abc", 2, "ab"},
		{"abc", 3, "abc"},
		{"ab  c", 4, "ab"},
		{"ae\u0301b", 2, "a"},
		{"ae\u0301b", 3, "ae\u0301"},
		{"ae\u0301\u0302", 3, "a"},
		{"e\u0301", 1, ""},
		{strings.Repeat("\u0301", 3), 2, ""},
	} {
		if got := wholeHead(test.text, test.characters); got != test.want {
			t.Errorf("%d of %q: got %q, want %q", test.characters, test.text, got, test.want)
		}
	}
}
