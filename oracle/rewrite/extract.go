package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// These kinds put statements into a function of their own.
var extractions = []*Kind{
	{
		Name: "rest-extracted", Before: "decode(&r); A; return err", After: "decode(&r); return rest(&r), with func rest(r *T) error { A; return err }",
		apply: each(func(f *function) {
			if m := f.firstMove(); m != nil {
				f.extract(m.rest, nil)
			}
		}),
	},
	{
		Name: "rest-extracted-method", Before: "decode(&r); A; return err", After: "decode(&r); return r.rest(), with func (r *T) rest() error { A; return err }",
		apply: each(func(f *function) {
			if m := f.firstMove(); m != nil && f.hasMethods(m.Type()) {
				f.extract(m.rest, m.Var)
			}
		}),
	},
	{
		Name: "block-extracted", Before: "if c { A; return err }", After: "if c { return block() }, with func block() error { A; return err }",
		apply: each(func(f *function) {
			f.ifs(func(s *ast.IfStmt) {
				for p := f.file.parent(s); p != nil; p = f.file.parent(p) {
					if b, ok := p.(*ast.BlockStmt); ok && len(b.List) > 0 && f.taken(b.List[0]) {
						return // extracted together with the code around it
					}
				}
				if f.listLeaves(s.Body.List) {
					f.extract(s.Body.List, nil)
				}
			})
		}),
	},
}

// firstMove gives the first variable in the function's own statements that has its value from some statement on.
func (f *function) firstMove() *move {
	for _, v := range f.locals() {
		if len(v.list) > 0 && v.list[0] == f.decl.Body.List[0] && v.i >= 0 {
			if m := f.moveOf(v); m != nil {
				return m
			}
		}
	}
	return nil
}

// hasMethods tells whether a type, or the type that it points to, is declared in the package, so that it can get a
// method.
func (f *function) hasMethods(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Parent() == f.pkg.Types.Scope() && n.TypeParams().Len() == 0 && !types.IsInterface(n)
}

// extract puts statements that end in a return, or end the function, into a function of their own. If a variable is
// given, the function is a method of its type. A struct is passed by its address, so that it stays the same variable.
func (f *function) extract(list []ast.Stmt, recv *types.Var) {
	if len(list) == 1 && isReturn(list[0]) && len(list[0].(*ast.ReturnStmt).Results) == 0 || f.jumps() || f.generic() {
		return
	}
	first, last := list[0], list[len(list)-1]
	if f.enclosing(first) != f.decl {
		return // inside a literal: it has other results
	}
	results := f.decl.Type.Results
	if results != nil && results.List[0].Names != nil {
		return
	}
	leaves := f.listLeaves(list)
	if !leaves && (results != nil || last != f.decl.Body.List[len(f.decl.Body.List)-1]) {
		return
	}
	for _, s := range list {
		if breaks(s) || continues(s) {
			return
		}
	}
	args, ok := f.arguments(list, first.Pos(), last.End())
	if !ok {
		return
	}
	name := f.declare(f.pkg, lower(f.decl.Name.Name)+"Rest")
	key, head, call := name, "func ", name
	var params, values []string
	var pointed []*types.Var
	for _, a := range args {
		if a.v == recv {
			t := a.text
			if a.pointed {
				t = "*" + t
			}
			head += "(" + a.v.Name() + " " + t + ") "
			call = a.v.Name() + "." + name
			key = strings.TrimPrefix(t, "*") + "." + name
		} else if a.pointed {
			params, values = append(params, a.v.Name()+" *"+a.text), append(values, "&"+a.v.Name())
		} else {
			params, values = append(params, a.v.Name()+" "+a.text), append(values, a.v.Name())
		}
		if a.pointed {
			pointed = append(pointed, a.v)
		}
	}
	if recv != nil && call == name {
		return
	}
	for _, v := range pointed {
		for _, id := range f.uses(v) {
			if within(id.Pos(), first) || first.End() <= id.Pos() && id.Pos() < last.End() {
				f.behindPointer(id, id.Name)
			}
		}
	}
	body := f.statements(list)
	head += name + "(" + strings.Join(params, ", ") + ") "
	call += "(" + strings.Join(values, ", ") + ")"
	if results != nil {
		head += f.source(results) + " "
		call = "return " + call
	} else if leaves {
		call += "\nreturn"
	}
	f.helper(key, head+"{\n"+body+"\n}")
	f.set(first, call)
	for _, s := range list[1:] {
		f.set(s, "")
	}
	f.done()
}

func isReturn(s ast.Stmt) bool { _, ok := s.(*ast.ReturnStmt); return ok }

func (f *function) generic() bool {
	return f.decl.Type.TypeParams != nil || f.decl.Recv != nil && strings.Contains(f.source(f.decl.Recv), "[")
}

func lower(name string) string { return strings.ToLower(name[:1]) + name[1:] }

// An argument is a variable that extracted code needs.
type argument struct {
	v       *types.Var
	text    string // its type
	pointed bool   // it is passed by its address
}

// arguments gives the variables that code needs and doesn't declare itself. ok is false if the code needs something
// else of the function, or if another part of the function may see a change of them.
func (f *function) arguments(list []ast.Stmt, from, to token.Pos) (args []argument, ok bool) {
	ok = true
	seen := make(map[types.Object]bool)
	inside := func(pos token.Pos) bool { return from <= pos && pos < to }
	for _, s := range list {
		ast.Inspect(s, func(n ast.Node) bool {
			id, isID := n.(*ast.Ident)
			if !isID {
				return ok
			}
			obj := f.pkg.Info.Uses[id]
			if obj == nil || seen[obj] || !within(obj.Pos(), f.decl) || obj.Pkg() != f.pkg.Types || inside(obj.Pos()) {
				return ok
			}
			seen[obj] = true
			v, isVar := obj.(*types.Var)
			if !isVar {
				ok = false // a type or a constant of the function
				return false
			}
			if v.IsField() {
				return true
			}
			a := argument{v: v}
			a.text, ok = f.typeText(f.decl.End(), v.Type())
			switch v.Type().Underlying().(type) {
			case *types.Struct:
				a.pointed = true
			case *types.Array:
				ok = false
			default:
				for _, id := range f.uses(v) {
					if f.use(id) == addresses || !inside(id.Pos()) && f.enclosing(id) != f.declaredIn(v) {
						ok = false
					}
				}
			}
			args = append(args, a)
			return ok
		})
	}
	return args, ok
}
