package inquiry

import (
	"cmp"
	"slices"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// State says whether something holds.
type State int

// The states. The numbers of the first two are those of a row's cells.
const (
	No State = iota
	Yes
	Open
)

// Row is a row of the recommendation table with what is known of it.
type Row struct {
	ID string
	// Recommendation is what the row leads to.
	Recommendation string
	State          State
	// Conditions are those that the row asks, in the order of the table.
	Conditions []Condition
}

// Condition is a condition of the table as a row asks it.
type Condition struct {
	Name string
	// Wanted is what the row asks, Yes or No, and State what is so.
	Wanted, State State
	// DecidedBy are claims that decide the condition and from which none can be
	// left out; only where it is not open.
	DecidedBy []result.Ground
	// Causes are what leaves it open.
	Causes []result.Cause
}

// Meets reports whether the condition is as the row asks.
func (c Condition) Meets() bool { return c.State == c.Wanted }

// Fails reports whether the condition is certainly not as the row asks.
func (c Condition) Fails() bool { return c.State != c.Wanted && c.State != Open }

// Why is why a recommendation came out as it did.
type Why struct {
	// Possible are the recommendations that are possible, the best first; the two
	// that the open choice divides are together candidate.
	Possible []string
	// Rows are those that hold or may hold.
	Rows []Row
	// DecidedBy are claims that decide what is possible and from which none can be
	// left out, and Others is how many more claims count and do not matter.
	DecidedBy []result.Ground
	Others    int
}

// Why says why the recommendation came out as it did.
func (q *Inquirer) Why(t *assess.Taken) *Why {
	q.assessor.Take(t.Initiative)
	w := &Why{Possible: q.possible(t.Box), DecidedBy: q.assessor.DecidedBy(q.model.Recommendation)}
	w.Others = len(q.assessor.Said()) - len(w.DecidedBy)
	for i := range q.strategy.Table.Rows {
		if row := q.row(t, i); row.State != No {
			w.Rows = append(w.Rows, row)
		}
	}
	return w
}

func (q *Inquirer) row(t *assess.Taken, i int) Row {
	r := q.strategy.Table.Rows[i]
	row := Row{ID: r.ID, Recommendation: q.strategy.Recommendations[r.Recommendation], State: q.state(q.model.Rows[i], t.Box)}
	for place, wanted := range r.Cells {
		if wanted < 0 {
			continue
		}
		f := q.model.Conditions[place]
		c := Condition{Name: q.strategy.Table.Conditions[place].Name, Wanted: State(wanted), State: q.state(f, t.Box)}
		if c.State == Open {
			c.Causes = q.assessor.OpenBy(f)
		} else {
			c.DecidedBy = q.assessor.DecidedBy(f)
		}
		row.Conditions = append(row.Conditions, c)
	}
	return row
}

func (q *Inquirer) state(f diagram.Ref, box diagram.Box) State {
	return [...]State{1: No, 2: Yes, 3: Open}[q.walker.Possible(f, box)]
}

// WhyNot is what stands in the way of a recommendation.
type WhyNot struct {
	// To is the recommendation that was asked for.
	To string
	// State says whether it is certain, possible or impossible.
	State State
	// Rows are those that lead to it and of which the fewest conditions fail, and
	// of those the ones of which the fewest are open.
	Rows []Row
	// Turn is how the initiative could come to it; nil where it is certain, and
	// where no change leads there. For one of the two that the open choice
	// divides, it leads to candidate.
	Turn *Turn
}

// WhyNot says what stands in the way of a recommendation; ok is false where
// the strategy has none of the name.
func (q *Inquirer) WhyNot(t *assess.Taken, to string) (w *WhyNot, ok bool) {
	wanted := q.named(to)
	if wanted == 0 {
		return nil, false
	}
	q.assessor.Take(t.Initiative)
	possible := q.walker.Possible(q.model.Recommendation, t.Box)
	w = &WhyNot{To: to, State: Open}
	switch {
	case possible.Within(wanted):
		w.State = Yes
	case possible&wanted == 0:
		w.State = No
	}
	for i, row := range q.strategy.Table.Rows {
		if wanted.Has(row.Recommendation) {
			w.Rows = append(w.Rows, q.row(t, i))
		}
	}
	w.Rows = nearest(w.Rows)
	merged := wanted.Least()
	if q.strategy.ChoiceOpen() && slices.Contains(q.strategy.Table.Divided, merged) {
		merged = slices.Min(q.strategy.Table.Divided)
	}
	if q.walker.Possible(q.model.Merged, t.Box) != diagram.SetOf(merged) {
		if turn, ok := q.turn(t, merged); ok {
			w.Turn = &turn
		}
	}
	return w, true
}

// named is the set of recommendations of a name.
func (q *Inquirer) named(name string) diagram.Set {
	if name == strategy.Candidate && q.strategy.ChoiceOpen() {
		return diagram.SetOf(q.strategy.Table.Divided...)
	}
	if i := slices.Index(q.strategy.Recommendations, name); i >= 0 {
		return diagram.SetOf(i)
	}
	return 0
}

func nearest(rows []Row) []Row {
	distance := func(r Row) (failing, open int) {
		for _, c := range r.Conditions {
			switch {
			case c.Fails():
				failing++
			case c.State == Open:
				open++
			}
		}
		return failing, open
	}
	compare := func(x, y Row) int {
		failingX, openX := distance(x)
		failingY, openY := distance(y)
		return cmp.Or(cmp.Compare(failingX, failingY), cmp.Compare(openX, openY))
	}
	if len(rows) == 0 {
		return nil
	}
	least := slices.MinFunc(rows, compare)
	return slices.DeleteFunc(rows, func(r Row) bool { return compare(r, least) > 0 })
}
