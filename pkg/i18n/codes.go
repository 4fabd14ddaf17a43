package i18n

// Coder is an argument that can say itself in codes, for saved results.
type Coder interface {
	// Code gives texts, whole numbers, or lists and objects of them.
	Code() any
}

// Codes gives the message's arguments for saved results: texts and numbers as
// they are, messages as an object with their code and their own arguments,
// lists as lists.
func (m Message) Codes() []any {
	return codes(m.Args)
}

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
	case Coder:
		return v.Code()
	case string, int:
		return v
	}
	return nil
}
