package view

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// facts are those of the strategy by their groups, and each by its whole path,
// but not both.
func (w *schemaWriter) facts() object {
	var groups, dotted, once object
	for _, d := range w.strategy.Facts {
		group, name, _ := strings.Cut(d.Path, ".")
		at := slices.IndexFunc(groups, func(m member) bool { return m.name == group })
		if at < 0 {
			at = len(groups)
			groups = append(groups, member{group, object{}})
		}
		groups[at].value = append(groups[at].value.(object), member{name, w.fact(d)})
		dotted = append(dotted, member{d.Path, object{{"$ref", "#/properties/facts/properties/" + group + "/properties/" + name}}})
		once = append(once, member{d.Path, object{{"properties", object{{group, object{{"properties", object{{name, false}}}}}}}}})
	}
	for i, group := range groups {
		groups[i].value = object{
			{"title", clean(w.texts.Get("groups", group.name))},
			{"type", []string{"object", "null"}},
			{"properties", group.value},
			{"additionalProperties", false},
		}
	}
	return object{
		{"description", w.t("schema.facts")},
		{"type", []string{"object", "null"}},
		{"properties", append(groups, dotted...)},
		{"additionalProperties", false},
		{"dependentSchemas", once},
	}
}

// fact is one fact with its words.
func (w *schemaWriter) fact(d *fact.Definition) object {
	help := w.words("facts", d.Path)
	if d.Grounds {
		help += " " + w.t("view.needs_reason")
	}
	return object{
		{"title", clean(w.texts.Get("facts", d.Path, "title"))},
		{"description", help},
		reference(w.claim(d)),
	}
}

// claim defines how a fact is given, and what it is, and gives its name.
func (w *schemaWriter) claim(d *fact.Definition) string {
	value := w.define(d, ".value", w.value(d))
	properties := object{
		{"value", object{{"description", w.t("schema.value")}, {"anyOf", []any{object{reference(value)}, object{reference("nothing")}}}}},
	}
	atLeast := object{{"description", w.t("schema.at_least")}, {"anyOf", []any{object{reference(value)}, object{reference("nothing")}}}}
	var hidden object
	if d.Kind == fact.Choices {
		properties = append(properties, member{"at_least", atLeast})
	} else {
		// It is read where nothing follows it, and not to be proposed.
		hidden = object{{"patternProperties", object{{"^at_least$", object{reference("nothing")}}}}}
	}
	properties = append(properties,
		member{"one_of", object{{"description", w.t("schema.one_of")}, {"type", []string{"array", "null"}},
			{"items", object{reference(value)}}, {"minItems", 2}}},
		member{"because", w.text("schema.because")},
		member{"source", w.text("schema.source")},
		member{"known", w.day("schema.known")})
	mapping := object{{"type", "object"}, {"properties", properties}}
	mapping = append(append(mapping, hidden...), member{"additionalProperties", false}, member{"oneOf", []any{
		object{{"required", []string{"value"}}}, object{{"required", []string{"at_least"}}}, object{{"required", []string{"one_of"}}},
	}})
	return w.define(d, "", object{{"anyOf", []any{object{reference(value)}, mapping, object{reference("nothing")}}}})
}

// define gives the name of a definition: of one that says the same, if there is
// one, else of the kind of fact, and where that is taken of the fact.
func (w *schemaWriter) define(d *fact.Definition, suffix string, definition object) string {
	written, err := definition.MarshalJSON()
	if err != nil {
		return "" // a definition of words alone is always written
	}
	if name, known := w.names[string(written)]; known {
		return name
	}
	name := d.Kind.String() + suffix
	taken := func(m member) bool { return m.name == name }
	if len(d.Options) > 0 || slices.ContainsFunc(w.definitions, taken) {
		name = d.Path + suffix
	}
	w.names[string(written)] = name
	w.definitions = append(w.definitions, member{name, definition})
	return name
}

