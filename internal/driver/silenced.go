package driver

import (
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/report"
)

// Silenced collects the findings that comments silence, for reports that show these as well. The zero value is empty.
type Silenced struct{ collected[silenced] }

type silenced struct {
	d      analysis.Diagnostic
	reason string
}

// Add notes a finding of a package. It can be called by several goroutines at once.
func (s *Silenced) Add(pkg *types.Package, d analysis.Diagnostic, reason string) {
	s.add(pkg, silenced{d, reason})
}

// take returns the findings of a package, and forgets them. They come without fixes, since they must not be fixed.
func (s *Silenced) take(r *Result, pkg *analyzed) []report.Finding {
	if s == nil {
		return nil
	}
	var findings []report.Finding
	for _, x := range s.collected.take(pkg.Result.Types) {
		f := r.finding(pkg, x.d)
		f.Fixes = nil
		f.Suppressed = &report.Suppression{Kind: report.InSource, Justification: x.reason}
		findings = append(findings, f)
	}
	return findings
}
