package fact

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// exampleDefinitions are one fact of every kind, and numbers in other units.
func exampleDefinitions() map[string]*Definition {
	options := func(labels ...string) (options []Option) {
		for ; len(labels) > 0; labels = labels[4:] {
			options = append(options, Option{ID: labels[0], Labels: inThree(labels[1], labels[2], labels[3])})
		}
		return options
	}
	unit := func(one, other Labels) *Unit { return &Unit{One: one, Other: other} }
	return map[string]*Definition{
		"answer": {Path: "needs.documented", Kind: Answer},
		"text":   {Path: "sharing.plan", Kind: Text},
		"choice": {Path: "reach.relevance", Kind: Choice, Options: options(
			"most", "de fleste", "dei fleste", "most municipalities",
			"some", "noen", "nokre", "some municipalities",
			"across", "på tvers", "på tvers", "across")},
		"choices": {Path: "origin.initiator", Kind: Choices, Options: options(
			"ks", "KS", "KS", "KS",
			"state", "staten", "staten", "the state",
			"municipality", "en kommune", "ein kommune", "a municipality")},
		"count": {Path: "reach.municipalities", Kind: Number, Max: 400 * One, Step: One, Unit: unit(
			inThree("kommune", "kommune", "municipality"), inThree("kommuner", "kommunar", "municipalities"))},
		"share": {Path: "cost.own_share", Kind: Number, Max: 100 * One, Step: 1, Unit: unit(
			inThree("prosent", "prosent", "percent"), inThree("prosent", "prosent", "percent"))},
		"months": {Path: "time.months", Kind: Number, Max: 240 * One, Step: One, Unit: unit(
			inThree("måned", "månad", "month"), inThree("måneder", "månader", "months"))},
		"change": {Path: "area.change", Kind: Number, Min: -50 * One, Max: 50 * One, Step: 1},
		"money":  {Path: "cost.nok", Kind: Money, Max: 5_000_000_000_000 * One, Step: One / 100},
		"effort": {Path: "ks.effort", Kind: Effort, Max: 100_000 * One, Step: 1},
		"date":   {Path: "time.start", Kind: Date, Min: -25567, Max: 84005, Step: 1},
	}
}

func inThree(nb, nn, en string) Labels {
	return Labels{i18n.Bokmal: nb, i18n.Nynorsk: nn, i18n.English: en}
}

// notation writes values in a way of its own, so that the table does not lean
// on Describe: ids, numbers in the fact's unit, days, "a..b", "a.." to the end
// of the domain.
func notation(d *Definition, parsed Parsed) string {
	if parsed.Unknown {
		return "unknown"
	}
	coded := d.Encode(parsed.Values)
	var parts []string
	for _, s := range coded.Sets {
		parts = append(parts, "{"+strings.Join(s.All, " ")+"}")
	}
	parts = append(parts, coded.Options...)
	for i, r := range coded.Ranges {
		switch interval := parsed.Values.Intervals[i]; {
		case interval.Lo == interval.Hi:
			parts = append(parts, string(r.From))
		case interval.Hi == d.Max:
			parts = append(parts, string(r.From)+"..")
		case interval.Lo == d.Min:
			parts = append(parts, ".."+string(r.To))
		default:
			parts = append(parts, string(r.From)+".."+string(r.To))
		}
	}
	return strings.ReplaceAll(strings.Join(parts, " "), `"`, "")
}

