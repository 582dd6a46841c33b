package analyzer

import (
	"go/types"
	"iter"
)

// callable reports whether other packages can call fn, which is exported, by its name: fn is a function, or a
// method of a type that they can reach. They can call other methods only through an interface.
// Nobody asks whether such a method returns. Its summary may be used: the summary of a
// function can say which type is in the interface that it returns.
func (c *checker) callable(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil {
		return true
	}
	named, ok := types.Unalias(deref(recv.Type())).(*types.Named)
	return !ok || named.Obj().Exported() || c.isExposed(named)
}

// isExposed reports whether other packages can reach a type of this one.
func (c *checker) isExposed(named *types.Named) bool {
	if c.exposed == nil {
		c.exposed = exposed(c.pass.Pkg)
	}
	return c.exposed[named.Origin()]
}

// exposed returns the types that a package declares and that other packages can reach: from what is exported, by
// members, parameters, results and embedded types.
func exposed(pkg *types.Package) map[*types.Named]bool {
	e := &exposure{pkg: pkg, found: make(map[*types.Named]bool), seen: make(map[types.Type]bool)}
	for _, name := range pkg.Scope().Names() {
		if obj := pkg.Scope().Lookup(name); obj.Exported() {
			e.visit(obj.Type())
		}
	}
	return e.found
}

// An exposure follows the types that other packages can reach.
type exposure struct {
	pkg   *types.Package
	found map[*types.Named]bool // declared by pkg
	seen  map[types.Type]bool
}

// visit follows a type that other packages can reach.
func (e *exposure) visit(t types.Type) {
	if t == nil || e.seen[t] {
		return
	}
	e.seen[t] = true
	switch t := t.(type) {
	case *types.Alias:
		e.visit(types.Unalias(t))
	case *types.Named:
		for arg := range t.TypeArgs().Types() {
			e.visit(arg)
		}
		e.declared(t.Origin())
	case *types.TypeParam:
		e.visit(t.Constraint())
	case *types.Signature:
		e.typeParams(t.TypeParams())
		madeOf(t, e.visit)
	case *types.Struct:
		e.fields(t)
	case *types.Interface:
		e.methods(t.ExplicitMethods())
		for embedded := range t.EmbeddedTypes() {
			e.visit(embedded)
		}
	case *types.Union:
		for term := range t.Terms() {
			e.visit(term.Type())
		}
	default:
		madeOf(t, e.visit)
	}
}

// declared notes a named type that the package declares, and follows the types that it consists of.
func (e *exposure) declared(t *types.Named) {
	if t.Obj().Pkg() != e.pkg || e.found[t] {
		return
	}
	e.found[t] = true
	e.visit(t.Underlying())
	e.methods(t.Methods())
	e.typeParams(t.TypeParams())
}

func (e *exposure) methods(all iter.Seq[*types.Func]) {
	for m := range all {
		if m.Exported() {
			e.visit(m.Signature())
		}
	}
}

func (e *exposure) fields(t *types.Struct) {
	for f := range t.Fields() {
		if f.Exported() || f.Embedded() {
			e.visit(f.Type())
		}
	}
}

func (e *exposure) typeParams(list *types.TypeParamList) {
	for param := range list.TypeParams() {
		e.visit(param)
	}
}
