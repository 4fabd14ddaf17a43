package strategy

import (
	"maps"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Texts are a strategy's words in one language.
type Texts struct {
	Language i18n.Language
	words    map[string]string
}

// Get is the text at a path such as "rules", "C5", "title"; empty where there
// is none.
func (t *Texts) Get(path ...string) string { return t.words[strings.Join(path, ".")] }

// Paths are the paths of all texts, sorted.
func (t *Texts) Paths() []string { return slices.Sorted(maps.Keys(t.words)) }

// textFile is the file of the words in a language; empty for none.
func textFile(language i18n.Language) string {
	if language == "" {
		return ""
	}
	return "text/" + string(language) + ".yaml"
}

// readTexts reads the words of a language, none for "", and checks that none is
// missing and none is left over. places are those of the texts, by path.
func (l *loading) readTexts(language i18n.Language) (texts *Texts, places map[string]*yamldoc.Node) {
	texts = &Texts{Language: language, words: map[string]string{}}
	if language == "" {
		return texts, nil
	}
	l.open(textFile(language), func(r *yamldoc.Reader, root *yamldoc.Node) {
		wanted := l.wantedTexts()
		texts.words = make(map[string]string, len(wanted))
		places = make(map[string]*yamldoc.Node, 2*len(wanted))
		texts.flatten(r, root, "", places)
		for _, want := range wanted {
			if texts.words[want.path] == "" && !want.optional {
				r.Error(nearestPlace(places, want.path, root), i18n.M("strategy.text_missing", want.path), i18n.M("strategy.text_missing_hint"))
			}
		}
		paths := make([]string, 0, len(wanted))
		expected := make(map[string]bool, len(wanted))
		for _, want := range wanted {
			paths = append(paths, want.path)
			expected[want.path] = true
		}
		for _, path := range slices.Sorted(maps.Keys(places)) {
			n := places[path]
			if r.Enough() {
				break
			}
			if n.Kind == yamldoc.Scalar && !expected[path] {
				r.Error(n, i18n.M("strategy.text_unused", diag.Clean(path)), yamldoc.NearestHint(path, paths))
			}
		}
	})
	return texts, places
}

// flatten collects all texts by their path.
func (t *Texts) flatten(r *yamldoc.Reader, n *yamldoc.Node, path string, places map[string]*yamldoc.Node) {
	places[path] = n
	if n.Kind == yamldoc.Mapping {
		for _, pair := range n.Pairs {
			below := pair.Key.Value
			if path != "" {
				below = path + "." + below
			}
			t.flatten(r, pair.Value, below, places)
		}
		return
	}
	t.words[path] = strings.TrimSpace(r.Text(n))
}

// nearestPlace is the deepest node on the way to the path.
func nearestPlace(places map[string]*yamldoc.Node, path string, root *yamldoc.Node) *yamldoc.Node {
	for path != "" {
		if n := places[path]; n != nil {
			return n
		}
		path = path[:max(strings.LastIndexByte(path, '.'), 0)]
	}
	return root
}

// wanted is a text that a strategy has or may have.
type wanted struct {
	path     string
	optional bool
}

// wantedTexts lists every text that the strategy needs or may have.
func (l *loading) wantedTexts() []wanted {
	s := l.strategy
	var all []wanted
	add := func(optional bool, under, name string, keys ...string) {
		for _, key := range keys {
			all = append(all, wanted{strings.ReplaceAll(under+"."+name+"."+key, "..", "."), optional})
		}
	}
	add(false, "strategy", "", "title", "short", "about")
	for _, set := range s.Sets {
		add(false, "rule_sets", set.ID, "title", "help")
		add(set.Applies == nil, "rule_sets", set.ID, "not_applicable")
	}
	for _, r := range s.Rules {
		add(false, "rules", r.ID, "title", "question", "help", "pass", "fail")
		add(r.Applies == nil, "rules", r.ID, "not_applicable") // the set has its own
		if r.Ours {
			add(false, "rules", r.ID, "ours")
		}
	}
	l.wantedOfFacts(add)
	for _, t := range s.Thresholds {
		add(false, "thresholds", t.Name, "title", "reason")
	}
	if s.Choice != nil {
		add(false, "open_choice", "", "title", "help")
	}
	for _, id := range s.Order {
		add(false, "recommendations", id, "title", "meaning")
	}
	for _, row := range s.Table.Rows {
		add(false, "rows", "", row.ID)
	}
	for _, named := range slices.Concat(s.Conditions, s.Table.Conditions) {
		add(false, "conditions", named.Name, "yes", "no")
	}
	for _, note := range s.Notes {
		all = append(all, wanted{"notes." + note.ID, false})
	}
	for _, n := range s.NotRules {
		add(false, "not_rules", n.ID, "what", "why")
	}
	return all
}

func (l *loading) wantedOfFacts(add func(optional bool, under, name string, keys ...string)) {
	groups := map[string]bool{}
	for _, d := range l.strategy.Facts {
		if !groups[d.Group()] {
			groups[d.Group()] = true
			add(false, "groups", "", d.Group())
		}
		add(false, "facts", d.Path, "title", "question", "help", "yes", "no")
	}
}
