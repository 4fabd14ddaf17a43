package cli

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/compare"
	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

const smallStrategy = "../../testdata/strategies/small"

// initiatives are those of the tests under the strategy "small" that can be
// read.
func initiatives(t testing.TB) (texts []string) {
	t.Helper()
	s, found := strategy.Load(os.DirFS(smallStrategy), strategy.Options{})
	names, err := filepath.Glob("../../testdata/strategies/initiatives/*.txtar")
	if s == nil || err != nil || len(names) == 0 {
		t.Fatal("there are no initiatives", err, found)
	}
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, found := yamldoc.Read("a.yaml", archive.Files[0].Data)
		if found.HasErrors() || len(file.Documents) != 1 {
			continue
		}
		if one, _ := initiative.Read(file, file.Documents[0], s); one != nil {
			// The strategy is not one that the program has a name for.
			texts = append(texts, strings.Replace(string(archive.Files[0].Data), "strategy: small\n", "", 1))
		}
	}
	return texts
}

// rendering writes saved results and comparisons under one small strategy.
type rendering struct {
	run      *assessing
	strategy *strategy.Strategy
	saved    []*result.Assessment
}

func newRendering(t testing.TB) *rendering {
	t.Helper()
	printer, err := i18n.New(i18n.English)
	if err != nil {
		t.Fatal(err)
	}
	s, found := strategy.Load(os.DirFS(smallStrategy), strategy.Options{Language: i18n.English})
	if s == nil {
		t.Fatal(found)
	}
	c := &config.Config{}
	r := &rendering{strategy: s}
	r.run = &assessing{app: &app{streams: Streams{Environ: func() []string { return nil }}, printer: printer}, config: c, catalog: newCatalog(c, i18n.English)}
	r.run.app.flags.compare = compareFlags{top: defaultTop, separator: ";"}
	a := assess.New(s, assess.Options{Program: Version, Claims: true})
	q := inquiry.New(s, a)
	for i, text := range initiatives(t) {
		file, _ := yamldoc.Read("a.yaml", []byte(text))
		if one, _ := initiative.Read(file, file.Documents[0], s); one != nil {
			assessment := a.Assess(one)
			assessment.Initiative.ID = fmt.Sprint("a-", i)
			assessment.Questions = q.Questions(a.Take(one), true)
			assessment.Judge([]string{result.FailOnFail, "C1"}, []result.Waiver{{Rule: "C1", Because: "x", ApprovedBy: "y", Expires: "2030-01-01"}}, 20604)
			r.saved = append(r.saved, assessment)
		}
	}
	return r
}

// nodes calls yield for every place in a JSON value, with what puts another
// value there.
func nodes(value any, put func(any), yield func(value any, put func(any))) {
	yield(value, put)
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			nodes(v[key], func(other any) { v[key] = other }, yield)
		}
	case []any:
		for i := range v {
			nodes(v[i], func(other any) { v[i] = other }, yield)
		}
	}
}

// tamper puts a value, JSON or else a text, in the place of one that a saved
// result has.
func tamper(t *testing.T, saved any, at uint, value string) []byte {
	t.Helper()
	data, err := json.Marshal(saved)
	if err != nil {
		t.Fatal(err)
	}
	top := make([]any, 1)
	if err := json.Unmarshal(data, &top[0]); err != nil {
		t.Fatal(err)
	}
	var other any
	if err := json.Unmarshal([]byte(value), &other); err != nil {
		other = strings.ToValidUTF8(value, "\ufffd")
	}
	var all []func(any)
	nodes(top[0], func(other any) { top[0] = other }, func(_ any, put func(any)) { all = append(all, put) })
	all[at%uint(len(all))](other)
	if data, err = json.Marshal(top[0]); err != nil {
		t.Fatal(err)
	}
	return data
}

