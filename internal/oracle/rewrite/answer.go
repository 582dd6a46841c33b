package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Kinds that change how a struct with a code is declared, and whatever uses it in all
// packages.
var declarations = []*Kind{
	{
		Name: "code-named", Before: "type T struct { Code int }", After: "type Code int, with a String method; type T struct { Code Code }, int(r.Code) where an int is asked for",
		apply: func(r *rewriting) { r.nameCodes(false) },
	},
	{
		Name: "code-method", Before: "r.Code != 0", After: "r.Code.Is1(), with type Code int and func (c Code) Is1() bool { return c != 0 }",
		apply: func(r *rewriting) { r.nameCodes(true) },
	},
	{
		Name: "base-embedded", Before: "type T struct { Code int; Message string; Detail D }", After: "type Base struct { Code int; Message string }; type T struct { Base; Detail D }",
		apply: (*rewriting).embedBases,
	},
	{
		Name: "accessors", Before: "r.Code, where it is read", After: "r.GetCode(), with func (r T) GetCode() int { return r.Code }",
		apply: (*rewriting).addAccessors,
	},
}

// An answer is a struct that a package declares, with a member called code.
type answer struct {
	pkg    *Package
	file   *File
	spec   *ast.TypeSpec
	named  *types.Named
	fields []*types.Var
	decls  []*ast.Field // of the fields, with one name each
	code   int          // the index of that field
}

// answers gives the structs with a code.
func (r *rewriting) answers() (all []*answer) {
	for _, p := range r.tree.Packages {
		if p.Left {
			continue
		}
		for _, f := range p.Files {
			for _, decl := range f.Syntax.Decls {
				decl, ok := decl.(*ast.GenDecl)
				if !ok || decl.Tok != token.TYPE {
					continue
				}
				for _, spec := range decl.Specs {
					if a := answerOf(p, f, spec.(*ast.TypeSpec)); a != nil {
						all = append(all, a)
					}
				}
			}
		}
	}
	return all
}

func answerOf(p *Package, f *File, spec *ast.TypeSpec) *answer {
	syntax, ok := spec.Type.(*ast.StructType)
	if !ok || spec.Assign.IsValid() {
		return nil
	}
	named, ok := p.Info.Defs[spec.Name].Type().(*types.Named)
	if !ok {
		return nil
	}
	a := &answer{pkg: p, file: f, spec: spec, named: named, code: -1}
	for _, field := range syntax.Fields.List {
		if len(field.Names) > 1 {
			return nil
		}
		if len(field.Names) == 0 {
			continue
		}
		v := p.Info.Defs[field.Names[0]].(*types.Var)
		if memberOf(field) == "code" {
			a.code = len(a.fields)
		}
		a.fields, a.decls = append(a.fields, v), append(a.decls, field)
	}
	if a.code < 0 {
		return nil
	}
	return a
}

// memberOf gives the JSON member of a field, in small letters.
func memberOf(f *ast.Field) string {
	name := f.Names[0].Name
	if f.Tag != nil {
		tag, _ := strconv.Unquote(f.Tag.Value)
		if tagged, _, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ","); tagged != "" {
			name = tagged
		}
	}
	return strings.ToLower(name)
}

// A place is a file of the tree with a declaration in it.
type place struct {
	*function // decl is nil outside of functions
	node      ast.Node
}

// places yields all declarations of the tree, those of packages that are left as they
// are, too.
func (r *rewriting) places(yield func(place) bool) {
	for _, p := range r.tree.Packages {
		for _, file := range p.Files {
			for _, decl := range file.Syntax.Decls {
				fn, _ := decl.(*ast.FuncDecl)
				f := &function{rewriting: r, edits: r.edits[file], pkg: p, file: file, decl: fn}
				if !yield(place{f, decl}) {
					return
				}
			}
		}
	}
}

func (p place) done() {
	if p.decl != nil {
		p.function.done()
	}
}

// structOf gives the declared struct that a type is, or points to.
func structOf(t types.Type) *types.TypeName {
	if t == nil {
		return nil
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj()
	}
	return nil
}

