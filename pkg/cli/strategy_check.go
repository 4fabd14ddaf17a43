package cli

import (
	"encoding/json"
	"io"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
	"github.com/ks-no/ksdev/pkg/strategy"
	"github.com/ks-no/ksdev/pkg/vet"
	"github.com/ks-no/ksdev/pkg/view"
)

// checkFormats are the formats of a strategy's check, the default first.
func checkFormats() []string { return []string{"text", "json", "sarif", "github"} }

// acknowledgement shows how a strategy's file acknowledges a warning.
const acknowledgement = "  acknowledged:\n    - finding: implied\n      on: [C1, C2]\n      because: The source has both"

func (a *app) strategyCheckCommand() *cobra.Command {
	t := a.printer.T
	cmd := &cobra.Command{
		Use: "check [" + t("cli.name_or_folder") + "]", Short: t("check.short"), Long: t("check.long", acknowledgement), Args: a.atMost(1),
		Example: "  ksdev strategy check ks-2016-2019\n  ksdev strategy check ./criteria/ks-2016-2019\n  ksdev strategy check -f sarif=check.sarif ./criteria/ks-2016-2019",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.strategyCheck(cmd, args) },
	}
	cmd.Flags().StringArrayVarP(&a.flags.formats, "format", "f", nil, t("cli.flag_format", strings.Join(checkFormats(), ", ")))
	cmd.Flags().StringVarP(&a.flags.output, "output", "o", "", t("cli.flag_output"))
	complete(cmd, "format", checkFormats()...)
	return cmd
}

func (a *app) strategyCheck(cmd *cobra.Command, args []string) error {
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	destinations, err := a.destinations(checkFormats())
	if err != nil {
		return err
	}
	folder, options, err := a.strategyFolder(c, args)
	if err != nil {
		return err
	}
	checked := &checkedStrategy{app: a, color: c.Color.Value, check: vet.CheckStrategy(folder, options), code: Done}
	if err := wrongSettings(c, checked.check); err != nil {
		return err
	}
	if checked.check.Open() {
		checked.code = Found
	}
	outputs, err := a.openAll(destinations, strategyInputs(folder, options), checked.format)
	if err != nil {
		return err
	}
	defer outputs.discard()
	if err := outputs.close(true, checked.code); err != nil {
		return outputLost(Done, err)
	}
	if checked.code != Done {
		return &exit{code: checked.code}
	}
	return nil
}

// strategyFolder finds the strategy that the argument names, or else the one
// that would be used.
func (a *app) strategyFolder(c *config.Config, args []string) (fs.FS, strategy.Options, error) {
	k := newCatalog(c, a.printer.Language())
	name, from := k.flag, k.from
	switch {
	case len(args) == 1:
		name, from = args[0], config.Origin{}
	case name == "" && k.configured != "":
		name = k.configured
	case name == "":
		s, found := k.choose(initiative.Header{}, nil)
		if s == nil {
			return nil, strategy.Options{}, &exit{code: Usage, found: found}
		}
		name = s.ID
	}
	folder, options, found := k.folder(name)
	if folder == nil {
		return nil, options, &exit{code: Usage, found: at(found, from)}
	}
	return folder, options, nil
}

// strategyInputs are the strategy's files as inputs that may not be written
// over.
func strategyInputs(folder fs.FS, options strategy.Options) []input {
	var all []input
	for _, pattern := range []string{"*", "*/*"} {
		// The pattern is sound, and what cannot be read is no file to write over.
		names, _ := fs.Glob(folder, pattern)
		for _, name := range names {
			all = append(all, input{name: options.Folder + "/" + name})
		}
	}
	return all
}

// wrongSettings are faults of values that were set for this run: they are no
// fault of the strategy.
func wrongSettings(c *config.Config, check *vet.Check) error {
	var found diag.List
	for _, f := range check.Findings {
		if name, ok := setting(f.Diagnostic); ok {
			f.Pos = c.Set[name].From.Place()
			found = append(found, f.Diagnostic)
		}
	}
	if len(found) > 0 {
		return &exit{code: Usage, found: found}
	}
	return nil
}

// checkedStrategy is a check that is to be written.
type checkedStrategy struct {
	app   *app
	color string
	check *vet.Check
	code  int
}

func (s *checkedStrategy) format(name string, toTerminal bool) format {
	return checkedFormat{s, name, toTerminal}
}

// checkedFormat writes the check in the format of a name.
type checkedFormat struct {
	*checkedStrategy
	name       string
	toTerminal bool
}

func (checkedFormat) add(io.Writer, record) error { return nil }

func (f checkedFormat) end(w io.Writer, _ bool, code int) error {
	v := view.New(f.app.printer, f.check.Strategy, nil)
	findings := v.CheckedFindings(f.check, f.name == "sarif")
	findings.Tool = report.Tool{Name: "ksdev", Version: Version}
	findings.Words.Left = func(n int) string { return f.app.printer.T("view.left", n) }
	var text string
	var err error
	switch f.name {
	case "json":
		var data []byte
		data, err = json.MarshalIndent(f.check.Result(Version, code), "", "  ")
		text = string(result.Inert(data)) + "\n"
	case "sarif":
		var data []byte
		data, err = report.SARIF(findings)
		text = string(data)
	case "github":
		text = report.GitHub(findings)
	default:
		text, err = report.Text(v.Checked(f.check), f.app.textOptions(f.color, f.toTerminal))
		if found := view.CheckedText(f.app.printer, f.check); found != "" {
			text = found + "\n" + text
		}
	}
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}
