package fact

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// Pattern is a regular expression that matches every text that Parse reads as a
// value of the fact, and as few others as such an expression can tell. It looks
// at words and at how numbers and days are written, not at how large they are,
// at whether a day exists, or at which of two ends is the lower one. ECMA 262
// and RE2 read it alike.
func (d *Definition) Pattern() string {
	switch d.Kind {
	case Answer:
		return whole(wordsPattern(yesWords[:]), wordsPattern(noWords[:]), wordsPattern(unknownWords[:]))
	case Choice:
		return whole(d.namesPattern(), wordsPattern(unknownWords[:]))
	case Choices:
		return whole(d.namesPattern(), wordsPattern(unknownWords[:]), wordsPattern(noneWords[:]))
	case Text:
		return "[" + letterOrDigit + "]|" + whole(`\?`)
	}
	return "^" + gap + oneOf([]string{wordsPattern(unknownWords[:]) + gap, d.intervalPattern()}) + "$"
}

// ConstantPattern is Pattern for ParseConstant.
func (d *Definition) ConstantPattern() string { return "^" + gap + d.intervalPattern() + "$" }

// Expected words what is expected of a value, and of ordered kinds examples of
// how it can be written.
func (d *Definition) Expected() (what, examples i18n.Message) {
	if d.Kind.Ordered() {
		examples = d.example()
	}
	return d.expected(), examples
}

// OptionPattern is Pattern for the options of a choice alone, without the words
// for none and for not known. Those have patterns of their own.
func (d *Definition) OptionPattern() string { return whole(d.namesPattern()) }

// UnknownPattern is Pattern for the words for not known alone.
func UnknownPattern() string { return whole(wordsPattern(unknownWords[:])) }

// NonePattern is Pattern for the words for none alone.
func NonePattern() string { return whole(wordsPattern(noneWords[:])) }

// NoTextPattern is a regular expression that matches what Parse refuses as a
// text although it has letters: answers, and words for what does not apply. It
// matches nothing that Parse reads.
func NoTextPattern() string {
	return whole(plainPattern(yesWords[:]), plainPattern(noWords[:]), plainPattern(notApplicableWords[:]))
}

// WordsPattern is a regular expression that matches the words in any case and
// with any white space around and within them.
func WordsPattern(words ...string) string { return whole(foldPattern(words)) }

// OtherCasePattern is a regular expression that matches the names in any case
// but the one in which they are given.
func OtherCasePattern(names ...string) string {
	var expressions []string
	for _, name := range names {
		runes := []rune(name)
		for i, r := range runes {
			if others := folded(r)[1:]; len(others) > 0 {
				expressions = append(expressions, foldPattern([]string{string(runes[:i])})+class(others)+foldPattern([]string{string(runes[i+1:])}))
			}
		}
	}
	return "^" + oneOf(expressions) + "$"
}

// GivenPattern is a regular expression that matches a text that is not blank.
func GivenPattern() string {
	return "[^\\t-\\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
}

const (
	// blank is the white space of Unicode: as everything but the rest it is short.
	blank = "[^!-~\u00a1-\u167f\u2010-\u2027\u2030-\u205e\u2060-\u2fff\u3001-\uffff]"
	// gap is where white space may stand or not.
	gap  = blank + "*"
	dash = "[-\u2010-\u2015\u2212]"
	// letterOrDigit is the digits, the letters of ASCII and everything beyond it
	// but signs: expressions that all programs understand have no name for the
	// letters of the world.
	letterOrDigit = "^\\x00-/:-@\\[-`{-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2000-\u2070\u2190-\u2bff\u3000-\u3004"
)

// whole matches one of the expressions from a text's start to its end.
func whole(expressions ...string) string {
	return "^" + gap + oneOf(expressions) + gap + "$"
}

func oneOf(expressions []string) string { return "(?:" + strings.Join(expressions, "|") + ")" }

func perhaps(expression string) string { return "(?:" + expression + ")?" }

