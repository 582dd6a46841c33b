package typestate

import (
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// eval gives the abstract value of v in st.
func (r *run) eval(st *state, v ssa.Value) value {
	switch v := v.(type) {
	case *ssa.Const:
		return constantOf(v)
	case *ssa.Alloc:
		return value{kind: mem, block: v}
	case *ssa.Function, *ssa.MakeClosure:
		return value{kind: code, block: v}
	}
	return st.env.get(v)
}

func constantOf(c *ssa.Const) value {
	switch {
	case c.Value == nil:
		switch c.Type().Underlying().(type) {
		case *types.Struct, *types.Array:
			return value{}
		}
		return value{kind: isNil}
	case c.Value.Kind() == constant.Bool:
		return boolean(constant.BoolVal(c.Value))
	}
	return value{kind: known, path: c.Value.ExactString()}
}

// zeroOf gives the zero value of a type that has one constant for it.
func zeroOf(t types.Type) value {
	if isTypeParam(t) {
		return value{}
	}
	switch t := t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Interface:
		return value{kind: isNil}
	case *types.Basic:
		switch {
		case t.Info()&types.IsBoolean != 0:
			return value{kind: isFalse}
		case t.Info()&types.IsInteger != 0:
			return value{kind: known, path: "0"}
		case t.Info()&types.IsString != 0:
			return value{kind: known, path: `""`}
		}
	}
	return value{}
}

// fork simulates an instruction that calls something. A closure that is called in
// place may give several states.
func (r *run) fork(st *state, instr ssa.Instruction) ([]*state, error) {
	if call, ok := instr.(*ssa.Call); ok {
		return r.call(st, call)
	}
	return r.runDefers(st)
}

// step simulates any other instruction that is neither a phi nor the end of a block.
func (r *run) step(st *state, instr ssa.Instruction) {
	if r.org.instr == instr {
		r.restart(st, instr)
		r.begin(st)
		st.set(instr.(ssa.Value), value{kind: part})
		r.flag(st)
		return
	}
	if st.obj.live && len(r.org.alias) > 0 && r.org.alias[instr] {
		st.set(instr.(ssa.Value), value{kind: part})
		return
	}
	switch instr := instr.(type) {
	case *ssa.Defer:
		r.act(st)
		if instr.DeferStack == nil && r.inlinable(r.eval(st, instr.Call.Value)) && len(st.defers) < maxDefers {
			st.deferred(instr)
			return
		}
		r.transfer(st, instr.Common(), nil)
	case *ssa.Go:
		r.act(st)
		r.handOn(st, r.eval(st, instr.Call.Value), instr.Pos())
		for _, a := range instr.Call.Args {
			r.handOn(st, r.eval(st, a), instr.Pos())
		}
	case *ssa.Store:
		r.assign(st, instr)
	case *ssa.MapUpdate:
		r.act(st)
		st.put(r.eval(st, instr.Map))
		r.handOn(st, r.eval(st, instr.Key), instr.Pos())
		r.put(st, r.shows(st, instr.Value), instr.Map, instr.Pos())
	case *ssa.Send:
		r.act(st)
		r.handOn(st, r.shows(st, instr.X), instr.Pos())
	case *ssa.Select:
		for _, s := range instr.States {
			if s.Send != nil {
				r.act(st)
				r.handOn(st, r.shows(st, s.Send), instr.Pos())
			}
		}
	case *ssa.Extract:
		r.extract(st, instr)
	case ssa.Value:
		st.set(instr, r.compute(st, instr))
	default:
		r.handOnOperands(st, instr)
	}
}

// flag sets the register of the comma-ok flag that came with the value.
func (r *run) flag(st *state) {
	if r.org.tuple == nil {
		return
	}
	if _, several := r.org.tuple.Type().(*types.Tuple); !several { // the flag is all that the call gives
		st.set(r.org.tuple, value{kind: absent, neg: true})
		return
	}
	for _, ref := range referrers(r.org.tuple) {
		if e, ok := ref.(*ssa.Extract); ok && e.Index == r.org.flag {
			st.set(e, value{kind: absent, neg: true})
		}
	}
}

// restart settles the value when its origin runs again.
func (r *run) restart(st *state, instr ssa.Instruction) {
	if st.obj.live {
		pos := instr.Pos()
		if !pos.IsValid() {
			pos = r.org.pos
		}
		r.settle(st, &end{End: End{Exit: Iteration, Pos: pos}})
	}
}

