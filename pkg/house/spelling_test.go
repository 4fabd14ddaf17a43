package house

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// dictionary is the spelling dictionary of a language.
func dictionary(language string) string {
	return map[string]string{"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}[language]
}

// TestSpelling checks all texts for users. A word that is right and that
// hunspell does not know (a name, a term) goes into testdata/spelling, in the
// file of its language. What is the same in every language goes into all.txt:
// names, abbreviations, and the keys of files.
func TestSpelling(t *testing.T) {
	if testing.Short() {
		t.Skip("spelling is not checked with -short")
	}
	for _, language := range languages() {
		if _, err := misspelt(language, nil); err != nil {
			t.Skipf("spelling was not checked: %v; on Debian: apt-get install hunspell hunspell-no hunspell-en-gb", err)
		}
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	repository := readTree(t, os.DirFS(root))
	var all []userText
	for _, language := range languages() {
		texts, _ := repository.userTexts(language)
		all = append(all, texts...)
		t.Run(language, func(t *testing.T) {
			findings, err := spelling(repository, language)
			if err != nil {
				t.Fatal(err)
			}
			for _, finding := range findings {
				t.Error(finding)
			}
		})
	}
	_, findings := repository.terms("all", all)
	for _, finding := range findings {
		t.Error(finding)
	}
}

// spelling finds words that are neither in the dictionary nor among the terms,
// and terms that no text needs.
func spelling(r *tree, language string) ([]string, error) {
	texts, findings := r.userTexts(language)
	wrong, err := misspelt(language, texts)
	if err != nil {
		return nil, err
	}
	terms, more := r.terms(language, texts)
	common, _ := r.terms("all", nil) // some only stand in other languages' texts
	terms = append(terms, common...)
	for _, word := range wrong {
		lower := strings.ToLower(word) // at the beginning of a sentence
		if utf8.RuneCountInString(word) > 1 && !slices.Contains(terms, word) && !slices.Contains(terms, lower) {
			findings = append(findings, fmt.Sprintf("%q in %s", word, strings.Join(placesOf(word, texts), ", ")))
		}
	}
	return append(findings, more...), nil
}

// terms reads a list of terms; those that none of the texts has are findings.
func (r *tree) terms(list string, texts []userText) (terms, findings []string) {
	name := "testdata/spelling/" + list + ".txt"
	terms = strings.Fields(r.text(name))
	if !slices.IsSorted(terms) {
		findings = append(findings, name+": the terms are not sorted")
	}
	for _, term := range terms {
		if len(placesOf(term, texts)) == 0 {
			findings = append(findings, fmt.Sprintf("%s: no text has %q", name, term))
		}
	}
	return terms, findings
}

// placesOf lists where a word stands that is not part of a longer one, in its
// own case or with a capital; after three places how many more there are.
func placesOf(word string, texts []userText) (places []string) {
	first, size := utf8.DecodeRuneInString(word)
	capital := string(unicode.ToUpper(first)) + word[size:]
	for _, text := range texts {
		words := strings.FieldsFunc(text.text, func(r rune) bool {
			return !unicode.IsLetter(r) && !strings.ContainsRune(word, r)
		})
		if slices.Contains(words, word) || slices.Contains(words, capital) {
			places = append(places, text.place)
		}
	}
	if len(places) > 3 {
		places = append(places[:3], fmt.Sprintf("and %d more", len(places)-3))
	}
	return places
}

// withDigits is a word with a digit in it: a number, or the name of a rule.
var withDigits = regexp.MustCompile(`[\p{L}\d]*\d[\p{L}\d]*`)

// misspelt lists the words that hunspell does not know, each once.
func misspelt(language string, texts []userText) ([]string, error) {
	var input, output bytes.Buffer
	for _, text := range texts {
		fmt.Fprintln(&input, withDigits.ReplaceAllString(text.text, " "))
	}
	command := exec.Command("hunspell", "-i", "utf-8", "-d", dictionary(language), "-l")
	command.Stdin, command.Stdout = &input, &output
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("hunspell with dictionary %s: %w", dictionary(language), err)
	}
	words := strings.Fields(output.String())
	slices.Sort(words)
	return slices.Compact(words), nil
}
