package typestate

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// The body of a range over a function is a function of its own in SSA form, a
// yield function, which the iterator calls for each iteration:
//
//	jump := 0 // ready
//	iterator(func(k, v) bool {
//		... // the body: at its end, and for continue, jump = 0 and return true;
//		    // for break, return and the like jump = 1, 2, ... and return false
//	})
//	switch jump { ... } // goes on after the loop, or returns
//
// It is followed where the iterator is called, as any other literal that is called in place: never, once, and several
// times.

// yieldOf gives the body of the loop that the call of an iterator runs, nil if
// it is no such call.
func yieldOf(call *ssa.Call) (*ssa.Function, *ssa.MakeClosure) {
	if len(call.Call.Args) != 1 {
		return nil, nil
	}
	if c, ok := call.Call.Args[0].(*ssa.MakeClosure); ok {
		if fn := c.Fn.(*ssa.Function); isYield(fn) {
			return fn, c
		}
	}
	return nil, nil
}

// yields reports whether the call is that of an iterator's yield function. An iterator is a function without results
// that gets a yield function and calls it for each element. If the yield function gives false, the iterator has to
// stop:
//
//	func(yield func(string, error) bool) {
//		...
//		if !yield(id, err) {
//			return
//		}
//	}
func (r *run) yields(st *state, call *ssa.Call) bool {
	v := call.Call.Value
	if fn, ok := r.eval(st, v).(function); ok {
		v = fn.of // a predicate may have got it
	}
	p, ok := v.(*ssa.Parameter)
	return ok && isYieldParam(p)
}

// isYieldParam reports whether the parameter is the function that an iterator calls.
func isYieldParam(p *ssa.Parameter) bool {
	sig, ok := p.Type().Underlying().(*types.Signature)
	return ok && sig.Results().Len() == 1 && IsBool(sig.Results().At(0).Type()) && p.Parent().Signature.Results().Len() == 0
}

// findYield finds the responses that the iterator gives to the loop's body, and
// those that have their origin there.
func (f *finder) findYield(call *ssa.Call, yield *ssa.Function) {
	pos := yield.Pos()
	if loop, ok := yield.Syntax().(*ast.RangeStmt); ok {
		pos = loop.For
	}
	entries := f.iterated(call.Call.Value)
	for _, p := range yield.Params {
		if len(referrers(p)) == 0 {
			continue
		}
		kind, resp := Element, f.received(p.Type())
		if entries != nil && isElement(entries.Type, p.Type()) {
			kind, resp = EntryOf, entries
		}
		if resp != nil {
			f.add(site{at: &yieldOrigin{p}, kind: kind, resp: resp, pos: pos})
		}
	}
	f.scan(yield)
}

// iterated describes the entries of the detail that a known iterator goes through.
func (f *finder) iterated(iterator ssa.Value) *recognize.Response {
	if call, ok := iterator.(*ssa.Call); ok && f.engine.libraryFacts(calleeOf(call.Common())).byTable == library.Iterates {
		return f.entryType(call.Call.Args[0])
	}
	return nil
}

// isElement reports whether a variable of type t can hold what is described by
// elem, or a pointer to it.
func isElement(elem, t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	return types.Identical(elem, t)
}

// A rangeCall is a range over a function: the call of an iterator with the body of a loop.
type rangeCall struct {
	yield   *ssa.Function // the body
	closure *ssa.MakeClosure
	detail  bool         // the iterator goes over the detail
	defers  []*ssa.Defer // of the function, before the loop
	seen    []*state     // at the end of an iteration, or before the first
	out     []*state     // after the loop
	uses    dealing      // what the body has done with the detail
}

// rangeFunc simulates a range over a function.
func (r *run) rangeFunc(st *state, call *ssa.Call, yield *ssa.Function, body *ssa.MakeClosure) ([]*state, error) {
	it := r.eval(st, call.Call.Value)
	if !is[iterator](it) {
		r.handOn(st, it, call.Pos())
	}
	for _, b := range body.Bindings {
		if isJump(b) {
			st.store(b, "", constVal{"0"})
		}
	}
	none := st.clone() // no iteration
	loop := &rangeCall{yield: yield, closure: body, detail: is[iterator](it), defers: st.defers, seen: []*state{none}}
	if over, ok := it.(iterator); ok {
		end := drained{begun: over.begun}
		if d := r.org.resp.Detail; d != nil && d.Form == recognize.Map {
			end.it = call // an iterator over a map gives all of its entries
		}
		if !r.drain(none, end, true) {
			loop.seen = nil
		}
	}
	loop.out = slices.Clone(loop.seen)
	for iteration := []*state{st}; len(iteration) > 0; {
		var next []*state
		for _, st := range iteration {
			more, err := r.iterate(loop, st)
			if err != nil {
				return nil, err
			}
			next = append(next, more...)
		}
		iteration = next
	}
	if none.obj.live() { // as with any other loop
		none.obj.see(loop.uses)
	}
	return loop.out, nil
}

// iterate simulates one iteration. It gives the states with which another one begins.
func (r *run) iterate(loop *rangeCall, st *state) (next []*state, err error) {
	args := make([]value, len(loop.yield.Params))
	for i, p := range loop.yield.Params {
		switch {
		case p == r.org.yielded():
			r.endIteration(st, loop.yield)
			r.begin(st)
			args[i] = member{}
		case loop.detail && r.isEntryType(p.Type()):
			if args[i] = (entry{}); !r.assumeEntry(st) {
				st.kill() // there is no iteration like this
			}
		}
	}
	results, err := r.enter(st.clone(), function{loop.closure}, args)
	if err != nil {
		return nil, err
	}
	for _, res := range results {
		res.st.defers = loop.defers
		if o := res.st.obj; o.live() {
			loop.uses = loop.uses.or(dealing{o.Detail.done(), o.Handed & HandedDetail})
		}
		if res.values[0] == isFalse { // break, return
			if !r.join(loop.out, res.st) {
				loop.out = append(loop.out, res.st)
			}
			continue
		}
		if r.org.kind == EntryOf {
			r.endIteration(res.st, loop.yield)
		}
		if r.join(loop.seen, res.st) {
			continue // another iteration has nothing new to show: sets of one class look alike
		}
		if len(loop.seen) >= hardStates {
			return nil, errBudget
		}
		loop.seen = append(loop.seen, res.st)
		loop.out = append(loop.out, res.st)
		next = append(next, res.st.clone())
	}
	return next, nil
}

// endIteration settles a value that the iterator gave for this iteration: an entry when the iteration ends, any other
// value when the iterator gives the next one.
func (r *run) endIteration(st *state, yield *ssa.Function) {
	if p := r.org.yielded(); p == nil || p.Parent() != yield || !st.obj.live() {
		return
	}
	r.settle(st, &end{End: End{Kind: Iteration, Signal: r.failing(st, yield), Pos: bodyEnd(yield)}})
	st.kill()
}
