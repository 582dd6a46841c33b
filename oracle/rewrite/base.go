package rewrite

import (
	"go/ast"
	"go/types"
)

// embedBases moves the code and the message of structs into a base.
func (r *rewriting) embedBases() {
	type base struct {
		*answer
		name    string
		members map[*types.Var]bool
	}
	bases := make(map[*types.TypeName]*base)
	converted := r.converted()
	all := r.answers()
	for _, a := range all {
		if a.named.TypeParams().Len() > 0 || converted[a.named.Obj()] {
			continue
		}
		b := &base{answer: a, members: make(map[*types.Var]bool)}
		for i, d := range a.decls {
			if m := memberOf(d); m == "code" || m == "message" {
				b.members[a.fields[i]] = true
			}
		}
		bases[a.named.Obj()] = b
	}
	// Leave two kinds of structs alone: embedded ones, since a deeper member may hide another or no longer hide it, and
	// those with a literal that can't be rewritten.
	for p := range r.places {
		ast.Inspect(p.node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.StructType:
				for _, field := range n.Fields.List {
					if len(field.Names) == 0 {
						delete(bases, structOf(p.pkg.Info.TypeOf(field.Type)))
					}
				}
			case *ast.CompositeLit:
				name := structOf(p.pkg.Info.TypeOf(n))
				b := bases[name]
				if b == nil {
					break
				}
				moved := false
				for i, e := range n.Elts {
					v, value := p.element(n, i)
					_, keyed := e.(*ast.KeyValueExpr)
					moved = moved || b.members[v]
					if !keyed || !p.pure(value) {
						delete(bases, name)
					}
				}
				if moved && p.qualified(b.pkg, "x") == "" {
					delete(bases, name)
				}
			}
			return true
		})
	}
	for _, a := range all {
		b := bases[a.named.Obj()]
		if b == nil {
			continue
		}
		b.name = r.declare(a.pkg, a.named.Obj().Name()+"Base")
		e := r.edits[a.file]
		text := "type " + b.name + " struct {\n"
		for i, d := range a.decls {
			if !b.members[a.fields[i]] {
				continue
			}
			text += a.file.source(d) + "\n"
			if i == a.code {
				e.set(d, b.name)
			} else {
				e.set(d, "")
			}
		}
		e.extra = append(e.extra, text+"}")
	}
	for p := range r.places {
		ast.Inspect(p.node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				b := bases[structOf(p.pkg.Info.TypeOf(n))]
				if b == nil {
					break
				}
				var moved, kept []ast.Expr
				for i, e := range n.Elts {
					if v, _ := p.element(n, i); b.members[v] {
						moved = append(moved, e)
					} else {
						kept = append(kept, e)
					}
				}
				if len(moved) == 0 {
					break
				}
				p.instead(n, func() string {
					text := "{" + b.name + ": " + p.qualified(b.pkg, b.name) + "{"
					if n.Type != nil {
						text = p.text(n.Type) + text
					}
					for _, e := range moved {
						text += p.text(e) + ", "
					}
					text += "}"
					for _, e := range kept {
						text += ", " + p.text(e)
					}
					return text + "}"
				})
				p.done()
			case *ast.SelectorExpr:
				if v, ok := p.pkg.Info.Uses[n.Sel].(*types.Var); ok && v.IsField() {
					for _, b := range bases {
						if b.members[v] {
							p.done()
						}
					}
				}
			}
			return true
		})
	}
}
