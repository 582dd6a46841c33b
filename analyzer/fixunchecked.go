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

// A signalPlace is where a fix tests the signals.
type signalPlace struct {
	after ast.Stmt        // the statement before the test
	last  *ast.ReturnStmt // the return before which the test stands, nil if the test stands elsewhere
	error *errorReturn    // what the test returns
}

// find finds the place for the test.
func (c *uncheckedCall) find() (p signalPlace, ok bool) {
	if c.head != nil {
		if p.error, ok = c.errorPath(c.head); !ok || c.out != nil && c.assign.Tok == token.ASSIGN {
			return p, false
		}
		p.after = c.head
		return p, c.onLineOfItsOwn(c.head, 0)
	}
	i := 1
	for ; i < len(c.place.list) && c.passes(c.place.list[i]); i++ {
	}
	if i == len(c.place.list) {
		return p, false
	}
	switch s := c.place.list[i].(type) {
	case *ast.IfStmt:
		if p.error, ok = c.errorPath(s); !ok {
			return p, false
		}
		if i, ok = c.afterUses(i, p.error); !ok {
			return p, false
		}
		p.after = c.place.list[i]
	case *ast.ReturnStmt:
		p.last = s
		if p.error, ok = c.tail(s, i); !ok {
			return p, false
		}
		i--
		p.after = c.place.list[i]
	default:
		return p, false
	}
	return p, c.onLineOfItsOwn(p.after, i)
}

// onLineOfItsOwn reports whether statements can be inserted before the call and after the i'th statement of its list,
// without a change of other lines.
func (c *uncheckedCall) onLineOfItsOwn(after ast.Stmt, i int) bool {
	line := func(pos token.Pos) int { return c.pass.Fset.PositionFor(pos, false).Line }
	next := c.place.end
	if i+1 < len(c.place.list) {
		next = c.place.list[i+1].Pos()
	}
	return line(c.place.after) < line(c.place.stmt.Pos()) && line(after.End()) < line(next)
}

// passes reports whether a statement between the call and the check of its error leaves both as they are.
func (c *uncheckedCall) passes(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.ExprStmt, *ast.AssignStmt, *ast.IncDecStmt, *ast.DeclStmt, *ast.DeferStmt:
		return c.leaves(s, c.errVar) && c.leaves(s, c.out)
	}
	return false
}

// leaves reports whether a node doesn't set the variable.
func (c *uncheckedCall) leaves(n ast.Node, v types.Object) bool {
	return v == nil || writes(c.pass.TypesInfo, n, v, func(token.Pos) bool { return true }) == 0
}

// errorPath returns what an if statement returns if the call failed. The result is false if the statement does anything
// else.
func (c *uncheckedCall) errorPath(s *ast.IfStmt) (*errorReturn, bool) {
	if s.Else != nil || s.Init != nil && s != c.head || !c.isFailure(s.Cond) || len(s.Body.List) == 0 {
		return nil, false
	}
	last := len(s.Body.List) - 1
	ret, ok := s.Body.List[last].(*ast.ReturnStmt)
	if !ok || !c.noSideEffects(c.reads, ret) {
		return nil, false
	}
	for _, s := range s.Body.List[:last] {
		if leavesBlock(s) || !c.noSideEffects(c.reads, s) {
			return nil, false
		}
	}
	e, ok := c.errorReturn(ret)
	if !ok {
		return nil, false
	}
	for _, x := range e.exprs {
		if !c.unchanged(x, s.Body.Pos(), s.Body.End()) {
			return nil, false
		}
	}
	return e, true
}

// leavesBlock reports whether a statement may be left other than by going on with the next one.
func leavesBlock(n ast.Node) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ReturnStmt, *ast.BranchStmt:
			found = true
		case *ast.FuncLit:
			return false
		}
		return !found
	})
	return found
}

// isFailure reports whether x is "err != nil", with the error of the call.
func (c *uncheckedCall) isFailure(x ast.Expr) bool {
	b, ok := ast.Unparen(x).(*ast.BinaryExpr)
	if !ok || b.Op != token.NEQ || c.errVar == nil {
		return false
	}
	return c.isError(b.X) && c.isNil(b.Y) || c.isNil(b.X) && c.isError(b.Y)
}

// isError reports whether x is the variable for the error of the call.
func (c *uncheckedCall) isError(x ast.Expr) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && c.errVar != nil && c.pass.TypesInfo.ObjectOf(id) == c.errVar
}

// tail returns what the test returns before a return statement, the i'th of the list, that returns the call's error, or
// nil if the call gives none.
func (c *uncheckedCall) tail(ret *ast.ReturnStmt, i int) (*errorReturn, bool) {
	if c.errVar == nil {
		if i > 1 || len(ret.Results) != c.fn.Signature.Results().Len() || !c.isNil(ret.Results[len(ret.Results)-1]) ||
			!c.noSideEffects(c.reads, ret) || c.mentions(ret) {
			return nil, false
		}
		w := &loopWriter{imports: &imports{function: c.function, pos: ret.Pos()}}
		zeros, ok := w.zeros(c.results)
		return &errorReturn{others: zeros, wrap: func(err string) string { return err }}, ok
	}
	e, ok := c.errorReturn(ret)
	if !ok || c.mentions(ret) || e.same == "" {
		return nil, false
	}
	return e, true
}

