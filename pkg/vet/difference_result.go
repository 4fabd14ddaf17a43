package vet

import (
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// Result is the difference in codes. program is the program's version, exitCode
// what it ends with.
func (d *Difference) Result(program string, exitCode int) *result.StrategyDifference {
	of := func(s *strategy.Strategy) result.Strategy {
		return result.Strategy{ID: diag.Clean(s.ID), Version: diag.Clean(s.Version), SHA256: s.Digest}
	}
	var reworded []string
	for _, id := range d.Reworded {
		reworded = append(reworded, diag.Clean(id))
	}
	return &result.StrategyDifference{Ksdev: result.Version, Kind: "strategy_difference", Program: program,
		Old: of(d.Old), New: of(d.New), Equal: d.Equal(), Settings: codes(d.Settings), Facts: changes(d.Facts), Rules: changes(d.Rules),
		Notes: changes(d.Notes), Reworded: reworded, Recommendations: shiftResults(d.Recommendations), Cases: d.Cases.String(), ExitCode: exitCode}
}

// codes are messages in codes.
func codes(messages []i18n.Message) []any {
	args := make([]any, len(messages))
	for i, m := range messages {
		args[i] = m
	}
	return i18n.Message{Args: args}.Codes()
}

func changes(all []Changed) (list []result.StrategyChange) {
	for _, c := range all {
		list = append(list, result.StrategyChange{ID: diag.Clean(c.Name), Status: c.Status, About: codes(c.About), Shifts: shiftResults(c.Shifts)})
	}
	return list
}

func shiftResults(all []Shift) (list []result.StrategyShift) {
	for _, s := range all {
		one := result.StrategyShift{Old: diag.Clean(s.From), New: diag.Clean(s.To), More: s.More, Count: s.Count.String()}
		for _, words := range s.Cases {
			one.Cases = append(one.Cases, i18n.Message{Args: []any{words}}.Codes()...)
		}
		list = append(list, one)
	}
	return list
}
