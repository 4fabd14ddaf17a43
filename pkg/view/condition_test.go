package view_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
)

// withNote is the small strategy with one note, printed when a condition holds,
// and with short statements that have room for values.
func withNote(t *testing.T, condition string) *strategy.Strategy {
	t.Helper()
	folder := fstest.MapFS{}
	small := os.DirFS("../../testdata/strategies/small")
	err := fs.WalkDir(small, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(small, name)
		if name == "text/en.yaml" {
			data = regexp.MustCompile(`(?m)the (yes|no) of ([a-z]+\.[a-z]+)$`).ReplaceAll(data, []byte("$2 $1 {1}"))
			data = regexp.MustCompile(`(?m)the title of `).ReplaceAll(data, nil)
		}
		folder[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	folder["notes.yaml"] = &fstest.MapFile{Data: []byte("notes:\n  - id: late\n    source:\n      section: \"3\"\n      page: 9\n    when:" + condition + "\n")}
	s, found := strategy.Load(folder, strategy.Options{Language: i18n.English})
	if s == nil {
		t.Fatal(condition, found)
	}
	return s
}

// Every kind of condition is put into words that say when it holds.
func TestConditionsInWords(t *testing.T) {
	tests := []struct{ condition, want string }{
		{" needs.documented == yes", "needs.documented yes {1}"},
		{" needs.documented == no", "needs.documented no {1}"},
		{" needs.documented != yes", "needs.documented no {1}"},
		{" anchoring.decision is given", "anchoring.decision yes given"},
		{" anchoring.decision is none", "anchoring.decision no {1}"},
		{" reach.relevance == many", "reach.relevance yes many"},
		{" reach.relevance != many", "reach.relevance no many"},
		{" reach.relevance in most | many", "reach.relevance yes most or many"},
		{" reach.relevance not in most | many", "reach.relevance no most or many"},
		{" origin.initiator includes state", "origin.initiator yes the state"},
		{" origin.initiator not includes state", "origin.initiator no the state"},
		{" origin.initiator includes any ks | state", "origin.initiator yes KS or the state"},
		{" origin.initiator includes all ks | state", "origin.initiator yes KS and the state"},
		{" origin.initiator count == 0", "origin.initiator no KS or the state"},
		{" origin.initiator count >= 2", "origin.initiator: at least 2"},
		{" origin.initiator count < 2", "origin.initiator: fewer than 2"},
		{" origin.initiator count != 0", "origin.initiator: not 0"},
		{" origin.initiator count == 1", "origin.initiator: 1"},
		{" reach.municipalities >= 20", "reach.municipalities yes at least 20 municipalities"},
		{" reach.municipalities > 20", "reach.municipalities yes at least 21 municipalities"},
		{" reach.municipalities <= 20", "reach.municipalities yes up to 20 municipalities"},
		{" reach.municipalities == 20", "reach.municipalities yes 20 municipalities"},
		{" reach.municipalities != 20", "reach.municipalities no 20 municipalities"},
		{" reach.municipalities >= 0", "reach.municipalities: always, since every value fits"},
		{" reach.municipalities < 0", "reach.municipalities: never, since no value fits"},
		{" reach.municipalities < $many_municipalities", "reach.municipalities yes up to 19 municipalities (the threshold “many_municipalities”)"},
		{" cost.nok > $costly", "cost.nok yes more than 10 million NOK (the threshold “costly”)"},
		{" plan.start < 2018-06-30", "plan.start yes no later than 29 June 2018"},
		{" C1 == pass", "C1 C1: pass"},
		{" C1 != pass", "C1 C1: fail or not applicable"},
		{" C1 not in pass | fail | not_applicable", "C1 C1: never, since no value fits"},
		{" criteria.passed >= 2", "rules that pass in “criteria”: at least 2"},
		{" criteria.failed == 0", "rules that fail in “criteria”: none"},
		{" checklist.applicable > 0", "rules that apply in “checklist”: more than 0"},
		{" criteria.passed <= $enough_criteria", "rules that pass in “criteria”: at most “the open_choice title”, which is not set"},
		{" state_initiated", "the yes of state_initiated, that is: origin.initiator yes the state"},
		{"\n      all:\n        - state_initiated\n        - any:\n          - C1 == pass\n          - C2 == pass",
			"all of this holds 1 the yes of state_initiated, that is: origin.initiator yes the state 2 at least one of these holds: 2.1 C1 C1: pass 2.2 C2 C2: pass"},
		{"\n      none:\n        - C1 == pass", "none of this holds C1 C1: pass"},
		{"\n      at_least:\n        n: 2\n        of:\n          - C1 == pass\n          - C2 == pass\n          - C3 == pass",
			"at least 2 of these hold 1 C1 C1: pass 2 C2 C2: pass 3 C3 C3: pass"},
	}
	p, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range tests {
		d, ok := view.New(p, withNote(t, test.condition), nil).Explain("late")
		text, err := report.Text(d, report.TextOptions{Width: 400})
		if !ok || err != nil {
			t.Fatal(err)
		}
		_, words, _ := strings.Cut(text, "Shown when ")
		words = strings.TrimPrefix(strings.Join(strings.Fields(strings.ReplaceAll(words, "\u00a0", " ")), " "), "this holds ")
		if words != test.want {
			t.Errorf("%s: %s\nwant %s", test.condition, words, test.want)
		}
	}
}
