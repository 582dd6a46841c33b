package history

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// Patterns returns the patterns that name the same packages at the base as the given ones do in the working tree: those
// with absolute names have no symbolic links. It leaves out files that were not there, and directories of packages that
// were not.
func (o *Overlay) Patterns(patterns []string) []string {
	var kept []string
	for _, pattern := range patterns {
		if filepath.IsAbs(filepath.FromSlash(pattern)) {
			pattern = withoutLinks(filepath.FromSlash(pattern))
		}
		if strings.HasSuffix(pattern, ".go") && o.removed(pattern) || filepath.IsAbs(pattern) && o.emptied(pattern) {
			continue
		}
		kept = append(kept, pattern)
	}
	return kept
}

// removed reports whether a file was not there.
func (o *Overlay) removed(name string) bool {
	if !filepath.IsAbs(name) {
		name = filepath.Join(o.dir, name)
	}
	instead, ok := o.Replaced[name]
	return ok && instead == ""
}

// emptied reports whether a directory has Go files now, and had none.
func (o *Overlay) emptied(dir string) bool {
	entries, _ := os.ReadDir(dir) // there are none if it can't be read
	now := false
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".go") {
			if !o.removed(filepath.Join(dir, e.Name())) {
				return false
			}
			now = true
		}
	}
	if now {
		for name, instead := range o.Replaced {
			if instead != "" && strings.HasSuffix(name, ".go") && filepath.Dir(name) == dir {
				return false
			}
		}
	}
	return now
}

// withoutLinks returns a pattern for the same directories without symbolic links.
func withoutLinks(pattern string) string {
	name, _, _ := strings.Cut(pattern, "...")
	dir, rest := filepath.Split(name) // the rest may be the beginning of a name
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return pattern
	}
	if full, err := filepath.EvalSymlinks(name); err == nil && name == pattern {
		return full
	}
	return strings.TrimSuffix(real, string(filepath.Separator)) + string(filepath.Separator) + rest + pattern[len(name):]
}

// NoModule reports whether the directory is in a module now, and was in none. A module that is new may be split off from
// the one above it.
func (o *Overlay) NoModule() bool {
	now, before := o.inModule()
	return now && !before
}

// inModule reports whether the directory is in a module now, and whether it was.
func (o *Overlay) inModule() (now, before bool) {
	for dir := o.dir; ; dir = filepath.Dir(dir) {
		name := filepath.Join(dir, "go.mod")
		if _, err := os.Stat(name); err == nil {
			now, before = true, before || !o.removed(name)
		}
		before = before || o.Replaced[name] != ""
		if dir == filepath.Dir(dir) {
			return now, before
		}
	}
}

// keepWorkspace keeps a workspace that is new if the directory was in no module: without it, there would be nothing to
// compare. It says where modules are, and not what they have.
func (o *Overlay) keepWorkspace() {
	if _, before := o.inModule(); before {
		return
	}
	maps.DeleteFunc(o.Replaced, func(name, instead string) bool { return instead == "" && filepath.Base(name) == "go.work" })
}
