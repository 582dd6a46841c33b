package typestate

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// A predicate is a small function that says something of a response, or of its code, by a bool or a number. A call of
// it tests what it tests:
//
//	func (c Code) Failed() bool { return c != 0 }
//
//	if r.Code.Failed() { ... } // if r.Code != 0 { ... }
//
// A predicate of this package is followed where it is called, as a literal is. A summary describes one argument, and
// a predicate may combine several:
//
//	func missed(e Entry, ok bool) bool { return !ok || e.Code != 0 }
type predicate struct {
	namedCodes codeset.Set // the codes that it names
	circular   bool        // it calls itself: only a summary tells what it does
}

const predicateSize = 64 // instructions of one, at most

// predicateOf gives the predicate that is called, nil if none is.
func (e *Engine) predicateOf(c *ssa.CallCommon) (*ssa.Function, *predicate) {
	fn := generic(c.StaticCallee())
	if fn == nil || len(fn.Blocks) == 0 {
		return nil, nil
	}
	p, ok := e.memos.predicates[fn]
	if !ok {
		e.memos.predicates[fn] = &predicate{circular: true} // while it is being looked at
		if e.isPredicate(fn) {
			p = &predicate{namedCodes: e.constants(fn), circular: e.asksItself(fn)}
		}
		e.memos.predicates[fn] = p
	}
	return fn, p
}

// isPredicate reports whether the function is small, goes through each of its blocks once at most, and gives a bool or
// a number. A function that gets bytes is no predicate: it may decode them, and its summary tells which other decodes
// share them.
func (e *Engine) isPredicate(fn *ssa.Function) bool {
	results := fn.Signature.Results()
	if results.Len() != 1 || !IsBool(results.At(0).Type()) && !isNumber(results.At(0).Type()) {
		return false
	}
	if fn.Synthetic != "" || fn.Parent() != nil || e.writesCallerMemory(fn) {
		return false
	}
	for _, p := range fn.Params {
		if isBytes(p.Type()) || isReader(p.Type()) || isResponse(p.Type()) {
			return false
		}
	}
	size := 0
	for _, fn := range withLiterals(fn) {
		for _, b := range fn.Blocks {
			size += len(b.Instrs)
		}
		if size > predicateSize || len(e.flow.arranged(fn).loops) > 0 {
			return false
		}
	}
	return true
}

// asksItself reports whether the predicate calls itself, perhaps through other predicates.
func (e *Engine) asksItself(fn *ssa.Function) bool {
	for _, fn := range withLiterals(fn) {
		for _, call := range e.flow.callsOf(fn) {
			if _, p := e.predicateOf(call.Common()); p != nil && p.circular {
				return true
			}
		}
	}
	return false
}

// withLiterals gives a function and the literals in it.
func withLiterals(fn *ssa.Function) []*ssa.Function {
	all := []*ssa.Function{fn}
	for i := 0; i < len(all); i++ {
		all = append(all, all[i].AnonFuncs...)
	}
	return all
}

// followPredicate follows a predicate if an argument is known and the summary is not enough. Its comparisons count as made at the
// call.
func (r *run) followPredicate(st *state, call *ssa.Call) (sts []*state, ok bool, err error) {
	if !st.obj.live() || len(r.stack)-r.home() > maxInline || r.org.call() == call {
		return nil, false, nil
	}
	fn, p := r.engine.predicateOf(call.Common())
	if p == nil || p.circular || !r.needsFollowing(st, call) {
		return nil, false, nil
	}
	r.name(p.namedCodes)
	before := st.obj.Object
	sts, err = r.inline(st, function{fn}, call.Call.Args, call)
	pos := r.posOf(call)
	for _, st := range sts {
		if o := &st.obj.Object; o.Compare != before.Compare || o.Decide != before.Decide {
			o.Compare, o.Decide = pos, call
		}
		if o := &st.obj.Object; o.Exclude != before.Exclude {
			o.Exclude = pos
		}
		st.set(call, readAt(st.env.get(call), reading{call, pos}))
	}
	return sts, true, err
}

// needsFollowing reports whether a predicate tells more if it is followed than by its summary. It does if the
// arguments have known values, unless it only compares the code.
func (r *run) needsFollowing(st *state, call *ssa.Call) bool {
	c := call.Common()
	at, known := 0, 0
	for i, a := range c.Args {
		if !isConst(a) && r.eval(st, a) != nil {
			at = i
			known++
		}
	}
	if known != 1 {
		return known > 0
	}
	x := r.eval(st, c.Args[at])
	if p, ok := x.(pointer); ok {
		x = st.load(p.block, p.path)
	}
	p := r.engine.summaryOf(c).param(at, Whole)
	switch {
	case isWhole(x) && p != nil && r.org.kind != EntryOf: // of an entry, a pointer may be nil
		_, _, compares := p.predicate(call)
		return !compares
	case !r.isOuterCode(x):
		return true
	}
	p = r.engine.ofCode(c, at).param(at, Code)
	if p == nil {
		return true
	}
	_, _, compares := p.predicate(call)
	return !compares
}

// posOf gives the position of a call, or of the one that it is made for.
func (r *run) posOf(call *ssa.Call) token.Pos {
	if n := len(r.calls); !call.Pos().IsValid() && n > 0 {
		return r.calls[n-1] // of a method value
	}
	return call.Pos()
}

// predicate gives the value of a boolean that is true if "code op c" holds.
func (r *run) predicate(op token.Token, c int64, read ssa.Value, pos token.Pos) inSet {
	r.items.others = true // the code tells of all items
	k := comparison{op, c}
	i, ok := r.setIndex[k]
	if !ok {
		i = int32(len(r.sets))
		r.setIndex[k] = i
		r.sets = append(r.sets, r.split(k))
	}
	return inSet{set: i, reading: reading{read, pos}}
}
