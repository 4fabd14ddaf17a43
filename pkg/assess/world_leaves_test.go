package assess_test

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"
)

func (b *builder) factLeaf(index int) *leaf {
	f := b.w.facts[index]
	l := &leaf{of: "fact", fact: index, subject: f.path, truth: make([]bool, f.size)}
	switch {
	case f.ordered():
		b.compareOrdered(f, l)
	case f.kind == "choices":
		b.compareSets(f, l)
	default:
		b.compareOptions(f, l)
	}
	return l
}

func (b *builder) compareOptions(f *worldFact, l *leaf) {
	names := map[string][]string{"answer": {"yes", "no"}, "text": {"given", "none"}}[f.kind]
	for i := range f.options {
		names = append(names, optionName(i))
	}
	operator := []string{"==", "!=", "in", "not in"}[b.IntN(4)]
	if f.kind == "answer" && len(operator) > 0 {
		operator = []string{"==", "!="}[b.IntN(2)]
	}
	if f.kind == "text" {
		operator = "is"
	}
	chosen := b.Perm(f.size)[:1]
	if strings.HasSuffix(operator, "in") {
		chosen = b.Perm(f.size)[:1+b.IntN(f.size)]
	}
	negated := operator == "!=" || operator == "not in"
	for v := range l.truth {
		l.truth[v] = negated
	}
	for _, v := range chosen {
		l.operands = append(l.operands, names[v])
		l.truth[v] = !negated
	}
	l.word = operator
}

func (b *builder) compareSets(f *worldFact, l *leaf) {
	if b.chance(25) {
		operator, number := operators()[b.IntN(6)], b.IntN(f.options+1)
		for v := range l.truth {
			l.truth[v] = compared(bits.OnesCount(uint(v)), operator, number)
		}
		l.word, l.operands = "count "+operator, []string{strconv.Itoa(number)}
		return
	}
	operator := []string{"includes", "includes any", "includes all", "not includes"}[b.IntN(4)]
	chosen := b.Perm(f.options)[:1]
	if strings.HasPrefix(operator, "includes a") {
		chosen = b.Perm(f.options)[:1+b.IntN(f.options)]
	}
	l.word = operator
	wanted := 0
	for _, v := range chosen {
		l.operands = append(l.operands, optionName(v))
		wanted |= 1 << v
	}
	for v := range l.truth {
		l.truth[v] = v&wanted != 0
		switch operator {
		case "includes all":
			l.truth[v] = v&wanted == wanted
		case "not includes":
			l.truth[v] = v&wanted == 0
		}
	}
}

func operators() []string { return []string{"==", "!=", "<", "<=", ">", ">="} }

func compared(a int, operator string, b int) bool {
	switch operator {
	case "==", "!=":
		return (a == b) == (operator == "==")
	case "<", ">=":
		return (a < b) == (operator == "<")
	}
	return (a > b) == (operator == ">")
}

// compareOrdered compares with a constant or a threshold. A threshold may lie
// between the values of a whole number.
func (b *builder) compareOrdered(f *worldFact, l *leaf) {
	operator, tick := operators()[b.IntN(6)], 2*b.IntN(f.most+1)
	operand := f.tickText(tick)
	if b.chance(25) {
		name := fmt.Sprintf("line_%d", len(b.w.thresholds))
		if f.kind == "number" && f.whole && b.chance(50) {
			tick = min(tick+1, 2*f.most)
		}
		t := worldThreshold{name: name, kind: f.kind, value: f.tickText(tick)}
		if b.chance(30) {
			b.w.settings[name] = t.value
			t.value = f.tickText(2)
		}
		b.w.thresholds = append(b.w.thresholds, t)
		operand = "$" + name
	}
	for v := range l.truth {
		l.truth[v] = compared(f.tick(v), operator, tick)
	}
	l.word, l.operands = operator, []string{operand}
}

func (b *builder) ruleLeaf() *leaf {
	if b.chance(50) {
		return b.outcomeLeaf()
	}
	l := &leaf{of: "count", set: b.IntN(len(b.w.sets)), tally: b.IntN(3), operator: operators()[b.IntN(6)]}
	l.number = b.IntN(len(b.w.sets[l.set].rules) + 1)
	operand := strconv.Itoa(l.number)
	if b.w.choice != nil && b.chance(40) {
		l.choice, operand = true, "$enough"
	}
	l.subject = b.w.sets[l.set].id + "." + []string{"passed", "failed", "applicable"}[l.tally]
	l.word, l.operands = l.operator, []string{operand}
	return l
}

func (b *builder) outcomeLeaf() *leaf {
	l := &leaf{of: "outcome", rule: b.IntN(len(b.w.rules))}
	operator := []string{"==", "!=", "in", "not in"}[b.IntN(4)]
	chosen := b.Perm(3)[:1]
	if strings.HasSuffix(operator, "in") {
		chosen = b.Perm(3)[:1+b.IntN(3)]
	}
	negated := operator == "!=" || operator == "not in"
	l.subject, l.word = b.w.rules[l.rule].id, operator
	for o := range l.outcomes {
		l.outcomes[o] = negated
	}
	for _, o := range chosen {
		l.outcomes[o] = !negated
		l.operands = append(l.operands, outcomeNames()[o])
	}
	return l
}

func outcomeNames() []string { return []string{"pass", "fail", "not_applicable"} }
