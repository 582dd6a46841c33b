package typestate

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// A predicate is a function that says something of a response, or of its code, by a bool. Its
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
			p = &predicate{names: e.constants(fn), circular: e.asksItself(fn)}
		}
		e.asked.predicates[fn] = p
	}
	return fn, p
}

// isPredicate reports whether the function is small, goes through each of its blocks once at most, and gives
// a bool. One that is handed bytes may decode them, and its summary tells what they have in common with
// those of others.
func (e *Engine) isPredicate(fn *ssa.Function) bool {
	results := fn.Signature.Results()
	if results.Len() != 1 || !IsBool(results.At(0).Type()) && !isNumber(results.At(0).Type()) || fn.Synthetic != "" || fn.Parent() != nil {
		return false
	}
	for _, p := range fn.Params {
		if isBytes(p.Type()) || isReader(p.Type()) || isResponse(p.Type()) {
			return false
		}
	}
	size := 0
	for _, fn := range e.Whole(fn) {
		if fn.Recover != nil || slices.ContainsFunc(fn.AnonFuncs, func(f *ssa.Function) bool { return e.tailCall(f) == nil }) {
			return false
		}
		for _, b := range fn.Blocks {
			if size += len(b.Instrs); size > predicateSize {
				return false
			}
		}
		if len(e.flow.arranged(fn).loops) > 0 {
			return false
		}
	}
	return true
}

// asksItself reports whether the predicate calls itself, if only by way of other predicates.
func (e *Engine) asksItself(fn *ssa.Function) bool {
	return slices.ContainsFunc(e.callsOf(fn), func(call *ssa.Call) bool {
		_, p := e.predicateOf(call.Common())
		return p != nil && p.circular
	})
}

// ask follows a predicate that is called with something that is known. What it compares, the call does.
func (r *run) ask(st *state, call *ssa.Call) (sts []*state, ok bool, err error) {
	if !st.obj.live || len(r.stack)-r.home() > maxInline || r.org.call == call {
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

// compares gives the codes for which the only result of a call, a bool, is true and false, if
// that is all that the call makes of the parameter: then it is a comparison, which judges where
// its value decides a branch.
func (p *Param) compares() (s split, ok bool) {
	if p == nil {
		return split{}, false
	}
	for _, o := range p.Outcomes {
		if o.Does != Judges || o.Signal != NoSignal || len(o.Bools) != 1 {
			return split{}, false
		}
		switch o.Bools[0] {
		case True:
			s.holds = s.holds.Union(toSet(o.Codes))
		case False:
			s.fails = s.fails.Union(toSet(o.Codes))
		default:
			return split{}, false
		}
	}
	return s, len(p.Outcomes) > 0
}

// numbered simulates a predicate of another package, to which a number is given that isn't the code itself but tells
// of the response: an entry's code, the number of entries, or one that is known.
func (r *run) numbered(st *state, call *ssa.Call) (value, bool) {
	c := call.Common()
	if !st.obj.live || !IsBool(call.Type()) || c.IsInvoke() {
		return value{}, false
	}
	for i, a := range c.Args {
		x := r.eval(st, a)
		switch {
		case isConst(a):
		case x.kind == length, x.kind == positive, x.kind == known, x.kind == entry && x.path == r.roles.entryCode && !r.roles.opaque:
			if s, ok := r.engine.ofCode(c, i).param(i, Code).compares(); ok {
				return r.within(st, x, s, call.Pos()), true
			}
		}
	}
	return value{}, false
}

// within gives the value of a boolean that says on which side of a split the number x is.
func (r *run) within(st *state, x value, s split, pos token.Pos) value {
	var may codeset.Set // what x may be
	switch x.kind {
	case entry:
		if x.set == lost {
			may = codeset.Of(0)
			break
		}
		r.handOn(st, x, pos)
		if s.holds.Contains(0) == s.fails.Contains(0) {
			return value{}
		}
		return value{kind: present, neg: s.holds.Contains(0)} // an entry that is absent has the zero code
	case length:
		r.touch(st)
		empty, filled := codeset.Of(0), codeset.Compare(token.GTR, 0)
		switch {
		case s.holds.Intersect(filled).IsEmpty() && s.fails.Intersect(empty).IsEmpty():
			return value{kind: emptyOf}
		case s.holds.Intersect(empty).IsEmpty() && s.fails.Intersect(filled).IsEmpty():
			return value{kind: emptyOf, neg: true}
		}
		return value{}
	case positive:
		may = codeset.Compare(token.GTR, 0)
	case known:
		n, ok := constant.Int64Val(constant.ToInt(exact(x)))
		if !ok {
			return value{}
		}
		may = codeset.Of(n)
	}
	switch {
	case s.holds.Intersect(may).IsEmpty():
		return value{kind: isFalse}
	case s.fails.Intersect(may).IsEmpty():
		return value{kind: isTrue}
	}
	return value{}
}
