package diag

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// cleaned are texts with what comes of them.
func cleaned() map[string]string {
	return map[string]string{
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
		"\ufdef\ufdf0":             "<U+FDEF>\ufdf0", // the last noncharacter, and a ligature
		"👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3 👍🏽":  "👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3 👍🏽",
		"🏳\ufe0f\u200d🌈":                     "🏳\ufe0f\u200d🌈",
		"a\u200db e\ufe0f":                   "a<U+200D>b e<U+FE0F>",
		"\u200d\ufe0f":                       "<U+200D><U+FE0F>",
		"\xff\ufe0f\u200d":                   "<U+FFFD><U+FE0F><U+200D>",
		"😀\ufe0f\ufe0f":                      "😀\ufe0f<U+FE0F>",
		"x\U000e0041\U000e0100\u3164\u2800y": "x<U+E0041><U+E0100><U+3164><U+2800>y",
		"e\u0301 日本語 العربية":                "e\u0301 日本語 العربية",
	}
}

func TestClean(t *testing.T) {
	for input, want := range cleaned() {
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

// inert are texts with what comes of them where they could be commands.
func inert() map[string]string {
	return map[string]string{
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
		"#::a":                      "#::a",
		"a\xff##[b]":                "a\xff## [b]",
	}
}

func TestInert(t *testing.T) {
	for input, want := range inert() {
		if got := Inert(input); got != want {
			t.Errorf("Inert(%q) = %q, want %q", input, got, want)
		}
	}
}

// FuzzClean: nothing hidden but the joints of emoji is left, and cleaning
// again changes nothing.
func FuzzClean(f *testing.F) {
	for text := range cleaned() {
		f.Add(text)
	}
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

// FuzzInert: blanks are put in and nothing else, doing it again changes nothing,
// and whoever passes over what cannot be seen finds no command.
func FuzzInert(f *testing.F) {
	for text := range inert() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Inert(s)
		rest := s
		for _, b := range []byte(got) {
			if rest != "" && rest[0] == b {
				rest = rest[1:]
			} else if b != ' ' {
				t.Fatalf("Inert(%q) = %q", s, got)
			}
		}
		if rest != "" {
			t.Errorf("Inert(%q) = %q, which lacks %q", s, got, rest)
		}
		if again := Inert(got); again != got {
			t.Errorf("Inert(%q) = %q, and again %q", s, got, again)
		}
		for line := range strings.SplitSeq(got, "\n") {
			seen := strings.Map(func(r rune) rune {
				if Hidden(r) && !unicode.IsSpace(r) {
					return -1
				}
				return r
			}, line)
			if strings.Contains(seen, "##[") || strings.HasPrefix(strings.TrimLeftFunc(seen, unicode.IsSpace), "::") {
				t.Errorf("Inert(%q) has the command %q", s, line)
			}
		}
	})
}
