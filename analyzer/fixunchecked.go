package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// fixUnchecked returns a fix for a call whose response nobody checks, by a contract that is found by type or function.
// The fix tests the signal, and returns an error if items failed:
//
//	out, err := client.PutRecords(ctx, in)
//	if err != nil {
//		return fmt.Errorf("put records: %w", err)
//	}
//	if n := out.FailedRecordCount; n != nil && *n > 0 {
//		return fmt.Errorf("put records: %d records failed", *n)
//	}
//
// The fix is right under these conditions:
//
//   - If the call fails, the function returns an error, and does nothing before that but log. So an error can be
//     returned at this place for failed items, too, with the same other results.
//   - No path looks at the signals. The contract isn't that of a read: one that doesn't find everything may go on with
//     what it found.
//   - What the function does with the response, such as a note of what succeeded, is still done: the test comes after
//     it. Where it has no effect, it may be left out.
//   - The function is not an argument of a call: that may repeat the request, with the items that succeeded.
func (f *function) fixUnchecked(v *typestate.Value) []analysis.SuggestedFix {
	if v.Response.Contract.Tier == contract.Read {
		return nil
	}
	c := f.newUncheckedCall(v)
	if c == nil || !c.overlooked() {
		return nil
	}
	edits := c.edits()
	if edits == nil {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   "Return an error if " + v.Response.Contract.Words.Items + " failed",
		TextEdits: edits,
	}}
}

// An uncheckedCall is a call whose response nobody checks, in a function that can return an error.
type uncheckedCall struct {
	*function           // that makes the call
	judge     *function // that is judged for it: the other may be its tail
	value     *typestate.Value
	results   *ast.FieldList // of the function; the last is an error
	syntax    *ast.CallExpr
	direct    bool                  // the SDK's function gives the response: with a nil error, it isn't nil
	present   bool                  // the test stands where the response isn't nil
	at        int                   // index of the response among the call's results
	assign    *ast.AssignStmt       // of the call's results, nil if the call is a statement
	err       *ast.Ident            // the variable for the call's error, nil if there is none
	errVar    types.Object          // its object
	out       types.Object          // the variable for the response, nil if there is none
	head      *ast.IfStmt           // that begins with the assignment, nil if none does
	place     insertion             // the statement with the call, in its list
	block     *types.Scope          // of the list
	reads     *codeReads            // of nothing
	holders   map[types.Object]bool // variables that hold the response, or what was made of it
}

// newUncheckedCall finds the call that gives the response. It returns nil if there is no fix for a call at that place.
func (f *function) newUncheckedCall(v *typestate.Value) *uncheckedCall {
	judge := f
	if v.Origin != nil {
		if _, declared := v.Origin.Parent().Syntax().(*ast.FuncDecl); declared && v.Origin.Parent() != f.fn {
			f = f.newFunction(v.Origin.Parent())
		}
	}
	signature := f.signature()
	call, ok := f.originNode(v).(*ast.CallExpr)
	if signature == nil || !ok || v.OriginKind != typestate.Returned || !f.own(call.Pos()) || !f.editable(call.Pos()) {
		return nil
	}
	c := &uncheckedCall{function: f, judge: judge, value: v, results: signature.Results, syntax: call}
	if fn := f.callee(call); fn != nil {
		sig, ok := f.pass.TypesInfo.TypeOf(call.Fun).Underlying().(*types.Signature)
		c.direct = ok && f.types.Called(fn, sig) != nil
	}
	path := f.path(v.Pos)
	i := slices.Index(path, ast.Node(call)) + 1
	for ; i < len(path); i++ {
		if _, ok := path[i].(*ast.ParenExpr); !ok {
			break
		}
	}
	switch s := path[i].(type) {
	case *ast.AssignStmt:
		if len(s.Rhs) != 1 {
			return nil
		}
		c.assign, c.place.stmt = s, s
	case *ast.ExprStmt:
		c.place.stmt = s
	default:
		return nil
	}
	i++
	if s, ok := path[i].(*ast.IfStmt); ok && s.Init == c.place.stmt {
		c.head, c.place.stmt = s, s
		i++
	}
	if innermost(path[i:]) != f.fn.Syntax() || !c.place.setList(path[i]) || !f.mayFail(path[i:]) {
		return nil
	}
	c.block = f.blockScope(path[i], path[i+1])
	if body, ok := path[i+1].(*ast.BlockStmt); ok && c.place.end == path[i].End() { // a clause ends where the next one begins
		c.place.end = body.Rbrace
		if next := slices.Index(body.List, path[i].(ast.Stmt)) + 1; next < len(body.List) {
			c.place.end = body.List[next].Pos()
		}
	}
	c.reads = &codeReads{info: f.pass.TypesInfo, digest: f.digestOf(f.fn.Syntax())}
	if c.block == nil || c.reads.jumps || !c.variables() {
		return nil
	}
	return c
}

