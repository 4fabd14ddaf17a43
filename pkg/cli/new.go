package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/view"
)

func (a *app) newCommand() *cobra.Command {
	t := a.printer.T
	title := ""
	cmd := &cobra.Command{
		Use: "new " + t("new.argument"), Short: t("new.short"), Long: t("new.long"), Args: a.exactly(1),
		Example: "  ksdev new tiltak.yaml\n  ksdev new --lang nn --title \"Nye arbeidsformer\" tiltak.yaml\n  ksdev new - > tiltak.yaml",
		RunE:    func(cmd *cobra.Command, args []string) error { return a.newFile(cmd, args[0], title) },
	}
	cmd.Flags().StringVar(&title, "title", "", t("new.flag_title"))
	return cmd
}

// newFile writes a template into a file that does not exist yet.
func (a *app) newFile(cmd *cobra.Command, name, title string) error {
	c, err := a.configure(cmd)
	if err != nil {
		return err
	}
	if name != "-" && !isYAML(name) {
		return usage(i18n.M("new.ending", diag.Clean(name)), i18n.M("fields.did_you_mean", diag.Clean(name)+".yaml"))
	}
	if why := unusableName(runtime.GOOS, name); !why.IsZero() {
		return notWritten(name, why)
	}
	catalog := newCatalog(c, a.printer.Language())
	s, found := catalog.choose(initiative.Header{}, nil)
	if s == nil {
		return &exit{code: Usage, found: found}
	}
	named := ""
	if known, _ := catalog.load(s.ID); slices.Contains(builtIn(), s.ID) && known == s {
		named = s.ID
	}
	if strings.TrimSpace(title) == "" {
		title = a.titleOf(name)
	}
	text := view.New(a.printer, s, nil).Template(title, named)
	if name == "-" {
		if _, err := a.streams.Out.Write([]byte(text)); err != nil {
			return outputLost(Done, err)
		}
		return nil
	}
	if err := create(a.disk(), name, text); err != nil {
		return notCreated(name, err)
	}
	a.note(i18n.M("new.done", diag.Clean(filepath.ToSlash(name))))
	return nil
}

// titleOf makes a title of a file's name: "nye-arbeidsformer.yaml" is "Nye
// arbeidsformer".
func (a *app) titleOf(name string) string {
	words := strings.FieldsFunc(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), func(r rune) bool {
		return r == '-' || r == '_' || unicode.IsSpace(r)
	})
	title := []rune(diag.Clean(strings.Join(words, " ")))
	if name == "-" || len(title) == 0 {
		return a.printer.T("new.title")
	}
	title[0] = unicode.ToUpper(title[0])
	return string(title)
}

// create writes a file as a whole or not at all, and never over another one:
// also one that comes into being at the same time.
func create(d disk, name, text string) (err error) {
	if _, err := os.Lstat(name); err == nil {
		return fs.ErrExist
	}
	o, err := openBeside(d, name, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.remove(o.file.Name())) }()
	_, err = o.file.Write([]byte(text))
	if err = errors.Join(err, o.file.Sync(), o.file.Close()); err != nil {
		return err
	}
	err = d.link(o.file.Name(), name)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	// There are file systems that have no links.
	return createWhole(d, name, 0o666, []byte(text))
}

// notCreated words why a file was not made.
func notCreated(name string, err error) error {
	shown := diag.Clean(filepath.ToSlash(name))
	switch {
	case errors.Is(err, fs.ErrExist):
		return &exit{code: Unread, message: i18n.M("new.exists", shown), hint: i18n.M("new.exists_hint")}
	case errors.Is(err, fs.ErrNotExist):
		return notWritten(name, i18n.M("cause.no_folder", diag.Clean(filepath.ToSlash(filepath.Dir(name)))))
	}
	return notWritten(name, cause(err))
}
