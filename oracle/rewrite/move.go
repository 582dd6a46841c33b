package rewrite

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
)

// These kinds move a value, once it is there, into something and back, and continue with the result. Each is an example
// of "r is a struct, or a pointer to one, that was decoded or given, and is not assigned as a whole any more".
var moves = []*Kind{
	{
		Name: "copied", Before: "decode(&r); A(r)", After: "decode(&r); s := r; A(s)",
		apply: moved(func(m *move) {
			s := m.fresh("same")
			m.put(s+" := "+m.Name(), s)
		}),
	},
	{
		Name: "pointer-taken", Before: "decode(&r); A(r)", After: "decode(&r); p := &r; A(*p)",
		apply: moved(func(m *move) {
			if isPointer(m.Type()) {
				return
			}
			p := m.fresh("p")
			m.before(m.rest[0], p+" := &"+m.Name()+"\n")
			for _, id := range m.tail {
				m.behindPointer(id, p)
			}
			m.done()
		}),
	},
	{
		Name: "through-slice", Before: "decode(&r); A(r)", After: "decode(&r); all := []T{r}; s := all[0]; A(s)",
		apply: moved(func(m *move) {
			all, s := m.fresh("all"), m.fresh("same")
			m.put(fmt.Sprintf("%s := []%s{%s}\n%s := %[1]s[0]", all, m.text, m.Name(), s), s)
		}),
	},
	{
		Name: "element-of-slice", Before: "decode(&r); A(r)", After: "decode(&r); all := []T{r}; A(all[0])",
		apply: moved(func(m *move) {
			all := m.fresh("all")
			m.put(fmt.Sprintf("%s := []%s{%s}", all, m.text, m.Name()), all+"[0]")
		}),
	},
	{
		Name: "through-map", Before: "decode(&r); A(r)", After: `decode(&r); all := map[string]T{"only": r}; s := all["only"]; A(s)`,
		Opaque: true,
		apply: moved(func(m *move) {
			all, s := m.fresh("all"), m.fresh("same")
			m.put(fmt.Sprintf("%s := map[string]%s{\"only\": %s}\n%s := %[1]s[\"only\"]", all, m.text, m.Name(), s), s)
		}),
	},
	{
		Name: "through-field", Before: "decode(&r); A(r)", After: "decode(&r); box := struct{ it T }{r}; A(box.it)",
		apply: moved(func(m *move) {
			box := m.fresh("box")
			m.put(fmt.Sprintf("%s := struct{ it %s }{%s}", box, m.text, m.Name()), box+".it")
		}),
	},
	{
		Name: "through-channel", Before: "decode(&r); A(r)", After: "decode(&r); c := make(chan T, 1); c <- r; s := <-c; A(s)",
		Opaque: true,
		apply: moved(func(m *move) {
			c, s := m.fresh("c"), m.fresh("same")
			m.put(fmt.Sprintf("%s := make(chan %s, 1)\n%[1]s <- %[3]s\n%s := <-%[1]s", c, m.text, m.Name(), s), s)
		}),
	},
	{
		Name: "through-interface", Before: "decode(&r); A(r)", After: "decode(&r); var box any = r; s := box.(T); A(s)",
		Opaque: true,
		apply: moved(func(m *move) {
			box, s := m.fresh("box"), m.fresh("same")
			m.put(fmt.Sprintf("var %s any = %s\n%s := %[1]s.(%[4]s)", box, m.Name(), s, m.text), s)
		}),
	},
	{
		Name: "through-literal", Before: "decode(&r); A(r)", After: "decode(&r); get := func() T { return r }; s := get(); A(s)",
		apply: moved(func(m *move) {
			get, s := m.fresh("get"), m.fresh("same")
			m.put(fmt.Sprintf("%s := func() %s { return %s }\n%s := %[1]s()", get, m.text, m.Name(), s), s)
		}),
	},
	{
		Name: "element-of-range", Before: "decode(&r); A(r); return", After: "decode(&r); for _, r := range []T{r} { A(r); return }",
		apply: moved(func(m *move) {
			last := m.rest[len(m.rest)-1]
			leaves := m.listLeaves(m.rest)
			if !leaves && !(m.enclosing(m.rest[0]) == m.decl && m.decl.Type.Results == nil && m.list[0] == m.decl.Body.List[0]) {
				return // statements after the list would come after the loop
			}
			if m.redeclares(m.rest) {
				return
			}
			for _, s := range m.rest {
				if breaks(s) || continues(s) {
					return
				}
			}
			m.before(m.rest[0], fmt.Sprintf("for _, %s := range []%s{%[1]s} {\n", m.Name(), m.text))
			if m.after(last, "\n}"); leaves {
				m.after(last, "\npanic(\"not reached\")")
			}
			m.done()
		}),
	},
}

// A move is a variable that has its value from a certain statement on.
type move struct {
	*function
	local
	rest []ast.Stmt   // the statements from which on the value is there
	tail []*ast.Ident // its uses in them
	text string       // its type
}

// put puts statements where the value is there, and replaces the variable by another expression after them.
func (m *move) put(statements, with string) {
	m.before(m.rest[0], statements+"\n")
	for _, id := range m.tail {
		m.set(id, with)
	}
	m.done()
}

