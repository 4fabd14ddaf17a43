package fact

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/ks-no/ksdev/pkg/i18n"
)

// exampleDefinitions are one fact of every kind, and numbers in other units.
func exampleDefinitions() map[string]*Definition {
	options := func(labels ...string) (options []Option) {
		for ; len(labels) > 0; labels = labels[4:] {
			options = append(options, Option{ID: labels[0], Labels: inThree(labels[1], labels[2], labels[3])})
		}
		return options
	}
	unit := func(one, other Labels) *Unit { return &Unit{One: one, Other: other} }
	return map[string]*Definition{
		"answer": {Path: "needs.documented", Kind: Answer},
		"text":   {Path: "sharing.plan", Kind: Text},
		"choice": {Path: "reach.relevance", Kind: Choice, Options: options(
			"most", "de fleste", "dei fleste", "most municipalities",
			"some", "noen", "nokre", "some municipalities",
			"across", "på tvers", "på tvers", "across")},
		"choices": {Path: "origin.initiator", Kind: Choices, Options: options(
			"ks", "KS", "KS", "KS",
			"state", "staten", "staten", "the state",
			"municipality", "en kommune", "ein kommune", "a municipality")},
		"count": {Path: "reach.municipalities", Kind: Number, Max: 400 * One, Step: One, Unit: unit(
			inThree("kommune", "kommune", "municipality"), inThree("kommuner", "kommunar", "municipalities"))},
		"share": {Path: "cost.own_share", Kind: Number, Max: 100 * One, Step: 1, Unit: unit(
			inThree("prosent", "prosent", "percent"), inThree("prosent", "prosent", "percent"))},
		"months": {Path: "time.months", Kind: Number, Max: 240 * One, Step: One, Unit: unit(
			inThree("måned", "månad", "month"), inThree("måneder", "månader", "months"))},
		"change": {Path: "area.change", Kind: Number, Min: -50 * One, Max: 50 * One, Step: 1},
		"money":  {Path: "cost.nok", Kind: Money, Max: 5_000_000_000_000 * One, Step: One / 100},
		"effort": {Path: "ks.effort", Kind: Effort, Max: 100_000 * One, Step: 1},
		"date":   {Path: "time.start", Kind: Date, Min: -25567, Max: 84005, Step: 1},
	}
}

func inThree(nb, nn, en string) Labels {
	return Labels{i18n.Bokmal: nb, i18n.Nynorsk: nn, i18n.English: en}
}

// notation writes values in a way of its own, so that the table does not lean
// on Describe: ids, numbers in the fact's unit, days, "a..b", "a.." to the end
// of the domain.
func notation(d *Definition, parsed Parsed) string {
	if parsed.Unknown {
		return "unknown"
	}
	coded := d.Encode(parsed.Values)
	var parts []string
	for _, s := range coded.Sets {
		parts = append(parts, "{"+strings.Join(s.All, " ")+"}")
	}
	parts = append(parts, coded.Options...)
	for i, r := range coded.Ranges {
		switch interval := parsed.Values.Intervals[i]; {
		case interval.Lo == interval.Hi:
			parts = append(parts, string(r.From))
		case interval.Hi == d.Max:
			parts = append(parts, string(r.From)+"..")
		case interval.Lo == d.Min:
			parts = append(parts, ".."+string(r.To))
		default:
			parts = append(parts, string(r.From)+".."+string(r.To))
		}
	}
	return strings.ReplaceAll(strings.Join(parts, " "), `"`, "")
}

var _ = bufio.NewScanner
var _ = os.Open
var _ = filepath.Join
var _ = strconv.Unquote
var _ testing.T
