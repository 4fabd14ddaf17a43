package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// A template is valid as it stands, in every language: nothing is found wrong
// with it, and nothing is said yet.
func TestTemplateIsValid(t *testing.T) {
	for _, language := range i18n.Languages() {
		run := call(t, "", "new", "--lang", string(language), "-")
		expect(t, filepath.Join("testdata", "new", "template."+string(language)+".yaml"), run.stdout)
		if run.code != Done || run.stderr != "" {
			t.Errorf("%s: exit code %d\n%s", language, run.code, run.stderr)
		}
		assessed := call(t, run.stdout, "assess", "--lang", string(language), "-f", "json", "-")
		if assessed.code != Done || assessed.stderr != "" || strings.Contains(assessed.stdout, `"diagnostics"`) || strings.Contains(assessed.stdout, `"facts"`) {
			t.Errorf("%s: exit code %d\n%s", language, assessed.code, assessed.stderr)
		}
	}
}

// sample is an answer to a fact as an adviser writes it, and as a change.
func sample(d *fact.Definition, language i18n.Language) (written string, value initiative.Value) {
	label := func(i int) string { return d.Options[i].Labels[language] }
	switch d.Kind {
	case fact.Choice:
		return " " + label(1), initiative.One(label(1))
	case fact.Choices:
		return "\n      - " + label(0) + "\n      - " + label(1), initiative.These(label(0), label(1))
	case fact.Number:
		return " 12", initiative.One("12")
	case fact.Money:
		return " 150 000 kr", initiative.One("150 000 kr")
	case fact.Effort:
		return " 3", initiative.One("3")
	case fact.Date:
		return " 2018-03-01", initiative.One("2018-03-01")
	case fact.Text:
		return ` "Sak 3: se side 4"`, initiative.One("Sak 3: se side 4")
	}
	return map[i18n.Language]string{i18n.Bokmal: " nei", i18n.Nynorsk: " nei", i18n.English: " no"}[language], initiative.One("no")
}

// Answers to all questions, written where the template has room for them, are
// all read; put there by the program they come to the same, byte for byte, but
// for how an answer is spelt.
func TestTemplateFilledIn(t *testing.T) {
	folder, err := fs.Sub(criteria.FS(), builtIn()[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range i18n.Languages() {
		s, found := strategy.Load(folder, strategy.Options{Language: language})
		if s == nil {
			t.Fatal(found)
		}
		template := call(t, "", "new", "--lang", string(language), "-").stdout
		byHand := template
		var changes []initiative.Change
		for _, d := range s.Facts {
			written, value := sample(d, language)
			before, entry, ok := strings.Cut(byHand, "\n  "+d.Path+":\n")
			if !ok {
				t.Fatalf("%s: there is no room for %s", language, d.Path)
			}
			entry = strings.Replace(entry, "value:", "value:"+written, 1)
			change := initiative.Change{Fact: d.Path, Value: value}
			if d.Grounds {
				entry = strings.Replace(entry, `because: ""`, `because: "Fordi det er sagt i møte 3"`, 1)
				change.Because = "Fordi det er sagt i møte 3"
			}
			byHand = before + "\n  " + d.Path + ":\n" + entry
			changes = append(changes, change)
		}
		filled := read(t, s, []byte(byHand))
		if len(filled.Claims) != len(s.Facts) {
			t.Errorf("%s: %d of %d answers are read", language, len(filled.Claims), len(s.Facts))
		}
		file, _ := yamldoc.Read("-", []byte(template))
		edited, err := initiative.Edit(file, 1, s, changes)
		if err != nil {
			t.Fatal(err)
		}
		if comments(string(edited)) != comments(template) || strings.Count(string(edited), "\n") != strings.Count(byHand, "\n") {
			t.Errorf("%s: the program's answers stand elsewhere\n%s", language, edited)
		}
		again := read(t, s, edited)
		for i := range filled.Claims {
			a, b := filled.Claims[i], again.Claims[i]
			if fmt.Sprint(a.Fact, a.Values, a.Text, a.Grounds) != fmt.Sprint(b.Fact, b.Values, b.Text, b.Grounds) {
				t.Errorf("%s: %+v and %+v", language, a, b)
			}
		}
	}
}

// read reads an initiative in which nothing may be found wrong.
func read(t *testing.T, s *strategy.Strategy, data []byte) *initiative.Initiative {
	t.Helper()
	file, found := yamldoc.Read("-", data)
	if file == nil || len(found) > 0 {
		t.Fatal(found)
	}
	one, found := initiative.Read(file, file.Documents[0], s)
	if one == nil || len(found) > 0 {
		t.Fatal(found)
	}
	return one
}

// comments are all comment lines of a file.
func comments(text string) string {
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// Of many that make the same file at the same time one does, and all others say
// so; what is there is never touched.
func TestNewNeverOverwrites(t *testing.T) {
	t.Chdir(t.TempDir())
	var group sync.WaitGroup
	codes := make([]int, 8)
	for i := range codes {
		group.Go(func() { codes[i] = call(t, "", "new", "--title", fmt.Sprint("Nr. ", i), "tiltak.yaml").code })
	}
	group.Wait()
	made := 0
	for _, code := range codes {
		if code == Done {
			made++
		} else if code != Unread {
			t.Errorf("exit code %d", code)
		}
	}
	files, err := os.ReadDir(".")
	if err != nil || made != 1 || len(files) != 1 {
		t.Errorf("%d made, there are %v: %v", made, files, err)
	}
	before, err := os.ReadFile("tiltak.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if run := call(t, "", "new", "tiltak.yaml"); run.code != Unread || run.stdout != "" || !strings.Contains(run.stderr, "tiltak.yaml finnes allerede") {
		t.Errorf("exit code %d\n%s", run.code, run.stderr)
	}
	if err := os.Symlink("nowhere.yaml", "link.yaml"); err == nil {
		if run := call(t, "", "new", "link.yaml"); run.code != Unread {
			t.Errorf("a link that leads nowhere: exit code %d", run.code)
		}
	}
	if err := createWhole(newComputer(), "tiltak.yaml", 0o666, []byte("x")); err == nil {
		t.Error("a file is overwritten where there are no links")
	}
	after, err := os.ReadFile("tiltak.yaml")
	if err != nil || string(after) != string(before) {
		t.Errorf("the file changed: %v", err)
	}
}
