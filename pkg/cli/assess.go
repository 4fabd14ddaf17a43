package cli

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/assess"
	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/fact"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

func (a *app) assessCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "assess " + a.printer.T("cli.files") + " …",
		Short:   a.printer.T("cli.assess_short"),
		Long:    a.printer.T("cli.assess_long"),
		Example: "  ksdev assess tiltak.yaml\n  ksdev assess -f ndjson tiltak/\n  ksdev assess --set enough_criteria=6 tiltak.yaml\n  ksdev assess --fail-on shelve,unsettled tiltak/",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.assess(cmd, args) },
	}
	a.flags.addAssess(cmd, a.printer)
	return cmd
}

// assessing is one run of the command.
type assessing struct {
	app     *app
	config  *config.Config
	catalog *catalog
	options assess.Options
	assumed map[string]string
	check   *checking
	judging sync.Mutex
	// asJSON says that a format writes results as JSON.
	asJSON bool
	// summary is the file for the summary of a GitHub step; empty where there is
	// none.
	summary string
	// inquiring says which questions results hold.
	inquiring inquiring
	// ids holds the file in which each initiative's id came first; nil where it
	// does not matter that two have one.
	ids map[string]string
}

// inquiring says which questions results hold where a recommendation is open.
// The zero value is none.
type inquiring int

const (
	// bestQuestion is worked out for an initiative that is alone: it would take
	// longer than all else where there are many.
	bestQuestion inquiring = iota + 1
	allQuestions
)

// asks reports whether what to ask is worked out for the initiatives of a file.
func (r *assessing) asks(file *yamldoc.File) bool {
	return r.inquiring == allQuestions || r.inquiring == bestQuestion && len(file.Documents) == 1
}

// newAssessing reads the settings and the flags that say how to assess.
func (a *app) newAssessing(cmd *cobra.Command) (*assessing, error) {
	c, err := a.configure(cmd)
	if err != nil {
		return nil, err
	}
	run := &assessing{app: a, config: c, ids: map[string]string{}, catalog: newCatalog(c, a.printer.Language()),
		options: assess.Options{Reading: c.Reading.Value, Program: Version}}
	return run, run.readFlags()
}

func (a *app) assess(cmd *cobra.Command, args []string) error {
	run, err := a.newAssessing(cmd)
	if err != nil {
		return err
	}
	inputs, err := a.inputs(args, run.config)
	if err != nil {
		return err
	}
	switch {
	case slices.Contains(run.config.Show.Value, showQuestions):
		run.inquiring = allQuestions
	case len(inputs) == 1:
		run.inquiring = bestQuestion
	}
	outputs, err := a.openOutputs(run, inputs, len(inputs))
	if err != nil {
		return err
	}
	// What a fault of the program leaves behind.
	defer outputs.discard()
	code := run.all(cmd.Context(), inputs, outputs)
	complete := cmd.Context().Err() == nil && code != Fault
	if err := outputs.close(complete, code); err != nil {
		return outputLost(code, err)
	}
	if code != Done {
		return &exit{code: code}
	}
	return nil
}

// sink takes in records as they come.
type sink interface{ add(r record) }

// byWeight are the exit codes of a run that came to its end, the lightest
// first.
func byWeight() []int { return []int{Done, Found, Unread, Usage, Fault} }

// weightier is the exit code of two that weighs more.
func weightier(a, b int) int {
	order := byWeight()
	if slices.Index(order, a) > slices.Index(order, b) {
		return a
	}
	return b
}

// readFlags checks all flags before anything is assessed.
func (r *assessing) readFlags() error {
	flags := &r.app.flags
	if flags.asOf != "" {
		day, fault := strategy.Day(flags.asOf)
		if fault != nil {
			return usage(i18n.M("cli.flag_message", "--as-of", fault.Message), fault.Hint)
		}
		r.options.AsOf = &day
	}
	r.assumed = map[string]string{}
	for _, text := range flags.assume {
		path, value, ok := strings.Cut(text, "=")
		if !ok || path == "" {
			return usage(i18n.M("cli.assume_shape", diag.Clean(text)), i18n.M("cli.assume_hint"))
		}
		if _, twice := r.assumed[path]; twice {
			return usage(i18n.M("cli.assume_twice", diag.Clean(path)), i18n.M("cli.assume_hint"))
		}
		r.assumed[path] = value
	}
	// The strategy that most files will have; what flags name must be known
	// there, so that a typing error never makes a check pass.
	s, found := r.catalog.choose(initiative.Header{}, r.options.AsOf)
	if s == nil {
		return &exit{code: Usage, found: found}
	}
	if _, err := r.assumptions(s); err != nil {
		return err
	}
	var err error
	r.check, err = r.newChecking(s)
	return err
}

