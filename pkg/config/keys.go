package config

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// MaxJobs is the largest value of jobs: a file in a pull request must not start
// any number of workers.
const MaxJobs = 256

// shape says how a key's value is written in the file.
type shape int

const (
	single shape = iota + 1
	list
	mapping
)

// key is one setting: its name, how it is written, and how one text of it is
// read. A problem that is zero means that the text was fine.
type key struct {
	name  string
	shape shape
	read  func(text string) (any, problem)
}

// problem is what is wrong with a text and what to do about it.
type problem struct{ message, hint i18n.Message }

func (p problem) found() bool { return !p.message.IsZero() }

// keys lists what a configuration can set, in the order of display.
func keys() []key {
	return []key{
		{"strategy", single, readText},
		{"lang", single, readLanguage},
		{"set", mapping, readText},
		{"fail_on", list, readText},
		{"color", single, oneOf(Colors())},
		{"jobs", single, readJobs},
		{"reading", single, oneOf(Readings())},
		{"show", list, oneOf(Shows())},
		{"exclude", list, readPattern},
		{"include", list, readPattern},
	}
}

// Keys lists the names of all settings in the order of display.
func Keys() []string {
	var names []string
	for _, k := range keys() {
		names = append(names, k.name)
	}
	return names
}

// Colors lists the values of color, the default first.
func Colors() []string { return []string{"auto", "always", "never"} }

// Readings lists the values of reading, the default first.
func Readings() []string { return []string{"documented", "stated"} }

// Shows lists what show can hold.
func Shows() []string { return []string{"pass", "fail", "unclear", "na", "questions", "all"} }

func findKey(name string) (key, bool) {
	all := keys()
	i := slices.IndexFunc(all, func(k key) bool { return k.name == name })
	if i < 0 {
		return key{}, false
	}
	return all[i], true
}

func readText(text string) (any, problem) {
	if strings.TrimSpace(text) == "" {
		return nil, problem{i18n.M("config.empty"), i18n.M("config.empty_hint")}
	}
	return text, problem{}
}

func oneOf(words []string) func(string) (any, problem) {
	return func(text string) (any, problem) {
		if !slices.Contains(words, text) {
			return nil, problem{i18n.M("fields.unknown_value", diag.Quote(text)), yamldoc.NearestHint(text, words)}
		}
		return text, problem{}
	}
}

func readLanguage(text string) (any, problem) {
	if language, ok := i18n.ParseLanguage(text); ok {
		return language, problem{}
	}
	var names []string
	for _, language := range i18n.Languages() {
		names = append(names, string(language))
	}
	return oneOf(names)(text)
}

func readJobs(text string) (any, problem) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > MaxJobs || strconv.Itoa(n) != text {
		return nil, problem{message: i18n.M("fields.not_whole", diag.Quote(text), 1, MaxJobs)}
	}
	return n, problem{}
}

func readPattern(text string) (any, problem) {
	if text, wrong := readText(text); wrong.found() {
		return text, wrong
	}
	// The same file serves on every system, and nowhere else is \ a folder's.
	if strings.Contains(text, `\`) {
		return nil, problem{i18n.M("platforms.pattern", diag.Quote(text)), i18n.M("platforms.pattern_hint")}
	}
	if _, err := path.Match(text, ""); err != nil {
		return nil, problem{i18n.M("config.pattern", diag.Quote(text)), i18n.M("config.pattern_hint")}
	}
	return text, problem{}
}

// checkName refuses what cannot be a threshold's name. It also keeps dots and
// capitals away from viper, to which both mean something.
func checkName(name string) problem {
	if thresholdName.MatchString(name) {
		return problem{}
	}
	return problem{i18n.M("config.name", diag.Quote(name)), i18n.M("config.name_hint")}
}

var thresholdName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
