package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// FileName is the configuration file in a working folder or above it.
const FileName = ".ksdev.yaml"

// foundFile is a configuration file that was found and read.
type foundFile struct {
	name string // as shown, from the working folder; empty: there is no file
	from Origin // why this file: the flag, the variable, or the search
	data []byte
	// dir is the working folder, and root the one that nothing which the file
	// names may lie outside of; empty where the user chose the file.
	dir, root string
}

func (f foundFile) setting() Setting[string] { return Setting[string]{f.name, f.from} }

// find reads the file that the flag or the environment names, else the first
// that the search finds. It is used alone: nothing is merged from another file.
func (s Sources) find(environment environment) (foundFile, diag.List) {
	if s.ExplicitFile != "" {
		return s.read(s.ExplicitFile, s.ExplicitFile, Origin{Source: Flag, Name: "--config"})
	}
	if name := environment.get(variable("config")); name != "" {
		return s.read(name, name, Origin{Source: Environment, Name: variable("config")})
	}
	dir, err := filepath.Abs(s.Dir)
	if err != nil {
		return foundFile{}, diag.List{unreadable(s.Dir, err)}
	}
	folders := upToRepository(dir)
	root := folders[len(folders)-1]
	for _, folder := range folders {
		path := filepath.Join(folder, FileName)
		if !exists(path) {
			continue
		}
		if leadsOut(path, root) {
			return foundFile{}, diag.List{{Severity: diag.Error, Pos: diag.Pos{File: shown(dir, path)},
				Message: i18n.M("config.link"), Hint: i18n.M("config.link_hint")}}
		}
		found, wrong := s.read(path, shown(dir, path), Origin{})
		found.dir, found.root = dir, root
		return found, wrong
	}
	if s.UserDir != "" {
		if path := filepath.Join(s.UserDir, "ksdev", "config.yaml"); exists(path) {
			return s.read(path, path, Origin{})
		}
	}
	return foundFile{}, nil
}

func (s Sources) read(path, name string, from Origin) (foundFile, diag.List) {
	data, err := s.ReadFile(path)
	// Systems differ in what they say of a folder that is read.
	if info, fault := os.Stat(path); err != nil && fault == nil && info.IsDir() {
		err = syscall.EISDIR
	}
	if err != nil {
		return foundFile{}, diag.List{unreadable(name, err)}
	}
	return foundFile{name: name, from: from, data: data}, nil
}

func unreadable(name string, err error) diag.Diagnostic {
	return diag.Diagnostic{Severity: diag.Error, Pos: diag.Pos{File: name}, Message: i18n.M("config.unreadable", diag.Cause(err)),
		Hint: i18n.M("config.unreadable_hint")}
}

// upToRepository lists the folders from dir up to the root of the repository
// that it lies in. Outside a repository it is dir alone, so that a file which
// somebody else put into a shared parent folder is never used.
func upToRepository(dir string) []string {
	var folders []string
	for folder := dir; ; folder = filepath.Dir(folder) {
		folders = append(folders, folder)
		if exists(filepath.Join(folder, ".git")) {
			return folders
		}
		if folder == filepath.Dir(folder) {
			return []string{dir}
		}
	}
}

// exists is true also for what cannot be looked at, so that reading it says why.
func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR)
}

// leadsOut reports whether the path leads out of the root, by links or without:
// what a pull request leads to must not be shown in a diagnostic.
func leadsOut(path, root string) bool {
	target, err := filepath.EvalSymlinks(path)
	if err != nil { // there is nothing to show
		return false
	}
	realRoot, err := filepath.EvalSymlinks(root)
	if err != nil {
		return true
	}
	inside, err := filepath.Rel(realRoot, target)
	return err != nil || !filepath.IsLocal(inside)
}

// leadsOut reports whether a folder that the file names, as found from the
// working folder, leads out of the root.
func (f foundFile) leadsOut(folder string) bool {
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(f.dir, folder)
	}
	return f.root != "" && leadsOut(folder, f.root)
}

// shown is the path as seen from the working folder, with forward slashes.
func shown(dir, path string) string {
	if relative, err := filepath.Rel(dir, path); err == nil {
		path = relative
	}
	return filepath.ToSlash(path)
}

// isPath reports whether a strategy is named by its folder.
func isPath(text string) bool {
	return strings.ContainsRune(text, '/') || strings.ContainsRune(text, filepath.Separator) || text == "." || text == ".."
}

// strategyFolder resolves a strategy that a file names: a folder is meant from
// the file's own folder and keeps a separator, a name stays as it is.
func strategyFolder(text, file string) string {
	if !isPath(text) {
		return text
	}
	folder := filepath.FromSlash(text)
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(filepath.Dir(file), folder)
	}
	if !strings.ContainsRune(folder, filepath.Separator) {
		folder = "." + string(filepath.Separator) + folder
	}
	return folder
}
