package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// These kinds put the decode into a function of its own.
var decodes = []*Kind{
	{
		Name: "decode-extracted", Before: "json.Unmarshal(b, &r)", After: "decode(b, &r), with func decode(b []byte, into *T) error { return json.Unmarshal(b, into) }",
		apply: eachDecode(func(f *function, d decode, from string) {
			t, ok := f.typeText(f.decl.End(), f.pkg.Info.TypeOf(d.into))
			if !ok {
				return
			}
			name := f.declare(f.pkg, lower(f.decl.Name.Name)+"Decode")
			f.helper(name, fmt.Sprintf("func %s(from %s, into %s) error { return %s }", name, from, t, d.write("from", "into")))
			f.set(d.call, fmt.Sprintf("%s(%s, %s)", name, f.source(d.from), f.source(d.into)))
			f.done()
		}),
	},
	{
		Name: "decode-extracted-generic", Before: "json.Unmarshal(b, &r)", After: "decode(b, &r), with func decode[T any](b []byte, into *T) error { return json.Unmarshal(b, into) }",
		apply: eachDecode(func(f *function, d decode, from string) {
			if !isPointer(f.pkg.Info.TypeOf(d.into)) {
				return
			}
			name := f.declare(f.pkg, lower(f.decl.Name.Name)+"Decode")
			f.helper(name, fmt.Sprintf("func %s[T any](from %s, into *T) error { return %s }", name, from, d.write("from", "into")))
			f.set(d.call, fmt.Sprintf("%s(%s, %s)", name, f.source(d.from), f.source(d.into)))
			f.done()
		}),
	},
	{
		Name: "decode-extracted-method", Before: "json.Unmarshal(b, &r)", After: "r.decode(b), with func (r *T) decode(b []byte) error { return json.Unmarshal(b, r) }",
		apply: eachDecode(func(f *function, d decode, from string) {
			ptr, ok := types.Unalias(f.pkg.Info.TypeOf(d.into)).(*types.Pointer)
			if !ok || !f.hasMethods(ptr) {
				return
			}
			recv := d.into
			if u, ok := recv.(*ast.UnaryExpr); ok {
				recv = u.X
			}
			if _, ok := recv.(*ast.Ident); !ok {
				return
			}
			t := types.Unalias(ptr.Elem()).(*types.Named).Obj().Name()
			name := f.declare(f.pkg, lower(f.decl.Name.Name)+"Decode")
			f.helper(t+"."+name, fmt.Sprintf("func (into *%s) %s(from %s) error { return %s }", t, name, from, d.write("from", "into")))
			f.set(d.call, fmt.Sprintf("%s.%s(%s)", f.source(recv), name, f.source(d.from)))
			f.done()
		}),
	},
	{
		Name: "decode-returned", Before: "var r T; if err := json.Unmarshal(b, &r); err != nil { ... }", After: "r, failure := decode(b); if err := failure; err != nil { ... }, with func decode(b []byte) (T, error)",
		apply: each(func(f *function) {
			f.returnedDecodes(func(d decode, from, t string) string {
				name := f.declare(f.pkg, lower(f.decl.Name.Name)+"Decode")
				f.helper(name, fmt.Sprintf("func %s(from %s) (%s, error) {\nvar made %[3]s\nerr := %[4]s\nreturn made, err\n}", name, from, t, d.write("from", "&made")))
				return name
			})
		}),
	},
	{
		Name: "decode-returned-generic", Before: "var r T; if err := json.Unmarshal(b, &r); err != nil { ... }", After: "r, failure := decode[T](b); if err := failure; err != nil { ... }, with func decode[T any](b []byte) (T, error)",
		apply: func(r *rewriting) {
			made := make(map[*Package]map[string]string)
			each(func(f *function) {
				f.returnedDecodes(func(d decode, from, t string) string {
					if made[f.pkg] == nil {
						made[f.pkg] = make(map[string]string)
					}
					how := from + d.write("", "")
					name := made[f.pkg][how]
					if name == "" {
						name = f.declare(f.pkg, "decode")
						made[f.pkg][how] = name
						f.helper(name, fmt.Sprintf("func %s[T any](from %s) (made T, err error) {\nerr = %s\nreturn made, err\n}", name, from, d.write("from", "&made")))
					}
					return name + "[" + t + "]"
				})
			})(r)
		},
	},
	{
		Name: "decode-in-package", Before: "json.Unmarshal(b, &r)", After: "wire.Unmarshal(b, &r), with a package wire that knows no response",
		apply: func(r *rewriting) {
			names := make(map[*File]string)
			eachDecode(func(f *function, d decode, _ string) {
				if len(r.added) == 0 {
					r.added = append(r.added, &Package{Path: wirePath, Files: []*File{{Name: "wire.go", Text: wire}}})
				}
				if names[f.file] == "" {
					names[f.file] = r.declare(f.pkg, "wire")
					f.imports = append(f.imports, names[f.file]+` "`+wirePath+`"`)
				}
				fn := "Unmarshal"
				if d.reader {
					fn = "Decode"
				}
				f.set(d.call, fmt.Sprintf("%s.%s(%s, %s)", names[f.file], fn, f.source(d.from), f.source(d.into)))
				f.done()
			})(r)
		},
	},
}

