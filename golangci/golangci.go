// Package golangci makes the analyzer fit for golangci-lint. The plugin uses it, and so would a golangci-lint that has
// asynccheck built in: see docs/golangci.md.
package golangci

import (
	"errors"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/panics"
)

// New returns the analyzer that golangci-lint runs. Messages end with the rule, and a panic in the analysis of a function
// is a finding: if the analyzer failed instead, golangci-lint would drop all issues of the run. An error lists all that
// is wrong in cfg.
//
// [analyzer.Config.Nolint] must stay off: golangci-lint reads these comments itself, and needs all findings to see which
// comments silence something.
func New(cfg analyzer.Config) (*analysis.Analyzer, error) {
	var wrong []error
	for _, problem := range cfg.Problems() {
		wrong = append(wrong, problem)
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	cfg.SayRule = true
	a, err := analyzer.New(cfg)
	if err != nil {
		return nil, err
	}
	return unrelated(panics.AsDiagnostics(a)), nil
}

// unrelated returns an analyzer whose findings have no related positions: golangci-lint
// would report each position as a separate issue.
func unrelated(a *analysis.Analyzer) *analysis.Analyzer {
	out := *a
	out.Run = func(pass *analysis.Pass) (any, error) {
		p := *pass
		p.Report = func(d analysis.Diagnostic) {
			d.Related = nil
			pass.Report(d)
		}
		return a.Run(&p)
	}
	return &out
}
