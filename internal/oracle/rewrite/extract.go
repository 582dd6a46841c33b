package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Kinds that put statements into a function of their own.
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
						return // extracted with what it stands in
					}
				}
				if f.listLeaves(s.Body.List) {
					f.extract(s.Body.List, nil)
				}
			})
		}),
	},
}

// firstMove gives the first variable of the function's own statements whose value is
// there from some statement on.
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

// hasMethods tells whether a type, or what it points to, is declared by the package, so
// that it can be given a method.
func (f *function) hasMethods(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Parent() == f.pkg.Types.Scope() && n.TypeParams().Len() == 0 && !types.IsInterface(n)
}

// extract puts statements that end in a return, or end the function, into a function
// of their own: a method of what a variable holds, if one is given. A struct is passed by
// its address, so that it stays the same variable.
func (f *function) extract(list []ast.Stmt, recv *types.Var) {
	if len(list) == 1 && isReturn(list[0]) && len(list[0].(*ast.ReturnStmt).Results) == 0 || f.jumps() || f.generic() {
		return
	}
	first, last := list[0], list[len(list)-1]
	if f.enclosing(first) != f.decl {
		return // a literal has other results
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

// arguments gives the variables that code needs and doesn't declare itself; ok is false
// if it needs something else of the function, or if another part of the function may see what
// becomes of them.
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

// Kinds that put an expression into a function of its own: a condition, or the decode.
var helpers = []*Kind{
	{
		Name: "check-extracted", Before: "if r.Code != 0 { ... }", After: "if check(r) { ... }, with func check(r T) bool { return r.Code != 0 }",
		apply: each(func(f *function) { f.extractConditions(false) }),
	},
	{
		Name: "check-extracted-method", Before: "if r.Code != 0 { ... }", After: "if r.check() { ... }, with func (r T) check() bool { return r.Code != 0 }",
		apply: each(func(f *function) { f.extractConditions(true) }),
	},
	{
		Name: "check-extracted-generic", Before: "if r.Code != 0 { ... }", After: "if check(r.Code) { ... }, with func check[C ~int](code C) bool { return code != 0 }",
		apply: func(r *rewriting) {
			checks := make(map[*Package]map[string]string)
			for f := range r.functions {
				f.numberTests(func(b *ast.BinaryExpr, basic *types.Basic, value string) {
					if checks[f.pkg] == nil {
						checks[f.pkg] = make(map[string]string)
					}
					test := b.Op.String() + " " + value
					key := basic.Name() + test
					name := checks[f.pkg][key]
					if name == "" {
						name = r.declare(f.pkg, "check"+basic.Name())
						checks[f.pkg][key] = name
						f.helper(name, fmt.Sprintf("func %s[C ~%s](code C) bool { return code %s }", name, basic.Name(), test))
					}
					f.instead(b, func() string { return name + "(" + f.text(b.X) + ")" })
					f.done()
				})
			}
		},
	},
	{
		Name: "check-in-package", Before: "if r.Code != 0 { ... }", After: "if checks.Is1(int64(r.Code)) { ... }, with a package checks that knows no response",
		apply: func(r *rewriting) {
			tests := make(map[string]string)
			source := "package checks\n"
			qualifiers := make(map[*File]string)
			for f := range r.functions {
				f.numberTests(func(b *ast.BinaryExpr, basic *types.Basic, value string) {
					if basic.Info()&types.IsUnsigned != 0 {
						return
					}
					test := b.Op.String() + " " + value
					if tests[test] == "" {
						tests[test] = fmt.Sprint("Is", len(tests)+1)
						source += fmt.Sprintf("\nfunc %s(code int64) bool { return code %s }\n", tests[test], test)
					}
					if qualifiers[f.file] == "" {
						qualifiers[f.file] = r.declare(f.pkg, "checks")
						f.imports = append(f.imports, qualifiers[f.file]+` "`+checksPath+`"`)
					}
					f.instead(b, func() string {
						return qualifiers[f.file] + "." + tests[test] + "(int64(" + f.text(b.X) + "))"
					})
					f.done()
				})
			}
			if len(tests) > 0 {
				r.added = append(r.added, &Package{Path: checksPath, Files: []*File{{Name: "checks.go", Text: source}}})
			}
		},
	},
	{
		Name: "decode-extracted", Before: "json.Unmarshal(b, &r)", After: "decode(b, &r), with func decode(b []byte, v *T) error { return json.Unmarshal(b, v) }",
		apply: each(func(f *function) {
			f.decodes(func(call *ast.CallExpr, args []ast.Expr, target ast.Expr, body func(args []string, v string) string) {
				var params, values, names []string
				for i, a := range args {
					t, ok := f.typeText(f.decl.End(), f.pkg.Info.TypeOf(a))
					if !ok {
						return
					}
					name := fmt.Sprint("from", i+1)
					params, values, names = append(params, name+" "+t), append(values, f.source(a)), append(names, name)
				}
				t, ok := f.typeText(f.decl.End(), f.pkg.Info.TypeOf(target))
				if !ok {
					return
				}
				name := f.declare(f.pkg, lower(f.decl.Name.Name)+"Decode")
				f.helper(name, fmt.Sprintf("func %s(%s, into %s) error { return %s }", name, strings.Join(params, ", "), t, body(names, "into")))
				f.set(call, fmt.Sprintf("%s(%s, %s)", name, strings.Join(values, ", "), f.source(target)))
				f.done()
			})
		}),
	},
	{
		Name: "decode-extracted-generic", Before: "json.Unmarshal(b, &r)", After: "decode(b, &r), with func decode[T any](b []byte, v *T) error { return json.Unmarshal(b, v) }",
		apply: each(func(f *function) {
			f.decodes(func(call *ast.CallExpr, args []ast.Expr, target ast.Expr, body func(args []string, v string) string) {
				if !isPointer(f.pkg.Info.TypeOf(target)) {
					return
				}
				var params, values, names []string
				for i, a := range args {
					t, ok := f.typeText(f.decl.End(), f.pkg.Info.TypeOf(a))
					if !ok {
						return
					}
					name := fmt.Sprint("from", i+1)
					params, values, names = append(params, name+" "+t), append(values, f.source(a)), append(names, name)
				}
				name := f.declare(f.pkg, lower(f.decl.Name.Name)+"Decode")
				f.helper(name, fmt.Sprintf("func %s[T any](%s, into *T) error { return %s }", name, strings.Join(params, ", "), body(names, "into")))
				f.set(call, fmt.Sprintf("%s(%s, %s)", name, strings.Join(values, ", "), f.source(target)))
				f.done()
			})
		}),
	},
	{
		Name: "decode-extracted-method", Before: "json.Unmarshal(b, &r)", After: "r.decode(b), with func (r *T) decode(b []byte) error { return json.Unmarshal(b, r) }",
		apply: each(func(f *function) {
			f.decodes(func(call *ast.CallExpr, args []ast.Expr, target ast.Expr, body func(args []string, v string) string) {
				ptr, ok := types.Unalias(f.pkg.Info.TypeOf(target)).(*types.Pointer)
				if !ok || !f.hasMethods(ptr) {
					return
				}
				var params, values, names []string
				for i, a := range args {
					t, ok := f.typeText(f.decl.End(), f.pkg.Info.TypeOf(a))
					if !ok {
						return
					}
					name := fmt.Sprint("from", i+1)
					params, values, names = append(params, name+" "+t), append(values, f.source(a)), append(names, name)
				}
				recv := f.source(target)
				if u, ok := target.(*ast.UnaryExpr); ok {
					recv = f.source(u.X)
				} else if _, ok := target.(*ast.Ident); !ok {
					return
				}
				t := types.Unalias(ptr.Elem()).(*types.Named).Obj().Name()
				name := f.declare(f.pkg, lower(f.decl.Name.Name)+"Decode")
				f.helper(t+"."+name, fmt.Sprintf("func (into *%s) %s(%s) error { return %s }", t, name, strings.Join(params, ", "), body(names, "into")))
				f.set(call, fmt.Sprintf("%s.%s(%s)", recv, name, strings.Join(values, ", ")))
				f.done()
			})
		}),
	},
	{
		Name: "decode-in-package", Before: "json.Unmarshal(b, &r)", After: "wire.Unmarshal(b, &r), with a package wire that knows no response",
		apply: func(r *rewriting) {
			used := false
			qualifiers := make(map[*File]string)
			for f := range r.functions {
				f.decodes(func(call *ast.CallExpr, args []ast.Expr, target ast.Expr, body func(args []string, v string) string) {
					fn := map[int]string{0: "Unmarshal", 1: "Decode"}[strings.Count(body([]string{""}, ""), "NewDecoder")]
					if qualifiers[f.file] == "" {
						qualifiers[f.file] = r.declare(f.pkg, "wire")
						f.imports = append(f.imports, qualifiers[f.file]+` "`+wirePath+`"`)
					}
					f.set(call, fmt.Sprintf("%s.%s(%s, %s)", qualifiers[f.file], fn, f.source(args[0]), f.source(target)))
					f.done()
					used = true
				})
			}
			if used {
				r.added = append(r.added, &Package{Path: wirePath, Files: []*File{{Name: "wire.go", Text: wire}}})
			}
		},
	},
}

// Packages that rewrites make. Both know no response.
const (
	checksPath = "example.com/rewritten/checks"
	wirePath   = "example.com/rewritten/wire"

	wire = `package wire

import (
	"encoding/json"
	"io"
)

func Unmarshal(b []byte, v any) error { return json.Unmarshal(b, v) }

func Decode(r io.Reader, v any) error { return json.NewDecoder(r).Decode(v) }
`
)

// extractConditions puts conditions that are about a struct into functions: of the variables that
// they have, or methods of the struct.
func (f *function) extractConditions(method bool) {
	if f.generic() {
		return
	}
	f.ifs(func(s *ast.IfStmt) {
		if !f.pure(s.Cond) && !f.callsOnly(s.Cond) {
			return
		}
		var args []argument
		var recv *types.Var
		about, ok := false, true
		seen := make(map[types.Object]bool)
		ast.Inspect(s.Cond, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				ok = false
			case *ast.Ident:
				obj := f.pkg.Info.Uses[n]
				if obj == nil || !within(obj.Pos(), f.decl) || obj.Pkg() != f.pkg.Types {
					return true
				}
				v, isVar := obj.(*types.Var)
				if !isVar || f.use(n) != reads {
					ok = false
					return false
				}
				if v.IsField() || seen[v] {
					return true
				}
				seen[v] = true
				a := argument{v: v}
				a.text, ok = f.typeText(f.decl.End(), v.Type())
				if f.record(v.Type()) {
					about = true
					if recv == nil && f.hasMethods(v.Type()) {
						recv = v
					}
				}
				args = append(args, a)
			}
			return ok
		})
		if !ok || !about || method && recv == nil {
			return
		}
		name := f.declare(f.pkg, lower(f.decl.Name.Name)+"Check")
		key, head, call := name, "func ", name
		var params, values []string
		for _, a := range args {
			if method && a.v == recv {
				head += "(" + a.v.Name() + " " + a.text + ") "
				key = strings.TrimPrefix(a.text, "*") + "." + name
				call = a.v.Name() + "." + name
				continue
			}
			params, values = append(params, a.v.Name()+" "+a.text), append(values, a.v.Name())
		}
		f.helper(key, head+name+"("+strings.Join(params, ", ")+") bool { return "+f.source(s.Cond)+" }")
		f.set(s.Cond, call+"("+strings.Join(values, ", ")+")")
		f.done()
	})
}

