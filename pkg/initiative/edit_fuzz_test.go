package initiative_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// says writes all that an initiative says, but for one fact or rule, wherever it
// stands.
func says(s *strategy.Strategy, one *initiative.Initiative, except initiative.Change) string {
	var b strings.Builder
	fmt.Fprintln(&b, one.ID, strings.TrimSpace(one.Title), strings.TrimSpace(one.Summary), one.Date != nil)
	for i, d := range s.Facts {
		for _, c := range one.Claims {
			if c.Fact == i && d.Path != except.Fact {
				fmt.Fprintf(&b, "%s %v %v %q %q %q %v\n", d.Path, c.Values, c.Unknown, strings.TrimSpace(c.Text), strings.TrimSpace(c.Because), strings.TrimSpace(c.Source), c.Known != nil)
			}
		}
	}
	for i, r := range s.Rules {
		for _, j := range one.Judgements {
			if j.Rule == i && r.ID != except.Rule {
				fmt.Fprintf(&b, "%s %v %q %q\n", r.ID, j.Outcome, strings.TrimSpace(j.Because), strings.TrimSpace(j.Source))
			}
		}
	}
	return b.String()
}

// claimed is what an initiative says of one fact or rule.
func claimed(s *strategy.Strategy, one *initiative.Initiative, c initiative.Change) (value string, grounds initiative.Grounds) {
	for _, claim := range one.Claims {
		if s.Facts[claim.Fact].Path == c.Fact {
			return fmt.Sprint(claim.Values, claim.Unknown, strings.TrimSpace(claim.Text)), claim.Grounds
		}
	}
	for _, j := range one.Judgements {
		if s.Rules[j.Rule].ID == c.Rule {
			return fmt.Sprint(j.Outcome), j.Grounds
		}
	}
	return "", grounds
}

// values are ways to answer a fact.
func values(d *fact.Definition) []initiative.Value {
	unknown := initiative.One("vet ikke")
	switch d.Kind {
	case fact.Answer:
		return []initiative.Value{initiative.One("ja"), initiative.One("no"), unknown}
	case fact.Choice:
		return []initiative.Value{initiative.One(d.Options[0].ID), initiative.OneOf(d.Options[0].ID, d.Options[1].ID), unknown}
	case fact.Choices:
		return []initiative.Value{initiative.One(d.Options[0].ID), initiative.These(d.Options[0].ID, d.Options[1].ID), initiative.AtLeast(d.Options[1].ID),
			initiative.OneOf(d.Options[0].ID, d.Options[1].ID), initiative.One("ingen"), unknown}
	case fact.Number:
		return []initiative.Value{initiative.One("12"), initiative.One("minst 12"), initiative.OneOf("3", "10-12")}
	case fact.Money:
		return []initiative.Value{initiative.One("1,2-1,5 mill."), initiative.One("kr 100 000"), unknown}
	case fact.Effort:
		return []initiative.Value{initiative.One("1,5 årsverk"), initiative.One("20 % stilling i 2 år")}
	case fact.Date:
		return []initiative.Value{initiative.One("31.12.2018"), initiative.One("1.1.2018 - 31.1.2018")}
	}
	return []initiative.Value{initiative.One("Sak 3: \"A\" # 4, 'B' [x] {y}\n- og mer"), initiative.One("ingen"), initiative.One("null og niks")}
}

// changeOf picks a change by a number.
func changeOf(s *strategy.Strategy, which uint, because, source string) initiative.Change {
	c := initiative.Change{Because: because, Source: source}
	pick := func(n int) int { p := which % uint(n); which /= uint(n); return int(p) }
	target := pick(len(s.Facts) + len(s.Rules))
	if target >= len(s.Facts) {
		c.Rule = s.Rules[target-len(s.Facts)].ID
		c.Value = initiative.One([]string{"pass", "ikke oppfylt"}[pick(2)])
		return c
	}
	d := s.Facts[target]
	c.Fact = d.Path
	all := values(d)
	if n := pick(len(all) + 1); n < len(all) {
		c.Value = all[n]
	}
	return c
}

// checkEdit makes a change in the first document that can be read, and checks
// what came of it: the change and nothing else, in the meaning and in the bytes.
func checkEdit(t *testing.T, s *strategy.Strategy, data []byte, change initiative.Change) {
	t.Helper()
	file, _ := yamldoc.Read("tiltak.yaml", data)
	if file == nil || len(file.Documents) == 0 {
		return
	}
	document := file.Documents[0]
	before, _ := initiative.Read(file, document, s)
	if before == nil {
		return
	}
	after, err := initiative.Edit(file, document.Number, s, []initiative.Change{change})
	if errors.Is(err, initiative.ErrRefused) {
		return
	}
	if err != nil {
		t.Fatalf("%v\n%+v\n%s", err, change, data)
	}
	edited, _ := yamldoc.Read("tiltak.yaml", after)
	if edited == nil || len(edited.Documents) != len(file.Documents) || edited.Documents[0].Number != document.Number {
		t.Fatalf("other documents\n%+v\n%s\n---\n%s", change, data, after)
	}
	now, _ := initiative.Read(edited, edited.Documents[0], s)
	if now == nil || says(s, before, change) != says(s, now, change) {
		t.Fatalf("something else changed\n%+v\n%s\n---\n%s", change, data, after)
	}
	if value, grounds := claimed(s, now, change); value == "" ||
		change.Because != "" && yamldoc.OneLine(change.Because) != "" && yamldoc.OneLine(grounds.Because) != yamldoc.OneLine(change.Because) ||
		change.Source != "" && yamldoc.OneLine(change.Source) != "" && yamldoc.OneLine(grounds.Source) != yamldoc.OneLine(change.Source) {
		t.Fatalf("not what was wanted: %q %+v\n%+v\n%s", value, grounds, change, after)
	}
	twice, err := initiative.Edit(edited, document.Number, s, []initiative.Change{change})
	if err != nil || !bytes.Equal(twice, after) {
		t.Fatalf("again: %v\n%+v\n%s\n---\n%s", err, change, after, twice)
	}
	checkLines(t, file, document, change, data, after)
	checkComments(t, document.Root, change, data, after)
}

