package contract

import (
	"go/ast"
	"go/token"
	"go/types"
)

// A predicate is a function of this package that returns whether a code equals a
// constant, and nothing else:
//
//	func (r *Result) Throttled() bool { return r.Code == 4400 }
//	func (c Code) OK() bool           { return c == 0 }
//
// Its name says nothing. Where it is called, its result is a comparison like any other.
type predicate struct {
	comparison
	equal bool // it holds for the constant
}

// predicate notes fn if it is one.
func (s *scanner) predicate(fn *ast.FuncDecl) {
	body := bodyOf(fn)
	if body == nil || len(body.List) == 0 {
		return
	}
	ret, ok := body.List[len(body.List)-1].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return
	}
	p, ok := s.asked(ret.Results[0])
	if !ok || returns(body) > 1 {
		return
	}
	if obj, ok := s.in.Info.Defs[fn.Name].(*types.Func); ok {
		s.predicates[obj] = p
	}
}

// asked gives what an expression asks of a code, itself or by another predicate:
//
//	func (r *Result) OK() bool { return !failed(r.Code) }
func (s *scanner) asked(e ast.Expr) (p predicate, ok bool) {
	switch e := ast.Unparen(e).(type) {
	case *ast.UnaryExpr:
		p, ok = s.asked(e.X)
		p.equal = !p.equal
		return p, ok && e.Op == token.NOT
	case *ast.BinaryExpr:
		if e.Op != token.EQL && e.Op != token.NEQ {
			return p, false
		}
		x, y := s.sides(e)
		p.value, ok = intValue(s.in.Info.Types[y].Value)
		p.code, p.status, p.equal = s.code(x), s.isStatus(y), e.Op == token.EQL
		return p, ok && p.code != nil
	case *ast.CallExpr:
		fn := s.callee(e)
		if fn == nil || len(s.predicates) == 0 {
			return p, false
		}
		if p, ok = s.predicates[fn.Origin()]; !ok || p.code.IsField() {
			return p, ok
		}
		for v, arg := range s.passed(e, fn) { // the code is what it is given
			if v == p.code {
				p.code = s.code(arg)
				return p, p.code != nil
			}
		}
	}
	return p, false
}

// bodyOf gives the body of a function: a literal's, where all that the function does is to call it and to return
// what it gives.
func bodyOf(fn *ast.FuncDecl) *ast.BlockStmt {
	body := fn.Body
	for body != nil && len(body.List) == 1 {
		ret, ok := body.List[0].(*ast.ReturnStmt)
		if !ok || len(ret.Results) != 1 {
			break
		}
		call, ok := ast.Unparen(ret.Results[0]).(*ast.CallExpr)
		if !ok || len(call.Args) > 0 {
			break
		}
		literal, ok := ast.Unparen(call.Fun).(*ast.FuncLit)
		if !ok {
			break
		}
		body = literal.Body
	}
	return body
}

// returns counts the returns in a body, those of literals too.
func returns(body *ast.BlockStmt) (n int) {
	ast.Inspect(body, func(node ast.Node) bool {
		if _, ok := node.(*ast.ReturnStmt); ok {
			n++
		}
		return true
	})
	return n
}

// ask notes a call of a predicate. The stack ends in the call.
func (s *scanner) ask(call *ast.CallExpr, stack []ast.Node) {
	p, ok := s.asked(call)
	if !ok {
		return
	}
	c := p.comparison
	c.test = s.test
	c.kept = keepsOutcome(stack)
	c.proven = !c.kept && s.failsOtherwise(p.equal, stack)
	s.add(c)
}

// keepsOutcome reports whether the outcome of the comparison in which the stack ends, or
// what && and || make of it, is returned or assigned to a variable.
func keepsOutcome(stack []ast.Node) bool {
	for i := len(stack) - 2; i >= 0; i-- {
		switch stack[i].(type) {
		case *ast.ParenExpr, *ast.BinaryExpr, *ast.UnaryExpr:
		case *ast.ReturnStmt, *ast.AssignStmt, *ast.ValueSpec:
			return true
		default:
			return false
		}
	}
	return false
}
