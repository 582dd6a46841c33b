package typestate

import (
	"go/constant"
	"go/token"
	"go/types"
	"math"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/gotype"
)

// eval gives the abstract value of v in st.
func (r *run) eval(st *state, v ssa.Value) value {
	switch v := v.(type) {
	case *ssa.Const:
		return constantOf(v)
	case *ssa.Alloc:
		return pointer{v, ""}
	case *ssa.Function, *ssa.MakeClosure:
		return function{v}
	}
	return st.env.get(v)
}

func constantOf(c *ssa.Const) value {
	switch {
	case c.Value == nil:
		switch c.Type().Underlying().(type) {
		case *types.Struct, *types.Array:
			return nil
		}
		return isNil
	case c.Value.Kind() == constant.Bool:
		return boolean(constant.BoolVal(c.Value))
	}
	return constVal{c.Value.ExactString()}
}

// zeroOf gives the zero value of a type that has one constant for it.
func zeroOf(t types.Type) value {
	if isTypeParam(t) {
		return nil
	}
	switch t := t.Underlying().(type) {
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Interface:
		return isNil
	case *types.Basic:
		switch {
		case t.Info()&types.IsBoolean != 0:
			return isFalse
		case t.Info()&types.IsInteger != 0:
			return constVal{"0"}
		case t.Info()&types.IsString != 0:
			return constVal{`""`}
		}
	}
	return nil
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
	if r.org.in(instr) {
		r.restart(st, instr)
		r.begin(st)
		if v, ok := instr.(ssa.Value); ok {
			st.set(v, member{})
		}
		r.flag(st)
		return
	}
	if st.obj.live() && r.org.readAgain(instr) {
		st.set(instr.(ssa.Value), member{})
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
		r.handOnKey(st, r.eval(st, instr.Key), instr.Pos())
		r.put(st, r.withBytes(st, instr.Value), instr.Map, instr.Pos())
	case *ssa.Send:
		r.act(st)
		r.handOn(st, r.withBytes(st, instr.X), instr.Pos())
	case *ssa.Select:
		for _, s := range instr.States {
			if m, ok := r.eval(st, s.Chan).(member); ok && r.roles.signalled {
				r.handOn(st, m, instr.Pos()) // the items that it gives are not followed
			}
			if s.Send != nil {
				r.act(st)
				r.handOn(st, r.withBytes(st, s.Send), instr.Pos())
			} else if r.roles.signalled { // what it receives isn't followed
				r.handOn(st, r.eval(st, s.Chan), instr.Pos())
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
	if r.org.flag.tuple == nil {
		return
	}
	if _, several := r.org.flag.tuple.Type().(*types.Tuple); !several { // the flag is all that the call gives
		st.set(r.org.flag.tuple, test{noValue, true})
		return
	}
	for _, ref := range referrers(r.org.flag.tuple) {
		if e, ok := ref.(*ssa.Extract); ok && e.Index == r.org.flag.index {
			st.set(e, test{noValue, true})
		}
	}
}

// restart settles the value when its origin runs again.
func (r *run) restart(st *state, instr ssa.Instruction) {
	if st.obj.live() {
		pos := instr.Pos()
		if !pos.IsValid() {
			pos = r.org.pos
		}
		if st.sums() {
			r.consulted(st)
		}
		r.settle(st, &end{End: End{Kind: Iteration, Pos: pos}})
	}
}

// compute gives the value of an instruction without other effects than on
// the property bits.
func (r *run) compute(st *state, instr ssa.Value) value {
	switch instr := instr.(type) {
	case *ssa.Alloc:
		st.forget(instr, "") // a new variable in each iteration
		if x := zeroOf(instr.Type().Underlying().(*types.Pointer).Elem()); x != nil {
			st.store(instr, "", x)
		} else {
			st.zeroMembers(instr)
		}
		return nil
	case *ssa.UnOp:
		return r.unary(st, instr)
	case *ssa.BinOp:
		return r.binary(st, instr)
	case *ssa.Convert:
		return r.converted(st, instr.X, instr.Type())
	case *ssa.MultiConvert:
		return r.converted(st, instr.X, instr.Type())
	case *ssa.ChangeType:
		return r.eval(st, instr.X)
	case *ssa.ChangeInterface:
		return r.eval(st, instr.X)
	case *ssa.SliceToArrayPointer:
		return r.eval(st, instr.X)
	case *ssa.MakeInterface:
		if x := r.eval(st, instr.X); x != nil && x != isNil {
			return x
		}
		return nonNil
	case *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan:
		return r.made(st, instr)
	case *ssa.TypeAssert:
		return r.assert(st, instr)
	case *ssa.MakeClosure:
		r.bind(st, instr)
		return nil
	}
	return r.selected(st, instr)
}

// selected gives the value of an instruction that selects something in what it gets: a field, an element, a
// part of a list.
func (r *run) selected(st *state, instr ssa.Value) value {
	switch instr := instr.(type) {
	case *ssa.FieldAddr:
		x := r.eval(st, instr.X)
		r.followEntry(st, x, instr.X)
		return r.field(st, x, instr.Field)
	case *ssa.Field:
		x := r.field(st, r.eval(st, instr.X), instr.Field)
		if m, ok := x.(member); ok && r.roles.signalled {
			return r.read(st, m, instr)
		}
		return x
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
		if m, ok := x.(member); ok && r.roles.signalled {
			r.rangeOver(st, m, instr)
			return m
		}
		if r.isDetail(x) {
			r.touch(st)
			return iterator{}
		}
		if x == opaque || x == noted {
			return x
		}
		r.handOn(st, x, instr.Pos())
		return nil
	case *ssa.Next:
		return r.eval(st, instr.Iter)
	case *ssa.Slice:
		if isHollow(instr) {
			return collected{}
		}
		if x := r.eval(st, instr.X); st.obj.live() && r.evaluates(x) {
			return r.opaqueOf(st, instr, x)
		}
		return r.sliced(st, instr)
	}
	r.handOnOperands(st, instr.(ssa.Instruction))
	return nil
}

// converted gives the value of a conversion to t: the same value, except for constants. Their type may matter, but not
// that of a small integer.
func (r *run) converted(st *state, x ssa.Value, t types.Type) value {
	v := r.eval(st, x)
	if c, ok := v.(constVal); ok {
		n, ok := constant.Int64Val(constant.ToInt(c.value()))
		if !ok || n < 0 || n > math.MaxInt8 || !isInteger(x.Type()) || !isInteger(t) {
			return nil
		}
	}
	if st.obj.live() && r.evaluates(v) && wraps(x.Type(), t) {
		st.obj.computed = true
		return opaque // uint(r.Code) > 0
	}
	return v
}

// wraps reports whether a conversion may change a number: a negative one loses its sign, or a large one is cut off.
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
		if !gotype.IsPointer(instr.Type()) {
			r.followEntry(st, x, instr.X) // as a method does whose receiver is no pointer
		}
		switch x := x.(type) {
		case member:
			if r.roles.signalled {
				return r.read(st, x, instr)
			}
			r.followMember(st, x, instr)
			return x
		case entry:
			if r.followsEntryCode(x.path, instr) && !r.assumeEntry(st) {
				st.kill() // where there is no entry, this panics
			}
			return x
		case pointer:
			if v := r.load(st, x, instr.Pos()); v != nil {
				return v
			}
		}
		if x == opaque || x == noted {
			return x
		}
		if g, ok := instr.X.(*ssa.Global); ok && IsError(instr.Type()) && r.engine.isSentinel(g) {
			return nonNil
		}
		return r.elsewhere(st, placeAt(instr.X))
	case token.ARROW:
		st.clobber() // whoever sent may have written
		if m, ok := x.(member); ok && r.roles.signalled {
			return r.elementOf(st, m, instr)
		}
		return r.elsewhere(st, placeOfKind(instr.X))
	case token.NOT:
		switch x.(type) {
		case truthValue, condition, member, entry, derived:
			return negation(x)
		}
	case token.SUB, token.XOR:
		return r.opaqueOf(st, instr, x)
	}
	return nil
}

// followEntry follows a pointer to an entry, whose value is x: where it is nil, this panics.
func (r *run) followEntry(st *state, x value, ptr ssa.Value) {
	if isWhole(x) && r.org.kind == EntryOf {
		st.obj.settleLookup()
	}
	e, ok := x.(entry)
	if _, element := ptr.(*ssa.IndexAddr); ok && e.path == "" && !element && !r.assumeEntry(st) {
		st.kill()
	}
}

// followMember follows a pointer to a member: where it is nil, this panics.
func (r *run) followMember(st *state, x member, load *ssa.UnOp) {
	if r.isOuterCode(x) && gotype.IsPointer(r.org.resp.Code.Type) && !gotype.IsPointer(load.Type()) {
		st.obj.settleLookup()
	}
	if !r.followsDetail(x.path, load) {
		return
	}
	if !st.obj.knows(notNil) {
		st.kill()
	}
}

// followsEntryCode reports whether the load follows a pointer to an entry's code.
func (r *run) followsEntryCode(path string, load *ssa.UnOp) bool {
	d := r.org.resp.Detail
	return d != nil && d.Entry != nil && path == r.roles.entryCode && gotype.IsPointer(d.Entry.Code.Type) && !gotype.IsPointer(load.Type())
}

// zeroEntry reports whether a missing entry reads as one with code zero. It doesn't if the entry or its code is a
// pointer, which is nil then.
func (r *run) zeroEntry() bool {
	d := r.org.resp.Detail
	return d != nil && d.Entry != nil && !d.EntryPtr && !gotype.IsPointer(d.Entry.Code.Type)
}

// followsDetail reports whether the load follows a pointer to the detail.
func (r *run) followsDetail(path string, load *ssa.UnOp) bool {
	d := r.org.resp.Detail
	return d != nil && path == r.roles.detail && len(d.Inner) == 0 && gotype.IsPointer(d.Type) && !gotype.IsPointer(load.Type())
}

func (r *run) field(st *state, x value, f int) value {
	if isWhole(x) && r.anonymous() {
		r.handOn(st, x, token.NoPos) // any member may be the code
	}
	switch x := x.(type) {
	case member, pointer:
		return deeper(x, appendField("", f))
	case entry:
		x.path = appendField(x.path, f)
		if !r.entryCode(x) {
			r.touch(st)
		}
		return x
	case box:
		return st.load(x.block, appendField(x.path, f))
	case derived:
		if x == opaque || x == noted {
			return x
		}
	}
	return nil
}

// element gives an element of a slice or an array. A slice has one; an array has
// as many as its type says, whatever was decoded into it.
func (r *run) element(st *state, x, i ssa.Value, instr ssa.Instruction) value {
	v := r.index(st, x, i, instr)
	if _, slice := x.Type().Underlying().(*types.Slice); slice && is[entry](v) && !r.assumeEntry(st) {
		st.kill() // there is no path like this
	}
	return v
}

// index gives an element of x.
func (r *run) index(st *state, x, i ssa.Value, instr ssa.Instruction) value {
	at := r.opaqueOf(st, instr, r.eval(st, i))
	v := r.eval(st, x)
	array, isPointer := v.(pointer)
	if m, ok := v.(member); ok && r.roles.signalled {
		r.handOn(st, at, instr.Pos())
		return r.elementOf(st, m, instr)
	}
	switch {
	case st.obj.live() && r.evaluates(v): // such as a character of its text
		return r.opaqueOf(st, instr, v)
	case r.isDetail(v), isPointer && r.isDetail(st.load(array.block, array.path)):
		r.touch(st)
		return entry{}
	case is[entry](v):
		return v
	case isPointer:
		return elementAt(array, i)
	}
	r.handOn(st, v, instr.Pos())
	if at == nil {
		return r.elsewhere(st, placeOfKind(x))
	}
	return at
}

// elementAt gives a pointer to an element of an array, at nowhere if it isn't known which one.
func elementAt(array pointer, i ssa.Value) value {
	if c, ok := i.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() == constant.Int {
		if n, ok := constant.Int64Val(c.Value); ok && n < maxElements {
			return deeper(array, appendField("", int(n)))
		}
	}
	if n, ok := elements(array); ok && n == 1 {
		return deeper(array, appendField("", 0)) // with any other index this panics
	}
	return deeper(array, nowhere)
}

// assign simulates a store.
func (r *run) assign(st *state, instr *ssa.Store) {
	x := r.withBytes(st, instr.Val)
	switch addr := r.eval(st, instr.Addr).(type) {
	case pointer:
		copied := addr.path == "" && (is[member](x) || is[entry](x))
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
		r.keep(st, x, func() bool { return r.outlives(addr.block, instr) })
		st.store(addr.block, addr.path, x)
		st.assigned(addr)
	case member:
		r.act(st)
		r.handOn(st, x, instr.Pos())
		if holds(addr.path, r.roles.code) || holds(addr.path, r.roles.detail) || r.roles.signalled && r.consults(addr.path) {
			r.overwrite(st) // the function writes the answer itself
		}
	default:
		r.act(st)
		r.put(st, x, instr.Addr, instr.Pos())
	}
}

// overwrites reports whether a store to addr replaces the code or the detail
// of a response that is kept in the same variable.
func overwrites(st *state, addr pointer, ro roles) bool {
	v, ok := st.load(addr.block, addr.path).(member)
	if !ok || v.path == "" {
		return false
	}
	if st.mem.has(cell(addr)) {
		return false // a variable that holds a member, not the member
	}
	return holds(v.path, ro.code) || holds(v.path, ro.detail)
}
