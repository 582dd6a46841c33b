package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
)

// nothingLost reports whether a return at the insertion can replace the return at pos,
// where the function fails. The statements between the two may only make the error or
// log it. Any other statement may be an unlock or a rollback.
//
// This failing path also shows that nothing else has to be done before an error is
// returned there.
func (f *function) nothingLost(r *codeReads, at *insertion, pos token.Pos) bool {
	path := f.path(pos)
	i := slices.IndexFunc(path, isReturn)
	if i < 0 || !f.noSideEffects(r, path[i]) {
		return false
	}
	for ; i+1 < len(path); i++ {
		child := path[i]
		var list []ast.Stmt
		switch n := path[i+1].(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		case *ast.IfStmt:
			if n.Init != nil && !f.noSideEffects(r, n.Init) || !f.noSideEffects(r, n.Cond) {
				return false
			}
		case *ast.SwitchStmt:
			if n.Init != nil && !f.noSideEffects(r, n.Init) || n.Tag != nil && !f.noSideEffects(r, n.Tag) {
				return false
			}
		default:
			return false
		}
		outermost := slices.Contains(list, at.stmt)
		if outermost {
			list = at.list
			if child != at.stmt {
				list = list[1:]
			}
		}
		for _, s := range list {
			if s == child {
				break
			}
			if !f.noSideEffects(r, s) {
				return false
			}
		}
		if outermost {
			return true
		}
	}
	return false
}

// noSideEffects reports whether a statement or expression only computes, makes errors
// and logs.
func (f *function) noSideEffects(r *codeReads, n ast.Node) bool {
	ok := true
	ast.PreorderStack(n, nil, func(n ast.Node, stack []ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt, *ast.DeferStmt, *ast.SendStmt, *ast.SelectStmt, *ast.LabeledStmt, *ast.FuncLit:
			ok = false
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		case *ast.AssignStmt:
			for _, x := range n.Lhs {
				ok = ok && f.local(x)
			}
		case *ast.IncDecStmt:
			ok = ok && f.local(n.X)
		case *ast.CallExpr:
			var parent ast.Node
			if len(stack) > 0 {
				parent = stack[len(stack)-1]
			}
			switch parent := parent.(type) {
			case *ast.ExprStmt:
				ok = ok && (f.logs(n) || f.builtin(n) == "panic")
			default:
				_, returned := parent.(*ast.ReturnStmt)
				ok = ok && f.computes(r, n, returned)
			}
		}
		return ok
	})
	return ok
}

// local reports whether x is a variable of the function, or an element of a
// collection that the function made.
func (f *function) local(x ast.Expr) bool {
	if index, ok := x.(*ast.IndexExpr); ok {
		id, ok := index.X.(*ast.Ident)
		return ok && f.local(id) && f.made(variable(f.pass.TypesInfo, id))
	}
	id, ok := x.(*ast.Ident)
	if !ok {
		return false
	}
	v := variable(f.pass.TypesInfo, id)
	return id.Name == "_" || v != nil && v.Parent() != f.pass.Pkg.Scope()
}

// made reports whether all values that are assigned to the variable are new.
func (f *function) made(v types.Object) bool {
	made := false
	for _, a := range f.digestOf(f.fn.Syntax()).assigned {
		if root(f.pass.TypesInfo, a.lhs) != v {
			continue
		}
		if _, index := a.lhs.(*ast.IndexExpr); index {
			continue
		}
		switch rhs := a.rhs.(type) {
		case *ast.CompositeLit:
		case *ast.CallExpr:
			if name := f.builtin(rhs); name != "make" && name != "append" {
				return false
			}
		default:
			return false
		}
		made = true
	}
	return made
}

// callee returns the function or method that is called, or nil.
func (f *function) callee(call *ast.CallExpr) *types.Func {
	var id *ast.Ident
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	}
	fn, _ := f.pass.TypesInfo.Uses[id].(*types.Func)
	return fn
}

// logs reports whether the call prints to a log or to standard output.
func (f *function) logs(call *ast.CallExpr) bool {
	fn := f.callee(call)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	if fn.Pkg().Path() == "fmt" {
		return strings.HasPrefix(fn.Name(), "Print")
	}
	return f.isLoggers(fn) || f.index.kind(fn)&library.Prints != 0 || byname.Is(library.Logs, fn) && takesAny(fn.Signature())
}

// isLoggers reports whether a function of a logger logs, or makes a part of what is logged.
func (f *function) isLoggers(fn *types.Func) bool {
	return byname.Package(fn)&library.Prints != 0 && !byname.Is(library.Ends, fn) &&
		!strings.HasPrefix(fn.Name(), "Set") && !strings.HasPrefix(fn.Name(), "Replace")
}

// takesAny reports whether a function takes any number of arguments of any type, and gives nothing.
func takesAny(sig *types.Signature) bool {
	if !sig.Variadic() || sig.Results().Len() > 0 {
		return false
	}
	last, ok := sig.Params().At(sig.Params().Len() - 1).Type().(*types.Slice)
	return ok && gotype.IsAny(last.Elem())
}

// computes reports whether a call only computes its result. That is assumed of functions
// whose result is returned, and of those that get the code: they make the error. It is
// not assumed of methods: tx.Rollback() returns an error too.
func (f *function) computes(r *codeReads, call *ast.CallExpr, returned bool) bool {
	if f.pass.TypesInfo.Types[call.Fun].IsType() {
		return true
	}
	switch f.builtin(call) {
	case "":
	case "append", "cap", "len", "make", "max", "min", "new", "complex", "imag", "real":
		return true
	default:
		return false
	}
	fn := f.callee(call)
	if fn == nil {
		return false
	}
	if f.isLoggers(fn) || byname.Is(library.Dereferences|library.MakesError|library.WrapsNil, fn) || f.decodesLocally(call, fn) {
		return true
	}
	if fn.Signature().Recv() != nil {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && r.holders.has(r.root(sel.X)) {
			return true
		}
		return len(call.Args) == 0 && (fn.Name() == "Error" || fn.Name() == "String")
	}
	if fn.Pkg() == nil {
		return false
	}
	switch fn.Pkg().Path() {
	case "errors", "strconv", "strings":
		return true
	case "fmt":
		return fn.Name() == "Errorf" || strings.HasPrefix(fn.Name(), "Sprint")
	}
	return returned || slices.ContainsFunc(call.Args, r.is)
}
