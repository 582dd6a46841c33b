package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// Where a fix can test a signal: after the test of the error, and after what must still be done.

// A signalPlace is where a fix tests the signals.
type signalPlace struct {
	after ast.Stmt        // the statement before the test
	last  *ast.ReturnStmt // the return before which the test stands, nil if the test stands elsewhere
	error *errorReturn    // what the test returns
}

// find finds the place for the test.
func (c *uncheckedCall) find() (p signalPlace, ok bool) {
	if c.head != nil {
		if p.error, ok = c.errorPath(c.head); !ok || c.out != nil && c.assign.Tok == token.ASSIGN {
			return p, false
		}
		p.after = c.head
		return p, c.onLineOfItsOwn(c.head, 0)
	}
	i := 1
	for ; i < len(c.place.list) && c.passes(c.place.list[i]); i++ {
	}
	if i == len(c.place.list) {
		return p, false
	}
	switch s := c.place.list[i].(type) {
	case *ast.IfStmt:
		if p.error, ok = c.errorPath(s); !ok {
			return p, false
		}
		if i, ok = c.afterUses(i, p.error); !ok {
			return p, false
		}
		p.after = c.place.list[i]
	case *ast.ReturnStmt:
		p.last = s
		if p.error, ok = c.tail(s, i); !ok {
			return p, false
		}
		i--
		p.after = c.place.list[i]
	default:
		return p, false
	}
	return p, c.onLineOfItsOwn(p.after, i)
}

// onLineOfItsOwn reports whether statements can be inserted before the call and after the i'th statement of its list,
// without a change of other lines.
func (c *uncheckedCall) onLineOfItsOwn(after ast.Stmt, i int) bool {
	line := func(pos token.Pos) int { return c.pass.Fset.PositionFor(pos, false).Line }
	next := c.place.end
	if i+1 < len(c.place.list) {
		next = c.place.list[i+1].Pos()
	}
	return line(c.place.after) < line(c.place.stmt.Pos()) && line(after.End()) < line(next)
}

// passes reports whether a statement between the call and the check of its error leaves both as they are.
func (c *uncheckedCall) passes(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ExprStmt, *ast.AssignStmt, *ast.IncDecStmt, *ast.DeclStmt, *ast.DeferStmt:
		return c.leaves(s, c.errVar) && c.leaves(s, c.out)
	}
	return false
}

// leaves reports whether a node doesn't set the variable.
func (c *uncheckedCall) leaves(n ast.Node, v types.Object) bool {
	return v == nil || writes(c.pass.TypesInfo, n, v, func(token.Pos) bool { return true }) == 0
}

// errorPath returns what an if statement returns if the call failed. The result is false if the statement does anything
// else.
func (c *uncheckedCall) errorPath(s *ast.IfStmt) (*errorReturn, bool) {
	if s.Else != nil || s.Init != nil && s != c.head || !c.isFailure(s.Cond) || len(s.Body.List) == 0 {
		return nil, false
	}
	last := len(s.Body.List) - 1
	ret, ok := s.Body.List[last].(*ast.ReturnStmt)
	if !ok || !c.noSideEffects(c.reads, ret) {
		return nil, false
	}
	for _, s := range s.Body.List[:last] {
		if leavesBlock(s) || !c.noSideEffects(c.reads, s) {
			return nil, false
		}
	}
	e, ok := c.errorReturn(ret)
	if !ok {
		return nil, false
	}
	for _, x := range e.exprs {
		if !c.unchanged(x, s.Body.Pos(), s.Body.End()) {
			return nil, false
		}
	}
	return e, true
}

// leavesBlock reports whether a statement may be left other than by going on with the next one.
func leavesBlock(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ReturnStmt, *ast.BranchStmt:
			found = true
		case *ast.FuncLit:
			return false
		}
		return !found
	})
	return found
}

// isFailure reports whether x is "err != nil", with the error of the call.
func (c *uncheckedCall) isFailure(x ast.Expr) bool {
	b, ok := ast.Unparen(x).(*ast.BinaryExpr)
	if !ok || b.Op != token.NEQ || c.errVar == nil {
		return false
	}
	return c.isError(b.X) && c.isNil(b.Y) || c.isNil(b.X) && c.isError(b.Y)
}

