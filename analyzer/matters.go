package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// matters reports whether the package can have anything to do with responses: see the table of package relevance.
func (c *checker) matters() bool { return relevance.Matters(c.tier()) }

// A tier answers the questions of the table about the package.
type tier struct {
	*checker
	imports relevance.Imports
	called  map[types.Object]relevance.Set // see calls
}

func (c *checker) tier() *tier { return &tier{checker: c, imports: relevance.Import(c.imports())} }

func (t *tier) Response() bool { return t.types.Mentions() }
func (t *tier) Judges() bool   { return t.judgesForOthers() }
func (t *tier) Helps() bool    { return t.helps() }
func (t *tier) Mentions() bool { return t.calls(relevance.Named) }
func (t *tier) Fetches() bool  { return t.gives(relevance.Fetches) }
func (t *tier) Reads() bool    { return t.gives(relevance.Reads) }

// Exits implements [relevance.Tier]. Syntax shows which functions never return, so the fact needs no SSA form.
func (t *tier) Exits() bool { return false }

// Decodes implements [relevance.Tier].
func (t *tier) Decodes() bool {
	if !t.calls(relevance.Decodes) && !t.imports.Allow(relevance.Decodes) && len(t.cfg.Decoders) == 0 {
		return false
	}
	return t.anyFunc(t.decodesForOthers)
}

// gives reports whether a function may return what it gets from a function that it calls for the reason.
func (t *tier) gives(r relevance.Reason) bool {
	if !t.calls(r) && !t.imports.Allow(r) {
		return false
	}
	return t.anyFunc(func(fn *ast.FuncDecl) bool { return t.givesRaw(fn, r) })
}

// anyFunc reports whether the predicate holds for one of the package's functions.
func (t *tier) anyFunc(is func(fn *ast.FuncDecl) bool) bool {
	for _, file := range t.pass.Files {
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Body != nil && is(fn) {
				return true
			}
		}
	}
	return false
}

// judgesForOthers reports whether the package has a function that may judge a code for
// other packages: their responses embed the struct with the code.
func (c *checker) judgesForOthers() bool {
	judges := func(decl ast.Decl) bool {
		d, ok := decl.(*ast.FuncDecl)
		if !ok || d.Type.Results == nil || d.Recv == nil && d.Type.Params == nil {
			return false
		}
		fn, ok := c.pass.TypesInfo.Defs[d.Name].(*types.Func)
		if !ok {
			return false
		}
		takes := func(v *types.Var) bool {
			named, ok := types.Unalias(deref(v.Type())).(*types.Named)
			if !ok || named.Obj().Pkg() != c.pass.Pkg {
				return false
			}
			base := c.types.Base(named)
			return base != nil && c.types.Embeddable(base)
		}
		sig := fn.Signature()
		if sig.Recv() != nil && takes(sig.Recv()) {
			return true
		}
		for v := range sig.Params().Variables() {
			if takes(v) {
				return true
			}
		}
		return false
	}
	for _, file := range c.pass.Files {
		if slices.ContainsFunc(file.Decls, judges) {
			return true
		}
	}
	return false
}

// calls reports whether the package uses a function of another package that matters for the reason. It collects the
// reasons of all such functions, but stops at the first that does something to responses.
func (t *tier) calls(r relevance.Reason) bool {
	if t.called == nil {
		t.called = make(map[types.Object]relevance.Set)
		var s summary
		for _, obj := range t.pass.TypesInfo.Uses {
			fn, ok := obj.(*types.Func)
			if !ok || fn.Pkg() == nil || fn.Pkg() == t.pass.Pkg || !t.pass.ImportObjectFact(fn.Origin(), &s) {
				continue
			}
			if t.called[fn] = s.reasons(); t.called[fn].Has(relevance.Named) {
				break
			}
		}
	}
	for _, reasons := range t.called {
		if reasons.Has(r) {
			return true
		}
	}
	return false
}

