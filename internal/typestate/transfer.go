package typestate

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/library"
)

// A transfer is a call of a function without a body at hand: one method for each effect that package library knows,
// and one for everything else. Each changes the state, and gives one value for all results, if there is one.
type transfer struct {
	*run
	st   *state
	c    *ssa.CallCommon
	call *ssa.Call // nil where the call is deferred or started
	args []value   // the receiver of an interface's method is the first
}

// transfer simulates what a call of a function without a body at hand does to its arguments, and gives one value for
// all of its results, if there is one.
func (r *run) transfer(st *state, c *ssa.CallCommon, call *ssa.Call) value {
	var few [8]value
	args := few[:0]
	if c.IsInvoke() {
		args = append(args, r.eval(st, c.Value))
	}
	for _, a := range c.Args {
		if k, ok := a.(*ssa.Const); ok && k.Value != nil {
			args = append(args, nil) // which one it is makes no difference
			continue
		}
		args = append(args, r.withBytesFor(st, c, a))
	}
	t := transfer{r, st, c, call, args}
	switch r.engine.effectOf(c) {
	case library.Prints:
		return t.prints()
	case library.Formats:
		return t.formats()
	case library.MakesError:
		return t.makesError()
	case library.Iterates:
		return t.iterates(iterator{})
	case library.IteratesKeys:
		return t.iterates(nil)
	case library.JoinsErrors:
		return r.joined(st, c)
	case library.TestsError:
		return t.testsError()
	case library.WrapsNil:
		return t.wrapsNil()
	case library.Encodes:
		return t.encodes()
	case library.EncodesTo:
		return t.encodesTo()
	case library.Decodes:
		r.decode(st, c, args)
		return nil
	case library.Dereferences:
		if m, ok := args[0].(member); ok && r.roles.signalled && call != nil {
			return r.read(st, m, call)
		}
		return t.unknown()
	case library.ConvertsNumber:
		if x := args[0]; t.isCode(x) {
			return x // the number, or its text, is the code
		}
	}
	if callee := calleeOf(c); callee != nil && r.engine.printerWrapper(callee) {
		t.print(args)
		return nil
	}
	return t.unknown()
}

func (t *transfer) print(args []value) {
	for _, a := range args {
		t.run.print(t.st, a)
	}
}

func (t *transfer) handOn(args []value) {
	for _, a := range args {
		t.run.handOn(t.st, a, t.c.Pos())
	}
}

func (t *transfer) prints() value {
	if t.roles.signalled && t.engine.printsForOthers(t.c) {
		t.handOn(t.args)
		return nil
	}
	t.print(t.args)
	if t.engine.is(library.FailsTest, calleeOf(t.c)) {
		t.st.kill() // a failing test is loud
	}
	return nil
}

func (t *transfer) formats() value {
	t.print(t.args)
	return t.formatted(t.st, t.args)
}

// makesError prints what goes into the text of an error, and hands on what the error wraps.
func (t *transfer) makesError() value {
	if !wrapsError(t.c) {
		t.print(t.args)
		return nonNil
	}
	for _, v := range variadic(t.c) {
		if x := t.eval(t.st, v); IsError(stripInterface(v).Type()) && x != verdict {
			t.run.handOn(t.st, x, t.c.Pos())
		} else {
			t.run.print(t.st, x)
		}
	}
	return nonNil
}

// iterates gives what an iterator over the detail is.
func (t *transfer) iterates(over value) value {
	if !t.isDetail(t.args[0]) {
		t.handOn(t.args)
		return nil
	}
	t.touch(t.st)
	return over
}

func (t *transfer) testsError() value {
	for _, a := range t.args {
		if m, ok := a.(member); ok && t.roles.signalled {
			t.consult(t.st, m)
		}
	}
	for _, a := range t.args[1:] {
		if p, ok := a.(pointer); ok {
			t.st.forget(p.block, p.path) // errors.As sets it
		}
	}
	switch x := t.args[0]; x {
	case originError:
		return test{what: originFailed}
	case verdict:
		t.handOn(t.args[:1])
	case opaque:
		return x
	}
	return nil
}

// wrapsNil gives an error that is nil if and only if the one that the call gets is nil. That may be a signal.
func (t *transfer) wrapsNil() value {
	t.print(t.args[1:])
	x := t.args[0]
	switch x {
	case isNil, nonNil, mayBeNil, verdict, originError, opaque:
		return x
	}
	if is[member](x) && t.roles.signalled {
		return x
	}
	return nil
}

func (t *transfer) encodes() value {
	if t.call != nil && (len(*t.call.Referrers()) == 0 || t.engine.onlyPrinted(t.call)) {
		t.print(t.args)
	} else {
		t.handOn(t.args)
	}
	return nil
}

func (t *transfer) encodesTo() value {
	if printsTo(operands(t.c)[0]) {
		t.print(t.args[1:])
	} else {
		t.handOn(t.args[1:])
	}
	return nil
}

// unknown hands on what an unknown function gets, as far as its summary doesn't say otherwise.
func (t *transfer) unknown() value {
	r, st, c := t.run, t.st, t.c
	if p, ok := c.Value.(*ssa.Parameter); ok && r.passes(p, t.args) {
		direct := r.inspectsHere
		defer func() { r.inspectsHere = direct }()
		r.callbackParam = p
	}
	if !c.IsInvoke() {
		r.handOn(st, r.eval(st, c.Value), c.Pos())
	}
	sum := r.engine.summaryOf(c)
	var result value
	for i, a := range t.args {
		to, isPointer := a.(pointer)
		switch {
		case isPointer && sum.param(i, Target) != nil:
			st.forget(to.block, to.path) // filled, and given back
		case r.printsFor(st, c, t.call, i, a):
		case r.isElsewhere(a):
			r.consulted(st)
		case a == itemCount: // the callee may compare it with the number of items in the request
			r.consulted(st)
		case st.obj.live() && r.evaluates(a) && !r.pointsToCode(a, c, i):
			st.obj.computed = true
			result = opaque
		default:
			if st.obj.live() && slices.ContainsFunc(st.below(a), r.evaluates) {
				result = opaque // of what holds the code
			}
			if st.correlates(a) {
				result = opaque
			}
			r.handOn(st, a, c.Pos())
		}
	}
	st.clobber()
	return result
}
