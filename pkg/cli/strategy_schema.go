package cli

import (
	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/view"
)

func (a *app) strategySchemaCommand() *cobra.Command {
	t := a.printer.T
	cmd := &cobra.Command{
		Use: "schema [" + t("cli.name_or_folder") + "]", Short: t("schema.short"), Long: t("schema.long"), Args: a.atMost(1),
		Example: "  ksdev strategy schema -o ksdev.schema.json\n  ksdev strategy schema --lang nn ks-2016-2019",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.strategySchema(cmd, args) },
	}
	cmd.Flags().StringVarP(&a.flags.output, "output", "o", "", t("cli.flag_output"))
	return cmd
}

// strategySchema writes the schema of an initiative under a strategy.
func (a *app) strategySchema(cmd *cobra.Command, args []string) error {
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	folder, options, err := a.strategyFolder(c, args)
	if err != nil {
		return err
	}
	s, found := newCatalog(c, a.printer.Language()).loadFrom(folder, options)
	if s == nil {
		return &exit{code: Usage, found: found}
	}
	schema, err := view.New(a.printer, s, nil).Schema()
	if err != nil {
		return err
	}
	target := a.flags.output
	if target == "-" {
		target = ""
	}
	out, err := a.openOutput(target, strategyInputs(folder, options))
	if err != nil {
		return err
	}
	out.format = wholeFormat(schema)
	outputs := &outputs{all: []*output{out}}
	if err := outputs.close(true, Done); err != nil {
		return outputLost(Done, err)
	}
	return nil
}
