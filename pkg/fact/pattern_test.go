package fact

import (
	"bytes"
	"encoding/json"
	"maps"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// matchers are the patterns of the example facts.
func matchers(t testing.TB) map[string]*regexp.Regexp {
	t.Helper()
	all := map[string]*regexp.Regexp{}
	for name, d := range exampleDefinitions() {
		compiled, err := regexp.Compile(d.Pattern())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = compiled
	}
	return all
}

// written are the texts in testdata/parse for a fact.
func written(t testing.TB, name string) []string {
	t.Helper()
	var all []string
	for _, line := range readLines(t, filepath.Join("testdata", "parse", name+".txt")) {
		text, _, ok := strings.Cut(line, " => ")
		if unquoted, err := strconv.Unquote(text); err == nil {
			text = unquoted
		}
		if ok {
			all = append(all, text)
		}
	}
	return all
}

// unmatched are the faults that no pattern sees, with what it would take.
func unmatched() map[string]string {
	const (
		pairs = "a bound on both sides, or a range within one, would take every pattern several times"
		sizes = "how large a number is cannot be told from its digits and words"
	)
	return map[string]string{
		"fact.too_small": sizes, "fact.too_large": sizes, "fact.too_early": sizes, "fact.too_late": sizes,
		"fact.number_size": sizes, "fact.number_decimals": sizes, "fact.number_whole": sizes,
		"fact.reversed": "which end is lower cannot be told", "fact.range_units": "which end is lower cannot be told",
		"fact.date_impossible": "which months have 30 days, and in which years, is left to Parse",
		"fact.number_dot":      "whether a dot parts thousands depends on words elsewhere",
		"fact.left_over":       pairs, "fact.value": pairs,
		"fact.not_applicable": "seen by NoTextPattern", "fact.text_answer": "seen by NoTextPattern",
	}
}

// A pattern matches whatever Parse reads, and of what it does not read only
// what is listed.
func TestPattern(t *testing.T) {
	refused, missed, met := 0, 0, map[string]bool{}
	for name, pattern := range matchers(t) {
		d := exampleDefinitions()[name]
		for _, text := range written(t, name) {
			_, fault := d.Parse(text)
			matches := pattern.MatchString(text)
			switch {
			case fault == nil && !matches:
				t.Errorf("%s: %q is a value, and does not match", name, text)
			case fault != nil && matches && unmatched()[fault.Message.Key] == "":
				t.Errorf("%s: %q matches, and is refused with %s", name, text, fault.Message.Key)
			case fault != nil:
				refused++
				if matches {
					missed++
					met[fault.Message.Key] = true
				}
			}
		}
		t.Logf("%s: %d bytes", name, len(strconv.QuoteToASCII(d.Pattern())))
	}
	for key := range unmatched() {
		if !met[key] {
			t.Errorf("no pattern lets %s pass", key)
		}
	}
	t.Logf("%d of %d refused texts match", missed, refused)
}

// Editors read patterns as ECMA 262 does, and find the same. The test needs node.
func TestPatternInScript(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("there is no node")
	}
	const script = `const {patterns, texts} = JSON.parse(require("fs").readFileSync(0, "utf8"));
		console.log(JSON.stringify(patterns.map(p => texts.map(text => new RegExp(p, "u").test(text)))))`
	input := struct {
		Patterns []string `json:"patterns"`
		Texts    []string `json:"texts"`
	}{Patterns: []string{NoTextPattern(), GivenPattern(), UnknownPattern(), NonePattern(), OtherCasePattern("C7", "S10"), WordsPattern("Ωå", "ikke oppfylt")}}
	for _, name := range slices.Sorted(maps.Keys(exampleDefinitions())) {
		d := exampleDefinitions()[name]
		input.Patterns = append(input.Patterns, d.Pattern(), d.ConstantPattern(), d.OptionPattern())
		input.Texts = append(input.Texts, written(t, name)...)
	}
	input.Texts = append(input.Texts, "", " ", "\u0085", "\ufeff", "c7", "C7", "s10", "ſ10", "Ωa\u030a", "\U0001F642", "5 €", "10\u00a0–\u200930")
	data, err := json.Marshal(input)
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(node, "-e", script)
	command.Stdin = bytes.NewReader(data)
	output, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var found [][]bool
	if err := json.Unmarshal(output, &found); err != nil {
		t.Fatal(err)
	}
	for i, pattern := range input.Patterns {
		matcher := regexp.MustCompile(pattern)
		for j, text := range input.Texts {
			if got := found[i][j]; got != matcher.MatchString(text) {
				t.Errorf("%q matches: %v in a script: %.80s", text, got, pattern)
			}
		}
	}
}

