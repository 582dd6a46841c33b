package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"iter"
	"slices"
	"sort"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/typestate"
)

// insert returns the edits that insert a loop over the entries, before the statement
// that decides by the code. The loop returns an error for those that failed.
//
// The fix is right under these conditions:
//
//   - Every path that hides the failure passes this place, and returns. If a path
//     repeats the request, or continues with the next one, the loop must not
//     prevent that.
//   - The statement depends on the code only. Otherwise the loop would return where
//     a failure does not matter.
//   - The function already returns an error for a failure of resources. On the way
//     to that return, it does nothing that the loop's return would leave undone.
func (h *hiddenFailure) insert() []analysis.TextEdit {
	first := h.decision()
	if first == nil {
		return nil
	}
	at := h.insertion(first)
	if at == nil || !h.fits(at) {
		return nil
	}
	next := at
	if h.comparisonFix == nil {
		next = h.closest(at)
	}
	if !h.resolves(func(e *typestate.End) bool { return next.leadsTo(e) }) {
		return nil
	}
	w, ok := h.newLoopWriter(next.stmt.Pos())
	if !ok {
		return nil
	}
	loop, ok := w.loop(types.ExprString(at.response))
	zeros, named := w.zeros(h.results)
	names, imported := w.names("errors")
	if !ok || !named || !imported {
		return nil
	}
	pos := h.above(next)
	joined := w.joined(names[0])
	text := "var " + w.errs + " []error\n" + loop
	if null := h.onlyNil(next.stmt); null != nil {
		return h.edits(w, replacement(pos, pos, h.indented(text, next.stmt.Pos())), replacement(null.Pos(), null.End(), joined))
	}
	text += w.returning(zeros, names[0]) + "\n"
	return h.edits(w, replacement(pos, pos, h.indented(text, next.stmt.Pos())))
}

// onlyNil returns the nil of a "return nil", or nil if s is another statement. There
// the joined errors can take the place of nil, even if there are none.
func (h *hiddenFailure) onlyNil(s ast.Stmt) ast.Expr {
	ret, ok := s.(*ast.ReturnStmt)
	if ok && len(ret.Results) == 1 && h.isNil(ret.Results[0]) {
		return ret.Results[0]
	}
	return nil
}

// decision returns the end that hides a partial failure and has the first comparison. It
// returns nil if one of these ends is not a return.
func (h *hiddenFailure) decision() *typestate.End {
	var first *typestate.End
	for _, e := range h.ends {
		if e.Kind != typestate.Return {
			return nil
		}
		if first == nil || e.Compare < first.Compare {
			first = e
		}
	}
	return first
}

// An insertion is a place for the loop: before a statement.
type insertion struct {
	stmt     ast.Stmt
	list     []ast.Stmt // the statement, and those after it in its list
	after    token.Pos  // end of what comes before it
	end      token.Pos  // end of the list
	decides  bool       // the statement decides by the code; otherwise it comes after that decision
	response ast.Expr
}

// leadsTo reports whether the path to an end passes the insertion.
func (at *insertion) leadsTo(e *typestate.End) bool {
	pos := e.Pos
	if at.decides {
		pos = e.Compare
	}
	return at.stmt.Pos() <= pos && pos < at.end
}

// setList sets the list that the statement, a child of n, is in. It returns false if n has none.
func (at *insertion) setList(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BlockStmt:
		at.list, at.after, at.end = n.List, n.Lbrace+1, n.Rbrace
	case *ast.CaseClause:
		at.list, at.after, at.end = n.Body, n.Colon+1, n.End()
	case *ast.CommClause:
		at.list, at.after, at.end = n.Body, n.Colon+1, n.End()
	default:
		return false // a label: jumps to it would run the loop
	}
	i := slices.Index(at.list, at.stmt)
	if i > 0 {
		at.after = at.list[i-1].End()
	}
	at.list = at.list[i:]
	return true
}

