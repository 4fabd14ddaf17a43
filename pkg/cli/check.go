package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// checking is what --fail-on and waivers ask for.
type checking struct {
	failOn  []string
	waivers []config.Waiver
	// today is the day on which waivers are judged; nothing else reads a clock.
	today int64
	// met are the initiatives with waivers that were assessed.
	met map[string]bool
}

// newChecking checks what --fail-on lists and what waivers name, and writes
// rules as the strategy does.
func (r *assessing) newChecking(s *strategy.Strategy) (*checking, error) {
	k := &checking{met: map[string]bool{}}
	var err error
	if k.failOn, err = r.readFailOn(s); err != nil {
		return nil, err
	}
	for _, w := range r.config.Waivers {
		i := s.Rule(w.Rule)
		if i < 0 {
			return nil, &exit{code: Usage, found: diag.List{{Severity: diag.Error, Pos: w.Pos,
				Message: i18n.M("initiative.unknown_rule", diag.Clean(w.Rule)), Hint: nearest(w.Rule, s.RuleIDs())}}}
		}
		w.Rule = s.Rules[i].ID
		k.waivers = append(k.waivers, w)
	}
	if k.today, err = r.app.today(len(k.waivers) > 0); err != nil {
		return nil, err
	}
	return k, nil
}

// today is the day of --today, else the current one where that is needed.
func (a *app) today(needed bool) (int64, error) {
	if a.flags.today != "" {
		day, fault := strategy.Day(a.flags.today)
		if fault != nil {
			return 0, usage(i18n.M("cli.flag_message", "--today", fault.Message), fault.Hint)
		}
		return day, nil
	}
	if !needed {
		return 0, nil
	}
	year, month, day := a.streams.Now().Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60), nil
}

// readFailOn checks what --fail-on lists and writes it as the strategy does.
func (r *assessing) readFailOn(s *strategy.Strategy) ([]string, error) {
	simple := append([]string{result.FailOnFail, result.FailOnUnclear, result.FailOnUnsettled}, s.Order...)
	known := append(slices.Clone(simple), s.RuleIDs()...)
	for _, id := range s.Order {
		known = append(known, result.FailOnPossible+id)
	}
	var conditions []string
	for _, name := range r.config.FailOn.Value {
		if k := slices.IndexFunc(known, func(k string) bool { return strings.EqualFold(k, name) }); k >= 0 {
			conditions = append(conditions, known[k])
			continue
		}
		hint := nearest(name, simple)
		if near, ok := yamldoc.Nearest(name, known); ok {
			hint = i18n.M("fields.did_you_mean", near)
		}
		return nil, &exit{code: Usage, found: diag.List{{Severity: diag.Error, Pos: r.config.FailOn.From.Place(),
			Message: i18n.M("cli.fail_on", diag.Clean(name)), Hint: hint}}}
	}
	return conditions, nil
}

// judge sets an assessment's check where there is anything to check.
func (k *checking) judge(a *result.Assessment) {
	var waivers []result.Waiver
	for _, w := range k.waivers {
		if w.Initiative == a.Initiative.ID {
			k.met[w.Initiative] = true
			waivers = append(waivers, result.Waiver{Rule: w.Rule, Because: w.Because, ApprovedBy: w.ApprovedBy, Expires: fact.DayText(w.Expires)})
		}
	}
	if len(k.failOn) > 0 || len(waivers) > 0 {
		a.Judge(k.failOn, waivers, k.today)
	}
}

// unmet lists the waivers for initiatives that were not assessed.
func (k *checking) unmet() diag.List {
	var found diag.List
	for _, w := range k.waivers {
		if !k.met[w.Initiative] {
			found = append(found, diag.Diagnostic{Severity: diag.Notice, Pos: w.Pos,
				Message: i18n.M("cli.waiver_unmet", diag.Clean(w.Initiative))})
		}
	}
	return found
}