// blockScope returns the scope of a list of statements, given the node that has it and that node's parent.
func (f *function) blockScope(n, parent ast.Node) *types.Scope {
	if t := funcType(parent); t != nil {
		return f.pass.TypesInfo.Scopes[t]
	}
	return f.pass.TypesInfo.Scopes[n]
}

// mayFail reports whether the function around the first node of the path may return an error where it returned nil. A
// literal that is an argument may be there to be repeated until it returns nil. That repeats what succeeded, too. It
// isn't if the method that gets it runs it in a goroutine, by its name.
func (f *function) mayFail(path []ast.Node) bool {
	for i, n := range path {
		switch n := n.(type) {
		case *ast.FuncDecl:
			return true
		case *ast.FuncLit:
			switch parent := path[i+1].(type) {
			case *ast.KeyValueExpr, *ast.CompositeLit:
				return true
			case *ast.CallExpr:
				sel, ok := parent.Fun.(*ast.SelectorExpr)
				return parent.Fun == ast.Expr(n) || ok && (sel.Sel.Name == "Go" || sel.Sel.Name == "TryGo")
			}
			return false
		}
	}
	return false
}

// variables finds the variables for the results of the call. It returns false if one is none.
func (c *uncheckedCall) variables() bool {
	info := c.pass.TypesInfo
	given := []types.Type{info.TypeOf(c.syntax)}
	if t, ok := given[0].(*types.Tuple); ok {
		given = given[:0]
		for v := range t.Variables() {
			given = append(given, v.Type())
		}
	}
	found := 0
	for i, t := range given {
		if types.Identical(t, c.value.Response.Type) || types.Identical(gotype.Deref(types.Unalias(t)), c.value.Response.Type) {
			c.at = i
			found++
		}
	}
	if found != 1 {
		return false
	}
	if c.assign == nil {
		return len(given) == 1
	}
	if len(c.assign.Lhs) != len(given) {
		return false
	}
	id, ok := c.assign.Lhs[c.at].(*ast.Ident)
	if !ok {
		return false
	}
	if id.Name != "_" {
		if c.out = variable(info, id); c.out == nil {
			return false
		}
	}
	if len(given) == 1 {
		return true
	}
	last := len(given) - 1
	c.err, ok = c.assign.Lhs[last].(*ast.Ident)
	if !ok || c.err.Name == "_" || !typestate.IsError(given[last]) {
		return false
	}
	c.errVar = variable(info, c.err)
	return c.errVar != nil
}

// given returns the type of the response as the call gives it.
func (c *uncheckedCall) given() types.Type {
	t := c.pass.TypesInfo.TypeOf(c.syntax)
	if t, ok := t.(*types.Tuple); ok {
		return t.At(c.at).Type()
	}
	return t
}

// responses returns the response once for each duty that is not paid: the fixes of their findings are one.
func (c *uncheckedCall) responses() (values []*typestate.Value) {
	for _, v := range c.vals[c.judge.fn] {
		if v.Origin == c.value.Origin && v.OriginKind == typestate.Returned && checks.unchecked.first(c.judge, v) != nil {
			values = append(values, v)
		}
	}
	return values
}

// before counts the earlier calls in the same list whose fixes may have declared such a variable.
func (c *uncheckedCall) before(declares func(*uncheckedCall) bool) int {
	calls := make(map[token.Pos]bool)
	for _, v := range c.vals[c.judge.fn] {
		if v.Pos < c.value.Pos && !v.Response.Contract.ByMembers() && checks.unchecked.first(c.judge, v) != nil {
			if o := c.judge.newUncheckedCall(v); o != nil && o.block == c.block && declares(o) {
				calls[v.Pos] = true
			}
		}
	}
	return len(calls)
}

// overlooked reports whether no path looks at the signals: each either is the mistake, or fails, or asks again.
func (c *uncheckedCall) overlooked() bool {
	for _, v := range c.responses() {
		for i := range v.Ends {
			e := &v.Ends[i]
			away := e.Judged == typestate.NotJudged && e.Handed == 0 && e.Detail <= typestate.Touched
			fails := e.Signal == typestate.Failure || e.Kind != typestate.Return
			if !c.unchecked(v, e) && !(away && fails) {
				return false
			}
		}
	}
	return true
}

