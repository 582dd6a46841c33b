package typestate

import (
	"go/constant"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
	"github.com/asynccheck/asynccheck/internal/library/byname"
)

// keyOf reports whether v is a key of the map m: the variable of a range over it, or an
// element of a list of its keys, as in
//
//	for _, id := range slices.Sorted(maps.Keys(r.Detail)) {
//		e := r.Detail[id]
func keyOf(v ssa.Value, m ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Extract:
		next, ok := v.Tuple.(*ssa.Next)
		return ok && !next.IsString && reread(next.Iter.(*ssa.Range).X, m)
	case *ssa.UnOp:
		addr, ok := v.X.(*ssa.IndexAddr)
		return ok && keysOf(addr.X, m, nil)
	}
	return false
}

// keysOf reports whether all elements of the slice v are keys of the map. seen holds the values that are being looked
// at.
func keysOf(v ssa.Value, m ssa.Value, seen []ssa.Value) bool {
	if slices.Contains(seen, v) {
		return true
	}
	seen = append(seen, v)
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.MakeSlice:
		return isNought(v.Len)
	case *ssa.Slice:
		return v.High != nil && isNought(v.High) || keysOf(v.X, m, seen)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if !keysOf(e, m, seen) {
				return false
			}
		}
		return true
	case *ssa.Call:
		args := v.Call.Args
		if b, ok := v.Call.Value.(*ssa.Builtin); ok {
			return b.Name() == "append" && keysOf(args[0], m, seen) && appends(args[1], m, seen)
		}
		if byname.Is(library.Collects, calleeOf(v.Common())) {
			keys, ok := args[0].(*ssa.Call)
			return ok && byname.Is(library.IteratesKeys, calleeOf(keys.Common())) && reread(keys.Call.Args[0], m)
		}
	}
	return false
}

// appends reports whether the slice that is appended has only keys of the map.
func appends(v ssa.Value, m ssa.Value, seen []ssa.Value) bool {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return keysOf(v, m, seen)
	}
	array, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return keysOf(v, m, seen)
	}
	for _, ref := range referrers(array) {
		switch ref := ref.(type) {
		case *ssa.Slice:
		case *ssa.IndexAddr:
			for _, use := range referrers(ref) {
				if store, ok := use.(*ssa.Store); !ok || !keyOf(store.Val, m) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// reread reports whether two registers are read from one place, by an accessor perhaps: calls of one
// function with the same arguments, as r.GetDetail() and r.GetDetail().
func reread(v, w ssa.Value) bool {
	if v == w {
		return true
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		w, ok := w.(*ssa.UnOp)
		return ok && v.Op == w.Op && v.Op == token.MUL && reread(v.X, w.X)
	case *ssa.FieldAddr:
		w, ok := w.(*ssa.FieldAddr)
		return ok && v.Field == w.Field && reread(v.X, w.X)
	case *ssa.Field:
		w, ok := w.(*ssa.Field)
		return ok && v.Field == w.Field && reread(v.X, w.X)
	case *ssa.IndexAddr:
		w, ok := w.(*ssa.IndexAddr)
		return ok && reread(v.Index, w.Index) && reread(v.X, w.X)
	case *ssa.Const:
		w, ok := w.(*ssa.Const)
		return ok && v.String() == w.String()
	case *ssa.Call:
		w, ok := w.(*ssa.Call)
		return ok && v.Call.Method == w.Call.Method && reread(v.Call.Value, w.Call.Value) &&
			slices.EqualFunc(v.Call.Args, w.Call.Args, reread)
	}
	return false
}

func isNought(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	return ok && c.Value != nil && constant.Sign(c.Value) == 0
}
