// Package govet analyzes units of "go vet" that matter.
//
// It uses package onepkg, which needs only export data and fact files. If that fails, unitchecker analyzes the unit
// again, as for any other tool: it prints the errors and applies fixes. unitchecker reads the types of imports from
// fact files.
package govet

import (
	"cmp"
	"encoding/json"
	"errors"
	"go/token"
	"os"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/unitchecker"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/filter/vetunit"
)

// A Unit is a package that the go command wants to be analyzed.
type Unit struct {
	vetunit.Unit
	File   string // that describes it
	Config unitchecker.Config
}

// Read reads the description of a unit. With an error, the unit is empty.
func Read(file string) (*Unit, error) {
	data, err := os.ReadFile(file)
	u := &Unit{File: file}
	if err == nil {
		err = json.Unmarshal(data, &u.Config)
	}
	if err != nil {
		return &Unit{File: file}, err
	}
	c := &u.Config
	if c.Module == nil && c.ModulePath != "" { // before Go 1.27
		c.Module = &analysis.Module{Path: c.ModulePath, Version: c.ModuleVersion, GoVersion: c.GoVersion}
	}
	u.Unit = vetunit.Unit{
		ImportPath:  c.ImportPath,
		GoFiles:     c.GoFiles,
		ImportMap:   c.ImportMap,
		PackageFile: c.PackageFile,
		PackageVetx: c.PackageVetx,
		VetxOnly:    c.VetxOnly,
		VetxOutput:  c.VetxOutput,
		Stdout:      c.Stdout,
	}
	if c.Module != nil {
		u.Module.Path, u.Module.Version = c.Module.Path, c.Module.Version
	}
	return u, nil
}

// Analyze analyzes the unit, and writes its fact file. There is no result if only unitchecker can say what is wrong. An
// error beside a result means that the analyzer did not complete: then there is no fact file.
func (u *Unit) Analyze(a *analysis.Analyzer) (*onepkg.Result, error) {
	facts, err := u.importedFacts(a)
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	res, err := onepkg.Analyze(a, &onepkg.Package{
		Path:         u.ImportPath,
		GoFiles:      u.GoFiles,
		OtherFiles:   u.Config.NonGoFiles,
		IgnoredFiles: u.Config.IgnoredFiles,
		GoVersion:    u.Config.GoVersion,
		Module:       u.Config.Module,
		Facts:        facts,
		Fset:         fset,
		Importer: onepkg.FromExports(fset, func(path string) onepkg.Export {
			path = cmp.Or(u.ImportMap[path], path)
			return onepkg.Export{Path: path, File: u.PackageFile[path]}
		}),
	})
	if err != nil {
		return res, err
	}
	if err := u.writeFacts(res.Facts); err != nil {
		return nil, err
	}
	return res, nil
}

// Failing returns an analyzer for unitchecker that does what a does, and calls fail when a fails. In a unit that is
// analyzed for its facts, or with -json, unitchecker itself would succeed and print nothing.
func Failing(a *analysis.Analyzer, fail func(*onepkg.Result, error)) *analysis.Analyzer {
	failing := *a
	failing.Run = func(pass *analysis.Pass) (any, error) {
		res := &onepkg.Result{Fset: pass.Fset, Files: pass.Files, Types: pass.Pkg}
		own := *pass
		own.Report = func(d analysis.Diagnostic) {
			res.Diagnostics = append(res.Diagnostics, d)
			pass.Report(d)
		}
		result, err := a.Run(&own)
		if err != nil {
			fail(res, err)
		}
		return result, err
	}
	return &failing
}

// Report prints the findings of an analysis as unitchecker does: as JSON, or as text on standard error, with lines of
// context unless their number is negative. It reports whether the command has to fail.
func (u *Unit) Report(a *analysis.Analyzer, res *onepkg.Result, asJSON bool, context int) (failed bool, err error) {
	if u.VetxOnly || len(res.Diagnostics) == 0 {
		return false, u.ReportNothing(asJSON)
	}
	graph := &checker.Graph{Roots: []*checker.Action{{
		Analyzer:    a,
		Package:     &packages.Package{ID: u.Config.ID, Fset: res.Fset},
		IsRoot:      true,
		Diagnostics: res.Diagnostics,
	}}}
	if !asJSON {
		return true, graph.PrintText(os.Stderr, context)
	}
	for _, d := range res.Diagnostics {
		for _, fix := range d.SuggestedFixes {
			for i := range fix.TextEdits {
				fix.TextEdits[i].End = cmp.Or(fix.TextEdits[i].End, fix.TextEdits[i].Pos)
			}
			slices.SortStableFunc(fix.TextEdits, func(a, b analysis.TextEdit) int {
				return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.End, b.End))
			})
		}
	}
	if u.Stdout == "" {
		return false, graph.PrintJSON(os.Stdout)
	}
	f, err := os.Create(u.Stdout)
	if err != nil {
		return false, err
	}
	return false, errors.Join(graph.PrintJSON(f), f.Close())
}
