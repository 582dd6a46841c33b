package typestate

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/recognize"
)

// What succeeded is no signal: see signals.go. But it tells what failed, to whoever asks for it.

// isComplement reports whether the member at the path is what succeeded.
func (r *run) isComplement(path string) bool { return slices.Contains(r.roles.complement, path) }

// countsSuccesses reports whether x is a member that is the number of items that succeeded.
func (r *run) countsSuccesses(x value) bool {
	m, ok := x.(member)
	return ok && r.isComplement(m.path)
}

// inComplement reports whether the member at the path is what succeeded, or in it.
func (r *run) inComplement(path string) bool {
	return slices.ContainsFunc(r.roles.complement, func(s string) bool { return holds(s, path) })
}

// isOneOf reports whether the member at the path is an element of what succeeded.
func (r *run) isOneOf(path string) bool {
	return slices.ContainsFunc(r.roles.complement, func(s string) bool { return path == appendField(s, recognize.ElementStep) })
}

// lenient reports whether whoever has what succeeded may find out what failed. With -strict, somebody has to ask for its
// length.
func (r *run) lenient() bool { return !r.cfg.Strict }

// sums reports whether something has been computed from how many items succeeded, and lasts longer than the response. What
// becomes of it shows in the last iteration:
//
//	for … { out, err := client.DeleteObjects(ctx, in); …; deleted += len(out.Deleted) }
//	return deleted, nil
func (st *state) sums() bool {
	return slices.ContainsFunc(st.env.entries, func(e binding[ssa.Value]) bool { return e.val == succeeded }) ||
		slices.ContainsFunc(st.mem.entries, func(e binding[cell]) bool { return e.val == succeeded })
}

// follows reports whether a load follows a pointer that was loaded before.
func follows(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	_, ok = load.X.(*ssa.UnOp)
	return ok
}

// loopOver notes that a loop goes over what succeeded, and may find out what failed.
func (r *run) loopOver(st *state, x member, at ssa.Instruction) {
	if !r.isComplement(x.path) || !r.lenient() {
		return
	}
	b := at.Block()
	if _, ok := at.(*ssa.Range); ok && len(b.Succs) == 1 {
		b = b.Succs[0]
	}
	if l := r.flow.loopOf(b); l != nil && r.engine.findsOut(l) {
		r.consulted(st)
	}
}

// putItem notes that a list gets a member of an element. What only an item has that succeeded is missing in the list for
// the others:
//
//	for i, e := range out.Entries { ids[i] = e.EventId }
//	return ids, nil
func (r *run) putItem(st *state, x value) {
	m, ok := x.(member)
	if !ok || !r.roles.signalled || !r.isComplement(m.path) || !inElement(m.path) || !r.lenient() {
		return
	}
	if l := r.flow.loopOf(r.at[len(r.at)-1]); l != nil && r.engine.findsOut(l) {
		r.consultedBy(st, m)
	}
}

// handOnKey hands on the key of an element that is put into a map, or taken out of one. The names of the items that
// succeeded say which ones failed:
//
//	for _, e := range out.Successful {
//		done[*e.Id] = true
//	}
func (r *run) handOnKey(st *state, key value, pos token.Pos) {
	if m, ok := key.(member); ok && r.roles.signalled && r.inComplement(m.path) || key == ofSuccess {
		r.consulted(st)
	}
	r.handOn(st, key, pos)
}
