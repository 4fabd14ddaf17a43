package view

import (
	"testing"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
)

func viewIn(t *testing.T, language i18n.Language) *View {
	t.Helper()
	printer, err := i18n.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return New(printer, load(t, language, ""), nil)
}

// The label of sets of choices says what tells them from those of the other
// answers, in as few words as that takes.
func TestSetLabels(t *testing.T) {
	const ks, municipality, state = 1, 2, 8
	const all = 31
	with := func(options uint64) []fact.SetRange { return []fact.SetRange{{Must: options, May: all}} }
	without := func(options uint64) []fact.SetRange { return []fact.SetRange{{May: all &^ options}} }
	either := []fact.SetRange{{Must: ks, May: all}, {Must: state, May: all}}
	tests := []struct {
		name              string
		sets, other       []fact.SetRange
		label, asSentence string
	}{
		{"one is in", with(state), without(state), "staten er med", "initiativet kommer fra staten og kanskje flere"},
		{"one is not in", without(state), with(state), "staten er ikke med", "initiativet kommer ikke fra staten"},
		{"two are in", with(ks | state), without(state), "KS og staten er med", "initiativet kommer fra KS og staten og kanskje flere"},
		{"two are not in", without(ks | state), either, "uten KS eller staten", "initiativet kommer ikke fra KS eller staten"},
		{"one of two is in", either, without(ks | state), "KS eller staten er med", "initiativet kommer fra KS eller staten"},
		{"what all answers have is not said", with(ks | state), []fact.SetRange{{Must: ks, May: all &^ state}}, "staten er med", "initiativet kommer fra KS og staten og kanskje flere"},
		{"nobody", without(all), with(state), "ingen", "initiativet kommer ikke fra KS, kommuner, fylkeskommuner, staten eller andre"},
		{"nobody besides those that all answers have", []fact.SetRange{{Must: ks, May: ks}}, with(ks | state), "ingen andre", "initiativet kommer fra KS"},
		{"just one", []fact.SetRange{{Must: state, May: state}}, without(state), "bare staten", "initiativet kommer fra staten"},
		{"one in, one out", []fact.SetRange{{Must: ks, May: all &^ state}}, with(state), "med KS, uten staten", "initiativet kommer fra KS, kanskje også kommuner, fylkeskommuner eller andre"},
		{"no shape", []fact.SetRange{{May: ks}, {Must: state, May: all}}, with(municipality), "uten kommuner, fylkeskommuner, staten eller andre eller staten er med",
			"initiativet kommer fra ingen andre enn KS eller staten og kanskje flere"},
	}
	v := viewIn(t, i18n.Bokmal)
	d := v.definition("origin.initiator")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := v.setLabel(d, test.sets, append(test.sets[:len(test.sets):len(test.sets)], test.other...)); got != test.label {
				t.Errorf("label: %q, want %q", got, test.label)
			}
			if got := v.setStatement(d, fact.Values{Sets: test.sets}); got != test.asSentence {
				t.Errorf("sentence: %q, want %q", got, test.asSentence)
			}
		})
	}
}

// What an answer settles is said by what it leaves or by what it rules out,
// whichever is shorter, and how much is left to ask then.
func TestEffectsOfAnswers(t *testing.T) {
	possible := []string{"candidate", "negotiate", "postpone", "decline", "shelve"}
	class := func(then *result.Fraction, possible ...string) result.AnswerClass {
		return result.AnswerClass{Value: &fact.Coded{Options: []string{"yes"}}, Possible: possible, Then: then}
	}
	number := func(n, of int) *result.Fraction { return &result.Fraction{Numerator: n, Denominator: of} }
	tests := []struct {
		class result.AnswerClass
		want  string
	}{
		{class(nil, "shelve"), "then the recommendation is “shelve”"},
		{class(number(1, 1), "decline", "shelve"), "still possible: “decline” or “shelve”; 1 question left"},
		{class(number(13, 4), "candidate", "negotiate", "postpone", "shelve"), "rules out “decline”; about 3 questions left"},
		{class(number(7, 2), possible...), "rules nothing out; about 4 questions left"},
		{class(nil, possible...), "rules nothing out; nothing more to ask"},
	}
	v := viewIn(t, i18n.English)
	for _, test := range tests {
		q := result.Question{Kind: result.AskFact, Fact: "needs.documented", Classes: []result.AnswerClass{test.class}, Expected: number(4, 1)}
		if got := v.Ask(&q, possible).Classes[0].Effect; got != test.want {
			t.Errorf("%v: %q, want %q", test.class.Possible, got, test.want)
		}
	}
}

