package rewrite

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
)

// identifiers gives the names in a node.
func identifiers(n ast.Node) map[string]bool {
	names := make(map[string]bool)
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			names[id.Name] = true
		}
		return true
	})
	return names
}

func predeclared(name string) bool { return types.Universe.Lookup(name) != nil }

// uses gives the places where the function uses a variable, without its declaration.
func (f *function) uses(v *types.Var) []*ast.Ident {
	if f.vars == nil {
		f.vars = make(map[any][]*ast.Ident)
		ast.Inspect(f.decl, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				if obj := f.pkg.Info.Uses[id]; obj != nil {
					f.vars[obj] = append(f.vars[obj], id)
				}
			}
			return true
		})
	}
	return f.vars[v]
}

// A use is what happens to a variable where it stands.
type use int

const (
	reads     use = iota // its value is read
	writes               // it is assigned
	changes              // a part of it is assigned
	addresses            // its address, or that of a part, is taken
)

// use tells what happens to a variable, or to a field, where it stands.
func (f *function) use(e ast.Expr) use {
	top, whole := e, true
	for {
		parent := f.file.parent(top)
		switch p := parent.(type) {
		case *ast.ParenExpr:
			top = p
			continue
		case *ast.SelectorExpr:
			if p.X != top {
				return reads
			}
			sel := f.pkg.Info.Selections[p]
			switch {
			case sel == nil:
				return reads
			case sel.Kind() == types.FieldVal && !sel.Indirect():
				top, whole = p, false
				continue
			case sel.Kind() == types.MethodVal && isPointer(sel.Obj().(*types.Func).Signature().Recv().Type()) && !sel.Indirect():
				return addresses
			}
			return reads
		case *ast.IndexExpr:
			if _, ok := f.pkg.Info.TypeOf(top).Underlying().(*types.Array); !ok || p.X != top {
				return reads
			}
			top, whole = p, false
			continue
		case *ast.SliceExpr:
			if _, ok := f.pkg.Info.TypeOf(top).Underlying().(*types.Array); ok && p.X == top {
				return addresses
			}
			return reads
		case *ast.UnaryExpr:
			if p.Op == token.AND {
				return addresses
			}
			return reads
		case *ast.IncDecStmt:
		case *ast.AssignStmt:
			left := false
			for _, l := range p.Lhs {
				left = left || l == top
			}
			if !left {
				return reads
			}
		case *ast.RangeStmt:
			if p.Key != top && p.Value != top {
				return reads
			}
		default:
			return reads
		}
		if whole {
			return writes
		}
		return changes
	}
}

func isPointer(t types.Type) bool {
	_, ok := t.Underlying().(*types.Pointer)
	return ok
}

// enclosing gives the function, declared or literal, around a node.
func (f *function) enclosing(n ast.Node) ast.Node {
	for n = f.file.parent(n); n != nil; n = f.file.parent(n) {
		switch n.(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return n
		}
	}
	return nil
}

// within tells whether a position is inside a node.
func within(pos token.Pos, n ast.Node) bool { return n.Pos() <= pos && pos < n.End() }

// redeclares tells whether statements in a block of their own would declare other variables than now: they assign a
// variable by :=, which the same block has declared before them, and other code may see the variable, such as a literal
// or a return without results.
func (f *function) redeclares(list []ast.Stmt) bool {
	for _, s := range list {
		s, ok := s.(*ast.AssignStmt)
		if !ok || s.Tok != token.DEFINE {
			continue
		}
		for _, l := range s.Lhs {
			v, ok := f.pkg.Info.Uses[l.(*ast.Ident)].(*types.Var)
			if ok && v.Pos() < list[0].Pos() && (f.captured(v) || v.Kind() == types.ResultVar) {
				return true
			}
		}
	}
	return false
}

// declaredIn gives the function, declared or a literal, that a variable belongs to.
func (f *function) declaredIn(v *types.Var) ast.Node {
	var in ast.Node = f.decl
	ast.Inspect(f.decl, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && within(v.Pos(), lit) {
			in = lit
		}
		return true
	})
	return in
}

// captured tells whether a literal uses a variable of another function.
func (f *function) captured(v *types.Var) bool {
	in := f.declaredIn(v)
	for _, id := range f.uses(v) {
		if f.enclosing(id) != in {
			return true
		}
	}
	return false
}

// typeText gives the text of a type for a position of the file, if there is one.
func (f *function) typeText(pos token.Pos, t types.Type) (string, bool) {
	text := types.TypeString(t, func(p *types.Package) string {
		if p == f.pkg.Types {
			return ""
		}
		for _, spec := range f.file.Syntax.Imports {
			name, _ := f.pkg.Info.Implicits[spec].(*types.PkgName)
			if spec.Name != nil {
				name, _ = f.pkg.Info.Defs[spec.Name].(*types.PkgName)
			}
			if name != nil && name.Imported() == p {
				return name.Name()
			}
		}
		return p.Name()
	})
	expr, err := parser.ParseExpr(text)
	if err != nil {
		return "", false
	}
	info := &types.Info{Types: make(map[ast.Expr]types.TypeAndValue)}
	if err := types.CheckExpr(f.pkg.Fset, f.pkg.Types, pos, expr, info); err != nil {
		return "", false
	}
	tv := info.Types[expr]
	return text, tv.IsType() && types.Identical(tv.Type, t)
}

