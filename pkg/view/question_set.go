package view

import (
	"math/bits"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// setShape is what sets of choices have in common, as people would say it: all
// have some options and lack others, and where any is not 0 each has at least
// one of those.
type setShape struct{ with, without, any uint64 }

// shapeOf finds the shape of sets; ok is false where they have none that says
// it all.
func shapeOf(sets []fact.SetRange, all uint64) (shape setShape, ok bool) {
	must, may := all, uint64(0)
	for _, s := range sets {
		must, may = must&s.Must, may|s.May
	}
	shape = setShape{with: must, without: all &^ may}
	if len(sets) == 1 {
		return shape, true
	}
	for _, s := range sets {
		own := s.Must &^ must
		if s.May != may || bits.OnesCount64(own) != 1 {
			return shape, false
		}
		shape.any |= own
	}
	return shape, true
}

// setLabel says which sets of choices an answer has, in so far as that tells it
// from the other answers.
func (v *View) setLabel(d *fact.Definition, sets, every []fact.SetRange) string {
	all := allOptions(d)
	shape, ok := shapeOf(sets, all)
	if !ok {
		var parts i18n.Alternatives
		for _, s := range sets {
			parts = append(parts, v.setLabel(d, []fact.SetRange{s}, every))
		}
		return parts.Localize(v.printer)
	}
	known, _ := shapeOf(every, all)
	open := all &^ known.without &^ known.with
	with, without, any := shape.with&open, shape.without&open, shape.any
	switch {
	case without == open && known.with == 0:
		return v.t("fact.none")
	case without == open:
		return v.t("question.set_no_others")
	case any == open || with == open:
		return v.joinedOptions(d, with, any)
	case with|any|without == open:
		return v.t("question.set_only", v.joinedOptions(d, with, any))
	case without == 0:
		return v.t("question.set_with", v.joinedOptions(d, with, any))
	case with|any == 0 && bits.OnesCount64(without) == 1:
		return v.t("question.set_without", v.optionsOf(d, "list.or", without))
	case with|any == 0:
		return v.t("question.set_without_any", v.optionsOf(d, "list.or", without))
	}
	return v.t("question.set_with_without", v.joinedOptions(d, with, any), v.optionsOf(d, "list.or", without))
}

func allOptions(d *fact.Definition) uint64 { return 1<<len(d.Options) - 1 }

// joinedOptions says which options all sets have and of which each has one.
func (v *View) joinedOptions(d *fact.Definition, with, any uint64) string {
	switch {
	case any == 0:
		return v.optionsOf(d, "list.and", with)
	case with == 0:
		return v.optionsOf(d, "list.or", any)
	}
	return v.t("list.and", v.optionsOf(d, "list.and", with), v.optionsOf(d, "list.or", any))
}

func (v *View) optionsOf(d *fact.Definition, join string, chosen uint64) string {
	var options []fact.Option
	for i, option := range d.Options {
		if chosen&(1<<i) != 0 {
			options = append(options, option)
		}
	}
	return v.options(join, options)
}

// setStatement says as a sentence which sets of choices a fact can be.
func (v *View) setStatement(d *fact.Definition, values fact.Values) string {
	all := allOptions(d)
	yes, no := v.texts.Get("facts", d.Path, "yes"), v.texts.Get("facts", d.Path, "no")
	shape, ok := shapeOf(values.Sets, all)
	switch {
	case !ok || shape.with|shape.any|shape.without == 0:
		return v.printer.Fill(yes, d.Describe(values))
	case shape.with|shape.any == 0:
		return v.printer.Fill(no, v.optionsOf(d, "list.or", shape.without))
	case shape.any != 0 && shape.without == 0:
		return v.printer.Fill(yes, v.joinedOptions(d, shape.with, shape.any))
	}
	return v.printer.Fill(yes, d.Describe(values))
}
