package fact

import (
	"strings"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// noBreak parts thousands, so that a number stays on one line.
const noBreak = "\u00a0"

// wordInterval words what lies from Lo to Hi. An end that is the end of the
// domain is left open.
func (d *Definition) wordInterval(p *i18n.Printer, i Interval) string {
	if d.Kind == Date {
		return d.wordDates(p, i)
	}
	lo, above := d.rounder(i.Lo, -d.Step)
	hi, below := d.rounder(i.Hi, d.Step)
	switch {
	case i.Lo == i.Hi:
		return d.amount(p, i.Lo)
	case i.Lo == d.Min && i.Hi == d.Max:
		return p.T("fact.unknown")
	case i.Lo == d.Min && below:
		return p.T("fact.below", d.amount(p, hi))
	case i.Lo == d.Min:
		return p.T("fact.at_most", d.amount(p, hi))
	case i.Hi == d.Max && above:
		return p.T("fact.above", d.amount(p, lo))
	case i.Hi == d.Max:
		return p.T("fact.at_least", d.amount(p, lo))
	case above && below:
		return p.T("fact.above_below", d.amount(p, lo), d.amount(p, hi))
	case above:
		return p.T("fact.above_at_most", d.amount(p, lo), d.amount(p, hi))
	case below:
		return p.T("fact.from_below", d.amount(p, lo), d.amount(p, hi))
	case i.Lo < 0:
		return p.T("fact.from_to", d.amount(p, lo), d.amount(p, hi))
	}
	return d.amountRange(p, lo, hi)
}

// rounder steps over the end of an interval of a fact with decimals where the
// next value is a round one: "under 40 mill. kr" and not the last øre before.
func (d *Definition) rounder(end, step int64) (value int64, outside bool) {
	const hundred = 100
	atBound := step < 0 && end <= d.Min || step > 0 && end >= d.Max
	if d.Step == One || atBound || (end+step)%(hundred*step) != 0 {
		return end, false
	}
	return end + step, true
}

func (d *Definition) wordDates(p *i18n.Printer, i Interval) string {
	lo, hi := i18n.Date(i.Lo), i18n.Date(i.Hi)
	switch {
	case i.Lo == i.Hi:
		return lo.Localize(p)
	case i.Lo == d.Min && i.Hi == d.Max:
		return p.T("fact.unknown")
	case i.Lo == d.Min:
		return p.T("fact.date_to", hi)
	case i.Hi == d.Max:
		return p.T("fact.date_from", lo)
	}
	return p.T("fact.date_range", lo, hi)
}

// amount words one value with its unit.
func (d *Definition) amount(p *i18n.Printer, v int64) string {
	return d.withUnit(p, scaleOf(d.Kind, v), v, func(scale int64) string { return d.decimal(p, v, scale) })
}

// amountRange words a range whose ends share a unit.
func (d *Definition) amountRange(p *i18n.Printer, lo, hi int64) string {
	return d.withUnit(p, min(scaleOf(d.Kind, lo), scaleOf(d.Kind, hi)), hi, func(scale int64) string {
		return d.decimal(p, lo, scale) + "–" + d.decimal(p, hi, scale)
	})
}

// Scales of money, in millionths of a krone.
const (
	million = 1_000_000 * One
	billion = 1000 * million
)

// scaleOf is the largest scale in which an amount needs at most two decimals.
func scaleOf(kind Kind, v int64) int64 {
	const hundredth = 100
	for _, scale := range [...]int64{billion, million} {
		if kind == Money && (v >= scale || -v >= scale) && v%(scale/hundredth) == 0 {
			return scale
		}
	}
	return One
}

// withUnit puts the unit to digits, in the form that goes with the value v.
func (d *Definition) withUnit(p *i18n.Printer, scale, v int64, digits func(scale int64) string) string {
	number := digits(scale)
	switch {
	case d.Kind == Effort:
		return p.T("fact.months", number, i18n.Number(v))
	case d.Kind == Money && scale == billion:
		return p.T("fact.billion_kroner", number)
	case d.Kind == Money && scale == million:
		return p.T("fact.million_kroner", number)
	case d.Kind == Money:
		return p.T("fact.kroner", number)
	case d.Unit == nil:
		return number
	case v == One:
		return number + " " + d.Unit.One.Localize(p)
	}
	return number + " " + d.Unit.Other.Localize(p)
}

// decimal words a value in a scale, so that Parse reads it back: thousands are
// parted by blanks also in English, where a comma would be read as the decimal
// sign, and an amount with øre has two decimals.
func (d *Definition) decimal(p *i18n.Printer, v, scale int64) string {
	v /= scale / One
	text := p.Number(v)
	if p.Language() == i18n.English {
		text = strings.ReplaceAll(text, ",", noBreak)
	}
	// "1.500" could be fifteen hundred, "1.5000" could not.
	unclear := decimals(v) == 3 && p.Language() == i18n.English
	if unclear || decimals(v) == 1 && d.Kind == Money && scale == One {
		text += "0"
	}
	return text
}

// decimals is how many decimals a number of millionths needs.
func decimals(v int64) int {
	n := i18n.Decimals
	for n > 0 && v%10 == 0 {
		v /= 10
		n--
	}
	return n
}
