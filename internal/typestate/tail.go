package typestate

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/testcode"
)

// A tail is a function or a literal that is called at one place: at the end of its caller, which returns its results
// unchanged.
//
//	return func() error { ... }()
//
//	if err := json.Unmarshal(b, &r); err != nil {
//		return err
//	}
//	return stopped(&r) // the only call of an unexported function
//
// Its body is a part of its owner's: what has its origin there is the owner's, its parameters are what
// it is called with, and its returns are returns of the owner.

// tails are the tails of a package's functions.
type tails struct {
	calls map[*ssa.Function]*ssa.Call       // the call of a tail
	of    map[*ssa.Function][]*ssa.Function // the tails that a function calls
}

// tailCall gives the one call of the tail fn, nil if fn is no tail.
func (e *Engine) tailCall(fn *ssa.Function) *ssa.Call {
	if e.tails == nil {
		e.tails = e.findTails()
	}
	return e.tails.calls[fn]
}

// tail gives the tail that is called, nil if what is called is none.
func (e *Engine) tail(c *ssa.CallCommon) *ssa.Function {
	if fn := c.StaticCallee(); fn != nil && e.tailCall(fn) != nil {
		return fn
	}
	return nil
}

// Owner gives the function that ends in the tail fn, or fn itself if it is no tail.
func (e *Engine) Owner(fn *ssa.Function) *ssa.Function {
	for call := e.tailCall(fn); call != nil; call = e.tailCall(fn) {
		fn = call.Parent()
	}
	return fn
}

// WithTails gives the function and its tails, and theirs.
func (e *Engine) WithTails(fn *ssa.Function) []*ssa.Function {
	all := []*ssa.Function{fn}
	e.tailCall(fn)
	for i := 0; i < len(all); i++ {
		all = append(all, e.tails.of[all[i]]...)
	}
	return all
}

// withAll gives the function, its tails and its literals, and theirs, each once: a literal that is called in place is
// both.
func (e *Engine) withAll(fn *ssa.Function) []*ssa.Function {
	all := []*ssa.Function{fn}
	e.tailCall(fn)
	seen := map[*ssa.Function]bool{fn: true}
	for i := 0; i < len(all); i++ {
		for _, more := range [][]*ssa.Function{e.tails.of[all[i]], all[i].AnonFuncs} {
			for _, f := range more {
				if !seen[f] {
					seen[f] = true
					all = append(all, f)
				}
			}
		}
	}
	return all
}

// callsOf gives the calls in the function and its tails.
func (e *Engine) callsOf(fn *ssa.Function) []*ssa.Call {
	all := e.WithTails(fn)
	if len(all) == 1 {
		return e.flow.callsOf(fn)
	}
	var calls []*ssa.Call
	for _, f := range all {
		calls = append(calls, e.flow.callsOf(f)...)
	}
	return calls
}

// returns gives the returns of the function: where it ends in a tail, the tail's.
func (e *Engine) returns(fn *ssa.Function) []*ssa.Return { return e.returnsOf(fn, true) }

// settling gives the returns at which its values are settled. Deferred calls run after the tail has returned.
func (e *Engine) settling(fn *ssa.Function) []*ssa.Return { return e.returnsOf(fn, false) }

func (e *Engine) returnsOf(fn *ssa.Function, deferred bool) []*ssa.Return {
	var all []*ssa.Return
	for _, b := range fn.Blocks {
		ret := returnOf(b)
		if ret == nil {
			continue
		}
		if call := endsIn(b); call != nil && (deferred || fn.Recover == nil) {
			if t := e.tail(call.Common()); t != nil {
				all = append(all, e.returnsOf(t, deferred)...)
				continue
			}
		}
		all = append(all, ret)
	}
	return all
}

// argument gives what the owner passes for v, a parameter or a captured variable of a tail. It is nil if v is neither.
func (e *Engine) argument(v ssa.Value) ssa.Value {
	fn := v.Parent()
	if fn == nil {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		if call := e.tailCall(fn); call != nil {
			return call.Call.Args[slices.Index(fn.Params, v)]
		}
	case *ssa.FreeVar:
		if e.tailCall(fn) != nil {
			return bound(v)
		}
	}
	return nil
}

// within gives the call in fn that runs the tail with the instruction, or the instruction itself if there is none.
func (e *Engine) within(instr ssa.Instruction, fn *ssa.Function) ssa.Instruction {
	for at := instr; ; {
		if at.Parent() == fn {
			return at
		}
		call := e.tailCall(at.Parent())
		if call == nil {
			return instr
		}
		at = call
	}
}

