package yamldoc

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// converter turns the library's tree of one document into ours. Nodes, items
// and pairs are taken from three slabs whose sizes are counted first.
type converter struct {
	file *File
	// before is how many lines come before the document.
	before int
	nodes  []Node
	items  []*Node
	pairs  []Pair
	// names is room for the keys of one mapping while they are compared.
	names []string
	found diag.List
	at    cursor
}

// cursor is a place in the text, known by line and column and by byte, with
// the byte at which its line ends.
type cursor struct {
	line, column, offset, end int
}

// convert gives our tree, and nil where a limit is exceeded that bounds it.
func (f *File) convert(root *yaml.Node, p part) (*Node, diag.List) {
	var s size
	c := converter{file: f, before: p.line - 1, at: cursor{line: -1}}
	if !s.add(root, 1) {
		c.refuse(c.locate(s.node), s.message, s.hint)
		return nil, c.found
	}
	c.nodes = make([]Node, s.nodes)
	c.items = make([]*Node, s.items)
	c.pairs = make([]Pair, s.pairs)
	return c.convert(root), c.found
}

// size is how much a tree holds.
type size struct {
	nodes, items, pairs int
	// node is where a limit is exceeded, with what to say about it.
	node          *yaml.Node
	message, hint i18n.Message
}

// add counts a tree and reports whether it keeps to the limits. At the first
// that is exceeded it stops.
func (s *size) add(n *yaml.Node, depth int) bool {
	s.nodes++
	switch {
	case s.nodes > MaxNodes:
		s.node, s.message, s.hint = n, i18n.M("yamldoc.too_many_nodes", MaxNodes), i18n.M("yamldoc.too_many_nodes_hint")
		return false
	case n.Kind == yaml.MappingNode:
		s.pairs += len(n.Content) / 2
	case n.Kind == yaml.SequenceNode:
		s.items += len(n.Content)
	default:
		return true
	}
	if depth > MaxDepth {
		s.node, s.message, s.hint = n, i18n.M("yamldoc.too_deep", MaxDepth), i18n.M("yamldoc.too_deep_hint")
		return false
	}
	for _, child := range n.Content {
		if !s.add(child, depth+1) {
			return false
		}
	}
	return true
}

func (c *converter) refuse(n *Node, message, hint i18n.Message) {
	c.found = append(c.found, c.file.Diagnostic(diag.Error, n, message, hint))
}

// locate makes a node that has nothing yet but its place.
func (c *converter) locate(from *yaml.Node) *Node {
	n := &Node{}
	c.place(n, from)
	return n
}

// convert gives our node for one of the library's, parts and all.
func (c *converter) convert(from *yaml.Node) *Node {
	n := &c.nodes[0]
	c.nodes = c.nodes[1:]
	c.place(n, from)
	c.property(n, from)
	switch from.Kind {
	case yaml.MappingNode:
		c.mapping(n, from)
	case yaml.SequenceNode:
		c.list(n, from)
	case yaml.ScalarNode:
		c.scalar(n, from)
	default:
		n.Null = true
	}
	return n
}

// place finds line, column and byte; a column behind the line's end becomes its
// end. Most nodes come in the order of the text,
// so the way from the last one is short.
func (c *converter) place(n *Node, from *yaml.Node) {
	line := min(from.Line+c.before, len(c.file.starts))
	at := c.at
	if line != at.line || from.Column < at.column {
		at = cursor{line: line, column: 1}
		at.offset, at.end = c.file.bounds(line)
	}
	for text := c.file.text[:at.end]; at.column < from.Column && at.offset < len(text); at.column++ {
		at.offset++
		for at.offset < len(text) && !utf8.RuneStart(text[at.offset]) {
			at.offset++
		}
	}
	c.at = at
	n.Line, n.Column, n.Width, n.Offset = line, at.column, 1, at.offset
}

// rest is what follows on the line of the node that was placed last.
func (c *converter) rest() string { return c.file.text[c.at.offset:c.at.end] }

// property refuses what YAML can hang on a value: anchors, references to them
// and tags. Only "!!str", which says what a text is anyway, is let through, and
// only as it is mostly written.
func (c *converter) property(n *Node, from *yaml.Node) {
	var message i18n.Message
	switch {
	case from.Kind == yaml.AliasNode:
		message = i18n.M("yamldoc.alias", "*")
	case from.Anchor != "":
		message = i18n.M("yamldoc.anchor", "&")
	case from.Style&yaml.TaggedStyle != 0:
		if from.Kind == yaml.ScalarNode && from.Tag == "!!str" && strings.HasPrefix(c.rest(), tag) {
			return
		}
		message = i18n.M("yamldoc.tag", "!")
	case (from.Kind == yaml.ScalarNode || from.Style&yaml.FlowStyle != 0) && c.startsWith(n, '!'):
		// The library drops a lone "!" without a trace.
		message = i18n.M("yamldoc.tag", "!")
	default:
		return
	}
	c.refuse(n, message, i18n.M("yamldoc.property_hint"))
}

func (c *converter) startsWith(n *Node, sign byte) bool {
	return n.Offset < len(c.file.text) && c.file.text[n.Offset] == sign
}

