package initiative_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// written are the initiatives of the tests.
func written(t testing.TB) (all []string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(strategies, "initiatives", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatalf("there are no initiatives: %v", err)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(archive.Files[0].Data))
	}
	for _, claim := range claims() {
		all = append(all, "title: Læring\nfacts:\n  "+claim.text+"\n")
	}
	return append(all, odd()...)
}

// FuzzRead: whatever is written, it is read or refused; what is read leaves
// every fact at least one value, once, and stands where it says; and with a
// byte order mark, line ends of Windows or another remark it says the same.
func FuzzRead(f *testing.F) {
	for _, text := range written(f) {
		f.Add(text)
	}
	s := small(f)
	f.Fuzz(func(t *testing.T, text string) {
		one, found := read(s, text)
		if (one == nil) != found.HasErrors() {
			t.Fatalf("read and refused, or neither: %v", found)
		}
		lines := strings.Count(text, "\n") + 1
		for _, d := range found {
			if d.Pos.Line < 1 || d.Pos.Line > lines || d.Message.IsZero() {
				t.Errorf("%s in line %d of %d", d.Code(), d.Pos.Line, lines)
			}
		}
		if one == nil {
			return
		}
		checkClaims(t, s, one, lines)
		for what, other := range map[string]string{
			"with a byte order mark":       "\ufeff" + strings.TrimPrefix(text, "\ufeff"),
			"with line ends as on Windows": strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n"),
			"with a remark":                text + "\n# the end\n",
		} {
			again, found := read(s, other)
			if again == nil {
				t.Errorf("%s it is refused: %v", what, found)
			} else if got, want := says(s, again, initiative.Change{}), says(s, one, initiative.Change{}); got != want {
				t.Errorf("%s it says\n%s\nnot\n%s", what, got, want)
			}
		}
	})
}

func checkClaims(t *testing.T, s *strategy.Strategy, one *initiative.Initiative, lines int) {
	t.Helper()
	claimed, judged := map[int]bool{}, map[int]bool{}
	for _, c := range one.Claims {
		d := s.Facts[c.Fact]
		mask := make([]uint64, (s.Model.Partitions[c.Fact].Len()+63)/64)
		s.Model.Partitions[c.Fact].Mask(c.Values, mask)
		if slices.Max(mask) == 0 || claimed[c.Fact] {
			t.Errorf("%s can be nothing, or is given twice", d.Path)
		}
		claimed[c.Fact] = true
		if c.Pos.Line < 1 || c.Pos.Line > lines || c.Pos.Column < 1 {
			t.Errorf("%s stands at %s", d.Path, c.Pos)
		}
		if _, err := d.Decode(d.Encode(c.Values)); err != nil {
			t.Errorf("%s: %v", d.Path, err)
		}
	}
	for _, j := range one.Judgements {
		if judged[j.Rule] || j.Pos.Line < 1 || j.Pos.Line > lines {
			t.Errorf("%s is judged twice, or stands at %s", s.Rules[j.Rule].ID, j.Pos)
		}
		judged[j.Rule] = true
	}
}

// FuzzWithdraw: from any file a judgement goes, or the file is left alone. What
// goes are lines, and nothing else that the file says goes with them.
func FuzzWithdraw(f *testing.F) {
	for _, test := range withdrawals() {
		f.Add(test.before)
	}
	for _, text := range written(f) {
		f.Add(text)
	}
	s := small(f)
	f.Fuzz(func(t *testing.T, text string) {
		file, _ := yamldoc.Read("x.yaml", []byte(text))
		if file == nil {
			return
		}
		for i, document := range file.Documents {
			before, _ := initiative.Read(file, document, s)
			for _, rule := range s.RuleIDs() {
				after, err := initiative.Withdraw(file, document.Number, s, rule)
				if err == nil {
					checkWithdrawn(t, s, file, i, rule, []byte(text), after)
					continue
				}
				judged := before != nil && slices.ContainsFunc(before.Judgements, func(j initiative.Judgement) bool { return s.Rules[j.Rule].ID == rule })
				want := initiative.ErrUnreadable
				switch {
				case judged:
					want = initiative.ErrNotInPlace
				case before != nil:
					want = initiative.ErrRefused
				}
				if !errors.Is(err, want) || after != nil {
					t.Fatalf("%s: %v and not %v", rule, err, want)
				}
			}
		}
	})
}

func checkWithdrawn(t *testing.T, s *strategy.Strategy, file *yamldoc.File, i int, rule string, before, after []byte) {
	t.Helper()
	edited, _ := yamldoc.Read("x.yaml", after)
	if edited == nil || len(edited.Documents) != len(file.Documents) {
		t.Fatalf("other documents without %s:\n%s", rule, after)
	}
	for j, document := range file.Documents {
		change := initiative.Change{}
		if j == i {
			change.Rule = rule
		}
		was, _ := initiative.Read(file, document, s)
		is, _ := initiative.Read(edited, edited.Documents[j], s)
		if (was == nil) != (is == nil) || was != nil && says(s, was, change) != says(s, is, change) {
			t.Fatalf("something else changed without %s:\n%s\n---\n%s", rule, before, after)
		}
		if value, _ := claimed(s, is, change); j == i && value != "" {
			t.Fatalf("%s is still there:\n%s", rule, after)
		}
	}
	section := pairOf(file.Documents[i].Root, "judgements")
	place := slices.IndexFunc(section.Value.Pairs, func(p yamldoc.Pair) bool { return strings.EqualFold(p.Key.Value, rule) })
	start := file.StartOf(section.Value.Pairs[place].Key.Line)
	if len(section.Value.Pairs) == 1 {
		start = file.StartOf(section.Key.Line)
	}
	if !bytes.HasPrefix(after, before[:start]) {
		t.Fatalf("something above went without %s:\n%s\n---\n%s", rule, before, after)
	}
	top := 0
	for top < len(after) && after[top] == before[top] {
		top++
	}
	if !bytes.HasSuffix(before, after[top:]) || len(after) >= len(before) {
		t.Fatalf("not only bytes in one place went:\n%s\n---\n%s", before, after)
	}
}

// pairOf is the pair of a mapping that has a key.
func pairOf(n *yamldoc.Node, key string) yamldoc.Pair {
	return n.Pairs[slices.IndexFunc(n.Pairs, func(p yamldoc.Pair) bool { return p.Key.Value == key })]
}
