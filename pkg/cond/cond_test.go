package cond_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

func options(ids ...string) []fact.Option {
	var all []fact.Option
	for _, id := range ids {
		all = append(all, fact.Option{ID: id})
	}
	return all
}

// scope has a fact of every kind.
func scope() *cond.Scope {
	const day = 17532 // 1 January 2018
	return &cond.Scope{
		Facts: []*fact.Definition{
			{Path: "a.answer", Kind: fact.Answer},
			{Path: "a.choice", Kind: fact.Choice, Options: options("x", "y", "z")},
			{Path: "a.choices", Kind: fact.Choices, Options: options("x", "y", "any")},
			{Path: "a.whole", Kind: fact.Number, Min: 1 * fact.One, Max: 5 * fact.One, Step: fact.One},
			{Path: "a.money", Kind: fact.Money, Min: 0, Max: 4 * fact.One, Step: fact.One / 2},
			{Path: "a.date", Kind: fact.Date, Min: day, Max: day + 3, Step: 1},
			{Path: "a.text", Kind: fact.Text},
		},
		Named: map[string]*cond.Condition{"broken": nil},
		Constants: map[string]cond.Constant{
			"three": {Kind: fact.Number, Value: 3 * fact.One}, "between": {Kind: fact.Number, Value: 2*fact.One + 1},
			"below": {Kind: fact.Number, Value: 0}, "dear": {Kind: fact.Money, Value: 3 * fact.One},
		},
		Rules: []string{"R1", "R2"}, Sets: []string{"rules"}, Choice: "enough",
	}
}

// parse reads the YAML of a condition.
func parse(t *testing.T, s *cond.Scope, text string) (*cond.Condition, diag.List) {
	t.Helper()
	file, found := yamldoc.Read("rules.yaml", []byte("when: "+text+"\n"))
	if found.HasErrors() {
		t.Skip("not a condition in YAML")
	}
	r := &yamldoc.Reader{File: file}
	root := file.Documents[0].Root
	if root.Kind != yamldoc.Mapping {
		t.Skip("not a condition in YAML")
	}
	return s.Parse(r, root.Pairs[0].Value), r.Found
}

// valuesOf lists every value of a fact by how it is written here.
func valuesOf(d *fact.Definition) (names []string, values []fact.Values) {
	add := func(name string, v fact.Values) { names, values = append(names, name), append(values, v) }
	switch d.Kind {
	case fact.Answer:
		add("yes", fact.Values{Options: fact.Yes})
		add("no", fact.Values{Options: fact.No})
	case fact.Text:
		add("given", fact.Values{Options: fact.Given})
		add("none", fact.Values{Options: fact.None})
	case fact.Choice:
		for i, o := range d.Options {
			add(o.ID, fact.Values{Options: 1 << i})
		}
	case fact.Choices:
		for set := range uint64(1) << len(d.Options) {
			add(strings.Join(d.Encode(d.ExactSet(set)).Sets[0].All, "+"), d.ExactSet(set))
		}
	default:
		for v := d.Min; v <= d.Max; v += d.Step {
			one := fact.Values{Intervals: []fact.Interval{{Lo: v, Hi: v}}}
			add(strings.Trim(string(d.Encode(one).Ranges[0].From), `"`), one)
		}
	}
	return names, values
}

// comparisons are those of facts, with the values for which they hold.
func comparisons() []struct{ text, want string } {
	return []struct{ text, want string }{
		{"a.answer == yes", "yes"},
		{"a.answer != yes", "no"},
		{"a.answer  ==  no", "no"},
		{"a.choice == y", "y"},
		{"a.choice != y", "x z"},
		{"a.choice in x | z", "x z"},
		{"a.choice not in x|z", "y"},
		{"a.choices includes x", "x x+y x+any x+y+any"},
		{"a.choices includes any", "any x+any y+any x+y+any"},
		{"a.choices includes any x | y", "x y x+y x+any y+any x+y+any"},
		{"a.choices includes all x | y", "x+y x+y+any"},
		{"a.choices not includes x", " y any y+any"},
		{"a.choices count == 0", ""},
		{"a.choices count >= 2", "x+y x+any y+any x+y+any"},
		{"a.choices count != 1", " x+y x+any y+any x+y+any"},
		{"a.choices count < 1", ""},
		{"a.choices count > 3", "nothing"},
		{"a.whole == 3", "3"},
		{"a.whole != 3", "1 2 4 5"},
		{"a.whole < 3", "1 2"},
		{"a.whole <= $three", "1 2 3"},
		{"a.whole > 3", "4 5"},
		{"a.whole >= 3", "3 4 5"},
		{"a.whole < 1", "nothing"},
		{"a.whole > 5", "nothing"},
		{"a.whole >= 1", "1 2 3 4 5"},
		{"a.whole == $between", "nothing"},
		{"a.whole != $between", "1 2 3 4 5"},
		{"a.whole < $between", "1 2"},
		{"a.whole <= $between", "1 2"},
		{"a.whole > $between", "3 4 5"},
		{"a.whole >= $between", "3 4 5"},
		{"a.money > 3 kr", "3.5 4"},
		{"a.money <= 0,5", "0 0.5"},
		{"a.money < $dear", "0 0.5 1 1.5 2 2.5"},
		{"a.date >= 2018-01-03", "2018-01-03 2018-01-04"},
		{"a.date < 2.1.2018", "2018-01-01"},
		{"a.text is given", "given"},
		{"a.text is none", "none"},
	}
}

