package rewrite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// addAccessors reads the fields of structs with a code through methods.
func (r *rewriting) addAccessors() {
	names := make(map[string]bool)
	for _, p := range r.tree.Packages {
		for _, f := range p.Files {
			for name := range identifiers(f.Syntax) {
				names[name] = true
			}
		}
	}
	accessors := make(map[*types.Var]string)
	converted := r.converted()
	for _, a := range r.answers() {
		if converted[a.named.Obj()] {
			continue // another type has the fields, and would not have the methods
		}
		params := ""
		if n := a.named.TypeParams().Len(); n > 0 {
			var all []string
			for i := range n {
				all = append(all, a.named.TypeParams().At(i).Obj().Name())
			}
			params = "[" + strings.Join(all, ", ") + "]"
		}
		for i, v := range a.fields {
			if v.Name() == "_" {
				continue
			}
			name := "Get" + v.Name()
			if !v.Exported() {
				name = "get" + strings.ToUpper(v.Name()[:1]) + v.Name()[1:]
			}
			for names[name] {
				name += "Value"
			}
			accessors[v] = name
			e := r.edits[a.file]
			e.extra = append(e.extra, fmt.Sprintf("func (r %s%s) %s() %s { return r.%s }", a.named.Obj().Name(), params, name, a.file.source(a.decls[i].Type), v.Name()))
			r.owners[Func{a.pkg.Path, a.named.Obj().Name() + "." + name}] = Func{a.pkg.Path, ""}
		}
	}
	for p := range r.places {
		if p.pkg.Left {
			continue
		}
		ast.Inspect(p.node, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			v, ok := p.pkg.Info.Uses[sel.Sel].(*types.Var)
			if ok && v.IsField() && accessors[v.Origin()] != "" && p.use(sel) == reads && p.pkg.Info.Selections[sel] != nil {
				p.set(sel.Sel, accessors[v.Origin()]+"()")
				p.done()
			}
			return true
		})
	}
}
