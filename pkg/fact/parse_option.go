package fact

import (
	"strings"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// Member is what one item of a list of options says.
type Member struct {
	// Option is the place in Definition.Options, or -1 where it names none.
	Option int
	// None says that the set is empty.
	None bool
	// Unknown says that the author states that the value is not known.
	Unknown bool
}

// ParseMember reads one item of a choices fact: an option by its id or by its
// label in any language, a word for none, or one for not known. Whether none
// or unknown may stand beside other items is the caller's to say.
func (d *Definition) ParseMember(text string) (Member, *Fault) {
	text = tidy(text)
	words := lower(text)
	unknown, fault := d.parseCommon(text, words)
	switch {
	case fault != nil:
		return Member{Option: -1}, fault
	case unknown:
		return Member{Option: -1, Unknown: true}, nil
	case saysNone(words):
		return Member{Option: -1, None: true}, nil
	}
	option, fault := d.parseOption(text)
	return Member{Option: option}, fault
}

// ExactSet is the choices fact whose options are these bits and no others.
func (d *Definition) ExactSet(options uint64) Values {
	return Values{Sets: []SetRange{{Must: options, May: options}}}
}

// AtLeastSet is the choices fact whose options are these bits and perhaps more.
func (d *Definition) AtLeastSet(options uint64) Values {
	return Values{Sets: []SetRange{{Must: options, May: d.all()}}}
}

func (d *Definition) parseChoice(text, _ string) (Values, *Fault) {
	option, fault := d.parseOption(text)
	if fault != nil {
		return Values{}, fault
	}
	return Values{Options: 1 << option}, nil
}

func (d *Definition) parseChoices(text, words string) (Values, *Fault) {
	if saysNone(words) {
		return d.ExactSet(0), nil
	}
	option, fault := d.parseOption(text)
	if fault != nil {
		return Values{}, fault
	}
	return d.ExactSet(1 << option), nil
}

// parseOption gives the place of the option that the tidy text names, or -1
// and a fault.
func (d *Definition) parseOption(text string) (int, *Fault) {
	if i := d.optionNamed(text); i >= 0 {
		return i, nil
	}
	if d.namesSeveral(text) {
		return -1, newFault("fact.option_list", found(text))
	}
	fault := newFault("fact.option", found(text), d.optionNames())
	if nearest, ok := d.nearestOption(text); ok && !saysNone(lower(text)) {
		fault.Hint = i18n.M("fact.option_nearest", nearest)
	}
	return -1, fault
}

// namesSeveral reports whether the text starts with an option and goes on as a
// list does.
func (d *Definition) namesSeveral(text string) bool {
	for _, joint := range [...]string{",", ";", "/", " og ", " and "} {
		first, _, several := strings.Cut(text, joint)
		if several && d.Kind == Choices && d.optionNamed(tidy(first)) >= 0 {
			return true
		}
	}
	return false
}

func (d *Definition) optionNamed(text string) int {
	for i := range d.Options {
		if strings.EqualFold(d.Options[i].ID, text) {
			return i
		}
	}
	for i := range d.Options {
		for _, language := range i18n.Languages() {
			if label := d.Options[i].Labels[language]; label != "" && strings.EqualFold(tidy(label), text) {
				return i
			}
		}
	}
	return -1
}

// nearestOption gives the id or label that the text is probably meant to be.
func (d *Definition) nearestOption(text string) (string, bool) {
	var names []string
	for _, option := range d.Options {
		names = append(names, option.ID)
		for _, language := range i18n.Languages() {
			if label := option.Labels[language]; label != "" {
				names = append(names, label)
			}
		}
	}
	if nearest, ok := yamldoc.Nearest(text, names); ok {
		return nearest, true
	}
	return beginsWith(lower(text), names)
}

// beginsWith gives the only name that begins with the text, as "de fleste
// kommuner" does with "de fleste".
func beginsWith(text string, names []string) (string, bool) {
	found := ""
	for _, name := range names {
		if len(text) > 2 && strings.HasPrefix(lower(tidy(name)), text) {
			if found != "" && !strings.EqualFold(found, name) {
				return "", false
			}
			found = name
		}
	}
	return found, found != ""
}

// optionNames lists what can be written, each id with its label beside it
// where the label says something else.
func (d *Definition) optionNames() i18n.Alternatives {
	names := make(i18n.Alternatives, len(d.Options))
	for i, option := range d.Options {
		names[i] = optionName(option)
	}
	return names
}

// optionName words an option by its id, and its label where that differs.
type optionName Option

// Localize words the option.
func (o optionName) Localize(p *i18n.Printer) string {
	label := o.Labels.Localize(p)
	if label == "" || strings.EqualFold(label, o.ID) {
		return o.ID
	}
	return o.ID + " (" + label + ")"
}