// wordsPattern matches one of the phrases as lower and tidy read it.
func wordsPattern(phrases []string) string { return eachRune(phrases, smaller) }

// foldPattern matches one of the phrases as strings.EqualFold and tidy do, or
// strings.ToLower.
func foldPattern(phrases []string) string { return eachRune(phrases, folded) }

// plainPattern matches nothing that lower and tidy read as other than one of
// the phrases, all of ASCII.
func plainPattern(phrases []string) string {
	return eachRune(phrases, func(r rune) []rune { return []rune{r, unicode.ToUpper(r)} })
}

func eachRune(phrases []string, variants func(rune) []rune) string {
	expressions := make([]string, len(phrases))
	for i, phrase := range phrases {
		var b strings.Builder
		for _, r := range phrase {
			b.WriteString(runePattern(r, variants(r)))
		}
		expressions[i] = b.String()
	}
	return oneOf(expressions)
}

// smaller are the characters whose lower case is the small letter.
func smaller(r rune) []rune {
	return slices.DeleteFunc(folded(r), func(form rune) bool { return form == 'İ' || unicode.ToLower(form) != unicode.ToLower(r) })
}

// folded are the forms of a letter, and what Unicode holds to be the same
// character as one of them.
func folded(r rune) []rune {
	all := []rune{r}
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		all = append(all, other)
	}
	switch r {
	case 'i', 'I':
		all = append(all, 'İ') // whose lower case is the i of ASCII
	case ';':
		all = append(all, '\u037e')
	case '`':
		all = append(all, '\u1fef')
	case '·':
		all = append(all, '\u0387')
	case '´':
		all = append(all, '\u1ffd')
	}
	return all
}

// runePattern matches a character of a phrase in one of its forms, composed or
// with its mark behind it.
func runePattern(r rune, forms []rune) string {
	switch {
	case r == ' ':
		return "[^!-~]+" // within a phrase nothing else is likely, and this is short
	case r == '-':
		return dash
	}
	parts := []rune(norm.NFD.String(string(r)))
	switch {
	case len(parts) == 1 && (r < 0x250 || !unicode.IsLetter(r)):
		return class(forms)
	case len(parts) == 2 && r < 0x250 && parts[1] >= 0x300 && parts[1] < 0x370:
		return "(?:" + class(forms) + "|" + class(folded(parts[0])) + "[\u0300-\u036f])"
	}
	return "[^ -~]{1,6}" // of other scripts: too many ways to compose it
}

// class matches one of the runes.
func class(runes []rune) string {
	if len(runes) == 1 {
		return regexp.QuoteMeta(string(runes))
	}
	return "[" + string(runes) + "]"
}

// namesPattern matches an option by its id or by its label in any language.
func (d *Definition) namesPattern() string {
	var names []string
	for i := range d.Options {
		names = append(names, d.Names(i)...)
	}
	return foldPattern(names)
}

// Names are what an option can be called: its id, and its labels where they say
// something else. What is read as another option, or as none, is left out.
func (d *Definition) Names(option int) []string {
	o := d.Options[option]
	var names []string
	add := func(name string) {
		same := func(other string) bool { return strings.EqualFold(name, other) }
		if member, fault := d.ParseMember(name); fault == nil && member.Option == option && !slices.ContainsFunc(names, same) {
			names = append(names, name)
		}
	}
	add(o.ID)
	for _, language := range i18n.Languages() {
		add(tidy(o.Labels[language]))
	}
	return names
}

// intervalPattern matches what parseInterval reads:
//
//	mellom 10 og 30 · minst 10 · over 10 og under 30 · 10-30 · 10 eller mer
//
// and the blank behind it. The last operand is the same in all, and written
// once to keep it short.
func (d *Definition) intervalPattern() string {
	side, operand := phrasePattern(sideWords[:]), d.operandPattern("")
	start := oneOf([]string{
		phrasePattern(betweenWords[:]) + operand + phrasePattern(betweenJoints[:]),
		side + perhaps(operand+phrasePattern(boundJoints[:])+perhaps(side)),
		operand + phrasePattern(rangeWords[:]),
	})
	return start + "?" + d.operandPattern(perhaps(phrasePattern(sideTails[:])))
}

