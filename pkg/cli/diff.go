package cli

import (
	"context"
	"encoding/json"
	"io"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/compare"
	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// diffFormats are the formats of a difference, the default first.
func diffFormats() []string { return []string{"text", "json", "markdown"} }

// failOnWorse is what diff --fail-on can be.
const failOnWorse = "worse"

func (a *app) diffCommand() *cobra.Command {
	t := a.printer.T
	cmd := &cobra.Command{
		Use:   "diff " + t("cli.old_new"),
		Short: t("cli.diff_short"), Long: t("cli.diff_long"),
		Example: "  ksdev diff result.json tiltak/\n  ksdev diff --base main tiltak/\n  ksdev diff --fail-on worse old.ndjson new.ndjson",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.diff(cmd, args) },
	}
	set := cmd.Flags()
	set.StringVar(&a.flags.base, "base", "", t("cli.flag_base"))
	set.StringVar(&a.flags.diffFailOn, "fail-on", "", t("cli.flag_diff_fail_on"))
	set.Lookup("fail-on").Annotations = map[string][]string{notSetting: nil}
	set.StringVarP(&a.flags.diffFormat, "format", "f", "text", t("cli.flag_one_format", "text, json, markdown"))
	set.StringVarP(&a.flags.output, "output", "o", "", t("cli.flag_output"))
	set.StringVar(&a.flags.asOf, "as-of", "", t("cli.flag_as_of"))
	set.StringArrayVar(&a.flags.assume, "assume", nil, t("cli.flag_assume"))
	set.StringVarP(&a.flags.jobs, "jobs", "j", "", t("cli.flag_jobs"))
	complete(cmd, "format", diffFormats()...)
	complete(cmd, "fail-on", failOnWorse)
	return cmd
}

// differing is one run of the command.
type differing struct {
	*assessing
	// inputs are the files of the new side, by name.
	inputs map[string]input
	// read are all files of both sides.
	read []input
	code int
}

func (a *app) diff(cmd *cobra.Command, args []string) error {
	if err := a.checkDiffFlags(args); err != nil {
		return err
	}
	run, err := a.newAssessing(cmd)
	if err != nil {
		return err
	}
	d := &differing{assessing: run, inputs: map[string]input{}}
	var before, after []*result.Assessment
	if a.flags.base != "" {
		before, err = d.base(cmd.Context(), args)
	} else {
		before, err = d.side(cmd.Context(), args[:1], nil)
		args = args[1:]
	}
	if err == nil {
		after, err = d.side(cmd.Context(), args, d.inputs)
	}
	if err != nil {
		return err
	}
	s, found := run.catalog.choose(initiative.Header{}, nil)
	if s == nil {
		return &exit{code: Usage, found: found}
	}
	difference := compare.Difference(before, after, s.Order, Version)
	d.findAlone(difference, before, after)
	if err := d.write(difference, s); err != nil {
		return err
	}
	if a.flags.diffFailOn == failOnWorse && difference.Worse {
		d.code = weightier(d.code, Found)
	}
	if d.code != Done {
		return &exit{code: d.code}
	}
	return nil
}

func (a *app) checkDiffFlags(args []string) error {
	switch {
	case a.flags.base == "" && len(args) != 2:
		return usage(i18n.M("cli.diff_sides", len(args)), i18n.M("cli.diff_sides_hint"))
	case a.flags.base != "" && len(args) == 0:
		return usage(i18n.M("cli.no_input"), i18n.M("cli.no_input_hint"))
	case !slices.Contains(diffFormats(), a.flags.diffFormat):
		return usage(i18n.M("cli.unknown_format", diag.Clean(a.flags.diffFormat)), nearest(a.flags.diffFormat, diffFormats()))
	case a.flags.diffFailOn != "" && a.flags.diffFailOn != failOnWorse:
		return usage(i18n.M("cli.fail_on", diag.Clean(a.flags.diffFailOn)), nearest(a.flags.diffFailOn, []string{failOnWorse}))
	}
	return nil
}

// collected are records that were kept.
type collected struct{ assessments []*result.Assessment }

func (c *collected) add(r record) {
	if r.result.Assessment != nil {
		c.assessments = append(c.assessments, r.result.Assessment)
	}
}

// side reads saved results and assesses files. What it assesses goes into
// files by name where that is given.
func (d *differing) side(ctx context.Context, args []string, files map[string]input) ([]*result.Assessment, error) {
	var all []*result.Assessment
	for _, arg := range args {
		if isSaved(arg) {
			d.read = append(d.read, input{name: arg})
			one, err := d.saved(arg)
			if err != nil {
				return nil, err
			}
			all = append(all, one...)
			continue
		}
		inputs, err := d.app.inputs([]string{arg}, d.config)
		if err != nil {
			return nil, err
		}
		d.read = append(d.read, inputs...)
		for _, in := range inputs {
			if files != nil {
				files[in.name] = in
			}
		}
		all = append(all, d.assessed(ctx, inputs)...)
	}
	return all, nil
}

func (d *differing) assessed(ctx context.Context, inputs []input) []*result.Assessment {
	// Each side has its own ids, and no check.
	d.ids, d.check = map[string]string{}, &checking{}
	var c collected
	d.code = weightier(d.code, d.all(ctx, inputs, &c))
	return c.assessments
}

