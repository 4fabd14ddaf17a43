package view

import (
	"bytes"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
)

// Schema is the JSON Schema, draft 2020-12, of an initiative under the
// strategy, for editors: with titles, questions and help, and with what can be
// answered. It describes one document as the values that an editor makes of it
// by the core schema of YAML 1.2, and refuses nothing that is read.
func (v *View) Schema() ([]byte, error) {
	w := &schemaWriter{View: v, names: map[string]string{}}
	facts, judgements := w.facts(), w.judgements()
	compact, err := encode(object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"$id", "urn:ksdev:" + url.PathEscape(v.strategy.ID) + ":initiative:" + string(v.printer.Language())},
		{"title", v.t("schema.title", clean(v.texts.Get("strategy", "title")))},
		{"description", v.t("schema.about", v.strategy.ID, v.strategy.Version)},
		{"type", "object"},
		{"properties", object{
			{"ksdev", object{{"description", v.t("schema.ksdev")}, {"enum", []any{1, "1", nil}}}},
			{"id", w.text("schema.id")},
			{"title", object{
				{"description", v.t("schema.name")},
				{"not", object{{"type", []string{"object", "array", "null"}}}},
				{"pattern", pattern(fact.GivenPattern())},
			}},
			{"summary", w.text("schema.summary")},
			{"date", w.day("schema.date")},
			{"strategy", append(w.text("schema.strategy"), member{"examples", []string{v.strategy.ID}})},
			{"facts", facts},
			{"judgements", judgements},
		}},
		{"required", []string{"title"}},
		{"additionalProperties", false},
		{"$defs", append(w.shared(), w.definitions...)},
	})
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := json.Indent(&b, compact, "", "  "); err != nil {
		return nil, err
	}
	b.WriteByte('\n')
	return result.Inert(b.Bytes()), nil
}

// schemaWriter collects what several places of a schema share.
type schemaWriter struct {
	*View
	definitions object
	// names are those of the definitions, by what stands in them.
	names map[string]string
}

func reference(name string) member { return member{"$ref", "#/$defs/" + name} }

// text is any single text, as id and source are.
func (w *schemaWriter) text(key string) object {
	return object{{"description", w.t(key)}, reference("any_text")}
}

func (w *schemaWriter) day(key string) object {
	return object{{"description", w.t(key)}, reference("day")}
}

// shared are the definitions that every strategy has.
func (w *schemaWriter) shared() object {
	day := &fact.Definition{Kind: fact.Date}
	what, _ := day.Expected()
	return object{
		// Editors propose true, false and null where such types are named.
		{"any_text", object{{"not", object{{"type", []string{"object", "array"}}}}}},
		{"boolean", object{{"not", object{{"type", []string{"object", "array", "string", "number", "null"}}}}}},
		{"nothing", object{{"not", object{{"type", []string{"object", "array", "string", "number", "boolean"}}}}}},
		{"day", object{
			{"type", []string{"string", "null"}},
			{"pattern", pattern("^$|" + day.ConstantPattern())},
			{"patternErrorMessage", w.t("schema.expected_day", what)},
		}},
		{"unknown", object{{"anyOf", []any{
			object{{"const", w.t("fact.unknown")}},
			object{{"type", "string"}, {"pattern", pattern(fact.UnknownPattern())}},
		}}}},
		{"none_or_unknown", object{{"anyOf", []any{
			object{{"const", w.t("fact.none")}},
			object{{"type", "string"}, {"pattern", pattern(fact.NonePattern())}},
			object{reference("unknown")},
		}}}},
		{"judgement", object{
			{"type", "object"},
			{"properties", object{
				{"outcome", object{{"description", w.t("schema.outcome")}, {"anyOf", []any{
					object{{"const", w.t("outcome.pass")}},
					object{{"const", w.t("outcome.fail")}},
					object{{"type", "string"}, {"pattern", pattern(fact.WordsPattern(initiative.OutcomeWords()...))}},
				}}}},
				{"because", w.text("schema.because")},
				{"source", w.text("schema.source")},
			}},
			{"required", []string{"outcome"}},
			{"additionalProperties", false},
		}},
	}
}

// judgements are those of the rules, whose ids are read in any case.
func (w *schemaWriter) judgements() object {
	var rules object
	for _, r := range w.strategy.Rules {
		rules = append(rules, member{r.ID, object{
			{"title", clean(w.texts.Get("rules", r.ID, "title"))},
			{"description", w.words("rules", r.ID)},
			reference("judgement"),
		}})
	}
	return object{
		{"description", w.t("schema.judgements")},
		{"type", []string{"object", "null"}},
		{"properties", rules},
		{"patternProperties", object{{fact.OtherCasePattern(w.strategy.RuleIDs()...), object{reference("judgement")}}}},
		{"additionalProperties", false},
	}
}

// words are a question with its help.
func (w *schemaWriter) words(path ...string) string {
	question, help := w.texts.Get(append(path, "question")...), w.texts.Get(append(path, "help")...)
	return clean(strings.TrimSpace(question + " " + help))
}
