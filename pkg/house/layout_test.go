package house

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// layout checks the names at the repository's root: what everybody can find,
// and names that begin with a dot.
func layout(r *tree) (findings []string) {
	agreed := []string{"cmd", "pkg", "criteria", "examples", "testdata", "go.mod", "go.sum",
		"Makefile", "README.md", "LICENSE", "CHANGELOG.md"}
	var seen []string
	for _, name := range r.names {
		first, _, _ := strings.Cut(name, "/")
		if strings.HasPrefix(first, ".") || slices.Contains(agreed, first) || slices.Contains(seen, first) {
			continue
		}
		seen = append(seen, first)
		findings = append(findings, first+": not a name that the root has")
	}
	return findings
}

// passing finds what belongs to one machine or to one day's work: a stranger
// who reads the repository later can do nothing with it. The patterns have a
// letter in brackets so that they do not find themselves.
func passing(r *tree) (findings []string) {
	pattern := regexp.MustCompile(strings.Join([]string{
		`(?m)(?:^|[\s"'(=])/(?:w[o]rk|t[m]p|r[o]ot|h[o]me/\w+|U[s]ers/\w+)/`,
		`(?i:\b(?:i[s]sue|p[u]ll request|t[i]cket) #?\d+)`,
		`\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b`,
		`(?i:not (?:yet )?i[m]plemented|u[n]implemented)`,
		`(?i:\b(?:this|last|earlier|previous) s[e]ssion\b|\bas r[e]quested\b|\bthe b[r]ief\b)`,
	}, "|"))
	for _, name := range r.names {
		if !isText(name) {
			continue
		}
		text := r.text(name)
		for _, place := range pattern.FindAllStringIndex(text, -1) {
			found := strings.TrimSpace(text[place[0]:place[1]])
			line := strings.Count(text[:place[1]], "\n") + 1
			findings = append(findings, fmt.Sprintf("%s:%d: %q", name, line, found))
		}
	}
	return findings
}

// isText leaves out fuzzing's finds, which are arbitrary bytes, and go.sum.
func isText(name string) bool {
	return name != "go.sum" && !strings.Contains(name, "testdata/fuzz/") &&
		!slices.Contains([]string{".xlsx", ".png", ".gz"}, path.Ext(name))
}
