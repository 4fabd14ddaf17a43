// Package config finds, reads and merges the program's settings: flags before
// the environment (KSDEV_*), that before the configuration file (.ksdev.yaml),
// that before the defaults. Every setting keeps where its value came from.
//
// The file is read by package yamldoc, within its limits; what viper is given
// has been checked key by key, so that a mistake is shown with its place and
// the nearest name. viper does what it is good at: it lays the sources over each
// other and puts the outcome into a plain struct. viper's own reader has no
// limits, and its own look at the environment cannot be handed one in a test;
// neither is used.
//
// The package knows nothing of strategies: whether a threshold or a rule of
// that name exists is for others to say, with Origin to show the place.
package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// Config holds the settings in force.
type Config struct {
	// Strategy is the name of a strategy that is built in, or a folder; a folder
	// has a path separator in it. Empty: the program chooses by date.
	Strategy Setting[string] `mapstructure:"strategy"`
	// Lang is the language of all output.
	Lang Setting[i18n.Language] `mapstructure:"lang"`
	// Set holds values of the strategy's thresholds by name, as texts.
	Set map[string]Setting[string] `mapstructure:"set"`
	// FailOn lists what makes the exit code 1.
	FailOn Setting[[]string] `mapstructure:"fail_on"`
	// Color is one of Colors.
	Color Setting[string] `mapstructure:"color"`
	// Jobs is how many files are worked on at once; 0: one for each processor.
	Jobs Setting[int] `mapstructure:"jobs"`
	// Reading is one of Readings.
	Reading Setting[string] `mapstructure:"reading"`
	// Show lists what is printed, each one of Shows; empty: as the format suggests.
	Show Setting[[]string] `mapstructure:"show"`
	// Exclude and Include are patterns, as path.Match has them, for the files of
	// a folder.
	Exclude Setting[[]string] `mapstructure:"exclude"`
	Include Setting[[]string] `mapstructure:"include"`
	// Waivers are those of the configuration file, in its order.
	Waivers []Waiver `mapstructure:"-"`
	// File is the configuration file that was read, from the working folder;
	// empty where there is none.
	File Setting[string] `mapstructure:"config"`
}

// Setting is a value and where it came from.
type Setting[T any] struct {
	Value T
	From  Origin
}

// Source says what kind of place a value came from.
type Source int

// The sources, the weakest first.
const (
	Default Source = iota
	File
	Environment
	Flag
)

// Origin is where a value came from; the zero value is the program's default.
type Origin struct {
	Source Source
	// Name is the flag with its dashes, or the environment variable.
	Name string
	// Pos is the place in the configuration file.
	Pos diag.Pos
}

// Message words the origin: "--lang", "KSDEV_LANG", ".ksdev.yaml:3", "default".
func (o Origin) Message() i18n.Message {
	switch o.Source {
	case File:
		return i18n.M("config.from.file", diag.Pos{File: o.Pos.File, Line: o.Pos.Line}.String())
	case Environment:
		return i18n.M("config.from.environment", o.Name)
	case Flag:
		return i18n.M("config.from.flag", o.Name)
	}
	return i18n.M("config.from.default")
}

// Place is the origin as the place that a diagnostic names; for a flag and an
// environment variable the name stands where the file would.
func (o Origin) Place() diag.Pos {
	if o.Source == File {
		return o.Pos
	}
	return diag.Pos{File: o.Name}
}

// Sources is what settings are made from.
type Sources struct {
	// Dir is the working folder, where the search for a file begins.
	Dir string
	// UserDir is the user's configuration folder (os.UserConfigDir); empty where
	// there is none.
	UserDir string
	// ExplicitFile is the file that --config names; empty without the flag.
	ExplicitFile string
	// Environ is the environment as NAME=value; nil: an empty one.
	Environ func() []string
	// Flags holds the flags that were given, by key (fail_on, not fail-on), each
	// with its texts as typed, one for each time that it was given.
	Flags map[string][]string
	// ReadFile reads a regular file that is not too large for yamldoc.
	ReadFile func(name string) ([]byte, error)
}

// Load gives the settings in force and what is wrong with the sources; with an
// error among the diagnostics the settings are nil. The error itself is a fault
// of the program: a flag that is no key, or a value that viper does not take.
func Load(s Sources) (*Config, diag.List, error) {
	if name, unknown := s.unknownFlag(); unknown {
		return nil, nil, fmt.Errorf("flag %q is not a configuration key", name)
	}
	environment := s.environment()
	found, diagnostics := s.find(environment)
	file, waivers, more := readFile(found)
	diagnostics = append(diagnostics, more...)
	variables, more := environment.layer()
	diagnostics = append(diagnostics, more...)
	flags, more := flagLayer(s.Flags)
	diagnostics = append(diagnostics, more...)
	diagnostics.Sort()
	if diagnostics.HasErrors() {
		return nil, diagnostics, nil
	}
	config, err := merge(environment, file, variables, flags)
	if err != nil {
		return nil, diagnostics, fmt.Errorf("merge the settings: %w", err)
	}
	config.File = found.setting()
	config.Waivers = waivers
	return config, diagnostics, nil
}

// Entry is one setting for display.
type Entry struct {
	// Key is the setting's name in the file; of a threshold set.NAME.
	Key string
	// Value is the value as text; of a list with commas.
	Value string
	// From is where the value came from.
	From Origin
}

// Entries lists all settings in the order of Keys, the thresholds by name.
func (c *Config) Entries() []Entry {
	entries := []Entry{
		{"config", c.File.Value, c.File.From},
		{"strategy", c.Strategy.Value, c.Strategy.From},
		{"lang", string(c.Lang.Value), c.Lang.From},
	}
	for _, name := range c.Thresholds() {
		entries = append(entries, Entry{"set." + name, c.Set[name].Value, c.Set[name].From})
	}
	jobs := ""
	if c.Jobs.Value > 0 {
		jobs = strconv.Itoa(c.Jobs.Value)
	}
	return append(entries,
		listEntry("fail_on", c.FailOn),
		Entry{"color", c.Color.Value, c.Color.From},
		Entry{"jobs", jobs, c.Jobs.From},
		Entry{"reading", c.Reading.Value, c.Reading.From},
		listEntry("show", c.Show),
		listEntry("exclude", c.Exclude),
		listEntry("include", c.Include),
	)
}

func listEntry(key string, list Setting[[]string]) Entry {
	return Entry{key, strings.Join(list.Value, ","), list.From}
}

// Thresholds lists the names in Set, sorted.
func (c *Config) Thresholds() []string {
	names := make([]string, 0, len(c.Set))
	for name := range c.Set {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
