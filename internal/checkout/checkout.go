// Package checkout asks git which commit is checked out, and says where a forge shows it.
package checkout

import (
	"context"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/asynccheck/asynccheck/internal/git"
)

// A Checkout is a directory in the work tree of a git repository.
type Checkout struct {
	Commit string // its hash

	dir, root string // root is that of the work tree
	prefix    string // of dir below root, with a slash at its end; "" for root
	changes   func() map[string]bool
	files     func() map[string]bool // of the commit
}

// Root returns the root of the repository that contains a directory, or the directory itself: services name files relative
// to it. It doesn't need git.
func Root(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, ".git")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}

// Of returns the checkout that a directory is in. It is nil if there is none, if nothing is committed yet, or if there is
// no git.
func Of(dir string) *Checkout {
	out, ok := ask(dir, "rev-parse", "HEAD", "--show-toplevel", "--show-prefix")
	lines := strings.Split(out, "\n")
	if !ok || len(lines) != 4 { // there is an end of a line after each
		return nil
	}
	c := &Checkout{Commit: lines[0], dir: dir, root: filepath.FromSlash(lines[1]), prefix: lines[2]}
	c.changes = sync.OnceValue(c.listChanges)
	c.files = sync.OnceValue(func() map[string]bool {
		names := make(map[string]bool)
		for _, name := range c.list("ls-tree", "-r", "-z", "--name-only", "--full-tree", c.Commit) {
			names[name] = true
		}
		return names
	})
	return c
}

// Changed reports whether there are changes that are not committed. A file that git doesn't know counts if it is Go:
// others, such as reports, are often left in work trees.
func (c *Checkout) Changed() bool { return len(c.changes()) > 0 }

func (c *Checkout) listChanges() map[string]bool {
	changes := make(map[string]bool)
	for _, entry := range c.list("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all") {
		if len(entry) < 4 {
			continue
		}
		state, name := entry[:2], entry[3:]
		if state != "??" || strings.HasSuffix(name, ".go") {
			changes[name] = true
		}
	}
	return changes
}

// Path returns the name of a file in the commit. It is "" if the commit does not have the file as it is now.
func (c *Checkout) Path(file string) string {
	name, ok := below(c.dir, file)
	if ok {
		name = path.Join(c.prefix, name)
	} else if name, ok = below(c.root, file); !ok {
		return ""
	}
	if !c.files()[name] || c.changes()[name] {
		return ""
	}
	return name
}

// below returns the name of a file relative to a directory, with slashes, and whether it is in there.
func below(dir, file string) (name string, ok bool) {
	rel, err := filepath.Rel(dir, file)
	return filepath.ToSlash(rel), err == nil && filepath.IsLocal(rel)
}

// list returns what a command of git prints with -z.
func (c *Checkout) list(args ...string) []string {
	out, _ := ask(c.root, args...)
	return strings.Split(out, "\x00")
}

// ask runs git in a directory. ok is false if it fails, if it takes too long, or if there is no git.
func ask(dir string, args ...string) (out string, ok bool) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	out, err := git.Run(ctx, dir, git.Environment(), "", args...)
	return out, err == nil
}
