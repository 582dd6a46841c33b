package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// These kinds write a condition in another way.
var conditions = []*Kind{
	{
		Name: "condition-variable", Before: "if c { ... }", After: "holds := c; if holds { ... }",
		apply: each(func(f *function) {
			for _, list := range f.lists {
				for _, s := range list {
					s, ok := s.(*ast.IfStmt)
					if !ok || s.Init != nil {
						continue
					}
					if _, ok := ast.Unparen(s.Cond).(*ast.Ident); ok {
						continue
					}
					holds := f.fresh("holds")
					f.instead(s, func() string {
						return holds + " := " + f.text(s.Cond) + "\nif " + holds + " " + f.span(s.Body.Pos(), s.End(), f.order[s.Body])
					})
					f.done()
				}
			}
		}),
	},
	{
		Name: "yoda", Before: "x == 0", After: "0 == x",
		apply: each(func(f *function) {
			f.comparisons(func(b *ast.BinaryExpr) {
				if f.constantOrNil(b.Y) && !f.constantOrNil(b.X) {
					f.instead(b, func() string { return f.text(b.Y) + " " + mirrored[b.Op].String() + " " + f.text(b.X) })
					f.done()
				}
			})
		}),
	},
	{
		Name: "comparison-negated", Before: "x != 0", After: "!(x == 0)",
		apply: each(func(f *function) {
			f.comparisons(func(b *ast.BinaryExpr) {
				basic, _ := f.pkg.Info.TypeOf(b.X).Underlying().(*types.Basic)
				if b.Op != token.EQL && b.Op != token.NEQ && (basic == nil || basic.Info()&types.IsInteger == 0) {
					return // NaN is neither less than 0 nor at least 0
				}
				f.instead(b, func() string { return "!(" + f.text(b.X) + " " + opposite[b.Op].String() + " " + f.text(b.Y) + ")" })
				f.done()
			})
		}),
	},
	{
		Name: "de-morgan", Before: "a && b", After: "!(!(a) || !(b))",
		apply: each(func(f *function) {
			ast.Inspect(f.decl.Body, func(n ast.Node) bool {
				b, ok := n.(*ast.BinaryExpr)
				if ok && (b.Op == token.LAND || b.Op == token.LOR) && !f.constant(b) {
					op := map[token.Token]string{token.LAND: "||", token.LOR: "&&"}[b.Op]
					f.instead(b, func() string { return "!(!(" + f.text(b.X) + ") " + op + " !(" + f.text(b.Y) + "))" })
					f.done()
				}
				return true
			})
		}),
	},
	{
		Name: "constant-named", Before: "x == 5400", After: "const known = 5400; x == known",
		apply: func(r *rewriting) {
			names := make(map[*Package]map[string]string)
			for f := range r.functions {
				f.comparisons(func(b *ast.BinaryExpr) {
					lit, ok := ast.Unparen(b.Y).(*ast.BasicLit)
					if !ok || lit.Kind != token.INT {
						return
					}
					if names[f.pkg] == nil {
						names[f.pkg] = make(map[string]string)
					}
					name := names[f.pkg][lit.Value]
					if name == "" {
						name = r.declare(f.pkg, "known"+lit.Value)
						names[f.pkg][lit.Value] = name
						f.extra = append(f.extra, "const "+name+" = "+lit.Value)
					}
					f.set(b.Y, name)
					f.done()
				})
			}
		},
	},
}

var (
	mirrored = map[token.Token]token.Token{
		token.EQL: token.EQL, token.NEQ: token.NEQ,
		token.LSS: token.GTR, token.GTR: token.LSS, token.LEQ: token.GEQ, token.GEQ: token.LEQ,
	}
	opposite = map[token.Token]token.Token{
		token.EQL: token.NEQ, token.NEQ: token.EQL,
		token.LSS: token.GEQ, token.GEQ: token.LSS, token.GTR: token.LEQ, token.LEQ: token.GTR,
	}
)

// comparisons calls do for each comparison in the function that is no constant.
func (f *function) comparisons(do func(b *ast.BinaryExpr)) {
	ast.Inspect(f.decl.Body, func(n ast.Node) bool {
		if b, ok := n.(*ast.BinaryExpr); ok && mirrored[b.Op] != 0 && !f.constant(b) {
			do(b)
		}
		return true
	})
}

func (f *function) constantOrNil(e ast.Expr) bool {
	tv := f.pkg.Info.Types[e]
	return tv.Value != nil || tv.IsNil()
}