// A comparison holds for exactly the values that its words say.
func TestComparisonsOfFacts(t *testing.T) {
	for _, test := range comparisons() {
		c, found := parse(t, scope(), test.text)
		if c == nil {
			t.Errorf("%s: %v", test.text, found)
			continue
		}
		x := c.Comparison
		p, err := x.Definition.Partition([]fact.Test{x.Test}, diagram.MaxCells)
		if err != nil {
			t.Fatal(err)
		}
		var holds []string
		names, values := valuesOf(x.Definition)
		for i, v := range values {
			mask := make([]uint64, 1)
			p.Mask(v, mask)
			for cell := range p.Len() {
				if mask[0]>>cell&1 != 0 && p.Answer(x.Test, cell) != x.Negated {
					holds = append(holds, names[i])
				}
			}
		}
		want := strings.Split(test.want, " ")
		if test.want == "nothing" {
			want = nil
		}
		if !slices.Equal(holds, want) {
			t.Errorf("%s holds for %q, want %q", test.text, holds, want)
		}
	}
}

// Rules and counts are asked for by their names.
func TestComparisonsOfRules(t *testing.T) {
	tests := []struct {
		text     string
		kind     cond.Kind
		outcomes diagram.Set
		tally    cond.Tally
		number   int
		choice   string
	}{
		{text: "R1 == pass", kind: cond.OfOutcome, outcomes: diagram.SetOf(cond.Pass)},
		{text: "R2 != pass", kind: cond.OfOutcome, outcomes: diagram.SetOf(cond.Fail, cond.NotApplicable)},
		{text: "R2 in pass | not_applicable", kind: cond.OfOutcome, outcomes: diagram.SetOf(cond.Pass, cond.NotApplicable)},
		{text: "R2 not in pass | fail | not_applicable", kind: cond.OfOutcome},
		{text: "rules.passed >= 2", kind: cond.OfCount, tally: cond.Passed, number: 2},
		{text: "rules.passed >= 63", kind: cond.OfCount, tally: cond.Passed, number: diagram.MaxResult},
		{text: "rules.failed == 0", kind: cond.OfCount, tally: cond.Failed},
		{text: "rules.applicable < $enough", kind: cond.OfCount, tally: cond.Applicable, choice: "enough"},
	}
	for _, test := range tests {
		c, found := parse(t, scope(), test.text)
		if c == nil {
			t.Errorf("%s: %v", test.text, found)
			continue
		}
		x := c.Comparison
		if c.Kind != test.kind || x.Kind != test.kind || x.Outcomes != test.outcomes || x.Tally != test.tally || x.Number != test.number || x.Threshold != test.choice {
			t.Errorf("%s: %+v", test.text, x)
		}
	}
}

// faults are what a condition cannot say.
func faults() []struct{ text, want string } {
	return []struct{ text, want string }{
		{"a.ansver == yes", "cond.unknown_subject fields.did_you_mean"},
		{"a.answer = yes", "cond.no_operator cond.no_operator_hint"},
		{"a.answer ==yes", "cond.no_operator cond.no_operator_hint"},
		{"a.answer in yes | no", "cond.wrong_operator fields.use_one_of"},
		{"a.answer == ja", "cond.unknown_option fields.use_one_of"},
		{"a.choice count == 1", "cond.wrong_operator fields.use_one_of"},
		{"a.choices == x", "cond.wrong_operator fields.use_one_of"},
		{"a.choices count includes x", "cond.wrong_operator fields.use_one_of"},
		{"a.choices includes x | y", "cond.one_operand cond.one_operand_hint"},
		{"a.choice == < x", "cond.unknown_option fields.use_one_of"},
		{"a.choices count == 4", "fields.not_whole"},
		{"a.choices count == -1", "fields.not_whole"},
		{"a.choices count == +1", "fields.not_whole"},
		{"a.choices count == 01", "fields.not_whole"},
		{"a.choices count == one", "fields.not_whole"},
		{"a.whole == 2-3", "fact.not_single fact.not_single_hint"},
		{"a.whole >= $tree", "cond.unknown_threshold fields.did_you_mean"},
		{"a.whole >= $dear", "cond.threshold_kind"},
		{"a.whole >= $below", "cond.outside"},
		{"a.text is known", "cond.unknown_option fields.use_one_of"},
		{"a.text is unknown", "cond.unknown_option fields.use_one_of"},
		{"a.answer == unknown", "cond.unknown_option fields.use_one_of"},
		{"R1 >= pass", "cond.outcome_operator"},
		{"R1 == pass | fail", "cond.one_operand cond.one_operand_hint"},
		{"R1 == unclear", "cond.unknown_outcome fields.use_one_of"},
		{"R1 count == pass", "cond.outcome_operator"},
		{"rules.pased >= 1", "cond.unknown_tally fields.did_you_mean"},
		{"rules.passed >= 64", "cond.count_number"},
		{"rules.passed >= +2", "cond.count_number"},
		{"rules.passed >= two", "cond.count_number"},
		{"rules.passed in 1", "cond.count_operator"},
		{"rules.passed == 1 | 2", "cond.count_operator"},
		{"rules.passed count >= 1", "cond.count_operator"},
		{"rules.passed >= $three", "cond.unknown_choice fields.use_one_of"},
		{"nobody", "cond.unknown_name fields.use_one_of"},
		{"", "cond.shape cond.shape_hint"},
		{"\n  some:\n    - a.answer == yes", "fields.unknown_value fields.use_one_of"},
		{"\n  all: a.answer == yes", "fields.wrong_shape fields.list_hint"},
		{"\n  all:\n    - a.answer == yes\n  any:\n    - a.answer == no", "cond.shape cond.shape_hint"},
		{"\n  all:\n    - a.answer == yes\n    - a.answer == ja", "cond.unknown_option fields.use_one_of"},
		{"\n  all:", "cond.parts"},
		{"\n  all: [" + strings.Repeat("a.answer == yes,", 61) + "]", "cond.parts"},
		{"\n  at_least:\n    n: 3\n    of:\n      - a.answer == yes", "cond.too_many_needed"},
		{"\n  at_least:\n    of:\n      - a.answer == yes", "fields.missing_key fields.add_key"},
		{"\n  - a.answer == yes", "cond.shape cond.shape_hint"},
	}
}

