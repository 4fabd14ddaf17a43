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
)

// dictionary is the spelling dictionary of a language.
func dictionary(language string) string {
	return map[string]string{"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}[language]
}

// TestSpelling checks all texts for users. A word that is right and that
// hunspell does not know (a name, a term) goes into testdata/spelling.
func TestSpelling(t *testing.T) {
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
	for _, language := range languages() {
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
}

// spelling finds words that are neither in the dictionary nor among the terms,
// and terms that no text needs.
func spelling(r *tree, language string) ([]string, error) {
	texts, findings := r.userTexts(language)
	accepted := "testdata/spelling/" + language + ".txt"
	terms := strings.Fields(r.text(accepted))
	if !slices.IsSorted(terms) {
		findings = append(findings, accepted+": the terms are not sorted")
	}
	wrong, err := misspelt(language, texts)
	if err != nil {
		return nil, err
	}
	all := ""
	for _, text := range texts {
		all += text.text + "\n"
	}
	for _, word := range wrong {
		if !slices.Contains(terms, word) {
			findings = append(findings, fmt.Sprintf("%q in %s", word, strings.Join(placesOf(word, texts), ", ")))
		}
	}
	for _, term := range terms {
		if !strings.Contains(all, term) {
			findings = append(findings, fmt.Sprintf("%s: no text has %q", accepted, term))
		}
	}
	return findings, nil
}

// placesOf lists where a word stands that is not part of a longer one.
func placesOf(word string, texts []userText) (places []string) {
	for _, text := range texts {
		if slices.Contains(strings.FieldsFunc(text.text, func(r rune) bool {
			return !unicode.IsLetter(r) && !strings.ContainsRune(word, r)
		}), word) {
			places = append(places, text.place)
		}
	}
	return places
}

// withDigits is a word with a digit in it: a number, or the name of a rule.
var withDigits = regexp.MustCompile(`[\p{L}\d]*\d[\p{L}\d]*`)

// misspelt lists the words that hunspell does not know, each once.
func misspelt(language string, texts []userText) ([]string, error) {
	var input, output, trouble bytes.Buffer
	for _, text := range texts {
		fmt.Fprintln(&input, withDigits.ReplaceAllString(text.text, " "))
	}
	command := exec.Command("hunspell", "-i", "utf-8", "-d", dictionary(language), "-l")
	command.Stdin, command.Stdout, command.Stderr = &input, &output, &trouble
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("hunspell with %s: %w %s", dictionary(language), err, strings.TrimSpace(trouble.String()))
	}
	words := strings.Fields(output.String())
	slices.Sort(words)
	return slices.Compact(words), nil
}
