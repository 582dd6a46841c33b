package analyzer

import (
	"errors"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/panics"
)

// A package without Go files has no position for a panic, but the panic is reported.
func TestPanicWithoutFiles(t *testing.T) {
	cfg := new(Config)
	pass := &analysis.Pass{Fset: token.NewFileSet(), Pkg: types.NewPackage("example/asm", "asm")} // without the results it needs
	c := &checker{pass: pass, cfg: cfg, index: cfg.index()}
	lost, ok := errors.AsType[panics.Errors](c.guarded())
	if !ok || len(lost) != 1 || lost[0].Lost != "package example/asm" || lost[0].Pos != token.NoPos {
		t.Errorf("got %v, want that the package was lost", lost)
	}
}
