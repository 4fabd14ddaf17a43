package yamldoc

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// reading reads a document, to take values out of.
func reading(t *testing.T, text string) (r *Reader, root *Node) {
	t.Helper()
	file, found := Read("file.yaml", []byte(text))
	if len(found) > 0 || len(file.Documents) != 1 {
		t.Fatalf("%q: %v", text, found)
	}
	return &Reader{File: file}, file.Documents[0].Root
}

// codes are what was found, each with its line.
func codes(r *Reader) string {
	all := []string{}
	for _, d := range r.Found {
		all = append(all, fmt.Sprint(d.Code(), " ", d.Pos.Line))
	}
	return strings.Join(all, ", ")
}

// What is there is given; what is not, or says nothing, is the zero value; and
// what has another shape is an error at its place.
func TestShapes(t *testing.T) {
	for _, test := range []struct{ value, text, texts, items, pairs, found string }{
		{"", "", "[]", "0", "0", ""},
		{" null", "", "[]", "0", "0", ""},
		{" word", "word", "[]", "0", "0", "fields.wrong_shape 1, fields.wrong_shape 1, fields.wrong_shape 1"},
		{"\n  - one\n  - two", "", "[one two]", "2", "0", "fields.wrong_shape 2, fields.wrong_shape 2"},
		{"\n  - one\n  - [two]\n  - null", "", "[one  ]", "3", "0", "fields.wrong_shape 2, fields.wrong_shape 3, fields.wrong_shape 2"},
		{"\n  one: 1\n  two: 2\n  three:", "", "[]", "0", "3", "fields.wrong_shape 2, fields.wrong_shape 2, fields.wrong_shape 2"},
	} {
		r, root := reading(t, "key:"+test.value+"\n")
		n := r.Fields(root, "key")["key"]
		text, texts := r.Text(n), r.Texts(n)
		items, pairs := fmt.Sprint(len(r.Items(n))), fmt.Sprint(len(r.Pairs(n)))
		if text != test.text || fmt.Sprint(texts) != test.texts || items != test.items || pairs != test.pairs || codes(r) != test.found {
			t.Errorf("%q: text %q, texts %q, %s items, %s pairs; %s", test.value, text, texts, items, pairs, codes(r))
		}
	}
	r := &Reader{}
	if r.Text(nil) != "" || r.Texts(nil) != nil || r.Items(nil) != nil || r.Pairs(nil) != nil || len(r.Fields(nil, "key")) != 0 ||
		r.OneOf(nil, []string{""}) != -1 || r.Flag(nil) || r.Whole(nil, 1, 2) != 0 {
		t.Error("something is made of nothing")
	}
	if r.Require(nil, nil, "key"); len(r.Found) > 0 {
		t.Errorf("nothing lacks something: %s", codes(r))
	}
}

// A key that is none is found, and so is one that is not there or says nothing.
func TestFieldsByKey(t *testing.T) {
	r, root := reading(t, "first: 1\nsecnd: 2\nthird:\n")
	fields := r.Fields(root, "first", "second", "third")
	r.Require(root, fields, "first", "second", "third")
	if want := "fields.unknown_key 2, fields.missing_key 1, fields.missing_key 1"; codes(r) != want || len(fields) != 2 || fields["first"].Value != "1" {
		t.Errorf("%s in %v", codes(r), fields)
	}
	hints := []string{}
	for _, test := range []struct {
		name  string
		names []string
	}{{"secnd", []string{"first", "second"}}, {"quite another", []string{"first", "second"}}, {"secnd", nil},
		{"quite another", []string{strings.Repeat("a", maxListed-6), "second"}}, {"quite another", []string{strings.Repeat("a", maxListed-5), "second"}}} {
		hints = append(hints, NearestHint(test.name, test.names).Key)
	}
	if !slices.Equal(hints, []string{"fields.did_you_mean", "fields.use_one_of", "", "fields.use_one_of", ""}) {
		t.Errorf("the hints are %q", hints)
	}
}

