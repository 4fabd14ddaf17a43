package fact

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/ks-no/ksdev/pkg/i18n"
)

func TestDescribe(t *testing.T) {
	printers := newPrinters(t)
	mill := int64(1_000_000) * One
	between := func(lo, hi int64) Values { return Values{Intervals: []Interval{{lo, hi}}} }
	definitions := exampleDefinitions()
	most := definitions["money"].Max
	day := func(text string) int64 {
		parsed, fault := definitions["date"].Parse(text)
		if fault != nil {
			t.Fatal(text)
		}
		return parsed.Values.Intervals[0].Lo
	}
	tests := []struct {
		fact       string
		values     Values
		nb, nn, en string
	}{
		{"answer", Values{Options: Yes}, "ja", "ja", "yes"},
		{"answer", Values{Options: No}, "nei", "nei", "no"},
		{"answer", Values{Options: Yes | No}, "ukjent", "ukjent", "unknown"},
		{"text", Values{Options: Given}, "oppgitt", "oppgitt", "given"},
		{"text", Values{Options: None}, "ingen", "ingen", "none"},
		{"choice", Values{Options: 1}, "de fleste", "dei fleste", "most municipalities"},
		{"choice", Values{Options: 3}, "de fleste eller noen", "dei fleste eller nokre", "most municipalities or some municipalities"},
		{"choice", Values{Options: 7}, "ukjent", "ukjent", "unknown"},
		{"choices", Values{Sets: []SetRange{{0, 0}}}, "ingen", "ingen", "none"},
		{"choices", Values{Sets: []SetRange{{3, 3}}}, "KS og staten", "KS og staten", "KS and the state"},
		{"choices", Values{Sets: []SetRange{{7, 7}}}, "KS, staten og en kommune", "KS, staten og ein kommune", "KS, the state and a municipality"},
		{"choices", Values{Sets: []SetRange{{2, 7}}}, "staten og kanskje flere", "staten og kanskje fleire", "the state and perhaps more"},
		{"choices", Values{Sets: []SetRange{{3, 7}}}, "KS og staten, kanskje også en kommune",
			"KS og staten, kanskje også ein kommune", "KS and the state, perhaps also a municipality"},
		{"choices", Values{Sets: []SetRange{{2, 3}}}, "staten, kanskje også KS", "staten, kanskje også KS", "the state, perhaps also KS"},
		{"choices", Values{Sets: []SetRange{{0, 3}}}, "ingen andre enn KS og staten", "ingen andre enn KS og staten", "none other than KS and the state"},
		{"choices", Values{Sets: []SetRange{{1, 1}, {2, 2}}}, "KS eller staten", "KS eller staten", "KS or the state"},
		{"choices", Values{Sets: []SetRange{{0, 7}}}, "ukjent", "ukjent", "unknown"},
		{"count", between(One, One), "1 kommune", "1 kommune", "1 municipality"},
		{"count", between(12*One, 12*One), "12 kommuner", "12 kommunar", "12 municipalities"},
		{"count", between(10*One, 30*One), "10–30 kommuner", "10–30 kommunar", "10–30 municipalities"},
		{"count", between(60*One, 400*One), "minst 60 kommuner", "minst 60 kommunar", "at least 60 municipalities"},
		{"count", between(301*One, 400*One), "minst 301 kommuner", "minst 301 kommunar", "at least 301 municipalities"},
		{"count", between(0, 40*One), "inntil 40 kommuner", "inntil 40 kommunar", "up to 40 municipalities"},
		{"count", between(0, 400*One), "ukjent", "ukjent", "unknown"},
		{"count", Values{Intervals: []Interval{{One, One}, {10 * One, 30 * One}, {350 * One, 400 * One}}},
			"1 kommune, 10–30 kommuner eller minst 350 kommuner", "1 kommune, 10–30 kommunar eller minst 350 kommunar",
			"1 municipality, 10–30 municipalities or at least 350 municipalities"},
		{"share", between(12*One+125_000, 12*One+125_000), "12,125 prosent", "12,125 prosent", "12.1250 percent"},
		{"change", between(-5*One, 3*One), "fra −5 til 3", "frå −5 til 3", "from −5 to 3"},
		{"money", between(20_700_000*One, 20_700_000*One), "20,7 mill. kr", "20,7 mill. kr", "20.7 million NOK"},
		{"money", between(1_200_000*One, 1_500_000*One), "1,2–1,5 mill. kr", "1,2–1,5 mill. kr", "1.2–1.5 million NOK"},
		{"money", between(1000*mill, 1000*mill), "1 mrd. kr", "1 mrd. kr", "1 bn NOK"},
		{"money", between(900*mill, 1200*mill), "900–1200 mill. kr", "900–1200 mill. kr", "900–1200 million NOK"},
		{"money", between(150_000*One, 150_000*One), "150 000 kr", "150 000 kr", "150 000 NOK"},
		{"money", between(11_975_000*One, 11_975_000*One), "11 975 000 kr", "11 975 000 kr", "11 975 000 NOK"},
		{"money", between(150_000*One+One/2, 150_000*One+One/2), "150 000,50 kr", "150 000,50 kr", "150 000.50 NOK"},
		{"money", between(mill+One/100, most), "over 1 mill. kr", "over 1 mill. kr", "more than 1 million NOK"},
		{"money", between(mill, most), "minst 1 mill. kr", "minst 1 mill. kr", "at least 1 million NOK"},
		{"money", between(0, 1000*mill-One/100), "under 1 mrd. kr", "under 1 mrd. kr", "less than 1 bn NOK"},
		{"money", between(0, 40*mill), "inntil 40 mill. kr", "inntil 40 mill. kr", "up to 40 million NOK"},
		{"money", between(mill, 1000*mill-One/100), "fra 1 mill. kr til under 1 mrd. kr", "frå 1 mill. kr til under 1 mrd. kr",
			"from 1 million NOK to less than 1 bn NOK"},
		{"money", between(mill+One/100, 2*mill), "over 1 mill. kr og høyst 2 mill. kr", "over 1 mill. kr og høgst 2 mill. kr",
			"more than 1 million NOK and at most 2 million NOK"},
		{"money", between(mill+One/100, 2*mill-One/100), "over 1 mill. kr og under 2 mill. kr", "over 1 mill. kr og under 2 mill. kr",
			"more than 1 million NOK and less than 2 million NOK"},
		{"effort", between(18*One, 18*One), "18 månedsverk", "18 månadsverk", "18 person-months"},
		{"effort", between(One, One), "1 månedsverk", "1 månadsverk", "1 person-month"},
		{"effort", between(6*One+1, 100_000*One), "over 6 månedsverk", "over 6 månadsverk", "more than 6 person-months"},
		{"date", between(day("2018-03-01"), day("2018-03-01")), "1.3.2018", "1.3.2018", "1 March 2018"},
		{"date", between(day("2018-01-01"), day("2018-12-31")), "1.1.2018 – 31.12.2018", "1.1.2018 – 31.12.2018", "1 January 2018 – 31 December 2018"},
		{"date", between(day("2018-01-01"), 84005), "tidligst 1.1.2018", "tidlegast 1.1.2018", "no earlier than 1 January 2018"},
		{"date", between(-25567, day("2018-01-01")), "senest 1.1.2018", "seinast 1.1.2018", "no later than 1 January 2018"},
	}
	for _, test := range tests {
		t.Run(test.fact+"/"+test.nb, func(t *testing.T) {
			for i, want := range []string{test.nb, test.nn, test.en} {
				got := strings.ReplaceAll(definitions[test.fact].Describe(test.values).Localize(printers[i]), noBreak, " ")
				if got != want {
					t.Errorf("%s: got %q, want %q", printers[i].Language(), got, want)
				}
			}
		})
	}
}

