package view

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := pattern(m.name).MarshalJSON()
		if err != nil {
			return nil, err
		}
		value, err := encode(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encode writes JSON on one line, with "<" and "&" as they are.
func encode(value any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// pattern is a regular expression. Many of its characters are not seen or look
// like others, so all beyond ASCII are written as codes.
type pattern string

// MarshalJSON writes the expression in ASCII.
func (p pattern) MarshalJSON() ([]byte, error) {
	text, err := encode(string(p))
	if err != nil {
		return nil, err
	}
	var b []byte
	for _, r := range string(text) {
		switch {
		case r < utf8.RuneSelf:
			b = append(b, byte(r))
		case r > 0xFFFF:
			first, second := utf16.EncodeRune(r)
			b = appendCode(appendCode(b, first), second)
		default:
			b = appendCode(b, r)
		}
	}
	return b, nil
}

func appendCode(b []byte, r rune) []byte {
	const base, digits = 16, 4
	code := strconv.FormatInt(int64(r), base)
	return append(append(append(b, `\u`...), strings.Repeat("0", digits-len(code))...), code...)
}

// plain is what an editor takes an unquoted text for, by the core schema of
// YAML 1.2: a boolean, a number or the text itself. Infinity and what is not a
// number stay texts, since JSON has no such numbers.
func plain(text string) any {
	switch {
	case slices.Contains([]string{"true", "True", "TRUE"}, text):
		return true
	case slices.Contains([]string{"false", "False", "FALSE"}, text):
		return false
	}
	const octal, hexadecimal, bits = 8, 16, 64
	for prefix, base := range map[string]int{"0o": octal, "0x": hexadecimal} {
		if digits, ok := strings.CutPrefix(text, prefix); ok && !strings.ContainsAny(digits, "+-") {
			if n, err := strconv.ParseUint(digits, base, bits); err == nil {
				return float64(n)
			}
		}
	}
	if strings.Trim(text, "0123456789+-.eE") != "" {
		return text
	}
	if n, err := strconv.ParseFloat(text, bits); err == nil {
		return n
	}
	return text
}