// phrasePattern matches one of the phrases, and the blank behind it.
func phrasePattern[T any](table []phrase[T]) string {
	words := make([]string, len(table))
	for i := range table {
		words[i] = table[i].words
	}
	return wordsPattern(words) + gap
}

// operandPattern matches one number with its unit, or one date, with the tail
// before or behind the unit, and the blank behind it.
func (d *Definition) operandPattern(tail string) string {
	if d.Kind == Date {
		return datePattern() + gap + tail
	}
	ahead, unit := "", d.ownUnitPattern()
	switch d.Kind {
	case Money:
		currency := perhaps(phrasePattern(currencyWords[:]))
		ahead, unit = currency, perhaps(phrasePattern(scaleWords[:]))+currency
	case Effort:
		share := phrasePattern(percentWords[:]) + perhaps(phrasePattern(positionWords[:])) + phrasePattern(periodWords[:]) +
			d.numeralPattern() + gap + phrasePattern(durationWords[:])
		unit = perhaps(oneOf([]string{phrasePattern(effortWords[:]), share}))
	}
	return ahead + d.numeralPattern() + gap + tail + unit + tail
}

// ownUnitPattern matches the unit of a number, which may be left out.
func (d *Definition) ownUnitPattern() string {
	if d.Unit == nil {
		return ""
	}
	var units []string
	for _, labels := range [...]Labels{d.Unit.One, d.Unit.Other} {
		for _, language := range i18n.Languages() {
			if form := lower(tidy(labels[language])); form != "" {
				units = append(units, form)
			}
		}
	}
	expressions := []string{wordsPattern(units) + gap}
	if d.inMonths() {
		expressions = append(expressions, phrasePattern(durationWords[:]))
	}
	if d.inPercent() {
		expressions = append(expressions, phrasePattern(percentWords[:]))
	}
	return perhaps(oneOf(expressions))
}

// numeralPattern matches what readNumeral reads: thousands parted by blanks or
// dots, decimals after a comma, or after a dot that cannot part thousands.
func (d *Definition) numeralPattern() string {
	digit := "[0-9]"
	if d.Step == One && !d.inMonths() {
		digit = "0" // of a whole number, all decimals are
	}
	const (
		plain  = "(?:0|[1-9][0-9]*)"
		few    = "[1-9][0-9]{0,2}"
		spaced = few + "(?:" + blank + "+[0-9]{3})+"
		// notThree is a number of digits that no group of thousands has.
		notThree = "(?:%{1,2}|%{4,})"
	)
	decimals := strings.ReplaceAll(notThree, "%", digit)
	forms := []string{
		oneOf([]string{plain, spaced}) + perhaps(","+digit+"+"),
		few + `(?:\.[0-9]{3})+,` + digit + "+",
		few + `(?:\.[0-9]{3}){2,}`,
		`0\.` + digit + "+",
		`[1-9][0-9]{3,}\.` + digit + "+",
		oneOf([]string{few, spaced}) + `\.` + decimals,
	}
	if d.Kind == Money {
		forms = append(forms, few+`\.[0-9]{3}`)
	}
	sign := ""
	if d.Min < 0 {
		sign = dash + "?"
	}
	return sign + oneOf(forms)
}

// datePattern matches what calendarDate reads.
func datePattern() string {
	const (
		year  = "[0-9]{4}"
		month = "(?:0?[1-9]|1[0-2])"
		day   = "(?:0?[1-9]|[12][0-9]|3[01])"
	)
	return oneOf([]string{
		year + dash + month + dash + day,
		day + `\.` + gap + month + `\.` + gap + year,
		day + `\.?` + gap + phrasePattern(monthNames[:]) + perhaps(`\.`+gap) + year,
	})
}
