package typestate

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
)

// Requests for which nothing is owed: DryRun: aws.Bool(true).

// exempt reports whether nothing is owed for the request that the call gets: the function gives one of its fields a
// value that exempts, in the literal or later.
func exempt(call *ssa.CallCommon, c *contract.Contract) bool {
	for _, e := range c.Exempt {
		x := exemption{e, make(map[ssa.Value]bool)}
		if slices.ContainsFunc(call.Args, x.set) {
			return true
		}
	}
	return false
}

// An exemption looks for one. It remembers the values that it has seen, since a variable may be computed from itself:
//
//	next, last = last, next
type exemption struct {
	contract.Exemption
	seen map[ssa.Value]bool
}

// again reports whether v has been seen before.
func (x *exemption) again(v ssa.Value) bool {
	before := x.seen[v]
	x.seen[v] = true
	return before
}

// set reports whether a function gives the field of what v points to one of the values.
func (x *exemption) set(v ssa.Value) bool {
	if x.again(v) {
		return false
	}
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return x.setBy(v)
	}
	return slices.ContainsFunc(valuesOf(load.X), x.set) || // a variable that a literal captures
		slices.ContainsFunc(referrers(load.X), func(ref ssa.Instruction) bool {
			other, ok := ref.(*ssa.UnOp)
			return ok && x.setBy(other)
		})
}

// setBy reports whether the function does so by this pointer.
func (x *exemption) setBy(v ssa.Value) bool {
	return slices.ContainsFunc(fieldStores(v), func(s fieldStore) bool {
		return fieldName(s.field) == x.Field && x.isValue(s.Val)
	})
}

// A fieldStore gives a field its value.
type fieldStore struct {
	field *ssa.FieldAddr
	*ssa.Store
}

// fieldStores returns what the function stores into fields of what v points to. A composite literal may have been filled
// before it was copied there:
//
//	in := lambda.InvokeInput{InvocationType: types.InvocationTypeEvent}
//	_, err := c.Invoke(ctx, &in)
func fieldStores(v ssa.Value) (all []fieldStore) {
	pointers := []ssa.Value{v}
	for _, ref := range referrers(v) {
		if store, ok := ref.(*ssa.Store); ok && store.Addr == v {
			if load, ok := store.Val.(*ssa.UnOp); ok {
				pointers = append(pointers, load.X)
			}
		}
	}
	for _, p := range pointers {
		for _, ref := range referrers(p) {
			field, ok := ref.(*ssa.FieldAddr)
			if !ok {
				continue
			}
			for _, use := range referrers(field) {
				if store, ok := use.(*ssa.Store); ok && store.Addr == field {
					all = append(all, fieldStore{field, store})
				}
			}
		}
	}
	return all
}

func fieldName(f *ssa.FieldAddr) string {
	return gotype.Deref(f.X.Type()).Underlying().(*types.Struct).Field(f.Field).Name()
}

// isValue reports whether v is one of the values, or a pointer to it that a function makes: aws.Bool(true).
func (x *exemption) isValue(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Const:
		if text, ok := stringOf(v); ok {
			return slices.Contains(x.Values, text)
		}
		return v.Value != nil && slices.Contains(x.Values, v.Value.ExactString())
	case *ssa.Call:
		return len(v.Call.Args) == 1 && x.isValue(v.Call.Args[0])
	case *ssa.ChangeType:
		return x.isValue(v.X)
	case *ssa.Convert:
		return x.isValue(v.X)
	case *ssa.Alloc:
		stored := onlyStore(v)
		return stored != nil && !x.again(v) && x.isValue(stored)
	}
	return false
}