// TestParse reads testdata/parse: a file for each of the example facts, and in
// it lines of the form "written => values" or "written => ! message | hint" in
// bokmål. A written form in double quotes is unquoted as in Go. Lines that
// begin with "# " are comments.
func TestParse(t *testing.T) {
	printers := newPrinters(t)
	files, err := filepath.Glob("testdata/parse/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no test data: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		t.Run(name, func(t *testing.T) {
			definition := exampleDefinitions()[name]
			lines := readLines(t, file)
			for i, line := range lines {
				written, want, ok := strings.Cut(line, " => ")
				if !ok {
					continue
				}
				got := outcomeOf(t, printers, definition, written)
				if got != want && os.Getenv("KSDEV_UPDATE") == "" {
					t.Errorf("%s:%d: %s\n got %s\nwant %s", file, i+1, written, got, want)
				}
				lines[i] = written + " => " + got
			}
			if os.Getenv("KSDEV_UPDATE") != "" {
				if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// outcomeOf is the right side of a line of test data.
func outcomeOf(t *testing.T, printers []*i18n.Printer, d *Definition, written string) string {
	text := written
	if unquoted, err := strconv.Unquote(written); err == nil {
		text = unquoted
	}
	parsed, fault := d.Parse(text)
	if fault == nil {
		return notation(d, parsed)
	}
	checkWorded(t, printers, fault)
	return "! " + printers[0].Text(fault.Message) + " | " + printers[0].Text(fault.Hint)
}

func checkWorded(t *testing.T, printers []*i18n.Printer, fault *Fault) {
	t.Helper()
	for _, p := range printers {
		for _, m := range []i18n.Message{fault.Message, fault.Hint} {
			if !p.Has(m.Key) {
				t.Errorf("%s has no text for %q", p.Language(), m.Key)
			}
			if text := p.Text(m); strings.Contains(text, "fact.") {
				t.Errorf("%s: %q lacks a text: %s", p.Language(), m.Key, text)
			}
		}
	}
}

// newPrinters gives a printer for each language, bokmål first.
func newPrinters(t testing.TB) []*i18n.Printer {
	t.Helper()
	var printers []*i18n.Printer
	for _, language := range i18n.Languages() {
		p, err := i18n.New(language)
		if err != nil {
			t.Fatal(err)
		}
		printers = append(printers, p)
	}
	return printers
}

func readLines(t testing.TB, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func TestParseMember(t *testing.T) {
	d := exampleDefinitions()["choices"]
	tests := map[string]struct {
		written string
		want    Member
		fault   string
	}{
		"id":             {"state", Member{Option: 1}, ""},
		"label":          {"En  kommune", Member{Option: 2}, ""},
		"none":           {"Ingen", Member{Option: -1, None: true}, ""},
		"unknown":        {"vet ikke", Member{Option: -1, Unknown: true}, ""},
		"not applicable": {"ikke aktuelt", Member{Option: -1}, "fact.not_applicable"},
		"empty":          {" ", Member{Option: -1}, "fact.empty"},
		"misspelt":       {"statem", Member{Option: -1}, "fact.option"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, fault := d.ParseMember(test.written)
			key := ""
			if fault != nil {
				key = fault.Message.Key
			}
			if got != test.want || key != test.fault {
				t.Errorf("got %+v and fault %q, want %+v and %q", got, key, test.want, test.fault)
			}
		})
	}
}

// FuzzParse checks for any text and every kind of fact: what is read lies in
// the domain on the fact's steps and is never empty, is read back from its own
// description and from its codes, and is matched by the fact's pattern; what is
// not read is explained in every language.
func FuzzParse(f *testing.F) {
	definitions, patterns := exampleDefinitions(), matchers(f)
	constants := map[string]*regexp.Regexp{}
	for name, d := range definitions {
		for _, text := range written(f, name) {
			f.Add(text)
		}
		if d.Kind.Ordered() {
			constants[name] = regexp.MustCompile(d.ConstantPattern())
		}
	}
	printers := newPrinters(f)
	f.Fuzz(func(t *testing.T, text string) {
		for name, d := range definitions {
			parsed, fault := d.Parse(text)
			if fault != nil {
				checkFaultOnly(t, parsed, fault, printers)
				continue
			}
			checkInDomain(t, d, parsed)
			checkReadBack(t, d, parsed.Values, printers)
			checkCodes(t, d, parsed.Values)
			if !patterns[name].MatchString(text) {
				t.Errorf("%s: %q is a value, and does not match", name, text)
			}
			if d.Kind == Choices {
				if _, fault := d.ParseMember(text); fault != nil {
					t.Errorf("%s: %q is a value but no member", name, text)
				}
			}
			if constants[name] == nil {
				continue
			}
			value, fault := d.ParseConstant(text)
			if single := len(parsed.Values.Intervals) == 1 && parsed.Values.Known(); fault == nil && (!single || parsed.Values.Intervals[0].Lo != value || !constants[name].MatchString(text)) {
				t.Errorf("%s: %q is the constant %d and the values %v", name, text, value, parsed.Values)
			}
		}
	})
}

// checkCodes writes values as saved results do and reads them back.
func checkCodes(t *testing.T, d *Definition, v Values) {
	t.Helper()
	data, err := json.Marshal(d.Encode(v))
	if err != nil {
		t.Fatal(err)
	}
	var coded Coded
	if err := json.Unmarshal(data, &coded); err != nil {
		t.Fatalf("%s: %v in %s", d.Path, err, data)
	}
	if again, err := d.Decode(coded); err != nil || !reflect.DeepEqual(again, v) {
		t.Fatalf("%s: %+v is coded %s, which is %+v, %v", d.Path, v, data, again, err)
	}
}

func checkFaultOnly(t *testing.T, parsed Parsed, fault *Fault, printers []*i18n.Printer) {
	t.Helper()
	if parsed.Unknown || parsed.Values.Options != 0 || parsed.Values.Sets != nil || parsed.Values.Intervals != nil {
		t.Errorf("a fault comes with values: %+v", parsed)
	}
	for _, p := range printers {
		if !p.Has(fault.Message.Key) || !p.Has(fault.Hint.Key) || p.Text(fault.Message) == "" || p.Text(fault.Hint) == "" {
			t.Errorf("%s has no text for %q", p.Language(), fault.Message.Key)
		}
	}
}

func checkInDomain(t *testing.T, d *Definition, parsed Parsed) {
	t.Helper()
	v := parsed.Values
	all := d.Domain()
	if v.Options&^all.Options != 0 || (v.Options == 0 && len(v.Sets) == 0 && len(v.Intervals) == 0) {
		t.Fatalf("%s: empty or outside: %+v", d.Path, v)
	}
	for _, s := range v.Sets {
		if s.Must&^s.May != 0 || s.May&^d.all() != 0 {
			t.Fatalf("%s: no set of options: %+v", d.Path, s)
		}
	}
	for _, i := range v.Intervals {
		if i.Lo > i.Hi || i.Lo < d.Min || i.Hi > d.Max || i.Lo%d.Step != 0 || i.Hi%d.Step != 0 {
			t.Fatalf("%s: outside or between the steps: %+v", d.Path, i)
		}
	}
	if parsed.Unknown && !d.isDomain(v) {
		t.Fatalf("%s: unknown, but not everything is possible: %+v", d.Path, v)
	}
}

// checkReadBack describes values in every language and reads the description.
func checkReadBack(t interface{ Fatalf(string, ...any) }, d *Definition, v Values, printers []*i18n.Printer) {
	for _, p := range printers {
		description := d.Describe(v).Localize(p)
		again, fault := d.Parse(description)
		if fault != nil {
			t.Fatalf("%s, %s: %+v is worded %q, which is a fault: %s", d.Path, p.Language(), v, description, p.Text(fault.Message))
		}
		w := again.Values
		if w.Options != v.Options || !slices.Equal(w.Sets, v.Sets) || !slices.Equal(w.Intervals, v.Intervals) {
			t.Fatalf("%s, %s: %+v is worded %q, which is read as %+v", d.Path, p.Language(), v, description, w)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	definitions := exampleDefinitions()
	for _, test := range []struct{ fact, written string }{
		{"answer", "ja"}, {"choice", "most"}, {"choice", "Dei fleste"}, {"count", "minst 12 kommuner"},
		{"money", "1,2-1,5 mill."}, {"effort", "20 % stilling i 2 år"}, {"date", "22. januar 2018"}, {"text", "Protokoll, 14.9.2017"},
	} {
		b.Run(test.written, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, fault := definitions[test.fact].Parse(test.written); fault != nil {
					b.Fatal(fault)
				}
			}
		})
	}
}
