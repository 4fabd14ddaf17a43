package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// dependency is a module that go.mod requires directly, its licence, and what
// it is for.
type dependency struct{ module, licence, reason string }

// dependencies is the agreed list: a module that is not in it is not used.
func dependencies() []dependency {
	return []dependency{
		{"charm.land/bubbles/v2", "MIT", "keys of forms in the terminal"},
		{"charm.land/bubbletea/v2", "MIT", "the terminal program that forms run in"},
		{"charm.land/huh/v2", "MIT", "the forms of an interview"},
		{"charm.land/lipgloss/v2", "MIT", "colours of forms, and of a terminal that has few"},
		{"github.com/chromedp/cdproto", "MIT", "tests: what a browser is asked about a page"},
		{"github.com/chromedp/chromedp", "MIT", "tests: pages in a browser"},
		{"github.com/clipperhouse/displaywidth", "MIT", "how many columns a text takes in a terminal"},
		{"github.com/creack/pty", "MIT", "tests: interviews in a terminal"},
		{"github.com/jstemmer/go-junit-report/v2", "MIT", "the format junit"},
		{"github.com/olekukonko/tablewriter", "MIT", "tables in text"},
		{"github.com/owenrumney/go-sarif/v3", "Unlicense", "the format sarif"},
		{"github.com/rogpeppe/go-internal", "BSD-3-Clause", "tests: commands as scripts with their output"},
		{"github.com/santhosh-tekuri/jsonschema/v6", "Apache-2.0", "tests: results and initiatives against their schemas"},
		{"github.com/schollz/progressbar/v3", "MIT", "how far a long run has come"},
		{"github.com/spf13/cobra", "Apache-2.0", "commands, their help, and scripts for shells"},
		{"github.com/spf13/pflag", "BSD-3-Clause", "flags"},
		{"github.com/spf13/viper", "MIT", "settings from flags, the environment and files, in that order"},
		{"github.com/xuri/excelize/v2", "BSD-3-Clause", "workbooks"},
		{"golang.org/x/net", "BSD-3-Clause", "tests: HTML as a browser reads it"},
		{"golang.org/x/sys", "BSD-3-Clause", "escape sequences in the consoles of Windows"},
		{"golang.org/x/term", "BSD-3-Clause", "whether there is a terminal, and how wide it is"},
		{"golang.org/x/text", "BSD-3-Clause", "numbers as a language writes them, and letters in one form"},
		{"gopkg.in/yaml.v3", "Apache-2.0 and MIT", "YAML, with lines and columns"},
		{"pgregory.net/rapid", "MPL-2.0", "tests: properties that hold for whatever is made up"},
	}
}