// checkComments checks that what is remarked behind a value is not lost.
func checkComments(t *testing.T, n *yamldoc.Node, change initiative.Change, before, after []byte) {
	t.Helper()
	if comment := strings.TrimSpace(n.Comment); !bytes.Contains(after, []byte("#"+strings.TrimRight(n.Comment, " \t\r"))) && comment != "" {
		t.Fatalf("%q is gone\n%+v\n%s\n---\n%s", comment, change, before, after)
	}
	for _, item := range n.Items {
		checkComments(t, item, change, before, after)
	}
	for _, pair := range n.Pairs {
		checkComments(t, pair.Value, change, before, after)
	}
}

// checkLines checks that all lines that went or changed are the entry's own, or
// the one below which it was put in.
func checkLines(t *testing.T, file *yamldoc.File, document *yamldoc.Document, change initiative.Change, before, after []byte) {
	t.Helper()
	old, now := strings.SplitAfter(string(before), "\n"), strings.SplitAfter(string(after), "\n")
	top := 0
	for top < min(len(old), len(now)) && old[top] == now[top] {
		top++
	}
	bottom := 0
	for bottom < min(len(old), len(now))-top && old[len(old)-1-bottom] == now[len(now)-1-bottom] {
		bottom++
	}
	if top+bottom >= len(old) {
		return // lines came and none went
	}
	changed := strings.Join(old[top:len(old)-bottom], "")
	if file.Flow(document.Root) || strings.Count(changed, "\n") <= 1 {
		return
	}
	group, name, _ := strings.Cut(change.Fact, ".")
	for _, key := range []string{change.Fact, change.Rule, name, group, "facts", "judgements"} {
		if first := strings.TrimLeft(changed, " \ufeff"); key != "" && (strings.HasPrefix(strings.Trim(first, "\"'"), key) || strings.Contains(old[max(top-1, 0)], key)) {
			return
		}
	}
	first, last := 0, 0
	for _, section := range document.Root.Pairs {
		for _, pair := range section.Value.Pairs {
			for _, inner := range append([]yamldoc.Pair{pair}, pair.Value.Pairs...) {
				path := inner.Key.Value
				if path == name {
					path = pair.Key.Value + "." + name
				}
				if path == change.Fact || path == change.Rule {
					first = inner.Key.Line
					last = strings.Count(string(before[:file.PairEnd(inner)]), "\n") + 1
				}
			}
		}
	}
	if top+1 < first || len(old)-bottom > last {
		t.Fatalf("lines %d to %d changed, the entry is on %d to %d\n%+v\n%s\n---\n%s", top+1, len(old)-bottom, first, last, change, before, after)
	}
}

// FuzzEdit: for any file and any change, the change is made or refused, all else
// that the file says stays, and so do all lines but the entry's own.
func FuzzEdit(f *testing.F) {
	names, err := filepath.Glob("testdata/edit/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for which := range uint(60) {
			f.Add(hidden(string(archive.Files[0].Data)), which*7, "Fordi: \"a\" # b", "Sak 1")
			f.Add(hidden(string(archive.Files[0].Data)), which*11, "", "")
		}
	}
	for i, text := range odd() {
		f.Add(text, uint(i), "Fordi", "")
	}
	s := small(f)
	f.Fuzz(func(t *testing.T, text string, which uint, because, source string) {
		checkEdit(t, s, []byte(text), changeOf(s, which, because, source))
	})
}

// Every fact and every judgement of every example can be changed in place.
func TestEditExamples(t *testing.T) {
	s, found := strategy.Load(os.DirFS("../../criteria/ks-2016-2019"), strategy.Options{})
	if s == nil {
		t.Fatal(found)
	}
	names, err := filepath.Glob("../../examples/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal("there are no examples", err)
	}
	if testing.Short() {
		names = names[:3]
	}
	for n, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for target := range uint(len(s.Facts) + len(s.Rules)) {
			which := target + uint(len(s.Facts)+len(s.Rules))*(target+uint(n))
			checkEdit(t, s, data, changeOf(s, which, "Fordi det er meldt: ja", "Møte, 3/18"))
			checkEdit(t, s, data, changeOf(s, which+uint(len(s.Facts)+len(s.Rules)), "", ""))
		}
	}
}
