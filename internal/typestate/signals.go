package typestate

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/gotype"
	"github.com/asynccheck/asynccheck/internal/recognize"
)

// Signals of contracts that are found by type or function. A response has some members that tell whether items failed,
// and consulting any of them pays the duty:
//
//	out, err := client.PutRecords(ctx, in)
//	if err != nil { … }
//	if *out.FailedRecordCount > 0 { … }       // the code, a number: it is narrowed like any other code
//	for _, r := range out.Records {
//		if r.ErrorCode != nil { … }           // another signal: whoever uses one has consulted it
//	}
//
// The code is the first signal that is one number for the whole response. Of a list it is the length, of a bool 0 or 1,
// of a pointer or an error 0 for nil, and of a text the text's number. What the engine doesn't evaluate consults: there
// are no opaque tests of such a response.
//
// A signal is handed on together with what it is in (the response, the list of all items), and with what is in it. The
// length of a list of all items tells nothing. So does a printer.

// signalledRoles gives the roles of members for a response like this.
func signalledRoles(resp *recognize.Response) roles {
	r := roles{
		code: noMember, desc: noMember, task: noMember, message: noMember, detail: noMember, entryCode: noMember, entryDesc: noMember,
		signalled: true, reading: resp.Contract.Code().Reading,
	}
	first := pathOf(resp.Code.Path)
	if !resp.PerItem() {
		r.code = first
	}
	r.signals = append(r.signals, first)
	for _, m := range resp.Signals {
		r.signals = append(r.signals, pathOf(m.Path))
	}
	for _, m := range resp.Complement {
		r.complement = append(r.complement, pathOf(m.Path))
	}
	return r
}

// consults reports whether the member at the path tells of failures if somebody has it: it is a signal, is in one, or
// holds one.
func (r *run) consults(path string) bool {
	return slices.ContainsFunc(r.roles.signals, func(s string) bool { return holds(path, s) || holds(s, path) })
}

// inSignal reports whether the member at the path is a signal, or in one.
func (r *run) inSignal(path string) bool {
	return slices.ContainsFunc(r.roles.signals, func(s string) bool { return holds(s, path) })
}

// handOnSignal hands on a member.
func (r *run) handOnSignal(st *state, x member) {
	if r.consults(x.path) || r.isComplement(x.path) && !inElement(x.path) && r.lenient() {
		r.consultedBy(st, x)
	}
}

// consultedBy notes that a signal is consulted by a use of a member.
func (r *run) consultedBy(st *state, x member) {
	if inElement(x.path) {
		r.paid(st) // by one item alone, perhaps
	} else {
		r.consulted(st)
	}
}

// consulted notes that a signal is consulted, and not by one item alone.
func (r *run) consulted(st *state) {
	r.items.others = r.items.others || st.obj.live()
	r.paid(st)
}

// paid notes that nothing is owed any longer. A loop that does so for each item does so if there is none.
func (r *run) paid(st *state) {
	st.obj.Handed |= HandedCode
	if st.obj.live() {
		r.recordUse(Unseen, HandedCode)
	}
}

// printSignal prints a member. In package main, where a person reads the output, that consults.
func (r *run) printSignal(st *state, x member) {
	switch {
	case !r.consults(x.path):
	case r.inMain():
		r.consultedBy(st, x)
	default:
		st.obj.look(Touched)
	}
}

// consult notes that the value of a member decides something.
func (r *run) consult(st *state, x member) {
	if r.inSignal(x.path) {
		r.consultedBy(st, x)
	}
}

// read gives what a load of a member gives: a bool that is the code is a test of it. What succeeded may be a number. To
// follow a pointer that is nil for an item that failed is to take it for one that succeeded.
func (r *run) read(st *state, x member, at ssa.Value) value {
	switch {
	case x.path == r.roles.code && r.roles.reading == contract.Truth && IsBool(at.Type()):
		return r.predicate(token.EQL, 1, at, at.Pos())
	case r.isComplement(x.path) && gotype.IsBasic(at.Type(), types.IsInteger):
		return succeeded
	case r.isComplement(x.path) && inElement(x.path) && follows(at):
		return ofSuccess
	}
	return x
}

// lengthOf gives the length of a member, which a call asks for.
func (r *run) lengthOf(st *state, x member, call *ssa.Call) value {
	r.countItems(st, x, call)
	for _, use := range referrers(call) {
		if loopsOver(use.Block()) { // for range out.Successful
			r.loopOver(st, x, use)
		}
	}
	switch {
	case x.path == r.roles.code && r.roles.reading == contract.Length:
		return number
	case r.inSignal(x.path):
		return told
	case r.isComplement(x.path):
		return succeeded
	case r.consults(x.path):
		return itemCount
	}
	return nil
}

