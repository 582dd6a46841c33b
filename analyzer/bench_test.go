package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
)

const handlerTypes = `package handlers

import (
	"encoding/json"
	"errors"
	"fmt"
)

type Entry struct {
	Code    int    'json:"code"'
	Message string 'json:"message"'
}

type Batch struct {
	Code    int              'json:"code"'
	Message string           'json:"message"'
	Detail  map[string]Entry 'json:"detail"'
}

type Result struct {
	Code      int    'json:"code"'
	Message   string 'json:"message"'
	RequestID string 'json:"requestId"'
}

var errFailed = errors.New("failed")
`

// handlerPair has a wrong handler and a right one.
const handlerPair = `
func create%[1]d(b []byte) (string, error) {
	var r Result
	if err := json.Unmarshal(b, &r); err != nil {
		return "", err
	}
	if r.Code > 0 {
		return "", errFailed
	}
	return r.RequestID, nil
}

func stop%[1]d(b []byte) error {
	var r Batch
	if err := json.Unmarshal(b, &r); err != nil {
		return err
	}
	if r.Code != 0 && r.Code != 5400 {
		return fmt.Errorf("code %%d", r.Code)
	}
	for id, e := range r.Detail {
		if e.Code != 0 {
			return fmt.Errorf("%%s: %%d", id, e.Code)
		}
	}
	return nil
}
`

// BenchmarkHandlers analyzes type-checked packages of different sizes: the time for a
// handler should be the same in all of them.
func BenchmarkHandlers(b *testing.B) {
	a, err := analyzer.New(analyzer.Config{})
	if err != nil {
		b.Fatal(err)
	}
	for _, n := range []int{100, 1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			pkgs := loadHandlers(b, n)
			b.ReportAllocs()
			for b.Loop() {
				graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
				if err == nil {
					err = graph.Roots[0].Err
				}
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*n), "µs/handler")
		})
	}
}

func loadHandlers(b *testing.B, n int) []*packages.Package {
	b.Helper()
	dir := b.TempDir()
	text := new(strings.Builder)
	text.WriteString(strings.ReplaceAll(handlerTypes, "'", "`"))
	for i := range n / 2 {
		fmt.Fprintf(text, handlerPair, i)
	}
	for name, text := range map[string]string{"go.mod": "module handlers\n\ngo 1.26\n", "handlers.go": text.String()} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			b.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax | packages.NeedModule, Dir: dir}, ".")
	if err != nil || packages.PrintErrors(pkgs) > 0 {
		b.Fatal("not loaded: ", err)
	}
	for _, p := range pkgs {
		p.Imports = nil // which have no facts
	}
	return pkgs
}
