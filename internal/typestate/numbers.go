package typestate

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// A predicate of another package may get other numbers than the code that also tell something of the response:
//
//	if codes.Failed(e.Code) { ... }               // an entry's code
//	if codes.Zero(int64(len(r.Detail))) { ... }   // the number of entries
//	if codes.Positive(n) { ... }                  // what is known on this path

// numbered gives the value of a call to which such a number is given.
func (r *run) numbered(st *state, call *ssa.Call) (value, bool) {
	c := call.Common()
	if !st.obj.live() || !IsBool(call.Type()) || c.IsInvoke() {
		return nil, false
	}
	for i, a := range c.Args {
		x := r.eval(st, a)
		switch {
		case isConst(a):
		case x == entryCount, x == positive, is[constVal](x), r.isEntryCode(x):
			if p := r.engine.ofCode(c, i).param(i, Code); p != nil {
				if holds, fails, ok := p.predicate(call); ok {
					return r.within(st, x, split{holds, fails}, call.Pos()), true
				}
			}
		}
	}
	return nil, false
}

// within gives the value of a boolean that says on which side of a split the number x is.
func (r *run) within(st *state, x value, s split, pos token.Pos) value {
	var may codeset.Set // what x may be
	switch x := x.(type) {
	case entry:
		if x.lost {
			may = codeset.Of(0)
			break
		}
		r.handOn(st, x, pos)
		if s.holds.Contains(0) == s.fails.Contains(0) {
			return nil
		}
		return test{someEntry, s.holds.Contains(0)} // an entry that is absent has the zero code
	case derived: // the number of entries
		r.touch(st)
		empty, filled := codeset.Of(0), codeset.Compare(token.GTR, 0)
		switch {
		case s.holds.Intersect(filled).IsEmpty() && s.fails.Intersect(empty).IsEmpty():
			return test{what: noEntries}
		case s.holds.Intersect(empty).IsEmpty() && s.fails.Intersect(filled).IsEmpty():
			return test{noEntries, true}
		}
		return nil
	case sign:
		may = codeset.Compare(token.GTR, 0)
	case constVal:
		n, ok := constant.Int64Val(constant.ToInt(x.value()))
		if !ok {
			return nil
		}
		may = codeset.Of(n)
	}
	switch {
	case s.holds.Intersect(may).IsEmpty():
		return isFalse
	case s.fails.Intersect(may).IsEmpty():
		return isTrue
	}
	return nil
}
