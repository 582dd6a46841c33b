package typestate

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
)

// judgedElsewhere reports whether the bytes are also decoded into another value, and a member of that decides a
// branch, in this function or in one that shares its variables.
func (e *Engine) judgedElsewhere(call *ssa.Call, p source) bool {
	return e.decodedElsewhere(e.outermost(call.Parent()), call, p)
}

// outermost gives the declared function that fn is a literal or a tail of.
func (e *Engine) outermost(fn *ssa.Function) *ssa.Function {
	for fn = e.Owner(fn); fn.Parent() != nil; fn = e.Owner(fn) {
		fn = fn.Parent()
	}
	return fn
}

func (e *Engine) decodedElsewhere(fn *ssa.Function, call *ssa.Call, p source) bool {
	for _, f := range e.withAll(fn) {
		for _, other := range e.flow.callsOf(f) {
			if other == call {
				continue
			}
			d, ok := e.decodingOf(other)
			if ok && d.into != nil && isBytes(d.data.Type()) && p.overlaps(e.trace(d.data)) && e.consultedIn(d.into) && !exclusive(other, call) {
				return true
			}
		}
	}
	return false
}

// consultedIn reports whether a member of the memory that ptr leads into may decide a branch. A pointer that is loaded
// from a variable may be loaded again:
//
//	p := new(probe)
//	retry(func() error { return json.Unmarshal(raw, p) })
//	if p.Code != 0 { ... }
func (e *Engine) consultedIn(ptr ssa.Value) bool {
	for {
		load, ok := ptr.(*ssa.UnOp)
		if !ok {
			break
		}
		ptr = memory(load.X)
	}
	c := consultation{e, make(map[ssa.Value]bool)}
	return c.consulted(ptr)
}

// A consultation asks whether anybody looks at a value. It remembers the values that it has seen, since a list may
// hold itself.
type consultation struct {
	*Engine
	seen map[ssa.Value]bool
}

// consulted reports whether what v points to may decide something: it is used, and not only
// decoded into or printed.
func (c consultation) consulted(v ssa.Value) bool {
	if v.Referrers() == nil {
		return true // a variable of a package
	}
	switch v.(type) {
	case *ssa.Parameter, *ssa.FreeVar:
		return true // somebody else's memory
	}
	return c.consultedHere(v)
}

// consultedHere reports whether a use of v in its function may be a look at it.
func (c consultation) consultedHere(v ssa.Value) bool {
	if c.seen[v] {
		return false
	}
	c.seen[v] = true
	return slices.ContainsFunc(referrers(v), func(ref ssa.Instruction) bool { return c.consults(ref, v) })
}

func (c consultation) consults(use ssa.Instruction, v ssa.Value) bool {
	switch use := use.(type) {
	case *ssa.DebugRef:
		return false
	case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.Convert, *ssa.Slice, *ssa.FieldAddr, *ssa.Field, *ssa.UnOp:
		return c.consulted(use.(ssa.Value))
	case *ssa.Store:
		if use.Addr == v {
			return false // emptied, to be decoded into
		}
		at, ok := use.Addr.(*ssa.IndexAddr) // of variadic arguments
		return !ok || c.consulted(at.X)
	case *ssa.IndexAddr:
		return len(referrers(use)) > 0 && !onlyStoredTo(use)
	case *ssa.Call:
		if params, ok := c.tailParams(use.Common(), v); ok {
			return slices.ContainsFunc(params, c.consultedHere)
		}
		switch k := c.effectOf(use.Common()); k {
		case library.Prints, library.Decodes:
			return false
		case library.Formats, library.MakesError:
			return c.consulted(use)
		}
		return use.Call.Signature().Results().Len() > 0
	}
	return true
}

// onlyStoredTo reports whether the element at the address is only set, as variadic arguments are.
func onlyStoredTo(at *ssa.IndexAddr) bool {
	for _, ref := range referrers(at) {
		if s, ok := ref.(*ssa.Store); !ok || s.Addr != at {
			return false
		}
	}
	return true
}
