package vet

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// leastWords is how many words a sentence has that is not by chance the same in
// two languages.
const leastWords = 5

// checkTexts looks for questions that are asked twice, and for texts that seem
// not to be translated.
func (c *checking) checkTexts() {
	for _, texts := range c.Texts {
		c.checkQuestions(texts, "facts", c.strategy.FactPaths())
		c.checkQuestions(texts, "rules", c.strategy.RuleIDs())
	}
	for i, texts := range c.Texts {
		for _, other := range c.Texts[:i] {
			for _, path := range texts.Paths() {
				c.checkTranslated(path, c.TextPos(texts.Language, path), other.Language, other.Get(path), texts.Language, texts.Get(path))
			}
			c.checkLabels(other.Language, texts.Language)
		}
	}
}

// checkQuestions looks for two facts, or two rules, with the same question.
func (c *checking) checkQuestions(texts *strategy.Texts, under string, ids []string) {
	first := map[string]string{}
	for _, id := range ids {
		question := strings.Join(wordsOf(texts.Get(under, id, "question")), " ")
		if other, asked := first[question]; asked && question != "" {
			c.warn(i18n.M("check.question_twice", id, other), c.TextPos(texts.Language, under+"."+id+".question"), other, id)
			continue
		}
		first[question] = id
	}
}

// checkTranslated looks for a sentence that is the same in two languages. The
// warning is about the languages too: what may be the same in the one pair need
// not be in another.
func (c *checking) checkTranslated(path string, pos diag.Pos, one i18n.Language, oneText string, other i18n.Language, otherText string) {
	known := sentences(oneText)
	for _, sentence := range sentences(otherText) {
		words := wordsOf(sentence)
		if len(words) >= leastWords && slices.ContainsFunc(known, func(k string) bool { return slices.Equal(wordsOf(k), words) }) {
			c.warn(i18n.M("check.untranslated", diag.Quote(sentence), string(one), string(other)), pos, path, string(one), string(other))
			return
		}
	}
}

// checkLabels does so for the names of a fact's options.
func (c *checking) checkLabels(one, other i18n.Language) {
	for _, d := range c.strategy.Facts {
		for _, option := range d.Options {
			c.checkTranslated(d.Path+"."+option.ID, d.Pos, one, option.Labels[one], other, option.Labels[other])
		}
		if d.Unit != nil {
			c.checkTranslated(d.Path+".unit", d.Pos, one, unitOf(d.Unit, one), other, unitOf(d.Unit, other))
		}
	}
}

func unitOf(u *fact.Unit, language i18n.Language) string { return u.Other[language] }

// sentences parts a text at full stops and other marks that end a sentence.
func sentences(text string) []string {
	var all []string
	from := 0
	for i, r := range text {
		if strings.ContainsRune(".?!\n", r) && (i+1 == len(text) || r == '\n' || text[i+1] == ' ' || text[i+1] == '\n') {
			all = append(all, strings.TrimSpace(text[from:i+1]))
			from = i + 1
		}
	}
	return append(all, strings.TrimSpace(text[from:]))
}

// wordsOf are the words of a text in small letters, without marks.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
