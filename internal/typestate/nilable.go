package typestate

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
)

// An error that a callee gives is never nil, or it is known to be nil on some paths, or nothing is known of it. In the
// last case nothing is claimed that depends on whether it is nil, as in
//
//	if s.Code != 0 {
//		return errs.New(s.Message)
//	}
//
// where no fact tells what New gives: see run.unknownError.

// A resultOf is a result of a function.
type resultOf struct {
	fn    *ssa.Function
	index int
}

// givesNil reports whether it is known that the call gives nil for its i'th result, an error, on
// some paths.
func (e *Engine) givesNil(c *ssa.CallCommon, i int) bool {
	callee := calleeOf(c)
	switch e.libraryFacts(callee).byTable {
	case library.Prints, library.Encodes, library.EncodesTo, library.Decodes, library.ConvertsNumber:
		return true
	case nothing:
	default:
		return false
	}
	fn := e.callee(c)
	if fn != nil && len(fn.Blocks) > 0 {
		return e.returnsNil(fn, i)
	}
	if callee == nil || callee.Pkg() == nil {
		return false
	}
	return e.is(library.MayGiveNil, callee) && !ofError(callee) || e.importedSummary(callee).succeeds()
}

// ofError reports whether f is a method of an error, such as Unwrap.
func ofError(f *types.Func) bool {
	recv := f.Signature().Recv()
	return recv != nil && IsError(recv.Type())
}

// succeeds reports whether the summary tells of a path without an error.
func (s *Summary) succeeds() bool {
	if s == nil {
		return false
	}
	for _, p := range s.Params {
		if p.Fill.Known {
			return true
		}
		for _, o := range p.Outcomes {
			if o.Signal == Success || o.Signal == Maybe {
				return true
			}
		}
	}
	for _, r := range s.Results {
		if r.Nil.Known || r.Raw {
			return true
		}
	}
	return false
}

// returnsNil reports whether some return of fn is known to give nil for the i'th result.
func (e *Engine) returnsNil(fn *ssa.Function, i int) bool {
	const circular = false // a call of itself tells nothing
	return e.memos.nils.of(resultOf{fn, i}, circular, func() bool {
		return slices.ContainsFunc(fn.Blocks, func(b *ssa.BasicBlock) bool {
			ret := returnOf(b)
			return ret != nil && e.canBeNil(returned(ret, i), b, make(map[ssa.Value]bool))
		})
	})
}

// canBeNil reports whether v, an error, is known to be nil on some paths that lead through the block.
func (e *Engine) canBeNil(v ssa.Value, at *ssa.BasicBlock, visited map[ssa.Value]bool) bool {
	if visited[v] || foundNonNil(v, at) {
		return false
	}
	visited[v] = true
	switch v := v.(type) {
	case *ssa.Const:
		return v.Value == nil
	case *ssa.ChangeInterface:
		return e.canBeNil(v.X, at, visited)
	case *ssa.Phi:
		for k, edge := range v.Edges {
			if e.canBeNil(edge, v.Block().Preds[k], visited) {
				return true
			}
		}
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		return ok && e.givesNil(call.Common(), v.Index)
	case *ssa.Call:
		switch e.libraryFacts(calleeOf(v.Common())).byTable {
		case library.WrapsNil:
			return e.canBeNil(v.Call.Args[0], at, visited)
		case library.JoinsErrors:
			for _, a := range variadic(v.Common()) {
				if !e.canBeNil(a, at, visited) {
					return false
				}
			}
			return true
		}
		if i := e.wraps(e.callee(v.Common())); i >= 0 && !v.Call.IsInvoke() {
			return e.canBeNil(v.Call.Args[i], at, visited)
		}
		return e.givesNil(v.Common(), 0)
	case *ssa.UnOp:
		local, ok := v.X.(*ssa.Alloc)
		if !ok || v.Op != token.MUL {
			return false
		}
		for _, ref := range *local.Referrers() {
			if s, ok := ref.(*ssa.Store); ok && s.Addr == local && e.canBeNil(s.Val, s.Block(), visited) {
				return true
			}
		}
	}
	return false
}

// foundNonNil reports whether a test of v has found that it isn't nil where the block is reached.
func foundNonNil(v ssa.Value, at *ssa.BasicBlock) bool { return found(v, token.NEQ, at) }

// found reports whether a test has found that "v op nil" holds where the block is reached.
func found(v ssa.Value, op token.Token, at *ssa.BasicBlock) bool {
	for _, ref := range referrers(v) {
		test, ok := ref.(*ssa.BinOp)
		if !ok || test.Op != token.EQL && test.Op != token.NEQ || !isZero(test.X) && !isZero(test.Y) {
			continue
		}
		for _, use := range *test.Referrers() {
			branch, ok := use.(*ssa.If)
			if !ok {
				continue
			}
			there := branch.Block().Succs[0]
			if test.Op != op {
				there = branch.Block().Succs[1]
			}
			if len(there.Preds) == 1 && there.Dominates(at) {
				return true
			}
		}
	}
	return false
}

