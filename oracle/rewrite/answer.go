package rewrite

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"strconv"
	"strings"
)

// These kinds change the declaration of a struct with a code, and all uses of the struct in all packages.
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

// An answer is a struct that a package declares, with a member named code.
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

// memberOf gives the JSON member of a field, in lower case.
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

// places yields all declarations of the tree, also those of packages that are left as they are.
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

// converted gives the structs whose fields must stay as they are: they are converted to or from other types, or used by
// packages that are left as they are.
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

// qualified gives the name that a file can use for a package-level name of p, or "".
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

// element gives the field and the value of the i-th element of a literal.
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
