package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// These kinds put a condition into a function of its own.
var checks = []*Kind{
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
}

// checksPath is the path of a package that a rewrite makes. The package knows no response.
const checksPath = "example.com/rewritten/checks"

// extractConditions puts conditions about a struct into functions: functions of the condition's variables, or methods
// of the struct.
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
				var named bool
				if a.text, named = f.typeText(f.decl.End(), v.Type()); !named {
					ok = false
					return false
				}
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

// callsOnly tells whether only calls in an expression may have an effect.
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
