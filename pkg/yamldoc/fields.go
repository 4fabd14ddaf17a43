package yamldoc

import (
	"slices"
	"strconv"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// Reader takes values out of the nodes of a file whose shape is fixed, and
// collects what is wrong with them. All methods accept a nil node, which
// stands for something left out, and give the zero value for it.
type Reader struct {
	File  *File
	Found diag.List
}

// enough is how many errors are looked for: twice as many as are shown.
const enough = 2 * diag.Limit

// Enough reports whether there are so many errors that nobody would be shown
// more: it takes long to find out for each of many what was meant.
func (r *Reader) Enough() bool {
	errors := 0
	for _, d := range r.Found {
		if d.Severity == diag.Error {
			errors++
		}
	}
	return errors >= enough
}

// Error notes a fault at the node.
func (r *Reader) Error(n *Node, message, hint i18n.Message) {
	r.Found = append(r.Found, r.File.Diagnostic(diag.Error, n, message, hint))
}

// Fields gives the values of a mapping by key. A key that is not among the
// given ones is an error that names the nearest of them.
func (r *Reader) Fields(n *Node, keys ...string) map[string]*Node {
	fields := map[string]*Node{}
	for _, pair := range r.Pairs(n) {
		if !slices.Contains(keys, pair.Key.Value) {
			if r.Enough() {
				continue
			}
			r.Error(pair.Key, i18n.M("fields.unknown_key", diag.Clean(pair.Key.Value)), NearestHint(pair.Key.Value, keys))
			continue
		}
		fields[pair.Key.Value] = pair.Value
	}
	return fields
}

// maxListed is how long names may be together, in bytes, to be listed in a hint.
const maxListed = 2000

// NearestHint proposes the nearest name, or lists the names where none is near;
// there is no hint where they are too many to be read.
func NearestHint(name string, names []string) i18n.Message {
	if nearest, ok := Nearest(name, names); ok {
		return i18n.M("fields.did_you_mean", nearest)
	}
	list, length := make(i18n.Alternatives, len(names)), 0
	for i, n := range names {
		list[i] = n
		length += len(n)
	}
	if len(names) == 0 || length > maxListed {
		return i18n.Message{}
	}
	return i18n.M("fields.use_one_of", list)
}

// Require notes an error at the node that holds the fields for each key that
// is not there.
func (r *Reader) Require(n *Node, fields map[string]*Node, keys ...string) {
	for _, key := range keys {
		if n != nil && (fields[key] == nil || fields[key].Null) {
			r.Error(n, i18n.M("fields.missing_key", key), i18n.M("fields.add_key", key))
		}
	}
}

// Pairs gives the pairs of a mapping in the order of the file.
func (r *Reader) Pairs(n *Node) []Pair {
	if n == nil || n.Null {
		return nil
	}
	if n.Kind != Mapping {
		r.Error(n, i18n.M("fields.wrong_shape", shape(n), i18n.M("fields.mapping")), i18n.M("fields.mapping_hint"))
		return nil
	}
	return n.Pairs
}

// Items gives the items of a list.
func (r *Reader) Items(n *Node) []*Node {
	if n == nil || n.Null {
		return nil
	}
	if n.Kind != List {
		r.Error(n, i18n.M("fields.wrong_shape", shape(n), i18n.M("fields.list")), i18n.M("fields.list_hint"))
		return nil
	}
	return n.Items
}

// Text gives the text of a scalar.
func (r *Reader) Text(n *Node) string {
	if n == nil || n.Null {
		return ""
	}
	if n.Kind != Scalar {
		r.Error(n, i18n.M("fields.wrong_shape", shape(n), i18n.M("fields.text")), i18n.Message{})
		return ""
	}
	return n.Value
}

// Texts gives the texts of a list of scalars.
func (r *Reader) Texts(n *Node) []string {
	var texts []string
	for _, item := range r.Items(n) {
		texts = append(texts, r.Text(item))
	}
	return texts
}

// OneOf gives the place of the scalar's text among the names, and -1 for a
// node left out or an error.
func (r *Reader) OneOf(n *Node, names []string) int {
	if n == nil || n.Null {
		return -1
	}
	i := slices.Index(names, r.Text(n))
	if i < 0 && n.Kind == Scalar {
		r.Error(n, i18n.M("fields.unknown_value", diag.Clean(n.Value)), NearestHint(n.Value, names))
	}
	return i
}

// Flag reads yes or no.
func (r *Reader) Flag(n *Node) bool { return r.OneOf(n, []string{"no", "yes"}) == 1 }

// Whole reads a whole number from least to most.
func (r *Reader) Whole(n *Node, least, most int) int {
	if n == nil || n.Null {
		return 0
	}
	text := r.Text(n)
	number, err := strconv.Atoi(text)
	if n.Kind == Scalar && (err != nil || number < least || number > most || strconv.Itoa(number) != text) {
		r.Error(n, i18n.M("fields.not_whole", diag.Clean(text), least, most), i18n.Message{})
		return 0
	}
	return number
}

func shape(n *Node) i18n.Message {
	switch n.Kind {
	case List:
		return i18n.M("fields.list")
	case Mapping:
		return i18n.M("fields.mapping")
	}
	return i18n.M("fields.text")
}
