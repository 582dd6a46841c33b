package analyzer_test

import (
	"go/token"
	"os"
	"path/filepath"
	"testing"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
)

// With a driver that knows no modules, the user's own packages may have paths of the standard
// library, or paths that begin like them.
func TestStandardPaths(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.go")
	const source = `package a

type Result struct {
	Code      int    ` + "`json:\"code\"`" + `
	Message   string ` + "`json:\"message\"`" + `
	RequestID string ` + "`json:\"requestId\"`" + `
}

type failure string

func (f failure) Error() string { return string(f) }

func Check(r *Result) error {
	if r.Code > 0 {
		return failure("failed")
	}
	return nil
}
`
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	a, err := analyzer.New(analyzer.Config{})
	if err != nil {
		t.Fatal(err)
	}
	for path, facts := range map[string]bool{"text/foo": true, "cmd/api": false, "cmd/server": true} {
		res, err := onepkg.Analyze(a, &onepkg.Package{Path: path, GoFiles: []string{file}, Fset: token.NewFileSet()})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Diagnostics) != 1 {
			t.Errorf("%s: %d findings, want 1", path, len(res.Diagnostics))
		}
		if got := len(res.Facts) > 0; got != facts {
			t.Errorf("%s: there are facts: %t, want %t", path, got, facts)
		}
	}
}
