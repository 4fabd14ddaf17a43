package cli

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// earlyLanguage is the language that help and messages have before the
// configuration is read: from --lang, KSDEV_LANG or the locale.
func earlyLanguage(s Streams, args []string) i18n.Language {
	getenv := getenv(s.Environ())
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if l, known := i18n.ParseLanguage(value); ok && known {
			return l
		}
	}
	if l, known := i18n.ParseLanguage(getenv("KSDEV_LANG")); known {
		return l
	}
	return i18n.FromEnvironment(getenv)
}

// getenv looks names up in an environment of NAME=value.
func getenv(environ []string) func(name string) string {
	return func(name string) string {
		for _, entry := range environ {
			if value, ok := strings.CutPrefix(entry, name+"="); ok {
				return value
			}
		}
		return ""
	}
}

// nearest proposes the name that was probably meant, or lists them all.
func nearest(name string, names []string) i18n.Message { return yamldoc.NearestHint(name, names) }

// wordCobra puts our words in place of those that cobra brings.
func (a *app) wordCobra(root *cobra.Command) {
	t := a.printer.T
	root.SetUsageTemplate(strings.NewReplacer(
		"Usage:", t("cli.usage")+":", "Available Commands:", t("cli.commands")+":", "Global Flags:", t("cli.global_flags")+":",
		"Flags:", t("cli.flags")+":", "Examples:", t("cli.examples")+":", "[command]", t("cli.command"),
		`Use "{{.CommandPath}} `+t("cli.command")+` --help" for more information about a command.`, t("cli.more_help"),
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`, t("cli.more_help"),
	).Replace(usageTemplate))
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return a.flagError(cmd, err) })
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		switch cmd.Name() {
		case "help":
			cmd.Short, cmd.Long = t("cli.help_short"), ""
			cmd.Run, cmd.RunE = nil, func(_ *cobra.Command, args []string) error { return a.help(root, args) }
		case "completion":
			cmd.Short, cmd.Long = t("cli.completion_short"), t("cli.completion_long")
			cmd.Args, cmd.RunE = cobra.ArbitraryArgs, func(cmd *cobra.Command, args []string) error { return a.group(cmd, args) }
			for _, shell := range cmd.Commands() {
				shell.Short = t("cli.completion_of", shell.Name())
				shell.Long = shell.Short
				shell.Args = a.atMost(0)
				if f := shell.Flags().Lookup("no-descriptions"); f != nil {
					f.Usage = t("cli.flag_no_descriptions")
				}
			}
		}
	}
	wordCommand(root, t("cli.help_flag"), t("cli.flags_placeholder"))
}

// help prints the help of the command that the arguments name.
func (a *app) help(root *cobra.Command, args []string) error {
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	return a.group(cmd, rest)
}

// wordCommand words what cobra adds to every command: the flag --help, and the
// place for flags in the line that shows how to call it. What a flag is where
// it is not given our own texts say, in the right language.
func wordCommand(cmd *cobra.Command, help, placeholder string) {
	cmd.InitDefaultHelpFlag()
	cmd.Flags().Lookup("help").Usage = help
	cmd.DisableFlagsInUseLine = true
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		switch f.Value.Type() {
		case "int":
			f.DefValue = "0"
		case "string":
			f.DefValue = ""
		}
	})
	if cmd.Runnable() {
		cmd.Use += " " + placeholder
	}
	for _, sub := range cmd.Commands() {
		wordCommand(sub, help, placeholder)
	}
}

// usageTemplate is how a command's usage is laid out.
const usageTemplate = `Usage:{{if not .HasAvailableSubCommands}}
  {{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} [command]{{end}}{{if .HasExample}}

Examples:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

Available Commands:{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

Global Flags:
{{.InheritedFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableSubCommands}}

Use "{{.CommandPath}} [command] --help" for more information about a command.{{end}}
`

// flagError words what is wrong with a flag.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var noValue *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		return usage(i18n.M("cli.unknown_flag", diag.Clean(name)), nearestFlag(name, cmd))
	case errors.As(err, &noValue):
		return usage(i18n.M("cli.flag_without_value", diag.Clean(noValue.GetSpecifiedName())), i18n.Message{})
	case errors.As(err, &invalid):
		return usage(i18n.M("cli.flag_value", invalid.GetFlag().Name, diag.Clean(invalid.GetValue())), i18n.Message{})
	}
	return usage(i18n.M("cli.error", diag.Clean(err.Error())), i18n.Message{})
}

func nearestFlag(name string, cmd *cobra.Command) i18n.Message {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	cmd.InheritedFlags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near, ok := yamldoc.Nearest(name, names); ok {
		return i18n.M("fields.did_you_mean", "--"+near)
	}
	return i18n.M("cli.see_help", cmd.CommandPath())
}
