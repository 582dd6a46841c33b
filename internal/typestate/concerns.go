package typestate

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
)

// Concerns reports whether a declaration of a function or of variables can have anything to do with
// responses. It looks at syntax and types alone, so that no SSA form is built
// in vain: a function that is not concerned, and neither mentions one that is nor is mentioned
// by one, has no values, and a summary of it has nothing for other packages.
//
// If you add an origin or a summary, extend Concerns too: tests compare with leaveOut off.
func (c *Config) Concerns(decl ast.Node, info *types.Info) bool {
	if c.Helper {
		return true
	}
	gives := false
	if decl, ok := decl.(*ast.FuncDecl); ok {
		fn, ok := info.Defs[decl.Name].(*types.Func)
		if !ok {
			return true // nothing is known of it
		}
		sig := fn.Signature()
		if sig.TypeParams().Len() > 0 || sig.RecvTypeParams().Len() > 0 || c.takes(sig.Recv()) {
			return true
		}
		for p := range sig.Params().Variables() {
			if c.takes(p) {
				return true
			}
		}
		for r := range sig.Results().Variables() {
			t := r.Type()
			gives = gives || !IsError(t) && (isBytes(t) || isReader(t) || isResponse(t))
		}
		if fn.Exported() && givesVerdict(sig) && testsNumber(decl, info) {
			return true
		}
	}
	return c.Mentions(decl) || c.mentionsOne(decl, info, gives)
}

// takes reports whether what a function does with a parameter of its own is to be known
// whatever it calls: it may be a response, entries, or anything.
func (c *Config) takes(p *types.Var) bool {
	if p == nil {
		return false
	}
	t := p.Type()
	return c.Response(t) != nil || c.Entry(t) != nil || c.Entries(t) != nil || c.Base(t) != nil ||
		gotype.IsAny(t)
}

// knows reports whether it is known what the function of another package does to responses.
func (c *Config) knows(fn *types.Func) bool {
	if c.Imported == nil {
		return false
	}
	sum := c.Imported(fn)
	return sum != nil && !sum.Aside()
}

// mentionsOne reports whether the declaration mentions a function of another package that does something to responses,
// decodes or, if it gives bytes, fetches.
func (c *Config) mentionsOne(decl ast.Node, info *types.Info, gives bool) (found bool) {
	ast.Inspect(decl, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || found {
			return !found
		}
		fn, ok := info.Uses[id].(*types.Func)
		if !ok || fn.Pkg() == nil {
			return true
		}
		path := fn.Pkg().Path()
		found = library.HasDecoder(path) || gives && library.Package(path)&library.Fetches != 0 ||
			c.said(fn)&library.Decodes != 0 || c.knows(fn.Origin())
		return !found
	})
	return found
}

// testsNumber reports whether the function does more with a number that it gets than to compute with it, or
// to take it for an index: others may give it a code.
func testsNumber(decl *ast.FuncDecl, info *types.Info) (found bool) {
	numbers := make(map[types.Object]bool)
	for _, list := range []*ast.FieldList{decl.Recv, decl.Type.Params} {
		if list == nil {
			continue
		}
		for _, field := range list.List {
			for _, name := range field.Names {
				if v := info.Defs[name]; v != nil && isNumber(v.Type()) {
					numbers[v] = true
				}
			}
		}
	}
	if len(numbers) == 0 || decl.Body == nil {
		return false
	}
	is := func(e ast.Expr) bool {
		if star, ok := ast.Unparen(e).(*ast.StarExpr); ok {
			e = star.X
		}
		id, ok := ast.Unparen(e).(*ast.Ident)
		return ok && numbers[info.Uses[id]]
	}
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			switch n.Op {
			case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
				constant := info.Types[n.X].Value != nil || info.Types[n.Y].Value != nil
				found = found || constant && (is(n.X) || is(n.Y))
			}
		case *ast.SwitchStmt:
			found = found || n.Tag != nil && is(n.Tag)
		case *ast.CallExpr: // or a conversion
			for _, arg := range n.Args {
				found = found || is(arg)
			}
		case *ast.SelectorExpr: // a method of it
			found = found || is(n.X)
		case *ast.AssignStmt:
			for _, v := range n.Rhs {
				found = found || is(v)
			}
		case *ast.ValueSpec:
			for _, v := range n.Values {
				found = found || is(v)
			}
		case *ast.IndexExpr:
			_, table := info.TypeOf(n.X).Underlying().(*types.Map)
			found = found || table && is(n.Index)
		}
		return !found
	})
	return found
}
