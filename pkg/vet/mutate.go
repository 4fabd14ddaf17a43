package vet

import (
	"slices"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/diagram"
)

// Mutant is a small change of the strategy with what became of it.
type Mutant struct {
	// Kind is what is changed: one of the kinds of changes.
	Kind string
	// On is the rule, the rule set, the named condition, the row or the note.
	On  string
	Pos diag.Pos
	// From and To are what was written and what is tried instead, in the
	// language of strategy files; To is empty for what is left out.
	From, To string
	// Status is what became of it.
	Status string

	change *change
}

// What becomes of a change.
const (
	// Noticed: a case does not hold any more.
	Noticed = "noticed"
	// Unnoticed: the strategy says something else, and all cases hold.
	Unnoticed = "unnoticed"
	// Equivalent: the strategy says the same, which is proven.
	Equivalent = "equivalent"
	// Refused: the strategy cannot be loaded with the change.
	Refused = "refused"
)

// maxStored is how many nodes a store has before a new one is begun.
const maxStored = 200_000

// mutating is the state of trying changes.
type mutating struct {
	*variants
	trials []*trial
	walker *diagram.Walker
}

// mutants tries all changes of the strategy on the cases that hold. Cases that
// set thresholds are tried on the strategy with these.
func mutants(a *assessor, cases []*Case) ([]*Mutant, error) {
	groups := groupsOf(a, cases)
	var all []*Mutant
	for i, g := range groups {
		v, err := newVariants(g.assessor.strategy, true)
		if err != nil {
			return nil, err
		}
		m := &mutating{variants: v}
		for _, c := range g.cases {
			m.trials = append(m.trials, v.trial(c))
		}
		if i == 0 {
			all, err = m.all()
		} else {
			err = m.rest(all)
		}
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// group are cases that are tried on the same variants.
type group struct {
	assessor *assessor
	cases    []*Case
}

// groupsOf groups cases that hold by the thresholds that they set. The first
// group, which may be empty, sets none; the open choice makes no difference.
func groupsOf(a *assessor, cases []*Case) []group {
	groups := []group{{assessor: a}}
	for _, c := range cases {
		if c.taken == nil || !c.Holds() {
			continue
		}
		i := slices.IndexFunc(groups, func(g group) bool { return sameThresholds(g.assessor, c.assessor) })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{assessor: c.assessor})
		}
		groups[i].cases = append(groups[i].cases, c)
	}
	return groups
}

func sameThresholds(a, b *assessor) bool {
	for i, t := range a.strategy.Thresholds {
		if t.Value != b.strategy.Thresholds[i].Value {
			return false
		}
	}
	return true
}

// all tries every change.
func (m *mutating) all() ([]*Mutant, error) {
	var all []*Mutant
	for _, ch := range m.changes {
		if m.repeats(ch, all) {
			continue
		}
		mutant := &Mutant{Kind: ch.kind, On: ch.on, Pos: ch.pos, From: ch.from, To: ch.to, change: ch}
		if err := m.decide(mutant); err != nil {
			return nil, err
		}
		all = append(all, mutant)
	}
	return all, nil
}

// rest tries the changes that no case has noticed so far. A strategy with other
// thresholds has the same changes, with other constants.
func (m *mutating) rest(all []*Mutant) error {
	if len(m.trials) == 0 {
		return nil
	}
	for _, mutant := range all {
		if mutant.Status != Unnoticed {
			continue
		}
		i := slices.IndexFunc(m.changes, func(ch *change) bool { return ch.same(mutant.change) })
		if i < 0 {
			continue
		}
		other := &Mutant{change: m.changes[i]}
		if err := m.decide(other); err != nil {
			return err
		}
		if other.Status == Noticed {
			mutant.Status = Noticed
		}
	}
	return nil
}

// same reports whether both change the same place in the same way, whatever the
// thresholds are.
func (ch *change) same(other *change) bool {
	return ch.number == other.number && ch.kind == other.kind && ch.pos == other.pos
}

// repeats reports whether a change comes to the same as an earlier one of the
// same condition.
func (m *mutating) repeats(ch *change, earlier []*Mutant) bool {
	if ch.target == nil || ch.with == nil {
		return false
	}
	now := m.condition(ch.with, m.original)
	for _, other := range slices.Backward(earlier) {
		if other.change.target != ch.target {
			break
		}
		if other.change.with != nil && m.condition(other.change.with, m.original) == now {
			return true
		}
	}
	return false
}

// decide finds out what becomes of a change.
func (m *mutating) decide(mutant *Mutant) error {
	if m.store.Len() > maxStored {
		if err := m.renew(); err != nil {
			return err
		}
	}
	mutant.Status = m.status(mutant.change)
	if m.store.Err() == nil {
		return nil
	}
	// The store may have been nearly full. One that alone fills a store is
	// larger than a strategy may be.
	if err := m.renew(); err != nil {
		return err
	}
	mutant.Status = m.status(mutant.change)
	if m.store.Err() != nil {
		mutant.Status = Refused
		return m.renew()
	}
	return nil
}

// status looks at rules first, since most changes are noticed there and the
// table takes longest.
func (m *mutating) status(ch *change) string {
	o := ch.of(m.source)
	f := m.rules(o, m.original)
	rulesDiffer, notesDiffer := !slices.Equal(f.outcome, m.original.outcome), !slices.Equal(f.notes, m.original.notes)
	if !m.soundRules(o) {
		return Refused
	}
	m.walker = diagram.NewWalker(m.store)
	if rulesDiffer && m.noticedByRules(f) {
		return Noticed
	}
	m.recommend(o, f)
	tableDiffers := f.recommendation != m.original.recommendation
	if !m.soundTable(f) {
		return Refused
	}
	m.walker = diagram.NewWalker(m.store)
	switch {
	case !rulesDiffer && !notesDiffer && !tableDiffers:
		return Equivalent
	case notesDiffer && m.noticedByNotes(f), tableDiffers && m.noticedByTable(f):
		return Noticed
	}
	return Unnoticed
}

func (m *mutating) noticedByRules(f *functions) bool {
	return slices.ContainsFunc(m.trials, func(t *trial) bool {
		return slices.ContainsFunc(t.outcomes, func(e expectedOutcome) bool {
			return f.outcome[e.rule] != m.original.outcome[e.rule] && !m.outcomeHolds(m.walker, e, f.outcome[e.rule], m.judged(m.walker, t, f))
		})
	})
}

func (m *mutating) noticedByNotes(f *functions) bool {
	return slices.ContainsFunc(m.trials, func(t *trial) bool {
		return t.expectsNotes && !m.notesHold(m.walker, t, f, m.judged(m.walker, t, f))
	})
}

func (m *mutating) noticedByTable(f *functions) bool {
	return slices.ContainsFunc(m.trials, func(t *trial) bool {
		return t.expectsTable && m.walker.Possible(f.recommendation, m.judged(m.walker, t, f)) != t.recommendation
	})
}