// What a condition cannot say is told, with what it can.
func TestFaults(t *testing.T) {
	for _, test := range faults() {
		c, found := parse(t, scope(), test.text)
		if c != nil || len(found) == 0 {
			t.Errorf("%s: nothing is wrong", test.text)
			continue
		}
		got := strings.TrimSpace(found[0].Code() + " " + found[0].Hint.Key)
		if got != test.want || len(found) > 1 {
			t.Errorf("%s: %d: %s\nwant %s", test.text, len(found), got, test.want)
		}
	}
}

// What a hint proposes instead of an operator that a fact cannot be compared
// with can be written.
func TestOperatorsThatAreProposed(t *testing.T) {
	operands := map[fact.Kind]string{fact.Answer: "yes", fact.Choice: "x", fact.Choices: "x", fact.Number: "2", fact.Money: "2", fact.Date: "2018-01-02", fact.Text: "given"}
	for _, d := range scope().Facts {
		_, found := parse(t, scope(), d.Path+" count is x")
		proposed, _ := found[0].Hint.Args[0].(i18n.Alternatives)
		if len(proposed) == 0 {
			t.Errorf("%s: nothing is proposed", d.Path)
		}
		for _, operator := range proposed {
			operand := operands[d.Kind]
			if strings.HasPrefix(operator.(string), "count ") {
				operand = "2"
			}
			text := d.Path + " " + operator.(string) + " " + operand
			if c, found := parse(t, scope(), text); c == nil {
				t.Errorf("%s: %v", text, found)
			} else if got := d.Path + " " + c.Comparison.String(); got != strings.Replace(text, "count ", "", 1) {
				t.Errorf("%s is read as %s", text, got)
			}
		}
	}
}

// As many parts as are allowed may be there, and all of them be needed.
func TestParts(t *testing.T) {
	list := "[" + strings.Repeat("a.answer == yes,", 60) + "]"
	for _, text := range []string{"\n  none: " + list, "\n  at_least: {n: 60, of: " + list + "}"} {
		if c, found := parse(t, scope(), text); c == nil || len(c.Parts) != 60 || c.Kind == cond.AtLeast && c.Least != 60 {
			t.Errorf("%.20s: %+v, %v", text, c, found)
		}
	}
}

// What is left out is no condition, and whoever needs one says so.
func TestNoCondition(t *testing.T) {
	r := &yamldoc.Reader{}
	if c := scope().Parse(r, nil); c != nil || len(r.Found) > 0 {
		t.Errorf("%v, %v", c, r.Found)
	}
}

// A named condition stands for what it says, with the name and the place of
// where it is used.
func TestNamedCondition(t *testing.T) {
	s := scope()
	named, _ := parse(t, s, "a.answer == yes")
	s.Named["agreed"] = named
	c, found := parse(t, s, "\n  any:\n    - a.answer == no\n    - agreed")
	if c == nil {
		t.Fatal(found)
	}
	used := c.Parts[1]
	if used.Comparison != named.Comparison || used.Name != "agreed" || used.Pos.Line != 4 || named.Name != "" || named.Pos.Line != 1 {
		t.Errorf("%+v, of %+v", used, named)
	}
}

// A condition that uses a broken one is nothing, without a fault of its own.
func TestBrokenName(t *testing.T) {
	if c, found := parse(t, scope(), "broken"); c != nil || len(found) > 0 {
		t.Errorf("%v, %v", c, found)
	}
}
