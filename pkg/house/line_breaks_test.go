package house

import (
	"path"
	"slices"
	"strings"
)

// lineBreaks checks that a checkout has the same bytes on every system: git
// gives all texts line feeds alone, also where it is set to do otherwise, and
// leaves alone what tests compare with. There only CSV, as its standard has it,
// has carriage returns.
func lineBreaks(r *tree) (findings []string) {
	const everywhere, leftAlone = "* text=auto eol=lf", "**/testdata/** -text"
	rules := strings.Split(r.text(".gitattributes"), "\n")
	for _, rule := range []string{everywhere, leftAlone} {
		if !slices.Contains(rules, rule) {
			findings = append(findings, ".gitattributes: there is no rule "+rule)
		}
	}
	for _, rule := range rules {
		if rule != "" && rule != everywhere && rule[0] != '#' && !strings.HasSuffix(rule, " -text") {
			findings = append(findings, ".gitattributes: takes back what holds for all files: "+rule)
		}
	}
	for _, name := range r.names {
		text := r.text(name)
		kept := path.Ext(name) == ".csv" && strings.Contains("/"+name, "/testdata/")
		if strings.Contains(text, "\r") && !strings.Contains(text, "\x00") && !kept {
			findings = append(findings, name+": has a carriage return")
		}
	}
	return findings
}
