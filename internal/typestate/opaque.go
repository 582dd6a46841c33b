package typestate

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/gotype"
)

// Opaque tests. A branch may depend on the code in a way that the engine can't
// evaluate:
//
//	if refused(r.Code) {      // nobody knows which codes that is true for
//		return r.collect()
//	}
//	if r.Code != 0 {          // nor which ones come here
//		return errFailed
//	}
//
// Somebody has thought about the code there, and the engine can't say that it was done wrongly. So from the branch to
// the block where both of its sides meet again nothing is claimed of the value: that is an opaque region. After it the
// code set from before the test holds, since the test has narrowed nothing.

// evaluates reports whether x tells something of the code: what is computed from
// it does so too.
func (r *run) evaluates(x value) bool {
	if r.roles.signalled {
		return false // whoever computes with a signal has consulted it
	}
	switch x := x.(type) {
	case member:
		return x.path == r.roles.code || x.path == r.roles.desc
	case derived:
		return x == opaque || x == codeText
	case inSet, isNamed:
		return true
	}
	return false
}

// opaqueOf gives the value of an operation that the engine doesn't evaluate. If no operand tells anything of the code,
// all of them are handed on.
func (r *run) opaqueOf(st *state, instr ssa.Instruction, xs ...value) value {
	var out value
	for _, x := range xs {
		if st.obj.live() && r.evaluates(x) {
			st.obj.computed = true
			out = opaque
		} else if x == noted {
			if out == nil {
				out = noted
			}
		} else {
			r.handOn(st, x, instr.Pos())
		}
	}
	return out
}

// An opaqueRegion is what lies between an opaque test and the block where its sides meet.
type opaqueRegion struct {
	branch      *ssa.BasicBlock // which ends in the test
	rejoinBlock *ssa.BasicBlock // where its sides meet, nil if they don't in this function
	discharged  dealing         // what was done on some path between the two
	acted       bool            // likewise: there was an act, success being excluded

	blocks map[*ssa.BasicBlock]bool // between the two, with the one where they meet
	stored []cell                   // what is assigned to there
}

// test begins an opaque region after the block, unless the state is in one already: the outermost counts.
func (r *run) test(st *state, b *ssa.BasicBlock) {
	o := &st.obj
	if !o.live() || o.region != nil {
		return
	}
	o.Judged = max(o.Judged, tested)
	o.computed, o.TaskLeft = false, false
	o.region = r.regionOf(b)
}

// regionOf gives the opaque region that begins at the end of the block.
func (r *run) regionOf(b *ssa.BasicBlock) *opaqueRegion {
	a := r.regions[b]
	if a == nil {
		if r.regions == nil {
			r.regions = make(map[*ssa.BasicBlock]*opaqueRegion)
		}
		a = &opaqueRegion{branch: b, rejoinBlock: r.rejoinBlockOf(b)}
		r.regions[b] = a
		if a.rejoinBlock != nil {
			r.survey(a)
		}
	}
	return a
}

// survey finds out what lies in an opaque region.
func (r *run) survey(a *opaqueRegion) {
	a.blocks = map[*ssa.BasicBlock]bool{a.rejoinBlock: true}
	r.flow.of(a.branch.Parent()).walk(func(b *ssa.BasicBlock) []*ssa.BasicBlock {
		if a.blocks[b] {
			return nil
		}
		a.blocks[b] = true
		return b.Succs
	}, a.branch.Succs...)
}

// testingLoops finds the loops whose bodies have opaque tests. Such a loop counts as a test at its header, even if its
// body never runs: the code may decide whether it runs.
//
//	for _, c := range known {
//		if r.Code == c {
//			return r.collect()
//		}
//	}
func (r *run) testingLoops() {
	clear(r.tests)
	for b := range r.regions {
		for _, l := range r.flow.arranged(b.Parent()).loops {
			if l.has(b) && !l.has(r.org.block()) { // else the value is a new one in each iteration
				if r.tests == nil {
					r.tests = make(map[*ssa.BasicBlock]bool)
				}
				r.tests[l.header] = true
			}
		}
	}
}

// rejoinBlockOf gives the block where the sides of a branch meet again. A path that begins the next iteration of the
// origin's loop doesn't count: that iteration has another value.
func (r *run) rejoinBlockOf(b *ssa.BasicBlock) *ssa.BasicBlock {
	p := r.post[b.Parent()]
	if p == nil {
		if r.post == nil {
			r.post = make(map[*ssa.Function]*postdoms)
		}
		var stop *ssa.BasicBlock
		if at := r.org.block(); at != nil && at.Parent() == b.Parent() {
			stop = at
		}
		p = postDominators(b.Parent(), stop)
		r.post[b.Parent()] = p
	}
	return p.of(b)
}

