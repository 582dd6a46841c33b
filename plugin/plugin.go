// Package plugin makes asynccheck a linter of golangci-lint: a module plugin, which
// "golangci-lint custom" links. Its settings are the fields of [analyzer.Config], by
// their names in JSON, which are the keys of .asynccheck.yml too:
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

// New returns the linter with the given settings. An unknown one is an error, and so is
// what can't be, all of it at once.
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
	// Config.Nolint stays off: golangci-lint reads those comments, and must get the
	// findings to tell which comments are of use.
	cfg.SayRule = true
	a, err := analyzer.New(cfg)
	if err != nil {
		return nil, err
	}
	return linter{unrelated(panics.AsDiagnostics(a))}, nil
}

// unrelated returns an analyzer whose findings have no related positions: golangci-lint
// makes each of them an issue of its own.
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
