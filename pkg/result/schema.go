package result

import (
	_ "embed" // puts schema.json into the program
)

//go:embed schema.json
var schema string

// Schema is the JSON Schema, draft 2020-12, of the JSON form.
func Schema() []byte { return []byte(schema) }
