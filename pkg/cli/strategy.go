package cli

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/view"
)

func (a *app) strategyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "strategy", Short: a.printer.T("cli.strategy_short"), Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return a.group(cmd, args) },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: a.printer.T("cli.strategy_list_short"), Args: a.atMost(0),
			RunE: func(cmd *cobra.Command, _ []string) error { return a.strategyList(cmd) },
		},
		&cobra.Command{
			Use: "show [" + a.printer.T("cli.name_or_folder") + "]", Short: a.printer.T("cli.strategy_show_short"), Args: a.atMost(1),
			RunE: func(cmd *cobra.Command, args []string) error { return a.strategyShow(cmd, args) },
		},
		a.strategyCheckCommand(),
		a.strategyTestCommand(),
		a.strategyDiffCommand(),
		a.strategySchemaCommand(),
	)
	return cmd
}

// atMost refuses more arguments than n.
func (a *app) atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return usage(i18n.M("cli.too_many_arguments", diag.Clean(args[n])), i18n.M("cli.see_help", cmd.CommandPath()))
		}
		return nil
	}
}

func (a *app) strategyList(cmd *cobra.Command) error {
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	catalog := newCatalog(c, a.printer.Language())
	names := catalog.names
	if one := cmp.Or(catalog.flag, catalog.configured); isFolder(one) {
		names = append(names, one)
	}
	var all []*strategy.Strategy
	for _, name := range names {
		s, found := catalog.load(name)
		if s == nil {
			return &exit{code: Usage, found: found}
		}
		all = append(all, s)
	}
	return a.document(view.Strategies(a.printer, all), c.Color.Value)
}

func (a *app) strategyShow(cmd *cobra.Command, args []string) error {
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	catalog := newCatalog(c, a.printer.Language())
	if len(args) == 1 {
		catalog.flag, catalog.from = args[0], config.Origin{}
	}
	s, found := catalog.choose(initiative.Header{}, nil)
	if s == nil {
		return &exit{code: Usage, found: found}
	}
	return a.document(view.New(a.printer, s, nil).Strategy(), c.Color.Value)
}

// document prints a document on standard output.
func (a *app) document(d report.Document, color string) error {
	text, err := report.Text(d, a.textOptions(color, true))
	if err == nil {
		_, err = a.streams.Out.Write([]byte(text))
	}
	if err != nil {
		return outputLost(Done, err)
	}
	return nil
}
