package view

import (
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// spoken is the strategy "small" with other words: the text stands wherever a
// strategy has one, with the id behind it where there are several.
func spoken(t testing.TB, small fs.FS, text string) fs.FS {
	t.Helper()
	quoted := func(suffix string) string {
		data, err := json.Marshal(text + suffix)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	folder := fstest.MapFS{}
	line := regexp.MustCompile(`(?m)^( *)([\w.-]+): (.+)$`)
	label := regexp.MustCompile(`(?m)^( {8})(en): (.+)$`)
	err := fs.WalkDir(small, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(small, name)
		replaced := string(data)
		switch name {
		case "text/en.yaml":
			replaced = line.ReplaceAllStringFunc(replaced, func(found string) string {
				parts := line.FindStringSubmatch(found)
				return parts[1] + parts[2] + ": " + quoted("")
			})
		case "facts.yaml":
			replaced = label.ReplaceAllStringFunc(replaced, func(found string) string {
				parts := label.FindStringSubmatch(found)
				return parts[1] + parts[2] + ": " + quoted(" "+parts[3])
			})
		}
		folder[name] = &fstest.MapFile{Data: []byte(replaced)}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// FuzzTemplate: whatever an initiative is called, and whatever words a strategy
// has, a new file is valid, has the name, and says nothing yet; and the strategy
// can be shown.
func FuzzTemplate(f *testing.F) {
	for _, text := range []string{"Nabohjelp", "«Læring»: sak # 3", `"a" \ 'b'`, "a\nb: c", "a\r\njudgements:\n  C1: x", "- x", "{a", "---", "\u00a0", "::error::x", "##[error]x", "{1}", "a\tb", "null",
		"en veldig lang tittel " + strings.Repeat("og mer ", 40)} {
		f.Add(text, "Word")
		f.Add("Title", text)
	}
	small := os.DirFS("../../testdata/strategies/small")
	p, err := i18n.New(i18n.English)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		s, _ := strategy.Load(spoken(t, small, strings.ToValidUTF8(text, "")), strategy.Options{Language: i18n.English})
		if s == nil || yamldoc.OneLine(title) == "" || len(title) > yamldoc.MaxText {
			return
		}
		v := New(p, s, nil)
		template := v.Template(title, "")
		file, found := yamldoc.Read("new.yaml", []byte(template))
		if file == nil || len(found) > 0 || len(file.Documents) != 1 {
			t.Fatalf("%v in\n%s", found, template)
		}
		one, found := initiative.Read(file, file.Documents[0], s)
		if one == nil || len(found) > 0 {
			t.Fatalf("%v in\n%s", found, template)
		}
		if one.Title != yamldoc.OneLine(title) || len(one.Claims)+len(one.Judgements) > 0 || one.Date != nil || one.Summary != "" {
			t.Fatalf("it says %+v in\n%s", one, template)
		}
		// All together would take too long.
		if len(title)%8 == 0 {
			if data, err := v.Schema(); err != nil || !json.Valid(data) {
				t.Errorf("a schema: %v", err)
			}
		}
		name := v.Names()[len(title+text)%len(v.Names())]
		explained, ok := v.Explain(name)
		for _, d := range []report.Document{explained, v.Strategy()} {
			if _, err := report.Text(d, report.TextOptions{Width: 80}); err != nil || !ok {
				t.Errorf("%q cannot be shown: %v", name, err)
			}
		}
	})
}
