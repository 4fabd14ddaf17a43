package assess_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

func shippedFolder(t *testing.T) fs.FS {
	t.Helper()
	folder, err := fs.Sub(criteria.FS(), "ks-2016-2019")
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// shipped is the strategy that comes with the program.
func shipped(t *testing.T) *strategy.Strategy {
	t.Helper()
	return loaded(t, shippedFolder(t), nil)
}

// said is what a random initiative says of a fact of the shipped strategy: as
// ids, which every language has its words for.
type said struct {
	fact   int
	key    string // value, at_least or one_of
	values []string
	reason bool
}

// newSaid says something at random.
func newSaid(r *rand.Rand, s *strategy.Strategy, index int) said {
	d := s.Facts[index]
	one := said{fact: index, key: "value", reason: r.IntN(100) < 70}
	switch {
	case r.IntN(100) < 7:
		one.values = []string{"unknown"}
	case d.Kind == fact.Answer:
		one.values = []string{[]string{"yes", "no"}[r.IntN(2)]}
	case d.Kind == fact.Text:
		one.values = []string{[]string{"Protokoll 12/17", "none"}[r.IntN(2)]}
	case d.Kind == fact.Choice:
		one.values = []string{d.Options[r.IntN(len(d.Options))].ID}
	case d.Kind == fact.Choices:
		for _, i := range r.Perm(len(d.Options))[:r.IntN(len(d.Options)+1)] {
			one.values = append(one.values, d.Options[i].ID)
		}
		if one.values == nil {
			one.values = []string{"none"}
		} else if r.IntN(3) == 0 {
			one.key = "at_least"
		}
	default:
		one.values = []string{[]string{"0", "least 12", "0-2", "100 mill", "over 2", "1 mrd"}[r.IntN(6)]}
		if d.Kind != fact.Money {
			one.values = []string{[]string{"0", "1", "least 12", "0-2", "over 2"}[r.IntN(5)]}
		}
	}
	return one
}

// word is a value in a language.
func word(d *fact.Definition, value string, language i18n.Language) string {
	place := slices.Index(i18n.Languages(), language)
	words := map[string][]string{
		"unknown": {"vet ikke", "veit ikkje", "unknown"}, "none": {"ingen", "inga", "none"}, "yes": {"ja", "ja", "yes"}, "no": {"nei", "nei", "no"},
		"least 12": {"minst 12", "minst 12", "at least 12"}, "over 2": {"mer enn 2", "meir enn 2", "more than 2"},
		"100 mill": {"100 mill. kr", "100 millionar kroner", "NOK 100 million"}, "1 mrd": {"1,0 mrd. kr", "1 milliard", "1.0 bn"},
	}
	if i := d.Option(value); i >= 0 {
		return d.Options[i].Labels[language]
	}
	if all := words[value]; all != nil {
		return all[place]
	}
	return value
}

// initiativeText writes what is said in a language.
func initiativeText(s *strategy.Strategy, all []said, judgements string, language i18n.Language) string {
	p := &page{}
	p.add(0, "title: Et tiltak", "date: 2018-03-01")
	if len(all) > 0 {
		p.add(0, "facts:")
	}
	for _, one := range all {
		d := s.Facts[one.fact]
		p.add(1, d.Path+":", "  "+one.key+":")
		for _, value := range one.values {
			p.add(3, "- "+word(d, value, language))
		}
		if d.Kind != fact.Choices {
			text := strings.TrimSuffix(p.String(), fmt.Sprintf("%s:\n      - %s\n", one.key, word(d, one.values[0], language)))
			p.Reset()
			p.WriteString(text + one.key + ": " + word(d, one.values[0], language) + "\n")
		}
		if one.reason {
			p.add(2, "because: vedtak i styret")
		}
	}
	p.WriteString(judgements)
	return p.String()
}

func someSaid(r *rand.Rand, s *strategy.Strategy) []said {
	share := 20 + r.IntN(80)
	var all []said
	for i := range s.Facts {
		if r.IntN(100) < share {
			all = append(all, newSaid(r, s, i))
		}
	}
	return all
}

func someJudgements(r *rand.Rand, s *strategy.Strategy) string {
	p := &page{}
	for _, rule := range s.Rules {
		if r.IntN(100) < 8 {
			p.add(1, rule.ID+":", "  outcome: "+[]string{"pass", "fail"}[r.IntN(2)], "  because: vedtak i styret")
		}
	}
	if p.Len() == 0 {
		return ""
	}
	return "judgements:\n" + p.String()
}

// with replaces what is said of a fact, in its place, or adds it at the end.
func with(all []said, one said) []said {
	all = slices.Clone(all)
	if i := slices.IndexFunc(all, func(s said) bool { return s.fact == one.fact }); i >= 0 {
		all[i] = one
		return all
	}
	return append(all, one)
}

// changed lists the rules whose outcome, causes or anything else differs.
func changed(t *testing.T, a, b *result.Assessment) []string {
	t.Helper()
	var ids []string
	for i, set := range a.RuleSets {
		for j, rule := range set.Rules {
			x, errX := json.Marshal(rule)
			y, errY := json.Marshal(b.RuleSets[i].Rules[j])
			if errX != nil || errY != nil {
				t.Fatal(errX, errY)
			}
			if string(x) != string(y) {
				ids = append(ids, rule.ID)
			}
		}
	}
	return ids
}

// An initiative says the same in bokmål, nynorsk and English.
func TestLanguagesSayTheSame(t *testing.T) {
	s := shipped(t)
	for seed := range tries(30) {
		r := random(seed, 10)
		all, judgements := someSaid(r, s), someJudgements(r, s)
		var first string
		for _, language := range i18n.Languages() {
			text := initiativeText(s, all, judgements, language)
			a := assessed(t, s, text)
			for i := range a.Facts {
				a.Facts[i].Text = ""
			}
			got := asJSON(t, a)
			if language == i18n.Languages()[0] {
				first = got
			}
			if got != first {
				t.Fatalf("seed %d, %s: %s\n%s", seed, language, firstDifference(got, first), text)
			}
		}
	}
}

// Keys, parts of conditions and rows of the shipped strategy in another order
// give the same assessments.
func TestShippedOrderSaysNothing(t *testing.T) {
	s := shipped(t)
	for seed := range uint64(4) {
		r := random(seed, 11)
		shuffled := loaded(t, unordered(r).folder(t, shippedFolder(t)), nil)
		for range 10 {
			text := initiativeText(s, someSaid(r, s), someJudgements(r, s), i18n.Nynorsk)
			got, want := assessed(t, shuffled, text), assessed(t, s, text)
			slices.Sort(got.Recommendation.Rows)
			slices.Sort(want.Recommendation.Rows)
			if got, want := asJSON(t, got), asJSON(t, want); got != want {
				t.Fatalf("seed %d: %s\n%s", seed, firstDifference(got, want), text)
			}
		}
	}
}

func TestShippedMoreIsKnownLessIsPossible(t *testing.T) {
	s := shipped(t)
	assessor := assess.New(s, assess.Options{})
	for seed := range uint64(4) {
		r := random(seed, 12)
		judgements := someJudgements(r, s)
		var all []said
		before := assessor.Assess(readText(t, s, initiativeText(s, nil, judgements, i18n.Bokmal)))
		for _, i := range r.Perm(len(s.Facts)) {
			all = append(all, newSaid(r, s, i))
			text := initiativeText(s, all, judgements, i18n.Bokmal)
			after := assessor.Assess(readText(t, s, text))
			for _, fault := range grown(s, before, after) {
				t.Fatalf("seed %d: %s\n%s", seed, fault, text)
			}
			before = after
		}
	}
}

// factSaid says something certain of a fact of the shipped strategy.
func factSaid(s *strategy.Strategy, path string, values ...string) said {
	return said{fact: s.Fact(path), key: "value", values: values, reason: true}
}

// The checklist is for what the state initiates: with KS in its place no rule of
// it applies, and no other rule is touched.
func TestInitiatorTouchesTheChecklistAlone(t *testing.T) {
	s := shipped(t)
	checklist := []string{"S0", "S1", "S2", "S3", "S4", "S5", "S6"}
	for seed := range tries(30) {
		r := random(seed, 13)
		all := someSaid(r, s)
		state := assessed(t, s, initiativeText(s, with(all, factSaid(s, "origin.initiator", "state")), "", i18n.Bokmal))
		ks := assessed(t, s, initiativeText(s, with(all, factSaid(s, "origin.initiator", "ks")), "", i18n.Bokmal))
		for _, id := range checklist {
			if got := ruleOf(ks, id).Outcome; got != result.NotApplicable {
				t.Errorf("seed %d: %s is %s", seed, id, got)
			}
		}
		for _, id := range changed(t, state, ks) {
			if !slices.Contains(checklist, id) {
				t.Errorf("seed %d: %s has changed", seed, id)
			}
		}
	}
}

// A competing project of KS makes S4 fail where it applies.
func TestCompetingProjectFailsS4(t *testing.T) {
	s := shipped(t)
	for seed := range tries(30) {
		r := random(seed, 14)
		all := with(someSaid(r, s), factSaid(s, "origin.initiator", "state", "ks"))
		all = with(all, factSaid(s, "origin.funders", "state"))
		before := assessed(t, s, initiativeText(s, with(all, factSaid(s, "state.competing_projects", "none")), "", i18n.Bokmal))
		after := assessed(t, s, initiativeText(s, with(all, factSaid(s, "state.competing_projects", "KommuneLab")), "", i18n.Bokmal))
		if got := ruleOf(after, "S4").Outcome; got != result.Fail {
			t.Errorf("seed %d: S4 is %s", seed, got)
		}
		if got := changed(t, before, after); !slices.Equal(got, []string{"S4"}) {
			t.Errorf("seed %d: %v have changed", seed, got)
		}
	}
}

// The area of an initiative is said in one line and changes no criterion.
func TestAreasChangeNoCriterion(t *testing.T) {
	s := shipped(t)
	areas := []string{"A1", "A2", "A3", "A4", "A5", "A6"}
	for seed := range tries(30) {
		r := random(seed, 15)
		all, judgements := someSaid(r, s), someJudgements(r, s)
		before := assessed(t, s, initiativeText(s, with(all, factSaid(s, "area.concerns", "digitalisation")), judgements, i18n.Bokmal))
		more := factSaid(s, "area.concerns", "digitalisation")
		more.key = "at_least"
		after := assessed(t, s, initiativeText(s, with(all, more), judgements, i18n.Bokmal))
		for _, id := range changed(t, before, after) {
			if !slices.Contains(areas, id) {
				t.Errorf("seed %d: %s has changed", seed, id)
			}
		}
		if got, want := after.Recommendation.Documented.Possible, before.Recommendation.Documented.Possible; !slices.Equal(got, want) {
			t.Errorf("seed %d: %v became %v", seed, want, got)
		}
	}
}

// Who says nothing is told to clarify, and no rule is decided.
func TestShippedEmptyInitiative(t *testing.T) {
	s := shipped(t)
	a := assess.New(s, assess.Options{}).Assess(&initiative.Initiative{})
	for _, id := range s.RuleIDs() {
		if got := ruleOf(a, id); got.Outcome != result.Unclear || len(got.Causes) == 0 {
			t.Errorf("%s is %s", id, got.Outcome)
		}
	}
	advice := a.Recommendation.Documented
	if advice.Status != result.ClarifyFirst || len(advice.RuledOut) > 0 || len(a.Recommendation.DecidedBy) > 0 {
		t.Errorf("%+v", advice)
	}
}

// reads says whether a rule reads a fact.
func reads(s *strategy.Strategy, rule *strategy.Rule, path string) bool {
	found := false
	for _, c := range []*cond.Condition{s.Sets[rule.Set].Applies, rule.Applies, rule.Pass, rule.Fail} {
		c.Comparisons(func(x *cond.Comparison) { found = found || x.Definition.Path == path })
	}
	return found
}
