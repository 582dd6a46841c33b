package analyzer

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/recognize"
	"github.com/asynccheck/asynccheck/internal/testcode"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// A function judges the response values of one function: it turns the ends of
// their paths into findings. The rules are documented one by one in docs/rules.
type function struct {
	*part
	fn     *ssa.Function
	hasErr bool // it has an error result
	bools  int  // number of bool results
	void   bool // it has no result
	test   bool // it is code of a test, see package testcode

	in     *ast.File    // the last that was found, see file
	paths  []cachedPath // the last that were used, see path
	oldest int          // index of the path that is dropped next
	digest *digest      // the last, see digestOf
}

func (p *part) newFunction(fn *ssa.Function) *function {
	f := &function{part: p, fn: fn}
	results := fn.Signature.Results()
	f.void = results.Len() == 0
	for i := range results.Len() {
		switch {
		case p.config.ErrorResult(results, i):
			f.hasErr = true
		case typestate.IsBool(results.At(i).Type()):
			f.bools++
		}
	}
	f.test = testcode.File(p.pass.Fset.Position(fn.Pos()).Filename)
	for fn := fn; fn != nil && !f.test; fn = fn.Parent() {
		f.test = testcode.Function(fn.Signature)
	}
	return f
}

// onlyBool reports whether the function's only result is a bool.
func (f *function) onlyBool() bool {
	return f.bools == 1 && f.fn.Signature.Results().Len() == 1
}

// judge returns the findings for one value.
func (f *function) judge(v *typestate.Value) []finding {
	if f.unreported(v) != "" {
		return nil
	}
	found := f.broken(v)
	for i := range found {
		found[i].contract = v.Response.Contract.ID
	}
	return found
}

// broken returns a finding for each rule that the function breaks with the value.
func (f *function) broken(v *typestate.Value) []finding {
	var found []finding
	if v.Response.Kind == recognize.Batch {
		if f.rejects(v) {
			return []finding{f.unreachableFinding(v)}
		}
		found = f.partialFindings(v)
	}
	if len(found) == 0 { // one mistake, one finding
		if end := checks.unchecked.first(f, v); end != nil {
			found = append(found, f.uncheckedFinding(v, end))
		}
		if end := f.first(v, f.nonzeroEnd); end != nil {
			found = append(found, f.nonzeroFinding(v, end))
		}
		if end := checks.dropped.first(f, v); end != nil {
			found = append(found, f.droppedFinding(v, end))
		}
	}
	if end := checks.missing.first(f, v); end != nil {
		found = append(found, f.missingFinding(v, end))
	}
	if end := checks.unread.first(f, v); end != nil {
		found = append(found, f.unreadFinding(v, end))
	}
	if end := checks.firstOnly.first(f, v); end != nil {
		found = append(found, f.firstOnlyFinding(v, end))
	}
	return found
}

// unreported says why no end of the value is reported. It returns "" if one may be.
func (f *function) unreported(v *typestate.Value) string {
	switch {
	case slices.ContainsFunc(f.engine.WithTails(f.fn), assignsErrorOnDefer):
		return "a deferred literal assigns the error result"
	case f.helper(v) && !f.hasErr && !f.void:
		return "the function is a helper without an error result, and its callers are judged"
	}
	return ""
}

// rejects reports whether a callee turns a partial failure of the value into an error, and the failed items stay unknown.
func (f *function) rejects(v *typestate.Value) bool {
	return v.Rejects.Line > 0 && !f.wraps(v) && !f.namesOneResource(f.fn)
}

// wraps reports whether the value comes from a function of the same package that
// is not generic: the finding stands there.
func (f *function) wraps(v *typestate.Value) bool {
	return v.OriginKind == typestate.Returned && (v.Callee == nil || v.Callee.Pkg() == f.pass.Pkg && v.Callee.Signature().TypeParams() == nil)
}

// helper reports whether the function got the response from its caller. Instead, it may have
// got the batch that has this entry, or the collection that has this element.
func (f *function) helper(v *typestate.Value) bool {
	if v.OriginKind == typestate.EntryOf {
		return slices.ContainsFunc(f.vals[f.fn], func(v *typestate.Value) bool { return v.Param != nil })
	}
	return v.Param != nil || v.FromCallersCollection
}

// first returns the first end of v for which the predicate holds, in the order of
// the source. In a loop, ends can be before the origin. These come last.
func (f *function) first(v *typestate.Value, is func(*typestate.Value, *typestate.End) bool) *typestate.End {
	var before *typestate.End
	for i := range v.Ends {
		e := &v.Ends[i]
		if !is(v, e) {
			continue
		}
		if e.Pos >= v.Pos {
			return e
		}
		if before == nil {
			before = e
		}
	}
	return before
}

// succeeds reports whether success is signalled at the end of the path.
func (f *function) succeeds(v *typestate.Value, e *typestate.End) bool {
	switch {
	case e.Kind == typestate.Return && (e.Signal == typestate.Success || e.Signal == typestate.Maybe):
		return !f.acknowledged(v, e)
	case e.TaskLeft && e.Signal != typestate.Failure:
		return true
	case e.Kind == typestate.Return && f.onlyBool() && !f.helper(v):
		return e.Bools[0] == typestate.True && f.canReturnFalse(v)
	}
	return false
}

// leavesBehind reports whether the path of a response goes on as if all had been done, by a contract that is found by
// type or function: at the end of a function that has no way to report a failure, or in a loop where another request
// follows.
func (f *function) leavesBehind(v *typestate.Value, e *typestate.End) bool {
	if v.Response.Contract.ByMembers() {
		return false
	}
	switch e.Kind {
	case typestate.Return:
		return f.endSignalsSuccess(v, e)
	case typestate.Iteration:
		return v.RequestChanges
	}
	return false
}

