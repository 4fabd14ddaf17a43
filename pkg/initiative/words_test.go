package initiative_test

import (
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// All words for an outcome are read, in any case, and no others.
func TestOutcomeWords(t *testing.T) {
	s := small(t)
	seen := map[cond.Outcome]int{}
	words := initiative.OutcomeWords()
	for _, word := range slices.Concat(words, []string{"perhaps", "not", ""}) {
		for _, text := range []string{word, strings.ToUpper(word)} {
			one, _ := read(s, "title: x\njudgements:\n  C1:\n    outcome: \""+text+"\"\n    because: y\n")
			if (one != nil) != slices.Contains(words, word) {
				t.Errorf("%q is read: %t", text, one != nil)
			}
			if one != nil {
				seen[one.Judgements[0].Outcome]++
			}
		}
	}
	if len(seen) != 2 {
		t.Errorf("the outcomes are %v", seen)
	}
}

// An initiative that stands somewhere in a document says what it says as a
// document of its own.
func TestReadNode(t *testing.T) {
	s := small(t)
	const text = "title: x\nfacts:\n  reach.relevance: many\n  cost.nok:\n    one_of: [1 mill., 2 mill.]\n"
	file, found := yamldoc.Read("cases.yaml", []byte("case:\n  "+strings.ReplaceAll(text, "\n", "\n  ")+"\n"))
	if found.HasErrors() {
		t.Fatal(found)
	}
	alone, _ := read(s, text)
	inside, found := initiative.ReadNode(file, 1, file.Documents[0].Root.Pairs[0].Value, s)
	if inside == nil || inside.Title != alone.Title || len(inside.Claims) != len(alone.Claims) {
		t.Fatalf("%+v, %v", inside, found)
	}
	for i, c := range inside.Claims {
		if c.Fact != alone.Claims[i].Fact || c.Text != alone.Claims[i].Text {
			t.Errorf("%+v, alone %+v", c, alone.Claims[i])
		}
	}
}

// What is odd about claims is said at its place: a group with nothing in it, a
// key that is none, lists with what is no option.
func TestOddClaims(t *testing.T) {
	s := small(t)
	for text, want := range map[string]string{
		"reach:":                                                      "initiative.no_value",
		"cost.nok: {value: 1, valeu: 2}":                              "fields.unknown_key",
		"origin.initiator: [ks, unknown]":                             "initiative.list_mixed",
		"origin.initiator: [ks, none]":                                "initiative.list_mixed",
		"origin.initiator: [ks, [state]]":                             "initiative.item_shape",
		"origin.initiator: [ks, null]":                                "initiative.item_shape",
		"origin.initiator: []":                                        "initiative.list_empty",
		"origin.initiator: {at_least: {ks: yes}}":                     "initiative.value_shape",
		"cost.nok: {at_least: 3}":                                     "initiative.at_least",
		"cost.nok: {one_of: 3}":                                       "initiative.one_of_shape",
		"cost.nok: {one_of: [3]}":                                     "initiative.one_of_shape",
		"cost.nok: {one_of: [3, null]}":                               "initiative.item_shape",
		"origin.initiator: [ks, nobody]":                              "fact.option",
		"cost.nok: {one_of: [3 kr, whatever]}":                        "fact.value",
		"cost.nok: {one_of: [" + strings.Repeat("3 kr, ", 101) + "]}": "promises.too_many_alternatives",
		"nonsense: 3":                                                 "initiative.unknown_fact",
		"origin.initiator: {one_of: [[ks], [state]], because: x}":     "",
	} {
		_, found := read(s, "title: x\nfacts:\n  "+text+"\n")
		if (want == "") != (len(found) == 0) || want != "" && !slices.ContainsFunc(found, func(d diag.Diagnostic) bool { return d.Code() == want && d.Pos.Line == 3 }) {
			t.Errorf("%s: %v, want %s", text, found, want)
		}
	}
}

// Where there is much wrong no more is looked at than anybody would be shown:
// to find out for each name or value what was meant takes long.
func TestEnough(t *testing.T) {
	s := small(t)
	many := func(format string) string {
		var b strings.Builder
		for i := range 90 {
			b.WriteString(strings.ReplaceAll(format, "N", strconv.Itoa(i)))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"groups":     "facts:\n" + many("  groupN: 1\n"),
		"facts":      "facts:\n" + many("  group.N: 1\n"),
		"in a group": "facts:\n  reach:\n" + many("    nameN: 1\n") + "  group: 1\n",
		"members":    "facts:\n  origin.initiator: [" + many("nobodyN, ") + "]\n",
		"one of":     "facts:\n  cost.nok: {one_of: [" + many("no N, ") + "]}\n",
		"judgements": "judgements:\n" + many("  X.N: {outcome: pass}\n"),
	} {
		one, found := read(s, "title: x\n"+text)
		if one != nil || len(found) != 2*diag.Limit {
			t.Errorf("%s: %d faults are found", name, len(found))
		}
	}
}

// A reader that has read others reads an initiative as a new one does, also
// where it met a word before.
func TestReaderRemembers(t *testing.T) {
	s := small(t)
	reader := initiative.NewReader(s)
	for range 2 {
		for _, text := range written(t) {
			file, _ := yamldoc.Read("tiltak.yaml", []byte(text))
			if file == nil || len(file.Documents) == 0 {
				continue
			}
			want, wanted := initiative.Read(file, file.Documents[0], s)
			got, found := reader.Read(file, file.Documents[0])
			if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(found, wanted) {
				t.Errorf("%q is read as %+v, %v", text, got, found)
			}
		}
	}
}

// A file that cannot be read is not edited.
func TestUnreadableIsNotEdited(t *testing.T) {
	s := small(t)
	file, _ := yamldoc.Read("tiltak.yaml", []byte("title: x\nfacts: [1]\n"))
	if data, err := initiative.Edit(file, 1, s, []initiative.Change{{Fact: "cost.nok"}}); !errors.Is(err, initiative.ErrUnreadable) {
		t.Errorf("%q, %v", data, err)
	}
	if data, err := initiative.Withdraw(file, 1, s, "C1"); !errors.Is(err, initiative.ErrUnreadable) {
		t.Errorf("%q, %v", data, err)
	}
	if data, err := initiative.Edit(file, 2, s, []initiative.Change{{Fact: "cost.nok"}}); !errors.Is(err, initiative.ErrUnreadable) {
		t.Errorf("%q, %v", data, err)
	}
}
