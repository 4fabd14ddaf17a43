package initiative_test

import (
	"errors"
	"testing"

	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// withdrawals are files before and after the judgement on C3 is taken out.
func withdrawals() []struct{ name, before, after string } {
	return []struct{ name, before, after string }{
		{"the last of the file", "title: x\njudgements:\n  C1: {outcome: pass, because: a b}\n  C3:\n    outcome: pass\n    because: tre etater\n", "title: x\njudgements:\n  C1: {outcome: pass, because: a b}\n"},
		{"one in between", "title: x\njudgements:\n  # om C3\n  C3: # her\n    outcome: pass\n    because: >\n      tre\n      etater\n\n  C2:\n    outcome: fail\n    because: 'nei'\n", "title: x\njudgements:\n  # om C3\n\n  C2:\n    outcome: fail\n    because: 'nei'\n"},
		{"the only one", "title: x\njudgements:\n  c3:\n    outcome: pass\n    because: b c\nfacts:\n  reach.relevance: many\n", "title: x\nfacts:\n  reach.relevance: many\n"},
		{"the only one, at an end without a line break", "title: x\r\njudgements:\r\n  C3:\r\n    outcome: pass\r\n    because: b c", "title: x\r\n"},
		{"in the second document", "title: a\njudgements:\n  C3:\n    outcome: pass\n    because: b c\n", "title: a\n"},
	}
}

// A judgement is taken out with its lines, and nothing else is.
func TestWithdraw(t *testing.T) {
	s := small(t)
	for _, test := range withdrawals() {
		t.Run(test.name, func(t *testing.T) {
			before, after, document := test.before, test.after, 1
			if test.name == "in the second document" {
				before, after, document = "title: y\n---\n"+before+"---\ntitle: z\n", "title: y\n---\n"+after+"---\ntitle: z\n", 2
			}
			file, _ := yamldoc.Read("x.yaml", []byte(before))
			got, err := initiative.Withdraw(file, document, s, "C3")
			if err != nil || string(got) != after {
				t.Errorf("%v, got:\n%s\nwant:\n%s", err, got, after)
			}
		})
	}
}

// What cannot be taken out by lines is left as it is.
func TestWithdrawRefused(t *testing.T) {
	s := small(t)
	for _, test := range []struct {
		text, rule string
		want       error
	}{
		{"title: x\njudgements: {C3: {outcome: pass, because: b c}}\n", "C3", initiative.ErrNotInPlace},
		{"{title: x, judgements: {C3: {outcome: pass, because: b c}}}\n", "C3", initiative.ErrNotInPlace},
		{"title: x\n", "C3", initiative.ErrRefused},
		{"title: x\njudgements:\n  C1:\n    outcome: pass\n    because: b c\n", "C3", initiative.ErrRefused},
		{"titel: x\n", "C3", initiative.ErrUnreadable},
	} {
		file, _ := yamldoc.Read("x.yaml", []byte(test.text))
		if got, err := initiative.Withdraw(file, 1, s, test.rule); !errors.Is(err, test.want) || got != nil {
			t.Errorf("%q: %v, %q", test.text, err, got)
		}
	}
}
