package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// untyped tells whether an expression is a constant without a type of its own.
func (f *function) untyped(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.BasicLit:
		return true
	case *ast.Ident:
		return untypedConst(f.pkg.Info.Uses[e])
	case *ast.SelectorExpr:
		return untypedConst(f.pkg.Info.Uses[e.Sel])
	case *ast.UnaryExpr:
		return f.untyped(e.X)
	case *ast.BinaryExpr:
		return f.untyped(e.X) && f.untyped(e.Y)
	}
	return false
}

func untypedConst(obj types.Object) bool {
	c, ok := obj.(*types.Const)
	if !ok {
		return false
	}
	b, ok := c.Type().(*types.Basic)
	return ok && b.Info()&types.IsUntyped != 0
}

// nameCodes gives integer codes a type of their own. With methods, comparisons with constants become methods of the
// type.
func (r *rewriting) nameCodes(methods bool) {
	codes := make(map[*types.Var]*answer)
	converted := r.converted()
	for _, a := range r.answers() {
		basic, ok := a.fields[a.code].Type().(*types.Basic)
		if ok && basic.Info()&types.IsInteger != 0 && basic.Info()&types.IsUnsigned == 0 && !converted[a.named.Obj()] {
			codes[a.fields[a.code]] = a
		}
	}
	field := func(p place, e ast.Expr) *types.Var {
		if sel, ok := ast.Unparen(e).(*ast.SelectorExpr); ok {
			if v, ok := p.pkg.Info.Uses[sel.Sel].(*types.Var); ok && v.IsField() {
				return v.Origin()
			}
		}
		return nil
	}
	// Leave a struct alone if its code is assigned, or its address is taken, in a way that is hard to rewrite.
	for p := range r.places {
		ast.Inspect(p.node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if v := field(p, n); codes[v] != nil && (p.use(n) == addresses || p.pkg.Left) {
					delete(codes, v)
				}
			case *ast.AssignStmt:
				for _, l := range n.Lhs {
					if v := field(p, l); codes[v] != nil && (len(n.Lhs) != len(n.Rhs) || n.Tok != token.ASSIGN || p.qualified(codes[v].pkg, "x") == "") {
						delete(codes, v)
					}
				}
			case *ast.RangeStmt:
				delete(codes, field(p, n.Key))
				delete(codes, field(p, n.Value))
			case *ast.CompositeLit:
				for i := range n.Elts {
					if v, _ := p.element(n, i); codes[v] != nil && p.qualified(codes[v].pkg, "x") == "" {
						delete(codes, v)
					}
				}
			}
			return true
		})
	}
	type codeType struct {
		name  string
		tests map[string]string
	}
	made := make(map[*Package]map[string]*codeType)
	typeOf := func(v *types.Var) *codeType {
		a := codes[v]
		if made[a.pkg] == nil {
			made[a.pkg] = make(map[string]*codeType)
		}
		basic := v.Type().(*types.Basic).Name()
		t := made[a.pkg][basic]
		if t == nil {
			t = &codeType{r.declare(a.pkg, "OutcomeCode"), make(map[string]string)}
			made[a.pkg][basic] = t
			e := r.edits[a.file]
			format := r.declare(a.pkg, "strconv")
			e.imports = append(e.imports, format+` "strconv"`)
			e.extra = append(e.extra, fmt.Sprintf("type %s %s\n\nfunc (c %[1]s) String() string { return %[3]s.FormatInt(int64(c), 10) }", t.name, basic, format))
		}
		return t
	}
	for _, v := range slices.SortedFunc(maps.Keys(codes), func(a, b *types.Var) int {
		return strings.Compare(codes[a].pkg.Path+fmt.Sprint(a.Pos()), codes[b].pkg.Path+fmt.Sprint(b.Pos()))
	}) {
		a := codes[v]
		r.edits[a.file].set(a.decls[a.code].Type, typeOf(v).name)
	}
	for p := range r.places {
		wrap := func(v *types.Var, e ast.Expr) {
			if p.untyped(e) {
				return
			}
			// The expression may be a code itself: the text that stands there is rewritten around it.
			p.before(e, p.qualified(codes[v].pkg, typeOf(v).name)+"(")
			p.after(e, ")")
		}
		ast.Inspect(p.node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.AssignStmt:
				for i, l := range n.Lhs {
					if v := field(p, l); codes[v] != nil {
						wrap(v, n.Rhs[i])
						p.done()
					}
				}
			case *ast.CompositeLit:
				for i := range n.Elts {
					if v, e := p.element(n, i); codes[v] != nil {
						wrap(v, e)
						p.done()
					}
				}
			case *ast.BinaryExpr:
				if v := field(p, n.X); methods && codes[v] != nil && mirrored[n.Op] != 0 && p.untyped(n.Y) {
					t := typeOf(v)
					value := p.pkg.Info.Types[n.Y].Value.ExactString()
					test := n.Op.String() + " " + value
					if t.tests[test] == "" {
						t.tests[test] = fmt.Sprint("Is", len(t.tests)+1)
						e := r.edits[codes[v].file]
						e.extra = append(e.extra, fmt.Sprintf("func (c %s) %s() bool { return c %s }", t.name, t.tests[test], test))
						r.owners[Func{codes[v].pkg.Path, t.name + "." + t.tests[test]}] = Func{codes[v].pkg.Path, ""}
					}
					p.instead(n, func() string { return p.text(n.X) + "." + t.tests[test] + "()" })
					p.done()
				}
			case *ast.SelectorExpr:
				v := field(p, n)
				if codes[v] == nil || p.use(n) != reads {
					break
				}
				p.done()
				if !p.fitsCode(n) {
					p.instead(n, func() string { return v.Type().String() + "(" + p.inside(n) + ")" })
				}
			}
			return true
		})
	}
}

// fitsCode tells whether a code can stand where it is with any type: it is compared with a constant without a type, or
// it is the tag of a switch over such constants.
func (f *function) fitsCode(e ast.Expr) bool {
	var n ast.Node = e
	parent := f.file.parent(n)
	for {
		paren, ok := parent.(*ast.ParenExpr)
		if !ok {
			break
		}
		n, parent = paren, f.file.parent(paren)
	}
	switch p := parent.(type) {
	case *ast.BinaryExpr:
		other := p.X
		if p.X == n {
			other = p.Y
		}
		return mirrored[p.Op] != 0 && f.untyped(other)
	case *ast.SwitchStmt:
		if p.Tag != n {
			return false
		}
		for _, c := range p.Body.List {
			for _, v := range c.(*ast.CaseClause).List {
				if !f.untyped(v) {
					return false
				}
			}
		}
		return true
	}
	return false
}
