package driver

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// asked is what a run was asked for.
type asked struct {
	dir      string
	patterns []string
	files    map[string][]string // of packages that were asked for, by path
	dirs     map[string]string   // of these packages
	modules  map[string]string   // directories of the main modules, by path
}

// asked returns what the run was asked for.
func (r *run) asked() *asked {
	a := &asked{r.Dir, r.Patterns, make(map[string][]string), make(map[string]string), make(map[string]string)}
	for _, p := range r.requested {
		if m := p.Module; m != nil && m.Main {
			a.modules[m.Path] = m.Dir
		}
		if len(p.GoFiles) > 0 {
			a.files[p.PkgPath] = append(a.files[p.PkgPath], p.GoFiles...)
			a.dirs[p.PkgPath] = p.Dir
		}
	}
	return a
}

// Analyzed reports whether findings of the package of this path would have been found, and in which package's directory
// they stand. Tests may be a package of their own, which is gone with the last of them.
func (r *Result) Analyzed(path string) (in string, ok bool) {
	if tested, test := strings.CutSuffix(path, "_test"); test && len(goFiles(r.asked.dirs[tested]+"_test")) == 0 {
		path = tested
	}
	_, ok = slices.BinarySearch(r.Packages, path)
	return path, ok
}

// Files returns the Go files of a package: those that the run read, and those that it left out, such as tests, or files
// for other build tags.
func (r *Result) Files(path string) (read, leftOut []string) {
	files := slices.Concat(r.asked.files[path], r.asked.files[path+"_test"])
	for _, name := range goFiles(r.asked.dirs[path]) {
		if slices.Contains(files, name) {
			read = append(read, name)
		} else {
			leftOut = append(leftOut, name)
		}
	}
	return read, leftOut
}

// Removed reports whether a package is among those that were asked for, but no longer there: a pattern of a main module
// would match it, and no Go file is in its directory.
func (r *Result) Removed(path string) bool {
	dir := r.asked.place(path)
	return dir != "" && len(goFiles(dir)) == 0 && slices.ContainsFunc(r.asked.patterns, func(pattern string) bool {
		return r.asked.covers(pattern, path, dir)
	})
}

// place returns the directory where a package of a main module would be, "" if it would be in another module.
func (a *asked) place(pkg string) string {
	for prefix := pkg; prefix != "."; prefix = path.Dir(prefix) {
		if dir := a.modules[prefix]; dir != "" {
			return filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(pkg, prefix)))
		}
	}
	return ""
}

// covers reports whether a pattern matches a package, in a directory. Of the patterns with wildcards, it knows those
// that end in "/...": they match all that is below.
func (a *asked) covers(pattern, path, dir string) bool {
	prefix, all := strings.CutSuffix(filepath.ToSlash(pattern), "/...")
	if strings.Contains(prefix, "...") {
		return false
	}
	if !filepath.IsAbs(prefix) && !strings.HasPrefix(prefix, ".") { // an import path
		return path == prefix || all && strings.HasPrefix(path, prefix+"/")
	}
	root := filepath.FromSlash(prefix)
	if !filepath.IsAbs(root) {
		root = filepath.Join(a.dir, root)
	}
	rel, err := filepath.Rel(root, dir)
	return err == nil && filepath.IsLocal(rel) && (all || rel == ".")
}

// goFiles returns the full names of the Go files in a directory.
func goFiles(dir string) (names []string) {
	entries, _ := os.ReadDir(dir) // there are none if it can't be read
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".go") && !strings.HasPrefix(name, "_") && !strings.HasPrefix(name, ".") {
			names = append(names, filepath.Join(dir, name))
		}
	}
	return names
}
