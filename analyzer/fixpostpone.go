package analyzer

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

// postpone moves the statement that hides the failure behind the loop over the
// entries. Before the fix, by the contract, the loop sees only successes:
//
//	if r.Code != 0 {
//		return errFailed
//	}
//	for id, e := range r.Detail {
//		if e.Code != 0 {
//			return fmt.Errorf("%s: %s", id, e.Message)
//		}
//	}
//
// The fix is right if the statement depends on the code only, and if the statements that it
// is moved over do nothing but find failed entries and return errors.
func (h *hiddenFailure) postpone(l *entryLoop) []analysis.TextEdit {
	first := h.decision()
	if first == nil || h.pass.ReadFile == nil || !l.readsCode(l.Body) {
		return nil
	}
	at := h.insertion(first)
	if at == nil || !h.resolves(func(e *typestate.End) bool { return contains(at.stmt, e.Pos) }) {
		return nil
	}
	i := slices.Index(at.list, ast.Stmt(l.RangeStmt))
	if i < 1 {
		return nil
	}
	edits, after, ok := l.all(h)
	if !ok {
		return nil
	}
	end := at.list[i]
	if after == "" { // the loop collects something, and the next statement returns it
		if i++; i == len(at.list) || !h.returnsErrors(at.list[i]) || !h.usesOf(l.RangeStmt, at.list[i]) {
			return nil
		}
		end = at.list[i]
	}
	if !h.passable(at.stmt, at.list[1:i+1]) {
		return nil
	}
	next := &insertion{stmt: at.list[1], after: at.stmt.End()}
	from, to := h.above(at), h.above(next)
	text, ok := h.source(from, h.withComment(at.stmt.End()))
	if !ok {
		return nil
	}
	if h.comparisonFix != nil {
		text = applied(h.comparisonFix.edits, text, from)
		h.comparisonFix = nil // done
	}
	if after != "" {
		after = "\n" + after
	}
	behind := h.withComment(end.End())
	return append(edits,
		replacement(from, to, ""),
		replacement(behind, behind, h.indented(after+"\n", at.stmt.Pos())+text))
}

// returnsErrors reports whether a statement is an if statement whose body ends
// in a return, and whose returns all return errors.
func (h *hiddenFailure) returnsErrors(s ast.Stmt) bool {
	cond, ok := s.(*ast.IfStmt)
	if !ok || cond.Else != nil || len(cond.Body.List) == 0 || !isReturn(cond.Body.List[len(cond.Body.List)-1]) {
		return false
	}
	return h.onlyErrors(s)
}

// onlyErrors reports whether all returns in a statement return errors.
func (h *hiddenFailure) onlyErrors(s ast.Stmt) bool {
	only := true
	ast.Inspect(s, func(n ast.Node) bool {
		if ret, ok := n.(*ast.ReturnStmt); ok {
			at := func(e typestate.End) bool { return e.Pos == ret.Pos() }
			only = only && slices.ContainsFunc(h.value.Ends, at) && !slices.ContainsFunc(h.value.Ends, func(e typestate.End) bool {
				return at(e) && e.Signal != typestate.Failure && !e.ErrorUnknown
			})
		}
		return only
	})
	return only
}

// usesOf reports whether a statement uses a variable that the loop sets, and
// that is declared before the loop.
func (h *hiddenFailure) usesOf(loop *ast.RangeStmt, s ast.Stmt) bool {
	uses := false
	ast.Inspect(s, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v := variable(h.pass.TypesInfo, id)
			uses = uses || v != nil && v.Pos() < loop.Pos() &&
				writes(h.pass.TypesInfo, loop, v, func(token.Pos) bool { return true }) > 0
		}
		return !uses
	})
	return uses
}

// passable reports whether a statement can be moved behind the statements that follow it:
// these only compute and return errors, and the statement doesn't depend on what they
// set or declare.
func (h *hiddenFailure) passable(stmt ast.Stmt, over []ast.Stmt) bool {
	for _, s := range over {
		if !h.noSideEffects(h.reads, s) || !h.onlyErrors(s) || jumpsOut(s) {
			return false
		}
	}
	return h.independent(stmt, stmt.End(), over[len(over)-1].End())
}

// independent reports whether all names in n, except those that n declares, have the same
// meaning at both places, and no variable among them is set in between.
func (f *function) independent(n ast.Node, from, to token.Pos) bool {
	between := func(pos token.Pos) bool { return from <= pos && pos < to }
	ok := true
	var look func(n ast.Node) bool
	look = func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(node.X, look)
			return false
		case *ast.Ident:
			obj := f.pass.TypesInfo.Uses[node]
			if v, _ := obj.(*types.Var); obj == nil || v != nil && v.IsField() || contains(n, obj.Pos()) {
				break
			}
			ok = ok && f.lookup(node.Name, to) == obj && writes(f.pass.TypesInfo, f.fn.Syntax(), obj, between) == 0
		}
		return ok
	}
	ast.Inspect(n, look)
	return ok
}

// jumpsOut reports whether a statement may jump out of itself, other than by a
// return.
func jumpsOut(s ast.Stmt) bool {
	out := false
	ast.PreorderStack(s, nil, func(n ast.Node, stack []ast.Node) bool {
		if b, ok := n.(*ast.BranchStmt); ok {
			out = out || b.Label != nil || !slices.ContainsFunc(stack, func(n ast.Node) bool {
				switch n.(type) {
				case *ast.ForStmt, *ast.RangeStmt:
					return true
				case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
					return b.Tok == token.BREAK
				}
				return false
			})
		}
		return !out
	})
	return out
}

// source returns the source between two positions.
func (f *function) source(pos, end token.Pos) (string, bool) {
	file := f.pass.Fset.File(pos)
	src, err := f.pass.ReadFile(file.Name())
	if err != nil || file.Offset(end) > len(src) {
		return "", false
	}
	return string(src[file.Offset(pos):file.Offset(end)]), true
}

// applied applies edits to the source at pos.
func applied(edits []analysis.TextEdit, text string, pos token.Pos) string {
	edits = slices.SortedFunc(slices.Values(edits), func(a, b analysis.TextEdit) int { return cmp.Compare(b.Pos, a.Pos) })
	for _, e := range edits { // from the last to the first
		text = text[:e.Pos-pos] + string(e.NewText) + text[e.End-pos:]
	}
	return text
}

// withComment returns the end of a statement, including the comment after it on the line.
func (f *function) withComment(end token.Pos) token.Pos {
	for _, c := range f.file(end).Comments {
		if end <= c.Pos() && f.pass.Fset.PositionFor(c.Pos(), false).Line == f.pass.Fset.PositionFor(end, false).Line {
			return c.End()
		}
	}
	return end
}
