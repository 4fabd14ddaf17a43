package i18n

// Codes gives the message's arguments for saved results: texts and numbers as
// they are, messages as an object with their code and their own arguments,
// lists as lists, and what words itself in all languages.
func (m Message) Codes() []any { return new(Coder).Codes(m) }

// Coder gives the codes of many messages. It keeps what words arguments in all
// languages, which takes far longer to load than to use. The zero value is
// ready; it is not for use by several at once.
type Coder struct{ printers []*Printer }

// Codes gives a message's arguments as Message.Codes does.
func (c *Coder) Codes(m Message) []any { return c.codes(m.Args) }

func (c *Coder) codes(args []any) []any {
	coded := make([]any, len(args))
	for i, arg := range args {
		coded[i] = c.code(arg)
	}
	return coded
}

func (c *Coder) code(arg any) any {
	switch v := arg.(type) {
	case Message:
		if len(v.Args) == 0 {
			return map[string]any{"code": v.Key}
		}
		return map[string]any{"code": v.Key, "arguments": c.Codes(v)}
	case Alternatives:
		return map[string]any{"one_of": c.codes(v)}
	case Series:
		return map[string]any{"all_of": c.codes(v)}
	case Number:
		return map[string]any{"millionths": int64(v)}
	case Date:
		return map[string]any{"day": int64(v)}
	case Localizer:
		return c.inAllLanguages(v)
	case string, int:
		return v
	}
	return nil
}

// inAllLanguages words an argument in every language.
func (c *Coder) inAllLanguages(v Localizer) any {
	words := map[string]any{}
	for i, l := range Languages() {
		if i == len(c.printers) {
			p, err := New(l)
			if err != nil {
				return nil
			}
			c.printers = append(c.printers, p)
		}
		words[string(l)] = v.Localize(c.printers[i])
	}
	return words
}

// Decode makes a message of a code and arguments that Codes gave and that were
// saved as JSON.
func Decode(code string, arguments []any) Message {
	return Message{Key: code, Args: decodeAll(arguments)}
}

func decodeAll(arguments []any) []any {
	args := make([]any, len(arguments))
	for i, argument := range arguments {
		args[i] = decode(argument)
	}
	return args
}

func decode(argument any) any {
	switch v := argument.(type) {
	case float64:
		return int(v)
	case map[string]any:
		return decodeObject(v)
	case nil:
		return "…"
	}
	return argument
}

func decodeObject(object map[string]any) any {
	if code, ok := object["code"].(string); ok {
		arguments, _ := object["arguments"].([]any)
		return Decode(code, arguments)
	}
	if list, ok := object["one_of"].([]any); ok {
		return Alternatives(decodeAll(list))
	}
	if list, ok := object["all_of"].([]any); ok {
		return Series(decodeAll(list))
	}
	if n, ok := object["millionths"].(float64); ok {
		return Number(n)
	}
	if n, ok := object["day"].(float64); ok {
		return Date(n)
	}
	return words(object)
}

// words are an argument in all languages.
type words map[string]any

// Localize takes the words of the printer's language.
func (w words) Localize(p *Printer) string {
	text, _ := w[string(p.Language())].(string)
	return text
}
