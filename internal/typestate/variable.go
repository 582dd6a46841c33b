package typestate

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// onlyValue gives the value of a variable that is assigned once, by its function or by a literal that captures it. It
// gives nil if the variable may hold something else:
//
//	raw, err := io.ReadAll(body)
//	start(func() error { return json.Unmarshal(raw, &s) })
func onlyValue(v ssa.Value) ssa.Value {
	if values := valuesOf(v); len(values) == 1 {
		return values[0]
	}
	return nil
}

// valuesOf gives all that is ever assigned to a variable, also by literals that capture it. It gives nil if the
// variable may hold something else.
func valuesOf(v ssa.Value) []ssa.Value {
	v = variableOf(v)
	if _, ok := v.(*ssa.Alloc); !ok {
		return nil
	}
	values, ok := assigned(v)
	values = slices.DeleteFunc(values, func(x ssa.Value) bool { return empties(v, x) })
	if !ok {
		return nil
	}
	return values
}

// variableOf gives the variable that a literal captures as v, nil if it isn't known. It gives v itself if nobody
// captures it.
func variableOf(v ssa.Value) ssa.Value {
	for {
		free, ok := v.(*ssa.FreeVar)
		if !ok {
			return v
		}
		if v = bound(free); v == nil {
			return nil
		}
	}
}

// empties reports whether a store of x to the variable leaves nothing new in it: x is nil or an empty text, or the
// variable itself, as a function that defers stores its results where it returns them.
func empties(variable, x ssa.Value) bool {
	load, ok := x.(*ssa.UnOp)
	return isNothing(x) || ok && load.Op == token.MUL && load.X == variable
}

// loads gives the registers of the function that have the value of v: all loads of a variable that is assigned
// once, if v is one, or else v alone.
func loads(v ssa.Value) []ssa.Value {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL || onlyValue(load.X) == nil {
		return []ssa.Value{v}
	}
	var all []ssa.Value
	for _, ref := range referrers(load.X) {
		if other, ok := ref.(*ssa.UnOp); ok && other.Op == token.MUL {
			all = append(all, other)
		}
	}
	return all
}

// bound gives the variable that a literal captures as free, nil if it isn't known.
func bound(free *ssa.FreeVar) ssa.Value {
	fn := free.Parent()
	var v ssa.Value
	for _, ref := range referrers(fn) {
		c, ok := ref.(*ssa.MakeClosure)
		if !ok || v != nil {
			return nil
		}
		for i, f := range fn.FreeVars {
			if f == free {
				v = c.Bindings[i]
			}
		}
	}
	return v
}

// assigned gives what is stored to the variable, by its function or by a literal in
// it. It is not ok if its address is used in another way.
func assigned(v ssa.Value) (values []ssa.Value, ok bool) {
	for _, ref := range referrers(v) {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Addr != v {
				return nil, false
			}
			values = append(values, ref.Val)
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.MakeClosure:
			for i, b := range ref.Bindings {
				if b != v {
					continue
				}
				more, ok := assigned(ref.Fn.(*ssa.Function).FreeVars[i])
				if !ok {
					return nil, false
				}
				values = append(values, more...)
			}
		default:
			return nil, false
		}
	}
	return values, true
}
