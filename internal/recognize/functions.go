package recognize

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Function values. A literal or a function of this package gives what the package has built or received itself, also if
// it is called through a value:
//
//	respond := func(id string) Response { return Response{RequestID: id} }
//	resp := respond(id)
//
// A function value from elsewhere gives what comes from elsewhere.

// A valueCall is a call through a function value, and the types of its results.
type valueCall struct {
	fun ast.Expr
	typ types.Type
}

// functions holds the function values that variables, parameters and fields may have, or that collections in them may
// have.
type functions map[*types.Var][]functionValue

// A functionValue is a function of this package, the value of another variable, or a function from elsewhere.
type functionValue struct {
	own bool
	of  *types.Var
}

// keep notes that v gets the value of e.
func (t *tracker) keep(v *types.Var, e ast.Expr) {
	if t.test || v == nil || !ofFunctions(v.Type()) {
		return
	}
	v = v.Origin()
	t.functionsIn(e, func(f functionValue) { t.functions[v] = append(t.functions[v], f) })
}

// keepIn notes that a variable, a field, or an element of one, gets the value of e.
func (t *tracker) keepIn(lhs, e ast.Expr) {
	for {
		switch x := ast.Unparen(lhs).(type) {
		case *ast.IndexExpr:
			lhs = x.X
			continue
		case *ast.Ident:
			v, _ := t.in.Info.ObjectOf(x).(*types.Var)
			t.keep(v, e)
		case *ast.SelectorExpr:
			v, _ := t.in.Info.Uses[x.Sel].(*types.Var)
			t.keep(v, e)
		}
		return
	}
}

// keepArgs notes the arguments that the parameters of a function of this package get.
func (t *tracker) keepArgs(call *ast.CallExpr, fn *types.Func) {
	if fn == nil || fn.Pkg() != t.in.Pkg {
		return
	}
	params := fn.Origin().Signature().Params()
	for i, arg := range call.Args {
		if n := params.Len(); n > 0 {
			t.keep(params.At(min(i, n-1)), arg)
		}
	}
}

// keepFields notes the values that a composite literal of a struct gives to its fields.
func (t *tracker) keepFields(lit *ast.CompositeLit, st *types.Struct) {
	for i, elt := range lit.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				v, _ := t.in.Info.Uses[id].(*types.Var)
				t.keep(v, kv.Value)
			}
		} else if i < st.NumFields() {
			t.keep(st.Field(i), elt)
		}
	}
}

// functionsIn yields the function values that e may be, or that the collection e may have.
func (t *tracker) functionsIn(e ast.Expr, yield func(functionValue)) {
	info := t.in.Info
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit:
		yield(functionValue{own: true})
		return
	case *ast.Ident:
		switch obj := info.Uses[e].(type) {
		case *types.Var:
			yield(functionValue{of: obj.Origin()})
			return
		case *types.Func:
			yield(functionValue{own: obj.Pkg() == t.in.Pkg})
			return
		case *types.Nil:
			return // nil: nobody calls it
		}
	case *ast.SelectorExpr:
		switch obj := info.Uses[e.Sel].(type) {
		case *types.Var:
			yield(functionValue{of: obj.Origin()})
			return
		case *types.Func:
			yield(functionValue{own: obj.Pkg() == t.in.Pkg && !isInterfaceMethod(obj)})
			return
		}
	case *ast.IndexExpr: // an element, or an instance
		t.functionsIn(e.X, yield)
		return
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			t.functionsIn(e.X, yield)
			return
		}
	case *ast.CompositeLit:
		for _, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			t.functionsIn(elt, yield)
		}
		return
	case *ast.CallExpr:
		if fun := info.Types[e.Fun]; fun.IsType() || fun.IsBuiltin() { // a conversion, append, or make
			for _, arg := range e.Args {
				if tv := info.Types[arg]; tv.IsValue() && ofFunctions(tv.Type) {
					t.functionsIn(arg, yield)
				}
			}
			return
		}
		fn := t.callee(e)
		yield(functionValue{own: fn != nil && fn.Pkg() == t.in.Pkg && !isInterfaceMethod(fn)})
		return
	}
	yield(functionValue{})
}

// isOwn reports whether all function values that e may be are of this package.
func (t *tracker) isOwn(e ast.Expr) bool {
	seen := make(map[*types.Var]bool)
	some, foreign := false, false
	var visit func(functionValue)
	visit = func(f functionValue) {
		switch {
		case f.own:
			some = true
		case f.of == nil:
			foreign = true
		case !seen[f.of]:
			seen[f.of] = true
			for _, f := range t.functions[f.of] {
				visit(f)
			}
		}
	}
	t.functionsIn(e, visit)
	return some && !foreign
}

// maxLayers is how deep collections may be nested. Real code needs no more, and a type may have itself as its element:
//
//	type Tree []Tree
const maxLayers = 8

// ofFunctions reports whether values of type t are functions, or collections of them.
func ofFunctions(t types.Type) bool {
	for range maxLayers {
		switch u := t.Underlying().(type) {
		case *types.Signature:
			return true
		case *types.Slice:
			t = u.Elem()
		case *types.Array:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		default:
			return false
		}
	}
	return false
}
