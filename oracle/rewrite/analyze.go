package rewrite

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
)

// Findings are the reported rules in each function, with their places.
type Findings map[Func][]Finding

// A Finding is what the analyzer reports.
type Finding struct {
	Rule, Message string
	File          string
	Line          int
	OptIn         bool
}

// Defaults tells whether a finding is of a rule that is on by default.
func Defaults(found []Finding) bool {
	return slices.ContainsFunc(found, func(f Finding) bool { return !f.OptIn })
}

// Analyze runs the analyzer on packages of a checked tree and on their imports, with all rules on. It returns what the
// analyzer skipped. A panic of the analyzer is an error.
func (t *Tree) Analyze(concerned func(path string) bool) (all Findings, skipped []string, err error) {
	var mu sync.Mutex
	a, err := analyzer.New(analyzer.Config{Rules: []string{"*"}, Debug: func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		skipped = append(skipped, fmt.Sprintf(format, args...))
	}})
	if err != nil {
		return nil, nil, err
	}
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		pass.ReadFile = t.readFile
		return run(pass)
	}
	made := make(map[*Package]*packages.Package)
	var roots []*packages.Package
	for _, p := range t.Packages {
		pkg := &packages.Package{
			ID: p.Path, PkgPath: p.Path, Name: p.Types.Name(), Module: p.Module,
			Fset: p.Fset, Types: p.Types, TypesInfo: p.Info, TypesSizes: sizes,
			Imports: make(map[string]*packages.Package),
		}
		for _, f := range p.Files {
			pkg.Syntax = append(pkg.Syntax, f.Syntax)
		}
		for _, q := range p.Imports {
			pkg.Imports[q.Path] = made[q]
		}
		made[p] = pkg
		if concerned(p.Path) {
			roots = append(roots, pkg)
		}
	}
	if len(roots) == 0 {
		return nil, nil, nil
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, roots, &checker.Options{Sequential: true})
	if err != nil {
		return nil, nil, err
	}
	optIn := make(map[string]bool)
	for _, r := range analyzer.Rules() {
		optIn[r.Name] = r.OptIn
	}
	all = make(Findings)
	for _, act := range graph.Roots {
		if act.Err != nil {
			return nil, nil, fmt.Errorf("%s: %w", act.Package.PkgPath, act.Err)
		}
		for _, d := range act.Diagnostics {
			at := act.Package.Fset.Position(d.Pos)
			f := Func{act.Package.PkgPath, ""}
			for _, file := range act.Package.Syntax {
				for _, decl := range file.Decls {
					if fn, ok := decl.(*ast.FuncDecl); ok && within(d.Pos, fn) {
						f.Name = name(fn)
					}
				}
			}
			all[f] = append(all[f], Finding{d.Category, d.Message, path.Base(at.Filename), at.Line, optIn[d.Category]})
		}
	}
	return all, skipped, nil
}

// readFile gives the text of a file as the tree has it: rewritten files exist only there.
func (t *Tree) readFile(name string) ([]byte, error) {
	for _, p := range t.Packages {
		for _, f := range p.Files {
			if p.fileName(f) == name {
				return []byte(f.Text), nil
			}
		}
	}
	return nil, fmt.Errorf("%s is not in %s", name, t.Dir)
}
