package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// A codeReads finds the expressions in a declaration that read the outcome code of one
// response, or its symbolic name: members of the variables that hold the response, and
// variables that were set from such members.
//
// The engine is more exact. But a fix changes syntax, which is for all paths, even
// those that the engine gave up.
type codeReads struct {
	info    *types.Info
	sizes   types.Sizes
	resp    *recognize.Response
	code    *types.Var
	desc    *types.Var // nil if there is none
	holders objects    // variables that hold the response
	copies  objects    // variables that hold its code
	*digest            // of the declaration
}

// A digest has the parts of a declaration where reads of a response are searched.
type digest struct {
	scope    ast.Node
	assigned []assignment
	compared []*ast.BinaryExpr
	switched []ast.Expr // the tags
	jumps    bool       // there is a goto
}

type assignment struct{ lhs, rhs ast.Expr }

// digestOf returns the digest of a declaration. Findings of one function share it.
func (f *function) digestOf(scope ast.Node) *digest {
	if f.digest != nil && f.digest.scope == scope {
		return f.digest
	}
	d := &digest{scope: scope}
	ast.Inspect(scope, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for i, rhs := range n.Rhs { // of a comma-ok assertion, the value comes first
				d.assigned = append(d.assigned, assignment{n.Lhs[i], rhs})
			}
		case *ast.ValueSpec:
			for i, rhs := range n.Values {
				d.assigned = append(d.assigned, assignment{n.Names[i], rhs})
			}
		case *ast.BinaryExpr:
			if codeset.Comparison(n.Op) {
				d.compared = append(d.compared, n)
			}
		case *ast.SwitchStmt:
			if n.Tag != nil {
				d.switched = append(d.switched, n.Tag)
			}
		case *ast.BranchStmt:
			d.jumps = d.jumps || n.Tok == token.GOTO
		case *ast.Ident, *ast.BasicLit, *ast.CommentGroup:
			return false
		}
		return true
	})
	f.digest = d
	return d
}

// objects is a small set of objects.
type objects []types.Object

func (o objects) has(obj types.Object) bool { return slices.Contains(o, obj) }

func (o *objects) add(obj types.Object) {
	if !o.has(obj) {
		*o = append(*o, obj)
	}
}

func (f *function) newCodeReads(resp *recognize.Response, scope ast.Node) *codeReads {
	r := &codeReads{
		info: f.pass.TypesInfo, sizes: f.pass.TypesSizes, resp: resp, digest: f.digestOf(scope),
		code: field(resp.Type, resp.Code.Path),
	}
	if resp.Symbol != nil {
		r.desc = field(resp.Type, resp.Symbol.Path)
	}
	return r
}

// field returns the field at the end of a path. If the type is an instance, it is the
// field of the generic type.
func field(t types.Type, path []int) *types.Var {
	var v *types.Var
	for _, i := range path {
		v = structUnder(t).Field(i)
		t = v.Type()
	}
	return v.Origin()
}

// structUnder returns the struct that t is or points to. Member paths lead
// through such types only.
func structUnder(t types.Type) *types.Struct {
	return deref(t).Underlying().(*types.Struct)
}

func deref(t types.Type) types.Type {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		return p.Elem()
	}
	return t
}

func isPointer(t types.Type) bool { _, ok := t.Underlying().(*types.Pointer); return ok }

// follow finds the variables that hold the response, or its code, that x reads.
func (r *codeReads) follow(x ast.Expr) {
	switch x := r.strip(x).(type) {
	case *ast.Ident:
		if v := r.variable(x); v != nil {
			r.copies.add(v)
		}
	case *ast.SelectorExpr:
		if v := r.root(x.X); v != nil {
			r.holders.add(v)
		}
	}
	// Repeat until nothing new is found: assignments may be in any order.
	for n := -1; n != len(r.holders)+len(r.copies); {
		n = len(r.holders) + len(r.copies)
		for _, a := range r.assigned {
			r.assign(a.lhs, a.rhs)
		}
	}
}

// assign follows one assignment, in both directions.
func (r *codeReads) assign(lhs, rhs ast.Expr) {
	read := r.strip(rhs)
	switch read.(type) {
	case *ast.Ident, *ast.SelectorExpr, *ast.IndexExpr, *ast.UnaryExpr:
	default:
		return // not the value of a variable
	}
	to := r.root(lhs)
	if to == nil {
		return
	}
	switch x := read.(type) {
	case *ast.SelectorExpr:
		if from := r.root(x.X); from != nil && r.selects(x) {
			if r.holders.has(from) {
				r.copies.add(to)
			} else if r.copies.has(to) {
				r.holders.add(from)
			}
			return
		}
	case *ast.Ident:
		if from := r.variable(x); from != nil && (r.copies.has(from) || r.copies.has(to)) {
			r.copies.add(from)
			r.copies.add(to)
			return
		}
	}
	if t := r.info.TypeOf(rhs); t != nil && types.Identical(deref(t), r.resp.Type) {
		if from := r.root(rhs); from != nil && (r.holders.has(from) || r.holders.has(to)) {
			r.holders.add(from)
			r.holders.add(to)
		}
	}
}

