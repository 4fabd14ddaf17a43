package cli

import (
	"os"
	"path/filepath"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// holdsStrategy reports whether a folder is that of a strategy, whose files are
// no initiatives. One of the names alone may be an initiative's; has says which
// files there are.
func holdsStrategy(folder string, has func(name string) bool) bool {
	for _, name := range []string{"strategy.yaml", "facts.yaml", "recommendation.yaml"} {
		if !has(filepath.Join(folder, name)) {
			return false
		}
	}
	return true
}

func isRegular(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// notInitiatives refuses the folder of a strategy where initiatives are wanted.
func notInitiatives(folder string) error {
	return usage(i18n.M("folders.strategy", diag.Clean(folder)), i18n.M("folders.strategy_hint"))
}