// takesTask reports whether the call gets the task ID, and may do more than make an error of it. A function that is no
// method, and only takes what can be part of a text, may do nothing else.
func (r *run) takesTask(st *state, c *ssa.CallCommon) bool {
	if f := calleeOf(c); f != nil && f.Signature().Recv() == nil && onlyTexts(f.Signature()) {
		return false
	}
	for _, a := range c.Args {
		if r.isTask(r.eval(st, a)) {
			return true
		}
	}
	return false
}

// onlyTexts reports whether all that the function takes can be part of an error's text.
func onlyTexts(sig *types.Signature) bool {
	if variadicAny(sig) {
		return true
	}
	for p := range sig.Params().Variables() {
		_, basic := p.Type().Underlying().(*types.Basic)
		if !basic && !IsError(p.Type()) && !gotype.IsAny(p.Type()) {
			return false
		}
	}
	return true
}

// unknownError settles a return of an unknown error twice: as an error, and as nil. Nobody knows what becomes of the
// value in the second case, so that it is handed on.
func (r *run) unknownError(st *state, ret *ssa.Return, i int, e *end) {
	if r.roles.signalled && ofWork(returned(ret, i)) {
		e.Signal = max(e.Signal, Maybe)
		r.resultsFrom(st, ret, i+1, e)
		return
	}
	nothing, not := st.clone(), *e
	nothing.obj.Handed = handedAll
	not.Signal, not.ErrorUnknown = max(not.Signal, Success), true
	r.resultsFrom(nothing, ret, i+1, &not)
	e.Signal = Failure
	r.resultsFrom(st, ret, i+1, e)
}

// ofWork reports whether an error says how a call went, and was not made for the occasion: the call gives something
// beside it, gets a context, or gets nothing. So it may be nil:
//
//	return tx.Commit()
//	return queue.Close(ctx)
//	_, err = file.Write(data); return err
//	return failures.New(codeBusy, "try again")    // but not this one
func ofWork(v ssa.Value) bool {
	var seen []ssa.Value
	var of func(v ssa.Value) bool
	of = func(v ssa.Value) bool {
		if slices.Contains(seen, v) {
			return true
		}
		seen = append(seen, v)
		switch v := v.(type) {
		case *ssa.Const:
			return true
		case *ssa.Phi:
			return !slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return !of(e) })
		case *ssa.Extract:
			_, ok := v.Tuple.(*ssa.Call)
			return ok
		case *ssa.Call:
			params := v.Call.Signature().Params()
			return params.Len() == 0 || gotype.IsContext(params.At(0).Type())
		}
		return false
	}
	return of(v)
}

// joined gives the value of errors.Join: nil if all arguments are.
func (r *run) joined(st *state, c *ssa.CallCommon) value {
	if last := c.Args[len(c.Args)-1]; !isVariadic(last) {
		list := r.eval(st, last)
		some := st.someError(list)
		r.handOn(st, list, c.Pos())
		switch {
		case list == isNil:
			return isNil
		case some == nonNil, hasSome(list):
			return some
		}
		return mayBeNil // a list without an element gives nil
	}
	var all value = isNil
	for _, v := range variadic(c) {
		x := r.eval(st, v)
		if x != verdict {
			r.handOn(st, x, c.Pos())
		}
		switch {
		case x == isNil, all == nonNil, all == verdict:
		case x == nonNil, x == verdict, all == isNil && x == mayBeNil:
			all = x
		case x != mayBeNil:
			all = nil
		}
	}
	return all
}

// someError gives nonNil if some element of the list is known to be an error, and nil otherwise:
//
//	errs := []error{errFailed}
func (st *state) someError(list value) value {
	if n, ok := elements(list); ok && n > 0 {
		for _, v := range st.below(list) {
			if v == nonNil {
				return v
			}
		}
	}
	return nil
}

// wrapped gives the value of a call that wraps an error: its result is nil exactly if the error is nil that it gets.
// So the two have the same value.
func (r *run) wrapped(st *state, c *ssa.CallCommon) value {
	i := r.engine.wraps(r.engine.callee(c))
	if i < 0 && r.roles.signalled && r.wrapsOrigin(st, c) {
		return originError
	}
	if i < 0 || c.IsInvoke() {
		return nil
	}
	switch x := r.eval(st, c.Args[i]); x {
	case isNil, nonNil, mayBeNil, originError:
		return x
	}
	return nil
}