// isError reports whether x is the variable for the error of the call.
func (c *uncheckedCall) isError(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && c.errVar != nil && c.pass.TypesInfo.ObjectOf(id) == c.errVar
}

// tail returns what the test returns before a return statement, the i'th of the list, that returns the call's error, or
// nil if the call gives none.
func (c *uncheckedCall) tail(ret *ast.ReturnStmt, i int) (*errorReturn, bool) {
	if c.errVar == nil {
		if i > 1 || len(ret.Results) != c.fn.Signature.Results().Len() || !c.isNil(ret.Results[len(ret.Results)-1]) ||
			!c.noSideEffects(c.reads, ret) || c.mentions(ret) {
			return nil, false
		}
		w := &loopWriter{imports: &imports{function: c.function, pos: ret.Pos()}}
		zeros, ok := w.zeros(c.results)
		return &errorReturn{others: zeros, wrap: func(err string) string { return err }}, ok
	}
	e, ok := c.errorReturn(ret)
	if !ok || c.mentions(ret) || e.same == "" {
		return nil, false
	}
	return e, true
}

// afterUses returns the index of the statement after which the test stands, given that of the check of the call's error:
// the last that has an effect by what it does with the response. Without one, it is the check, or a test that follows it:
// whether there is a response.
func (c *uncheckedCall) afterUses(check int, e *errorReturn) (int, bool) {
	if c.usedElsewhere() {
		return 0, false
	}
	start := check + 1
	if start < len(c.place.list) && c.leavesIfNil(c.place.list[start]) {
		c.present = true
		start++
	}
	last := start - 1
	for i, s := range c.place.list[start:] {
		if c.mentions(s) && !c.harmless(s, e) {
			last = start + i
		}
	}
	if _, ok := c.place.list[last].(*ast.ReturnStmt); ok {
		return 0, false
	}
	for _, s := range c.place.list[start : last+1] {
		if jumpsOut(s) {
			return 0, false
		}
	}
	from, to := c.place.list[check].End(), c.place.list[last].End()
	return last, !slices.ContainsFunc(c.value.Ends, func(e typestate.End) bool {
		return e.Kind != typestate.Iteration && from <= e.Pos && e.Pos < to && c.unchecked(c.value, &e)
	})
}

// leavesIfNil reports whether a statement is left other than by going on with the next one if the response is nil.
func (c *uncheckedCall) leavesIfNil(s ast.Stmt) bool {
	test, ok := s.(*ast.IfStmt)
	if !ok || test.Init != nil || test.Else != nil || len(test.Body.List) == 0 || !c.isAbsence(test.Cond, token.EQL) {
		return false
	}
	switch test.Body.List[len(test.Body.List)-1].(type) {
	case *ast.ReturnStmt, *ast.BranchStmt:
		return true
	}
	return false
}

// isAbsence reports whether x compares the response with nil.
func (c *uncheckedCall) isAbsence(x ast.Expr, op token.Token) bool {
	b, ok := ast.Unparen(x).(*ast.BinaryExpr)
	if !ok || b.Op != op {
		return false
	}
	isOut := func(x ast.Expr) bool {
		id, ok := ast.Unparen(x).(*ast.Ident)
		return ok && c.out != nil && c.pass.TypesInfo.ObjectOf(id) == c.out
	}
	return isOut(b.X) && c.isNil(b.Y) || c.isNil(b.X) && isOut(b.Y)
}

// nonNil reports whether there is a response where a fix tests it. A function that compares it with nil expects that a
// call may give neither a response nor an error: one of an interface, for example.
func (c *uncheckedCall) nonNil() bool {
	if c.present {
		return true
	}
	compared := false
	ast.Inspect(c.fn.Syntax(), func(n ast.Node) bool {
		x, ok := n.(ast.Expr)
		compared = compared || ok && (c.isAbsence(x, token.EQL) || c.isAbsence(x, token.NEQ))
		return !compared
	})
	return c.direct && !compared
}

