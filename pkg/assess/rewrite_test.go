package assess_test

import (
	"slices"
	"strings"
)

// rewrite says the same as the world in other words: every condition is put
// into one that means the same.
func (b *builder) rewrite(w *world) *world {
	same := *w
	same.named, same.conditions = b.rewriteNamed(w.named), b.rewriteNamed(w.conditions)
	same.sets, same.rules, same.notes = nil, nil, nil
	for _, set := range w.sets {
		changed := *set
		changed.applies = b.reword(set.applies, 4)
		same.sets = append(same.sets, &changed)
	}
	for _, rule := range w.rules {
		changed := *rule
		changed.applies, changed.pass, changed.fail = b.reword(rule.applies, 4), b.reword(rule.pass, 4), b.reword(rule.fail, 4)
		same.rules = append(same.rules, &changed)
	}
	for _, note := range w.notes {
		same.notes = append(same.notes, b.reword(note, 4))
	}
	return &same
}

func (b *builder) rewriteNamed(all []worldNamed) []worldNamed {
	var changed []worldNamed
	for _, named := range all {
		changed = append(changed, worldNamed{named.name, b.reword(named.condition, 4)})
	}
	return changed
}

func join(op string, parts ...*node) *node { return &node{op: op, parts: parts, least: 1} }

func not(n *node) *node { return join("none", n) }

// reword changes a condition at random, and what it is made of.
func (b *builder) reword(n *node, depth int) *node {
	if n == nil || depth == 0 {
		return n
	}
	if n.op == "leaf" {
		n = b.rewordLeaf(n)
	} else {
		changed := *n
		changed.parts = nil
		for _, part := range n.parts {
			changed.parts = append(changed.parts, b.reword(part, depth-1))
		}
		if n.op != "named" {
			b.Shuffle(len(changed.parts), func(i, j int) {
				changed.parts[i], changed.parts[j] = changed.parts[j], changed.parts[i]
			})
		}
		n = b.rewordParts(&changed)
	}
	if b.chance(15) {
		return not(not(n))
	}
	return n
}

// rewordParts applies De Morgan's laws, distribution and the like.
func (b *builder) rewordParts(n *node) *node {
	opposite := map[string]string{"all": "any", "any": "all"}[n.op]
	var opposites []*node
	for _, part := range n.parts {
		opposites = append(opposites, not(part))
	}
	switch {
	case n.op == "named" && b.chance(50):
		return n.parts[0]
	case n.op == "at_least" && n.least == 1:
		return join("any", n.parts...)
	case n.op == "at_least" && n.least == len(n.parts):
		return join("all", n.parts...)
	case n.op == "none" && b.chance(40):
		return join("all", opposites...)
	case opposite != "" && b.chance(40):
		return not(join(opposite, opposites...))
	case opposite != "" && b.chance(60):
		return distribute(n, opposite)
	}
	return n
}

// distribute turns "a and (b or c)" into "(a and b) or (a and c)", and the
// other way round.
func distribute(n *node, opposite string) *node {
	i := slices.IndexFunc(n.parts, func(part *node) bool { return part.op == opposite })
	if i < 0 {
		return n
	}
	whole := join(opposite)
	for _, part := range n.parts[i].parts {
		parts := slices.Clone(n.parts)
		parts[i] = part
		whole.parts = append(whole.parts, join(n.op, parts...))
	}
	return whole
}

// rewordLeaf splits lists of options and turns comparisons round.
func (b *builder) rewordLeaf(n *node) *node {
	l := n.leaf
	as := func(word string, operands ...string) *node {
		changed := *l
		changed.word, changed.operands = word, operands
		return &node{op: "leaf", leaf: &changed}
	}
	each := func(op, word string) *node {
		whole := &node{op: op}
		for _, operand := range l.operands {
			whole.parts = append(whole.parts, as(word, operand))
		}
		return whole
	}
	switch l.word {
	case "in":
		return each("any", "==")
	case "not in":
		return each("none", "==")
	case "includes any":
		return each("any", "includes")
	case "includes all":
		return each("all", "includes")
	case "not includes":
		return each("none", "includes")
	case "!=":
		return each("none", "==")
	}
	count, operator := "", l.word
	if rest, ok := strings.CutPrefix(l.word, "count "); ok {
		count, operator = "count ", rest
	}
	if turned := map[string]string{"<": ">=", ">=": "<", ">": "<=", "<=": ">"}[operator]; turned != "" && b.chance(50) {
		return not(as(count+turned, l.operands...))
	}
	return n
}
