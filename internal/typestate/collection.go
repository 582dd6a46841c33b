package typestate

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/library"
)

// An element of a collection is handed on with the collection, wherever that happens:
//
//	for _, b := range all { if b.Code != 0 { log.Print(b.Code) } }
//	return all, nil
//
// The collection is followed flow-insensitively through all registers, variables and
// structs that may hold it (Steensgaard: "Points-to analysis in almost linear time",
// POPL 1996, with one class for the collection and what it is kept in).
//
// An element of a collection that the function has built itself is no origin: it is a response that the function has
// had before, and may have judged.
//
//	all := []*Batch{r}
//	return check(all[0])

// A collection is the class of values that may be, or hold, what elements come from.
type collection struct {
	engine    *Engine
	typ       types.Type // of the collection
	class     map[ssa.Value]bool
	work      []ssa.Value
	leaves    bool // it goes to somebody else
	fromParam bool // it comes from a parameter
	made      bool // it is made here
	filled    bool // somebody else may have put something into it
}

// own reports whether this function has put everything into the collection.
func (c *collection) own() bool { return c.made && !c.leaves && !c.fromParam && !c.filled }

// collection gives the class of x.
func (e *Engine) collection(x ssa.Value) *collection {
	if x.Parent() == nil {
		return &collection{leaves: true} // a package's variable
	}
	known := e.flow.of(x.Parent()).collections
	if c := known[x]; c != nil && types.Identical(c.typ, gotype.Deref(x.Type())) {
		return c
	}
	c := &collection{engine: e, typ: gotype.Deref(x.Type()), class: make(map[ssa.Value]bool)}
	c.add(x)
	for len(c.work) > 0 {
		v := c.work[len(c.work)-1]
		c.work = c.work[:len(c.work)-1]
		c.from(v)
		for _, ref := range referrers(v) {
			c.use(v, ref)
		}
	}
	for v := range c.class {
		known[v] = c
	}
	return c
}

func (c *collection) add(v ssa.Value) {
	if v != nil && !c.class[v] {
		c.class[v] = true
		c.work = append(c.work, v)
	}
}

// from adds what v is made of.
func (c *collection) from(v ssa.Value) {
	if a := c.engine.argument(v); a != nil {
		c.add(a)
		return
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		c.fromParam = true
	case *ssa.Phi:
		for _, e := range v.Edges {
			c.add(e)
		}
	case *ssa.UnOp:
		if v.Op == token.MUL {
			c.add(v.X)
		} else {
			c.filled = true
		}
	case *ssa.FieldAddr, *ssa.Field, *ssa.Slice, *ssa.ChangeType, *ssa.Convert, *ssa.TypeAssert, *ssa.MakeInterface:
		c.add(operandOf(v))
	case *ssa.Extract:
		if t, ok := v.Tuple.(*ssa.TypeAssert); ok {
			c.add(t)
		} else {
			c.filled = true
		}
	case *ssa.FreeVar, *ssa.Global:
		c.leaves = true // others have it as well
	case *ssa.MakeSlice, *ssa.MakeMap, *ssa.MakeChan:
		c.made = true
	case *ssa.Alloc:
		_, array := gotype.Deref(v.Type()).Underlying().(*types.Array)
		c.made = c.made || array
	case *ssa.Call:
		if b, ok := v.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
			c.made = true
			c.add(v.Call.Args[0])
			if !isVariadic(v.Call.Args[1]) {
				c.add(v.Call.Args[1])
			}
			return
		}
		c.filled = true
	case *ssa.Const:
	default:
		c.filled = true
	}
}

// use follows one use of v, which is in the class.
func (c *collection) use(v ssa.Value, ref ssa.Instruction) {
	switch ref := ref.(type) {
	case *ssa.DebugRef, *ssa.Range, *ssa.Index, *ssa.Lookup, *ssa.BinOp:
		// a look at an element, or at whether there are any
	case *ssa.IndexAddr:
		for _, use := range referrers(ref) {
			switch use.(type) {
			case *ssa.UnOp, *ssa.Store, *ssa.FieldAddr, *ssa.DebugRef:
			default:
				c.filled = true // somebody gets the element's address, such as a decoder
			}
		}
	case *ssa.MapUpdate: // of the map itself
		c.leaves = c.leaves || ref.Key == v || ref.Value == v
	case *ssa.Send:
		c.leaves = c.leaves || ref.X == v
	case *ssa.FieldAddr, *ssa.Field: // of the struct that holds it
		if v := ref.(ssa.Value); types.Identical(gotype.Deref(v.Type()), c.typ) {
			c.add(v)
		}
	case *ssa.Phi, *ssa.Slice, *ssa.ChangeType, *ssa.Convert, *ssa.MakeInterface, *ssa.TypeAssert, *ssa.ChangeInterface:
		c.add(ref.(ssa.Value))
	case *ssa.UnOp:
		if ref.Op == token.MUL {
			c.add(ref)
		} // else it is an element of a channel
	case *ssa.Extract:
		c.add(ref)
	case *ssa.Store:
		if ref.Addr == v { // an assignment to the variable that holds it
			if types.Identical(ref.Val.Type(), c.typ) {
				c.add(ref.Val)
			}
			return
		}
		if _, local := variable(ref.Addr).(*ssa.Alloc); !local {
			c.leaves = true
			return
		}
		c.add(ref.Addr)
	case *ssa.Call:
		c.call(v, ref)
	case *ssa.MakeClosure:
		c.captured(v, ref)
	default: // returned, sent, kept in a map, captured, deferred
		c.leaves = true
	}
}

// captured follows what a tail captures. Any other literal may run at any time: the collection leaves.
func (c *collection) captured(v ssa.Value, literal *ssa.MakeClosure) {
	fn := literal.Fn.(*ssa.Function)
	c.leaves = c.leaves || c.engine.tailCall(fn) == nil
	for i, b := range literal.Bindings {
		if b == v {
			c.add(fn.FreeVars[i])
		}
	}
}

func (c *collection) call(v ssa.Value, call *ssa.Call) {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "len", "cap":
		case "append":
			c.add(call)
		default:
			c.leaves = true
		}
		return
	}
	if params, ok := c.engine.tailParams(call.Common(), v); ok {
		for _, p := range params {
			c.add(p)
		}
		return
	}
	switch c.engine.effectOf(call.Common()) {
	case library.Prints, library.Formats:
	case library.Decodes: // which fills it
		c.filled = true
	default:
		c.leaves = true
	}
}
