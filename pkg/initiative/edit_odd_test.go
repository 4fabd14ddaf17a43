package initiative_test

import (
	"strings"
	"testing"
)

// odd are files as hardly anybody writes them, and yet as YAML allows.
func odd() []string {
	return []string{
		"\ufefftitle: x\nfacts:\n  reach.relevance: many",
		"---\ntitle: x\nfacts:\n  reach.relevance: many\n...\n",
		"--- # one\n  title: x\n  facts:\n   reach.relevance : many\n",
		"title: x\n\"facts\":\n  \"reach.relevance\": \"many\"\n  'reach.municipalities' : '12'\n",
		"title: x\nfacts:\n  reach.relevance:\n    many\n  anchoring.decision:\n    \"a\n\n    b # c\"\n  needs.documented:\n\n    # hm\n\n    ja\n",
		"title: x\nfacts:\n  origin.initiator:\n  -\n    ks\n  - # c\n    state\n",
		"title: x\nfacts:\n  anchoring.decision: |2-\n     a\n    b\n  reach.relevance: many\n",
		"title: x\nfacts:\n  anchoring.decision: |+\n    a\n\n\n",
		"title: x\nfacts:\n  anchoring.decision: |+\n    a\n\n\n  reach.relevance: many\n",
		"title: x\nfacts:\n  anchoring.decision: >+2 # c\n    a\n\n    b\n\n",
		"title: x\nfacts:\n  anchoring.decision: |\n    a",
		"title: |\n  x\n",
		"title: |+\n  x\n\n",
		"title: x\nfacts:\n  anchoring.decision: !!str a\n  reach.relevance: !!str \"many\"\n",
		"title: x\nfacts: {\n  reach.relevance: many, # c, }\n  # d\n  \"anchoring.decision\": 'a ''b'' }', }\njudgements: {C1: {outcome: pass, # no\n  because: x}}\n",
		"{\n\"title\": \"x\",\n\"facts\":{\"reach\":{\"relevance\":\"many\",\"municipalities\":3},\"origin\":{\"initiator\":[\"ks\"]}}\n}",
		"{\"title\":\"x\",\"facts\":{\"reach\":{\"relevance\":\"many\"},\"origin.initiator\":[\"ks\"]}}",
		"{title: x, facts, judgements: {}}",
		"title: x\nfacts:\n  reach:\n    relevance: {value: many}\n  cost: {}\n  origin:\n  plan: ~\n  anchoring: {decision}\n",
		"title: x\nfacts:\n#  origin.initiator:\n#    value:\n\n# reach\n#\n",
		"title: x\nfacts: null\njudgements:\n# C1\n",
		"judgements:\n  c2:\n    outcome: pass\ntitle: x\n# end",
		"facts:\n  plan.start: 2018-01-01\n\n\n\ntitle: x",
		"title: x\nfacts:\n  cost.nok: 5 mill.\n\n  plan.start: 2018-01-01\n\n  # before\n  reach.relevance: many\n",
		"title: x\nfacts:\n  needs.documented:\n    because: først\n    value: ja\n    source:\n  reach.relevance:\n    source: 's'\n    one_of: [many, few]\n    known: 2018-01-01\n",
		"title: x\nfacts:\n      reach:\n       relevance:\n              value: many\n              because: y\n",
		"title: x\nfacts:\n  reach.relevance: \"many\"#x\n",
		"title: x\nfacts:\n  reach.relevance: many\t# tab\n  cost.nok: 5 mill.\t\n",
		"title: x\nfacts:\n  anchoring.decision: a\n   b\n    c - d\n",
		"title: x\nfacts:\n  anchoring.decision: a\n\n    b\n    # after\n  cost.nok: 1 kr\n",
		"title: x\nfacts:\n  anchoring.decision: \"\\u0041\\\"b\\\n    c\"\n",
		"# only\n\n\ntitle: x # y\n\n\n",
		"title: x\nsummary:\ndate:\nfacts:\njudgements:\n",
		"title: x\nfacts:\n  reach:\n    relevance:\n      value:\n      because: y z # c\n      source: 's'\n  needs.documented:\n    known: 2018-01-01\n    value: # c\n    source: s\n",
		"title: x\nfacts:\n  reach.relevance: {value, because: \"y z\"}\n  needs.documented: {source: s, value: }\n  plan.start: {because: x y, value}\n  origin.initiator: {known: 2018-01-01, at_least: , source: s}\n",
	}
}

// Whatever a file looks like, every change can be made in it in place.
func TestEditOddFiles(t *testing.T) {
	s := small(t)
	targets := uint(len(s.Facts) + len(s.Rules))
	for _, text := range odd() {
		if one, found := read(s, text); one == nil {
			t.Errorf("%q cannot be read: %v", text, found)
		}
		for _, written := range []string{text, strings.ReplaceAll(text, "\n", "\r\n")} {
			// One way to write each value with grounds, the next without.
			for which := range targets * 7 {
				change := changeOf(s, which, "", "")
				if (which/targets)%2 == 0 {
					change.Because, change.Source = "Fordi: \"a\"\n# b", "S, 1"
				}
				checkEdit(t, s, []byte(written), change)
			}
		}
	}
}
