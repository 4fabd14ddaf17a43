package diag

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	tests := map[string]string{
		"":                         "",
		"Blåbær, «to» – 1 500 😀":   "Blåbær, «to» – 1 500 😀",
		"a\nb\tc\r\nd":             "a b c d",
		"a\rb":                     "a<U+000D>b",
		"\x1b[31mrød\x1b[0m":       "<U+001B>[31mrød<U+001B>[0m",
		"\x00\x07\x7f\u0085\u009b": "<U+0000><U+0007><U+007F><U+0085><U+009B>",
		"a\u202eb\u2066c\u200fd":   "a<U+202E>b<U+2066>c<U+200F>d",
		"\u2028\u2029\ufeff":       "<U+2028><U+2029><U+FEFF>",
		"so\u00adft ze\u200bro":    "so<U+00AD>ft ze<U+200B>ro",
		"no\u00a0break":            "no\u00a0break",
		"\xff\xfe\xe5":             "<U+FFFD><U+FFFD><U+FFFD>",
		"\ufffd is a character":    "\ufffd is a character",
		"\ufffe\U0001ffff\ufdd0":   "<U+FFFE><U+1FFFF><U+FDD0>",
		"👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3 👍🏽":  "👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3 👍🏽",
		"🏳\ufe0f\u200d🌈":                     "🏳\ufe0f\u200d🌈",
		"a\u200db e\ufe0f":                   "a<U+200D>b e<U+FE0F>",
		"\u200d\ufe0f":                       "<U+200D><U+FE0F>",
		"\xff\ufe0f\u200d":                   "<U+FFFD><U+FE0F><U+200D>",
		"😀\ufe0f\ufe0f":                      "😀\ufe0f<U+FE0F>",
		"x\U000e0041\U000e0100\u3164\u2800y": "x<U+E0041><U+E0100><U+3164><U+2800>y",
		"e\u0301 日本語 العربية":                "e\u0301 日本語 العربية",
	}
	for input, want := range tests {
		if got := Clean(input); got != want {
			t.Errorf("Clean(%q) = %q, want %q", input, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	tests := map[string]string{
		"kort":                    "kort",
		strings.Repeat("å", 60):   strings.Repeat("å", 60),
		strings.Repeat("å", 61):   strings.Repeat("å", 59) + "…",
		"a\nb\x01":                "a b<U+0001>",
		strings.Repeat("a", 5000): strings.Repeat("a", 59) + "…",
	}
	for input, want := range tests {
		if got := Quote(input); got != want {
			t.Errorf("Quote(%.70q) = %q, want %q", input, got, want)
		}
	}
}

func TestInert(t *testing.T) {
	tests := map[string]string{
		"ordinary: text":            "ordinary: text",
		"a::b":                      "a::b",
		"::error::x":                ": :error::x",
		"a\n \u00a0::warning x::y":  "a\n \u00a0: :warning x::y",
		"x ##[stop-commands]y":      "x ## [stop-commands]y",
		"###[a]##[b]":               "### [a]## [b]",
		":::":                       ": ::",
		"std::string\n::set-mask::": "std::string\n: :set-mask::",
		"#\ufe0f#\ufe0f[add-mask]e": "#\ufe0f#\ufe0f [add-mask]e",
		":\ufe0f:error::x":          ":\ufe0f :error::x",
		"\u200b::error::x":          "\u200b: :error::x",
		": :error::x":               ": :error::x",
		"# #[a] #[b] ##c[d]":        "# #[a] #[b] ##c[d]",
		"a\xff##[b]":                "a\xff## [b]",
	}
	for input, want := range tests {
		if got := Inert(input); got != want {
			t.Errorf("Inert(%q) = %q, want %q", input, got, want)
		}
	}
}

// FuzzClean: nothing hidden but the joints of emoji is left, and cleaning
// again changes nothing.
func FuzzClean(f *testing.F) {
	f.Add("a\x1b\u202e\ufe0f👩\u200d💻\xff\r\n")
	f.Fuzz(func(t *testing.T, s string) {
		got := Clean(s)
		if !utf8.ValidString(got) || strings.ContainsAny(got, "\n\r\t") {
			t.Errorf("Clean(%q) = %q", s, got)
		}
		for _, r := range got {
			if Hidden(r) && r != joiner && r != textStyle && r != emojiStyle {
				t.Errorf("Clean(%q) = %q, which has %U", s, got, r)
			}
		}
		if again := Clean(got); again != got {
			t.Errorf("Clean(%q) = %q, and again %q", s, got, again)
		}
	})
}
