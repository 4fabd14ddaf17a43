package view

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// difference is what the program refuses and the schema does not: why a schema
// cannot tell, or should not, and what shows it.
type difference struct{ why, example string }

// unseen lists the differences by the code of the error, each with an
// initiative under the strategy with odd facts, its title left out.
func unseen() map[string]difference {
	const (
		sizes    = "how large a number is, and which end of a range is larger, is not seen in a text"
		calendar = "months and leap years are left to the program"
		spelling = "an editor hands over a number, and not how it is written"
		pairs    = "an expression that told these apart would be several times as long"
	)
	return map[string]difference{
		"fact.too_small":           {sizes, "facts: {odd.change: 1 poeng}"},
		"fact.too_large":           {sizes, "facts: {reach.municipalities: 500 kommuner}"},
		"fact.too_early":           {sizes, "facts: {plan.start: 1.1.1850}"},
		"fact.too_late":            {sizes, "facts: {plan.start: 1.1.2850}"},
		"fact.reversed":            {sizes, "facts: {reach.municipalities: 30-10}"},
		"fact.number_size":         {sizes, "facts: {cost.nok: 99999999999999 mill.}"},
		"fact.number_decimals":     {sizes, `facts: {cost.nok: "1,2345 kr"}`},
		"fact.range_units":         {sizes, "facts: {cost.nok: 500 000-1 mill.}"},
		"fact.date_impossible":     {calendar, "facts: {plan.start: 31.2.2018}"},
		"fact.not_single":          {calendar, "date: 1.3.2018-2.3.2018"},
		"fact.number_dot":          {spelling, "facts: {cost.nok: 1.500}"},
		"fact.number_notation":     {spelling, "facts: {cost.nok: 1e6}"},
		"fact.number_plus":         {spelling, "facts: {cost.nok: +5}"},
		"fact.number_leading_zero": {spelling, "facts: {reach.municipalities: 012}"},
		"fact.number_whole":        {sizes, `facts: {odd.months: "12,5"}`},
		"fact.option":              {"a letter of another script can be composed in many ways", `facts: {odd.signs: "…"}`},
		"fact.value":               {pairs, "facts: {reach.municipalities: minst 60 eller flere}"},
		"fact.left_over":           {pairs, "facts: {cost.nok: 5.}"},
		"fact.text":                {pairs, "facts: {anchoring.decision: 🙂}"},
		"fields.not_whole":         {spelling, "ksdev: 1.0"},
		"initiative.judged_twice":  {pairs, "judgements: {C1: {outcome: pass}, c1: {outcome: pass}}"},
	}
}

// Each difference is one.
func TestSchemaDiffersAsListed(t *testing.T) {
	all := allSchemed(t)
	odd := all[len(all)-1]
	for code, d := range unseen() {
		v, ok := odd.judge("tiltak.yaml", "title: Læring\n"+d.example+"\n")
		if !ok || v.refusal != nil || !slices.Contains(v.codes, code) {
			t.Errorf("%s: %s: %v %v", code, d.example, v.refusal, v.codes)
		}
	}
}

// written are the texts that pkg/fact is tested with, right and wrong ones, by
// kind.
func written(t testing.TB) map[fact.Kind][]string {
	t.Helper()
	all := map[fact.Kind][]string{}
	for kind, names := range map[fact.Kind][]string{
		fact.Answer: {"answer"}, fact.Choice: {"choice"}, fact.Choices: {"choices"}, fact.Number: {"count", "share", "months", "change"},
		fact.Money: {"money"}, fact.Effort: {"effort"}, fact.Date: {"date"}, fact.Text: {"text"},
	} {
		for _, name := range names {
			data, err := os.ReadFile(filepath.Join("..", "fact", "testdata", "parse", name+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(string(data)) {
				text, _, ok := strings.Cut(line, " => ")
				if unquoted, err := strconv.Unquote(text); err == nil {
					text = unquoted
				}
				if ok {
					all[kind] = append(all[kind], text)
				}
			}
		}
	}
	return all
}

// writer writes initiatives at random.
type writer struct {
	*rand.Rand
	strategy *schemed
	texts    map[fact.Kind][]string
	// faults is how many values, keys or shapes may still be wrong.
	faults int
}

func newWriter(t *rapid.T, all []*schemed, texts map[fact.Kind][]string) *writer {
	// Words are drawn evenly, and not first of all the first ones.
	return &writer{Rand: rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)), texts: texts,
		strategy: all[rapid.IntRange(0, len(all)-1).Draw(t, "strategy")]}
}

