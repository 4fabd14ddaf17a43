// Package i18n holds the program's own words in bokmål, nynorsk and English,
// and words messages late: code passes a key and arguments around, and only
// the place that prints asks for a language.
//
// The texts lie in text/<language>/<topic>.json, one flat object of key and
// template a file. A template names its arguments by number: "{1}", and picks a
// plural form with "{1|opplysning|opplysninger}", where the first form is used
// for the plural category "one" of argument 1 and the second for all others.
package i18n

import (
	"strings"
)

// Language is one of the three languages that every text exists in.
type Language string

// The languages, by their BCP 47 tags.
const (
	Bokmal  Language = "nb"
	Nynorsk Language = "nn"
	English Language = "en"
)

// Languages lists all languages, the default first.
func Languages() []Language { return []Language{Bokmal, Nynorsk, English} }

// ParseLanguage reads a language's tag; "no" is bokmål. Case does not matter.
func ParseLanguage(s string) (Language, bool) {
	switch strings.ToLower(s) {
	case "nb", "no":
		return Bokmal, true
	case "nn":
		return Nynorsk, true
	case "en":
		return English, true
	}
	return "", false
}

// FromEnvironment is the language that LC_ALL, LC_MESSAGES or LANG names, in
// that order of weight, and bokmål where they name none of the three.
func FromEnvironment(getenv func(string) string) Language {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := getenv(name)
		if value == "" {
			continue
		}
		tag, _, _ := strings.Cut(strings.ReplaceAll(value, "-", "_"), "_")
		tag, _, _ = strings.Cut(tag, ".")
		if language, ok := ParseLanguage(tag); ok {
			return language
		}
		return Bokmal
	}
	return Bokmal
}

// Message is a text for users that is not worded yet: the key of a template
// and what goes into it. Arguments are strings, whole numbers, other messages,
// or values that word themselves (Localizer).
type Message struct {
	Key  string
	Args []any
}

// M makes a message.
func M(key string, args ...any) Message { return Message{Key: key, Args: args} }

// IsZero reports whether there is no message at all.
func (m Message) IsZero() bool { return m.Key == "" }

// Localizer is an argument that words itself in the printer's language.
type Localizer interface {
	Localize(p *Printer) string
}

// Decimals is how many decimals a Number keeps.
const Decimals = 6

// Number is an exact decimal number in millionths: 1.5 is 1_500_000.
type Number int64

// Localize writes the number as the language does: "1 500 000,5" in Norwegian
// (with no-break spaces), "1,500,000.5" in English.
func (n Number) Localize(p *Printer) string { return p.Number(int64(n)) }

// Date is a day as the number of days since 1 January 1970.
type Date int64

// Localize writes the day as the language does: "1.3.2018" or "1 March 2018".
func (d Date) Localize(p *Printer) string { return p.Date(int64(d)) }

// Alternatives words its parts as a list with "or": "a, b eller c".
type Alternatives []any

// Localize joins the parts.
func (a Alternatives) Localize(p *Printer) string { return p.join(a, "list.or") }

// Series words its parts as a list with "and": "a, b og c".
type Series []any

// Localize joins the parts.
func (s Series) Localize(p *Printer) string { return p.join(s, "list.and") }