func TestLabelsFallBack(t *testing.T) {
	printers := newPrinters(t)
	if got := (Labels{i18n.Nynorsk: "ein kommune"}).Localize(printers[2]); got != "ein kommune" {
		t.Errorf("got %q", got)
	}
}

// TestDescriptionIsReadBack checks that every known value and every interval is
// read back from its description, in every language.
func TestDescriptionIsReadBack(t *testing.T) {
	printers := newPrinters(t)
	for name, d := range exampleDefinitions() {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				checkReadBack(t, d, drawValues(t, d), printers)
			})
		})
	}
}

// drawValues draws a known value, or of an ordered kind an interval.
func drawValues(t *rapid.T, d *Definition) Values {
	switch d.Kind {
	case Answer, Text:
		return Values{Options: rapid.SampledFrom([]uint64{1, 2}).Draw(t, "option")}
	case Choice:
		return Values{Options: 1 << rapid.IntRange(0, len(d.Options)-1).Draw(t, "option")}
	case Choices:
		if option := rapid.IntRange(-1, len(d.Options)-1).Draw(t, "option"); option >= 0 {
			return d.ExactSet(1 << option)
		}
		return d.ExactSet(0)
	}
	lo, hi := drawStep(t, d, "lo"), drawStep(t, d, "hi")
	return Values{Intervals: []Interval{{min(lo, hi), max(lo, hi)}}}
}

// drawStep draws a value of an ordered fact, mostly a round one, one next to a
// round one or one at the end of the domain.
func drawStep(t *rapid.T, d *Definition, label string) int64 {
	v := rapid.Int64Range(d.Min/d.Step, d.Max/d.Step).Draw(t, label) * d.Step
	round := rapid.SampledFrom([]int64{1, 1000, One / 1000, One / 10, One, 100 * One, 1000 * One, million / 10, million, billion}).Draw(t, label+" rounded")
	if round > d.Step {
		v = v / round * round
	}
	v += rapid.Int64Range(-1, 1).Draw(t, label+" beside") * d.Step
	v = rapid.SampledFrom([]int64{v, v, v, v, v, v, d.Min, d.Max}).Draw(t, label+" end")
	return min(max(v, d.Min), d.Max)
}