func (w *writer) chance(percent int) bool { return w.IntN(100) < percent }

func pick[T any](w *writer, from ...T) T { return from[w.IntN(len(from))] }

// fault is true where the writer is to do something wrong.
func (w *writer) fault(percent int) bool {
	if w.faults == 0 || !w.chance(percent) {
		return false
	}
	w.faults--
	return true
}

// document is an initiative in YAML with at most so many faults.
func (w *writer) document(faults int) string {
	w.faults = faults
	var b strings.Builder
	line := func(key, value string) { b.WriteString(w.key(key) + ": " + value + "\n") }
	line("title", w.scalar(pick(w, "Læring i nettverk", "2018", "true", "a: b")))
	for _, key := range []string{"ksdev", "id", "summary", "date", "strategy"} {
		if w.chance(20) {
			line(key, w.head(key))
		}
	}
	b.WriteString("facts:\n")
	for _, d := range w.strategy.strategy.Facts {
		if w.chance(min(60, 600/len(w.strategy.strategy.Facts))) {
			group, name, _ := strings.Cut(d.Path, ".")
			if strings.Contains(b.String(), "\n  "+group+":\n") || w.chance(70) {
				b.WriteString("  " + w.key(d.Path) + ":" + w.claim(d, "    ") + "\n")
			} else {
				b.WriteString("  " + group + ":\n    " + w.key(name) + ":" + w.claim(d, "      ") + "\n")
			}
		}
	}
	if w.chance(40) {
		id := pick(w, w.strategy.strategy.RuleIDs()...)
		b.WriteString("judgements:\n  " + w.key(pick(w, id, strings.ToLower(id))) + ":\n    " + w.key("outcome") + ": " +
			w.outcome() + "\n    " + w.key("because") + ": " + w.scalar("Vi har sett på det") + "\n")
	}
	return b.String()
}

func (w *writer) key(key string) string {
	if w.fault(2) {
		return pick(w, key+"e", strings.ToUpper(key), "value", "facts", "at_least", "reach.relevance")
	}
	return key
}

// scalar writes a text with or without quotation marks, or something that is no
// text.
func (w *writer) scalar(text string) string {
	if w.fault(3) {
		return pick(w, "", "~", "[a]", "{a: b}", "[]", "12", "1.5", "true", "0x10", "1e3", `""`, `" "`)
	}
	if w.chance(30) {
		quoted, err := json.Marshal(text)
		if err == nil {
			return string(quoted)
		}
	}
	return yamldoc.Plain(text, true)
}

func (w *writer) head(key string) string {
	switch key {
	case "ksdev":
		return w.scalar("1")
	case "date":
		return w.scalar(pick(w, "1.3.2018", "2018-03-01", "22. januar 2018", "1.1.2018–1.1.2018", ""))
	}
	return w.scalar(pick(w, "navn", "12", "Læring, og mer", "false"))
}

func (w *writer) outcome() string {
	if w.fault(10) {
		return w.scalar(pick(w, "ja", "unclear", "1", "uavklart"))
	}
	word := pick(w, initiative.OutcomeWords()...)
	return w.scalar(pick(w, word, strings.ToUpper(word), strings.ReplaceAll(word, " ", "  ")))
}

// value is a text for a fact: one that is read, unless it may be wrong.
func (w *writer) value(d *fact.Definition) string {
	pool := slices.Concat(w.texts[d.Kind], []string{"ukjent", "Vet ikke"})
	for i := range d.Options {
		for _, name := range d.Names(i) {
			pool = append(pool, name, strings.ToUpper(name), strings.ReplaceAll(name, "-", "–"))
		}
	}
	wrong := w.fault(30)
	if wrong && w.chance(30) {
		kind, _ := fact.ParseKind(pick(w, fact.Kinds()...))
		pool = slices.Concat(w.texts[kind], []string{"ikke aktuelt", "ingen", "xyz", "12", "true", "", " ", "0x1f", "301", "1000"})
	}
	for range 100 {
		text := pick(w, pool...)
		if _, fault := d.Parse(text); fault != nil == wrong {
			return text
		}
	}
	return "unknown"
}

