package history

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/git"
)

// A repository is a git repository, or a submodule, with a working tree.
type repository struct {
	dir  string   // git's
	root string   // of the working tree
	env  []string // of git
}

// file returns the full name of a file in the working tree. git's name has slashes.
func (r *repository) file(name string) string { return filepath.Join(r.root, filepath.FromSlash(name)) }

// own are the variables that git sets for its hooks. They name one repository: they are wrong for its submodules.
var own = []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}

// withoutOwn returns the environment without the variables that name a repository.
func withoutOwn(env []string) []string {
	return slices.DeleteFunc(slices.Clone(env), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(own, name)
	})
}

// locate finds the repository that a directory is in. It also returns the directory's name below the root.
func locate(ctx context.Context, dir string, env []string) (r *repository, prefix string, err error) {
	ask := func(env []string) ([]string, error) {
		out, err := git.Run(ctx, dir, env, "", "rev-parse", "--show-toplevel", "--absolute-git-dir", "--show-prefix")
		lines := strings.SplitN(out, "\n", 4)
		if err == nil && len(lines) < 3 {
			err = fmt.Errorf("git rev-parse: %q", out)
		}
		return lines, err
	}
	lines, err := ask(env)
	if err != nil {
		return nil, "", err
	}
	// A hook in a working tree that "git worktree" has made gets GIT_DIR alone. Then git takes any directory for the root.
	if os.Getenv("GIT_DIR") != "" && os.Getenv("GIT_WORK_TREE") == "" {
		if found, err := ask(withoutOwn(env)); err == nil && found[1] == lines[1] {
			lines = found
		}
	}
	return &repository{filepath.FromSlash(lines[1]), filepath.FromSlash(lines[0]), env}, filepath.FromSlash(lines[2]), nil
}

// git runs git for the repository.
func (r *repository) git(ctx context.Context, input string, args ...string) (string, error) {
	return git.Run(ctx, r.root, r.env, input, append([]string{"--git-dir=" + r.dir, "--work-tree=" + r.root}, args...)...)
}

// submodule returns the submodule at a path of the tree. There is none if nobody has initialized it.
func (r *repository) submodule(ctx context.Context, path string) (*repository, bool) {
	root := r.file(path)
	if _, err := os.Lstat(filepath.Join(root, ".git")); err != nil {
		return nil, false
	}
	env := withoutOwn(r.env)
	out, err := git.Run(ctx, root, env, "", "rev-parse", "--absolute-git-dir")
	if err != nil {
		return nil, false
	}
	return &repository{filepath.FromSlash(strings.TrimSpace(out)), root, env}, true
}

// commit returns the hash of the commit that a revision names.
func (r *repository) commit(ctx context.Context, rev string) (string, error) {
	// A revision may be a tag, and not all that names one can be followed by "^{commit}".
	object, err := r.git(ctx, "", "rev-parse", "--verify", "--quiet", rev)
	if err != nil {
		return "", err
	}
	hash, err := r.git(ctx, "", "rev-parse", "--verify", "--quiet", strings.TrimSpace(object)+"^{commit}")
	return strings.TrimSpace(hash), err
}

// shallow reports whether the repository's history is cut off.
func (r *repository) shallow(ctx context.Context) bool {
	out, err := r.git(ctx, "", "rev-parse", "--is-shallow-repository")
	return err == nil && strings.TrimSpace(out) == "true"
}
