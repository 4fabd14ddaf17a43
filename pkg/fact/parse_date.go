package fact

import (
	"strings"
	"time"

	"github.com/ks-no/ksdev/pkg/i18n"
)

var monthNames = [...]phrase[time.Month]{
	{"januar", time.January}, {"january", time.January}, {"jan", time.January},
	{"februar", time.February}, {"february", time.February}, {"feb", time.February},
	{"mars", time.March}, {"march", time.March}, {"mar", time.March},
	{"april", time.April}, {"apr", time.April},
	{"mai", time.May}, {"may", time.May},
	{"juni", time.June}, {"june", time.June}, {"jun", time.June},
	{"juli", time.July}, {"july", time.July}, {"jul", time.July},
	{"august", time.August}, {"aug", time.August},
	{"september", time.September}, {"sept", time.September}, {"sep", time.September},
	{"oktober", time.October}, {"october", time.October}, {"okt", time.October}, {"oct", time.October},
	{"november", time.November}, {"nov", time.November},
	{"desember", time.December}, {"december", time.December}, {"des", time.December}, {"dec", time.December},
}

// calendarDay is a day as it is written; it may not exist.
type calendarDay struct {
	year  int
	month time.Month
	day   int
}

// number is the day's number from 1 January 1970, and whether it exists.
func (c calendarDay) number() (int64, bool) {
	t := time.Date(c.year, c.month, c.day, 0, 0, 0, 0, time.UTC)
	const secondsOfDay = 24 * 60 * 60
	return t.Unix() / secondsOfDay, t.Month() == c.month && t.Day() == c.day
}

func (c calendarDay) date() i18n.Date {
	day, _ := c.number()
	return i18n.Date(day)
}

// dateOperand reads one date.
func (r *valueReader) dateOperand() (operand, *Fault) {
	if r.isRough() {
		return operand{}, r.fault("fact.rough")
	}
	date, rest, ok := calendarDate(r.rest())
	if !ok {
		return operand{}, r.dateFault()
	}
	day, exists := date.number()
	if !exists {
		return operand{}, r.fault("fact.date_impossible")
	}
	r.at = len(r.words) - len(rest)
	r.blank()
	tail, _ := takePhrase(r, sideTails[:])
	return operand{day: day, side: tail, unit: plainUnit()}, nil
}

// calendarDate reads a date in one of its three forms.
func calendarDate(text string) (date calendarDay, rest string, ok bool) {
	iso := dateReader{rest: text, fits: true}
	if date = isoDate(&iso); iso.ends() {
		return date, iso.rest, true
	}
	dotted := dateReader{rest: text, fits: true}
	if date = dottedDate(&dotted); dotted.ends() {
		return date, dotted.rest, true
	}
	named := dateReader{rest: text, fits: true}
	date = namedDate(&named)
	return date, named.rest, named.ends()
}

// dateReader takes parts off the front of a date for as long as they fit.
type dateReader struct {
	rest string
	fits bool
}

func isoDate(r *dateReader) calendarDay {
	year := r.digits(4, 4)
	r.sign("-")
	month := r.digits(1, 2)
	r.sign("-")
	return calendarDay{year, time.Month(month), r.digits(1, 2)}
}

func dottedDate(r *dateReader) calendarDay {
	day := r.digits(1, 2)
	r.sign(".")
	r.optional(" ")
	month := r.digits(1, 2)
	r.sign(".")
	r.optional(" ")
	return calendarDay{r.digits(4, 4), time.Month(month), day}
}

func namedDate(r *dateReader) calendarDay {
	day := r.digits(1, 2)
	r.optional(".")
	r.optional(" ")
	month := r.month()
	r.optional(".")
	r.optional(" ")
	return calendarDay{r.digits(4, 4), month, day}
}

// ends reports whether all parts fit, and no digit follows them.
func (r *dateReader) ends() bool { return r.fits && !startsWithDigit(r.rest) }

// digits takes a number of least to most digits.
func (r *dateReader) digits(least, most int) int {
	n, width := 0, 0
	for width < most && startsWithDigit(r.rest[width:]) {
		n = 10*n + int(r.rest[width]-'0')
		width++
	}
	r.fits = r.fits && width >= least
	r.rest = r.rest[width:]
	return n
}

func (r *dateReader) sign(sign string) {
	rest, ok := strings.CutPrefix(r.rest, sign)
	r.fits = r.fits && ok
	r.rest = rest
}

func (r *dateReader) optional(sign string) { r.rest = strings.TrimPrefix(r.rest, sign) }

func (r *dateReader) month() time.Month {
	word := &valueReader{words: r.rest}
	month, ok := takePhrase(word, monthNames[:])
	r.fits = r.fits && ok
	r.rest = word.rest()
	return month
}

// dateFault says why there is no date: a year or month without a day, a year
// of two digits, no year, or something else.
func (r *valueReader) dateFault() *Fault {
	rest := r.rest()
	for _, form := range [...]func(*dateReader) (first, last calendarDay){yearsAlone, monthAlone} {
		reader := &dateReader{rest: rest, fits: true}
		if first, last := form(reader); reader.fits && reader.rest == "" {
			return r.fault("fact.date_period", first.date(), last.date())
		}
	}
	short := &dateReader{rest: rest, fits: true}
	short.digits(1, 2)
	short.sign(".")
	short.digits(1, 2)
	short.sign(".")
	if short.digits(2, 2); short.fits && !startsWithDigit(short.rest) {
		return r.fault("fact.date_short_year")
	}
	if startsWithDigit(rest) && !hasYear(rest) {
		return r.fault("fact.date_without_year")
	}
	return r.fault("fact.value")
}

// yearsAlone reads a year, or the first and the last of several.
func yearsAlone(r *dateReader) (first, last calendarDay) {
	from := r.digits(4, 4)
	to := from
	if r.rest != "" {
		r.optional(" ")
		r.sign("-")
		r.optional(" ")
		to = r.digits(4, 4)
	}
	return calendarDay{from, time.January, 1}, calendarDay{to, time.December, 31}
}

// monthAlone reads a month by its name, and a year.
func monthAlone(r *dateReader) (first, last calendarDay) {
	month := r.month()
	r.optional(".")
	r.optional(" ")
	year := r.digits(4, 4)
	return calendarDay{year, month, 1}, calendarDay{year, month + 1, 0}
}

// hasYear reports whether four digits stand together.
func hasYear(text string) bool {
	digits := 0
	for i := range len(text) {
		if digits++; !isDigit(text[i]) {
			digits = 0
		}
		if digits == 4 {
			return true
		}
	}
	return false
}
