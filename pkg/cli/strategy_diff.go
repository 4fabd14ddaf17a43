package cli

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/compare"
	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/vet"
	"github.com/ks-no/ksdev/pkg/view"
)

// strategyDiffFormats are the formats of a difference of strategies, the default
// first.
func strategyDiffFormats() []string { return []string{"text", "json", "markdown"} }

// failOnChanged is what strategy diff --fail-on can be.
const failOnChanged = "changed"

func (a *app) strategyDiffCommand() *cobra.Command {
	t := a.printer.T
	cmd := &cobra.Command{
		Use: "diff " + t("versions.arguments"), Short: t("versions.short"), Long: t("versions.long"),
		Example: "  ksdev strategy diff ks-2016-2019 ./utkast\n  ksdev strategy diff ks-2016-2019 ./utkast examples\n  ksdev strategy diff --fail-on changed ./før ./etter",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.strategyDiff(cmd, args) },
	}
	set := cmd.Flags()
	set.StringVar(&a.flags.diffFailOn, "fail-on", "", t("versions.flag_fail_on", failOnChanged))
	set.Lookup("fail-on").Annotations = map[string][]string{notSetting: nil}
	set.StringArrayVarP(&a.flags.formats, "format", "f", nil, t("cli.flag_format", strings.Join(strategyDiffFormats(), ", ")))
	set.StringVarP(&a.flags.output, "output", "o", "", t("cli.flag_output"))
	set.StringVarP(&a.flags.jobs, "jobs", "j", "", t("cli.flag_jobs"))
	complete(cmd, "format", strategyDiffFormats()...)
	complete(cmd, "fail-on", failOnChanged)
	return cmd
}

// strategies is a run that compares two strategies.
type strategies struct {
	app    *app
	config *config.Config
	found  *vet.Difference
	// initiatives are those assessed under both, and unread the files that could
	// not be.
	initiatives []result.Change
	unread      []result.UnreadUnder
	code        int
}

func (a *app) strategyDiff(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) < 2:
		return usage(i18n.M("versions.two", len(args)), i18n.M("versions.two_hint"))
	case len(a.flags.set) > 0:
		return usage(i18n.M("cases.set_refused"), i18n.M("versions.set_hint"))
	case a.flags.diffFailOn != "" && a.flags.diffFailOn != failOnChanged:
		return usage(i18n.M("cli.fail_on", diag.Clean(a.flags.diffFailOn)), nearest(a.flags.diffFailOn, []string{failOnChanged}))
	}
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	destinations, err := a.destinations(strategyDiffFormats())
	if err != nil {
		return err
	}
	run := &strategies{app: a, config: c, code: Done}
	files, err := run.compare(cmd.Context(), args)
	if err != nil {
		return err
	}
	if a.flags.diffFailOn == failOnChanged && run.changed() {
		run.code = weightier(run.code, Found)
	}
	outputs, err := a.openAll(destinations, files, func(name string, toTerminal bool) format { return strategiesFormat{run, name, toTerminal} })
	if err != nil {
		return err
	}
	defer outputs.discard()
	if err := outputs.close(cmd.Context().Err() == nil, run.code); err != nil {
		return outputLost(Done, err)
	}
	if run.code != Done {
		return &exit{code: run.code}
	}
	return nil
}

// changed reports whether anything means something else.
func (r *strategies) changed() bool {
	return !r.found.Equal() || slices.ContainsFunc(r.initiatives, func(c result.Change) bool { return c.Status != result.Same })
}

