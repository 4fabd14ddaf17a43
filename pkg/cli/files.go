package cli

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/yamldoc"
)

// errTooLarge refuses a file that is larger than one of YAML may be.
const errTooLarge = diag.TooLargeError(yamldoc.MaxInput >> 20)

// input is a file to assess, or one that was found not to be readable.
type input struct {
	// name is shown, with forward slashes; "-" is standard input.
	name string
	err  error
	// data is the file's content where held is true.
	data []byte
	held bool
}

// inputs finds the files that the arguments name, in the order of the
// arguments and, within a folder, of their names. Each file comes once.
func (a *app) inputs(args []string, c *config.Config) ([]input, error) {
	if len(args) == 0 {
		return nil, usage(i18n.M("cli.no_input"), i18n.M("cli.no_input_hint"))
	}
	walk := &walking{disk: a.disk(), config: c, seen: map[string]string{}}
	for _, arg := range a.expanded(args) {
		if holdsStrategy(arg, isRegular) {
			return nil, notInitiatives(arg)
		}
		before := len(walk.inputs)
		walk.argument(arg)
		if len(walk.inputs) == before && !walk.seenAgain {
			return nil, usage(i18n.M("cli.empty_folder", diag.Clean(arg)), i18n.M("cli.empty_folder_hint"))
		}
	}
	for _, link := range walk.links {
		a.note(i18n.M("cli.link_skipped", diag.Clean(link)))
	}
	return walk.inputs, nil
}

// expanded are the arguments with the files that patterns in them fit.
func (a *app) expanded(args []string) []string {
	return expand(runtime.GOOS, args, func(name string) bool {
		_, err := a.disk().stat(name)
		return err == nil
	})
}

// note prints a remark on standard error unless --quiet was given.
func (a *app) note(message i18n.Message) {
	if !a.flags.quiet {
		a.print(a.streams.Err, diag.Inert("ksdev: "+a.printer.Text(message)+"\n"))
	}
}

// walking is the state of finding inputs.
type walking struct {
	disk   disk
	config *config.Config
	inputs []input
	// seen holds the names that came, also by how they are in lower case.
	seen      map[string]string
	seenAgain bool
	links     []string
}

func (w *walking) add(name string, err error) {
	lower := strings.ToLower(name)
	for _, key := range []string{name, lower} {
		if first, ok := w.seen[key]; ok && (first == name || w.isSame(first, name)) {
			w.seenAgain = true
			return
		}
	}
	if _, ok := w.seen[lower]; !ok {
		w.seen[lower] = name
	}
	w.seen[name] = name
	w.inputs = append(w.inputs, input{name: name, err: err})
}

// isSame reports whether two names are those of one file: there are systems
// that do not tell them apart by the case of letters.
func (w *walking) isSame(a, b string) bool {
	first, err := w.disk.stat(filepath.FromSlash(a))
	if err != nil {
		return false
	}
	second, err := w.disk.stat(filepath.FromSlash(b))
	return err == nil && os.SameFile(first, second)
}

func (w *walking) argument(arg string) {
	w.seenAgain = false
	if arg == "-" {
		w.add("-", nil)
		return
	}
	info, err := w.disk.stat(arg)
	if err != nil || !info.IsDir() {
		w.add(filepath.ToSlash(filepath.Clean(arg)), err)
		return
	}
	// With a separator at its end a link is the folder that it leads to.
	w.folder(strings.TrimSuffix(filepath.Clean(arg), string(filepath.Separator)) + string(filepath.Separator))
}

// folder adds the initiatives below a folder, those of strategies left out. What
// cannot be read is an input with an error, so that it is reported; links are
// not followed.
func (w *walking) folder(root string) {
	_ = w.disk.walk(root, func(name string, entry fs.DirEntry, err error) error {
		shown := filepath.ToSlash(name)
		hidden := strings.HasPrefix(entryName(entry, name), ".") && name != root
		switch {
		case err != nil:
			w.add(shown, err)
			if entry != nil && entry.IsDir() {
				return fs.SkipDir
			}
		case entry.IsDir():
			if hidden || name != root && (w.excluded(root, name) || holdsStrategy(name, isRegular)) {
				return fs.SkipDir
			}
		case hidden || !isYAML(name) || w.excluded(root, name) || !w.included(root, name):
		case entry.Type()&fs.ModeSymlink != 0:
			w.links = append(w.links, shown)
		default:
			w.add(shown, nil)
		}
		return nil
	})
}

func entryName(entry fs.DirEntry, name string) string {
	if entry != nil {
		return entry.Name()
	}
	return filepath.Base(name)
}

func isYAML(name string) bool {
	ending := strings.ToLower(filepath.Ext(name))
	return ending == ".yaml" || ending == ".yml"
}

// matches reports whether a pattern fits the file's path below the folder or
// its name alone.
func matches(patterns []string, root, name string) bool {
	below, err := filepath.Rel(root, name)
	if err != nil {
		below = name
	}
	below = filepath.ToSlash(below)
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		whole, _ := path.Match(pattern, below)
		last, _ := path.Match(pattern, path.Base(below))
		return whole || last
	})
}

func (w *walking) excluded(root, name string) bool {
	return matches(w.config.Exclude.Value, root, name)
}

func (w *walking) included(root, name string) bool {
	return len(w.config.Include.Value) == 0 || matches(w.config.Include.Value, root, name)
}

// nearestFile proposes a file of the same folder for one that does not exist.
func nearestFile(name string, why error) i18n.Message {
	if !errors.Is(why, fs.ErrNotExist) {
		return i18n.Message{}
	}
	entries, err := os.ReadDir(filepath.Dir(filepath.FromSlash(name)))
	if err != nil {
		return i18n.Message{}
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if near, ok := yamldoc.Nearest(path.Base(name), names); ok {
		return i18n.M("fields.did_you_mean", diag.Clean(path.Join(path.Dir(name), near)))
	}
	return i18n.Message{}
}
