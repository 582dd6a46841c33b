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
	generated map[*ast.File]bool // what is known of files that a fix would change
	elsewhere bool               // a position of a finding is in another package
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
		Pos:      pkg.position(d.Pos),
		End:      pkg.position(cmp.Or(d.End, d.Pos)),
		URL:      strings.TrimSuffix(d.URL, "#"+contract),
	}
	for _, rel := range d.Related {
		f.Related = append(f.Related, report.Related{
			Message: rel.Message,
			Pos:     pkg.position(rel.Pos),
			End:     pkg.position(cmp.Or(rel.End, rel.Pos)),
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
	return pkg.index(d.Pos) < 0 || slices.ContainsFunc(d.Related, func(rel analysis.RelatedInformation) bool { return pkg.index(rel.Pos) < 0 })
}

// position resolves a position. In other packages all columns are 1: what the compiler exports has none, and source does.
func (pkg *analyzed) position(pos token.Pos) report.Position {
	p := pkg.Result.Fset.Position(pos)
	if p.IsValid() && pkg.index(pos) < 0 {
		p.Column = 1
	}
	return report.Position{File: p.Filename, Line: p.Line, Column: p.Column}
}

// fix turns positions into offsets. Offsets are those of the file that was parsed, also if a //line directive moves the
// positions that people read.
func (r *Result) fix(pkg *analyzed, fix analysis.SuggestedFix) report.Fix {
	out := report.Fix{Message: fix.Message}
	for _, e := range fix.TextEdits {
		file := pkg.Result.Fset.File(e.Pos)
		if _, ok := r.sources[file.Name()]; !ok {
			r.sources[file.Name()] = pkg.source(e.Pos)
		}
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
	i := pkg.index(pos)
	if i < 0 {
		return nil
	}
	return pkg.Sources[i]
}

// index returns the index of the file that has the position, -1 if there is none.
func (pkg *analyzed) index(pos token.Pos) int {
	return slices.IndexFunc(pkg.Result.Files, func(f *ast.File) bool { return f.FileStart <= pos && pos <= f.FileEnd })
}

// editable reports whether the fix changes only handwritten files of the main module. cgo and generators overwrite the
// other files, and we don't change other modules.
func editable(pkg *analyzed, fix analysis.SuggestedFix) bool {
	if pkg.Module != nil && !pkg.Module.Main {
		return false
	}
	return !slices.ContainsFunc(fix.TextEdits, func(e analysis.TextEdit) bool {
		i := pkg.index(e.Pos)
		return i >= 0 && pkg.isGenerated(pkg.Result.Files[i])
	})
}

// isGenerated reports whether a program wrote the file. It asks once for each file, since that takes a look at all
// comments.
func (pkg *analyzed) isGenerated(file *ast.File) bool {
	is, known := pkg.generated[file]
	if !known {
		is = ast.IsGenerated(file)
		pkg.generated[file] = is
	}
	return is
}
