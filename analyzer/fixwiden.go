package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// widen lets the branch for a total failure handle partial failures too, if it finds the
// failed entries by their codes:
//
//	switch r.Code {
//	case 5100:
//		for id, e := range r.Detail {
//			if e.Code != 0 {
//				…
//			}
//		}
//		return …
//	}
//	return errFailed
//
// The fix is right under three conditions: the branch returns an error for failed entries, every
// path that hides the failure passes its condition, and no other code names partial
// failures.
func (h *hiddenFailure) widen(l *entryLoop) []analysis.TextEdit {
	edits, after, ok := l.all(h)
	if !ok {
		return nil
	}
	if after != "" {
		pos := h.withComment(l.End())
		edits = append(edits, replacement(pos, pos, h.indented("\n"+after, l.Pos())))
	}
	if h.comparisonFix != nil { // the fixed comparison sends them there, or nothing does
		if !h.resolves(func(*typestate.End) bool { return false }) {
			return nil
		}
		return edits
	}
	b := h.total(l)
	if b == nil || h.mentions(h.code().Partial) || !h.branchFails(b) {
		return nil
	}
	hides := func(e *typestate.End) bool { return !contains(b.body, e.Pos) }
	if h.decision() == nil || !h.resolves(hides) {
		return nil
	}
	for _, e := range h.ends {
		if !hides(e) || !h.dominates(b.pos, e.Pos) {
			return nil
		}
	}
	return append(edits, replacement(b.end, b.end, b.or))
}

// A branch is the branch for a total failure.
type branch struct {
	pos  token.Pos // of the comparison
	end  token.Pos // of its source
	or   string    // added to the comparison, so that it is true for a partial failure too
	body ast.Node
}

// total returns the branch around the loop, nil if there is none.
func (h *hiddenFailure) total(l *entryLoop) *branch {
	path := h.path(l.Pos())
	for i, n := range path {
		switch n := n.(type) {
		case *ast.IfStmt:
			if b := h.compared(n.Cond, " || "); b != nil && path[i-1] == n.Body {
				b.body = n.Body
				return b
			}
		case *ast.CaseClause:
			for _, x := range n.List {
				b := h.compared(x, ", ")
				if s := path[i+2].(*ast.SwitchStmt); s.Tag != nil && h.reads.is(s.Tag) && h.isTotal(x) {
					b = &branch{pos: x.Pos(), end: x.End(), or: ", " + h.partial(x)}
				}
				if b != nil {
					b.body = n
					return b
				}
			}
		case *ast.FuncLit:
			return nil
		}
	}
	return nil
}

// compared returns the branch of a comparison of the code with that of a total failure.
func (h *hiddenFailure) compared(cond ast.Expr, or string) *branch {
	b, ok := cond.(*ast.BinaryExpr)
	if !ok || b.Op != token.EQL || !h.reads.compares(b) {
		return nil
	}
	code, con := b.X, b.Y
	if h.isTotal(code) {
		code, con = con, code
	}
	if !h.isTotal(con) {
		return nil
	}
	return &branch{pos: b.OpPos, end: b.End(), or: or + types.ExprString(code) + " == " + h.partial(con)}
}

func (h *hiddenFailure) isTotal(x ast.Expr) bool {
	n, ok := h.integer(x)
	return ok && h.code().Total.Contains(n)
}

// partial returns the constant for a partial failure. It is a name if the constant for a
// total failure is a name.
func (h *hiddenFailure) partial(total ast.Expr) string {
	n := h.code().Partial.Min()
	id, qualifier := ast.Unparen(total), ""
	if sel, ok := id.(*ast.SelectorExpr); ok {
		id, qualifier = sel.Sel, types.ExprString(sel.X)+"."
	}
	if id, ok := id.(*ast.Ident); ok {
		named, ok := h.pass.TypesInfo.Uses[id].(*types.Const)
		if ok && named.Parent() == named.Pkg().Scope() {
			for _, name := range named.Parent().Names() {
				c, ok := named.Parent().Lookup(name).(*types.Const)
				if ok && types.Identical(c.Type(), named.Type()) && c.Val().ExactString() == strconv.FormatInt(n, 10) &&
					(qualifier != "" && c.Exported() || h.lookup(name, total.Pos()) == c) {
					return qualifier + name
				}
			}
		}
	}
	if b, ok := h.pass.TypesInfo.TypeOf(total).Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 {
		return strconv.Quote(strconv.FormatInt(n, 10)) // a json.Number
	}
	return strconv.FormatInt(n, 10)
}

// mentions reports whether one of the numbers occurs in the function.
func (h *hiddenFailure) mentions(numbers codeset.Set) bool {
	found := false
	ast.Inspect(h.fn.Syntax(), func(node ast.Node) bool {
		if x, ok := node.(ast.Expr); ok {
			m, ok := h.integer(x)
			found = found || ok && numbers.Contains(m)
		}
		return !found
	})
	return found
}

// branchFails reports whether only total failures enter the branch, and it returns an error for
// them. It may return nil at the same place if no entry failed.
func (h *hiddenFailure) branchFails(b *branch) bool {
	total := h.code().Total
	var fails []token.Pos // where errors are returned
	for i := range h.value.Ends {
		switch e := &h.value.Ends[i]; {
		case !contains(b.body, e.Pos) || e.ErrorUnknown:
		case e.Kind != typestate.Return || e.Detail != typestate.Inspected || !e.Codes.SubsetOf(total):
			return false
		case e.Signal == typestate.Failure || e.Signal == typestate.Maybe:
			fails = append(fails, e.Pos)
		}
	}
	return len(fails) > 0 && !slices.ContainsFunc(h.value.Ends, func(e typestate.End) bool {
		return contains(b.body, e.Pos) && !slices.Contains(fails, e.Pos)
	})
}