// converted gives the structs that are converted to or from other types, or that packages use that
// are left as they are: their fields must stay as they are.
func (r *rewriting) converted() map[*types.TypeName]bool {
	all := make(map[*types.TypeName]bool)
	for p := range r.places {
		ast.Inspect(p.node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				if p.pkg.Info.Types[n.Fun].IsType() && len(n.Args) == 1 {
					to, from := structOf(p.pkg.Info.TypeOf(n.Fun)), structOf(p.pkg.Info.TypeOf(n.Args[0]))
					if to != from {
						all[to], all[from] = true, true
					}
				}
			case *ast.Ident:
				if name, ok := p.pkg.Info.Uses[n].(*types.TypeName); ok && p.pkg.Left {
					all[name] = true
				}
			case *ast.TypeSpec:
				if _, ok := n.Type.(*ast.StructType); !ok && !n.Assign.IsValid() {
					all[structOf(p.pkg.Info.TypeOf(n.Type))] = true // type A B
				}
			}
			return true
		})
	}
	return all
}

// qualified gives the name by which a file can use a package-level name of p, "" if it
// can't.
func (p place) qualified(of *Package, name string) string {
	if p.pkg == of {
		return name
	}
	for _, spec := range p.file.Syntax.Imports {
		if strings.Trim(spec.Path.Value, "`\"") == of.Path {
			if q := importName(p.pkg, spec); q != "_" && q != "." {
				return q + "." + name
			}
		}
	}
	return ""
}

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

// nameCodes gives codes that are integers a type of their own. With methods,
// comparisons with constants become methods of it.
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
	// Leave those alone whose code is written, or its address taken, in a way that is hard to
	// rewrite.
	for p := range r.places {
		ast.Inspect(p.node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if v := field(p, n); codes[v] != nil && (p.useOf(n) == addresses || p.pkg.Left) {
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
			// The expression may be a code itself: what stands there is rewritten around it.
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
				if codes[v] == nil || p.useOf(n) != reads {
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

// element gives the field that the i-th element of a literal is for, and its value.
func (p place) element(lit *ast.CompositeLit, i int) (*types.Var, ast.Expr) {
	if kv, ok := lit.Elts[i].(*ast.KeyValueExpr); ok {
		if id, ok := kv.Key.(*ast.Ident); ok {
			if v, ok := p.pkg.Info.Uses[id].(*types.Var); ok && v.IsField() {
				return v.Origin(), kv.Value
			}
		}
		return nil, nil
	}
	t := p.pkg.Info.TypeOf(lit)
	if t == nil {
		return nil, nil
	}
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return nil, nil
	}
	return s.Field(i).Origin(), lit.Elts[i]
}

// fitsCode tells whether a code can stand where it is, whatever its type is called:
// compared with a constant that has no type, or the tag of a switch over such.
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

// embedBases moves the code and the message of structs into a base.
func (r *rewriting) embedBases() {
	type base struct {
		*answer
		name    string
		members map[*types.Var]bool
	}
	bases := make(map[*types.TypeName]*base)
	converted := r.converted()
	all := r.answers()
	for _, a := range all {
		if a.named.TypeParams().Len() > 0 || converted[a.named.Obj()] {
			continue
		}
		b := &base{answer: a, members: make(map[*types.Var]bool)}
		for i, d := range a.decls {
			if m := memberOf(d); m == "code" || m == "message" {
				b.members[a.fields[i]] = true
			}
		}
		bases[a.named.Obj()] = b
	}
	// Leave those alone that are embedded, since a member that is deeper may hide another, or no
	// longer; and those of which a literal can't be rewritten.
	for p := range r.places {
		ast.Inspect(p.node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.StructType:
				for _, field := range n.Fields.List {
					if len(field.Names) == 0 {
						delete(bases, structOf(p.pkg.Info.TypeOf(field.Type)))
					}
				}
			case *ast.CompositeLit:
				name := structOf(p.pkg.Info.TypeOf(n))
				b := bases[name]
				if b == nil {
					break
				}
				moved := false
				for i, e := range n.Elts {
					v, value := p.element(n, i)
					_, keyed := e.(*ast.KeyValueExpr)
					moved = moved || b.members[v]
					if !keyed || !p.pure(value) {
						delete(bases, name)
					}
				}
				if moved && p.qualified(b.pkg, "x") == "" {
					delete(bases, name)
				}
			}
			return true
		})
	}
	for _, a := range all {
		b := bases[a.named.Obj()]
		if b == nil {
			continue
		}
		b.name = r.declare(a.pkg, a.named.Obj().Name()+"Base")
		e := r.edits[a.file]
		text := "type " + b.name + " struct {\n"
		for i, d := range a.decls {
			if !b.members[a.fields[i]] {
				continue
			}
			text += a.file.source(d) + "\n"
			if i == a.code {
				e.set(d, b.name)
			} else {
				e.set(d, "")
			}
		}
		e.extra = append(e.extra, text+"}")
	}
	for p := range r.places {
		ast.Inspect(p.node, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CompositeLit:
				b := bases[structOf(p.pkg.Info.TypeOf(n))]
				if b == nil {
					break
				}
				var moved, kept []ast.Expr
				for i, e := range n.Elts {
					if v, _ := p.element(n, i); b.members[v] {
						moved = append(moved, e)
					} else {
						kept = append(kept, e)
					}
				}
				if len(moved) == 0 {
					break
				}
				p.instead(n, func() string {
					text := "{" + b.name + ": " + p.qualified(b.pkg, b.name) + "{"
					if n.Type != nil {
						text = p.text(n.Type) + text
					}
					for _, e := range moved {
						text += p.text(e) + ", "
					}
					text += "}"
					for _, e := range kept {
						text += ", " + p.text(e)
					}
					return text + "}"
				})
				p.done()
			case *ast.SelectorExpr:
				if v, ok := p.pkg.Info.Uses[n.Sel].(*types.Var); ok && v.IsField() {
					for _, b := range bases {
						if b.members[v] {
							p.done()
						}
					}
				}
			}
			return true
		})
	}
}