// thrownAway reports whether the function assigns all results of the call to the blank identifier:
//
//	_, _ = client.ChangeMessageVisibilityBatch(ctx, in)
//	_ = client.ProduceSync(ctx, records...).FirstErr()
func (f *function) thrownAway(v *typestate.Value) bool {
	if v.Response.Contract.ByMembers() {
		return false
	}
	call := f.originNode(v)
	s, ok := f.enclosing(call.Pos(), func(n ast.Node) bool { _, ok := n.(*ast.AssignStmt); return ok }).(*ast.AssignStmt)
	if !ok || len(s.Rhs) != 1 || !begins(call, s.Rhs[0]) {
		return false
	}
	return !slices.ContainsFunc(s.Lhs, func(e ast.Expr) bool {
		id, ok := e.(*ast.Ident)
		return !ok || id.Name != "_"
	})
}

// begins reports whether the expression is the call, or calls a method of what the call gives.
func begins(call ast.Node, x ast.Expr) bool {
	for {
		x = ast.Unparen(x)
		if x == call {
			return true
		}
		outer, ok := x.(*ast.CallExpr)
		if !ok {
			return false
		}
		method, ok := ast.Unparen(outer.Fun).(*ast.SelectorExpr)
		if !ok {
			return false
		}
		x = method.X
	}
}

// canReturnFalse reports whether a function with a bool result returns false for some code,
// by its own comparison or by that of the callee that returns the value.
func (f *function) canReturnFalse(v *typestate.Value) bool {
	return v.Rejects.Line > 0 || v.PassesPartial || f.first(v, func(_ *typestate.Value, e *typestate.End) bool {
		return len(e.Bools) == 1 && ((e.Judged != typestate.NotJudged || e.CalleeVerdict != typestate.NoSignal) && e.Bools[0] == typestate.False || e.Detail == typestate.Inspected && e.Bools[0] != typestate.True)
	}) != nil
}

// judged reports whether the code decided a branch: here, or in a callee that returned
// an error where this function returns nil. A callee that makes a mistake has a finding
// of its own.
func (f *function) judged(e *typestate.End) bool {
	return e.Judged != typestate.NotJudged || e.CalleeVerdict == typestate.Failure && e.Signal == typestate.Success
}

// passes reports whether a callee judged the code, and this function signals success
// or has no result. It doesn't check what the callee passes on.
func (f *function) passes(v *typestate.Value, e *typestate.End) bool {
	return v.PassesPartial && !f.test && e.Kind == typestate.Return &&
		(e.Signal == typestate.Success || f.void || f.onlyBool() && e.Bools[0] == typestate.True)
}

// callsUnreportedHelper reports whether the callee is a helper without a finding, because all
// its callers have to inspect the detail. Then this function is such a caller.
func (f *function) callsUnreportedHelper(call *ssa.Call) bool {
	if call == nil {
		return false
	}
	callee := call.Call.StaticCallee()
	for _, v := range f.vals[callee] {
		if v.Param != nil && v.OriginKind == typestate.Parameter && f.newFunction(callee).callersInspect(v) {
			return true
		}
	}
	return false
}

// acknowledged reports whether a bool result beside the nil error distinguishes the
// path from success, like `return false, nil` in a poll function.
func (f *function) acknowledged(v *typestate.Value, e *typestate.End) bool {
	if len(e.Bools) == 0 {
		return false
	}
	only := !slices.ContainsFunc(e.Bools, func(b typestate.Bool) bool { return b != typestate.True })
	if clean(v, e) && (e.Judged != typestate.NotJudged || only) {
		return false // it is the success side
	}
	for i, b := range e.Bools {
		if b == typestate.Unknown {
			continue
		}
		// Some successes may have the same result: a task has not ended yet, or an entry failed.
		for _, o := range v.Ends {
			if o.Kind == typestate.Return && o.Signal <= typestate.Maybe && clean(v, &o) && o.Bools[i] != b {
				return true
			}
		}
	}
	return false
}

// endSignalsSuccess reports whether the end of a path signals success in a function without
// error or bool result. It doesn't if the response is also an error: the function may get
// it because a request failed.
func (f *function) endSignalsSuccess(v *typestate.Value, e *typestate.End) bool {
	return !f.hasErr && f.bools == 0 && !f.test && e.Kind != typestate.Process && !typestate.Fails(v.Response)
}

// assignsErrorOnDefer reports whether a deferred literal of fn assigns its
// named error result: then a return does not show what is signalled.
func assignsErrorOnDefer(fn *ssa.Function) bool {
	if fn.Recover == nil && fn.Synthetic == "" {
		return false // it defers nothing: without Recover, only the body of a loop over a function can defer
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			d, ok := instr.(*ssa.Defer)
			if !ok {
				continue
			}
			c, ok := d.Call.Value.(*ssa.MakeClosure)
			if !ok {
				continue
			}
			for i, b := range c.Bindings {
				alloc, ok := b.(*ssa.Alloc)
				if ok && typestate.IsError(alloc.Type().Underlying().(*types.Pointer).Elem()) &&
					typestate.IsResult(alloc) && stores(c.Fn.(*ssa.Function).FreeVars[i]) {
					return true
				}
			}
		}
	}
	return false
}

// stores reports whether the function, or a literal in it, assigns the variable that v
// points to.
func stores(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr == v {
				return true
			}
		case *ssa.MakeClosure:
			for i, b := range ref.Bindings {
				if b == v && stores(ref.Fn.(*ssa.Function).FreeVars[i]) {
					return true
				}
			}
		case ssa.CallInstruction:
			return true // the callee gets its address, and may assign it
		}
	}
	return false
}
