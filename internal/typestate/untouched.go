package typestate

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
)

// Responses that nothing was done to before they are filled.

// fresh reports whether nothing was read from the variable, and no answer was
// written into it, before the call that gets its address.
func (f *finder) fresh(alloc *ssa.Alloc, call *ssa.Call) bool {
	u := untouched{f, alloc, call, make(map[*ssa.Alloc]bool)}
	return u.by(alloc)
}

// An untouched variable is one that nobody has looked at before a call gets its address.
type untouched struct {
	*finder
	variable *ssa.Alloc
	call     *ssa.Call
	seen     map[*ssa.Alloc]bool // other variables that have the address
}

func (u *untouched) before(instr ssa.Instruction) bool { return u.engine.precedes(instr, u.call) }

// by reports whether no use of v, the address or one of a member, is a look at the variable.
func (u *untouched) by(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		if !u.byUse(v, ref) {
			return false
		}
	}
	return true
}

func (u *untouched) byUse(v ssa.Value, ref ssa.Instruction) bool {
	switch ref := ref.(type) {
	case *ssa.FieldAddr:
		return u.by(ref)
	case *ssa.UnOp: // a read
		return !u.before(ref)
	case *ssa.Store:
		if kept, ok := ref.Addr.(*ssa.Alloc); ok && ref.Val == v && !u.seen[kept] {
			if u.seen[kept] = true; !u.byPointer(kept) {
				return false
			}
		}
		return !(ref.Addr == v && u.response(u.variable) && u.before(ref) && !isZero(ref.Val) && u.writesAnswer(v))
	case *ssa.MakeInterface:
		return u.by(ref)
	case ssa.CallInstruction: // another one is the origin
		return ref == ssa.CallInstruction(u.call) || !u.before(ref) || u.engine.effect(calleeOf(ref.Common())) == library.Prints
	case *ssa.MakeClosure:
		return u.idle(ref)
	}
	return true
}

// byPointer reports whether no use of another variable that has the address is a look.
func (u *untouched) byPointer(kept *ssa.Alloc) bool {
	for _, ref := range *kept.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			if !u.by(ref) {
				return false
			}
		case *ssa.MakeClosure:
			if !u.idle(ref) {
				return false
			}
		}
	}
	return true
}

// idle reports whether a literal hasn't run by then, such as a deferred one.
func (u *untouched) idle(c *ssa.MakeClosure) bool {
	return !slices.ContainsFunc(*c.Referrers(), func(use ssa.Instruction) bool {
		_, deferred := use.(*ssa.Defer)
		return !deferred && u.before(use)
	})
}
