package initiative

import (
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// readFacts reads facts that are written dotted ("reach.relevance: most"),
// nested ("reach:" with "relevance: most" below it), or both.
func (r *reading) readFacts(n *yamldoc.Node) {
	pairs := r.Pairs(n)
	r.initiative.Claims = make([]Claim, 0, len(pairs))
	for _, pair := range pairs {
		if r.Enough() {
			return
		}
		if strings.Contains(pair.Key.Value, ".") {
			r.readFact(pair.Key.Value, pair.Key, pair.Value)
			continue
		}
		if !r.isGroup(pair.Key.Value) {
			r.Error(pair.Key, i18n.M("initiative.unknown_fact", diag.Clean(pair.Key.Value)), r.nearestFact(pair.Key.Value))
			continue
		}
		if pair.Value.Null {
			r.warn(diag.Notice, pair.Key, i18n.M("initiative.no_value", pair.Key.Value), i18n.Message{})
		}
		for _, inner := range r.Pairs(pair.Value) {
			if r.Enough() {
				return
			}
			r.readFact(pair.Key.Value+"."+inner.Key.Value, inner.Key, inner.Value)
		}
	}
}

func (r *reading) isGroup(name string) bool {
	for _, d := range r.strategy.Facts {
		if d.Group() == name {
			return true
		}
	}
	return false
}

// nearestFact proposes a fact: by its whole path, else by its group or its
// name alone.
func (r *reading) nearestFact(name string) i18n.Message {
	paths := r.strategy.FactPaths()
	if nearest, ok := yamldoc.Nearest(name, paths); ok {
		return i18n.M("fields.did_you_mean", nearest)
	}
	_, last, dotted := strings.Cut(name, ".")
	if !dotted {
		last = name
	}
	for _, d := range r.strategy.Facts {
		if _, inner, _ := strings.Cut(d.Path, "."); inner == last {
			return i18n.M("fields.did_you_mean", d.Path)
		}
	}
	var groups []string
	for _, d := range r.strategy.Facts {
		if len(groups) == 0 || groups[len(groups)-1] != d.Group() {
			groups = append(groups, d.Group())
		}
	}
	return yamldoc.NearestHint(name, groups)
}

func (r *reading) readFact(path string, key, value *yamldoc.Node) {
	i := r.strategy.Fact(path)
	if i < 0 {
		r.Error(key, i18n.M("initiative.unknown_fact", diag.Clean(path)), r.nearestFact(path))
		return
	}
	if first := r.claimed[i]; first != nil {
		r.Error(key, i18n.M("initiative.fact_twice", path, first.Line), i18n.M("initiative.fact_twice_hint"))
		return
	}
	r.claimed[i] = key
	if value.Null {
		r.warn(diag.Notice, key, i18n.M("initiative.no_value", path), i18n.Message{})
		return
	}
	c := Claim{Fact: i, Pos: r.pos(value)}
	if r.readClaim(&c, value) {
		r.initiative.Claims = append(r.initiative.Claims, c)
	}
}

// parts are the values of a claim that is a mapping, nil where left out.
type parts struct {
	value, atLeast, oneOf, because, source, known *yamldoc.Node
}

func (r *reading) parts(n *yamldoc.Node) parts {
	var p parts
	for _, pair := range n.Pairs {
		switch pair.Key.Value {
		case "value":
			p.value = pair.Value
		case "at_least":
			p.atLeast = pair.Value
		case "one_of":
			p.oneOf = pair.Value
		case "because":
			p.because = pair.Value
		case "source":
			p.source = pair.Value
		case "known":
			p.known = pair.Value
		default:
			keys := []string{"value", "at_least", "one_of", "because", "source", "known"}
			r.Error(pair.Key, i18n.M("fields.unknown_key", diag.Clean(pair.Key.Value)), yamldoc.NearestHint(pair.Key.Value, keys))
		}
	}
	return p
}

// readClaim reads a value, or a mapping with a value and its grounds.
func (r *reading) readClaim(c *Claim, n *yamldoc.Node) bool {
	d := r.strategy.Facts[c.Fact]
	if n.Kind != yamldoc.Mapping {
		return r.readValue(c, d, n)
	}
	p := r.parts(n)
	c.Because, c.Source, c.Known = r.Text(p.because), r.Text(p.source), r.day(p.known)
	var given []*yamldoc.Node
	for _, value := range [...]*yamldoc.Node{p.value, p.atLeast, p.oneOf} {
		if value != nil {
			given = append(given, value)
		}
	}
	if len(given) != 1 {
		r.Error(n, i18n.M("initiative.one_value", len(given)), i18n.M("initiative.one_value_hint"))
		return false
	}
	if given[0].Null && c.Grounds == (Grounds{}) && c.Known == nil {
		return false // waits for an answer, as in a template
	}
	if given[0].Null {
		r.warn(diag.Notice, given[0], i18n.M("initiative.no_value", d.Path), i18n.Message{})
		return false
	}
	c.Pos = r.pos(given[0])
	switch {
	case p.atLeast != nil:
		return r.readAtLeast(c, d, given[0])
	case p.oneOf != nil:
		return r.readOneOf(c, d, given[0])
	}
	return r.readValue(c, d, given[0])
}

func (r *reading) readValue(c *Claim, d *fact.Definition, n *yamldoc.Node) bool {
	switch {
	case n.Kind == yamldoc.Mapping:
		r.Error(n, i18n.M("initiative.value_shape"), i18n.M("initiative.one_value_hint"))
		return false
	case n.Kind == yamldoc.List && d.Kind != fact.Choices:
		r.Error(n, i18n.M("initiative.list_of_one", d.Path), i18n.M("initiative.list_of_one_hint"))
		return false
	case n.Kind == yamldoc.List:
		members, unknown, ok := r.readMembers(c, d, n)
		c.Unknown = unknown
		c.Values = d.ExactSet(members)
		if unknown {
			c.Values = d.Domain()
		}
		return ok
	}
	parsed, fault := r.parse(c.Fact, d, n.Value)
	if fault != nil {
		r.fault(n, fault)
		return false
	}
	c.Values, c.Unknown = parsed.Values, parsed.Unknown
	if d.Kind == fact.Text && !c.Unknown {
		c.Text = n.Value
	}
	return true
}

// parse reads a value.
func (r *reading) parse(i int, d *fact.Definition, text string) (fact.Parsed, *fact.Fault) {
	if d.Kind.Ordered() || d.Kind == fact.Text {
		return d.Parse(text)
	}
	return remember(r.memory.words, word{i, text}, d.Parse)
}

// maxWords is how many words are remembered.
const maxWords = 1000

// remember gives what a word meant before, or parses it.
func remember[T any](known map[word]T, w word, parse func(text string) (T, *fact.Fault)) (T, *fact.Fault) {
	if meaning, ok := known[w]; ok {
		return meaning, nil
	}
	meaning, fault := parse(w.text)
	if fault == nil && len(known) < maxWords {
		known[w] = meaning
	}
	return meaning, fault
}

// readMembers reads a list of options. A list that holds nothing but "unknown"
// is unknown; among others it is an error, since at_least says that.
func (r *reading) readMembers(c *Claim, d *fact.Definition, n *yamldoc.Node) (members uint64, unknown, ok bool) {
	items := n.Items
	if n.Kind == yamldoc.Scalar {
		items = []*yamldoc.Node{n}
	}
	ok = true
	none := false
	for _, item := range items {
		if r.Enough() {
			return 0, false, false
		}
		if item.Kind != yamldoc.Scalar || item.Null {
			r.Error(item, i18n.M("initiative.item_shape"), i18n.Message{})
			ok = false
			continue
		}
		member, fault := remember(r.memory.members, word{c.Fact, item.Value}, d.ParseMember)
		switch {
		case fault != nil:
			r.fault(item, fault)
			ok = false
		case member.Unknown:
			unknown = true
		case member.None:
			none = true
		default:
			members |= 1 << member.Option
		}
	}
	if len(items) > 1 && (unknown || none) {
		r.Error(n, i18n.M("initiative.list_mixed"), i18n.M("initiative.list_mixed_hint"))
		ok = false
	}
	if len(items) == 0 {
		r.Error(n, i18n.M("initiative.list_empty"), i18n.M("initiative.list_empty_hint"))
		ok = false
	}
	return members, unknown, ok
}

func (r *reading) readAtLeast(c *Claim, d *fact.Definition, n *yamldoc.Node) bool {
	if d.Kind != fact.Choices {
		r.Error(n, i18n.M("initiative.at_least", d.Path), i18n.M("initiative.at_least_hint"))
		return false
	}
	if n.Kind == yamldoc.Mapping {
		r.Error(n, i18n.M("initiative.value_shape"), i18n.M("initiative.at_least_hint"))
		return false
	}
	members, unknown, ok := r.readMembers(c, d, n)
	c.Unknown = unknown
	c.Values = d.AtLeastSet(members)
	return ok
}

// maxAlternatives is of how many values one can be right. Sources do not
// disagree more, and joining many takes long.
const maxAlternatives = 100

// readOneOf joins values of which one is right: sources that disagree.
func (r *reading) readOneOf(c *Claim, d *fact.Definition, n *yamldoc.Node) bool {
	if n.Kind != yamldoc.List || len(n.Items) < 2 {
		r.Error(n, i18n.M("initiative.one_of_shape"), i18n.M("initiative.one_of_hint"))
		return false
	}
	if len(n.Items) > maxAlternatives {
		r.Error(n, i18n.M("promises.too_many_alternatives", maxAlternatives), i18n.M("initiative.one_of_hint"))
		return false
	}
	ok := true
	var texts []string
	for _, item := range n.Items {
		if r.Enough() {
			return false
		}
		if item.Null {
			r.Error(item, i18n.M("initiative.item_shape"), i18n.Message{})
			ok = false
			continue
		}
		one := Claim{Fact: c.Fact}
		if !r.readValue(&one, d, item) {
			ok = false
			continue
		}
		c.Unknown = c.Unknown || one.Unknown
		c.Values = d.Union(c.Values, one.Values)
		if one.Text != "" {
			texts = append(texts, one.Text)
		}
	}
	c.Text = strings.Join(texts, " / ")
	return ok
}
