package cli

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// flags are the flags of all commands; a command adds those that it reads.
type flags struct {
	config, lang, color, strategy, reading, asOf, output, today string
	set, assume, failOn, show, formats                          []string
	jobs                                                        string
	base, diffFailOn, diffFormat                                string
	quiet                                                       bool
	compare                                                     compareFlags
}

func (f *flags) addGlobal(cmd *cobra.Command, p *i18n.Printer) {
	set := cmd.PersistentFlags()
	set.StringVar(&f.lang, "lang", "", p.T("cli.flag_lang"))
	set.StringVar(&f.color, "color", "", p.T("cli.flag_color"))
	set.StringVar(&f.config, "config", "", p.T("cli.flag_config"))
	set.StringVar(&f.strategy, "strategy", "", p.T("cli.flag_strategy"))
	set.StringArrayVar(&f.set, "set", nil, p.T("cli.flag_set"))
	set.BoolVarP(&f.quiet, "quiet", "q", false, p.T("cli.flag_quiet"))
	complete(cmd, "lang", "nb", "nn", "en")
	complete(cmd, "color", config.Colors()...)
}

func (f *flags) addAssess(cmd *cobra.Command, p *i18n.Printer) {
	f.addFormats(cmd, p)
	set := cmd.Flags()
	set.StringVar(&f.asOf, "as-of", "", p.T("cli.flag_as_of"))
	set.StringArrayVar(&f.assume, "assume", nil, p.T("cli.flag_assume"))
	set.StringVar(&f.reading, "reading", "", p.T("cli.flag_reading"))
	set.StringArrayVar(&f.failOn, "fail-on", nil, p.T("cli.flag_fail_on"))
	set.StringVar(&f.today, "today", "", p.T("cli.flag_today"))
	set.StringVarP(&f.jobs, "jobs", "j", "", p.T("cli.flag_jobs"))
	complete(cmd, "reading", config.Readings()...)
}

// addFormats adds the flags that say how a result is written.
func (f *flags) addFormats(cmd *cobra.Command, p *i18n.Printer) {
	set := cmd.Flags()
	set.StringArrayVarP(&f.formats, "format", "f", nil, p.T("cli.flag_format", strings.Join(formatNames(), ", ")))
	set.StringVarP(&f.output, "output", "o", "", p.T("cli.flag_output"))
	set.StringArrayVar(&f.show, "show", nil, p.T("cli.flag_show", strings.Join(config.Shows(), ", "), showQuestions))
	complete(cmd, "format", formatNames()...)
	complete(cmd, "show", config.Shows()...)
}

func complete(cmd *cobra.Command, flag string, values ...string) {
	// The only error is a flag that does not exist, which a test would show.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// keys maps flags that are also settings to their keys.
func configFlags() map[string]string {
	return map[string]string{"lang": "lang", "color": "color", "strategy": "strategy", "set": "set", "reading": "reading",
		"fail-on": "fail_on", "show": "show", "jobs": "jobs"}
}

// notSetting marks a flag that has the name of a setting and is none.
const notSetting = "not a setting"

// settings are the files that say how to assess.
func (a *app) settings() []input {
	if a.config == nil {
		return nil
	}
	all := []input{{name: a.config.File.Value}}
	if name := a.config.Strategy.Value; isFolder(name) {
		all = append(all, strategyInputs(folderFiles(name), strategy.Options{Folder: name})...)
	}
	return all
}

// configure reads the settings in force and takes over their language.
func (a *app) configure(cmd *cobra.Command) (*config.Config, error) {
	given := map[string][]string{}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		key, ok := configFlags()[f.Name]
		if _, other := f.Annotations[notSetting]; !ok || other {
			return
		}
		if list, isList := f.Value.(pflag.SliceValue); isList {
			given[key] = list.GetSlice()
			return
		}
		given[key] = []string{f.Value.String()}
	})
	userDir, err := os.UserConfigDir()
	if err != nil {
		userDir = ""
	}
	c, found, err := config.Load(config.Sources{Dir: a.streams.Dir, UserDir: userDir, ExplicitFile: a.flags.config,
		Environ: a.streams.Environ, Flags: given, ReadFile: a.readFile})
	if err != nil {
		return nil, err
	}
	if found.HasErrors() {
		return nil, &exit{code: Usage, found: found}
	}
	a.config = c
	if len(found) > 0 && !a.flags.quiet {
		a.print(a.streams.Err, diag.Text(a.printer, found))
	}
	if c.Lang.Value != a.printer.Language() {
		if a.printer, err = i18n.New(c.Lang.Value); err != nil {
			return nil, err
		}
	}
	return c, nil
}
