package sdks

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/importpath"
)

// Versions returns the import paths that a contract's path stands for in the modules that go.mod requires: one for each
// major version that it requires.
func (s *Source) Versions(unversioned string) []string {
	paths, ok := s.versions[unversioned]
	if !ok {
		paths = s.find(unversioned)
		s.versions[unversioned] = paths
	}
	return paths
}

func (s *Source) find(unversioned string) (paths []string) {
	for _, m := range s.Modules {
		base := importpath.Unversioned(m.Path)
		rest, ok := strings.CutPrefix(unversioned, base)
		if !ok || rest != "" && rest[0] != '/' {
			continue
		}
		for _, dir := range below(m.Dir, strings.FieldsFunc(rest, func(r rune) bool { return r == '/' })) {
			paths = append(paths, path.Join(m.Path, dir))
		}
	}
	slices.Sort(paths)
	return slices.Compact(paths) // a module may be nested in another
}

// below returns the directories with a package that the elements lead to. Elements with a major version may stand
// anywhere between them.
func below(root string, elems []string) (dirs []string) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil
	}
	if len(elems) == 0 && slices.ContainsFunc(entries, isSource) {
		dirs = append(dirs, ".")
	}
	for _, e := range entries {
		rest := elems
		switch name := e.Name(); {
		case !e.IsDir() || name == "testdata" || name == "vendor" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_"):
			continue
		case len(elems) > 0 && name == elems[0]:
			rest = elems[1:]
		case importpath.Unversioned("x/"+name) != "x":
			continue
		}
		for _, dir := range below(filepath.Join(root, e.Name()), rest) {
			dirs = append(dirs, path.Join(e.Name(), dir))
		}
	}
	return dirs
}

func isSource(e fs.DirEntry) bool {
	return strings.HasSuffix(e.Name(), ".go") && !strings.HasSuffix(e.Name(), "_test.go") && !e.IsDir()
}
