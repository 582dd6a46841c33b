package analyzer

import (
	"fmt"
	"go/token"
	"go/types"
	"os"
	"path/filepath"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

// rejection points to the return that rejects a partial failure. If the driver has only
// export data of its package, the position may be unknown. Then it points to the
// callee that leads to it.
func (f *function) rejection(v *typestate.Value) analysis.RelatedInformation {
	if pos := f.find(v.Callee.Pkg(), v.Rejects); pos.IsValid() {
		return analysis.RelatedInformation{Pos: pos, Message: "the partial failure is rejected here"}
	}
	return analysis.RelatedInformation{
		Pos:     v.Callee.Pos(),
		Message: fmt.Sprintf("%s leads to %s:%d, where the partial failure is rejected", v.Callee.Name(), v.Rejects.File, v.Rejects.Line),
	}
}

// find returns the position of a place in the package or in one that it imports,
// [token.NoPos] if it is unknown.
func (c *checker) find(pkg *types.Package, p typestate.Place) token.Pos {
	if pos := c.open(p); pos.IsValid() {
		return pos
	}
	seen := make(map[*types.Package]bool)
	for work := []*types.Package{pkg}; len(work) > 0; work = work[1:] {
		pkg := work[0]
		if seen[pkg] {
			continue
		}
		seen[pkg] = true
		if pkg.Path() != p.Pkg {
			work = append(work, pkg.Imports()...)
			continue
		}
		if f := c.fileOf(pkg, p.File); f != nil && p.Line <= f.LineCount() {
			return f.LineStart(p.Line)
		}
		break
	}
	return token.NoPos
}

// open returns the position of a place in a file that the driver knows.
func (c *checker) open(p typestate.Place) token.Pos {
	if c.cfg.File == nil || p.Pkg == c.pass.Pkg.Path() {
		return token.NoPos
	}
	name := c.cfg.File(p.Pkg, p.File)
	f, ok := c.opened[name]
	if !ok {
		if src, err := os.ReadFile(name); err == nil {
			f = c.pass.Fset.AddFile(name, -1, len(src))
			f.SetLinesForContent(src)
		}
		if c.opened == nil {
			c.opened = make(map[string]*token.File)
		}
		c.opened[name] = f
	}
	if f == nil || p.Line > f.LineCount() {
		return token.NoPos
	}
	return f.LineStart(p.Line)
}

// fileOf finds a file of the package by its name. It returns nil if no known object is
// declared there.
func (c *checker) fileOf(pkg *types.Package, name string) *token.File {
	declares := func(obj types.Object) *token.File {
		if f := c.pass.Fset.File(obj.Pos()); f != nil && filepath.Base(f.Name()) == name {
			return f
		}
		return nil
	}
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if f := declares(obj); f != nil {
			return f
		}
		if n, ok := obj.Type().(*types.Named); ok {
			for m := range n.Methods() {
				if f := declares(m); f != nil {
					return f
				}
			}
		}
	}
	return nil
}
