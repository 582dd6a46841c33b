package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// fixHidden returns a fix for a hidden partial failure: before the statement
// that decides by the outer code, it inserts a loop over the entries that
// returns an error for the first failed one.
//
// What makes it right is that
//
//   - every path that hides the failure comes through that statement, and
//     returns: to repeat the request, or to go on with the next one, is a
//     decision that the loop must not preempt;
//   - the statement depends on the code alone: otherwise the loop would return
//     where the code's failure was meant not to matter;
//   - a failure of resources leads to an error already, and the way there does
//     nothing that the loop's return would leave undone.
//
// All findings for one value get the same fix, which resolves them together.
func (f *function) fixHidden(rule string, v *typestate.Value) []analysis.SuggestedFix {
	if rule == "batch-detail-shallow" || v.Response.Detail.Form == contract.Opaque {
		return nil // there is code for the detail already, or no type for its entries
	}
	first := f.decision(v)
	if first == nil || !f.editable(first.Compare) {
		return nil
	}
	at := f.insertion(v.Response, first)
	if at == nil || !f.fits(v, at) {
		return nil
	}
	signature := f.signature()
	if signature == nil {
		return nil
	}
	w := &loopWriter{function: f, resp: v.Response, pos: at.stmt.Pos()}
	fmtName, imports, ok := f.importFmt(at.stmt.Pos())
	if !ok {
		return nil
	}
	loop, ok := w.loop(types.ExprString(at.response), signature.Results, fmtName)
	if !ok {
		return nil
	}
	pos := f.above(at)
	indent := "\n" + strings.Repeat("\t", f.pass.Fset.PositionFor(at.stmt.Pos(), false).Column-1)
	text := strings.ReplaceAll(loop, "\n", indent)
	return []analysis.SuggestedFix{{
		Message:   "Return an error that names the failed resource",
		TextEdits: append(imports, replacement(pos, pos, text)),
	}}
}

// hides reports whether the end of a path breaks a rule that the fix is for.
func (f *function) hides(v *typestate.Value, e *typestate.End) bool {
	rule := f.partialRule(v, e)
	return rule == "batch-partial-as-success" || rule == "batch-partial-as-failure"
}

// decision returns the end whose comparison comes first of those that hide a
// partial failure; nil if one of them is not a return.
func (f *function) decision(v *typestate.Value) *typestate.End {
	var first *typestate.End
	for i := range v.Ends {
		e := &v.Ends[i]
		if !f.hides(v, e) {
			continue
		}
		if e.Exit != typestate.Return || !e.Compare.IsValid() {
			return nil
		}
		if first == nil || e.Compare < first.Compare {
			first = e
		}
	}
	return first
}

// An insertion is a place for the loop.
type insertion struct {
	stmt     ast.Stmt   // the statement that decides
	list     []ast.Stmt // the list that it is in, from it on
	after    token.Pos  // end of what comes before it
	end      token.Pos  // end of the list
	response ast.Expr
}

// insertion returns the place before the statement whose condition, or whose
// cases, hold the comparison of e, or nil if there is no plain one.
func (f *function) insertion(resp *contract.Response, e *typestate.End) *insertion {
	read, ok := f.read(e).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	x := f.holder(resp, read)
	if x == nil {
		return nil
	}
	r := f.newReads(resp, f.fn.Syntax())
	r.follow(read)
	path := f.path(e.Compare)
	i := decider(path, e.Compare)
	if i < 0 || !r.plain(path[i].(ast.Stmt)) {
		return nil
	}
	for { // to the head of a chain
		s, ok := path[i+1].(*ast.IfStmt)
		if !ok || s.Else != path[i] {
			break
		}
		if !r.plain(s) {
			return nil
		}
		i++
	}
	at := &insertion{stmt: path[i].(ast.Stmt), end: path[i+1].End(), response: x}
	switch n := path[i+1].(type) {
	case *ast.BlockStmt:
		at.list, at.after = n.List, n.Lbrace+1
	case *ast.CaseClause:
		at.list, at.after = n.Body, n.Colon+1
	case *ast.CommClause:
		at.list, at.after = n.Body, n.Colon+1
	default:
		return nil // a label: jumps to it would come to the loop
	}
	for i, s := range at.list {
		if s == at.stmt {
			if i > 0 {
				at.after = at.list[i-1].End()
			}
			if read.End() < at.stmt.Pos() && !f.unchanged(x, read, at) {
				return nil
			}
			at.list = at.list[i:]
			break
		}
	}
	// With a goto, the order of the statements does not say which way paths take.
	if innermost(path[i:]) != f.fn.Syntax() || r.jumps || !f.visible(x, at.stmt.Pos()) {
		return nil
	}
	return at
}

// decider returns the index in path of the if or switch statement that decides
// by the comparison at pos, -1 if another statement does something with it.
func decider(path []ast.Node, pos token.Pos) int {
	for i, n := range path {
		switch n := n.(type) {
		case *ast.IfStmt:
			if n.Cond.Pos() <= pos && pos < n.Cond.End() {
				return i
			}
			return -1
		case *ast.CaseClause:
			if _, ok := path[i+2].(*ast.SwitchStmt); ok && pos < n.Colon {
				return i + 2
			}
			return -1
		case ast.Stmt, *ast.FuncLit:
			return -1
		}
	}
	return -1
}