// afterUses returns the index of the statement after which the test stands, given that of the check of the call's error:
// the last that has an effect by what it does with the response. Without one, it is the check.
func (c *uncheckedCall) afterUses(check int, e *errorReturn) (int, bool) {
	if c.usedElsewhere() {
		return 0, false
	}
	last := check
	for i, s := range c.place.list[check+1:] {
		if c.mentions(s) && !c.harmless(s, e) {
			last = check + 1 + i
		}
	}
	if _, ok := c.place.list[last].(*ast.ReturnStmt); ok {
		return 0, false
	}
	for _, s := range c.place.list[check+1 : last+1] {
		if jumpsOut(s) {
			return 0, false
		}
	}
	from, to := c.place.list[check].End(), c.place.list[last].End()
	return last, !slices.ContainsFunc(c.value.Ends, func(e typestate.End) bool {
		return e.Kind != typestate.Iteration && from <= e.Pos && e.Pos < to && c.unchecked(c.value, &e)
	})
}

// harmless reports whether nothing is lost if a statement is left out on a path that returns an error: it only sets
// variables that the path doesn't return, and that no literal shares. A function whose result is returned may do more
// than make it.
func (c *uncheckedCall) harmless(s ast.Stmt, e *errorReturn) bool {
	ok := c.noSideEffects(c.reads, s)
	ast.Inspect(s, func(n ast.Node) bool {
		var set []ast.Expr
		switch n := n.(type) {
		case *ast.ReturnStmt:
			for _, x := range n.Results {
				call, isCall := x.(*ast.CallExpr)
				ok = ok && (!isCall || c.computes(c.reads, call, false))
			}
		case *ast.AssignStmt:
			set = n.Lhs
		case *ast.IncDecStmt:
			set = []ast.Expr{n.X}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				set = []ast.Expr{n.X}
			}
		}
		for _, x := range set {
			v := root(c.pass.TypesInfo, x)
			ok = ok && (v == nil || !c.shared(v) && !slices.ContainsFunc(e.exprs, func(x ast.Expr) bool { return c.uses(x, v) }))
		}
		return ok
	})
	return ok
}

// shared reports whether a literal in the function, or the function around it, uses the variable, too.
func (c *uncheckedCall) shared(v types.Object) bool {
	shared := !contains(c.fn.Syntax(), v.Pos())
	ast.Inspect(c.fn.Syntax(), func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok && n != c.fn.Syntax() {
			shared = shared || c.uses(lit, v)
		}
		return !shared
	})
	return shared
}

// uses reports whether a node mentions a variable.
func (f *function) uses(n ast.Node, v types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && f.pass.TypesInfo.ObjectOf(id) == v
		return !found
	})
	return found
}

// usedElsewhere reports whether the variable for the response is used outside the list after the call.
func (c *uncheckedCall) usedElsewhere() bool {
	if c.out == nil {
		return false
	}
	elsewhere := false
	ast.Inspect(c.fn.Syntax(), func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if ok && c.pass.TypesInfo.Uses[id] == c.out && (id.Pos() < c.place.stmt.Pos() || c.place.end <= id.Pos()) {
			elsewhere = true
		}
		return !elsewhere
	})
	return elsewhere
}

// mentions reports whether a node mentions the response, or something that was made of it.
func (c *uncheckedCall) mentions(n ast.Node) bool {
	if c.out == nil {
		return false
	}
	if c.holders == nil {
		c.holders = map[types.Object]bool{c.out: true}
		for n := 0; n != len(c.holders); {
			n = len(c.holders)
			ast.Inspect(c.fn.Syntax(), c.follow)
		}
	}
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && c.holders[c.pass.TypesInfo.Uses[id]]
		return !found
	})
	return found
}

// follow adds the variables that get something of the response from a node.
func (c *uncheckedCall) follow(n ast.Node) bool {
	mentions := func(exprs ...ast.Expr) bool {
		return slices.ContainsFunc(exprs, func(x ast.Expr) bool { return x != nil && c.mentions(x) })
	}
	add := func(exprs ...ast.Expr) {
		for _, x := range exprs {
			if _, named := x.(*ast.Ident); x == nil || !named && !c.isLocal(x) {
				continue // what it points to outlives the function
			}
			if v := root(c.pass.TypesInfo, x); v != nil && !typestate.IsError(v.Type()) {
				c.holders[v] = true
			}
		}
	}
	switch n := n.(type) {
	case *ast.AssignStmt:
		if mentions(n.Rhs...) {
			add(n.Lhs...)
		}
	case *ast.ValueSpec:
		if mentions(n.Values...) {
			for _, id := range n.Names {
				add(id)
			}
		}
	case *ast.RangeStmt:
		if mentions(n.X) {
			add(n.Key, n.Value)
		}
	case *ast.CallExpr:
		if mentions(n.Args...) {
			for _, a := range n.Args {
				if u, ok := ast.Unparen(a).(*ast.UnaryExpr); ok && u.Op == token.AND {
					add(u.X)
				}
			}
		}
	}
	return true
}

// isLocal reports whether x is in a variable, rather than behind a pointer.
func (c *uncheckedCall) isLocal(x ast.Expr) bool {
	v := root(c.pass.TypesInfo, x)
	return v != nil && !gotype.IsPointer(v.Type())
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