// addAccessors reads the fields of structs with a code through methods.
func (r *rewriting) addAccessors() {
	names := make(map[string]bool)
	for _, p := range r.tree.Packages {
		for _, f := range p.Files {
			for name := range identifiers(f.Syntax) {
				names[name] = true
			}
		}
	}
	accessors := make(map[*types.Var]string)
	converted := r.converted()
	for _, a := range r.answers() {
		if converted[a.named.Obj()] {
			continue // another type has the fields, and would not have the methods
		}
		params := ""
		if n := a.named.TypeParams().Len(); n > 0 {
			var all []string
			for i := range n {
				all = append(all, a.named.TypeParams().At(i).Obj().Name())
			}
			params = "[" + strings.Join(all, ", ") + "]"
		}
		for i, v := range a.fields {
			if v.Name() == "_" {
				continue
			}
			name := "Get" + v.Name()
			if !v.Exported() {
				name = "get" + strings.ToUpper(v.Name()[:1]) + v.Name()[1:]
			}
			for names[name] {
				name += "Value"
			}
			accessors[v] = name
			e := r.edits[a.file]
			e.extra = append(e.extra, fmt.Sprintf("func (r %s%s) %s() %s { return r.%s }", a.named.Obj().Name(), params, name, a.file.source(a.decls[i].Type), v.Name()))
			r.owners[Func{a.pkg.Path, a.named.Obj().Name() + "." + name}] = Func{a.pkg.Path, ""}
		}
	}
	for p := range r.places {
		if p.pkg.Left {
			continue
		}
		ast.Inspect(p.node, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			v, ok := p.pkg.Info.Uses[sel.Sel].(*types.Var)
			if ok && v.IsField() && accessors[v.Origin()] != "" && p.useOf(sel) == reads && p.pkg.Info.Selections[sel] != nil {
				p.set(sel.Sel, accessors[v.Origin()]+"()")
				p.done()
			}
			return true
		})
	}
}
