package i18n

// Codes gives the message's arguments for saved results: texts and numbers as
// they are, messages as an object with their code and their own arguments,
// lists as lists, and what words itself in all languages.
func (m Message) Codes() []any { return codes(m.Args) }

func codes(args []any) []any {
	coded := make([]any, len(args))
	for i, arg := range args {
		coded[i] = code(arg)
	}
	return coded
}

func code(arg any) any {
	switch v := arg.(type) {
	case Message:
		if len(v.Args) == 0 {
			return map[string]any{"code": v.Key}
		}
		return map[string]any{"code": v.Key, "arguments": v.Codes()}
	case Alternatives:
		return map[string]any{"one_of": codes(v)}
	case Series:
		return map[string]any{"all_of": codes(v)}
	case Number:
		return map[string]any{"millionths": int64(v)}
	case Date:
		return map[string]any{"day": int64(v)}
	case Localizer:
		return inAllLanguages(v)
	case string, int:
		return v
	}
	return nil
}

// inAllLanguages words an argument in every language.
func inAllLanguages(v Localizer) any {
	words := map[string]any{}
	for _, l := range Languages() {
		p, err := New(l)
		if err != nil {
			return nil
		}
		words[string(l)] = v.Localize(p)
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