// free are the licences that any module may have.
func free() []string {
	return []string{"MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "Apache-2.0"}
}

// exceptions are other licences that one module may have, with the reason.
func exceptions() map[string]string {
	return map[string]string{
		"github.com/owenrumney/go-sarif/v3 Unlicense": "given to the public; nothing is asked of those who use it",
		"pgregory.net/rapid MPL-2.0":                  "used by tests alone and not changed, so nothing of it is handed on",
	}
}

// component is a module that the program or its tests are made of.
type component struct {
	module, version string
	linked          bool // into the program, on one of the systems that it is released for
	licence         string
	notices         map[string]string // the texts to hand on, by their files
}

// What ksdev is made of may be handed on: every direct dependency is agreed
// upon, and every module, whoever asked for it, has a licence that allows it.
// KSDEV_NOTICES names a file to write the licences' texts to, as a release does.
func TestLicences(t *testing.T) {
	if testing.Short() {
		t.Skip("licences are not read with -short")
	}
	modules := usedModules(t)
	for _, finding := range slices.Concat(unagreed(directly(t), dependencies()), unlicensed(modules, dependencies())) {
		t.Error(finding)
	}
	t.Log("\n" + listed(modules))
	if file := os.Getenv("KSDEV_NOTICES"); file != "" {
		if err := os.WriteFile(file, []byte(notices(t, modules)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// unagreed compares the direct dependencies with the agreed list.
func unagreed(direct []string, agreed []dependency) (findings []string) {
	for _, d := range agreed {
		if !slices.Contains(direct, d.module) {
			findings = append(findings, d.module+": agreed upon, but go.mod does not require it")
		}
		if d.licence == "" || d.reason == "" || strings.Contains(d.reason, "\n") {
			findings = append(findings, d.module+": lacks its licence, or its reason in one line")
		}
	}
	for _, module := range direct {
		if !slices.ContainsFunc(agreed, func(d dependency) bool { return d.module == module }) {
			findings = append(findings, module+": a new dependency; is it needed? Then agree upon it, with its licence and its reason")
		}
	}
	return findings
}

// unlicensed finds modules that may not be handed on, and those whose licence
// is not the one that was agreed upon.
func unlicensed(modules []component, agreed []dependency) (findings []string) {
	for _, m := range modules {
		if m.licence == "" {
			findings = append(findings, m.module+": no licence that is known here")
		}
		for licence := range strings.SplitSeq(m.licence, " and ") {
			if licence != "" && !slices.Contains(free(), licence) && exceptions()[m.module+" "+licence] == "" {
				findings = append(findings, fmt.Sprintf("%s: the licence %s is not among those that are allowed", m.module, licence))
			}
		}
		for _, d := range agreed {
			if d.module == m.module && d.licence != m.licence {
				findings = append(findings, fmt.Sprintf("%s: agreed upon with the licence %s, but it has %q", m.module, d.licence, m.licence))
			}
		}
	}
	return findings
}

// What is not agreed upon is found, and what is no longer used.
func TestNewDependenciesAreFound(t *testing.T) {
	agreed := []dependency{{"example.org/agreed", "MIT", "an example"}, {"example.org/gone", "MIT", "an example"}, {"example.org/why", "MIT", ""}}
	direct := []string{"example.org/agreed", "example.org/new", "example.org/why"}
	modules := []component{
		{module: "example.org/agreed", licence: "ISC"},
		{module: "example.org/indirect", licence: "BSD-2-Clause and MIT"},
		{module: "example.org/copyleft", licence: "GPL and MIT"},
		{module: "example.org/mozilla", licence: "MPL-2.0"},
		{module: "example.org/none"},
	}
	got := append(unagreed(direct, agreed), unlicensed(modules, agreed)...)
	want := []string{
		"example.org/gone: agreed upon, but go.mod does not require it",
		"example.org/why: lacks its licence, or its reason in one line",
		"example.org/new: a new dependency; is it needed? Then agree upon it, with its licence and its reason",
		`example.org/agreed: agreed upon with the licence MIT, but it has "ISC"`,
		"example.org/copyleft: the licence GPL is not among those that are allowed",
		"example.org/mozilla: the licence MPL-2.0 is not among those that are allowed",
		"example.org/none: no licence that is known here",
	}
	if !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A licence is told by its own words, however its lines are broken.
func TestLicencesAreRecognised(t *testing.T) {
	for text, want := range map[string]string{
		"Permission is hereby granted, free of charge, to any\n  person obtaining a copy of this software": "MIT",
		"Redistribution and use in source and\nbinary forms, with or without modification":                 "BSD-2-Clause",
		"Redistribution and use in source and binary forms … to endorse or promote\nproducts derived":      "BSD-3-Clause",
		"Redistribution and use in source and binary forms … All advertising materials mentioning":         "BSD-4-Clause",
		"Permission to use, copy, modify, and/or distribute this software for any purpose":                 "ISC",
		"      Apache License\n   Version 2.0, January 2004":                                               "Apache-2.0",
		"Licensed under the Apache License, Version 2.0 (the \"License\")":                                 "Apache-2.0",
		"Mozilla Public License Version 2.0 … the GNU General Public License, Version 2.0":                 "MPL-2.0",
		"GNU LESSER GENERAL PUBLIC LICENSE\n Version 3":                                                    "GPL",
		"Creative Commons Attribution-NonCommercial 4.0":                                                   "CC",
		"free and unencumbered software released into the public domain":                                   "Unlicense",
		"All rights reserved. You may look, but not touch.":                                                "",
	} {
		if got := strings.Join(recognised(text), " and "); got != want {
			t.Errorf("%q is taken for %q, not for %q", text, got, want)
		}
	}
	if got := licenceOf(map[string]string{"LICENSE": "apache license version 2.0", "sub/LICENSE": "GNU General Public License"}); got != "Apache-2.0 and GPL" {
		t.Errorf("a licence in a folder below: %q", got)
	}
}

// goOutput runs the go command at the repository's root, for a system.
func goOutput(t *testing.T, system string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Dir = root(t)
	cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
	out, err := cmd.Output()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, exit.Stderr)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// directly lists the modules that go.mod requires directly.
func directly(t *testing.T) (modules []string) {
	t.Helper()
	var file struct {
		Require []struct {
			Path     string
			Indirect bool
		}
	}
	if err := json.Unmarshal(goOutput(t, runtime.GOOS, "mod", "edit", "-json"), &file); err != nil {
		t.Fatal(err)
	}
	for _, required := range file.Require {
		if !required.Indirect {
			modules = append(modules, required.Path)
		}
	}
	return modules
}

// usedModules lists the modules of all packages that the program is linked from
// on any system, and of those that its tests are, in the order of their names.
func usedModules(t *testing.T) []component {
	t.Helper()
	modules := map[string]*component{}
	add := func(linked bool, system string, args ...string) {
		const format = "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}"
		for line := range bytes.Lines(goOutput(t, system, append([]string{"list", "-deps", "-f", format}, args...)...)) {
			fields := strings.Split(strings.TrimSpace(string(line)), "\t")
			if len(fields) != 4 {
				continue
			}
			m := modules[fields[0]]
			if m == nil {
				m = &component{module: fields[0], version: fields[1], notices: map[string]string{}}
				modules[fields[0]] = m
			}
			m.linked = m.linked || linked
			m.read(t, fields[2], fields[3])
		}
	}
	for _, system := range readRelease(t).systems {
		add(true, system, "./cmd/ksdev")
	}
	add(false, runtime.GOOS, "-test", "./...")
	var all []component
	for _, name := range slices.Sorted(maps.Keys(modules)) {
		m := modules[name]
		m.licence = licenceOf(m.notices)
		all = append(all, *m)
	}
	return all
}

var noticeFile = regexp.MustCompile(`(?i)^(un)?licen[cs]e|^copying|^notice|^patents`)

// read reads the licences and notices of a module's folder, and of the folders
// between it and that of a package.
func (m *component) read(t *testing.T, folder, inner string) {
	t.Helper()
	for dir := inner; ; dir = filepath.Dir(dir) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			name, err := filepath.Rel(folder, filepath.Join(dir, entry.Name()))
			if err != nil || !entry.Type().IsRegular() || !noticeFile.MatchString(entry.Name()) || filepath.Ext(name) == ".go" {
				continue
			}
			data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
			if err != nil {
				t.Fatal(err)
			}
			m.notices[filepath.ToSlash(name)] = strings.ReplaceAll(string(data), "\r\n", "\n")
		}
		if dir == folder || len(dir) <= len(folder) {
			return
		}
	}
}

// licenceOf names the licences that texts are of, joined with "and"; none where
// no text is known.
func licenceOf(notices map[string]string) string {
	var all []string
	for _, text := range notices {
		all = append(all, recognised(text)...)
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), " and ")
}

// recognised names the licences that a text is of, by what each says and no
// other does. The Mozilla licence speaks of the GNU ones.
func recognised(text string) (licences []string) {
	text = strings.ToLower(strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return strings.ContainsRune(" \t\n*#>", r)
	}), " "))
	has := func(phrase string) bool { return strings.Contains(text, phrase) }
	add := func(licence string, found bool) {
		if found {
			licences = append(licences, licence)
		}
	}
	add("MIT", has("permission is hereby granted, free of charge, to any person obtaining a copy"))
	add("ISC", has("permission to use, copy, modify, and/or distribute this software") || has("permission to use, copy, modify, and distribute this software"))
	add("Apache-2.0", has("apache license version 2.0") || has("apache license, version 2.0"))
	add("Unlicense", has("released into the public domain"))
	add("MPL-2.0", has("mozilla public license version 2.0") || has("mozilla public license, v. 2.0"))
	add("GPL", has("gnu") && has("general public license") && !has("mozilla public license"))
	add("CC", has("creative commons"))
	if has("redistribution and use in source and binary forms") {
		switch {
		case has("all advertising materials"):
			add("BSD-4-Clause", true)
		case has("endorse or promote products"):
			add("BSD-3-Clause", true)
		default:
			add("BSD-2-Clause", true)
		}
	}
	return licences
}

