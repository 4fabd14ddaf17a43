package inquiry

import (
	"cmp"
	"slices"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Change is a smallest change that leads to another recommendation: without
// any part of it, the rest does not.
type Change struct {
	// Parts are the facts that would have to be otherwise, with the values that
	// would do, and, where facts alone do not do it, judgements. They stand in the
	// order of the strategy.
	Parts []Answer
	// Provided is what would have to turn out besides; none where the change does
	// it whatever the unknown turns out to be.
	Provided []Answer
}

// Turn is how an initiative could come to another recommendation.
type Turn struct {
	// To is the recommendation; the two that the open choice divides are together
	// candidate.
	To string
	// Certain says that the changes do it whatever the unknown turns out to be.
	// Else there is no such change, and these do it only provided that.
	Certain bool
	// Changes are all the smallest changes of at most three parts, fewest parts
	// first, then least effort; where none is so small, one that has as few parts
	// as there are.
	Changes []Change
	// Cut says that there may be more changes, or smaller ones: they were too many
	// to go through.
	Cut bool
}

// Bounds of what is listed: parts of a change, and changes.
const (
	maxParts   = 3
	maxChanges = 50
)

// Turns finds for each other recommendation the smallest changes of facts that
// an initiative states and that can be changed, in the reading of the
// assessor. Judgements stay as they are unless nothing else leads there. A
// recommendation to which nothing leads is left out, and so is one that is
// possible already where no change makes it certain.
func (q *Inquirer) Turns(t *assess.Taken) []Turn {
	var turns []Turn
	now := q.walker.Possible(q.model.Merged, t.Box)
	for _, to := range q.results() {
		if now != diagram.SetOf(to) {
			if turn, ok := q.turn(t, to); ok {
				turns = append(turns, turn)
			}
		}
	}
	return turns
}

// results lists the results of the merged table, the best first.
func (q *Inquirer) results() []int {
	var all []int
	for i := range q.strategy.Recommendations {
		if !q.strategy.ChoiceOpen() || !slices.Contains(q.strategy.Table.Divided, i) || i == slices.Min(q.strategy.Table.Divided) {
			all = append(all, i)
		}
	}
	return all
}

// turn tries changes of facts, first those that are certain, and then of
// judgements too.
func (q *Inquirer) turn(t *assess.Taken, to int) (turn Turn, ok bool) {
	wanted := diagram.SetOf(to)
	possible := q.walker.Possible(q.model.Merged, t.Box).Has(to)
	for _, judgements := range []bool{false, true} {
		for _, hope := range []bool{false, true} {
			if hope && possible {
				continue
			}
			turn = Turn{To: q.name(to), Certain: !hope}
			if q.changes(t, &turn, wanted, judgements, hope) {
				return turn, true
			}
		}
	}
	return turn, false
}

// changes finds the smallest changes. It reports whether there are any.
func (q *Inquirer) changes(t *assess.Taken, turn *Turn, wanted diagram.Set, judgements, hope bool) bool {
	may := func(v int) bool { return q.changeable(t, v, judgements) }
	g := q.graph(q.model.Merged, q.freed(t.Box, may))
	search := q.alterations(g, t.Box, wanted, hope, may)
	least := search.least(search.condition)
	if search.over() {
		turn.Cut = true
		return true
	}
	if least >= impossible {
		return false
	}
	var found [][]pick
	if least/half > maxParts {
		picks, _ := search.smallest()
		found = [][]pick{picks}
	} else {
		found, turn.Cut = search.minimal(maxParts)
	}
	s := q.situation(t)
	for _, picks := range found {
		turn.Changes = append(turn.Changes, q.change(s, g, picks, wanted, hope))
	}
	turn.Cut = turn.Cut || search.over()
	return true
}

// changeable reports whether the initiative says something of the variable
// that could be otherwise.
func (q *Inquirer) changeable(t *assess.Taken, v int, judgements bool) bool {
	variable := q.model.Variables[v]
	switch variable.Kind {
	case strategy.FactVariable:
		said := q.space.Allowed(t.Box, v) < q.space.Cells(v)
		return said && q.strategy.Facts[variable.Index].Changeable
	case strategy.JudgementVariable:
		used := q.space.Allowed(t.Box, v) == 1 && !q.space.Allows(t.Box, v, strategy.ByFacts)
		return judgements && used
	}
	return false
}

// freed is the box with everything possible of some variables.
func (q *Inquirer) freed(box diagram.Box, may func(v int) bool) diagram.Box {
	free := slices.Clone(box)
	for v := range q.space.Variables() {
		if may(v) {
			q.space.Fill(free, v)
		}
	}
	return free
}

// alterations prepares a search for what of a box could be otherwise. It
// weighs first how many variables are altered, then the effort.
func (q *Inquirer) alterations(g *graph, box diagram.Box, wanted diagram.Set, hope bool, may func(v int) bool) *search {
	s := g.search(wanted, hope)
	for i, v := range g.variables {
		s.weights[i] = half + weight(q.cost(v))
		for class, cells := range g.classes[i] {
			inside := func(cell int) bool { return q.space.Allows(box, v, cell) }
			if slices.ContainsFunc(cells, inside) {
				s.open[i] = append(s.open[i], class)
			}
			if may(v) && slices.ContainsFunc(cells, func(cell int) bool { return !inside(cell) }) {
				s.options[i] = append(s.options[i], class)
			}
		}
	}
	return s
}

// change words a set of picks. Cells that the initiative allows now are none to
// change to.
func (q *Inquirer) change(s *situation, g *graph, picks []pick, wanted diagram.Set, hope bool) Change {
	box := slices.Clone(s.box)
	variables := g.variablesOf(picks)
	for _, p := range picks {
		v := g.variables[p.variable]
		q.put(box, v, slices.DeleteFunc(g.cellsOf(p), func(cell int) bool { return q.space.Allows(s.box, v, cell) }))
	}
	slices.SortFunc(variables, func(v, w int) int { return cmp.Compare(q.rank[v], q.rank[w]) })
	var c Change
	for _, v := range variables {
		mask := q.space.Mask(box, v)
		for cell := range q.space.Cells(v) {
			if hope || q.model.Variables[v].Kind != strategy.FactVariable || q.space.Allows(s.box, v, cell) || q.space.Allows(box, v, cell) {
				continue
			}
			mask[cell/64] |= 1 << (cell % 64)
			if !q.walker.Only(q.model.Merged, box, wanted) {
				mask[cell/64] &^= 1 << (cell % 64)
			}
		}
		c.Parts = append(c.Parts, q.altered(v, mask))
	}
	if hope {
		then := &situation{box: box, closed: make([]string, len(s.closed)), reasons: make([]bool, len(s.reasons))}
		if q.model.Choice >= 0 {
			then.closed[q.model.Choice] = s.closed[q.model.Choice]
		}
		for _, v := range variables { // what is changed is not to be asked
			then.closed[v] = changed
		}
		c.Provided, _ = q.way(then, wanted)
	}
	return c
}

// changed is why a fact is not asked that a change gives a value.
const changed = "changed"

func (q *Inquirer) altered(v int, mask []uint64) Answer {
	subject := Subject{Kind: AskFact, Fact: q.model.Variables[v].Index}
	if q.model.Variables[v].Kind == strategy.JudgementVariable {
		subject = Subject{Kind: AskJudgement, Rule: q.model.Variables[v].Index}
	}
	return Answer{subject, q.reply(v, mask)}
}

// minimal lists all smallest sets of at most so many picks. cut says that
// there are more than are listed.
func (s *search) minimal(most int) (all [][]pick, cut bool) {
	var found []alteration
	tries := 0
	var visit func(r diagram.Ref, picks []pick, done weight)
	visit = func(r diagram.Ref, picks []pick, done weight) {
		if tries++; tries > maxTries || (done+s.least(r))/half > weight(most) {
			return
		}
		if r == diagram.True {
			found = append(found, alteration{slices.Clone(picks), done})
			return
		}
		visit(s.keep(r), picks, done)
		for _, left := range s.chosen(r) {
			p := s.pick(r, left)
			visit(left, append(picks, p), done+s.weights[p.variable])
		}
	}
	visit(s.condition, nil, 0)
	slices.SortStableFunc(found, func(x, y alteration) int { return cmp.Compare(x.weight, y.weight) })
	cut = tries > maxTries
	for _, a := range found {
		if !slices.ContainsFunc(all, func(smaller []pick) bool { return within(smaller, a.picks) }) {
			if len(all) == maxChanges {
				return all, true
			}
			all = append(all, a.picks)
		}
	}
	return all, cut
}

// maxTries bounds how many ways through a search are tried.
const maxTries = 100_000

type alteration struct {
	picks  []pick
	weight weight
}

// within reports whether the variables of a are among those of b.
func within(a, b []pick) bool {
	for _, p := range a {
		if !slices.ContainsFunc(b, func(other pick) bool { return other.variable == p.variable }) {
			return false
		}
	}
	return true
}

// Fragile finds the smallest number of claims without the reason that they
// require of which, were they wrong, the recommendation as stated would no
// longer be certain. ok is false where there is no such recommendation, or
// however many of them are wrong it stays. The claims are given as places of
// facts among the strategy's, in their order.
func (q *Inquirer) Fragile(t *assess.Taken) (facts []int, ok bool) {
	stated := q.walker.Possible(q.model.Merged, t.Stated)
	if stated.Len() != 1 {
		return nil, false
	}
	may := func(v int) bool {
		variable := q.model.Variables[v]
		return variable.Kind == strategy.FactVariable && t.Facts[variable.Index].Counts == result.Stated
	}
	g := q.graph(q.model.Merged, q.freed(t.Stated, may))
	picks, ok := q.alterations(g, t.Stated, ^stated, true, may).smallest()
	for _, v := range g.variablesOf(picks) {
		facts = append(facts, q.model.Variables[v].Index)
	}
	slices.Sort(facts)
	return facts, ok
}