// moved applies a rewrite to one variable of each list of statements: only one, since another may depend on it.
func moved(apply func(m *move)) func(r *rewriting) {
	return each(func(f *function) {
		if f.jumps() {
			return
		}
		var taken [][]ast.Stmt
		for _, v := range f.locals() {
			m := f.moveOf(v)
			if m == nil {
				continue
			}
			free := true
			for _, rest := range taken {
				free = free && (m.rest[0].Pos() > rest[len(rest)-1].End() || m.rest[len(m.rest)-1].End() < rest[0].Pos())
			}
			if free {
				taken = append(taken, m.rest)
				apply(m)
			}
		}
	})
}

// moveOf finds the place where the value of a variable is there, or returns nil if that is not clear:
//
//	var r T                              r, err := call()
//	if err := decode(&r); err != nil {   if err != nil {
//		return err                           return err
//	}                                    }
//	<- here                              <- here
func (f *function) moveOf(v local) *move {
	if !f.record(v.Type()) || v.Parent() == nil {
		return nil
	}
	ready := v.i + 1
	if v.i >= 0 && f.empty(v) {
		for ready < len(v.list) && !f.mentions(v.list[ready], v.Var) {
			ready++
		}
		if ready == len(v.list) || !f.fills(v.list[ready], v.Var) {
			return nil
		}
		ready++
	}
	if v.i >= 0 && ready < len(v.list) {
		if s, ok := v.list[ready].(*ast.IfStmt); ok && s.Init == nil && f.testsError(s.Cond) {
			ready++
		}
	}
	if ready >= len(v.list) {
		return nil
	}
	m := &move{function: f, local: v, rest: v.list[ready:]}
	start := m.rest[0].Pos()
	in := f.declaredIn(v.Var)
	read := false
	for _, id := range f.uses(v.Var) {
		if id.Pos() < start {
			if f.enclosing(id) != in {
				return nil // a literal may look at it later
			}
			continue
		}
		if f.use(id) == writes {
			return nil
		}
		m.tail = append(m.tail, id)
		read = read || f.use(id) != changes
	}
	if !read {
		return nil
	}
	var ok bool
	m.text, ok = f.typeText(start, v.Type())
	if !ok {
		return nil
	}
	return m
}

// empty tells whether a variable is declared without a value: var r T, r := &T{}, r := new(T).
func (f *function) empty(v local) bool {
	switch s := v.list[v.i].(type) {
	case *ast.DeclStmt:
		return len(s.Decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Values) == 0
	case *ast.AssignStmt:
		if len(s.Lhs) != 1 || len(s.Rhs) != 1 {
			return false
		}
		switch x := s.Rhs[0].(type) {
		case *ast.UnaryExpr:
			lit, ok := x.X.(*ast.CompositeLit)
			return ok && len(lit.Elts) == 0
		case *ast.CompositeLit:
			return len(x.Elts) == 0
		case *ast.CallExpr:
			id, ok := x.Fun.(*ast.Ident)
			return ok && id.Name == "new"
		}
	}
	return false
}

func (f *function) mentions(n ast.Node, v *types.Var) bool {
	for _, id := range f.uses(v) {
		if within(id.Pos(), n) {
			return true
		}
	}
	return false
}

// fills tells whether a statement only gives a variable to a call. It may give a struct's address only to a call that
// does not keep it: of a decoder of encoding/json. It may give a pointer to any call, since a copy of a pointer is as
// good.
func (f *function) fills(s ast.Stmt, v *types.Var) bool {
	var found *ast.CallExpr
	simple := true
	for _, id := range f.uses(v) {
		if !within(id.Pos(), s) {
			continue
		}
		var arg ast.Expr = id
		if u, ok := f.file.parent(id).(*ast.UnaryExpr); ok && u.Op == token.AND {
			arg = u
		}
		call, ok := f.file.parent(arg).(*ast.CallExpr)
		if !ok || found != nil || call.Fun == arg {
			simple = false
			break
		}
		found = call
	}
	if !simple || found == nil {
		return false
	}
	if ifs, ok := s.(*ast.IfStmt); ok && (ifs.Init == nil || !within(found.Pos(), ifs.Init)) && !within(found.Pos(), ifs.Cond) {
		return false
	}
	switch s.(type) {
	case *ast.IfStmt, *ast.AssignStmt, *ast.ExprStmt:
	default:
		return false
	}
	if isPointer(v.Type()) {
		return true
	}
	sel, ok := found.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	fn, ok := f.pkg.Info.Uses[sel.Sel].(*types.Func)
	return ok && fn.Pkg() != nil && fn.Pkg().Path() == "encoding/json"
}

// testsError tells whether a condition compares an error with nil.
func (f *function) testsError(e ast.Expr) bool {
	b, ok := ast.Unparen(e).(*ast.BinaryExpr)
	return ok && f.pkg.Info.Types[b.Y].IsNil() && types.Identical(f.pkg.Info.TypeOf(b.X), types.Universe.Lookup("error").Type())
}

// continues tells whether a statement has a continue that leaves the code around the statement.
func continues(s ast.Stmt) bool {
	found := false
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.ForStmt, *ast.RangeStmt:
			return false
		case *ast.BranchStmt:
			found = found || n.Tok == token.CONTINUE && n.Label == nil
		}
		return true
	})
	return found
}