// wirePath is the path of a package that a rewrite makes. The package knows no response.
const wirePath = "example.com/rewritten/wire"

const wire = `package wire

import (
	"encoding/json"
	"io"
)

func Unmarshal(b []byte, v any) error { return json.Unmarshal(b, v) }

func Decode(r io.Reader, v any) error { return json.NewDecoder(r).Decode(v) }
`

// A decode is a call of encoding/json: json.Unmarshal(from, into), or
// json.NewDecoder(from).Decode(into).
type decode struct {
	call       *ast.CallExpr
	from, into ast.Expr
	reader     bool
	json       string // the package's name
}

// write writes the call for other operands.
func (d decode) write(from, into string) string {
	if d.reader {
		return d.json + ".NewDecoder(" + from + ").Decode(" + into + ")"
	}
	return d.json + ".Unmarshal(" + from + ", " + into + ")"
}

// eachDecode applies a rewrite to all decodes. It passes the type that they decode from.
func eachDecode(apply func(f *function, d decode, from string)) func(r *rewriting) {
	return each(func(f *function) {
		if f.generic() {
			return
		}
		ast.Inspect(f.decl.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			d, ok := f.decodeOf(call)
			if !ok || !f.simple(d.into) {
				return true
			}
			if from, ok := f.typeText(f.decl.End(), f.pkg.Info.TypeOf(d.from)); ok {
				apply(f, d, from)
				return false
			}
			return true
		})
	})
}

// returnedDecodes lets a function return the decoded value, if the variable is declared right before the decode:
//
//	var r T
//	if err := json.Unmarshal(b, &r); err != nil {
//
// The new function is given by its name and its type arguments.
func (f *function) returnedDecodes(function func(d decode, from, t string) string) {
	if f.generic() {
		return
	}
	for _, v := range f.locals() {
		spec := f.declaredZero(v)
		if spec == nil || v.i+1 == len(v.list) {
			continue
		}
		s, ok := v.list[v.i+1].(*ast.IfStmt)
		if !ok || s.Init == nil {
			continue
		}
		init, ok := s.Init.(*ast.AssignStmt)
		if !ok || len(init.Rhs) != 1 {
			continue
		}
		call, ok := init.Rhs[0].(*ast.CallExpr)
		if !ok {
			continue
		}
		d, ok := f.decodeOf(call)
		if !ok || f.source(d.into) != "&"+v.Name() || f.mentions(d.from, v.Var) || !f.pure(d.from) || !f.readBehind(v.Var, call.End()) {
			continue
		}
		from, ok := f.typeText(f.decl.End(), f.pkg.Info.TypeOf(d.from))
		if !ok {
			continue
		}
		t, ok := f.typeText(f.decl.End(), v.Type())
		if !ok {
			continue
		}
		failure := f.fresh("failure")
		f.set(v.list[v.i], fmt.Sprintf("%s, %s := %s(%s)", v.Name(), failure, function(d, from, t), f.source(d.from)))
		f.set(call, failure)
		f.done()
	}
}

// readBehind tells whether a variable is used after a position, other than to assign it. The compiler calls a variable
// unused that is only assigned.
func (f *function) readBehind(v *types.Var, pos token.Pos) bool {
	for _, id := range f.uses(v) {
		if id.Pos() >= pos && f.use(id) != writes {
			return true
		}
	}
	return false
}

func (f *function) decodeOf(call *ast.CallExpr) (d decode, ok bool) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return d, false
	}
	fn, ok := f.pkg.Info.Uses[sel.Sel].(*types.Func)
	if !ok {
		return d, false
	}
	switch fn.FullName() {
	case "encoding/json.Unmarshal":
		return decode{call: call, from: call.Args[0], into: call.Args[1], json: f.source(sel.X)}, len(call.Args) == 2
	case "(*encoding/json.Decoder).Decode":
		made, ok := sel.X.(*ast.CallExpr)
		if !ok || len(made.Args) != 1 {
			return d, false
		}
		maker, ok := made.Fun.(*ast.SelectorExpr)
		if !ok || maker.Sel.Name != "NewDecoder" {
			return d, false
		}
		return decode{call: call, from: made.Args[0], into: call.Args[0], reader: true, json: f.source(maker.X)}, true
	}
	return d, false
}

// simple tells whether the target of a decode is a variable, or the address of one, and no interface.
func (f *function) simple(e ast.Expr) bool {
	if u, ok := e.(*ast.UnaryExpr); ok && u.Op == token.AND {
		e = u.X
	}
	return f.pure(e) && !types.IsInterface(f.pkg.Info.TypeOf(e))
}
