package initiative

import (
	"cmp"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// changeEntry changes an entry that is there. holder is the mapping that it
// stands in.
func (e *editing) changeEntry(holder *yamldoc.Node, pair yamldoc.Pair) {
	flow := e.file.Flow(holder)
	switch {
	case pair.Value.Kind == yamldoc.Mapping && len(pair.Value.Pairs) > 0:
		e.changeFields(pair)
	case pair.Value.Empty() && flow:
		e.fillFlow(pair)
	case e.change.short():
		e.setValue(pair, e.change.fields()[0], flow)
	case flow:
		e.wrapFlow(pair)
	default:
		e.wrap(pair)
	}
}

// fillFlow gives a value to a name within brackets that has none.
func (e *editing) fillFlow(pair yamldoc.Pair) {
	_, text, _ := strings.Cut(writeFlow("", e.change), ":")
	e.fillIn(pair.Key, text)
}

// fillIn puts a text behind a name's colon, and the colon too where there is
// none, as in "{a, b}".
func (e *editing) fillIn(key *yamldoc.Node, text string) {
	after, colon := e.file.AfterColon(key)
	if !colon {
		text = ":" + text
	}
	e.replace(after, after, text)
}

// changeFields changes the keys of an entry that is a mapping, and adds those
// that it lacks.
func (e *editing) changeFields(pair yamldoc.Pair) {
	mapping := pair.Value
	flow := e.file.Flow(mapping)
	last := mapping.Pairs[0]
	for _, key := range []string{"value", "at_least", "one_of", "outcome"} {
		if known, ok := pairOf(mapping, key); ok {
			last = known
		}
	}
	for _, f := range e.change.fields() {
		known, ok := pairOf(mapping, f.key)
		if !ok && f.key != "because" && f.key != "source" {
			// The same with another key: "value" becomes "at_least".
			e.replace(last.Key.Offset, e.file.End(last.Key), f.key)
			known, ok = last, true
		}
		switch {
		case ok:
			e.setValue(known, f, flow)
			last = known
		case flow:
			e.appendFlow(last, flowFields([]field{f}))
		default:
			e.insertLines(e.file.LineEnd(e.file.PairEnd(last)), f.lines(blanks(mapping.Column-1), e.step()))
		}
	}
}

// setValue puts a field's value in the place of the one that a key has.
func (e *editing) setValue(pair yamldoc.Pair, f field, flow bool) {
	after, _ := e.file.AfterColon(pair.Key)
	switch {
	case pair.Value.Empty() && f.list && !flow:
		e.insertLines(e.file.LineEnd(after), f.items(e.itemIndent(pair)))
	case pair.Value.Empty():
		e.fillIn(pair.Key, " "+f.inline(flow))
	case flow:
		e.replace(pair.Value.Offset, e.file.End(pair.Value), f.inline(true))
	default:
		e.setBlock(pair, f, after)
	}
}

func (e *editing) itemIndent(pair yamldoc.Pair) string { return blanks(pair.Key.Column-1) + e.step() }

// setBlock puts a value in the place of another one outside of brackets. The
// comments among the items of a list that goes stay, before the new value.
func (e *editing) setBlock(pair yamldoc.Pair, f field, after int) {
	start, end := pair.Value.Offset, e.file.End(pair.Value)
	sameLine := pair.Value.Line == pair.Key.Line
	gap := strings.Contains(e.file.Bytes(after, start), "#")
	indent := e.itemIndent(pair)
	var lines []string
	for _, comment := range e.file.Comments(pair.Value) {
		lines = append(lines, indent+"#"+comment)
	}
	switch {
	case f.list && sameLine && e.file.LineEnd(start) == e.file.LineEnd(end):
		// What follows on the line stays there.
		e.replace(after, end, "")
		e.insertLines(e.file.LineEnd(end), append(lines, f.items(indent)...))
	case f.list || len(lines) > 0 || gap:
		if f.list {
			lines = append(lines, f.items(indent)...)
		} else {
			lines = append(lines, indent+f.inline(false))
		}
		if !gap {
			e.replace(after, end, "\n"+strings.Join(lines, "\n"))
			return
		}
		from := e.file.LineEnd(e.beforeLine(start))
		e.replace(from, end, "\n"+strings.Join(lines, "\n"))
	case sameLine:
		e.replace(start, end, f.inline(false))
	default:
		e.replace(after, end, " "+f.inline(false))
	}
}

// beforeLine is a byte on the line before the one that holds a byte.
func (e *editing) beforeLine(offset int) int {
	start := strings.LastIndexByte(e.file.Bytes(0, offset), '\n')
	return max(start-1, 0)
}

// wrap makes a mapping of an entry that is a value alone, to give it grounds or
// another key. The old value moves in where it stays.
func (e *editing) wrap(pair yamldoc.Pair) {
	after, _ := e.file.AfterColon(pair.Key)
	step := e.step()
	indent := blanks(pair.Key.Column-1) + step
	fields := e.change.fields()
	value := slices.IndexFunc(fields, func(f field) bool { return f.key != "because" && f.key != "source" })
	if pair.Value.Empty() {
		e.insertLines(e.file.LineEnd(after), fieldLines(fields, indent, step))
		return
	}
	end := e.file.End(pair.Value)
	if value < 0 {
		e.moveIn(pair, after, end, indent+"value:", step)
		e.insertLines(e.file.LineEnd(end), fieldLines(fields, indent, step))
		return
	}
	var lines []string
	for _, comment := range e.file.Comments(pair.Value) {
		lines = append(lines, indent+"#"+comment)
	}
	for _, comment := range e.gapComments(after, pair.Value.Offset) {
		lines = append(lines, indent+"#"+comment)
	}
	e.replace(after, end, "")
	e.insertLines(e.file.LineEnd(end), append(lines, fieldLines(fields, indent, step)...))
}

// gapComments are the comments between a colon and its value.
func (e *editing) gapComments(after, start int) []string {
	var found []string
	for _, line := range strings.Split(e.file.Bytes(after, start), "\n") {
		if _, comment, ok := strings.Cut(line, "#"); ok {
			found = append(found, strings.TrimRight(comment, "\r "))
		}
	}
	return found
}

func fieldLines(fields []field, indent, step string) []string {
	var lines []string
	for _, f := range fields {
		lines = append(lines, f.lines(indent, step)...)
	}
	return lines
}

// moveIn puts a line with a key between a name and its value, and moves all
// further lines of the value in by a step.
func (e *editing) moveIn(pair yamldoc.Pair, after, end int, key, step string) {
	start := pair.Value.Offset
	if pair.Value.Line == pair.Key.Line {
		e.replace(after, start, "\n"+key+" ")
	} else {
		line := e.file.LineEnd(after)
		e.replace(line, line, "\n"+key)
	}
	for at := after; ; {
		next, ok := e.file.NextLine(at)
		if !ok || next > end {
			return
		}
		if strings.TrimSpace(e.file.Bytes(next, e.file.LineEnd(next))) != "" {
			e.replace(next, next, step)
		}
		at = next
	}
}

// wrapFlow makes a mapping in brackets of an entry that is a value alone.
func (e *editing) wrapFlow(pair yamldoc.Pair) {
	start, end := pair.Value.Offset, e.file.End(pair.Value)
	fields := e.change.fields()
	value := cmp.Or(e.change.Value.Key, "value") + ": " + e.file.Bytes(start, end)
	if len(e.change.Value.Texts) > 0 {
		value, fields = flowFields(fields[:1]), fields[1:]
	}
	if len(fields) > 0 {
		value += ", " + flowFields(fields)
	}
	e.replace(start, end, "{"+value+"}")
}
