package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/cond"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// explaining explains one record of a file. several says that the file has other
// documents.
type explaining func(w *worker, r record, several bool) ([]report.Block, error)

// explainFile explains why initiatives get their recommendation, or why not the
// one that is named.
func (a *app) explainFile(cmd *cobra.Command, file, format, whyNot string) error {
	return a.explainDocuments(cmd, file, format, func(w *worker, r record, several bool) ([]report.Block, error) {
		v := view.New(a.printer, r.strategy, nil)
		to, err := namedRecommendation(v, whyNot)
		if err != nil {
			return nil, err
		}
		q, taken := w.inquirer(r.strategy), w.assessors[r.strategy].Take(r.initiative)
		found := &view.Inquired{Assessment: r.result.Assessment, Several: several, Questions: q.Questions(taken, false)}
		if whyNot != "" {
			against, _ := q.WhyNot(taken, to)
			return v.WhyNot(found, against).Blocks, nil
		}
		found.Why, found.Turns = q.Why(taken), q.Turns(taken)
		found.Fragile, _ = q.Fragile(taken)
		return v.Why(found).Blocks, nil
	})
}

// namedRecommendation finds a recommendation by its id or by its name in the
// language of the texts.
func namedRecommendation(v *view.View, name string) (string, error) {
	ids, names := v.Recommendations()
	for i, id := range ids {
		if strings.EqualFold(name, id) || strings.EqualFold(name, names[i]) {
			return id, nil
		}
	}
	if name == "" {
		return "", nil
	}
	hint := i18n.M("why.recommendations", i18n.Alternatives(anys(ids)))
	if near, ok := yamldoc.Nearest(name, slices.Concat(ids, names)); ok {
		hint = i18n.M("fields.did_you_mean", near)
	}
	return "", usage(i18n.M("why.unknown", diag.Clean(name)), hint)
}

func anys(texts []string) []any {
	all := make([]any, len(texts))
	for i, text := range texts {
		all[i] = text
	}
	return all
}

// explainRule explains why a rule came out as it did, for every document of a
// file.
func (a *app) explainRule(cmd *cobra.Command, name, file, format string) error {
	return a.explainDocuments(cmd, file, format, func(w *worker, r record, _ bool) ([]report.Block, error) {
		v := view.New(a.printer, r.strategy, nil)
		rule := r.strategy.Rule(name)
		if rule < 0 {
			return nil, notRule(v, r.strategy, name)
		}
		truths := w.assessors[r.strategy].Truths(conditionsOf(r.strategy, rule)...)
		return v.RuleOf(rule, r.result.Assessment, truths).Blocks, nil
	})
}

// explainDocuments explains every document of a file.
func (a *app) explainDocuments(cmd *cobra.Command, file, format string, explain explaining) error {
	run, err := a.newAssessing(cmd)
	if err != nil {
		return err
	}
	in := input{name: filepath.ToSlash(filepath.Clean(file))}
	w := newWorker(run)
	w.keeps = true
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
			blocks, err := w.explainOne(d, read, one, hex.EncodeToString(sum[:]), explain)
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
	if d.code != Done || len(d.found) > 0 {
		return &exit{code: d.code, found: d.found}
	}
	return nil
}

// explainOne explains one document; nothing where that cannot be read. It is
// explained while the assessor still holds it.
func (w *worker) explainOne(d *done, file *yamldoc.File, one *yamldoc.Document, digest string, explain explaining) ([]report.Block, error) {
	before := len(d.records)
	w.document(d, file, one, digest)
	several := len(file.Documents)+len(file.Flawed) > 1
	for _, r := range d.records[before:] {
		if r.result.Assessment != nil {
			return explain(w, r, several)
		}
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
