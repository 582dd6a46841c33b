package typestate

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
)

// A response may be encoded or formatted into a text. This file finds out who gets the text.

// A destination says to whom a value goes.
type destination uint8

const (
	toOthers   destination = iota // somebody else than printers
	toPrinters                    // printers alone, and those who get an error with the text
	toCaller                      // these, and the function's caller by its first result, as it is or in a text
)

// onlyPrinted reports whether a value, such as the bytes that an encoding call
// returns, reaches printers only.
func (e *Engine) onlyPrinted(v ssa.Value) bool { return e.destinationOf(v) == toPrinters }

// destinationOf follows a value to those who get it. A value without uses goes to others, as far as known.
func (e *Engine) destinationOf(v ssa.Value) destination {
	if len(referrers(v)) == 0 {
		return toOthers
	}
	w := &printTracer{engine: e, seen: make(map[ssa.Value]bool)}
	switch {
	case !w.printed(v):
		return toOthers
	case w.returned:
		return toCaller
	}
	return toPrinters
}

// destinationOfParam gives the destination of the function's i'th parameter.
func (e *Engine) destinationOfParam(fn *ssa.Function, i int) destination {
	if fn == nil {
		return toOthers
	}
	if len(fn.Blocks) == 0 {
		if obj, ok := fn.Object().(*types.Func); ok && e.importedSummary(obj).param(i, Printed) != nil {
			return toPrinters
		}
		return toOthers
	}
	if i >= len(fn.Params) {
		return toOthers
	}
	const circular = toOthers // a call of itself prints nothing
	return e.memos.destinations.of(fn.Params[i], circular, func() destination { return e.destinationOf(fn.Params[i]) })
}

// asksForLength reports whether the length of the function's i'th parameter, a list, decides something in the function,
// or in one that gets the list from it.
func (e *Engine) asksForLength(fn *ssa.Function, i int) bool {
	if fn == nil || i >= len(fn.Params) || len(fn.Blocks) == 0 {
		return false
	}
	const circular = false // a call of itself asks nothing more
	return e.memos.lengths.of(fn.Params[i], circular, func() bool {
		return slices.ContainsFunc(referrers(fn.Params[i]), func(ref ssa.Instruction) bool {
			call, ok := ref.(ssa.CallInstruction)
			if !ok {
				return false
			}
			c := call.Common()
			if b, ok := c.Value.(*ssa.Builtin); ok {
				length, ok := call.(*ssa.Call)
				return ok && b.Name() == "len" && slices.ContainsFunc(referrers(length), asks)
			}
			k := slices.Index(c.Args, ssa.Value(fn.Params[i]))
			return k >= 0 && e.asksForLength(e.callee(c), firstArg(c)+k)
		})
	})
}

// asks reports whether an instruction compares a number, or gives it to a function that may do so.
func asks(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.BinOp:
		return instr.Pos().IsValid() && codeset.Comparison(instr.Op) // without a position it is a loop's
	case *ssa.Convert:
		return slices.ContainsFunc(referrers(instr), asks)
	case *ssa.Call:
		return true
	}
	return false
}

// A printTracer follows one value.
type printTracer struct {
	engine   *Engine
	seen     map[ssa.Value]bool
	returned bool // by the function in which the value is
}

// printed reports whether only printers get the value, and perhaps the function's caller.
func (w *printTracer) printed(v ssa.Value) bool {
	if w.seen[v] {
		return true
	}
	w.seen[v] = true
	for _, ref := range *v.Referrers() {
		if !w.prints(ref, v) {
			return false
		}
	}
	return true
}

// prints reports the same for one use of v.
func (w *printTracer) prints(ref ssa.Instruction, v ssa.Value) bool {
	switch ref := ref.(type) {
	case *ssa.Extract:
		return ref.Index != 0 || w.printed(ref)
	case *ssa.Convert, *ssa.ChangeType, *ssa.MakeInterface, *ssa.Slice, *ssa.Phi, *ssa.IndexAddr:
		return w.printed(ref.(ssa.Value))
	case *ssa.BinOp: // a part of a longer text
		return ref.Op == token.ADD && w.printed(ref)
	case *ssa.Store: // into the slice of a variadic call
		at, ok := ref.Addr.(*ssa.IndexAddr)
		return ok && w.printed(at.X)
	case *ssa.Return:
		w.returned = true
		return ref.Results[0] == v && !slices.Contains(ref.Results[1:], v)
	case ssa.CallInstruction:
		return w.printedBy(ref, v)
	case *ssa.DebugRef:
		return true
	}
	return false
}

// printedBy reports the same for a call that gets v.
func (w *printTracer) printedBy(call ssa.CallInstruction, v ssa.Value) bool {
	c := call.Common()
	result := func() bool {
		made, ok := call.(*ssa.Call)
		return ok && w.printed(made)
	}
	if b, ok := c.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "len", "print", "println":
			return true
		case "append":
			return result()
		}
		return false
	}
	callee := calleeOf(c)
	switch w.engine.effect(callee) {
	case library.Prints, library.MakesError:
		return true
	case library.WrapsNil:
		return v != c.Args[0]
	case library.Encodes, library.Formats:
		return result()
	case nothing:
	default:
		return false
	}
	if w.engine.writesOut(c) || callee != nil && w.engine.printerWrapper(callee) {
		return true
	}
	fn := w.engine.callee(c)
	first := firstArg(c)
	for i, a := range c.Args {
		if a != v {
			continue
		}
		switch w.engine.destinationOfParam(fn, first+i) {
		case toOthers:
			return false
		case toCaller:
			if !result() {
				return false
			}
		}
	}
	return true
}

// printsFor simulates what a callee does to an argument that it only prints, or makes a text of that only printers
// get. It reports whether the callee is like that. An error that it gets may be wrapped, and so it is handed on.
func (r *run) printsFor(st *state, c *ssa.CallCommon, call *ssa.Call, i int, a value) bool {
	switch r.engine.destinationOfParam(r.engine.callee(c), i) {
	case toOthers:
		return false
	case toCaller:
		if call == nil || !r.engine.onlyPrinted(call) {
			return false
		}
	}
	if r.roles.signalled && r.engine.asksForLength(r.engine.callee(c), i) {
		return false
	}
	k := i - firstArg(c)
	if k < 0 || IsError(stripInterface(c.Args[k]).Type()) {
		return false
	}
	if isVariadic(c.Args[k]) {
		for _, v := range variadic(c) {
			if x := r.eval(st, v); IsError(stripInterface(v).Type()) && x != verdict {
				r.handOn(st, x, c.Pos())
			}
		}
	}
	r.print(st, a)
	return true
}

// takesAny reports whether t is any, or a list of any.
func takesAny(t types.Type) bool {
	if s, ok := t.(*types.Slice); ok {
		t = s.Elem()
	}
	return gotype.IsAny(t)
}
