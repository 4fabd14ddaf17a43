package result_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/compare"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// assessed are the initiatives of the tests under a small strategy.
func assessed(t testing.TB) (all []*result.Assessment, s *strategy.Strategy) {
	t.Helper()
	const folder = "../../testdata/strategies"
	s, found := strategy.Load(os.DirFS(filepath.Join(folder, "small")), strategy.Options{})
	if s == nil {
		t.Fatal(found)
	}
	names, err := filepath.Glob(filepath.Join(folder, "initiatives", "*.txtar"))
	if err != nil || len(names) == 0 {
		t.Fatal("there are no initiatives", err)
	}
	a := assess.New(s, assess.Options{Program: "0.1.0", Claims: true})
	q := inquiry.New(s, a)
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, found := yamldoc.Read(filepath.Base(name), archive.Files[0].Data)
		if found.HasErrors() {
			continue
		}
		if one, _ := initiative.Read(file, file.Documents[0], s); one != nil {
			assessment := a.Assess(one)
			assessment.Initiative.ID = filepath.Base(name)
			assessment.Questions = q.Questions(a.Take(one), true)
			all = append(all, assessment)
		}
	}
	return all, s
}

// FuzzRead: whatever is read, every record is one thing, what was taken is
// read again as it was written, in both forms, and can be judged; and an error
// is one of those that the package names.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", runHead + oneAssessment + "," + oneUnread + runTail, oneAssessment + "\n" + endFound + "\n" + endStopped, runHead, `{"ksdev":2,"kind":"run"}`} {
		f.Add(seed)
	}
	all, _ := assessed(f)
	for _, a := range all {
		a.Judge([]string{result.FailOnFail, "C1"}, []result.Waiver{{Rule: "C1", Expires: "2026-01-01"}}, 20604)
		data, err := json.Marshal(a)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data) + "\n" + endFound)
		f.Add(runHead + string(data) + runTail)
	}
	f.Fuzz(func(t *testing.T, text string) {
		records, end, err := records(t, text)
		var version *result.VersionError
		switch {
		case err == nil && len(records) == 0 && end == nil:
			t.Error("nothing was read, and that is no error")
		case err != nil && (end != nil || !errors.Is(err, result.ErrNotResult) && !errors.Is(err, result.ErrRecordTooLarge) && !errors.As(err, &version)):
			t.Errorf("the error is %v, the end %+v", err, end)
		}
		if len(records) == 0 || len(text) > result.MaxRecord/8 {
			return
		}
		for form, written := range map[string]string{"lines": strings.Join(records, "\n") + "\n" + endFound, "one object": runHead + strings.Join(records, ",") + runTail} {
			if again, end := mustRecords(t, written); !slices.Equal(again, records) || end == nil || end.ExitCode != 1 {
				t.Errorf("as %s %.300q is read again as %.300q, with the end %+v", form, records, again, end)
			}
		}
		if inert, _ := mustRecords(t, string(result.Inert([]byte(strings.Join(records, "\n")+"\n"+endFound)))); !slices.Equal(inert, records) {
			t.Errorf("made inert %.300q is read as %.300q", records, inert)
		}
	})
}

// records are what is read, each written again.
func records(t *testing.T, text string) (all []string, end *result.End, err error) {
	t.Helper()
	end, err = result.Read(strings.NewReader(text), heavier, func(r result.Record) error {
		if (r.Assessment == nil) == (r.Unread == nil) {
			t.Fatalf("a record is %+v", r)
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(data))
		if r.Assessment != nil {
			checkJudged(t, r.Assessment)
		}
		return nil
	})
	return all, end, err
}

func mustRecords(t *testing.T, text string) (all []string, end *result.End) {
	t.Helper()
	all, end, err := records(t, text)
	if err != nil {
		t.Fatalf("%v in %.300q", err, text)
	}
	return all, end
}

// checkJudged: waivers excuse, and never make a check fail.
func checkJudged(t *testing.T, a *result.Assessment) {
	t.Helper()
	conditions := []string{result.FailOnFail, result.FailOnUnclear, result.FailOnUnsettled, result.FailOnPossible + "shelve", a.Recommendation.Documented.ID}
	var waivers []result.Waiver
	for i := range a.RuleSets {
		for j := range a.RuleSets[i].Rules {
			conditions = append(conditions, a.RuleSets[i].Rules[j].ID)
			waivers = append(waivers, result.Waiver{Rule: a.RuleSets[i].Rules[j].ID, Expires: []string{"2026-01-01", "2027-01-01"}[j%2]})
		}
	}
	a.Judge(conditions, nil, 20604)
	met := a.Check.Met
	a.Judge(conditions, waivers, 20604)
	for _, c := range a.Check.Met {
		if !slices.Contains(met, c) || !slices.Contains(conditions, c) {
			t.Errorf("with waivers %q is met, and without only %q", c, met)
		}
	}
	if len(a.Check.Waivers) != len(waivers) || a.Failing() != (len(a.Check.Met) > 0) {
		t.Errorf("%d of %d waivers, failing %v by %q", len(a.Check.Waivers), len(waivers), a.Failing(), a.Check.Met)
	}
}

// FuzzReadComparison: whatever is read, it is a comparison, which is written as
// one object and as lines and read again as it was, or an error that the
// package names.
func FuzzReadComparison(f *testing.F) {
	all, s := assessed(f)
	for n := range min(len(all), 4) {
		comparing := compare.New(s, compare.Options{Places: n})
		for _, a := range all[:n] {
			if err := comparing.Add(a); err != nil {
				f.Fatal(err)
			}
		}
		comparing.AddUnread(result.Input{Path: "b.yaml"})
		one, lines := bothForms(f, comparing.Result("0.1.0"))
		f.Add(one)
		f.Add(lines)
	}
	f.Add([]byte(`{"ksdev":1,"kind":"comparison","initiatives":null}`))
	f.Add([]byte(`{"ksdev":1,"kind":"comparison"} {"ksdev":1,"kind":"compared","outcomes":["pass|fail"]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := result.ReadComparison(bytes.NewReader(data))
		var version *result.VersionError
		if (c == nil) != (err != nil) || err != nil && !errors.Is(err, result.ErrNotResult) && !errors.Is(err, result.ErrRecordTooLarge) && !errors.As(err, &version) {
			t.Fatalf("the comparison %v and the error %v", c, err)
		}
		if c == nil || len(data) > result.MaxRecord/8 {
			return
		}
		one, lines := bothForms(t, c)
		for form, written := range map[string][]byte{"one object": one, "lines": lines} {
			again, err := result.ReadComparison(bytes.NewReader(written))
			if err != nil || !result.IsComparison(written[:min(len(written), 512)]) {
				t.Fatalf("%s: %v in %.300q", form, err, written)
			}
			if rewritten, relined := bothForms(t, again); !bytes.Equal(rewritten, one) || !bytes.Equal(relined, lines) {
				t.Errorf("%s: read again it is\n%.2000s\nnot\n%.2000s", form, rewritten, one)
			}
		}
	})
}

// bothForms are a comparison as one object and as lines.
func bothForms(t testing.TB, c *result.Comparison) (one, lines []byte) {
	t.Helper()
	var a, b bytes.Buffer
	if err := errors.Join(c.WriteJSON(&a), c.WriteLines(&b)); err != nil {
		t.Fatal(err)
	}
	return a.Bytes(), b.Bytes()
}
