package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/ks-no/ksdev/criteria"
	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
	"github.com/ks-no/ksdev/pkg/initiative"
	"github.com/ks-no/ksdev/pkg/strategy"
)

// catalog gives strategies by name and by date. Each is loaded once. It may be
// used by many goroutines.
type catalog struct {
	language i18n.Language
	settings map[string]config.Setting[string]
	// names are those of the strategies that an initiative's date chooses among:
	// those in the folder home, or, where that is empty, those that come with the
	// program.
	names []string
	home  string
	// flag is what --strategy names, and configured what the environment or the
	// configuration does.
	flag, configured string
	// from is where either of them was given.
	from config.Origin

	lock   sync.Mutex
	loaded map[string]*entry
}

// entry is a strategy that was asked for, or what is wrong with it.
type entry struct {
	strategy *strategy.Strategy
	found    diag.List
}

func newCatalog(c *config.Config, language i18n.Language) *catalog {
	k := &catalog{language: language, settings: c.Set, names: builtIn(), from: c.Strategy.From, loaded: map[string]*entry{}}
	given := c.Strategy.Value
	if names := strategiesIn(given); len(names) > 0 {
		k.names, k.home = names, given
		return k
	}
	if c.Strategy.From.Source == config.Flag {
		k.flag = given
	} else {
		k.configured = given
	}
	return k
}

// all lists all names that a strategy can be called by.
func (k *catalog) all() []string {
	if k.home == "" {
		return k.names
	}
	return slices.Compact(slices.Sorted(slices.Values(slices.Concat(k.names, builtIn()))))
}

// strategiesIn lists the strategies in a folder that is none itself.
func strategiesIn(folder string) (names []string) {
	if !isFolder(folder) || isRegular(filepath.Join(folder, "strategy.yaml")) {
		return nil
	}
	entries, err := os.ReadDir(folder)
	if err != nil { // which is said when the folder is loaded
		return nil
	}
	for _, e := range entries {
		if e.IsDir() && isRegular(filepath.Join(folder, e.Name(), "strategy.yaml")) {
			names = append(names, e.Name())
		}
	}
	return names
}

