package driver

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/report"
)

// An analyzed is a package with the result of its analysis.
type analyzed struct {
	*packages.Package
	*onepkg.Result
	elsewhere bool // a position of a finding is in another package
}

// finding resolves the positions of a diagnostic of package pkg. It leaves out fixes that must not be applied: see
// [editable].
func (r *Result) finding(pkg *analyzed, d analysis.Diagnostic) report.Finding {
	contract := analyzer.ContractOf(d)
	pkg.elsewhere = pkg.elsewhere || pkg.pointsElsewhere(d)
	f := report.Finding{
		Rule:     d.Category,
		Contract: contract,
		Message:  d.Message,
		Package:  pkg.PkgPath,
		Pos:      position(pkg.Result.Fset, d.Pos),
		End:      position(pkg.Result.Fset, cmp.Or(d.End, d.Pos)),
		URL:      strings.TrimSuffix(d.URL, "#"+contract),
	}
	for _, rel := range d.Related {
		f.Related = append(f.Related, report.Related{
			Message: rel.Message,
			Pos:     position(pkg.Result.Fset, rel.Pos),
			End:     position(pkg.Result.Fset, cmp.Or(rel.End, rel.Pos)),
		})
	}
	for _, fix := range d.SuggestedFixes {
		if editable(pkg, fix) {
			f.Fixes = append(f.Fixes, r.fix(pkg, fix))
		}
	}
	return f
}

// pointsElsewhere reports whether a position of the diagnostic is in another package.
func (pkg *analyzed) pointsElsewhere(d analysis.Diagnostic) bool {
	elsewhere := func(pos token.Pos) bool {
		return !slices.ContainsFunc(pkg.Result.Files, func(f *ast.File) bool { return f.FileStart <= pos && pos <= f.FileEnd })
	}
	return elsewhere(d.Pos) || slices.ContainsFunc(d.Related, func(rel analysis.RelatedInformation) bool { return elsewhere(rel.Pos) })
}

func position(fset *token.FileSet, pos token.Pos) report.Position {
	p := fset.Position(pos)
	return report.Position{File: p.Filename, Line: p.Line, Column: p.Column}
}

// fix turns positions into offsets. Offsets are those of the file that was parsed, also if a //line directive moves the
// positions that people read.
func (r *Result) fix(pkg *analyzed, fix analysis.SuggestedFix) report.Fix {
	out := report.Fix{Message: fix.Message}
	for _, e := range fix.TextEdits {
		file := pkg.Result.Fset.File(e.Pos)
		r.sources[file.Name()] = pkg.source(e.Pos)
		out.Edits = append(out.Edits, report.Edit{
			File:  file.Name(),
			Start: file.Offset(e.Pos),
			End:   file.Offset(cmp.Or(e.End, e.Pos)),
			New:   string(e.NewText),
		})
	}
	return out
}

// source returns the file that has the position, as it was parsed.
func (pkg *analyzed) source(pos token.Pos) []byte {
	i := slices.IndexFunc(pkg.Result.Files, func(f *ast.File) bool { return f.FileStart <= pos && pos <= f.FileEnd })
	if i < 0 {
		return nil
	}
	return pkg.Sources[i]
}

// editable reports whether the fix changes only handwritten files of the main module. cgo and generators overwrite the
// other files, and we don't change other modules.
func editable(pkg *analyzed, fix analysis.SuggestedFix) bool {
	if pkg.Module != nil && !pkg.Module.Main {
		return false
	}
	for _, e := range fix.TextEdits {
		for _, file := range pkg.Result.Files {
			if file.FileStart <= e.Pos && e.Pos <= file.FileEnd && ast.IsGenerated(file) {
				return false
			}
		}
	}
	return true
}
