package vet

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diagram"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// ordering lists the operators that compare with a number.
func ordering() []string { return []string{"==", "!=", "<=", ">=", "<", ">"} }

// neighbour is a comparison that somebody could have written instead.
type neighbour struct {
	kind string
	*cond.Comparison
}

// neighbours lists what differs from a comparison in its operator, or by one
// value, step or option in its constant.
func neighbours(s *strategy.Strategy, x *cond.Comparison) []neighbour {
	switch {
	case x.Kind == cond.OfOutcome:
		return ofOutcome(x)
	case x.Kind == cond.OfCount:
		return ofCount(x, len(s.Sets[x.Set].Rules))
	case x.Definition.Kind.Ordered():
		return ofOrdered(x)
	case x.Definition.Kind == fact.Choices && x.Test.Includes == 0:
		return ofMembers(x)
	}
	return ofOptions(x)
}

// ofOutcome asks for other outcomes.
func ofOutcome(x *cond.Comparison) []neighbour {
	all := diagram.SetOf(cond.Pass, cond.Fail, cond.NotApplicable)
	var found []neighbour
	for outcomes := diagram.Set(1); outcomes < all; outcomes++ {
		if outcomes == x.Outcomes {
			continue
		}
		kind := Constant
		if outcomes == all&^x.Outcomes {
			kind = Operator
		}
		other := *x
		writeOutcomes(&other, outcomes)
		found = append(found, neighbour{kind, &other})
	}
	return found
}

// ofCount compares another way, with the number before and after, or counts
// something else.
func ofCount(x *cond.Comparison, most int) []neighbour {
	var found []neighbour
	for _, operator := range ordering() {
		if operator != x.Operator {
			other := *x
			other.Operator = operator
			found = append(found, neighbour{Operator, &other})
		}
	}
	for _, number := range []int{x.Number - 1, x.Number + 1} {
		if x.Threshold == "" && number >= 0 && number <= min(most+1, diagram.MaxResult) {
			other := *x
			other.Number, other.Operands = number, []string{strconv.Itoa(number)}
			found = append(found, neighbour{Constant, &other})
		}
	}
	for i := range cond.TallyNames() {
		if cond.Tally(i) != x.Tally {
			other := *x
			other.Tally = cond.Tally(i)
			found = append(found, neighbour{Constant, &other})
		}
	}
	return found
}

// ofOrdered compares another way, or with the value before or after.
func ofOrdered(x *cond.Comparison) []neighbour {
	d, value := x.Definition, x.Test.Interval.Lo
	if x.Operator == "<=" || x.Operator == ">" {
		value = x.Test.Interval.Hi
	}
	var found []neighbour
	for _, operator := range ordering() {
		if operator != x.Operator {
			other := *x
			other.Operator = operator
			other.Test.Interval, other.Negated = intervalOf(d, operator, value)
			found = append(found, neighbour{Operator, &other})
		}
	}
	for _, near := range []int64{value - d.Step, value + d.Step} {
		if near < d.Min || near > d.Max {
			continue
		}
		other := *x
		other.Threshold, other.Operands = "", []string{constantText(d, near)}
		other.Test.Interval, other.Negated = intervalOf(d, x.Operator, near)
		found = append(found, neighbour{Constant, &other})
	}
	return found
}

// intervalOf is the interval in which "fact operator value" holds, or, negated,
// does not.
func intervalOf(d *fact.Definition, operator string, value int64) (in fact.Interval, negated bool) {
	switch operator {
	case ">=", "<":
		return fact.Interval{Lo: value, Hi: d.Max}, operator == "<"
	case "<=", ">":
		return fact.Interval{Lo: d.Min, Hi: value}, operator == ">"
	}
	return fact.Interval{Lo: value, Hi: value}, operator == "!="
}

// constantText is a value as files can write it in every language.
func constantText(d *fact.Definition, value int64) string {
	coded := d.Encode(fact.Values{Intervals: []fact.Interval{{Lo: value, Hi: value}}})
	return strings.Trim(string(coded.Ranges[0].From), `"`)
}

// ofMembers compares the number of members another way, or with another number.
func ofMembers(x *cond.Comparison) []neighbour {
	number, err := strconv.Atoi(x.Operands[0])
	if err != nil {
		return nil
	}
	most := len(x.Definition.Options)
	var found []neighbour
	add := func(kind, operator string, number int) {
		other := *x
		other.Operator, other.Operands = operator, []string{strconv.Itoa(number)}
		switch operator {
		case ">=", "<":
			other.Test.Least, other.Test.Most = number, most
		case "<=", ">":
			other.Test.Least, other.Test.Most = 0, number
		default:
			other.Test.Least, other.Test.Most = number, number
		}
		other.Negated = slices.Contains([]string{"<", ">", "!="}, operator)
		found = append(found, neighbour{kind, &other})
	}
	for _, operator := range ordering() {
		if operator != x.Operator {
			add(Operator, operator, number)
		}
	}
	for _, near := range []int{number - 1, number + 1} {
		if near >= 0 && near <= most {
			add(Constant, x.Operator, near)
		}
	}
	return found
}

// ofOptions turns the answer round, asks for all instead of any, and compares
// with one option more, one less, or the one before or after.
func ofOptions(x *cond.Comparison) []neighbour {
	chosen := x.Test.Options | x.Test.Includes
	all := uint64(1)<<len(x.Definition.OptionIDs()) - 1
	found := []neighbour{{Operator, withOptions(x, chosen, x.Test.Every, !x.Negated)}}
	if bits.OnesCount64(chosen) > 1 && x.Test.Includes != 0 {
		found = append(found, neighbour{Operator, withOptions(x, chosen, !x.Test.Every, x.Negated)})
	}
	var others []uint64
	for i := range x.Definition.OptionIDs() {
		others = append(others, chosen^1<<i)
	}
	if bits.OnesCount64(chosen) == 1 {
		others = append(others, chosen<<1, chosen>>1)
	}
	for _, other := range others {
		// All options of a choice together are no question, none neither.
		if other != 0 && other&^all == 0 && (other != all || x.Test.Includes != 0) {
			found = append(found, neighbour{Constant, withOptions(x, other, x.Test.Every, x.Negated)})
		}
	}
	return found
}

func withOptions(x *cond.Comparison, chosen uint64, every, negated bool) *cond.Comparison {
	other := *x
	if x.Test.Includes != 0 {
		other.Test = fact.Test{Includes: chosen, Every: every}
	} else {
		other.Test = fact.Test{Options: chosen}
	}
	other.Negated = negated
	writeOptions(&other)
	return &other
}
