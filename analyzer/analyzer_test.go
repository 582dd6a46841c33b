package analyzer_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/asynccheck/asynccheck/analyzer"
)

// withRule prefixes messages with their rule, so that a want comment can name
// the rule.
func withRule(t *testing.T, cfg analyzer.Config) *analysis.Analyzer {
	t.Helper()
	cfg.Debug = t.Logf
	a, err := analyzer.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		report := pass.Report
		pass.Report = func(d analysis.Diagnostic) {
			d.Message = d.Category + ": " + d.Message
			report(d)
		}
		return run(pass)
	}
	return a
}

// anyFact lets fixtures leave facts without a want comment.
type anyFact struct{ *testing.T }

func (t anyFact) Errorf(format string, args ...any) {
	t.Helper()
	if msg := fmt.Sprintf(format, args...); !strings.Contains(msg, "unexpected fact:") {
		t.Error(msg)
	}
}

// fixtureConfigs are the configurations of fixtures that don't have the defaults.
var fixtureConfigs = map[string]analyzer.Config{
	"batchmissing":      {Rules: []string{"batch-*"}},
	"batchouter":        {Rules: []string{"batch-*"}, Strict: true},
	"firstonly":         {Rules: []string{"batch-first-only", "result-*"}},
	"fixes/none/reads":  {Strict: true},
	"signals/strict":    {Strict: true},
	"suppressed/nolint": {Nolint: true},
}

func TestFixtures(t *testing.T) { testFixtures(t) }

// TestFixturesInParts does the same with packages divided into parts that are as small as possible:
// the findings must be the same.
func TestFixturesInParts(t *testing.T) {
	defer analyzer.SetPartSize(1)()
	testFixtures(t)
}

// testFixtures runs the analyzer on all packages below testdata/src. It loads them
// together, because each load includes packages of the standard library.
func testFixtures(t *testing.T) {
	t.Helper()
	src, err := filepath.Abs("../testdata/src")
	if err != nil {
		t.Fatal(err)
	}
	var defaults []string
	var results []*analysistest.Result
	for _, dir := range fixtures(t, src) {
		if cfg, ok := fixtureConfigs[dir]; ok {
			results = append(results, analysistest.Run(anyFact{t}, filepath.Dir(src), withRule(t, cfg), dir)...)
		} else {
			defaults = append(defaults, dir)
		}
	}
	byDefault := analysistest.Run(anyFact{t}, filepath.Dir(src), withRule(t, analyzer.Config{}), defaults...)
	checkMessages(t, append(results, byDefault...))
}