// insertion returns the place before the statement that has the comparison of e in its
// condition or its cases. It returns nil if the statement is not plain.
func (h *hiddenFailure) insertion(e *typestate.End) *insertion {
	f, resp := h.function, h.value.Response
	read, ok := f.read(e).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	x := f.holder(resp, read)
	if x == nil {
		return nil
	}
	r := h.reads
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
	at := &insertion{stmt: path[i].(ast.Stmt), decides: true, response: x}
	if !at.setList(path[i+1]) {
		return nil
	}
	if read.End() < at.stmt.Pos() && !(contains(path[i+1], read.Pos()) && f.unchanged(x, read.End(), at.stmt.Pos())) {
		return nil
	}
	// With a goto, the order of the statements is not the order of the path.
	if innermost(path[i:]) != f.fn.Syntax() || r.jumps || !f.visible(x, at.stmt.Pos()) {
		return nil
	}
	return at
}

// decider returns the index in path of the if or switch statement that decides
// by the comparison at pos. It returns -1 if another statement has the comparison.
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

// plain reports whether an if or switch statement decides by comparisons of the code only.
func (r *codeReads) plain(s ast.Stmt) bool {
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

// closest returns the last place that all paths pass between the statement that decides and
// the ends that hide the failure: after the statement, in one of its branches, or
// before it. Then nothing changes for other codes.
func (h *hiddenFailure) closest(at *insertion) *insertion {
	place := &insertion{response: at.response}
	all := func(from, to token.Pos) bool {
		return !slices.ContainsFunc(h.ends, func(e *typestate.End) bool { return e.Pos < from || to <= e.Pos })
	}
	if len(at.list) > 1 && all(at.stmt.End(), at.end) {
		*place = *at
		place.stmt, place.list, place.after, place.decides = at.list[1], at.list[1:], at.stmt.End(), false
	} else {
		for n := range branches(at.stmt) {
			if list := stmts(n); len(list) > 0 && all(n.Pos(), n.End()) {
				place.stmt = list[0]
				place.setList(n)
			}
		}
	}
	if place.stmt == nil || !h.visible(at.response, place.stmt.Pos()) || !h.unchanged(at.response, at.stmt.Pos(), place.stmt.Pos()) {
		return at
	}
	return place
}

// branches returns the branches of a chain of if statements or of a switch, as the
// nodes that have their statements.
func branches(s ast.Stmt) iter.Seq[ast.Node] {
	return func(yield func(ast.Node) bool) {
		switch s := s.(type) {
		case *ast.SwitchStmt:
			for _, c := range s.Body.List {
				if !yield(c) {
					return
				}
			}
		case *ast.IfStmt:
			for next := ast.Stmt(s); next != nil; {
				body := next
				next = nil
				if s, ok := body.(*ast.IfStmt); ok {
					body, next = s.Body, s.Else
				}
				if !yield(body) {
					return
				}
			}
		}
	}
}

// stmts returns the statements of a block or clause.
func stmts(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}

// fits reports whether a loop at the insertion changes nothing that is right. Every path
// that hides a partial failure must pass the insertion. Every other path from there with a
// failure must return an error, must not inspect the entries itself, and must do
// nothing else before it returns. At least one such path must exist.
func (h *hiddenFailure) fits(at *insertion) bool {
	c := h.code()
	fails := false
	for i := range h.value.Ends {
		e := &h.value.Ends[i]
		hides := slices.Contains(h.ends, e)
		through := at.leadsTo(e)
		switch {
		case hides && !through:
			return false
		case !through || e.Judged == typestate.NotJudged || e.Codes.Intersects(c.Clean) || !e.Codes.Intersects(c.Partial) && !e.Codes.Intersects(c.Total):
			continue // not from there, or all entries succeeded, or there are none
		case e.ErrorUnknown: // another end decides
		case e.Detail >= typestate.Empty || e.Handed.Has(typestate.HandedDetail) || e.Kind != typestate.Return:
			return false
		case e.Signal == typestate.Failure || e.Signal == typestate.Maybe:
			if !h.nothingLost(h.reads, at, e.Pos) {
				return false
			}
			fails = true
		case !hides:
			return false
		}
	}
	return fails
}

// above returns the position for the loop: before the statement, or before its
// comment.
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