// tailParams gives the parameters by which a tail gets v, an operand of the call. It is not ok if the callee is no
// tail.
func (e *Engine) tailParams(c *ssa.CallCommon, v ssa.Value) (params []ssa.Value, ok bool) {
	fn := e.tail(c)
	if fn == nil {
		return nil, false
	}
	for i, a := range c.Args {
		if a == v {
			params = append(params, fn.Params[i])
		}
	}
	return params, true
}

// findTails finds the tails of the package's functions. What tests call doesn't count: they call what
// they test.
func (e *Engine) findTails() *tails {
	t := &tails{make(map[*ssa.Function]*ssa.Call), make(map[*ssa.Function][]*ssa.Function)}
	if e.cfg.Functions == nil {
		return t
	}
	mentions := make(map[*ssa.Function]int)
	var order []*ssa.Function
	for _, fn := range e.cfg.Functions() {
		test := e.inTest(fn)
		mention := func(f *ssa.Function) {
			if f = e.declared(f); f != nil && test == e.inTest(f) {
				mentions[f]++
			}
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				var few [4]*ssa.Value
				for _, op := range instr.Operands(few[:0]) {
					if f, ok := (*op).(*ssa.Function); ok {
						mention(f)
					}
				}
				if call, ok := instr.(ssa.CallInstruction); ok && call.Common().IsInvoke() && e.cfg.Implementation != nil {
					if f := e.cfg.Implementation(call.Common().Method); f != nil {
						mention(f)
					}
				}
			}
			if call := endsIn(b); call != nil && test == e.inTest(call.Call.StaticCallee()) && e.endsOnly(call) {
				f := call.Call.StaticCallee()
				t.calls[f] = call
				order = append(order, f)
			}
		}
	}
	for _, f := range order {
		if mentions[f] != 1 {
			delete(t.calls, f)
		}
	}
	for _, f := range order {
		steps := 0
		for call := t.calls[f]; call != nil && steps <= len(order); call = t.calls[call.Parent()] {
			steps++
		}
		if steps > len(order) { // they call each other in a circle
			delete(t.calls, f)
		}
	}
	for _, f := range order {
		if call := t.calls[f]; call != nil {
			t.of[call.Parent()] = append(t.of[call.Parent()], f)
		}
	}
	return t
}

// declared gives the function that fn wraps, as a method value does, or else fn.
func (e *Engine) declared(fn *ssa.Function) *ssa.Function {
	if obj, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" && e.cfg.Function != nil {
		return e.cfg.Function(obj.Origin())
	}
	return generic(fn)
}

func (e *Engine) inTest(fn *ssa.Function) bool {
	return fn != nil && testcode.File(e.cfg.Fset.Position(fn.Pos()).Filename)
}

// endsOnly reports whether what is called may be a tail, if this is its only call: it is a literal, or an unexported
// function that only its body tells of.
func (e *Engine) endsOnly(call *ssa.Call) bool {
	fn, owner := call.Call.StaticCallee(), call.Parent()
	if len(fn.Blocks) == 0 || fn.Synthetic != "" || owner.Synthetic != "" || !types.Identical(fn.Signature.Results(), owner.Signature.Results()) {
		return false
	}
	if c, ok := call.Call.Value.(*ssa.MakeClosure); ok {
		return len(*c.Referrers()) == 1
	}
	if fn.Parent() != nil {
		return true
	}
	obj, ok := fn.Object().(*types.Func)
	return ok && !obj.Exported() && fn.Pkg == owner.Pkg && fn.TypeParams().Len() == 0 && owner.TypeParams().Len() == 0 &&
		e.effect(obj) == nothing && !e.printerWrapper(obj) && (e.cfg.Checked == nil || !e.cfg.Checked(obj))
}

// endsIn gives the call with which the block ends, and whose results are returned as they come; nil if it
// ends otherwise.
func endsIn(b *ssa.BasicBlock) *ssa.Call {
	ret := returnOf(b)
	if ret == nil {
		return nil
	}
	var call *ssa.Call
	for _, instr := range slices.Backward(b.Instrs) {
		switch instr := instr.(type) {
		case *ssa.Call:
			call = instr
		case *ssa.Return, *ssa.Extract, *ssa.RunDefers, *ssa.DebugRef:
			continue
		case *ssa.UnOp: // of a function that defers
			if instr.Op == token.MUL && IsResult(instr.X) {
				continue
			}
		case *ssa.Store:
			if IsResult(instr.Addr) {
				continue
			}
		}
		break
	}
	if call == nil || call.Call.StaticCallee() == nil || call.Call.Signature().Results().Len() != len(ret.Results) {
		return nil
	}
	for i := range ret.Results {
		v := returned(ret, i)
		if x, ok := v.(*ssa.Extract); ok && x.Index == i {
			v = x.Tuple
		}
		if v != ssa.Value(call) {
			return nil
		}
	}
	return call
}