// compare compares the two strategies, and what becomes of initiatives under
// them. It gives all files that were read.
func (r *strategies) compare(ctx context.Context, args []string) (files []input, err error) {
	var sides [2]*strategy.Strategy
	// Each strategy is compared as it is, whatever is set for assessments.
	catalog := newCatalog(r.config, r.app.printer.Language())
	catalog.settings = nil
	for i, name := range args[:2] {
		folder, options, found := catalog.folder(name)
		if folder == nil {
			return nil, &exit{code: Usage, found: found}
		}
		files = append(files, strategyInputs(folder, options)...)
		if sides[i], found = catalog.load(name); sides[i] == nil {
			return nil, &exit{code: Usage, found: found}
		}
	}
	if r.found, err = vet.CompareStrategies(sides[0], sides[1]); err != nil {
		return nil, usage(i18n.M("strategy.too_large", 2*strategy.MaxNodes), i18n.Message{})
	}
	if len(args) == 2 {
		return files, nil
	}
	inputs, err := r.app.inputs(args[2:], r.config)
	if err != nil {
		return nil, err
	}
	r.compareInitiatives(ctx, inputs, catalog, args)
	return append(files, inputs...), nil
}

// underOne collects what became of files under one strategy.
type underOne struct {
	collected
	unread map[string]bool
}

func (u *underOne) add(r record) {
	u.collected.add(r)
	if r.result.Unread != nil {
		u.unread[r.result.Unread.Input.Path] = true
	}
}

func (r *strategies) compareInitiatives(ctx context.Context, inputs []input, catalog *catalog, args []string) {
	old := r.under(ctx, r.app, inputs, catalog, args[0])
	// What is said of a file under the old strategy is not said again.
	silent, terse := *r.app, *r.app
	silent.streams.Err, terse.flags.quiet = io.Discard, true
	var read, unread []input
	for _, in := range inputs {
		if old.unread[in.name] {
			unread = append(unread, in)
		} else {
			read = append(read, in)
		}
	}
	now := r.under(ctx, &terse, read, catalog, args[1])
	again := r.under(ctx, &silent, unread, catalog, args[1])
	now.assessments = append(now.assessments, again.assessments...)
	for _, in := range inputs {
		switch before, after := old.unread[in.name], now.unread[in.name] || again.unread[in.name]; {
		case before && after:
			r.unread = append(r.unread, result.UnreadUnder{Path: diag.Clean(in.name), Strategy: "both"})
		case before:
			r.unread = append(r.unread, result.UnreadUnder{Path: diag.Clean(in.name), Strategy: "old"})
		case after:
			r.unread = append(r.unread, result.UnreadUnder{Path: diag.Clean(in.name), Strategy: "new"})
		}
	}
	difference := compare.Difference(old.assessments, now.assessments, r.found.New.Order, Version)
	for _, c := range difference.Initiatives {
		if c.Status != result.Added && c.Status != result.Gone { // read on one side alone
			r.initiatives = append(r.initiatives, c)
		}
	}
}

// under assesses files under one strategy, whatever they name themselves.
func (r *strategies) under(ctx context.Context, a *app, inputs []input, catalog *catalog, name string) *underOne {
	catalog.flag, catalog.configured = name, ""
	run := &assessing{app: a, config: r.config, catalog: catalog, check: &checking{}, options: assess.Options{Program: Version}}
	u := &underOne{unread: map[string]bool{}}
	r.code = weightier(r.code, run.all(ctx, inputs, u))
	return u
}

// strategiesFormat writes the difference in the format of a name.
type strategiesFormat struct {
	*strategies
	name       string
	toTerminal bool
}

func (strategiesFormat) add(io.Writer, record) error { return nil }

func (f strategiesFormat) end(w io.Writer, _ bool, code int) error {
	text, err := f.text(code)
	if err == nil {
		_, err = io.WriteString(w, text)
	}
	return err
}

func (f strategiesFormat) text(code int) (string, error) {
	if f.name == "json" {
		r := f.found.Result(Version, code)
		r.Initiatives, r.Unread = f.initiatives, f.unread
		data, err := json.MarshalIndent(r, "", "  ")
		return string(result.Inert(data)) + "\n", err
	}
	document := view.New(f.app.printer, f.found.New, nil).StrategyDifference(f.found, f.initiatives, f.unread)
	if f.name == "markdown" {
		return report.Markdown(document, report.MarkdownOptions{MaxBytes: summaryLimit, LeftOut: f.app.printer.T("view.markdown_left")})
	}
	return report.Text(document, f.app.textOptions(f.config.Color.Value, f.toTerminal))
}
