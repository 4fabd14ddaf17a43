package i18n

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

//go:embed text
var texts embed.FS

// Printer words messages in one language. It is safe for concurrent use.
type Printer struct {
	language  Language
	templates map[string]string
}

// New loads the texts of a language. It fails only where the texts built into
// the program are broken, which a test rules out.
func New(l Language) (*Printer, error) {
	templates, err := load(l)
	if err != nil {
		return nil, err
	}
	return &Printer{language: l, templates: templates}, nil
}

func load(l Language) (map[string]string, error) {
	folder := path.Join("text", string(l))
	entries, err := texts.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("texts of %q: %w", l, err)
	}
	all := map[string]string{}
	for _, entry := range entries {
		data, err := texts.ReadFile(path.Join(folder, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("texts of %q: %w", l, err)
		}
		var topic map[string]string
		if err := json.Unmarshal(data, &topic); err != nil {
			return nil, fmt.Errorf("texts of %q: %s: %w", l, entry.Name(), err)
		}
		for key, template := range topic {
			if _, twice := all[key]; twice {
				return nil, fmt.Errorf("texts of %q: %s: %q is given twice", l, entry.Name(), key)
			}
			all[key] = template
		}
	}
	return all, nil
}

// Language is the language that the printer words in.
func (p *Printer) Language() Language { return p.language }

// Has reports whether there is a template for the key.
func (p *Printer) Has(key string) bool { _, ok := p.templates[key]; return ok }

// T words the template of the key with the arguments.
func (p *Printer) T(key string, args ...any) string { return p.Text(M(key, args...)) }

// Text words a message. A key without a template comes out as the key itself
// with its arguments, so that nothing is lost.
func (p *Printer) Text(m Message) string {
	if m.IsZero() {
		return ""
	}
	template, ok := p.templates[m.Key]
	if !ok {
		words := []string{m.Key}
		for _, arg := range m.Args {
			words = append(words, p.Word(arg))
		}
		return strings.Join(words, " ")
	}
	return p.Fill(template, m.Args...)
}

// Fill puts arguments into a template. Arguments are never searched for
// braces, so text from a file cannot become a placeholder.
func (p *Printer) Fill(template string, args ...any) string {
	if !strings.Contains(template, "{") {
		return template
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		inner, after, closed := strings.Cut(rest, "}")
		if !closed {
			b.WriteString("{" + rest)
			return b.String()
		}
		b.WriteString(p.placeholder(inner, args))
		template = after
	}
}

func (p *Printer) placeholder(inner string, args []any) string {
	number, forms, plural := strings.Cut(inner, "|")
	i, err := strconv.Atoi(number)
	if err != nil || i < 1 || i > len(args) {
		return "{" + inner + "}"
	}
	if !plural {
		return p.Word(args[i-1])
	}
	one, other, _ := strings.Cut(forms, "|")
	if p.isOne(args[i-1]) {
		return one
	}
	return other
}

// Word words one argument.
func (p *Printer) Word(arg any) string {
	switch v := arg.(type) {
	case string:
		return v
	case Message:
		return p.Text(v)
	case Localizer:
		return v.Localize(p)
	case int:
		return p.Number(int64(v) * millionth)
	case fmt.Stringer:
		return v.String()
	}
	return fmt.Sprint(arg)
}

const millionth = 1_000_000

// isOne says whether a count takes the form for one, by the plural rules of
// the Unicode CLDR: in Norwegian and English only 1 itself.
func (p *Printer) isOne(arg any) bool {
	var n int64
	switch v := arg.(type) {
	case int:
		n = int64(v)
	case Number:
		if v%millionth != 0 {
			return false
		}
		n = int64(v) / millionth
	default:
		return false
	}
	if n < 0 {
		n = -n
	}
	tag := language.Make(string(p.language))
	return plural.Cardinal.MatchPlural(tag, int(n), 0, 0, 0, 0) == plural.One
}

// Number writes a number of millionths, whole digits in groups of three from
// five digits up (as Norwegian and English typography both allow).
func (p *Printer) Number(millionths int64) string {
	const group = "\u00a0"
	comma := ","
	if p.language == English {
		comma = "."
	}
	sign := ""
	if millionths < 0 {
		sign = "−"
	}
	whole, fraction := abs(millionths)/millionth, abs(millionths)%millionth
	digits := strconv.FormatUint(whole, 10)
	if len(digits) > 4 {
		for i := len(digits) - 3; i > 0; i -= 3 {
			digits = digits[:i] + group + digits[i:]
		}
	}
	if fraction == 0 {
		return sign + digits
	}
	return sign + digits + comma + strings.TrimRight(fmt.Sprintf("%06d", fraction), "0")
}

func abs(n int64) uint64 {
	if n < 0 {
		return uint64(-(n + 1)) + 1
	}
	return uint64(n)
}

// Date writes a day, given as the number of days since 1 January 1970.
func (p *Printer) Date(day int64) string {
	t := time.Unix(day*24*60*60, 0).UTC()
	if p.language == English {
		return t.Format("2 January 2006")
	}
	return t.Format("2.1.2006")
}

func (p *Printer) join(parts []any, key string) string {
	words := make([]string, len(parts))
	for i, part := range parts {
		words[i] = p.Word(part)
	}
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return p.T(key, strings.Join(words[:last], ", "), words[last])
}
