package inquiry

import (
	"cmp"
	"slices"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Answer is an answer to a question.
type Answer struct {
	Subject
	Reply
}

// Way is the shortest way to a recommendation.
type Way struct {
	// To is the recommendation; the two that the open choice divides are together
	// candidate.
	To string
	// Answers make it certain, whatever else is open. A judgement is among them
	// only where a borderline case is possible. There are none where it cannot be
	// made certain by asking.
	Answers []Answer
	// Smallest says that no other answers do it with less effort. Else none of
	// these can be left out.
	Smallest bool
}

// Ways finds the shortest way to each recommendation that is still possible,
// the best first; none where only one is.
func (q *Inquirer) Ways(t *assess.Taken) []Way {
	s := q.situation(t)
	possible := q.walker.Possible(q.model.Merged, s.box)
	if possible.Len() < 2 {
		return nil
	}
	var ways []Way
	for _, result := range possible.Results() {
		answers, smallest := q.way(s, diagram.SetOf(result))
		ways = append(ways, Way{q.name(result), answers, smallest})
	}
	return ways
}

// name is the name of a result of the merged table.
func (q *Inquirer) name(merged int) string {
	s := q.strategy
	if s.ChoiceOpen() && slices.Contains(s.Table.Divided, merged) {
		return strategy.Candidate
	}
	return s.Recommendations[merged]
}

// way finds the smallest set of answers after which only the wanted results
// are possible.
func (q *Inquirer) way(s *situation, wanted diagram.Set) (answers []Answer, smallest bool) {
	box := q.judgeable(s.box)
	g := q.graph(q.model.Merged, box)
	search := g.search(wanted, false)
	for i, v := range g.variables {
		search.weights[i] = weight(q.cost(v))*half + 1
		borderline := q.model.Variables[v].Kind == strategy.JudgementVariable && q.space.Allowed(s.box, v) < 2
		if borderline {
			search.weights[i] = costHigh*half + 1
		}
		for class, cells := range g.classes[i] {
			stays := slices.ContainsFunc(cells, func(cell int) bool { return q.space.Allows(s.box, v, cell) })
			if stays {
				search.open[i] = append(search.open[i], class)
			}
			if q.answers(s, v) && !(stays && borderline) {
				search.options[i] = append(search.options[i], class)
			}
		}
	}
	picks, found := search.smallest()
	if search.over() {
		return q.someWay(s, wanted), false
	}
	if !found {
		return nil, true
	}
	box = slices.Clone(s.box)
	for _, p := range picks {
		q.put(box, g.variables[p.variable], g.cellsOf(p))
	}
	return q.reached(s, box, g.variablesOf(picks), wanted), true
}

// answers reports whether a question can be asked about the variable, now or
// when a case turns out to be borderline.
func (q *Inquirer) answers(s *situation, v int) bool {
	return s.closed[v] == "" && q.model.Variables[v].Kind != strategy.BorderlineVariable
}

// judgeable is the box with judgements on the rules for which a borderline case
// still matters.
func (q *Inquirer) judgeable(box diagram.Box) diagram.Box {
	wide := slices.Clone(box)
	q.walker.Relevant(q.model.Merged, box, q.marks)
	for rule, v := range q.model.Borderline {
		if v >= 0 && q.marks[v] {
			q.space.Fill(wide, q.model.Judgement[rule])
		}
	}
	return wide
}

// put narrows a variable to cells.
func (q *Inquirer) put(box diagram.Box, v int, cells []int) {
	mask := q.space.Mask(box, v)
	clear(mask)
	for _, cell := range cells {
		mask[cell/64] |= 1 << (cell % 64)
	}
}

func (g *graph) cellsOf(p pick) []int {
	var cells []int
	for _, class := range p.classes {
		cells = append(cells, g.classes[p.variable][class]...)
	}
	return cells
}

func (g *graph) variablesOf(picks []pick) []int {
	var all []int
	for _, p := range picks {
		all = append(all, g.variables[p.variable])
	}
	return all
}

// reached says what the box, narrowed for some variables, answers. Values of a
// fact are widened as far as the result stays certain: "at least 20" is said
// sooner than "20 to 30".
func (q *Inquirer) reached(s *situation, box diagram.Box, variables []int, wanted diagram.Set) []Answer {
	slices.SortFunc(variables, func(v, w int) int { return cmp.Compare(q.rank[v], q.rank[w]) })
	answers := make([]Answer, 0, len(variables))
	for _, v := range variables {
		mask := q.space.Mask(box, v)
		for cell := range q.space.Cells(v) {
			if q.model.Variables[v].Kind != strategy.FactVariable || q.space.Allows(box, v, cell) {
				continue
			}
			mask[cell/64] |= 1 << (cell % 64)
			if !q.walker.Only(q.model.Merged, box, wanted) {
				mask[cell/64] &^= 1 << (cell % 64)
			}
		}
		answers = append(answers, q.answer(s, v, mask))
	}
	return answers
}

func (q *Inquirer) answer(s *situation, v int, mask []uint64) Answer {
	a := Answer{q.subject(s, v), q.reply(v, mask)}
	if a.Kind == AskConflict && q.space.Allowed(s.box, v) < 2 {
		a.Kind = AskJudgement
	}
	return a
}

// someWay answers all that can be asked so that the result is certain, and then
// leaves out, from the last answer on, what is not needed.
func (q *Inquirer) someWay(s *situation, wanted diagram.Set) []Answer {
	box := slices.Clone(s.box)
	var variables []int
	q.walker.Relevant(q.model.Merged, box, q.marks)
	for v, matters := range slices.Clone(q.marks) {
		if !matters || !q.answers(s, v) {
			continue
		}
		variables = append(variables, v)
		for cell := range q.space.Cells(v) {
			if q.space.Allows(s.box, v, cell) {
				q.space.Only(box, v, cell)
				if !q.walker.Possible(q.model.Merged, box).Within(^wanted) {
					break
				}
			}
		}
	}
	if !q.walker.Only(q.model.Merged, box, wanted) {
		return nil
	}
	for i, v := range slices.Backward(variables) {
		chosen := slices.Clone(q.space.Mask(box, v))
		copy(q.space.Mask(box, v), q.space.Mask(s.box, v))
		if q.walker.Only(q.model.Merged, box, wanted) {
			variables = slices.Delete(variables, i, i+1)
		} else {
			copy(q.space.Mask(box, v), chosen)
		}
	}
	return q.reached(s, box, variables, wanted)
}
