package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// explainFile explains why an initiative gets its recommendation.
func (a *app) explainFile(_ *cobra.Command, name, _ string) error {
	return usage(i18n.M("explain.unknown", diag.Clean(name)), i18n.M("explain.list"))
}

// explainRule explains why a rule came out as it did, for every document of a
// file.
func (a *app) explainRule(cmd *cobra.Command, name, file, format string) error {
	run, err := a.newAssessing(cmd)
	if err != nil {
		return err
	}
	in := input{name: filepath.ToSlash(filepath.Clean(file))}
	w := newWorker(run)
	data, err := w.bytes(cmd.Context(), in)
	if err != nil {
		return &exit{code: Unread, message: i18n.M("cli.unreadable", diag.Clean(in.name), cause(err)), hint: nearestFile(in.name, err)}
	}
	sum := sha256.Sum256(data)
	read, found := yamldoc.Read(in.name, data)
	d := &done{found: found}
	if found.HasErrors() {
		d.code = Unread
	}
	var document report.Document
	if read != nil {
		for _, one := range read.Documents {
			blocks, err := w.explainRule(d, read, one, hex.EncodeToString(sum[:]), name)
			if err != nil {
				return err
			}
			document.Blocks = append(document.Blocks, blocks...)
		}
		for _, flawed := range read.Flawed {
			w.flaws(d, read, flawed)
		}
	}
	d.found.Sort()
	if len(document.Blocks) > 0 {
		if err := a.write(document, format, run.config.Color.Value); err != nil {
			return err
		}
	}
	if a.flags.quiet && !d.found.HasErrors() {
		d.found = nil
	}
	if d.code != Done || len(d.found) > 0 {
		return &exit{code: d.code, found: d.found}
	}
	return nil
}

// explainRule explains a rule for one document; nothing where that cannot be
// read.
func (w *worker) explainRule(d *done, file *yamldoc.File, one *yamldoc.Document, digest, name string) ([]report.Block, error) {
	before := len(d.records)
	w.document(d, file, one, digest)
	for _, r := range d.records[before:] {
		if r.result.Assessment == nil {
			continue
		}
		s := r.strategy
		rule := s.Rule(name)
		if rule < 0 {
			return nil, notRule(view.New(w.run.app.printer, s, nil), s, name)
		}
		truths := w.assessors[s].Truths(conditionsOf(s, rule)...)
		return view.New(w.run.app.printer, s, nil).RuleOf(rule, r.result.Assessment, truths).Blocks, nil
	}
	return nil, nil
}

// conditionsOf are the conditions of a rule.
func conditionsOf(s *strategy.Strategy, rule int) []*cond.Condition {
	r := s.Rules[rule]
	return []*cond.Condition{s.Sets[r.Set].Applies, r.Applies, r.Pass, r.Fail}
}

// notRule says that a name is none of a rule.
func notRule(v *view.View, s *strategy.Strategy, name string) error {
	if _, known := v.Explain(name); known {
		return usage(i18n.M("explain.only_rules", diag.Clean(name)), i18n.M("explain.list"))
	}
	return usage(i18n.M("explain.unknown", diag.Clean(name)), nearest(name, s.RuleIDs()))
}
