package i18n

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// printers makes a printer of each language.
func printers(t testing.TB) map[Language]*Printer {
	t.Helper()
	all := map[Language]*Printer{}
	for _, language := range Languages() {
		p, err := New(language)
		if err != nil {
			t.Fatal(err)
		}
		if p.Language() != language {
			t.Fatalf("New(%q).Language() = %q", language, p.Language())
		}
		all[language] = p
	}
	return all
}

func TestNewRefusesOtherLanguages(t *testing.T) {
	for _, language := range []Language{"", "da", "no", "../en", "nb/general.json"} {
		if _, err := New(language); err == nil {
			t.Errorf("New(%q): no error", language)
		}
	}
}

func TestParseLanguage(t *testing.T) {
	tests := []struct {
		text string
		want Language
	}{
		{"nb", Bokmal}, {"NB", Bokmal}, {"no", Bokmal}, {"nn", Nynorsk}, {"Nn", Nynorsk}, {"en", English},
		{"", ""}, {"nob", ""}, {"nb_NO", ""}, {"english", ""}, {"sv", ""}, {" nb", ""},
	}
	for _, test := range tests {
		got, ok := ParseLanguage(test.text)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("ParseLanguage(%q) = %q, %v, want %q", test.text, got, ok, test.want)
		}
	}
}