// answer is a value in one of the shapes that the kind of fact has.
func (w *writer) answer(d *fact.Definition) string {
	if d.Kind != fact.Choices && !w.fault(3) || w.chance(50) {
		return w.scalar(w.value(d))
	}
	items := []string{}
	for range pick(w, 1, 2, 3) {
		items = append(items, w.listed(d))
	}
	if len(items) == 1 && w.chance(30) {
		items[0] = w.scalar(w.value(d))
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// listed is an option, since among others there is no word for none.
func (w *writer) listed(d *fact.Definition) string {
	var names []string
	for i := range d.Options {
		names = append(names, d.Names(i)...)
	}
	if len(names) == 0 || w.fault(10) {
		return w.scalar(w.value(d))
	}
	return w.scalar(pick(w, names...))
}

// claim is a value, or a mapping with a value and what belongs to it.
func (w *writer) claim(d *fact.Definition, indent string) string {
	if w.chance(45) {
		return " " + w.answer(d)
	}
	if w.chance(5) {
		return ""
	}
	var lines []string
	switch {
	case w.chance(20):
		lines = append(lines, w.key("one_of")+": ["+w.answer(d)+", "+w.answer(d)+"]")
	case d.Kind == fact.Choices && w.chance(30) || w.fault(5):
		lines = append(lines, w.key("at_least")+": "+w.answer(d))
	case w.chance(10):
		lines = append(lines, pick(w, "value:", "one_of:", "at_least: ~"))
	default:
		lines = append(lines, w.key("value")+": "+w.answer(d))
	}
	if w.fault(4) {
		lines = append(lines, pick(w, "value: ja", "one_of: [ja, nei]", "at_least:"))
	}
	if w.chance(50) {
		lines = append(lines, w.key("because")+": "+w.scalar(pick(w, "Det står i saken", "12", "true")))
	}
	if w.chance(30) {
		lines = append(lines, w.key("source")+": "+w.scalar("Notat, side 4"))
	}
	if w.chance(20) {
		lines = append(lines, w.key("known")+": "+w.head("date"))
	}
	return "\n" + indent + strings.Join(lines, "\n"+indent)
}

// documentsOfCheck is how many initiatives are written in one check.
const documentsOfCheck = 10

// Initiatives that are right, however they are spelled, are accepted by the
// schema and read by the program.
func TestSchemaAcceptsWhatIsRead(t *testing.T) {
	all, texts := allSchemed(t), written(t)
	rapid.Check(t, func(t *rapid.T) {
		w := newWriter(t, all, texts)
		for range documentsOfCheck {
			text := w.document(0)
			if v, ok := w.strategy.judge("tiltak.yaml", text); !ok || v.refusal != nil || len(v.codes) > 0 {
				t.Fatalf("%s: %v %v\n%s", w.strategy.name, v.refusal, v.found, text)
			}
		}
	})
}

// What the schema refuses, the program refuses. What the program refuses and
// the schema does not, is listed in unseen.
func TestSchemaRefusesWhatIsRefused(t *testing.T) {
	all, texts := allSchemed(t), written(t)
	refused, accepted, examples := 0, 0, map[string]string{}
	rapid.Check(t, func(t *rapid.T) {
		w := newWriter(t, all, texts)
		for range documentsOfCheck {
			text := w.document(1)
			v, ok := w.strategy.judge("tiltak.yaml", text)
			if !ok || len(v.codes) == 0 && v.refusal == nil {
				continue
			}
			if len(v.codes) == 0 {
				t.Fatalf("%s: the schema refuses what is read: %v\n%s", w.strategy.name, v.refusal, text)
			}
			refused++
			if v.refusal == nil {
				accepted++
				for _, code := range v.codes {
					examples[code] = text
				}
			}
		}
	})
	for code, text := range examples {
		if unseen()[code].why == "" {
			t.Errorf("the schema accepts what is refused with %s:\n%s", code, text)
		}
	}
	t.Logf("the schema accepted %d of %d that are refused, for %q", accepted, refused, slices.Sorted(maps.Keys(examples)))
}
