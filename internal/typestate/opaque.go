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
// Somebody has thought about the code there, and the engine can't say that it was done
// wrongly. So from the branch to the block where both of its sides meet again nothing is
// claimed of the value: that is an opaque region. Behind it the code set from before the test
// holds, since the test has narrowed nothing.

// evaluates reports whether x tells something of the code: what is computed from
// it does so too.
func (r *run) evaluates(x value) bool {
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

// opaqueOf gives what an operation makes of its operands that the engine doesn't
// evaluate. If none of them tells anything of the code, they are handed on.
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

// An area is an opaque region.
type area struct {
	branch *ssa.BasicBlock // which ends in the test
	meet   *ssa.BasicBlock // where its sides meet, nil if they don't in this function
	paid   dealing         // what was done on some path between the two
	acted  bool            // likewise: there was an act, success being excluded

	blocks map[*ssa.BasicBlock]bool // between the two, with the one where they meet
	stored []cell                   // what is assigned to there
}

// test begins an opaque region behind the block, unless the state is in one: the outermost counts.
func (r *run) test(st *state, b *ssa.BasicBlock) {
	o := &st.obj
	if !o.live() || o.area != nil {
		return
	}
	o.Judged = max(o.Judged, tested)
	o.computed, o.TaskLeft = false, false
	o.area = r.areaOf(b)
}

// areaOf gives the opaque region that begins at the end of the block.
func (r *run) areaOf(b *ssa.BasicBlock) *area {
	a := r.areas[b]
	if a == nil {
		if r.areas == nil {
			r.areas = make(map[*ssa.BasicBlock]*area)
		}
		a = &area{branch: b, meet: r.meetOf(b)}
		r.areas[b] = a
		if a.meet != nil {
			r.survey(a)
		}
	}
	return a
}

// survey finds out what lies in an opaque region.
func (r *run) survey(a *area) {
	a.blocks = map[*ssa.BasicBlock]bool{a.meet: true}
	r.flow.of(a.branch.Parent()).walk(func(b *ssa.BasicBlock) []*ssa.BasicBlock {
		if a.blocks[b] {
			return nil
		}
		a.blocks[b] = true
		return b.Succs
	}, a.branch.Succs...)
}

// testingLoops finds the loops whose bodies have opaque tests. Such a loop counts as a test at its header, even if its body never runs: the code may decide whether it does.
//
//	for _, c := range known {
//		if r.Code == c {
//			return r.collect()
//		}
//	}
func (r *run) testingLoops() {
	clear(r.tests)
	for b := range r.areas {
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

// meetOf gives the block where the sides of a branch meet again. They don't by the
// next iteration of the loop in which the value has its origin: that iteration has another value.
func (r *run) meetOf(b *ssa.BasicBlock) *ssa.BasicBlock {
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
	a := o.area
	if a == nil || a.meet != to {
		return
	}
	o.area = nil
	r.concealSides(st, a)
	a.paid = a.paid.or(o.paid())
	a.acted = a.acted || o.Acted
	if r.second {
		o.see(a.paid)
		o.Acted = o.Acted || a.acted
	}
}

// concealSides makes what was assigned on one side of the test as opaque as the test:
//
//	if hasDetail[r.Code] {
//		partial = true
//	}
func (r *run) concealSides(st *state, a *area) {
	for _, instr := range a.meet.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		st.set(phi, concealed(r.eval(st, phi)))
	}
	st.env.change(func(v ssa.Value, x value) value {
		if b := defBlock(v); b != a.meet && a.blocks[b] { // of a loop
			return concealed(x)
		}
		return x
	})
	st.concealStored(a)
}

// concealStored does the same with what was assigned to variables.
func (st *state) concealStored(a *area) {
	for _, c := range a.stored {
		if x := st.load(c.block, c.path); !is[box](x) {
			st.store(c.block, c.path, concealed(x))
		}
	}
}

// assigned notes an assignment to a variable in an opaque region.
func (st *state) assigned(to pointer) {
	if a, c := st.obj.area, cell(to); a != nil && !slices.Contains(a.stored, c) {
		a.stored = append(a.stored, c)
	}
}

// unpaid reports whether another pass is to apply what was done in opaque regions.
func (r *run) unpaid() bool {
	for _, a := range r.areas {
		if len(a.stored) > 0 || a.meet != nil && (a.paid != dealing{} || a.acted) {
			return true
		}
	}
	return false
}

// conceal ends the opaque region of a literal that returns: the caller sees the test through the results alone. It
// reports whether there was a region. It leaves the body of a range over a function alone: that region goes on behind
// the loop.
func (st *state) conceal(fn *ssa.Function) bool {
	a := st.obj.area
	if a == nil || a.branch.Parent() != fn || isYield(fn) {
		return false
	}
	st.obj.area = nil
	st.concealStored(a)
	return true
}

// concealed gives the value of what an opaque test may have decided.
func concealed(x value) value {
	switch x.(type) {
	case nil, nullness, truthValue, constVal, sign:
		return opaque
	}
	if hasSome(x) || x == verdict {
		return opaque
	}
	return x
}

// claimless silences an end that lies in an opaque region, or whose code was judged by opaque tests alone. What was
// computed from the code and has decided nothing was handed on.
func (st *state) claimless() {
	o := &st.obj
	if o.live() && o.computed {
		o.Handed |= HandedCode
	}
	if st.unclaimed() {
		o.Handed = handedAll
	}
}

// unclaimed reports whether nothing is claimed of the value at the end of this path.
func (st *state) unclaimed() bool {
	return st.obj.live() && (st.obj.area != nil || st.obj.Judged == tested)
}

// pointsToCode reports whether the i'th operand of a call is a pointer by which the callee
// can write the code.
func (r *run) pointsToCode(x value, c *ssa.CallCommon, i int) bool {
	if i -= firstArg(c); i < 0 || !r.isOuterCode(x) {
		return false
	}
	return gotype.IsPointer(c.Args[i].Type()) && !gotype.IsPointer(r.org.resp.Code.Type)
}

// vague reports whether a callee has computed from the code what it gives, so that the
// caller can't tell the codes apart by it, but may well ask.
func (o Outcome) vague(role Role) bool {
	if o.Does&KeepsCode == 0 || role != Code && o.Does&KeepsDetail != 0 {
		return false
	}
	return o.Does&Tests != 0 || o.Signal == NoSignal || o.Signal == Maybe
}
