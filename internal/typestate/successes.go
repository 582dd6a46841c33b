package typestate

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/codeset"
)

// What succeeded tells what failed, to whoever looks for it there:
//
//	for _, p := range out.Parameters {
//		if *p.Name == name { return *p.Value, nil }    // the loop searches
//	}
//	for _, t := range out.Tasks { arns = append(arns, *t.TaskArn) }
//	if len(arns) < n { return errTooFew }                // or counts
//
// A loop that only converts or prints finds out nothing.

// findsOut reports whether a loop over what succeeded finds out what failed: it may be left early, or what it computes
// decides a branch after it.
func (e *Engine) findsOut(l *loop) bool {
	f := finding{loop: l, seen: make(map[ssa.Value]bool)}
	for _, b := range l.header.Parent().Blocks {
		if !l.has(b) {
			continue
		}
		if b != l.header && slices.ContainsFunc(b.Succs, func(s *ssa.BasicBlock) bool { return !l.has(s) && !endsInError(s) }) {
			return true
		}
		for _, instr := range b.Instrs {
			if v, ok := instr.(ssa.Value); ok && f.decides(v) {
				return true
			}
			if s, ok := instr.(*ssa.Store); ok && f.decides(s.Addr) {
				return true
			}
		}
	}
	return false
}

// endsInError reports whether the block returns an error: the loop is left because something else has failed.
func endsInError(b *ssa.BasicBlock) bool {
	ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
	if !ok || len(ret.Results) == 0 {
		return false
	}
	last := returned(ret, len(ret.Results)-1)
	return IsError(last.Type()) && !isZero(last)
}

// A finding follows what a loop computes.
type finding struct {
	loop *loop
	seen map[ssa.Value]bool
}

// decides reports whether a value decides a branch after the loop.
func (f *finding) decides(v ssa.Value) bool {
	if f.seen[v] {
		return false
	}
	f.seen[v] = true
	for _, use := range referrers(v) {
		after := !f.loop.has(use.Block())
		switch use := use.(type) {
		case *ssa.If:
			if after {
				return true
			}
		case *ssa.BinOp:
			if after && codeset.Comparison(use.Op) || !codeset.Comparison(use.Op) && f.decides(use) {
				return true
			}
		case *ssa.Phi, *ssa.Convert, *ssa.ChangeType, *ssa.Slice, *ssa.Extract, *ssa.Lookup:
			if f.decides(use.(ssa.Value)) {
				return true
			}
		case *ssa.UnOp: // a load, or a negation
			if f.decides(use) {
				return true
			}
		case *ssa.Call:
			b, builtin := use.Call.Value.(*ssa.Builtin)
			if after && !builtin || builtin && (b.Name() == "append" || b.Name() == "len") && f.decides(use) {
				return true // a function that gets it may ask
			}
		}
	}
	return false
}
