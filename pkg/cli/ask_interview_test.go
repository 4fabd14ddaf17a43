package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/inquiry"
	"github.com/ks-no/ksdev/pkg/result"
)

// scripted is a person who answers at random.
type scripted struct {
	*rand.Rand
	t       *testing.T
	printer *i18n.Printer
	// fickle persons skip, go back, do not know, and leave reasons out.
	fickle bool
	asked  []inquiry.Subject
	told_  []string
}

func (p *scripted) told(m i18n.Message) { p.told_ = append(p.told_, m.Key) }

func (p *scripted) answer(_ context.Context, a *asked) (reply, error) {
	p.asked = append(p.asked, a.Subject)
	p.complete(a)
	if p.fickle {
		switch p.IntN(12) {
		case 0:
			return reply{deed: doesNotKnow}, nil
		case 1:
			return reply{deed: skips}, nil
		case 2:
			if !a.first {
				return reply{deed: goesBack}, nil
			}
		}
	}
	r := reply{class: p.IntN(len(a.Classes)), Grounds: a.given}
	if slices.Equal(a.Classes[r.class].Possible, []string{"shelve"}) {
		r.class = p.IntN(len(a.Classes)) // an interview that ends at once tells little
	}
	if a.wantsReason(r) && !(p.fickle && p.IntN(4) == 0) {
		r.Grounds = initiative.Grounds{Because: "vedtatt i fylkesstyret: sak 12/17", Source: []string{"", "møtebok # 3"}[p.IntN(2)]}
	}
	if a.definition != nil {
		p.exact(a, &r)
	}
	return r, nil
}

// complete checks that a question says what each answer would settle.
func (p *scripted) complete(a *asked) {
	if a.words.Text == "" || a.words.Name == "" || a.left == "" || len(a.words.Classes) < 2 {
		p.t.Errorf("%+v lacks words: %+v", a.Subject, a.words)
	}
	for _, c := range a.words.Classes {
		if c.Label == "" || c.Effect == "" {
			p.t.Errorf("%s: an answer lacks words: %+v", a.words.Name, c)
		}
	}
}

// exact writes a value of the class that was chosen, where the class alone is
// no answer, and now and then elsewhere.
func (p *scripted) exact(a *asked, r *reply) {
	values := a.Classes[r.class].Values
	switch a.definition.Kind {
	case fact.Choices:
		set := values.Sets[p.IntN(len(values.Sets))]
		members := set.Must | p.Uint64()&set.May
		for m := members; m != 0; m &= m - 1 {
			r.written = append(r.written, a.definition.Options[bits.TrailingZeros64(m)].ID)
		}
		if len(r.written) == 0 {
			r.written = []string{"ingen"}
		}
	case fact.Text:
		if values.Options == fact.Given {
			r.written = []string{"så mye: \"alt\" # og mer"}
		}
	case fact.Number, fact.Money, fact.Effort, fact.Date:
		if p.IntN(2) == 0 {
			i := values.Intervals[p.IntN(len(values.Intervals))]
			one := fact.Values{Intervals: []fact.Interval{{Lo: i.Lo, Hi: i.Lo}}}
			r.written = []string{a.definition.Describe(one).Localize(p.printer)}
		}
	}
}

// interviewing is a run of the program that interviews in a folder.
func interviewing(t *testing.T, language string, args ...string) *assessing {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	var out, stderr bytes.Buffer
	printer, err := i18n.New(i18n.Language(language))
	if err != nil {
		t.Fatal(err)
	}
	a := &app{streams: Streams{In: strings.NewReader(""), Out: &out, Err: &stderr, Environ: func() []string { return nil }, Dir: dir}, printer: printer}
	cmd := a.rootCommand(&out)
	ask, rest, err := cmd.Find(append([]string{"ask", "--lang", language}, args...))
	if err != nil {
		t.Fatal(err)
	}
	if err := ask.ParseFlags(rest); err != nil {
		t.Fatal(err)
	}
	run, err := a.newAssessing(ask)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// meet interviews a person about a file.
func meet(t *testing.T, run *assessing, name string, all bool, p person) *interview {
	t.Helper()
	o, err := run.openAsked(name, 0)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	v := &interview{opened: o, printer: run.app.printer, session: o.inquirer.Session(o.taken, all)}
	if err := v.run(context.Background(), p); err != nil {
		data, _ := os.ReadFile(name)
		t.Fatalf("%s: %v\n%s", name, err, data)
	}
	return v
}

// recommended is what assess says about all files of a folder, by name.
func recommended(t *testing.T, dir string) map[string]result.Advice {
	t.Helper()
	got := call(t, "", "assess", "-f", "ndjson", dir)
	if got.code != Done {
		t.Fatal(got.stderr)
	}
	advice := map[string]result.Advice{}
	for _, line := range strings.Split(strings.TrimSpace(got.stdout), "\n") {
		var a result.Assessment
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			t.Fatal(err)
		}
		if a.Kind == "assessment" {
			advice[filepath.Base(a.Input.Path)] = a.Recommendation.Documented
		}
	}
	return advice
}

