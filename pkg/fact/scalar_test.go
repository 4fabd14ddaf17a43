package fact

import (
	"encoding/json"
	"testing"
)

// A day is the same however its characters are written; a number keeps its
// digits, and nothing else is a value.
func TestScalar(t *testing.T) {
	for _, test := range []struct {
		json string
		want Scalar
	}{
		{`"2017-01-01"`, `"2017-01-01"`},
		{`"2017\u002d01-01"`, `"2017-01-01"`},
		{"\"\x7f\xff\"", "\"\x7f\ufffd\""},
		{`9999999.99`, `9999999.99`},
		{`10.50`, `10.50`},
		{`true`, ""}, {`null`, ""}, {`[1]`, ""}, {`{}`, ""},
	} {
		var got Scalar
		if err := json.Unmarshal([]byte(test.json), &got); got != test.want || (err == nil) != (test.want != "") {
			t.Errorf("%s: %q, %v", test.json, got, err)
		}
	}
}