// callsOnly tells whether the only things in an expression that may do something are
// calls.
func (f *function) callsOnly(e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW && n.Op != token.AND
		case *ast.FuncLit:
			ok = false
		}
		return ok
	})
	return ok
}

// numberTests calls do for each comparison of an integer with a constant.
func (f *function) numberTests(do func(b *ast.BinaryExpr, basic *types.Basic, value string)) {
	f.comparisons(func(b *ast.BinaryExpr) {
		t := f.pkg.Info.TypeOf(b.X)
		basic, ok := t.Underlying().(*types.Basic)
		if _, param := types.Unalias(t).(*types.TypeParam); param || !ok || basic.Info()&types.IsInteger == 0 || f.constant(b.X) || !f.constant(b.Y) {
			return
		}
		if value := f.pkg.Info.Types[b.Y].Value; len(value.ExactString()) < 10 {
			do(b, basic, value.ExactString())
		}
	})
}

// decodes calls do for each call of encoding/json that decodes, with what it decodes from, into what, and
// how the call is written for others.
func (f *function) decodes(do func(call *ast.CallExpr, args []ast.Expr, target ast.Expr, body func(args []string, v string) string)) {
	if f.generic() {
		return
	}
	ast.Inspect(f.decl.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		sel, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		fn, ok := f.pkg.Info.Uses[sel.Sel].(*types.Func)
		if !ok {
			return true
		}
		simple := func(e ast.Expr) bool {
			if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
				e = u.X
			}
			return f.pure(e) && !types.IsInterface(f.pkg.Info.TypeOf(e))
		}
		switch fn.FullName() {
		case "encoding/json.Unmarshal":
			if simple(call.Args[1]) {
				do(call, call.Args[:1], call.Args[1], func(args []string, v string) string {
					return f.source(call.Fun) + "(" + args[0] + ", " + v + ")"
				})
			}
		case "(*encoding/json.Decoder).Decode":
			made, ok := sel.X.(*ast.CallExpr)
			if !ok || !simple(call.Args[0]) || len(made.Args) != 1 {
				return true
			}
			if newSel, ok := made.Fun.(*ast.SelectorExpr); ok && newSel.Sel.Name == "NewDecoder" {
				do(call, made.Args, call.Args[0], func(args []string, v string) string {
					return f.source(made.Fun) + "(" + args[0] + ").Decode(" + v + ")"
				})
			}
		}
		return true
	})
}