// listed lists modules with their licences and, where they were agreed upon,
// what they are for.
func listed(modules []component) string {
	var b strings.Builder
	for _, m := range modules {
		where := "in the program"
		if !m.linked {
			where = "tests only"
		}
		fmt.Fprintf(&b, "%-40s %-20.20s %-20s %-14s", m.module, m.version, m.licence, where)
		for _, d := range dependencies() {
			if d.module == m.module {
				b.WriteString(" " + d.reason)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// notices are the texts that are to be handed on with the program: those of
// Go, whose library is part of it, and of the modules that are linked.
func notices(t *testing.T, modules []component) string {
	t.Helper()
	goRoot := strings.TrimSpace(string(goOutput(t, runtime.GOOS, "env", "GOROOT")))
	library := component{module: "Go", version: runtime.Version(), linked: true, notices: map[string]string{}}
	library.read(t, goRoot, goRoot)
	library.licence = licenceOf(library.notices)
	if library.licence == "" {
		t.Fatalf("%s has no licence of Go", goRoot)
	}
	var b strings.Builder
	b.WriteString("ksdev is made of its own code, under the licence in LICENSE, and of what follows.\n")
	for _, m := range append([]component{library}, modules...) {
		if !m.linked {
			continue
		}
		fmt.Fprintf(&b, "\n%s\n%s %s, %s\n", strings.Repeat("=", 79), m.module, m.version, m.licence)
		for _, name := range slices.Sorted(maps.Keys(m.notices)) {
			fmt.Fprintf(&b, "\n--- %s\n\n%s\n", name, strings.TrimRight(m.notices[name], "\n"))
		}
	}
	return b.String()
}