// compute gives the value of an instruction without other effects than on
// the property bits.
func (r *run) compute(st *state, instr ssa.Value) value {
	switch instr := instr.(type) {
	case *ssa.Alloc:
		st.forget(instr, "") // a new variable in each iteration
		if x := zeroOf(instr.Type().Underlying().(*types.Pointer).Elem()); x.kind != unknown {
			st.store(instr, "", x)
		} else {
			st.zeroMembers(instr)
		}
	case *ssa.UnOp:
		return r.unary(st, instr)
	case *ssa.BinOp:
		return r.binary(st, instr)
	case *ssa.FieldAddr:
		x := r.eval(st, instr.X)
		r.followEntry(st, x, instr.X)
		return r.field(st, x, instr.Field)
	case *ssa.Field:
		return r.field(st, r.eval(st, instr.X), instr.Field)
	case *ssa.IndexAddr:
		return r.element(st, instr.X, instr.Index, instr)
	case *ssa.Index:
		return r.element(st, instr.X, instr.Index, instr)
	case *ssa.Lookup:
		if v, ok := r.listedAt(st, instr); ok {
			return v
		}
		return r.index(st, instr.X, instr.Index, instr)
	case *ssa.Range:
		x := r.eval(st, instr.X)
		if r.isDetail(x) {
			r.touch(st)
			return value{kind: iter}
		}
		if x.kind == opaque || x.kind == told {
			return x
		}
		r.handOn(st, x, instr.Pos())
	case *ssa.Next:
		return r.eval(st, instr.Iter)
	case *ssa.Slice:
		if isHollow(instr) {
			return value{kind: hollow}
		}
		if x := r.eval(st, instr.X); st.obj.live && r.evaluates(x) {
			return r.opaqueOf(st, instr, x)
		}
		return r.sliced(st, instr)
	case *ssa.ChangeType:
		return r.eval(st, instr.X)
	case *ssa.ChangeInterface:
		return r.eval(st, instr.X)
	case *ssa.Convert:
		return r.converted(st, instr.X, instr.Type())
	case *ssa.MultiConvert:
		return r.converted(st, instr.X, instr.Type())
	case *ssa.SliceToArrayPointer:
		return r.eval(st, instr.X)
	case *ssa.MakeInterface:
		if x := r.eval(st, instr.X); x.kind != unknown && x.kind != isNil {
			return x
		}
		return value{kind: nonNil}
	case *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan:
		return r.made(st, instr)
	case *ssa.TypeAssert:
		return r.assert(st, instr)
	case *ssa.MakeClosure:
		r.bind(st, instr)
	default:
		r.handOnOperands(st, instr.(ssa.Instruction))
	}
	return value{}
}

// converted gives the value of a conversion to t: the same value, but for constants, whose
// type may matter. Not so that of a small integer.
func (r *run) converted(st *state, x ssa.Value, t types.Type) value {
	v := r.eval(st, x)
	if v.kind == known {
		n, ok := constant.Int64Val(constant.ToInt(exact(v)))
		if !ok || n < 0 || n > math.MaxInt8 || !isInteger(x.Type()) || !isInteger(t) {
			return value{}
		}
	}
	if st.obj.live && r.evaluates(v) && wraps(x.Type(), t) {
		st.obj.computed = true
		return value{kind: opaque} // uint(r.Code) > 0
	}
	return v
}

// wraps reports whether a conversion of a number may give another one: a negative number gets no sign, or a large
// one has no room.
func wraps(from, to types.Type) bool {
	b, ok := to.Underlying().(*types.Basic)
	if !ok || !isInteger(from) {
		return false
	}
	switch b.Kind() {
	case types.Int8, types.Uint8, types.Int16, types.Uint16:
		return true
	}
	return isUnsigned(to) && !isUnsigned(from)
}

func isInteger(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsInteger != 0
}

