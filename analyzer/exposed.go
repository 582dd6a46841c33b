package analyzer

import "go/types"

// callable reports whether other packages can call fn by its name: an exported function, or an exported
// method of a type whose values they can get at. Of a method of any other type, which others have
// behind an interface at most, nobody asks whether it returns; its summary may be asked for, since
// that of a function says what is behind the interface.
func (c *checker) callable(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if !fn.Exported() || recv == nil {
		return fn.Exported()
	}
	t := types.Unalias(recv.Type())
	if ptr, ok := t.(*types.Pointer); ok {
		t = types.Unalias(ptr.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Exported() {
		return true
	}
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
			visit(t.Params())
			visit(t.Results())
			for param := range t.TypeParams().TypeParams() {
				visit(param)
			}
		case *types.Tuple:
			for v := range t.Variables() {
				visit(v.Type())
			}
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
		case *types.Pointer:
			visit(t.Elem())
		case *types.Slice:
			visit(t.Elem())
		case *types.Array:
			visit(t.Elem())
		case *types.Chan:
			visit(t.Elem())
		case *types.Map:
			visit(t.Key())
			visit(t.Elem())
		}
	}
	for _, name := range pkg.Scope().Names() {
		if obj := pkg.Scope().Lookup(name); obj.Exported() {
			visit(obj.Type())
		}
	}
	return found
}
