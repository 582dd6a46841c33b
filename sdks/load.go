package sdks

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/importpath"
)

// A Source has the source of packages and of everything that they import, as the go command finds it. It type-checks a
// package when somebody asks for it, without function bodies. So nothing is compiled, and what only bodies import is
// not even parsed.
type Source struct {
	Modules []*Module // that may have packages of the catalog, in the order of their paths

	dir      string              // of go.mod
	versions map[string][]string // see Versions
	listed   map[string]*listedPackage
	loaded   map[string]*loadedPackage
	fset     *token.FileSet
}

// A Module is a version of a module.
type Module struct {
	Path, Version string
	Dir           string // of its source
}

func (m *Module) String() string { return m.Path + "@" + m.Version }

// A listedPackage is what "go list" says about a package.
type listedPackage struct {
	ImportPath, Name, Dir string
	Standard              bool
	GoFiles, CgoFiles     []string
	ImportMap             map[string]string
	Module                *Module
	Error                 *struct{ Err string }
}

type loadedPackage struct {
	types *types.Package
	err   error
}

// goEnv is the environment of the go command. Files are chosen for Linux, with cgo, on every machine: so results are
// the same everywhere.
func goEnv() []string {
	return append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=1", "GOWORK=off")
}

// Open finds the modules that the go.mod in a directory requires and that may have the packages with the given paths,
// without major versions. It downloads their source.
func Open(dir string, unversioned []string, fset *token.FileSet) (*Source, error) {
	s := newSource(dir, fset)
	file, err := run(dir, "mod", "edit", "-json")
	if err != nil {
		return nil, err
	}
	var mod struct{ Require []Module }
	if err := json.Unmarshal(file, &mod); err != nil {
		return nil, err
	}
	args := []string{"mod", "download", "-json"}
	for _, m := range mod.Require {
		base := importpath.Unversioned(m.Path)
		if slices.ContainsFunc(unversioned, func(path string) bool { return path == base || strings.HasPrefix(path, base+"/") }) {
			args = append(args, m.String())
		}
	}
	if len(args) == 3 {
		return s, nil
	}
	out, err := run(dir, args...)
	if err != nil {
		return nil, err
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		m := new(Module)
		if err := d.Decode(m); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		s.Modules = append(s.Modules, m)
	}
	slices.SortFunc(s.Modules, func(a, b *Module) int { return strings.Compare(a.Path, b.Path) })
	return s, nil
}

func newSource(dir string, fset *token.FileSet) *Source {
	return &Source{
		dir: dir, fset: fset,
		versions: make(map[string][]string), listed: make(map[string]*listedPackage), loaded: make(map[string]*loadedPackage),
	}
}

// run runs the go command and returns its standard output.
func run(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Env = dir, goEnv()
	out, err := cmd.Output()
	if err != nil {
		err = failure("go "+strings.Join(args[:min(2, len(args))], " "), err)
	}
	return out, err
}

