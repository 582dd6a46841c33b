package typestate

import (
	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
)

// A failure is acknowledged by a call or an assignment. Building an error or a text that nothing
// uses acknowledges nothing, as in
//
//	if s.Code != 0 {
//		err := fmt.Errorf("code %d", s.Code)
//		_ = err
//	}
//	return err
//
// If something uses it, that use acknowledges the failure.

// builds reports whether the call does nothing but build an error or a text.
func (e *Engine) builds(c *ssa.CallCommon) bool {
	switch e.effect(calleeOf(c)) {
	case library.Formats, library.MakesError, library.JoinsErrors, library.WrapsNil:
		return true
	case nothing:
	default:
		return false
	}
	if c.IsInvoke() {
		return c.Method.Name() == "Error" && IsError(c.Value.Type())
	}
	fn := generic(c.StaticCallee())
	if fn != nil && len(fn.Blocks) == 0 {
		res := e.summaryOfFunc(fn).result(0)
		return res != nil && res.Wraps > 0
	}
	if fn == nil || fn.Signature.Results().Len() == 0 {
		return false
	}
	const circular = false // a call of itself does more
	return e.memos.builds.of(fn, circular, func() bool { return e.onlyBuilds(fn) })
}

// onlyBuilds reports whether the function has no effect other than its results.
func (e *Engine) onlyBuilds(fn *ssa.Function) bool {
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Call:
				b, builtin := instr.Call.Value.(*ssa.Builtin)
				if builtin && b.Name() == "len" {
					continue
				}
				if builtin || !e.builds(instr.Common()) {
					return false
				}
			case *ssa.Store:
				if _, local := variable(instr.Addr).(*ssa.Alloc); !local {
					return false
				}
			case *ssa.Go, *ssa.Defer, *ssa.Send, *ssa.Select, *ssa.MapUpdate, *ssa.Panic, *ssa.MakeClosure:
				return false
			}
		}
	}
	return true
}

// unread reports whether the address leads into a local variable that nobody reads. Either it is a list of arguments,
// where the call counts, or there is nothing but stores to it.
func unread(addr ssa.Value) bool {
	local, ok := variable(addr).(*ssa.Alloc)
	return ok && (isArguments(local) || onlyWritten(local))
}

// onlyWritten reports whether there is nothing but stores to the variable or to parts of it.
func onlyWritten(addr ssa.Value) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr != addr {
				return false
			}
		case *ssa.FieldAddr:
			if !onlyWritten(ref) {
				return false
			}
		case *ssa.IndexAddr:
			if !onlyWritten(ref) {
				return false
			}
		case *ssa.DebugRef:
		default:
			return false
		}
	}
	return true
}
