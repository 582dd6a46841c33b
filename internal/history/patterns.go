package history

import (
	"os"
	"path/filepath"
	"strings"
)

// Patterns returns the patterns that name the same packages at the base as the given ones do in the working tree: those
// with absolute names have no symbolic links. It leaves out files that were not there.
func (o *Overlay) Patterns(patterns []string) []string {
	var kept []string
	for _, pattern := range patterns {
		if filepath.IsAbs(filepath.FromSlash(pattern)) {
			pattern = withoutLinks(filepath.FromSlash(pattern))
		}
		if strings.HasSuffix(pattern, ".go") && o.removed(pattern) {
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

// NoModule reports whether the base has no module where the directory's module is now.
func (o *Overlay) NoModule() bool {
	for dir := o.dir; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return o.removed(filepath.Join(dir, "go.mod"))
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}