func (r *run) unary(st *state, instr *ssa.UnOp) value {
	x := r.eval(st, instr.X)
	switch instr.Op {
	case token.MUL:
		switch x.kind {
		case part, entry:
			if !isPointer(instr.Type()) {
				r.followEntry(st, x, instr.X) // as a method does whose receiver is no pointer
			}
			if x.kind == part && x.path == r.roles.code && isPointer(r.org.resp.Code.Type) && !isPointer(instr.Type()) {
				st.obj.Absent = false // where the pointer to the code is nil, this panics
			}
			if x.kind == part && r.followsDetail(x.path, instr) {
				if st.obj.null == True {
					st.kill() // this panics
				} else {
					st.obj.null = False
				}
			}
			if x.kind == entry && r.followsEntryCode(x.path, instr) && !r.meet(st) {
				st.kill() // so it does where there is no entry
			}
			return x
		case mem:
			if v := r.load(st, x, instr.Pos()); v.kind != unknown {
				return v
			}
		case opaque, told:
			return x
		}
		if _, ok := instr.X.(*ssa.Global); ok && IsError(instr.Type()) {
			return value{kind: nonNil} // by convention a sentinel error
		}
		return r.elsewhere(st, placeNoted(instr.X))
	case token.ARROW:
		st.clobber() // whoever sent may have written
		return r.elsewhere(st, kindNoted(instr.X))
	case token.NOT:
		switch x.kind {
		case isTrue:
			return value{kind: isFalse}
		case isFalse:
			return value{kind: isTrue}
		case pred, named, nilOf, emptyOf, drained, noEntry, present, failed, absent, stopped, aside:
			x.neg = !x.neg
			return x
		case part, entry, opaque, told:
			return x // a branch on it is a branch on the member
		}
	case token.SUB, token.XOR:
		return r.opaqueOf(st, instr, x)
	}
	return value{}
}

// followEntry follows a pointer to an entry, whose value is x: where it is nil, this panics.
func (r *run) followEntry(st *state, x value, ptr ssa.Value) {
	if x.path != "" {
		return
	}
	if x.kind == part && r.org.how == EntryOf {
		st.obj.Absent = false
	}
	if _, element := ptr.(*ssa.IndexAddr); x.kind == entry && !element && !r.meet(st) {
		st.kill()
	}
}

// followsEntryCode reports whether the load follows a pointer to an entry's code.
func (r *run) followsEntryCode(path string, load *ssa.UnOp) bool {
	d := r.org.resp.Detail
	return d != nil && d.Entry != nil && path == r.roles.entryCode && isPointer(d.Entry.Code.Type) && !isPointer(load.Type())
}

// zeroEntry reports whether a missing entry reads as one with code zero: not where
// the entry or its code is a pointer, which is nil.
func (r *run) zeroEntry() bool {
	d := r.org.resp.Detail
	return d != nil && d.Entry != nil && !d.EntryPtr && !isPointer(d.Entry.Code.Type)
}

// followsDetail reports whether the load follows a pointer to the detail.
func (r *run) followsDetail(path string, load *ssa.UnOp) bool {
	d := r.org.resp.Detail
	return d != nil && path == r.roles.detail && len(d.Inner) == 0 && isPointer(d.Type) && !isPointer(load.Type())
}

func (r *run) field(st *state, x value, f int) value {
	if x.kind == part && x.path == "" && r.anonymous() {
		r.handOn(st, x, token.NoPos) // any member may be the code
	}
	switch x.kind {
	case part, mem:
		x.path = step(x.path, f)
		return x
	case entry:
		x.path = step(x.path, f)
		if !r.entryCode(x) {
			r.touch(st)
		}
		return x
	case box:
		return st.load(x.block, step(x.path, f))
	case opaque, told:
		return x
	}
	return value{}
}

// element gives an element of a slice or an array. A slice has one; an array has
// as many as its type says, whatever was decoded into it.
func (r *run) element(st *state, x, i ssa.Value, instr ssa.Instruction) value {
	v := r.index(st, x, i, instr)
	if _, slice := x.Type().Underlying().(*types.Slice); slice && v.kind == entry && !r.meet(st) {
		st.kill() // there is no path like this
	}
	return v
}

// index gives an element of x.
func (r *run) index(st *state, x, i ssa.Value, instr ssa.Instruction) value {
	at := r.opaqueOf(st, instr, r.eval(st, i))
	switch v := r.eval(st, x); {
	case st.obj.live && r.evaluates(v): // such as a character of its text
		return r.opaqueOf(st, instr, v)
	case r.isDetail(v):
		r.touch(st)
		return value{kind: entry}
	case v.kind == entry:
		return v
	case v.kind == mem && r.isDetail(st.load(v.block, v.path)): // an array
		r.touch(st)
		return value{kind: entry}
	case v.kind == mem:
		if c, ok := i.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int {
			if n, ok := constant.Int64Val(c.Value); ok && n < maxElements {
				v.path = step(v.path, int(n))
				return v
			}
		}
		if n, ok := elements(v); ok && n == 1 {
			v.path = step(v.path, 0) // with any other index this panics
			return v
		}
		v.path += nowhere
		return v
	default:
		r.handOn(st, v, instr.Pos())
		if at.kind == unknown {
			return r.elsewhere(st, kindNoted(x))
		}
	}
	return at
}

