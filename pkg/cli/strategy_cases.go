package cli

import (
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/vet"
	"github.com/ks-no/ksdev/pkg/view"
)

// testFormats are the formats of a strategy's test, the default first.
func testFormats() []string { return []string{"text", "json"} }

// strategyTestCommand tests a strategy on its own cases.
func (a *app) strategyTestCommand() *cobra.Command {
	t := a.printer.T
	var wanted vet.Wanted
	cmd := &cobra.Command{
		Use: "test [" + t("cli.name_or_folder") + "]", Short: t("cases.short"), Long: t("cases.long"), Args: a.atMost(1),
		Example: "  ksdev strategy test\n  ksdev strategy test --mutate ks-2016-2019\n  ksdev strategy test --mutate --generate ./criteria/ks-2016-2019",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.strategyTest(cmd, args, wanted) },
	}
	set := cmd.Flags()
	set.BoolVar(&wanted.Mutate, "mutate", false, t("cases.flag_mutate"))
	set.BoolVar(&wanted.Generate, "generate", false, t("cases.flag_generate"))
	set.StringArrayVarP(&a.flags.formats, "format", "f", nil, t("cli.flag_format", strings.Join(testFormats(), ", ")))
	set.StringVarP(&a.flags.output, "output", "o", "", t("cli.flag_output"))
	complete(cmd, "format", testFormats()...)
	return cmd
}

func (a *app) strategyTest(cmd *cobra.Command, args []string, wanted vet.Wanted) error {
	switch {
	case wanted.Generate && len(a.flags.formats) > 0:
		return usage(i18n.M("cases.generate_format"), i18n.Message{})
	case len(a.flags.set) > 0:
		return usage(i18n.M("cases.set_refused"), i18n.M("cases.set_refused_hint"))
	}
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	destinations, err := a.destinations(testFormats())
	if err != nil {
		return err
	}
	folder, options, err := a.strategyFolder(c, args)
	if err != nil {
		return err
	}
	// Cases set what they need, whatever is configured for assessments.
	options.Settings = nil
	outputs, err := a.openAll(destinations, strategyInputs(folder, options), func(string, bool) format { return wholeFormat("") })
	if err != nil {
		return err
	}
	defer outputs.discard()
	tested, found := vet.Test(folder, options, wanted)
	if tested == nil {
		return &exit{code: Usage, found: found}
	}
	if len(found) > 0 {
		a.print(a.streams.Err, diag.Text(a.printer, found))
	}
	code := Done
	if !tested.Holds() || found.HasErrors() {
		code = Found
	}
	for i, one := range outputs.all {
		text, err := a.testText(tested, wanted, destinations[i].name, c.Color.Value, one.file == nil, code)
		if err != nil {
			return err
		}
		one.format = wholeFormat(text)
	}
	if err := outputs.close(true, code); err != nil {
		return outputLost(Done, err)
	}
	if wanted.Generate && !a.flags.quiet {
		a.print(a.streams.Err, diag.Inert("ksdev: "+a.printer.T("cases.generated", len(tested.Proposals))+"\n"))
	}
	if code != Done {
		return &exit{code: code}
	}
	return nil
}

// testText is what a test found in a format, or the cases that it proposes.
func (a *app) testText(t *vet.Tested, wanted vet.Wanted, name, color string, toTerminal bool, code int) (string, error) {
	switch {
	case wanted.Generate:
		return vet.YAML(a.printer, t.Proposals), nil
	case name == "json":
		data, err := json.MarshalIndent(t.Result(Version, code), "", "  ")
		return string(result.Inert(data)) + "\n", err
	}
	return report.Text(view.Tested(a.printer, t), a.textOptions(color, toTerminal))
}
