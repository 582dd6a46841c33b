package analyzer

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/astpath"
	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// fixNonzero returns a fix that compares with the success value. It replaces a comparison
// that is too weak: it lets failures pass like a success.
//
// The fix is right if success goes to one side of the comparison, and only failures
// go to the other, where they fail. The fix sends the failures of the first side to
// the second. The second side must be written for failures in general: it gets one
// half of them (> 0), or it is for a total failure. Code for one particular failure
// (== 4400) may be wrong for others.
func (f *function) fixNonzero(v *typestate.Value, cmp ast.Node) []analysis.SuggestedFix {
	if v.Response.Kind == recognize.Batch {
		return nil // its failures are of two kinds: see fixHidden
	}
	m := f.compareWithSuccess(v, cmp)
	if m == nil {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   "Compare with " + strconv.FormatInt(v.Response.Contract.Code().SuccessValue(), 10),
		TextEdits: m.edits,
	}}
}

// A comparisonFix replaces a comparison by one with the success value.
type comparisonFix struct {
	pos           token.Pos   // of the operator
	passes, fails codeset.Set // the codes on its two sides, before the fix
	edits         []analysis.TextEdit
}

// compareWithSuccess returns the edits by which a comparison that is too weak becomes one with
// the success value. It returns nil if they are not right by construction.
func (f *function) compareWithSuccess(v *typestate.Value, cmp ast.Node) *comparisonFix {
	b, ok := cmp.(*ast.BinaryExpr)
	if !ok || !f.editable(b.Pos()) {
		return nil
	}
	signal := v.Response.Contract.Code()
	zero := signal.SuccessValue()
	code, con, op := b.X, b.Y, b.Op
	n, ok := f.integer(con)
	if !ok {
		code, con, op = b.Y, b.X, codeset.Flip(b.Op)
		if n, ok = f.integer(con); !ok {
			return nil
		}
	}
	success := strconv.FormatInt(zero, 10)
	basic, ok := f.pass.TypesInfo.TypeOf(code).Underlying().(*types.Basic)
	switch {
	case !ok:
		return nil // an interface: the decoder decides whether it holds a float64 or a json.Number
	case basic.Info()&types.IsString != 0:
		if op != token.EQL && op != token.NEQ {
			return nil // strings of numbers have another order
		}
		success = strconv.Quote(success)
	}

	holds := codeset.Compare(op, n)
	m := &comparisonFix{pos: b.OpPos, passes: holds, fails: holds.Complement()}
	newOp := token.EQL
	if !holds.Contains(zero) {
		m.passes, m.fails = m.fails, m.passes
		newOp = token.NEQ
	}
	half := m.fails.Equal(codeset.Compare(token.GTR, zero)) || m.fails.Equal(codeset.Compare(token.LSS, zero))
	if signal.Counts() { // more than one: it was meant to be more than none
		half = m.fails.Intersect(signal.Reading.Domain()).Equal(codeset.Compare(token.GTR, zero+1))
		if newOp == token.NEQ && code == b.X {
			newOp = token.GTR
		} else if newOp == token.NEQ {
			newOp = token.LSS
		}
	}
	if !half && !m.fails.Equal(signal.Total) || !selectable(v.Response) {
		return nil
	}
	if !f.onlyComparison(v.Response, b, code) || !f.failsAfter(v, m, half) {
		return nil
	}
	if b.Op != newOp {
		m.edits = append(m.edits, replacement(b.OpPos, b.OpPos+token.Pos(len(b.Op.String())), newOp.String()))
	}
	if n != zero {
		if f.onlyUse(con) {
			return nil
		}
		m.edits = append(m.edits, replacement(con.Pos(), con.End(), success))
	}
	return m
}

// selectable reports whether the code is reached by selecting fields alone.
func selectable(resp *recognize.Response) bool {
	return len(resp.Code.Path) > 0 && !slices.ContainsFunc(resp.Code.Path, func(step int) bool { return step >= recognize.MethodStep })
}

// onlyComparison reports whether the declaration has no other comparison of the
// same value's code. Another one may handle the codes that this one lets pass.
func (f *function) onlyComparison(resp *recognize.Response, b *ast.BinaryExpr, code ast.Expr) bool {
	decl := astpath.EnclosingDecl(f.file(b.Pos()), b.Pos())
	if decl == nil {
		return false
	}
	r := f.newCodeReads(resp, decl)
	r.follow(code)
	if !r.is(code) {
		return false
	}
	if id, ok := r.strip(code).(*ast.Ident); ok && r.writes(id) != 1 {
		return false // it may hold the code of another response, perhaps of another API
	}
	for _, other := range r.compared {
		if other != b && r.compares(other) && !f.isNil(other.X) && !f.isNil(other.Y) {
			return false
		}
	}
	return !slices.ContainsFunc(r.switched, r.is)
}

