package analyzer

import "go/types"

// callable reports whether other packages can call fn, which is exported, by its name: a function, or a
// method of a type whose values they can get at. Of a method of any other type, which others have
// behind an interface at most, nobody asks whether it returns; its summary may be asked for, since
// that of a function says what is behind the interface.
func (c *checker) callable(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return true
	}
	named, ok := types.Unalias(deref(recv.Type())).(*types.Named)
	return !ok || named.Obj().Exported() || c.isExposed(named)
}

// isExposed reports whether other packages can get at a type of this one.
func (c *checker) isExposed(named *types.Named) bool {
	if c.exposed == nil {
		c.exposed = exposed(c.pass.Pkg)
	}
	return c.exposed[named.Origin()]
}

// exposed returns the types that a package declares and that others can get at: from what is exported, by
// members, parameters and results, and by what is embedded.
func exposed(pkg *types.Package) map[*types.Named]bool {
	found := make(map[*types.Named]bool)
	seen := make(map[types.Type]bool)
	var visit func(types.Type)
	visit = func(t types.Type) {
		if t == nil || seen[t] {
			return
		}
		seen[t] = true
		switch t := t.(type) {
		case *types.Alias:
			visit(types.Unalias(t))
		case *types.Named:
			for arg := range t.TypeArgs().Types() {
				visit(arg)
			}
			if t = t.Origin(); t.Obj().Pkg() != pkg || found[t] {
				return
			}
			found[t] = true
			visit(t.Underlying())
			for m := range t.Methods() {
				if m.Exported() {
					visit(m.Signature())
				}
			}
			for param := range t.TypeParams().TypeParams() {
				visit(param)
			}
		case *types.TypeParam:
			visit(t.Constraint())
		case *types.Signature:
			for param := range t.TypeParams().TypeParams() {
				visit(param)
			}
			madeOf(t, visit)
		case *types.Struct:
			for f := range t.Fields() {
				if f.Exported() || f.Embedded() {
					visit(f.Type())
				}
			}
		case *types.Interface:
			for m := range t.ExplicitMethods() {
				if m.Exported() {
					visit(m.Signature())
				}
			}
			for e := range t.EmbeddedTypes() {
				visit(e)
			}
		case *types.Union:
			for term := range t.Terms() {
				visit(term.Type())
			}
		default:
			madeOf(t, visit)
		}
	}
	for _, name := range pkg.Scope().Names() {
		if obj := pkg.Scope().Lookup(name); obj.Exported() {
			visit(obj.Type())
		}
	}
	return found
}
