package typestate

import (
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A function that gets a code may note what it finds for its caller, elsewhere than in its results:
//
//	func (t *tally) add(code int) {
//		if code != 0 {
//			t.failed++
//		}
//	}
//
// Whoever asks t.failed afterwards asks about the code. A summary by outcomes says nothing of that,
// so there is none of such a function: the code is handed on to it.

// A function may do so itself, too, and ask later:
//
//	if r.Code == 5400 {
//		s.partial = true
//	}
//	...
//	if s.partial { ... } // an opaque test

// noteElsewhere notes that x is written to memory of which the engine doesn't know what it holds.
func (r *run) noteElsewhere(st *state, x value) {
	if o := &st.obj; o.live && (o.Judged || r.evaluates(x)) {
		o.noted = true
	}
}

// elsewhere gives what is read from such memory.
func (r *run) elsewhere(st *state) value {
	if st.obj.live && st.obj.noted {
		st.obj.computed = true
		return value{kind: opaque}
	}
	return value{}
}

// notesElsewhere reports whether the function may write to memory that its caller can read.
func (e *Engine) notesElsewhere(fn *ssa.Function) bool {
	notes, ok := e.asked.notes[fn]
	if ok {
		return notes
	}
	e.asked.notes[fn] = false // while it is being found out
	for _, f := range withLiterals(fn) {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				if e.notes(instr, fn) {
					e.asked.notes[fn] = true
					return true
				}
			}
		}
	}
	return false
}

// notes reports whether an instruction of fn, or of a literal in it, may write to memory that isn't fn's own.
func (e *Engine) notes(instr ssa.Instruction, fn *ssa.Function) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		return !ownMemory(instr.Addr, fn)
	case *ssa.MapUpdate:
		return !ownMemory(instr.Map, fn)
	case *ssa.Send, *ssa.Go:
		return true
	case ssa.CallInstruction:
		return e.callNotes(instr.Common(), fn)
	}
	return false
}

// ownMemory reports whether the address is of memory that fn, or a literal in it, has made.
func ownMemory(addr ssa.Value, fn *ssa.Function) bool {
	switch v := variable(addr).(type) {
	case *ssa.Alloc, *ssa.MakeMap, *ssa.MakeSlice:
		return true
	case *ssa.FreeVar:
		return v.Parent() != fn
	}
	return false
}

func (e *Engine) callNotes(c *ssa.CallCommon, fn *ssa.Function) bool {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "delete", "clear", "copy":
			return !ownMemory(c.Args[0], fn)
		}
		return false
	}
	callee := calleeOf(c)
	if callee != nil && (e.known(callee) != nothing || printerWrapper(callee) || knownExit(callee) != returns) {
		return false
	}
	static := e.callee(c)
	switch {
	case static == nil && c.IsInvoke():
	case static == nil: // a yield function's bool says what it has found
		_, param := c.Value.(*ssa.Parameter)
		results := c.Signature().Results()
		return !param || results.Len() != 1 || !IsBool(results.At(0).Type())
	case len(static.Blocks) > 0:
		return e.notesElsewhere(static)
	}
	for _, a := range c.Args { // by which it may write
		switch a.Type().Underlying().(type) {
		case *types.Pointer, *types.Map, *types.Slice, *types.Chan, *types.Signature, *types.Interface:
			if _, constant := a.(*ssa.Const); !constant {
				return true
			}
		}
	}
	return false
}
