package cli

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/view"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// explainFormats are the formats of an explanation, the default first.
func explainFormats() []string { return []string{"text", "markdown"} }

func (a *app) explainCommand() *cobra.Command {
	t := a.printer.T
	var format, whyNot string
	cmd := &cobra.Command{
		Use: "explain " + t("explain.arguments"), Short: t("explain.short"), Long: t("explain.long"), Args: a.atMost(2),
		Example: "  ksdev explain C6\n  ksdev explain reach.relevance\n  ksdev explain C6 tiltak.yaml\n  ksdev explain tiltak.yaml\n  ksdev explain --why-not prioritise tiltak.yaml",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.explain(cmd, args, format, whyNot) },
	}
	set := cmd.Flags()
	set.StringVarP(&format, "format", "f", explainFormats()[0], t("cli.flag_one_format", strings.Join(explainFormats(), ", ")))
	set.StringVar(&whyNot, "why-not", "", t("why.flag"))
	set.StringVar(&a.flags.asOf, "as-of", "", t("cli.flag_as_of"))
	set.StringArrayVar(&a.flags.assume, "assume", nil, t("cli.flag_assume"))
	set.StringVar(&a.flags.reading, "reading", "", t("cli.flag_reading"))
	complete(cmd, "format", explainFormats()...)
	complete(cmd, "reading", config.Readings()...)
	return cmd
}

func (a *app) explain(cmd *cobra.Command, args []string, format, whyNot string) error {
	switch {
	case !slices.Contains(explainFormats(), format):
		return usage(i18n.M("cli.unknown_format", diag.Clean(format)), nearest(format, explainFormats()))
	case len(args) == 0:
		return usage(i18n.M("explain.no_name"), i18n.M("explain.list"))
	case len(args) == 1 && isFile(args[0]):
		return a.explainFile(cmd, args[0], format, whyNot)
	case whyNot != "":
		return usage(i18n.M("why.file_needed"), i18n.M("cli.see_help", cmd.CommandPath()))
	case len(args) == 2:
		return a.explainRule(cmd, args[0], args[1], format)
	}
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	s, found := newCatalog(c, a.printer.Language()).choose(initiative.Header{}, nil)
	if s == nil {
		return &exit{code: Usage, found: found}
	}
	v := view.New(a.printer, s, nil)
	d, ok := v.Explain(args[0])
	if !ok {
		return usage(i18n.M("explain.unknown", diag.Clean(args[0])), nearestName(v, args[0]))
	}
	return a.write(d, format, c.Color.Value)
}

// isFile reports whether an argument that may be a name or a file is a file.
func isFile(arg string) bool {
	return arg == "-" || strings.ContainsAny(arg, `/\`) || isYAML(arg) || isSaved(arg) || strings.HasSuffix(arg, string(filepath.Separator))
}

// nearestName proposes what a name may mean: one written much like it, or those
// in whose titles it stands.
func nearestName(v *view.View, name string) i18n.Message {
	if near, ok := yamldoc.Nearest(name, v.Names()); ok {
		return i18n.M("fields.did_you_mean", near)
	}
	if names := v.NamesOf(name); len(names) > 0 {
		list := make(i18n.Alternatives, len(names))
		for i, n := range names {
			list[i] = n
		}
		return i18n.M("explain.perhaps", list)
	}
	return i18n.M("explain.list")
}

// write prints a document in one of the formats of an explanation.
func (a *app) write(d report.Document, format, color string) error {
	if format != "markdown" {
		return a.document(d, color)
	}
	text, err := report.Markdown(d, report.MarkdownOptions{})
	if err == nil {
		_, err = a.streams.Out.Write([]byte(text))
	}
	if err != nil {
		return outputLost(Done, err)
	}
	return nil
}
