package typestate

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/gotype"
)

// A path may record in variables what it has seen of the code, for others to read.

// carry looks at the variables that leave an entry's iteration. A comparison is handed on, since it decides something
// in another iteration, or after the loop. An error says that the loop has failed already, in this iteration or in one
// before:
//
//	for _, e := range r.Detail {
//		if e.Code == known || err != nil {
//			continue // whatever this entry's code is
//		}
func (r *run) carry(st *state, from, to *ssa.BasicBlock) (signal Signal) {
	i := slices.Index(to.Preds, from)
	signal = r.failing(st, nil)
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		switch x := r.eval(st, phi.Edges[i]); {
		case is[inSet](x), is[isNamed](x), x == opaque:
			st.obj.Handed |= HandedCode
		case x == nonNil, x == verdict:
			if IsError(phi.Type()) && r.givesError() {
				signal = Failure
			}
		}
	}
	return signal
}

// failing gives Failure if a variable that some function literal captures, or that has a cell for another reason, has
// an error that the function may return. Variables of the function but don't count.
func (r *run) failing(st *state, but *ssa.Function) Signal {
	if !r.givesError() {
		return NoSignal
	}
	for _, e := range st.mem.entries {
		a, ok := e.key.block.(*ssa.Alloc)
		if ok && a.Parent() != but && e.key.path == "" && (e.val == nonNil || e.val == verdict) && IsError(gotype.Deref(a.Type())) {
			return Failure
		}
	}
	return NoSignal
}

// givesError reports whether the function has an error result.
func (r *run) givesError() bool { return r.cfg.errorAt(r.fn.Signature.Results()) >= 0 }

// assigns reports whether the phi's i'th edge stands for an assignment made
// since success was excluded, rather than for a variable left as it was.
func (r *run) assigns(st *state, phi *ssa.Phi, i int) bool {
	b := phi.Block()
	if len(*phi.Referrers()) == 0 || counts(phi) || onlyConditions(st.obj.excludeBlock, b.Preds[i]) || passesBy(st.obj.excludeBlock, b.Preds[i], phi.Edges[i]) {
		return false
	}
	x := r.eval(st, phi.Edges[i])
	zero := zeroOf(phi.Type())
	for j, e := range phi.Edges {
		if e == phi.Edges[i] || e == phi {
			continue
		}
		back := b.Dominates(b.Preds[j])
		if c, ok := e.(*ssa.Const); ok && !back && x != nil && constantOf(c) == x {
			continue
		}
		if back && !b.Dominates(b.Preds[i]) {
			continue // entering a loop assigns nothing
		}
		if _, ok := e.(*ssa.Const); !ok && x != nil && x == zero {
			continue // as it was declared
		}
		return true
	}
	return false
}

// passesBy reports whether an edge from the block skips the assignment to the variable. Then the variable still has
// the value v from before the branch at the end of excl.
func passesBy(excl, block *ssa.BasicBlock, v ssa.Value) bool {
	if _, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If); !ok || excl == nil {
		return false
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		return true
	case ssa.Instruction:
		return v.Parent() == excl.Parent() && v.Block().Dominates(excl)
	}
	return false
}

// recorded reports whether the success branch writes something that is read after the loop that the path has left: a
// function that counts the successes knows of the failures. The loop's counter is none of these, since it counts
// failures, too. Neither is a variable that lives on the success branch alone.
func (r *run) recorded(st *state) bool {
	ok, excl := st.obj.successBlock, st.obj.excludeBlock
	if ok == nil || excl == nil || len(ok.Preds) != 1 || ok.Parent() != excl.Parent() {
		return false
	}
	l := r.flow.loopOf(excl)
	if l == nil || l.has(r.at[r.home()]) && r.at[r.home()] != excl {
		return false
	}
	back := rejoins(ok) // if it doesn't, what it assigns is read nowhere else
	for _, b := range ok.Parent().Blocks {
		for i, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Phi:
				if !back || ok.Dominates(b) || counts(instr) {
					continue
				}
				for k, e := range instr.Edges {
					if ok.Dominates(b.Preds[k]) && len(*instr.Referrers()) > 0 && !IsError(instr.Type()) && !slices.Contains(instr.Edges[:k], e) && defined(e, ok) {
						return true
					}
				}
			case *ssa.Store:
				if local, is := variable(instr.Addr).(*ssa.Alloc); ok.Dominates(b) && !(is && ok.Dominates(local.Block())) {
					return true
				}
			case *ssa.MapUpdate:
				if ok.Dominates(b) {
					return true
				}
			case *ssa.Call:
				if f, builtin := b.Instrs[i].(*ssa.Call).Call.Value.(*ssa.Builtin); builtin && ok.Dominates(b) && (f.Name() == "delete" || back && f.Name() == "append") {
					return true
				}
			}
		}
	}
	return false
}

// variable gives the variable that the address leads into.
func variable(addr ssa.Value) ssa.Value {
	for {
		switch a := addr.(type) {
		case *ssa.FieldAddr:
			addr = a.X
		case *ssa.IndexAddr:
			addr = a.X
		default:
			return addr
		}
	}
}

// rejoins reports whether control leaves the blocks that b dominates, and goes on.
func rejoins(b *ssa.BasicBlock) bool {
	for _, in := range b.Parent().Blocks {
		if b.Dominates(in) && slices.ContainsFunc(in.Succs, func(to *ssa.BasicBlock) bool { return !b.Dominates(to) }) {
			return true
		}
	}
	return false
}

// defined reports whether the value is a constant, or is computed in a block that
// b dominates.
func defined(v ssa.Value, b *ssa.BasicBlock) bool {
	switch v := v.(type) {
	case *ssa.Const:
		return true
	case ssa.Instruction:
		return b.Dominates(v.Block())
	}
	return false
}

// counts reports whether the phi is the counter of a loop.
func counts(phi *ssa.Phi) bool {
	if isCounter(phi) { // which is compared where an iteration ends
		return true
	}
	b := phi.Block()
	branch, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	next, ok := cond.X.(*ssa.BinOp) // of a range, which counts first
	return cond.X == phi || ok && next.X == phi
}

// onlyConditions reports whether there is nothing but conditions between the
// branch at the end of one block and the end of another.
func onlyConditions(from, to *ssa.BasicBlock) bool {
	for range maxConditions {
		if to == from {
			return true
		}
		if !isCondition(to) || len(to.Preds) != 1 {
			return false
		}
		to = to.Preds[0]
	}
	return false
}
