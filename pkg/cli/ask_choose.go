package cli

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/report"
)

// item is something to choose, with what it would do.
type item struct{ label, effect string }

// choose lets the person choose one of the items.
func (f *forms) choose(ctx context.Context, title, description string, items []item) (int, error) {
	if f.plain {
		if err := f.list(title, description, items); err != nil {
			return 0, err
		}
		text, err := f.line(ctx, f.t("ask.number", len(items)), func(text string) error {
			_, err := f.numbers(text, len(items), 1)
			return err
		})
		if err != nil {
			return 0, err
		}
		chosen, err := f.numbers(text, len(items), 1)
		if err != nil {
			return 0, err
		}
		return chosen[0], nil
	}
	chosen := 0
	field := huh.NewSelect[int]().Title(f.sign(title)).Description(f.sign(description)).Value(&chosen)
	fit := func(width int) { field.Options(f.itemOptions(items, width)...) }
	fit(widest)
	return chosen, f.show(ctx, f.t("ask.keys_choose"), fit, field)
}

// itemOptions are items as options, with what they would do moved in below them.
func (f *forms) itemOptions(items []item, width int) []huh.Option[int] {
	const cursor, indent = 2, 2
	var options []huh.Option[int]
	for i, one := range items {
		words := f.sign(one.label)
		if one.effect != "" {
			effect := lipgloss.Wrap(f.sign(one.effect), max(1, width-cursor-indent), "")
			words += "\n" + lipgloss.NewStyle().PaddingLeft(indent).Render(effect)
		}
		options = append(options, huh.NewOption(words, i))
	}
	return options
}

// several lets the person choose any number of labels.
func (f *forms) several(ctx context.Context, title string, labels []string, chosen []int, check func([]int) error) ([]int, error) {
	if f.plain {
		var items []item
		for _, label := range labels {
			items = append(items, item{label: label})
		}
		if err := f.list(title, "", items); err != nil {
			return nil, err
		}
		text, err := f.line(ctx, f.t("ask.numbers", len(items)), func(text string) error {
			chosen, err := f.numbers(text, len(items), len(items))
			if err != nil {
				return err
			}
			return check(chosen)
		})
		if err != nil {
			return nil, err
		}
		return f.numbers(text, len(items), len(items))
	}
	// A form checks after every tick, and would complain before the last one.
	description := f.t("ask.tick")
	for {
		var options []huh.Option[int]
		for i, label := range labels {
			options = append(options, huh.NewOption(f.sign(label), i).Selected(slices.Contains(chosen, i)))
		}
		field := huh.NewMultiSelect[int]().Title(f.sign(title)).Description(description).Options(options...).Value(&chosen)
		// By itself the field leaves out as many labels as there are lines above.
		fit := func(width int) {
			field.Height(lineCount(f.sign(title), width) + lineCount(description, width) + len(labels))
		}
		if err := f.show(ctx, f.t("ask.keys_several"), fit, field); err != nil {
			return nil, err
		}
		slices.Sort(chosen)
		err := check(chosen)
		if err == nil {
			return chosen, nil
		}
		description = err.Error()
	}
}

// lineCount is how many lines a text takes.
func lineCount(text string, width int) int { return lipgloss.Height(lipgloss.Wrap(text, width, "")) }

// write lets the person write a line. At a prompt an empty one, where it is no
// answer, does what Esc does in a form.
func (f *forms) write(ctx context.Context, title, description string, mayBeEmpty bool, check func(string) error) (string, error) {
	if f.plain {
		if !mayBeEmpty {
			description += " " + f.printer.T("ask.empty_leaves")
		}
		if err := f.list(title, description, nil); err != nil {
			return "", err
		}
		text, err := f.line(ctx, f.t("ask.prompt"), func(text string) error {
			if text == "" {
				return nil
			}
			return check(text)
		})
		if err == nil && text == "" && !mayBeEmpty {
			err = errLeft
		}
		return text, err
	}
	text := ""
	err := f.show(ctx, f.t("ask.keys_write"), nil, huh.NewInput().Title(f.sign(title)).Description(f.sign(description)).Validate(f.fits(check)).Value(&text))
	return strings.TrimSpace(text), err
}

// grounds lets the person write a reason and a source. What is there already
// stays where nothing is written by prompts, and can be changed in a form.
func (f *forms) grounds(ctx context.Context, title, description string, g initiative.Grounds, check func(string) error) (initiative.Grounds, error) {
	if f.plain {
		return f.groundLines(ctx, description, g, check)
	}
	for {
		err := f.show(ctx, f.t("ask.keys_reason"), nil, huh.NewText().Title(f.sign(title)).Description(f.sign(description)).
			Lines(reasonLines).ShowLineNumbers(false).CharLimit(0).ExternalEditor(false).Validate(f.fits(check)).Value(&g.Because))
		g.Because = strings.TrimSpace(g.Because)
		if err != nil || g.Because == "" {
			return g, err
		}
		err = f.show(ctx, f.t("ask.keys_reason"), nil, huh.NewInput().Title(f.t("ask.source")).Validate(f.fits(nil)).Value(&g.Source))
		g.Source = strings.TrimSpace(g.Source)
		if !errors.Is(err, errLeft) {
			return g, err
		}
	}
}

// reasonLines is how many lines of a reason are in sight.
const reasonLines = 3

func (f *forms) groundLines(ctx context.Context, description string, g initiative.Grounds, check func(string) error) (initiative.Grounds, error) {
	if g.Because != "" {
		description += " " + f.printer.T("ask.reason_stays", g.Because)
	}
	if err := f.list("", description, nil); err != nil {
		return g, err
	}
	because, err := f.line(ctx, f.t("ask.reason_prompt"), check)
	if err != nil {
		return g, err
	}
	if because != "" {
		g.Because = because
	}
	if g.Because == "" {
		return g, nil
	}
	source, err := f.line(ctx, f.t("ask.source_prompt"), nil)
	if source != "" {
		g.Source = source
	}
	return g, err
}

// list prints what there is to choose from, by numbers.
func (f *forms) list(title, description string, items []item) error {
	var blocks []report.Block
	for _, text := range []string{title, description} {
		if text != "" {
			blocks = append(blocks, report.Paragraph{Text: report.Say(text), Tight: len(blocks) > 0})
		}
	}
	var fields report.Fields
	for i, one := range items {
		words := one.label
		if one.effect != "" {
			words += " (" + one.effect + ")"
		}
		fields.Fields = append(fields.Fields, report.Field{Label: strconv.Itoa(i + 1), Value: report.Say(words)})
	}
	if len(items) > 0 {
		blocks = append(blocks, fields)
	}
	return f.say(blocks...)
}

// numbers reads the numbers of items that were chosen, as places from 0.
func (f *forms) numbers(text string, of, most int) ([]int, error) {
	var chosen []int
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" ,;.\t", r) }) {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > of {
			return nil, errors.New(f.t("ask.not_a_number", of))
		}
		if !slices.Contains(chosen, n-1) {
			chosen = append(chosen, n-1)
		}
	}
	if len(chosen) == 0 || len(chosen) > most {
		return nil, errors.New(f.t("ask.not_a_number", of))
	}
	slices.Sort(chosen)
	return chosen, nil
}