// Of keys that are none no more are looked at than anybody would be shown, and
// those that are known are found behind them all the same. Warnings are no
// reason to stop.
func TestEnough(t *testing.T) {
	r, root := reading(t, unknownKeys(3*enough)+"last: 2\n")
	for range enough {
		r.Found = append(r.Found, r.File.Diagnostic(diag.Warning, root, i18n.Message{}, i18n.Message{}))
	}
	if r.Enough() {
		t.Error("warnings are enough")
	}
	r.Found = nil
	fields := r.Fields(root, "last")
	if len(r.Found) != enough || !r.Enough() || fields["last"] == nil {
		t.Errorf("%d faults, and of the fields %v", len(r.Found), fields)
	}
}

func unknownKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "key%d: 1\n", i)
	}
	return b.String()
}

// A word is one of those that can stand there, and a number is between bounds
// and written in the one way.
func TestWordsAndNumbers(t *testing.T) {
	for _, test := range []struct {
		value string
		place int
		flag  bool
		whole int
		found string
	}{
		{"no", 0, false, 0, "fields.not_whole"},
		{"yes", 1, true, 0, "fields.not_whole"},
		{"null", -1, false, 0, ""},
		{"maybe", -1, false, 0, "fields.unknown_value fields.unknown_value fields.not_whole"},
		{"[yes]", -1, false, 0, "fields.wrong_shape fields.wrong_shape fields.wrong_shape"},
		{"2", -1, false, 0, "fields.unknown_value fields.unknown_value fields.not_whole"},
		{"3", -1, false, 3, "fields.unknown_value fields.unknown_value"},
		{"5", -1, false, 5, "fields.unknown_value fields.unknown_value"},
		{"6", -1, false, 0, "fields.unknown_value fields.unknown_value fields.not_whole"},
		{"04", -1, false, 0, "fields.unknown_value fields.unknown_value fields.not_whole"},
		{"99999999999999999999", -1, false, 0, "fields.unknown_value fields.unknown_value fields.not_whole"},
	} {
		r, root := reading(t, "key: "+test.value+"\n")
		n := root.Pairs[0].Value
		place, flag, whole := r.OneOf(n, []string{"no", "yes"}), r.Flag(n), r.Whole(n, 3, 5)
		if place != test.place || flag != test.flag || whole != test.whole || strings.ReplaceAll(strings.ReplaceAll(codes(r), " 1", ""), ",", "") != test.found {
			t.Errorf("%s: place %d, flag %t, number %d; %s", test.value, place, flag, whole, codes(r))
		}
	}
}

// Comments of a list are those between its items and in brackets, not those in
// texts or behind the last item.
func TestCommentsOfLists(t *testing.T) {
	for text, want := range map[string][]string{
		"key:\n  - one # first \n  # second\n  - two\n":            {" first", " second"},
		"key:\n  - 'one # no'\n  - \"two # neither\"\n":            nil,
		"key: [one, # first\n  two # second\n  ]\n":                {" first", " second"},
		"key: [ # nothing at all\r\n  ]\n":                         {" nothing at all"},
		"key: text # no list\n":                                    nil,
		"key: {one: [1, 2], two: 2} # no list\n":                   nil,
		"key:\n  - # of an empty one\n  - [a] # behind the last\n": {" of an empty one"},
	} {
		r, root := reading(t, text)
		if got := r.File.Comments(root.Pairs[0].Value); !slices.Equal(got, want) {
			t.Errorf("%q: comments %q, want %q", text, got, want)
		}
	}
}

// Lines end before their line break, whatever that is, and the last one has
// none after it.
func TestLinesOf(t *testing.T) {
	r, _ := reading(t, "one: 1\r\ntwo: 2\n\nthree: 3")
	f := r.File
	for _, test := range []struct{ offset, end, next int }{{0, 6, 8}, {5, 6, 8}, {8, 14, 15}, {15, 15, 16}, {16, 24, -1}} {
		next, ok := f.NextLine(test.offset)
		if !ok {
			next = -1
		}
		if end := f.LineEnd(test.offset); end != test.end || next != test.next {
			t.Errorf("from byte %d the line ends at %d, and the next starts at %d", test.offset, end, next)
		}
	}
	if r, _ := reading(t, "one: 1\n"); !isLast(r.File, 0) {
		t.Error("a line starts behind the last line break")
	}
	for line, want := range []int{0, 8, 15, 16} {
		if got := f.StartOf(line + 1); got != want {
			t.Errorf("line %d starts at %d", line+1, got)
		}
	}
}

func isLast(f *File, offset int) bool {
	_, ok := f.NextLine(offset)
	return !ok
}
