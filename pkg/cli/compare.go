package cli

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/compare"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// compareFormats are the formats of a comparison, the default first.
func compareFormats() []string {
	return []string{"text", "markdown", "html", "json", "ndjson", "csv", "xlsx"}
}

// defaultTop is how many initiatives a comparison lists where --top is not
// given.
const defaultTop = 100

// compareFlags are the flags of compare alone.
type compareFlags struct {
	places     int
	capacities []string
	top        int
	long       bool
	separator  string
	noMark     bool
}

func (a *app) compareCommand() *cobra.Command {
	t := a.printer.T
	cmd := &cobra.Command{
		Use:   "compare " + t("compare.inputs") + " …",
		Short: t("compare.short"), Long: t("compare.long"),
		Example: "  ksdev compare tiltak/\n  ksdev compare --places 5 --capacity money=\"20 mill.\" tiltak/\n  ksdev compare -f xlsx=2018.xlsx -f html=2018.html a.ndjson b.ndjson",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.compare(cmd, args) },
	}
	f, set := &a.flags.compare, cmd.Flags()
	set.StringArrayVarP(&a.flags.formats, "format", "f", nil, t("cli.flag_format", strings.Join(compareFormats(), ", ")))
	set.StringVarP(&a.flags.output, "output", "o", "", t("cli.flag_output"))
	set.StringVar(&a.flags.asOf, "as-of", "", t("cli.flag_as_of"))
	set.StringArrayVar(&a.flags.assume, "assume", nil, t("cli.flag_assume"))
	set.StringVarP(&a.flags.jobs, "jobs", "j", "", t("cli.flag_jobs"))
	set.IntVar(&f.places, "places", 0, t("compare.flag_places"))
	set.StringArrayVar(&f.capacities, "capacity", nil, t("compare.flag_capacity"))
	set.IntVar(&f.top, "top", defaultTop, t("compare.flag_top", defaultTop))
	set.BoolVar(&f.long, "long", false, t("compare.flag_long"))
	set.StringVar(&f.separator, "separator", ";", t("compare.flag_separator"))
	set.BoolVar(&f.noMark, "no-bom", false, t("compare.flag_no_bom"))
	complete(cmd, "format", compareFormats()...)
	return cmd
}

// comparing is one run of the command.
type comparing struct {
	*assessing
	comparing  *compare.Comparing
	strategy   *strategy.Strategy
	comparison *result.Comparison
	// whole holds the assessments, by place among the initiatives, where a
	// format shows them.
	whole map[string]*result.Assessment
	code  int
	err   error
}

func (a *app) compare(cmd *cobra.Command, args []string) error {
	if err := a.checkCompareFlags(cmd, args); err != nil {
		return err
	}
	run, err := a.newAssessing(cmd)
	if err != nil {
		return err
	}
	if run.config.Reading.Value == result.Stated {
		return usage(i18n.M("compare.reading"), i18n.Message{})
	}
	run.ids, run.check = nil, &checking{}
	c := &comparing{assessing: run}
	saved, inputs, err := c.inputs(args)
	if err != nil {
		return err
	}
	destinations, err := a.destinations(compareFormats())
	if err != nil {
		return err
	}
	outputs, err := a.openAll(destinations, slices.Concat(inputs, savedInputs(saved)), func(name string, toTerminal bool) format {
		return &comparedFormat{c, name, toTerminal}
	})
	if err != nil {
		return err
	}
	defer outputs.discard()
	if slices.ContainsFunc(destinations, func(d destination) bool { return d.name == "html" }) {
		c.whole = map[string]*result.Assessment{}
	}
	return c.run(cmd.Context(), saved, inputs, outputs)
}

// savedInputs are saved results as inputs that may not be written over.
func savedInputs(names []string) []input {
	var all []input
	for _, name := range names {
		all = append(all, input{name: name})
	}
	return all
}

// run takes in everything, compares and writes.
func (c *comparing) run(ctx context.Context, saved []string, inputs []input, outputs *outputs) error {
	for _, name := range saved {
		if err := c.addSaved(ctx, name); err != nil {
			return err
		}
	}
	c.options.Brief, c.options.Claims = c.whole == nil, true
	if len(inputs) > 0 {
		c.code = weightier(c.code, c.all(ctx, inputs, c))
	}
	if c.err != nil {
		return c.err
	}
	if err := c.begin(nil); err != nil {
		return err
	}
	c.comparison = c.comparing.Result(Version)
	complete := ctx.Err() == nil && c.code != Fault
	c.comparison.Complete, c.comparison.ExitCode = complete, c.code
	if err := outputs.close(complete, c.code); err != nil {
		return outputLost(c.code, err)
	}
	if c.code != Done {
		return &exit{code: c.code}
	}
	return nil
}

func (a *app) checkCompareFlags(cmd *cobra.Command, args []string) error {
	f := &a.flags.compare
	switch {
	case len(args) == 0:
		return usage(i18n.M("cli.no_input"), i18n.M("cli.no_input_hint"))
	case cmd.Flags().Changed("places") && f.places < 1:
		return usage(i18n.M("compare.number", "--places", 1), i18n.Message{})
	case f.top < 0:
		return usage(i18n.M("compare.number", "--top", 0), i18n.Message{})
	case f.separator != ";" && f.separator != "," && f.separator != `\t` && f.separator != "\t":
		return usage(i18n.M("compare.separator", diag.Clean(f.separator)), i18n.Message{})
	}
	return nil
}

