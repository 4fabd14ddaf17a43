package cli

import (
	"context"
	"errors"
	"io"
	"math/bits"
	"slices"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/report"
)

// atTerminal is a person at a terminal.
type atTerminal struct {
	*forms
}

// way is something that can be done about a question at its first form.
type way struct {
	item
	do func(ctx context.Context) (reply, error)
}

// answer asks a question, and for what else its answer needs.
func (p *atTerminal) answer(ctx context.Context, a *asked) (reply, error) {
	if err := p.apart(report.Paragraph{Text: report.SayAs(report.Faint, p.printer.T("ask.progress", a.number, a.left))}); err != nil {
		return reply{}, err
	}
	help := false
	for {
		r, err := p.once(ctx, a, &help)
		switch {
		case errors.Is(err, errLeft):
			continue
		case errors.Is(err, io.EOF):
			return reply{deed: stops}, nil
		case err != nil:
			return r, err
		}
		return r, p.heard(a, r)
	}
}

// once shows the first form and what the person chooses there. It fails with
// errLeft where the question is to be asked again.
func (p *atTerminal) once(ctx context.Context, a *asked, help *bool) (reply, error) {
	ways := append(p.answers(a), p.others(a, help)...)
	items := make([]item, len(ways))
	for i, w := range ways {
		items[i] = w.item
	}
	description := ""
	if *help {
		description = p.help(a)
	}
	chosen, err := p.choose(ctx, a.words.Text, description, items)
	if err != nil {
		return reply{}, err
	}
	return ways[chosen].do(ctx)
}

// help is what helps to answer a question.
func (p *atTerminal) help(a *asked) string {
	words := a.words.Help
	if a.words.Reason {
		words += " " + p.printer.T("ask.help_reason")
	}
	return words + " " + p.printer.T("ask.help_name", a.words.Name)
}

// others are what can be done besides answering.
func (p *atTerminal) others(a *asked, help *bool) []way {
	does := func(key string, d deed) way {
		return way{item{label: p.printer.T(key)}, func(context.Context) (reply, error) { return reply{deed: d}, nil }}
	}
	ways := []way{does("ask.dont_know", doesNotKnow), does("ask.skip", skips)}
	if !a.first {
		ways = append(ways, does("ask.back", goesBack))
	}
	if !*help {
		ways = append(ways, way{item{label: p.printer.T("ask.help")}, func(context.Context) (reply, error) {
			*help = true
			return reply{}, errLeft
		}})
	}
	return append(ways, does("ask.stop", stops))
}

// answers are the ways to answer: by each option of a choice, by a class of
// answers, or in the person's own words.
func (p *atTerminal) answers(a *asked) []way {
	if a.definition == nil {
		return p.byClass(a)
	}
	var ways []way
	if a.Kind == inquiry.AskReason {
		claimed := item{label: p.printer.T("ask.give_reason")}
		if class := a.claimedClass(); class >= 0 {
			claimed.effect = a.words.Classes[class].Effect
		}
		ways = append(ways, way{claimed, func(ctx context.Context) (reply, error) {
			return p.reason(ctx, a, reply{class: -1})
		}})
	}
	switch a.definition.Kind {
	case fact.Answer:
		return append(ways, p.byClass(a)...)
	case fact.Choice:
		return append(ways, p.byOption(a)...)
	case fact.Choices:
		ways = append(ways, p.byClass(a)...)
		return append(ways, way{item{label: p.printer.T("ask.choose_exactly")}, func(ctx context.Context) (reply, error) { return p.options(ctx, a, 0) }})
	case fact.Text:
		return append(ways, p.byClass(a)...)
	}
	ways = append(ways, p.byClass(a)...)
	return append(ways, way{item{label: p.printer.T("ask.write")}, func(ctx context.Context) (reply, error) { return p.written(ctx, a, -1) }})
}

// byClass answers with a class of answers, made more exact where it can be.
func (p *atTerminal) byClass(a *asked) []way {
	var ways []way
	for i, class := range a.words.Classes {
		if i == a.claimedClass() {
			continue
		}
		label := class.Label
		if a.definition != nil && a.definition.Kind == fact.Text && a.Classes[i].Values.Options == fact.Given {
			label = p.printer.T("ask.write")
		}
		ways = append(ways, way{item{label, class.Effect}, func(ctx context.Context) (reply, error) {
			r := reply{class: i}
			switch {
			case a.definition == nil:
			case a.definition.Kind == fact.Choices && !a.Classes[i].Values.Known():
				return p.options(ctx, a, commonOptions(a.Classes[i].Values))
			case a.definition.Kind == fact.Text && a.Classes[i].Values.Options == fact.Given, a.definition.Kind.Ordered():
				return p.written(ctx, a, i)
			}
			return p.reason(ctx, a, r)
		}})
	}
	return ways
}

// commonOptions are the options that every possible set has.
func commonOptions(v fact.Values) uint64 {
	common := ^uint64(0)
	for _, set := range v.Sets {
		common &= set.Must
	}
	return common
}

// claimedClass is the class of answers in which lies what is claimed already
// without a reason, or -1.
func (a *asked) claimedClass() int {
	if a.Kind != inquiry.AskReason {
		return -1
	}
	return slices.IndexFunc(a.Classes, func(c inquiry.Class) bool {
		both, ok := a.definition.Intersect(c.Values, a.claim.Values)
		return ok && sameValues(both, a.claim.Values)
	})
}

