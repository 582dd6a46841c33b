package rewrite

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
)

// These kinds change how a function gives its results.
var results = []*Kind{
	{
		Name: "results-named", Before: "func f() (T, error)", After: "func f() (result T, failure error)",
		apply: each(func(f *function) {
			if f.nameResults() != nil {
				f.done()
			}
		}),
	},
	{
		Name: "results-named-defer", Before: "func f() (T, error) { ... }", After: "func f() (result T, failure error) { defer func() {}(); ... }",
		apply: each(func(f *function) {
			if f.nameResults() != nil {
				f.before(f.decl.Body.List[0], "defer func() {}()\n")
				f.done()
			}
		}),
	},
	{
		Name: "results-named-captured", Before: "func f() (T, error) { ... }", After: "func f() (result T, failure error) { defer func() { _, _ = result, failure }(); ... }",
		apply: each(func(f *function) {
			if names := f.nameResults(); names != nil {
				blanks := strings.TrimSuffix(strings.Repeat("_, ", len(names)), ", ")
				f.before(f.decl.Body.List[0], fmt.Sprintf("defer func() { %s = %s }()\n", blanks, strings.Join(names, ", ")))
				f.done()
			}
		}),
	},
	{
		Name: "results-assigned", Before: "return v, err", After: "result, failure = v, err; return",
		apply: each(func(f *function) {
			names := f.nameResults()
			if names == nil {
				return
			}
			f.returns(func(s *ast.ReturnStmt) {
				f.instead(s, func() string { return strings.Join(names, ", ") + " = " + f.values(s) + "\nreturn" })
			})
			f.done()
		}),
	},
	{
		Name: "results-assigned-defer", Before: "return v, err", After: "defer func() {}(); ...; result, failure = v, err; return",
		apply: each(func(f *function) {
			names := f.nameResults()
			if names == nil {
				return
			}
			f.before(f.decl.Body.List[0], "defer func() {}()\n")
			f.returns(func(s *ast.ReturnStmt) {
				f.instead(s, func() string { return strings.Join(names, ", ") + " = " + f.values(s) + "\nreturn" })
			})
			f.done()
		}),
	},
	{
		Name: "result-variable", Before: "return err", After: "var outcome error = err; return outcome",
		apply: each(func(f *function) {
			results := f.decl.Type.Results
			if results == nil {
				return
			}
			last := results.List[len(results.List)-1]
			if n := f.pkg.Info.TypeOf(last.Type); !types.Identical(n, types.Universe.Lookup("error").Type()) || f.source(last.Type) != "error" {
				return
			}
			f.returns(func(s *ast.ReturnStmt) {
				// The code before it would be evaluated after it.
				for _, e := range s.Results[:max(0, len(s.Results)-1)] {
					if !f.pure(e) || f.mayPanic(e) {
						return
					}
				}
				if n := len(s.Results); n == 0 || n != results.NumFields() {
					return
				}
				value := s.Results[len(s.Results)-1]
				if len(s.Results) > 1 && !f.pure(value) {
					return
				}
				outcome := f.fresh("outcome")
				f.instead(s, func() string {
					values := []string{}
					for _, e := range s.Results[:len(s.Results)-1] {
						values = append(values, f.text(e))
					}
					return fmt.Sprintf("var %s error = %s\nreturn %s", outcome, f.text(value), strings.Join(append(values, outcome), ", "))
				})
				f.done()
			})
		}),
	},
	{
		Name: "body-in-literal", Before: "func f() error { ... }", After: "func f() error { return func() error { ... }() }",
		apply: each(func(f *function) {
			list := f.decl.Body.List
			if len(list) == 0 || f.jumps() {
				return
			}
			before := "func() {\n"
			if f.decl.Type.Results != nil {
				before = "return func() " + f.source(f.decl.Type.Results) + " {\n"
			}
			f.before(list[0], before)
			f.after(list[len(list)-1], "\n}()")
			f.done()
		}),
	},
}

func (f *function) source(n ast.Node) string { return f.file.source(n) }

// mayPanic tells whether evaluating a pure expression may panic.
func (f *function) mayPanic(e ast.Expr) bool {
	may := false
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			if _, ok := f.pkg.Info.TypeOf(n.X).Underlying().(*types.Map); !ok {
				may = true
			}
		case *ast.StarExpr, *ast.SliceExpr, *ast.TypeAssertExpr:
			may = true
		case *ast.SelectorExpr:
			sel := f.pkg.Info.Selections[n]
			may = may || sel != nil && sel.Indirect()
		case *ast.BinaryExpr:
			may = may || n.Op.String() == "/" || n.Op.String() == "%" || n.Op.String() == "<<" || n.Op.String() == ">>" || types.IsInterface(f.pkg.Info.TypeOf(n.X))
		}
		return !may
	})
	return may
}

// nameResults names the results, and gives their names. It gives nil if they have names already, or if there are none.
func (f *function) nameResults() []string {
	fields := f.decl.Type.Results
	if fields == nil || fields.List[0].Names != nil || len(f.decl.Body.List) == 0 {
		return nil
	}
	var names, all []string
	for i, field := range fields.List {
		name := "result"
		if i == len(fields.List)-1 && f.source(field.Type) == "error" {
			name = "failure"
		}
		name = f.fresh(name)
		names = append(names, name)
		all = append(all, name+" "+f.source(field.Type))
	}
	f.set(fields, "("+strings.Join(all, ", ")+")")
	return names
}

// returns calls do for each return of the function itself.
func (f *function) returns(do func(s *ast.ReturnStmt)) {
	ast.Inspect(f.decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt:
			do(n)
		}
		return true
	})
}

// values gives the values of a return.
func (f *function) values(s *ast.ReturnStmt) string {
	var all []string
	for _, e := range s.Results {
		all = append(all, f.text(e))
	}
	return strings.Join(all, ", ")
}