// failure adds to the error of a command what it printed.
func failure(what string, err error) error {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return fmt.Errorf("%s: %w\n%s", what, err, exit.Stderr)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// List finds the packages with these paths, and all that they import.
func (s *Source) List(paths []string) error {
	out, err := run(s.dir, append([]string{
		"list", "-e", "-deps", "-json=ImportPath,Name,Dir,Standard,GoFiles,CgoFiles,ImportMap,Module,Error", "--",
	}, paths...)...)
	if err != nil {
		return err
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		p := new(listedPackage)
		if err := d.Decode(p); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		s.listed[p.ImportPath] = p
	}
}

// Module returns the module of a package that was listed. It is nil for the standard library.
func (s *Source) Module(path string) *Module {
	if p := s.listed[path]; p != nil {
		return p.Module
	}
	return nil
}

// Standard reports whether the package is of the standard library.
func (s *Source) Standard(path string) bool {
	p := s.listed[path]
	return path == "unsafe" || p != nil && p.Standard
}

// Package returns the types of a package that was listed. It is an error if the package does not type-check.
func (s *Source) Package(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	p := s.loaded[path]
	if p == nil {
		p = new(loadedPackage)
		s.loaded[path] = p // a cycle of imports ends here
		p.types, p.err = s.load(path)
	}
	return p.types, p.err
}

func (s *Source) load(path string) (*types.Package, error) {
	listed := s.listed[path]
	switch {
	case listed == nil:
		return nil, fmt.Errorf("%s: go list does not know the package", path)
	case listed.Error != nil:
		return nil, fmt.Errorf("%s: %s", path, listed.Error.Err)
	}
	files, err := s.parse(listed)
	if err != nil {
		return nil, err
	}
	return s.check(path, files, func(imported string) string {
		if mapped, ok := listed.ImportMap[imported]; ok {
			return mapped
		}
		return imported
	})
}

// parse reads a package's files, without the bodies of functions.
func (s *Source) parse(p *listedPackage) ([]*ast.File, error) {
	var files []*ast.File
	for _, name := range slices.Concat(p.GoFiles, p.CgoFiles) {
		f, err := parser.ParseFile(s.fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok {
				d.Body = nil
			}
		}
		files = append(files, f)
	}
	return files, nil
}

// check type-checks files without bodies. resolve says which package an import of the files is.
func (s *Source) check(path string, files []*ast.File, resolve func(imported string) string) (*types.Package, error) {
	wanted := s.mentioned(files, resolve)
	var errs []error
	var cause error // an import that failed
	config := types.Config{
		IgnoreFuncBodies: true,
		FakeImportC:      true,
		Sizes:            types.SizesFor("gc", "amd64"),
		Importer: importer(func(imported string) (*types.Package, error) {
			mapped := resolve(imported)
			if wanted[imported] {
				pkg, err := s.Package(mapped)
				if err != nil {
					cause = err
				}
				return pkg, err
			}
			// Only bodies need it.
			fake := types.NewPackage(mapped, s.name(mapped))
			fake.MarkComplete()
			return fake, nil
		}),
		Error: func(err error) {
			if e, ok := errors.AsType[types.Error](err); !ok || !e.Soft { // "imported and not used" is soft
				errs = append(errs, err)
			}
		},
	}
	pkg, _ := config.Check(path, s.fset, files, nil)
	if cause != nil {
		return pkg, cause
	}
	if len(errs) > 3 {
		errs = append(errs[:3], fmt.Errorf("%s: and %d more", path, len(errs)-3))
	}
	return pkg, errors.Join(errs...)
}

// name returns the name of a package. It is a guess if the package can't be had: perhaps only bodies need it.
func (s *Source) name(path string) string {
	if p := s.listed[path]; p != nil && p.Name != "" {
		return p.Name
	}
	path = importpath.Unversioned(path)
	return path[strings.LastIndexByte(path, '/')+1:]
}

// mentioned returns the imports that the files mention outside of function bodies.
func (s *Source) mentioned(files []*ast.File, resolve func(string) string) map[string]bool {
	wanted := make(map[string]bool)
	for _, f := range files {
		names := make(map[string]string) // path by name
		for _, spec := range f.Imports {
			imported := strings.Trim(spec.Path.Value, "`\"")
			switch {
			case spec.Name == nil:
				names[s.name(resolve(imported))] = imported
			case spec.Name.Name == ".":
				wanted[imported] = true
			default:
				names[spec.Name.Name] = imported
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				ast.Inspect(n.Type, func(n ast.Node) bool { return mention(n, names, wanted) })
				return false
			default:
				return mention(n, names, wanted)
			}
		})
	}
	return wanted
}

// mention notes the import that a selector mentions.
func mention(n ast.Node, names map[string]string, wanted map[string]bool) bool {
	if sel, ok := n.(*ast.SelectorExpr); ok {
		if id, ok := sel.X.(*ast.Ident); ok && names[id.Name] != "" {
			wanted[names[id.Name]] = true
		}
	}
	return true
}

// importer is a function that is a types.Importer.
type importer func(path string) (*types.Package, error)

func (f importer) Import(path string) (*types.Package, error) { return f(path) }

// Loaded returns how many packages were type-checked.
func (s *Source) Loaded() int { return len(slices.Collect(maps.Keys(s.loaded))) }
