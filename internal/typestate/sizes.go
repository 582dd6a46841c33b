package typestate

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A list or map that a function makes of a batch's entries has an element only if there is an entry. The engine
// follows whether it has none or some.
//
//	failed := b.Failed()
//	if b.Code != 0 && len(failed) == 0 {
//		return nil, errRefused
//	}
//	return failed, nil // code 0, or entries have failed

// A Size is what is known of the number of elements of a result that is a list or a map, or of
// a result that is a number itself.
type Size uint8

const (
	AnySize Size = iota
	Nothing      // nil, or the number 0
	NoneIn       // no element, but not nil
	SomeIn       // one or more
)

// sizeOf gives the size of x, a result of type t.
func sizeOf(x value, t types.Type) Size {
	switch t.Underlying().(type) {
	case *types.Slice, *types.Map:
		if x == isNil {
			return Nothing
		}
		if c, ok := x.(collected); ok && c.some {
			return SomeIn
		} else if ok {
			return NoneIn
		}
	case *types.Basic:
		switch {
		case x == value(constVal{"0"}):
			return Nothing
		case x == positive:
			return SomeIn
		}
	}
	return AnySize
}

// value gives what is known of a result of type t that has the size.
func (s Size) value(t types.Type) value {
	_, number := t.Underlying().(*types.Basic)
	switch {
	case s == Nothing && number:
		return constVal{"0"}
	case s == Nothing:
		return isNil
	case s == NoneIn:
		return collected{}
	case s == SomeIn && number:
		return positive
	case s == SomeIn:
		return collected{some: true}
	}
	return nil
}

// gathers reports whether the function makes its results of the entries of a batch
// that it is given.
func (r *run) gathers() bool { return r.org.param() != nil && r.roles.detail != noMember }

// made gives the value of a map, a slice or a channel that is made.
func (r *run) made(st *state, v ssa.Value) value {
	switch v := v.(type) {
	case *ssa.MakeMap:
		st.forgetSize(v) // of the one that was made in the last iteration
		return collected{made: v}
	case *ssa.MakeSlice:
		if n, ok := integer(v.Len); ok && n == 0 {
			return collected{}
		}
	}
	return nonNil
}

// isHollow reports whether the slice of a new array has no element:
//
//	[]string{}   make([]string, 0, 8)
func isHollow(s *ssa.Slice) bool {
	a, ok := s.X.(*ssa.Alloc)
	if !ok || isVariadic(s) {
		return false
	}
	if c, ok := s.High.(*ssa.Const); ok && c.Value != nil {
		return constant.Sign(c.Value) == 0
	}
	array, ok := a.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Array)
	return ok && array.Len() == 0 && s.High == nil
}

// put notes that a map has an element from now on, in all registers and variables that hold the map.
func (st *state) put(m value) {
	if c, ok := m.(collected); ok && !c.some && c.made != nil {
		st.resize(c.made, collected{true, c.made})
	}
}

// forgetSize notes that a map may have any number of elements from now on.
func (st *state) forgetSize(m ssa.Value) { st.resize(m, nonNil) }

func (st *state) resize(m ssa.Value, to value) {
	change := func(v value) value {
		if c, ok := v.(collected); ok && c.made == m {
			return to
		}
		return v
	}
	st.env.update(change)
	st.mem.update(change)
}