// is reports whether x reads the code or the symbolic name.
func (r *codeReads) is(x ast.Expr) bool {
	switch x := r.strip(x).(type) {
	case *ast.Ident:
		return r.copies.has(r.variable(x))
	case *ast.SelectorExpr:
		return r.selects(x) && r.holders.has(r.root(x.X))
	}
	return false
}

func (r *codeReads) selects(x *ast.SelectorExpr) bool {
	v, ok := r.info.Uses[x.Sel].(*types.Var)
	return ok && (v.Origin() == r.code || r.desc != nil && v.Origin() == r.desc)
}

// compares reports whether b compares the code or the symbolic name.
func (r *codeReads) compares(b *ast.BinaryExpr) bool {
	return codeset.Comparison(b.Op) && (r.is(b.X) || r.is(b.Y))
}

// decides reports whether a condition depends on the code only: it consists
// of comparisons of the code with constants and nil.
func (r *codeReads) decides(cond ast.Expr) bool {
	switch x := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		return x.Op == token.NOT && r.decides(x.X)
	case *ast.BinaryExpr:
		if x.Op == token.LAND || x.Op == token.LOR {
			return r.decides(x.X) && r.decides(x.Y)
		}
		return r.compares(x) && (r.constant(x.X) || r.constant(x.Y))
	}
	return false
}

func (r *codeReads) constant(x ast.Expr) bool {
	tv := r.info.Types[x]
	return tv.Value != nil || tv.IsNil()
}

// copying reports whether s only copies the code into a new variable.
func (r *codeReads) copying(s ast.Stmt) bool {
	a, ok := s.(*ast.AssignStmt)
	return ok && a.Tok == token.DEFINE && len(a.Lhs) == 1 && len(a.Rhs) == 1 && r.is(a.Rhs[0])
}

// writes counts the places where the variable gets a value.
func (r *codeReads) writes(id *ast.Ident) int {
	return writes(r.info, r.scope, r.variable(id), func(token.Pos) bool { return true })
}

// writes counts the wanted places in n where the variable gets a value, whole or in
// part, or where its address is taken.
func writes(info *types.Info, n ast.Node, v types.Object, wanted func(token.Pos) bool) int {
	count := 0
	note := func(x ast.Expr) {
		if x != nil && root(info, x) == v && wanted(x.Pos()) {
			count++
		}
	}
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, x := range n.Lhs {
				note(x)
			}
		case *ast.ValueSpec:
			for _, x := range n.Names {
				note(x)
			}
		case *ast.RangeStmt:
			note(n.Key)
			note(n.Value)
		case *ast.IncDecStmt:
			note(n.X)
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				note(n.X)
			}
		}
		return true
	})
	return count
}

// strip removes parentheses, indirections, type assertions, and conversions to integers
// that are large enough: they do not change the code. By a contract that is found by type or function, it
// removes len and functions that do nothing but an indirection, too: such a code is only counted or compared.
func (r *codeReads) strip(x ast.Expr) ast.Expr {
	for {
		switch y := x.(type) {
		case *ast.ParenExpr:
			x = y.X
		case *ast.StarExpr:
			x = y.X
		case *ast.TypeAssertExpr:
			x = y.X
		case *ast.CallExpr:
			if len(y.Args) != 1 || !r.keepsCode(y) {
				return x
			}
			x = y.Args[0]
		default:
			return x
		}
	}
}

// keepsCode reports whether a call of one argument doesn't change the code.
func (r *codeReads) keepsCode(call *ast.CallExpr) bool {
	if r.info.Types[call.Fun].IsType() {
		return r.keeps(call.Args[0], call)
	}
	if r.resp == nil || r.resp.Contract.ByMembers() {
		return false
	}
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		b, ok := r.info.Uses[fun].(*types.Builtin)
		return ok && b.Name() == "len"
	case *ast.SelectorExpr:
		fn, ok := r.info.Uses[fun.Sel].(*types.Func)
		return ok && byname.Is(library.Dereferences, fn)
	}
	return false
}

// keeps reports whether a conversion is one between integers that keeps all bits.
func (r *codeReads) keeps(from, to ast.Expr) bool {
	x, y := r.info.TypeOf(from), r.info.TypeOf(to)
	return isInteger(x) && isInteger(y) && r.sizes != nil && r.sizes.Sizeof(x) <= r.sizes.Sizeof(y)
}

func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

func (r *codeReads) variable(id *ast.Ident) types.Object { return variable(r.info, id) }

func (r *codeReads) root(x ast.Expr) types.Object { return root(r.info, x) }

// variable returns the variable that id denotes, or nil.
func variable(info *types.Info, id *ast.Ident) types.Object {
	if v, ok := info.ObjectOf(id).(*types.Var); ok {
		return v
	}
	return nil
}

// root returns the variable at the root of an expression of selections,
// indexes, dereferences and addresses. It returns nil for other expressions.
func root(info *types.Info, x ast.Expr) types.Object {
	for {
		switch y := x.(type) {
		case *ast.Ident:
			return variable(info, y)
		case *ast.ParenExpr:
			x = y.X
		case *ast.StarExpr:
			x = y.X
		case *ast.SelectorExpr:
			x = y.X
		case *ast.IndexExpr:
			x = y.X
		case *ast.UnaryExpr:
			if y.Op != token.AND {
				return nil
			}
			x = y.X
		default:
			return nil
		}
	}
}
