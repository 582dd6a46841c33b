package typestate

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
)

// Values that may have the bytes of an answer, and where these bytes go.

// bytesLeave reports whether the bytes go anywhere but to decoders, printers and functions known not to keep them:
// then somebody else may read the detail.
func (e *Engine) bytesLeave(roots ...ssa.Value) bool {
	return e.spread(func(use ssa.Instruction, v ssa.Value) bool {
		switch use := use.(type) {
		case *ssa.IndexAddr, *ssa.Index, *ssa.Lookup, *ssa.Range, *ssa.BinOp:
			return false // looking isn't keeping
		case ssa.CallInstruction: // deferred as well: defer resp.Body.Close()
			_, started := use.(*ssa.Go)
			return started || e.mayKeep(use.Common(), v) || e.effect(calleeOf(use.Common())) == library.MakesError
		}
		return true
	}, roots...)
}

// keptBefore reports whether the bytes that the call decodes have been stored or sent by then: whoever has the bytes
// has the code and the detail, too.
func (e *Engine) keptBefore(call *ssa.Call, roots ...ssa.Value) bool {
	return call != nil && e.spread(func(use ssa.Instruction, v ssa.Value) bool {
		switch use := use.(type) {
		case *ssa.IndexAddr, *ssa.Index, *ssa.Lookup, *ssa.Range, *ssa.BinOp:
			return false
		case ssa.CallInstruction:
			to, _, copies := e.copiesBytes(use.Common())
			formats := e.effect(calleeOf(use.Common())) == library.MakesError
			return (copies && to != v || formats) && e.precedes(use, call)
		}
		return e.precedes(use, call)
	}, roots...)
}

// withBytes gives the value of v, which is handed on. It is rawBytes if v may hold the bytes that the response was
// decoded from: v is an unknown text or buffer that comes from them.
func (r *run) withBytes(st *state, v ssa.Value) value {
	x := r.eval(st, v)
	if (x == nil || x == nonNil || is[pointer](x)) && st.obj.live() && r.org.decode.data.root != nil && mayHaveBytes(v.Type()) && r.org.decodes(r.engine.trace(v)) {
		return rawBytes
	}
	return x
}

// withBytesFor gives the value of an argument of the call. It is rawBytes only for a decoder, and for a callee that
// may keep the bytes.
func (r *run) withBytesFor(st *state, c *ssa.CallCommon, v ssa.Value) value {
	x := r.eval(st, v)
	if y := r.withBytes(st, v); y != x && (r.engine.effectOf(c) == library.Decodes || r.engine.mayKeep(c, v)) {
		return y
	}
	return x
}

// mayHaveBytes reports whether a value of the type may be, or point to, something that bytes are read from. An error
// holds none of them, such as the one that a reader's Close gives.
func mayHaveBytes(t types.Type) bool {
	if IsError(t) {
		return false
	}
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface:
		return true
	}
	return isBytes(t)
}

func isRequest(t types.Type) bool { return isHTTP(t, "Request") }

func isResponse(t types.Type) bool { return isHTTP(t, "Response") }

func isHTTP(t types.Type, name string) bool { return isOf(t, "net/http", name) }

// isOf reports whether t is a pointer to the type that the package calls by the name.
func isOf(t types.Type, path, name string) bool {
	p, ok := t.(*types.Pointer)
	if !ok {
		return false
	}
	n, ok := types.Unalias(p.Elem()).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == path && n.Obj().Name() == name
}

func isReader(t types.Type) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Read")
	f, ok := obj.(*types.Func)
	return ok && f.Signature().Params().Len() == 1
}

func isScanner(t types.Type) bool { return isOf(t, "bufio", "Scanner") }

func isBuilder(t types.Type) bool { return isOf(t, "strings", "Builder") }

// isScalar reports whether t is a number's type or a bool's.
func isScalar(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&(types.IsNumeric|types.IsBoolean) != 0
}

func isBytes(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte
	case *types.Basic:
		return u.Info()&types.IsString != 0
	}
	return false
}

// mayKeep reports whether the callee may keep the bytes: it is unknown, and no summary says what it does with them.
func (e *Engine) mayKeep(c *ssa.CallCommon, v ssa.Value) bool {
	if to, _, copies := e.copiesBytes(c); copies {
		return to != v && !isOwn(memory(to)) && e.foreign(to)
	}
	if callee := calleeOf(c); callee != nil && callee.Pkg() != nil {
		kinds := e.packageKinds(callee)
		if e.effectOf(c) != nothing || kinds&blind != 0 || kinds&library.Moves != 0 && (!c.IsInvoke() || c.Value == v) {
			return false
		}
	}
	return !e.followed(c, v, e.trace(v).root)
}
