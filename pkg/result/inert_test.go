package result_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/ks-no/ksdev/pkg/result"
)

// Only what is escaped changes: line breaks, letters and emoji stay as they are.
func TestInert(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"{\n\t\"blåbær\": \"日本 😀 \ufffd\"\n}\n", "{\n\t\"blåbær\": \"日本 😀 \ufffd\"\n}\n"},
		{"\"\x7f\"", `"\u007f"`},
		{"\"å\u009b\u202e\"\n", `"å\u009b\u202e"` + "\n"},
		{"\"\uffff\U000e0041\U0001ffff\"", `"\uffff\udb40\udc41\ud83f\udfff"`},
		{`"##[error] #[#["`, `"#\u0023[error] #[#["`},
	} {
		if got := string(result.Inert([]byte(test.text))); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

// FuzzInert checks that JSON means the same afterwards, and that no byte of it
// steers a terminal or a build server.
func FuzzInert(f *testing.F) {
	for _, text := range []string{"", "æøå", "##[error]x", "###[[", "\x1b[31m", "snudd \u202e", "\u2028", "\U000e0041", "👩‍👩‍👧", "\x7f\u009b", "\xff", `\u0023`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		plain, err := json.Marshal(map[string]string{text: text})
		if err != nil {
			t.Fatal(err)
		}
		inert := result.Inert(bytes.Clone(plain))
		var got map[string]string
		if err := json.Unmarshal(inert, &got); err != nil {
			t.Fatalf("%q became %q: %v", plain, inert, err)
		}
		if got[text] != text {
			t.Errorf("%q became %q", text, got)
		}
		if !utf8.Valid(inert) || bytes.Contains(inert, []byte("##[")) {
			t.Errorf("%q is not inert", inert)
		}
		if i := bytes.IndexFunc(inert, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e }); i >= 0 {
			t.Errorf("%q has %U", inert, []rune(string(inert[i:]))[0])
		}
	})
}