// rejoin ends the opaque region where the sides of its branch meet. If one side has inspected or handed on the
// detail, it may have done so for every code that needs it. So this counts on the other side too:
//
//	if hasDetail[r.Code] {
//		collect(r.Detail)
//	}
//
// The first pass learns it, the second applies it.
func (r *run) rejoin(st *state, to *ssa.BasicBlock) {
	o := &st.obj
	a := o.region
	if a == nil || a.rejoinBlock != to {
		return
	}
	o.region = nil
	r.makeSidesOpaque(st, a)
	a.discharged = a.discharged.or(o.discharged())
	a.acted = a.acted || o.Acted
	if r.second {
		o.see(a.discharged)
		o.Acted = o.Acted || a.acted
	}
}

// makeSidesOpaque makes what was assigned on one side of the test as opaque as the test:
//
//	if hasDetail[r.Code] {
//		partial = true
//	}
func (r *run) makeSidesOpaque(st *state, a *opaqueRegion) {
	for _, instr := range a.rejoinBlock.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		st.set(phi, madeOpaque(r.eval(st, phi)))
	}
	st.env.change(func(v ssa.Value, x value) value {
		if b := defBlock(v); b != a.rejoinBlock && a.blocks[b] { // of a loop
			return madeOpaque(x)
		}
		return x
	})
	st.makeStoredOpaque(a)
}

// makeStoredOpaque does the same with what was assigned to variables.
func (st *state) makeStoredOpaque(a *opaqueRegion) {
	for _, c := range a.stored {
		if x := st.load(c.block, c.path); !is[box](x) {
			st.store(c.block, c.path, madeOpaque(x))
		}
	}
}

// assigned notes an assignment to a variable in an opaque region.
func (st *state) assigned(to pointer) {
	if a, c := st.obj.region, cell(to); a != nil && !slices.Contains(a.stored, c) {
		a.stored = append(a.stored, c)
	}
}

// regionsDischarge reports whether another pass is to apply what was done in opaque regions.
func (r *run) regionsDischarge() bool {
	for _, a := range r.regions {
		if len(a.stored) > 0 || a.rejoinBlock != nil && (a.discharged != dealing{} || a.acted) {
			return true
		}
	}
	return false
}

// leaveRegion ends the opaque region of a literal that returns: the caller sees the test through the results alone. It
// reports whether there was a region. It leaves the body of a range over a function alone: that region goes on after
// the loop.
func (st *state) leaveRegion(fn *ssa.Function) bool {
	a := st.obj.region
	if a == nil || a.branch.Parent() != fn || isYield(fn) {
		return false
	}
	st.obj.region = nil
	st.makeStoredOpaque(a)
	return true
}

// madeOpaque gives the value of what an opaque test may have decided.
func madeOpaque(x value) value {
	switch x.(type) {
	case nil, nullness, truthValue, constVal, sign:
		return opaque
	}
	if hasSome(x) || x == verdict {
		return opaque
	}
	return x
}

// silenceEnd silences an end that lies in an opaque region, or whose code was judged by opaque tests alone. A value
// that was computed from the code, and has decided nothing, counts as handed on.
func (st *state) silenceEnd() {
	o := &st.obj
	if o.live() && o.computed {
		o.Handed |= HandedCode
	}
	if st.silenced() {
		o.Handed = handedAll
	}
}

// silenced reports whether nothing is claimed of the value at the end of this path.
func (st *state) silenced() bool {
	return st.obj.live() && (st.obj.region != nil || st.obj.Judged == tested)
}

// pointsToCode reports whether the i'th operand of a call is a pointer by which the callee
// can write the code.
func (r *run) pointsToCode(x value, c *ssa.CallCommon, i int) bool {
	if i -= firstArg(c); i < 0 || !r.isOuterCode(x) {
		return false
	}
	return gotype.IsPointer(c.Args[i].Type()) && !gotype.IsPointer(r.org.resp.Code.Type)
}

// vague reports whether a callee computes its results from the code in a way that nobody knows. The caller may test
// the results, but the engine can't tell the codes apart by them.
func (o Outcome) vague(role Role) bool {
	if o.Does&KeepsCode == 0 || role != Code && o.Does&KeepsDetail != 0 {
		return false
	}
	return o.Does&Tests != 0 || o.Signal == NoSignal || o.Signal == Maybe
}