func (c *converter) list(n *Node, from *yaml.Node) {
	n.Kind = List
	n.Items, c.items = c.items[:len(from.Content):len(from.Content)], c.items[len(from.Content):]
	for i, item := range from.Content {
		n.Items[i] = c.convert(item)
	}
}

func (c *converter) mapping(n *Node, from *yaml.Node) {
	n.Kind = Mapping
	size := len(from.Content) / 2
	n.Pairs, c.pairs = c.pairs[:size:size], c.pairs[size:]
	sound := n.Pairs[:0]
	block := from.Style&(yaml.FlowStyle|yaml.TaggedStyle) == 0 && from.Anchor == ""
	for i := range size {
		name := from.Content[2*i]
		key := c.convert(name)
		explicit := c.questioned(key)
		if block {
			explicit = key.Column != n.Column || name.Style&yaml.TaggedStyle == 0 && !c.colonAfter(key)
		}
		usable := c.key(key, name, explicit)
		if value := c.convert(from.Content[2*i+1]); usable {
			sound = append(sound, Pair{key, value})
		}
	}
	n.Pairs = sound
	c.compareKeys(n)
}

// scalar takes over a text and finds how much of its line it takes.
func (c *converter) scalar(n *Node, from *yaml.Node) {
	n.Value = from.Value
	switch {
	case from.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		n.Quoted = true
		c.quoted(n)
	case from.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		n.Quoted = true
		c.block(n)
	case from.Style&yaml.TaggedStyle != 0:
		n.Quoted = true
	default:
		n.Null = from.Tag == "!!null"
		c.plain(n, from)
	}
	if len(n.Value) > MaxText && utf8.RuneCountInString(n.Value) > MaxText {
		c.refuse(n, i18n.M("yamldoc.too_long", MaxText), i18n.M("yamldoc.too_long_hint"))
	}
}

// plain measures a text without quotation marks, and keeps the comment that
// follows it.
func (c *converter) plain(n *Node, from *yaml.Node) {
	rest := c.rest()
	if !strings.HasPrefix(rest, n.Value) {
		c.folded(n, from, strings.TrimRight(rest, " \t"))
		return
	}
	n.Width = utf8.RuneCountInString(n.Value)
	rest = rest[len(n.Value):]
	if rest == "" || rest[0] != ' ' && rest[0] != '\t' {
		return
	}
	if rest = strings.TrimLeft(rest, " \t"); strings.HasPrefix(rest, "#") {
		n.Comment = rest[1:]
	}
}

// folded measures a text without quotation marks over several lines. It warns
// of the first line that looks like an item of a list; a comment can follow
// only the last.
func (c *converter) folded(n *Node, from *yaml.Node, line string) {
	n.Width = utf8.RuneCountInString(line)
	comment, _, _ := strings.Cut(from.LineComment, "\n")
	n.Comment = strings.TrimPrefix(comment, "#")
	rest := n.Value
	for number := n.Line + 1; strings.HasPrefix(rest, line) && number <= c.file.Lines(); number++ {
		rest = strings.TrimLeft(rest[len(line):], " \n")
		text := c.file.Line(number)
		line = strings.Trim(text, " \t")
		if strings.HasPrefix(line, "- ") && strings.HasPrefix(rest, "- ") {
			column := strings.Index(text, line) + 1
			c.found = append(c.found, c.file.at(diag.Warning, number, column, 1,
				i18n.M("yamldoc.folded_dash"), i18n.M("yamldoc.folded_dash_hint")))
			return
		}
	}
}

// quoted measures a text in quotation marks as far as its first line goes, and
// refuses characters that an escape like "\e" would smuggle in.
func (c *converter) quoted(n *Node) {
	line := c.rest()
	if written := len(n.Value) + 2; len(line) >= written && line[1:written-1] == n.Value && line[0] == line[written-1] {
		n.Width = utf8.RuneCountInString(n.Value) + 2
		return
	}
	n.Width = utf8.RuneCountInString(line[:closing(line)])
	for _, r := range n.Value {
		if fault, _ := forbidden(r); fault != "" {
			c.refuse(n, i18n.M("yamldoc.escaped", name(r)), i18n.M("yamldoc.escaped_hint"))
			return
		}
	}
}

// closing gives the byte after the mark that closes the quoted text with which
// the line begins, and the line's length where none closes it there.
func closing(line string) int {
	for i := 1; i < len(line); i++ {
		switch {
		case line[0] == '"' && line[i] == '\\':
			i++
		case line[i] != line[0]:
		case line[0] == '\'' && strings.HasPrefix(line[i+1:], "'"):
			i++
		default:
			return i + 1
		}
	}
	return len(line)
}

// block refuses a header such as ">5", which YAML takes for an indentation and
// not for a comparison, where no text follows.
func (c *converter) block(n *Node) {
	next := n.Offset + 1
	if n.Value == "" && next < len(c.file.text) && c.file.text[next] >= '1' && c.file.text[next] <= '9' {
		c.refuse(n, i18n.M("yamldoc.start", c.file.text[n.Offset:next]), i18n.M("yamldoc.quote_hint"))
	}
}
