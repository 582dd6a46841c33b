package typestate

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// act notes that something happens: a failure that is acted upon is not
// dropped, nor is an absent entry.
func (r *run) act(st *state) {
	if st.obj.Lookup == Missing {
		st.obj.Lookup = MissingOK
	}
	if st.obj.live() && !st.obj.Codes.Intersects(r.code().Clean) {
		st.obj.Acted = true
	}
}

// overwrite ends the duty, since the function replaces the value.
func (r *run) overwrite(st *state) {
	r.killed = r.killed || st.obj.live()
	st.kill()
}

func (r *run) inspect(st *state) {
	if !st.obj.live() {
		return
	}
	st.obj.look(Inspected)
	r.recordUse(Inspected, 0)
	if r.asking() {
		r.calleeInspects = true
	} else {
		r.inspectsHere = true
	}
}

// asking reports whether a callee with a loop is being followed. What the callee looks at, the function itself
// doesn't.
func (r *run) asking() bool {
	asked := false
	return slices.ContainsFunc(r.stack[r.home()+1:], func(fn *ssa.Function) bool {
		asked = asked || fn.Parent() == nil
		return asked && len(r.flow.arranged(fn).loops) > 0
	})
}

// assumeEntry notes that there is an entry. By the contract only a success and a partial
// or total failure have any; with other codes the request itself has failed, and in
// a detail that is nil or known to be empty there is none. It reports whether there is a path like that.
func (r *run) assumeEntry(st *state) bool {
	if !st.obj.live() {
		return true
	}
	if !st.obj.knows(someIn) {
		return false
	}
	r.setCodes(&st.obj, st.obj.Codes.Intersect(r.contractValues))
	return !st.obj.Codes.IsEmpty()
}

// assumeEmpty notes whether the detail is empty. It reports whether there is a path
// like that.
func (r *run) assumeEmpty(st *state, empty bool) bool {
	if empty {
		st.obj.look(Empty)
		return true
	}
	return r.assumeEntry(st)
}

// touch notes that the detail is looked at.
func (r *run) touch(st *state) {
	if st.obj.live() {
		st.obj.look(Touched)
		r.recordUse(Touched, 0)
	}
}

func (r *run) handOnDetail(st *state) {
	st.obj.Handed |= HandedDetail
	if st.obj.live() {
		r.recordUse(Unseen, HandedDetail)
	}
}

// recordUse remembers where the detail is looked at: a loop around that place counts as a look, however often it runs.
func (r *run) recordUse(l Look, h Handed) {
	for _, b := range r.at {
		r.usesByBlock[b] = r.usesByBlock[b].or(dealing{l, h})
	}
}

// handOn notes that x leaves for somewhere the engine does not follow.
func (r *run) handOn(st *state, x value, pos token.Pos) {
	switch x := x.(type) {
	case member:
		if r.roles.signalled {
			r.handOnSignal(st, x)
			return
		}
		if holds(x.path, r.roles.code) || x.path == r.roles.desc {
			st.obj.Handed |= HandedCode
		}
		if holds(x.path, r.roles.detail) || holds(r.roles.detail, x.path) {
			r.handOnDetail(st)
		}
		if x.path == r.roles.task && !st.obj.TaskLeft {
			st.obj.TaskLeft, st.obj.Task = true, pos
		}
	case derived:
		r.handOnDerived(st, x)
	case entry:
		if x.lost {
			return
		}
		if r.entryCode(x) {
			r.inspect(st)
		} else {
			r.touch(st)
		}
	case iterator:
		r.handOnDetail(st)
	case inSet, isNamed:
		st.obj.Handed |= HandedCode
	case pointer:
		if !st.escaped(x.block) { // whoever has it may read and write the variable from now on
			st.mem.set(cell{x.block, escape}, isTrue)
			r.handOnBelow(st, x, pos)
		}
	case box:
		r.handOnBelow(st, x, pos)
	case collected:
		if x.made != nil {
			st.forgetSize(x.made) // whoever has a map may change it
		}
	case function:
		if c, ok := x.of.(*ssa.MakeClosure); ok {
			for i := range c.Bindings {
				r.handOn(st, st.bound(c, i), pos)
			}
		}
	}
}

func (r *run) handOnBelow(st *state, x value, pos token.Pos) {
	for _, v := range st.below(x) {
		r.handOn(st, v, pos)
	}
}

// handOnDerived hands on a value that comes from the response.
func (r *run) handOnDerived(st *state, x derived) {
	switch x {
	case rawBytes, verdict: // the bytes hold the whole response; whoever asks which error it is may know what failed
		st.obj.Handed = handedAll
	case codeText, opaque:
		st.obj.Handed |= HandedCode
	case number, told, succeeded:
		r.consulted(st)
	case originError:
		r.narrowDelivered(st) // whoever gets the error deals with it
		if r.roles.signalled && st.obj.live() {
			st.obj.OriginError = max(st.obj.OriginError, errorKept)
		}
	case entryCount:
		r.touch(st)
	}
}

// put notes that x is put into a collection. A task ID has not left if the function has made the collection and only
// prints it.
func (r *run) put(st *state, x value, into ssa.Value, pos token.Pos) {
	all := []value{x}
	if is[pointer](x) {
		all = st.below(x)
	}
	for _, v := range all {
		r.putItem(st, v)
	}
	if !slices.ContainsFunc(all, r.isTask) || !r.engine.onlyListed(into) {
		r.handOn(st, x, pos)
		return
	}
	for _, v := range all {
		if !r.isTask(v) {
			r.handOn(st, v, pos)
		}
	}
}

// below gives what the variable of a pointer or a box holds at and below its path, in a
// deterministic order.
func (st *state) below(x value) []value {
	c, ok := cellOf(x)
	if !ok {
		return nil
	}
	if v := st.load(c.block, c.path); v != nil && !is[box](v) {
		return append(st.arenas.values.take(1), v)
	}
	return st.cells(c.block, c.path)
}

// print notes that x is formatted or logged. In package main, where a person
// reads the output, that inspects.
func (r *run) print(st *state, x value) {
	switch x := x.(type) {
	case member:
		if r.roles.signalled {
			r.printSignal(st, x)
			return
		}
		if holds(x.path, r.roles.detail) || holds(r.roles.detail, x.path) {
			r.touch(st)
			if r.inMain() {
				r.inspect(st)
			}
		}
	case entry:
		if x.lost {
			return
		}
		r.touch(st)
		if r.entryCode(x) && r.inMain() {
			r.inspect(st)
		}
	case iterator:
		r.touch(st)
	case derived:
		switch x {
		case entryCount, rawBytes:
			r.touch(st)
		case number, told:
			r.printSignal(st, member{r.roles.code})
		}
	case pointer, box:
		for _, v := range st.below(x) {
			if !is[pointer](v) {
				r.print(st, v)
			}
		}
	case function: // whoever gets a literal calls it
		r.handOn(st, x, token.NoPos)
	}
}