// Interviews from an empty file end in the recommendation that assess gives on
// the finished file, and ask nothing twice.
func TestInterviewsEndAsAssessed(t *testing.T) {
	const interviews = 200
	dir := t.TempDir()
	ended := make([]*interview, interviews)
	t.Run("interviews", func(t *testing.T) {
		const groups = 4
		for first := range groups {
			language := []string{"nb", "nn", "en", "nb"}[first]
			run := interviewing(t, language)
			t.Run(fmt.Sprint(first, language), func(t *testing.T) {
				t.Parallel()
				for seed := first; seed < interviews; seed += groups {
					name := fmt.Sprintf("%03d.yaml", seed)
					write(t, dir, name, "title: Tiltak "+name+"\n")
					p := &scripted{Rand: rand.New(rand.NewPCG(uint64(seed), 1)), t: t, printer: run.app.printer}
					ended[seed] = meet(t, run, filepath.Join(dir, name), false, p)
					if asked := distinct(p.asked); asked != len(p.asked) {
						t.Errorf("%s: %d questions of %d are asked twice", name, len(p.asked)-asked, len(p.asked))
					}
				}
			})
		}
	})
	advice, counts := recommended(t, dir), map[string]int{}
	for seed, v := range ended {
		name := fmt.Sprintf("%03d.yaml", seed)
		counts[advice[name].ID]++
		reason, possible := v.session.Done(), v.session.Plan().Possible
		if reason == inquiry.NothingLeft || len(possible) != 1 || possible[0] != advice[name].ID {
			t.Errorf("%s: the interview came to %v (%d), assess to %s\n%s", name, possible, reason, advice[name].ID, v.file.data)
		}
	}
	if len(counts) < 6 {
		t.Errorf("too few to tell: %v", counts)
	}
}

func distinct(asked []inquiry.Subject) int {
	seen := map[inquiry.Subject]bool{}
	for _, s := range asked {
		seen[s] = true
	}
	return len(seen)
}

// A person who skips, goes back, does not know and leaves reasons out gets as
// far as the answers go: what is possible after the interview is what assess
// leaves possible.
func TestFickleInterviews(t *testing.T) {
	dir := t.TempDir()
	run := interviewing(t, "nb", "--set", "enough_criteria=6")
	ended := map[string]*interview{}
	told := map[string]int{}
	reasons := map[inquiry.Reason]int{}
	for seed := range uint64(16) {
		name := fmt.Sprintf("%03d.yaml", seed)
		write(t, dir, name, "title: Tiltak\n# opplysningene\nfacts:\n  reach:\n    municipalities: 10-60 # om lag\n  cost.nok: 1-90 mill.\n  anchoring.importance: ja\njudgements:\n  C7:\n    outcome: pass\n    because: tre etater\n")
		p := &scripted{Rand: rand.New(rand.NewPCG(seed, 2)), t: t, printer: run.app.printer, fickle: true}
		v := meet(t, run, filepath.Join(dir, name), seed%3 == 0, p)
		ended[name] = v
		reasons[v.session.Done()]++
		for _, key := range p.told_ {
			told[key]++
		}
		if data, _ := os.ReadFile(filepath.Join(dir, name)); !bytes.Contains(data, []byte("# opplysningene\n")) || !bytes.Contains(data, []byte("# om lag")) {
			t.Errorf("%s: a comment is gone:\n%s", name, data)
		}
		if a := v.assess(); a == nil || !slices.Equal(v.merged(a.Recommendation.Documented.Possible), v.session.Plan().Possible) {
			data, _ := os.ReadFile(filepath.Join(dir, name))
			t.Errorf("%s: the interview came to %v, assess to %v\n%s", name, v.session.Plan().Possible, a.Recommendation.Documented.Possible, data)
		}
	}
	if told["ask.does_not_count"] == 0 || len(reasons) < 2 {
		t.Errorf("too few to tell: %v, %v", told, reasons)
	}
}

