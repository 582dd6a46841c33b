package typestate

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/cfg"
	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
)

// NoReturnKind says how a call that never returns ends the path.
type NoReturnKind uint8

const (
	returns      NoReturnKind = iota
	exitsProcess              // the process ends: what is owed by then is never paid
	unwinds                   // a panic, a test's failure: the path owes nothing
)

// NoReturns knows the functions of a package that never return: those known by
// name, and those that end in such calls on every path.
type NoReturns struct {
	files           []*ast.File
	info            *types.Info
	configuredKinds func(*types.Func) library.Kind
	imported        func(*types.Func) NoReturnKind
	pkg             *types.Package                // nil if it declares no function
	decls           map[*types.Func]*ast.FuncDecl // see decl
	named           map[*types.Func]NoReturnKind  // see byName
	verdicts        memo[*types.Func, NoReturnKind]
}

// NewNoReturns looks at the functions of the given files on demand. SSA has to be told which ones never return:
// go/analysis/passes/ctrlflow isn't used, since its facts need an analysis of every package of the import closure.
// configured is what the configuration says, as [Config.ConfiguredKinds] is, and imported says which functions of
// other packages never return; both may be nil.
func NewNoReturns(files []*ast.File, info *types.Info, configured func(*types.Func) library.Kind, imported func(*types.Func) NoReturnKind) *NoReturns {
	x := &NoReturns{
		files: files, info: info, configuredKinds: configured, imported: imported,
		named: make(map[*types.Func]NoReturnKind), verdicts: newMemo[*types.Func, NoReturnKind](),
	}
	for fn := range x.declared {
		x.pkg = fn.Pkg()
		break
	}
	return x
}

// declared gives the functions of the package that have a body.
func (x *NoReturns) declared(yield func(*types.Func, *ast.FuncDecl) bool) {
	for _, f := range x.files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.FuncDecl); ok && d.Body != nil {
				if fn, ok := x.info.Defs[d.Name].(*types.Func); ok && !yield(fn, d) {
					return
				}
			}
		}
	}
}

// decl returns the declaration of a function of the package, if it has a body.
// In many packages nobody asks for any.
func (x *NoReturns) decl(fn *types.Func) *ast.FuncDecl {
	if fn.Pkg() != x.pkg {
		return nil
	}
	if x.decls == nil {
		x.decls = maps.Collect(x.declared)
	}
	return x.decls[fn]
}

// Own gives the exported functions of the package that never return: those that end in a call of one that doesn't, and
// have no return statement. Few functions do so, and a look at the source tells which ones may.
func (x *NoReturns) Own(yield func(*types.Func, NoReturnKind)) {
	for fn, decl := range x.declared {
		if fn.Exported() && x.ends(fn, decl, nil) {
			if e := x.of(fn); e != returns {
				yield(fn, e)
			}
		}
	}
}

// ends reports whether the last statement of a function of the package is a call of
// a function that never returns, or of one that ends so, and there is no return.
// The callers are functions that end in a call of fn.
func (x *NoReturns) ends(fn *types.Func, decl *ast.FuncDecl, callers []*types.Func) bool {
	n := len(decl.Body.List)
	if n == 0 || slices.Contains(callers, fn) {
		return false
	}
	expr, ok := decl.Body.List[n-1].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := expr.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	stops := false
	if _, literal := ast.Unparen(call.Fun).(*ast.FuncLit); literal || x.isPanic(call) {
		stops = x.ofCall(call) != returns
	} else if callee, ok := typeutil.Callee(x.info, call).(*types.Func); ok {
		if d := x.decl(callee); d != nil && x.byName(callee) == returns {
			stops = x.ends(callee, d, append(callers, fn))
		} else {
			stops = x.of(callee) != returns
		}
	}
	return stops && !hasReturn(decl.Body)
}

func (x *NoReturns) isPanic(call *ast.CallExpr) bool {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	return ok && id.Name == "panic" && x.info.Uses[id] == types.Universe.Lookup("panic")
}