// value is what can stand for a fact. What editors propose comes first.
func (w *schemaWriter) value(d *fact.Definition) object {
	switch d.Kind {
	case fact.Answer:
		return object{{"anyOf", []any{
			object{{"const", w.t("fact.yes")}},
			object{{"const", w.t("fact.no")}},
			object{{"const", w.t("fact.unknown")}},
			object{reference("boolean")},
			w.written(d, d.Pattern()),
		}}}
	case fact.Choice:
		return object{{"anyOf", []any{w.option(d), object{reference("unknown")}}}}
	case fact.Choices:
		option, other := w.option(d), object{reference("none_or_unknown")}
		return object{{"anyOf", []any{option, other,
			object{{"type", "array"}, {"items", option}, {"minItems", 1}},
			object{{"type", "array"}, {"items", other}, {"minItems", 1}, {"maxItems", 1}},
		}}}
	case fact.Text:
		return append(object{{"type", []string{"string", "number"}}}, append(w.written(d, d.Pattern())[1:],
			member{"not", object{{"type", "string"}, {"pattern", pattern(fact.NoTextPattern())}}},
			member{"examples", []string{w.t("fact.none"), w.t("fact.unknown")}})...)
	case fact.Date:
		return append(w.written(d, d.Pattern()), member{"examples", w.examples(d)})
	}
	return w.number(d)
}

// number is an ordered fact that can be given as a plain number too.
func (w *schemaWriter) number(d *fact.Definition) object {
	number := "number"
	if d.Step == fact.One {
		number = "integer"
	}
	domain := d.Encode(d.Domain()).Ranges[0]
	return append(object{{"type", []string{"string", number}}}, append(w.written(d, d.Pattern())[1:],
		member{"minimum", domain.From}, member{"maximum", domain.To}, member{"examples", w.examples(d)})...)
}

// written is a text of a form, with what to say where it has another one.
func (w *schemaWriter) written(d *fact.Definition, form string) object {
	what, examples := d.Expected()
	expected := w.t("schema.expected", what)
	switch {
	case d.Kind.Ordered():
		expected = w.t("schema.expected_as", what, examples)
	case len(d.Options) > 0:
		labels := make(i18n.Alternatives, len(d.Options))
		for i, option := range d.Options {
			labels[i] = option.Labels
		}
		expected = w.t("schema.expected", labels)
	}
	return object{{"type", "string"}, {"pattern", pattern(form)}, {"patternErrorMessage", clean(expected)}}
}

// option defines one option of a choice, by its label, with what else it can be
// called. An editor takes some names for numbers or booleans.
func (w *schemaWriter) option(d *fact.Definition) object {
	var options, others []any
	for i, option := range d.Options {
		names := d.Names(i)
		if len(names) == 0 {
			continue
		}
		label := option.Labels[w.printer.Language()]
		if member, fault := d.ParseMember(label); fault != nil || member.Option != i {
			label = names[0]
		}
		for _, name := range names {
			if value := plain(name); value != name {
				others = append(others, value)
			}
		}
		names = slices.DeleteFunc(names, func(name string) bool { return strings.EqualFold(name, label) })
		described := object{{"const", label}, {"title", label}}
		if len(names) > 0 {
			described = append(described, member{"description", clean(w.t("schema.also", strings.Join(names, ", ")))})
		}
		options = append(options, described)
	}
	if len(others) > 0 {
		options = append(options, object{{"enum", others}})
	}
	return object{reference(w.define(d, ".option", object{{"anyOf", append(options, w.written(d, d.OptionPattern()))}}))}
}

// examples are how values of an ordered kind can be written, as far as they lie
// within what the fact can be.
func (w *schemaWriter) examples(d *fact.Definition) []any {
	examples := []any{}
	for text := range strings.SplitSeq(w.t("schema.examples_"+d.Kind.String()), "|") {
		if _, fault := d.Parse(text); fault == nil {
			examples = append(examples, plain(text))
		}
	}
	return examples
}