func TestFromEnvironment(t *testing.T) {
	tests := []struct {
		name                    string
		lcAll, lcMessages, lang string
		want                    Language
	}{
		{name: "nothing is set", want: Bokmal},
		{name: "a locale of glibc", lang: "nn_NO.UTF-8", want: Nynorsk},
		{name: "a language alone", lang: "en", want: English},
		{name: "the old tag for Norwegian", lang: "no_NO", want: Bokmal},
		{name: "a BCP 47 tag", lang: "en-GB", want: English},
		{name: "capitals", lang: "NN_no", want: Nynorsk},
		{name: "the variables weigh LC_ALL first", lcAll: "en_GB.UTF-8", lcMessages: "nn_NO.UTF-8", lang: "nb_NO.UTF-8", want: English},
		{name: "LC_MESSAGES before LANG", lcMessages: "nn_NO.UTF-8", lang: "en_GB.UTF-8", want: Nynorsk},
		{name: "another language is bokmål", lang: "de_DE.UTF-8", want: Bokmal},
		{name: "a weightier variable that names none decides", lcAll: "C.UTF-8", lang: "en_GB.UTF-8", want: Bokmal},
		{name: "POSIX", lang: "POSIX", want: Bokmal},
		{name: "no letters", lang: "_.-", want: Bokmal},
		{name: "a name that only begins so", lang: "engelsk", want: Bokmal},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			environment := map[string]string{"LC_ALL": test.lcAll, "LC_MESSAGES": test.lcMessages, "LANG": test.lang}
			got := FromEnvironment(func(name string) string { return environment[name] })
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	const one = millionth
	tests := []struct {
		millionths         int64
		norwegian, english string
	}{
		{0, "0", "0"},
		{7 * one, "7", "7"},
		{9999 * one, "9999", "9999"},
		{10_000 * one, "10_000", "10_000"},
		{150_000 * one, "150_000", "150_000"},
		{1_500_000 * one, "1_500_000", "1_500_000"},
		{-12_345 * one, "−12_345", "−12_345"},
		{one / 2, "0,5", "0.5"},
		{-one / 2, "−0,5", "−0.5"},
		{20_700_000*one + 250_000, "20_700_000,25", "20_700_000.25"},
		{1, "0,000001", "0.000001"},
		{one + one/10, "1,1", "1.1"},
		{math.MaxInt64, "9_223_372_036_854,775807", "9_223_372_036_854.775807"},
		{math.MinInt64, "−9_223_372_036_854,775808", "−9_223_372_036_854.775808"},
	}
	all := printers(t)
	for _, test := range tests {
		for language, want := range map[Language]string{Bokmal: test.norwegian, Nynorsk: test.norwegian, English: test.english} {
			want = strings.ReplaceAll(want, "_", "\u00a0")
			if got := all[language].Number(test.millionths); got != want {
				t.Errorf("%s: Number(%d) = %q, want %q", language, test.millionths, got, want)
			}
			if got := Number(test.millionths).Localize(all[language]); got != want {
				t.Errorf("%s: Number as an argument is %q, want %q", language, got, want)
			}
		}
	}
}

func TestDates(t *testing.T) {
	day := func(year int, month time.Month, day int) int64 {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
	}
	tests := []struct {
		day                int64
		norwegian, english string
	}{
		{0, "1.1.1970", "1 January 1970"},
		{-1, "31.12.1969", "31 December 1969"},
		{day(2018, time.March, 1), "1.3.2018", "1 March 2018"},
		{day(2016, time.February, 29), "29.2.2016", "29 February 2016"},
		{day(9999, time.December, 31), "31.12.9999", "31 December 9999"},
	}
	all := printers(t)
	for _, test := range tests {
		for language, want := range map[Language]string{Bokmal: test.norwegian, Nynorsk: test.norwegian, English: test.english} {
			if got := Date(test.day).Localize(all[language]); got != want {
				t.Errorf("%s: day %d is %q, want %q", language, test.day, got, want)
			}
		}
	}
}

// A day is the same day wherever the program runs.
func TestDatesDoNotDependOnTheTimeZone(t *testing.T) {
	local := time.Local
	t.Cleanup(func() { time.Local = local })
	p := printers(t)[Bokmal]
	for _, hours := range []int{-12, 0, 14} {
		time.Local = time.FixedZone("", hours*60*60)
		if got := p.Date(0); got != "1.1.1970" {
			t.Errorf("%d hours from Greenwich: %q", hours, got)
		}
	}
}

func TestFill(t *testing.T) {
	const plural = "{1} {1|opplysning|opplysninger} mangler"
	tests := []struct {
		name     string
		template string
		args     []any
		want     string
	}{
		{"no placeholder", "som det står", []any{"x"}, "som det står"},
		{"text", "fant «{1}»", []any{"a"}, "fant «a»"},
		{"in another order, and twice", "{2} {1} {2}", []any{"a", "b"}, "b a b"},
		{"at both ends", "{1}-{2}", []any{"a", "b"}, "a-b"},
		{"one", plural, []any{1}, "1 opplysning mangler"},
		{"none", plural, []any{0}, "0 opplysninger mangler"},
		{"several", plural, []any{21}, "21 opplysninger mangler"},
		{"a number that is one", plural, []any{Number(millionth)}, "1 opplysning mangler"},
		{"one and a half", plural, []any{Number(millionth * 3 / 2)}, "1,5 opplysninger mangler"},
		{"a text is never one", plural, []any{"1"}, "1 opplysninger mangler"},
		{"an empty form", "fil{1||er}", []any{1}, "fil"},
		{"large counts are grouped", "{1}", []any{150000}, "150\u00a0000"},
		{"a day", "{1}", []any{Date(0)}, "1.1.1970"},
		{"a message", "{1}!", []any{M("list.or", "a", "b")}, "a eller b!"},
		{"a message without a text", "{1}!", []any{M("no.such", "a", 2)}, "no.such a 2!"},
		{"the empty message", "({1})", []any{Message{}}, "()"},
		{"something that words itself", "{1}", []any{time.March}, "March"},
		{"an argument that is lacking", "{1} {3}", []any{"a", "b"}, "a {3}"},
		{"no number", "{} {x} {0} {-1} { 1}", []any{"a"}, "{} {x} {0} {-1} { 1}"},
		{"a brace that is not closed", "a {1", []any{"b"}, "a {1"},
		{"a closing brace alone", "a } {1}", []any{"b"}, "a } b"},
	}
	p := printers(t)[Bokmal]
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := p.Fill(test.template, test.args...); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// What comes from a file can look like a placeholder and stays text.
func TestArgumentsAreNotFilledAgain(t *testing.T) {
	p := printers(t)[Bokmal]
	hostile := "{1}{2}{3}{1|a|b}{"
	for name, got := range map[string]string{
		"text":        p.Fill("{1}/{2}", hostile, "x"),
		"in a list":   p.Fill("{1}/{2}", Series{hostile}, "x"),
		"a message's": p.Fill("{1}/{2}", M("list.and", hostile, "y"), "x"),
	} {
		if !strings.HasPrefix(got, hostile) || !strings.HasSuffix(got, "/x") {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestLists(t *testing.T) {
	tests := []struct {
		name  string
		parts []any
		and   string
		or    string
	}{
		{"nothing", nil, "", ""},
		{"one", []any{"a"}, "a", "a"},
		{"two", []any{"a", "b"}, "a og b", "a eller b"},
		{"three", []any{"a", "b", "c"}, "a, b og c", "a, b eller c"},
		{"of numbers", []any{1, Number(millionth / 2)}, "1 og 0,5", "1 eller 0,5"},
		{"in lists", []any{"a", Alternatives{"b", "c"}}, "a og b eller c", "a eller b eller c"},
	}
	p := printers(t)[Bokmal]
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := p.Word(Series(test.parts)); got != test.and {
				t.Errorf("and: %q, want %q", got, test.and)
			}
			if got := p.Word(Alternatives(test.parts)); got != test.or {
				t.Errorf("or: %q, want %q", got, test.or)
			}
		})
	}
}

func TestTextOfAnUnknownKey(t *testing.T) {
	p := printers(t)[English]
	if got := p.T("no.such_key", "a", 10000); got != "no.such_key a 10\u00a0000" {
		t.Errorf("got %q: nothing of a message may be lost", got)
	}
	if p.Has("no.such_key") || !p.Has("list.and") {
		t.Error("Has is wrong")
	}
	if got := p.Text(Message{}); got != "" {
		t.Errorf("the empty message is %q", got)
	}
}

// FuzzFill: no template makes Fill fail, and what an argument says stands in
// the output as it is, as often as the template names it.
func FuzzFill(f *testing.F) {
	f.Add("fant «{1}»", "a")
	f.Add("{1} {1|opplysning|opplysninger}", "{1}")
	f.Add("{2}{{1}}{", "{")
	p := printers(f)[Bokmal]
	f.Fuzz(func(t *testing.T, template, argument string) {
		filled := p.Fill(template, argument)
		if !strings.Contains(template, "{") && filled != template {
			t.Errorf("without a placeholder %q became %q", template, filled)
		}
		if pieces := strings.Split(template, "{1}"); !slices.ContainsFunc(pieces, func(s string) bool { return strings.Contains(s, "{") }) {
			if want := strings.Join(pieces, argument); filled != want {
				t.Errorf("%q with %q became %q, want %q", template, argument, filled, want)
			}
		}
	})
}

// FuzzNumber: a number is read back from its digits in every language, and a
// day from its date.
func FuzzNumber(f *testing.F) {
	for _, seed := range []int64{0, 1, -1, 9999, 10_000, millionth, -millionth / 2, 1_500_000 * millionth, math.MaxInt64, math.MinInt64} {
		f.Add(seed)
	}
	all, grouped := printers(f), regexp.MustCompile(`^−?(\d{1,4}|\d{1,3}(\x{a0}\d{3})+)$`)
	f.Fuzz(func(t *testing.T, n int64) {
		for language, p := range all {
			comma, layout := ",", "2.1.2006"
			if language == English {
				comma, layout = ".", "2 January 2006"
			}
			written := p.Number(n)
			whole, fraction, _ := strings.Cut(written, comma)
			digits := strings.NewReplacer("\u00a0", "", "−", "-").Replace(whole) + fraction + strings.Repeat("0", max(0, Decimals-len(fraction)))
			if got, err := strconv.ParseInt(digits, 10, 64); err != nil || got != n || !grouped.MatchString(whole) {
				t.Errorf("%s: %d is written %q, which is %d, %v", language, n, written, got, err)
			}
			day := n % 2_900_000 // up to the year 9909
			if day < 0 {
				day %= 700_000 // down to the year 54
			}
			if got, err := time.Parse(layout, p.Date(day)); err != nil || got.Unix() != day*24*60*60 {
				t.Errorf("%s: day %d is written %q, %v", language, day, p.Date(day), err)
			}
		}
	})
}
