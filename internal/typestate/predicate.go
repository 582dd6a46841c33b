package typestate

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// A predicate is a small function that says something of a response, or of its code, by a bool or a number. Its
// callers ask by it what it asks:
//
//	func (c Code) Failed() bool { return c != 0 }
//
//	if r.Code.Failed() { ... } // if r.Code != 0 { ... }
//
// One of the package is followed where it is called, as a literal is: a summary would tell of one of its
// arguments, and it may well ask for several at once:
//
//	func missed(e Entry, ok bool) bool { return !ok || e.Code != 0 }
type predicate struct {
	names    codeset.Set // the codes that it names
	circular bool        // it calls itself: only a summary tells what it does
}

const predicateSize = 64 // instructions of one, at most

// predicateOf gives the predicate that is called, nil if none is.
func (e *Engine) predicateOf(c *ssa.CallCommon) (*ssa.Function, *predicate) {
	fn := generic(c.StaticCallee())
	if fn == nil || len(fn.Blocks) == 0 {
		return nil, nil
	}
	p, ok := e.asked.predicates[fn]
	if !ok {
		e.asked.predicates[fn] = &predicate{circular: true} // where it calls itself
		if p = nil; e.isPredicate(fn) {
			p = &predicate{names: constants(fn), circular: e.asksItself(fn)}
		}
		e.asked.predicates[fn] = p
	}
	return fn, p
}

// isPredicate reports whether the function is small, goes through each of its blocks once at most, and gives
// a bool or a number. One that is handed bytes may decode them, and its summary tells what they have in common with
// those of others.
func (e *Engine) isPredicate(fn *ssa.Function) bool {
	results := fn.Signature.Results()
	if results.Len() != 1 || !IsBool(results.At(0).Type()) && !isNumber(results.At(0).Type()) {
		return false
	}
	if fn.Synthetic != "" || fn.Parent() != nil || fn.Recover != nil || len(fn.AnonFuncs) > 0 {
		return false
	}
	for _, p := range fn.Params {
		if isBytes(p.Type()) || isReader(p.Type()) || isResponse(p.Type()) {
			return false
		}
	}
	size := 0
	for _, b := range fn.Blocks {
		if size += len(b.Instrs); size > predicateSize {
			return false
		}
	}
	return len(e.flow.arranged(fn).loops) == 0
}

// asksItself reports whether the predicate calls itself, if only by way of other predicates.
func (e *Engine) asksItself(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok {
				if _, p := e.predicateOf(call.Common()); p != nil && p.circular {
					return true
				}
			}
		}
	}
	return false
}

// ask follows a predicate that is called with something that is known. What it compares, the call does.
func (r *run) ask(st *state, call *ssa.Call) (sts []*state, ok bool, err error) {
	if !st.obj.live || len(r.stack) > maxInline || r.org.call == call {
		return nil, false, nil
	}
	fn, p := r.engine.predicateOf(call.Common())
	if p == nil || p.circular || !slices.ContainsFunc(call.Call.Args, func(a ssa.Value) bool { return !isConst(a) && r.eval(st, a).kind != unknown }) {
		return nil, false, nil
	}
	r.name(p.names)
	before := st.obj.Object
	sts, err = r.inline(st, value{kind: code, block: fn}, call.Call.Args, call)
	pos := r.posOf(call)
	for _, st := range sts {
		if o := &st.obj.Object; o.Compare != before.Compare || o.Decide != before.Decide {
			o.Compare, o.Decide = pos, call
		}
		if o := &st.obj.Object; o.Exclude != before.Exclude {
			o.Exclude = pos
		}
		if x := st.env.get(call); x.kind == pred || x.kind == named {
			x.block, x.pos = call, pos
			st.set(call, x)
		}
	}
	return sts, true, err
}

// posOf gives the position of a call, or of the one that it is made for.
func (r *run) posOf(call *ssa.Call) token.Pos {
	if n := len(r.calls); !call.Pos().IsValid() && n > 0 {
		return r.calls[n-1] // of a method value
	}
	return call.Pos()
}