// However a value is spelled, in small or large letters, with composed or
// decomposed letters, with any blanks and dashes, the pattern matches it.
func TestPatternOfSpellings(t *testing.T) {
	patterns, definitions := matchers(t), exampleDefinitions()
	var names []string
	values := map[string][]string{}
	for name, d := range definitions {
		names = append(names, name)
		for _, text := range written(t, name) {
			if _, fault := d.Parse(text); fault == nil {
				values[name] = append(values[name], text)
			}
		}
	}
	slices.Sort(names)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(names).Draw(t, "fact")
		text := respelled(t, rapid.SampledFrom(values[name]).Draw(t, "text"))
		if _, fault := definitions[name].Parse(text); fault == nil && !patterns[name].MatchString(text) {
			t.Fatalf("%q is a value, and does not match", text)
		}
	})
}

// respelled writes some characters of a text in other forms.
func respelled(t *rapid.T, text string) string {
	other := map[rune][]string{' ': {"\u00a0", "  ", "\t", "\n", "\u2009"}, '-': {"–", "−", "\u2011"}, 'å': {"a\u030a", "Å", "Å"},
		'ø': {"Ø"}, 'k': {"K", "K"}, 's': {"S", "ſ"}, 'i': {"I", "İ"}}
	var b strings.Builder
	for _, r := range text {
		forms := append([]string{string(r), string(r), string(unicode.ToUpper(r))}, other[unicode.ToLower(r)]...)
		b.WriteString(rapid.SampledFrom(forms).Draw(t, "form"))
	}
	return b.String()
}

// Every character that stands for one of a word is matched: alone among all of
// Unicode.
func TestPatternOfRunes(t *testing.T) {
	const letters = "abcdefghijklmnopqrstuvwxyzæøåéöäü0123456789 -;`·´?.,/<>=+%≥≤€"
	patterns := map[rune]*regexp.Regexp{}
	for _, letter := range letters {
		patterns[letter] = regexp.MustCompile(WordsPattern("q" + string(letter) + "q"))
	}
	met := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		text := "q" + string(r) + "q"
		read := []rune(tidy(text))[1]
		for _, letter := range []rune{unicode.ToLower(read), unicode.ToLower(unicode.SimpleFold(read))} {
			if pattern := patterns[letter]; pattern != nil {
				met++
				if !pattern.MatchString(text) {
					t.Errorf("%q stands for %q, and does not match", r, letter)
				}
			}
		}
	}
	if met < 3*len(letters) {
		t.Errorf("only %d characters were looked at", met)
	}
}

// A text is whatever has a letter or a digit.
func TestPatternOfLetters(t *testing.T) {
	d := &Definition{Kind: Text}
	matcher, refuses := regexp.MustCompile(d.Pattern()), regexp.MustCompile(NoTextPattern())
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= utf8.RuneSelf && !unicode.IsLetter(r) {
			continue
		}
		if _, fault := d.Parse(string(r)); fault == nil && !matcher.MatchString(string(r)) {
			t.Errorf("%q is a text, and does not match", r)
		}
	}
	for _, text := range written(t, "text") {
		_, fault := d.Parse(text)
		if refused := refuses.MatchString(text); refused && fault == nil {
			t.Errorf("%q is refused, and is a text", text)
		}
	}
	if refuses.MatchString("ja, alle") || !refuses.MatchString(" Ikke  aktuelt ") {
		t.Error("what is no text is not refused as a whole")
	}
}

// The patterns of single values and of options leave the words out that are
// neither.
func TestNarrowPatterns(t *testing.T) {
	date, choices := exampleDefinitions()["date"], exampleDefinitions()["choices"]
	for _, test := range []struct {
		pattern, text string
		want          bool
	}{
		{date.ConstantPattern(), "1.3.2018", true},
		{date.ConstantPattern(), "ukjent", false},
		{date.Pattern(), "ukjent", true},
		{choices.OptionPattern(), "Staten", true},
		{choices.OptionPattern(), "ingen", false},
		{choices.Pattern(), "ingen", true},
		{exampleDefinitions()["count"].Pattern(), "≥ 5", true},
		{exampleDefinitions()["count"].Pattern(), "−5", false},
		{exampleDefinitions()["money"].Pattern(), "5 €", false},
		{GivenPattern(), " \u00a0\t", false},
		{GivenPattern(), " a", true},
		{WordsPattern("ikke oppfylt"), "\nIKKE  oppfylt ", true},
		{WordsPattern("ikke oppfylt"), "ikkeoppfylt", false},
	} {
		if got := regexp.MustCompile(test.pattern).MatchString(test.text); got != test.want {
			t.Errorf("%q matches: %v, want %v", test.text, got, test.want)
		}
	}
}