// hasReturn reports whether there is a return statement of the function itself.
func hasReturn(body *ast.BlockStmt) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			found = true
		}
		return !found
	})
	return found
}

// byName says how a function ends the path if its name shows that it never returns. If the configuration names it,
// nothing is reported for the path, since the configuration doesn't say how it ends.
func (x *NoReturns) byName(fn *types.Func) NoReturnKind {
	if fn == nil {
		return returns
	}
	e, ok := x.named[fn]
	if ok {
		return e
	}
	if row := byname.Find(library.Ends, fn); row != nil && row.Kinds == library.Exits {
		e = exitsProcess
	} else if row != nil || x.configuredKinds != nil && x.configuredKinds(fn)&library.Unwinds != 0 {
		e = unwinds
	}
	x.named[fn] = e
	return e
}

// NoReturn reports whether fn never returns. It is a predicate for
// [ssa.Program.SetNoReturn].
func (x *NoReturns) NoReturn(fn *types.Func) bool { return x.of(fn) != returns }

func (x *NoReturns) of(fn *types.Func) NoReturnKind {
	if e := x.byName(fn); e != returns || fn == nil {
		return e
	}
	if decl := x.decl(fn); decl != nil {
		return x.verdicts.of(fn, returns, func() NoReturnKind { return x.ofBody(decl.Body) })
	}
	switch {
	case x.imported == nil || fn.Pkg() == nil:
		return returns
	case fn.Pkg() == x.pkg: // more may become known
		return x.imported(fn.Origin())
	}
	return x.verdicts.of(fn, returns, func() NoReturnKind { return x.imported(fn.Origin()) })
}

func (x *NoReturns) ofBody(body *ast.BlockStmt) NoReturnKind {
	if !x.mayStop(body) {
		return returns
	}
	how := exitsProcess
	g := cfg.New(body, func(call *ast.CallExpr) bool {
		e := x.ofCall(call)
		if e == unwinds {
			how = unwinds
		}
		return e == returns
	})
	if !g.NoReturn() {
		return returns
	}
	return how
}

func (x *NoReturns) ofCall(call *ast.CallExpr) NoReturnKind {
	if x.isPanic(call) {
		return unwinds
	}
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok { // func() { panic(v) }()
		return x.ofBody(lit.Body)
	}
	if e := x.ofReceiver(call); e != returns {
		return e
	}
	callee, _ := typeutil.Callee(x.info, call).(*types.Func)
	return x.of(callee)
}

// ofReceiver says how the call that gives the receiver ends the path: it comes first.
//
//	log.Panic().Str("id", id).Msg("stop") // of zerolog
func (x *NoReturns) ofReceiver(call *ast.CallExpr) NoReturnKind {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return returns
	}
	first, ok := ast.Unparen(sel.X).(*ast.CallExpr)
	if !ok {
		return returns
	}
	return x.ofCall(first)
}

// mayStop reports whether something in a body can keep control from its end or a
// return. Most bodies have nothing of that kind, and need no graph.
func (x *NoReturns) mayStop(body *ast.BlockStmt) (may bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ExprStmt:
			call, ok := n.X.(*ast.CallExpr)
			may = may || ok && x.ofCall(call) != returns
			return false
		case *ast.ForStmt:
			_, call := n.Post.(*ast.ExprStmt)
			may = may || n.Cond == nil || call
		case *ast.BranchStmt:
			may = may || n.Tok == token.GOTO
		case *ast.SelectStmt:
			may = true
		case *ast.CaseClause:
			may = may || n.List == nil // a default
		case ast.Expr:
			return false
		}
		return !may
	})
	return may
}

// endsProcess reports whether the block ends in a call that ends the process in an
// orderly way, so that what is owed by then is never paid.
func (r *run) endsProcess(b *ssa.BasicBlock) bool {
	for i := len(b.Instrs) - 1; i >= 0; i-- {
		if call, ok := b.Instrs[i].(*ssa.Call); ok {
			return r.cfg.NoReturns.of(calleeOf(call.Common())) == exitsProcess
		}
	}
	return false
}
