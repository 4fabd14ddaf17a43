package cli

import (
	"cmp"
	"encoding/json"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/report"
	"github.com/ks-no/ksdev/pkg/result"
)

// modulePath is the path of the program's module.
const modulePath = "github.com/ks-no/ksdev"

// unknownVersion is what Go writes for a module's version that it does not know.
const unknownVersion = "(devel)"

// versionFormats are the formats of a version, the default first.
func versionFormats() []string { return []string{"text", "json"} }

func (a *app) versionCommand() *cobra.Command {
	t := a.printer.T
	cmd := &cobra.Command{
		Use: "version", Short: t("cli.version_short"), Long: t("release.version_long"), Args: a.atMost(0),
		Example: "  ksdev version\n  ksdev version -f json",
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.version(cmd) },
	}
	cmd.Flags().StringArrayVarP(&a.flags.formats, "format", "f", nil, t("cli.flag_format", strings.Join(versionFormats(), ", ")))
	cmd.Flags().StringVarP(&a.flags.output, "output", "o", "", t("cli.flag_output"))
	complete(cmd, "format", versionFormats()...)
	return cmd
}

// version says what the program and its strategies are.
func (a *app) version(cmd *cobra.Command) error {
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	destinations, err := a.destinations(versionFormats())
	if err != nil {
		return err
	}
	build := thisBuild()
	catalog := newCatalog(c, a.printer.Language())
	for _, name := range builtIn() {
		s, found := catalog.load(name)
		if s == nil {
			return &exit{code: Usage, found: found}
		}
		build.Strategies = append(build.Strategies, result.Strategy{ID: s.ID, Version: s.Version, SHA256: s.Digest})
	}
	outputs, err := a.openAll(destinations, nil, func(string, bool) format { return wholeFormat("") })
	if err != nil {
		return err
	}
	defer outputs.discard()
	for i, one := range outputs.all {
		text, err := a.versionText(build, destinations[i].name, a.textOptions(c.Color.Value, one.file == nil))
		if err != nil {
			return err
		}
		one.format = wholeFormat(text)
	}
	if err := outputs.close(true, Done); err != nil {
		return outputLost(Done, err)
	}
	return nil
}

// thisBuild is the program that runs, without its strategies.
func thisBuild() result.Build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{GoVersion: runtime.Version()}
	}
	return buildOf(info)
}

// buildOf is what a build recorded of itself. The clock has no part in it: the
// date is that of the commit.
func buildOf(info *debug.BuildInfo) result.Build {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	build := result.Build{Ksdev: result.Version, Kind: "version", Program: Version, Module: modulePath,
		Commit: settings["vcs.revision"], Modified: settings["vcs.modified"] == "true", SourceDate: settings["vcs.time"],
		Go: info.GoVersion, OS: cmp.Or(settings["GOOS"], runtime.GOOS), Arch: cmp.Or(settings["GOARCH"], runtime.GOARCH)}
	if info.Main.Path == modulePath && info.Main.Version != unknownVersion {
		build.ModuleVersion = info.Main.Version
	}
	return build
}

func (a *app) versionText(build result.Build, format string, options report.TextOptions) (string, error) {
	if format == "json" {
		data, err := json.MarshalIndent(build, "", "  ")
		return string(result.Inert(data)) + "\n", err
	}
	t := a.printer.T
	commit := build.Commit
	if build.Modified {
		commit = t("release.modified", commit)
	}
	fields := report.Fields{Fields: []report.Field{
		{Label: "ksdev", Value: report.Say(build.Program)},
		{Label: t("release.module"), Value: report.Say(cmp.Or(build.ModuleVersion, t("release.no_version", "devel")))},
		{Label: t("cli.version_commit"), Value: report.Say(cmp.Or(commit, t("release.not_recorded")))},
		{Label: t("release.source_date"), Value: report.Say(cmp.Or(build.SourceDate, t("release.not_recorded")))},
		{Label: t("cli.version_go"), Value: report.Say(t("release.go", build.Go, build.OS, build.Arch))},
	}}
	for _, s := range build.Strategies {
		fields.Fields = append(fields.Fields, report.Field{Label: s.ID, Value: report.Say(t("cli.version_strategy", s.Version, s.SHA256))})
	}
	return report.Text(report.Document{Blocks: []report.Block{fields}}, options)
}