// assumptions reads what --assume gives, under a strategy.
func (r *assessing) assumptions(s *strategy.Strategy) (map[int]fact.Values, *exit) {
	assumed := map[int]fact.Values{}
	for _, path := range sortedKeys(r.assumed) {
		i := s.Fact(path)
		if i < 0 {
			return nil, usage(i18n.M("cli.assume_fact", diag.Clean(path)), nearest(path, s.FactPaths()))
		}
		parsed, fault := parseAssumed(s.Facts[i], r.assumed[path])
		switch {
		case fault != nil:
			return nil, usage(i18n.M("cli.flag_message", "--assume "+path, fault.Message), fault.Hint)
		case parsed.Unknown:
			return nil, usage(i18n.M("cli.assume_unknown", path), i18n.Message{})
		}
		assumed[i] = parsed.Values
	}
	return assumed, nil
}

// parseAssumed reads a value as a file would have it; options of a set are
// separated by commas.
func parseAssumed(d *fact.Definition, text string) (fact.Parsed, *fact.Fault) {
	if d.Kind != fact.Choices || !strings.Contains(text, ",") {
		return d.Parse(text)
	}
	var members uint64
	for _, part := range strings.Split(text, ",") {
		member, fault := d.ParseMember(part)
		if fault != nil || member.Unknown || member.None {
			return fact.Parsed{Unknown: true}, fault
		}
		members |= 1 << member.Option
	}
	return fact.Parsed{Values: d.ExactSet(members)}, nil
}

// ballast is memory that is asked for and never touched, so it costs none. It
// makes the collector let about as much garbage lie before it begins, however
// little is in use: many files leave much behind and keep next to nothing.
const ballast = 24 << 20

// all assesses the inputs with as many workers as asked for and hands what they
// found to the sink, in the order of the inputs.
func (r *assessing) all(ctx context.Context, inputs []input, sink sink) int {
	jobs := r.config.Jobs.Value
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	if len(inputs) > detailed {
		defer runtime.KeepAlive(make([]byte, ballast))
	}
	progress := r.app.beginProgress(len(inputs), sink)
	defer progress.end()
	code := Done
	err := inOrder(ctx, len(inputs), jobs, func() func(i int) *done {
		worker := newWorker(r)
		return func(i int) *done { return worker.file(ctx, inputs[i]) }
	}, func(d *done) {
		code = weightier(code, r.report(d, sink))
		progress.step()
	})
	if err != nil {
		r.app.complain(i18n.M("cli.error", diag.Clean(err.Error())), i18n.Message{})
		return Fault
	}
	if unmet := r.check.unmet(); len(unmet) > 0 && !r.app.flags.quiet {
		r.app.print(r.app.streams.Err, diag.Text(r.app.printer, unmet))
	}
	return code
}

// checks reports whether --fail-on or waivers look at rules.
func (r *assessing) checks() bool {
	return r.check != nil && len(r.check.failOn)+len(r.check.waivers) > 0
}

// judge sets an assessment's check. Any number of workers may ask.
func (r *assessing) judge(a *result.Assessment) {
	if !r.checks() {
		return
	}
	r.judging.Lock()
	defer r.judging.Unlock()
	r.check.judge(a)
}

// report writes what was found in one file and gives its exit code.
func (r *assessing) report(d *done, sink sink) int {
	code := d.code
	for _, record := range d.records {
		d.found = append(d.found, r.sameID(record.result.Assessment)...)
	}
	if len(d.found) > 0 && !(r.app.flags.quiet && !d.found.HasErrors()) {
		r.app.print(r.app.streams.Err, diag.Text(r.app.printer, d.found))
	}
	if !d.message.IsZero() {
		r.app.complain(d.message, d.hint)
	}
	for _, record := range d.records {
		if a := record.result.Assessment; a != nil && a.Failing() {
			code = weightier(code, Found)
		}
		sink.add(record)
	}
	return code
}

// sameID warns of an initiative whose id another one had before it.
func (r *assessing) sameID(a *result.Assessment) diag.List {
	if a == nil || r.ids == nil {
		return nil
	}
	first, known := r.ids[a.Initiative.ID]
	if !known {
		r.ids[a.Initiative.ID] = a.Input.Path
		return nil
	}
	return diag.List{{Severity: diag.Warning, Pos: diag.Pos{File: a.Input.Path},
		Message: i18n.M("cli.same_id", diag.Clean(a.Initiative.ID), diag.Clean(first)), Hint: i18n.M("cli.same_id_hint")}}
}
