package typestate

import (
	"golang.org/x/tools/go/ssa"
)

// extract gives a component of a tuple.
func (r *run) extract(st *state, instr *ssa.Extract) {
	if instr.Tuple == r.org.flag.tuple && instr.Index == r.org.flag.index {
		return // set with the value
	}
	t := st.env.get(instr.Tuple)
	if t == opaque || t == noted {
		st.set(instr, t)
		return
	}
	switch tuple := instr.Tuple.(type) {
	case *ssa.Call:
		// set by the call
	case *ssa.Next:
		if m, ok := t.(member); ok && r.roles.signalled {
			st.set(instr, r.nextElement(st, m, instr))
			return
		}
		st.set(instr, nextOf(t, tuple, instr.Index))
	case *ssa.Lookup:
		st.set(instr, r.lookedUp(t, tuple, instr))
	case *ssa.TypeAssert:
		st.set(instr, r.assertedOf(st, t, instr))
	case *ssa.UnOp: // a receive
		st.set(instr, r.receivedOf(t, instr))
	default:
		st.set(instr, nil)
	}
}

// receivedOf gives a component of a receive with a comma-ok.
func (r *run) receivedOf(received value, component *ssa.Extract) value {
	m, ok := received.(member)
	switch {
	case !ok:
		return nil
	case component.Index == 1:
		return r.more(m, component)
	}
	return m
}

// nextOf gives a component of what an iterator gives: whether there is one more, its key, and the entry.
func nextOf(it value, next *ssa.Next, i int) value {
	over, ok := it.(iterator)
	switch {
	case ok && i == 0:
		return drained{neg: true, it: next.Iter, begun: over.begun}
	case ok && i == 2:
		return entry{}
	}
	return nil
}

// lookedUp gives a component of what a lookup with a comma-ok has found.
func (r *run) lookedUp(found value, lookup *ssa.Lookup, component *ssa.Extract) value {
	switch found := found.(type) {
	case inSet: // of a constant set
		if component.Index == 0 {
			return r.listedValue(component)
		}
		return found
	case entry:
		if component.Index == 1 {
			return noEntry{neg: true, lookup: lookup}
		}
		if r.zeroEntry() {
			found.lookup = lookup
		}
		return found
	}
	if m, ok := found.(member); ok && component.Index == 1 && r.roles.signalled {
		return r.present(m)
	}
	if component.Index == 0 {
		return found
	}
	return nil
}

// assertedOf gives a component of a type assertion with a comma-ok.
func (r *run) assertedOf(st *state, x value, component *ssa.Extract) value {
	if component.Index == 0 {
		if len(*component.Referrers()) > 0 {
			r.asserted(st, x)
		}
		if x == originError {
			return nil
		}
		return x
	}
	if x == originError {
		return test{what: originFailed}
	}
	m, ok := x.(member)
	switch {
	case !ok:
	case r.roles.signalled && inElement(m.path): // which error it is tells what failed
		r.consult(st, m)
	case holds(m.path, r.roles.code):
		return test{noValue, true}
	}
	return nil
}

func (r *run) assert(st *state, instr *ssa.TypeAssert) value {
	x := r.eval(st, instr.X)
	if x == verdict {
		r.handOn(st, x, instr.Pos())
		return nil
	}
	if instr.CommaOk {
		return x
	}
	if x == originError {
		st.kill() // a nil error would have panicked
		return nil
	}
	if len(*instr.Referrers()) > 0 {
		r.asserted(st, x)
	}
	return x
}

// asserted notes that opaque detail, or something in it, was given a concrete
// type and is used from here on.
func (r *run) asserted(st *state, x value) {
	if r.isDetail(x) || is[entry](x) && r.roles.opaque {
		r.inspect(st)
	}
}
