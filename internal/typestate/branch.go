package typestate

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/gotype"
)

// assume narrows st to the paths on which cond has the given truth. It
// reports whether there are any.
func (r *run) assume(st *state, cond ssa.Value, truth bool) bool {
	v := r.eval(st, cond)
	if st.obj.OriginError == errorKept {
		if t, ok := v.(nilTest); ok && t.of == nil && r.keepsError(t.operand) {
			st.resolve(truth != t.neg)
			return true
		}
		if r.mayAskError(cond, v) {
			st.obj.OriginError = ErrorTested
		}
	}
	switch v := v.(type) {
	case nil:
	case derived:
		if v == opaque || v == noted {
			r.test(st, r.at[len(r.at)-1])
		} else if v == told {
			r.handOn(st, v, token.NoPos)
		}
		return true // both ways are possible, and the next branch on it is as open
	case test:
		switch v.what {
		case otherMember:
		case someEntry:
			if truth != v.neg && !r.assumeEntry(st) {
				return false
			}
		default:
			return r.assumeValue(st, v, truth)
		}
	default:
		return r.assumeValue(st, v, truth)
	}
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		return r.assume(st, not.X, !truth)
	}
	st.set(cond, boolean(truth))
	r.refine(st, cond, boolean(truth))
	return true
}

// assumeValue narrows st to the paths on which the boolean v has the given truth. It reports
// whether there are any.
func (r *run) assumeValue(st *state, v value, truth bool) bool {
	if c, ok := v.(condition); ok && c.negated() {
		truth = !truth
	}
	switch v := v.(type) {
	case truthValue:
		return (v == isTrue) == truth
	case inSet:
		if truth {
			return r.narrow(st, r.sets[v.set].holds, v.reading)
		}
		return r.narrow(st, r.sets[v.set].fails, v.reading)
	case isNamed:
		if truth {
			st.obj.NamedFailure = true
			return r.narrow(st, r.code().Clean.Complement(), v.reading)
		}
		return r.narrow(st, codeset.All(), v.reading)
	case drained:
		return r.drain(st, v, truth)
	case noEntry:
		if truth {
			st.zeroLostEntry(v.lookup)
		}
		return r.assumeEmpty(st, truth)
	case nilTest:
		return r.assumeNil(st, v, truth)
	case test:
		return r.assumeTest(st, v.what, truth)
	case derived: // computed from a signal
		r.handOn(st, v, token.NoPos)
	case member:
		if r.roles.signalled {
			r.consult(st, v)
			break
		}
		// A boolean member decides: it may say what the code says.
		st.obj.Handed |= HandedCode
	case entry:
		r.handOn(st, v, token.NoPos)
	}
	return true
}

// assumeTest narrows st to the paths on which the answer is yes, or no.
func (r *run) assumeTest(st *state, what question, truth bool) bool {
	switch what {
	case noEntries:
		if truth && !st.obj.knows(noneIn) {
			return false
		}
		return r.assumeEmpty(st, truth)
	case originFailed:
		if truth {
			st.resolve(false)
		} else {
			r.narrowDelivered(st) // code that asks which error it is handles the other cases
		}
	case allItems:
		if !truth {
			r.consulted(st)
		}
	case otherDuty:
		if !truth {
			st.kill() // the request has failed
		}
	case loopLeft, noItems:
		if truth {
			st.kill() // the caller asks for no more: its duty ends
		}
	case noValue:
		if truth {
			r.assumeAbsent(st)
		} else {
			st.obj.settleLookup()
		}
	}
	return true
}

// drain notes that a loop over the detail has no more entries, or one more. A loop over a map with an entry has at
// least one iteration.
func (r *run) drain(st *state, v drained, truth bool) bool {
	if v.it != nil && !truth {
		st.set(v.it, iterator{begun: true})
	}
	if truth && st.obj.contents == someIn {
		return v.it == nil || v.begun
	}
	return r.assumeEmpty(st, truth)
}

// narrow judges the code: it keeps the codes in s.
func (r *run) narrow(st *state, s codeset.Set, by reading) bool {
	o := &st.obj
	if !o.live() || o.region != nil {
		return true
	}
	before := o.Codes
	r.setCodes(o, before.Intersect(s))
	if o.Codes.IsEmpty() {
		return false
	}
	if r.reportAt != nil {
		by = reading{r.reportAt, r.reportAt.Pos()}
	}
	o.Judged = Judged
	o.TaskLeft = false
	if !o.Codes.Contains(0) { // an absent entry has the zero code
		o.settleLookup()
	}
	o.Decide, o.Compare = by.read, by.pos
	if before.Intersects(r.code().Clean) && !o.Codes.Intersects(r.code().Clean) {
		o.Acted = false
		o.Exclude, o.excludeBlock, o.successBlock = by.pos, r.at[r.home()], nil
	}
	return true
}