// rangeOver notes that a loop goes over a member.
func (r *run) rangeOver(st *state, x member, at ssa.Instruction) {
	r.readItems(st, x, nil)
	r.loopOver(st, x, at)
	if r.makesList(at.Block().Succs[0], x) == nil {
		r.consult(st, x)
	}
}

// elementOf gives an element of a member. Who selects a failure has consulted the list of failures, unless a printer is
// not enough.
func (r *run) elementOf(st *state, x member, instr ssa.Instruction) value {
	r.readItems(st, x, instr)
	receive, isReceive := instr.(*ssa.UnOp)
	if isReceive && r.received(receive) || !isReceive && !r.cfg.Strict && r.makesList(instr.Block(), x) == nil {
		r.consult(st, x)
	}
	return member{appendField(x.path, recognize.ElementStep)}
}

// received reports whether what a channel gives is used, or counted. A loop that only drains the channel looks at
// nothing.
func (r *run) received(from *ssa.UnOp) bool {
	l := r.flow.loopOf(from.Block())
	if l == nil || r.engine.findsOut(l) {
		return true
	}
	if !from.CommaOk {
		return used(from)
	}
	return slices.ContainsFunc(referrers(from), func(ref ssa.Instruction) bool {
		e, ok := ref.(*ssa.Extract)
		return ok && e.Index == 0 && used(e)
	})
}

// nextElement gives a component of what an iterator over a member gives: whether there is one more, its key, and the
// element.
func (r *run) nextElement(st *state, x member, component *ssa.Extract) value {
	r.readItems(st, x, nil)
	switch element := (member{appendField(x.path, recognize.ElementStep)}); component.Index {
	case 0:
		return r.more(element, component)
	case 2:
		return element
	}
	return nil
}

// present gives the value of the flag that says whether an element was found.
func (r *run) present(x member) value {
	switch {
	case r.isOneOf(x.path):
		return succeeded
	case r.consults(x.path):
		return told
	}
	return nil
}

// accessed gives the value of a call of a method that is a step of a signal's path. It is not ok for any other call.
func (r *run) accessed(st *state, call *ssa.Call) (value, bool) {
	if !r.roles.signalled || !st.obj.live() {
		return nil, false
	}
	if r.asksAgain(call) {
		r.consulted(st)
	}
	callee := calleeOf(call.Common())
	if callee == nil || callee.Signature().Recv() == nil {
		return nil, false
	}
	k, text := slices.Index(r.org.resp.Methods, callee.Name()), isFormatter(callee)
	if k < 0 && !text {
		return nil, false
	}
	recv := r.eval(st, operands(call.Common())[0])
	if to, ok := recv.(pointer); ok {
		recv = st.load(to.block, to.path)
	}
	m, ok := recv.(member)
	if !ok {
		return nil, false
	}
	if text {
		if !r.consults(m.path) {
			return nil, true
		}
		return told, true
	}
	path := appendField(m.path, recognize.MethodStep+k)
	known := func(s string) bool { return holds(path, s) }
	if !slices.ContainsFunc(r.roles.signals, known) && !slices.ContainsFunc(r.roles.complement, known) {
		return nil, false
	}
	return r.read(st, member{path}, call), true
}

// asksAgain reports whether the call asks for the signals once more, of what the response was asked of:
//
//	_, err := job.Wait(ctx)
//	…
//	return job.LastStatus().Err()
func (r *run) asksAgain(call *ssa.Call) bool {
	origin := r.org.call()
	find := r.org.resp.Contract.Find
	callee := calleeOf(call.Common())
	if origin == nil || find == nil || callee == nil || callee.Signature().Recv() == nil {
		return false
	}
	return slices.ContainsFunc(find.Again, func(name string) bool { return contract.MethodName(name) == callee.Name() }) &&
		sameReceiver(origin.Common(), call.Common())
}

// sameReceiver reports whether two calls are of methods of one value, as far as that is seen.
func sameReceiver(a, b *ssa.CallCommon) bool {
	x, y := operands(a), operands(b)
	return len(x) > 0 && len(y) > 0 && reread(x[0], y[0])
}