// failsAfter reports whether the two sides of the comparison stay separate to the end
// of every path, and every path of the failing side fails. It checks all values whose
// code is compared there.
func (f *function) failsAfter(v *typestate.Value, m *comparisonFix, half bool) bool {
	for i := range v.Ends {
		e := &v.Ends[i]
		null := !v.Response.Contract.ByMembers() && e.OnlySuccess(v) // the count is a nil pointer, for none
		if e.Judged != typestate.NotJudged && e.Compare != m.pos && !null {
			return false
		}
	}
	failed := false
	var add func(fn *ssa.Function) (ok bool)
	add = func(fn *ssa.Function) bool {
		g := f
		if fn != f.fn {
			g = f.newFunction(fn)
		}
		for _, v := range f.vals[fn] {
			for i := range v.Ends {
				switch e := &v.Ends[i]; {
				case e.Judged == typestate.NotJudged || e.Compare != m.pos || e.Codes.SubsetOf(m.passes):
				case !e.Codes.SubsetOf(m.fails) || !g.fails(v, e, half):
					return false
				default:
					failed = true
				}
			}
		}
		return !slices.ContainsFunc(fn.AnonFuncs, func(fn *ssa.Function) bool { return !add(fn) })
	}
	return add(outermost(f.fn)) && (failed || f.panics(m.pos))
}

// outermost returns the outermost function of the source around fn, or fn itself. In a
// package-level variable, that is a literal.
func outermost(fn *ssa.Function) *ssa.Function {
	for fn.Parent() != nil && fn.Parent().Syntax() != nil {
		fn = fn.Parent()
	}
	return fn
}

// fails reports whether the end of a path with a failure is written for failures. If no
// result shows it, it is enough that only failures get there, and at least half of all
// failures.
func (f *function) fails(v *typestate.Value, e *typestate.End, half bool) bool {
	switch e.Kind {
	case typestate.Process:
		return true
	case typestate.Iteration:
		// The iterations of a retry loop are not those of a loop over resources.
		return half && (v.OriginKind == typestate.EntryOf || v.OriginKind == typestate.Element)
	}
	switch e.Signal {
	case typestate.Failure:
		return true
	case typestate.Maybe:
		return f.returnsCall(e.Pos)
	case typestate.Success:
		return e.ErrorUnknown && f.returnsCall(e.Pos)
	}
	if f.onlyBool() {
		return e.Bools[0] == typestate.False
	}
	return half && f.bools == 0 && !e.TaskLeft
}

// returnsCall reports whether the return statement at pos gets its error from a call in
// the statement. Such a call is there for failures only. A variable may be nil.
func (f *function) returnsCall(pos token.Pos) bool {
	ret, ok := f.enclosing(pos, isReturn).(*ast.ReturnStmt)
	if !ok || len(ret.Results) == 0 {
		return false
	}
	_, ok = ast.Unparen(ret.Results[len(ret.Results)-1]).(*ast.CallExpr)
	return ok
}

func isReturn(n ast.Node) bool { _, ok := n.(*ast.ReturnStmt); return ok }

// panics reports whether the comparison at pos is the condition of an if
// statement whose body ends in a panic. Such a path has no end.
func (f *function) panics(pos token.Pos) bool {
	s, ok := f.enclosing(pos, func(n ast.Node) bool { _, ok := n.(ast.Stmt); return ok }).(*ast.IfStmt)
	if !ok || len(s.Body.List) == 0 {
		return false
	}
	last, ok := s.Body.List[len(s.Body.List)-1].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := last.X.(*ast.CallExpr)
	return ok && f.builtin(call) == "panic"
}

// integer returns the value of a constant that a code is compared with.
func (f *function) integer(x ast.Expr) (int64, bool) {
	val := f.pass.TypesInfo.Types[x].Value
	if val == nil {
		return 0, false
	}
	if val.Kind() == constant.String { // a json.Number
		val = constant.MakeFromLiteral(constant.StringVal(val), token.INT, 0)
	}
	return constant.Int64Val(constant.ToInt(val))
}

// onlyUse reports whether a fix that replaces x may leave an import of its file unused. Uses in other
// comparisons don't count: other fixes may replace them, and all fixes can be applied at once.
func (f *function) onlyUse(x ast.Expr) bool {
	only := false
	ast.Inspect(x, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if !ok {
			return true
		}
		pkg, ok := f.pass.TypesInfo.Uses[id].(*types.PkgName)
		if !ok {
			return true
		}
		kept := false
		for id, obj := range f.pass.TypesInfo.Uses {
			kept = kept || obj == pkg && f.enclosing(id.Pos(), compares(id)) == nil
		}
		only = only || !kept
		return true
	})
	return only
}

// compares returns a predicate for the comparisons, and the cases of a switch, around id.
func compares(id *ast.Ident) func(ast.Node) bool {
	return func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			return codeset.Comparison(n.Op)
		case *ast.CaseClause:
			return id.Pos() < n.Colon
		}
		return false
	}
}
