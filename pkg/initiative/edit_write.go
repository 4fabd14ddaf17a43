package initiative

import (
	"cmp"
	"strings"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// field is a key of an entry with its value.
type field struct {
	key   string
	texts []string
	list  bool
	// quoted puts the text in quotation marks even where it needs none: reasons
	// are read and mended by people, who then may write a colon.
	quoted bool
}

// fields are what a change writes, in the order in which it stands in a file.
func (c Change) fields() []field {
	var all []field
	if len(c.Value.Texts) > 0 {
		key := cmp.Or(c.Value.Key, "value")
		if c.Rule != "" {
			key = "outcome"
		}
		all = append(all, field{key: key, texts: c.Value.Texts, list: c.Value.List})
	}
	if c.Because != "" {
		all = append(all, field{key: "because", texts: []string{c.Because}, quoted: true})
	}
	if c.Source != "" {
		all = append(all, field{key: "source", texts: []string{c.Source}, quoted: true})
	}
	return all
}

// short reports whether the change can be written behind the fact's name alone.
func (c Change) short() bool {
	return c.Rule == "" && len(c.Value.Texts) > 0 && c.Value.Key == "" && c.Because == "" && c.Source == ""
}

// inline writes the field's value on one line.
func (f field) inline(flow bool) string {
	switch {
	case f.list:
		items := make([]string, len(f.texts))
		for i, text := range f.texts {
			items[i] = yamldoc.Plain(text, true)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case f.quoted:
		return yamldoc.Quoted(f.texts[0])
	}
	return yamldoc.Plain(f.texts[0], flow)
}

// items writes a list's items on lines of their own.
func (f field) items(indent string) []string {
	lines := make([]string, len(f.texts))
	for i, text := range f.texts {
		lines[i] = indent + "- " + yamldoc.Plain(text, false)
	}
	return lines
}

// lines writes the field as a key with its value.
func (f field) lines(indent, step string) []string {
	if f.list {
		return append([]string{indent + f.key + ":"}, f.items(indent+step)...)
	}
	return []string{indent + f.key + ": " + f.inline(false)}
}

// writeEntry writes a change as an entry of its own, under a name.
func writeEntry(name string, c Change, indent, step string) []string {
	if c.short() {
		one := c.fields()[0]
		one.key = name
		return one.lines(indent, step)
	}
	lines := []string{indent + name + ":"}
	for _, f := range c.fields() {
		lines = append(lines, f.lines(indent+step, step)...)
	}
	return lines
}

// writeFlow writes a change as an entry within brackets.
func writeFlow(name string, c Change) string {
	if c.short() {
		return name + ": " + c.fields()[0].inline(true)
	}
	return name + ": {" + flowFields(c.fields()) + "}"
}

func flowFields(fields []field) string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.key + ": " + f.inline(true)
	}
	return strings.Join(parts, ", ")
}
