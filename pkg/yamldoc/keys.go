package yamldoc

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"gopkg.in/yaml.v3"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// key checks one key by itself and reports whether it can be used. Keys after
// a "?" are called explicit; they are refused with those that are no texts.
func (c *converter) key(n *Node, from *yaml.Node, explicit bool) bool {
	switch {
	case from.Kind == yaml.AliasNode:
		// Refused as a reference already.
	case explicit || n.Kind != Scalar:
		c.refuse(n, i18n.M("yamldoc.complex_key"), i18n.M("yamldoc.complex_key_hint"))
	case n.Value == "<<":
		c.refuse(n, i18n.M("yamldoc.merge_key"), i18n.M("yamldoc.merge_key_hint"))
	case n.Null:
		c.refuse(n, i18n.M("yamldoc.null_name", n.Value), i18n.M("yamldoc.null_name_hint"))
	case !n.Quoted && n.Value != "" && spaced(n.Value):
		c.refuse(n, i18n.M("yamldoc.key_space", diag.Quote(strings.TrimSpace(n.Value))), i18n.M("yamldoc.space_hint"))
	default:
		return true
	}
	return false
}

// questioned reports whether a "?" stands before a key on its line.
func (c *converter) questioned(n *Node) bool {
	before := c.file.text[c.file.starts[n.Line-1]:n.Offset]
	return strings.HasSuffix(strings.TrimRight(before, " \t"), "?")
}

// colonAfter reports whether a colon follows the key that was placed last on
// its line, as it does except after a "?".
func (c *converter) colonAfter(n *Node) bool {
	if n.Kind != Scalar {
		return true
	}
	rest := c.rest()
	switch {
	case n.Quoted:
		rest = rest[closing(rest):]
	case strings.HasPrefix(rest, n.Value):
		rest = rest[len(n.Value):]
	}
	if strings.HasPrefix(rest, ":") {
		return true
	}
	return strings.HasPrefix(strings.TrimLeft(rest, " \t"), ":")
}

// spaced reports whether a key starts or ends with a blank that is none to
// YAML, such as a no-break space.
func spaced(s string) bool {
	if s[0] < utf8.RuneSelf && s[len(s)-1] < utf8.RuneSelf {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsSpace(first) || unicode.IsSpace(last)
}

// few is how many keys are compared pair by pair, which for so few is faster
// than a map.
const few = 48

// compareKeys refuses keys that are equal, and warns of those that differ only
// in case or in how their letters are composed.
func (c *converter) compareKeys(n *Node) {
	if len(n.Pairs) > MaxKeys {
		c.refuse(n, i18n.M("yamldoc.too_many_keys", MaxKeys), i18n.M("yamldoc.too_many_keys_hint"))
		return
	}
	if cap(c.names) < len(n.Pairs) {
		c.names = make([]string, 0, max(len(n.Pairs), few))
	}
	c.names = c.names[:0]
	for _, pair := range n.Pairs {
		c.names = append(c.names, fold(pair.Key.Value))
	}
	if len(n.Pairs) <= few {
		c.compareFew(n.Pairs)
	} else {
		c.compareMany(n.Pairs)
	}
}

func (c *converter) compareFew(pairs []Pair) {
	for i := range pairs {
		equal, similar := -1, -1
		for j := i - 1; j >= 0; j-- {
			if c.names[i] != c.names[j] {
				continue
			}
			similar = j
			if pairs[i].Key.Value == pairs[j].Key.Value {
				equal = j
			}
		}
		c.report(pairs, i, equal, similar)
	}
}

func (c *converter) compareMany(pairs []Pair) {
	values, names := make(map[string]int, len(pairs)), make(map[string]int, len(pairs))
	for i := range pairs {
		equal, similar := first(values, pairs[i].Key.Value, i), first(names, c.names[i], i)
		c.report(pairs, i, equal, similar)
	}
}

// first gives the place at which a name was met before, -1 where it is new.
func first(places map[string]int, name string, i int) int {
	place, known := places[name]
	if !known {
		places[name] = i
		return -1
	}
	return place
}

func (c *converter) report(pairs []Pair, i, equal, similar int) {
	key := pairs[i].Key
	switch {
	case equal >= 0:
		c.refuse(key, i18n.M("yamldoc.duplicate_key", diag.Quote(key.Value), strconv.Itoa(pairs[equal].Key.Line)),
			i18n.M("yamldoc.duplicate_key_hint"))
	case similar >= 0:
		other := pairs[similar].Key
		c.found = append(c.found, c.file.Diagnostic(diag.Warning, key,
			i18n.M("yamldoc.similar_key", diag.Quote(key.Value), diag.Quote(other.Value), strconv.Itoa(other.Line)),
			i18n.M("yamldoc.similar_key_hint")))
	}
}

// fold makes names equal that differ only in case or composition. Most are
// lower-case ASCII and stay the same text.
func fold(name string) string {
	for i := range len(name) {
		switch c := name[i]; {
		case c >= utf8.RuneSelf:
			return strings.ToLower(norm.NFC.String(name))
		case c >= 'A' && c <= 'Z':
			return strings.ToLower(name)
		}
	}
	return name
}
