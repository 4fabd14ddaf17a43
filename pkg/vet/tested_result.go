package vet

import (
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/result"
)

// Result is the test in codes. program is the program's version, exitCode what
// it ends with.
func (t *Tested) Result(program string, exitCode int) *result.StrategyTest {
	s := t.Strategy
	r := &result.StrategyTest{Ksdev: result.Version, Kind: "strategy_test", Program: program, ExitCode: exitCode,
		Strategy: result.Strategy{ID: diag.Clean(s.ID), Version: diag.Clean(s.Version), SHA256: s.Digest}, Cases: []result.TestedCase{}, Coverage: []result.CoverageItem{}}
	for _, c := range t.Cases {
		one := result.TestedCase{Name: diag.Clean(c.Name), Holds: c.Holds(), Path: diag.Clean(c.Pos.File), Place: placeOf(c.Pos)}
		for _, d := range c.Found {
			said := result.Diagnostic{Severity: d.Severity.String(), Code: d.Code(), Arguments: d.Message.Codes()}
			if place := placeOf(d.Pos); place.Line > 0 {
				said.Place = &place
			}
			one.Diagnostics = append(one.Diagnostics, said)
		}
		r.Cases = append(r.Cases, one)
	}
	for _, i := range t.Items {
		r.Coverage = append(r.Coverage, result.CoverageItem{Kind: i.Kind, On: diag.Clean(i.On), Of: diag.Clean(i.Of), Covered: i.Covered,
			Path: diag.Clean(i.Pos.File), Place: placeOf(i.Pos)})
	}
	for _, m := range t.Mutants {
		r.Changes = append(r.Changes, result.TriedChange{Kind: m.Kind, On: diag.Clean(m.On), From: diag.Clean(m.From), To: diag.Clean(m.To), Status: m.Status,
			Path: diag.Clean(m.Pos.File), Place: placeOf(m.Pos)})
	}
	return r
}

func placeOf(pos diag.Pos) result.Place { return result.Place{Line: pos.Line, Column: pos.Column} }
