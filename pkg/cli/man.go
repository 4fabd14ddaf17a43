package cli

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

func (a *app) manCommand() *cobra.Command {
	t := a.printer.T
	var folder string
	cmd := &cobra.Command{
		Use: "man [" + t("release.man_command") + "] …", Short: t("release.man_short"), Long: t("release.man_long"), Args: cobra.ArbitraryArgs,
		Example: "  ksdev man strategy check | man -l -\n  ksdev man --folder ~/.local/share/man/man1\n  ksdev man --lang nn --folder ~/.local/share/man/nn/man1",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.man(cmd, args, folder) },
	}
	cmd.Flags().StringVar(&folder, "folder", "", t("release.flag_man_folder"))
	return cmd
}

// man writes the manual page of the command that the arguments name, or those
// of all commands into a folder.
func (a *app) man(cmd *cobra.Command, args []string, folder string) error {
	if _, err := a.configure(cmd); err != nil {
		return err
	}
	// The commands that run have the words of the language that was known before
	// the configuration was read.
	root := (&app{streams: a.streams, printer: a.printer}).rootCommand(io.Discard)
	described, rest, err := root.Find(args)
	switch {
	case err != nil:
		return err
	case len(rest) > 0:
		return a.group(described, rest)
	case folder != "" && len(args) > 0:
		return usage(i18n.M("release.man_folder_and_command"), i18n.M("cli.see_help", cmd.CommandPath()))
	case folder != "":
		return a.manFolder(root, folder)
	}
	return a.writePages([]*cobra.Command{described}, func(*cobra.Command) string { return "" })
}

// manFolder writes the pages of all commands into a folder, which it makes.
func (a *app) manFolder(root *cobra.Command, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return &exit{code: Unread, message: i18n.M("cli.cannot_write", diag.Clean(filepath.ToSlash(folder)), cause(err))}
	}
	return a.writePages(allCommands(root), func(cmd *cobra.Command) string { return filepath.Join(folder, pageName(cmd)+".1") })
}

// writePages writes pages where target says, all of them or none.
func (a *app) writePages(commands []*cobra.Command, target func(*cobra.Command) string) error {
	date, _, _ := strings.Cut(thisBuild().SourceDate, "T")
	outputs := &outputs{}
	defer outputs.discard()
	for _, cmd := range commands {
		out, err := a.openOutput(target(cmd), nil)
		if err != nil {
			return err
		}
		out.format = wholeFormat(manPage{app: a, cmd: cmd, date: date}.text())
		outputs.all = append(outputs.all, out)
	}
	if err := outputs.close(true, Done); err != nil {
		return outputLost(Done, err)
	}
	return nil
}

// allCommands lists a command and all below it, in the order of the help.
func allCommands(cmd *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{cmd}
	for _, sub := range described(cmd) {
		all = append(all, allCommands(sub)...)
	}
	return all
}

// described lists the commands right below one, and the topics of its help.
func described(cmd *cobra.Command) (all []*cobra.Command) {
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() || sub.IsAdditionalHelpTopicCommand() {
			all = append(all, sub)
		}
	}
	return all
}