// unchecked reports whether the end is the mistake that is fixed.
func (c *uncheckedCall) unchecked(v *typestate.Value, e *typestate.End) bool {
	return checks.unchecked.reports(c.judge, v, e)
}

// edits returns the edits of the fix.
func (c *uncheckedCall) edits() []analysis.TextEdit {
	place, ok := c.find()
	if !ok {
		return nil
	}
	w := &signalWriter{
		uncheckedCall: c, error: place.error,
		imports: &imports{function: c.function, pos: place.after.End(), block: c.block},
	}
	w.name = w.responseName()
	w.taken = append(w.taken, w.name)
	if c.assign != nil {
		for _, x := range c.assign.Lhs {
			w.taken = append(w.taken, name(x))
		}
	}
	tests, ok := w.tests()
	if !ok {
		return nil
	}
	edits, hoisted, ok := c.naming(w)
	if !ok {
		return nil
	}
	start, text := c.place.stmt.Pos(), ""
	switch {
	case c.head != nil && c.assign.Tok == token.DEFINE && !hoisted:
		pos := c.head.Body.End()
		edits = append(edits, replacement(pos, pos, c.indented(elseText(tests), start)))
		return append(w.imports.edits(), edits...)
	case place.last != nil && c.errVar != nil:
		text = "if " + c.err.Name + " != nil {\n\t" + place.error.same + "\n}\n"
		if n := len(place.last.Results); n > 0 {
			x := place.last.Results[n-1]
			edits = append(edits, replacement(x.Pos(), x.End(), "nil"))
		}
	}
	for _, t := range tests {
		text += t.text()
	}
	pos := c.withComment(place.after.End())
	edits = append(edits, replacement(pos, pos, c.indented("\n"+strings.TrimSuffix(text, "\n"), start)))
	return append(w.imports.edits(), edits...)
}

// naming returns the edits that give the response a name. If its if statement would be the scope of the name, they move
// the assignment before the statement, where that changes no other name.
func (c *uncheckedCall) naming(w *signalWriter) (edits []analysis.TextEdit, hoisted, ok bool) {
	replace := func(pos, end token.Pos, text string) { edits = append(edits, replacement(pos, end, text)) }
	start := c.place.stmt.Pos()
	if c.assign == nil {
		replace(start, start, w.name+" := ")
		return edits, false, true
	}
	define, here := c.assign.Tok == token.DEFINE, c.declaredHere()
	switch {
	case c.head == nil:
	case define:
		hoisted = !slices.ContainsFunc(c.assign.Lhs, func(x ast.Expr) bool { return name(x) != "" && !w.isFree(name(x)) })
	default:
		hoisted = here
	}
	if hoisted {
		init, cond := c.head.Init, c.head.Cond
		if c.commented(start, init.Pos()) || c.commented(init.End(), cond.Pos()) {
			return nil, false, false
		}
		replace(start, init.Pos(), "")
		replace(init.End(), cond.Pos(), c.indented("\nif ", start))
	}
	if c.out != nil {
		return edits, hoisted, true
	}
	switch {
	case define:
	case here:
		replace(c.assign.TokPos, c.assign.TokPos+1, ":=")
	default:
		t, ok := w.imports.typeText(c.given())
		if !ok {
			return nil, false, false
		}
		replace(start, start, c.indented("var "+w.name+" "+t+"\n", start))
	}
	id := c.assign.Lhs[c.at]
	replace(id.Pos(), id.End(), w.name)
	return edits, hoisted, true
}

// declaredHere reports whether all variables on the left side are declared in the list of the call: there, := means the
// same as = for them.
func (c *uncheckedCall) declaredHere() bool {
	return !slices.ContainsFunc(c.assign.Lhs, func(x ast.Expr) bool {
		id, ok := x.(*ast.Ident)
		if !ok {
			return true
		}
		v := variable(c.pass.TypesInfo, id)
		return id.Name != "_" && (v == nil || v.Parent() != c.block)
	})
}

// commented reports whether there is a comment between two positions.
func (f *function) commented(from, to token.Pos) bool {
	return slices.ContainsFunc(f.file(from).Comments, func(c *ast.CommentGroup) bool { return from <= c.Pos() && c.Pos() < to })
}

// decodesLocally reports whether a call decodes into a variable of the function.
func (f *function) decodesLocally(call *ast.CallExpr, fn *types.Func) bool {
	if !byname.Is(library.Decodes, fn) || len(call.Args) == 0 {
		return false
	}
	u, ok := ast.Unparen(call.Args[len(call.Args)-1]).(*ast.UnaryExpr)
	return ok && u.Op == token.AND && f.local(u.X)
}
