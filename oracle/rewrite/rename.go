package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// These kinds give variables other names.
var renames = []*Kind{
	{
		Name: "renamed-letters", Before: "func (c *Client) Stop(body []byte) error { var answer Batch ... }", After: "func (a *Client) Stop(b []byte) error { var c Batch ... }",
		apply: each(func(f *function) {
			f.rename(func(i int) string {
				s := string(rune('a' + i%26))
				if i >= 26 {
					s += fmt.Sprint(i / 26)
				}
				return s
			})
		}),
	},
	{
		Name: "renamed-words", Before: "func (c *Client) Stop(body []byte) error { var answer Batch ... }", After: "func (maple *Client) Stop(river []byte) error { var stone Batch ... }",
		apply: each(func(f *function) {
			words := []string{"maple", "river", "stone", "cloud9", "err2", "detail", "okay", "lantern", "code", "msg", "success", "failed", "requestID", "t", "resp"}
			f.rename(func(i int) string {
				s := words[i%len(words)]
				if i >= len(words) {
					s += fmt.Sprint("_", i/len(words))
				}
				return s
			})
		}),
	},
}

// rename gives each variable of the function another name: the next one that is new in the whole function.
func (f *function) rename(names func(i int) string) {
	taken := identifiers(f.decl)
	next := 0
	fresh := func() string {
		for {
			s := names(next)
			next++
			if !taken[s] && !predeclared(s) && !token.IsKeyword(s) {
				return s
			}
		}
	}
	to := make(map[types.Object]string)
	// The variable of a type switch is declared once, but is a different variable in each clause.
	ast.Inspect(f.decl, func(n ast.Node) bool {
		s, ok := n.(*ast.TypeSwitchStmt)
		if !ok {
			return true
		}
		assign, ok := s.Assign.(*ast.AssignStmt)
		if !ok {
			return true
		}
		name := fresh()
		f.set(assign.Lhs[0], name)
		for _, c := range s.Body.List {
			if obj := f.pkg.Info.Implicits[c]; obj != nil {
				to[obj] = name
			}
		}
		return true
	})
	ast.Inspect(f.decl, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok || id.Name == "_" {
			return true
		}
		obj := f.pkg.Info.Defs[id]
		if obj == nil {
			obj = f.pkg.Info.Uses[id]
		}
		v, ok := obj.(*types.Var)
		if !ok || v.IsField() || v.Parent() == f.pkg.Types.Scope() || v.Pkg() != f.pkg.Types || !within(v.Pos(), f.decl) {
			return true
		}
		if f.taken(id) {
			return true
		}
		if to[v] == "" {
			to[v] = fresh()
		}
		f.set(id, to[v])
		f.done()
		return true
	})
}
