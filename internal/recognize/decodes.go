package recognize

import (
	"go/ast"
	"go/types"

	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
)

// decodes reports whether a call may decode something into what its i-th argument points to. A function without source
// at hand may, unless its name says that it writes or that it reads an inbound request.
func (t *tracker) decodes(call *ast.CallExpr, fn *types.Func, i int) bool {
	if t.isInboundCall(call) {
		return false
	}
	if fn == nil {
		return !t.isOwn(call.Fun) || t.takesAny(call, i)
	}
	if t.said(fn)&library.Decodes != 0 {
		return i == byname.LastArg(fn)
	}
	if t.takesOnly(fn) {
		return false
	}
	decl := t.declarationOf(fn.Origin())
	if decl == nil || decl.Body == nil {
		return true
	}
	params := fn.Origin().Signature().Params()
	if params.Len() == 0 {
		return false // a method expression's receiver
	}
	return t.passesToDecoder(params.At(min(i, params.Len()-1)), decl)
}

// takesAny reports whether the parameter of a called function value is an interface. The interface hides the type of
// the i-th argument.
func (t *tracker) takesAny(call *ast.CallExpr, i int) bool {
	sig, ok := typeOf(t.in.Info, call.Fun).Underlying().(*types.Signature)
	return !ok || sig.Variadic() || i >= sig.Params().Len() || types.IsInterface(sig.Params().At(i).Type())
}

// declarationOf returns the declaration of a function of this package, nil of others.
func (t *tracker) declarationOf(fn *types.Func) *ast.FuncDecl {
	if fn.Pkg() != t.in.Pkg {
		return nil
	}
	if t.funcs == nil {
		t.funcs = make(map[*types.Func]*ast.FuncDecl)
		for _, file := range t.in.Files {
			for _, decl := range file.Decls {
				if decl, ok := decl.(*ast.FuncDecl); ok {
					if fn, ok := t.in.Info.Defs[decl.Name].(*types.Func); ok {
						t.funcs[fn] = decl
					}
				}
			}
		}
	}
	return t.funcs[fn]
}

// passesToDecoder reports whether the body of a function of this package gives a decoder what a parameter points to.
// Only interfaces matter, since they hide the type. For a parameter of a concrete type, the decoder's call shows the
// type by itself.
func (t *tracker) passesToDecoder(param *types.Var, decl *ast.FuncDecl) bool {
	if !types.IsInterface(param.Type()) {
		return false
	}
	if known, ok := t.sinks[param]; ok {
		return known
	}
	if t.asked[param] {
		return false // a recursive call adds nothing
	}
	first := len(t.asked) == 0
	t.asked[param] = true
	found := false
	info := t.in.Info
	uses := func(e ast.Expr) bool {
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && info.Uses[id] == param
	}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			fn := t.callee(n)
			for i, arg := range n.Args {
				if u, ok := arg.(*ast.UnaryExpr); ok { // json.Unmarshal(b, &out)
					arg = u.X
				}
				found = found || uses(arg) && t.decodes(n, fn, i)
			}
		case *ast.AssignStmt: // kept: somebody may decode into it later
			for _, rhs := range n.Rhs {
				found = found || uses(rhs)
			}
		case *ast.CompositeLit:
			for _, elt := range n.Elts {
				if kv, ok := elt.(*ast.KeyValueExpr); ok {
					elt = kv.Value
				}
				found = found || uses(elt)
			}
		}
		return !found
	})
	if found {
		t.sinks[param] = true
	}
	if first {
		// Without any decoder the answer is final, even a no to a recursive call.
		for v := range t.asked {
			if !found {
				t.sinks[v] = false
			}
		}
		clear(t.asked)
	}
	return found
}

func isInterfaceMethod(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// writers are the kinds of functions that only look at what they get.
const writers = library.Prints | library.Formats | library.MakesError | library.Encodes | library.EncodesTo | library.Writes

// takesOnly reports whether a function is known to encode, print or send its arguments, or to decode an inbound request
// into them. Such a function fills no argument with an answer.
func (t *tracker) takesOnly(fn *types.Func) bool {
	return fn != nil && (t.said(fn)&library.Prints != 0 || byname.Is(writers|library.DecodesRequest, fn))
}

// said returns what the configuration says about a function.
func (t *tracker) said(fn *types.Func) library.Kind {
	if t.in.ConfiguredKinds == nil {
		return 0
	}
	return t.in.ConfiguredKinds(fn)
}
