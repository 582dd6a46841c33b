package contract

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"strings"
)

// failsOtherwise reports whether a comparison of a code with a constant sends
// every other value to failure, as in
//
//	if r.Code != 1 { return err }
//	if r.Code == 1 { return nil }; return err
//	switch r.Code { case 1: return nil; default: return err }
//
// The stack ends in the comparison, or in the clause of a switch over the code;
// equal says whether the comparison, or the clause, holds for the constant.
//
// It follows the syntax only, and takes && and || as if they had no other operand:
// where it is wrong, a type counts as foreign, and the analyzer is silent.
func (s *scanner) failsOtherwise(equal bool, stack []ast.Node) bool {
	for i := len(stack) - 1; i > 0; i-- {
		child := stack[i]
		switch n := stack[i-1].(type) {
		case *ast.ParenExpr, *ast.BinaryExpr:
		case *ast.UnaryExpr:
			equal = !equal // only ! applies to a bool
		case *ast.ForStmt:
			return child == n.Cond && !equal // repeats until it is equal
		case *ast.IfStmt:
			if child != n.Cond {
				return false
			}
			switch outer := stack[:i]; {
			case !equal:
				return s.fails(n.Body.List, outer)
			case n.Else != nil:
				return s.fails([]ast.Stmt{n.Else}, outer)
			default: // the other values skip the body, which counts where it ends in success
				return s.succeeds(n.Body.List, outer) && s.failsAfter(outer)
			}
		case *ast.CaseClause: // of a switch without a tag
			return s.clauseFailsOtherwise(n, equal, stack[:i])
		case *ast.BlockStmt: // child is a clause of a switch with the code as its tag
			return s.clauseFailsOtherwise(child.(*ast.CaseClause), equal, stack[:i+1])
		default:
			return false
		}
	}
	return false
}

// clauseFailsOtherwise is failsOtherwise for a clause of a switch; the stack ends in the clause.
func (s *scanner) clauseFailsOtherwise(clause *ast.CaseClause, equal bool, stack []ast.Node) bool {
	if !equal {
		return s.fails(clause.Body, stack)
	}
	body := stack[len(stack)-2].(*ast.BlockStmt)
	for _, other := range body.List {
		if other := other.(*ast.CaseClause); other.List == nil {
			return s.fails(other.Body, stack)
		}
	}
	return s.succeeds(clause.Body, stack) && s.failsAfter(stack[:len(stack)-2])
}

// failsAfter reports whether the statements that run after the last one of the
// stack, in its block and those around it, end in failure. Another turn of a loop is one.
func (s *scanner) failsAfter(stack []ast.Node) bool {
	for i := len(stack) - 1; i > 0; i-- {
		var list []ast.Stmt
		switch n := stack[i-1].(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		case *ast.ForStmt, *ast.RangeStmt:
			return true
		case *ast.FuncDecl, *ast.FuncLit:
			return false
		}
		if last := len(list) - 1; last >= 0 && list[last] != stack[i] {
			if ret, ok := list[last].(*ast.ReturnStmt); ok {
				return s.returned(ret, stack) == failure
			}
			if s.fails(list[last:], stack) {
				return true
			}
			if _, ok := list[last].(*ast.BranchStmt); ok {
				return false
			}
		}
	}
	return false
}

// fails reports whether statements end in failure: they return a non-nil error, false,
// or early from a function without results; panic or stop the program or test;
// continue with the next turn; or set an error variable.
func (s *scanner) fails(list []ast.Stmt, stack []ast.Node) bool {
	if len(list) == 0 {
		return false
	}
	switch n := list[len(list)-1].(type) {
	case *ast.BlockStmt:
		return s.fails(n.List, stack)
	case *ast.IfStmt:
		return n.Else != nil && s.fails(n.Body.List, stack) && s.fails([]ast.Stmt{n.Else}, stack)
	case *ast.BranchStmt:
		return n.Tok == token.CONTINUE
	case *ast.ReturnStmt:
		return len(n.Results) == 0 || s.returned(n, stack) == failure
	case *ast.AssignStmt:
		last := len(n.Rhs) - 1
		return len(n.Lhs) == len(n.Rhs) && isError(s.in.Info.TypeOf(n.Lhs[last])) && !s.in.Info.Types[n.Rhs[last]].IsNil()
	case *ast.ExprStmt:
		call, ok := n.X.(*ast.CallExpr)
		return ok && givesUp(call)
	}
	return false
}

