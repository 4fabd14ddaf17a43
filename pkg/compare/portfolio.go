package compare

import (
	"cmp"
	"maps"
	"math/bits"
	"slices"

	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// documented gives the values that facts of an assessment can still have, as
// documented and with what was assumed.
type documented struct {
	strategy *strategy.Strategy
	said     map[string]*fact.Coded
}

func newDocumented(s *strategy.Strategy, a *result.Assessment) documented {
	d := documented{s, map[string]*fact.Coded{}}
	for i := range a.Facts {
		if claim := &a.Facts[i]; claim.Counts == result.Documented && claim.Value != nil {
			d.said[claim.Fact] = claim.Value
		}
	}
	return d.assume(a)
}

// assume narrows facts by what was assumed where it was used.
func (d documented) assume(a *result.Assessment) documented {
	for i := range a.Assumptions {
		assumed := &a.Assumptions[i]
		place := d.strategy.Fact(assumed.Fact)
		if !assumed.Used || place < 0 {
			continue
		}
		definition := d.strategy.Facts[place]
		value := assumed.Value
		if said := d.said[assumed.Fact]; said != nil {
			both, _ := definition.Intersect(d.decode(definition, said), d.decode(definition, &value))
			value = definition.Encode(both)
		}
		d.said[assumed.Fact] = &value
	}
	return d
}

// decode gives the values of a code; what a changed file got wrong is unknown.
func (d documented) decode(definition *fact.Definition, c *fact.Coded) fact.Values {
	domain := definition.Domain()
	decoded, err := definition.Decode(*c)
	if values, ok := definition.Intersect(decoded, domain); err == nil && ok {
		return values
	}
	return domain
}

// values are those that the fact can have, and whether anything is known.
func (d documented) values(i int) (fact.Values, bool) {
	definition := d.strategy.Facts[i]
	said := d.said[definition.Path]
	if said == nil {
		return definition.Domain(), false
	}
	return d.decode(definition, said), true
}

// addNeed adds how much an initiative needs of a capacity.
func (c *candidate) addNeed(s *strategy.Strategy, capacity strategy.Capacity, facts documented) {
	values, known := facts.values(capacity.Fact)
	definition := s.Facts[capacity.Fact]
	intervals := values.Intervals
	c.needs = append(c.needs, need{intervals[0].Lo, intervals[len(intervals)-1].Hi})
	shown := result.Need{Name: capacity.Name}
	if known {
		ranges := definition.Encode(values).Ranges
		shown.Least = ranges[0].From
		if most := ranges[len(ranges)-1].To; c.needs[len(c.needs)-1].most < definition.Max {
			shown.Most = most
		}
	}
	c.Needs = append(c.Needs, shown)
}

// member says what an initiative has of a group: options of a fact, or rules
// of a rule set.
func (c *Comparing) member(name string, a *result.Assessment, facts documented) membership {
	if i := c.strategy.Fact(name); i >= 0 {
		values, known := facts.values(i)
		return memberOf(values, known)
	}
	var m membership
	for i := range a.RuleSets {
		if a.RuleSets[i].ID != name {
			continue
		}
		sure, perhaps := criteria(&a.RuleSets[i])
		for j, r := range a.RuleSets[i].Rules {
			if !slices.Contains(r.Possible, result.Pass) {
				perhaps &^= 1 << j
			}
		}
		m = membership{certain: sure, perhaps: perhaps &^ sure}
	}
	return m
}

// memberOf is what values of a fact with options certainly and perhaps include.
func memberOf(values fact.Values, known bool) membership {
	if !known {
		return membership{unknown: true}
	}
	must, may := ^uint64(0), uint64(0)
	for _, s := range values.Sets {
		must &= s.Must
		may |= s.May
	}
	if len(values.Sets) == 0 {
		may, must = values.Options, values.Options
		if bits.OnesCount64(values.Options) > 1 {
			must = 0
		}
	}
	return membership{certain: must, perhaps: may &^ must}
}

// shown is a membership by its ids.
func (c *Comparing) shown(name string, m membership) result.Member {
	shown := result.Member{Name: name, Unknown: m.unknown}
	for i, id := range c.groupIDs(name) {
		switch {
		case m.certain>>i&1 == 1:
			shown.Certain = append(shown.Certain, id)
		case m.perhaps>>i&1 == 1:
			shown.Perhaps = append(shown.Perhaps, id)
		}
	}
	shown.Certain, shown.Perhaps = c.share(shown.Certain), c.share(shown.Perhaps)
	return shown
}

// portfolio counts how the initiatives spread.
func (c *Comparing) portfolio() result.Portfolio {
	p := result.Portfolio{Recommendations: []result.Tally{}, Rules: c.ruleTallies()}
	recommendations, years := map[string]int{}, map[string]int{}
	for _, one := range c.candidates {
		recommendations[one.Recommendation]++
		years[one.Date[:min(len(one.Date), len("2018"))]]++
	}
	for _, id := range c.strategy.Order {
		if recommendations[id] > 0 {
			p.Recommendations = append(p.Recommendations, result.Tally{ID: id, Count: recommendations[id]})
		}
	}
	for _, year := range slices.SortedFunc(maps.Keys(years), cmp.Compare[string]) {
		p.Years = append(p.Years, result.Tally{ID: year, Count: years[year]})
	}
	for i, name := range c.strategy.Compare.GroupBy {
		p.Groups = append(p.Groups, c.group(i, name))
	}
	return p
}

// group counts the members of each value of a group.
func (c *Comparing) group(i int, name string) result.Group {
	ids := c.groupIDs(name)
	g := result.Group{Name: name, Values: make([]result.GroupTally, len(ids))}
	for j, id := range ids {
		g.Values[j].ID = id
	}
	for _, one := range c.candidates {
		m := one.groups[i]
		if m.unknown {
			g.Unknown++
			continue
		}
		for j := range ids {
			g.Values[j].Certain += int(m.certain >> j & 1)
			g.Values[j].Perhaps += int(m.perhaps >> j & 1)
		}
	}
	return g
}

// groupIDs are the values of a group, in the strategy's order.
func (c *Comparing) groupIDs(name string) []string {
	if i := c.strategy.Fact(name); i >= 0 {
		return c.strategy.Facts[i].OptionIDs()
	}
	var ids []string
	for _, set := range c.strategy.Sets {
		if set.ID == name {
			for _, rule := range set.Rules {
				ids = append(ids, c.strategy.Rules[rule].ID)
			}
		}
	}
	return ids
}

// ruleTallies counts the outcomes of all rules that do not merely inform.
func (c *Comparing) ruleTallies() []result.RuleTally {
	tallies := []result.RuleTally{}
	for i, rule := range c.strategy.Rules {
		if c.strategy.Sets[rule.Set].Role == strategy.Informs {
			continue
		}
		t := result.RuleTally{ID: rule.ID}
		for _, one := range c.candidates {
			switch one.Outcomes[i].Outcome() {
			case result.Pass:
				t.Pass++
			case result.Fail:
				t.Fail++
			case result.NotApplicable:
				t.NotApplicable++
			default:
				t.Unclear++
			}
		}
		tallies = append(tallies, t)
	}
	return tallies
}
