package typestate

import (
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// An Object is what is known of the response value at a point: its code set
// and its properties.
type Object struct {
	Codes codeset.Set // outcome codes still possible
	Open  bool        // at an end: Codes holds more than the contract's values and those the function names

	Properties

	// For messages alone.
	Decide  ssa.Value // the read of the code that decided last
	Compare token.Pos // the comparison that decided last
	Exclude token.Pos // the comparison that excluded success
	Task    token.Pos // where the task ID left

	// VerdictCall is the call of the callee that CalleeVerdict tells of, as far as it is known.
	VerdictCall *ssa.Call
}

// An object is an Object while the engine still follows it.
type object struct {
	Object
	class        class           // of Codes
	excludeBlock *ssa.BasicBlock // the block of Exclude
	successBlock *ssa.BasicBlock // where its branch goes with success, if it is one
	blurred      bool            // some paths of this state may be infeasible
}

// A cell is a place in a local variable.
type cell struct {
	block ssa.Value // *ssa.Alloc
	path  string
}

// A state is one abstract state; see the package comment.
type state struct {
	obj    object
	env    table[ssa.Value]
	mem    table[cell]
	defers []*ssa.Defer
	ret    *ssa.Return // of a tail that has returned to a function that defers
	joins  int
	arenas *arenas
	self   [1]*state // see alone
}

// alone returns the state as a list, without an allocation: nearly all instructions
// lead from one state to one.
func (st *state) alone() []*state {
	st.self[0] = st
	return st.self[:]
}

// new returns a state without known values.
func (r *arenas) new() *state {
	st := r.states.one()
	*st = state{arenas: r}
	st.env.arena, st.mem.arena = &r.env, &r.mem
	return st
}

func (st *state) clone() *state {
	c := st.arenas.states.one()
	*c = *st
	c.env = st.env.clone()
	c.mem = st.mem.clone()
	c.defers = slices.Clip(st.defers)
	return c
}

// kill ends the duty on this path: nothing more is reported for the value.
func (st *state) kill() {
	st.obj = object{Object: Object{Codes: codeset.All()}, class: anyClass, blurred: st.obj.blurred}
	st.env.deleteFunc(func(_ ssa.Value, v value) bool { return aboutResponse(v) })
	st.mem.deleteFunc(func(_ cell, v value) bool { return aboutResponse(v) })
}

// zeroLostEntry notes that a lookup has found no entry: what it gave is the zero value, and
// there is nothing to inspect in it.
func (st *state) zeroLostEntry(lookup ssa.Value) {
	if lookup == nil {
		return
	}
	zero := func(v value) value {
		if e, ok := v.(entry); ok && e.lookup == lookup {
			e.lost = true
			return e
		}
		return v
	}
	st.env.update(zero)
	st.mem.update(zero)
}

// set records that register v holds x.
func (st *state) set(v ssa.Value, x value) { st.env.set(v, x) }

// known counts what is known of registers and variables.
func (st *state) known() int { return len(st.env.entries) + len(st.mem.entries) }

// load reads the variable block at path.
func (st *state) load(block ssa.Value, path string) value {
	if v := st.mem.get(cell{block, path}); v != nil {
		return v
	}
	for i := len(path) - 1; i >= 0; i-- { // a prefix of path holds a struct?
		switch v := st.mem.get(cell{block, path[:i]}).(type) {
		case nil:
			continue
		case member, entry:
			return deeper(v, path[i:])
		case box:
			return st.load(v.block, v.path+path[i:])
		case derived:
			if v == opaque || v == noted {
				return v
			}
		}
		return nil
	}
	for _, e := range st.mem.entries { // something below path is the response?
		if c := e.key; c.block == block && c.path != escape && strings.HasPrefix(c.path, path) {
			return box{block, path}
		}
	}
	return nil
}

// store writes x into the variable block at path and forgets what it overwrites.
func (st *state) store(block ssa.Value, path string, x value) {
	var copied []binding[cell]
	if b, ok := x.(box); ok {
		for _, e := range st.mem.entries {
			if c := e.key; c.block == b.block && strings.HasPrefix(c.path, b.path) {
				copied = append(copied, binding[cell]{cell{block, path + c.path[len(b.path):]}, e.val})
			}
		}
	}
	st.forget(block, path)
	switch x.(type) {
	case nil:
	case box:
		for _, e := range copied {
			st.mem.set(e.key, e.val)
		}
	default:
		st.mem.set(cell{block, path}, x)
	}
}

// forget drops what is known of the variable block at and below path.
func (st *state) forget(block ssa.Value, path string) {
	st.mem.deleteFunc(func(c cell, _ value) bool {
		return c.block == block && strings.HasPrefix(c.path, path) && (c.path != escape || path == "")
	})
}

// cells gives what the variable holds at and below path, in the order of the
// paths.
func (st *state) cells(block ssa.Value, path string) []value {
	var few [8]binding[cell]
	found := few[:0]
	for _, e := range st.mem.entries {
		if c := e.key; c.block == block && strings.HasPrefix(c.path, path) && c.path != escape {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(a, b binding[cell]) int { return strings.Compare(a.key.path, b.key.path) })
	vs := st.arenas.values.take(len(found))
	for _, e := range found {
		vs = append(vs, e.val)
	}
	return vs
}

// class is what the rules can see of a code set.
type class struct {
	success, partial, total, open bool
}

var anyClass = class{true, true, true, true}

// merge joins other into st if they agree, and reports whether they do and whether st changed. With exactly, they have
// to agree on all known values. Without it, values that they disagree on are dropped, and st is blurred.
func (r *run) merge(st, other *state, exactly bool) (same, changed bool) {
	if st.obj.Properties != other.obj.Properties ||
		st.obj.class != other.obj.class ||
		!slices.Equal(st.defers, other.defers) || st.ret != other.ret {
		return false, false
	}
	if exactly {
		if !st.env.equal(&other.env) || !st.mem.equal(&other.mem) {
			return false, false
		}
	} else {
		n := st.known()
		st.env.deleteFunc(func(k ssa.Value, v value) bool { return other.env.get(k) != v })
		st.mem.deleteFunc(func(k cell, v value) bool { return other.mem.get(k) != v })
		lost := st.known() < n || other.known() > st.known()
		if lost && !st.obj.blurred {
			st.obj.blurred = true
			changed = true
		}
		changed = changed || st.known() < n
	}
	if !other.obj.Codes.SubsetOf(st.obj.Codes) {
		u := st.obj.Codes.Union(other.obj.Codes)
		if st.joins++; st.joins > widenAfter {
			u = st.obj.Codes.Widen(u) // may take in values that no path has
			st.obj.blurred = true
		}
		st.obj.Codes = u // of the same class as its parts
		changed = true
	}
	if other.obj.blurred && !st.obj.blurred {
		st.obj.blurred = true
		changed = true
	}
	// Positions are for messages only: keep the later ones, whatever the
	// order in which the states come.
	if other.obj.Compare > st.obj.Compare {
		st.obj.Compare, st.obj.Decide = other.obj.Compare, other.obj.Decide
	}
	if other.obj.Exclude > st.obj.Exclude {
		st.obj.Exclude, st.obj.excludeBlock, st.obj.successBlock = other.obj.Exclude, other.obj.excludeBlock, other.obj.successBlock
	}
	st.obj.Task = max(st.obj.Task, other.obj.Task)
	if st.obj.VerdictCall != other.obj.VerdictCall {
		st.obj.VerdictCall = nil
	}
	return true, changed
}

// escaped reports whether a pointer to the variable left the function.
func (st *state) escaped(block ssa.Value) bool {
	return st.mem.get(cell{block, escape}) == isTrue
}
