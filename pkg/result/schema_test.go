package result_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
)

// compiled is the schema, or one of its definitions where a name is given.
func compiled(t *testing.T, definition string) *jsonschema.Schema {
	t.Helper()
	const place = "schema.json"
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(result.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(place, document); err != nil {
		t.Fatal(err)
	}
	if definition != "" {
		definition = "#/$defs/" + definition
	}
	schema, err := compiler.Compile(place + definition)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// object is what the test reads of a definition.
type object struct {
	Description          string
	Properties           map[string]any
	Required             []string
	AdditionalProperties *bool
}

func definitions(t *testing.T) map[string]object {
	t.Helper()
	var schema struct {
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(result.Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	return schema.Defs
}

// The schema and the Go types name the same fields, and the schema requires
// those that are always written.
func TestSchemaNamesTheFieldsOfTheTypes(t *testing.T) {
	defs := definitions(t)
	described := map[string]bool{"argument": true, "scalar": true} // no structs in Go
	for _, structure := range slices.Concat(structures(reflect.TypeFor[result.Run]()), structures(reflect.TypeFor[result.End]()),
		structures(reflect.TypeFor[result.Difference]()), structures(reflect.TypeFor[result.Comparison]()),
		structures(reflect.TypeFor[result.StrategyCheck]()), structures(reflect.TypeFor[result.StrategyTest]()), structures(reflect.TypeFor[result.StrategyDifference]()),
		structures(reflect.TypeFor[result.Asking]()), structures(reflect.TypeFor[result.Build]())) {
		name := snake(structure.Name())
		definition, ok := defs[name]
		if !ok {
			t.Errorf("the schema has no definition %q", name)
			continue
		}
		described[name] = true
		fields, required := fieldsOf(structure)
		var properties []string
		for property := range definition.Properties {
			properties = append(properties, property)
		}
		same(t, name+": properties", properties, fields)
		same(t, name+": required", definition.Required, required)
		if definition.AdditionalProperties == nil || *definition.AdditionalProperties {
			t.Errorf("%s: allows properties that it does not name", name)
		}
	}
	for name, definition := range defs {
		if !described[name] {
			t.Errorf("the schema describes %q, which is no type", name)
		}
		if definition.Description == "" {
			t.Errorf("%s has no description", name)
		}
	}
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: the schema has %v, the type %v", what, got, want)
	}
}

// structures lists the structs that are reached from a type, itself included.
func structures(from reflect.Type) []reflect.Type {
	var all []reflect.Type
	var visit func(t reflect.Type)
	visit = func(t reflect.Type) {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice:
			visit(t.Elem())
		case reflect.Struct:
			if slices.Contains(all, t) {
				return
			}
			if t != reflect.TypeFor[result.Record]() { // written as what it holds
				all = append(all, t)
			}
			for i := range t.NumField() {
				visit(t.Field(i).Type)
			}
		}
	}
	visit(from)
	return all
}

// fieldsOf lists the names of a struct's fields in JSON, with those of embedded
// structs, and the names that are always written.
func fieldsOf(structure reflect.Type) (fields, required []string) {
	for i := range structure.NumField() {
		field := structure.Field(i)
		if field.Anonymous {
			embedded := field.Type
			if embedded.Kind() == reflect.Pointer {
				embedded = embedded.Elem()
			}
			more, always := fieldsOf(embedded)
			fields = append(fields, more...)
			if field.Type.Kind() != reflect.Pointer {
				required = append(required, always...)
			}
			continue
		}
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		fields = append(fields, name)
		if options != "omitempty" {
			required = append(required, name)
		}
	}
	return fields, required
}

// snake writes a type's name as the schema does: "RuleSet" is "rule_set".
func snake(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// What the program can write is valid, and what it never writes is not.
func TestSchemaTellsRightFromWrong(t *testing.T) {
	yes := fact.Coded{Options: []string{"yes"}}
	place := &result.Place{Line: 3, Column: 9}
	tests := []struct {
		name       string
		definition string
		value      any // a value of one of the types, or JSON as text
		valid      bool
	}{
		{"a claim as ground", "ground", result.Ground{Fact: "aims.quality", Value: &yes, Place: place}, true},
		{"a judgement as ground", "ground", result.Ground{Judgement: "C6", Outcome: result.Pass, Place: place}, true},
		{"the open choice as ground", "ground", result.Ground{Choice: "enough_criteria"}, true},
		{"a ground of nothing", "ground", result.Ground{Value: &yes}, false},
		{"a ground of two", "ground", result.Ground{Fact: "aims.quality", Judgement: "C5"}, false},
		{"what is missing", "cause", result.Cause{Kind: result.Missing, Fact: "aims.quality"}, true},
		{"the open choice as cause", "cause", result.Cause{Kind: result.OpenChoice}, true},
		{"a cause of no kind", "cause", result.Cause{Kind: "forgotten", Fact: "aims.quality"}, false},
		{"an answer without a value", "answer", result.Answer{Fact: "aims.quality"}, false},
		{"a claim", "claim", result.Claim{Fact: "aims.quality", Value: &yes, Counts: "documented", Place: *place}, true},
		{"a claim that is unknown", "claim", result.Claim{Fact: "aims.quality", Unknown: true, Counts: "no", Place: *place}, true},
		{"a claim of nothing", "claim", result.Claim{Fact: "aims.quality", Counts: "no", Place: *place}, false},
		{"a claim without a place", "claim", `{"fact": "aims.quality", "unknown": true, "counts": "no"}`, false},
		{"a settled recommendation", "advice", result.Advice{Status: result.Settled, ID: "shelve", Possible: []string{"shelve"}, RuledOut: []string{}}, true},
		{"settled between two", "advice", result.Advice{Status: result.Settled, ID: "shelve", Possible: []string{"refer", "shelve"}, RuledOut: []string{}}, false},
		{"clarify between two", "advice", result.Advice{Status: result.ClarifyFirst, ID: "clarify", Possible: []string{"refer", "shelve"}, RuledOut: []string{}}, true},
		{"a candidate without its choice", "advice", result.Advice{Status: result.CandidateStatus, ID: "candidate", Possible: []string{"prioritise", "consider"}, RuledOut: []string{}}, false},
		{"a candidate", "advice", result.Advice{Status: result.CandidateStatus, ID: "candidate", Possible: []string{"prioritise", "consider"}, RuledOut: []string{},
			ByChoice: &result.ByChoice{Certain: []result.Count{{Least: 1, Most: 8}}}}, true},
		{"a number", "coded", fact.Coded{Ranges: []fact.CodedRange{{From: "1.5", To: "1000000000"}}}, true},
		{"a day", "coded", fact.Coded{Ranges: []fact.CodedRange{{From: `"2018-03-01"`, To: `"2018-03-31"`}}}, true},
		{"a set", "coded", fact.Coded{Sets: []fact.CodedSet{{All: []string{}, Perhaps: []string{"state"}}}}, true},
		{"a word for a number", "coded", fact.Coded{Ranges: []fact.CodedRange{{From: `"mange"`, To: `"mange"`}}}, false},
		{"no value", "coded", fact.Coded{}, false},
		{"two kinds of value", "coded", fact.Coded{Options: []string{"yes"}, Sets: []fact.CodedSet{{All: []string{}}}}, false},
		{"a message within a message", "argument", `{"code": "fact.found", "arguments": ["x", 3, {"one_of": ["ks", "state"]}]}`, true},
		{"words in every language", "argument", `{"nb": "500 kommuner", "nn": "500 kommunar", "en": "500 municipalities"}`, true},
		{"words in one language", "argument", `{"nb": "500 kommuner"}`, false},
		{"a new initiative", "change", result.Change{Status: result.Added, ID: "a", NewInput: &result.Input{Path: "a.yaml"}}, true},
		{"a new initiative that was there before", "change", result.Change{Status: result.Added, ID: "a", OldInput: &result.Input{Path: "a.yaml"}}, false},
		{"unchanged with a change", "change", result.Change{Status: result.Same, ID: "a", OldInput: &result.Input{Path: "a.yaml"}, NewInput: &result.Input{Path: "a.yaml"},
			Rules: []result.RuleChange{{ID: "C6", New: &result.Other{Outcome: result.Pass, Possible: []string{result.Pass}}}}}, false},
		{"a sentence for a message", "argument", `{"text": "kan ikke leses"}`, false},
		{"an input that could not be read", "", result.Record{Unread: &result.Unread{Ksdev: 1, Kind: "unread", Program: "0.1.0", Input: result.Input{Path: "a.yaml"},
			Diagnostics: []result.Diagnostic{{Severity: "error", Code: "cli.unreadable", Arguments: []any{"a.yaml", map[string]any{"code": "cause.missing"}}}}}}, true},
		{"an empty run", "", result.Run{Ksdev: 1, Kind: "run", Program: "0.1.0", Results: []result.Record{}, Complete: true}, true},
		{"a run of version 2", "", result.Run{Ksdev: 2, Kind: "run", Program: "0.1.0", Results: []result.Record{}}, false},
		{"a field that nobody knows", "", `{"ksdev": 1, "kind": "run", "program": "0.1.0", "results": [], "complete": true, "exit_code": 0, "score": 7}`, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, isText := test.value.(string)
			if !isText {
				data, err := json.Marshal(test.value)
				if err != nil {
					t.Fatal(err)
				}
				text = string(data)
			}
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			if err := compiled(t, test.definition).Validate(value); (err == nil) != test.valid {
				t.Errorf("%s: valid is %t, want %t: %v", text, err == nil, test.valid, err)
			}
		})
	}
}
