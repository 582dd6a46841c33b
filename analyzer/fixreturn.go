package analyzer

import (
	"go/ast"
	"go/format"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

// extendError returns the edits that extend the error of the one return that hides the failure. The
// new error has the old one, and an error for each failed resource:
//
//	errs := []error{errFailed}
//	for … {
//		errs = append(errs, …)
//	}
//	return errors.Join(errs...)
//
// The function still fails, callers find the old error in the new one, and nothing else
// changes. The only condition is that the entries can be read there.
func (h *hiddenFailure) extendError() []analysis.TextEdit {
	e := h.onlyFailure()
	if e == nil {
		return nil
	}
	ret, ok := h.enclosing(e.Pos, isReturn).(*ast.ReturnStmt)
	x := h.responseAt(e.Pos)
	if !ok || x == nil || !h.resolves(func(other *typestate.End) bool { return other.Pos == e.Pos }) {
		return nil
	}
	w, ok := h.newLoopWriter(ret.Pos())
	if !ok {
		return nil
	}
	loop, ok := w.loop(written(x))
	names, imported := w.names("errors")
	if !ok || !imported {
		return nil
	}
	joined := w.joined(names[0])
	if len(ret.Results) == 0 { // the results have names
		last := h.results.List[len(h.results.List)-1]
		name := last.Names[len(last.Names)-1].Name
		text := w.errs + " := []error{" + name + "}\n" + loop + name + " = " + joined + "\n"
		return h.edits(w, replacement(ret.Pos(), ret.Pos(), h.indented(text, ret.Pos())))
	}
	last := ret.Results[len(ret.Results)-1]
	if len(ret.Results) != h.fn.Signature.Results().Len() {
		return nil // one call returns all results
	}
	others, ok := h.sources(h.reads, ret.Results[:len(ret.Results)-1])
	if !ok {
		return nil
	}
	text := "}\n" + loop + "return " + strings.Join(append(others, joined), ", ")
	return h.edits(w,
		replacement(ret.Pos(), last.Pos(), w.errs+" := []error{"),
		replacement(last.End(), last.End(), h.indented(text, ret.Pos())))
}

// onlyFailure returns an end at the one return that hides the failure. It returns nil if
// there are several, if the return doesn't return an error, or if it also hides another
// response's failure. If the comparison is fixed, the paths on which it fails count
// instead.
func (h *hiddenFailure) onlyFailure() *typestate.End {
	ends := h.ends
	if h.comparisonFix != nil {
		ends = nil
		for i := range h.value.Ends {
			if e := &h.value.Ends[i]; e.Judged != typestate.NotJudged && !e.ErrorUnknown && !e.Codes.SubsetOf(h.comparisonFix.passes) {
				ends = append(ends, e)
			}
		}
	}
	for _, e := range ends {
		if e.Kind != typestate.Return || e.Signal != typestate.Failure && e.Signal != typestate.Maybe || e.Pos != ends[0].Pos {
			return nil
		}
	}
	if len(ends) == 0 || slices.ContainsFunc(h.vals[h.fn], func(v *typestate.Value) bool {
		return v != h.value && h.hidesAt(v, func(e *typestate.End) bool { return e.Pos == ends[0].Pos })
	}) {
		return nil
	}
	return ends[0]
}

// responseAt returns an expression that denotes the response at the return at pos. It takes it from
// a read of the code that every path to the return passes. It returns nil if there is none.
func (h *hiddenFailure) responseAt(pos token.Pos) (x ast.Expr) {
	if h.reads.jumps {
		return nil
	}
	ast.Inspect(h.fn.Syntax(), func(n ast.Node) bool {
		read, ok := n.(*ast.SelectorExpr)
		if ok && x == nil && read.End() <= pos && h.reads.is(read) && h.dominates(read.Sel.Pos(), pos) {
			if y := h.holder(h.value.Response, read); y != nil && h.visible(y, pos) && h.unchanged(y, read.End(), h.passed(read, pos)) {
				x = y
			}
		}
		return x == nil
	})
	return x
}

// passed returns the end of the code that may run between a read and the return at pos. In a
// loop, code after the return may run before it.
func (h *hiddenFailure) passed(read ast.Expr, pos token.Pos) token.Pos {
	end := pos
	for _, n := range h.path(pos) {
		if contains(n, read.Pos()) {
			break
		}
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			end = n.End()
		}
	}
	return end
}

// dominates reports whether every path to the return passes the instruction at pos.
func (f *function) dominates(pos, ret token.Pos) bool {
	var from, to *ssa.BasicBlock
	for _, b := range f.fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Return:
				if instr.Pos() == ret {
					to = b
				}
			case *ssa.Field, *ssa.FieldAddr, *ssa.BinOp:
				if instr.Pos() == pos {
					from = b
				}
			}
		}
	}
	return from != nil && to != nil && from.Dominates(to)
}

// unchanged reports whether no code between two places sets a variable of x.
func (f *function) unchanged(x ast.Expr, from, to token.Pos) bool {
	between := func(pos token.Pos) bool { return from <= pos && pos < to }
	same := true
	ast.Inspect(x, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v := variable(f.pass.TypesInfo, id)
			same = same && writes(f.pass.TypesInfo, f.fn.Syntax(), v, between) == 0
		}
		return same
	})
	return same
}

func contains(n ast.Node, pos token.Pos) bool { return n.Pos() <= pos && pos < n.End() }

// sources returns the source of expressions, if they have no side effects: then they can be
// evaluated later.
func (f *function) sources(r *codeReads, exprs []ast.Expr) (texts []string, ok bool) {
	for _, x := range exprs {
		var b strings.Builder
		if !f.noSideEffects(r, x) || format.Node(&b, f.pass.Fset, x) != nil {
			return nil, false
		}
		texts = append(texts, b.String())
	}
	return texts, true
}
