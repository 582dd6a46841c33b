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
	"fmt"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/golangci"
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
	a, err := golangci.New(cfg)
	if err != nil {
		return nil, err
	}
	return linter{a}, nil
}

type linter struct{ analyzer *analysis.Analyzer }

func (l linter) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{l.analyzer}, nil
}

func (linter) GetLoadMode() string { return register.LoadModeTypesInfo }