// follow simulates the call of a tail. Where its owner does nothing afterwards, the value is settled at the
// tail's returns.
func (r *run) follow(st *state, call *ssa.Call, fn *ssa.Function) ([]*state, error) {
	outer := r.reportAt
	defer func() { r.reportAt = outer }()
	if outer == nil && fn.Parent() == nil && st.obj.live() && r.home() == len(r.stack)-1 && r.mereHelper(st, call) {
		r.reportAt = call
	}
	if p := r.org.param(); p != nil && p.Parent() == fn {
		r.restart(st, call)
		r.begin(st)
	}
	sts, err := r.inline(st, function{call.Call.Value}, call.Call.Args, call)
	if outer == nil && r.reportAt != nil {
		for _, st := range sts {
			st.set(call, readAt(st.env.get(call), reading{call, call.Pos()}))
		}
	}
	return sts, err
}

// mereHelper reports whether what is called is a helper that is never itself reported: one without an error among
// its results, or one that gets the code and no response.
func (r *run) mereHelper(st *state, call *ssa.Call) bool {
	if results := call.Call.Signature().Results(); !r.cfg.hasError(results) {
		return results.Len() > 0
	}
	return r.codeAmong(st, call.Common()) >= 0 && !slices.ContainsFunc(call.Call.Args, func(a ssa.Value) bool { return r.cfg.Response(a.Type()) != nil })
}

func (c *Config) hasError(results *types.Tuple) bool {
	for i := range results.Len() {
		if c.ErrorResult(results, i) {
			return true
		}
	}
	return false
}

// returnPos gives the position of the return that ends the path: where a failure is dropped, the
// finding stands there.
func (r *run) returnPos(st *state, ret *ssa.Return) token.Pos {
	if st.ret != nil {
		ret = st.ret
	}
	if r.reportAt != nil && r.cfg.hasError(r.fn.Signature.Results()) {
		ret = returnOf(r.reportAt.Block())
	}
	if pos := ret.Pos(); pos.IsValid() {
		return pos
	}
	return bodyEnd(ret.Parent())
}

// home gives the index in the stack of the body, of the function or one of its tails, that is
// being simulated: what is above are closures.
func (r *run) home() int {
	i := 0
	for i+1 < len(r.stack) && r.engine.tailCall(r.stack[i+1]) != nil {
		i++
	}
	return i
}

// atOwnReturn reports whether a return that is simulated now is one of the function itself.
func (r *run) atOwnReturn() bool {
	if r.home() != len(r.stack)-1 {
		return false
	}
	for _, fn := range r.stack[:len(r.stack)-1] {
		if fn.Recover != nil {
			return false
		}
	}
	return true
}

// findTail finds the responses of a tail: those that have their origin there, and those that it is called with
// and that have no other origin in the function.
func (f *finder) findTail(call *ssa.Call, fn *ssa.Function) {
	for i, p := range fn.Params {
		if f.alreadyFound(call.Call.Args[i], make(map[ssa.Value]bool)) {
			continue
		}
		if resp := f.received(p.Type()); resp != nil {
			f.add(site{at: &paramOrigin{param: p}, kind: Parameter, resp: resp, pos: p.Pos()})
		} else if resp := f.cfg.Entry(p.Type()); resp != nil && !IsError(p.Type()) {
			f.add(site{at: &paramOrigin{param: p}, kind: EntryOf, resp: resp, pos: p.Pos()})
		}
	}
	f.scan(fn)
}

// alreadyFound reports whether v may hold one of the responses that have been found, or comes from a call
// that has been looked at.
func (f *finder) alreadyFound(v ssa.Value, visited map[ssa.Value]bool) bool {
	if visited[v] {
		return false
	}
	visited[v] = true
	instr, _ := v.(ssa.Instruction)
	for _, s := range f.sites {
		if s.target().ptr == v || instr != nil && s.in(instr) || s.param() != nil && ssa.Value(s.param()) == v {
			return true
		}
	}
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		a := f.engine.argument(v)
		return a != nil && f.alreadyFound(a, visited)
	case *ssa.Const, *ssa.Call:
		return true
	case *ssa.Alloc:
		values, _ := assigned(v) // else it is for calls to fill, which have been looked at
		return len(values) == 0 || slices.ContainsFunc(values, func(v ssa.Value) bool { return f.alreadyFound(v, visited) })
	case *ssa.Phi:
		return slices.ContainsFunc(v.Edges, func(v ssa.Value) bool { return f.alreadyFound(v, visited) })
	case *ssa.Extract, *ssa.UnOp, *ssa.ChangeType, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Index, *ssa.Slice:
		return f.alreadyFound(operandOf(v), visited) // perhaps a local struct or list that holds it
	}
	return false
}
