package config

import (
	"strings"

	"github.com/spf13/viper"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// layer holds what one source sets: a Setting for every key, under "set" a map
// of them.
type layer map[string]any

func (l layer) put(k key, value any, from Origin) {
	switch v := value.(type) {
	case string:
		l[k.name] = Setting[string]{v, from}
	case int:
		l[k.name] = Setting[int]{v, from}
	case i18n.Language:
		l[k.name] = Setting[i18n.Language]{v, from}
	case []string:
		l[k.name] = Setting[[]string]{v, from}
	}
}

// assign sets one threshold; false: the layer has it already.
func (l layer) assign(name, value string, from Origin) bool {
	thresholds, ok := l["set"].(map[string]any)
	if !ok {
		thresholds = map[string]any{}
		l["set"] = thresholds
	}
	_, twice := thresholds[name]
	thresholds[name] = Setting[string]{value, from}
	return !twice
}

// merge lays the sources over each other, the thresholds one by one. As the
// layers hold settings with their origins, the winner brings its own along.
func merge(environment environment, file, variables, flags layer) (*Config, error) {
	v := viper.New()
	v.SetDefault("strategy", Setting[string]{})
	v.SetDefault("lang", environment.language())
	v.SetDefault("set", map[string]any{})
	v.SetDefault("fail_on", Setting[[]string]{})
	v.SetDefault("color", Setting[string]{Value: Colors()[0]})
	v.SetDefault("jobs", Setting[int]{})
	v.SetDefault("reading", Setting[string]{Value: Readings()[0]})
	v.SetDefault("show", Setting[[]string]{})
	v.SetDefault("exclude", Setting[[]string]{})
	v.SetDefault("include", Setting[[]string]{})
	for _, l := range []layer{file, variables, flags} {
		if err := v.MergeConfigMap(l); err != nil {
			return nil, err
		}
	}
	config := &Config{}
	if err := v.UnmarshalExact(config); err != nil {
		return nil, err
	}
	return config, nil
}

// texts reads what a flag or an environment variable says of a key: the items
// of lists with commas between them, thresholds as NAME=VALUE, and of a single
// value the last that was given.
func (l layer) texts(k key, given []string, from Origin) diag.List {
	switch k.shape {
	case mapping:
		return l.assignments(k, given, from)
	case list:
		return l.items(k, strings.Split(strings.Join(given, ","), ","), from)
	}
	value, wrong := k.read(given[len(given)-1])
	if wrong.found() {
		return diag.List{at(from, wrong)}
	}
	l.put(k, value, from)
	return nil
}

func (l layer) items(k key, given []string, from Origin) (diagnostics diag.List) {
	var items []string
	for _, item := range given {
		item = strings.TrimSpace(item)
		if _, wrong := k.read(item); wrong.found() {
			diagnostics = append(diagnostics, at(from, wrong))
		}
		items = append(items, item)
	}
	l.put(k, items, from)
	return diagnostics
}

func (l layer) assignments(k key, given []string, from Origin) (diagnostics diag.List) {
	for _, text := range given {
		name, value, ok := strings.Cut(text, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		wrong := checkName(name)
		if !ok {
			wrong = problem{i18n.M("config.assignment", diag.Quote(strings.TrimSpace(text))), i18n.M("config.assignment_hint")}
		}
		if !wrong.found() {
			_, wrong = k.read(value)
		}
		if !wrong.found() && !l.assign(name, value, from) {
			wrong = problem{i18n.M("config.twice", name), i18n.M("config.twice_hint")}
		}
		if wrong.found() {
			diagnostics = append(diagnostics, at(from, wrong))
		}
	}
	return diagnostics
}

// at makes a problem of a flag or an environment variable a diagnostic.
func at(from Origin, wrong problem) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Pos: from.Place(), Message: wrong.message, Hint: wrong.hint}
}

// flagLayer reads the flags in the order of the keys.
func flagLayer(flags map[string][]string) (layer, diag.List) {
	l := layer{}
	var diagnostics diag.List
	for _, k := range keys() {
		if given := flags[k.name]; len(given) > 0 {
			from := Origin{Source: Flag, Name: "--" + strings.ReplaceAll(k.name, "_", "-")}
			diagnostics = append(diagnostics, l.texts(k, given, from)...)
		}
	}
	return l, diagnostics
}

func (s Sources) unknownFlag() (string, bool) {
	for name := range s.Flags {
		if _, known := findKey(name); !known {
			return name, true
		}
	}
	return "", false
}
