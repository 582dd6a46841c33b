package typestate

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
)

// copiesBytes gives the places to which and from which the call copies bytes. The call doesn't look at them:
//
//	io.Copy(to, from)   buf.ReadFrom(from)   copy(to, from)
//	io.ReadFull(from, to)   from.Read(to)   to.Write(from)
func (e *Engine) copiesBytes(c *ssa.CallCommon) (to, from ssa.Value, ok bool) {
	if b, builtin := c.Value.(*ssa.Builtin); builtin {
		if b.Name() == "copy" {
			return c.Args[0], c.Args[1], true
		}
		return nil, nil, false
	}
	callee := calleeOf(c)
	k := e.libraryFacts(callee)
	if k.kinds&(library.CopiesTo|library.CopiesFrom) == 0 {
		return nil, nil, false
	}
	args, i := operands(c), k.copied
	if callee.Signature().Recv() != nil {
		i++
	}
	if i < 1 || i >= len(args) {
		return nil, nil, false
	}
	if k.kinds&library.CopiesTo != 0 {
		return args[i], args[i-1], true
	}
	return args[i-1], args[i], true
}

// memory gives the variable or the slice that v points to, or into.
func memory(v ssa.Value) ssa.Value {
	for {
		switch x := v.(type) {
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.Slice:
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		default:
			return v
		}
	}
}

// isOwn reports whether v is memory that the function has made.
func isOwn(v ssa.Value) bool {
	switch v.(type) {
	case *ssa.Alloc, *ssa.MakeSlice, *ssa.MakeMap:
		return true
	}
	return false
}

// filledFrom gives what is written into a buffer that the function has made, or
// into a slice. It is not ok if anybody else may write to it:
//
//	var buf bytes.Buffer
//	io.Copy(&buf, resp.Body)
//	... buf.Bytes()
func (e *Engine) filledFrom(buf ssa.Value) (from []ssa.Value, ok bool) {
	ok = true
	for _, ref := range referrers(buf) {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.Return:
		case *ssa.MakeInterface, *ssa.Slice, *ssa.ChangeType, *ssa.Convert:
			more, known := e.filledFrom(ref.(ssa.Value))
			from, ok = append(from, more...), ok && known
		case ssa.CallInstruction:
			c := ref.Common()
			to, what, copies := e.copiesBytes(c)
			switch {
			case copies && memory(to) == memory(buf):
				from = append(from, what)
				if e.is(library.Tees, calleeOf(c)) {
					ok = false // somebody else has read it before, and may have judged it
				}
			case !copies && !e.onlyReads(c, buf):
				ok = false
			}
		case *ssa.Store:
			ok = ok && ref.Val == buf && onlyReturned(ref.Addr)
		default:
			ok = false
		}
	}
	return from, ok
}

// onlyReturned reports whether the variable is a result that is only set, and loaded where the function
// returns.
func onlyReturned(v ssa.Value) bool {
	if !IsResult(v) {
		return false
	}
	for _, ref := range referrers(v) {
		switch ref := ref.(type) {
		case *ssa.Store:
		case *ssa.UnOp:
			for _, use := range referrers(ref) {
				if _, ok := use.(*ssa.Return); !ok {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// onlyReads reports whether the call, which gets a buffer or a slice, doesn't write to it.
func (e *Engine) onlyReads(c *ssa.CallCommon, buf ssa.Value) bool {
	if b, ok := c.Value.(*ssa.Builtin); ok {
		return b.Name() == "len" || b.Name() == "cap" || b.Name() == "append" && c.Args[0] != buf
	}
	if data, _, ok := e.decoderArgs(c); ok {
		return data == buf
	}
	if data, _ := e.decodedResult(c); data != nil {
		return data == buf
	}
	callee := calleeOf(c)
	if callee == nil {
		return false
	}
	kinds, name := e.packageKinds(callee), callee.Name()
	switch k := e.effect(callee); {
	case k == library.Prints, k == library.Formats, k == library.MakesError:
		return !strings.HasPrefix(name, "F") && !strings.HasPrefix(name, "Append")
	case kinds&library.Codec != 0:
		return e.is(library.MakesDecoder, callee)
	case callee.Signature().Recv() != nil && (c.IsInvoke() || c.Args[0] == buf):
		return e.is(library.OnlyReads, callee)
	}
	return kinds&library.Moves != 0
}

// foreign reports whether somebody gets what is written to v. Nobody does if it is printed, thrown away, or hashed.
func (e *Engine) foreign(v ssa.Value) bool {
	v = memory(v)
	switch x := v.(type) {
	case *ssa.UnOp:
		g, ok := x.X.(*ssa.Global)
		return !ok || !isStdStream(v) && !(g.Pkg != nil && library.IsNowhere(g.Pkg.Pkg.Path(), g.Name()))
	case *ssa.Call:
		return e.packageKinds(calleeOf(x.Common()))&library.Digests == 0
	}
	return true
}