// givesUp reports whether a call is panic, os.Exit, log.Fatal, t.Errorf or one like them.
func givesUp(call *ast.CallExpr) bool {
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		return f.Name == "panic"
	case *ast.SelectorExpr:
		for _, prefix := range []string{"Fatal", "Panic", "Error", "Exit", "Fail", "Goexit"} {
			if strings.HasPrefix(f.Sel.Name, prefix) {
				return true
			}
		}
	}
	return false
}

// succeeds reports whether statements end in success: they return a nil error
// or true, return from a function without results, or leave a loop.
func (s *scanner) succeeds(list []ast.Stmt, stack []ast.Node) bool {
	if len(list) == 0 {
		return false
	}
	switch n := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return len(n.Results) == 0 || s.returned(n, stack) == success
	case *ast.BranchStmt:
		return n.Tok == token.BREAK
	}
	return false
}

type outcome int

const (
	unknown outcome = iota // the results don't say
	success
	failure
)

// returned returns the outcome that a return statement with results signals by
// the last of them: an error, a bool, or else something that may be nil.
func (s *scanner) returned(ret *ast.ReturnStmt, stack []ast.Node) outcome {
	ret, stack = s.follow(ret, stack)
	n := len(ret.Results)
	sig := s.enclosing(stack)
	if n == 0 || sig == nil || sig.Results().Len() != n { // return f(), with several results
		return unknown
	}
	tv := s.in.Info.Types[ret.Results[n-1]]
	switch t := sig.Results().At(n - 1).Type().Underlying().(type) {
	case *types.Basic:
		switch {
		case t.Kind() != types.Bool || tv.Value == nil:
			return unknown
		case constant.BoolVal(tv.Value):
			return success
		}
		return failure
	case *types.Struct, *types.Array:
		return unknown
	}
	// Only for an error is nil the good news.
	if tv.IsNil() == isError(sig.Results().At(n-1).Type()) {
		return success
	}
	return failure
}

// follow gives the return statement of a literal, or of a function of the package, that does nothing but
// return, where ret returns what it gives:
//
//	return func() error { return nil }()
//	return done() // func done() error { return nil }
func (s *scanner) follow(ret *ast.ReturnStmt, stack []ast.Node) (*ast.ReturnStmt, []ast.Node) {
	if len(ret.Results) != 1 {
		return ret, stack
	}
	call, ok := ast.Unparen(ret.Results[0]).(*ast.CallExpr)
	if !ok {
		return ret, stack
	}
	var fn ast.Node
	var body *ast.BlockStmt
	switch f := ast.Unparen(call.Fun).(type) {
	case *ast.FuncLit:
		fn, body = f, f.Body
	case *ast.Ident:
		if decl := s.declared(f); decl != nil {
			fn, body = decl, decl.Body
		}
	case *ast.SelectorExpr:
		if decl := s.declared(f.Sel); decl != nil {
			fn, body = decl, decl.Body
		}
	}
	if body == nil || len(body.List) != 1 {
		return ret, stack
	}
	if only, ok := body.List[0].(*ast.ReturnStmt); ok {
		return only, []ast.Node{fn}
	}
	return ret, stack
}

// declared gives the declaration of the function of this package that has the name, nil if it has another.
func (s *scanner) declared(name *ast.Ident) *ast.FuncDecl {
	fn, ok := s.in.Info.Uses[name].(*types.Func)
	if !ok || fn.Pkg() != s.in.Pkg {
		return nil
	}
	if s.decls == nil {
		s.decls = make(map[*types.Func]*ast.FuncDecl)
		for _, file := range s.in.Files {
			for _, decl := range file.Decls {
				if decl, ok := decl.(*ast.FuncDecl); ok {
					if fn, ok := s.in.Info.Defs[decl.Name].(*types.Func); ok {
						s.decls[fn] = decl
					}
				}
			}
		}
	}
	return s.decls[fn.Origin()]
}

// enclosing returns the signature of the innermost function on the stack, or nil.
func (s *scanner) enclosing(stack []ast.Node) *types.Signature {
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.FuncLit:
			sig, _ := s.in.Info.TypeOf(n).(*types.Signature)
			return sig
		case *ast.FuncDecl:
			if fn, ok := s.in.Info.Defs[n.Name].(*types.Func); ok {
				return fn.Signature()
			}
		}
	}
	return nil
}

var errorType = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

func isError(t types.Type) bool {
	return t != nil && types.Implements(t, errorType)
}
