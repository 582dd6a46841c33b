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
//
// Its name says nothing. Where it is called, its result is a comparison like any other.
type predicate struct {
	comparison
	equal bool // it holds for the constant
}

// predicate notes fn if it is one.
func (s *scanner) predicate(fn *ast.FuncDecl) {
	if fn.Body == nil || len(fn.Body.List) == 0 {
		return
	}
	ret, ok := fn.Body.List[len(fn.Body.List)-1].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return
	}
	b, ok := ast.Unparen(ret.Results[0]).(*ast.BinaryExpr)
	if !ok || b.Op != token.EQL && b.Op != token.NEQ || returns(fn.Body) > 1 {
		return
	}
	x, y := s.sides(b)
	value, ok := intValue(s.in.Info.Types[y].Value)
	if !ok {
		return
	}
	code := s.code(x)
	if code == nil {
		return
	}
	if obj, ok := s.in.Info.Defs[fn.Name].(*types.Func); ok {
		s.predicates[obj] = predicate{comparison{code: code, value: value, status: s.isStatus(y)}, b.Op == token.EQL}
	}
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
func (s *scanner) ask(fn *types.Func, stack []ast.Node) {
	if fn == nil || len(s.predicates) == 0 {
		return
	}
	p, ok := s.predicates[fn.Origin()]
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
