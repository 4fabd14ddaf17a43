package fact

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// decimal is a number as written: digits divided by ten to the power decimals.
type decimal struct {
	digits   int64
	decimals int
	// dotted says that one dot stands before exactly three digits, so that
	// "1.500" can be one and a half or fifteen hundred.
	dotted bool
}

// decimal reads a number where the reader stands.
func (r *valueReader) decimal() (decimal, *Fault) {
	negative := false
	rest := r.rest()
	switch {
	case strings.HasPrefix(rest, "+") && startsWithDigit(rest[1:]):
		return decimal{}, r.fault("fact.number_plus")
	case strings.HasPrefix(rest, "-") && startsWithDigit(rest[1:]):
		if r.definition.Min >= 0 {
			return decimal{}, r.fault("fact.number_negative")
		}
		negative = true
		r.at++
	case strings.HasPrefix(rest, "."):
		return decimal{}, r.fault("fact.number_notation")
	case !startsWithDigit(rest):
		return decimal{}, r.notAValue()
	}
	written := numeral(r.rest())
	r.at += len(written)
	if wordWithDigit(r.rest()) {
		return decimal{}, r.fault("fact.number_notation")
	}
	number, fault := r.readNumeral(written)
	if negative {
		number.digits = -number.digits
	}
	return number, fault
}

// numeral is the longest start of the text of digits and of signs between
// digits, also of signs that no number has, so that a fault can name them.
func numeral(text string) string {
	end := 0
	for i := range len(text) {
		switch {
		case isDigit(text[i]):
			end = i + 1
		case strings.IndexByte(" .,_:'/", text[i]) >= 0 && startsWithDigit(text[i+1:]):
		default:
			return text[:end]
		}
	}
	return text[:end]
}

// wordWithDigit reports whether the text starts with a word that holds a
// digit: what follows the number in "1e5" and "0x10".
func wordWithDigit(text string) bool {
	if text == "" || text[0] == ' ' {
		return false
	}
	word := text
	if end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }); end >= 0 {
		word = text[:end]
	}
	return strings.ContainsAny(word, "0123456789")
}

// readNumeral reads digits with their signs, as far as they can be read in
// just one way.
func (r *valueReader) readNumeral(written string) (decimal, *Fault) {
	switch {
	case strings.Contains(written, "_"):
		return decimal{}, r.fault("fact.number_underscore")
	case strings.Contains(written, ":"):
		return decimal{}, r.fault("fact.number_colon")
	case strings.ContainsAny(written, "'/"):
		return decimal{}, r.fault("fact.number_notation")
	}
	whole, fraction, comma := strings.Cut(written, ",")
	if strings.ContainsAny(fraction, ",.") {
		return decimal{}, r.fault("fact.number_commas")
	}
	dotted := false
	if left, right, dot := strings.Cut(whole, "."); dot && !comma && !strings.Contains(right, ".") {
		dotted = len(right) == 3 && len(left) <= 3 && left != "0"
		// "1 500.000" mixes two ways to part thousands.
		if !dotted && len(right) == 3 && strings.Contains(left, " ") {
			return decimal{}, r.fault("fact.number_groups")
		}
		whole, fraction = left, right
	}
	if !inGroups(whole) || strings.Contains(fraction, " ") {
		return decimal{}, r.fault("fact.number_groups")
	}
	if len(whole) > 1 && whole[0] == '0' {
		return decimal{}, r.fault("fact.number_leading_zero")
	}
	if !dotted {
		fraction = strings.TrimRight(fraction, "0")
	}
	number := decimal{decimals: len(fraction), dotted: dotted}
	for _, part := range [...]string{whole, fraction} {
		if !number.add(part) {
			return decimal{}, r.tooLong(number, whole)
		}
	}
	return number, nil
}

// tooLong says why the digits do not fit: too many decimals, or too large.
func (r *valueReader) tooLong(number decimal, whole string) *Fault {
	const mostDigits = 18
	if len(whole) <= mostDigits && number.decimals > 0 {
		return r.decimalsFault()
	}
	return r.fault("fact.number_size")
}

// add appends digits, and reports whether they fit.
func (n *decimal) add(digits string) bool {
	for i := range len(digits) {
		if !isDigit(digits[i]) {
			continue
		}
		if n.digits > (math.MaxInt64-9)/10 {
			return false
		}
		n.digits = 10*n.digits + int64(digits[i]-'0')
	}
	return true
}

// inGroups reports whether a whole number has no separators, or all of one
// kind with one to three digits before the first and three after each.
func inGroups(whole string) bool {
	separator := strings.IndexAny(whole, " .")
	if separator < 0 {
		return true
	}
	if separator > 3 || (len(whole)-separator)%4 != 0 {
		return false
	}
	for i := separator; i < len(whole); i++ {
		if between := (i-separator)%4 == 0; between && whole[i] != whole[separator] || !between && !isDigit(whole[i]) {
			return false
		}
	}
	return true
}

func firstRune(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

func startsWithDigit(text string) bool { return text != "" && isDigit(text[0]) }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