// fills reports whether a call fills an argument, and how many arguments come before those that it may fill.
func (t *tier) fills(fn *types.Func, args int) (read int, ok bool) {
	read, last, named := relevance.Fills(fn.Name())
	switch {
	case t.index.kind(fn)&library.Decodes != 0:
		return byname.LastArg(fn), true
	case t.called[fn].Has(relevance.Decodes):
		return read, true
	}
	if !named || last == 0 && args > 1 {
		return 0, false // a name that many codecs use: the filter knows them only by their arguments
	}
	// A decoder's own package adds nothing to what is known.
	known := t.imports.Allow(relevance.Decodes) && byname.Is(library.Decodes, fn) && fn.Pkg() != t.pass.Pkg
	return read, known && (fn.Signature().Recv() == nil || t.imports.Method(fn.Name()))
}

// decodesForOthers reports whether the function lets a decoder fill a parameter. A generic
// function may decode a caller's type without that.
func (t *tier) decodesForOthers(decl *ast.FuncDecl) (found bool) {
	info := t.pass.TypesInfo
	generic := false
	params := make(map[types.Object]bool)
	if fn, ok := info.Defs[decl.Name].(*types.Func); ok {
		sig := fn.Signature()
		generic = sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FieldList:
			return n != decl.Recv // the receiver is not a variable of a caller
		case *ast.Field:
			if toNamed(n.Type) {
				break
			}
			for _, name := range n.Names {
				params[info.Defs[name]] = true
			}
		case *ast.CallExpr:
			fn, ok := typeutil.Callee(info, n).(*types.Func)
			if !ok || len(n.Args) == 0 {
				break
			}
			read, ok := t.fills(fn, len(n.Args))
			if !ok {
				break
			}
			for _, arg := range n.Args[min(max(read, 0), len(n.Args)):] {
				arg = ast.Unparen(arg)
				if addr, ok := arg.(*ast.UnaryExpr); ok && addr.Op == token.AND {
					arg = ast.Unparen(addr.X)
				}
				switch arg := arg.(type) {
				case *ast.Ident:
					found = found || params[info.Uses[arg]]
				case *ast.CallExpr: // a conversion
					found = true
				}
			}
			found = found || generic
		}
		return !found
	})
	return found
}

// toNamed reports whether the type of a parameter is a pointer to a named type. Such a function usually
// knows what it decodes. Only a pointer to any says nothing.
func toNamed(t ast.Expr) bool {
	ptr, ok := t.(*ast.StarExpr)
	if !ok {
		return false
	}
	name := lastName(ptr.X)
	return name != nil && name.Name != "any"
}

// givesRaw reports whether the function may return what the reason is about, unchanged from a function that it calls.
func (t *tier) givesRaw(decl *ast.FuncDecl, r relevance.Reason) (found bool) {
	if decl.Type.Results == nil {
		return false
	}
	given := false
	for _, result := range decl.Type.Results.List {
		ast.Inspect(result.Type, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			given = given || ok && r.Gives(id.Name)
			return !given
		})
	}
	if !given {
		return false
	}
	known := t.imports.Allow(r)
	another := make(map[*ast.Ident]bool) // names whose use shows that they are not functions that fetch
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if len(n.Args) == 0 { // a pool's Get
				another[lastName(n.Fun)] = true
			}
		case *ast.SelectorExpr:
			if n.Sel.Name == "Get" && ofStrings(n.X) {
				another[n.Sel] = true
			}
		case *ast.Field: // an interface's method
			for _, name := range n.Names {
				another[name] = true
			}
		case *ast.Ident:
			found = found || t.called[t.pass.TypesInfo.Uses[n]].Has(r) ||
				known && r.Calls(n.Name) && !(relevance.Table[r].Alike && another[n])
		}
		return !found
	})
	return found
}

// ofStrings reports whether an expression has the name of a request's header or query: their Get
// returns a string.
func ofStrings(e ast.Expr) bool {
	name := lastName(e)
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) == 0 {
		name = lastName(call.Fun)
		return name != nil && name.Name == "Query"
	}
	return name != nil && name.Name == "Header"
}

// lastName returns the last name of an identifier or a selector, nil for other expressions.
func lastName(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	}
	return nil
}