// extract gives a component of a tuple.
func (r *run) extract(st *state, instr *ssa.Extract) {
	if instr.Tuple == r.org.tuple && instr.Index == r.org.flag {
		return // set with the value
	}
	t := st.env.get(instr.Tuple)
	if t.kind == opaque || t.kind == told {
		st.set(instr, t)
		return
	}
	switch tuple := instr.Tuple.(type) {
	case *ssa.Call:
		return // set by the call
	case *ssa.Next:
		if t.kind == iter {
			switch instr.Index {
			case 0:
				st.set(instr, value{kind: drained, neg: true, block: tuple.Iter, set: t.set})
				return
			case 2:
				st.set(instr, value{kind: entry})
				return
			}
		}
	case *ssa.Lookup:
		if t.kind == pred { // of a constant set
			if instr.Index == 0 {
				t = r.listedValue(instr)
			}
			st.set(instr, t)
			return
		}
		if t.kind == entry && r.zeroEntry() {
			t.block = tuple
		}
		if instr.Index == 0 {
			st.set(instr, t)
			return
		}
		if t.kind == entry {
			st.set(instr, value{kind: noEntry, neg: true, block: tuple})
			return
		}
	case *ssa.TypeAssert:
		switch {
		case instr.Index == 0:
			if len(*instr.Referrers()) > 0 {
				r.asserted(st, t)
			}
			if t.kind != origin {
				st.set(instr, t)
				return
			}
		case t.kind == origin:
			st.set(instr, value{kind: failed})
			return
		case t.kind == part && holds(t.path, r.roles.code):
			st.set(instr, value{kind: absent, neg: true})
			return
		}
	}
	st.set(instr, value{})
}

func (r *run) assert(st *state, instr *ssa.TypeAssert) value {
	x := r.eval(st, instr.X)
	if x.kind == verdict {
		r.handOn(st, x, instr.Pos())
		return value{}
	}
	if instr.CommaOk {
		return x
	}
	if x.kind == origin {
		st.kill() // a nil error would have panicked
		return value{}
	}
	if len(*instr.Referrers()) > 0 {
		r.asserted(st, x)
	}
	return x
}

// asserted notes that opaque detail, or something in it, was given a concrete
// type and is used from here on.
func (r *run) asserted(st *state, x value) {
	if r.isDetail(x) || x.kind == entry && r.roles.opaque {
		r.inspect(st)
	}
}

// assign simulates a store.
func (r *run) assign(st *state, instr *ssa.Store) {
	x := r.shows(st, instr.Val)
	addr := r.eval(st, instr.Addr)
	switch addr.kind {
	case mem:
		copied := addr.path == "" && (x.kind == part || x.kind == entry)
		result := addr.path == "" && IsResult(addr.block) // by a return, perhaps
		if !copied && !result && !isJump(addr.block) && !unread(addr.block) {
			r.act(st)
		}
		if st.escaped(addr.block) || strings.Contains(addr.path, nowhere) { // an element of a collection
			r.put(st, x, instr.Addr, instr.Pos())
		}
		if addr.path != "" && overwrites(st, addr, r.roles) {
			r.overwrite(st)
		}
		st.store(addr.block, addr.path, x)
		st.assigned(addr)
	case part:
		r.act(st)
		r.handOn(st, x, instr.Pos())
		if holds(addr.path, r.roles.code) || holds(addr.path, r.roles.detail) {
			r.overwrite(st) // the function writes the answer itself
		}
	default:
		r.act(st)
		r.put(st, x, instr.Addr, instr.Pos())
	}
}

// overwrites reports whether a store to addr replaces the code or the detail
// of a response that is kept in the same variable.
func overwrites(st *state, addr value, ro roles) bool {
	v := st.load(addr.block, addr.path)
	if v.kind != part || v.path == "" {
		return false
	}
	if st.mem.has(cell{addr.block, addr.path}) {
		return false // a variable that holds a member, not the member
	}
	return holds(v.path, ro.code) || holds(v.path, ro.detail)
}

// escaped reports whether a pointer to the variable left the function.
func (st *state) escaped(block ssa.Value) bool {
	return st.mem.get(cell{block, escape}).kind == isTrue
}

// isDetail reports whether x is the collection of entries.
func (r *run) isDetail(x value) bool {
	return x.kind == part && (x.path == r.roles.detail || r.roles.opaque && len(x.path) > len(r.roles.detail) && holds(r.roles.detail, x.path))
}

// entryCode reports whether the entry value x is the entry's code or holds it.
func (r *run) entryCode(x value) bool {
	return r.roles.opaque || holds(x.path, r.roles.entryCode) || x.path == r.roles.entryDesc
}
