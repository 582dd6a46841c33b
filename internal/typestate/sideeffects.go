package typestate

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
)

// A function that gets a code may store what it finds in memory that its caller reads:
//
//	func (t *tally) add(code int) {
//		if code != 0 {
//			t.failed++
//		}
//	}
//
// A later test of t.failed is a test of the code. A summary can't say that. So such a function has none, and the code
// is handed on to it.
//
// A function may also store what it finds itself, and test it later:
//
//	if r.Code == 5400 {
//		s.partial = true
//	}
//	...
//	if s.partial { ... } // an opaque test

// elsewhere gives the value of a read from a place with unknown content. If the function or a callee writes to such a
// place, on this path or another, what is read may depend on the code.
func (r *run) elsewhere(st *state, place any) value {
	if o := st.obj; o.live() && (o.Judged != NotJudged || o.Detail == Inspected) && place != nil && r.engine.writtenPlaces(r.fn)[place] {
		return noted
	}
	return nil
}

// writtenPlaces gives the places to which the function writes, or one that it calls.
func (e *Engine) writtenPlaces(fn *ssa.Function) map[any]bool {
	all, ok := e.memos.writtenPlaces[fn]
	if !ok {
		all = make(map[any]bool)
		for _, f := range e.WithTails(fn) {
			e.addWrittenPlaces(f, all)
			for _, call := range e.flow.callsOf(f) {
				if callee := e.callee(call.Common()); callee != nil {
					e.addWrittenPlaces(callee, all)
				}
			}
		}
		e.memos.writtenPlaces[fn] = all
	}
	return all
}

func (e *Engine) addWrittenPlaces(fn *ssa.Function, all map[any]bool) {
	for _, f := range withLiterals(fn) {
		for _, b := range f.Blocks {
			for _, instr := range b.Instrs {
				switch instr := instr.(type) {
				case *ssa.Store:
					all[placeAt(instr.Addr)] = true
				case *ssa.MapUpdate:
					all[placeOfKind(instr.Map)] = true
				case *ssa.Send:
					all[placeOfKind(instr.Chan)] = true
				}
			}
		}
	}
	delete(all, nil)
}

// placeAt gives the place at an address: a member of a struct, a variable of a package, or an element of a
// kind of list. A local variable is none.
func placeAt(addr ssa.Value) any {
	switch a := addr.(type) {
	case *ssa.FieldAddr:
		return gotype.Deref(a.X.Type()).Underlying().(*types.Struct).Field(a.Field).Origin()
	case *ssa.Global:
		return a
	case *ssa.IndexAddr:
		return placeOfKind(a.X)
	case *ssa.Parameter:
		return types.TypeString(a.Type(), nil)
	}
	return nil
}

// placeOfKind gives the place that all maps, channels or lists of one type are.
func placeOfKind(v ssa.Value) any { return types.TypeString(v.Type(), nil) }

// zeroMembers lets the members that the function sets of a new struct, or the elements of an array, be zero
// until then:
//
//	s := &summary{}
//	if r.Code == 0 {
//		s.ok = true
//	}
func (st *state) zeroMembers(variable *ssa.Alloc) {
	for _, ref := range referrers(variable) {
		path := ""
		switch at := ref.(type) {
		case *ssa.FieldAddr:
			path = appendField("", at.Field)
		case *ssa.IndexAddr:
			n, ok := integer(at.Index)
			if !ok || n < 0 || n >= maxElements || at.X != ssa.Value(variable) {
				continue
			}
			path = appendField("", int(n))
		default:
			continue
		}
		at := ref.(ssa.Value)
		for _, use := range referrers(at) {
			if s, ok := use.(*ssa.Store); ok && s.Addr == at {
				if x := zeroOf(gotype.Deref(at.Type())); x != nil {
					st.store(variable, path, x)
				}
				break
			}
		}
	}
}

// writesCallerMemory reports whether the function may write to memory that its caller can read.
func (e *Engine) writesCallerMemory(fn *ssa.Function) bool {
	const circular = false // a call of itself writes nothing else
	return e.memos.writesCallerMemory.of(fn, circular, func() bool {
		for _, f := range withLiterals(fn) {
			for _, b := range f.Blocks {
				if slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool { return e.writes(instr, fn) }) {
					return true
				}
			}
		}
		return false
	})
}

// writes reports whether an instruction of fn, or of a literal in it, may write to memory that isn't fn's own.
func (e *Engine) writes(instr ssa.Instruction, fn *ssa.Function) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		return !ownMemory(instr.Addr, fn)
	case *ssa.MapUpdate:
		return !ownMemory(instr.Map, fn)
	case *ssa.Send, *ssa.Go:
		return true
	case ssa.CallInstruction:
		return e.callWrites(instr.Common(), fn)
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

// isHook reports whether v is a function that a package variable holds, so that tests can replace it. It is no literal
// of the caller, so it has captured none of the caller's variables:
//
//	var sleep = time.Sleep
func isHook(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	_, ok = load.X.(*ssa.Global)
	return ok
}

// iterates reports whether v is an iterator over a map, a list, or the keys of one, that a known function gives.
func (e *Engine) iterates(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	k := e.libraryFacts(calleeOf(call.Common())).byTable
	return k == library.Iterates || k == library.IteratesKeys
}

func (e *Engine) callWrites(c *ssa.CallCommon, fn *ssa.Function) bool {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "delete", "clear", "copy":
			return !ownMemory(c.Args[0], fn)
		}
		return false
	}
	callee := calleeOf(c)
	if callee != nil && (e.effect(callee) != nothing || e.printerWrapper(callee) || e.cfg.NoReturns.byName(callee) != returns) {
		return false
	}
	static := e.callee(c)
	switch {
	case static == nil && e.iterates(c.Value):
		return false // the loop's body is a literal of the function
	case static == nil && (c.IsInvoke() || isHook(c.Value)):
	case static == nil: // a yield function's bool says what it has found
		_, param := c.Value.(*ssa.Parameter)
		results := c.Signature().Results()
		return !param || results.Len() != 1 || !IsBool(results.At(0).Type())
	case len(static.Blocks) > 0:
		return e.writesCallerMemory(static)
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
