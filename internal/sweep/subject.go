package sweep

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/types"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/panics"
)

// A subject is a package whose one file changes again and again. It shows whether the analysis of a function in the
// file still panics.
type subject struct {
	analyzer *analysis.Analyzer
	pkg      *packages.Package
	facts    []analysis.ObjectFact // of its imports
	files    []*ast.File           // all but the one that changes
	name     string                // of the one that changes
	function string                // that panics
}

// load loads the package with the function of a panic, and analyzes its imports.
func load(a *analysis.Analyzer, m Module, p Panic) (*subject, error) {
	file, _, ok := strings.Cut(p.Position, ".go:")
	function, ok2 := strings.CutPrefix(p.Lost, "function ")
	if !ok || !ok2 {
		return nil, fmt.Errorf("%s is no function in a file", p.Lost)
	}
	file += ".go"
	named, err := packages.Load(&packages.Config{Mode: packages.LoadImports | packages.NeedDeps, Dir: m.Dir, Tests: true}, m.Patterns...)
	if err != nil {
		return nil, err
	}
	var id, path string
	packages.Visit(named, nil, func(pkg *packages.Package) {
		if id == "" && slices.Contains(pkg.GoFiles, file) {
			id, path = pkg.ID, pkg.PkgPath
			if pkg.ForTest != "" {
				path = pkg.ForTest
			}
		}
	})
	if id == "" {
		return nil, fmt.Errorf("%s is in no package of %s", file, m)
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: m.Dir, Tests: true}, path)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(pkgs, func(pkg *packages.Package) bool { return pkg.ID == id })
	if at < 0 {
		return nil, fmt.Errorf("%s: not loaded", id)
	}
	s := &subject{analyzer: a, pkg: pkgs[at], name: file}
	s.function = declaredName(function)
	for i, f := range s.pkg.Syntax {
		if s.pkg.CompiledGoFiles[i] != file {
			s.files = append(s.files, f)
		}
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, []*packages.Package{s.pkg}, nil)
	if err != nil {
		return nil, err
	}
	s.facts = slices.DeleteFunc(graph.Roots[0].AllObjectFacts(), func(f analysis.ObjectFact) bool { return f.Object.Pkg() == s.pkg.Types })
	return s, nil
}

// panics reports whether the analysis of the function panics if the file has this text. It says no if the package has
// an error, other than something unused.
func (s *subject) panics(text []byte) bool {
	file, err := parser.ParseFile(s.pkg.Fset, s.name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return false
	}
	files := append(slices.Clip(s.files), file)
	info := onepkg.NewInfo()
	wrong := false
	conf := &types.Config{Importer: s, Sizes: s.pkg.TypesSizes, Error: func(err error) {
		e, ok := errors.AsType[types.Error](err)
		wrong = wrong || !ok || !e.Soft
	}}
	var module *analysis.Module
	module, conf.GoVersion = onepkg.ModuleOf(s.pkg.Module)
	pkg, _ := conf.Check(s.pkg.PkgPath, s.pkg.Fset, files, info)
	if wrong {
		return false
	}
	_, err = s.analyzer.Run(s.pass(files, pkg, info, module))
	list, _ := errors.AsType[panics.Errors](err)
	return slices.ContainsFunc(list, func(e *panics.Error) bool {
		return declaredName(strings.TrimPrefix(e.Lost, "function ")) == s.function
	})
}

// declaredName returns the name of the declared function around a function literal, without type parameters: "(*T).M"
// of "(*T[X]).M$1".
func declaredName(function string) string {
	name, _, _ := strings.Cut(function, "$")
	return typeParams.ReplaceAllString(name, "")
}

var typeParams = regexp.MustCompile(`\[.*\]`)

// Import gives a package that the subject imports.
func (s *subject) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if imported := s.pkg.Imports[path]; imported != nil && imported.Types != nil {
		return imported.Types, nil
	}
	return nil, fmt.Errorf("%s is not loaded", path)
}

// pass is the analyzer's view of the changed package.
func (s *subject) pass(files []*ast.File, pkg *types.Package, info *types.Info, module *analysis.Module) *analysis.Pass {
	facts := make(map[types.Object][]analysis.Fact)
	for _, f := range s.facts {
		facts[f.Object] = append(facts[f.Object], f.Fact)
	}
	return &analysis.Pass{
		Analyzer: s.analyzer, Fset: s.pkg.Fset, Files: files, Pkg: pkg, TypesInfo: info, TypesSizes: s.pkg.TypesSizes,
		Module: module, ResultOf: make(map[*analysis.Analyzer]any), ReadFile: os.ReadFile, Report: func(analysis.Diagnostic) {},
		ImportObjectFact: func(obj types.Object, fact analysis.Fact) bool {
			for _, f := range facts[obj] {
				if reflect.TypeOf(f) == reflect.TypeOf(fact) {
					reflect.ValueOf(fact).Elem().Set(reflect.ValueOf(f).Elem())
					return true
				}
			}
			return false
		},
		ExportObjectFact:  func(obj types.Object, fact analysis.Fact) { facts[obj] = append(facts[obj], fact) },
		ImportPackageFact: func(*types.Package, analysis.Fact) bool { return false },
		ExportPackageFact: func(analysis.Fact) {},
		AllPackageFacts:   func() []analysis.PackageFact { return nil },
		AllObjectFacts:    func() []analysis.ObjectFact { return s.facts },
	}
}

// text returns the file as it is.
func (s *subject) text() ([]byte, error) { return os.ReadFile(s.name) }