// merged puts candidate in place of what the open choice divides.
func (v *interview) merged(possible []string) []string {
	if !v.strategy.ChoiceOpen() {
		return possible
	}
	var all []string
	for _, id := range possible {
		if slices.ContainsFunc(v.strategy.Table.Divided, func(i int) bool { return v.strategy.Recommendations[i] == id }) {
			id = "candidate"
		}
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

// determined is a person who gives the answers that are prepared, by the name
// of the fact or rule.
type determined struct {
	t       *testing.T
	answers map[string]reply
	told_   []string
}

func (p *determined) told(m i18n.Message) { p.told_ = append(p.told_, m.Key) }

func (p *determined) answer(_ context.Context, a *asked) (reply, error) {
	r, ok := p.answers[a.words.Name]
	if !ok {
		return reply{deed: stops}, nil
	}
	return r, nil
}

// What stands in the file besides the answer stays: line breaks of Windows,
// comments, the spelling of others, permissions, and a link to the file.
func TestInterviewLeavesTheRest(t *testing.T) {
	dir := t.TempDir()
	before := strings.ReplaceAll(strings.ReplaceAll(content(t, climate(t, "resources.capacity")), "\n", "\r\n"), "value: minst 12", "value:   'minst 12' # tolv!")
	write(t, dir, "fil.yaml", before)
	name := filepath.Join(dir, "fil.yaml")
	if err := os.Chmod(name, 0o604); err != nil {
		t.Fatal(err)
	}
	kept, err := os.Lstat(name) // Windows knows but one of the permissions
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "lenke.yaml")
	if err := os.Symlink("fil.yaml", link); err != nil {
		t.Skip("there are no links here:", err)
	}
	p := &determined{t: t, answers: map[string]reply{"resources.capacity": {class: 1, Grounds: initiative.Grounds{Because: "alle \"må\" hvile"}}}}
	v := meet(t, interviewing(t, "nb"), link, false, p)
	if v.session.Done() != inquiry.Settled {
		t.Errorf("it ends with %d", v.session.Done())
	}
	added := "  resources.capacity:\r\n    value: nei\r\n    because: \"alle \\\"må\\\" hvile\"\r\n"
	if after := content(t, name); !strings.Contains(after, added) || strings.Replace(after, added, "", 1) != before {
		t.Errorf("not the answer alone was written:\n%s", after)
	}
	info, err := os.Lstat(name)
	if err != nil || info.Mode() != kept.Mode() {
		t.Errorf("the permissions are %v, not %v", info.Mode(), kept.Mode())
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".ksdev-*")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// A judgement that the facts exclude is withdrawn, or stands until the facts
// are corrected.
func TestInterviewConflict(t *testing.T) {
	judged := content(t, climate(t)) + "# skjønn\njudgements:\n  D1:\n    outcome: fail\n    because: ingen har bedt om det\n"
	for class, test := range []struct {
		told string
		want string
	}{{"", strings.Replace(judged, "judgements:\n  D1:\n    outcome: fail\n    because: ingen har bedt om det\n", "", 1)}, {"ask.correct_facts", judged}} {
		dir := t.TempDir()
		write(t, dir, "a.yaml", judged)
		p := &determined{t: t, answers: map[string]reply{"D1": {class: class}}}
		v := meet(t, interviewing(t, "nb"), filepath.Join(dir, "a.yaml"), false, p)
		if got := string(v.file.data); got != test.want || strings.Join(p.told_, " ") != test.told {
			t.Errorf("class %d: told %v\n%s", class, p.told_, got)
		}
	}
}

// The names of the files in which answers are kept differ.
func TestKeptBeside(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.yaml")
	write(t, filepath.Dir(name), "a.yaml", "title: a\n")
	file, err := openEdited(newComputer(), name)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{name + keptEnding, name + keptEnding + "-2"} {
		if got, err := file.keep([]byte("title: b\n")); err != nil || got != want {
			t.Errorf("%q, %v", got, err)
		}
	}
	if got := content(t, name+keptEnding); got != "title: b\n" {
		t.Errorf("%q", got)
	}
}

// What -f json prints is valid.
func TestQuestionsAreValid(t *testing.T) {
	schema := schema(t)
	for _, name := range []string{climate(t), climate(t, "resources.capacity"), climate(t, "origin.initiator", "reach.relevance", "role.core")} {
		got := call(t, "", "ask", "-f", "json", name)
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(got.stdout))
		if got.code != Done || err != nil {
			t.Fatalf("%d, %v\n%s", got.code, err, got.stderr)
		}
		if err := schema.Validate(value); err != nil {
			t.Error(err)
		}
	}
}

// climate is an example without some of its facts, in a folder of its own.
func climate(t *testing.T, without ...string) string {
	t.Helper()
	data, err := os.ReadFile(repository(t, "examples/klimabudsjett-i-kommunene.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	leaving := false
	for _, line := range strings.Split(string(data), "\n") {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		if indent <= 2 {
			name, _, _ := strings.Cut(strings.TrimSpace(line), ":")
			leaving = false
			for _, fact := range without {
				leaving = leaving || fact == name
			}
		}
		if !leaving {
			kept = append(kept, line)
		}
	}
	name := filepath.Join(t.TempDir(), "klima.yaml")
	if err := os.WriteFile(name, []byte(strings.Join(kept, "\n")), 0o640); err != nil {
		t.Fatal(err)
	}
	return name
}

func content(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
