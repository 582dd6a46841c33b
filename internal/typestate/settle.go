package typestate

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/recognize"
)

// settle records the end of a path.
func (r *run) settle(st *state, e *end) {
	if st.obj.live() && st.obj.blurred {
		r.blurred = true
		return
	}
	st.silenceEnd()
	if st.obj.phase == shadow && !st.silenced() && st.obj.judged() && e.Signal == Failure && st.obj.class.partial {
		if r.rejects == nil {
			r.rejects = e.ret
		}
		if !r.probes() {
			return
		}
	} else if st.obj.phase != owed {
		return
	}
	e.Object, e.class = st.obj.Object, st.obj.class
	e.region, e.computed = nil, false
	if e.Judged == tested {
		e.Judged = Judged
	}
	e.Acted = e.Acted || r.recorded(st)
	for i := range r.ends {
		o := &r.ends[i]
		if o.Kind == e.Kind && o.Signal == e.Signal && o.Pos == e.Pos && o.ResultTells == e.ResultTells && o.ErrorUnknown == e.ErrorUnknown &&
			o.does == e.does && o.ret == e.ret &&
			o.Properties == e.Properties && o.class == e.class && slices.Equal(o.Bools, e.Bools) && slices.Equal(o.members, e.members) && slices.Equal(o.consts, e.consts) && slices.Equal(o.sizes, e.sizes) {
			o.Codes = o.Codes.Union(e.Codes)
			if e.Compare > o.Compare {
				o.Compare, o.Decide = e.Compare, e.Decide
			}
			o.Exclude = max(o.Exclude, e.Exclude)
			if o.VerdictCall != e.VerdictCall {
				o.VerdictCall = nil
			}
			return
		}
	}
	r.ends = append(r.ends, *e)
}

// probes reports whether the function decodes the batch itself, and knows its code already from another decode of the
// same bytes. Then it answers for what it rejects before the second decode. The caller answers for memory that may be
// the caller's.
func (r *run) probes() bool {
	result, target := r.org.result(), r.org.target()
	own := result != nil && result.plain || r.org.kind == Decoded && target.caller == nil && owns(target.ptr)
	return own && r.org.resp.Kind == recognize.Batch && !r.org.decode.detailed && !r.engine.bytesLeave(r.org.decode.data.roots()...)
}

// settleReturn settles the value at a return of the function.
func (r *run) settleReturn(st *state, ret *ssa.Return) {
	if !st.obj.live() {
		return
	}
	r.resultsFrom(st, ret, 0, &end{End: End{Kind: Return, Pos: r.returnPos(st, ret)}, ret: ret})
}

// resultsFrom looks at the i'th result and those after it. A bool result that
// carries a comparison of the code ends two paths, one for each outcome.
func (r *run) resultsFrom(st *state, ret *ssa.Return, i int, e *end) {
	if i == len(ret.Results) {
		r.settleResults(st, e)
		return
	}
	v := ret.Results[i]
	x := r.withBytes(st, v)
	isErr := r.cfg.ErrorResult(r.fn.Signature.Results(), i)
	if x == originError && isErr {
		st.resolve(true) // on the other paths there is no value
		r.narrowDelivered(st)
		x = isNil
	}
	if to, ok := x.(pointer); ok && !isErr && isWhole(st.load(to.block, to.path)) {
		x = member{} // a pointer to the variable that holds the response
	}
	if m, ok := x.(member); ok {
		e.members = append(slices.Clip(e.members), returnedMember{result: i, path: m.path})
		if !isErr && !IsBool(v.Type()) {
			text := m.path == r.roles.message
			e.ResultTells, e.ReturnsMember = e.ResultTells || text, e.ReturnsMember || !text
			r.resultsFrom(st, ret, i+1, e)
			return
		}
	}
	if within, ok := r.heldIn(st, x); ok {
		e.members = append(slices.Clip(e.members), returnedMember{result: i, within: within})
		e.ReturnsMember = true
		r.resultsFrom(st, ret, i+1, e)
		return
	}
	switch {
	case isErr:
		r.errorResult(st, ret, i, x, e)
	case IsBool(v.Type()):
		r.boolResult(st, ret, i, x, e)
	default:
		if s := sizeOf(x, v.Type()); s != AnySize && r.gathers() {
			e.sizes = append(append(slices.Clip(e.sizes), make([]Size, i-len(e.sizes))...), s)
		}
		r.handOn(st, x, e.Pos)
		v = returned(ret, i)
		if c, ok := x.(constVal); ok {
			e.consts = append(append(slices.Clip(e.consts), make([]string, i-len(e.consts))...), c.exact)
		}
		e.ResultTells = e.ResultTells || verdictOf(v, st.obj.Decide) || marks(v) || x == positive || hasSome(x) || x == nil && r.engine.computed(v, st.obj.excludeBlock)
		r.resultsFrom(st, ret, i+1, e)
	}
}

