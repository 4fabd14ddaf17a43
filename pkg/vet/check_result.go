package vet

import (
	"encoding/json"
	"math/big"
	"slices"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
)

// Open reports whether there is an error, or a warning that nobody has
// acknowledged.
func (c *Check) Open() bool {
	return slices.ContainsFunc(c.Findings, func(f Finding) bool { return f.Open() })
}

// Result is the check in codes. program is the program's version, exitCode
// what it ends with.
func (c *Check) Result(program string, exitCode int) *result.StrategyCheck {
	r := &result.StrategyCheck{Ksdev: result.Version, Kind: "strategy_check", Program: program, Findings: []result.StrategyFinding{}, ExitCode: exitCode}
	if s := c.Strategy; s.ID != "" && s.Version != "" && s.Digest != "" {
		r.Strategy = &result.Strategy{ID: diag.Clean(s.ID), Version: diag.Clean(s.Version), SHA256: s.Digest}
	}
	for _, f := range c.Findings {
		r.Findings = append(r.Findings, f.result())
	}
	if n := c.Counted; n != nil {
		r.Counted = &result.Counted{Cases: n.Cases.String(), Facts: shares(n.Facts, n.Cases), Recommendations: shares(n.Recommendations, n.Cases), Beside: n.Beside}
	}
	return r
}

func (f *Finding) result() result.StrategyFinding {
	r := result.StrategyFinding{More: f.More,
		Diagnostic: result.Diagnostic{Severity: f.Severity.String(), Code: f.Code(), Arguments: f.Message.Codes(), Path: diag.Clean(f.Pos.File)}}
	if f.Pos.Line > 0 {
		r.Place = &result.Place{Line: f.Pos.Line, Column: f.Pos.Column}
	}
	for _, name := range f.On {
		r.On = append(r.On, diag.Clean(name))
	}
	for _, words := range f.Cases {
		r.Cases = append(r.Cases, i18n.Message{Args: []any{words}}.Codes()...)
	}
	if f.Acknowledged != nil {
		r.Acknowledged = diag.Clean(f.Acknowledged.Because)
	}
	return r
}

func shares(of []Share, all *big.Int) []result.Share {
	list := make([]result.Share, len(of))
	for i, s := range of {
		list[i] = result.Share{ID: s.Name, Cases: s.Cases.String(), Share: json.Number(new(big.Rat).SetFrac(s.Cases, all).FloatString(6))}
	}
	return list
}