// FuzzRender: a saved result or comparison in which somebody changed two values
// is refused or shown, in one format or another: whole, and with nothing in it
// that a terminal or a build server would take for more than text.
func FuzzRender(f *testing.F) {
	r := newRendering(f)
	for i, value := range []string{"null", "-1", "1e9", `"x"`, "[]", "{}", `""`, `"##[error]x"`, "::error::x\n::y", "\x1b[31m\u202e", `["pass"]`, `"pass"`, `[1,2]`, `{"least":2,"most":1}`, "true", "2018-02-30"} {
		for at := range uint(16) {
			f.Add(at%4, 16*at+uint(i), value, at/4, value)
		}
	}
	f.Fuzz(func(t *testing.T, which, at uint, value string, other uint, otherValue string) {
		one := r.saved[which/2%uint(len(r.saved))]
		if which%2 == 0 {
			r.result(t, one, tamper(t, json.RawMessage(tamper(t, one, at, value)), other, otherValue), at+other)
			return
		}
		c := r.compared(t, r.saved[:1+which/2%3])
		r.comparison(t, tamper(t, json.RawMessage(tamper(t, c, at, value)), other, otherValue), at+other)
	})
}

// result shows a saved assessment, by itself and beside another. which chooses
// the format: all would take too long.
func (r *rendering) result(t *testing.T, before *result.Assessment, data []byte, which uint) {
	t.Helper()
	const end = `{"ksdev":1,"kind":"end","program":"0","complete":true,"exit_code":0}`
	var after *result.Assessment
	_, err := result.Read(strings.NewReader(string(data)+"\n"+end), weightier, func(one result.Record) error {
		if after = one.Assessment; after != nil && !fits(after, r.strategy) {
			return result.ErrNotResult
		}
		var out bytes.Buffer
		name := formatNames()[which%uint(len(formatNames()))]
		format := r.run.newFormat(name, 1, false)
		if err := errors.Join(format.add(&out, record{result: one, strategy: r.strategy}), format.end(&out, true, Done)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		checkOutput(t, name, out.Bytes())
		return nil
	})
	if after == nil {
		return
	}
	v := view.New(r.run.app.printer, r.strategy, nil)
	difference := compare.Difference([]*result.Assessment{before}, []*result.Assessment{after}, r.strategy.Order, Version)
	text, wrong := report.Text(v.Difference(difference), report.TextOptions{Width: 80})
	if wrong != nil {
		t.Error(wrong)
	}
	checkOutput(t, "text", []byte(text))
	if err == nil {
		r.document(t, r.compared(t, []*result.Assessment{after}), which)
	}
}

// compared compares what can be compared.
func (r *rendering) compared(t *testing.T, all []*result.Assessment) *result.Comparison {
	t.Helper()
	comparing := compare.New(r.strategy, compare.Options{Places: 1})
	for _, a := range all {
		var mismatch *compare.MismatchError
		if err := comparing.Add(a); err != nil && !errors.As(err, &mismatch) {
			t.Fatal(err)
		}
	}
	return comparing.Result(Version)
}

func (r *rendering) comparison(t *testing.T, data []byte, which uint) {
	t.Helper()
	if c, err := result.ReadComparison(bytes.NewReader(data)); err == nil && fitsComparison(c, r.strategy) {
		r.document(t, c, which)
	}
}

// document writes a comparison in one of the formats.
func (r *rendering) document(t *testing.T, c *result.Comparison, which uint) {
	t.Helper()
	run := &comparing{assessing: r.run, comparison: c, strategy: r.strategy}
	name := compareFormats()[which%uint(len(compareFormats()))]
	var out bytes.Buffer
	if err := (&comparedFormat{run, name, false}).end(&out, true, Done); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	checkOutput(t, name, out.Bytes())
}

// checkOutput looks at what was written in a format.
func checkOutput(t *testing.T, format string, out []byte) {
	t.Helper()
	whole := len(out) > 0
	switch format {
	case "xlsx":
		if !bytes.HasPrefix(out, []byte("PK")) {
			t.Errorf("not a workbook: %.300q", out)
		}
		return
	case "json", "sarif":
		whole = json.Valid(out)
	case "ndjson":
		for line := range bytes.Lines(out) {
			whole = whole && json.Valid(line)
		}
	case "junit":
		whole = isXML(out)
	}
	if !whole {
		t.Errorf("%s: not whole: %.2000q", format, out)
	}
	for line := range bytes.Lines(out) {
		line = bytes.TrimRight(line, "\r\n")
		command := bytes.HasPrefix(bytes.TrimLeftFunc(line, unicode.IsSpace), []byte("::")) && format != "github" || bytes.Contains(line, []byte("##["))
		if command || bytes.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) && r != '\t' || unicode.Is(unicode.Bidi_Control, r) }) {
			t.Errorf("%s: more than text: %.300q", format, line)
		}
	}
}

