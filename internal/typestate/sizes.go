package typestate

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"
)

// A list or map that a function makes of a batch's entries has an element only if there
// is an entry. How many it has is followed as far as that goes: none, or some.
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
		switch x.kind {
		case isNil:
			return Nothing
		case hollow:
			return NoneIn
		case filled:
			return SomeIn
		}
	case *types.Basic:
		switch {
		case x.kind == known && x.path == "0":
			return Nothing
		case x.kind == positive:
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
		return value{kind: known, path: "0"}
	case s == Nothing:
		return value{kind: isNil}
	case s == NoneIn:
		return value{kind: hollow}
	case s == SomeIn && number:
		return value{kind: positive}
	case s == SomeIn:
		return value{kind: filled}
	}
	return value{}
}

// gathers reports whether the function makes its results of the entries of a batch
// that it is given.
func (r *run) gathers() bool { return r.org.param != nil && r.roles.detail != nowhere }

// made gives the value of a map, a slice or a channel that is made.
func (r *run) made(st *state, v ssa.Value) value {
	switch v := v.(type) {
	case *ssa.MakeMap:
		st.forgetSize(v) // of the one that was made in the last iteration
		return value{kind: hollow, block: v}
	case *ssa.MakeSlice:
		if n, ok := integer(v.Len); ok && n == 0 {
			return value{kind: hollow}
		}
	}
	return value{kind: nonNil}
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

// put notes that a map has an element from now on, by whatever name.
func (st *state) put(m value) {
	if m.kind == hollow && m.block != nil {
		st.resize(m.block, value{kind: filled, block: m.block})
	}
}

// forgetSize notes that a map may have any number of elements from now on.
func (st *state) forgetSize(m ssa.Value) { st.resize(m, value{kind: nonNil}) }

func (st *state) resize(m ssa.Value, to value) {
	change := func(v value) value {
		if v.block == m && (v.kind == hollow || v.kind == filled) {
			return to
		}
		return v
	}
	st.env.update(change)
	st.mem.update(change)
}
