package typestate

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/library"
)

// A function may make a list of its own of the failures, with one element for each of them, and give that to its caller:
//
//	var failed []string
//	for _, f := range out.Failed {
//		failed = append(failed, *f.Id)
//	}
//	return failed, nil
//
// This list is as good as the failures. So the loop consults nothing, and the function hands the failures on: its callers
// have the duty. That is said only of a loop that does nothing else, and only where each return after it gives the list,
// or an error.

// A failureList is such a list.
type failureList struct {
	list *ssa.Phi
	add  *ssa.Call // of append
	from ssa.Value // the failures
}

// failureListOf gives the list that the loop makes of what it goes over, nil if it does anything else.
func (r *run) failureListOf(l *loop) *failureList {
	if l == nil || !r.roles.signalled || r.roles.reading != contract.Length {
		return nil
	}
	from := goesOver(l)
	if from == nil || len(l.header.Preds) != 2 {
		return nil
	}
	for _, instr := range l.header.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			return nil
		}
		if add := appendsTo(l, phi); add != nil && r.engine.onlyLists(l, phi, add) && r.engine.givesList(l, phi) {
			return &failureList{phi, add, from}
		}
	}
	return nil
}

// makesList gives the list that the innermost loop around the block makes of the member, nil if there is none.
func (r *run) makesList(b *ssa.BasicBlock, x member) *failureList {
	if x.path != r.roles.code {
		return nil
	}
	return r.failureListOf(r.flow.loopOf(b))
}

// ofFailures gives the value of a list that a loop makes of the failures: it is as good as they are. It is nil for any other
// phi.
func (r *run) ofFailures(st *state, phi *ssa.Phi) value {
	l := r.flow.loopOf(phi.Block())
	if l == nil || l.header != phi.Block() || !st.obj.live() {
		return nil
	}
	if made := r.failureListOf(l); made != nil && made.list == phi && r.eval(st, made.from) == value(member{r.roles.code}) {
		return member{r.roles.code}
	}
	return nil
}

// goesOver gives the list or map that the loop ranges over, nil if it isn't known.
func goesOver(l *loop) ssa.Value {
	for _, instr := range l.header.Instrs {
		switch instr := instr.(type) {
		case *ssa.Next:
			if over, ok := instr.Iter.(*ssa.Range); ok {
				return over.X
			}
		case *ssa.BinOp:
			length, ok := instr.Y.(*ssa.Call)
			if !ok || instr.Op != token.LSS || !loopsOver(l.header) || l.has(length.Block()) {
				continue
			}
			if b, ok := length.Call.Value.(*ssa.Builtin); ok && b.Name() == "len" {
				return length.Call.Args[0]
			}
		}
	}
	return nil
}

// appendsTo gives the call of append that adds one element to the list in each iteration, and nothing was in it before.
func appendsTo(l *loop, list *ssa.Phi) *ssa.Call {
	var add *ssa.Call
	for i, v := range list.Edges {
		if !l.has(l.header.Preds[i]) {
			if !hasNone(v) {
				return nil
			}
			continue
		}
		call, ok := v.(*ssa.Call)
		if !ok {
			return nil
		}
		if b, ok := call.Call.Value.(*ssa.Builtin); !ok || b.Name() != "append" || call.Call.Args[0] != ssa.Value(list) || !hasOne(call.Call.Args[1]) {
			return nil
		}
		add = call
	}
	return add
}

// onlyLists reports whether the loop does nothing but add to the list, and is left only at its end. If it computes anything
// else, such as a count of the failures, the caller may get to know that instead:
//
//	for _, f := range out.Failed {
//		failed = append(failed, *f.Id)
//		err = errFailed
//	}
//	return failed, err
func (e *Engine) onlyLists(l *loop, list *ssa.Phi, add *ssa.Call) bool {
	inLoop := func(use ssa.Instruction) bool { return l.has(use.Block()) && use != ssa.Instruction(add) }
	outside := func(use ssa.Instruction) bool { return !l.has(use.Block()) }
	for _, b := range l.header.Parent().Blocks {
		if !l.has(b) {
			continue
		}
		if b != l.header && slices.ContainsFunc(b.Succs, func(s *ssa.BasicBlock) bool { return !l.has(s) }) {
			return false
		}
		for _, instr := range b.Instrs {
			if call, ok := instr.(*ssa.Call); ok && call != add && !e.makesItem(call) {
				return false
			}
			switch instr := instr.(type) {
			case *ssa.Defer, *ssa.Go, *ssa.Send, *ssa.MapUpdate:
				return false
			case *ssa.Store:
				if !l.makes(instr.Addr) {
					return false
				}
			}
			if v, ok := instr.(ssa.Value); ok && v != ssa.Value(list) && slices.ContainsFunc(referrers(v), outside) {
				return false
			}
		}
	}
	return !slices.ContainsFunc(referrers(list), inLoop) && len(referrers(add)) == 1
}

// makes reports whether an address is in memory that the loop makes anew in each iteration.
func (l *loop) makes(addr ssa.Value) bool {
	switch at := addr.(type) {
	case *ssa.FieldAddr:
		return l.makes(at.X)
	case *ssa.IndexAddr:
		return l.makes(at.X)
	case *ssa.Alloc:
		return l.has(at.Block())
	}
	return false
}

// makesItem reports whether a call gives what an element of the list is made of, and does nothing else.
func (e *Engine) makesItem(call *ssa.Call) bool {
	switch e.effect(calleeOf(call.Common())) {
	case library.Dereferences, library.Formats, library.MakesError:
		return true
	}
	return false
}

// givesList reports whether each return after the loop gives the list, or an error, and nobody else gets the list.
func (e *Engine) givesList(l *loop, list *ssa.Phi) bool {
	at := -1
	for _, use := range referrers(list) {
		switch use := use.(type) {
		case *ssa.Return:
			at = slices.Index(use.Results, ssa.Value(list))
		case *ssa.DebugRef:
		case *ssa.Call:
			if b, ok := use.Call.Value.(*ssa.Builtin); !ok || b.Name() != "len" && b.Name() != "append" {
				return false
			}
		default:
			return false
		}
	}
	if at < 0 {
		return false
	}
	for _, b := range l.header.Parent().Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || !l.after.has(b.Index) || ret.Results[at] == ssa.Value(list) {
			continue
		}
		if last := returned(ret, len(ret.Results)-1); !IsError(last.Type()) || !e.neverNil(last) && !foundNonNil(last, b) {
			return false
		}
	}
	return true
}
