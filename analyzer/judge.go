package analyzer

import (
	"go/ast"
	"go/token"
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
	bools  int  // number of its bool results
	void   bool // it has no result
	test   bool // it is code of a test, see package testcode

	in     *ast.File // the last that was looked for, see file
	paths  []place   // the last that were asked for, see path
	oldest int       // index of the one to be forgotten next
	digest *digest   // the last, see digestOf
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

// judge gives the findings for one value.
func (f *function) judge(v *typestate.Value) []finding {
	if slices.ContainsFunc(f.engine.Whole(f.fn), assignsErrorOnDefer) || f.helper(v) && !f.hasErr && !f.void {
		return nil
	}
	var found []finding
	if v.Response.Kind == recognize.Batch {
		if v.Rejects.Line > 0 && !f.wraps(v) && !f.namesOne(f.fn) {
			return []finding{f.unreachable(v)}
		}
		found = f.partial(v)
	}
	if len(found) == 0 { // one mistake, one finding
		if end := f.first(v, f.uncheckedEnd); end != nil {
			found = append(found, f.unchecked(v, end))
		}
		if end := f.first(v, f.nonzeroEnd); end != nil {
			found = append(found, f.nonzero(v, end))
		}
		if end := f.first(v, f.droppedEnd); end != nil {
			found = append(found, f.dropped(v, end))
		}
	}
	if end := f.first(v, f.missingEnd); end != nil {
		found = append(found, f.missing(v, end))
	}
	if end := f.first(v, f.unreadEnd); end != nil {
		found = append(found, f.unread(v, end))
	}
	return found
}

// wraps reports whether the value comes through a typed function of the same
// package, which has the finding already.
func (f *function) wraps(v *typestate.Value) bool {
	return v.How == typestate.Returned && (v.Callee == nil || v.Callee.Pkg() == f.pass.Pkg && v.Callee.Signature().TypeParams() == nil)
}

// helper reports whether the function was handed the response, or the batch
// of which the value is an entry, or the collection of which it is an element, by its caller.
func (f *function) helper(v *typestate.Value) bool {
	if v.How == typestate.EntryOf {
		return slices.ContainsFunc(f.vals[f.fn], func(v *typestate.Value) bool { return v.Param != nil })
	}
	return v.Param != nil || v.Given
}

// first returns the first end of v that the predicate holds for, in the order
// of the source. Ends before the origin, which a loop leads back to, come last.
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
	case e.Exit == typestate.Return && (e.Signal == typestate.Success || e.Signal == typestate.Maybe):
		return !f.acknowledged(v, e)
	case e.TaskLeft && e.Signal != typestate.Failure:
		return true
	case e.Exit == typestate.Return && f.onlyBool() && !f.helper(v):
		return e.Bools[0] == typestate.True && f.denies(v)
	}
	return false
}

// denies reports whether a function with a bool result gives false for some code,
// itself or by the verdict of the callee that gives the value.
func (f *function) denies(v *typestate.Value) bool {
	return v.Rejects.Line > 0 || v.Passed || f.first(v, func(_ *typestate.Value, e *typestate.End) bool {
		return len(e.Bools) == 1 && ((e.Judged || e.Relayed != typestate.NoSignal) && e.Bools[0] == typestate.False || e.Inspected && e.Bools[0] != typestate.True)
	}) != nil
}

// judged reports whether the code has decided a branch on the path, in the
// function itself or by a callee whose verdict it turns round: a callee that lets
// a failure pass is reported itself, and so is one that rejects it without the detail.
func (f *function) judged(e *typestate.End) bool {
	return e.Judged || e.Relayed == typestate.Failure && e.Signal == typestate.Success
}

// passes reports whether a callee has judged the code, and this function signals
// success, or has no result to do so, without a look at what it passes on.
func (f *function) passes(v *typestate.Value, e *typestate.End) bool {
	return v.Passed && !f.test && e.Exit == typestate.Return &&
		(e.Signal == typestate.Success || f.void || f.onlyBool() && e.Bools[0] == typestate.True)
}

// exempt reports whether the call is of a helper that is not reported, since all
// of its callers inspect the detail: what its verdict hides, they hide.
func (f *function) exempt(call *ssa.Call) bool {
	if call == nil {
		return false
	}
	callee := call.Call.StaticCallee()
	for _, v := range f.vals[callee] {
		if v.Param != nil && v.How == typestate.Parameter && f.newFunction(callee).callersInspect(v) {
			return true
		}
	}
	return false
}

// acknowledged reports whether a bool result beside the nil error tells the
// path from the success side, as `return false, nil` does in a poll function.
func (f *function) acknowledged(v *typestate.Value, e *typestate.End) bool {
	if len(e.Bools) == 0 {
		return false
	}
	only := !slices.ContainsFunc(e.Bools, func(b typestate.Bool) bool { return b != typestate.True })
	if e.Codes.Meets(v.Response.Contract.Code().Clean) && (e.Judged || only) {
		return false // it is the success side
	}
	for i, b := range e.Bools {
		if b == typestate.Unknown {
			continue
		}
		// Some successes may well give the same: a task has not ended yet, or an entry failed.
		for _, o := range v.Ends {
			if o.Exit == typestate.Return && o.Signal <= typestate.Maybe && o.Codes.Meets(v.Response.Contract.Code().Clean) && o.Bools[i] != b {
				return true
			}
		}
	}
	return false
}

