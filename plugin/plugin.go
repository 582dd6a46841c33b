// Package plugin makes asynccheck a linter of golangci-lint. It is a module plugin:
// "golangci-lint custom" links it. Its settings are the fields of [analyzer.Config]. They
// have the same keys as .asynccheck.yml:
//
//	linters:
//	  settings:
//	    custom:
//	      asynccheck:
//	        type: module
//	        settings:
//	          rules: [-batch-detail-shallow]
package plugin

import (
	"errors"
	"fmt"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/panics"
	"github.com/asynccheck/asynccheck/internal/project"
)

const manual = project.Docs + "configuration.md#keys"

func init() { register.Plugin("asynccheck", New) }

// New returns the linter with the given settings. An unknown key is an error. So are
// wrong values: the error lists all of them.
func New(settings any) (register.LinterPlugin, error) {
	cfg, err := register.DecodeSettings[analyzer.Config](settings)
	if err != nil {
		return nil, fmt.Errorf("%w; for the settings see %s", err, manual)
	}
	var wrong []error
	for _, problem := range cfg.Problems() {
		wrong = append(wrong, problem)
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	// Config.Nolint stays off: golangci-lint reads these comments itself, and needs all
	// findings to see which comments silence something.
	cfg.SayRule = true
	a, err := analyzer.New(cfg)
	if err != nil {
		return nil, err
	}
	return linter{unrelated(panics.AsDiagnostics(a))}, nil
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

type linter struct{ analyzer *analysis.Analyzer }

func (l linter) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{l.analyzer}, nil
}

func (linter) GetLoadMode() string { return register.LoadModeTypesInfo }