// Each kind of question says what it asks for.
func TestQuestionsOfEachKind(t *testing.T) {
	yes := &fact.Coded{Options: []string{"yes"}}
	tests := []struct {
		name        string
		question    result.Question
		text, label string
		reason      bool
	}{
		{"a fact", result.Question{Kind: result.AskFact, Fact: "needs.documented", Classes: []result.AnswerClass{{Value: yes}}},
			"Har medlemmene selv meldt behovet?", "ja", true},
		{"a fact more precisely", result.Question{Kind: result.AskFact, Fact: "reach.municipalities", Value: ranged("10", "30"), Classes: []result.AnswerClass{{Value: ranged("20", "30")}}},
			"Hvor mange kommuner deltar i tiltaket? Hittil er dette oppgitt: 10–30 kommuner.", "20–30 kommuner", false},
		{"a reason", result.Question{Kind: result.AskReason, Fact: "needs.documented", Value: yes, Classes: []result.AnswerClass{{Value: yes}}},
			"Har medlemmene selv meldt behovet? Svaret er ja, uten begrunnelse. Hva er begrunnelsen?", "ja, med begrunnelse", true},
		{"a judgement", result.Question{Kind: result.AskJudgement, Rule: "D4", Classes: []result.AnswerClass{{Outcome: result.Pass}}},
			"Er arbeidet relevant for mange kommuner eller fylkeskommuner?", "oppfylt", true},
		{"a judgement that stands", result.Question{Kind: result.AskConflict, Rule: "D4", Classes: []result.AnswerClass{{Outcome: result.Pass}}},
			"Skjønnet om D4 sier noe annet enn opplysningene (Er arbeidet relevant for mange kommuner eller fylkeskommuner?). Skal skjønnet trekkes?",
			"skjønnet står, og opplysningene rettes", false},
		{"a judgement to withdraw", result.Question{Kind: result.AskConflict, Rule: "D4", Classes: []result.AnswerClass{{Withdrawn: true}}},
			"Skjønnet om D4 sier noe annet enn opplysningene (Er arbeidet relevant for mange kommuner eller fylkeskommuner?). Skal skjønnet trekkes?",
			"skjønnet trekkes", false},
	}
	v := viewIn(t, i18n.Bokmal)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			asked := v.Ask(&test.question, nil)
			if asked.Text != test.text || asked.Classes[0].Label != test.label || asked.Reason != test.reason {
				t.Errorf("%q, %q, needs a reason: %v", asked.Text, asked.Classes[0].Label, asked.Reason)
			}
			if asked.Help == "" || asked.Name != test.question.Fact+test.question.Rule {
				t.Errorf("help %q, name %q", asked.Help, asked.Name)
			}
		})
	}
}

func ranged(from, to fact.Scalar) *fact.Coded {
	return &fact.Coded{Ranges: []fact.CodedRange{{From: from, To: to}}}
}

// Numbers of questions are rounded, and said to be.
func TestQuestionsLeft(t *testing.T) {
	tests := []struct {
		questions result.Questions
		want      string
	}{
		{result.Questions{Least: 1, Expected: &result.Fraction{Numerator: 1, Denominator: 1}, Most: 1}, "1 question left"},
		{result.Questions{Least: 2, Expected: &result.Fraction{Numerator: 2, Denominator: 1}, Most: 2}, "2 questions left"},
		{result.Questions{Least: 1, Expected: &result.Fraction{Numerator: 3, Denominator: 2}, Most: 2}, "at most 2 questions left"},
		{result.Questions{Least: 1, Expected: &result.Fraction{Numerator: 17, Denominator: 4}, Most: 9}, "about 4 questions left, at most 9"},
	}
	v := viewIn(t, i18n.English)
	for _, test := range tests {
		if got := v.Left(&test.questions); got != test.want {
			t.Errorf("%v: %q, want %q", test.questions, got, test.want)
		}
	}
}