func isXML(data []byte) bool {
	for decoder := xml.NewDecoder(bytes.NewReader(data)); ; {
		if _, err := decoder.Token(); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

// FuzzAsk: whatever a person writes at the prompts of an interview, it ends
// without a fault; what was answered stands in the file, all else that it says
// stays, remarks too; and what is possible then is what assess finds.
func FuzzAsk(f *testing.F) {
	texts := initiatives(f)
	for i := range texts {
		f.Add(uint(i), "1\n1\nfordi det er vedtatt\n\n")
		f.Add(uint(i), strings.Repeat("2\nvedtatt i styret\nSak 1\n", 8))
		f.Add(uint(i), "3\n12\n4\n3\n1,5 mill.\n1\n\n\n4\n99\nx\n1\n: # \"a\"\n")
	}
	c := &config.Config{}
	c.Strategy.Value = smallStrategy
	r := newRendering(f)
	r.run.config, r.run.catalog = c, newCatalog(c, i18n.English)
	r.run.app.flags.quiet = true
	f.Fuzz(func(t *testing.T, which uint, answers string) {
		before := texts[which%uint(len(texts))]
		name := filepath.Join(t.TempDir(), "a.yaml")
		if err := os.WriteFile(name, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		o, err := r.run.openAsked(name, 0)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		p := &atTerminal{&forms{printer: r.run.app.printer, out: &out, plain: true, lines: newLines(strings.NewReader(answers)),
			options: func() report.TextOptions { return report.TextOptions{Width: 80} }}}
		v := &interview{opened: o, printer: r.run.app.printer, session: o.inquirer.Session(o.taken, which%2 == 0)}
		if err := v.run(t.Context(), p); err != nil {
			t.Fatalf("%v\n%s", err, out.String())
		}
		// What nobody asked for is read too, so that nothing waits for it.
		_, _ = io.Copy(io.Discard, p.lines)
		checkInterviewed(t, v, name, before, out.String())
	})
}

func sorted(names []string) []string { return slices.Sorted(slices.Values(names)) }

// divided puts the two that the open choice divides in place of candidate.
func (v *interview) divided(possible []string) (all []string) {
	for _, id := range possible {
		if id != strategy.Candidate {
			all = append(all, id)
			continue
		}
		for _, i := range v.strategy.Table.Divided {
			all = append(all, v.strategy.Recommendations[i])
		}
	}
	return all
}

func checkInterviewed(t *testing.T, v *interview, name, before, out string) {
	t.Helper()
	after := content(t, name)
	shown := out + "\n---\n" + before + "\n---\n" + after
	a := v.assess()
	if a == nil || after != string(v.file.data) {
		t.Fatalf("the file cannot be read, or is not what was written\n%s", shown)
	}
	told := func(key string) bool { // what the file does not show
		words, _, _ := strings.Cut(v.printer.T(key, "\x00"), "\x00")
		return strings.Contains(strings.Join(strings.Fields(out), " "), strings.TrimSpace(words))
	}
	if !told("ask.correct_facts") && !told("ask.not_in_place") && !slices.Equal(sorted(a.Recommendation.Documented.Possible), sorted(v.divided(v.session.Plan().Possible))) {
		t.Errorf("the interview came to %v, assess to %v\n%s", v.session.Plan().Possible, a.Recommendation.Documented.Possible, shown)
	}
	asked := map[string]bool{}
	for _, given := range v.session.Given() {
		if given.Kind == inquiry.AskFact || given.Kind == inquiry.AskReason {
			asked[v.strategy.Facts[given.Fact].Path] = true
		}
	}
	was := v.assessor.Assess(v.one)
	for _, claim := range was.Facts {
		same := func(other result.Claim) bool {
			return other.Fact == claim.Fact && reflect.DeepEqual(other.Value, claim.Value) && other.Because == claim.Because
		}
		if !asked[claim.Fact] && !slices.ContainsFunc(a.Facts, same) {
			t.Errorf("%s is not as it was\n%s", claim.Fact, shown)
		}
	}
	for line := range strings.Lines(before) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "#") && !strings.Contains(after, line) {
			t.Errorf("%q is gone\n%s", line, shown)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(name), "*")); len(left) != 1 {
		t.Errorf("%v is left", left)
	}
	checkOutput(t, "text", []byte(out))
}