// byOption answers with one of the options of a choice.
func (p *atTerminal) byOption(a *asked) []way {
	var ways []way
	for i, class := range a.Classes {
		for options := class.Values.Options; options != 0; options &= options - 1 {
			option := a.definition.Options[bits.TrailingZeros64(options)]
			if a.Kind == inquiry.AskReason && a.claim.Values.Options == options&-options {
				continue
			}
			ways = append(ways, way{item{option.Labels.Localize(p.printer), a.words.Classes[i].Effect}, func(ctx context.Context) (reply, error) {
				return p.reason(ctx, a, reply{class: i, written: []string{option.ID}})
			}})
		}
	}
	return ways
}

// written lets the person write the value. Of a class it need not be written.
func (p *atTerminal) written(ctx context.Context, a *asked, class int) (reply, error) {
	mayBeEmpty := class >= 0 && a.definition.Kind != fact.Text
	description := p.printer.T("ask.write_" + a.definition.Kind.String())
	if mayBeEmpty {
		description += " " + p.printer.T("ask.write_or_class", a.words.Classes[class].Label)
	}
	text, err := p.write(ctx, a.words.Text, description, mayBeEmpty, func(text string) error {
		if text == "" && mayBeEmpty {
			return nil
		}
		return p.check(a.definition, text)
	})
	if err != nil {
		return reply{}, err
	}
	r := reply{class: class}
	if text != "" {
		r.written = []string{text}
	}
	return p.reason(ctx, a, r)
}

// check says what is wrong with a value as somebody writes it.
func (p *atTerminal) check(d *fact.Definition, text string) error {
	_, fault := d.Parse(text)
	if fault == nil {
		return nil
	}
	words := p.printer.Text(fault.Message)
	if !fault.Hint.IsZero() {
		words += "\n" + p.printer.T("cli.hint", fault.Hint)
	}
	return errors.New(p.sign(words))
}

// options lets the person choose which options it is, and whether there may be
// others.
func (p *atTerminal) options(ctx context.Context, a *asked, chosen uint64) (reply, error) {
	options := a.definition.Options
	var labels []string
	var before []int
	for i, option := range options {
		labels = append(labels, option.Labels.Localize(p.printer))
		if chosen&(1<<i) != 0 {
			before = append(before, i)
		}
	}
	none, more := len(options), len(options)+1
	labels = append(labels, p.printer.T("ask.none_of_these"), p.printer.T("ask.perhaps_more"))
	got, err := p.several(ctx, a.words.Text, labels, before, func(chosen []int) error {
		alone := len(chosen) == 1 && chosen[0] == none
		some := len(chosen) > 0 && chosen[0] < none && !slices.Contains(chosen, none)
		if alone || some {
			return nil
		}
		return errors.New(p.t("ask.choose_some"))
	})
	if err != nil {
		return reply{}, err
	}
	r := reply{class: -1, more: slices.Contains(got, more)}
	for _, i := range got {
		switch {
		case i < none:
			r.written = append(r.written, options[i].ID)
		case i == none:
			r.written = []string{p.printer.T("ask.none")}
		}
	}
	return p.reason(ctx, a, r)
}

// reason asks for the reason where the answer counts only with one.
func (p *atTerminal) reason(ctx context.Context, a *asked, r reply) (reply, error) {
	r.Grounds = a.given
	if a.saysUnknown(r) || !a.wantsReason(r) {
		return r, nil
	}
	title := a.words.Text
	if words := p.answerWords(a, r); words != "" {
		title = p.printer.T("ask.reason", a.words.Text, words)
	}
	g, err := p.grounds(ctx, title, p.printer.T("ask.reason_help"), a.given, func(text string) error {
		if text == "" || fact.IsReason(text) {
			return nil
		}
		return errors.New(p.t("ask.no_reason"))
	})
	r.Grounds = g
	return r, err
}

// heard shows what was answered.
func (p *atTerminal) heard(a *asked, r reply) error {
	words := p.answerWords(a, r)
	switch r.deed {
	case stops:
		return nil
	case goesBack:
		return p.say(report.Paragraph{Text: report.Say(p.printer.T("ask.went_back")), Tight: true})
	case doesNotKnow:
		words = p.printer.T("ask.dont_know")
	case skips:
		words = p.printer.T("ask.skipped")
	case answers:
		if words == "" {
			words = p.printer.T("ask.reason_given")
		}
	}
	return p.say(report.Paragraph{Text: []report.Span{{Text: a.words.Text + " "}, {Text: words, Tone: report.Strong}}, Tight: true})
}

// answerWords words an answer; empty for what is claimed already.
func (p *atTerminal) answerWords(a *asked, r reply) string {
	if len(r.written) == 0 {
		if r.class < 0 {
			return ""
		}
		return a.words.Classes[r.class].Label
	}
	values, fault := parseWritten(a.definition, r)
	if fault != nil || a.definition.Kind == fact.Text {
		return diag.Clean(r.written[0])
	}
	return a.definition.Describe(values).Localize(p.printer)
}

// told shows what became of an answer.
func (p *atTerminal) told(m i18n.Message) {
	// A terminal that is gone shows at the next question.
	_ = p.say(report.Paragraph{Text: report.SayAs(report.Open, p.printer.Text(m)), Tight: true})
}
