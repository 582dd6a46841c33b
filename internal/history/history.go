// Package history finds an earlier commit in git, and what is different in the working tree.
//
// It makes no second working tree. "git worktree" leaves an entry in .git, runs hooks, and writes all files; "git archive"
// writes all files but those that .gitattributes excludes, such as tests. Only the files that differ are written, to a
// temporary directory, and an overlay has the go command read them in the place of those in the working tree. So paths
// are the same as ever: go.work, replaced modules, vendored ones and what git ignores are where they are, and what is
// kept of earlier analyses holds. Nothing is written to the repository.
package history

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/asynccheck/asynccheck/internal/git"
)

// A Base is the commit where the history of HEAD leaves that of another revision.
type Base struct {
	Commit string // its hash
	Rev    string // the other revision, as it was given

	// Missing has a text for each submodule whose commit is not there. It is complete after Overlay.
	Missing []string

	ctx    context.Context
	git    *repository
	prefix string // of the directory that the base was found from, below the root

	mu     sync.Mutex // guards what follows
	tmp    string     // the temporary directory, "" if there is none
	closed bool
}

// Find finds the base of HEAD and a revision, in the repository that a directory is in. Git is stopped when ctx ends.
func Find(ctx context.Context, dir, rev string) (*Base, error) {
	// git would take it for a flag, and no branch or tag has such a name.
	if rev == "" || strings.HasPrefix(rev, "-") {
		return nil, fmt.Errorf("%q is not a revision", rev)
	}
	b := &Base{Rev: rev, ctx: ctx}
	var err error
	if b.git, b.prefix, err = locate(ctx, dir, git.Environment()); err != nil {
		return nil, err
	}
	return b, b.find()
}

// find finds the commit.
func (b *Base) find() error {
	commit, err := b.git.commit(b.ctx, b.Rev)
	if err != nil {
		refspec := b.refspec()
		return errors.New("there is no commit " + b.Rev + b.advice(refspec, "run git fetch"+refspec+", or check the name"))
	}
	head, err := b.git.commit(b.ctx, "HEAD")
	if err != nil {
		return errors.New("nothing is committed yet")
	}
	out, err := b.git.git(b.ctx, "", "merge-base", commit, head)
	b.Commit = strings.TrimSpace(out)
	if _, none := errors.AsType[*exec.ExitError](err); none { // git has nothing to say
		return fmt.Errorf("%s and HEAD have no commit in common%s", b.Rev, b.advice("", "they are parts of different histories"))
	}
	return err
}

// advice says what to do if a commit is not there. The refspec is what has to be fetched.
func (b *Base) advice(refspec, otherwise string) string {
	if b.git.shallow(b.ctx) {
		return " in this shallow clone: run git fetch --unshallow" + refspec + " (in GitHub's actions/checkout: fetch-depth: 0)"
	}
	return ": " + otherwise
}

// refspec returns the arguments of git fetch for the revision, if that is a branch of a remote: a clone of one branch
// fetches no other by itself.
func (b *Base) refspec() string {
	remote, branch, ok := strings.Cut(b.Rev, "/")
	if !ok || strings.ContainsAny(branch, "^~:@{?*[\\ ") {
		return ""
	}
	if _, err := b.git.git(b.ctx, "", "remote", "get-url", remote); err != nil {
		return ""
	}
	return fmt.Sprintf(" %s +%s:refs/remotes/%s", remote, branch, b.Rev)
}

// Short returns the beginning of the commit's hash.
func (b *Base) Short() string { return b.Commit[:min(12, len(b.Commit))] }

// Dir returns the directory that the base was found from, under the name that an overlay needs: without symbolic links.
func (b *Base) Dir() string { return filepath.Join(b.git.root, b.prefix) }

// Env returns the environment for the go command, in which no name needs symbolic links either.
func (b *Base) Env() []string {
	env := os.Environ()
	if work, err := filepath.EvalSymlinks(os.Getenv("GOWORK")); err == nil && filepath.IsAbs(work) {
		env = append(env, "GOWORK="+work)
	}
	return env
}

// Close removes the files of overlays. It can be called while one is made, if that is interrupted.
func (b *Base) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	if b.tmp != "" {
		remove(b.tmp)
	}
}

// temporary makes the directory for the files of an overlay.
func (b *Base) temporary() (dir string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return "", context.Canceled
	}
	b.tmp, err = os.MkdirTemp("", "asynccheck-base-")
	return b.tmp, err
}

// remove removes a directory. Somebody may still be writing to it.
func remove(dir string) {
	for range 20 {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}
