package yamldoc

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

func TestTry(t *testing.T) {
	p, err := i18n.New("nb")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{
		"a: b: c\n", "x: 1\na: b: c\nd: e\n", "title: x\n  summary: y\n", "a:\n\tb: 1\n", "a: @x\n", "x: y\na: %x\n", "%x: 1\n", "a: *x*\n", "a: *x y\nb: c\n", "a: ? x\n", "? a\n: b\n", "- ? x\n",
		"a: \"C:\\Users\"\n", "a: [b, c\nd: e\n", "a: {b: c\nd: e\n", "a: \"unclosed\nb: c\n", "a: 'it's'\nb: c\nd: e\nf: g\n", "a: \"b\" c\nd: e\n", "title: x\nthis has no colon\nother: y\n", "title: x\nother: y\nno colon last\n",
		"a: 1\nb:\n  c: 1\n  d: 2\n   e: 3\nf: 4\n", "a: 1\nb:\n    c: 1\n  d: 2\nf: 4\n", "- a\n- b\nc: d\n", "a: b\n- c\n", "a: - b\n", "a: | text\nb: c\n", "a: >text\n", "a: > 300\n", "%YAML 1.2\n---\na: b\n", "a: b\n...\nc: d\n", "a: `x`\n", "a: b\n%c: d\n", "a: ]\n", "a: b]\n", "a: [b]c\n", "a: [,]\n", "a: \"x\\ud83d\\ude00\"\n", "a: &\nb: 1\n", "a: &x y\nb: *x\n", "a: !viktig x\n", "a: ! x\n", "text\na: b\n", "a:\n  - b\n - c\n", "a: b\n c: d\n", "a: b\n\tc\n", "a: b\n\tc: d\n", "\ta: b\n", "a: \"b\n c\" d\n", "a: |\n  b\n c\n", "a:b\nc: d\n", "a: , b\n", "a: -\n", "a\u00a0: b\n", "a:\u00a0b\nc: d\n", "\u00a0a: b\nc: d\n",
		"a: !\n", "\n", "# c\n", "---\n", "--- # c\n", "a: 1\n---\n", "{a: b, ? c : d}\n", "? a\n", "a: b\n? c\n", "? - x\n: y\n", strings.Repeat("[", 10001), "", "\xff\xfea\x00", "a: \xe5b\nc: \xe6\n", "a: 1\na: 2\nA: 3\n", "title: \"Læring\nsummary: \"Noe\"\nx: y\n", "æøå: \"x\ty: \\q\"\n", "a: x #1\nb: >5\nc: d\n", "a: 'x\n", "a: b\x01\x1b[31m\u202e x\u2028 \r y\n", "a: \"\\e\"\n", "<<: x\n~: y\n: z\n", "a: [b: c: d]\n", "a: [b\n", "a: {x}y\n", "a: b\n---\nc: d: e\n---\nf: g\n", "a: !x!y z\n", "a: !<x\n", "a: |0\n", "a: b\n...\n%YAML 1.1\n---\nc: d\n",
		"a: " + strings.Repeat("x", 300) + ": c\n", "a: ## ##[stop] ::x: y\n",
	} {
		if len(s) > 400 {
			s = s[:100] + "..." + s[len(s)-5:]
		}
		f, l := Read("f.yaml", []byte(s))
		n := -1
		if f != nil {
			n = len(f.Documents)
		}
		fmt.Printf("=== %q docs %d\n%s", s, n, diag.Text(p, l))
	}
}
