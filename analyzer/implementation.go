package analyzer

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// implementation returns the method that a call of an interface method runs, if only one type of the
// package can have it.
//
// If other packages can implement the interface, the one type in this package shows nothing: others may
// behave differently. So the method must be unexported, or the interface must be out of reach of
// other packages, and the package must keep no other values in it.
func (p *part) implementation(m *types.Func) *ssa.Function {
	fn, ok := p.impls[m]
	if !ok {
		if method := p.onlyMethod(m); method != nil {
			fn = p.prog.FuncValue(method)
		}
		if p.impls == nil {
			p.impls = make(map[*types.Func]*ssa.Function)
		}
		p.impls[m] = fn
	}
	return fn
}

// onlyMethod returns the one method that implements an interface's method, nil if there may be several.
func (p *part) onlyMethod(m *types.Func) *types.Func {
	if m.Pkg() != p.pass.Pkg {
		return nil
	}
	typ := m.Signature().Recv().Type()
	iface, ok := typ.Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var found *types.Func
	for _, obj := range p.pass.TypesInfo.Defs {
		name, ok := obj.(*types.TypeName)
		if !ok || name.IsAlias() || types.IsInterface(name.Type()) {
			continue
		}
		named, ok := name.Type().(*types.Named)
		if !ok {
			continue
		}
		method, _, _ := types.LookupFieldOrMethod(named, true, m.Pkg(), m.Name())
		f, ok := method.(*types.Func)
		if !ok {
			continue
		}
		if named.TypeParams().Len() > 0 {
			return nil // an instance may implement the interface
		}
		if !types.Implements(named, iface) && !types.Implements(types.NewPointer(named), iface) {
			continue
		}
		if found != nil && found != f {
			return nil
		}
		found = f
	}
	if found == nil || m.Exported() && (p.reachable(typ) || p.keepsOthers(typ, iface)) {
		return nil
	}
	return found
}

// reachable reports whether other packages can reach an interface type.
func (p *part) reachable(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return !ok || p.isExposed(named)
}

// keepsOthers reports whether the interface may hold values of other types than the package's own: the package
// has values of imported types or of other interfaces that implement it, or asserts that a value does.
func (p *part) keepsOthers(typ types.Type, iface *types.Interface) bool {
	seen := make(map[types.Type]bool)
	others := func(t types.Type) bool {
		if t == nil || seen[t] || types.Identical(t, typ) {
			return false
		}
		seen[t] = true
		if named, ok := types.Unalias(deref(t)).(*types.Named); ok && named.Obj().Pkg() == p.pass.Pkg && !types.IsInterface(named) {
			return false
		}
		return types.Implements(t, iface)
	}
	for _, obj := range p.pass.TypesInfo.Implicits { // the variable of a type switch
		if types.Identical(obj.Type(), typ) {
			return true
		}
	}
	for e, tv := range p.pass.TypesInfo.Types {
		if a, ok := e.(*ast.TypeAssertExpr); ok && a.Type != nil && types.Identical(p.pass.TypesInfo.TypeOf(a.Type), typ) {
			return true
		}
		if tuple, ok := tv.Type.(*types.Tuple); ok {
			for v := range tuple.Variables() {
				if others(v.Type()) {
					return true
				}
			}
		} else if tv.IsValue() && others(tv.Type) {
			return true
		}
	}
	return false
}