// settles reports whether the end of a path in a function without error or
// bool result counts as a success signal: not for a value that is an error as well, which
// a function may get because a request failed.
func (f *function) settles(v *typestate.Value, e *typestate.End) bool {
	return !f.hasErr && f.bools == 0 && !f.test && e.Exit != typestate.Process && !typestate.Fails(v.Response)
}

// partial gives the finding for a partial failure that is hidden: at most one
// for each read of the code, the worst.
func (f *function) partial(v *typestate.Value) []finding {
	if f.callersInspect(v) {
		return nil
	}
	type worst struct {
		rule string
		end  *typestate.End
	}
	order := []string{"batch-partial-as-success", "batch-partial-as-failure", "batch-detail-shallow"}
	byRule := make(map[string]*typestate.End)
	for i := range v.Ends {
		e := &v.Ends[i]
		if rule := f.partialRule(v, e); rule != "" && byRule[rule] == nil {
			byRule[rule] = e
		}
	}
	var found []finding
	reads := make(map[token.Pos]bool)
	for _, rule := range order {
		if e := byRule[rule]; e != nil && !reads[e.Compare] {
			reads[e.Compare] = true
			found = append(found, f.hidden(rule, v, e))
		}
	}
	return found
}

// partialRule returns the rule that the end of a path breaks by hiding a
// partial failure, "" if it breaks none.
func (f *function) partialRule(v *typestate.Value, e *typestate.End) string {
	c := v.Response.Contract.Code()
	if !(f.judged(e) || f.exempt(e.Relay) || f.passes(v, e)) || e.Inspected || e.Empty || e.HandedDetail || e.Named || !e.Codes.Meets(c.Partial) {
		return ""
	}
	zero := e.Codes.Meets(c.Clean)
	if f.helper(v) && !f.hasErr && !zero {
		return "" // the caller still has the response
	}
	if f.test && !zero && !e.Open {
		return "" // a test that expects a partial failure
	}
	success := zero || e.Signal == typestate.Success && !f.acknowledged(v, e) || f.onlyBool() && f.succeeds(v, e)
	switch {
	case !success && f.namesOne(f.fn):
		return "" // the one that has failed
	case e.Touched:
		return "batch-detail-shallow"
	case success:
		return "batch-partial-as-success"
	}
	return "batch-partial-as-failure"
}

// uncheckedEnd: success is signalled although no code was judged on the path,
// and the value is known to come unchecked.
func (f *function) uncheckedEnd(v *typestate.Value, e *typestate.End) bool {
	return v.Unchecked && !e.Vouched && !e.OnlySuccess(v) && !f.test && v.How != typestate.EntryOf &&
		!e.Judged && !e.HandedCode && !e.Inspected && !e.HandedDetail && f.succeeds(v, e) && !(e.Empty && inspected(v))
}

// nonzeroEnd: the code was judged, and success is signalled where it may be
// zero or any of an open set of others; or where a batch's own failure value
// is named as success.
func (f *function) nonzeroEnd(v *typestate.Value, e *typestate.End) bool {
	if !f.judged(e) && !(e.Relayed == typestate.Failure && e.Signal == typestate.NoSignal) || e.HandedCode || e.Named {
		return false
	}
	c := v.Response.Contract.Code()
	zero := e.Codes.Meets(c.Clean)
	if v.How == typestate.EntryOf {
		return zero && !f.callersTellApart(v) && e.Open && e.Signal != typestate.Failure && e.Exit != typestate.Process && f.entriesCount(v)
	}
	if zero && e.Open {
		return f.succeeds(v, e) || f.settles(v, e)
	}
	return v.Response.Kind == recognize.Batch && e.Codes.Meets(c.Total) && !e.Open &&
		!e.Inspected && !e.Empty && !e.HandedDetail && (zero || !e.Acted) &&
		e.Signal == typestate.Success && f.succeeds(v, e)
}

// droppedEnd: zero is excluded by an open set, a nil error is returned, and
// nothing was done about it in between.
func (f *function) droppedEnd(v *typestate.Value, e *typestate.End) bool {
	return v.How != typestate.EntryOf && f.judged(e) && !e.HandedCode && !e.Named && !e.Acted && !e.Marked &&
		e.Open && !e.Codes.Meets(v.Response.Contract.Code().Clean) &&
		e.Exit == typestate.Return && e.Signal == typestate.Success && f.succeeds(v, e)
}

// unreadEnd: entries are inspected, and success is signalled although the
// outer code was never judged.
func (f *function) unreadEnd(v *typestate.Value, e *typestate.End) bool {
	return v.Response.Kind == recognize.Batch && v.Unchecked && !e.Vouched && e.Open && (e.Inspected || e.Empty) && !e.Judged && !e.HandedCode &&
		e.Exit == typestate.Return && f.succeeds(v, e) && inspected(v)
}

// inspected reports whether the value's entries are inspected on some path.
func inspected(v *typestate.Value) bool {
	return slices.ContainsFunc(v.Ends, func(e typestate.End) bool { return e.Inspected })
}

// assignsErrorOnDefer reports whether a deferred literal of fn assigns its
// named error result: then a return does not say what is signalled.
func assignsErrorOnDefer(fn *ssa.Function) bool {
	if fn.Recover == nil && fn.Synthetic == "" {
		return false // it defers nothing: only a loop's body leaves its panics to somebody else
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

// stores reports whether something is stored to the variable that v points to,
// by the function or by a literal in it.
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
			return true // its address goes to somebody who may
		}
	}
	return false
}