// assumeAbsent notes that the comma-ok flag or a nil pointer said that there is no value.
func (r *run) assumeAbsent(st *state) {
	if !r.org.lookup() {
		st.kill()
		return
	}
	st.obj.Lookup = st.obj.Lookup.missing()
	r.setCodes(&st.obj, codeset.Of(0)) // the zero value has this code
}

// assumeNil narrows st to the paths on which the operand is nil, or isn't. It reports
// whether there are any.
func (r *run) assumeNil(st *state, v nilTest, truth bool) bool {
	switch of := v.of.(type) {
	case nil:
		x := nilness(truth)
		st.set(v.operand, x)
		r.refine(st, v.operand, x)
	case derived: // the origin's error
		st.resolve(truth)
		if truth {
			r.narrowDelivered(st)
		}
	case entry:
		if truth && of.path == "" {
			st.obj.look(Empty)
		}
	case member:
		return r.assumeNilMember(st, of.path, v.operand, truth)
	}
	return true
}

// assumeNilMember does the same for the response, or a member of it.
func (r *run) assumeNilMember(st *state, path string, operand ssa.Value, truth bool) bool {
	switch {
	case path == "":
		switch {
		case truth:
			r.assumeAbsent(st)
		case r.roles.signalled && r.roles.code == "": // there are failures
			r.consulted(st)
		default:
			st.obj.settleLookup()
		}
	case r.roles.signalled:
		return r.assumeNilSignal(st, path, operand, truth)
	case truth && holds(path, r.roles.code):
		st.kill() // an answer without a code breaks the contract
	case path == r.roles.detail && st.obj.live() && gotype.IsPointer(operand.Type()) == gotype.IsPointer(r.org.resp.Detail.Type):
		if !truth {
			return st.obj.knows(notNil)
		}
		st.obj.look(Empty)
		return st.obj.knows(nilDetail)
	case truth && holds(r.roles.detail, path), truth && holds(path, r.roles.detail):
		st.obj.look(Empty)
	}
	return true
}

// resolve settles whether the origin's error is nil, in all registers and variables that hold it. If it isn't nil,
// there is no value, and the duty ends.
func (st *state) resolve(null bool) {
	st.env.replace(originError, nilness(null))
	st.mem.replace(originError, nilness(null))
	st.obj.OriginError = ErrorHere
	if !null {
		st.kill()
	}
}

// narrowDelivered narrows the code to what the origin gives without an error.
func (r *run) narrowDelivered(st *state) {
	g := r.org.calleeSays.delivered
	if !st.obj.live() || !g.Known {
		return
	}
	if s := st.obj.Codes.Intersect(toSet(g.Codes)); !s.IsEmpty() {
		r.setCodes(&st.obj, s)
	}
	st.obj.JudgedByProducer = st.obj.JudgedByProducer || !g.Unchecked
	if g.SharedWithOthers {
		st.obj.Handed = handedAll
	}
}

// refine carries what a branch says of a loaded value to the variable that
// it was loaded from, if that can't have changed since.
func (r *run) refine(st *state, v ssa.Value, x value) {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || load.Block() != r.at[len(r.at)-1] {
		return
	}
	addr, ok := r.eval(st, load.X).(pointer)
	if !ok || st.escaped(addr.block) {
		return
	}
	after := false
	for _, instr := range load.Block().Instrs {
		switch instr := instr.(type) {
		case *ssa.UnOp:
			after = after || instr == load
		case *ssa.Store:
			if after {
				return
			}
		case *ssa.Call:
			if after && mayWrite(instr) {
				return
			}
		}
	}
	st.store(addr.block, addr.path, x)
}

// mayWrite reports whether the call may run a literal. A literal may write to a variable that it has captured, even if
// no pointer to the variable has left.
func mayWrite(call *ssa.Call) bool {
	fn, declared := call.Call.Value.(*ssa.Function)
	return !declared || fn.Parent() != nil || slices.ContainsFunc(call.Call.Args, func(a ssa.Value) bool {
		_, literal := a.Type().Underlying().(*types.Signature)
		return literal
	})
}
