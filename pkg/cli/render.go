package cli

import (
	"slices"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
)

func (a *app) renderCommand() *cobra.Command {
	t := a.printer.T
	cmd := &cobra.Command{
		Use: "render " + t("cli.result"), Short: t("cli.render_short"), Long: t("cli.render_long"), Args: a.exactly(1),
		Example: "  ksdev render -f text result.json\n  ksdev render -f sarif=result.sarif result.ndjson",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.render(cmd, args[0]) },
	}
	a.flags.addFormats(cmd, a.printer)
	return cmd
}

// exactly refuses any other number of arguments than n.
func (a *app) exactly(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usage(i18n.M("cli.arguments", n, len(args)), i18n.M("cli.see_help", cmd.CommandPath()))
		}
		return nil
	}
}

// render writes a saved result in other formats, as the run that made it would
// have, and ends with its exit code.
func (a *app) render(cmd *cobra.Command, name string) error {
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	saved, err := a.openSaved(name)
	if err != nil {
		return saved.fault(err)
	}
	comparison, err := saved.comparison()
	switch {
	case err != nil:
		return err
	case comparison != nil:
		return a.renderComparison(c, name, comparison)
	}
	files, err := countFiles(saved)
	if err != nil {
		return err
	}
	catalog := newCatalog(c, a.printer.Language())
	run := &assessing{app: a, config: c, catalog: catalog}
	outputs, err := a.openOutputs(run, []input{{name: name}}, files)
	if err != nil {
		return err
	}
	defer outputs.discard()
	code := Done
	end, err := saved.read(func(r result.Record) error {
		if cmd.Context().Err() != nil {
			return cmd.Context().Err()
		}
		one := record{result: r}
		if r.Assessment != nil {
			if one.strategy, err = catalog.withDigest(c, r.Assessment.Strategy); err != nil {
				return err
			}
			if !fits(r.Assessment, one.strategy) {
				return result.ErrNotResult
			}
		}
		code = weightier(code, codeOf(r))
		outputs.add(one)
		return nil
	})
	if err != nil {
		return err
	}
	code = weightier(code, end.ExitCode)
	if err := outputs.close(end.Complete, code); err != nil {
		return outputLost(code, err)
	}
	if code = weightier(code, a.stopped(name, end.Complete)); code != Done {
		return &exit{code: code}
	}
	return nil
}

// codeOf is the exit code that a record asks for.
func codeOf(r result.Record) int {
	switch {
	case r.Unread != nil:
		return Unread
	case r.Assessment.Failing():
		return Found
	}
	return Done
}

// countFiles counts the files that a result is about, since text shows few of
// them in full.
func countFiles(saved *savedResult) (int, error) {
	files, last := 0, ""
	_, err := saved.read(func(r result.Record) error {
		path := ""
		if r.Assessment != nil {
			path = r.Assessment.Input.Path
		} else {
			path = r.Unread.Input.Path
		}
		if path != last || files == 0 {
			files++
		}
		last = path
		return nil
	})
	return files, err
}

// withDigest finds the strategy that a result was made with, among the one that
// is named and those that are built in.
func (k *catalog) withDigest(c *config.Config, wanted result.Strategy) (*strategy.Strategy, error) {
	names := k.all()
	if c.Strategy.Value != "" && k.home == "" {
		names = slices.Concat([]string{c.Strategy.Value}, names)
	}
	for _, name := range names {
		if s, _ := k.load(name); s != nil && s.Digest == wanted.SHA256 {
			return s, nil
		}
	}
	return nil, &exit{code: Usage, message: i18n.M("cli.strategy_needed", diag.Clean(wanted.ID), diag.Clean(wanted.Version), diag.Clean(wanted.SHA256)),
		hint: i18n.M("cli.strategy_needed_hint")}
}
