// Package onepkg analyzes one package alone. Types of imports come from export data, everything else about them from
// the facts of their own analyses. So nothing of an analyzed package is kept but its facts, and a package that can't
// matter need not be parsed.
//
// It does what [unitchecker] does, for analyzers whose requirements have no facts. But its callers decide where
// packages, types and facts come from and where they go.
//
// [unitchecker]: https://pkg.go.dev/golang.org/x/tools/go/analysis/unitchecker
package onepkg

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// A Package is a package to analyze.
type Package struct {
	Path         string
	GoFiles      []string // those that are compiled
	OtherFiles   []string
	IgnoredFiles []string
	GoVersion    string // of the language, such as "go1.26"; empty means the latest
	Module       *analysis.Module
	Sizes        types.Sizes // of the target; nil means those of the environment's GOARCH

	Fset     *token.FileSet // has the positions of the imports' declarations
	Importer types.Importer // of import declarations

	Facts []Fact // of the imports
}

// ModuleOf returns the module as analyzers see it, and the language version of its packages: "" means the latest.
func ModuleOf(m *packages.Module) (module *analysis.Module, goVersion string) {
	if m == nil {
		return nil, ""
	}
	if m.GoVersion != "" {
		goVersion = "go" + m.GoVersion
	}
	return &analysis.Module{Path: m.Path, Version: m.Version, GoVersion: m.GoVersion}, goVersion
}

// A Result is the result of an analysis.
type Result struct {
	Fset        *token.FileSet
	Files       []*ast.File
	Sources     [][]byte // of the files, as they were parsed
	Types       *types.Package
	Diagnostics []analysis.Diagnostic
	Facts       []Fact // for packages that import this one
}

// Errors are the errors in a package: a [scanner.ErrorList] for each file that doesn't parse, or a [types.Error] for
// each type error, or a [*TooNew].
type Errors struct {
	Fset *token.FileSet
	List []error
}

func (e *Errors) Error() string {
	return fmt.Sprintf("%v (and %d more)", e.List[0], len(e.List)-1)
}

// Unwrap is for package errors.
func (e *Errors) Unwrap() []error { return e.List }

// Analyze applies the analyzer, which must require no other one, to the package. If the package can't be analyzed, there is
// no result, and the error is of the type [*Errors]. If the analyzer fails, there are both an error and a result: what was reported before.
func Analyze(a *analysis.Analyzer, p *Package) (*Result, error) {
	if len(a.Requires) > 0 {
		return nil, fmt.Errorf("analyzer %s requires others", a)
	}
	if err := checkLanguage(p.GoVersion); err != nil {
		return nil, &Errors{p.Fset, []error{err}}
	}
	res := &Result{Fset: p.Fset}
	if err := res.parse(p.GoFiles); err != nil {
		return nil, err
	}
	info := NewInfo()
	sizes, err := res.check(p, info)
	if err != nil {
		return nil, err
	}
	facts := newFactSet(res.Types, p.Facts)
	pass := &analysis.Pass{
		Analyzer:     a,
		Fset:         res.Fset,
		Files:        res.Files,
		OtherFiles:   p.OtherFiles,
		IgnoredFiles: p.IgnoredFiles,
		Pkg:          res.Types,
		TypesInfo:    info,
		TypesSizes:   sizes,
		Module:       p.Module,
		ReadFile:     os.ReadFile,
		Report:       func(d analysis.Diagnostic) { res.Diagnostics = append(res.Diagnostics, d) },

		ImportObjectFact:  facts.importObject,
		ExportObjectFact:  facts.exportObject,
		ImportPackageFact: facts.importPackage,
		ExportPackageFact: facts.exportPackage,
		AllObjectFacts:    facts.allObjects,
		AllPackageFacts:   facts.allPackages,
	}
	_, err = a.Run(pass)
	res.Facts = facts.encode()
	return res, err
}

// NewInfo returns empty type information with all maps that an analyzer may need.
func NewInfo() *types.Info {
	return &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Instances:    make(map[*ast.Ident]types.Instance),
		Scopes:       make(map[ast.Node]*types.Scope),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
}

// parse parses the files one by one, so that positions are in the order of the files, and findings too.
func (r *Result) parse(names []string) error {
	wrong := &Errors{Fset: r.Fset}
	for _, name := range names {
		src, err := os.ReadFile(name)
		var file *ast.File
		if err == nil {
			file, err = parser.ParseFile(r.Fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
		}
		if err != nil {
			wrong.List = append(wrong.List, err)
		}
		r.Files, r.Sources = append(r.Files, file), append(r.Sources, src)
	}
	if len(wrong.List) == 0 {
		return nil
	}
	return wrong
}

// check type-checks the files.
func (r *Result) check(p *Package, info *types.Info) (types.Sizes, error) {
	wrong := &Errors{Fset: r.Fset}
	config := &types.Config{
		Importer:  p.Importer,
		Sizes:     p.Sizes,
		GoVersion: p.GoVersion,
		Error:     func(err error) { wrong.List = append(wrong.List, err) },
	}
	if config.Sizes == nil {
		config.Sizes = types.SizesFor("gc", build.Default.GOARCH)
	}
	size := 0
	for _, src := range r.Sources {
		size += len(src)
	}
	defer pauseCollector(size)()
	var err error
	if r.Types, err = config.Check(p.Path, r.Fset, r.Files, info); err != nil {
		if len(wrong.List) == 0 {
			wrong.List = append(wrong.List, err)
		}
		return nil, wrong
	}
	return config.Sizes, nil
}
