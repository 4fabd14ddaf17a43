package house

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// order lists the packages under pkg from the bottom up: each imports only what
// stands before it.
func order() []string {
	return []string{"i18n", "diag", "report", "yamldoc", "diagram", "fact", "cond", "strategy", "initiative",
		"result", "assess", "inquiry", "compare", "vet", "view", "config", "cli"}
}

// mayImport lists the packages of the repository that the files of a folder may
// import, and whether the folder is known at all.
func mayImport(folder string) (allowed []string, known bool) {
	var above []string
	for _, name := range order() {
		if folder == "pkg/"+name {
			known = true
			break
		}
		above = append(above, "pkg/"+name)
	}
	switch {
	case folder == "cmd/ksdev":
		return []string{"pkg/cli"}, true
	case folder == "criteria" || folder == "pkg/house":
		return nil, true
	case folder == "pkg/config": // settings, and nothing of what they are for
		return []string{"pkg/i18n", "pkg/diag", "pkg/yamldoc"}, true
	case folder == "pkg/cli":
		return append(above, "criteria"), true
	}
	return above, known
}

// imports checks who imports whom. Tests may import what they need.
func imports(r *tree) (findings []string) {
	for _, s := range r.program() {
		allowed, known := mayImport(s.folder)
		if !known {
			findings = append(findings, fmt.Sprintf("%s: %s has no place in the order of packages", s.name, s.folder))
			continue
		}
		for _, imported := range importsOf(s) {
			own, ok := strings.CutPrefix(imported, module+"/")
			if ok && !slices.Contains(allowed, own) {
				findings = append(findings, fmt.Sprintf("%s: imports %s, which does not stand above it", s.name, own))
			}
		}
	}
	return findings
}

func importsOf(s *source) []string {
	var all []string
	for _, spec := range s.syntax.Imports {
		if imported, err := strconv.Unquote(spec.Path.Value); err == nil {
			all = append(all, imported)
		}
	}
	return all
}

// home says which packages under pkg may import a module; none: only tests.
// readers are others whose tests read back what it writes.
type home struct {
	module   string
	packages []string
	readers  []string
}

func homes() []home {
	return []home{
		{"github.com/olekukonko/tablewriter", []string{"report"}, nil},
		{"github.com/jstemmer/go-junit-report/v2", []string{"report"}, nil},
		{"github.com/owenrumney/go-sarif/v3", []string{"report"}, nil},
		{"github.com/xuri/excelize/v2", []string{"report"}, []string{"cli"}},
		{"gopkg.in/yaml.v3", []string{"yamldoc"}, nil},
		{"github.com/spf13/viper", []string{"config"}, nil},
		{"github.com/spf13/cobra", []string{"cli"}, nil},
		{"github.com/spf13/pflag", []string{"cli"}, nil},
		{"github.com/schollz/progressbar/v3", []string{"cli"}, nil},
		{"charm.land/huh/v2", []string{"cli"}, nil},
		{"charm.land/bubbletea/v2", []string{"cli"}, nil},
		{"charm.land/bubbles/v2", []string{"cli"}, nil},
		{"charm.land/lipgloss/v2", []string{"cli"}, nil},
		{"github.com/clipperhouse/displaywidth", []string{"diag"}, nil},
		{"golang.org/x/sys", []string{"cli"}, nil},
		{"golang.org/x/term", []string{"cli"}, nil},
		{"golang.org/x/text", []string{"i18n", "yamldoc", "fact", "report"}, nil},
		{"github.com/chromedp", nil, nil},
		{"golang.org/x/net", nil, nil},
		{"pgregory.net/rapid", nil, nil},
		{"github.com/rogpeppe/go-internal", nil, nil},
		{"github.com/creack/pty", nil, nil},
		{"github.com/santhosh-tekuri/jsonschema", nil, nil},
	}
}

// modules checks that a module of others is imported only in its home.
func modules(r *tree) (findings []string) {
	for _, s := range r.sources {
		for _, imported := range importsOf(s) {
			first, _, _ := strings.Cut(imported, "/")
			if !strings.Contains(first, ".") || strings.HasPrefix(imported, module+"/") {
				continue
			}
			if why := foreign(s, imported); why != "" {
				findings = append(findings, fmt.Sprintf("%s: imports %s, %s", s.name, imported, why))
			}
		}
	}
	return findings
}

func foreign(s *source, imported string) string {
	all := homes()
	i := slices.IndexFunc(all, func(h home) bool {
		return imported == h.module || strings.HasPrefix(imported, h.module+"/")
	})
	switch {
	case i < 0:
		return "a module without a home"
	case len(all[i].packages) == 0 && !s.test:
		return "which is for tests"
	case s.test && slices.Contains(all[i].readers, path.Base(s.folder)):
	case len(all[i].packages) > 0 && !slices.Contains(all[i].packages, path.Base(s.folder)):
		return "whose home is " + strings.Join(all[i].packages, ", ")
	}
	return ""
}