// harmless reports whether nothing is lost if a statement is left out on a path that returns an error: it only sets
// variables that the path doesn't return, and that no literal shares. A function whose result is returned may do more
// than make it.
func (c *uncheckedCall) harmless(s ast.Stmt, e *errorReturn) bool {
	ok := c.noSideEffects(c.reads, s)
	ast.Inspect(s, func(n ast.Node) bool {
		var set []ast.Expr
		switch n := n.(type) {
		case *ast.ReturnStmt:
			for _, x := range n.Results {
				call, isCall := x.(*ast.CallExpr)
				ok = ok && (!isCall || c.computes(c.reads, call, false))
			}
		case *ast.AssignStmt:
			set = n.Lhs
		case *ast.IncDecStmt:
			set = []ast.Expr{n.X}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				set = []ast.Expr{n.X}
			}
		}
		for _, x := range set {
			v := root(c.pass.TypesInfo, x)
			ok = ok && (v == nil || !c.shared(v) && !slices.ContainsFunc(e.exprs, func(x ast.Expr) bool { return c.uses(x, v) }))
		}
		return ok
	})
	return ok
}

// shared reports whether a literal in the function, or the function around it, uses the variable, too.
func (c *uncheckedCall) shared(v types.Object) bool {
	shared := !contains(c.fn.Syntax(), v.Pos())
	ast.Inspect(c.fn.Syntax(), func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && n != c.fn.Syntax() {
			shared = shared || c.uses(lit, v)
		}
		return !shared
	})
	return shared
}

// uses reports whether a node mentions a variable.
func (f *function) uses(n ast.Node, v types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && f.pass.TypesInfo.ObjectOf(id) == v
		return !found
	})
	return found
}

// usedElsewhere reports whether the variable for the response is used outside the list after the call.
func (c *uncheckedCall) usedElsewhere() bool {
	if c.out == nil {
		return false
	}
	elsewhere := false
	ast.Inspect(c.fn.Syntax(), func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if ok && c.pass.TypesInfo.Uses[id] == c.out && (id.Pos() < c.place.stmt.Pos() || c.place.end <= id.Pos()) {
			elsewhere = true
		}
		return !elsewhere
	})
	return elsewhere
}

// mentions reports whether a node mentions the response, or something that was made of it.
func (c *uncheckedCall) mentions(n ast.Node) bool {
	if c.out == nil {
		return false
	}
	if c.holders == nil {
		c.holders = map[types.Object]bool{c.out: true}
		for n := 0; n != len(c.holders); {
			n = len(c.holders)
			ast.Inspect(c.fn.Syntax(), c.follow)
		}
	}
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && c.holders[c.pass.TypesInfo.Uses[id]]
		return !found
	})
	return found
}

// follow adds the variables that get something of the response from a node.
func (c *uncheckedCall) follow(n ast.Node) bool {
	mentions := func(exprs ...ast.Expr) bool {
		return slices.ContainsFunc(exprs, func(x ast.Expr) bool { return x != nil && c.mentions(x) })
	}
	add := func(exprs ...ast.Expr) {
		for _, x := range exprs {
			if _, named := x.(*ast.Ident); x == nil || !named && !c.isLocal(x) {
				continue // what it points to outlives the function
			}
			if v := root(c.pass.TypesInfo, x); v != nil && !typestate.IsError(v.Type()) {
				c.holders[v] = true
			}
		}
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		if mentions(n.Rhs...) {
			add(n.Lhs...)
		}
	case *ast.ValueSpec:
		if mentions(n.Values...) {
			for _, id := range n.Names {
				add(id)
			}
		}
	case *ast.RangeStmt:
		if mentions(n.X) {
			add(n.Key, n.Value)
		}
	case *ast.CallExpr:
		if mentions(n.Args...) {
			for _, a := range n.Args {
				if u, ok := ast.Unparen(a).(*ast.UnaryExpr); ok && u.Op == token.AND {
					add(u.X)
				}
			}
		}
	}
	return true
}

// isLocal reports whether x is in a variable, rather than behind a pointer.
func (c *uncheckedCall) isLocal(x ast.Expr) bool {
	v := root(c.pass.TypesInfo, x)
	return v != nil && !gotype.IsPointer(v.Type())
}
