package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// askFormats are the formats in which questions are printed, the default first.
func askFormats() []string { return []string{"text", "json"} }

// askFlags are the flags of ask alone.
type askFlags struct {
	all, accessible bool
	document        int
	format          string
}

func (a *app) askCommand() *cobra.Command {
	t := a.printer.T
	f := &askFlags{}
	cmd := &cobra.Command{
		Use: "ask " + t("ask.argument"), Short: t("ask.short"), Long: t("ask.long"), Args: a.atMost(1),
		Example: "  ksdev ask tiltak.yaml\n  ksdev ask --all tiltak.yaml\n  ksdev ask -f json tiltak.yaml",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.ask(cmd, args, f) },
	}
	set := cmd.Flags()
	set.BoolVar(&f.all, "all", false, t("ask.flag_all"))
	set.BoolVar(&f.accessible, "accessible", false, t("ask.flag_accessible"))
	set.IntVar(&f.document, "document", 0, t("ask.flag_document"))
	set.StringVarP(&f.format, "format", "f", "", t("ask.flag_format", strings.Join(askFormats(), ", ")))
	set.StringVar(&a.flags.asOf, "as-of", "", t("cli.flag_as_of"))
	set.StringArrayVar(&a.flags.assume, "assume", nil, t("cli.flag_assume"))
	set.StringVar(&a.flags.reading, "reading", "", t("cli.flag_reading"))
	complete(cmd, "format", askFormats()...)
	complete(cmd, "reading", config.Readings()...)
	return cmd
}

// ask interviews the person at the terminal, or prints the questions where
// there is none or a format is asked for.
func (a *app) ask(cmd *cobra.Command, args []string, f *askFlags) error {
	switch {
	case f.format != "" && !slices.Contains(askFormats(), f.format):
		return usage(i18n.M("cli.unknown_format", diag.Clean(f.format)), nearest(f.format, askFormats()))
	case len(args) == 0:
		return usage(i18n.M("ask.no_file"), i18n.M("ask.no_file_hint"))
	case args[0] == "-":
		return usage(i18n.M("ask.no_stream"), i18n.M("ask.no_file_hint"))
	case f.document < 0:
		return usage(i18n.M("cli.flag_value", "document", f.document), i18n.Message{})
	}
	run, err := a.newAssessing(cmd)
	if err != nil {
		return err
	}
	o, err := run.openAsked(args[0], f.document)
	if err != nil {
		return err
	}
	if f.format != "" || !a.atTerminal() {
		return o.print(f)
	}
	return o.interview(cmd.Context(), f)
}