// settleResults settles the value where all results have been looked at. A caller that applies the summary follows the
// members that are returned. For everybody else they are handed on.
func (r *run) settleResults(st *state, e *end) {
	st.silenceEnd()
	e.does = st.obj.does()
	if e.carried && e.Signal == Failure {
		e.does &^= KeepsCode // a caller that drops the error drops the code too
	}
	if st.silenced() {
		e.does |= Tests
	}
	for _, g := range e.members {
		if r.roles.signalled && dropsResult(r.fn, g.result) {
			continue
		}
		r.handOn(st, member{g.path}, e.Pos)
	}
	r.settle(st, e)
}

// errorResult looks at an error result, whose value is x, and goes on with the next.
func (r *run) errorResult(st *state, ret *ssa.Return, i int, x value, e *end) {
	v := ret.Results[i]
	_, made := v.(*ssa.MakeInterface)
	if !made && (x == nil || x == opaque) && e.Signal != Failure {
		r.handOn(st, x, e.Pos)
		r.unknownError(st, ret, i, e)
		return
	}
	e.Signal = max(e.Signal, r.signalOf(v, x))
	if !made && isWhole(x) {
		e.Signal = Maybe // the response itself is the error, and may be nil
	}
	if x != verdict { // the caller learns what the callee said, no more
		before := st.obj.Handed
		r.handOn(st, x, e.Pos)
		e.carried = st.obj.Handed&^before&HandedCode != 0
	}
	r.resultsFrom(st, ret, i+1, e)
}

// boolResult looks at a bool result, whose value is x, and goes on with the next. A
// condition ends two paths.
func (r *run) boolResult(st *state, ret *ssa.Return, i int, x value, e *end) {
	if c, ok := x.(condition); ok && !oneSided(c) {
		other, not := st.clone(), *e
		if r.assumeValue(st, x, true) {
			e.Bools = withBool(e.Bools, True)
			r.resultsFrom(st, ret, i+1, e)
		}
		if r.assumeValue(other, x, false) {
			not.Bools = withBool(not.Bools, False)
			r.resultsFrom(other, ret, i+1, &not)
		}
		return
	}
	switch x {
	case isTrue:
		e.Bools = withBool(e.Bools, True)
	case isFalse:
		e.Bools = withBool(e.Bools, False)
	default:
		r.handOn(st, x, e.Pos)
		e.Bools = withBool(e.Bools, Unknown)
	}
	r.resultsFrom(st, ret, i+1, e)
}

// withBool appends to a list that other ends may have.
func withBool(bools []Bool, b Bool) []Bool { return append(bools[:len(bools):len(bools)], b) }

// signalOf says what returning v as an error signals, where x is its value.
func (r *run) signalOf(v ssa.Value, x value) Signal {
	if is[member](x) && r.roles.signalled { // an error in it, which may be nil
		return Maybe
	}
	if _, ok := v.(*ssa.MakeInterface); ok {
		return Failure
	}
	switch x.(type) {
	case pointer, member, box, function:
		return Failure
	}
	switch x {
	case isNil, originError: // on the paths on which the origin's error is nil
		return Success
	case nonNil, verdict:
		return Failure
	}
	return Maybe
}

// verdictOf reports whether v is a result of the call that judged the code: the
// caller has its answer.
func verdictOf(v, call ssa.Value) bool {
	if e, ok := v.(*ssa.Extract); ok {
		v = e.Tuple
	}
	_, ok := v.(*ssa.Call)
	return ok && v == call
}

// marks reports whether v is a constant other than its type's zero value: a
// caller can tell by it what happened.
func marks(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil {
		return false
	}
	switch c.Value.Kind() {
	case constant.String:
		return constant.StringVal(c.Value) != ""
	case constant.Int, constant.Float:
		return constant.Sign(c.Value) != 0
	}
	return false
}

// computed reports whether v is computed after the branch at the end of excl.
func (e *Engine) computed(v ssa.Value, excl *ssa.BasicBlock) bool {
	instr, ok := v.(ssa.Instruction)
	if !ok || excl == nil {
		return false
	}
	if _, ok := instr.(*ssa.Phi); ok {
		return false
	}
	instr = e.within(instr, excl.Parent())
	return instr.Block() != excl && excl.Dominates(instr.Block())
}

// bodyEnd returns the position of the closing brace of the function.
func bodyEnd(fn *ssa.Function) token.Pos {
	if s := fn.Syntax(); s != nil {
		return s.End() - 1
	}
	return fn.Pos()
}
