package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
)

// matters reports whether the package can have anything to do with responses: it
// has values of response types, or fetches or decodes them for others, or calls
// a function that does something to them.
//
// Whoever widens this must widen package source as well, which answers the same
// by the package's source alone, and by the hints of facts.
func (c *checker) matters() bool {
	if c.types.Mentions() || c.judgesForOthers() || c.helps() {
		return true
	}
	var imports []string
	for _, p := range c.pass.Pkg.Imports() {
		imports = append(imports, p.Path())
	}
	q := source.Ask(imports)
	fills, gives, any := c.summarised()
	if any {
		return true
	}
	if !q.Decodes() && !q.Fetches() && len(fills) == 0 && len(c.cfg.Decoders) == 0 {
		return false
	}
	decodes := func(fn *types.Func, args int) (read int, ok bool) {
		read, last, named := source.Fills(fn.Name())
		switch {
		case c.names.said(fn)&library.Decodes != 0:
			return byname.LastArg(fn), true
		case fills[fn]:
			return read, true
		}
		if !named || last == 0 && args > 1 {
			return 0, false // as many codecs have it: the filter knows them by their arguments alone
		}
		// A decoder's own package has nothing to say that isn't known.
		known := q.Decodes() && byname.Is(library.Decodes, fn) && fn.Pkg() != c.pass.Pkg
		return read, known && (fn.Signature().Recv() == nil || q.Method(fn.Name()))
	}
	fetches := func(id *ast.Ident, another bool) (raw, text bool) {
		given := gives[c.pass.TypesInfo.Uses[id]]
		return given || q.Fetches() && source.Fetches(id.Name) && !another, given || q.Fetches() && source.Reads(id.Name)
	}
	for _, file := range c.pass.Files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if ok && fn.Body != nil && (c.decodesForOthers(fn, decodes) || givesRaw(fn, fetches)) {
				return true
			}
		}
	}
	return false
}

// judgesForOthers reports whether the package has a function that may say what a code means that
// other packages' responses embed.
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

// summarised returns the functions of other packages that the package uses and that decode into
// what they are given, and those that give what may be a response. It reports whether any
// other function is used of which it is known what it does to responses.
func (c *checker) summarised() (fills, gives map[types.Object]bool, others bool) {
	fills, gives = make(map[types.Object]bool), make(map[types.Object]bool)
	var s summary
	for _, obj := range c.pass.TypesInfo.Uses {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Pkg() == nil || fn.Pkg() == c.pass.Pkg || !c.pass.ImportObjectFact(fn.Origin(), &s) || s.Aside() {
			continue
		}
		if !s.serves() {
			return nil, nil, true
		}
		fills[fn] = len(s.Params) > 0
		gives[fn] = len(s.Results) > 0
	}
	return fills, gives, false
}

// decodesForOthers reports whether the function hands a parameter to a decoder to be
// filled, or is generic, so that what it decodes may be a caller's type. Of a call, decodes also says how many
// arguments come before those that may be filled.
func (c *checker) decodesForOthers(decl *ast.FuncDecl, decodes func(fn *types.Func, args int) (read int, ok bool)) (found bool) {
	info := c.pass.TypesInfo
	generic := false
	params := make(map[types.Object]bool)
	if fn, ok := info.Defs[decl.Name].(*types.Func); ok {
		sig := fn.Signature()
		generic = sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0
	}
	ast.Inspect(decl, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FieldList:
			return n != decl.Recv // which is nobody else's variable
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
			read, ok := decodes(fn, len(n.Args))
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

// toNamed reports whether the type of a parameter is a pointer to one with a name: whoever decodes into
// such a type knows it, as a rule. If it is an interface's, nothing is known of what is decoded.
func toNamed(t ast.Expr) bool {
	ptr, ok := t.(*ast.StarExpr)
	if !ok {
		return false
	}
	name := lastName(ptr.X)
	return name != nil && name.Name != "any"
}

// givesRaw reports whether the function may give an HTTP response, or its bytes, as it
// comes from one that fetches. Of a name, fetches is told whether it can only be another function's, by how it is used.
func givesRaw(decl *ast.FuncDecl, fetches func(id *ast.Ident, another bool) (raw, text bool)) bool {
	if decl.Type.Results == nil {
		return false
	}
	raw, text, fetched := false, false, false
	for _, result := range decl.Type.Results.List {
		ast.Inspect(result.Type, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				raw = raw || source.Raw(id.Name)
				text = text || source.Text(id.Name)
			}
			return true
		})
	}
	if !raw && !text {
		return false
	}
	another := make(map[*ast.Ident]bool)
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
			r, t := fetches(n, another[n])
			fetched = fetched || raw && r || text && t
		}
		return !fetched
	})
	return fetched
}

// ofStrings reports whether an expression is called as a request's header is, or its query: a Get
// of these gives a string.
func ofStrings(e ast.Expr) bool {
	name := lastName(e)
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) == 0 {
		name = lastName(call.Fun)
		return name != nil && name.Name == "Query"
	}
	return name != nil && name.Name == "Header"
}

// lastName returns the name that the expression ends in, if it is one or selects one.
func lastName(e ast.Expr) *ast.Ident {
	switch e := e.(type) {
	case *ast.Ident:
		return e
	case *ast.SelectorExpr:
		return e.Sel
	}
	return nil
}