// plain reports whether all that is evaluated for an if or switch statement
// to decide is comparisons of the code.
func (r *reads) plain(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.IfStmt:
		return (s.Init == nil || r.copying(s.Init)) && r.decides(s.Cond)
	case *ast.SwitchStmt:
		if s.Init != nil && !r.copying(s.Init) {
			return false
		}
		if s.Tag != nil {
			return r.is(s.Tag)
		}
		for _, c := range s.Body.List {
			for _, x := range c.(*ast.CaseClause).List {
				if !r.decides(x) {
					return false
				}
			}
		}
		return true
	}
	return false
}

// holder returns the expression in a read of the code that denotes the
// response, if evaluating it once more has no effect; otherwise nil.
func (f *function) holder(resp *contract.Response, read *ast.SelectorExpr) ast.Expr {
	x := read.X
	for !f.is(x, resp.Type) {
		switch y := x.(type) {
		case *ast.SelectorExpr: // the code's path has several steps
			x = y.X
		case *ast.ParenExpr:
			x = y.X
		case *ast.StarExpr:
			x = y.X
		default:
			return nil
		}
	}
	if f.harmless(x) {
		return x
	}
	return nil
}

func (f *function) is(x ast.Expr, t types.Type) bool {
	xt := f.pass.TypesInfo.TypeOf(x)
	return xt != nil && types.Identical(deref(xt), t)
}

// harmless reports whether x consists of variables, selections,
// indirections, and indexes that are variables or constants.
func (f *function) harmless(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return variable(f.pass.TypesInfo, x) != nil
	case *ast.ParenExpr:
		return f.harmless(x.X)
	case *ast.StarExpr:
		return f.harmless(x.X)
	case *ast.SelectorExpr:
		return f.harmless(x.X)
	case *ast.IndexExpr:
		_, literal := x.Index.(*ast.BasicLit)
		id, ok := x.Index.(*ast.Ident)
		return f.harmless(x.X) && (literal || ok && f.harmless(id))
	}
	return false
}

// unchanged reports whether x denotes at the insertion what it does at an
// earlier read of the code: that stands in the same list, and nothing in between
// sets its variables.
func (f *function) unchanged(x ast.Expr, read ast.Expr, at *insertion) bool {
	if !slices.ContainsFunc(at.list, func(s ast.Stmt) bool { return s.Pos() <= read.Pos() && read.End() <= s.End() }) {
		return false
	}
	between := func(pos token.Pos) bool { return read.End() <= pos && pos < at.stmt.Pos() }
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

// innermost returns the innermost function of a path, nil if there is none.
func innermost(path []ast.Node) ast.Node {
	for _, n := range path {
		switch n.(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			return n
		}
	}
	return nil
}

// signature returns the function's type if its last result is an error that
// the loop can return.
func (f *function) signature() *ast.FuncType {
	t := funcType(f.fn.Syntax())
	results := f.fn.Signature.Results()
	if t == nil || results.Len() == 0 || t.Results == nil {
		return nil
	}
	last := results.At(results.Len() - 1).Type()
	if !typestate.IsError(last) || !types.AssignableTo(types.Universe.Lookup("error").Type(), last) {
		return nil
	}
	return t
}

// fits reports whether a loop at the insertion resolves the finding and changes
// nothing that is right: every path that hides a partial failure comes through the
// insertion; every path from there on which the code is a failure
// returns an error, unless it is one of those that hide it, has not looked
// after the entries itself, and has done nothing else by then. There must be
// one that returns an error.
func (f *function) fits(v *typestate.Value, at *insertion) bool {
	c := v.Response.Contract
	r := f.newReads(v.Response, f.fn.Syntax())
	r.holders.add(root(f.pass.TypesInfo, at.response))
	fails := false
	for i := range v.Ends {
		e := &v.Ends[i]
		through := at.stmt.Pos() <= e.Compare && e.Compare < at.end
		hides := f.hides(v, e)
		switch {
		case hides && !through:
			return false
		case !through || !e.Judged || e.Codes.Contains(c.Success) || !e.Codes.Contains(c.Partial) && !e.Codes.Contains(c.Total):
			continue // not from there, or with entries that succeeded, or with none
		case e.Unsure: // the other end tells
		case e.Inspected || e.Empty || e.HandedDetail || e.Exit != typestate.Return:
			return false
		case e.Signal == typestate.Failure || e.Signal == typestate.Maybe:
			if !f.nothingLost(r, at, e.Pos) {
				return false
			}
			fails = true
		case !hides:
			return false
		}
	}
	return fails
}

// above returns where the loop goes: before the comment that belongs to the
// statement, if it has one.
func (f *function) above(at *insertion) token.Pos {
	line := func(pos token.Pos) int { return f.pass.Fset.PositionFor(pos, false).Line }
	pos := at.stmt.Pos()
	comments := f.file(pos).Comments
	i := sort.Search(len(comments), func(i int) bool { return at.after <= comments[i].Pos() })
	for ; i < len(comments) && comments[i].End() <= pos; i++ {
		if c := comments[i]; line(c.End()) == line(pos)-1 && line(c.Pos()) > line(at.after) {
			return c.Pos()
		}
	}
	return pos
}