// isFormatter reports whether the method only formats its receiver.
func isFormatter(m *types.Func) bool {
	s := m.Signature()
	return (m.Name() == "String" || m.Name() == "GoString") && s.Params().Len() == 0 && s.Results().Len() == 1 && gotype.IsText(s.Results().At(0).Type())
}

// handOnArguments hands on what the call gets that gives the response, before it starts a new one:
//
//	out, err = client.BatchWriteItem(ctx, &dynamodb.BatchWriteItemInput{RequestItems: out.UnprocessedItems})
func (r *run) handOnArguments(st *state, call *ssa.Call) {
	if !r.roles.signalled || !st.obj.live() {
		return
	}
	for _, a := range call.Call.Args {
		r.handOn(st, r.eval(st, a), call.Pos())
	}
}

// signalAt gives the signal at the path, nil if there is none.
func (r *run) signalAt(path string) *SignalRef {
	c := r.org.resp.Contract
	for i, s := range r.roles.signals {
		if s == path {
			return &SignalRef{c.ID, c.Duties[0].Signals[i].Path}
		}
	}
	return nil
}

// response describes a signal, of type t, that a function gives. It returns nil if no contract is that of the signal.
func (g *SignalRef) response(contracts []*contract.Contract, t types.Type) *recognize.Response {
	for _, c := range contracts {
		if c.ID != g.Contract {
			continue
		}
		for _, d := range c.Duties {
			for _, s := range d.Signals {
				if s.Path == g.Path && recognize.Fits(s.Reading, t) {
					own := *c
					own.Duties = []contract.Duty{{Signals: []contract.Signal{s}}}
					return &recognize.Response{Kind: recognize.Single, Contract: &own, Type: t, Code: &recognize.Member{Type: t}}
				}
			}
		}
	}
	return nil
}

// heldIn gives where the response stands in a struct that a result holds or points to. It is not ok if it stands in none,
// if the struct holds more of the response, or if the caller has given the response.
func (r *run) heldIn(st *state, x value) (path string, ok bool) {
	in, isCell := cellOf(x)
	if !isCell || !r.roles.signalled || !st.obj.live() || r.org.param() != nil {
		return "", false
	}
	for _, e := range st.mem.entries {
		if c := e.key; c.block != in.block || c.path == escape || !strings.HasPrefix(c.path, in.path) || !aboutResponse(e.val) {
			continue
		}
		if ok || !isWhole(e.val) {
			return "", false
		}
		path, ok = e.key.path[len(in.path):], true
	}
	return path, ok && path != "" && !strings.Contains(path, nowhere)
}

// used reports whether anything is done with a register.
func used(v ssa.Value) bool { return v != nil && len(referrers(v)) > 0 }

// memberOf describes the response at the path in a struct of type t, nil if there is none.
func (f *finder) memberOf(t types.Type, path string) *recognize.Response {
	for _, field := range path {
		st, ok := gotype.Deref(t).Underlying().(*types.Struct)
		if !ok || int(field) >= st.NumFields() {
			return nil
		}
		t = st.Field(int(field)).Type()
	}
	return f.received(t)
}

// called gives what a call gives by a contract that names the callee, nil if none does.
func (f *finder) called(c *ssa.CallCommon) *recognize.Call {
	callee := calleeOf(c)
	if callee == nil || f.cfg.Called == nil {
		return nil
	}
	return f.cfg.Called(callee, c.Signature())
}

// findSignalled adds the response that a call gives by a contract which names the callee: once for each duty.
func (f *finder) findSignalled(call *ssa.Call, called *recognize.Call, errAt int) {
	for _, resp := range append([]*recognize.Response{called.Response}, called.Response.Others...) {
		s := f.add(site{
			at: &resultOrigin{call: call, result: called.Result, err: errAt}, kind: Returned, resp: resp, pos: call.Pos(), unchecked: true,
		})
		if f.engine.exempt(call.Common(), resp.Contract) || f.cfg.checks(call.Common()) {
			f.vouch(s)
		}
	}
}

// findThrownAway adds the response of a call that is deferred or started: nobody gets it.
func (f *finder) findThrownAway(call ssa.CallInstruction) {
	c := call.Common()
	called := f.called(c)
	if called == nil || f.cfg.checks(c) {
		return
	}
	for _, resp := range append([]*recognize.Response{called.Response}, called.Response.Others...) {
		if !f.engine.exempt(c, resp.Contract) {
			f.add(site{at: &registerOrigin{instr: call}, kind: Returned, resp: resp, pos: c.Pos(), unchecked: true})
		}
	}
}