// builtIn lists the names of the strategies that come with the program.
func builtIn() []string {
	entries, err := fs.ReadDir(criteria.FS(), ".")
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// choose gives the strategy for an initiative: the one of the flag, of the
// file, of the configuration, the one in force on its date, or the default.
func (k *catalog) choose(h initiative.Header, asOf *int64) (*strategy.Strategy, diag.List) {
	day := h.Date
	if asOf != nil {
		day = asOf
	}
	switch {
	case k.flag != "":
		return k.given(k.flag)
	case h.Strategy != "":
		if strings.ContainsAny(h.Strategy, `/\`) {
			return nil, diag.List{{Severity: diag.Error, Message: i18n.M("cli.strategy_is_path", diag.Clean(h.Strategy)), Hint: i18n.M("cli.strategy_is_path_hint")}}
		}
		return k.load(h.Strategy)
	case k.configured != "":
		return k.given(k.configured)
	}
	return k.inForce(day)
}

// given loads the strategy that a flag, the environment or the configuration
// names; that it does not exist is said of the place that names it.
func (k *catalog) given(name string) (*strategy.Strategy, diag.List) {
	s, found := k.load(name)
	return s, at(found, k.from)
}

// at puts diagnostics that have no place of their own where something was set.
func at(found diag.List, from config.Origin) diag.List {
	all := slices.Clone(found)
	for i := range all {
		if all[i].Pos == (diag.Pos{}) {
			all[i].Pos = from.Place()
		}
	}
	return all
}

// inForce gives the strategy in force on the day, of several the youngest. With
// no day, or none in force, it is the default: the youngest of all.
func (k *catalog) inForce(day *int64) (*strategy.Strategy, diag.List) {
	var best, youngest *strategy.Strategy
	for _, name := range k.names {
		s, found := k.load(name)
		if s == nil {
			return nil, found
		}
		if youngest == nil || s.From > youngest.From {
			youngest = s
		}
		if day != nil && s.InForce(*day) && (best == nil || s.From > best.From) {
			best = s
		}
	}
	if best == nil {
		best = youngest
	}
	return best, nil
}

// load gives a strategy by its name, or by its folder where the name has a
// path separator.
func (k *catalog) load(name string) (*strategy.Strategy, diag.List) {
	k.lock.Lock()
	defer k.lock.Unlock()
	e := k.loaded[name]
	if e == nil {
		e = &entry{}
		e.strategy, e.found = k.read(name)
		k.loaded[name] = e
	}
	return e.strategy, e.found
}

func (k *catalog) read(name string) (*strategy.Strategy, diag.List) {
	folder, options, found := k.folder(name)
	if folder == nil {
		return nil, found
	}
	s, found := k.loadFrom(folder, options)
	if s != nil && !isFolder(name) && s.ID != name {
		return nil, diag.List{{Severity: diag.Error, Pos: diag.Pos{File: options.Folder + "/strategy.yaml"},
			Message: i18n.M("folders.other_id", diag.Clean(name), diag.Clean(s.ID)), Hint: i18n.M("folders.other_id_hint")}}
	}
	return s, found
}

// isFolder reports whether a strategy is named by its folder.
func isFolder(name string) bool {
	return strings.ContainsAny(name, `/\`) || name == "." || name == ".."
}

// folder finds a strategy's files, and how to load them.
func (k *catalog) folder(name string) (fs.FS, strategy.Options, diag.List) {
	options := strategy.Options{Folder: filepath.ToSlash(name), Language: k.language, Settings: map[string]string{}}
	for name, setting := range k.settings {
		options.Settings[name] = setting.Value
	}
	fail := func(message, hint i18n.Message) (fs.FS, strategy.Options, diag.List) {
		return nil, options, diag.List{{Severity: diag.Error, Message: message, Hint: hint}}
	}
	if isFolder(name) {
		switch _, err := os.ReadDir(name); {
		case isRegular(name):
			return fail(i18n.M("cli.unreadable", diag.Clean(options.Folder), i18n.M("cause.not_folder")), i18n.Message{})
		case errors.Is(err, fs.ErrNotExist):
			return fail(i18n.M("cause.no_folder", diag.Clean(options.Folder)), i18n.Message{})
		case err != nil:
			return fail(i18n.M("cli.unreadable", diag.Clean(options.Folder), cause(err)), i18n.Message{})
		}
		return folderFiles(name), options, nil
	}
	if k.home != "" && slices.Contains(k.names, name) {
		options.Folder = filepath.ToSlash(filepath.Join(k.home, name))
		return folderFiles(filepath.Join(k.home, name)), options, nil
	}
	if !slices.Contains(builtIn(), name) {
		hint := nearest(name, k.all())
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			hint = i18n.M("cli.strategy_folder_hint", "./"+diag.Clean(name))
		}
		return fail(i18n.M("cli.unknown_strategy", diag.Clean(name)), hint)
	}
	folder, err := fs.Sub(criteria.FS(), name)
	if err != nil {
		return fail(i18n.M("cli.error", diag.Clean(err.Error())), i18n.Message{})
	}
	return folder, options, nil
}

// loadFrom loads a strategy; what is wrong with a value that was set for this
// run is said of the place where it was set.
func (k *catalog) loadFrom(folder fs.FS, options strategy.Options) (*strategy.Strategy, diag.List) {
	s, found := strategy.Load(folder, options)
	for i, f := range found {
		if name, ok := setting(f); ok {
			found[i].Pos = k.settings[name].From.Place()
		}
	}
	return s, found
}

// setting is the name of the value that a diagnostic is about, if it is about
// one that was set for this run.
func setting(d diag.Diagnostic) (string, bool) {
	if d.Code() != "strategy.setting" || len(d.Message.Args) == 0 {
		return "", false
	}
	name, ok := d.Message.Args[0].(string)
	return name, ok
}
