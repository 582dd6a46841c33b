package analyzer

import (
	"go/token"
	"runtime/debug"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/panics"
)

// guarded runs the analyzer. If something panics, the other findings are reported, and the
// error says what was lost.
func (c *checker) guarded() error {
	func() {
		defer func() {
			if v := recover(); v != nil {
				c.lose(&panics.Error{Pos: c.start(), Lost: "package " + c.pass.Pkg.Path(), Value: v})
			}
		}()
		c.run()
	}()
	if len(c.lost) > 0 {
		return c.lost
	}
	return nil
}

// panicked notes that the analysis of a function panicked.
func (c *checker) panicked(fn *ssa.Function, v any) {
	c.lose(&panics.Error{Pos: fn.Pos(), Lost: "function " + fn.RelString(c.pass.Pkg), Value: v})
}

// unbuilt notes that a part has no SSA form, because building it panicked.
func (p *part) unbuilt(v any) {
	if p.pass.TypesInfo.Instances == nil {
		p.debugf("%s: no SSA form, skipped: the driver provides no instances", p.pass.Pkg.Path())
		return
	}
	p.lose(&panics.Error{Pos: p.start(), Lost: "part of package " + p.pass.Pkg.Path(), Value: v})
}

// start returns the position of the package's first file. It is unknown if, for example, all files are in assembly.
func (c *checker) start() token.Pos {
	if len(c.pass.Files) == 0 {
		return token.NoPos
	}
	return c.pass.Files[0].Package
}

func (c *checker) lose(e *panics.Error) {
	if slices.ContainsFunc(c.lost, func(o *panics.Error) bool { return o.Lost == e.Lost && o.Pos == e.Pos }) {
		return // it was lost the first time too
	}
	e.Position = c.pass.Fset.Position(e.Pos)
	c.lost = append(c.lost, e)
	c.debugf("%v\n%s", e, debug.Stack())
}
