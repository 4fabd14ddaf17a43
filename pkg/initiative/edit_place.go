package initiative

import (
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// editing is one change on its way into a file.
type editing struct {
	file     *yamldoc.File
	strategy *strategy.Strategy
	root     *yamldoc.Node
	change   Change
	edits    []yamldoc.Edit
}

func (e *editing) replace(start, end int, text string) {
	if start < end && e.file.Bytes(end, e.file.LineEnd(end)) != "" && e.file.Bytes(end, end+1) == "#" {
		text += " " // right behind a quotation mark "#" is a comment, behind a word it is not
	}
	e.edits = append(e.edits, yamldoc.Edit{Start: start, End: end, Text: text})
}

// place finds where the change belongs and makes the edits.
func (e *editing) place() {
	name := "facts"
	if e.change.Rule != "" {
		name = "judgements"
	}
	section, ok := pairOf(e.root, name)
	switch {
	case !ok:
		e.addSection(name)
	case e.change.Rule != "":
		e.placeIn(section, e.change.Rule, e.rulePlace)
	default:
		e.placeFact(section)
	}
}

// held is what the file holds beside a value that its fact lacks: what an
// entry says that waits for an answer.
func (e *editing) held() (c Claim) {
	section, _ := pairOf(e.root, "facts")
	group, name, _ := strings.Cut(e.change.Fact, ".")
	nested, _ := pairOf(section.Value, group)
	for _, at := range []struct {
		mapping *yamldoc.Node
		key     string
	}{{section.Value, e.change.Fact}, {nested.Value, name}} {
		entry, _ := pairOf(at.mapping, at.key)
		text := func(key string) string {
			pair, _ := pairOf(entry.Value, key)
			return (&yamldoc.Reader{}).Text(pair.Value)
		}
		if entry.Value != nil {
			c.Because, c.Source = text("because"), text("source")
			if day, fault := strategy.Day(text("known")); fault == nil {
				c.Known = &day
			}
		}
	}
	return c
}

// pairOf finds a pair of a mapping by its key. In nothing there is none.
func pairOf(mapping *yamldoc.Node, key string) (yamldoc.Pair, bool) {
	if mapping == nil {
		return yamldoc.Pair{}, false
	}
	i := slices.IndexFunc(mapping.Pairs, func(p yamldoc.Pair) bool { return p.Key.Value == key })
	if i < 0 {
		return yamldoc.Pair{}, false
	}
	return mapping.Pairs[i], true
}

// placeFact puts an answer where its fact stands or belongs: dotted, or nested
// under its group, as the file does.
func (e *editing) placeFact(section yamldoc.Pair) {
	group, name, _ := strings.Cut(e.change.Fact, ".")
	pair, dotted := pairOf(section.Value, e.change.Fact)
	holder, nested := pairOf(section.Value, group)
	switch {
	case dotted:
		e.changeEntry(section.Value, pair)
	case nested:
		e.placeIn(holder, name, func(inner string) int { return e.strategy.Fact(group + "." + inner) })
	case e.nests(section.Value) && !e.file.Flow(section.Value):
		e.addGroup(section.Value, group, name)
	default:
		e.placeIn(section, e.change.Fact, e.factPlace)
	}
}

// factPlace is the place of a key of the facts in the strategy's order: that of
// the fact, or of the first of a group.
func (e *editing) factPlace(key string) int {
	if strings.Contains(key, ".") {
		return e.strategy.Fact(key)
	}
	return slices.IndexFunc(e.strategy.FactPaths(), func(path string) bool { return strings.HasPrefix(path, key+".") })
}

func (e *editing) rulePlace(key string) int { return e.strategy.Rule(key) }

// nests reports whether the entry nearest to where the fact belongs is a group.
func (e *editing) nests(mapping *yamldoc.Node) bool {
	before, after := e.neighbours(mapping, e.factPlace, e.strategy.Fact(e.change.Fact))
	near := before
	if near < 0 {
		near = after
	}
	return near >= 0 && !strings.Contains(mapping.Pairs[near].Key.Value, ".")
}

// neighbours are the pairs of a mapping between which something belongs, by its
// place in the strategy's order; -1 for none.
func (e *editing) neighbours(mapping *yamldoc.Node, place func(key string) int, wanted int) (before, after int) {
	before, after = -1, -1
	for i, pair := range mapping.Pairs {
		switch p := place(pair.Key.Value); {
		case p < wanted && (before < 0 || p >= place(mapping.Pairs[before].Key.Value)):
			before = i
		case p > wanted && (after < 0 || p < place(mapping.Pairs[after].Key.Value)):
			after = i
		}
	}
	return before, after
}

// placeIn puts the change into what a key holds, under a name.
func (e *editing) placeIn(holder yamldoc.Pair, name string, place func(key string) int) {
	mapping := holder.Value
	for _, pair := range mapping.Pairs {
		if pair.Key.Value == name || e.change.Rule != "" && strings.EqualFold(pair.Key.Value, name) {
			e.changeEntry(mapping, pair)
			return
		}
	}
	switch {
	case len(mapping.Pairs) == 0:
		e.fill(holder, name)
	case e.file.Flow(mapping):
		e.appendFlow(mapping.Pairs[len(mapping.Pairs)-1], writeFlow(name, e.change))
	default:
		e.insert(mapping, place, place(name), writeEntry(name, e.change, blanks(mapping.Column-1), e.step()))
	}
}

// appendFlow puts a text behind a pair within brackets.
func (e *editing) appendFlow(last yamldoc.Pair, text string) {
	end := e.file.PairEnd(last)
	if last.Value.Empty() {
		text = " , " + text // a comma right behind a colon is no comma
	} else {
		text = ", " + text
	}
	e.replace(end, end, text)
}

// fill puts the first entry under a key that holds nothing.
func (e *editing) fill(holder yamldoc.Pair, name string) {
	after, colon := e.file.AfterColon(holder.Key)
	start, end := after, after
	if !holder.Value.Empty() {
		end = e.file.End(holder.Value)
		start = holder.Value.Offset
	}
	if e.file.Flow(e.root) {
		text := " {" + writeFlow(name, e.change) + "}"
		if !colon {
			text = ":" + text
		}
		e.replace(start, end, text)
		return
	}
	if start < end {
		e.replace(after, end, "")
	}
	e.insertLines(e.file.LineEnd(end), writeEntry(name, e.change, blanks(holder.Key.Column-1)+e.step(), e.step()))
}

// addGroup adds a group that the file does not have yet.
func (e *editing) addGroup(mapping *yamldoc.Node, group, name string) {
	indent, step := blanks(mapping.Column-1), e.step()
	lines := append([]string{indent + group + ":"}, writeEntry(name, e.change, indent+step, step)...)
	e.insert(mapping, e.factPlace, e.factPlace(group), lines)
}

// addSection adds "facts" or "judgements" with its first entry.
func (e *editing) addSection(name string) {
	entry := e.change.Fact + e.change.Rule
	order := slices.Index(keys(), name)
	after := e.root.Pairs[0]
	for _, pair := range e.root.Pairs {
		if slices.Index(keys(), pair.Key.Value) < order {
			after = pair
		}
	}
	if e.file.Flow(e.root) {
		e.appendFlow(after, name+": {"+writeFlow(entry, e.change)+"}")
		return
	}
	end := e.file.PairEnd(after)
	indent := blanks(e.root.Column - 1)
	lines := append([]string{indent + name + ":"}, writeEntry(entry, e.change, indent+e.step(), e.step())...)
	e.insertLines(e.file.LineEnd(end), lines)
}

// insert puts lines between the pairs where they belong.
func (e *editing) insert(mapping *yamldoc.Node, place func(key string) int, wanted int, lines []string) {
	before, after := e.neighbours(mapping, place, wanted)
	if before < 0 || after >= 0 && !e.together(mapping.Pairs[before]) && e.together(mapping.Pairs[after]) {
		e.insertBefore(mapping.Pairs[after], lines)
		return
	}
	pair := mapping.Pairs[before]
	e.insertLines(e.withComments(e.file.LineEnd(e.file.PairEnd(pair)), pair.Key.Column), lines)
}

// together reports whether a pair is of the group that the fact belongs to.
func (e *editing) together(pair yamldoc.Pair) bool {
	group, _, _ := strings.Cut(e.change.Fact, ".")
	return strings.HasPrefix(pair.Key.Value, group+".")
}

// withComments moves the end of an entry behind the comments below it that are
// moved in further than the entry: they are about it.
func (e *editing) withComments(end, column int) int {
	for {
		next, ok := e.file.NextLine(end)
		if !ok {
			return end
		}
		line := e.file.Bytes(next, e.file.LineEnd(next))
		text := strings.TrimLeft(line, " ")
		if !strings.HasPrefix(text, "#") || len(line)-len(text) < column {
			return end
		}
		end = e.file.LineEnd(next)
	}
}

// insertBefore puts lines before a pair, and before the comments right above it.
func (e *editing) insertBefore(pair yamldoc.Pair, lines []string) {
	line := pair.Key.Line
	for line > 1 && strings.HasPrefix(strings.TrimLeft(e.file.Line(line-1), " "), "#") {
		line--
	}
	start := e.file.StartOf(line)
	e.replace(start, start, strings.Join(lines, "\n")+"\n")
}

// insertLines puts lines behind the one that ends at a byte.
func (e *editing) insertLines(end int, lines []string) {
	e.replace(end, end, "\n"+strings.Join(lines, "\n"))
}

// step is how far the file moves in what belongs to a key: as far as the first
// mapping in a mapping is, else two blanks.
func (e *editing) step() string {
	for _, pair := range e.root.Pairs {
		if inner := pair.Value; inner.Kind == yamldoc.Mapping && !e.file.Flow(inner) && inner.Column > pair.Key.Column {
			return blanks(inner.Column - pair.Key.Column)
		}
	}
	return "  "
}

func blanks(n int) string { return strings.Repeat(" ", max(n, 0)) }
