package cli

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ks-no/ksdev/pkg/config"
	"github.com/ks-no/ksdev/pkg/diag"
	"github.com/ks-no/ksdev/pkg/i18n"
)

// revision is a commit of the repository that the working folder lies in. Its
// files are read from git's store; the work tree is not touched.
type revision struct {
	app  *app
	hash string
}

// openRevision finds the commit that a name stands for.
func (a *app) openRevision(ctx context.Context, name string) (*revision, error) {
	r := &revision{app: a}
	out, err := r.git(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", name+"^{commit}")
	if errors.Is(err, exec.ErrNotFound) {
		return nil, usage(i18n.M("cli.no_git"), i18n.M("cli.no_git_hint"))
	}
	if err != nil {
		return nil, usage(i18n.M("cli.no_revision", diag.Clean(name)), i18n.M("cli.no_revision_hint"))
	}
	r.hash = strings.TrimSpace(string(out))
	return r, nil
}

// git runs git with everything off that could run other programs or reach for
// the network.
func (r *revision) git(ctx context.Context, args ...string) ([]byte, error) {
	safe := []string{"-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "diff.external=", "-c", "protocol.allow=never"}
	cmd := exec.CommandContext(ctx, "git", append(safe, args...)...)
	cmd.Dir = r.app.streams.Dir
	cmd.Env = append(slices.Clone(r.app.streams.Environ()), "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1", "GIT_NO_REPLACE_OBJECTS=1", "LC_ALL=C")
	var out bytes.Buffer
	cmd.Stdout = &out
	err := cmd.Run()
	return out.Bytes(), err
}

// inputs finds the files that the arguments name in the revision. Arguments
// that it does not have name none.
func (r *revision) inputs(ctx context.Context, args []string, c *config.Config) ([]input, error) {
	var all []input
	for _, arg := range args {
		arg = r.relative(arg)
		out, err := r.git(ctx, "ls-tree", "-r", "-z", r.hash, "--", arg)
		if err != nil {
			return nil, usage(i18n.M("cli.not_in_repository", diag.Clean(arg)), i18n.Message{})
		}
		lines := strings.Split(string(out), "\x00")
		files := map[string]bool{}
		for _, line := range lines {
			_, name, _ := strings.Cut(line, "\t")
			files[name] = true
		}
		has := func(file string) bool { return files[filepath.ToSlash(file)] }
		for _, line := range lines {
			mode, name, ok := strings.Cut(line, "\t")
			// 100644 and 100755 are files; links and submodules are left.
			if !ok || !strings.HasPrefix(mode, "100") || (name != arg && !wantedBelow(arg, name, c, has)) {
				continue
			}
			if slices.ContainsFunc(all, func(in input) bool { return in.name == name }) {
				continue
			}
			data, err := r.git(ctx, "cat-file", "blob", strings.Fields(mode)[2])
			all = append(all, input{name: name, data: data, err: err, held: true})
		}
	}
	return all, nil
}

// relative is an argument from the working folder on: by its whole path git
// would find nothing, and everything would seem to be new.
func (r *revision) relative(arg string) string {
	dir := r.app.streams.Dir
	if filepath.IsAbs(arg) {
		// Either may lead through a link that the other does not, as /tmp on macOS.
		realDir, err := filepath.EvalSymlinks(dir)
		realArg, fault := filepath.EvalSymlinks(arg)
		if err == nil && fault == nil {
			dir, arg = realDir, realArg
		}
		if below, err := filepath.Rel(dir, arg); err == nil {
			arg = below
		}
	}
	return filepath.ToSlash(filepath.Clean(arg))
}

// wantedBelow reports whether a folder's file is one that a walk would take; has
// says which files there are.
func wantedBelow(root, name string, c *config.Config, has func(name string) bool) bool {
	w := &walking{config: c}
	below, err := filepath.Rel(root, name)
	if err != nil {
		return false
	}
	for _, part := range strings.Split(filepath.ToSlash(below), "/") {
		if strings.HasPrefix(part, ".") {
			return false
		}
	}
	folder := path.Dir(name)
	for folder != root && folder != "." {
		if w.excluded(root, folder) || holdsStrategy(folder, has) {
			return false
		}
		folder = path.Dir(folder)
	}
	return isYAML(name) && !w.excluded(root, name) && w.included(root, name)
}
