package inquiry

import (
	"cmp"

	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// asking is a graph with what is known of asking for its variables.
type asking struct {
	*graph
	// askable says whether a variable may be asked at all.
	askable []bool
	cost    []int64
	rank    []int
	// before are the variables that decide whether a case is borderline: while
	// one of them matters, no judgement is asked. It is nil for facts.
	before []set
	// values are what the exact programme has found, by node, counted in parts of
	// which unit make one.
	values []value
	unit   int64
	// scratch is what the exact programme is at work on.
	scratch []diagram.Ref
}

// asking prepares questions about the recommendation.
func (q *Inquirer) asking(s *situation) *asking {
	a := &asking{graph: q.graph(q.model.Merged, s.box)}
	for _, v := range a.variables {
		a.askable = append(a.askable, s.closed[v] == "")
		a.cost = append(a.cost, q.cost(v))
		a.rank = append(a.rank, q.rank[v])
		a.before = append(a.before, nil)
	}
	for i, v := range a.variables {
		if q.model.Variables[v].Kind == strategy.BorderlineVariable {
			a.before[i] = a.local(q.borderlineBy(q.model.Variables[v].Index, s.box))
		}
	}
	return a
}

// local is the set of those of the model's variables that the graph has.
func (a *asking) local(marks []bool) set {
	s := a.newSet()
	for i, v := range a.variables {
		if marks[v] {
			s.add(i)
		}
	}
	return s
}

// borderlineBy marks the variables that decide, within the box, whether a rule
// is a borderline case.
func (q *Inquirer) borderlineBy(rule int, box diagram.Box) []bool {
	part, root := q.walker.Restrict(q.model.Outcome[rule], box)
	variable := q.model.Borderline[rule]
	b := diagram.NewStore(q.space, maxNodes)
	made := map[diagram.Ref]diagram.Ref{}
	is := func(r diagram.Ref) diagram.Ref {
		switch {
		case r.Constant():
			return diagram.False
		case part.Variable(r) == variable:
			return diagram.True
		}
		return made[r]
	}
	for _, r := range postOrder(part, root) {
		if part.Variable(r) == variable {
			continue
		}
		kids := make([]diagram.Ref, 0, len(part.Kids(r)))
		for _, kid := range part.Kids(r) {
			kids = append(kids, is(kid))
		}
		made[r] = b.Node(part.Variable(r), kids)
	}
	marks := make([]bool, q.space.Variables())
	for _, r := range postOrder(b, is(root)) {
		marks[b.Variable(r)] = true
	}
	return marks
}

// mayAsk reports whether a variable may be asked now.
func (a *asking) mayAsk(r diagram.Ref, v int) bool {
	return a.askable[v] && (a.before[v] == nil || !a.before[v].meets(a.support(r)))
}

// candidates lists the variables that matter and may be asked now.
func (a *asking) candidates(r diagram.Ref) []int {
	var all []int
	for v := range a.support(r).members {
		if a.mayAsk(r, v) {
			all = append(all, v)
		}
	}
	return all
}

// questions is how many variables that matter may be asked, now or later.
func (a *asking) questions(r diagram.Ref) int {
	n := 0
	for v := range a.support(r).members {
		if a.askable[v] {
			n++
		}
	}
	return n
}

// choice is what decides between questions that are equally good.
type choice struct {
	variable int
	// answers is how many different things answers can leave, and remaining on
	// how many variables those depend, all taken together.
	answers, remaining int
}

func (a *asking) choice(v int, left []diagram.Ref) choice {
	c := choice{variable: v, answers: len(left)}
	for _, r := range left {
		c.remaining += a.support(r).count()
	}
	return c
}

// tied orders questions that are equally good: first what leaves fewer
// variables that matter, on average over the answers, then what costs less,
// then the order of the strategy.
func (a *asking) tied(x, y choice) int {
	return cmp.Or(
		cmp.Compare(x.remaining*y.answers, y.remaining*x.answers),
		cmp.Compare(a.cost[x.variable], a.cost[y.variable]),
		cmp.Compare(a.rank[x.variable], a.rank[y.variable]))
}