// pure tells whether evaluating an expression has no effect. It may panic.
func (f *function) pure(e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if tv := f.pkg.Info.Types[n.Fun]; tv.IsType() {
				break
			}
			if id, isName := ast.Unparen(n.Fun).(*ast.Ident); isName {
				if b, isBuiltin := f.pkg.Info.Uses[id].(*types.Builtin); isBuiltin && (b.Name() == "len" || b.Name() == "cap") {
					break
				}
			}
			ok = false
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW
		case *ast.FuncLit:
			ok = false
		}
		return ok
	})
	return ok
}

// constant tells whether an expression is a constant.
func (f *function) constant(e ast.Expr) bool { return f.pkg.Info.Types[e].Value != nil }

// lists yields the lists of statements of the function, with the node around each.
func (f *function) lists(yield func(holder ast.Node, list []ast.Stmt) bool) {
	stopped := false
	ast.Inspect(f.decl.Body, func(n ast.Node) bool {
		if stopped {
			return false
		}
		switch n := n.(type) {
		case *ast.BlockStmt:
			switch f.file.parent(n).(type) {
			case *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt: // its statements are clauses
			default:
				stopped = !yield(n, n.List)
			}
		case *ast.CaseClause:
			stopped = !yield(n, n.Body)
		case *ast.CommClause:
			stopped = !yield(n, n.Body)
		}
		return !stopped
	})
}

// leaves tells whether control never comes after a statement, or after a list that ends in it. These are the Go
// specification's terminating statements, without loops, labels and gotos.
func (f *function) leaves(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok {
			if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
				b, ok := f.pkg.Info.Uses[id].(*types.Builtin)
				return ok && b.Name() == "panic"
			}
		}
	case *ast.BlockStmt:
		return f.listLeaves(s.List)
	case *ast.IfStmt:
		return s.Else != nil && f.leaves(s.Body) && f.leaves(s.Else)
	case *ast.SwitchStmt:
		complete := false
		for _, c := range s.Body.List {
			c := c.(*ast.CaseClause)
			complete = complete || c.List == nil
			if !f.listLeaves(c.Body) || breaks(c) {
				return false
			}
		}
		return complete
	}
	return false
}

func (f *function) listLeaves(list []ast.Stmt) bool {
	return len(list) > 0 && f.leaves(list[len(list)-1])
}

// breaks tells whether a statement has a break without a label that leaves the code around the statement.
func breaks(s ast.Stmt) bool {
	found := false
	var walk func(n ast.Node) bool
	walk = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			return n == ast.Node(s) // these have their own breaks
		case *ast.BranchStmt:
			found = found || n.Tok == token.BREAK && n.Label == nil
		}
		return true
	}
	ast.Inspect(s, walk)
	return found
}

// jumps tells whether the function has labels or a recover: such functions are hard to split.
func (f *function) jumps() bool {
	found := false
	ast.Inspect(f.decl.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.LabeledStmt:
			found = true
		case *ast.Ident:
			b, ok := f.pkg.Info.Uses[n].(*types.Builtin)
			found = found || ok && b.Name() == "recover"
		}
		return true
	})
	return found
}

// A local is a variable that a statement of a list declares.
type local struct {
	*types.Var
	id   *ast.Ident
	list []ast.Stmt
	i    int // of the statement in the list; -1 for a parameter, whose list is the body's
}

// locals gives the variables that statements of lists declare in the function, and its parameters and receiver.
func (f *function) locals() (all []local) {
	add := func(id *ast.Ident, list []ast.Stmt, i int) {
		if v, ok := f.pkg.Info.Defs[id].(*types.Var); ok && id.Name != "_" {
			all = append(all, local{v, id, list, i})
		}
	}
	for _, fields := range []*ast.FieldList{f.decl.Recv, f.decl.Type.Params} {
		if fields != nil {
			for _, field := range fields.List {
				for _, id := range field.Names {
					add(id, f.decl.Body.List, -1)
				}
			}
		}
	}
	for _, list := range f.lists {
		for i, s := range list {
			switch s := s.(type) {
			case *ast.DeclStmt:
				if decl, ok := s.Decl.(*ast.GenDecl); ok && decl.Tok == token.VAR {
					for _, spec := range decl.Specs {
						for _, id := range spec.(*ast.ValueSpec).Names {
							add(id, list, i)
						}
					}
				}
			case *ast.AssignStmt:
				if s.Tok == token.DEFINE {
					for _, l := range s.Lhs {
						if id, ok := l.(*ast.Ident); ok {
							add(id, list, i)
						}
					}
				}
			}
		}
	}
	return all
}

// record tells whether a type is a struct that the tree declares, a struct without a name, or a pointer to one of
// these.
func (r *rewriting) record(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	if _, ok := t.Underlying().(*types.Struct); !ok {
		return false
	}
	if n, ok := types.Unalias(t).(*types.Named); ok {
		return n.Obj().Pkg() != nil && r.owns(n.Obj().Pkg())
	}
	return true
}

// owns tells whether a package is one of the tree.
func (r *rewriting) owns(p *types.Package) bool {
	for _, q := range r.tree.Packages {
		if q.Types == p {
			return true
		}
	}
	return false
}
