package cli

import (
	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
)

func (a *app) configCommand() *cobra.Command {
	return &cobra.Command{
		Use: "config", Short: a.printer.T("cli.config_short"), Long: a.printer.T("cli.config_long"), Args: a.atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error { return a.showConfig(cmd) },
	}
}

// showConfig prints every setting in force with where it came from, and the
// waivers.
func (a *app) showConfig(cmd *cobra.Command) error {
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	t := a.printer.T
	table := report.Table{Header: true, Columns: []report.Column{{Title: t("cli.config_key")}, {Title: t("cli.config_value"), Flexible: true},
		{Title: t("cli.config_from"), Flexible: true}}}
	for _, e := range c.Entries() {
		value := e.Value
		if value == "" {
			value = "–"
		}
		table.Rows = append(table.Rows, report.Row{Cells: []report.Cell{report.Say(e.Key), report.Say(value), report.Say(a.printer.Text(e.From.Message()))}})
	}
	d := report.Document{Blocks: []report.Block{table}}
	if len(c.Waivers) > 0 {
		var items [][]report.Span
		for _, w := range c.Waivers {
			items = append(items, report.Say(t("cli.config_waiver", w.Initiative, w.Rule, i18n.Date(w.Expires), w.ApprovedBy, w.Because, w.Pos.String())))
		}
		d.Blocks = append(d.Blocks, report.Heading{Level: 2, Text: t("cli.config_waivers")}, report.List{Items: items, Tight: true})
	}
	return a.document(d, c.Color.Value)
}

// exitCodesCommand is a page of help.
func (a *app) exitCodesCommand() *cobra.Command {
	return &cobra.Command{Use: "exit-codes", Short: a.printer.T("cli.exit_codes_short"), Long: a.printer.T("cli.exit_codes_long")}
}
