package onepkg

import (
	"go/types"
	"strings"
	"sync"

	"golang.org/x/tools/go/types/objectpath"
)

// A visible knows which types of a package its importers can reach: those that are exported, and those that exported
// objects mention, directly or not.
type visible struct {
	pkg  *types.Package
	once sync.Once // seldom somebody asks
	seen map[types.Type]bool
}

func newVisible(pkg *types.Package) *visible {
	return &visible{pkg: pkg, seen: make(map[types.Type]bool)}
}

// has reports whether importers can reach what is at a path.
func (v *visible) has(path objectpath.Path) bool {
	name, _, _ := strings.Cut(string(path), ".")
	obj := v.pkg.Scope().Lookup(name)
	if obj == nil || obj.Exported() {
		return true
	}
	v.once.Do(func() {
		scope := v.pkg.Scope()
		for _, name := range scope.Names() {
			if obj := scope.Lookup(name); obj.Exported() {
				v.visit(obj.Type())
			}
		}
	})
	return v.seen[obj.Type()]
}

// visit sees a type, and all that it mentions.
func (v *visible) visit(t types.Type) {
	if t == nil || v.seen[t] {
		return
	}
	v.seen[t] = true
	switch t := t.(type) {
	case *types.Alias:
		visitAll(v, t.TypeArgs().Types())
		v.visit(t.Rhs())
	case *types.Named:
		v.named(t)
	case *types.TypeParam:
		v.visit(t.Constraint())
	case interface{ Elem() types.Type }: // pointers, slices, arrays, channels
		v.visit(t.Elem())
		if m, ok := t.(*types.Map); ok {
			v.visit(m.Key())
		}
	case *types.Struct:
		for f := range t.Fields() {
			v.visit(f.Type())
		}
	case *types.Signature:
		visitAll(v, t.TypeParams().TypeParams())
		for p := range t.Params().Variables() {
			v.visit(p.Type())
		}
		for p := range t.Results().Variables() {
			v.visit(p.Type())
		}
	case *types.Interface:
		for m := range t.Methods() {
			v.visit(m.Type())
		}
		for e := range t.EmbeddedTypes() {
			v.visit(e)
		}
	case *types.Union:
		for term := range t.Terms() {
			v.visit(term.Type())
		}
	}
}

// named sees a declared type. Those of other packages know nothing of this one but what stands in for type parameters.
func (v *visible) named(t *types.Named) {
	visitAll(v, t.TypeArgs().Types())
	switch {
	case t.Obj().Pkg() != v.pkg:
		return
	case t != t.Origin(): // there may be ever more instances
		v.visit(t.Origin())
		return
	}
	visitAll(v, t.TypeParams().TypeParams())
	v.visit(t.Underlying())
	for m := range t.Methods() {
		v.visit(m.Type())
	}
}

func visitAll[T types.Type](v *visible, all func(func(T) bool)) {
	for t := range all {
		v.visit(t)
	}
}
