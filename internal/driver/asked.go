package driver

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// asked is what a run was asked for.
type asked struct {
	dir      string
	patterns []string
	files    map[string][]string          // of packages that were asked for, by path
	packages map[string]*packages.Package // these
	modules  map[string]string            // directories of the main modules, by path
}

// asked returns what the run was asked for.
func (r *run) asked() *asked {
	a := &asked{r.Dir, r.Patterns, make(map[string][]string), make(map[string]*packages.Package), make(map[string]string)}
	for _, p := range r.requested {
		if m := p.Module; m != nil && m.Main {
			a.modules[m.Path] = m.Dir
		}
		a.files[p.PkgPath] = append(a.files[p.PkgPath], p.GoFiles...)
		a.packages[p.PkgPath] = p
	}
	return a
}

// Analyzed reports whether findings of the package of this path would have been found, and in which package's directory
// they stand. Tests may be a package of their own, which is gone with the last of them.
func (r *Result) Analyzed(path string) (in string, ok bool) {
	if tested, test := strings.CutSuffix(path, "_test"); test && len(goFiles(r.asked.dirOf(tested)+"_test")) == 0 {
		path = tested
	}
	_, ok = slices.BinarySearch(r.Packages, path)
	return path, ok
}

// Files returns the Go files of a package: those that the run read, and those that it left out, such as tests, or files
// for other build tags.
func (r *Result) Files(path string) (read, leftOut []string) {
	files := slices.Concat(r.asked.files[path], r.asked.files[path+"_test"])
	for _, name := range goFiles(r.asked.dirOf(path)) {
		if slices.Contains(files, name) {
			read = append(read, name)
		} else {
			leftOut = append(leftOut, name)
		}
	}
	return read, leftOut
}

// Package returns the package of a path that was asked for, nil if there is none.
func (r *Result) Package(path string) *packages.Package { return r.asked.packages[path] }

// Dirs returns the directories of packages, which are patterns for them. ok is false if one is not in a main module: then
// its directory is no pattern.
func (r *Result) Dirs(paths []string) (dirs []string, ok bool) {
	for _, path := range paths {
		dir := r.asked.dirOf(path)
		if dir == "" || dir != r.asked.place(path) && dir != r.asked.place(strings.TrimSuffix(path, "_test")) {
			return nil, false
		}
		dirs = append(dirs, dir)
	}
	return dirs, true
}

// Removed reports whether a package is among those that were asked for, but no longer there: a pattern of a main module
// would match it, and no Go file is in its directory.
func (r *Result) Removed(path string) bool {
	dir := r.asked.place(path)
	return dir != "" && len(goFiles(dir)) == 0 && slices.ContainsFunc(r.asked.patterns, func(pattern string) bool {
		return r.asked.covers(pattern, path, dir)
	})
}

// dirOf returns the directory of a package that was asked for, "" if there is none.
func (a *asked) dirOf(pkg string) string {
	if p := a.packages[pkg]; p != nil {
		return p.Dir
	}
	return ""
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
// that end in "/...": they match all that is below. The package is of a main module.
func (a *asked) covers(pattern, path, dir string) bool {
	if pattern == "work" || pattern == "all" { // all packages of the main modules, and perhaps others
		return true
	}
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
