package typestate

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// What succeeded tells what failed, to whoever looks for it there, or gets it:
//
//	for _, p := range out.Parameters {
//		if *p.Name == name { return *p.Value, nil }    // the loop searches
//	}
//	for i, t := range out.Tasks { arns[i] = *t.TaskArn }
//	if len(arns) < n { return errTooFew }                // or counts
//	return arns, nil                                     // or makes a list for the caller
//
// A loop that only converts or prints finds out nothing.

// findsOut reports whether a loop over what succeeded finds out what failed: it may be left early, or somebody after it
// uses what it computes, or what it has put somewhere.
func (e *Engine) findsOut(l *loop) bool {
	f := finding{e, l, make(map[part]bool)}
	for _, b := range l.header.Parent().Blocks {
		if !l.has(b) {
			continue
		}
		if b != l.header && slices.ContainsFunc(b.Succs, func(s *ssa.BasicBlock) bool { return !l.has(s) && !endsInError(s) }) {
			return true
		}
		if slices.ContainsFunc(b.Instrs, f.tells) {
			return true
		}
	}
	return false
}

// endsInError reports whether the block returns an error: the loop is left because something else has failed.
func endsInError(b *ssa.BasicBlock) bool {
	ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
	if !ok || len(ret.Results) == 0 {
		return false
	}
	last := returned(ret, len(ret.Results)-1)
	return IsError(last.Type()) && !isZero(last)
}

// A finding follows what a loop computes.
type finding struct {
	engine *Engine
	loop   *loop
	seen   map[part]bool
}

// A part is a register, or a field of the struct that it holds or points to.
type part struct {
	of    ssa.Value
	field int // wholePart if it is all
}

const wholePart = -1

// tells reports whether what an instruction of the loop computes is used after the loop, or where it puts that.
func (f *finding) tells(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		return f.filled(instr.Addr, instr.Val)
	case *ssa.MapUpdate:
		return f.filled(instr.Map, instr.Value)
	case *ssa.Send:
		return f.computes(instr.X)
	case *ssa.Call:
		if to, x := f.collects(instr); to != nil && f.filled(to, x) {
			return true
		}
	}
	v, ok := instr.(ssa.Value)
	return ok && f.used(v)
}

// computes reports whether the loop computes the value.
func (f *finding) computes(v ssa.Value) bool {
	instr, ok := v.(ssa.Instruction)
	return ok && f.loop.has(instr.Block())
}

// collects gives the local variable, list or map to which a call adds something that the loop computes, such as a set or
// a strings.Builder.
func (f *finding) collects(call *ssa.Call) (to, x ssa.Value) {
	args := operands(call.Common())
	if len(args) < 2 || f.computes(args[0]) {
		return nil, nil
	}
	_, variable := args[0].(*ssa.Alloc)
	switch args[0].Type().Underlying().(type) {
	case *types.Slice, *types.Map:
		variable = true
	}
	i := slices.IndexFunc(args, func(a ssa.Value) bool {
		_, literal := a.Type().Underlying().(*types.Signature)
		return !literal && f.computes(a)
	})
	if !variable || i < 0 {
		return nil, nil
	}
	return args[0], args[i]
}

// filled reports whether somebody after the loop uses the memory at an address, where x is put. Others may use memory
// that isn't the function's own.
func (f *finding) filled(addr, x ssa.Value) bool {
	field, loaded := wholePart, false
	for {
		switch at := addr.(type) {
		case *ssa.FieldAddr:
			field, addr = at.Field, at.X
		case *ssa.IndexAddr:
			addr = at.X
		case *ssa.Slice:
			addr = at.X
		case *ssa.UnOp: // a variable that holds a pointer, or the list
			addr, loaded = at.X, true
		case *ssa.Parameter:
			if addr = f.engine.argument(at); addr == nil {
				return !isConst(x)
			}
		case *ssa.FreeVar:
			if addr = bound(at); addr == nil {
				return !isConst(x)
			}
		case *ssa.Global:
			return !isConst(x)
		default:
			return loaded && slices.ContainsFunc(valuesOf(addr), isParameter) && !isConst(x) || f.uses(part{addr, field})
		}
	}
}

func isParameter(v ssa.Value) bool {
	_, ok := v.(*ssa.Parameter)
	return ok
}

func (f *finding) used(v ssa.Value) bool { return f.uses(part{v, wholePart}) }

// uses reports whether a value decides a branch after the loop, or somebody gets it.
func (f *finding) uses(p part) bool {
	if f.seen[p] {
		return false
	}
	f.seen[p] = true
	return slices.ContainsFunc(referrers(p.of), func(use ssa.Instruction) bool { return f.usedBy(use, p) })
}

// usedBy reports the same for one use.
func (f *finding) usedBy(use ssa.Instruction, p part) bool {
	after := !f.loop.has(use.Block())
	switch use := use.(type) {
	case *ssa.If:
		return after
	case *ssa.Return:
		return after && f.toCaller(use)
	case *ssa.BinOp:
		return after && codeset.Comparison(use.Op) || !codeset.Comparison(use.Op) && f.used(use)
	case *ssa.FieldAddr:
		return (p.field == wholePart || p.field == use.Field) && f.used(use)
	case *ssa.UnOp: // a load, or a negation
		return f.uses(part{use, p.field})
	case *ssa.Phi, *ssa.Convert, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.Slice, *ssa.Extract, *ssa.Lookup,
		*ssa.Field, *ssa.Index, *ssa.IndexAddr:
		return f.used(use.(ssa.Value))
	case *ssa.Store:
		return use.Val == p.of && f.filled(use.Addr, use.Val)
	case *ssa.MapUpdate:
		return use.Map != p.of && f.filled(use.Map, use.Value)
	case *ssa.Send:
		return use.X == p.of
	case *ssa.MakeClosure:
		i := slices.Index(use.Bindings, p.of)
		return f.uses(part{use.Fn.(*ssa.Function).FreeVars[i], p.field})
	case ssa.CallInstruction:
		return f.usedByCall(use, p)
	}
	return false
}

// usedByCall reports the same for a call. A function that gets the value after the loop may ask what it is, if it
// doesn't only print.
func (f *finding) usedByCall(call ssa.CallInstruction, p part) bool {
	c, made := call.Common(), call.Value()
	if b, ok := c.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "append", "len", "min", "max":
			return made != nil && f.used(made)
		case "copy":
			return p.of == c.Args[1] && f.filled(c.Args[0], p.of)
		}
		return false
	}
	if params, ok := f.engine.tailParams(c, p.of); ok {
		return slices.ContainsFunc(params, func(v ssa.Value) bool {
			return len(referrers(v)) == 0 || f.uses(part{v, p.field}) // a parameter without uses goes to others, as far as known
		})
	}
	if f.loop.has(call.Block()) {
		return false
	}
	w := printTracer{engine: f.engine, seen: make(map[ssa.Value]bool)}
	return f.engine.printsForOthers(c) || !w.printedBy(call, p.of) || w.returned
}

// toCaller reports whether a return after the loop tells the caller something: it isn't one with another error.
func (f *finding) toCaller(ret *ssa.Return) bool {
	b := ret.Block()
	if b.Parent() == f.loop.header.Parent() && !f.loop.after.has(b.Index) {
		return false
	}
	last := returned(ret, len(ret.Results)-1)
	return !IsError(last.Type()) || !f.engine.neverNil(last) && !foundNonNil(last, b)
}