func (d *differing) saved(name string) ([]*result.Assessment, error) {
	s, err := d.app.openSaved(name)
	if err != nil {
		return nil, err
	}
	var all []*result.Assessment
	end, err := s.read(func(r result.Record) error {
		if r.Unread != nil {
			d.code = weightier(d.code, d.app.unreadThen(r.Unread, name))
			return nil
		}
		all = append(all, r.Assessment)
		return nil
	})
	if err == nil {
		d.code = weightier(d.code, d.app.stopped(name, end.Complete))
	}
	return all, err
}

// base assesses the files as they are in the revision of --base.
func (d *differing) base(ctx context.Context, args []string) ([]*result.Assessment, error) {
	r, err := d.app.openRevision(ctx, d.app.flags.base)
	if err != nil {
		return nil, err
	}
	inputs, err := r.inputs(ctx, args, d.config)
	if err != nil {
		return nil, err
	}
	return d.assessed(ctx, inputs), nil
}

// findAlone finds, for each initiative that came out otherwise, what alone
// brings that about: what differs where that is one thing; else, with the new
// file at hand, the file alone where it comes to the same under what was in
// force before.
func (d *differing) findAlone(difference *result.Difference, before, after []*result.Assessment) {
	for i := range difference.Initiatives {
		c := &difference.Initiatives[i]
		if c.Recommendation == nil && len(c.Rules) == 0 || len(c.Differs) == 0 || c.OldInput == nil || c.NewInput == nil {
			continue
		}
		if len(c.Differs) == 1 {
			c.Alone = c.Differs[0]
			continue
		}
		old, now := find(before, *c.OldInput), find(after, *c.NewInput)
		tried := d.underOld(old, now)
		settings := slices.DeleteFunc(slices.Clone(c.Differs), func(x string) bool { return x == result.DiffersInput })
		switch {
		case tried == nil:
		case compare.Equal(tried, now) && !compare.Equal(tried, old):
			c.Alone = result.DiffersInput
		case compare.Equal(tried, old) && !compare.Equal(tried, now) && len(settings) == 1:
			c.Alone = settings[0]
		}
	}
}

func find(all []*result.Assessment, in result.Input) *result.Assessment {
	i := slices.IndexFunc(all, func(a *result.Assessment) bool { return a.Input == in })
	return all[i]
}

// underOld assesses the new file under the thresholds, the assumptions and the
// date of the old assessment; nil where that is not possible.
func (d *differing) underOld(old, now *result.Assessment) *result.Assessment {
	in, atHand := d.inputs[now.Input.Path]
	if !atHand || old.Strategy.SHA256 != now.Strategy.SHA256 {
		return nil
	}
	s := d.app.withSettings(d.config, old)
	data, err := newWorker(d.assessing).bytes(context.Background(), in)
	if s == nil || err != nil {
		return nil
	}
	file, _ := yamldoc.Read(in.name, data)
	for _, document := range file.Documents {
		one, _ := initiative.Read(file, document, s)
		options, ok := oldOptions(old, s)
		if document.Number == now.Input.Document && one != nil && ok {
			return assess.New(s, options).Assess(one)
		}
	}
	return nil
}

// oldSettings are the thresholds and the choice that an assessment was made
// with, as --set has them.
func oldSettings(old *result.Assessment) map[string]config.Setting[string] {
	settings := map[string]config.Setting[string]{}
	for _, t := range old.Thresholds {
		if t.Given {
			settings[t.Name] = config.Setting[string]{Value: string(t.Value)}
		}
	}
	if old.Choice != nil && old.Choice.Value != 0 {
		settings[old.Choice.Name] = config.Setting[string]{Value: strconv.Itoa(old.Choice.Value)}
	}
	return settings
}

// oldOptions are the options that an assessment was made with.
func oldOptions(old *result.Assessment, s *strategy.Strategy) (assess.Options, bool) {
	o := assess.Options{Assume: map[int]fact.Values{}}
	if old.Date != "" {
		day, fault := strategy.Day(old.Date)
		if fault != nil {
			return o, false
		}
		o.AsOf = &day
	}
	for _, assumed := range old.Assumptions {
		i := s.Fact(assumed.Fact)
		if i < 0 {
			return o, false
		}
		values, err := s.Facts[i].Decode(assumed.Value)
		if err != nil {
			return o, false
		}
		o.Assume[i] = values
	}
	return o, true
}

// write writes the difference in the format asked for.
func (d *differing) write(difference *result.Difference, s *strategy.Strategy) error {
	out, err := d.app.openOutput(d.app.flags.output, d.read)
	if err != nil {
		return err
	}
	text, err := d.format(difference, s, out.file == nil)
	out.format = wholeFormat(text)
	outputs := &outputs{all: []*output{out}, err: err}
	if err := outputs.close(true, d.code); err != nil {
		return outputLost(d.code, err)
	}
	return nil
}

// wholeFormat is a text that is complete before it is written.
type wholeFormat string

func (wholeFormat) add(io.Writer, record) error { return nil }

func (f wholeFormat) end(w io.Writer, _ bool, _ int) error {
	_, err := io.WriteString(w, string(f))
	return err
}

func (d *differing) format(difference *result.Difference, s *strategy.Strategy, toStdout bool) (string, error) {
	if d.app.flags.diffFormat == "json" {
		data, err := json.MarshalIndent(difference, "", "  ")
		return string(result.Inert(data)) + "\n", err
	}
	document := view.New(d.app.printer, s, nil).Difference(difference)
	if d.app.flags.diffFormat == "markdown" {
		return report.Markdown(document, report.MarkdownOptions{MaxBytes: summaryLimit, LeftOut: d.app.printer.T("view.markdown_left")})
	}
	return report.Text(document, d.app.textOptions(d.config.Color.Value, toStdout))
}