// inputs parts the arguments in saved results and files.
func (c *comparing) inputs(args []string) (saved []string, inputs []input, err error) {
	var files []string
	for _, arg := range c.app.expanded(args) {
		if isSaved(arg) {
			saved = append(saved, arg)
		} else {
			files = append(files, arg)
		}
	}
	if len(files) > 0 {
		inputs, err = c.app.inputs(files, c.config)
	}
	return saved, inputs, err
}

// begin makes the comparison under the strategy of the first initiative; nil
// is the one that files without a wish have.
func (c *comparing) begin(s *strategy.Strategy) error {
	if c.comparing != nil {
		return nil
	}
	if s == nil {
		var found diag.List
		if s, found = c.catalog.choose(initiative.Header{}, c.assessing.options.AsOf); s == nil {
			return &exit{code: Usage, found: found}
		}
	}
	if s.Compare.Count < 0 {
		return usage(i18n.M("compare.nothing_counted", s.ID), i18n.Message{})
	}
	limits, err := c.limits(s)
	if err != nil {
		return err
	}
	c.strategy = s
	c.comparing = compare.New(s, compare.Options{Places: c.app.flags.compare.places, Limits: limits})
	return nil
}

// limits reads what --capacity gives.
func (c *comparing) limits(s *strategy.Strategy) ([]compare.Limit, error) {
	var limits []compare.Limit
	var names []string
	for _, capacity := range s.Compare.Capacities {
		names = append(names, capacity.Name)
	}
	for _, text := range c.app.flags.compare.capacities {
		name, value, ok := strings.Cut(text, "=")
		i := slices.Index(names, name)
		switch {
		case !ok:
			return nil, usage(i18n.M("compare.capacity_shape", diag.Clean(text)), i18n.M("compare.capacity_hint"))
		case i < 0:
			return nil, usage(i18n.M("compare.capacity_unknown", diag.Clean(name)), nearest(name, names))
		case slices.ContainsFunc(limits, func(l compare.Limit) bool { return l.Capacity == i }):
			return nil, usage(i18n.M("compare.capacity_twice", name), i18n.Message{})
		}
		parsed, fault := s.Facts[s.Compare.Capacities[i].Fact].Parse(value)
		switch {
		case fault != nil:
			return nil, usage(i18n.M("cli.flag_message", "--capacity "+name, fault.Message), fault.Hint)
		case parsed.Unknown || !parsed.Values.Known():
			return nil, usage(i18n.M("compare.capacity_exact", name), i18n.M("compare.capacity_hint"))
		}
		limits = append(limits, compare.Limit{Capacity: i, Amount: parsed.Values.Intervals[0].Lo})
	}
	return limits, nil
}

// add takes in what was found in a file.
func (c *comparing) add(r record) {
	if c.err == nil {
		c.err = c.take(r.result, r.strategy)
	}
}

// take takes in one record.
func (c *comparing) take(r result.Record, s *strategy.Strategy) error {
	if r.Unread != nil {
		// Without a strategy of its own it goes with any.
		if err := c.begin(nil); err != nil {
			return err
		}
		c.comparing.AddUnread(r.Unread.Input)
		return nil
	}
	if err := c.begin(s); err != nil {
		return err
	}
	if err := c.comparing.Add(r.Assessment); err != nil {
		return incomparable(err)
	}
	if c.whole != nil {
		c.whole[r.Assessment.Initiative.ID] = r.Assessment
	}
	return nil
}

// incomparable words why two results cannot be compared.
func incomparable(err error) error {
	var mismatch *compare.MismatchError
	var same *compare.SameIDError
	place := func(in result.Input) string { return diag.Clean(in.Path) }
	switch {
	case errors.As(err, &mismatch) && mismatch.What == compare.DiffersReading:
		return usage(i18n.M("compare.stated", place(mismatch.Second)), i18n.M("compare.mismatch_hint"))
	case errors.As(err, &mismatch):
		return usage(i18n.M("compare.mismatch", place(mismatch.First), place(mismatch.Second), i18n.M("view.differs_"+mismatch.What)), i18n.M("compare.mismatch_hint"))
	case errors.As(err, &same):
		return usage(i18n.M("compare.same_id", place(same.First), place(same.Second), diag.Clean(same.ID)), i18n.M("compare.same_id_hint"))
	}
	return err
}

// addSaved takes in the records of a saved result.
func (c *comparing) addSaved(ctx context.Context, name string) error {
	saved, err := c.app.openSaved(name)
	if err != nil {
		return saved.fault(err)
	}
	end, err := saved.read(func(r result.Record) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case r.Unread != nil:
			c.code = weightier(c.code, c.app.unreadThen(r.Unread, name))
			return c.take(r, nil)
		}
		s, err := c.catalog.withDigest(c.config, r.Assessment.Strategy)
		if err != nil {
			return err
		}
		if !fits(r.Assessment, s) {
			return result.ErrNotResult
		}
		return c.take(r, s)
	})
	if err == nil {
		c.code = weightier(c.code, c.app.stopped(name, end.Complete))
	}
	return err
}

// comparedFormat writes the comparison once it is made.
type comparedFormat struct {
	run        *comparing
	name       string
	toTerminal bool
}

func (*comparedFormat) add(io.Writer, record) error { return nil }

func (f *comparedFormat) end(w io.Writer, _ bool, _ int) error {
	switch f.name {
	case "json":
		return f.run.comparison.WriteJSON(w)
	case "ndjson":
		return f.run.comparison.WriteLines(w)
	case "csv":
		return f.run.csv(w)
	}
	data, err := f.run.document(f.name, f.toTerminal)
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}
