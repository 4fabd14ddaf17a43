package config

import (
	"slices"
	"strings"
	"unicode"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// prefix begins the names of the program's own environment variables.
const prefix = "KSDEV_"

// environment holds the environment's variables; one that is empty counts as
// not set.
type environment map[string]string

func (s Sources) environment() environment {
	variables := environment{}
	if s.Environ == nil {
		return variables
	}
	for _, entry := range s.Environ() {
		if name, value, _ := strings.Cut(entry, "="); value != "" {
			variables[name] = value
		}
	}
	return variables
}

func (e environment) get(name string) string { return e[name] }

// variable is the environment variable of a key.
func variable(key string) string { return prefix + strings.ToUpper(key) }

// layer reads the program's own variables in the order of the keys. Lists have
// commas between their items; thresholds have semicolons between them, as
// Norwegian amounts have commas: KSDEV_SET="economic_weight=1,5 mrd.; other=3".
func (e environment) layer() (layer, diag.List) {
	l := layer{}
	diagnostics := e.misspelt()
	for _, k := range keys() {
		text := e.get(variable(k.name))
		if text == "" {
			continue
		}
		given := []string{text}
		if k.shape == mapping {
			given = strings.FieldsFunc(text, func(r rune) bool { return r == ';' })
		}
		from := Origin{Source: Environment, Name: variable(k.name)}
		diagnostics = append(diagnostics, l.texts(k, given, from)...)
	}
	return l, diagnostics
}

// misspelt warns of variables that are near to one of the program's own. Others
// with the prefix are left alone: a build server may have its own use for them.
func (e environment) misspelt() (diagnostics diag.List) {
	known := append(Keys(), "config")
	for name := range e {
		rest, own := strings.CutPrefix(name, prefix)
		if !own || slices.Contains(known, strings.ToLower(rest)) {
			continue
		}
		if near, ok := yamldoc.Nearest(rest, known); ok {
			diagnostics = append(diagnostics, diag.Diagnostic{Severity: diag.Warning, Pos: diag.Pos{File: name},
				Message: i18n.M("config.unknown_variable"), Hint: i18n.M("fields.did_you_mean", variable(near))})
		}
	}
	return diagnostics
}

// language is the default language: what the locale names, with the variable
// that named it.
func (e environment) language() Setting[i18n.Language] {
	setting := Setting[i18n.Language]{Value: i18n.FromEnvironment(e.get)}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		tags := strings.FieldsFunc(e.get(name), func(r rune) bool { return !unicode.IsLetter(r) })
		if len(tags) == 0 {
			continue
		}
		if language, named := i18n.ParseLanguage(tags[0]); named && language == setting.Value {
			setting.From = Origin{Source: Environment, Name: name}
		}
		return setting
	}
	return setting
}
