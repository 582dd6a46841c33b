package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
)

// These kinds change how a variable holds its struct: by value, or through a pointer.
var bindings = []*Kind{
	{
		Name: "var-to-new", Before: "var t T", After: "t := new(T)",
		apply: each(func(f *function) { f.varsToPointers(func(t string) string { return "new(" + t + ")" }) }),
	},
	{
		Name: "var-to-literal", Before: "var t T", After: "t := &T{}",
		apply: each(func(f *function) { f.varsToPointers(func(t string) string { return "&" + t + "{}" }) }),
	},
	{
		Name: "pointer-to-var", Before: "t := &T{} or new(T)", After: "var t T, with &t and t for t and *t",
		apply: each((*function).pointersToVars),
	},
	{
		Name: "value-to-literal", Before: "var t T", After: "t := T{}",
		apply: each(func(f *function) {
			for _, v := range f.locals() {
				if spec := f.declaredZero(v); spec != nil {
					f.set(v.list[v.i], v.Name()+" := "+f.file.source(spec.Type)+"{}")
					f.done()
				}
			}
		}),
	},
}

// declaredZero gives the declaration of a single struct without a value: var t T.
func (f *function) declaredZero(v local) *ast.ValueSpec {
	if v.i < 0 {
		return nil
	}
	s, ok := v.list[v.i].(*ast.DeclStmt)
	if !ok {
		return nil
	}
	specs := s.Decl.(*ast.GenDecl).Specs
	spec, ok := specs[0].(*ast.ValueSpec)
	if !ok || len(specs) > 1 || len(spec.Names) > 1 || len(spec.Values) > 0 || len(f.uses(v.Var)) == 0 {
		return nil
	}
	if isPointer(v.Type()) || !f.record(v.Type()) {
		return nil
	}
	return spec
}

func (f *function) varsToPointers(value func(t string) string) {
	for _, v := range f.locals() {
		if spec := f.declaredZero(v); spec != nil {
			f.set(v.list[v.i], v.Name()+" := "+value(f.file.source(spec.Type)))
			for _, id := range f.uses(v.Var) {
				f.behindPointer(id, id.Name)
			}
			f.done()
		}
	}
}

// behindPointer rewrites a use of a struct for a name that is a pointer to it. &t becomes p, t.f becomes p.f, and any
// other t becomes (*p).
func (f *function) behindPointer(id *ast.Ident, p string) {
	var e ast.Expr = id
	for {
		paren, ok := f.file.parent(e).(*ast.ParenExpr)
		if !ok {
			break
		}
		e = paren
	}
	switch parent := f.file.parent(e).(type) {
	case *ast.UnaryExpr:
		if parent.Op == token.AND {
			f.set(parent, p)
			return
		}
	case *ast.SelectorExpr:
		if parent.X == e {
			f.set(id, p)
			return
		}
	}
	f.set(id, "(*"+p+")")
}

// pointersToVars: the pointer is assigned once, and never compared.
func (f *function) pointersToVars() {
	for _, v := range f.locals() {
		if v.i < 0 {
			continue
		}
		s, ok := v.list[v.i].(*ast.AssignStmt)
		if !ok || len(s.Lhs) != 1 || len(s.Rhs) != 1 || !f.record(v.Type()) || !f.onlyRead(v.Var) {
			continue
		}
		var made string // with its type
		switch rhs := ast.Unparen(s.Rhs[0]).(type) {
		case *ast.UnaryExpr:
			lit, ok := rhs.X.(*ast.CompositeLit)
			if !ok || rhs.Op != token.AND {
				continue
			}
			if made = v.Name() + " := " + f.file.source(lit); len(lit.Elts) == 0 {
				made = "var " + v.Name() + " " + f.file.source(lit.Type)
			} else if !f.plain(lit) {
				continue
			}
		case *ast.CallExpr:
			id, ok := rhs.Fun.(*ast.Ident)
			if !ok || len(rhs.Args) != 1 {
				continue
			}
			if b, ok := f.pkg.Info.Uses[id].(*types.Builtin); !ok || b.Name() != "new" || !f.pkg.Info.Types[rhs.Args[0]].IsType() {
				continue
			}
			made = "var " + v.Name() + " " + f.file.source(rhs.Args[0])
		default:
			continue
		}
		f.set(s, made)
		for _, id := range f.uses(v.Var) {
			f.inPlace(id)
		}
		f.done()
	}
}

// plain tells whether a literal has nothing that a rewrite may want to change.
func (f *function) plain(lit *ast.CompositeLit) bool {
	ok := true
	for _, e := range lit.Elts {
		if kv, isKV := e.(*ast.KeyValueExpr); isKV {
			e = kv.Value
		}
		ok = ok && f.constant(e)
	}
	return ok
}

// onlyRead tells whether a pointer is only read: after its declaration it is never assigned, its address is never
// taken, and it is never compared.
func (f *function) onlyRead(v *types.Var) bool {
	for _, id := range f.uses(v) {
		if f.use(id) != reads {
			return false
		}
		var e ast.Node = id
		for {
			paren, ok := f.file.parent(e).(*ast.ParenExpr)
			if !ok {
				break
			}
			e = paren
		}
		if b, ok := f.file.parent(e).(*ast.BinaryExpr); ok && (b.Op == token.EQL || b.Op == token.NEQ) {
			return false
		}
	}
	return len(f.uses(v)) > 0
}

// inPlace rewrites a use of a pointer for a variable of that name that is the struct itself. *p becomes t, p.f becomes
// t.f, and any other p becomes &t.
func (f *function) inPlace(id *ast.Ident) {
	switch parent := f.file.parent(id).(type) {
	case *ast.StarExpr:
		f.set(parent, id.Name)
		return
	case *ast.SelectorExpr:
		if parent.X == id {
			return
		}
	}
	f.set(id, "&"+id.Name)
}
