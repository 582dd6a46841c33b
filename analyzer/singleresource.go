package analyzer

import (
	"go/ast"
	"go/constant"
	"go/types"
	"maps"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Requests of the API name resources by keys with an index: storageIds.0,
// storageIds.1, and so on. If a function sets only the first,
//
//	params["storageIds.0"] = id
//
// its request is for one resource. If a resource failed, it is this one.

// namesOneResource reports whether the function's request names one resource: the
// keys that it sets have only one index, 0 or 1, at the end of a key, and all keys of
// that map are constants.
func (p *part) namesOneResource(fn *ssa.Function) bool {
	one, ok := p.oneResource[fn]
	if !ok {
		all := make(requests)
		for _, f := range p.engine.WithTails(fn) {
			if decl := outermost(f).Syntax(); decl != nil {
				maps.Copy(all, p.findKeys(decl))
			}
		}
		one = all.nameOneResource()
		if p.oneResource == nil {
			p.oneResource = make(map[*ssa.Function]bool)
		}
		p.oneResource[fn] = one
	}
	return one
}

// requests are the keys that a function sets in maps, by the variable that holds the map,
// or by the map's literal.
type requests map[any]*keys

type keys struct {
	constant []string
	computed bool // another key is computed, and may have any index
}

// findKeys finds the keys that are set in a declaration.
func (c *checker) findKeys(decl ast.Node) requests {
	found := make(requests)
	info := c.pass.TypesInfo
	ast.PreorderStack(decl, nil, func(n ast.Node, stack []ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, lhs := range n.Lhs {
				if x, ok := lhs.(*ast.IndexExpr); ok && isMap(info.TypeOf(x.X)) {
					found.add(info, root(info, x.X), x.Index)
				}
			}
		case *ast.CallExpr: // of url.Values or a similar type
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) == 2 && isMap(info.TypeOf(sel.X)) &&
				(sel.Sel.Name == "Set" || sel.Sel.Name == "Add") {
				found.add(info, root(info, sel.X), n.Args[0])
			}
		case *ast.CompositeLit:
			if !isMap(info.TypeOf(n)) {
				break
			}
			in := c.assignedTo(n, stack)
			for _, e := range n.Elts {
				found.add(info, in, e.(*ast.KeyValueExpr).Key)
			}
		}
		return true
	})
	return found
}

func isMap(t types.Type) bool {
	if t == nil {
		return false
	}
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// assignedTo returns the variable that a literal is assigned to, by itself or inside
// another literal. If there is none, it returns the literal.
func (c *checker) assignedTo(lit *ast.CompositeLit, stack []ast.Node) any {
	x := ast.Expr(lit)
	for _, n := range slices.Backward(stack) {
		switch n := n.(type) {
		case *ast.CompositeLit, *ast.KeyValueExpr, *ast.UnaryExpr, *ast.ParenExpr:
			x = n.(ast.Expr)
			continue
		case *ast.AssignStmt:
			if i := slices.Index(n.Rhs, x); i >= 0 {
				if v := root(c.pass.TypesInfo, n.Lhs[i]); v != nil {
					return v
				}
			}
		case *ast.ValueSpec:
			if i := slices.Index(n.Values, x); i >= 0 {
				return c.pass.TypesInfo.Defs[n.Names[i]]
			}
		}
		break
	}
	return lit
}

// add adds a key of a map, if it is a string.
func (r requests) add(info *types.Info, in any, key ast.Expr) {
	tv := info.Types[key]
	if b, ok := tv.Type.Underlying().(*types.Basic); !ok || b.Info()&types.IsString == 0 {
		return
	}
	if r[in] == nil {
		r[in] = new(keys)
	}
	if tv.Value == nil {
		r[in].computed = true
	} else {
		r[in].constant = append(r[in].constant, constant.StringVal(tv.Value))
	}
}

// nameOneResource reports whether the keys have one index only, 0 or 1.
func (r requests) nameOneResource() bool {
	var all []string
	last := false // it is the last part of a key
	for _, k := range r {
		found := false
		for _, key := range k.constant {
			parts := strings.Split(key, ".")
			for i, part := range parts[1:] {
				if isIndex(part) {
					found = true
					all = append(all, part)
					last = last || i == len(parts)-2
				}
			}
		}
		if found && k.computed {
			return false
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return last && len(all) == 1 && (all[0] == "0" || all[0] == "1")
}

func isIndex(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