// wrapsOrigin reports whether an unknown function gets the origin's error, and gives an error alone. If that were not
// nil for nil, the function that returns it would never succeed:
//
//	_, err := client.DeleteObjects(ctx, in)
//	return errors.WithStackTrace(err)
func (r *run) wrapsOrigin(st *state, c *ssa.CallCommon) bool {
	results := c.Signature().Results()
	return results.Len() == 1 && IsError(results.At(0).Type()) && !c.IsInvoke() && st.obj.live() &&
		slices.ContainsFunc(c.Args, func(a ssa.Value) bool { return r.eval(st, a) == originError })
}

// wraps gives the parameter that the function wraps: its only result is an error, and nil exactly where the
// parameter is. It is -1 if there is none.
func (e *Engine) wraps(fn *ssa.Function) int {
	if fn == nil {
		return -1
	}
	if obj, ok := fn.Object().(*types.Func); ok && len(fn.Blocks) == 0 {
		if res := e.importedSummary(obj).result(0); res != nil {
			return res.Wraps - 1
		}
	}
	if len(fn.Blocks) == 0 || fn.Signature.Results().Len() != 1 || !IsError(fn.Signature.Results().At(0).Type()) {
		return -1
	}
	const circular = -1 // a call of itself wraps nothing
	return e.memos.wraps.of(fn, circular, func() int {
		return slices.IndexFunc(fn.Params, func(p *ssa.Parameter) bool { return IsError(p.Type()) && e.wrapsAlways(fn, p) })
	})
}

// wrapsAlways reports whether each return of the function gives nil where p is nil, and else an error.
func (e *Engine) wrapsAlways(fn *ssa.Function, p *ssa.Parameter) bool {
	returns := false
	for _, b := range fn.Blocks {
		ret := returnOf(b)
		if ret == nil {
			continue
		}
		returns = true
		v := returned(ret, 0)
		switch {
		case e.wrapOf(v, p):
		case found(p, token.EQL, b) && isZero(v):
		case found(p, token.NEQ, b) && e.neverNil(v):
		default:
			return false
		}
	}
	return returns
}

// wrapOf reports whether v is p, or wraps it.
func (e *Engine) wrapOf(v ssa.Value, p *ssa.Parameter) bool {
	switch v := v.(type) {
	case *ssa.Parameter:
		return v == p
	case *ssa.ChangeInterface:
		return e.wrapOf(v.X, p)
	case *ssa.Call:
		if e.libraryFacts(calleeOf(v.Common())).byTable == library.WrapsNil {
			return e.wrapOf(v.Call.Args[0], p)
		}
		i := e.wraps(e.callee(v.Common()))
		return i >= 0 && !v.Call.IsInvoke() && e.wrapOf(v.Call.Args[i], p)
	}
	return false
}

// isOriginError reports whether v is the error that the origin gave, as it was given.
func (r *run) isOriginError(v ssa.Value) bool {
	if c, ok := v.(*ssa.ChangeInterface); ok {
		v = c.X
	}
	e, ok := v.(*ssa.Extract)
	call := r.org.call()
	return ok && call != nil && e.Tuple == ssa.Value(call) && e.Index == r.org.errAt()
}

// keepsError reports whether v is read from where the function has put the origin's error:
//
//	out, t.err = c.PutRecords(ctx, in)
//	if t.err != nil { … }
func (r *run) keepsError(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	return ok && r.putsError(func(addr ssa.Value) bool { return reread(addr, load.X) })
}

// putsError reports whether the function puts the origin's error to an address that is sought.
func (r *run) putsError(sought func(addr ssa.Value) bool) bool {
	call := r.org.call()
	if call == nil {
		return false
	}
	for _, ref := range referrers(call) {
		e, ok := ref.(*ssa.Extract)
		if !ok || !r.isOriginError(e) {
			continue
		}
		for _, use := range referrers(e) {
			if store, ok := use.(*ssa.Store); ok && store.Val == ssa.Value(e) && sought(store.Addr) {
				return true
			}
		}
	}
	return false
}

// mayAskError reports whether an unknown condition may depend on the origin's error. The error went where it isn't
// followed. Then the condition compares some error with nil, or calls a function with the error or with what holds it.
func (r *run) mayAskError(cond ssa.Value, v value) bool {
	if t, ok := v.(nilTest); ok {
		return t.of == nil && IsError(t.operand.Type())
	}
	call, ok := cond.(*ssa.Call)
	return v == nil && ok && slices.ContainsFunc(operands(call.Common()), func(a ssa.Value) bool {
		return r.isOriginError(a) || r.putsError(func(addr ssa.Value) bool { return base(addr) == base(a) })
	})
}
