package typestate

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
)

// A spreader follows bytes forward, through all values that hold them, and asks about each other use.
type spreader struct {
	engine  *Engine
	tells   func(use ssa.Instruction, v ssa.Value) bool
	visited map[ssa.Value]bool
}

// spread follows the bytes that come from the roots to each of their uses, and reports whether tells is true for one
// of them. It also asks about uses that aren't known here.
func (e *Engine) spread(tells func(use ssa.Instruction, v ssa.Value) bool, roots ...ssa.Value) bool {
	s := spreader{e, tells, make(map[ssa.Value]bool)}
	for _, v := range roots {
		if v != nil && s.follow(v) {
			return true
		}
	}
	return false
}

func (s *spreader) follow(v ssa.Value) bool {
	if s.visited[v] {
		return false
	}
	s.visited[v] = true
	for _, ref := range referrers(v) {
		if s.use(ref, v) {
			return true
		}
	}
	return false
}

// form follows another form of the bytes, such as a text or a reader. A number or a bool
// is none.
func (s *spreader) form(v ssa.Value) bool { return !isScalar(v.Type()) && s.follow(v) }

func (s *spreader) use(use ssa.Instruction, v ssa.Value) bool {
	switch use := use.(type) {
	case *ssa.DebugRef, *ssa.Panic:
		return false
	case *ssa.Convert, *ssa.MultiConvert, *ssa.ChangeType, *ssa.ChangeInterface, *ssa.MakeInterface, *ssa.Slice,
		*ssa.SliceToArrayPointer, *ssa.Phi, *ssa.TypeAssert, *ssa.Next, *ssa.Field:
		return s.form(use.(ssa.Value))
	case *ssa.Extract:
		if _, ok := use.Tuple.(*ssa.Next); ok && use.Index == 1 {
			return false // the key that an answer has in a map
		}
		return !IsError(use.Type()) && s.form(use) // the error beside an answer has none of it
	case *ssa.FieldAddr:
		if isResponse(v.Type()) && !isReader(use.Type().(*types.Pointer).Elem()) {
			return false // such as the status: nothing that is told of the bytes
		}
		return s.follow(use)
	case *ssa.IndexAddr:
		if v == use.X && !isBytes(v.Type()) {
			return s.follow(use)
		}
	case *ssa.Index:
		if v == use.X && !isBytes(v.Type()) {
			return s.form(use)
		}
	case *ssa.Lookup:
		if v == use.X && !isBytes(v.Type()) {
			return s.form(use)
		}
	case *ssa.Range:
		if !isBytes(v.Type()) {
			return s.form(use)
		}
	case *ssa.UnOp:
		if use.Op == token.MUL {
			return s.form(use)
		}
	case *ssa.BinOp:
		if use.Op == token.ADD {
			return s.form(use)
		}
		if isNothing(use.X) || isNothing(use.Y) {
			return false // whether there is anything
		}
	case *ssa.Store:
		return s.store(use, v)
	case *ssa.MapUpdate:
		if isOwn(use.Map) && use.Key != v {
			return use.Value == v && s.follow(use.Map)
		}
	case *ssa.MakeClosure:
		return s.capture(use, v)
	case ssa.CallInstruction:
		return s.call(use, v)
	}
	return s.tells(use, v)
}

func (s *spreader) store(store *ssa.Store, v ssa.Value) bool {
	at := memory(store.Addr)
	_, captured := at.(*ssa.FreeVar)
	switch {
	case store.Val == v && captured:
		return s.follow(at) || s.tells(store, v)
	case store.Val == v && isOwn(at):
		return s.follow(at)
	case isOwn(at):
		return false // something else is stored there
	}
	return s.tells(store, v)
}

func (s *spreader) capture(literal *ssa.MakeClosure, v ssa.Value) bool {
	fn := literal.Fn.(*ssa.Function)
	if len(fn.Blocks) == 0 {
		return s.tells(literal, v)
	}
	for i, b := range literal.Bindings {
		if b == v && s.follow(fn.FreeVars[i]) {
			return true
		}
	}
	return false
}

func (s *spreader) call(use ssa.CallInstruction, v ssa.Value) bool {
	c := use.Common()
	if params, ok := s.engine.tailParams(c, v); ok {
		return slices.ContainsFunc(params, s.follow)
	}
	call, _ := use.(*ssa.Call)
	results := func() bool { return call != nil && s.results(call, v) }
	if to, from, ok := s.engine.copiesBytes(c); ok {
		switch {
		case to == v:
			return !isOwn(memory(v)) && s.tells(use, v) // overwritten
		case from == v && isOwn(memory(to)):
			return s.follow(memory(to)) || results()
		case from == v && !s.engine.foreign(to):
			return results()
		}
		return s.tells(use, v) || results()
	}
	if b, ok := c.Value.(*ssa.Builtin); ok {
		switch b.Name() {
		case "len", "cap", "print", "println":
			return false
		case "append":
			return results()
		}
		return s.tells(use, v)
	}
	if s.tells(use, v) {
		return true
	}
	callee := calleeOf(c)
	switch kinds := s.engine.packageKinds(callee); {
	case kinds&(library.Digests|library.Prints) != 0, kinds&library.Codec != 0 && !strings.HasPrefix(callee.Name(), "New"):
		return false // none of these gives the bytes
	}
	return results()
}

// results follows the results of a call that gets v. An error beside the bytes holds none of them, and neither does
// what the callee has decoded.
func (s *spreader) results(call *ssa.Call, v ssa.Value) bool {
	decoded := s.engine.followed(call.Common(), v, s.engine.trace(v).root)
	result := func(x ssa.Value) bool {
		return !IsError(x.Type()) && (!decoded || isBytes(x.Type()) || isReader(x.Type())) && s.form(x)
	}
	if _, several := call.Type().(*types.Tuple); !several {
		return result(call)
	}
	return slices.ContainsFunc(referrers(call), func(ref ssa.Instruction) bool {
		x, ok := ref.(*ssa.Extract)
		return ok && result(x)
	})
}

// onlyListed reports whether the function has made the collection, and only printers get what is put into it.
func (e *Engine) onlyListed(into ssa.Value) bool {
	into = memory(into)
	if _, list := into.(*ssa.Call); !list && !isOwn(into) {
		return false
	}
	return !e.spread(func(use ssa.Instruction, v ssa.Value) bool {
		call, ok := use.(ssa.CallInstruction)
		if !ok {
			return true
		}
		switch e.effect(calleeOf(call.Common())) {
		case library.Prints, library.Formats, library.MakesError:
			return false
		}
		return true
	}, into)
}

// isNothing reports whether v is nil, or the empty text.
func isNothing(v ssa.Value) bool {
	text, isText := stringOf(v)
	return isZero(v) || isText && text == ""
}
